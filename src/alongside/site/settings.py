"""Settings of the site. All state lives under ALONGSIDE_HOME; one DATABASE_URL moves the data to PostgreSQL."""

import os

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from alongside.site import home

# Before numpy is loaded: sums of a few thousand rows go slower on many threads, and rob whoever else is served.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SOURCE = home.SOURCE
HOME = home.folder()
DEBUG = False
SECRET_KEY = home.secret(HOME, "secret-key")
SECRET_KEY_FALLBACKS = home.older(HOME, "secret-key")
# A second secret keys hashes of device tokens and cards, so that leaking one does not leak the other.
TOKEN_PEPPER = home.secret(HOME, "token-pepper")
PUBLIC_URL = home.public_url()
ALLOWED_HOSTS = home.hosts()
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

INSTALLED_APPS = [
    "alongside.site",
    "alongside.api",
    "alongside.exchange",
    "alongside.reviewing",
    "alongside.doing",
    "alongside.planning",
    "alongside.knowing",
    "alongside.instruments",
    "alongside.ground",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.site.middleware.actor_middleware",
]

ROOT_URLCONF = "alongside.site.urls"
WSGI_APPLICATION = "alongside.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "ground.Login"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "alongside.site.context.site",
            ],
        },
    }
]
# A list of 2,000 ideas is made on one page, with two answers to each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FORM_RENDERER = "alongside.site.forms.Renderer"

DATABASES = {"default": home.database(HOME)}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), *([("cy", _("Cymraeg"))] if home.has_welsh() else [])]
LOCALE_PATHS = [SOURCE / "site" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "media"
# Who has left, outside the database: replayed after an old backup is restored.
ERASURES = HOME / "erasures.txt"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = home.mail_backend()
EMAIL_FILE_PATH = HOME / "mail"
# Texts: none, console, file, or the dotted path of a class that sends them; the token of what brings replies in.
TEXT_SENDER, TEXT_TOKEN = home.texts()
TEXT_FILE = HOME / "texts.jsonl"
DEFAULT_FROM_EMAIL = "Alongside <alongside@localhost>"

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
X_FRAME_OPTIONS = "DENY"
# How often one may ask the API in a minute: from one address (a library shares one), by one token, and to write.
API_A_MINUTE = {"address": 300, "token": 600, "writes": 60}
MAP_TILES = home.tiles()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:", *home.tile_hosts()],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}

CSRF_FAILURE_VIEW = "alongside.site.views.stale_form"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/my-page/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_ADAPTER = "alongside.ground.people.adapter.Adapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# Tries are counted by where they come from. Without this all would come from the one web server in front, and whoever
# tries twenty codes in a minute would shut everybody else out.
ALLAUTH_TRUSTED_PROXY_COUNT = home.proxies()
ACCOUNT_RATE_LIMITS = False  # allauth would count in each process alone, and forget it at each restart
# How often: so many, in so many seconds, from one address, for one key, or for one key from one address. All processes
# count together, in the database (decision 25).
MINUTE, HOUR, DAY = 60, 3_600, 86_400
TRIES = {
    # Codes asked for: most of them for one e-mail from one address, so that nobody shuts out whose address they know.
    "sign_in": [(20, MINUTE, "address"), (5, HOUR, "both"), (15, DAY, "both"), (60, DAY, "key")],
    "code": [(60, MINUTE, "address"), (5, DAY, "key")],  # tries at one code that was sent
    "app": [(20, MINUTE, "address"), (5, 5 * MINUTE, "key"), (40, DAY, "key")],
    "open_again": [(20, MINUTE, "address"), (100, DAY, "address")],  # and each page has its own tries in a day
    "card": [(20, MINUTE, "address")],  # and each card rests by itself
    # Codes and receipts of decisions: a library shares one address, one person has few tries at a receipt.
    "door_code": [(20, MINUTE, "address")],
    "receipt": [(30, MINUTE, "address"), (12, HOUR, "key"), (30, DAY, "key")],
    "receipt_look_up": [(20, MINUTE, "address")],
    "count_file": [(3, MINUTE, "key")],  # some seconds of work each
}
# Whoever types the code from the e-mail has shown that the address is theirs; a card needs no address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1  # the code before and after counts too (RFC 6238, 5.2): 30 seconds are short for a slow hand
MFA_ADAPTER = "alongside.ground.people.secrets.Secrets"
MFA_FORMS = {
    "activate_totp": "alongside.ground.people.forms.ActivateForm",
    "authenticate": "alongside.ground.people.forms.AppForm",
    "reauthenticate": "alongside.ground.people.forms.AppAgainForm",
}
# Where "Leave quickly" goes: a page that anybody might have open.
LEAVE_QUICKLY_TO = home.leave_quickly()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
