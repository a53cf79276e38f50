"""Whoever it is without any doubt stands chosen with the reason; one choice undoes it, and nobody goes along unseen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from casus.models import Betrokkene, Casus, Persoon
from casus.services.betrokkenen import voeg_betrokkene_toe
from casus.services.casussen import sluit_casus
from melding.models import Melding
from tests import factories
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-5.10")]
GEKOZEN = re.compile(r'name="([^"]+-)?keuze" value="([^"]*)" checked')
VOORSTEL = re.compile(r'name="(?:[^"]+-)?voorstel" value="([^"]*)"')
RIJ = {"persoon-0-voornamen": "Shanella", "persoon-0-achternaam": "Martina", "persoon-0-geboortedatum": "9-3-1990"}


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def bekende(casus: Casus | None = None, **velden) -> Betrokkene:
    gegevens = {"voornamen": "Shanella", "achternaam": "Martina", "geboortedatum": date(1990, 3, 9), "geslacht": "V"}
    return factories.betrokkene(casus or factories.casus(), **(gegevens | velden))


def gesloten(betrokkene: Betrokkene) -> Betrokkene:
    sluit_casus(betrokkene.casus, door=betrokkene.casus.verantwoordelijke)
    return betrokkene


def typ(client: Client, **velden: str) -> str:
    getypt = {**RIJ, **{f"persoon-0-{naam}": waarde for naam, waarde in velden.items() if naam != "binnen"}}
    if "binnen" in velden:
        getypt["binnen"] = velden["binnen"]
    return client.post("/melding/herkennen/", {"rij": "0", **getypt}).content.decode()


def gekozen(bladzijde: str) -> list[str]:
    return [waarde for _, waarde in GEKOZEN.findall(bladzijde)]


def leg_vast(client: Client, **velden: str):
    return client.post("/melding/nieuw/", {"actie": "aannemen", "aantal": "1", **RIJ, **velden})


def test_wie_het_zonder_twijfel_is_staat_gekozen_met_de_reden(client):
    wie = gesloten(bekende())
    bladzijde = typ(client)
    assert gekozen(bladzijde) == [str(wie.persoon_id)]
    assert "Shanella Martina staat gekozen." in bladzijde
    assert '<span class="vt-merkje vt-merkje--goed">' in bladzijde
    assert "naam en datum gelijk" in bladzijde
    assert VOORSTEL.findall(bladzijde) == [str(wie.persoon_id)]


def test_met_een_open_casus_staat_ook_die_gekozen(client):
    wie = bekende()
    assert gekozen(typ(client)) == [f"{wie.persoon_id}/{wie.casus_id}"]


def test_wie_voor_een_casus_opent_krijgt_geen_andere_casus_voorgesteld(client):
    wie = bekende()
    assert gekozen(typ(client, binnen="1")) == [str(wie.persoon_id)]


def test_op_het_bsn_alleen(client):
    wie = bekende(bsn="999990019")
    assert gekozen(typ(client, voornamen="", achternaam="", geboortedatum="", bsn="999990019")) == [
        f"{wie.persoon_id}/{wie.casus_id}"
    ]


@pytest.mark.parametrize(
    ("bekend", "getypt", "reden"),
    [
        ({"bsn": "999990019"}, {"bsn": "999993653"}, "naam en datum gelijk, BSN anders"),
        ({"bsn": "999990019"}, {"bsn": "999990019", "geboortedatum": "1-1-1971"}, "BSN gelijk, geboortedatum anders"),
        (
            {"bsn": "999990019"},
            {"bsn": "999990019", "voornamen": "Willem", "achternaam": "Ypma", "geboortedatum": ""},
            "BSN gelijk, andere naam",
        ),
        ({}, {"voornamen": ""}, "naam en datum gelijk"),
        ({}, {"geboortedatum": "3-9-1990"}, "dag en maand omgekeerd"),
        ({}, {"achternaam": "Martinna"}, "naam klinkt gelijk"),
    ],
    ids=["ander bsn", "andere datum", "andere naam", "alleen de achternaam", "omgekeerde datum", "spelfout"],
)
def test_spreekt_er_iets_tegen_dan_staat_er_niemand_gekozen(client, bekend, getypt, reden):
    bekende(**bekend)
    bladzijde = typ(client, **getypt)
    assert reden in bladzijde
    assert gekozen(bladzijde) == []


def test_bij_twee_die_het_even_zeker_zijn_kiest_een_mens(client):
    bekende()
    bekende()
    assert gekozen(typ(client)) == []


def test_loopt_er_alleen_een_afgeschermde_casus_dan_kiest_een_mens(client):
    """Adding a report blind is never what the page does by itself."""
    wie = gesloten(bekende())
    dicht = factories.casus()
    voeg_betrokkene_toe(dicht, wie.persoon, door=dicht.verantwoordelijke)
    Casus.objects.filter(pk=dicht.pk).update(afgeschermd=True)
    bladzijde = typ(client)
    assert "Blind toevoegen" in bladzijde
    assert gekozen(bladzijde) == []


def test_bij_twee_open_casussen_kiest_een_mens(client):
    wie = bekende()
    ander = factories.casus()
    voeg_betrokkene_toe(ander, wie.persoon, door=ander.verantwoordelijke)
    assert gekozen(typ(client)) == []


def test_van_een_afgeschermde_casus_staat_niets_gekozen(client):
    wie = bekende()
    Casus.objects.filter(pk=wie.casus_id).update(afgeschermd=True)
    bladzijde = typ(client)
    assert gekozen(bladzijde) == []
    assert "Shanella" not in bladzijde.replace('value="Shanella"', "").replace("Wie is Shanella Martina?", "")


def test_wie_nieuwe_persoon_koos_houdt_die_keuze(client):
    wie = gesloten(bekende())
    bladzijde = typ(client, keuze="nieuw", voorstel=str(wie.persoon_id))
    assert gekozen(bladzijde) == ["nieuw"]
    assert "staat gekozen" not in bladzijde


def test_het_voorstel_volgt_wat_er_wordt_getypt_en_een_eigen_keuze_blijft(client):
    wie = gesloten(bekende())
    zelf = str(wie.persoon_id)
    assert gekozen(typ(client, keuze=zelf, voorstel=zelf, geboortedatum="9-3-1991")) == []
    assert gekozen(typ(client, keuze=zelf, voorstel="", geboortedatum="9-3-1991")) == [zelf]


def test_een_voorstel_dat_niet_meer_past_gaat_niet_ongezien_mee(client):
    wie = gesloten(bekende())
    zelf = str(wie.persoon_id)
    verschoven = {
        "persoon-0-keuze": zelf,
        "persoon-0-voorstel": zelf,
        "persoon-0-voornamen": "Sandra",
        "persoon-0-geboortedatum": "1-2-1993",
    }
    antwoord = leg_vast(client, **verschoven)
    assert antwoord.status_code == 422
    assert "past niet meer bij wie gekozen stond" in antwoord.content.decode()
    assert not Melding.objects.exists()
    assert leg_vast(client, **verschoven, actie="acuut").status_code == 302
    assert Melding.objects.get().casus.betrokkenen.get().persoon_id != wie.persoon_id


def test_een_leeggemaakte_rij_met_een_voorstel_is_leeg(client):
    wie = gesloten(bekende())
    leeg = dict.fromkeys(RIJ, "") | {"persoon-0-keuze": str(wie.persoon_id), "persoon-0-voorstel": str(wie.persoon_id)}
    assert leg_vast(client, **leeg).status_code == 302
    assert not Melding.objects.get().casus.betrokkenen.exists()


def test_vastleggen_neemt_over_wat_gekozen_stond(client):
    wie = gesloten(bekende())
    keuze = {"persoon-0-keuze": str(wie.persoon_id), "persoon-0-voorstel": str(wie.persoon_id)}
    assert leg_vast(client, **keuze).status_code == 302
    assert Melding.objects.get().casus.betrokkenen.get().persoon_id == wie.persoon_id
    assert Persoon.objects.count() == 1


def test_wie_zonder_de_bladzijde_te_zien_verstuurt_wordt_gevraagd_en_ziet_dan_het_voorstel(client):
    wie = gesloten(bekende())
    antwoord = leg_vast(client)
    assert antwoord.status_code == 422
    assert gekozen(antwoord.content.decode()) == [str(wie.persoon_id)]


def test_uit_een_bericht_wijzen_allen_naar_een_casus_of_kiest_een_mens(client):
    een = bekende()
    noa = bekende(een.casus, voornamen="Noa", achternaam="Brouwers", geboortedatum=date(2019, 3, 12))
    bericht = factories.signaal(
        personen=(
            factories.aangeleverd(voornamen="Shanella", achternaam="Martina", geboortedatum="09-03-1990"),
            factories.aangeleverd("kind", voornamen="Noa", achternaam="Brouwers", geboortedatum="12-03-2019"),
        )
    )
    zelfde = {f"{wie.persoon_id}/{een.casus_id}" for wie in (een, noa)}
    assert set(gekozen(client.get(bericht.pad()).content.decode())) == zelfde
    Betrokkene.objects.filter(pk=noa.pk).update(casus=factories.casus())
    assert gekozen(client.get(bericht.pad()).content.decode()) == []


@pytest.mark.parametrize("hoe", ["nieuw", "bekend"])
def test_dezelfde_persoon_in_twee_rijen_wordt_geweigerd(client, hoe):
    wie = gesloten(bekende())
    keuze = "nieuw" if hoe == "nieuw" else str(wie.persoon_id)
    rijen = {"aantal": "2", "persoon-0-keuze": keuze, "persoon-1-keuze": keuze}
    rijen |= {naam.replace("-0-", "-1-"): waarde for naam, waarde in RIJ.items()}
    antwoord = leg_vast(client, **rijen)
    assert antwoord.status_code == 422
    assert "staat er twee keer" in antwoord.content.decode()
    assert not Melding.objects.exists()


def test_ook_bij_een_casus_staat_wie_het_is_gekozen(client, noor):
    wie = gesloten(bekende())
    casus = factories.casus(noor)
    getypt = {
        "voornamen": "Shanella",
        "achternaam": "Martina",
        "geboortedatum": "9-3-1990",
        "stand": "directbetrokkene",
    }
    getypt |= {"aandeel": "onbekend"}
    pad = f"{casus.pad()}betrokkenen/"
    bladzijde = client.post(f"{pad}herkennen/", getypt).content.decode()
    assert gekozen(bladzijde) == [str(wie.persoon_id)]
    assert VOORSTEL.findall(bladzijde) == [str(wie.persoon_id)]
    zelf = {"keuze": str(wie.persoon_id), "voorstel": str(wie.persoon_id)}
    antwoord = client.post(f"{pad}nieuw/", {**getypt, **zelf, "voornamen": "Sandra", "geboortedatum": "1-2-1993"})
    assert antwoord.status_code == 422
    assert "past niet meer bij wie gekozen stond" in antwoord.content.decode()
    assert client.post(f"{pad}nieuw/", {**getypt, **zelf}).status_code == 302
    assert casus.betrokkenen.get().persoon_id == wie.persoon_id


def test_wie_alleen_een_achternaam_deelt_klapt_de_rij_niet_open(client):
    """A police report with a common surname stays one screen: the row says so, and opening it shows them all."""
    for nummer in range(4):
        bekende(voornamen=f"Ander{nummer}", geboortedatum=date(1950 + nummer, 7, 20 + nummer))
    bericht = factories.signaal(
        personen=(factories.aangeleverd(voornamen="Shanella", achternaam="Martina", geboortedatum="09-03-1990"),)
    )
    context = client.get(bericht.pad()).context
    rij = next(iter(context["personen"]))
    assert not rij.is_open
    assert rij.stand == "niemand die erop lijkt"
    assert len(rij.herkend) == 4
    bekende(voornamen="Shanella", geboortedatum=date(1990, 9, 3))
    rij = next(iter(client.get(bericht.pad()).context["personen"]))
    assert rij.is_open
    assert [h.naam for h in rij.herkend_eerst] == ["Shanella Martina"]
