"""One settings file. What differs between places is an environment variable."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")  # absent in production, where the platform sets the environment

# Required: no default, so a missing value stops the process at start.
SECRET_KEY = env.str("SECRET_KEY")
DATABASES = {"default": env.db_url("DATABASE_URL")}
# What is encrypted at rest: a list of keys for each purpose, newest first; 32 random bytes each, in base64.
ENCRYPTION_KEYS = {"drafts": env.list("DRAFT_KEYS"), "factors": env.list("FACTOR_KEYS")}

# Optional: the default is always the safe choice.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")  # the start of every link in a letter
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=True)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=SECURE_COOKIES)
REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# The demonstration: fictional data, mail in a folder, no second factor. Only `manage.py demo` sets it.
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
if DEMONSTRATION and not set(ALLOWED_HOSTS) <= THIS_MACHINE:
    raise ImproperlyConfigured("The demonstration runs on this machine only: ALLOWED_HOSTS names another.")
SECOND_FACTOR_REQUIRED = not DEMONSTRATION

INSTALLED_APPS = [
    # The house, lowest floor first. An app may import only from apps above it in this list.
    "audit",
    "outbox",
    "ui",
    "centres",
    "accounts",
    "people",
    "safeguarding",
    "referrals",
    "cases",
    "sessions",
    "reminders",
    "protect_respect",
    # Django and others
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "pgtrigger",
    "pghistory",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_linear_migrations",
    "django_migration_linter",
]
# The last two are tools of development; a server installs without them.
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in env.list("WITHOUT_APPS", default=[])]

MIDDLEWARE = [
    "ui.middleware.headers",
    "csp.middleware.CSPMiddleware",  # before what may answer by itself: the way to TLS carries the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ui.middleware.service_unavailable",
    "ui.middleware.well_formed_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.session_limits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.second_factor",
    "audit.middleware.history_context",
    "audit.middleware.refusals",
    "referrals.middleware.referrer",
]

ROOT_URLCONF = "protect_respect.urls"
WSGI_APPLICATION = "protect_respect.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "centres.context_processors.public_contacts",
                "protect_respect.context_processors.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "pr"
CRISPY_TEMPLATE_PACK = "pr"

# The database. A request is one transaction; nothing waits long for anything.
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": True,
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
}
STATEMENT_TIMEOUT_SECONDS = env.int("STATEMENT_TIMEOUT_SECONDS", default=5)  # workers set 60
DATABASES["default"].setdefault("OPTIONS", {})
if "host" in DATABASES["default"]["OPTIONS"]:  # a socket folder, in the way libpq writes it
    DATABASES["default"]["HOST"] = DATABASES["default"]["OPTIONS"].pop("host")
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 2,
    # What accounts.prepared asks is planned once for each connection. Off behind a pooler that cannot keep it.
    "prepare_threshold": 1 if env.bool("PREPARE_STATEMENTS", default=True) else None,
    "options": (
        f"-c statement_timeout={STATEMENT_TIMEOUT_SECONDS}s -c lock_timeout=2s"
        " -c idle_in_transaction_session_timeout=30s -c jit=off"
        # Our joins start from one row or one index: trying every order of eight tables took 9 ms, the join itself 0.2.
        " -c join_collapse_limit=4 -c from_collapse_limit=4"
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counters of tries and limits live in PostgreSQL, so that Redis can be away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # A full table forgets live counters too; accounts.tasks removes what has expired long before.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # What stands on every page and an administrator seldom changes: areas, public contacts. Never about a person.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 60},
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["full_name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the e-mail is unique whatever its case: an index on Lower()
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are given by an administrator, never claimed
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes us write to an address by typing it
# accounts.adapters says which limits count for whom; allauth counts codes as "login_failed" of the account.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "login_failed_from_address": "10/m/ip",
    "login_failed_on_known_device": "5/5m/key",
    "reset_password": "10/m/ip,5/5m/key",
    "reset_password_from_key": "10/m/ip",
    "reauthenticate": "5/5m/user",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.FactorForm",
    "reauthenticate": "accounts.forms.FactorAgainForm",
    "activate_totp": "accounts.forms.ActivateFactorForm",
    "deactivate_totp": "accounts.forms.DeactivateFactorForm",
    "generate_recovery_codes": "accounts.forms.GenerateCodesForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.NamePasskeyForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address; nobody claimed it
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN: a passkey is two factors in one
# No passkey can be guessed: this only keeps machines off, and an office begins its day behind one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TRUST_ENABLED = False
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Protect and Respect"

# Sessions: 20 minutes idle and 10 hours in all for staff (accounts.middleware); an hour idle for a referrer.
SESSION_ENGINE = "accounts.backends"  # in the database, as Django does it
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a notice names people: no cookie holds it
SESSION_COOKIE_AGE = 10 * 60 * 60
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=20)
STAFF_SESSION_HOURS = 10
REFERRER_IDLE_MINUTES = 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-sid" if SECURE_COOKIES else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY = SECURE_COOKIES, True
CSRF_FAILURE_VIEW = "ui.views.csrf_failure"

# Headers
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 63_072_000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # one hop, which overwrites what clients claim
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # else every limit by address would count all people as one
X_FRAME_OPTIONS = "DENY"
USE_X_FORWARDED_HOST = False
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# Words and time
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Cymraeg"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("STATIC_STORAGE", "ui.static_files.KeptAddresses")},
}

# Letters
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
if DEMONSTRATION:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 3
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Protect and Respect <no-reply@localhost>")

# The clock. Ids only pass through the broker; what is owed is a row, and a sweep is the retry.
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 270, 300  # seconds; the next sweep goes on where one was cut off
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # what waits behind a long task is taken by whoever is free
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # it would be delivered again while it runs
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: a worker that gave up would have to be found by somebody
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3 * CELERY_TASK_TIME_LIMIT,  # else it is delivered again while it runs
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}
CELERY_BEAT_SCHEDULER = "protect_respect.beat:Scheduler"  # goes on where the clock of the machine is set back
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")


def every(seconds, task):
    """By the clock; where no worker took it in time, the next one finds the same things due."""
    return {"task": task, "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "relay what is owed": every(15, "outbox.tasks.relay"),
    "record submissions": every(60, "referrals.tasks.record_submissions"),
    "escalate concerns": every(60, "safeguarding.tasks.escalate_concerns"),
    "blank old addresses": every(3600, "outbox.tasks.blank_old_addresses"),
    "purge stale drafts": every(3600, "referrals.tasks.purge_stale_drafts"),
    "remind": every(900, "reminders.tasks.remind"),
    "forget what has expired": every(3600, "accounts.tasks.forget_what_has_expired"),
}

# Logs: ids and timings, never a name, an address with a child in it, or a body.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "ui.logs.JsonFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},  # ui.views logs the id
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "fido2": {"level": "WARNING"},  # it names each passkey that is used
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "ui.logs.HideEverything"
