"""The whole chain, from a digital report to a closed case with an inzagedossier: each text a probe, then erased."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import models
from django.utils import timezone

from casus.bewaren.anonimiseren import blijvende_velden
from casus.bewaren.wissen import historie_van, wachters
from casus.doorloop import inhoud_van
from casus.inzage.samenstellen import stel_samen
from casus.inzage.services import open_verzoek
from casus.inzage.vertellen import valt_er_geheel_buiten
from casus.models import Betrokkene, Casus, Contact
from casus.services.vastleggen import leg_contact_vast
from melding.aanlevering import Aangeleverd, AangeleverdeMelder, AangeleverdePersoon
from melding.models import NTI, Melding
from melding.services import neem_melding_aan, ontvang_signaal
from tests import factories as f
from tests.bewaren.conftest import sluit_op
from tests.bewaren.test_wissen import PROEF, dump, opslag, proef, voer_uit_met_twee
from tests.inzage.conftest import toon_alles
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.velden import PlatteTekstMixin
from vt_cvs.organisatie.models import Afzender

LANG = 16


@pytest.fixture
def keten(werker, privacy) -> Casus:
    """A report as a sender delivers it, taken up, assessed, decided upon, with a service: all apps take part."""
    casus = f.casus(werker)
    vader = f.betrokkene(casus, voornamen="Jelle", achternaam="Terpstra", geboortedatum=date(1980, 1, 1))
    melding = neem_melding_aan(
        casus=casus,
        door=werker,
        situatie="Ruzie gehoord.",
        melder={"soort": "anoniem", "anoniem": True, "naam": "Greet"},
    )
    NTI(melding=melding, inhoud="Woont ernaast", reden="Enige buur").bewaar(door=werker, reden="proef")
    leg_contact_vast(casus, door=werker, soort=Contact.Soort.HUISBEZOEK, verslag="Gesproken.", betrokkenen=[vader])
    verzoek = open_verzoek(casus, vader, door=werker)
    voer_uit(verzoek, "begin_screening", door=werker)
    toon_alles(verzoek, werker)
    _maak_diensten(melding, werker)
    return casus


def _maak_diensten(melding: Melding, werker) -> None:
    """One row of each model that hangs on a step and that no service made yet, so that every table is tried."""
    from diensten.models import Keuze, Monitormoment
    from triage.models import VHT, Antwoord, Feit, Geweldsvorm

    vht = VHT.objects.get(melding=melding)
    Antwoord.objects.filter(vht=vht).update(feit="Feit", bron="Bron")
    if not Geweldsvorm.objects.filter(vht=vht).exists():
        vorm = Geweldsvorm(vht=vht, vorm="lichamelijk")
        vorm.bewaar(door=werker, reden="proef")
        Feit(vht=vht, vorm=vorm, feit="Feit", bron="Bron", uit_melding=melding).bewaar(door=werker, reden="proef")
    Monitormoment(
        stap=melding.stap, gepland_op=timezone.localdate() + timedelta(days=90), met="oma", waarvoor="hoe het gaat"
    ).bewaar(door=werker, reden="proef")
    Keuze(vht=vht, stap=melding.stap, partij="Partij", toelichting="Omdat").bewaar(door=werker, reden="proef")


def vul_alles(casus: Casus) -> dict[str, str]:
    """Every free text of every piece becomes a probe, in the live rows and in one line of history each."""
    gevuld: dict[str, str] = {}
    n = iter(range(1, 9_000))
    with pgtrigger.ignore(*wachters()):
        for model, pks in inhoud_van(casus).rijen.items():
            velden = [
                v
                for v in model._meta.concrete_fields
                if isinstance(v, PlatteTekstMixin | models.TextField) and not v.choices and (v.max_length or 99) >= LANG
            ]
            for pk in pks:
                waarden = {v.name: proef(next(n)) for v in velden}
                if not waarden:
                    continue
                model.objects.filter(pk=pk).update(**waarden)
                gevuld |= {waarde: f"{model.__name__}.{naam}" for naam, waarde in waarden.items()}
                historie = historie_van(model)
                if historie is not None:
                    historie.objects.filter(id=pk).update(**{k: w for k, w in waarden.items() if hasattr(historie, k)})
    return gevuld


@pytest.mark.regel("RW-15.A2", "RW-15.A3")
@pytest.mark.parametrize("uitvoering", ["vernietigen", "verwijderen"])
def test_van_de_hele_keten_blijft_geen_woord(keten, werker, privacy, uitvoering):
    nummers = [keten.nummer, *Melding.objects.values_list("nummer", flat=True)]
    gevuld = vul_alles(keten)
    assert len({plek.split(".")[0] for plek in gevuld.values()}) >= 12, sorted(set(gevuld.values()))
    casus = sluit_op(keten, date(2001, 1, 1))
    voer_uit_met_twee(casus, werker, privacy, uitvoering)
    alles = dump()
    over = {plek for waarde, plek in gevuld.items() if waarde in alles}
    assert over == set()
    assert PROEF not in alles
    for nummer in nummers:
        assert nummer not in alles
    assert opslag() == []
    if uitvoering == "vernietigen":
        melding = Melding.objects.get()
        assert melding.casus.stand == "vernietigd"
        assert Betrokkene.objects.get().geboortejaar == 1980


@pytest.mark.regel("RW-5.18")
def test_van_de_hele_keten_staat_elk_woord_klaar_om_te_screenen(keten):
    """The counterpart: what is not excluded by RW-5.18a-e is all there before the screening."""
    gevuld = vul_alles(keten)
    from casus.inzage.models import Inzageverzoek
    from casus.inzage.vertellen import buiten_inzage

    verzoek = Inzageverzoek.objects.get()
    tekst = " ".join(deel.stuk.tekst for deel in stel_samen(verzoek).delen)
    buiten, mist = set(), set()
    for model, pks in inhoud_van(keten).rijen.items():
        for stuk in model.objects.filter(pk__in=pks):
            dicht = valt_er_geheel_buiten(stuk) or model._meta.label_lower == "inzage.onderdeel" or stuk == verzoek
            for veld in model._meta.concrete_fields:
                waarde = veld.value_from_object(stuk)
                if not isinstance(waarde, str) or waarde not in gevuld:
                    continue
                if dicht or veld.name in buiten_inzage(stuk):
                    buiten |= {waarde} if waarde in tekst else set()
                elif waarde not in tekst:
                    mist.add(gevuld[waarde])
    assert {gevuld[w] for w in buiten} == set()
    assert mist == set()


def test_een_signaal_dat_melding_werd_gaat_mee(werker, privacy):
    afzender, _ = Afzender.nieuw("Politie Merenland")
    assert blijvende_velden(Melding)
    signaal, _ = ontvang_signaal(_bericht(), afzender=afzender, door=afzender.medewerker)
    melding = neem_melding_aan(signaal, door=werker)
    casus = sluit_op(melding.casus, date(2001, 1, 1))
    voer_uit_met_twee(casus, werker, privacy, "verwijderen", "onterecht", "Dubbel.")
    alles = dump()
    for woord in ("Wolters", "Zeesterhof", "blauwe plek", signaal.nummer):
        assert woord not in alles, woord


def _bericht() -> Aangeleverd:
    return Aangeleverd(
        kenmerk="PL-2026-1",
        tekst="Een blauwe plek gezien.",
        melder=AangeleverdeMelder(naam="Brigadier Kok", functie="politieagent"),
        personen=(AangeleverdePersoon(soort="volwassene", achternaam="Wolters", straat="Zeesterhof 3"),),
    )
