"""How triage reads for the client: whole sentences, no codes, and nothing about questions that were not asked."""

from __future__ import annotations

import pytest

from casus.dossier import VERTELLINGEN, Lezer
from casus.selectors.tijdlijn import taxaties
from tests import factories
from triage.models import VHT
from triage.selectors import vhts_van, zonder_besluit
from triage.services import beantwoord, teken_aan, voeg_vorm_toe

pytestmark = pytest.mark.django_db
LEZER = Lezer(None, "Fenna Brouwers")


def vertel(stuk) -> str:
    vertelling = VERTELLINGEN[stuk._meta.label_lower]
    return " ".join(alinea.tekst for alinea in vertelling.zinnen(stuk, LEZER))


@pytest.mark.regel("RW-3.13")
def test_de_vht_en_het_besluit_lezen_als_een_verhaal(noor, sanne):
    besluit = factories.besluit(acuut=True, door=noor, tweede=sanne)
    vht = besluit.vht
    a1 = vht.antwoorden.get(vraag="A1")
    assert vertel(a1) == "Deze vraag is nog niet beantwoord."
    a1 = beantwoord(a1, door=noor, waarde=True, feit="Hij dreigde.", bron="moeder")
    assert "Antwoord: ja." in vertel(a1)
    assert "Dat weet Veilig Thuis van: moeder." in vertel(a1)
    vorm = voeg_vorm_toe(vht, door=noor, vorm="pg-psychisch", feit="Hij dreigde.", bron="moeder")
    assert "Dat is een vermoeden." in vertel(vorm)
    assert "Wat er is gezien, gehoord of gezegd: Hij dreigde. Dat weet Veilig Thuis van: moeder." in vertel(
        vorm.feiten.get()
    )
    assert "Veilig Thuis keek eerst naar direct gevaar" in vertel(vht.versies.get())
    assert "Veilig Thuis gaat zelf verder met deze melding." in vertel(besluit)
    assert "Noor Haddad en Sanne de Wit" in vertel(besluit)
    assert "De lijst is nog niet af." in vertel(VHT.objects.get(pk=vht.pk))
    assert "Later bleek meer." in vertel(teken_aan(besluit, "Later bleek meer.", door=noor))
    genomen = factories.besluit("genomen", door=noor, tweede=sanne)
    assert "Veilig Thuis zag op dat moment geen onveiligheid." in vertel(VHT.objects.get(pk=genomen.vht_id))
    assert "Sanne de Wit was het eens met het besluit." in vertel(genomen.handtekeningen.get())
    concept = factories.vht(door=noor).besluit
    assert vertel(concept) == "Veilig Thuis heeft nog niets besloten over deze melding."


def test_de_casus_toont_elke_vht_met_conclusie_en_besluit(noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="overdracht", B1=True, **dict.fromkeys(["A1"], False))
    rij = vhts_van(besluit.casus)[0]
    assert list(taxaties(besluit.casus)) == [rij]
    assert (rij.merk, rij.conclusie, rij.besluit) == ("structureel", "Structureel onveilig", "Overdracht")
    assert rij.omdat == "omdat B1 ‘ja’ is"
    assert (rij.pad, rij.besluitpad) == (besluit.vht.pad(), besluit.pad())


def test_de_werklijst_van_triage_zijn_de_meldingen_zonder_besluit(noor):
    factories.besluit("genomen", door=noor)
    open_ = factories.vht(door=noor).melding
    assert list(zonder_besluit()) == [open_]
