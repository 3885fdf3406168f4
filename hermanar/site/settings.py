"""Settings, all from the environment; safe by default, refused when unsafe.

`docs/operations.md` lists every variable with its purpose and default.
"""

import contextlib
import os
import secrets
import sqlite3
import tempfile
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from hermanar.site.mail import mail_settings
from hermanar.site.postgresql import PLANS_KEPT
from hermanar.site.watch.logs import logging_settings, server_logging

PACKAGE = Path(__file__).resolve().parent.parent
MODE = os.environ.get("HERMANAR_MODE", "production")
if MODE not in {"production", "demo"}:
    raise ImproperlyConfigured(f"HERMANAR_MODE={MODE!r}: debe ser «production» o «demo»")
DEBUG = False

# Everything that changes on this machine lives in one folder: database file, derived index, office files.
VAR = Path(os.environ.get("HERMANAR_VAR", "var")).resolve()


def _local_secret(name: str) -> str:
    """Return one of the installation's own random keys, made once and kept with its data."""
    path = VAR / f"{name}.key"
    try:
        if not path.exists():
            VAR.mkdir(parents=True, exist_ok=True)
            fresh = VAR / f"{name}.{os.getpid()}"
            try:
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_urlsafe(64), encoding="utf-8")
                with contextlib.suppress(FileExistsError):  # another process was first: its key is the installation's
                    os.link(fresh, path)
            finally:
                fresh.unlink(missing_ok=True)
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise ImproperlyConfigured(
            f"No se puede usar la carpeta {VAR} ({problem.strerror}): revise sus permisos o elija otra con HERMANAR_VAR"
        ) from problem


SECRET_KEY = os.environ.get("HERMANAR_SECRET_KEY") or _local_secret("secret")
# Under which the trail digests values; kept with the backup, or old entries can no longer be compared with them.
TRAIL_KEY = os.environ.get("HERMANAR_TRAIL_KEY") or _local_secret("trail")
# Under which values are sealed, the newest first; none: those of the file that `hermanar reseal` writes (decision 35).
SEAL_KEYS = os.environ.get("HERMANAR_SEAL_KEYS", "").split()
CHECKPOINTS = Path(os.environ.get("HERMANAR_CHECKPOINTS", VAR / "checkpoints.jsonl"))
ALLOWED_HOSTS = [host for host in os.environ.get("HERMANAR_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
if MODE == "production" and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("HERMANAR_HOSTS=*: escriba los nombres con que se sirve esta instalación")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "hermanar.foundation",
    "hermanar.ui",
    "hermanar.directory",
    "hermanar.offices",
    "hermanar.agreements",
    "hermanar.cooperation",
    "hermanar.planning",
    "hermanar.observatory",
    "hermanar.catalogue",
    "hermanar.museum",
    "hermanar.workspace",
    "hermanar.open_data",
    "hermanar.console",
    "allauth",  # after the house, whose templates of the same names win
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # the museum's pages; nobody but `museum` knows of these (contract 5)
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.images",
    "wagtail.documents",  # Wagtail cannot do without its tables; the desk hides it
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},  # Wagtail's own, all of them short
    "jobs": {"BACKEND": "hermanar.foundation.jobs.Jobs"},
}
AUTH_USER_MODEL = "foundation.User"
ROOT_URLCONF = "hermanar.site.urls"
WSGI_APPLICATION = "hermanar.site.wsgi.application"
SILENCED_SYSTEM_CHECKS = [
    "templates.W003",  # our own `i18n` tags stand before Django's on purpose
    "security.W003",  # our own token check, Django's behind the doors of whoever has a session, is in its place
    "security.W021",  # the list that browsers are shipped with takes whole domains, which are a city's to enter
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

MIDDLEWARE = [
    "hermanar.site.watch.route.RouteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hermanar.museum.headers.PagesGZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "hermanar.museum.headers.headers",
    "csp.middleware.CSPMiddleware",
    "hermanar.museum.headers.desk_headers",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # who is there: asked only behind the doors of offices and accounts
    "hermanar.workspace.indoors.SessionMiddleware",
    "hermanar.workspace.indoors.CsrfViewMiddleware",
    "hermanar.workspace.indoors.AuthenticationMiddleware",
    "hermanar.workspace.indoors.MessageMiddleware",
    "hermanar.site.desk_door.DeskDoorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hermanar.museum.unavailable.UnavailableMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hermanar.museum.views.frame.frame",
                "hermanar.workspace.frame.frame",
            ],
            "libraries": {"i18n": "hermanar.ui.templatetags.i18n"},
        },
    }
]

# WAL can corrupt a database before SQLite 3.51.3 (reset fault), so the journal is chosen by version.
_JOURNAL = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
DATABASES = {
    "default": dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'hermanar.sqlite3'}")
}
_pooled = int(os.environ.get("HERMANAR_POOL", "0")) if "postgres" in DATABASES["default"]["ENGINE"] else 0
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a server that was restarted costs nobody an error
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "hermanar.site.sqlite"  # the same, and it notices a copy put back
    # Every thread has a connection: its own cache is small, what they share is mapped or held by the system.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={_JOURNAL}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-2000; PRAGMA mmap_size=134217728",
    }
