"""An administrator manages accounts and can become nobody: links, addresses and roles, all told on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests import factories as f
from tests.organisatie.gereedschap import LIJST, actie, als, kies_wachtwoord, link, post, wijzig
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie import accounts
from vt_cvs.organisatie.accountlog import Accountregel
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


# --- passwords -------------------------------------------------------------------------------------------------


def test_een_beheerder_kan_geen_wachtwoord_van_een_collega_zetten(bea, noor):
    oud = noor.password
    pagina = als(bea).get(f"{LIJST}{noor.pk}/change/").content.decode()
    assert 'type="password"' not in pagina
    wijzig(bea, noor, wachtwoord="een-lang-wachtwoord-1", password="een-lang-wachtwoord-1")
    assert Medewerker.objects.get(pk=noor.pk).password == oud
    assert als(bea).get(f"{LIJST}{noor.pk}/password/").status_code in {302, 404}
    assert als(bea).post(f"{LIJST}{noor.pk}/password/", {"password1": "x"}).status_code in {302, 404}
    assert Medewerker.objects.get(pk=noor.pk).password == oud


def test_een_nieuw_account_krijgt_een_link_aan_het_eigen_adres_en_die_werkt_een_keer(bea):
    als(bea).post(
        f"{LIJST}add/",
        {"naam": "Nieuwe Collega", "email": "Nieuw@merenland.example", "rollen": ["voorkant"], "is_active": "on",
         "wachtwoord": "een-lang-wachtwoord-1"},
    )  # fmt: skip
    nieuw = Medewerker.objects.get(email="nieuw@merenland.example")
    assert not nieuw.has_usable_password()
    pad = link()
    assert mail.outbox[-1].to == ["nieuw@merenland.example"]
    assert kies_wachtwoord(pad) == 302
    antwoord = Client().post(
        "/account/login/", {"login": "nieuw@merenland.example", "password": "paarse fietsen in de regen"}
    )
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/werk/")
    assert kies_wachtwoord(pad, "iets anders dan dat het was") == 0


def test_een_link_verloopt_en_staat_niet_in_de_uitpost(bea, noor, time_machine_klok):
    actie(bea, LIJST, "stuur_link", noor)
    rij = Uitpost.objects.get(soort=accounts.WACHTWOORDLINK)
    assert rij.inhoud == {"medewerker_id": noor.pk}
    pad = link()
    assert mail.outbox[-1].to == [noor.email]
    time_machine_klok.shift(timedelta(hours=25))
    assert kies_wachtwoord(pad) == 0


def test_wie_uit_dienst_is_krijgt_geen_link(bea, noor):
    Medewerker.objects.filter(pk=noor.pk).update(is_active=False)
    assert "Zet eerst" in actie(bea, LIJST, "stuur_link", noor).content.decode()
    assert post() == []


# --- addresses -------------------------------------------------------------------------------------------------


def test_een_ander_adres_is_bekend_op_het_oude_adres_bij_de_privacyfunctionaris_en_in_het_log(bea, noor, ilse):
    oud = noor.email
    EmailAddress.objects.create(user=noor, email=oud, primary=True, verified=True)
    wijzig(bea, noor, email="elders@merenland.example")
    assert post() == sorted([(oud, "e-mailadres gewijzigd"), (ilse.email, "e-mailadres gewijzigd")])
    regel = Accountregel.objects.get(wat="adres")
    assert (regel.medewerker, regel.door, regel.oud, regel.nieuw) == (noor, bea, oud, "elders@merenland.example")
    assert list(EmailAddress.objects.values_list("user", "email", "primary")) == [
        (noor.pk, "elders@merenland.example", True)
    ]
    assert Client().post("/account/login/", {"login": oud, "password": "een lang wachtwoord"}).status_code == 200


def test_wie_het_adres_wijzigt_stuurt_niet_ook_de_link(bea, ben, noor, time_machine_klok):
    wijzig(bea, noor, email="van-bea@elders.example")
    assert "Laat een andere beheerder" in actie(bea, LIJST, "stuur_link", noor).content.decode()
    Client().post("/account/password/reset/", {"email": "van-bea@elders.example"})  # nor by the public page
    assert not [m for m in mail.outbox if "/account/password/reset/key" in m.body]
    actie(ben, LIJST, "stuur_link", noor)
    assert post()[-1][0] == "van-bea@elders.example"
    time_machine_klok.shift(timedelta(days=4))
    Client().post("/account/password/reset/", {"email": "van-bea@elders.example"})
    assert "/account/password/reset/key" in mail.outbox[-1].body


def test_een_adres_wijzigen_gaat_niet_buiten_beheer_om(noor):
    client = als(noor)
    client.post("/account/email/", {"action_add": "", "email": "anders@merenland.example"})
    assert not EmailAddress.objects.filter(email="anders@merenland.example").exists()
    assert Medewerker.objects.get(pk=noor.pk).email == noor.email


def test_een_adres_van_een_collega_kan_niet(bea, ben, noor):
    assert "hoort al bij een andere" in wijzig(bea, noor, email=ben.email.upper()).content.decode()


# --- roles -----------------------------------------------------------------------------------------------------


def test_een_rol_erbij_staat_in_het_log_en_elke_privacyfunctionaris_hoort_het(bea, noor, ilse):
    tweede = f.medewerker(Rol.PRIVACYFUNCTIONARIS)
    wijzig(bea, noor, rollen=["achterkant", "teamleider"])
    assert post() == sorted([(ilse.email, "rollen gewijzigd"), (tweede.email, "rollen gewijzigd")])
    assert "Was: achterkant. Nu: achterkant, teamleider" in mail.outbox[0].body
    regel = Accountregel.objects.get(wat="rollen")
    assert (regel.medewerker, regel.door) == (noor, bea)


def test_wie_als_privacyfunctionaris_wordt_weggehaald_hoort_dat_zelf_nog(bea, ilse):
    wijzig(bea, ilse, rollen=["voorkant"])
    assert post() == [(ilse.email, "rollen gewijzigd")]


def test_zonder_privacyfunctionaris_horen_de_andere_beheerders_het(bea, ben, noor):
    wijzig(bea, noor, rollen=["achterkant", "vertrouwensarts"])
    assert post() == [(ben.email, "rollen gewijzigd")]


def test_weer_in_dienst_geeft_de_rollen_terug_en_dat_wordt_gezien(bea, noor, ilse):
    Medewerker.objects.filter(pk=noor.pk).update(is_active=False)
    noor.refresh_from_db()
    wijzig(bea, noor, is_active="on")
    assert post() == [(ilse.email, "in dienst gezet")]


def test_niemand_verandert_eigen_rollen_team_of_dienstverband(bea):
    oost = f.team("Oost")
    wijzig(bea, bea, rollen=["beheerder", "achterkant"], team=oost.pk, is_active=None)
    nu = Medewerker.objects.get(pk=bea.pk)
    assert (nu.rollen, nu.team_id, nu.is_active) == (["beheerder"], bea.team_id, True)
    nu.rollen = ["beheerder", "achterkant"]
    with pytest.raises(RegelGeweigerd, match="een andere beheerder"):
        accounts.wijzig_account(nu, door=bea)


def test_het_accountlog_staat_vast(bea, noor):
    wijzig(bea, noor, rollen=["voorkant"])
    for opdracht in ("UPDATE organisatie_accountregel SET oud = ''", "DELETE FROM organisatie_accountregel"):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht)
    assert "rollen gewijzigd" in als(bea).get("/beheer/organisatie/accountregel/").content.decode()


# --- no sidestep -----------------------------------------------------------------------------------------------


def test_beheer_toont_alleen_wat_van_dit_product_is(bea):
    buiten_de_organisatie = {m._meta.label for m in admin.site._registry if m._meta.app_label != "organisatie"}
    assert buiten_de_organisatie == {"triage.Instrumentuitgave"}, "nooit een dossier"
    for pad in ("account/emailaddress", "mfa/authenticator", "socialaccount/socialaccount", "socialaccount/socialapp",
                "socialaccount/socialtoken", "auth/group", "sessions/session"):  # fmt: skip
        assert als(bea).get(f"/beheer/{pad}/").status_code == 404, pad


def test_verlopen_sessies_gaan_weg_en_lopende_blijven(noor):
    from vt_cvs.organisatie.tasks import ruim_sessies_op

    als(noor)
    blijft = Session.objects.get()
    Session.objects.create(session_key="oud", session_data="x", expire_date=timezone.now() - timedelta(hours=1))
    ruim_sessies_op()
    ruim_sessies_op()
    assert list(Session.objects.all()) == [blijft]


def test_elke_taak_op_de_klok_bestaat_en_wat_verloopt_wordt_opgeruimd(settings):
    from vt_cvs.celery import app

    app.loader.import_default_modules()
    taken = {regel["task"] for regel in settings.CELERY_BEAT_SCHEDULE.values()}
    assert taken <= set(app.tasks)
    assert {"vt_cvs.organisatie.tasks.ruim_sessies_op", "vt_cvs.organisatie.tasks.ruim_verzoeken_op"} <= taken
    from allauth.account import app_settings

    assert app_settings.EMAIL_CONFIRMATION_HMAC, "zonder dit laten bevestigingen rijen achter die iemand moet opruimen"
