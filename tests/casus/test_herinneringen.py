"""Reminders: before and after the term, once, without anything of the case in the mail."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core import mail
from django.db import connection

from casus.models import Taak
from casus.services.herinneringen import herinner
from casus.services.werk import maak_taak, vervul_taken
from tests import factories
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Rol

MAANDAG = date(2026, 11, 23)


def taak(uiterlijk: date, **velden) -> Taak:
    medewerker = velden.pop("medewerker", None) or factories.medewerker()
    casus = factories.casus(medewerker)
    velden.setdefault("voor", medewerker)
    return maak_taak(
        casus,
        "vht",
        titel="VHT van Jelle Terpstra",
        omdat="x",
        pad=casus.pad(),
        door=medewerker,
        casus=casus,
        uiterlijk=uiterlijk,
        **velden,
    )


@pytest.mark.django_db
@pytest.mark.regel("RW-4.11")
@pytest.mark.parametrize(
    ("uiterlijk", "vooraf", "te_laat"),
    [
        (date(2026, 11, 22), 0, 1),
        (date(2026, 11, 23), 1, 0),
        (date(2026, 11, 25), 1, 0),
        (date(2026, 11, 26), 0, 0),
    ],
)
def test_een_herinnering_komt_twee_werkdagen_vooraf_en_bij_verstrijken(uiterlijk, vooraf, te_laat):
    taak(uiterlijk)
    ronde = herinner(MAANDAG)
    assert (ronde.vooraf, ronde.te_laat) == (vooraf, te_laat)


@pytest.mark.django_db
def test_over_het_weekend_tellen_werkdagen():
    taak(date(2026, 11, 24))
    assert herinner(date(2026, 11, 20)).vooraf == 1
    assert herinner(date(2026, 11, 20)).vooraf == 0


@pytest.mark.django_db
@pytest.mark.regel("RW-4.11", "RW-11.6")
def test_de_mail_noemt_aantallen_en_niets_uit_de_casus():
    t = taak(date(2026, 11, 20))
    herinner(MAANDAG)
    bezorg()
    herinneringen = [m for m in mail.outbox if m.subject.startswith("Herinnering")]
    assert [m.to for m in herinneringen] == [[t.voor.email]]
    tekst = herinneringen[0].subject + herinneringen[0].body
    assert "1 taken" in tekst
    for geheim in ("Terpstra", t.casus.nummer, "VHT"):
        assert geheim not in tekst


@pytest.mark.django_db
def test_wie_klaar_is_krijgt_geen_herinnering_en_van_niemand_gaat_naar_de_teamleider():
    klaar = taak(date(2026, 11, 20))
    vervul_taken(onderwerp=klaar.casus, soort="vht", door=klaar.voor)
    leider = factories.medewerker(Rol.TEAMLEIDER)
    van_niemand = taak(date(2026, 11, 20))
    Taak.objects.filter(pk=van_niemand.pk).update(voor=None)
    assert herinner(MAANDAG).te_laat == 1
    rijen = Uitpost.objects.filter(soort="herinneringsmail")
    assert [rij.inhoud["medewerker_id"] for rij in rijen] == [leider.pk]


@pytest.mark.django_db(transaction=True)
def test_twee_klokken_tegelijk_herinneren_iedereen_een_keer():
    medewerker = factories.medewerker()
    for _ in range(10):
        taak(date(2026, 11, 20), medewerker=medewerker)

    def ronde():
        try:
            herinner(MAANDAG)
        finally:
            connection.close()

    draden = [threading.Thread(target=ronde) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    herinner(MAANDAG)
    assert sum(rij.inhoud["te_laat"] for rij in Uitpost.objects.filter(soort="herinneringsmail")) == 10
