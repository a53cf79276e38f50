"""Taking in a request, judging part by part, and handing over what two people have seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.inzage import rechten
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import Deel, Dossier, stel_samen
from casus.inzage.tekst import Plek, stel_voor, voeg_toe, zoek_fragment
from casus.models import Betrokkene, Casus
from casus.services.werk import maak_taak, vervul_taken
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.termijnen import Termijn, in_maanden, plaatselijk
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.organisatie.models import Medewerker, Rol, systeemmedewerker
from vt_cvs.organisatie.selectors import medewerkers_met

Stand = Inzageverzoek.Stand
Oordeel = Onderdeel.Oordeel
DOCUMENT = "inzagedocument"
"""Outbox kind: this screening is finished, make the document."""
WIS_BESTAND = "wis_bestand"
"""Outbox kind: this stored file is no longer part of any file."""
SCREENEN, VERSTREKKEN = "inzage_screenen", "inzage_verstrekken"


@dataclass(frozen=True, slots=True)
class TeDoen:
    """A part that still asks for a judgement, with the place where it is given."""

    titel: str
    pad: str


def termijn_van(verzoek: Inzageverzoek) -> Termijn:
    """One month after the request."""
    return in_maanden(plaatselijk(verzoek.ontvangen_op), 1)


@transaction.atomic
def open_verzoek(
    casus: Casus,
    verzoeker: Betrokkene,
    *,
    door: Medewerker,
    namens: Betrokkene | None = None,
    **velden: Any,
) -> Inzageverzoek:
    """Take in a request; from now on its month runs in the work of whoever screens."""
    soort = Inzageverzoek.Hoedanigheid
    verzoek = maak(
        Inzageverzoek(
            casus=casus,
            verzoeker=verzoeker,
            namens=namens,
            hoedanigheid=soort.VERTEGENWOORDIGER if namens else soort.ZELF,
            door=door,
            **velden,
        ),
        door=door,
        mag=rechten.mag_opvoeren,
        zin="Verzoek om inzage ontvangen",
    )
    _taak_screenen(verzoek, door=door)
    return verzoek


def leg_oordeel_vast(
    verzoek: Inzageverzoek, *, door: Medewerker, versie: int | None = None, **velden: Any
) -> Inzageverzoek:
    """Whether someone can weigh their interests, and what the child's interest asks: a judgement, with its ground."""
    return wijzig(
        verzoek,
        door=door,
        mag=rechten.mag_bijwerken,
        versie=versie,
        zin="Oordeel bij het inzageverzoek vastgelegd",
        **velden,
    )


def _taak_screenen(verzoek: Inzageverzoek, *, door: Medewerker) -> None:
    maak_taak(
        verzoek,
        SCREENEN,
        titel="Inzagedossier screenen",
        omdat="een betrokkene het dossier wil lezen",
        pad=verzoek.pad(),
        door=door,
        casus=verzoek.casus,
        voor=verzoek.casus.verantwoordelijke,
        termijn=termijn_van(verzoek),
        houdt_sluiten_tegen=False,
    )


def na_stap(verzoek: Inzageverzoek, naam: str, *, door: Medewerker) -> None:
    """What follows from a step of the machine, in the same transaction."""
    if naam == "begin_screening":
        werk_bij(verzoek, door=door)
    elif naam == "rond_screening_af":
        vervul_taken(onderwerp=verzoek, soort=SCREENEN, door=door)
        zet_in_uitpost(DOCUMENT, onderwerp=f"inzageverzoek:{verzoek.pk}", verzoek_id=verzoek.pk)
    elif naam == "heropen":
        vervul_taken(onderwerp=verzoek, soort=VERSTREKKEN, door=door, vervallen=True)
        _taak_screenen(verzoek, door=door)
    elif naam in {"verstrek", "wijs_af"}:
        vervul_taken(onderwerp=verzoek, door=door)
    if naam == "wijs_af" and verzoek.opslagnaam:
        zet_in_uitpost(WIS_BESTAND, onderwerp=f"bestand:{verzoek.opslagnaam}", opslagnaam=verzoek.opslagnaam)


