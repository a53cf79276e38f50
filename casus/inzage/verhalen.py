"""The sentences for the spine's own pieces, at language level B1: short, whole, “u” for the reader, no codes.

The apps above write theirs in their `dossier.py`, with the same `vertelt`.
"""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, vertelt
from casus.inzage.familie import familie
from casus.inzage.models import Inzageverzoek
from casus.inzage.vertellen import citaten, in_woorden, moment_voluit, overige_velden
from casus.models import (
    Betrokkene,
    Bijlage,
    Casus,
    Contact,
    Processtap,
    Veiligheidsafspraak,
    Veiligheidsscore,
    Veiligheidsvoorwaarde,
)
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.selectors import label
from vt_cvs.web import dagen

_BEGIN_VAN_STAP = {
    "advies": "Dit advies begon",
    "melding": "Veilig Thuis begon met deze melding",
    "triage": "De eerste beoordeling begon",
    "vv": "Dit verdere onderzoek begon",
    "oz": "Het onderzoek begon",
    "overdracht": "De overdracht begon",
    "monitoren": "Het volgen begon",
    "maatwerk": "Deze hulp begon",
}


@regel("RW-3.13")
@vertelt(
    "casus.casus",
    titel="Dit dossier",
    velden=("nummer", "naam", "soort", "stand", "gestart_op", "gesloten_op", "verantwoordelijke", "team", "gemeente",
            "afgeschermd", "genoemden", "veiligheid", "laagste_score", "laatste_contact_op", "laatste_contact_hoe"),
)  # fmt: skip
def dossier(casus: Casus, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Dit is dossier {casus.nummer} van Veilig Thuis. Het begon op {dagen.voluit(casus.gestart_op)}.")
    if casus.soort == Casus.Soort.ADVIES:
        yield Alinea("In dit dossier staat een advies.")
    if casus.naam:
        yield Alinea(f"De naam van het dossier is {casus.naam}.")
    if casus.gesloten_op:
        yield Alinea(f"Veilig Thuis sloot het dossier op {dagen.voluit(casus.gesloten_op)}.")
    else:
        yield Alinea("Het dossier is nog open.")
    if casus.verantwoordelijke:
        team = f" van team {casus.team.naam}" if casus.team else ""
        yield Alinea(f"{casus.verantwoordelijke.naam}{team} was als laatste verantwoordelijk.")
    if casus.gemeente:
        yield Alinea(f"Het dossier hoort bij de gemeente {label('gemeente', casus.gemeente)}.")
    if casus.veiligheid != Casus.Veiligheid.ONBEKEND:
        yield Alinea(f"Over de veiligheid staat er: {casus.get_veiligheid_display().lower()}.")
    if casus.laagste_score is not None:
        yield Alinea(f"Het laagste cijfer voor veiligheid dat nu telt is {casus.laagste_score}.")
    if casus.laatste_contact_op:
        yield Alinea(
            f"Het laatste contact was op {dagen.voluit(casus.laatste_contact_op)}: {casus.laatste_contact_hoe}."
        )
    if casus.afgeschermd:
        namen = ", ".join(m.naam for m in casus.genoemden.all())
        yield Alinea(f"Niet elke medewerker kan dit dossier openen. Wel: {namen or 'niemand'}.")


@vertelt(
    "casus.betrokkene",
    titel=lambda b: f"Iemand die bij dit dossier hoort: {b.get_stand_display().lower()}",
    velden=("casus", "persoon", "stand", "aandeel", "relatie", "gezag", "sinds", "huishouden"),
)
def betrokkene(b: Betrokkene, lezer: Lezer) -> Iterator[Alinea]:
    if b.opgegaan_in is not None:
        yield Alinea(f"Deze persoon stond twee keer in het dossier. Het gaat om {lezer.noem(b.verder_als)}.")
        return
    wie, bent = lezer.noem(b, hoofdletter=True), "bent" if lezer.noem(b) == "u" else "is"
    rol = {
        Betrokkene.Rol.DIRECT: "directbetrokkene. De melding gaat over deze persoon of over zijn gezin",
        Betrokkene.Rol.DERDE: "betrokken derde. Deze persoon hoort bij het gezin, maar de melding gaat er niet over",
        Betrokkene.Rol.PROFESSIONAL: "professional. Deze persoon werkt met het gezin",
    }[Betrokkene.Rol(b.stand)]
    yield Alinea(f"{wie} {bent} {rol}. Dat staat in het dossier sinds {dagen.voluit(b.sinds)}.")
    if b.aandeel != Betrokkene.Aandeel.ONBEKEND:
        yield Alinea(f"In het dossier staat bij {lezer.noem(b)}: {b.get_aandeel_display()}. Dat is geen oordeel.")
    if b.relatie:
        yield Alinea(f"Relatie: {b.relatie}.")
    if b.gezag is not None:
        heeft = "hebt" if wie == "U" else "heeft"
        yield Alinea(f"{wie} {heeft} {'' if b.gezag else 'geen '}gezag over de kinderen.")
    yield Alinea(f"Wie samenwoont, heeft in het dossier hetzelfde nummer. Dit is nummer {b.huishouden}.")
    persoon = b.persoon
    if persoon is None:
        return
    yield from familie(b, lezer)
    if persoon.volle_naam:
        yield Alinea(f"De volledige naam is {persoon.volle_naam}.")
    if persoon.geboortedatum:
        yield Alinea(f"De geboortedatum is {dagen.voluit(persoon.geboortedatum)}.")
    verteld = {"voornamen", "voorvoegsel", "achternaam", "geboortedatum"}
    yield from overige_velden(persoon, lezer, behalve=verteld | ({"geboortejaar"} if persoon.geboortedatum else set()))


@vertelt(
    "casus.processtap",
    titel="Wanneer deze stap was en wie hem deed",
    velden=("casus", "soort", "begonnen_op", "geeindigd_op", "verantwoordelijke", "team", "medebehandelaars"),
)
def processtap(stap: Processtap, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"{_BEGIN_VAN_STAP.get(stap.soort, 'Deze stap begon')} op {dagen.voluit(stap.begonnen_op)}.")
    if stap.geeindigd_op:
        yield Alinea(f"Veilig Thuis was hiermee klaar op {dagen.voluit(stap.geeindigd_op)}.")
    else:
        yield Alinea("Veilig Thuis is hier nog mee bezig.")
    if stap.verantwoordelijke:
        team = f" van team {stap.team.naam}" if stap.team else ""
        yield Alinea(f"{stap.verantwoordelijke.naam}{team} was verantwoordelijk.")
    if samen := [m.naam for m in stap.medebehandelaars.all()]:
        yield Alinea(f"Ook deden mee: {', '.join(samen)}.")


_CONTACT = {
    Contact.Soort.TELEFOON: "Een telefoongesprek",
    Contact.Soort.HUISBEZOEK: "Een bezoek aan huis",
    Contact.Soort.KANTOOR: "Een gesprek op kantoor",
    Contact.Soort.SCHOOL: "Een gesprek op school",
    Contact.Soort.VIDEO: "Een gesprek via video",
    Contact.Soort.CHAT: "Een gesprek via chat",
    Contact.Soort.MAIL: "Een mail",
    Contact.Soort.BRIEF: "Een brief",
    Contact.Soort.MDO: "Een overleg tussen organisaties",
    Contact.Soort.ANDERS: "Een contact",
}


@vertelt(
    "casus.contact",
    titel=lambda c: _CONTACT[Contact.Soort(c.soort)],
    velden=("casus", "stap", "door", "op", "soort", "met", "betrokkenen", "met_directbetrokkene", "onderwerp",
            "verslag", "hoor_wederhoor", "alert", "alert_reden"),
)  # fmt: skip
def contact(c: Contact, lezer: Lezer) -> Iterator[Alinea]:
    wat = _CONTACT[Contact.Soort(c.soort)]
    yield Alinea(f"{wat} op {moment_voluit(c.op)}. {c.door.naam} van Veilig Thuis schreef dit op.")
    if c.met:
        yield Alinea(f"Erbij was of waren: {c.met}.")
    if namen := [lezer.noem(b) for b in c.betrokkenen.all()]:
        yield Alinea(f"Het ging over {_rij(namen)}.")
    if c.alert or c.alert_reden:
        yield Alinea(f"Let op bij het delen van dit verslag. {c.alert_reden}".strip(), voorstel="b")
    if c.onderwerp:
        yield Alinea(f"Het onderwerp was: {c.onderwerp}.")
    if c.hoor_wederhoor:
        yield Alinea("Veilig Thuis vroeg om een reactie op wat er in het dossier staat. Dit was de reactie:")
    yield from citaten(c.verslag)


@vertelt(
    "casus.veiligheidsscore",
    titel="Hoe veilig iemand zich voelt",
    velden=("casus", "stap", "door", "betrokkene", "op", "score", "herkomst"),
)
def score(s: Veiligheidsscore, lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(
        f"Op {moment_voluit(s.op)} vroeg Veilig Thuis hoe veilig het is voor {lezer.noem(s.betrokkene)}. "
        f"Het cijfer was {s.score}. Een 0 is heel onveilig. Een 10 is heel veilig."
    )
    if s.herkomst:
        yield Alinea(f"Dit cijfer komt van: {s.herkomst}.")
    yield Alinea(f"{s.door.naam} van Veilig Thuis schreef het cijfer op.")


@vertelt(
    "casus.veiligheidsvoorwaarde",
    titel="Een voorwaarde voor veiligheid",
    velden=("casus", "stap", "door", "tekst", "vastgesteld_op", "geldt_tot", "beeindigd_op"),
)
def voorwaarde(v: Veiligheidsvoorwaarde, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"{v.door.naam} van Veilig Thuis stelde op {dagen.voluit(v.vastgesteld_op)} deze voorwaarde:")
    yield Alinea(v.tekst, soort="citaat")
    if v.geldt_tot:
        yield Alinea(f"De voorwaarde geldt tot en met {dagen.voluit(v.geldt_tot)}.")
    if v.beeindigd_op:
        yield Alinea(f"De voorwaarde geldt niet meer sinds {dagen.voluit(v.beeindigd_op)}.")


@vertelt(
    "casus.veiligheidsafspraak",
    titel="Een afspraak over veiligheid",
    velden=("casus", "stap", "door", "tekst", "met", "gemaakt_op", "vervallen_op"),
)
def afspraak(a: Veiligheidsafspraak, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Op {dagen.voluit(a.gemaakt_op)} is dit afgesproken:")
    yield Alinea(a.tekst, soort="citaat")
    if a.met:
        yield Alinea(f"De afspraak is gemaakt door of met: {a.met}.")
    if a.vervallen_op:
        yield Alinea(f"De afspraak geldt niet meer sinds {dagen.voluit(a.vervallen_op)}.")
    yield Alinea(f"{a.door.naam} van Veilig Thuis schreef de afspraak op.")


@vertelt(
    "casus.bijlage",
    titel="Een bestand in het dossier",
    velden=("casus", "stap", "contact", "naam", "omschrijving", "mediatype", "grootte", "ontvangen_op", "door"),
)
def bijlage(b: Bijlage, _lezer: Lezer) -> Iterator[Alinea]:
    from casus.services.bijlagen import SOORTEN

    yield Alinea(f"Op {dagen.voluit(b.ontvangen_op)} kreeg Veilig Thuis een bestand. De naam is: {b.naam}.")
    if b.omschrijving:
        yield Alinea(f"Wat het is: {b.omschrijving}.")
    yield Alinea(f"Soort bestand: {SOORTEN.get(b.mediatype, 'bestand')}. {b.door.naam} deed het in het dossier.")
    yield Alinea("Het bestand zelf zit niet in dit document. U kunt Veilig Thuis er apart om vragen.")


@vertelt(
    "inzage.inzageverzoek",
    titel="Een eerder verzoek om inzage",
    velden=("casus", "door", "ontvangen_op", "verzoeker", "hoedanigheid", "namens", "stand", "verstrekt_op",
            "verstrekt_door", "gescreend_op", "gescreend_door", "bladzijden", "grond", "reden"),
)  # fmt: skip
def inzageverzoek(v: Inzageverzoek, lezer: Lezer) -> Iterator[Alinea]:
    wie = lezer.noem(v.verzoeker, hoofdletter=True)
    yield Alinea(f"{wie} vroeg op {dagen.voluit(v.ontvangen_op)} om dit dossier te lezen.")
    if v.namens:
        yield Alinea(f"Dat was namens {lezer.noem(v.namens)}.")
    if v.verstrekt_op:
        yield Alinea(f"Veilig Thuis gaf het dossier op {dagen.voluit(v.verstrekt_op)}.")
    if v.stand == Inzageverzoek.Stand.AFGEWEZEN:
        yield Alinea(f"Veilig Thuis wees het verzoek af. De reden was: {v.get_grond_display()}. {v.reden}")
    elif not v.verstrekt_op:
        veld = v._meta.get_field("stand")
        yield Alinea(f"Het verzoek staat nu op: {in_woorden(v, veld).lower()}.")


def _rij(namen: list[str]) -> str:
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"
