"""The machines of triage in code and in the database, and in any order of steps."""

from __future__ import annotations

import os

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import factories
from tests.machines import (
    JA,
    NEE,
    NOOIT,
    controleer_database,
    controleer_regel,
    controleer_trigger,
    controleer_volledig,
    probeer,
)
from triage.instrument import concludeer
from triage.models import VHT, Antwoord, Bevestiging, Feit, Triagebesluit
from triage.services import beantwoord, begin_triage, bevestig_achteraf, voeg_vorm_toe, wijzig_feit
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db

ROLLEN = ("opsteller", "collega", "voorkant", "gedragsw", "teamleider", "buiten", "systeem")
NOOITS = (NOOIT,) * len(ROLLEN)
TRIAGE = (JA, JA, JA, NEE, JA, NEE, JA)
TEKENEN = (NEE, JA, NEE, NEE, JA, NEE, NEE)
VHTS = [
    # stand          stap        opsteller collega voorkant gedragsw teamleider buiten systeem
    ("in_bewerking", "stel_vast", *TRIAGE),
    ("vastgesteld", "stel_vast", *TRIAGE),
]
BESLUITEN = [  # `collega` is the named second employee; `gedragsw` has not been asked
    # stand       stap          opsteller collega voorkant gedragsw teamleider buiten systeem
    ("concept", "leg_voor", *TRIAGE),
    ("concept", "neem_acuut", *TRIAGE),
    ("concept", "bevestig", *NOOITS),
    ("concept", "geef_terug", *NOOITS),
    ("concept", "haal_terug", *NOOITS),
    ("voorgelegd", "bevestig", *TEKENEN),
    ("voorgelegd", "geef_terug", *TEKENEN),
    ("voorgelegd", "haal_terug", *TRIAGE),
    ("voorgelegd", "leg_voor", *NOOITS),
    ("voorgelegd", "neem_acuut", *NOOITS),
    *(("genomen", stap, *NOOITS) for stap in ("leg_voor", "neem_acuut", "bevestig", "geef_terug", "haal_terug")),
]


@pytest.fixture
def wie(noor, sanne) -> dict[str, Medewerker]:
    return {
        "opsteller": noor,
        "collega": sanne,
        "voorkant": factories.collega(noor, Rol.VOORKANT),
        "gedragsw": factories.collega(noor, Rol.GEDRAGSWETENSCHAPPER),
        "teamleider": factories.collega(noor, Rol.TEAMLEIDER),
        "buiten": factories.buitenstaander(),
        "systeem": factories.systeem(),
    }


def vht_in(stand: str, wie) -> VHT:
    return factories.vht(stand, door=wie["opsteller"])


def besluit_in(stand: str, wie) -> Triagebesluit:
    return factories.besluit(stand, door=wie["opsteller"], tweede=wie["collega"])


MAKERS = {VHT: vht_in, Triagebesluit: besluit_in}
TABELLEN = {VHT: VHTS, Triagebesluit: BESLUITEN}
REGELS = [(model, rij) for model, tabel in TABELLEN.items() for rij in tabel]


@pytest.mark.parametrize(
    ("model", "rij"), REGELS, ids=lambda r: f"{r[0]}-{r[1]}" if isinstance(r, tuple) else r.__name__
)
def test_wie_welke_stap_zet(model, rij, wie):
    stand, stap, *verwacht = rij
    gegevens = {
        "leg_voor": {"uitkomst": "bij_vt", "tweede": wie["collega"]},
        "neem_acuut": {"tweede": wie["collega"], "motivering": "direct gevaar"},
        "geef_terug": {"toelichting": "Waarom geen overdracht?"},
        "stel_vast": {"motivering": "niet alles is bekend"},
    }.get(stap, {})
    controleer_regel(MAKERS[model](stand, wie), stap, dict(zip(ROLLEN, verwacht, strict=True)), wie, gegevens)


@pytest.mark.parametrize("model", TABELLEN, ids=lambda m: m.__name__)
def test_de_tabel_is_volledig_en_de_database_kent_dezelfde_pijlen(model, wie):
    controleer_volledig(model, TABELLEN[model])
    controleer_trigger(model)
    controleer_database(lambda stand: MAKERS[model](stand, wie), model)


@pytest.mark.parametrize("rol", [Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS])
def test_wie_als_deskundige_gevraagd_is_mag_tekenen_en_een_ander_niet(noor, rol):
    gevraagd, ander = factories.medewerker(rol, van=factories.team("Oost")), factories.collega(noor, rol)
    besluit = factories.besluit("voorgelegd", door=noor, tweede=gevraagd)
    assert probeer(besluit, "bevestig", door=gevraagd) == JA
    assert probeer(besluit, "bevestig", door=ander) == NEE


def test_wie_van_een_ander_team_gevraagd_is_mag_tekenen(noor):
    ver = factories.buitenstaander()
    besluit = factories.besluit("voorgelegd", door=noor, tweede=ver)
    assert probeer(besluit, "bevestig", door=ver) == JA


