"""The smallest valid thing of each kind, made through the services; traits name situations."""

from __future__ import annotations

import itertools
from typing import Any, TypeVar

from casus.models import Betrokkene, Casus, Persoon
from casus.services.betrokkenen import maak_persoon, voeg_betrokkene_toe
from casus.services.casussen import open_casus
from casus.services.vastleggen import leg_contact_vast
from diensten.models import OZ, VV, EigenDienst, Keuze, Maatwerk, Monitoren, Overdracht
from diensten.services.eigen import rond_dienst_af
from diensten.services.keuzes import maak_keuze, open_keuze
from diensten.services.overdrachten import bereid_voor
from melding.aanlevering import Aangeleverd, AangeleverdePersoon
from melding.advies.rond import leg_toestemming_vast
from melding.models import Advies, Melding, Signaal
from melding.services import begin_advies, neem_melding_aan, ontvang_signaal
from triage.models import VHT, Triagebesluit
from triage.services import beantwoord
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Afzender, Medewerker, Rol, Team, systeemmedewerker

E = TypeVar("E", bound=EigenDienst)

_teller = itertools.count(1)
SLEUTELS: dict[str, str] = {}
"""The key of each sender made here, by its name: it cannot be read back."""


def team(naam: str = "West") -> Team:
    return Team.objects.get_or_create(naam=naam)[0]


def medewerker(*rollen: str, naam: str = "", van: Team | None = None, **velden: Any) -> Medewerker:
    """An employee of team West unless told otherwise; without roles a worker of the achterkant."""
    n = next(_teller)
    return Medewerker.objects.create_user(
        f"medewerker{n}@merenland.example",
        "een lang wachtwoord",
        naam=naam or f"Medewerker {n}",
        team=van or team(),
        rollen=list(rollen) or [Rol.ACHTERKANT],
        **velden,
    )


def collega(van: Medewerker, *rollen: str, **velden: Any) -> Medewerker:
    return medewerker(*rollen, van=van.team, **velden)


def buitenstaander(*rollen: str) -> Medewerker:
    """Same role, another team: not involved in anything of team West."""
    return medewerker(*rollen, van=team("Oost"))


def systeem() -> Medewerker:
    return systeemmedewerker("Klok")


def casus(door: Medewerker | None = None, **velden: Any) -> Casus:
    door = door or medewerker()
    velden.setdefault("verantwoordelijke", door)
    return open_casus(door=door, **velden)


def persoon(door: Medewerker | None = None, **velden: Any) -> Persoon:
    velden.setdefault("voornamen", "Jelle")
    velden.setdefault("achternaam", "Terpstra")
    return maak_persoon(door=door or systeem(), **velden)


def advies(door: Medewerker) -> Advies:
    """An advies in which people may be written down: asked by someone it is about, who consented."""
    rij = begin_advies(door=door, adviesvrager_naam="Karin Postma", vrager_is="directbetrokkene")
    leg_toestemming_vast(rij, door=door, gegeven_door="Karin Postma", waarvoor="namen van het eigen gezin")
    return rij


def betrokkene(
    in_casus: Casus, *, door: Medewerker | None = None, rol: str = Betrokkene.Rol.DIRECT, **velden: Any
) -> Betrokkene:
    door = door or in_casus.verantwoordelijke or systeem()
    return voeg_betrokkene_toe(in_casus, persoon(door, **velden), door=door, rol=rol)


def signaal(*, van: Afzender | None = None, door: Medewerker | None = None, **velden: Any) -> Signaal:
    """A report as a sender delivers it; with `door` and no `van` one an employee wrote down."""
    if van is None and door is None:
        van = afzender()
    velden.setdefault("kenmerk", f"PL-{next(_teller)}")
    velden.setdefault("tekst", "Buren hoorden geschreeuw. De kinderen zaten op de trap.")
    wie = door or (van.medewerker if van else systeem())
    return ontvang_signaal(Aangeleverd(**velden), afzender=van, door=wie)[0]


def aangeleverd(soort: str = "volwassene", **velden: Any) -> AangeleverdePersoon:
    """Someone in a report about whom nothing is doubtful."""
    velden.setdefault("voornamen", "Rik")
    velden.setdefault("achternaam", "Brouwers")
    velden.setdefault("geboortedatum", "05-04-1988" if soort == "volwassene" else "12-03-2019")
    return AangeleverdePersoon(soort=soort, **velden)


def melding(signaal: Signaal | None = None, *, door: Medewerker | None = None, **velden: Any) -> Melding:
    """A report in a new case of `door`, unless told otherwise."""
    return neem_melding_aan(signaal, door=door or medewerker(Rol.VOORKANT, Rol.ACHTERKANT), **velden)


def afzender(naam: str = "Politie Merenland") -> Afzender:
    """A system that sends reports; its key stands in `SLEUTELS`."""
    gevonden = Afzender.objects.filter(naam=naam).first()
    if gevonden is None:
        gevonden, SLEUTELS[naam] = Afzender.nieuw(naam)
    return gevonden


def vht(stand: str = "in_bewerking", *, door: Medewerker | None = None, **antwoorden: bool | None) -> VHT:
    """The VHT of a new melding. Answers by question: `vht(A1=True)`; vastgesteld without answers is all “nee”."""
    door = door or medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    rij = VHT.objects.get(melding=melding(door=door))
    if stand == "vastgesteld" and not antwoorden:
        antwoorden = {vraag.code: False for vraag in rij.blad.vragen}
    for antwoord in rij.antwoorden.filter(vraag__in=antwoorden):
        beantwoord(antwoord, door=door, waarde=antwoorden[antwoord.vraag])
    rij = VHT.objects.get(pk=rij.pk)
    if stand == "vastgesteld":
        rij = voer_uit(rij, "stel_vast", door=door, motivering="test")
    return rij


