"""The demo: every state occurs, every open case has work, the clocks run, and the same seed tells the same stories."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from casus.inzage.models import Inzageverzoek
from casus.models import Betrokkene, Casus, Logregel, Persoon, Taak, Terugkoppeling
from diensten.models import VV, Keuze, Maatwerk, Monitoren, Overdracht
from melding.models import NTI, Advies, Melding, Signaal
from triage.models import VHT, Triagebesluit
from vt_cvs.demo.gezinnen import maak_gezin
from vt_cvs.demo.opbouw import SITUATIES, opdrachten
from vt_cvs.demo.team import accounts, sleutelbestand
from vt_cvs.demo.tijd import op_moment
from vt_cvs.kern.velden import voldoet_aan_elfproef
from vt_cvs.organisatie.models import Afzender, Medewerker, Rol

KLEIN = len(SITUATIES)
"""The smallest demo there is: each situation once."""
ZAAD = 7
NOOIT = {Casus: {"vernietigd"}, Inzageverzoek: {"verstrekt"}}
"""What is erased is no longer to be seen, and what is handed over needs a document that the background makes."""
MACHINES = [
    Advies,
    Betrokkene,
    Casus,
    Inzageverzoek,
    Keuze,
    Maatwerk,
    Melding,
    Monitoren,
    Overdracht,
    Signaal,
    Terugkoppeling,
    Triagebesluit,
    VHT,
    VV,
]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """One small demo for all tests of this module; what it said while building."""
    staat = tmp_path_factory.mktemp("staat")
    uit = io.StringIO()
    with django_db_blocker.unblock(), override_settings(STAAT=staat), transaction.atomic():
        call_command("demo", casussen=30, processen=1, zaad=ZAAD, stdout=uit)
        yield uit.getvalue()
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_elke_stand_komt_voor(demo, model: Any):
    standen = {str(stand) for stand, _ in model._meta.get_field("stand").choices}
    assert standen - NOOIT.get(model, set()) <= set(model.objects.values_list("stand", flat=True))


def test_elke_uitkomst_van_het_triagebesluit_komt_voor(demo):
    genomen = Triagebesluit.objects.filter(stand="genomen")
    assert set(Triagebesluit.Uitkomst.values) == set(genomen.values_list("uitkomst", flat=True))
    assert genomen.filter(acuut=True).exists()


def test_elke_open_casus_heeft_werk_dat_wacht(demo):
    met_werk = Taak.objects.filter(stand="open", casus__isnull=False).values("casus_id")
    zonder = Casus.objects.filter(stand="open").exclude(pk__in=met_werk)
    assert [(str(c), list(c.logregels.values_list("zin", flat=True))[-3:]) for c in zonder] == []


def test_er_zijn_termijnen_voorbij_en_termijnen_te_gaan(demo):
    vandaag = timezone.localdate()
    open_taken = Taak.objects.filter(stand="open", uiterlijk__isnull=False)
    te_laat = set(open_taken.filter(uiterlijk__lt=vandaag).values_list("termijn", flat=True))
    assert {"5 werkdagen", "10 weken", "3 maanden"} <= te_laat
    te_gaan = set(open_taken.filter(uiterlijk__gte=vandaag).values_list("termijn", flat=True))
    assert {"10 weken", "3 maanden", "12 maanden"} <= te_gaan


def test_de_bijzondere_casussen_zijn_er(demo):
    assert Casus.objects.filter(afgeschermd=True, stand="open").exists()
    assert Casus.objects.filter(heeft_alarm=True, stand="open").exists()
    assert Casus.objects.filter(volgt_op__isnull=False).count() >= 2
    assert NTI.objects.exists()
    assert Signaal.objects.filter(stand="nieuw").exclude(sluiten_voorgesteld_door=None).exists()
    assert Logregel.objects.filter(wat="noodknop").exists()
    assert {c.veiligheid for c in Casus.objects.all()} >= {
        "acuut",
        "structureel",
        "multiproblematisch",
        "geen",
        "stabiel",
    }


def test_niets_gebeurde_in_de_toekomst_en_het_verleden_is_verleden(demo):
    assert not Logregel.objects.filter(vastgelegd_op__gt=timezone.now()).exists()
    assert Logregel.objects.filter(vastgelegd_op__lt=timezone.now() - timedelta(days=365)).exists()
    assert not Melding.history.filter(history_date__gt=timezone.now()).exists()
    for casus in Casus.objects.filter(soort="melding"):
        eerste = casus.logregels.order_by("vastgelegd_op").first()
        assert eerste is not None
        assert eerste.vastgelegd_op >= casus.gestart_op - timedelta(minutes=1)


def test_alles_voldoet_aan_wat_de_database_bij_het_vastleggen_eist(demo):
    connection.check_constraints()


def test_wie_een_bsn_heeft_heeft_een_nummer_van_niemand(demo):
    nummers = [persoon.bsn for persoon in Persoon.objects.all() if persoon.bsn]
    assert nummers
    assert all(bsn.startswith("9999") and voldoet_aan_elfproef(bsn) for bsn in nummers)


def test_hetzelfde_zaad_geeft_dezelfde_mensen(demo):
    vandaag = timezone.localdate()

    def namen(zaad: int) -> list[str]:
        return [lid.naam for nummer in range(1, KLEIN) for lid in maak_gezin(zaad, nummer, op=vandaag).leden]

    assert namen(ZAAD) == namen(ZAAD)
    assert namen(ZAAD) != namen(ZAAD + 1)
    assert [o.situatie.naam for o in opdrachten(KLEIN, ZAAD)] == [o.situatie.naam for o in opdrachten(KLEIN, ZAAD)]
    bekend = {str(persoon) for persoon in Persoon.objects.all()}
    assert len(bekend & set(namen(ZAAD))) > KLEIN


def test_de_hele_demo_heeft_ongeveer_honderdvijftig_open_casussen():
    assert 170 <= len(opdrachten(sum(s.aantal for s in SITUATIES), ZAAD)) <= 200
    assert {o.situatie for o in opdrachten(1, ZAAD)} == set(SITUATIES)


def test_het_team_is_er_met_een_account_per_rol(demo):
    assert Medewerker.objects.filter(team__naam="West").count() == 12
    for account in accounts():
        medewerker = Medewerker.objects.get(email=account["email"])
        assert account["rol"] in medewerker.rolnamen
        assert medewerker.check_password(account["wachtwoord"])
    assert {account["rol"] for account in accounts()} == {rol.label for rol in Rol}


def test_de_sleutel_van_de_afzender_is_alleen_voor_wie_de_demo_draait(demo):
    pad = sleutelbestand()
    assert pad.stat().st_mode & 0o777 == 0o600
    assert Afzender.objects.get().sleutel_hash == Afzender.vingerafdruk(pad.read_text())


def test_de_voortgang_is_te_volgen(demo):
    assert "Demo: 20 van" in demo
    assert f"Demo: {KLEIN} van {KLEIN} casussen" in demo


# --- the command --------------------------------------------------------------------------------------------------


def test_een_gevulde_database_wordt_niet_nog_eens_gevuld(demo):
    voor = Casus.objects.count()
    with pytest.raises(CommandError, match="al medewerkers"):
        call_command("demo")
    call_command("demo", als_leeg=True)
    assert Casus.objects.count() == voor


def test_de_accounts_komen_als_json():
    uit = io.StringIO()
    call_command("demo", accounts=True, stdout=uit)
    gelezen = json.loads(uit.getvalue())
    assert [set(account) for account in gelezen] == [{"rol", "email", "wachtwoord"}] * len(Rol)


@override_settings(OMGEVING="productie")
@pytest.mark.parametrize("opties", [{}, {"als_leeg": True}, {"accounts": True}])
def test_in_productie_komen_er_geen_demogegevens(opties: dict[str, bool]):
    with pytest.raises(CommandError, match="niet in productie"):
        call_command("demo", **opties)


# --- standing in the past -----------------------------------------------------------------------------------------


def test_op_een_moment_is_het_dat_moment_ook_voor_velden_die_zelf_de_tijd_vragen():
    toen = timezone.now() - timedelta(days=400)
    with op_moment(toen):
        assert timezone.now() == toen
        assert timezone.localdate() == timezone.localdate(toen)
        assert Logregel().vastgelegd_op == toen
    assert timezone.now() - toen >= timedelta(days=400)
