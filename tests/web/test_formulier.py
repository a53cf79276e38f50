"""Errors, obstacles and collisions stand where one can solve them, and nothing typed is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from vt_cvs.kern.regels import REGELS, Belemmering
from vt_cvs.organisatie.models import Code, Rol
from vt_cvs.web.formulieren import Formulier, GroteKeuzes, Segment
from vt_cvs.web.velden import DatumVeld, PlatteTekst
from vt_cvs.web.verschil import Botsing, VeldBotsing, verschil, voeg_samen

HARD, AFWIJK = REGELS["RW-4.8"], REGELS["RAD-3"]


class ContactForm(Formulier):
    merk = "nodig"
    breedte = {"naam": "b3"}
    voorgevuld = {"naam"}
    naam = forms.CharField(label="Naam", help_text="voluit", required=False)
    datum = DatumVeld(label="Datum")
    soort = forms.ChoiceField(label="Soort", choices=[("t", "Telefoon"), ("h", "Huisbezoek")], widget=forms.RadioSelect)
    verslag = PlatteTekst(label="Verslag", required=False)
    gelezen = forms.BooleanField(label="Gelezen", required=False)


class Lezer(HTMLParser):
    """Every element with its attributes, so that a test asks about meaning and not about spaces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elementen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementen.append((tag, dict(attrs)))

    def met(self, **eisen: str) -> dict[str, str | None]:
        return next(a for _, a in self.elementen if all(a.get(k.replace("_", "-")) == v for k, v in eisen.items()))

    def ids(self) -> set[str | None]:
        return {a["id"] for _, a in self.elementen if "id" in a}


def test_elk_veld_heeft_een_label_een_klasse_en_zijn_uitleg():
    lezer = Lezer(str(ContactForm()))
    naam = lezer.met(name="naam")
    assert naam["class"] == "utrecht-textbox is-voorgevuld"
    assert naam["aria-describedby"] == "id_naam_helptext"
    assert "id_naam_helptext" in lezer.ids()
    assert lezer.met(**{"for": "id_naam"})
    assert lezer.met(name="verslag")["class"] == "utrecht-textarea"
    assert lezer.met(name="datum")["aria-required"] == "true"
    assert "required" not in lezer.met(name="datum")


def test_een_groep_keuzes_staat_onder_een_legenda():
    html = str(ContactForm())
    assert '<legend class="utrecht-form-label">Soort <span class="stil">(nodig)</span></legend>' in html
    assert Lezer(html).met(id="id_soort_0")["value"] == "t"


def test_alle_fouten_staan_boven_en_leiden_naar_hun_veld():
    form = ContactForm({"datum": "31-02-2017"})
    lezer = Lezer(str(form))
    assert lezer.met(role="alert")["id"] == "fouten"
    doelen = {a["href"] for tag, a in lezer.elementen if tag == "a"}
    assert doelen == {"#id_datum", "#id_soort_0"}
    assert {str(doel)[1:] for doel in doelen} <= lezer.ids()
    assert lezer.met(name="datum")["aria-describedby"] == "id_datum_error"
    assert lezer.met(name="datum")["aria-invalid"] == "true"
    assert "31 februari bestaat niet." in str(form)
    assert "Nog niet bewaard. 2 punten om na te kijken." in str(form)


def test_django_spreekt_onze_taal_tenzij_een_veld_een_eigen_zin_heeft():
    class Eigen(Formulier):
        a = forms.CharField()
        b = forms.CharField(error_messages={"required": "Zonder dit kan ik niet verder."})
        c = forms.ChoiceField(choices=[("x", "x")])

    fouten = Eigen({}).errors
    assert fouten["a"] == ["Vul dit nog in."]
    assert fouten["b"] == ["Zonder dit kan ik niet verder."]
    assert fouten["c"] == ["Maak nog een keuze."]
    assert Eigen({"a": "1", "b": "1", "c": "y"}).errors["c"] == ["Kies een van de keuzes."]


def test_een_harde_regel_zegt_wat_waar_en_wat_wel_kan():
    form = ContactForm({"datum": "1-2-2026", "soort": "t"})
    form.belemmeringen = [
        Belemmering("Vul de naam in.", veld="naam", regel=HARD),
        Belemmering("Koppel terug.", link="/casus/1/", link_tekst="Terugkoppeling", regel=HARD),
        Belemmering("Dit mag jij niet."),
    ]
    html = str(form)
    lezer = Lezer(html)
    assert "vt-bericht--gevaar" in html
    assert "vt-bericht--letop" not in html
    assert lezer.met(href="#id_naam")
    assert lezer.met(href="/casus/1/")
    assert "Wat wel kan: contact, afspraak" in html
    assert html.count("Regel 4.8</summary>") == 1
    assert lezer.met(name="naam")["aria-describedby"] == "id_naam_helptext id_naam_belemmering"
    assert 'name="motivering"' not in html