def vraag_tweede_ogen(verzoek: Inzageverzoek) -> None:
    """The document is there: it waits in Mijn werk of whoever hands it over."""
    klok = systeemmedewerker("Klok")
    for medewerker in medewerkers_met(Rol.PRIVACYFUNCTIONARIS).exclude(pk=verzoek.gescreend_door_id):
        maak_taak(
            verzoek,
            VERSTREKKEN,
            titel="Inzagedossier staat klaar: nakijken en verstrekken",
            omdat="de screening is afgerond en een tweede paar ogen nodig is",
            pad=verzoek.pad(),
            door=klok,
            casus=verzoek.casus,
            voor=medewerker,
            termijn=termijn_van(verzoek),
            houdt_sluiten_tegen=False,
        )


# --- the parts -------------------------------------------------------------------------------------------------


def wat_is_te_doen(verzoek: Inzageverzoek) -> list[TeDoen]:
    """Every part without a judgement, and every part that is new, changed or gone since it was judged."""
    nu = {deel.sleutel: deel for deel in stel_samen(verzoek).delen}
    over: list[TeDoen] = []
    for onderdeel in verzoek.onderdelen.all():
        deel = nu.pop((onderdeel.soort, onderdeel.stuk_id), None)
        anders = deel is None or deel.stuk.vingerafdruk != onderdeel.vingerafdruk
        if anders or not onderdeel.beoordeeld:
            over.append(TeDoen(f"{onderdeel.titel} (gewijzigd)" if anders else onderdeel.titel, onderdeel.pad()))
    over += [TeDoen(f"{deel.stuk.titel} (nieuw)", verzoek.pad()) for deel in nu.values()]
    return over


@regel("RW-5.18f")
@transaction.atomic
def werk_bij(verzoek: Inzageverzoek, *, door: Medewerker, dossier: Dossier | None = None) -> int:
    """Bring the parts in step with the file; what is new or changed waits for a judgement again. How many were."""
    verzoek.slot()
    verzoek = Inzageverzoek.objects.get(pk=verzoek.pk)
    if verzoek.stand not in {Stand.IN_SCREENING, Stand.GESCREEND}:
        return 0
    dossier = dossier or stel_samen(verzoek)
    oud = {(o.soort, o.stuk_id): o for o in verzoek.onderdelen.all()}
    anders = [
        (nummer, deel)
        for nummer, deel in enumerate(dossier.delen, 1)
        if (o := oud.get(deel.sleutel)) is None or o.vingerafdruk != deel.stuk.vingerafdruk
    ]
    weg = [o for sleutel, o in oud.items() if sleutel not in {deel.sleutel for deel in dossier.delen}]
    if (anders or weg) and verzoek.stand == Stand.GESCREEND:
        reden = "Er kwam iets bij, ging iets weg of veranderde iets in het dossier na de screening."
        verzoek = voer_uit(verzoek, "heropen", door=systeemmedewerker("Klok"), reden=reden)
    for nummer, deel in anders:
        _zet_klaar(verzoek, deel, nummer, oud.get(deel.sleutel), dossier, door=door)
    for onderdeel in weg:
        onderdeel._history_user = door
        onderdeel.delete()
    _zet_volgorde(verzoek, dossier)
    return len(anders)


