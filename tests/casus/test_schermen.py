"""The screens of the spine: what is always visible, what always goes through, and who may look."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casus.models import Alarmering, Bijlage, Casus, Contact, Taak, Veiligheidsafspraak, Veiligheidsscore
from casus.models import Veiligheidsvoorwaarde as Voorwaarde
from casus.services.bijlagen import lees_bijlage
from casus.services.casussen import sluit_casus
from casus.services.vastleggen import stel_voorwaarde
from casus.services.werk import maak_taak
from melding.models import Signaal
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.termijnen import triagetermijn
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db

TABS = ["", "betrokkenen/", "veiligheid/", "contacten/", "documenten/", "logboek/"]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def noor():
    return factories.medewerker(naam="Noor Haddad")


@pytest.fixture
def casus(noor):
    casus = factories.casus(noor)
    factories.betrokkene(casus, voornamen="Marloes", achternaam="Verhoeven", geslacht="V")
    return Casus.objects.get(pk=casus.pk)


def ingelogd(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.mark.regel("RW-4.6", "RW-4.7")
@pytest.mark.parametrize("deel", [*TABS, "vastleggen/contact/", "vastleggen/score/", "betrokkenen/nieuw/", "sluiten/"])
def test_wie_verantwoordelijk_is_en_hoe_de_casus_staat_is_op_elk_scherm_te_zien(noor, casus, deel):
    pagina = ingelogd(noor).get(f"{casus.pad()}{deel}").content.decode()
    assert "Verantwoordelijk: <b>Noor Haddad</b>" in pagina
    assert "Open" in pagina
    assert casus.nummer in pagina


@pytest.mark.regel("RW-4.15")
def test_elk_onderdeel_is_vanaf_elk_onderdeel_een_stap(noor, casus):
    client = ingelogd(noor)
    for deel in TABS:
        pagina = client.get(f"{casus.pad()}{deel}").content.decode()
        assert all(f'href="{casus.pad()}{ander}"' in pagina for ander in TABS)


@pytest.mark.regel("RW-4.6", "RW-5.9")
def test_mijn_werk_toont_nummer_naam_type_en_stap_met_de_termijn(noor, casus):
    maak_taak(
        casus,
        "vht",
        titel="VHT invullen",
        omdat="er nog niemand naar keek",
        pad=casus.pad(),
        door=noor,
        casus=casus,
        voor=noor,
        termijn=triagetermijn(casus.gestart_op).sturend,
    )
    pagina = ingelogd(noor).get("/werk/").content.decode()
    for tekst in (casus.nummer, "Verhoeven", "melding", "VHT invullen", "omdat er nog niemand naar keek", "nog "):
        assert tekst in pagina


def test_mijn_werk_toont_geen_werk_van_een_ander(noor, casus):
    maak_taak(casus, "x", titel="Iets voor Noor", omdat="", pad="/", door=noor, casus=casus, voor=noor)
    ander = factories.collega(noor)
    assert "Iets voor Noor" not in ingelogd(ander).get("/werk/").content.decode()


def test_een_collega_die_om_een_handtekening_vraagt_staat_boven_de_lijst(noor, casus):
    sanne = factories.collega(noor, naam="Sanne de Wit")
    maak_taak(casus, "tekenen", titel="Triagebesluit", omdat="", pad=casus.pad(), door=sanne, casus=casus, voor=noor)
    strook = ingelogd(noor).get("/werk/zojuist/", headers={"HX-Request": "true"}).content.decode()
    assert "Sanne de Wit vraagt je handtekening" in strook
    assert "<html" not in strook


def test_de_lijst_bladert_zonder_iets_te_missen_of_te_herhalen(noor, casus):
    for n in range(120):
        maak_taak(casus, f"s{n}", titel=f"Taak {n:03}.", omdat="", pad="/", door=noor, casus=casus, voor=noor)
    client, gezien, adres = ingelogd(noor), [], "/werk/"
    while adres:
        antwoord = client.get(adres)
        gezien += [r.titel for _, regels in antwoord.context["groepen"] for r in regels]
        volgende = antwoord.context["volgende"]
        adres = f"/werk/?na={volgende}" if volgende else ""
    assert sorted(gezien) == [f"Taak {n:03}." for n in range(120)]


@pytest.mark.regel("RW-3.3", "RW-5.13", "RW-5.15")
@pytest.mark.parametrize(
    ("wat", "gegevens", "model"),
    [
        ("contact", {"soort": "telefoon"}, Contact),
        ("hoor", {"soort": "telefoon", "hoor_wederhoor": "on"}, Contact),
        ("afspraak", {"tekst": "Bij ruzie gaat hij naar zijn broer."}, Veiligheidsafspraak),
        ("voorwaarde", {"tekst": "Geen alcohol als de kinderen er zijn."}, Voorwaarde),
        ("alarmering", {"waarschuwing": "Vuurwapen in huis"}, Alarmering),
        ("afspraak", {"tekst": "", "met": ""}, Veiligheidsafspraak),
        ("voorwaarde", {"tekst": " ", "geldt_tot": ""}, Voorwaarde),
        ("alarmering", {"waarschuwing": "", "wat_te_doen": ""}, Alarmering),
    ],
)
def test_vastleggen_voor_de_veiligheid_lukt_altijd_ook_met_lege_velden(noor, casus, wat, gegevens, model):
    antwoord = ingelogd(noor).post(f"{casus.pad()}vastleggen/{wat}/", gegevens)
    assert antwoord.status_code == 302
    assert model.objects.filter(casus=casus).count() == 1


def test_een_lege_tekst_neemt_nooit_de_plaats_in_van_een_voorwaarde(noor, casus):
    oud = stel_voorwaarde(casus, "Geen alcohol als de kinderen er zijn.", door=noor)
    antwoord = ingelogd(noor).post(f"{casus.pad()}voorwaarde/{oud.pk}/aanscherpen/", {"tekst": "", "geldt_tot": ""})
    assert antwoord.status_code == 422
    assert Voorwaarde.objects.get(casus=casus).beeindigd_op is None


@pytest.mark.regel("RW-8.1", "RW-8.2")
def test_een_nieuwe_score_laat_de_vorige_staan(noor, casus):
    betrokkene = casus.betrokkenen.get()
    client = ingelogd(noor)
    for score in (4, 6):
        client.post(f"{casus.pad()}vastleggen/score/", {f"score_{betrokkene.pk}": score})
    assert list(Veiligheidsscore.objects.order_by("id").values_list("score", flat=True)) == [4, 6]
    casus.refresh_from_db(fields=["laagste_score"])
    assert casus.laagste_score == 6


def test_wie_fout_typt_verliest_niets_en_ziet_alles_tegelijk(noor, casus):
    antwoord = ingelogd(noor).post(
        f"{casus.pad()}betrokkenen/nieuw/",
        {"voornamen": "Sem", "geboortedatum": "31-02-2017", "stand": "", "aandeel": "onzin"},
    )
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "31 februari bestaat niet" in pagina
    assert 'value="Sem"' in pagina
    assert len(antwoord.context["form"].errors) == 3


@pytest.mark.regel("RW-3.8")
def test_wie_niet_betrokken_is_krijgt_de_noodknop_en_die_wordt_gemeld(noor, casus):
    privacy = factories.medewerker(Rol.PRIVACYFUNCTIONARIS)
    vreemde = factories.buitenstaander()
    client = ingelogd(vreemde)
    antwoord = client.get(casus.pad())
    assert antwoord.status_code == 403
    assert "Verhoeven" not in antwoord.content.decode()
    assert client.post(f"{casus.pad()}noodknop/", {"reden": ""}).status_code == 422
    assert client.post(f"{casus.pad()}noodknop/", {"reden": "Politie aan de lijn"}).status_code == 302
    assert client.get(casus.pad()).status_code == 200
    assert client.post(f"{casus.pad()}vastleggen/contact/", {"soort": "telefoon"}).status_code == 403
    assert {t.voor for t in Taak.objects.filter(soort="noodknop")} == {privacy, noor}
    assert Toegang.objects.filter(medewerker=vreemde, gebeurtenis="noodknop", grond="Politie aan de lijn").exists()


def test_de_noodknop_geldt_een_uur(noor, casus, time_machine):
    time_machine.move_to("2026-11-23T10:00:00+01:00", tick=False)
    vreemde = factories.buitenstaander()
    client = ingelogd(vreemde)
    client.post(f"{casus.pad()}noodknop/", {"reden": "Politie aan de lijn"})
    assert client.get(casus.pad()).status_code == 200
    time_machine.move_to("2026-11-23T11:00:01+01:00", tick=False)
    assert client.get(casus.pad()).status_code == 403


def test_een_afgeschermde_casus_kent_alleen_de_genoemden(noor, casus):
    collega, leider = factories.collega(noor), factories.collega(noor, Rol.TEAMLEIDER)
    assert ingelogd(collega).get(casus.pad()).status_code == 200
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    casus.genoemden.add(noor)
    assert ingelogd(noor).get(casus.pad()).status_code == 200
    assert ingelogd(collega).get(casus.pad()).status_code == 403
    assert ingelogd(leider).get(casus.pad()).status_code == 403


@pytest.mark.regel("RW-3.8")
def test_elke_blik_in_een_casus_staat_in_het_toegangslog_een_keer_per_pagina(noor, casus):
    ingelogd(noor).get(casus.pad())
    regel = Toegang.objects.get(medewerker=noor, gebeurtenis="inzien")
    assert regel.casus_id == casus.pk


def test_de_beheerder_ziet_geen_dossier_en_de_medewerker_geen_beheer(noor, casus):
    beheerder = factories.medewerker(Rol.BEHEERDER)
    assert ingelogd(beheerder).get(casus.pad()).status_code == 403
    assert ingelogd(beheerder).post(f"{casus.pad()}noodknop/", {"reden": "nieuwsgierig"}).status_code == 422
    assert ingelogd(noor).get("/beheer/", follow=True).status_code == 403


@pytest.mark.parametrize("pad", ["/werk/", "/casus/C-111-111-118/", "/beheer/", "/zoeken/?q=x", "/werk/zojuist/"])
def test_zonder_inloggen_komt_niemand_verder_dan_de_inlogpagina(pad):
    antwoord = Client().get(pad)
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith(("/account/login/", "/beheer/login/"))


@pytest.mark.regel("RW-7.5")
def test_een_directbetrokkene_wordt_op_het_scherm_geen_betrokken_derde(noor, casus):
    betrokkene = casus.betrokkenen.get()
    client = ingelogd(noor)
    pagina = client.get(f"{betrokkene.pad()}{betrokkene.pk}/").content.decode()
    assert "wordt geen betrokken derde meer" in pagina
    client.post(
        f"{betrokkene.pad()}{betrokkene.pk}/",
        {"voornamen": "Marloes", "achternaam": "Verhoeven", "stand": "betrokken_derde", "versie": "1"},
    )
    betrokkene = type(betrokkene).objects.get(pk=betrokkene.pk)
    assert betrokkene.stand == "directbetrokkene"


@pytest.mark.regel("RW-7.1")
def test_de_rol_heeft_een_toelichting_bij_het_veld(noor, casus):
    pagina = ingelogd(noor).get(f"{casus.pad()}betrokkenen/nieuw/").content.decode()
    assert "wie het geweld begaat of ondergaat, of tot hun huishouden of gezin hoort" in pagina
    assert 'aria-describedby="id_stand_helptext"' in pagina


@pytest.mark.regel("RW-13.AF")
def test_contact_op_een_gesloten_casus_vraagt_of_het_een_nieuw_signaal_is(noor, casus):
    casus = sluit_casus(casus, door=noor)
    client = ingelogd(noor)
    adres = f"{casus.pad()}vastleggen/contact/"
    assert "Is dit een nieuw signaal" in client.get(adres).content.decode()
    ja = client.post(adres, {"soort": "telefoon", "verslag": "Weer geschreeuw gehoord.", "nieuw_signaal": "ja"})
    signaal = Signaal.objects.get()
    assert (ja["Location"], signaal.tekst) == (signaal.pad(), "Weer geschreeuw gehoord.")
    assert casus.nummer in client.get(signaal.pad()).content.decode()
    client.post(adres, {"soort": "telefoon", "verslag": "Bedankje.", "nieuw_signaal": "nee"})
    assert Contact.objects.get(casus=casus).verslag == "Bedankje."


def test_een_bijlage_staat_versleuteld_in_de_opslag_en_komt_heel_terug(noor, casus):
    client = ingelogd(noor)
    client.post(f"{casus.pad()}documenten/", {"bijlage": SimpleUploadedFile("../verslag.pdf", PDF)})
    bijlage = Bijlage.objects.get()
    assert bijlage.naam == "verslag.pdf"
    assert lees_bijlage(bijlage) == PDF
    from django.core.files.storage import default_storage

    with default_storage.open(bijlage.opslagnaam) as bestand:
        assert b"PDF" not in bestand.read()
    antwoord = client.get(f"{casus.pad()}documenten/{bijlage.pk}/")
    assert antwoord.content == PDF
    assert antwoord["Content-Disposition"].startswith("attachment")
    assert Toegang.objects.filter(gebeurtenis="bijlage", stuk_id=bijlage.pk).exists()


def zipbom() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("word/document.xml", b"\0" * 30_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("naam", "inhoud", "zin"),
    [
        ("leeg.pdf", b"", "leeg"),
        ("foto.jpg", b"MZ\x90\x00" + b"\0" * 100, "Dit soort bestand kan niet"),
        ("pagina.txt", b"<html><script>alert(1)</script></html>", "Dit soort bestand kan niet"),
        ("bom.docx", zipbom(), "niet veilig"),
    ],
    ids=["leeg", "programma", "webpagina", "zipbom"],
)
def test_een_onveilige_bijlage_wordt_geweigerd_met_wat_wel_kan(noor, casus, naam, inhoud, zin):
    antwoord = ingelogd(noor).post(
        f"{casus.pad()}vastleggen/contact/",
        {"soort": "telefoon", "verslag": "Mijn tekst", "bijlage": SimpleUploadedFile(naam, inhoud)},
    )
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert zin in pagina
    assert "Mijn tekst" in pagina
    assert not Contact.objects.exists()


@pytest.mark.parametrize("aantal", [1, 40])
def test_het_aantal_vragen_aan_de_database_hangt_niet_van_het_aantal_rijen_af(
    noor, casus, aantal, django_assert_max_num_queries
):
    for n in range(aantal):
        maak_taak(casus, f"s{n}", titel="x", omdat="", pad="/", door=noor, casus=casus, voor=noor)
        Contact(casus=casus, door=noor, onderwerp=f"contact {n}").bewaar(door=noor, reden="proef")
    client = ingelogd(noor)
    client.get("/werk/")
    with django_assert_max_num_queries(12):
        client.get("/werk/")
    with django_assert_max_num_queries(12):
        client.get(casus.pad())


def test_mdo_en_rare_invoer_geven_nooit_een_500(noor, casus):
    client = ingelogd(noor)
    vreemd = "\x00\u202e👩‍👧 <b>x</b> " * 50
    for deel in ("contact", "afspraak", "voorwaarde", "alarmering"):
        antwoord = client.post(
            f"{casus.pad()}vastleggen/{deel}/",
            {"soort": vreemd, "tekst": vreemd, "waarschuwing": vreemd, "verslag": vreemd, "op": vreemd},
        )
        assert antwoord.status_code in {302, 422}
    for adres in (
        "/werk/?na=x.y.z.1&stap=zzz&weergave=zzz",
        f"{casus.pad()}?na=nergens",
        f"{casus.pad()}contacten/?stap=x",
    ):
        assert client.get(adres).status_code in {200, 422}
