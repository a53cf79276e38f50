"""Settings of the registerdienst: a service of its own, with its own database, keys and organisations.

It has no users, sessions or pages: only organisations that identify themselves with a key.
"""

import json
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def _vraag(naam: str, standaard: str | None = None) -> str:
    waarde = os.environ.get(naam, standaard)
    if waarde is None:
        raise ImproperlyConfigured(f"Zet {naam} in de omgeving van de registerdienst (zie docs/register-protocol.md).")
    return waarde


def _database(url: str) -> dict[str, Any]:
    """Any libpq URL or connection string."""
    delen = {sleutel: str(waarde) for sleutel, waarde in conninfo_to_dict(url).items() if waarde is not None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": delen.pop("dbname", ""),
        "USER": delen.pop("user", ""),
        "PASSWORD": delen.pop("password", ""),
        "HOST": delen.pop("host", ""),
        "PORT": delen.pop("port", ""),
        "OPTIONS": {**delen, "pool": True},
    }


OMGEVING = _vraag("VT_OMGEVING", "productie")
PRODUCTIE = OMGEVING == "productie"
DEBUG = False
ALLOWED_HOSTS = _vraag("REGISTER_HOSTS", None if PRODUCTIE else "127.0.0.1,localhost").split(",")

INSTALLED_APPS = ["register.dienst"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "register.dienst.problemen.AltijdEenProbleem"]
ROOT_URLCONF = "register.dienst.urls"
WSGI_APPLICATION = "register.dienst.wsgi.application"
APPEND_SLASH = False
DATABASES = {"default": _database(_vraag("REGISTER_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECURE_SSL_REDIRECT = PRODUCTIE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTIE else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if PRODUCTIE else 0

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = False
USE_TZ = True

# BSN and name at rest: AES-GCM keys "id:base64" separated by commas, the first one writes.
VT_SLEUTELS = _vraag("REGISTER_SLEUTELS", None if PRODUCTIE else "demo:" + "B" * 43 + "=")

# How many an organisation may send in an hour before someone is warned. A large region sends a few tens.
ALARM_REGISTRATIES = int(_vraag("REGISTER_ALARM_REGISTRATIES", "250"))
ALARM_INTREKKINGEN = int(_vraag("REGISTER_ALARM_INTREKKINGEN", "25"))

# Outside production the organisations come along with the migration; in production: the command `organisatie`.
ORGANISATIES: list[dict[str, str]] = []
if not PRODUCTIE:
    _demo = [
        {
            "code": _vraag("VT_REGISTER_ORGANISATIE", "merenland"),
            "naam": _vraag("VT_NAAM", "Veilig Thuis Merenland"),
            "telefoon": "088 555 01 00",
            "sleutel": _vraag("VT_REGISTER_SLEUTEL", "demo-register-merenland"),
        },
        {
            "code": "kuststreek",
            "naam": "Veilig Thuis Kuststreek",
            "telefoon": "088 555 02 00",
            "sleutel": _vraag("VT_REGISTER_SLEUTEL_BUUR", "demo-register-kuststreek"),
        },
    ]
    ORGANISATIES = json.loads(os.environ["REGISTER_ORGANISATIES"]) if "REGISTER_ORGANISATIES" in os.environ else _demo

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"uit": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {"handlers": ["uit"], "level": "INFO"},
}
