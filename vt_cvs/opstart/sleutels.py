"""The demo's own keys, made once and readable by their owner only, and the environment every child process gets."""

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from vt_cvs.opstart.plaats import ROOT

NAMEN = (
    "VT_GEHEIM",
    "VT_SLEUTELS",
    "VT_INDEXSLEUTEL",
    "VT_REGISTER_SLEUTEL",
    "VT_REGISTER_PSEUDONIEMSLEUTEL",
    "VT_REGISTER_SLEUTEL_BUUR",
    "REGISTER_SLEUTELS",
)
# The registerdienst is someone else's house: it never sees what opens our files, and we do not see into its database.
NIET_VOOR_REGISTERDIENST = (
    "DATABASE_URL",
    "REDIS_URL",
    "VT_GEHEIM",
    "VT_SLEUTELS",
    "VT_INDEXSLEUTEL",
    "VT_REGISTER_PSEUDONIEMSLEUTEL",
)
ALLEEN_VOOR_REGISTERDIENST = ("REGISTER_DATABASE_URL", "REGISTER_SLEUTELS")


def bestaan(staat: Path) -> bool:
    return (staat / "sleutels").exists()


def lees_of_maak(staat: Path) -> dict[str, str]:
    bestand = staat / "sleutels"
    sleutels = dict(regel.split("=", 1) for regel in bestand.read_text().splitlines()) if bestand.exists() else {}
    ontbrekend = [naam for naam in NAMEN if naam not in sleutels]
    if ontbrekend:
        sleutels |= {naam: _nieuw(naam) for naam in ontbrekend}
        klad = staat / "sleutels.klad"
        klad.touch(mode=0o600)
        klad.write_text("".join(f"{naam}={waarde}\n" for naam, waarde in sleutels.items()))
        klad.rename(bestand)
    return sleutels


def _nieuw(naam: str) -> str:
    if naam.endswith("SLEUTELS"):
        return "demo:" + base64.b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(32)


def kinderomgeving(staat: Path, *, demosleutels: bool = True, **eigen: str) -> dict[str, str]:
    """What is set in our environment wins over a generated key; `eigen` is what we know better.

    Production brings its own keys: there a missing one must be missed.
    """
    omgeving: Mapping[str, str] = os.environ
    (staat / "static").mkdir(exist_ok=True)  # where production collects; elsewhere it stays empty but must exist
    gemaakt = lees_of_maak(staat) if demosleutels else {}
    basis = {
        "DJANGO_SETTINGS_MODULE": "vt_cvs.settings",
        "VT_STAAT": str(staat),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{omgeving.get('PATH', os.defpath)}",
    }
    return {**gemaakt, **omgeving, **basis, **eigen}


def voor_registerdienst(env: Mapping[str, str]) -> dict[str, str]:
    eigen = {naam: waarde for naam, waarde in env.items() if naam not in NIET_VOOR_REGISTERDIENST}
    return {**eigen, "DJANGO_SETTINGS_MODULE": "register.dienst.settings"}


def voor_brp(env: Mapping[str, str]) -> dict[str, str]:
    """The simulator is another house as well: it gets the key by which it knows us, and none of ours."""
    return {
        naam: waarde
        for naam, waarde in env.items()
        if naam in {"PATH", "PYTHONPATH", "PYTHONUNBUFFERED", "VT_BRP_SLEUTEL"}
    }


def voor_ons(env: Mapping[str, str]) -> dict[str, str]:
    return {naam: waarde for naam, waarde in env.items() if naam not in ALLEEN_VOOR_REGISTERDIENST}
