"""The screening page: works with plain forms, says what is missing, and shows nothing to who may not see it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.tasks import maak_inzagedocument
from casus.models import Contact
from casus.services.vastleggen import leg_contact_vast
from tests import factories as f
from tests.inzage.conftest import toon_alles
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.overgangen import voer_uit


def stap(client, verzoek, naam, **gegevens):
    verzoek = Inzageverzoek.objects.get(pk=verzoek.pk)
    return client.post(reverse("inzage:stap", args=[verzoek.pk, naam]), {"versie": verzoek.versie, **gegevens})


def test_een_nieuw_verzoek_begint_met_het_casusnummer(client, casus, screener):
    jelle = f.betrokkene(casus)
    client.force_login(screener)
    antwoord = client.get("/inzage/", {"nummer": casus.nummer.lower().replace("-", " ")})
    assert antwoord["Location"] == f"/casus/{casus.nummer}/inzage/nieuw/"
    pagina = client.get(antwoord["Location"])
    assert "Jelle Terpstra" in pagina.text
    antwoord = client.post(antwoord["Location"], {"verzoeker": jelle.pk, "ontvangen_op": "9:00"})
    verzoek = Inzageverzoek.objects.get()
    assert antwoord["Location"] == verzoek.pad()
    assert client.get("/inzage/").text.count(verzoek.pad()) == 1


def test_een_leeg_verzoek_houdt_wat_er_stond_en_zegt_wat_ontbreekt(client, casus, screener):
    client.force_login(screener)
    antwoord = client.post(f"/casus/{casus.nummer}/inzage/nieuw/", {"oordeel_toelichting": "Kent het dossier."})
    assert antwoord.status_code == 422
    assert "Kent het dossier." in antwoord.text
    assert "2 punten om na te kijken" in antwoord.text


def test_van_begin_tot_verstrekken_met_formulieren(client, verzoek, screener, privacy):
    leg_contact_vast(verzoek.casus, door=screener, verslag="Gesprek aan de Molenweg 9 in Lindedijk. Het gaat goed.")
    client.force_login(screener)
    assert stap(client, verzoek, "begin_screening").status_code == 302
    pagina = client.get(verzoek.pad())
    assert "0 van 3 beoordeeld" in pagina.text
    assert "Molenweg 9 in Lindedijk" in pagina.text or Onderdeel.objects.count() == 3
    contact = Onderdeel.objects.get(stuksoort="casus.contact")
    pagina = client.get(contact.pad())
    assert 'class="vt-voorstel"' in pagina.text
    assert "checked" not in pagina.text.split("vt-oordeel")[1].split("</fieldset>")[0]
    adres = reverse("inzage:beoordeel", args=[verzoek.pk, contact.pk])
    velden = {"oordeel": "tonen", "versie": contact.versie, "vingerafdruk": contact.vingerafdruk}
    geweigerd = client.post(adres, velden)
    assert geweigerd.status_code == 422
    assert "Beslis eerst over stuk 1" in geweigerd.text
    client.post(reverse("inzage:plek", args=[verzoek.pk, contact.pk, 1]), {"wat": "lakken", "versie": contact.versie})
    contact.refresh_from_db()
    lak = reverse("inzage:lak", args=[verzoek.pk, contact.pk])
    mis = client.post(lak, {"fragment": "staat er niet", "lakgrond": "a", "versie": contact.versie})
    assert mis.status_code == 422
    assert "letterlijk" in mis.text
    assert (
        client.post(lak, {"fragment": "Het gaat\n goed", "lakgrond": "b", "versie": contact.versie}).status_code == 302
    )
    contact.refresh_from_db()
    assert [plek["grond"] for plek in contact.lakplekken] == ["a", "b"]
    antwoord = client.post(adres, {**velden, "oordeel": "lakken", "versie": contact.versie})
    assert antwoord.status_code == 302
    toon_alles(verzoek, screener)
    assert stap(client, verzoek, "rond_screening_af").status_code == 302
    assert "voortgang" in client.get(verzoek.pad()).text
    maak_inzagedocument(verzoek.pk)
    assert stap(client, verzoek, "verstrek").status_code == 422
    client.force_login(privacy)
    document = client.get(reverse("inzage:document", args=[verzoek.pk]))
    assert document.content.startswith(b"%PDF")
    assert stap(client, verzoek, "verstrek").status_code == 302
    client.get(reverse("inzage:document", args=[verzoek.pk]))
    gelogd = Toegang.objects.filter(soort="inzage.document").values_list("gebeurtenis", flat=True)
    assert list(gelogd.order_by("id")) == ["inzien", "verstrekt"]
    assert client.get("/inzage/").status_code == 200
    assert client.get(verzoek.pad()).status_code == 200


def test_het_voorbeeld_laat_open_wat_niet_beoordeeld_is(client, in_screening, screener):
    leg_contact_vast(in_screening.casus, door=screener, verslag="GEHEIMPJE")
    client.force_login(screener)
    client.get(in_screening.pad())
    voorbeeld = client.get(reverse("inzage:voorbeeld", args=[in_screening.pk]))
    assert "Nog niet beoordeeld" in voorbeeld.text
    assert "GEHEIMPJE" not in voorbeeld.text


def test_wie_niet_betrokken_is_vindt_niets(client, in_screening):
    client.force_login(f.buitenstaander())
    onderdeel = in_screening.onderdelen.first()
    for pad in (in_screening.pad(), onderdeel.pad(), reverse("inzage:voorbeeld", args=[in_screening.pk])):
        assert client.get(pad).status_code == 404
    assert client.post(reverse("inzage:lak", args=[in_screening.pk, onderdeel.pk]), {}).status_code == 404
    assert client.get("/inzage/").status_code == 200
    client.force_login(f.medewerker("voorkant"))
    assert client.get("/inzage/").status_code == 403


def test_geen_naam_in_titel_of_bestandsnaam(client, in_screening, screener, privacy):
    client.force_login(screener)
    titel = client.get(in_screening.pad()).text.split("<title>")[1].split("</title>")[0]
    assert "Terpstra" not in titel
    toon_alles(in_screening, screener)
    voer_uit(in_screening, "rond_screening_af", door=screener)
    maak_inzagedocument(in_screening.pk)
    document = client.get(reverse("inzage:document", args=[in_screening.pk]))
    assert document["Content-Disposition"] == 'attachment; filename="inzagedossier.pdf"'


@pytest.mark.parametrize("wat", ["versie=999", "versie=abc", "oordeel=zomaar", ""])
def test_onzin_geeft_nooit_een_500(client, in_screening, screener, wat):
    client.force_login(screener)
    onderdeel = in_screening.onderdelen.first()
    gegevens = dict([wat.split("=")]) if wat else {}
    for naam, args in (
        ("beoordeel", [in_screening.pk, onderdeel.pk]),
        ("lak", [in_screening.pk, onderdeel.pk]),
        ("plek", [in_screening.pk, onderdeel.pk, 99]),
        ("stap", [in_screening.pk, "heropen"]),
        ("stap", [in_screening.pk, "wijs_af"]),
        ("stap", [in_screening.pk, "begin_screening"]),
        ("oordeel", [in_screening.pk]),
    ):
        assert client.post(reverse(f"inzage:{naam}", args=args), gegevens).status_code in {302, 422}
    assert client.post(reverse("inzage:stap", args=[in_screening.pk, "bestaat_niet"])).status_code == 404


def test_twee_mensen_tegelijk_de_tweede_hoort_het(client, in_screening, screener):
    onderdeel = in_screening.onderdelen.first()
    client.force_login(screener)
    adres = reverse("inzage:beoordeel", args=[in_screening.pk, onderdeel.pk])
    velden = {"oordeel": "tonen", "versie": onderdeel.versie, "vingerafdruk": onderdeel.vingerafdruk}
    assert client.post(adres, {**velden, "toelichting": "Eerste"}).status_code == 302
    antwoord = client.post(adres, {**velden, "toelichting": "Tweede"})
    assert antwoord.status_code == 422
    assert "Twee mensen schreven tegelijk" in antwoord.text
    assert "Eerste" in antwoord.text
    assert "Tweede" in antwoord.text


def test_een_contact_met_alert_vraagt_bewust_beoordelen(client, in_screening, screener):
    contact = leg_contact_vast(
        in_screening.casus,
        door=screener,
        soort=Contact.Soort.HUISBEZOEK,
        alert=True,
        alert_reden="Vluchtplan staat erin.",
    )
    client.force_login(screener)
    client.get(in_screening.pad())
    onderdeel = Onderdeel.objects.get(stuksoort="casus.contact", stuk_id=contact.pk)
    assert onderdeel.voorstellen
    pagina = client.get(onderdeel.pad()).text
    assert "Alert." in pagina
    assert "Vluchtplan staat erin." in pagina
