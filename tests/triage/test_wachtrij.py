"""The triage queue: graver first, on time before late is too late, nothing starves and nothing gets lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from melding.services import wijzig_melding
from tests import factories
from triage.models import VHT, Triagebesluit
from triage.selectors import wachtrij as rij
from triage.services import beantwoord, bevestig_achteraf
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

ERNSTEN = [
    rij.ernst_van(zegt=zegt, aanleiding="", gevaar="")
    for zegt in ("acuut", "structureel", "onbekend", "multiproblematisch", "geen")
]
MOMENTEN = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
PLAATSEN = st.builds(rij.plaats_van, st.sampled_from(ERNSTEN), MOMENTEN, st.integers(1, 10**6))

ONGEHAAST = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine makes no order wrong."""


def nummers(medewerker) -> list[str]:
    return [w.nummer for w in rij.wachtrij(medewerker)]


# --- the order, whatever comes ----------------------------------------------------------------------------------


@ONGEHAAST
@given(st.sampled_from(ERNSTEN), MOMENTEN, st.lists(PLAATSEN, max_size=30), st.integers(0, 5000))
def test_niets_verhongert_wat_later_binnenkomt_gaat_er_nooit_meer_voor(ernst, moment, anderen, extra):
    wacht = rij.plaats_van(ernst, moment, 0)
    later = moment + rij.MEEST + timedelta(hours=extra)
    nieuwen = [rij.plaats_van(e, later, i + 1) for i, e in enumerate(ERNSTEN)]
    op_volgorde = sorted([wacht, *anderen, *nieuwen])
    assert all(op_volgorde.index(wacht) < op_volgorde.index(nieuw) for nieuw in nieuwen)


@ONGEHAAST
@given(MOMENTEN, st.permutations(ERNSTEN))
def test_wat_tegelijk_binnenkomt_staat_op_ernst(moment, door_elkaar):
    gesorteerd = sorted(door_elkaar, key=lambda e: rij.plaats_van(e, moment, ERNSTEN.index(e)))
    assert [e.merk for e in gesorteerd] == [e.merk for e in ERNSTEN]


@ONGEHAAST
@given(st.sampled_from(ERNSTEN), MOMENTEN, MOMENTEN)
def test_wat_even_ernstig_is_staat_op_termijn(ernst, een, twee):
    eerst, dan = sorted((een, twee))
    assert rij.plaats_van(ernst, eerst, 1) < rij.plaats_van(ernst, dan, 2)


@ONGEHAAST
@given(MOMENTEN, st.integers(-10, 6), st.sampled_from(ERNSTEN[3:]))
def test_acuut_van_vandaag_gaat_voor_op_wat_geen_week_te_laat_is(vandaag, te_laat, ander):
    wacht = rij.Plaats(timezone.localdate(vandaag) - timedelta(days=te_laat) - ander.eerder, vandaag, 1)
    assert rij.plaats_van(ERNSTEN[0], vandaag, 2) < wacht


@ONGEHAAST
@given(st.lists(PLAATSEN, unique=True), st.integers(0, 40))
def test_bladeren_slaat_niets_over_en_toont_niets_dubbel(plaatsen, waar):
    alles = [rij.Wachtend(p, str(p.pk), ERNSTEN[0], date(2026, 1, 1), "invullen") for p in sorted(plaatsen)]
    waar = min(waar, len(alles))
    na = rij.na(alles, alles[waar - 1].plaats.volgteken) if waar else alles
    assert na == alles[waar:]
    weg = alles[: max(waar - 1, 0)] + alles[waar:]  # what one saw last has been done meanwhile
    assert rij.na(weg, alles[waar - 1].plaats.volgteken if waar else "") == alles[waar:]


@pytest.mark.parametrize("onzin", ["", "x", "1.2", "1.2.x", "9" * 40 + ".1.1", "²" * 3, "..", "-.-.-"])
def test_een_vreemd_volgteken_toont_het_begin(onzin):
    alles = [rij.Wachtend(rij.plaats_van(ERNSTEN[0], datetime(2026, 1, 1, tzinfo=UTC), 1), "1", ERNSTEN[0],
                          date(2026, 1, 1), "invullen")]  # fmt: skip
    assert rij.na(alles, onzin) == alles


@pytest.mark.parametrize(
    ("zegt", "aanleiding", "gevaar", "merk", "woorden"),
    [
        ("onbekend", "", "ja", "acuut", "volgens de melder"),
        ("onbekend", "crisis", "", "acuut", "een crisis"),
        ("onbekend", "thv", "", "acuut", "THV"),
        ("geen", "crisis", "ja", "geen", "geen acute"),
        ("onbekend", "politie", "nee", "onbekend", "nog niet bekend"),
    ],
)
def test_wat_gevonden_is_telt_voor_wat_de_melding_zegt(zegt, aanleiding, gevaar, merk, woorden):
    ernst = rij.ernst_van(zegt=zegt, aanleiding=aanleiding, gevaar=gevaar)
    assert ernst.merk == merk
    assert woorden in ernst.omdat


