"""Any order of steps by anyone keeps the promises: one stateful test per machine."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casus.models import Casus, Processtap, Taak
from casus.services.casussen import sluit_casus
from casus.services.vastleggen import leg_contact_vast, stel_voorwaarde
from diensten.models import DIENSTEN, VV, Keuze, Maatwerk, Monitoren, Monitormoment, Overdracht
from diensten.selectors import diensten_in, open_keuzen
from diensten.services.eigen import bewaar_afronding, leg_uitkomst_vast, rond_dienst_af
from diensten.services.keuzes import maak_keuze, open_keuze_na
from diensten.services.monitoring import houd_moment, verzet_moment, voeg_moment_toe
from diensten.services.overdrachten import bereid_voor
from tests import factories
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Instelling, Rol

pytestmark = pytest.mark.django_db

INSTELLING = settings(
    max_examples=80 if os.environ.get("VT_ALLES") else 8,
    stateful_step_count=25 if os.environ.get("VT_ALLES") else 10,
    deadline=None,
)
GEWEIGERD = (NietToegestaan, StapKanNiet, RegelGeweigerd)
WIE = st.integers(0, 3)
MOTIVERING = st.sampled_from(["", "omdat het moet"])


class Eigen(RuleBasedStateMachine):
    """Each run in its own transaction, undone afterwards; two who may, and two who may not."""

    def __init__(self):
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()

    @initialize()
    def begin(self):
        noor = factories.medewerker()
        self.wie = [
            noor,
            factories.collega(noor, Rol.TEAMLEIDER),
            factories.collega(noor, Rol.VOORKANT),
            factories.buitenstaander(),
        ]
        self.zet_klaar(noor)

    def zet_klaar(self, noor):
        raise NotImplementedError

    def teardown(self):
        transaction.set_rollback(True)
        self.transactie.__exit__(None, None, None)

    def probeer(self, functie, *args, **kwargs):
        try:
            with transaction.atomic():
                functie(*args, **kwargs)
        except GEWEIGERD:
            return

    @property
    def casus(self) -> Casus:
        return Casus.objects.get()

    @rule(i=WIE, motivering=MOTIVERING)
    def sluit(self, i, motivering):
        self.probeer(sluit_casus, self.casus, door=self.wie[i], motivering=motivering)

    @invariant()
    def de_database_is_tevreden(self):
        connection.check_constraints()

    @invariant()
    def een_stap_loopt_precies_zolang_zijn_dienst(self):
        for dienst in diensten_in(self.casus):
            assert (dienst.stap.geeindigd_op is not None) == dienst.is_geeindigd
            open_ = Taak.objects.filter(stap=dienst.stap, stand="open").exclude(soort__in=["vervolg", "keuze"])
            assert not (dienst.is_geeindigd and open_.exists())
            assert dienst.is_geeindigd or open_.exists()

    @invariant()
    def de_startdatum_is_de_datum_van_de_keuze(self):
        for model in DIENSTEN:
            for dienst in model.objects.filter(keuze__isnull=False, na_dienst__isnull=True):
                assert dienst.stap.begonnen_op == dienst.keuze.gemaakt_op

    @invariant()
    def een_gesloten_casus_heeft_niets_open(self):
        if not self.casus.is_open:
            assert not open_keuzen(self.casus).exists()
            assert all(dienst.is_geeindigd for dienst in diensten_in(self.casus))

    @invariant()
    def er_is_hoogstens_een_v_en_v_open(self):
        assert Processtap.objects.filter(soort="vv", geeindigd_op=None).count() <= 1


class KeuzeLoop(Eigen):
    """A choice is made once, by who may, and starts exactly what it says."""

    def zet_klaar(self, noor):
        self.keuze = factories.keuze(door=noor, contact=False, acuut=True)

    @rule(i=WIE, direct=st.booleans())
    def contact(self, i, direct):
        self.probeer(leg_contact_vast, self.casus, door=self.wie[i], met_directbetrokkene=direct)

    @rule(i=WIE, vv=st.booleans(), overdracht=st.booleans(), maatwerk=st.booleans(), motivering=MOTIVERING)
    def kies(self, i, vv, overdracht, maatwerk, motivering):
        wat = {"vv": vv, "overdracht": overdracht, "maatwerk": maatwerk}
        self.probeer(maak_keuze, self.keuze, door=self.wie[i], motivering=motivering, **wat)

    @invariant()
    def er_loopt_wat_er_is_gekozen_en_niets_anders(self):
        keuze = Keuze.objects.get(pk=self.keuze.pk)
        for model, gekozen in ((VV, keuze.vv), (Overdracht, keuze.overdracht), (Maatwerk, keuze.maatwerk)):
            assert model.objects.filter(keuze=keuze).count() == int(gekozen)
        assert (keuze.stand == "gemaakt") == (keuze.vv or keuze.overdracht or keuze.maatwerk)

    @invariant()
    def de_taak_wacht_zolang_de_keuze_open_is(self):
        keuze = Keuze.objects.get(pk=self.keuze.pk)
        assert Taak.objects.filter(soort="keuze", stand="open").exists() == (keuze.stand == "open")


class VVLoop(Eigen):
    """Finished means an outcome for each form, a decision on what follows, and that this has started."""

    def zet_klaar(self, noor):
        self.vv = factories.vv(door=noor)
        self.begonnen = self.vv.stap.begonnen_op

    @rule(i=WIE)
    def pak_op(self, i):
        self.probeer(voer_uit, self.vv, "pak_op", door=self.wie[i])

    @rule(i=WIE, vorm=st.sampled_from(["ouders", "ouderen"]), uitkomst=st.sampled_from(["", "bevestigd", "weerlegd"]))
    def uitkomst(self, i, vorm, uitkomst):
        self.probeer(leg_uitkomst_vast, self.vv, vorm, uitkomst, door=self.wie[i])

    @rule(i=WIE)
    def voorwaarde(self, i):
        self.probeer(stel_voorwaarde, self.casus, "Vader slaapt elders.", door=self.wie[i])

    @rule(i=WIE, monitoren=st.booleans(), overdracht=st.booleans(), nu=st.booleans(), motivering=MOTIVERING)
    def vervolg(self, i, monitoren, overdracht, nu, motivering):
        wat = {"uitkomsten": {}, "vervolg_monitoren": monitoren, "vervolg_overdracht": overdracht}
        if nu:
            self.probeer(rond_dienst_af, self.vv, door=self.wie[i], motivering=motivering, **wat)
        else:
            self.probeer(bewaar_afronding, self.vv, door=self.wie[i], **wat)

    @rule(i=WIE, reden=st.sampled_from(["", "overleden"]))
    def stop(self, i, reden):
        self.probeer(voer_uit, self.vv, "beeindig_voortijdig", door=self.wie[i], reden_voortijdig=reden)

    @rule(i=WIE)
    def kies_opnieuw(self, i):
        vv = VV.objects.get(pk=self.vv.pk)
        if vv.is_geeindigd:
            self.probeer(open_keuze_na, vv, door=self.wie[i])

    @invariant()
    def afgerond_is_compleet_en_het_vervolg_loopt(self):
        vv = VV.objects.get(pk=self.vv.pk)
        assert vv.stap.begonnen_op == self.begonnen
        if vv.stand == "afgerond":
            assert vv.uitkomsten.exists()
            assert not vv.uitkomsten.filter(uitkomst_geweld="").exists()
            assert vv.vervolg_monitoren or vv.vervolg_overdracht
        afgerond = vv.stand == "afgerond"
        assert Monitoren.objects.exists() == (afgerond and vv.vervolg_monitoren)
        assert Overdracht.objects.exists() == (afgerond and vv.vervolg_overdracht)


class OverdrachtLoop(Eigen):
    """Handed over means by letter with the disclaimer; not handed over means with a reason and a next choice."""

    def zet_klaar(self, noor):
        keuze = factories.keuze(door=noor, acuut=True)
        maak_keuze(keuze, door=noor, overdracht=True, motivering="eerst handelen")
        self.overdracht = Overdracht.objects.get()

    @rule(i=WIE, soort=st.sampled_from(["", "wijkteam"]), zicht=st.sampled_from(["", "het wijkteam"]))
    def bereid_voor(self, i, soort, zicht):
        velden = {"soort_partij": soort, "zicht_op_veiligheid": zicht}
        self.probeer(bereid_voor, self.overdracht, door=self.wie[i], **velden)

    @rule(i=WIE, stap=st.sampled_from(["bied_aan", "accepteer", "draag_over"]), motivering=MOTIVERING)
    def verder(self, i, stap, motivering):
        self.probeer(voer_uit, self.overdracht, stap, door=self.wie[i], motivering=motivering)

    @rule(i=WIE, stap=st.sampled_from(["weiger", "trek_in"]), reden=st.sampled_from(["", "geen plek"]))
    def niet(self, i, stap, reden):
        self.probeer(voer_uit, self.overdracht, stap, door=self.wie[i], reden=reden)

    @invariant()
    def de_brief_ging_precies_als_er_is_overgedragen(self):
        overdracht = Overdracht.objects.get(pk=self.overdracht.pk)
        assert (overdracht.brief is not None) == (overdracht.stand == "overgedragen")
        if overdracht.brief:
            assert Instelling.objects.get().disclaimer in overdracht.brief.tekst
            assert overdracht.soort_partij

    @invariant()
    def niet_overgedragen_heeft_een_reden_en_een_taak(self):
        overdracht = Overdracht.objects.get(pk=self.overdracht.pk)
        niet = overdracht.stand in {"geweigerd", "ingetrokken"}
        assert bool(overdracht.reden_niet_over) == niet
        assert Taak.objects.filter(soort="vervolg", stand="open").exists() == niet
        assert not Monitoren.objects.exists()


class MonitorenLoop(Eigen):
    """While it runs each open moment has its task; ended, nothing waits."""

    def zet_klaar(self, noor):
        self.monitoren = factories.monitoren(door=noor)

    def _moment(self, n: int) -> Monitormoment:
        momenten = list(self.monitoren.momenten.order_by("pk"))
        return momenten[n % len(momenten)]

    @rule(i=WIE, n=st.integers(0, 5))
    def houd(self, i, n):
        self.probeer(houd_moment, self._moment(n), door=self.wie[i], werd_veilig="ja")

    @rule(i=WIE, n=st.integers(0, 5), dag=st.dates(date(2027, 1, 1), date(2028, 1, 1)))
    def verzet(self, i, n, dag):
        self.probeer(verzet_moment, self._moment(n), dag, door=self.wie[i])

    @rule(i=WIE, dag=st.dates(date(2027, 1, 1), date(2028, 1, 1)))
    def voeg_toe(self, i, dag):
        self.probeer(voeg_moment_toe, self.monitoren, dag, door=self.wie[i])

    @rule(i=WIE, stap=st.sampled_from(["stel_stabiel_veilig_vast", "rond_af"]), motivering=MOTIVERING)
    def rond_af(self, i, stap, motivering):
        self.probeer(voer_uit, self.monitoren, stap, door=self.wie[i], motivering=motivering)

    @invariant()
    def elk_open_moment_heeft_zijn_taak_op_zijn_dag(self):
        open_ = Taak.objects.filter(soort="monitormoment", stand="open")
        assert {(t.onderwerp_id, t.uiterlijk) for t in open_} == {
            (m.pk, m.gepland_op) for m in self.monitoren.open_momenten
        }

    @invariant()
    def stabiel_veilig_staat_er_alleen_als_iemand_het_vaststelde(self):
        monitoren = Monitoren.objects.get()
        assert (self.casus.veiligheid == "stabiel") == monitoren.stabiel_veilig
        assert monitoren.momenten.filter(na_maanden__isnull=False).count() == 2
        assert not (monitoren.is_geeindigd and monitoren.open_momenten.exists())


class MaatwerkLoop(Eigen):
    """It ends once, by who may."""

    def zet_klaar(self, noor):
        keuze = factories.keuze(door=noor, acuut=True)
        maak_keuze(keuze, door=noor, maatwerk=True, motivering="eerst handelen")
        self.maatwerk = Maatwerk.objects.get()
        self.klaar = False

    @rule(i=WIE, toelichting=st.sampled_from(["", "Aware uitgereikt."]))
    def rond_af(self, i, toelichting):
        self.probeer(voer_uit, self.maatwerk, "rond_af", door=self.wie[i], toelichting=toelichting)
        self.klaar = self.klaar or i < 2

    @invariant()
    def het_eindigt_precies_als_iemand_die_mag_het_afrondde(self):
        assert (Maatwerk.objects.get().stand == "afgerond") == self.klaar


@pytest.mark.parametrize(
    "machine", [KeuzeLoop, VVLoop, OverdrachtLoop, MonitorenLoop, MaatwerkLoop], ids=lambda m: m.__name__
)
def test_in_welke_volgorde_ook_de_beloften_houden(machine):
    run_state_machine_as_test(machine, settings=INSTELLING)