def _zet_klaar(
    verzoek: Inzageverzoek, deel: Deel, nummer: int, onderdeel: Onderdeel | None, dossier: Dossier, *, door: Medewerker
) -> None:
    """A part with its text of now, without a judgement. Redactions belong to the letters they were placed on."""
    onderdeel = onderdeel or Onderdeel(verzoek=verzoek, soort=deel.soort, stuk_id=deel.stuk_id)
    onderdeel.stap_id = deel.stap_id
    onderdeel.volgorde = nummer
    onderdeel.titel = deel.stuk.titel
    onderdeel.wanneer = deel.wanneer
    onderdeel.alert = deel.alert
    onderdeel.vingerafdruk = deel.stuk.vingerafdruk
    onderdeel.lakplekken = stel_voor(deel.stuk, dossier.geheimen)
    onderdeel.oordeel = Oordeel.TE_DOEN
    onderdeel.grond = ""
    onderdeel.bewaar(door=door, reden="te screenen")


def _zet_volgorde(verzoek: Inzageverzoek, dossier: Dossier) -> None:
    """The place in the list is no judgement and has no history."""
    plaats = {deel.sleutel: nummer for nummer, deel in enumerate(dossier.delen, 1)}
    anders = []
    for onderdeel in verzoek.onderdelen.all():
        if onderdeel.volgorde != (nummer := plaats[onderdeel.soort, onderdeel.stuk_id]):
            onderdeel.volgorde = nummer
            anders.append(onderdeel)
    for onderdeel in anders:
        Onderdeel.objects.filter(pk=onderdeel.pk).update(volgorde=onderdeel.volgorde)


def deel_van(onderdeel: Onderdeel, dossier: Dossier) -> Deel | None:
    """The text that belongs to this part, as the file is now."""
    return next((d for d in dossier.delen if d.sleutel == (onderdeel.soort, onderdeel.stuk_id)), None)


@regel("RW-5.18f")
@transaction.atomic
def beoordeel(
    onderdeel: Onderdeel,
    oordeel: str,
    *,
    door: Medewerker,
    grond: str = "",
    toelichting: str = "",
    versie: int | None = None,
    vingerafdruk: str | None = None,
) -> Onderdeel:
    """Show, redact or leave out. `vingerafdruk` is that of the text on the screen: judged is what was read."""
    _eis_leesbaar(onderdeel, vingerafdruk)
    _weiger(_bezwaren(onderdeel, oordeel, grond, toelichting))
    velden: dict[str, Any] = {"grond": grond if oordeel == Oordeel.WEGLATEN else ""}
    if oordeel == Oordeel.WEGLATEN:
        velden["lakplekken"] = [{**plek, "voorstel": False} for plek in onderdeel.lakplekken]
    return _wijzig(onderdeel, door=door, versie=versie, oordeel=oordeel, toelichting=toelichting, **velden)


def _bezwaren(onderdeel: Onderdeel, oordeel: str, grond: str, toelichting: str) -> Iterable[Belemmering]:
    r = REGELS["RW-5.18f"]
    if oordeel not in {Oordeel.TONEN, Oordeel.LAKKEN, Oordeel.WEGLATEN}:
        yield Belemmering("Kies wat de verzoeker te zien krijgt: tonen, lakken of weglaten.", veld="oordeel", regel=r)
    if oordeel == Oordeel.WEGLATEN and not grond:
        yield Belemmering("Kies de grond waarop je dit weglaat.", veld="grond", regel=r)
    if oordeel == Oordeel.WEGLATEN and grond == "d" and not toelichting.strip():
        yield Belemmering("Schrijf bij een andere reden op welke dat is.", veld="toelichting", regel=r)
    if oordeel == Oordeel.WEGLATEN:
        return
    for nummer, plek in enumerate(onderdeel.lakplekken, 1):
        if plek["voorstel"]:
            yield Belemmering(f"Beslis eerst over stuk {nummer}: lakken of tonen.", veld="oordeel", regel=r)
    if oordeel == Oordeel.TONEN and any(not plek["voorstel"] for plek in onderdeel.lakplekken):
        yield Belemmering(
            "Er is iets gelakt. Kies “Tonen met gelakte stukken”, of haal het lakken weg.", veld="oordeel", regel=r
        )
    if oordeel == Oordeel.LAKKEN and not onderdeel.lakplekken:
        yield Belemmering(
            "Er is nog niets gelakt. Lak eerst een stuk, of kies “Tonen, helemaal”.", veld="oordeel", regel=r
        )


