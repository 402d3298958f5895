"""Settings of the test suite: a home of its own, cheap password hashes, no manifest of static files."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="shangliang-test-")
os.environ["SHANGLIANG_HOME"] = _folder

from shangliang.settings import *  # noqa: E402, F403
from shangliang.settings import DATABASES, HOME, STORAGES  # noqa: E402

TEST_HOME = Path(_folder)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file, as in real use: the pragmas, the writer lock and several threads are tested too.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

atexit.register(shutil.rmtree, _folder, ignore_errors=True)
