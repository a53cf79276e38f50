"""Two employees at once, one who presses twice, one who goes back: nobody is made twice and no report either."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from casus.models import Betrokkene, Persoon
from melding.models import Melding, Signaal
from tests import factories
from vt_cvs.organisatie.models import Medewerker, Rol

SANNE = {"persoon-0-voornamen": "Sanne", "persoon-0-achternaam": "Postma", "persoon-0-geboortedatum": "4-5-1991"}
GEBELD = {"actie": "aannemen", "aantal": "1", "situatie": "Er wordt elke avond geschreeuwd."}


@pytest.fixture
def noor(db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


def ingelogd(wie: Medewerker) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def tegelijk(*taken) -> list[int]:
    """Each in its own thread and connection, released at the same moment; the status each of them got."""
    uit: list[int] = [0] * len(taken)
    hek = threading.Barrier(len(taken))

    def doe(nummer: int) -> None:
        hek.wait()
        try:
            uit[nummer] = taken[nummer]().status_code
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(nummer,)) for nummer in range(len(taken))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
        assert not draad.is_alive(), "wacht op een ander die op hem wacht"
    return uit


def sleutel(pagina: str) -> str:
    gevonden = re.search(r'name="klad" value="([^"]+)"', pagina)
    assert gevonden
    return gevonden[1]


@pytest.mark.regel("RW-5.10")
@pytest.mark.django_db(transaction=True)
def test_dezelfde_nieuwe_persoon_op_hetzelfde_moment_ontstaat_een_keer():
    wie = [factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT) for _ in range(3)]
    klanten = [ingelogd(medewerker) for medewerker in wie]
    taken = [lambda klant=klant: klant.post("/melding/nieuw/", GEBELD | SANNE) for klant in klanten]
    assert sorted(tegelijk(*taken)) == [302, 422, 422]
    assert Persoon.objects.filter(voornamen="Sanne").count() == 1
    assert Melding.objects.count() == 1


@pytest.mark.regel("RW-5.10")
@pytest.mark.django_db(transaction=True)
def test_ook_bij_een_casus_en_een_melding_tegelijk():
    noor, ilse = (factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT) for _ in range(2))
    casus = factories.casus(noor)
    getypt = {naam.removeprefix("persoon-0-"): waarde for naam, waarde in SANNE.items()}
    getypt |= {"stand": Betrokkene.Rol.DIRECT, "aandeel": "onbekend"}
    een, ander = ingelogd(noor), ingelogd(ilse)
    uit = tegelijk(
        lambda: een.post(f"{casus.pad()}betrokkenen/nieuw/", getypt),
        lambda: ander.post("/melding/nieuw/", GEBELD | SANNE),
    )
    assert sorted(uit) == [302, 422]
    assert Persoon.objects.filter(voornamen="Sanne").count() == 1


@pytest.mark.regel("RW-6.18")
@pytest.mark.django_db(transaction=True)
def test_twee_medewerkers_pakken_hetzelfde_signaal_en_er_is_een_melding():
    wie = [factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT) for _ in range(2)]
    signaal = factories.signaal(personen=(factories.aangeleverd(voornamen="Sem", achternaam="Bos"),))
    klanten = [ingelogd(medewerker) for medewerker in wie]
    taken = [
        lambda klant=klant: klant.post(signaal.pad(), {"actie": "aannemen", "aantal": "1", "versie": signaal.versie})
        for klant in klanten
    ]
    uit = tegelijk(*taken)
    assert 302 in uit
    assert 500 not in uit
    assert Melding.objects.count() == 1
    assert Signaal.objects.get().stand == "melding"


@pytest.mark.django_db(transaction=True)
def test_twee_keer_drukken_is_een_melding():
    noor = factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    een, ander = ingelogd(noor), ingelogd(noor)
    zelfde = GEBELD | {"persoon-0-achternaam": "Postma", "klad": sleutel(een.get("/melding/nieuw/").content.decode())}
    assert sorted(tegelijk(*[lambda k=k: k.post("/melding/nieuw/", zelfde) for k in (een, ander)])) == [302, 422]
    assert Melding.objects.count() == 1


@pytest.mark.parametrize("actie", ["aannemen", "acuut", "signaal"])
def test_terug_en_nog_een_keer_drukken_vraagt_het_eerst_en_verliest_niets(noor, actie):
    klant = ingelogd(noor)
    getypt = GEBELD | {"actie": actie, "persoon-0-achternaam": "Postma"}
    getypt["klad"] = sleutel(klant.get("/melding/nieuw/").content.decode())
    assert klant.post("/melding/nieuw/", getypt).status_code == 302
    eerst = (Melding.objects.count(), Signaal.objects.count())
    antwoord = klant.post("/melding/nieuw/", getypt)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Dit formulier is al vastgelegd" in pagina
    assert GEBELD["situatie"] in pagina
    assert (Melding.objects.count(), Signaal.objects.count()) == eerst
    assert klant.post("/melding/nieuw/", getypt | {"klad": sleutel(pagina)}).status_code == 302
    assert Melding.objects.count() + Signaal.objects.count() == 2


def test_een_vreemd_merk_of_dat_van_een_ander_houdt_niets_tegen(noor):
    ander = ingelogd(factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT))
    merk = sleutel(ander.get("/melding/nieuw/").content.decode())
    assert ander.post("/melding/nieuw/", GEBELD | {"klad": merk}).status_code == 302
    for waarde in (merk, "geen merk", "", "0" * 5000):
        assert ingelogd(noor).post("/melding/nieuw/", GEBELD | {"klad": waarde}).status_code == 302
    assert Melding.objects.count() == 5
