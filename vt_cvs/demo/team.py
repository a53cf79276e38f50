"""Who works at Veilig Thuis Merenland: team West of twelve, a small team Oost, an administrator and one sender."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from vt_cvs.organisatie.models import Afzender, Medewerker, Rol, Team

WACHTWOORD = "welkom-in-merenland"
AFZENDER = "Politie Merenland"
WEST = (
    ("Meryem Kaplan", "toestel 201", [Rol.VOORKANT]),
    ("Bram Willems", "toestel 202", [Rol.VOORKANT, Rol.ACHTERKANT]),
    ("Noor Haddad", "toestel 211", [Rol.ACHTERKANT]),
    ("Sanne de Wit", "toestel 212", [Rol.ACHTERKANT]),
    ("Tim Bakker", "toestel 213", [Rol.ACHTERKANT]),
    ("Fatima Aziz", "toestel 214", [Rol.ACHTERKANT]),
    ("Wietske Hoekstra", "toestel 221", [Rol.GEDRAGSWETENSCHAPPER]),
    ("Joost Brink", "toestel 222", [Rol.VERTROUWENSARTS]),
    ("Liesbeth van der Horst", "toestel 207", [Rol.TEAMLEIDER]),
    ("Ilse Kramer", "toestel 231", [Rol.PRIVACYFUNCTIONARIS]),
    ("Kofi Mensah", "toestel 232", [Rol.MANAGEMENTINFORMATIE]),
    ("Daan Postma", "toestel 215", [Rol.CRISISDIENST, Rol.ACHTERKANT]),
)
OOST = (
    ("Esra Demirel", "toestel 301", [Rol.VOORKANT]),
    ("Hidde Kooistra", "toestel 311", [Rol.ACHTERKANT]),
    ("Anouk van Rijn", "toestel 312", [Rol.ACHTERKANT]),
    ("Rob de Leeuw", "toestel 307", [Rol.TEAMLEIDER]),
)
ZONDER_TEAM = (("Petra Snel", "toestel 240", [Rol.BEHEERDER]),)
ACCOUNTS = (
    (Rol.VOORKANT, "Meryem Kaplan"),
    (Rol.ACHTERKANT, "Noor Haddad"),
    (Rol.GEDRAGSWETENSCHAPPER, "Wietske Hoekstra"),
    (Rol.VERTROUWENSARTS, "Joost Brink"),
    (Rol.TEAMLEIDER, "Liesbeth van der Horst"),
    (Rol.PRIVACYFUNCTIONARIS, "Ilse Kramer"),
    (Rol.MANAGEMENTINFORMATIE, "Kofi Mensah"),
    (Rol.BEHEERDER, "Petra Snel"),
    (Rol.CRISISDIENST, "Daan Postma"),
)


@dataclass(frozen=True, slots=True)
class Ploeg:
    """The employees of one team, by what they do."""

    team: Team
    voorkant: list[Medewerker]
    achterkant: list[Medewerker]
    deskundigen: list[Medewerker]
    teamleider: Medewerker


def adres(naam: str) -> str:
    return f"{naam.lower().replace(' ', '.')}@merenland.example"


def maak_medewerkers() -> None:
    """All of them with the one password of the demo: hashing it once is enough."""
    gehasht = make_password(WACHTWOORD)
    for teamnaam, leden in (("West", WEST), ("Oost", OOST), ("", ZONDER_TEAM)):
        team = Team.objects.create(naam=teamnaam) if teamnaam else None
        for naam, telefoon, rollen in leden:
            Medewerker.objects.create(
                email=adres(naam), naam=naam, telefoon=telefoon, team=team, rollen=list(rollen), password=gehasht
            )


def maak_afzender() -> None:
    """The sender, with its key where `stuur_meldingen` finds it: it cannot be read again."""
    _, sleutel = Afzender.nieuw(AFZENDER)
    pad = sleutelbestand()
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.unlink(missing_ok=True)
    with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as bestand:
        bestand.write(sleutel)


def sleutelbestand() -> Path:
    return Path(settings.STAAT) / "demo-afzender"


def ploeg(teamnaam: str) -> Ploeg:
    leden = list(Medewerker.objects.filter(team__naam=teamnaam).select_related("team").order_by("pk"))

    def met(*rollen: Rol) -> list[Medewerker]:
        return [lid for lid in leden if lid.heeft_rol(*rollen)]

    return Ploeg(
        team=Team.objects.get(naam=teamnaam),
        voorkant=met(Rol.VOORKANT),
        achterkant=met(Rol.ACHTERKANT),
        deskundigen=met(Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS),
        teamleider=met(Rol.TEAMLEIDER)[0],
    )


def accounts() -> list[dict[str, Any]]:
    """One account per role, as the starter prints them."""
    return [{"rol": rol.label, "email": adres(naam), "wachtwoord": WACHTWOORD} for rol, naam in ACCOUNTS]
