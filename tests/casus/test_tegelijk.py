"""Two people saving the same thing: the second is told, sees both versions, and loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from casus.models import Persoon
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def samen():
    """Two colleagues with the same form open."""
    een = factories.medewerker(naam="Sanne de Wit")
    twee = factories.collega(een, naam="Noor Haddad")
    casus = factories.casus(een)
    betrokkene = factories.betrokkene(casus, voornamen="Marloes", achternaam="Verhoeven", straat="Molenweg 9")
    clients = []
    for medewerker in (een, twee):
        client = Client()
        client.force_login(medewerker)
        clients.append(client)
    return betrokkene, f"{casus.pad()}betrokkenen/{betrokkene.pk}/", *clients


def gegevens(**anders):
    return {"voornamen": "Marloes", "achternaam": "Verhoeven", "straat": "Molenweg 9", "versie": "1", **anders}


def test_de_tweede_ziet_beide_teksten_en_verliest_niets(samen):
    betrokkene, adres, sanne, noor = samen
    assert sanne.post(adres, gegevens(straat="Molenweg 9a")).status_code == 302
    antwoord = noor.post(adres, gegevens(straat="Molenweg 9 achter", telefoon="06-111"))
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Twee mensen schreven tegelijk" in pagina
    assert "Sanne de Wit" in pagina
    assert "Molenweg 9 achter" in pagina
    assert "06-111" in pagina
    assert Persoon.objects.get(pk=betrokkene.persoon_id).straat == "Molenweg 9a"


@pytest.mark.parametrize(
    ("keus", "straat"), [("mijn", "Molenweg 9 achter"), ("hun", "Molenweg 9a")], ids=["mijn", "hun"]
)
def test_daarna_kiest_de_tweede_welke_tekst_blijft(samen, keus, straat):
    betrokkene, adres, sanne, noor = samen
    sanne.post(adres, gegevens(straat="Molenweg 9a"))
    noor.post(adres, gegevens(straat="Molenweg 9 achter"))
    antwoord = noor.post(
        adres, gegevens(straat="Molenweg 9 achter", hun_straat="Molenweg 9a", versie="2", botsing=keus)
    )
    assert antwoord.status_code == 302
    assert Persoon.objects.get(pk=betrokkene.persoon_id).straat == straat


def test_samen_bewerken_toont_beide_en_bewaart_nog_niet(samen):
    betrokkene, adres, sanne, noor = samen
    sanne.post(adres, gegevens(straat="Molenweg 9a"))
    antwoord = noor.post(
        adres, gegevens(straat="Molenweg 9 achter", samen_straat="Molenweg 9a achter", versie="2", botsing="samen")
    )
    assert 'value="Molenweg 9a achter"' in antwoord.content.decode()
    assert Persoon.objects.get(pk=betrokkene.persoon_id).straat == "Molenweg 9a"