class Levensloop(RuleBasedStateMachine):
    """Whatever two colleagues and an outsider try, in whatever order: the promises of triage hold."""

    def __init__(self) -> None:
        super().__init__()
        self.punt = transaction.atomic()
        self.punt.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.punt.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.een = factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
        self.twee, self.buiten = factories.collega(self.een), factories.buitenstaander()
        self.vht = factories.vht(door=self.een)
        self.besluit = Triagebesluit.objects.get(vht=self.vht)
        self.genomen: dict | None = None

    def wie(self, nummer: int) -> Medewerker:
        return (self.een, self.twee, self.buiten)[nummer]

    def probeer(self, doe) -> None:
        try:
            with transaction.atomic():
                doe()
        except (NietToegestaan, StapKanNiet, RegelGeweigerd):
            return

    @rule(vraag=st.sampled_from(["A1", "A2", "B1", "B2", "C1", "C2"]), waarde=st.sampled_from([True, False, None]))
    def antwoord(self, vraag, waarde) -> None:
        rij = Antwoord.objects.get(vht=self.vht, vraag=vraag)
        self.probeer(lambda: beantwoord(rij, door=self.een, waarde=waarde))

    @rule(waarde=st.booleans())
    def beantwoord_alles(self, waarde) -> None:
        for rij in Antwoord.objects.filter(vht=self.vht, waarde=None):
            beantwoord(rij, door=self.een, waarde=waarde)

    @rule(feit=st.sampled_from(["", " ", "Blauwe plek."]))
    def vorm(self, feit) -> None:
        voeg_vorm_toe(self.vht, door=self.een, vorm="km-lichamelijk", feit=feit, bron="school")

    @rule()
    def maak_vormen_af(self) -> None:
        for rij in Feit.objects.filter(vht=self.vht):
            wijzig_feit(rij, door=self.een, feit="Blauwe plek.", bron="school")

    @rule(wie=st.integers(0, 2), motivering=st.sampled_from(["", "meer weten we niet"]))
    def stel_vast(self, wie, motivering) -> None:
        self.probeer(lambda: voer_uit(self.vht, "stel_vast", door=self.wie(wie), motivering=motivering))

    @rule(wie=st.integers(0, 2), tweede=st.integers(0, 2), motivering=st.sampled_from(["", "spoed"]))
    def leg_voor(self, wie, tweede, motivering) -> None:
        gegevens = {"uitkomst": "overdracht", "tweede": self.wie(tweede), "motivering": motivering}
        self.probeer(lambda: voer_uit(self.besluit, "leg_voor", door=self.wie(wie), **gegevens))

    @rule(wie=st.integers(0, 2), tweede=st.integers(0, 2), motivering=st.sampled_from(["", "spoed"]))
    def neem_acuut(self, wie, tweede, motivering) -> None:
        gegevens = {"tweede": self.wie(tweede), "motivering": motivering}
        self.probeer(lambda: voer_uit(self.besluit, "neem_acuut", door=self.wie(wie), **gegevens))

    @rule(wie=st.integers(0, 2), stap=st.sampled_from(["bevestig", "geef_terug", "haal_terug"]))
    def andere_stap(self, wie, stap) -> None:
        gegevens = {"toelichting": "Waarom?"} if stap == "geef_terug" else {}
        self.probeer(lambda: voer_uit(self.besluit, stap, door=self.wie(wie), **gegevens))

    @rule(wie=st.integers(0, 2), oordeel=st.sampled_from(["eens", "terug"]))
    def achteraf(self, wie, oordeel) -> None:
        vers = Triagebesluit.objects.get(pk=self.besluit.pk)
        self.probeer(lambda: bevestig_achteraf(vers, door=self.wie(wie), oordeel=oordeel, toelichting="Gezien."))

    @rule()
    def nog_eens_dezelfde_melding(self) -> None:
        assert begin_triage(self.vht.melding, door=self.twee) == self.vht

    @invariant()
    def een_vht_en_een_besluit_per_melding(self) -> None:
        assert VHT.objects.filter(melding=self.vht.melding).count() == 1
        assert Triagebesluit.objects.filter(vht=self.vht).count() == 1

    @invariant()
    def genomen_betekent_twee_medewerkers(self) -> None:
        besluit = Triagebesluit.objects.get(pk=self.besluit.pk)
        if besluit.stand != "concept":
            assert None not in {besluit.opsteller_id, besluit.tweede_id}
            assert besluit.opsteller_id != besluit.tweede_id
        if besluit.is_genomen and not besluit.acuut:
            eens = Bevestiging.objects.get(besluit=besluit, oordeel="eens")
            assert eens.getekend_door_id == besluit.tweede_id
        assert not Bevestiging.objects.filter(besluit=besluit, getekend_door=besluit.opsteller, oordeel="eens").exists()

    @invariant()
    def een_genomen_besluit_verandert_nooit(self) -> None:
        rij = Triagebesluit.objects.filter(pk=self.besluit.pk, stand="genomen").values().first()
        assert self.genomen is None or rij == self.genomen
        self.genomen = rij

    @invariant()
    def de_eindconclusie_volgde_uit_de_antwoorden(self) -> None:
        vht = VHT.objects.get(pk=self.vht.pk)
        if vht.is_vastgesteld and not vht.aangevuld_op:
            conclusie = concludeer(vht.blad, {a.vraag: a.waarde for a in Antwoord.objects.filter(vht=vht)})
            assert (vht.eindconclusie, vht.criterium_b) == (conclusie.totaal, bool(conclusie.criterium_b))
            assert not (conclusie.c_is_nodig and conclusie.c.open)

    @invariant()
    def de_stap_loopt_tot_besluit_en_conclusie_er_beide_zijn(self) -> None:
        vht = VHT.objects.select_related("stap").get(pk=self.vht.pk)
        klaar = vht.is_vastgesteld and Triagebesluit.objects.get(vht=vht).is_genomen
        assert vht.stap.is_open == (not klaar)
        with connection.cursor() as cursor:  # deferred guards too, at every step
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.regel("RW-8.10", "RW-8.19", "RW-9.3", "RW-8.22")
def test_in_elke_volgorde_houdt_triage_wat_zij_belooft(db, monkeypatch):
    ruim = bool(os.environ.get("VT_ALLES"))
    run_state_machine_as_test(
        Levensloop,
        settings=settings(
            max_examples=150 if ruim else 12,
            stateful_step_count=30 if ruim else 12,
            deadline=None,
            derandomize=not ruim,
        ),
    )