def test_een_afwijkregel_vraagt_een_reden_in_het_bericht_en_houdt_die_vast():
    form = ContactForm({"datum": "1-2-2026", "soort": "t", "motivering": "oma <3"})
    form.belemmeringen = [Belemmering("Er zijn nog voorwaarden.", regel=AFWIJK)]
    html = str(form)
    veld = Lezer(html).met(name="motivering")
    assert veld["id"] == "id_motivering"
    assert veld["aria-describedby"] in Lezer(html).ids()
    assert "oma &lt;3</textarea>" in html
    assert "Regel RAD-3</summary>" in html
    assert "Wat wel kan" not in html


def test_een_eigen_motiveringsveld_staat_een_keer_op_de_pagina():
    class MetReden(ContactForm):
        motivering = PlatteTekst(label="Waarom?", required=False)

    form = MetReden({"datum": "1-2-2026", "soort": "t"})
    form.belemmeringen = [Belemmering("Er zijn nog voorwaarden.", regel=AFWIJK)]
    assert str(form).count('name="motivering"') == 1


def test_belemmeringen_kunnen_ook_zonder_formulier():
    html = Template("{% belemmeringen lijst %}").render(
        Context({"lijst": [Belemmering("Wacht op Sanne.", regel=HARD)]})
    )
    assert "Wacht op Sanne." in html


def test_een_botsing_toont_beide_teksten_en_verliest_niets():
    form = ContactForm({"datum": "1-2-2026", "soort": "t", "verslag": "Moeder belt oma of <112>."})
    form.botsing = Botsing(
        wie="Sanne de Wit",
        wanneer=datetime(2026, 11, 24, 8, 18, tzinfo=UTC),
        velden=[
            VeldBotsing(
                "Verslag", hun="Moeder belt oma nu.", mijn="Moeder belt oma of <112>.", basis="Moeder belt oma."
            )
        ],
    )
    html = str(form)
    assert "<ins> nu</ins>" in html
    assert "<ins> of &lt;112&gt;</ins>" in html
    assert html.index("fouten") if form.errors else True
    assert {a["value"] for tag, a in Lezer(html).elementen if a.get("name") == "botsing"} == {"samen", "mijn", "hun"}


@pytest.mark.parametrize("widget", [Segment, GroteKeuzes(uitleg={"j": "bijvoorbeeld nu"})])
def test_keuzes_houden_hun_waarde_en_hun_id(widget):
    class Vraag(Formulier):
        a1 = forms.ChoiceField(label="A1", choices=[("j", "Ja"), ("n", "Nee")], widget=widget)

    lezer = Lezer(str(Vraag({"a1": "n"})))
    assert "checked" in lezer.met(id="id_a1_1")
    assert "checked" not in lezer.met(id="id_a1_0")


@given(st.text(), st.text())
def test_een_verschil_bevat_precies_beide_teksten(oud, nieuw):
    stukken = verschil(oud, nieuw)
    assert "".join(tekst for soort, tekst in stukken if soort != "weg") == nieuw
    assert "".join(tekst for soort, tekst in stukken if soort != "erbij") == oud


def test_samen_bewerken_neemt_beide_wijzigingen_over():
    basis = "Moeder belt oma of 112 als de spanning oploopt."
    assert (
        voeg_samen(basis, f"{basis} Oma heeft een sleutel.", basis.replace("oploopt.", "oploopt, ook overdag."))
        == "Moeder belt oma of 112 als de spanning oploopt, ook overdag. Oma heeft een sleutel."
    )


@given(st.text(), st.text(), st.text())
def test_samen_bewerken_verliest_geen_woord_dat_iemand_toevoegde(basis, hun, mijn):
    samen = voeg_samen(basis, hun, mijn)
    for tekst in (hun, mijn):
        for soort, stuk in verschil(basis, tekst):
            if soort == "erbij":
                assert stuk.strip() in samen


@pytest.mark.django_db
def test_een_datumveld_in_beheer_komt_door_dezelfde_sjablonen():
    """Admin widgets include Django's own templates; without those the page failed."""
    petra = factories.medewerker(Rol.BEHEERDER)
    client = Client()
    client.force_login(petra)
    code = Code.objects.first()
    assert code is not None
    assert client.get(f"/beheer/organisatie/code/{code.pk}/change/").status_code == 200
