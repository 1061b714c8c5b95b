"""Settings for tests: the real ones in a home of their own, with mail in memory and static files uncollected."""

import atexit
import os
import shutil
import tempfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

# Never the developer's own home, whatever the environment says: tests make secrets and files of every kind.
os.environ["ALONGSIDE_HOME"] = tempfile.mkdtemp(prefix="alongside-test-")
os.environ["ALONGSIDE_MAIL"] = "memory"
os.environ["ALONGSIDE_WELSH"] = "1"  # the switch is tested before the catalogue is there
# The vectors of what people say take many seconds to make, and are the same for every test: made once a machine.
os.environ.setdefault("ALONGSIDE_SAYINGS", str(Path(tempfile.gettempdir()) / f"alongside-sayings-{os.getuid()}"))
atexit.register(shutil.rmtree, os.environ["ALONGSIDE_HOME"], ignore_errors=True)

from alongside.site.settings import *  # noqa: E402, F403
from alongside.site.settings import HOME  # noqa: E402

# Journeys take axe from the site itself.
# Set-up learns the sayings under these settings too, on machines that have nothing that only tests need.
if find_spec("axe_playwright_python"):
    STATICFILES_DIRS = [("axe", str(files("axe_playwright_python")))]
(HOME / "static").mkdir(exist_ok=True)  # nothing is collected, and WhiteNoise says so where the folder lacks
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Thousands of questions a minute come from one address here; tests about this set their own.
API_A_MINUTE = {"address": 1_000_000, "token": 1_000_000, "writes": 1_000_000}
