"""What an administrator does in Beheer, and the post that follows."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Medewerker

LIJST = "/beheer/organisatie/medewerker/"
HERSTEL = "/beheer/organisatie/factorherstel/"


def als(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def wijzig(wie: Medewerker, wat: Medewerker, **velden):
    gegevens = {
        "naam": wat.naam, "email": wat.email, "telefoon": wat.telefoon, "team": wat.team_id, "rollen": wat.rollen,
        **({"is_active": "on"} if wat.is_active else {}), **velden,
    }  # fmt: skip
    gegevens = {naam: waarde for naam, waarde in gegevens.items() if waarde is not None}
    return als(wie).post(f"{LIJST}{wat.pk}/change/", gegevens, follow=True)


def actie(wie: Medewerker, lijst: str, naam: str, *rijen):
    return als(wie).post(lijst, {"action": naam, "_selected_action": [r.pk for r in rijen]}, follow=True)


def post() -> list[tuple[str, str]]:
    """To whom and about what, after the outbox has been emptied."""
    bezorg()
    return sorted((m.to[0], m.subject.removeprefix("VT-CVS: ")) for m in mail.outbox)


def link() -> str:
    bezorg()
    (gevonden,) = re.findall(r"https?://\S+(/account/\S+)", mail.outbox[-1].body)
    return gevonden


def kies_wachtwoord(pad: str, wachtwoord: str = "paarse fietsen in de regen") -> int:
    client = Client()
    formulier = client.get(pad, follow=True)
    if "Deze link werkt niet meer" in formulier.content.decode():
        return 0
    pad = formulier.redirect_chain[-1][0]
    return client.post(pad, {"password1": wachtwoord, "password2": wachtwoord}).status_code
