"""Whatever anyone sends: an answer, never an error, and nothing of it is refused for what it says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from melding.formulier.bladzijden import BLADZIJDEN
from melding.formulier.opslag import Antwoorden
from melding.models import Signaal
from tests.formulier.conftest import BEGIN, Bezoeker, verborgen

TEKST = st.text(max_size=300) | st.sampled_from(
    [
        "\x00",
        "\u202egnol",
        "👩‍👧‍👦 ﷽",
        "<script>alert(1)</script>",
        "'; DROP TABLE melding_signaal; --",
        "9" * 600,
        "٣",
        "\n\t ",
    ]
)
VRAGEN = [blad for blad in BLADZIJDEN if blad.form]


def velden_van(blad, wie: str) -> list[str]:
    return list(blad.maak_form(Antwoorden(per_blad={"wie": {"wie": wie}})).fields)


class AllesMag(TestCase):
    """Each page with anything in every field; afterwards the report can still be sent."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(gegevens=st.data(), wie=st.sampled_from(["zelf", "omgeving", "werk", "politie", "anders"]))
    def test_alles_wat_iemand_typt_geeft_een_antwoord(self, gegevens, wie):
        bezoeker = Bezoeker().begin(wie)
        for blad in VRAGEN[1:]:
            velden = {naam: gegevens.draw(TEKST) for naam in velden_van(blad, wie)}
            assert bezoeker.vul(blad.pad, **velden).status_code in {200, 302, 422}
        persoon = {naam: gegevens.draw(TEKST) for naam in ("voornamen", "achternaam", "geboortedatum", "rol", "plaats")}
        assert bezoeker.vul("/melden/kinderen/1/", **persoon).status_code in {302, 422}
        assert bezoeker.vul("/melden/situatie/", tekst="Er is iets mis.").status_code == 302
        assert bezoeker.zie("/melden/controle/").status_code == 200
        assert bezoeker.verstuur().status_code == 302
        assert Signaal.objects.filter(nummer=bezoeker.nummer()).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pad",
    ["/melden/bestaat-niet/", "/melden/huizen/1/", "/melden/kinderen/99/", "/melden/kinderen/" + "9" * 40 + "/"],
)
def test_een_adres_dat_er_niet_is_geeft_geen_fout(bezoeker, pad):
    bezoeker.begin()
    assert bezoeker.zie(pad).status_code in {302, 404}
    assert bezoeker.vul(pad, voornamen="x").status_code in {302, 404, 422}


@pytest.mark.django_db
def test_geen_opmaak_van_een_bezoeker_wordt_opmaak_van_ons(bezoeker):
    bezoeker.begin().vertel()
    bezoeker.vul("/melden/hulp/", wie_helpt="<script>alert(1)</script>")
    assert "<script>alert" not in bezoeker.zie("/melden/controle/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("veld", "waarde"), [("wie", "koning"), ("wie", "\x00"), ("wie", "9" * 5000)])
def test_een_vreemde_keuze_wordt_een_zin(voorkant, veld, waarde):
    antwoord = Bezoeker().vul(BEGIN, **{veld: waarde})
    assert antwoord.status_code == 422
    assert "Kies een van de keuzes" in antwoord.content.decode()


@pytest.mark.django_db
def test_een_verkeerd_emailadres_blijft_staan_met_wat_ermee_moet(bezoeker):
    bezoeker.begin()
    pagina = bezoeker.vul("/melden/gegevens/", email="geen adres").content.decode()
    assert "naam@voorbeeld.nl" in pagina
    assert 'value="geen adres"' in pagina
    assert 'href="#id_email"' in pagina
    assert 'aria-invalid="true"' in pagina


@pytest.mark.django_db
def test_meer_mensen_dan_er_passen_kan_niet_en_zegt_wat_wel_kan(bezoeker, monkeypatch):
    from melding.formulier import mensen

    monkeypatch.setattr(mensen, "MEESTE", 2)
    bezoeker.begin().vertel()
    for nummer in (1, 2, 3):
        bezoeker.vul(f"/melden/kinderen/{nummer}/", voornamen=f"Kind {nummer}")
    assert "Meer mensen kunt u hier niet" in bezoeker.zie("/melden/kinderen/").content.decode()
    bezoeker.verstuur()
    assert Signaal.objects.get().personen.count() == 2


@pytest.mark.django_db
def test_wie_weg_is_gehaald_geeft_een_gedeeld_adres_door(bezoeker):
    bezoeker.begin().vertel()
    bezoeker.vul("/melden/kinderen/1/", voornamen="Een", straat="Iep 1", plaats="Oosterveen")
    bezoeker.vul("/melden/kinderen/2/", voornamen="Twee", zelfde_adres="on")
    bezoeker.vul("/melden/volwassenen/1/", voornamen="Drie", zelfde_adres="on")
    bezoeker.vul("/melden/kinderen/1/", actie="weghalen")
    bezoeker.verstuur()
    assert {(p.voornamen, p.straat) for p in Signaal.objects.get().personen.all()} == {
        ("Twee", "Iep 1"),
        ("Drie", "Iep 1"),
    }


@pytest.mark.django_db
def test_twee_tabbladen_die_elk_iemand_toevoegen_houden_beiden(bezoeker):
    bezoeker.begin().vertel()
    bladen = [bezoeker.zie("/melden/kinderen/1/").content.decode() for _ in range(2)]
    for pagina, naam in zip(bladen, ("Sem", "Noa"), strict=True):
        velden = {veld: verborgen(pagina, veld) for veld in ("concept", "nieuw")}
        bezoeker.client.post("/melden/kinderen/1/", {**velden, "voornamen": naam})
    bezoeker.vul("/melden/kinderen/1/", voornamen="Sem", plaats="Oosterveen")
    bezoeker.verstuur()
    assert [(p.voornamen, p.plaats) for p in Signaal.objects.get().personen.all()] == [
        ("Sem", "Oosterveen"),
        ("Noa", ""),
    ]


@pytest.mark.django_db
def test_een_bladzijde_die_twee_keer_wordt_verstuurd_voegt_niemand_twee_keer_toe(bezoeker):
    bezoeker.begin().vertel()
    pagina = bezoeker.zie("/melden/volwassenen/1/").content.decode()
    velden = {naam: verborgen(pagina, naam) for naam in ("concept", "nieuw")}
    for _ in range(2):
        bezoeker.client.post("/melden/volwassenen/1/", {**velden, "voornamen": "Een"})
    bezoeker.vul("/melden/volwassenen/2/")
    bezoeker.verstuur()
    assert [p.voornamen for p in Signaal.objects.get().personen.all()] == ["Een"]
