"""A second factor that was lost goes by two administrators, and never quietly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.organisatie.gereedschap import HERSTEL, actie, als, post
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie import accounts
from vt_cvs.organisatie.accountlog import Accountregel, Factorherstel
from vt_cvs.organisatie.models import Medewerker

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def factor(noor) -> Authenticator:
    return Authenticator.objects.create(user=noor, type=Authenticator.Type.TOTP, data={"secret": "x"})


def vraag(wie: Medewerker, over: Medewerker, reden: str = "Telefoon kwijt; belde vanaf kantoor."):
    return als(wie).post(f"{HERSTEL}add/", {"medewerker": over.pk, "reden": reden}, follow=True)


def test_een_tweede_factor_gaat_weg_door_twee_beheerders_en_de_medewerker_hoort_het(bea, ben, noor, factor):
    assert vraag(bea, noor).status_code == 200
    verzoek = Factorherstel.objects.get()
    assert post() == sorted((wie.email, "gevraagd om de tweede factor te verwijderen") for wie in (noor, ben))
    actie(bea, HERSTEL, "bevestig", verzoek)
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    actie(ben, HERSTEL, "bevestig", verzoek)
    assert not Authenticator.objects.filter(user=noor).exists()
    assert (noor.email, "tweede factor verwijderd") in post()
    assert list(Accountregel.objects.order_by("pk").values_list("wat", "door")) == [
        ("factor_gevraagd", bea.pk), ("factor_weg", ben.pk),
    ]  # fmt: skip


def test_ook_sql_laat_niet_een_beheerder_alleen_bevestigen(bea, noor, factor):
    verzoek = accounts.vraag_factorherstel(noor, reden="kwijt", door=bea)
    for wie in (bea, noor):
        with pytest.raises(DatabaseError, match="factorherstel_door_twee"), transaction.atomic():
            Factorherstel.objects.filter(pk=verzoek.pk).update(bevestigd_door=wie, bevestigd_op=timezone.now())
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        Factorherstel.objects.filter(pk=verzoek.pk).update(gevraagd_door=noor)


def test_een_net_gemaakte_beheerder_bevestigt_niet_voor_wie_hem_maakte(bea, noor, factor):
    verzoek = accounts.vraag_factorherstel(noor, reden="kwijt", door=bea)
    tweede = accounts.maak_account(
        Medewerker(naam="Tweede Bea", email="b2@elders.example", rollen=["beheerder"]), door=bea
    )
    with pytest.raises(RegelGeweigerd, match="net jouw account"):
        accounts.bevestig_factorherstel(verzoek, door=tweede)
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_voor_jezelf_zonder_reden_of_dubbel_vragen_kan_niet(bea, ben, noor):
    vraag(bea, bea)
    vraag(bea, noor, "   ")
    assert not Factorherstel.objects.exists()
    with pytest.raises(RegelGeweigerd, match="Schrijf op waarom"):
        accounts.vraag_factorherstel(noor, reden="  ", door=bea)
    vraag(bea, noor)
    assert "Er loopt al een verzoek" in vraag(ben, noor).content.decode()
    assert Factorherstel.objects.count() == 1


def test_een_verzoek_verloopt_en_kan_dan_opnieuw(bea, ben, noor, factor, time_machine_klok):
    verzoek = accounts.vraag_factorherstel(noor, reden="kwijt", door=bea)
    time_machine_klok.shift(timedelta(days=3, minutes=1))
    with pytest.raises(RegelGeweigerd, match="vervallen"):
        accounts.bevestig_factorherstel(verzoek, door=ben)
    from vt_cvs.organisatie.tasks import ruim_verzoeken_op

    assert [ruim_verzoeken_op(), ruim_verzoeken_op()] == [1, 0]
    accounts.bevestig_factorherstel(accounts.vraag_factorherstel(noor, reden="nog steeds", door=bea), door=ben)
    assert not Authenticator.objects.exists()


def test_intrekken_houdt_de_factor(bea, ben, noor, factor):
    verzoek = accounts.vraag_factorherstel(noor, reden="kwijt", door=bea)
    actie(ben, HERSTEL, "trek_in", verzoek)
    with pytest.raises(RegelGeweigerd):
        accounts.bevestig_factorherstel(verzoek, door=ben)
    assert Authenticator.objects.filter(pk=factor.pk).exists()