def besluit(
    stand: str = "concept",
    *,
    door: Medewerker | None = None,
    tweede: Medewerker | None = None,
    uitkomst: str = "bij_vt",
    acuut: bool = False,
    **antwoorden: bool | None,
) -> Triagebesluit:
    """The triagebesluit of a new melding, proposed by `door` and signed by `tweede`; `acuut` takes it at once."""
    door = door or medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    tweede = tweede or collega(door)
    rij = vht("in_bewerking" if acuut else "vastgesteld", door=door, **antwoorden).besluit
    if acuut:
        return voer_uit(rij, "neem_acuut", door=door, tweede=tweede, motivering="direct gevaar")
    if stand != "concept":
        rij = voer_uit(rij, "leg_voor", door=door, uitkomst=uitkomst, tweede=tweede)
    if stand == "genomen":
        rij = voer_uit(rij, "bevestig", door=tweede)
    return rij


def keuze(
    *, door: Medewerker | None = None, contact: bool = True, uitkomst: str = "bij_vt", acuut: bool = False
) -> Keuze:
    """The open choice after a triagebesluit, with or without a first contact; `acuut` is the short way there."""
    door = door or medewerker()
    genomen = besluit("genomen", door=door, uitkomst=uitkomst, acuut=acuut)
    if contact:
        leg_contact_vast(genomen.casus, door=door, met="moeder", met_directbetrokkene=True)
    open_ = Keuze.objects.filter(vht=genomen.vht).first()
    return open_ or open_keuze(genomen.vht, door=door, motivering="de partij neemt het niet over")


def vv(stand: str = "gekozen", *, door: Medewerker | None = None, contact: bool = True, **uitkomsten: str) -> VV:
    """The V&V of a new case; ended it goes on to Monitoren. Outcomes by form with `_` for `-`."""
    return _eigen(VV, stand, door or medewerker(), contact, uitkomsten)


def oz(stand: str = "gekozen", *, door: Medewerker | None = None, contact: bool = True, **uitkomsten: str) -> OZ:
    """The onderzoek of a new case, chosen at once; ended it goes on to Monitoren."""
    return _eigen(OZ, stand, door or medewerker(), contact, uitkomsten)


def _eigen(model: type[E], stand: str, door: Medewerker, contact: bool, uitkomsten: dict[str, str]) -> E:
    open_ = keuze(door=door, contact=contact, acuut=True)
    maak_keuze(open_, door=door, motivering="eerst handelen", **{model.soort: True})
    rij = model._default_manager.get(keuze=open_)
    if stand == "voortijdig_beeindigd":
        return voer_uit(rij, "beeindig_voortijdig", door=door, reden_voortijdig="vertrokken")
    if stand != "gekozen":
        rij = voer_uit(rij, "pak_op", door=door)
    if stand == "afgerond":
        gevonden = {vorm.replace("_", "-"): uitkomst for vorm, uitkomst in uitkomsten.items()}
        rij = rond_dienst_af(
            rij,
            door=door,
            uitkomsten=gevonden or {"pg-psychisch": "bevestigd"},
            vervolg_monitoren=True,
            vervolg_overdracht=False,
        )
    return rij


def overdracht(stand: str = "voorbereiding", *, door: Medewerker | None = None, **velden: str) -> Overdracht:
    """A direct Overdracht to a wijkteam, as far as `stand`."""
    door = door or medewerker()
    genomen = besluit("genomen", door=door, uitkomst="overdracht")
    rij = Overdracht.objects.get(meldingen=genomen.vht.melding)
    velden = {"soort_partij": "wijkteam", "partij": "Wijkteam Zuid", "zicht_op_veiligheid": "het wijkteam", **velden}
    rij = bereid_voor(rij, door=door, **velden)
    wegen = {
        "voorbereiding": [],
        "aangeboden": ["bied_aan"],
        "geaccepteerd": ["bied_aan", "accepteer"],
        "overgedragen": ["bied_aan", "accepteer", "draag_over"],
        "geweigerd": ["bied_aan", "weiger"],
        "ingetrokken": ["trek_in"],
    }
    for stap in wegen[stand]:
        gegevens = {"reden": "geen plek"} if stap in {"weiger", "trek_in"} else {}
        rij = voer_uit(rij, stap, door=door, **gegevens)
    return rij


def monitoren(stand: str = "lopend", *, door: Medewerker | None = None) -> Monitoren:
    """The monitoring after a V&V, with its two moments."""
    door = door or medewerker()
    rij = Monitoren.objects.get(na_dienst=vv("afgerond", door=door).stap)
    if stand == "afgerond":
        rij = voer_uit(rij, "stel_stabiel_veilig_vast", door=door, motivering="eerder veilig dan gedacht")
    if stand == "opgevolgd":
        rij = voer_uit(rij, "laat_opvolgen", door=door)
    return rij


def maatwerk(stand: str = "lopend", *, door: Medewerker | None = None) -> Maatwerk:
    """Local work after the triagebesluit that asks for it."""
    door = door or medewerker()
    genomen = besluit("genomen", door=door, uitkomst="maatwerk")
    rij = Maatwerk.objects.get(meldingen=genomen.vht.melding)
    return voer_uit(rij, "rond_af", door=door) if stand == "afgerond" else rij
