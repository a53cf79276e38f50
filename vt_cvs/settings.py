"""Settings: everything that differs between a demo, a test run and production comes from the environment.

Nothing here decides anything about the domain; what an organisation may set stands in `organisatie.Instelling`.
"""

import os
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent


def _vraag(naam: str, standaard: str | None = None) -> str:
    waarde = os.environ.get(naam, standaard)
    if waarde is None:
        raise ImproperlyConfigured(f"Zet {naam} in de omgeving (zie README, 'Production settings').")
    return waarde


def _database(url: str, **opties: Any) -> dict[str, Any]:
    """Any libpq URL or connection string, so what psql understands works here too."""
    delen = {sleutel: str(waarde) for sleutel, waarde in conninfo_to_dict(url).items() if waarde is not None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": delen.pop("dbname", ""),
        "USER": delen.pop("user", ""),
        "PASSWORD": delen.pop("password", ""),
        "HOST": delen.pop("host", ""),
        "PORT": delen.pop("port", ""),
        "OPTIONS": {**delen, **opties},
    }


# "productie" is strict and the default; "demo" and "test" are set by start.py only.
OMGEVING = _vraag("VT_OMGEVING", "productie")
if OMGEVING not in {"productie", "demo", "test"}:
    raise ImproperlyConfigured(f"VT_OMGEVING is productie, demo of test, niet {OMGEVING!r}.")
PRODUCTIE = OMGEVING == "productie"

DEBUG = False
SECRET_KEY = _vraag("VT_GEHEIM", None if PRODUCTIE else "alleen-voor-demo-en-test")
ALLOWED_HOSTS = _vraag("VT_HOSTS", None if PRODUCTIE else "127.0.0.1,localhost,testserver").split(",")
# Where links in mails lead; never taken from a request, which could name another host.
VT_WEBADRES = _vraag("VT_WEBADRES", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTIE else "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTIE else []
STAAT = Path(_vraag("VT_STAAT", str(ROOT / "var")))  # attachments, logs; never inside static files

# Who we are: one installation serves one Veilig Thuis.
VT_NAAM = _vraag("VT_NAAM", "Veilig Thuis Merenland")
VT_REGIO = _vraag("VT_REGIO", "Merenland")
# The code of this region in vt_cvs/organisatie/lijsten/vt_regios.csv; empty: nobody is told that a report is another's.
VT_REGIOCODE = _vraag("VT_REGIOCODE", "" if PRODUCTIE else "VT03")
# Where “Snel weg van deze site” on public pages leads: a page that says nothing about whoever looks at it.
VT_SNELWEG = _vraag("VT_SNELWEG", "https://www.startpagina.nl/")
if not VT_SNELWEG.startswith("https://"):
    raise ImproperlyConfigured(f"VT_SNELWEG is een adres dat met https:// begint, niet {VT_SNELWEG!r}.")
# How many proxies of our own stand before the site: that many steps back stands the visitor's address (public form).
VT_PROXIES = int(_vraag("VT_PROXIES", "1" if PRODUCTIE else "0"))

INSTALLED_APPS = [
    "vt_cvs.organisatie.beheer.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "simple_history",
    "pgtrigger",
    "template_partials",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "vt_cvs.apps.VTConfig",
    "vt_cvs.kern",
    "vt_cvs.web",
    "vt_cvs.organisatie",
    "casus",
    "casus.inzage",
    "casus.bewaren",
    "melding",
    "triage",
    "diensten",
    "register",
    "vt_cvs.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "vt_cvs.web.api.ApiMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "vt_cvs.organisatie.tweede_factor.TweedeFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vt_cvs.web.kladviews.KladMiddleware",
    "casus.web.NoodknopMiddleware",
]

ROOT_URLCONF = "vt_cvs.urls"
WSGI_APPLICATION = "vt_cvs.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vt_cvs.web.context.schil",
            ],
            "builtins": ["template_partials.templatetags.partials", "vt_cvs.web.templatetags.vt"],
        },
    },
]
FORM_RENDERER = "vt_cvs.web.formulieren.Renderer"

