"""Removing as a machine: two people, always; in any order of steps."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casus.bewaren.models import Verwijdering
from casus.bewaren.services import bewaar_langer, stel_voor, voer_verwijdering_uit
from casus.bewaren.tasks import hervat, veeg
from casus.models import Casus, Persoon, Taak
from tests import factories as f
from tests.bewaren.conftest import sluit_op
from tests.machines import JA, NEE, NOOIT, controleer_regel, controleer_trigger, controleer_volledig
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

S = Verwijdering.Stand
ROLLEN = ("voorsteller", "teamleider", "privacy", "buiten", "systeem")
TABEL = [
    # stand         stap                  voorsteller teamleider privacy buiten systeem
    (S.VOORGESTELD, "stem_in", NEE, JA, JA, NEE, NEE),
    (S.VOORGESTELD, "trek_in", JA, JA, JA, NEE, NEE),
    (S.VOORGESTELD, "noteer_uitgevoerd", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AKKOORD, "stem_in", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AKKOORD, "trek_in", JA, JA, JA, NEE, NEE),
    (S.AKKOORD, "noteer_uitgevoerd", NEE, NEE, NEE, NEE, JA),
    (S.UITGEVOERD, "stem_in", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.UITGEVOERD, "trek_in", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.UITGEVOERD, "noteer_uitgevoerd", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.INGETROKKEN, "stem_in", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.INGETROKKEN, "trek_in", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
    (S.INGETROKKEN, "noteer_uitgevoerd", NOOIT, NOOIT, NOOIT, NOOIT, NOOIT),
]
LANG_GELEDEN = date(2001, 1, 1)


def in_stand(casus: Casus, stand: str, *, door: Any, tweede: Any) -> Verwijdering:
    verwijdering = stel_voor(casus, door=door, uitvoering="vernietigen", wegreden="termijn")
    if stand == S.INGETROKKEN:
        return voer_uit(verwijdering, "trek_in", door=door)
    if stand in {S.AKKOORD, S.UITGEVOERD}:
        verwijdering = voer_uit(verwijdering, "stem_in", door=tweede)
    if stand == S.UITGEVOERD:
        voer_verwijdering_uit(verwijdering.pk)
    return Verwijdering.objects.get(pk=verwijdering.pk)


def test_de_tabel_is_volledig_en_de_database_kent_dezelfde_pijlen():
    controleer_volledig(Verwijdering, TABEL)
    controleer_trigger(Verwijdering)


@pytest.mark.parametrize("stand", S.values)
def test_wie_mag_welke_stap(gesloten, werker, teamleider, privacy, stand):
    wie = {
        "voorsteller": werker,
        "teamleider": teamleider,
        "privacy": privacy,
        "buiten": f.buitenstaander(Rol.TEAMLEIDER),
        "systeem": f.systeem(),
    }
    obj = in_stand(gesloten(LANG_GELEDEN), stand, door=werker, tweede=privacy)
    for rij in (r for r in TABEL if r[0] == stand):
        controleer_regel(obj, rij[1], dict(zip(ROLLEN, rij[2:], strict=True)), wie, {})


@pytest.mark.regel("RW-15.V1", "RW-5.16c")
def test_wie_voorstelt_stemt_niet_zelf_in_ook_niet_met_beide_rollen(client, gesloten):
    beide = f.medewerker(Rol.PRIVACYFUNCTIONARIS, Rol.TEAMLEIDER)
    verwijdering = stel_voor(gesloten(LANG_GELEDEN), door=beide, uitvoering="verwijderen", wegreden="termijn")
    with pytest.raises(NietToegestaan):
        voer_uit(verwijdering, "stem_in", door=beide)
    client.force_login(beide)
    scherm = client.post(f"/bewaren/{verwijdering.pk}/stap/stem_in/", {"versie": verwijdering.versie})
    assert scherm.status_code == 422
    api = client.post(
        f"/api/v1/verwijderingen/{verwijdering.pk}/stem-in",
        {},
        content_type="application/json",
        headers={"If-Match": f'"{verwijdering.versie}"'},
    )
    assert api.status_code == 403
    zelf = "UPDATE bewaren_verwijdering SET stand = 'akkoord', akkoord_door_id = %s, akkoord_op = now() WHERE id = %s"
    geweigerd = pytest.raises(IntegrityError, match="rw_15_v1_twee_medewerkers")
    with geweigerd, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(zelf, [beide.pk, verwijdering.pk])
    with pytest.raises(DatabaseError), transaction.atomic():
        Verwijdering.objects.filter(pk=verwijdering.pk).update(voorgesteld_door=f.medewerker())
    assert Verwijdering.objects.get(pk=verwijdering.pk).stand == "voorgesteld"


@pytest.mark.regel("RW-15.A2")
def test_een_vernietigde_casus_komt_nooit_terug(client, gesloten, werker, privacy):
    """Hard: what was destroyed stays destroyed, by screen, API and SQL."""
    casus = gesloten(LANG_GELEDEN)
    oud = casus.nummer
    in_stand(casus, S.UITGEVOERD, door=werker, tweede=privacy)
    casus = Casus.objects.get(pk=casus.pk)
    client.force_login(werker)
    assert client.get(f"/casus/{oud}/").status_code == 404
    api = client.post(
        f"/api/v1/casussen/{casus.nummer}/herstel",
        {"reden": "toch"},
        content_type="application/json",
        headers={"If-Match": f'"{casus.versie}"'},
    )
    assert api.status_code in {403, 404, 409}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casus_casus SET stand = 'open', gesloten_op = NULL WHERE id = %s", [casus.pk])


def test_voor_de_termijn_kan_het_niet_weg_en_een_verlenging_houdt_het_tegen(gesloten, werker, privacy):
    with pytest.raises(RegelGeweigerd, match="nog geen 15 jaar"):
        stel_voor(gesloten(date(2020, 1, 1)), door=werker, uitvoering="vernietigen", wegreden="termijn")
    casus = gesloten(LANG_GELEDEN)
    verwijdering = in_stand(casus, S.AKKOORD, door=werker, tweede=privacy)
    bewaar_langer(casus, door=werker, bewaren_tot=date(2099, 1, 1), reden="Rechtszaak.")
    with pytest.raises(RegelGeweigerd):
        voer_verwijdering_uit(verwijdering.pk)
    assert Casus.objects.get(pk=casus.pk).stand == "gesloten"
    assert Verwijdering.objects.get(pk=verwijdering.pk).stand == "akkoord"


def test_een_open_casus_wordt_niet_vernietigd(casus_open, werker):
    with pytest.raises(RegelGeweigerd, match="gesloten"):
        stel_voor(casus_open, door=werker, uitvoering="vernietigen", wegreden="verzoek", toelichting="Gevraagd.")


@pytest.fixture
def casus_open(werker):
    return f.casus(werker)


def test_onterecht_is_verwijderen_en_vraagt_een_reden(casus_open, werker):
    with pytest.raises(RegelGeweigerd):
        stel_voor(casus_open, door=werker, uitvoering="verwijderen", wegreden="onterecht")
    with pytest.raises(RegelGeweigerd, match="wordt verwijderd"):
        stel_voor(casus_open, door=werker, uitvoering="vernietigen", wegreden="onterecht", toelichting="Dubbel.")
    verwijdering = stel_voor(
        casus_open, door=werker, uitvoering="verwijderen", wegreden="onterecht", toelichting="Dubbel."
    )
    with pytest.raises(RegelGeweigerd, match="loopt al"):
        stel_voor(casus_open, door=werker, uitvoering="verwijderen", wegreden="onterecht", toelichting="Nog eens.")
    assert verwijdering.stand == "voorgesteld"


def test_de_taken_gaan_naar_wie_mee_mag_beslissen(gesloten, werker, teamleider, privacy):
    verwijdering = in_stand(gesloten(LANG_GELEDEN), S.VOORGESTELD, door=privacy, tweede=teamleider)
    voor = set(Taak.objects.filter(soort="verwijdering_akkoord", stand="open").values_list("voor", flat=True))
    assert voor == {teamleider.pk}
    voer_uit(verwijdering, "stem_in", door=teamleider)
    assert not Taak.objects.filter(soort="verwijdering_akkoord", stand="open").exists()


@pytest.mark.regel("RW-5.16a")
def test_de_dagelijkse_veeg_zet_een_taak_klaar(gesloten, privacy):
    assert veeg() == 0
    casus = gesloten(LANG_GELEDEN)
    assert veeg() == 1
    assert veeg() == 1
    taak = Taak.objects.get(soort="bewaartermijn", stand="open")
    assert (taak.voor, taak.pad) == (privacy, "/bewaren/")
    assert casus.naam not in f"{taak.titel} {taak.omdat}"


def test_wat_bleef_liggen_wordt_hervat(gesloten, werker, privacy):
    casus = gesloten(LANG_GELEDEN)
    in_stand(casus, S.AKKOORD, door=werker, tweede=privacy)
    assert hervat() == 1
    assert hervat() == 0
    assert Casus.objects.get(pk=casus.pk).stand == "vernietigd"


class Levensloop(RuleBasedStateMachine):
    """Nothing goes on one person's word, and what stays is whole."""

    def __init__(self) -> None:
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transactie.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        noor = f.medewerker()
        self.wie = [noor, f.medewerker(Rol.TEAMLEIDER), f.medewerker(Rol.PRIVACYFUNCTIONARIS), f.buitenstaander()]
        casus = f.casus(noor)
        f.betrokkene(casus, geboortedatum=date(1970, 1, 1))
        self.casus = sluit_op(casus, LANG_GELEDEN)
        self.akkoorden: set[int] = set()

    @rule(
        i=st.integers(0, 3),
        uitvoering=st.sampled_from(Verwijdering.Wijze.values),
        wegreden=st.sampled_from(Verwijdering.Wegreden.values),
    )
    def stel_voor(self, i: int, uitvoering: str, wegreden: str) -> None:
        casus = Casus.objects.filter(pk=self.casus.pk).first()
        if casus is not None:
            self._probeer(
                lambda: stel_voor(casus, door=self.wie[i], uitvoering=uitvoering, wegreden=wegreden, toelichting="x")
            )

    @rule(i=st.integers(0, 3), naam=st.sampled_from(["stem_in", "trek_in", "noteer_uitgevoerd"]))
    def stap(self, i: int, naam: str) -> None:
        verwijdering = Verwijdering.objects.filter(casus__isnull=False).order_by("-pk").first()
        if verwijdering is not None:
            self._probeer(lambda: voer_uit(verwijdering, naam, door=self.wie[i]))

    @rule()
    def uitvoeren(self) -> None:
        for pk in Verwijdering.objects.values_list("pk", flat=True):
            self._probeer(lambda pk=pk: voer_verwijdering_uit(pk))

    @rule(i=st.integers(0, 3), jaar=st.sampled_from([2002, 2099]))
    def verleng(self, i: int, jaar: int) -> None:
        casus = Casus.objects.filter(pk=self.casus.pk, stand="gesloten").first()
        if casus is not None:
            self._probeer(lambda: bewaar_langer(casus, door=self.wie[i], bewaren_tot=date(jaar, 1, 1), reden="x"))

    def _probeer(self, doe: Any) -> None:
        try:
            with transaction.atomic():
                doe()
        except (NietToegestaan, StapKanNiet, RegelGeweigerd):
            return

    @invariant()
    def weg_is_door_twee_mensen(self) -> None:
        if not hasattr(self, "casus"):
            return
        uitgevoerd = Verwijdering.objects.filter(stand="uitgevoerd")
        for v in uitgevoerd:
            assert v.akkoord_door_id not in (None, v.voorgesteld_door_id)
            assert v.toelichting == ""
        casus = Casus.objects.filter(pk=self.casus.pk).first()
        if casus is None or casus.stand == "vernietigd":
            assert uitgevoerd.exists()
            assert not Persoon.objects.exists()
        else:
            assert Persoon.objects.count() == 1
            assert casus.nummer == self.casus.nummer

    @invariant()
    def hoogstens_een_voorstel_tegelijk(self) -> None:
        assert Verwijdering.objects.filter(casus__isnull=False, stand__in=["voorgesteld", "akkoord"]).count() <= 1


@pytest.mark.django_db
@pytest.mark.regel("RW-15.V1")
def test_in_elke_volgorde_gaat_niets_op_een_woord():
    groot = bool(os.environ.get("VT_ALLES"))
    run_state_machine_as_test(
        Levensloop,
        settings=settings(max_examples=80 if groot else 8, stateful_step_count=30 if groot else 12, deadline=None),
    )
