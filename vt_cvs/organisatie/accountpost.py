"""The mails about accounts. Keys travel in the outbox; addresses and the link itself are made when the mail leaves."""

from __future__ import annotations

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import Later, bezorger
from vt_cvs.organisatie.accountlog import Accountregel
from vt_cvs.organisatie.accounts import ACCOUNTBERICHT, WACHTWOORDLINK
from vt_cvs.organisatie.models import Medewerker

Wat = Accountregel.Wat
NIET_BEDOELD = "Klopt dit niet? Bel dan meteen de privacyfunctionaris van je organisatie."


@bezorger(WACHTWOORDLINK)
def bezorg_wachtwoordlink(rij: Uitpost) -> None:
    """The link works once, for a limited time, and no longer when the address changes."""
    medewerker = Medewerker.objects.filter(pk=rij.inhoud["medewerker_id"], is_active=True, systeem=False).first()
    if medewerker is None:
        return
    sleutel = PASSWORD_RESET_TOKEN_GENERATOR().make_token(medewerker)
    pad = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(medewerker), "key": sleutel})
    uren = settings.PASSWORD_RESET_TIMEOUT // 3600
    _stuur(
        rij,
        medewerker.email,
        "Kies een wachtwoord voor VT-CVS",
        f"Met deze link kies je zelf een wachtwoord voor VT-CVS:\n\n{settings.VT_WEBADRES}{pad}\n\n"
        f"De link werkt één keer en {uren} uur. Geef hem aan niemand door.\n{NIET_BEDOELD}",
    )


@bezorger(ACCOUNTBERICHT)
def bezorg_accountbericht(rij: Uitpost) -> None:
    """To an employee, or to the address that the account had before."""
    regel = Accountregel.objects.select_related("medewerker", "door").get(pk=rij.inhoud["regel_id"])
    adres = regel.oud
    if rij.inhoud["medewerker_id"] is not None:
        ontvanger = Medewerker.objects.filter(pk=rij.inhoud["medewerker_id"], systeem=False).first()
        adres = ontvanger.email if ontvanger else ""
    if adres:
        zelf = adres in {regel.oud, regel.medewerker.email}
        _stuur(rij, adres, _onderwerp(regel), f"{_zin(regel, zelf=zelf)}\n\n{NIET_BEDOELD}")


def _onderwerp(regel: Accountregel) -> str:
    return f"VT-CVS: {regel.get_wat_display()}"


def _zin(regel: Accountregel, *, zelf: bool) -> str:
    door = regel.door.naam
    wie, van = ("jou", "je account") if zelf else (regel.medewerker.naam, f"het account van {regel.medewerker.naam}")
    zinnen = {
        Wat.ROLLEN: f"{door} heeft de rollen van {wie} gewijzigd. Was: {regel.oud or 'geen'}. Nu: "
        f"{regel.nieuw or 'geen'}.",
        Wat.ADRES: f"{door} heeft het e-mailadres van {van} gewijzigd. Inloggen gaat nu met een ander adres.",
        Wat.IN_DIENST: f"{door} heeft {van} weer aangezet, met de rollen: {regel.nieuw or 'geen'}.",
        Wat.UIT_DIENST: f"{door} heeft {van} uitgezet.",
        Wat.FACTOR_GEVRAAGD: f"{door} vraagt om de tweede factor van {van} te verwijderen. Een andere beheerder moet "
        f"dat in Beheer bevestigen.\n\nReden: {regel.reden}",
        Wat.FACTOR_WEG: f"De tweede factor van {van} is verwijderd, bevestigd door {door}. Bij de volgende keer "
        f"inloggen stel je een nieuwe in.\n\nReden: {regel.reden}",
    }
    return zinnen[Wat(regel.wat)]


def _stuur(rij: Uitpost, adres: str, onderwerp: str, tekst: str) -> None:
    bericht = EmailMessage(onderwerp, tekst, to=[adres], headers={"Message-ID": f"<{rij.sleutel}@vt-cvs>"})
    try:
        bericht.send()
    except OSError as fout:
        raise Later("de mailserver nam het bericht niet aan") from fout