elif DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL: debe ser de PostgreSQL (postgres://…) o de SQLite (sqlite:///…)")
else:
    DATABASES["default"]["ENGINE"] = "hermanar.site.postgresql"  # the same, and each office's page sees its own rows
    _options = DATABASES["default"].setdefault("OPTIONS", {})  # beside what the address says, as `sslmode`
    if _pooled:
        DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps connections, not the threads
        _options["pool"] = {"min_size": 1, "max_size": _pooled, "timeout": 10}
    # A pooler that gives each transaction another connection knows nothing of a cursor or a plan that outlives one.
    _has_pooler = os.environ.get("HERMANAR_PGBOUNCER", "0") == "1"
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = _has_pooler
    if not _has_pooler:
        _options |= PLANS_KEPT

# The folder where a web server in front learns that something was committed; none: it asks us for each page.
FRONT = Path(os.environ["HERMANAR_FRONT"]).resolve() if os.environ.get("HERMANAR_FRONT") else None

# A server that follows the database's (PostgreSQL), for public pages; none: the primary answers them too.
STANDBY = dj_database_url.parse(os.environ["HERMANAR_STANDBY_URL"]) if os.environ.get("HERMANAR_STANDBY_URL") else None
if STANDBY and not STANDBY["ENGINE"].endswith(".postgresql") & DATABASES["default"]["ENGINE"].endswith(".postgresql"):
    raise ImproperlyConfigured("HERMANAR_STANDBY_URL: quiere PostgreSQL, también en DATABASE_URL")
if STANDBY and FRONT:
    raise ImproperlyConfigured("HERMANAR_STANDBY_URL y HERMANAR_FRONT: lo que se guarda delante no sabe de la réplica")

# Downloads of whole files that one process makes at a time; the server has a thread for each beside those of the pages.
# Each keeps its connection as long as its reader takes, so of a pool they have half at most: pages ask with the rest.
STREAMS = min(48, max(1, _pooled // 2)) if _pooled else 48

# Where figures are told to whoever watches, by default nowhere; and where processes keep them for each other.
METRICS, METRICS_DIR = os.environ.get("HERMANAR_METRICS", ""), VAR / "metrics"

# Octets of public pages that each process remembers while nothing is written; none with 0.
REMEMBERED_BYTES = int(os.environ.get("HERMANAR_REMEMBER_MB", "32")) * 1_000_000

INDEX_DIR = Path(os.environ.get("HERMANAR_INDEX", VAR / "index"))
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "museum" / "locale"]  # ours; what the desk's library lacks in Spanish
USE_I18N = True
USE_TZ = True
PUBLIC_TIME_ZONE = os.environ.get("HERMANAR_TIME_ZONE", "America/Mexico_City")
TIME_ZONE = PUBLIC_TIME_ZONE  # of every page and of the desk; the doors of an office put its own in its place

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("HERMANAR_HTTPS", "0") == "1":
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(en/)?(salud|listo|vivo)/$"]  # whoever watches asks our own port, without TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # of the name the house itself is served under
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"  # a browser takes it from this host alone, for all of it, over HTTPS
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the one that ends TLS: what it says of the visitor's address is believed
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Accounts: by invitation only, with a second factor (docs/decisions/0016-accounts.md).
AUTHENTICATION_BACKENDS = ["hermanar.workspace.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "first_name", "email")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
] + [{"NAME": "hermanar.workspace.passwords.OwnWordsValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
SESSION_COOKIE_NAME = "__Host-hermanar_session" if os.environ.get("HERMANAR_HTTPS", "0") == "1" else "hermanar_session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; the browser forgets it sooner when it is closed
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # a link in a mail must find the session
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "hermanar.museum.views.refusals.stale_form"
ACCOUNT_ADAPTER = "hermanar.workspace.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever has an account came by a link sent to that address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Hermanar: "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # else a reset would be a way in
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # `key` is an address together with whoever asks: a stranger's guesses never lock its owner out.
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/10m/key",
}
MFA_ADAPTER = "hermanar.workspace.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE == "demo"  # the demonstration is served on this machine only, without TLS
MFA_TOTP_ISSUER = "Hermanar"
MFA_TOTP_TOLERANCE = 1

# The museum's pages (docs/decisions/0026-the-museum-on-wagtail.md); its desk has the house's own door.
WAGTAIL_SITE_NAME = "Hermanar"
_SCHEME = "https" if os.environ.get("HERMANAR_HTTPS", "0") == "1" else "http"
WAGTAILADMIN_BASE_URL = f"{_SCHEME}://{(ALLOWED_HOSTS or ['localhost'])[0]}"  # begins the links in its letters
WAGTAILIMAGES_IMAGE_MODEL = "museum.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "hermanar.museum.forms.media.PictureForm"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a page of the other language is published when it is translated
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # /bogotá/ and /bogota/ would be two pages
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nobody's address leaves the house
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback", "AUTO_UPDATE": False}}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20_000_000
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/medios/"

globals().update(mail_settings(os.environ.get("HERMANAR_MAIL", ""), folder=VAR / "mail"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("HERMANAR_MAIL_FROM", "hermanar@localhost")
# Limits must hold over all processes of the server, so they live in the database; Django's default would keep 300.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hermanar_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_MOST_BYTES = int(os.environ.get("HERMANAR_UPLOAD_MB", "25")) * 1_000_000
# Found now: on a disk that is full Python finds no folder at all, and says only that.
FILE_UPLOAD_TEMP_DIR = tempfile.gettempdir()
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755  # of pictures and static files: a web server gives them, of another user
FILE_UPLOAD_HANDLERS = ["hermanar.foundation.documents.receiving.BoundedUploadHandler"]

LOG_FORMAT = os.environ.get("HERMANAR_LOG_FORMAT", "plain")
try:
    LOGGING = logging_settings(written=LOG_FORMAT, level=os.environ.get("HERMANAR_LOG_LEVEL", "WARNING"))
except ValueError as problem:
    raise ImproperlyConfigured(f"HERMANAR_LOG_FORMAT={LOG_FORMAT!r}: debe ser «plain» o «json»") from problem
SERVER_LOGGING = server_logging(written=LOG_FORMAT)
