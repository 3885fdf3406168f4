"""What keeps the doors: who comes in, what is told to whom, what a copy of the house tells."""

from tests.defences import Defence

_SETTINGS = "hermanar/site/settings.py"
_HEADERS = "tests/site/test_deployment.py::test_every_public_answer_says_what_a_browser_may_do"
_COOKIES = "tests/site/test_deployment.py::test_cookies_are_for_this_host_over_https_and_not_for_scripts"
_DECLARED = "tests/workspace/test_addresses.py::test_pages_of_offices_declare_the_verbs_of_their_door"
_NO_KEY = "tests/workspace/test_next_door.py::test_no_key_opens_anything_next_door[guanajuato]"
_NOT_MET = "tests/workspace/test_next_door.py::test_nothing_planted_is_met_next_door[guanajuato]"
_GUESSES = "tests/workspace/test_signing_in.py::test_a_thousand_guesses_are_throttled_and_lock_nobody_else_out"
_TURNING = "tests/workspace/test_signing_in.py::test_guesses_from_turning_addresses_are_held_back_too"
_CANARIES = "tests/console/test_canaries.py::test_what_was_told_in_confidence_is_nowhere_else"
_COPY = "tests/console/test_reseal.py::test_a_raw_copy_tells_nothing_of_what_is_sealed[day]"
_CHANGE = "tests/console/test_reseal.py::test_a_change_of_keys_seals_all_anew_and_ends_the_old_one[day]"
_ERASED = "tests/console/test_erasing.py::test_nothing_of_her_is_left_and_the_report_says_what_stays"


def _header(what, stands, falls):
    return Defence(row=23, what=what, file=_SETTINGS, stands=stands, falls=falls, tests=(_HEADERS,))


