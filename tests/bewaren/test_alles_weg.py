"""Nothing is left in any table: every model of every app has a row, every text column a probe, history included."""

from __future__ import annotations

from datetime import date

import pytest

from casus.bewaren.models import Verwijdering
from casus.models import Casus, Persoon
from register.models import Registermatch, Registratie
from tests.bewaren.conftest import sluit_op
from tests.bewaren.introspectie import maak_wat_ontbreekt, van_het_dossier, wisbaar, zet_proeven
from tests.bewaren.test_keten import keten  # noqa: F401 - a fixture
from tests.bewaren.test_wissen import PROEF, dump, voer_uit_met_twee
from tests.register.gereedschap import GeheugenRegister, bezorg, directbetrokkene
from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang


@pytest.fixture
def poort(monkeypatch) -> GeheugenRegister:
    register = GeheugenRegister()
    monkeypatch.setattr("register.services.bezorgen.registerpoort", lambda: register)
    monkeypatch.setattr("register.services.matches.registerpoort", lambda: register)
    return register


@pytest.fixture
def alles(keten, werker, privacy, poort) -> Casus:  # noqa: F811
    """The whole chain, someone who stands in the register, and one row of whatever is not there yet."""
    directbetrokkene(keten, voornamen="Rik")
    bezorg()
    noteer_toegang(werker, Gebeurtenis.NOODKNOP, stuk=keten, casus_id=keten.pk, grond="spoed")
    maak_wat_ontbreekt(keten, werker)
    Verwijdering.objects.update(stand="ingetrokken")
    Registermatch.objects.update(registratie=Registratie.objects.get(stand="actief"))
    return sluit_op(keten, date(2001, 1, 1))


@pytest.mark.regel("RW-15.V1", "RW-15.A2", "RW-15.A3", "RW-14.7")
@pytest.mark.parametrize("uitvoering", ["verwijderen", "vernietigen"])
def test_in_geen_enkele_tabel_blijft_een_woord(alles, werker, privacy, poort, uitvoering):
    modellen = van_het_dossier()
    geplaatst = zet_proeven()
    gewild = {f"{m.__name__}.{veld.name}" for m in modellen for veld in wisbaar(m)}
    assert gewild - set(geplaatst.values()) == set(), "deze velden zijn niet geprobeerd"
    voer_uit_met_twee(alles, werker, privacy, uitvoering)
    bezorg()
    na = dump()
    assert {plek for proef, plek in geplaatst.items() if proef in na} == set()
    assert PROEF not in na
    for model in dossiermodellen():
        if hasattr(model, "history") and model is not Registratie:
            assert not model.history.exists(), model
    assert not Registratie.history.exclude(persoon=None).exists()
    assert not Persoon.objects.exists()


@pytest.mark.regel("RW-14.7")
def test_het_register_hoort_de_intrekking_van_wie_gewist_is(alles, werker, privacy, poort):
    """The erasing takes the history, not the row by which the register is told."""
    (naam,) = {b.pseudoniem for b in poort.gehoord}
    assert poort.stand(naam).stand == "actief"
    voer_uit_met_twee(alles, werker, privacy, "verwijderen")
    bezorg()
    assert poort.stand(naam).stand == "verwijderd"
    rij = Registratie.objects.exclude(versie_bericht=0).get()
    assert (rij.stand, rij.persoon, rij.pseudoniem, rij.begin) == ("verwijderd", None, "", None)


@pytest.mark.regel("RW-15.V1")
def test_de_reden_om_niet_te_registreren_is_meteen_weg(alles, werker, privacy, poort):
    """Typed about one person: it does not wait for the register."""
    rij = Registratie.objects.exclude(versie_bericht=0).get()
    Registratie.objects.filter(pk=rij.pk).delete()
    rij = Registratie.objects.create(persoon=rij.persoon, stand="niet", reden_niet_registreren=f"{PROEF} om haar")
    from casus.bewaren.services import stel_voor, voer_verwijdering_uit
    from vt_cvs.kern.overgangen import voer_uit

    voorstel = stel_voor(alles, door=werker, uitvoering="verwijderen", wegreden="termijn")
    voer_verwijdering_uit(voer_uit(voorstel, "stem_in", door=privacy).pk)
    assert PROEF not in dump()
    assert Registratie.objects.filter(pk=rij.pk, persoon=None).exists()
