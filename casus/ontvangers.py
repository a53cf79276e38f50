"""Who may read what: each message is looked through before it leaves, and each find says what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from casus.dossier import verboden_in_bericht
from casus.leeftijd import leeftijd
from casus.naamsleutels import sleutel
from casus.namen import VOORVOEGSELS, ontdubbeld, woorden, zoeknaam, zonder_accenten
from casus.tekstsporen import bsns, data, postcodes
from vt_cvs.kern.regels import Belemmering
from vt_cvs.organisatie.sjablonen import Sjabloon, niet_ingevuld, sjabloon_voor

if TYPE_CHECKING:
    from casus.models import Betrokkene, Persoon, Terugkoppeling

VELDEN = ("onderwerp", "tekst")
_NUMMER = re.compile(r"\b[A-Z]-\d{3}-\d{3}-\d{3}\b")
_WOORD = re.compile(r"[^\W\d_][\w’'-]*")
MEESTE_NAMEN = 40


def verkeerde_ontvanger(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """The addressee belongs to this case; the address is not that of somebody else in it."""
    bericht = terugkoppeling.bericht
    ontvanger = terugkoppeling.ontvanger
    casus = terugkoppeling.dossier
    for iemand in filter(None, (terugkoppeling.betrokkene, terugkoppeling.via)):
        if iemand.casus_id != casus.pk or iemand.persoon_id is None:
            yield Belemmering(f"{iemand} hoort niet bij deze casus. Kies iemand van deze casus.", veld="adres")
    if bericht is None or not bericht.adres.strip():
        return
    if bericht.soort == "brief":
        geheim = [b for b in _anderen(terugkoppeling) if b.persoon and _zelfde_straat(bericht.adres, b.persoon)]
        for ander in geheim:
            if ander.persoon and ander.persoon.adres_geheim:
                yield Belemmering("Dit adres is geheim en van iemand anders. Haal het weg.", veld="adres")
        return
    zelf = ontvanger.persoon.email.casefold() if ontvanger and ontvanger.persoon else ""
    mail = bericht.adres.strip().casefold()
    for ander in _anderen(terugkoppeling):
        heeft = ander.persoon is not None and ander.persoon.email.strip().casefold() == mail
        if heeft and mail != zelf and ander.stand != "professional":
            yield Belemmering(
                f"Dit is het mailadres van {ander}, niet van {terugkoppeling.aan or 'de melder'}. Vul het goede adres "
                "in, of kies brief.",
                veld="adres",
            )


def te_veel_voor_melder(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """The melder hears the own number; nobody of the case by name, no other number."""
    bericht = terugkoppeling.bericht
    if bericht is None:
        return
    casus = terugkoppeling.dossier
    mag = {terugkoppeling.meldingsnummer}
    for veld in VELDEN:
        inhoud = str(getattr(bericht, veld))
        for nummer in dict.fromkeys(_NUMMER.findall(inhoud)):
            if nummer not in mag:
                wie = "de melder krijgt" if terugkoppeling.is_voor_melder else "in dit bericht hoort"
                yield Belemmering(f"Haal {nummer} weg: {wie} alleen het nummer van de eigen melding.", veld=veld)
        if not terugkoppeling.is_voor_melder:
            continue
        sjabloon = _sjabloontekst(terugkoppeling)
        if casus.naam and casus.naam not in terugkoppeling.aan and casus.naam in inhoud:
            yield Belemmering(f"Haal “{casus.naam}” weg: de melder krijgt de naam van de casus niet.", veld=veld)
        for betrokkene in _anderen(terugkoppeling):
            assert betrokkene.persoon is not None  # noqa: S101 - asked for
            naam = _genoemd(betrokkene.persoon, inhoud, sjabloon, terugkoppeling.aan)
            if naam and naam != casus.naam:
                yield Belemmering(f"Haal “{naam}” weg: de melder krijgt geen namen van mensen uit de casus.", veld=veld)


def over_een_ander(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """What no party may read in a message about the case, whoever it is for."""
    bericht = terugkoppeling.bericht
    if bericht is None:
        return
    ontvanger = terugkoppeling.ontvanger
    eigen = ontvanger.persoon_id if ontvanger else None
    mensen = [b.persoon for b in _anderen(terugkoppeling) if b.persoon]
    for veld in VELDEN:
        inhoud = str(getattr(bericht, veld))
        for plaats in niet_ingevuld(inhoud):
            yield Belemmering(f"Er staat nog {plaats} in de tekst. Vul dat in of haal het weg.", veld=veld)
        for bsn in bsns(inhoud):
            yield Belemmering(f"Haal {bsn} weg: dat is een BSN. Een BSN gaat nooit mee in een bericht.", veld=veld)
        yield from _geheime_adressen(terugkoppeling, inhoud, veld)
        yield from _geboortedata([p for p in mensen if p.pk != eigen], inhoud, veld)
        for woord, wat in verboden_in_bericht(terugkoppeling):
            if woord.strip() and _heel_woord(woord, inhoud):
                yield Belemmering(f"Haal “{woord}” weg: dat is {wat}.", veld=veld)
        for naam in _uit_een_andere_casus(terugkoppeling, inhoud):
            yield Belemmering(f"Haal “{naam}” weg: die persoon hoort niet bij deze casus.", veld=veld)


def gevaar_van_adres(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """Post that someone else may open: a warning, because only a person can tell whether it is safe."""
    bericht, ontvanger = terugkoppeling.bericht, terugkoppeling.ontvanger
    if bericht is None or ontvanger is None or ontvanger.persoon is None:
        return
    persoon = ontvanger.persoon
    if bericht.soort == "brief" and persoon.adres_geheim:
        yield Belemmering(
            f"Het adres van {ontvanger} is geheim. Schrijf op waarom een brief daarheen veilig is, of bel.",
            veld="adres",
        )
    for ander in _anderen(terugkoppeling):
        if ander.persoon is None or ander.stand != "directbetrokkene" or ander.persoon.is_minderjarig():
            continue
        if waarom := _deelt(bericht.soort, bericht.adres, ontvanger, ander):
            aandeel = f" ({ander.get_aandeel_display()})" if ander.aandeel != "onbekend" else ""
            yield Belemmering(
                f"{ander}{aandeel} {waarom} en kan dit lezen. Schrijf op waarom het veilig is, of kies anders.",
                veld="adres",
            )
    if terugkoppeling.via is None and leeftijd(persoon) in range(12):
        yield Belemmering(
            f"{ontvanger} is jonger dan 12. Informeer wie gezag heeft, of schrijf op waarom je dit kind zelf schrijft.",
            veld="adres",
        )


def _anderen(terugkoppeling: Terugkoppeling) -> list[Betrokkene]:
    """Everyone of the case but whoever reads it."""
    from casus.models import Betrokkene

    ontvanger = terugkoppeling.ontvanger
    rijen = Betrokkene.objects.filter(casus=terugkoppeling.dossier, persoon__isnull=False).select_related("persoon")
    return [b for b in rijen if ontvanger is None or b.pk != ontvanger.pk]


def _sjabloontekst(terugkoppeling: Terugkoppeling) -> str:
    sjabloon: Sjabloon = sjabloon_voor(terugkoppeling.soort_ontvanger, terugkoppeling.moment, terugkoppeling.uitkomst)
    return f"{sjabloon.onderwerp}\n{sjabloon.tekst}\n{settings.VT_NAAM}"


def _keer(woord: str, tekst: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(woord)}(?!\w)", tekst))


def _heel_woord(woord: str, tekst: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(woord.strip())}(?!\w)", tekst, re.IGNORECASE))


def _genoemd(persoon: Persoon, inhoud: str, sjabloon: str, aan: str) -> str:
    """The form in which this person is named, more often than the template itself says that word; "" when not."""
    kaal, kaal_sjabloon, kaal_aan = zonder_accenten(inhoud), zonder_accenten(sjabloon), zonder_accenten(aan)
    if len(persoon.volle_naam) > 3 and _heel_woord(zonder_accenten(persoon.volle_naam), kaal):
        return "" if persoon.volle_naam in aan else persoon.volle_naam
    for naam in (f"{persoon.voorvoegsel} {persoon.achternaam}".strip(), persoon.achternaam, *persoon.voornamen.split()):
        zonder = zonder_accenten(naam)
        te_vaak = len(zonder) > 2 and _keer(zonder, kaal) > _keer(zonder, kaal_sjabloon) + _keer(zonder, kaal_aan)
        if te_vaak:
            return naam
    return ""


def _zelfde_straat(tekst: str, persoon: Persoon) -> bool:
    """Street and number, or the postcode, of this person stand in the text."""
    straat, plat = _plat(persoon.straat), _plat(tekst)
    heeft_straat = len(straat) > 5 and re.search(rf"(?<!\w){re.escape(straat)}(?!\d)", plat)
    code = persoon.postcode.replace(" ", "").upper()
    return bool(heeft_straat) or bool(code and code in postcodes(tekst))


def _plat(tekst: str) -> str:
    return " ".join(zonder_accenten(tekst).casefold().replace(".", " ").split())


def _geheime_adressen(terugkoppeling: Terugkoppeling, inhoud: str, veld: str) -> Iterator[Belemmering]:
    from casus.models import Persoon

    for persoon in Persoon.objects.filter(betrokkenheden__casus=terugkoppeling.dossier, adres_geheim=True).distinct():
        if _zelfde_straat(inhoud, persoon):
            yield Belemmering("Haal het adres weg: dat is geheim.", veld=veld)


def _geboortedata(mensen: list[Persoon], inhoud: str, veld: str) -> Iterator[Belemmering]:
    vandaag = timezone.localdate()
    geboren: dict[date, Persoon] = {p.geboortedatum: p for p in mensen if p.geboortedatum}
    for dag, zoals in data(inhoud):
        if dag in geboren and dag != vandaag:
            yield Belemmering(f"Haal {zoals} weg: dat is de geboortedatum van {geboren[dag]}.", veld=veld)


def _deelt(soort: str, adres: str, ontvanger: Betrokkene, ander: Betrokkene) -> str:
    """How this other grown-up could open the message; "" when not."""
    zelf, hij = ontvanger.persoon, ander.persoon
    assert zelf is not None and hij is not None  # noqa: S101, PT018 - asked before
    if soort == "mail":
        return "gebruikt ook dit mailadres" if hij.email and hij.email.casefold() == adres.strip().casefold() else ""
    samen = ontvanger.huishouden == ander.huishouden or ander.huishouden_ook == ontvanger.huishouden
    zelfde = bool(zelf.postcode and zelf.straat) and (zelf.postcode, zelf.straat) == (hij.postcode, hij.straat)
    return "woont ook op dit adres" if samen or zelfde or (adres and _zelfde_straat(adres, hij)) else ""


def _namen_in(inhoud: str) -> Iterator[tuple[str, str, str]]:
    """Two words with a capital, prefixes between them: as written, first name, surname."""
    treffers = list(_WOORD.finditer(inhoud))
    for i, eerste in enumerate(treffers):
        if not eerste[0][0].isupper():
            continue
        j = i + 1
        while j < len(treffers) and treffers[j][0].casefold() in VOORVOEGSELS and not treffers[j][0][0].isupper():
            j += 1
        if j >= len(treffers) or not treffers[j][0][0].isupper() or len(treffers[j][0]) < 2:
            continue
        heel = inhoud[eerste.start() : treffers[j].end()]
        if not re.search(r"[.!?,:;\n]", heel):
            yield heel, eerste[0], treffers[j][0]


def _uit_een_andere_casus(terugkoppeling: Terugkoppeling, inhoud: str) -> Iterator[str]:
    """Full names of people this Veilig Thuis knows, who are not in this case."""
    from casus.models import Persoon

    sjabloon, bericht = _sjabloontekst(terugkoppeling), terugkoppeling.bericht
    eigen = {zoeknaam(terugkoppeling.aan), zoeknaam(bericht.door.naam) if bericht else ""}
    gezien: set[str] = set()
    for heel, voor, achter in _namen_in(inhoud):
        naam = zoeknaam(voor, achter)
        if heel in sjabloon or naam in eigen or naam in gezien or len(gezien) >= MEESTE_NAMEN:
            continue
        gezien.add(naam)
        sleutels = [sleutel(ontdubbeld(woord)) for woord in woorden(f"{voor} {achter}")]
        bekend = Persoon.objects.filter(zoeksleutels__contains=sleutels, zoeknaam=naam)
        if bekend.exists() and not bekend.filter(betrokkenheden__casus=terugkoppeling.dossier).exists():
            yield heel
