"""The machines of intake: Signaal, Melding and Advies, in code and in the database, and in any order of steps."""

from __future__ import annotations

import os

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casus.models import Bijlage, Taak
from melding.models import AangemeldePersoon, Advies, Melding, Signaal
from melding.services import begin_advies, neem_melding_aan, noteer_beoordeling, noteer_besloten, sluit_advies
from tests import factories
from tests.machines import (
    JA,
    NEE,
    NOOIT,
    controleer_database,
    controleer_regel,
    controleer_trigger,
    controleer_volledig,
)
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db

ROLLEN = ("voorkant", "collega", "achterkant", "teamleider", "mi", "systeem")
SIGNAAL = [  # `voorkant` is who proposed to close
    # stand        stap                voorkant collega achterkant teamleider mi   systeem
    ("nieuw", "wordt_melding", JA, JA, JA, JA, NEE, JA),
    ("nieuw", "wordt_advies", JA, JA, JA, JA, NEE, NEE),
    ("nieuw", "stel_sluiten_voor", JA, JA, JA, JA, NEE, NEE),
    ("nieuw", "trek_voorstel_in", JA, JA, JA, JA, NEE, NEE),
    ("nieuw", "sluit", NEE, JA, JA, JA, NEE, NEE),
    *(
        (stand, stap, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT)
        for stand in ("melding", "advies", "afgesloten")
        for stap in ("wordt_melding", "wordt_advies", "stel_sluiten_voor", "trek_voorstel_in", "sluit")
    ),
]
MELDING = [  # `voorkant` made it, `collega` is of the same team, `achterkant` of another
    # stand            stap                 voorkant collega achterkant teamleider mi  systeem
    ("ontvangen", "begin_beoordeling", NEE, NEE, NEE, NEE, NEE, JA),
    ("ontvangen", "noteer_besloten", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("ontvangen", "handel_af", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("in_beoordeling", "begin_beoordeling", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("in_beoordeling", "noteer_besloten", NEE, NEE, NEE, NEE, NEE, JA),
    ("in_beoordeling", "handel_af", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("besloten", "begin_beoordeling", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("besloten", "noteer_besloten", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("besloten", "handel_af", JA, JA, NEE, JA, NEE, JA),
    ("afgehandeld", "begin_beoordeling", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("afgehandeld", "noteer_besloten", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    ("afgehandeld", "handel_af", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
]
ADVIES = [
    ("lopend", "sluit_af", JA, JA, NEE, JA, NEE, JA),
    ("afgesloten", "sluit_af", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
]
REDEN = "Dubbel bericht, staat al in een andere melding."
GEVULD = {"aanleiding": "politie", "gemeente": "0363", "duur_geweld": "onbekend", "hulpverlening": "nee"}
MELDER = {"functie": "politieagent", "organisatie": "jv-politie"}
VRAGER = {"adviesvrager_functie": "onderwijs", "adviesvrager_organisatie": "onderwijs"}


@pytest.fixture
def wie() -> dict[str, Medewerker]:
    voorkant = factories.medewerker(Rol.VOORKANT)
    return {
        "voorkant": voorkant,
        "collega": factories.collega(voorkant, Rol.VOORKANT),
        "achterkant": factories.buitenstaander(Rol.ACHTERKANT),
        "teamleider": factories.collega(voorkant, Rol.TEAMLEIDER),
        "mi": factories.medewerker(Rol.MANAGEMENTINFORMATIE),
        "systeem": factories.systeem(),
    }


def signaal_in(stand: str, wie, *, digitaal: bool = True) -> Signaal:
    door = wie["voorkant"]
    if stand == "advies" or not digitaal:
        signaal = factories.signaal(door=door)
    else:
        signaal = factories.signaal(personen=(factories.aangeleverd(),))
    if stand == "melding":
        neem_melding_aan(signaal, door=door)
    elif stand == "advies":
        begin_advies(signaal, door=door)
    else:
        voer_uit(signaal, "stel_sluiten_voor", door=door, reden=REDEN)
    if stand == "afgesloten":
        voer_uit(signaal, "sluit", door=wie["collega"])
    return Signaal.objects.get(pk=signaal.pk)


def melding_in(stand: str, wie) -> Melding:
    melding = neem_melding_aan(door=wie["voorkant"], melder=MELDER, **GEVULD)
    if stand != "ontvangen":
        melding = noteer_beoordeling(melding, door=wie["voorkant"])
    if stand in {"besloten", "afgehandeld"}:
        melding = noteer_besloten(melding, door=wie["voorkant"])
    if stand == "afgehandeld":
        melding = voer_uit(melding, "handel_af", door=wie["voorkant"])
    return melding


def advies_in(stand: str, wie) -> Advies:
    advies = begin_advies(door=wie["voorkant"], **VRAGER)
    return sluit_advies(advies, door=wie["voorkant"]) if stand == "afgesloten" else advies


MAKERS = {Signaal: signaal_in, Melding: melding_in, Advies: advies_in}
TABELLEN = {Signaal: SIGNAAL, Melding: MELDING, Advies: ADVIES}
REGELS = [(model, rij) for model, tabel in TABELLEN.items() for rij in tabel]


@pytest.mark.parametrize(
    ("model", "rij"), REGELS, ids=lambda r: f"{r[0]}-{r[1]}" if isinstance(r, tuple) else r.__name__
)
def test_wie_welke_stap_zet(model, rij, wie):
    stand, stap, *verwacht = rij
    gegevens = {"reden": REDEN} if stap == "stel_sluiten_voor" else {}
    controleer_regel(MAKERS[model](stand, wie), stap, dict(zip(ROLLEN, verwacht, strict=True)), wie, gegevens)


@pytest.mark.parametrize("model", TABELLEN, ids=lambda m: m.__name__)
def test_de_tabel_is_volledig_en_de_database_kent_dezelfde_pijlen(model, wie):
    controleer_volledig(model, TABELLEN[model])
    controleer_trigger(model)
    controleer_database(lambda stand: MAKERS[model](stand, wie), model)


def test_een_eigen_signaal_sluit_een_medewerker_zelf_met_reden(wie):
    signaal = signaal_in("nieuw", wie, digitaal=False)
    assert voer_uit(signaal, "sluit", door=wie["voorkant"]).stand == "afgesloten"


@pytest.mark.regel("RW-6.6")
def test_een_signaal_sluit_niet_zonder_reden(wie):
    signaal = factories.signaal()
    with pytest.raises(RegelGeweigerd, match="reden"):
        voer_uit(signaal, "sluit", door=wie["voorkant"])
    with pytest.raises(RegelGeweigerd, match="reden"):
        voer_uit(signaal, "stel_sluiten_voor", door=wie["voorkant"], reden=" \n ")


@pytest.mark.regel("RW-6.6")
@pytest.mark.parametrize(
    ("zet", "constraint"),
    [
        ("reden_sluiten = ''", "rw_6_6"),
        ("reden_sluiten = 'x', afgesloten_door_id = sluiten_voorgesteld_door_id", "twee_mensen"),
        ("reden_sluiten = 'x', sluiten_voorgesteld_door_id = NULL", "twee_mensen"),
    ],
)
def test_ook_met_sql_sluit_een_aangeleverd_signaal_alleen_met_reden_en_twee_mensen(wie, zet, constraint):
    signaal = signaal_in("nieuw", wie)
    sql = (
        "UPDATE melding_signaal SET stand = 'afgesloten', tekst = '', melder_naam = '', afgesloten_op = now(), "
        f"afgesloten_door_id = %s, {zet} WHERE id = %s"
    )
    if "afgesloten_door_id = sl" in zet:
        sql = sql.replace("afgesloten_door_id = %s, ", "")
    parameters = [wie["collega"].pk, signaal.pk] if sql.count("%s") == 2 else [signaal.pk]
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


# --- any order ----------------------------------------------------------------------------------------------------

INSTELLING = settings(
    max_examples=80 if os.environ.get("VT_ALLES") else 12,
    stateful_step_count=30 if os.environ.get("VT_ALLES") else 10,
    deadline=None,
)
GEWEIGERD = (NietToegestaan, StapKanNiet, RegelGeweigerd)


class Eigen(RuleBasedStateMachine):
    """Each run in its own transaction, undone afterwards."""

    def __init__(self):
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.transactie.__exit__(None, None, None)

    def probeer(self, functie, *args, **kwargs):
        try:
            with transaction.atomic():
                functie(*args, **kwargs)
        except GEWEIGERD:
            return

    @invariant()
    def de_database_is_tevreden(self):
        connection.check_constraints()


class Levensloop(Eigen):
    """Several people do what they like with one digital signal, and with what becomes of it."""

    @initialize()
    def begin(self):
        voorkant = factories.medewerker(Rol.VOORKANT)
        self.wie = [voorkant, factories.collega(voorkant, Rol.VOORKANT), factories.collega(voorkant, Rol.ACHTERKANT)]
        self.tekst = "Buren hoorden geschreeuw bij Brouwers."
        self.signaal = factories.signaal(tekst=self.tekst, personen=(factories.aangeleverd(bsn="123456789"),))
        self.nummer = self.signaal.nummer

    @rule(i=st.integers(0, 2), stap=st.sampled_from(["trek_voorstel_in", "sluit", "wordt_melding", "wordt_advies"]))
    def stap(self, i, stap):
        self.probeer(voer_uit, self.signaal, stap, door=self.wie[i])

    @rule(i=st.integers(0, 2), reden=st.sampled_from(["", "dubbel"]))
    def stel_voor(self, i, reden):
        self.probeer(voer_uit, self.signaal, "stel_sluiten_voor", door=self.wie[i], reden=reden)

    @rule(i=st.integers(0, 2))
    def neem_aan(self, i):
        self.probeer(neem_melding_aan, self.signaal, door=self.wie[i], melder=MELDER, **GEVULD)

    @rule(i=st.integers(0, 2))
    def adviseer(self, i):
        self.probeer(begin_advies, self.signaal, door=self.wie[i])

    @rule(i=st.integers(0, 2), wat=st.sampled_from(["beoordeling", "besloten", "handel_af"]))
    def beoordeel(self, i, wat):
        melding = Melding.objects.filter(signaal=self.signaal).first()
        if melding is None:
            return
        if wat == "handel_af":
            self.probeer(voer_uit, melding, "handel_af", door=self.wie[i])
        else:
            doe = noteer_beoordeling if wat == "beoordeling" else noteer_besloten
            self.probeer(doe, melding, door=self.wie[i])

    @invariant()
    def het_nummer_blijft_en_de_tekst_ook_tot_hij_weg_mag(self):
        signaal = Signaal.objects.get(nummer=self.nummer)
        if signaal.stand == "afgesloten":
            assert signaal.tekst == ""
            assert signaal.sluiten_voorgesteld_door_id not in {None, signaal.afgesloten_door_id}
            assert signaal.reden_sluiten
            assert not AangemeldePersoon.objects.exists()
            assert not AangemeldePersoon.history.exists()
            assert not Signaal.history.exclude(tekst="").exists()
        else:
            assert signaal.tekst == self.tekst

    @invariant()
    def een_aangeleverd_bericht_wordt_geen_advies_en_hoogstens_een_melding(self):
        assert not Advies.objects.exists()
        signaal = Signaal.objects.get(nummer=self.nummer)
        meldingen = list(Melding.objects.select_related("stap"))
        assert len(meldingen) == (signaal.stand == "melding")
        for melding in meldingen:
            assert (melding.nummer, melding.situatie) == (self.nummer, self.tekst)
            assert (melding.stap.geeindigd_op is not None) == (melding.stand == "afgehandeld")

    @invariant()
    def wat_wacht_staat_in_mijn_werk(self):
        signaal = Signaal.objects.get(nummer=self.nummer)
        open_ = Taak.objects.filter(onderwerp_soort="melding.signaal", stand="open")
        assert open_.filter(soort="signaal").exists() == signaal.is_nieuw
        assert open_.filter(soort="signaal_sluiten").exists() == (signaal.is_nieuw and bool(signaal.reden_sluiten))


class AdviesLoop(Eigen):
    """An advies closes once, with its case, and only when it can be counted."""

    @initialize()
    def begin(self):
        self.voorkant = factories.medewerker(Rol.VOORKANT)
        self.ander = factories.buitenstaander(Rol.VOORKANT)
        self.advies = begin_advies(door=self.voorkant)

    @rule(gevuld=st.booleans())
    def vul(self, gevuld):
        from melding.services import wijzig_advies

        wijzig_advies(self.advies, door=self.voorkant, **(VRAGER if gevuld else dict.fromkeys(VRAGER, "")))

    @rule(eigen=st.booleans())
    def sluit(self, eigen):
        self.probeer(sluit_advies, self.advies, door=self.voorkant if eigen else self.ander)

    @invariant()
    def casus_stap_en_advies_zeggen_hetzelfde(self):
        advies = Advies.objects.select_related("stap__casus").get()
        klaar = advies.stand == "afgesloten"
        assert (advies.casus.stand == "gesloten") == (advies.stap.geeindigd_op is not None) == klaar
        assert Taak.objects.filter(stand="open").exists() != klaar


@pytest.mark.parametrize("machine", [Levensloop, AdviesLoop], ids=lambda m: m.__name__)
def test_in_welke_volgorde_ook_de_beloften_houden(machine):
    run_state_machine_as_test(machine, settings=INSTELLING)


def test_bijlagen_van_een_gesloten_signaal_gaan_mee_weg(wie, django_capture_on_commit_callbacks):
    from django.core.files.storage import default_storage

    from melding.aanlevering import AangeleverdeBijlage

    signaal = factories.signaal(bijlagen=(AangeleverdeBijlage("a.txt", b"Brouwers"),))
    opslagnaam = signaal.bijlagen.get().opslagnaam
    voer_uit(signaal, "stel_sluiten_voor", door=wie["voorkant"], reden=REDEN)
    with django_capture_on_commit_callbacks(execute=True):
        voer_uit(signaal, "sluit", door=wie["collega"])
    assert not Bijlage.objects.exists()
    assert not Bijlage.history.exists()
    assert not default_storage.exists(opslagnaam)