# --- what stands in it ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_een_melding_staat_in_de_rij_tot_besluit_conclusie_en_handtekening_er_zijn(noor, sanne):
    vht = factories.vht(door=noor)
    besluit = vht.besluit

    def wacht_op() -> list[str]:
        return [w.wacht_op for w in rij.wachtrij(noor)]

    assert wacht_op() == ["invullen"]
    besluit = voer_uit(besluit, "neem_acuut", door=noor, tweede=sanne, motivering="spoed")
    assert wacht_op() == ["vaststellen"]
    for antwoord in vht.antwoorden.all():
        beantwoord(antwoord, door=noor, waarde=False)
    voer_uit(VHT.objects.get(pk=vht.pk), "stel_vast", door=noor, motivering="gezien")
    assert wacht_op() == ["bevestigen"]
    bevestig_achteraf(besluit, door=sanne, oordeel="eens")
    assert wacht_op() == []
    voorgelegd = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    assert wacht_op() == ["tekenen"]
    voer_uit(voorgelegd, "geef_terug", door=sanne, toelichting="Waarom?")
    assert wacht_op() == ["voorstellen"]


@pytest.mark.django_db
@pytest.mark.regel("RW-5.12a")
def test_de_rij_staat_op_veiligheid_en_klok_en_zegt_waarom(noor, als):
    with time_machine.travel(datetime(2026, 11, 16, 9, tzinfo=UTC), tick=False):
        gewoon = factories.melding(door=noor)
    with time_machine.travel(datetime(2026, 11, 17, 9, tzinfo=UTC), tick=False):
        onveilig = factories.vht(door=noor, B1=True, A1=False, A2=False, A3=False, A4=False)
        onveilig = VHT.objects.get(pk=onveilig.pk)
        crisis = factories.melding(door=noor)
        wijzig_melding(crisis, door=noor, aanleiding="crisis")
        assert nummers(noor) == [crisis.nummer, gewoon.nummer, onveilig.melding.nummer]
        blad = als(noor).get("/triage/").content.decode()
    assert "omdat de aanleiding een crisis is: dat gaat voor" in blad
    assert "omdat nog niet bekend is hoe veilig het is (telt 1 dag eerder) en de termijn over" in blad
    with time_machine.travel(datetime(2026, 12, 20, 9, tzinfo=UTC), tick=False):
        laat = factories.vht(door=noor, A1=True).melding
        assert nummers(noor)[-1] == laat.nummer  # the others have waited weeks too long
        assert "dagen voorbij is" in als(noor).get("/triage/").content.decode()


@pytest.mark.django_db
def test_een_ander_team_ziet_het_niet_en_een_afgeschermde_casus_alleen_wie_genoemd_is(noor, sanne):
    melding = factories.melding(door=noor)
    assert nummers(factories.buitenstaander()) == []
    casus = melding.casus
    casus.genoemden.add(noor)
    type(casus).objects.filter(pk=casus.pk).update(afgeschermd=True)
    assert (nummers(noor), nummers(sanne)) == ([melding.nummer], [])


@pytest.mark.django_db
def test_wie_van_buiten_gevraagd_is_ziet_zijn_handtekening_in_de_rij(noor):
    arts = factories.medewerker(Rol.VERTROUWENSARTS, van=factories.team("Oost"))
    besluit = factories.besluit("voorgelegd", door=noor, tweede=arts)
    assert nummers(arts) == [besluit.vht.melding.nummer]


@pytest.mark.django_db
def test_het_scherm_bladert_filtert_en_vraagt_altijd_even_weinig(
    noor, sanne, als, monkeypatch, django_assert_num_queries
):
    factories.besluit("voorgelegd", door=noor, tweede=sanne)
    client = als(noor)
    client.get("/triage/")
    with CaptureQueriesContext(connection) as een:
        client.get("/triage/")
    for _ in range(3):
        factories.besluit("voorgelegd", door=noor, tweede=sanne)
        factories.vht(door=noor)
    with CaptureQueriesContext(connection) as veel:
        blad = client.get("/triage/").content.decode()
    assert len(veel) <= len(een)
    assert blad.count("data-rij") == 7
    assert "Sanne de Wit" in blad
    assert client.get("/triage/?weergave=invullen").content.decode().count("data-rij") == 3
    monkeypatch.setattr(rij, "PER_BLADZIJDE", 2)
    gezien, adres = [], "/triage/"
    while adres:
        context = client.get(adres).context
        gezien += [regel.nummer for regel in context["regels"]]
        adres = f"/triage/?na={context['volgende']}" if context["volgende"] else ""
    assert gezien == nummers(noor)
    assert len(set(gezien)) == Triagebesluit.objects.count()


@pytest.mark.django_db
def test_triage_staat_in_het_menu_van_wie_triage_doet(noor, als):
    assert 'href="/triage/"' in als(noor).get("/werk/").content.decode()
    assert 'href="/triage/"' not in als(factories.medewerker(Rol.PRIVACYFUNCTIONARIS)).get("/werk/").content.decode()