DATABASES = {"default": _database(_vraag("DATABASE_URL"), pool=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = _vraag("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "vt_cvs.kern.cache.RedisCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
        "KEY_PREFIX": "vt",
    }
}
if OMGEVING == "test":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- who logs in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisatie.Medewerker"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if OMGEVING == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/werk/"
ACCOUNT_ADAPTER = "vt_cvs.organisatie.adapters.GeenAanmelding"
SOCIALACCOUNT_ADAPTER = "vt_cvs.organisatie.adapters.AlleenBekendeMedewerkers"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
if OMGEVING == "test":
    ACCOUNT_RATE_LIMITS = False
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # how long a link to choose a password works; it works once
MFA_ADAPTER = "vt_cvs.organisatie.adapters.TweedeFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the administrator enters the address; nobody signs up
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = VT_NAAM
TWEEDE_FACTOR_VERPLICHT = _vraag("VT_TWEEDE_FACTOR", "ja" if PRODUCTIE else "nee") == "ja"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTIE
CSRF_COOKIE_AGE = None  # gone with the browser: whoever reports leaves as little behind as possible
SECURE_SSL_REDIRECT = PRODUCTIE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTIE else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PRODUCTIE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- language and time -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True

# --- files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# Only production collects: elsewhere files are served from where they stand.
STATIC_ROOT = Path(_vraag("VT_STATIC_ROOT", str(STAAT / "static"))) if PRODUCTIE else None
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTIE
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(STAAT / "bijlagen"), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTIE
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- keys of the file ------------------------------------------------------------------------------------------
# BSN and attachments: AES-GCM keys "id:base64" separated by commas, the first one writes; the index key stands apart
# from the database and its backups.
VT_SLEUTELS = _vraag("VT_SLEUTELS", None if PRODUCTIE else "demo:" + "A" * 43 + "=")
VT_INDEXSLEUTEL = _vraag("VT_INDEXSLEUTEL", None if PRODUCTIE else "alleen-voor-demo-en-test")

# --- history ---------------------------------------------------------------------------------------------------
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- mail ------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = _vraag(
    "VT_MAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTIE else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_HOST = _vraag("VT_MAIL_HOST", "localhost")
EMAIL_PORT = int(_vraag("VT_MAIL_POORT", "25"))
EMAIL_TIMEOUT = 10
EMAIL_HOST_USER = _vraag("VT_MAIL_GEBRUIKER", "")
EMAIL_HOST_PASSWORD = _vraag("VT_MAIL_WACHTWOORD", "")
EMAIL_USE_TLS = _vraag("VT_MAIL_TLS", "ja" if PRODUCTIE else "nee") == "ja"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _vraag("VT_MAIL_AFZENDER", "veilig-thuis@merenland.example")

# Where mail that could not be delivered comes back; without a host nobody looks.
RETOURPOST_HOST = _vraag("VT_RETOUR_HOST", "")
RETOURPOST_POORT = int(_vraag("VT_RETOUR_POORT", "993"))
RETOURPOST_GEBRUIKER = _vraag("VT_RETOUR_GEBRUIKER", "")
RETOURPOST_WACHTWOORD = _vraag("VT_RETOUR_WACHTWOORD", "")
RETOURPOST_MAP = _vraag("VT_RETOUR_MAP", "INBOX")
RETOURPOST_TLS = _vraag("VT_RETOUR_TLS", "ja") == "ja"

# --- VT Register -----------------------------------------------------------------------------------------------
REGISTER_URL = _vraag("VT_REGISTER_URL", "http://127.0.0.1:8001")
REGISTER_ORGANISATIE = _vraag("VT_REGISTER_ORGANISATIE", "merenland")
REGISTER_SLEUTEL = _vraag("VT_REGISTER_SLEUTEL", None if PRODUCTIE else "demo-register-merenland")
# Shared by the participating organisations, never with the registerdienst: makes the person pseudonym.
REGISTER_PSEUDONIEMSLEUTEL = _vraag("VT_REGISTER_PSEUDONIEMSLEUTEL", None if PRODUCTIE else "demo-pseudoniem")

# --- BRP (Haal Centraal BRP Personen API 2) ----------------------------------------------------------------------
BRP_URL = _vraag("VT_BRP_URL", "")  # up to and including /haalcentraal/api/brp; empty: no connection yet
BRP_SLEUTEL = _vraag("VT_BRP_SLEUTEL", "" if PRODUCTIE else "demo-brp")
BRP_TOKEN_URL = _vraag("VT_BRP_TOKEN_URL", "")  # for OAuth 2 client credentials, instead of or beside the key
BRP_CLIENT_ID = _vraag("VT_BRP_CLIENT_ID", "")
BRP_CLIENT_GEHEIM = _vraag("VT_BRP_CLIENT_GEHEIM", "")
BRP_CERTIFICAAT = _vraag("VT_BRP_CERTIFICAAT", "")  # one PEM file with certificate and key
BRP_DOELBINDING = _vraag("VT_BRP_DOELBINDING", "")  # what the gateway knows us by, if it asks

# --- background work -------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BEAT_SCHEDULE = {
    "uitpost": {"task": "vt_cvs.kern.tasks.bezorg_uitpost", "schedule": 5.0},
    "herinneringen": {"task": "casus.tasks.herinneren", "schedule": crontab(minute="5", hour="7-18")},
    "casusnamen": {"task": "casus.tasks.werk_casusnamen_bij", "schedule": crontab(hour=5, minute=10)},
    "retourpost": {"task": "casus.tasks.lees_retourpost", "schedule": crontab(minute="*/10")},
    "register": {"task": "register.tasks.synchroniseer", "schedule": 60.0},
    "geheimhouding BRP": {"task": "casus.tasks.kijk_geheimhouding_na", "schedule": crontab(hour=6, minute="10,40")},
    "bewaartermijnen": {"task": "casus.bewaren.tasks.veeg", "schedule": crontab(hour=5, minute=40)},
    "verwijderen hervatten": {"task": "casus.bewaren.tasks.hervat", "schedule": crontab(minute="*/15")},
    "sessies opruimen": {"task": "vt_cvs.organisatie.tasks.ruim_sessies_op", "schedule": crontab(hour=3, minute=15)},
    "accountverzoeken opruimen": {
        "task": "vt_cvs.organisatie.tasks.ruim_verzoeken_op",
        "schedule": crontab(minute=25),
    },
    "concepten wissen": {"task": "vt_cvs.web.ruim_kladden_op", "schedule": crontab(minute=50)},
    "halve meldformulieren wissen": {"task": "melding.formulier.ruim_op", "schedule": crontab(minute="*/10")},
    "register vergelijken": {"task": "register.tasks.vergelijk", "schedule": crontab(hour=4, minute=20)},
}

# --- API -------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["vt_cvs.web.api.SessieAuthenticatie"],
    "DEFAULT_PERMISSION_CLASSES": ["vt_cvs.web.api.IsMedewerker"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["vt_cvs.web.json.StrikteJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "vt_cvs.web.problemen.als_probleem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "VT-CVS",
    "DESCRIPTION": "Meldingen aanleveren bij Veilig Thuis, en stappen zetten als medewerker.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["vt_cvs.web.openapi.met_problemen"],
    "CONTACT": {"name": VT_NAAM, "email": DEFAULT_FROM_EMAIL},
}

# --- logging: what happened, never to whom ---------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"zonder_inhoud": {"()": "vt_cvs.web.logfilter.ZonderInhoud"}},
    "handlers": {"uit": {"class": "logging.StreamHandler", "formatter": "regel", "filters": ["zonder_inhoud"]}},
    "root": {"handlers": ["uit"], "level": "INFO"},
    "loggers": {"httpx": {"level": "WARNING"}},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "vt_cvs.web.logfilter.GeenGegevens"
SILENCED_SYSTEM_CHECKS: list[str] = []
