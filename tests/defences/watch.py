"""What keeps people and keys out of the log and of what a server in front keeps."""

from tests.defences import Defence

_LOGS = "tests/site/test_logs.py"
_FRONT = "tests/site/test_front.py"
_PLANTED = f"{_LOGS}::test_nothing_of_a_person_and_no_key_enters_the_log[json]"

DEFENCES = [
    Defence(
        row=27,
        what="of a library's record only what it wrote is kept",
        file="hermanar/site/watch/logs.py",
        stands="    if _is_ours(record):\n        said = record.getMessage()",
        falls="    if True:\n        said = record.getMessage()",
        tests=(_PLANTED,),
    ),
    Defence(
        row=27,
        what="a failure's words are not written",
        file="hermanar/site/watch/logs.py",
        stands='    return (error.strerror or "") if isinstance(error, OSError) else ""',
        falls="    return str(error)",
        tests=(_PLANTED,),
    ),
    Defence(
        row=27,
        what="what looks like a key or a mail's address is masked in our own lines",
        file="hermanar/site/watch/logs.py",
        stands='    return _MAIL.sub("‹mail›", _KEY.sub("‹key›", said.partition("\\n")[0]))[:LONGEST]',
        falls='    return said.partition("\\n")[0]',
        tests=(_PLANTED,),
    ),
    Defence(
        row=27,
        what="what a stranger sent is not repeated by the lines on security",
        file="hermanar/site/watch/logs.py",
        stands="        said = record.name  # its words are what a stranger sent",
        falls="        said = record.getMessage()",
        tests=(_PLANTED,),
    ),
    Defence(
        row=27,
        what="an answer is told by its route, not by its address",
        file="hermanar/site/watch/answers.py",
        stands='                "route": answered.route,',
        falls='                "route": answered.environ["PATH_INFO"],',
        tests=(_PLANTED,),
    ),
    Defence(
        row=27,
        what="a request's identity cannot be words",
        file="hermanar/site/watch/identity.py",
        stands="    return given if given and _WELL_FORMED(given) else",
        falls="    return given if given else",
        tests=(f"{_LOGS}::test_a_proxys_identity_is_taken_only_when_it_is_nothing_but_one",),
    ),
    Defence(
        row=27,
        what="an answer that is cut off tells the server no words",
        file="hermanar/site/watch/answers.py",
        stands="            raise CutError from None",
        falls="            raise",
        tests=(f"{_LOGS}::test_an_answer_that_is_cut_off_is_told_and_counted_with_its_identity",),
    ),
    Defence(
        row=27,
        what="labels of figures are no stranger's words",
        file="hermanar/site/watch/metrics.py",
        stands='        method = answered.method if answered.method in METHODS else "OTHER"',
        falls="        method = answered.method",
        tests=("tests/site/test_metrics.py::test_two_processes_add_up_and_what_strangers_ask_is_one_line",),
    ),
    Defence(
        row=27,
        what="a server in front keeps only what is said to be for everyone",
        file="hermanar/site/remembered/pages.py",
        stands="        if not _is_for_everyone(response):",
        falls="        if False:",
        tests=(f"{_FRONT}::test_what_may_be_kept_is_said_of_pages_for_everyone_only",),
    ),
    Defence(
        row=27,
        what="of files it keeps only those of everything",
        file="hermanar/site/remembered/pages.py",
        stands="if _is_for_everyone(response, streaming=True) else ()",
        falls="if True else ()",
        tests=(f"{_FRONT}::test_what_may_be_kept_is_said_of_files_of_everything_only",),
    ),
    Defence(
        row=27,
        what="a commit is told to the server in front",
        file="hermanar/site/front/commits.py",
        stands="        if self._front:\n            move(self._front)",
        falls="        pass",
        tests=(f"{_FRONT}::test_every_way_of_committing_moves_and_reading_does_not",),
    ),
]
