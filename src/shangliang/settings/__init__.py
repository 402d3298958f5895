"""Settings of an installation. What differs between installations lives in its home folder or the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from .home import database, home, hosts, log_origin, networks, origins, phone, secret, static_root

PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = secret("django.key")
JOURNAL_KEY = secret("journal.key")
RECEIPT_KEY = secret("receipt.key")
CONTACT_KEY = secret("contact.key")
WALL_KEY = secret("wall.key")
FEDERATION_KEY = secret("federation.key")
LOG_KEY = secret("log.key")
WITNESS_KEY = secret("witness.key")
MFA_KEY = secret("mfa.key")
HOME = home()
IS_DEMO = (HOME / "demo").exists()

# The address printed on wall codes and slips; a phone must reach it.
PUBLIC_ADDRESS = os.environ.get(
    "SHANGLIANG_ADDRESS", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
).rstrip("/")
ALLOWED_HOSTS = hosts(PUBLIC_ADDRESS)
LOG_ORIGIN = log_origin(PUBLIC_ADDRESS)
# Networks with private addresses in which neighbours may be, named by whoever runs the machine.
PEER_NETWORKS = networks(os.environ.get("SHANGLIANG_PEERS", ""))
# How press pages are fetched (shared/fetch.py): nothing but the web's ports and public addresses; tests loosen it.
NEWS_FETCH: dict = {}
# Other sites that may show /embed/ pages in frames, named by whoever runs the machine; no other page can be framed.
FRAME_ORIGINS = origins(os.environ.get("SHANGLIANG_FRAMES", ""))
# Told on the page of a fault, which cannot ask the database for the committee's number.
HELP_PHONE = phone(os.environ.get("SHANGLIANG_PHONE", ""))
SECURE = PUBLIC_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "shangliang.journal",
    "shangliang.regions",
    "shangliang.people",
    "shangliang.witness",
    "shangliang.rules",
    "shangliang.files",
    "shangliang.venues",
    "shangliang.cases",
    "shangliang.voices",
    "shangliang.visits",
    "shangliang.topics",
    "shangliang.opinions",
    "shangliang.consultations",
    "shangliang.agreements",
    "shangliang.studios",
    "shangliang.salons",
    "shangliang.research",
    "shangliang.proposals",
    "shangliang.tasks",
    "shangliang.briefs",
    "shangliang.conversions",
    "shangliang.outcomes",
    "shangliang.partnerships",
    "shangliang.federation",
    "shangliang.duties",
    "shangliang.notifications",
    "shangliang.backfill",
    "shangliang.figures",
    "shangliang.newsroom",
    "shangliang.claims",
    "shangliang.ledgers",
    "shangliang.reports",
    "shangliang.portal",
    "shangliang.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shangliang.portal.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shangliang.people.middleware.CommitteeScope",
    "shangliang.people.middleware.AdministratorsNeedMfa",
    "shangliang.portal.middleware.PlainRefusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shangliang.urls"
WSGI_APPLICATION = "shangliang.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "environment": "shangliang.templating.environment",
            "context_processors": [
                "shangliang.templating.page_context",
                "shangliang.desk.rail.context",
            ],
        },
    },
    {
        # Only for what libraries bring: form widgets and the log-in library's short messages. Its pages are
        # found first among our own Jinja2 templates, under account/ and mfa/.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shangliang.templating.page_context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:inbox"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "shangliang.people.adapters.StaffOnly"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_FORMS = {"login": "shangliang.people.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted by axes, in the database; this one, above it, slows guessing of second factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/5m/key"}
MFA_ADAPTER = "shangliang.people.adapters.SealedAuthenticators"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "好商量"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = None
AXES_LOCKOUT_CALLABLE = "shangliang.people.adapters.locked_out"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = static_root()
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 12
# One request may carry a few phone photos; above this it is refused before it is read.
UPLOAD_LIMIT = 60 * 1024 * 1024

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = f"shangliang_{os.environ.get('PORT') or 8000}"
CSRF_COOKIE_NAME = f"csrf_{os.environ.get('PORT') or 8000}"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shangliang.portal.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
