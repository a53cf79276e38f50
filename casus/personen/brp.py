"""Asking the BRP about someone: always for a stated purpose, always logged, and nothing is filled in by itself.

One thing does follow at once: an address that is secret in the BRP is secret here (RW-7.14).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus import rechten
from casus.models import Betrokkene, Persoon
from casus.services.betrokkenen import bevestig_bsn, wijzig_persoon
from casus.services.nakijken import GEGEVENS_TAAK
from casus.services.werk import maak_taak
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.kern.velden import alleen_cijfers, bsn_index
from vt_cvs.koppelingen.brp import brppoort
from vt_cvs.koppelingen.brp_vormen import BRPPersoon
from vt_cvs.organisatie.models import Medewerker

DOELEN = [
    ("beoordelen", "Een melding beoordelen (Wmo 2015, artikel 4.1.1)"),
    ("onderzoek", "Onderzoek of een dienst na een melding (Wmo 2015, artikel 4.1.1)"),
    ("identiteit", "Zeker weten om wie het gaat, voor het VT Register"),
]
VELDEN = (
    "voornamen",
    "voorvoegsel",
    "achternaam",
    "geboortedatum",
    "geslacht",
    "geboorteland",
    "adres",
    "overleden_op",
    "bsn",
)
ADRES = ("straat", "postcode", "plaats")


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """One field here and in the BRP. `overnemen` is False where there is nothing to take over."""

    naam: str
    label: str
    hier: str
    brp: str
    overnemen: bool


def _noteer(betrokkene: Betrokkene, *, door: Medewerker, doel: str, wat: str) -> None:
    """Before the question leaves: also one that gets no answer was asked."""
    noteer_toegang(
        door,
        Gebeurtenis.BRP,
        stuk=betrokkene.persoon,
        casus_id=betrokkene.casus_id,
        persoon_id=betrokkene.persoon_id,
        grond=f"{wat}; doel: {dict(DOELEN).get(doel, doel)}",
    )


@regel("RW-7.14")
def raadpleeg(betrokkene: Betrokkene, *, door: Medewerker, doel: str, bsn: str = "") -> BRPPersoon | None:
    """The person with this number, None when the BRP has nobody. Raises `BRPStoring`; then nothing has changed."""
    rechten.mag_vastleggen.eis(door, betrokkene)
    eigen = alleen_cijfers(betrokkene.persoon.bsn or "") if betrokkene.persoon else ""
    poort = brppoort()
    _noteer(betrokkene, door=door, doel=doel, wat="Raadplegen met BSN")
    gevonden = poort.raadpleeg(bsn or eigen)
    if gevonden is not None and gevonden.bsn == eigen:
        verwerk_geheim(betrokkene, gevonden.geheim, door=door)
    return gevonden


def zoek(
    betrokkene: Betrokkene, *, door: Medewerker, doel: str, op: str, postcode: str = "", huisnummer: int | None = None
) -> list[BRPPersoon]:
    """Without a number: by surname and date of birth, or who live at an address."""
    rechten.mag_vastleggen.eis(door, betrokkene)
    persoon = betrokkene.persoon
    poort = brppoort()
    if op == "adres":
        if not postcode or huisnummer is None:
            raise RegelGeweigerd([Belemmering("Vul postcode en huisnummer in.", veld="postcode")])
        _noteer(betrokkene, door=door, doel=doel, wat="Zoeken op postcode en huisnummer")
        return poort.zoek_op_adres(postcode, huisnummer)
    if persoon is None or not persoon.achternaam or persoon.geboortedatum is None:
        uitleg = "Zoeken op naam kan als achternaam en hele geboortedatum bekend zijn. Zoek anders op adres."
        raise RegelGeweigerd([Belemmering(uitleg, veld="op")])
    _noteer(betrokkene, door=door, doel=doel, wat="Zoeken op naam en geboortedatum")
    return poort.zoek_op_naam(persoon.achternaam, persoon.geboortedatum)


@regel("RW-7.14")
def verwerk_geheim(betrokkene: Betrokkene, geheim: bool, *, door: Medewerker) -> None:
    """Secret there is secret here, at once. No longer secret there asks a person: an address is easily given away."""
    persoon = Persoon.objects.get(betrokkenheden=betrokkene)
    velden: dict[str, Any] = {"brp_geheim": geheim, "brp_nagegaan_op": timezone.now()}
    if geheim:
        velden["adres_geheim"] = True
    was = persoon.brp_geheim
    wijzig_persoon(betrokkene, door=door, **velden)
    if was and not geheim:
        maak_taak(
            betrokkene,
            GEGEVENS_TAAK,
            titel="Geheim adres nakijken",
            omdat="het adres in de BRP niet meer geheim is; hier blijft het geheim tot je het wijzigt",
            pad=f"{betrokkene.pad()}{betrokkene.pk}/",
            door=door,
            casus=betrokkene.casus,
            voor=betrokkene.casus.verantwoordelijke,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )


def vergelijk(persoon: Persoon, brp: BRPPersoon) -> list[Vergelijking]:
    """Side by side; a secret address is not shown, here nor there."""
    geheim = persoon.adres_geheim or brp.geheim
    rijen = [
        ("voornamen", persoon.voornamen, brp.voornamen),
        ("voorvoegsel", persoon.voorvoegsel, brp.voorvoegsel),
        ("achternaam", persoon.achternaam, brp.achternaam),
        (
            "geboortedatum",
            _dag(persoon.geboortedatum) or persoon.geboortedatum_opgegeven,
            brp.geboren.voluit if brp.geboren else "",
        ),
        ("geslacht", persoon.get_geslacht_display(), dict(Persoon.Geslacht.choices).get(brp.geslacht, "")),
        ("geboorteland", persoon.geboorteland, brp.geboorteland),
        ("adres", _verberg(_adres(persoon), geheim=geheim), _verberg(brp.adres, geheim=geheim)),
        ("overleden_op", _dag(persoon.overleden_op), brp.overleden.voluit if brp.overleden else ""),
        ("bsn", alleen_cijfers(persoon.bsn or ""), brp.bsn),
    ]
    return [
        Vergelijking(naam, _label(naam), hier, daar, bool(_waarden(naam, brp)) and _anders(persoon, naam, brp))
        for naam, hier, daar in rijen
        if hier or daar
    ]


def _label(naam: str) -> str:
    if naam == "adres":
        return "Adres"
    veld: Any = Persoon._meta.get_field(naam)
    woord = str(veld.verbose_name)
    return woord[:1].upper() + woord[1:]


def _dag(dag: date | None) -> str:
    return f"{dag:%d-%m-%Y}" if dag else ""


def _adres(persoon: Persoon) -> str:
    return ", ".join(deel for deel in (persoon.straat, persoon.postcode, persoon.plaats) if deel)


def _verberg(adres: str, *, geheim: bool) -> str:
    return "geheim adres" if geheim and adres else adres


def _waarden(naam: str, brp: BRPPersoon) -> dict[str, Any]:
    """What taking over this field writes here; nothing where the BRP has nothing we can keep."""
    if naam == "geboortedatum" and brp.geboren is not None:
        if brp.geboren.datum is not None:
            return {"geboortedatum": brp.geboren.datum, "geboortedatum_opgegeven": ""}
        return {"geboortedatum": None, "geboortedatum_opgegeven": brp.geboren.voluit[:40]}
    if naam == "overleden_op":
        return {"overleden_op": brp.overleden.datum} if brp.overleden and brp.overleden.datum else {}
    if naam == "adres":
        return {veld: getattr(brp, veld) for veld in ADRES} if brp.straat else {}
    waarde = getattr(brp, naam, "")
    lengte = getattr(Persoon._meta.get_field(naam), "max_length", None) if naam != "geboortedatum" else None
    return {naam: waarde[:lengte] if lengte else waarde} if waarde else {}


def _anders(persoon: Persoon, naam: str, brp: BRPPersoon) -> bool:
    if naam == "bsn":  # the same number may still have to be confirmed
        return alleen_cijfers(persoon.bsn or "") != brp.bsn or persoon.bsn_stand != Persoon.BSNStand.BEVESTIGD
    return any(getattr(persoon, veld) != waarde for veld, waarde in _waarden(naam, brp).items())


@regel("RW-7.14", "RW-14.1")
@transaction.atomic
def neem_over(
    betrokkene: Betrokkene, brp: BRPPersoon, velden: Iterable[str], *, door: Medewerker, versie: int | None = None
) -> None:
    """Only the fields that were ticked. The number taken over is confirmed: the BRP says whose it is."""
    gekozen = set(velden)
    nieuw: dict[str, Any] = {}
    for naam in gekozen:
        nieuw |= _waarden(naam, brp)
    dubbel = Persoon.objects.filter(bsn_index=bsn_index(brp.bsn), opgegaan_in=None).exclude(betrokkenheden=betrokkene)
    if "bsn" in gekozen and dubbel.filter(bsn_stand=Persoon.BSNStand.BEVESTIGD).exists():
        uitleg = "Dit BSN staat al bij een andere persoon. Is het dezelfde, voeg die twee dan samen."
        link = f"{betrokkene.pad()}{betrokkene.pk}/dubbel/"
        raise RegelGeweigerd([Belemmering(uitleg, link=link, link_tekst="Samenvoegen", regel=REGELS["RW-14.1"])])
    if nieuw or versie is not None:
        persoon = wijzig_persoon(betrokkene, door=door, versie=versie, **nieuw)
        betrokkene.persoon = persoon
    if "bsn" in gekozen:
        bevestig_bsn(betrokkene, door=door)
    if alleen_cijfers(betrokkene.persoon.bsn or "") == brp.bsn:  # type: ignore[union-attr]
        verwerk_geheim(betrokkene, brp.geheim, door=door)
