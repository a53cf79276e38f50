"""Who may read what: looked through before it leaves, on screen, through the API and in the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail

from casus.models import Familieband, Terugkoppeling
from casus.services.terugkoppeling import concepttekst, vraag_terugkoppeling
from tests import factories
from tests.casus.post import aan, bezwaren, geschreven
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.uitpost import bezorg

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-5.1")]


@pytest.mark.parametrize("partij", ["professional", "burger", "politie", "anoniem"])
@pytest.mark.parametrize("uitkomst", ["", "bij_vt", "overdracht", "maatwerk", "einde"])
def test_een_sjabloon_zonder_aanpassing_gaat_altijd_weg(aan_melder, noor, moeder, vader, partij, uitkomst):
    Terugkoppeling.objects.filter(pk=aan_melder.pk).update(soort_ontvanger=partij, uitkomst=uitkomst)
    assert bezwaren(geschreven(Terugkoppeling.objects.get(pk=aan_melder.pk), noor)) == []


@pytest.mark.parametrize(
    "teveel",
    [
        "Marloes Bakker", "marloes  bakker".replace("  ", " "), "mevrouw Bakker", "Marloes", "de heer de Boer",
        "Zij is van 4-3-1990.", "geboren op 4 maart 1990", "111222333", "1112.22.333".replace(".", " "),
        "Kerkstraat 12", "kerkstraat 12 in Leeuwarden", "8911AB", "8911 ab", "{kind}",
    ],
)  # fmt: skip
def test_de_melder_hoort_niets_over_mensen_uit_de_casus(aan_melder, noor, moeder, vader, client, teveel):
    form = client.get(aan_melder.pad()).context["form"]
    gevuld = {veld.html_name: str(veld.value() or "") for veld in form}
    antwoord = client.post(aan_melder.pad(), gevuld | {"tekst": f"{gevuld['tekst']}\n{teveel}"})
    assert antwoord.status_code == 422
    assert "Haal" in antwoord.content.decode() or "Er staat nog" in antwoord.content.decode()
    klaar = geschreven(aan_melder, noor, teveel)
    antwoord = client.post(
        f"/api/v1/terugkoppelingen/{klaar.pk}/verstuur",
        {"motivering": "toch"},
        content_type="application/json",
        headers={"If-Match": f'"{klaar.versie}"'},
    )
    assert antwoord.status_code == 409
    assert {b["pointer"] for b in antwoord.json()["belemmeringen"]} == {"/tekst"}
    bezorg()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "teveel",
    [
        "marloes is veilig", "MARLOES", "mevrouw bakker", "Bakkers kinderen", "Marloes’ kind", "Mar\u00adloes",
        "Mårloes", "mail marloes@post.example", "bel 06-12345678", "06 12 34 56 78", "+31612345678", "0031 6 12345678",
        "1990-03-04", "04031990", "4 maart ’90", "111-222-333", "BSN111222333", "111 222 333", "Bo huilt", "Li",
        "Dorpsstraat 7", "9999 ZZ", "m-000-000-000",
    ],
)  # fmt: skip
def test_ook_slordig_geschreven_komt_er_niets_door(aan_melder, noor, moeder, vader, teveel):
    type(moeder.persoon).objects.filter(pk=moeder.persoon_id).update(telefoon="0612345678")
    factories.betrokkene(
        aan_melder.dossier,
        voornamen="Bo",
        achternaam="Li",
        straat="Dorpsstraat 7",
        postcode="9999ZZ",
        rol="professional",
    )
    assert bezwaren(geschreven(aan_melder, noor, teveel)), teveel


@pytest.mark.parametrize(
    "mag",
    [
        "M-000", "0800-2000", "Bel 0612345678", "Bel ons. Dank u wel.", "12 maart 2026", "Dit is een goed begin.",
        "Bel 06 12345678 of 0900-1112223.", "Op 2 mei 14 uur.", "wil je ons bellen?",
    ],
)  # fmt: skip
def test_gewone_zinnen_gaan_gewoon_weg(aan_melder, noor, moeder, vader, mag):
    factories.betrokkene(aan_melder.dossier, voornamen="Wil", achternaam="Goed", geboortedatum=date(1970, 1, 1))
    assert bezwaren(geschreven(aan_melder, noor, mag)) == []


def test_iemand_uit_een_andere_casus_mag_er_niet_in(aan_melder, noor, moeder):
    elders = factories.melding(door=noor)
    factories.betrokkene(elders.casus, voornamen="Yusuf", achternaam="Demir")
    assert bezwaren(geschreven(aan_melder, noor, "Ook Yusuf Demir was erbij.")) == [
        "Haal “Yusuf Demir” weg: die persoon hoort niet bij deze casus."
    ]
    assert bezwaren(geschreven(aan_melder, noor, "Groet van Noor Visser.")) == []


@pytest.mark.parametrize("rol", ["directbetrokkene", "professional"])
def test_wie_zelf_in_de_casus_staat_en_meldt_krijgt_gewoon_bericht(melding, noor, moeder, rol):
    """The mother reports herself, the teacher who reported is also in the file: the salutation is no leak."""
    els = factories.betrokkene(melding.casus, voornamen="Els", achternaam="Postma", email="els@post.example", rol=rol)
    zelf = vraag_terugkoppeling(
        melding.stap, "triagebesluit", door=noor, aan="Els Postma", adres="els@post.example",
        meldingsnummer=melding.nummer, partij="burger", uitkomst="bij_vt",
    )  # fmt: skip
    assert els.persoon is not None
    assert bezwaren(geschreven(zelf, noor)) == []
    assert any("geen namen" in b for b in bezwaren(geschreven(zelf, noor, "Marloes Bakker")))
    voer_uit(geschreven(zelf, noor), "verstuur", door=noor)
    bezorg()
    assert mail.outbox[0].to == ["els@post.example"]


@pytest.mark.regel("RW-7.15")
def test_een_geheim_adres_blijft_geheim_waar_het_ook_bekend_is(aan_melder, noor, moeder, vader, melding):
    """In another case, under another spelling, or of somebody who is not of this case at all."""
    elders = factories.melding(door=noor).casus
    schuil = {"straat": "Schuilweg 99a", "postcode": "1234 ZZ", "plaats": "Elders", "adres_geheim": True}
    factories.betrokkene(elders, voornamen="Marloes", achternaam="Backer", **schuil)
    for bericht in (aan_melder, aan(vader, melding, noor)):
        for tekst in ("Zij is nu op Schuilweg 99a in Elders.", "Het is 1234zz nummer 99.", "schuilweg 99A, 1234 ZZ"):
            assert "Haal het adres weg: dat is geheim." in bezwaren(geschreven(bericht, noor, tekst)), tekst
        assert bezwaren(geschreven(bericht, noor, "Kom naar Schuilweg 99a in Leeuwarden.")) == []
        assert bezwaren(geschreven(bericht, noor, "De school heeft postcode 1234 ZZ.")) == []
    brief = geschreven(aan(vader, melding, noor), noor, wijze="brief", adres="Schuilweg 99a, 1234 ZZ Elders")
    assert "Dit adres is geheim en van iemand anders. Haal het weg." in bezwaren(brief)


@pytest.mark.regel("RW-7.15")
def test_dezelfde_mens_twee_keer_ingevoerd_heeft_een_geheim_adres(aan_melder, noor, moeder):
    elders = factories.melding(door=noor).casus
    dubbel = factories.betrokkene(elders, voornamen="M.", achternaam="B.", straat="Stille Steeg 3", adres_geheim=True)
    for wie in (moeder, dubbel):
        wie.persoon.bsn = "111222333"
        wie.persoon.bewaar(door=noor, reden="test")
    assert "Haal het adres weg: dat is geheim." in bezwaren(geschreven(aan_melder, noor, "Zij woont Stille Steeg 3."))


def test_wie_geen_gezag_meer_heeft_krijgt_het_bericht_over_het_kind_niet(noor, melding, moeder):
    sem = factories.betrokkene(melding.casus, voornamen="Sem", achternaam="Bakker", geboortedatum=date(2018, 5, 6))
    band = Familieband(persoon=moeder.persoon, soort="ouder", ander=sem.persoon)
    band.bewaar(door=noor, reden="test")
    via = vraag_terugkoppeling(
        melding.stap, "melding", door=noor, aan=str(moeder), adres="marloes@post.example", betrokkene=sem, via=moeder,
        meldingsnummer=melding.nummer, partij="gezaghebbende",
    )  # fmt: skip
    assert bezwaren(geschreven(via, noor)) == []
    type(moeder).objects.filter(pk=moeder.pk).update(gezag=False)
    assert "heeft geen gezag over Sem Bakker" in bezwaren(geschreven(via, noor))[0]


def test_een_mail_naar_twee_adressen_gaat_ook_met_de_api_niet_weg(aan_melder, noor, client):
    klaar = geschreven(aan_melder, noor, adres="wit@politie.example, x@elders.example")
    kop = {"If-Match": f'"{klaar.versie}"'}
    adres = f"/api/v1/terugkoppelingen/{klaar.pk}/verstuur"
    antwoord = client.post(adres, {}, content_type="application/json", headers=kop)
    assert antwoord.status_code == 409
    assert antwoord.json()["belemmeringen"][0]["pointer"] == "/adres"


def test_het_mailadres_van_een_ander_uit_de_casus_is_het_verkeerde(aan_melder, noor, moeder):
    assert "mailadres van Marloes Bakker" in bezwaren(geschreven(aan_melder, noor, adres="Marloes@post.example"))[0]


def test_iemand_van_een_andere_casus_is_geen_ontvanger(noor, melding):
    elders = factories.betrokkene(factories.melding(door=noor).casus, voornamen="Yusuf", achternaam="Demir")
    vreemd = aan(elders, melding, noor)
    assert any("hoort niet bij deze casus" in b for b in bezwaren(geschreven(vreemd, noor, adres="y@post.example")))


def test_een_anonieme_melder_komt_in_geen_bericht_aan_het_gezin(noor, moeder):
    melder = {"naam": "Gerda Smit", "anoniem": True, "soort": "burger", "email": "gerda@post.example"}
    melding = factories.melding(door=noor, casus=moeder.casus, melder=melder)
    brief = geschreven(aan(moeder, melding, noor), noor, "Gerda Smit maakt zich zorgen.")
    assert "de naam van de anonieme melder" in " ".join(bezwaren(brief))
    assert "mailadres van de anonieme melder" in " ".join(bezwaren(geschreven(brief, noor, "mail gerda@post.example")))


@pytest.mark.regel("RW-7.13")
def test_een_geheim_of_gedeeld_adres_vraagt_om_een_reden(noor, melding, moeder, vader):
    brief = geschreven(aan(moeder, melding, noor), noor, wijze="brief", adres="Kerkstraat 12, 8911 AB Leeuwarden")
    gezegd = " ".join(bezwaren(brief))
    assert "is geheim" in gezegd
    assert "Rik de Boer woont ook op dit adres" in gezegd
    with pytest.raises(RegelGeweigerd):
        voer_uit(brief, "verstuur", door=noor)
    verstuurd = voer_uit(brief, "verstuur", door=noor, motivering="Rik woont sinds vorige week elders.")
    assert Terugkoppeling.objects.get(pk=verstuurd.pk).stand == "afgeleverd"


@pytest.mark.regel("RW-7.13")
def test_een_gedeeld_mailadres_waarschuwt(noor, melding, moeder, vader):
    assert vader.persoon is not None
    type(vader.persoon).objects.filter(pk=vader.persoon_id).update(email="marloes@post.example")
    assert any("gebruikt ook dit mailadres" in b for b in bezwaren(geschreven(aan(moeder, melding, noor), noor)))


@pytest.mark.regel("RW-7.13")
def test_een_kind_wordt_niet_zomaar_zelf_geschreven(noor, melding, moeder):
    sem = factories.betrokkene(melding.casus, voornamen="Sem", achternaam="Bakker", geboortedatum=date(2018, 5, 6))
    assert any(
        "jonger dan 12" in b for b in bezwaren(geschreven(aan(sem, melding, noor), noor, adres="x@post.example"))
    )
    Familieband(persoon=moeder.persoon, soort="ouder", ander=sem.persoon).bewaar(door=noor, reden="test")
    via = vraag_terugkoppeling(
        melding.stap, "melding", door=noor, aan=str(moeder), adres="marloes@post.example", betrokkene=sem, via=moeder,
        meldingsnummer=melding.nummer, partij="gezaghebbende",
    )  # fmt: skip
    assert not any("jonger dan 12" in b for b in bezwaren(geschreven(via, noor)))
    assert "zorgen over Sem" in concepttekst(via)[1]
