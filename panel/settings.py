"""Configuration, by environment only. Production refuses to start without its secrets."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

from panel.core.env import database_config, parse_field_keys, positive_int

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
TESTING = "pytest" in sys.modules

DEBUG = env.bool("DEBUG", default=TESTING)
DEMO = env.bool("DEMO", default=False)
if DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO=1 is for a machine that nobody else reaches: it needs DEBUG=1 as well.")

# A sandbox's answers must never be taken for a registrar's, and so only a development machine may ask one.
SANDBOX_ALLOWED = DEBUG

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).absolute()
_DEVELOPMENT_SECRET = "only-for-tests-and-development-never-in-production"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default=_DEVELOPMENT_SECRET if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY: a long random text that is kept secret.")
FIELD_KEYS = parse_field_keys(
    env.str("FIELD_KEYS", default="dev:bmFtZXdhcmQtZGV2ZWxvcG1lbnQta2V5LTMyLWJ5dGU=" if DEBUG else "")
)

PORT = positive_int("PORT", env.str("PORT", default="8000"))
SANDBOX_PORT = positive_int("SANDBOX_PORT", env.str("SANDBOX_PORT", default="8700"))
# Where the sandbox plays the nameservers of its names; those of real names are asked where they are.
SANDBOX_DNS = ("127.0.0.1", SANDBOX_PORT + 6)

# Host names: the host decides the brand, the operator's own hosts also answer with the back office.
OPERATOR_HOSTS = env.list(
    "OPERATOR_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"] if DEBUG else []
)
if not OPERATOR_HOSTS:
    raise ImproperlyConfigured(
        "Set OPERATOR_HOSTS: the host names of the operator's own panel, separated by commas."
    )
# Brand hosts come and go in the database, so that the middleware of panel.hosts is what refuses an unknown one.
ALLOWED_HOSTS = ["*"]
HTTPS = env.bool("HTTPS", default=not DEBUG)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env.str(
    "PUBLIC_URL", default=f"http://127.0.0.1:{PORT}" if DEBUG else f"https://{OPERATOR_HOSTS[0]}"
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "django_countries",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "lucide",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "panel.core",
    "panel.brand",
    "panel.people",
    "panel.access",
    "panel.operation",
    "panel.account",
    "panel.billing",
    "panel.contact",
    "panel.domain",
    "panel.dns",
    "panel.hosting",
    "panel.sharing",
    "panel.selfservice",
    "panel.backoffice",
    "panel.brandadmin",
    *(["panel.demo"] if DEBUG else []),
]

MIDDLEWARE = [
    "panel.core.middleware.request_id_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "panel.hosts.brand_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panel.people.activity.activity_middleware",
    "panel.people.unprocessable.UnprocessableMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "panel.access.middleware.actor_middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "panel.urls"
WSGI_APPLICATION = "panel.wsgi.application"

# Cotton and template-partials stop each other when both configure themselves: see docs/decisions/0003-templates.md.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "panel.access.context.page",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                # After Django's own, whose translate it takes the place of.
                "panel.core.templatetags.words",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "panel.core.templatetags.ui",
            ],
        },
    }
]
COTTON_DIR = "ui"
COTTON_SNAKE_CASED_NAMES = True
FORM_RENDERER = "panel.core.controls.Controls"

DATABASES = {"default": database_config(env.str("DATABASE_URL", default=""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "panel.core.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- people -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["panel.people.backends.BrandAuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "panel.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# A page that anybody can open must not send mail to addresses that nobody here has.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "login": "panel.people.forms.LoginForm",
    "reset_password": "panel.people.forms.ResetPasswordForm",
    "reset_password_from_key": "panel.people.forms.ResetPasswordKeyForm",
    "change_password": "panel.people.forms.ChangePasswordForm",
    "set_password": "panel.people.forms.SetPasswordForm",
    "add_email": "panel.people.forms.AddEmailForm",
    "reauthenticate": "panel.people.forms.ReauthenticateForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "panel.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = {
    "authenticate": "panel.people.forms.AuthenticateForm",
    "reauthenticate": "panel.people.forms.ReauthenticateCodeForm",
    "activate_totp": "panel.people.forms.ActivateTOTPForm",
    "add_webauthn": "panel.people.forms.AddWebAuthnForm",
    "edit_webauthn": "panel.people.forms.EditWebAuthnForm",
}
# Nobody signs up by himself, so that no stranger can lock an address's owner out with a second factor of his own.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Phones whose clocks are off by half a minute.
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = False
# How long a member of the staff may act as a customer's person at a time.
IMPERSONATION_MINUTES = positive_int("IMPERSONATION_MINUTES", env.str("IMPERSONATION_MINUTES", default="30"))
# In demo mode the printed passwords are enough; everywhere else staff and brand people need a second factor.
TWO_FACTOR_REQUIRED = env.bool("TWO_FACTOR_REQUIRED", default=not (DEMO or TESTING))
if not DEBUG and not TWO_FACTOR_REQUIRED:
    raise ImproperlyConfigured("TWO_FACTOR_REQUIRED=0 is allowed in demo mode only.")

# --- pages --------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "panel" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = (
    STATICFILES_DIRS[0] if TESTING else Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
)
# Development and tests take static files from where they are written; everywhere else they are collected before.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_COMPRESSED = env.bool("STATIC_COMPRESSED", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if WHITENOISE_COMPRESSED
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# No name of anybody: the cookies of a brand's host are seen by its customers.
SESSION_COOKIE_NAME = "__Host-panel" if HTTPS else "panel"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "panel_csrf"
LANGUAGE_COOKIE_NAME = "panel_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "panel.core.sessions.EncryptedSerializer"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_FAILURE_VIEW = "panel.core.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
# A brand's host belongs to the brand: what else it runs under its domain is not for us to bind.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.filebased.EmailBackend"
    if DEBUG
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"panel@{OPERATOR_HOSTS[0]}")

# --- operations ---------------------------------------------------------------------------------------------------
# The ten-minute beat: every wait for a registrar is polled at this pace, and nothing else sets it.
OPERATION_POLL_SECONDS = positive_int(
    "OPERATION_POLL_SECONDS", env.str("OPERATION_POLL_SECONDS", default="4" if DEMO else "600")
)
if not DEBUG and OPERATION_POLL_SECONDS < 300:
    raise ImproperlyConfigured(
        "OPERATION_POLL_SECONDS is at least 300: registrars ban accounts that poll faster."
    )
# Nobody, not even a person in a hurry, has a registrar asked about one operation more often than this.
OPERATION_POLL_FLOOR_SECONDS = min(300, OPERATION_POLL_SECONDS)
OPERATION_CALL_SECONDS = positive_int(
    "OPERATION_CALL_SECONDS", env.str("OPERATION_CALL_SECONDS", default="8" if DEMO else "30")
)
OPERATION_LEASE_SECONDS = OPERATION_CALL_SECONDS * 2
# How long an unknown outcome rests before the registrar is asked what happened, and between two proofs of absence.
OPERATION_QUARANTINE_SECONDS = positive_int(
    "OPERATION_QUARANTINE_SECONDS", env.str("OPERATION_QUARANTINE_SECONDS", default="5" if DEMO else "90")
)
# How long an order that was never sent waits for its registrar before another one is tried.
REROUTE_AFTER_SECONDS = positive_int("REROUTE_AFTER_SECONDS", env.str("REROUTE_AFTER_SECONDS", default="300"))
OPERATION_SWEEP_SECONDS = positive_int(
    "OPERATION_SWEEP_SECONDS", env.str("OPERATION_SWEEP_SECONDS", default="2" if DEMO else "5")
)
# How many operations may be in a call at one account at a time, and how many may be reading at all accounts together.
OPERATION_ACCOUNT_CALLS = positive_int(
    "OPERATION_ACCOUNT_CALLS", env.str("OPERATION_ACCOUNT_CALLS", default="4")
)
OPERATION_SYNC_CALLS = positive_int("OPERATION_SYNC_CALLS", env.str("OPERATION_SYNC_CALLS", default="3"))
# How many times our own cautious rates of calls: only for whoever has agreed on more with the registrars.
REGISTRAR_PACE = positive_int("REGISTRAR_PACE", env.str("REGISTRAR_PACE", default="1"))
# A name that a person deletes stays for so many hours in which it can still be kept.
DELETION_WAITS_HOURS = positive_int("DELETION_WAITS_HOURS", env.str("DELETION_WAITS_HOURS", default="24"))
EXCHANGE_RETENTION_DAYS = positive_int(
    "EXCHANGE_RETENTION_DAYS", env.str("EXCHANGE_RETENTION_DAYS", default="400")
)
SEARCH_CACHE_SECONDS = positive_int("SEARCH_CACHE_SECONDS", env.str("SEARCH_CACHE_SECONDS", default="300"))

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_connect_timeout": 1, "socket_timeout": 2, "visibility_timeout": 3600, "max_retries": 1}
    if urlsplit(CELERY_BROKER_URL).scheme.startswith(("redis", "unix"))
    # Within one process nobody is called: the worker looks for messages, by itself only once a second.
    else {"polling_interval": 0.05}
)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The clock has a queue, and so has each lane: workers take from all of them in turn, so that no crowd in one stands
# before the others. panel.operation.handing names the lane's queue for each operation.
CELERY_TASK_DEFAULT_QUEUE = "nameward"
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name)
    for name in ("nameward", "nameward.money", "nameward.customer", "nameward.sync")
]
CELERY_TASK_ROUTES = {
    "panel.account.tasks.test_connection": {"queue": "nameward.customer"},
    "panel.domain.search_tasks.*": {"queue": "nameward.customer"},
    "panel.domain.tasks.plan_bulk": {"queue": "nameward.customer"},
    "panel.account.tasks.sync_catalogue": {"queue": "nameward.sync"},
    "panel.domain.tasks.sync_domains": {"queue": "nameward.sync"},
    "panel.domain.tasks.sync_contacts": {"queue": "nameward.sync"},
}
# A worker that holds back messages for later keeps others from them.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "operation-sweep": {
        "task": "panel.operation.tasks.sweep",
        "schedule": timedelta(seconds=OPERATION_SWEEP_SECONDS),
        "options": {"expires": max(OPERATION_SWEEP_SECONDS * 2, 10)},
    },
    "account-refresh": {
        "task": "panel.account.tasks.refresh_accounts",
        "schedule": timedelta(seconds=60 if DEMO else 900),
        "options": {"expires": 900},
    },
    "account-resume-passes": {
        "task": "panel.account.tasks.resume_passes",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "account-catalogue": {
        "task": "panel.account.tasks.refresh_catalogues",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "domain-sync": {
        "task": "panel.domain.tasks.sync_accounts",
        "schedule": timedelta(minutes=10 if DEMO else 360),
        "options": {"expires": 3600},
    },
    "domain-bulk": {
        "task": "panel.domain.tasks.resume_bulk",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "domain-delete": {
        "task": "panel.domain.tasks.delete_due",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "domain-hand-over": {"task": "panel.domain.tasks.tell_offers", "schedule": timedelta(minutes=5)},
    "domain-gone": {"task": "panel.domain.tasks.note_departures", "schedule": timedelta(minutes=10)},
    "domain-hosts": {
        "task": "panel.domain.tasks.read_hosts",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "domain-forget-drift": {
        "task": "panel.domain.tasks.forget_drift",
        "schedule": timedelta(hours=24),
        "options": {"expires": 3600},
    },
    "hosting-plans": {
        "task": "panel.hosting.tasks.read_plans",
        "schedule": timedelta(minutes=10 if DEMO else 360),
        "options": {"expires": 3600},
    },
    "hosting-forget-links": {"task": "panel.hosting.tasks.forget_links", "schedule": timedelta(minutes=5)},
    "domain-forget-codes": {"task": "panel.domain.tasks.forget_codes", "schedule": timedelta(minutes=10)},
    "domain-remind": {
        "task": "panel.domain.tasks.remind",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "domain-reroute": {
        "task": "panel.domain.tasks.reroute_stuck",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "account-tell-staff": {
        "task": "panel.account.tasks.tell_staff",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    "billing-tell-customers": {
        "task": "panel.billing.tasks.tell_customers",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "account-forget-exchanges": {
        "task": "panel.account.tasks.forget_old_exchanges",
        "schedule": timedelta(hours=24),
        "options": {"expires": 3600},
    },
}

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "panel.core.logs.configure"
LOGGING = {"level": "WARNING" if TESTING else LOG_LEVEL, "json": env.bool("LOG_JSON", default=not DEBUG)}

# Last, because the lines above ask whether this is a development machine. With DEBUG Django shows error pages of its
# own, with the code in them: whoever looks at the demo sees the product's.
DEBUG = DEBUG and not DEMO
