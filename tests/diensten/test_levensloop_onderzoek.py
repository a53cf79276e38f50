"""V&V and onderzoek in any order, with new choices in between: never back, never two, one clock."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from casus.models import Processtap
from diensten.models import EIGEN, OZ, VV
from diensten.selectors import eigen_dienst, open_keuzen, tien_weken_van
from diensten.services.eigen import rond_dienst_af
from diensten.services.keuzes import maak_keuze, open_keuze_na
from tests import factories
from tests.diensten.test_levensloop import INSTELLING, WIE, Eigen
from vt_cvs.kern.overgangen import voer_uit

pytestmark = pytest.mark.django_db


class EigenLoop(Eigen):
    """Whatever is chosen and ended: no V&V after an onderzoek, one of both at a time, and the date never moves."""

    def zet_klaar(self, noor):
        self.vv = factories.vv(door=noor)
        self.uiterlijk = tien_weken_van(self.vv).uiterlijk

    @property
    def lopend(self):
        return eigen_dienst(self.casus)

    @rule(i=WIE, naam=st.sampled_from(["pak_op", "ga_verder_als_onderzoek"]))
    def zet(self, i, naam):
        dienst = self.lopend
        if dienst is not None and naam in {o.naam for o in dienst.overgangen()}:
            self.probeer(voer_uit, dienst, naam, door=self.wie[i])

    @rule(i=WIE, uitkomst=st.sampled_from(["", "bevestigd", "weerlegd"]), monitoren=st.booleans())
    def rond_af(self, i, uitkomst, monitoren):
        if (dienst := self.lopend) is not None:
            wat = {"vervolg_monitoren": monitoren, "vervolg_overdracht": True, "uitkomsten": {"ouders": uitkomst}}
            self.probeer(rond_dienst_af, dienst, door=self.wie[i], **wat)

    @rule(i=WIE)
    def stop(self, i):
        if (dienst := self.lopend) is not None:
            self.probeer(voer_uit, dienst, "beeindig_voortijdig", door=self.wie[i], reden_voortijdig="overleden")

    @rule(i=WIE, soort=st.sampled_from(["vv", "oz"]))
    def kies_opnieuw(self, i, soort):
        geeindigd = [d for model in EIGEN for d in model.objects.filter(stap__geeindigd_op__isnull=False)]
        if geeindigd and self.casus.is_open:
            self.probeer(open_keuze_na, geeindigd[-1], door=self.wie[0])
        for keuze in open_keuzen(self.casus):
            self.probeer(maak_keuze, keuze, door=self.wie[i], motivering="opnieuw", **{soort: True})

    @invariant()
    def nooit_van_onderzoek_naar_v_en_v(self):
        eerste = OZ.objects.order_by("stap_id").first()
        if eerste is not None:
            assert not VV.objects.filter(stap_id__gt=eerste.stap_id).exists()

    @invariant()
    def nooit_twee_tegelijk_en_een_klok(self):
        assert Processtap.objects.filter(soort__in=["vv", "oz"], geeindigd_op=None).count() <= 1
        if (dienst := self.lopend) is not None:
            assert tien_weken_van(dienst).uiterlijk == self.uiterlijk

    @invariant()
    def verder_als_onderzoek_sluit_aan(self):
        for vv in VV.objects.filter(vervolg_onderzoek=True).select_related("stap"):
            assert OZ.objects.get(na_dienst=vv.stap).stap.begonnen_op == vv.stap.geeindigd_op

    @invariant()
    def alleen_overdracht_na_onderzoek_is_alles_weerlegd(self):
        for oz in OZ.objects.filter(stand="afgerond", vervolg_monitoren=False):
            assert {u.uitkomst_geweld for u in oz.uitkomsten} == {"weerlegd"}


@pytest.mark.regel("RW-9.2", "RW-9.6", "RW-9.10", "RW-9.23", "RW-5.12c")
def test_v_en_v_en_onderzoek_in_elke_volgorde():
    run_state_machine_as_test(EigenLoop, settings=INSTELLING)
