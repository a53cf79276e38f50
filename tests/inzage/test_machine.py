"""The request as a machine: who may take which step, in any order, and what holds whatever happens."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.services import beoordeel, open_verzoek, werk_bij
from casus.services.vastleggen import leg_contact_vast
from tests import factories as f
from tests.inzage.conftest import toon_alles
from tests.machines import JA, NEE, NOOIT, controleer_regel, controleer_trigger, controleer_volledig
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

S = Inzageverzoek.Stand
ROLLEN = ("screener", "privacy", "teamleider", "buiten")
TABEL = [
    # stand            stap                  screener privacy teamleider buiten
    (S.ONTVANGEN, "begin_screening", JA, NEE, NEE, NEE),
    (S.ONTVANGEN, "rond_screening_af", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.ONTVANGEN, "heropen", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.ONTVANGEN, "verstrek", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.ONTVANGEN, "wijs_af", JA, JA, NEE, NEE),
    (S.IN_SCREENING, "begin_screening", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.IN_SCREENING, "rond_screening_af", JA, NEE, NEE, NEE),
    (S.IN_SCREENING, "heropen", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.IN_SCREENING, "verstrek", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.IN_SCREENING, "wijs_af", JA, JA, NEE, NEE),
    (S.GESCREEND, "begin_screening", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.GESCREEND, "rond_screening_af", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.GESCREEND, "heropen", JA, JA, NEE, NEE),
    (S.GESCREEND, "verstrek", NEE, JA, NEE, NEE),
    (S.GESCREEND, "wijs_af", JA, JA, NEE, NEE),
    (S.VERSTREKT, "begin_screening", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.VERSTREKT, "rond_screening_af", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.VERSTREKT, "heropen", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.VERSTREKT, "verstrek", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.VERSTREKT, "wijs_af", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AFGEWEZEN, "begin_screening", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AFGEWEZEN, "rond_screening_af", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AFGEWEZEN, "heropen", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AFGEWEZEN, "verstrek", NOOIT, NOOIT, NOOIT, NOOIT),
    (S.AFGEWEZEN, "wijs_af", NOOIT, NOOIT, NOOIT, NOOIT),
]
GEGEVENS: dict[str, dict[str, Any]] = {
    "heropen": {"reden": "Nog eens kijken."},
    "wijs_af": {"grond": "geen_recht", "reden": "Hoort niet bij dit dossier."},
}


def in_stand(verzoek: Inzageverzoek, stand: str, *, screener: Any, privacy: Any) -> Inzageverzoek:
    """Along the real steps; only the document itself is not laid out."""
    if stand == S.ONTVANGEN:
        return verzoek
    if stand == S.AFGEWEZEN:
        return voer_uit(verzoek, "wijs_af", door=screener, **GEGEVENS["wijs_af"])
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    if stand == S.IN_SCREENING:
        return verzoek
    toon_alles(verzoek, screener)
    verzoek = voer_uit(verzoek, "rond_screening_af", door=screener)
    Inzageverzoek.objects.filter(pk=verzoek.pk).update(vingerafdruk="a" * 64, opslagnaam="b" * 32)
    return verzoek if stand == S.GESCREEND else voer_uit(verzoek, "verstrek", door=privacy)


def test_de_tabel_is_volledig_en_de_database_kent_dezelfde_pijlen():
    controleer_volledig(Inzageverzoek, TABEL)
    controleer_trigger(Inzageverzoek)


@pytest.mark.parametrize("stand", S.values)
def test_wie_mag_welke_stap(verzoek, screener, privacy, stand):
    wie = {
        "screener": screener,
        "privacy": privacy,
        "teamleider": f.medewerker(Rol.TEAMLEIDER),
        "buiten": f.buitenstaander(),
    }
    obj = in_stand(verzoek, stand, screener=screener, privacy=privacy)
    for rij in (r for r in TABEL if r[0] == stand):
        verwacht = dict(zip(ROLLEN, rij[2:], strict=True))
        controleer_regel(obj, rij[1], verwacht, wie, GEGEVENS.get(rij[1], {}))


@pytest.mark.regel("RW-5.18f")
@pytest.mark.parametrize("stand", S.values)
def test_de_database_kent_geen_andere_pijlen(verzoek, screener, privacy, stand):
    obj = in_stand(verzoek, stand, screener=screener, privacy=privacy)
    for naar in S.values:
        if naar != stand and (stand, naar) not in Inzageverzoek.pijlen():
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("UPDATE inzage_inzageverzoek SET stand = %s WHERE id = %s", [naar, obj.pk])


@pytest.mark.regel("RW-5.18f")
def test_wie_screende_verstrekt_niet(verzoek):
    beide = f.medewerker(Rol.ACHTERKANT, Rol.PRIVACYFUNCTIONARIS)
    obj = in_stand(verzoek, S.GESCREEND, screener=beide, privacy=beide)
    with pytest.raises(NietToegestaan):
        voer_uit(obj, "verstrek", door=beide)
    with pytest.raises(DatabaseError, match="rw_5_18f"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inzage_inzageverzoek SET stand = 'verstrekt', verstrekt_door_id = %s WHERE id = %s",
            [beide.pk, obj.pk],
        )


class Levensloop(RuleBasedStateMachine):
    """Any order of steps, judgements and new pieces keeps the promises of RW-5.18f."""

    def __init__(self) -> None:
        super().__init__()
        self.transactie = transaction.atomic()
        self.transactie.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transactie.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.noor = f.medewerker(Rol.ACHTERKANT)
        self.ilse = f.medewerker(Rol.PRIVACYFUNCTIONARIS, Rol.ACHTERKANT)
        self.mensen = [self.noor, self.ilse, f.buitenstaander()]
        casus = f.casus(self.noor)
        jelle = f.betrokkene(casus, geboortedatum=date(1988, 4, 2))
        self.verzoek = open_verzoek(casus, jelle, door=self.noor)

    @rule(
        naam=st.sampled_from([*sorted(GEGEVENS), "begin_screening", "rond_screening_af", "verstrek"]),
        wie=st.integers(0, 2),
    )
    def stap(self, naam: str, wie: int) -> None:
        if naam == "wijs_af" and wie == 0:
            return  # ends every story
        self._probeer(lambda: voer_uit(self.verzoek, naam, door=self.mensen[wie], **GEGEVENS.get(naam, {})))

    @rule(oordeel=st.sampled_from(["tonen", "weglaten", "te_doen"]), welke=st.integers(0, 8), wie=st.integers(0, 2))
    def judge(self, oordeel: str, welke: int, wie: int) -> None:
        rij = list(self.verzoek.onderdelen.all())
        if rij:
            self._probeer(lambda: beoordeel(rij[welke % len(rij)], oordeel, door=self.mensen[wie], grond="a"))

    @rule()
    def alles(self) -> None:
        self._probeer(lambda: toon_alles(self.verzoek, self.noor))

    @rule()
    def nieuw_stuk(self) -> None:
        leg_contact_vast(self.verzoek.casus, door=self.noor, verslag="Nog een gesprek.")

    @rule()
    def bijwerken(self) -> None:
        werk_bij(self.verzoek, door=self.noor)

    @rule()
    def document(self) -> None:
        Inzageverzoek.objects.filter(pk=self.verzoek.pk, stand="gescreend").update(vingerafdruk="a" * 64)

    def _probeer(self, doe: Any) -> None:
        try:
            with transaction.atomic():
                doe()
        except (NietToegestaan, StapKanNiet, RegelGeweigerd):
            pass
        self.verzoek = Inzageverzoek.objects.get(pk=self.verzoek.pk)

    @invariant()
    def gescreend_betekent_alles_beoordeeld(self) -> None:
        v = Inzageverzoek.objects.get(pk=self.verzoek.pk)
        if v.stand in {S.GESCREEND, S.VERSTREKT}:
            assert v.onderdelen.exists()
            assert all(o.beoordeeld for o in v.onderdelen.all())
            assert v.gescreend_door_id is not None

    @invariant()
    def verstrekt_betekent_twee_mensen_en_een_document(self) -> None:
        v = Inzageverzoek.objects.get(pk=self.verzoek.pk)
        if v.stand == S.VERSTREKT:
            assert v.verstrekt_door_id not in (None, v.gescreend_door_id)
            assert v.heeft_document

    @invariant()
    def elk_oordeel_heeft_een_naam(self) -> None:
        for onderdeel in Onderdeel.objects.filter(verzoek=self.verzoek).exclude(oordeel="te_doen"):
            assert onderdeel.door_id
            assert onderdeel.oordeel != "weglaten" or onderdeel.grond


@pytest.mark.django_db
@pytest.mark.regel("RW-5.18f")
def test_in_elke_volgorde_houdt_het_verzoek_zijn_beloften():
    groot = bool(os.environ.get("VT_ALLES"))
    run_state_machine_as_test(
        Levensloop,
        settings=settings(max_examples=80 if groot else 8, stateful_step_count=30 if groot else 12, deadline=None),
    )
