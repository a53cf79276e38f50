"""Two people with the same page open: the second is told, sees both versions, and loses nothing (five forms)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from casus.models import Betrokkene
from diensten.models import Monitormoment
from melding.advies.services import begin_advies
from melding.meldingen.services.nti import leg_nti_vast
from melding.models import Melding
from melding.services import wijzig_melder
from tests import factories as f
from tests.overal.formulieren import formulieren_op
from triage.models import Triagebesluit
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.web.verschil import voeg_samen

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Geval:
    """Where both are, what each types in which field, and how to read what is kept."""

    pad: str
    veld: str


def _advies(wie: Medewerker) -> Geval:
    return Geval(begin_advies(None, door=wie).pad(), "advies")


def _melding(wie: Medewerker) -> Geval:
    return Geval(f.melding(door=wie).pad(), "situatie")


def _nti(wie: Medewerker) -> Geval:
    melding = f.melding(door=wie)
    wijzig_melder(melding.melder, door=wie, versie=melding.melder.versie, anoniem=True)
    leg_nti_vast(Melding.objects.get(pk=melding.pk), "de buurvrouw", door=wie)
    return Geval(f"{melding.pad()}nti/", "inhoud")


def _besluit(wie: Medewerker) -> Geval:
    besluit: Triagebesluit = f.besluit("concept", door=wie)
    return Geval(besluit.pad(), "toelichting")


def _moment(wie: Medewerker) -> Geval:
    moment = Monitormoment.objects.filter(stap=f.monitoren(door=wie).stap).earliest("gepland_op")
    return Geval(moment.pad(), "verslag")


def _overdracht(wie: Medewerker) -> Geval:
    return Geval(f"{f.overdracht(door=wie).pad()}bied_aan/", "advies_en_aandachtspunten")


def _persoon(wie: Medewerker) -> Geval:
    betrokkene: Betrokkene = f.betrokkene(f.casus(wie))
    return Geval(f"{betrokkene.casus.pad()}betrokkenen/{betrokkene.pk}/", "plaats")


@pytest.mark.parametrize("geval", [_advies, _melding, _nti, _besluit, _moment, _overdracht, _persoon])
def test_de_tweede_ziet_beide_teksten_en_wat_is_getypt_blijft_staan(geval):
    een = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Sanne de Wit")
    twee = f.collega(een, Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")
    plek = geval(een)
    sanne, noor = Client(), Client()
    sanne.force_login(een)
    noor.force_login(twee)
    open_bij_beiden = [_formulier(client, plek) for client in (sanne, noor)]
    eerste, tweede = (
        form | {plek.veld: tekst} for form, tekst in zip(open_bij_beiden, ("van Sanne", "van Noor"), strict=True)
    )
    assert sanne.post(plek.pad, eerste).status_code == 302
    antwoord = noor.post(plek.pad, tweede)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    for woord in ("Twee mensen schreven tegelijk", "Sanne de Wit", "van Sanne", "van Noor"):
        assert woord in pagina, woord
    assert "<h3>Versie</h3>" not in pagina, "wat niemand typte, hoeft ook niemand te vergelijken"
    assert "van Sanne" in sanne.get(plek.pad).content.decode(), "wat er stond is niet overschreven"
    opnieuw = _gegevens(pagina, plek) | {plek.veld: "van Sanne en van Noor", "botsing": "mijn"}
    assert noor.post(plek.pad, opnieuw).status_code == 302
    assert "van Sanne en van Noor" in noor.get(plek.pad).content.decode()


def _formulier(client: Client, plek: Geval) -> dict[str, str]:
    return _gegevens(client.get(plek.pad).content.decode(), plek)


def _gegevens(pagina: str, plek: Geval) -> dict[str, str]:
    """What a browser would send from the form with this field; a concept is kept, not proposed."""
    [form] = [form for form in formulieren_op(pagina, plek.pad) if plek.veld in {veld.naam for veld in form.velden}]
    knoppen = {veld.naam: veld.keuzes for veld in form.velden if veld.soort == "submit"}
    extra = {naam: "bewaren" for naam, keuzes in knoppen.items() if "bewaren" in keuzes}
    return form.zoals_het_staat() | extra


@pytest.mark.parametrize(
    ("basis", "hun", "mijn", "samen"),
    [
        ("", "van Sanne", "van Noor", "van Sanne | van Noor"),
        ("vader belt", "vader belt niet", "vader belt ook", "vader belt niet | vader belt ook"),
        ("vader belt moeder", "opa belt moeder", "vader belt oma", "opa belt oma"),
        ("vader belt", "opa belt", "opa belt", "opa belt"),
        ("een twee drie", "een drie", "een twee drie vier", "een drie vier"),
    ],
)
def test_twee_teksten_op_dezelfde_plek_komen_na_elkaar_en_anders_door_elkaar(basis, hun, mijn, samen):
    assert voeg_samen(basis, hun, mijn, tussen=" | ") == samen
