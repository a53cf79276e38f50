"""Overdracht in each of its stages, and what a region organises itself."""

from __future__ import annotations

from diensten.models import Maatwerk
from vt_cvs.demo.binnenkomst import (
    melding_aangenomen,
    telbare_velden_gevuld,
)
from vt_cvs.demo.diensten.stappen import (
    overdracht_voorbereid,
    tot_de_keuze,
)
from vt_cvs.demo.triage.stappen import (
    besluit_genomen,
    teruggekoppeld,
)
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.overgangen import voer_uit


def overdracht_in_voorbereiding(v: Verhaal) -> None:
    v.begint(8, 16)
    melding_aangenomen(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v)


def overdracht_aangeboden(v: Verhaal) -> None:
    overdracht_in_voorbereiding(v)
    overdracht_voorbereid(v, "bied_aan")


def overdracht_geaccepteerd(v: Verhaal) -> None:
    v.begint(18, 28)
    melding_aangenomen(v)
    besluit_genomen(v, "overdracht")
    overdracht_voorbereid(v, "bied_aan", "accepteer")


def overdracht_geweigerd(v: Verhaal) -> None:
    """The party has no room: someone must choose what then."""
    v.begint(20, 30)
    melding_aangenomen(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v, "anders")
    overdracht_voorbereid(v, "bied_aan", "weiger")


def overdracht_ingetrokken(v: Verhaal) -> None:
    v.begint(20, 30)
    tot_de_keuze(v, overdracht=True, soort_partij="ggz", partij="GGZ Merenland")
    overdracht_voorbereid(v, "trek_in")


def overgedragen_nog_te_sluiten(v: Verhaal) -> None:
    v.begint(26, 34)
    melding_aangenomen(v)
    telbare_velden_gevuld(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v)
    overdracht_voorbereid(v, "bied_aan", "accepteer", "draag_over")


def maatwerk_loopt(v: Verhaal) -> None:
    v.begint(15, 40)
    melding_aangenomen(v)
    besluit_genomen(v, "maatwerk")
    teruggekoppeld(v)


def maatwerk_afgerond(v: Verhaal) -> None:
    """Ended; the melder still has to hear the last of it."""
    v.begint(40, 60)
    melding_aangenomen(v)
    besluit_genomen(v, "maatwerk")
    with v.na(25) as door:
        maatwerk = Maatwerk.objects.get(stap__casus=v.casus)
        voer_uit(maatwerk, "rond_af", door=door, toelichting="Het gezin heeft zes gesprekken gehad.")


SITUATIES = [
    Situatie("overdracht in voorbereiding", overdracht_in_voorbereiding, 4),
    Situatie("overdracht aangeboden", overdracht_aangeboden, 4),
    Situatie("overdracht geaccepteerd", overdracht_geaccepteerd, 2),
    Situatie("overdracht geweigerd", overdracht_geweigerd, 1),
    Situatie("overdracht ingetrokken", overdracht_ingetrokken, 1),
    Situatie("overgedragen, nog te sluiten", overgedragen_nog_te_sluiten, 2),
    Situatie("maatwerk loopt", maatwerk_loopt, 3),
    Situatie("maatwerk afgerond", maatwerk_afgerond, 1),
]
