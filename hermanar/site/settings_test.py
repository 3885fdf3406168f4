"""The settings of the tests: the same house, a throw-away key, no compressed manifest."""

import os
import tempfile

os.environ.setdefault("HERMANAR_VAR", tempfile.mkdtemp(prefix="hermanar-test-"))
os.environ.setdefault("HERMANAR_SECRET_KEY", "only-for-tests")
# The browser's driver leaves an event loop in the test process; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("HERMANAR_MODE", "demo")
if test_database := os.environ.get("HERMANAR_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = test_database

from hermanar.site.settings import *

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
if not test_database:  # pytest's processes know to leave this one alone; each has its own
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