@transaction.atomic
def lak(
    onderdeel: Onderdeel,
    tekst: str,
    *,
    fragment: str,
    grond: str,
    door: Medewerker,
    keer: int = 1,
    versie: int | None = None,
) -> Onderdeel:
    """Redact one stretch of the text on the screen, on a ground; judging the part again comes after."""
    r = REGELS["RW-5.18f"]
    plek = zoek_fragment(tekst, fragment, keer)
    if plek is None:
        raise RegelGeweigerd(
            [Belemmering("Deze woorden staan niet zo in het stuk. Neem ze letterlijk over.", veld="fragment", regel=r)]
        )
    if not grond:
        raise RegelGeweigerd([Belemmering("Kies de grond waarop je dit lakt.", veld="lakgrond", regel=r)])
    nieuw: Plek = {"begin": plek[0], "eind": plek[1], "grond": grond, "voorstel": False, "bron": door.naam}
    return _opnieuw(onderdeel, voeg_toe(onderdeel.lakplekken, nieuw), door=door, versie=versie)


def beslis_voorstel(
    onderdeel: Onderdeel, nummer: int, *, lakken: bool, door: Medewerker, grond: str = "", versie: int | None = None
) -> Onderdeel:
    """A proposal of the system becomes a redaction of this employee, or goes."""
    plekken = [dict(plek) for plek in onderdeel.lakplekken]
    if not 1 <= nummer <= len(plekken):
        return onderdeel
    if lakken:
        plek = plekken[nummer - 1]
        plek.update(voorstel=False, grond=grond or plek["grond"])
    else:
        del plekken[nummer - 1]
    return _opnieuw(onderdeel, plekken, door=door, versie=versie)


def haal_lak_weg(onderdeel: Onderdeel, nummer: int, *, door: Medewerker, versie: int | None = None) -> Onderdeel:
    return beslis_voorstel(onderdeel, nummer, lakken=False, door=door, versie=versie)


def _opnieuw(onderdeel: Onderdeel, plekken: list[Plek], *, door: Medewerker, versie: int | None) -> Onderdeel:
    """Other redactions ask for a new judgement on the part."""
    return _wijzig(onderdeel, door=door, versie=versie, lakplekken=plekken, oordeel=Oordeel.TE_DOEN, grond="")


@transaction.atomic
def _wijzig(onderdeel: Onderdeel, *, door: Medewerker, versie: int | None, **velden: Any) -> Onderdeel:
    """Lock, version, right and save as `wijzig` does, with who judged and when."""
    onderdeel.slot()
    verzoek = Inzageverzoek.objects.only("stand").get(pk=onderdeel.verzoek_id)
    if verzoek.stand != Stand.IN_SCREENING:
        stand = verzoek.get_stand_display().lower()
        raise RegelGeweigerd(
            [Belemmering(f"Het verzoek is {stand}. Heropen eerst de screening.", regel=REGELS["RW-5.18f"])]
        )
    return wijzig(
        onderdeel,
        door=door,
        mag=rechten.mag_screenen,
        versie=versie,
        **velden,
        **{"door_id": door.pk},
        op=timezone.now(),
    )


def _eis_leesbaar(onderdeel: Onderdeel, vingerafdruk: str | None) -> None:
    if vingerafdruk is not None and vingerafdruk != onderdeel.vingerafdruk:
        uitleg = "Dit stuk is veranderd nadat je het opende. Lees het opnieuw."
        raise RegelGeweigerd([Belemmering(uitleg, veld="oordeel", regel=REGELS["RW-5.18f"])])


def _weiger(bezwaren: Iterable[Belemmering]) -> None:
    if gevonden := list(bezwaren):
        raise RegelGeweigerd(gevonden)