DEFENCES = [
    Defence(
        row=16,
        what="a page of an office has its door",
        file="hermanar/workspace/views/people.py",
        stands="@member(Verb.MANAGE_MEMBERS)\ndef role(",
        falls="def role(",
        tests=(_DECLARED,),
    ),
    Defence(
        row=16,
        what="every address is declared",
        file="tests/workspace/addresses.py",
        stands='    "museum:agenda": public(),\n',
        falls="",
        tests=("tests/workspace/test_addresses.py::test_every_address_is_declared",),
    ),
    Defence(
        row=16,
        what="the desk has one door",
        file=_SETTINGS,
        stands='    "hermanar.site.desk_door.DeskDoorMiddleware",\n',
        falls="",
        tests=("tests/workspace/test_addresses.py::test_the_desk_has_one_door",),
    ),
    Defence(
        row=17,
        what="a file is given to its own office",
        file="hermanar/workspace/views/texts.py",
        stands="if document.office == request.office.pk and can(",
        falls="if can(",
        tests=(_NO_KEY,),
    ),
    Defence(
        row=17,
        what="a document is its office's",
        file="hermanar/foundation/documents/keeping.py",
        stands="filter(pk=key, office=office).first()",
        falls="filter(pk=key).first()",
        tests=("tests/foundation/test_documents.py::test_document_is_its_offices_alone",),
    ),
    Defence(
        row=17,
        what="an agreement is its office's",
        file="hermanar/agreements/queries/files.py",
        stands='return Agreement.objects.filter(office=office).select_related("office")',
        falls='return Agreement.objects.select_related("office")',
        tests=(_NO_KEY,),
    ),
    Defence(
        row=17,
        what="a list of gifts is its office's",
        file="hermanar/cooperation/queries/gifts.py",
        stands='Gift.objects.filter(office=office).select_related("agreement", "photograph")',
        falls='Gift.objects.select_related("agreement", "photograph")',
        tests=(_NOT_MET,),
    ),
    Defence(
        row=23,
        what="HTTP is led to HTTPS",
        file=_SETTINGS,
        stands="SECURE_SSL_REDIRECT = True",
        falls="SECURE_SSL_REDIRECT = False",
        tests=("tests/site/test_deployment.py::test_who_comes_without_tls_is_sent_to_it",),
    ),
    _header("HSTS for a year", "SECURE_HSTS_SECONDS = 31_536_000", "SECURE_HSTS_SECONDS = 0"),
    _header(
        "HSTS below the name too", "SECURE_HSTS_INCLUDE_SUBDOMAINS = True", "SECURE_HSTS_INCLUDE_SUBDOMAINS = False"
    ),
    _header("no inline script", '"script-src": [SELF],', '"script-src": [SELF, "\'unsafe-inline\'"],'),
    _header("nothing loads unless it is named", '"default-src": [NONE],', '"default-src": [SELF],'),
    _header("no guessing of types", "SECURE_CONTENT_TYPE_NOSNIFF = True", "SECURE_CONTENT_TYPE_NOSNIFF = False"),
    _header(
        "what a link tells of where one was",
        'SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"',
        'SECURE_REFERRER_POLICY = "unsafe-url"',
    ),
    _header("no page in a frame", 'X_FRAME_OPTIONS = "DENY"', 'X_FRAME_OPTIONS = "SAMEORIGIN"'),
    Defence(
        row=23,
        what="no camera, no place",
        file="hermanar/museum/headers.py",
        stands='response.headers.setdefault("Permissions-Policy", PERMISSIONS)',
        falls="pass",
        tests=(_HEADERS,),
    ),
    Defence(
        row=23,
        what="cookies over HTTPS alone",
        file=_SETTINGS,
        stands="SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True",
        falls="SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False",
        tests=(_COOKIES,),
    ),
    Defence(
        row=23,
        what="cookies not for scripts",
        file=_SETTINGS,
        stands="SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True",
        falls="SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = False",
        tests=(_COOKIES,),
    ),
    Defence(
        row=23,
        what="cookies not for other sites",
        file=_SETTINGS,
        stands='SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"',
        falls='SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "None"',
        tests=(_COOKIES,),
    ),
    Defence(
        row=24,
        what="failures at an account are counted",
        file=_SETTINGS,
        stands='"login_failed": "20/m/ip,5/5m/key",',
        falls='"login_failed": "20/m/ip",',
        tests=(_GUESSES,),
    ),
    Defence(
        row=24,
        what="failures of a visitor are counted",
        file=_SETTINGS,
        stands='"login_failed": "20/m/ip,',
        falls='"login_failed": "',
        tests=(_TURNING,),
    ),
    Defence(
        row=24,
        what="a stranger's guesses lock no owner out",
        file="hermanar/workspace/adapters.py",
        stands='{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"',
        falls='{super()._get_login_attempts_cache_key(request, **credentials)}"',
        tests=(_GUESSES,),
    ),
    Defence(
        row=24,
        what="another role ends the sessions",
        file="hermanar/foundation/models.py",
        stands='salted_hmac("hermanar.session", f"{self.password}:{self.access_version}",',
        falls='salted_hmac("hermanar.session", self.password,',
        tests=("tests/workspace/test_signing_in.py::test_another_role_ends_open_sessions",),
    ),
    Defence(
        row=25,
        what="a reset answers whoever asks alike",
        file=_SETTINGS,
        stands="ACCOUNT_PREVENT_ENUMERATION = True",
        falls="ACCOUNT_PREVENT_ENUMERATION = False",
        tests=("tests/workspace/test_enumeration.py::test_an_account_is_not_told_by_answer_or_time[ask_reset]",),
    ),
    Defence(
        row=26,
        what="no office without a second factor",
        file="hermanar/workspace/views/door.py",
        stands="    if not has_second_factor(request):\n",
        falls="    if not request.user.pk:\n",
        tests=("tests/workspace/test_addresses.py::test_no_page_of_an_office_opens_without_a_second_factor",),
    ),
    Defence(
        row=26,
        what="a second factor is shown in each session",
        file="hermanar/workspace/views/door.py",
        stands="    if not has_shown_second_factor(request):\n",
        falls="    if False:\n",
        tests=("tests/workspace/test_door.py::test_a_session_older_than_the_factor_does_not_pass",),
    ),
    Defence(
        row=26,
        what="a reset is no way in",
        file=_SETTINGS,
        stands="ACCOUNT_LOGIN_ON_PASSWORD_RESET = False",
        falls="ACCOUNT_LOGIN_ON_PASSWORD_RESET = True",
        tests=("tests/workspace/test_signing_in.py::test_a_reset_password_signs_nobody_in_and_keeps_the_factor",),
    ),
    Defence(
        row=27,
        what="a log of a failure tells the address, not what was typed",
        file="hermanar/museum/unavailable.py",
        stands='_log.error("answered %s: nothing can be asked or kept for now", status, exc_info=problem)',
        falls='_log.error("answered %s: %s", status, request.POST, exc_info=problem)',
        tests=(_CANARIES,),
    ),
    Defence(
        row=28,
        what="the secrets of second factors are sealed",
        file="hermanar/workspace/adapters.py",
        stands="return seal_factor(text)",
        falls="return text",
        tests=(_COPY,),
    ),
    Defence(
        row=28,
        what="what is personal in a contribution is sealed",
        file="hermanar/foundation/intake/actions.py",
        stands="content=closed(sending.kind, content, key=sending.key)",
        falls="content=content",
        tests=(_COPY,),
    ),
    Defence(
        row=28,
        what="addresses of subscribers are sealed",
        file="hermanar/museum/actions/letters.py",
        stands="one.sealed_address = sealed(address, about=one.pk.bytes)",
        falls="one.sealed_address = address.encode()",
        tests=(_COPY,),
    ),
    Defence(
        row=28,
        what="the former key is retired",
        file="hermanar/foundation/trail/keyring.py",
        stands="write(words()[:1])",
        falls="write(words())",
        tests=(_CHANGE,),
    ),
    Defence(
        row=28,
        what="the trail is told of what was sealed anew",
        file="hermanar/foundation/intake/resealing.py",
        stands='    tell("contribution.resealed", kept, by=by, reason=last_reason(kept))\n',
        falls="",
        tests=(_CHANGE,),
    ),
    Defence(
        row=29,
        what="what was sent under an address is erased",
        file="hermanar/console/erasing.py",
        stands="erase_of(address, by=CONSOLE)",
        falls="(0, 0)",
        tests=(_ERASED,),
    ),
    Defence(
        row=29,
        what="a subscription is erased",
        file="hermanar/console/erasing.py",
        stands="forget_address(address)\n",
        falls="0\n",
        tests=(_ERASED,),
    ),
    Defence(
        row=29,
        what="letters that no mail server took are erased",
        file="hermanar/console/erasing.py",
        stands='done.gone["mail"] = _forget_letters(address)',
        falls='done.gone["mail"] = 0',
        tests=("tests/console/test_erasing.py::test_letters_that_no_server_took_go_and_those_of_others_stay",),
    ),
    Defence(
        row=29,
        what="an account is emptied of its name",
        file="hermanar/offices/actions/erasing.py",
        stands='user.username, user.email, user.first_name, user.last_name = str(user.pk), "", "", ""',
        falls='user.username, user.email = str(user.pk), ""',
        tests=(_ERASED,),
    ),
    Defence(
        row=29,
        what="a guest's address is forgotten",
        file="hermanar/agreements/actions/guests.py",
        stands='Guest.objects.filter(pk__in=[one.pk for one in found]).update(email="")',
        falls="len(found)",
        tests=(_ERASED,),
    ),
    Defence(
        row=29,
        what="what was made of a picture goes with it",
        file="hermanar/foundation/documents/keeping.py",
        stands="            _remove(made(what) / digest)\n",
        falls="            pass\n",
        tests=("tests/museum/test_open_calls.py::test_a_picture_that_is_let_go_takes_what_was_made_of_it",),
    ),
    Defence(
        row=29,
        what="what is past its time goes with the day's letters",
        file="hermanar/console/management/commands/digest.py",
        stands="            forget()  #",
        falls="            #",
        tests=("tests/foundation/test_intake.py::test_the_day_s_letters_take_what_is_past_its_time_with_them",),
    ),
]
