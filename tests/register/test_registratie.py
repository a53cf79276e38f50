"""The machine of a registration: who may take which step, and what the database refuses."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casus.models import Betrokkene, Persoon
from casus.services.betrokkenen import bevestig_bsn, verwijder_betrokkene, voeg_betrokkene_toe, wijzig_persoon
from casus.services.casussen import sluit_casus
from register.models import Registratie
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
from tests.register.gereedschap import (
    TELBAAR,
    GeheugenRegister,
    bezorg,
    directbetrokkene,
    laat_kiezen,
    nieuw_bsn,
    registratie,
)
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.koppelingen.register import pseudoniem

pytestmark = pytest.mark.django_db
Stand = Registratie.Stand
ALLES = bool(os.environ.get("VT_ALLES"))

TABEL = [
    # stand                    stap               systeem behandelaar buiten
    (Stand.WACHT_OP_VALIDATIE, "zet_klaar", JA, NEE, NEE),
    (Stand.WACHT_OP_VALIDATIE, "trek_in", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "is_actief", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "is_inactief", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "is_verwijderd", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "vervalt", JA, NEE, NEE),
    (Stand.WACHT_OP_VALIDATIE, "begin_opnieuw", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "vraag_keuze", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "registreer", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_VALIDATIE, "registreer_niet", NEE, JA, NEE),
    (Stand.WACHT_OP_KEUZE, "zet_klaar", JA, NEE, NEE),
    (Stand.WACHT_OP_KEUZE, "trek_in", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_KEUZE, "is_actief", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_KEUZE, "is_inactief", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_KEUZE, "is_verwijderd", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_KEUZE, "vervalt", JA, NEE, NEE),
    (Stand.WACHT_OP_KEUZE, "begin_opnieuw", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_KEUZE, "vraag_keuze", NOOIT, NOOIT, NOOIT),
    (Stand.WACHT_OP_KEUZE, "registreer", NEE, JA, NEE),
    (Stand.WACHT_OP_KEUZE, "registreer_niet", NEE, JA, NEE),
    (Stand.NIET, "zet_klaar", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "trek_in", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "is_actief", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "is_inactief", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "is_verwijderd", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "vervalt", JA, NEE, NEE),
    (Stand.NIET, "begin_opnieuw", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "vraag_keuze", NOOIT, NOOIT, NOOIT),
    (Stand.NIET, "registreer", NEE, JA, NEE),
    (Stand.NIET, "registreer_niet", NOOIT, NOOIT, NOOIT),
    (Stand.TE_VERSTUREN, "zet_klaar", JA, NEE, NEE),
    (Stand.TE_VERSTUREN, "trek_in", JA, NEE, NEE),
    (Stand.TE_VERSTUREN, "is_actief", JA, NEE, NEE),
    (Stand.TE_VERSTUREN, "is_inactief", JA, NEE, NEE),
    (Stand.TE_VERSTUREN, "is_verwijderd", JA, NEE, NEE),
    (Stand.TE_VERSTUREN, "vervalt", NOOIT, NOOIT, NOOIT),
    (Stand.TE_VERSTUREN, "begin_opnieuw", NOOIT, NOOIT, NOOIT),
    (Stand.TE_VERSTUREN, "vraag_keuze", NOOIT, NOOIT, NOOIT),
    (Stand.TE_VERSTUREN, "registreer", NOOIT, NOOIT, NOOIT),
    (Stand.TE_VERSTUREN, "registreer_niet", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "zet_klaar", JA, NEE, NEE),
    (Stand.ACTIEF, "trek_in", JA, NEE, NEE),
    (Stand.ACTIEF, "is_actief", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "is_inactief", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "is_verwijderd", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "vervalt", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "begin_opnieuw", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "vraag_keuze", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "registreer", NOOIT, NOOIT, NOOIT),
    (Stand.ACTIEF, "registreer_niet", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "zet_klaar", JA, NEE, NEE),
    (Stand.INACTIEF, "trek_in", JA, NEE, NEE),
    (Stand.INACTIEF, "is_actief", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "is_inactief", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "is_verwijderd", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "vervalt", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "begin_opnieuw", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "vraag_keuze", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "registreer", NOOIT, NOOIT, NOOIT),
    (Stand.INACTIEF, "registreer_niet", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "zet_klaar", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "trek_in", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "is_actief", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "is_inactief", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "is_verwijderd", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "vervalt", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "begin_opnieuw", JA, NEE, NEE),
    (Stand.VERWIJDERD, "vraag_keuze", JA, NEE, NEE),
    (Stand.VERWIJDERD, "registreer", NOOIT, NOOIT, NOOIT),
    (Stand.VERWIJDERD, "registreer_niet", NOOIT, NOOIT, NOOIT),
]
KLAAR = {"pseudoniem": "a" * 64, "betrokkenheid": "actief", "begin": date(2026, 1, 1)}
GEGEVENS = {
    "zet_klaar": KLAAR,
    "is_actief": {"versie_bericht": 1, "merk": "m"},
    "is_inactief": {"versie_bericht": 1, "merk": "m"},
    "is_verwijderd": {"versie_bericht": 1},
    "registreer_niet": {"reden": "niet nodig"},
}


def in_stand(stand: str, *, stap: str = "") -> Registratie:
    """A registration that came there by its own steps; ready for `stap` when the state alone does not say it all."""
    kc = factories.casus()
    b = directbetrokkene(kc)
    klok, noor = factories.systeem(), kc.verantwoordelijke
    begin = Stand.WACHT_OP_KEUZE if stand in {Stand.WACHT_OP_KEUZE, Stand.NIET} else Stand.WACHT_OP_VALIDATIE
    r = maak(Registratie(persoon=b.persoon, stand=begin), door=klok)
    if stand == Stand.NIET:
        return voer_uit(r, "registreer_niet", door=noor, reden="niet nodig", motivering="niet nodig")
    if stand in {Stand.WACHT_OP_KEUZE, Stand.WACHT_OP_VALIDATIE}:
        return r
    if stand == Stand.VERWIJDERD:
        return voer_uit(r, "vervalt", door=klok)
    inactief = stand == Stand.INACTIEF or (stand == Stand.TE_VERSTUREN and stap == "is_inactief")
    anders = {"betrokkenheid": "inactief", "eind": date(2026, 2, 1)} if inactief else {}
    r = voer_uit(r, "zet_klaar", door=klok, **{**KLAAR, **anders})
    if stand == Stand.TE_VERSTUREN and stap == "is_verwijderd":
        return voer_uit(r, "trek_in", door=klok)
    if stand == Stand.TE_VERSTUREN:
        return r
    return voer_uit(r, f"is_{stand}", door=klok, versie_bericht=1, merk="m")


def test_de_tabel_is_volledig():
    controleer_volledig(Registratie, TABEL)


def test_de_database_kent_dezelfde_pijlen():
    controleer_trigger(Registratie)
    controleer_database(in_stand, Registratie)


@pytest.mark.parametrize(("stand", "stap", "systeem", "behandelaar", "buiten"), TABEL)
def test_wie_mag_welke_stap(stand, stap, systeem, behandelaar, buiten, poort):
    r = in_stand(stand, stap=stap)
    wie = {
        "systeem": factories.systeem(),
        "behandelaar": r.dossier.verantwoordelijke,
        "buiten": factories.buitenstaander(),
    }
    verwacht = {"systeem": systeem, "behandelaar": behandelaar, "buiten": buiten}
    controleer_regel(r, stap, verwacht, wie, GEGEVENS.get(stap, {}))


@pytest.mark.regel("RW-14.1")
@pytest.mark.parametrize("stand", ["geen", "onjuist", "mogelijk"])
def test_zonder_nagekeken_bsn_weigeren_stap_en_database(stand):
    kc = factories.casus()
    b = directbetrokkene(kc, bevestigd=False, bsn={"geen": "", "onjuist": "123456789"}.get(stand))
    assert b.persoon.bsn_stand == stand
    r = maak(Registratie(persoon=b.persoon), door=factories.systeem())
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(r, "zet_klaar", door=factories.systeem(), **KLAAR)
    assert [x.regel.id for x in fout.value.belemmeringen] == ["RW-14.1"]
    for sql in (
        "UPDATE register_registratie SET stand = 'te_versturen', betrokkenheid = 'actief', begin = '2026-01-01', "
        "pseudoniem = repeat('a', 64) WHERE id = %s",
        "INSERT INTO register_registratie (versie, persoon_id, stand, betrokkenheid, begin, pseudoniem, "
        "versie_bericht, merk, verstuurd_op, reden_niet_registreren) SELECT 1, persoon_id, 'actief', 'actief', "
        "'2026-01-01', repeat('a', 64), 1, '', now(), '' FROM register_registratie WHERE id = %s",
    ):
        with pytest.raises(Error, match="rw_14_1"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [r.pk])


@pytest.mark.regel("RW-14.1")
def test_een_bsn_dat_niet_klopt_verlaat_het_cvs_ook_niet_als_de_database_zegt_dat_het_is_nagekeken(poort):
    b = directbetrokkene(factories.casus(), bsn="123456789", bevestigd=False)
    Persoon.objects.filter(pk=b.persoon_id).update(bsn_stand="bevestigd")
    bezorg()
    assert poort.gehoord == []
    assert registratie(b).stand == Stand.WACHT_OP_VALIDATIE


@pytest.mark.regel("RW-14.1")
def test_de_api_laat_een_medewerker_niets_versturen(client):
    b = directbetrokkene(factories.casus(), bevestigd=False)
    r = maak(Registratie(persoon=b.persoon), door=factories.systeem())
    client.force_login(r.dossier.verantwoordelijke)
    antwoord = client.get(f"/api/v1/registraties/{r.pk}")
    assert antwoord.status_code == 200
    assert "zet_klaar" not in {stap["stap"] for stap in antwoord.json()["stappen"]}
    inhoud = {**KLAAR, "begin": "2026-01-01"}
    antwoord = client.post(
        f"/api/v1/registraties/{r.pk}/zet-klaar",
        inhoud,
        content_type="application/json",
        headers={"If-Match": antwoord.headers["ETag"]},
    )
    assert antwoord.status_code == 403
    assert registratie(b).stand == Stand.WACHT_OP_VALIDATIE


@pytest.mark.regel("RW-14.2")
def test_niet_registreren_zonder_reden_weigeren_stap_en_database():
    laat_kiezen()
    r = in_stand(Stand.WACHT_OP_KEUZE)
    with pytest.raises(RegelGeweigerd):
        voer_uit(r, "registreer_niet", door=r.dossier.verantwoordelijke, reden="  ")
    with pytest.raises(Error, match="rw_14_2"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE register_registratie SET stand = 'niet' WHERE id = %s", [r.pk])


@pytest.mark.regel("RW-14.2")
def test_waar_het_vanzelf_gaat_is_afwijken_een_gemotiveerde_uitzondering():
    r = in_stand(Stand.WACHT_OP_VALIDATIE)
    noor = r.dossier.verantwoordelijke
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(r, "registreer_niet", door=noor, reden="op verzoek")
    assert [x.regel.id for x in fout.value.belemmeringen] == ["RW-14.2"]
    r = voer_uit(r, "registreer_niet", door=noor, reden="op verzoek", motivering="zie gesprek")
    regel = r.dossier.logregels.get(wat="registreer_niet")
    assert "zie gesprek" in regel.motivering
    assert "RW-14.2" in regel.regels


@pytest.mark.regel("RW-14.6")
def test_inactief_zonder_einddatum_weigert_de_database():
    r = in_stand(Stand.INACTIEF)
    with pytest.raises(Error, match="rw_14_6"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE register_registratie SET eind = NULL WHERE id = %s", [r.pk])


def test_de_geschiedenis_bewaart_geen_pseudoniem():
    r = in_stand(Stand.ACTIEF)
    assert r.history.count() == r.versie
    assert not {"pseudoniem", "merk"} & {veld.name for veld in r.history.model._meta.fields}


class Levensloop(RuleBasedStateMachine):
    """Whatever happens in the cases, and whenever the register is away: in the end it says what is true."""

    def __init__(self):
        super().__init__()
        self.grens = transaction.atomic()
        self.grens.__enter__()
        self.plakker = pytest.MonkeyPatch()

    def teardown(self):
        self.plakker.undo()
        transaction.set_rollback(True)
        self.grens.__exit__(None, None, None)

    @initialize(ook_in_de_tweede=st.booleans())
    def begin(self, ook_in_de_tweede):
        self.poort = GeheugenRegister()
        for plek in ("bezorgen", "matches"):
            self.plakker.setattr(f"register.services.{plek}.registerpoort", lambda: self.poort)
        self.noor = factories.medewerker("achterkant", "teamleider")
        self.casussen = [factories.casus(self.noor) for _ in range(2)]
        self.persoon = factories.persoon(bsn=nieuw_bsn(), **TELBAAR)
        for c in self.casussen[: 1 + ook_in_de_tweede]:
            voeg_betrokkene_toe(c, self.persoon, door=self.noor)
        bevestig_bsn(self._in(0), door=self.noor)
        bezorg()

    def _in(self, n: int) -> Betrokkene | None:
        return Betrokkene.objects.filter(casus=self.casussen[n], persoon=self.persoon).select_related("persoon").first()

    @rule(n=st.integers(0, 1))
    def erin_of_eruit(self, n):
        if not self.casussen[n].is_open:
            return
        if b := self._in(n):
            verwijder_betrokkene(b, door=self.noor, reden="vergissing")
        else:
            voeg_betrokkene_toe(self.casussen[n], self.persoon, door=self.noor)

    @rule(nagekeken=st.booleans())
    def ander_bsn(self, nagekeken):
        if b := self._in(0) or self._in(1):
            wijzig_persoon(b, door=self.noor, bsn=nieuw_bsn())
            if nagekeken:
                bevestig_bsn(Betrokkene.objects.get(pk=b.pk), door=self.noor)

    @rule()
    def kijk_na(self):
        if b := self._in(0) or self._in(1):
            bevestig_bsn(b, door=self.noor)

    @rule(n=st.integers(0, 1))
    def sluit_of_herstel(self, n):
        c = self.casussen[n]
        if c.is_open:
            c.taken.update(houdt_sluiten_tegen=False)
            self.casussen[n] = sluit_casus(c, door=self.noor)
        else:
            self.casussen[n] = voer_uit(c, "herstel", door=self.noor, reden="vergissing")

    @rule(weg=st.booleans())
    def bezorg(self, weg):
        self.poort.weg = weg
        bezorg()

    @invariant()
    def wie_niet_is_nagekeken_verliet_het_cvs_niet(self):
        if not hasattr(self, "poort"):
            return
        nagekeken = {p.bsn for p in self.persoon.history.model.objects.filter(bsn_stand="bevestigd")}
        assert {bericht.bsn for bericht in self.poort.gehoord if bericht.bsn} <= nagekeken

    @invariant()
    def na_bezorgen_zegt_het_register_wat_waar_is(self):
        if not hasattr(self, "poort"):
            return
        was, gehoord = self.poort.weg, list(self.poort.gehoord)
        self.poort.weg = False
        with transaction.atomic():
            while bezorg():
                pass
            persoon = Persoon.objects.get(pk=self.persoon.pk)
            periode, naam = self._waar_is(), pseudoniem(persoon.bsn) if persoon.bsn_stand == "bevestigd" else ""
            laatste = {b.pseudoniem: self.poort.stand(b.pseudoniem) for b in self.poort.gehoord}
            levend = {p: (b.stand, b.eind) for p, b in laatste.items() if b.stand != "verwijderd"}
            assert levend == ({naam: periode} if periode and naam else {})
            transaction.set_rollback(True)
        self.poort.weg, self.poort.gehoord = was, gehoord

    def _waar_is(self) -> tuple[str, date | None] | None:
        """Told again in the plainest way, so that it does not repeat the code it checks."""
        zijn = [c for n, c in enumerate(self.casussen) if self._in(n)]
        if not zijn:
            return None
        return ("actief", None) if any(c.is_open for c in zijn) else ("inactief", timezone.localdate())


def test_in_elke_volgorde_zegt_het_register_wat_waar_is():
    omvang = (
        {"max_examples": 200, "stateful_step_count": 25} if ALLES else {"max_examples": 15, "stateful_step_count": 12}
    )
    run_state_machine_as_test(
        Levensloop,
        settings=settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, **omvang),
    )


def test_een_medewerker_buiten_de_casus_ziet_en_kiest_niets(client):
    r = in_stand(Stand.WACHT_OP_KEUZE)
    ander = factories.buitenstaander()
    with pytest.raises(NietToegestaan):
        voer_uit(r, "registreer", door=ander)
    client.force_login(ander)
    assert client.get(f"/api/v1/registraties/{r.pk}").status_code == 404


def test_een_casus_van_een_ander_soort_telt_niet_mee(poort):
    noor = factories.medewerker()
    advies = factories.advies(noor).casus
    directbetrokkene(advies)
    bezorg()
    assert not Registratie.objects.exists()
