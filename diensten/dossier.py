"""What services add to a case: their tab, and how each piece reads for the client, in plain Dutch."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, Tab, pad_in, vertelt
from casus.models import Casus
from diensten.models import (
    OZ,
    VV,
    EigenDienst,
    Keuze,
    Maatwerk,
    Monitoren,
    Monitormoment,
    Onderzoekspunt,
    Overdracht,
    Uitkomst,
)
from diensten.selectors import aantal_diensten
from vt_cvs.organisatie.selectors import label
from vt_cvs.web import dagen

_DIENST = ("stap", "keuze", "na_dienst", "meldingen", "opgepakt_op", "stand")
_EIGEN = ("vervolg_monitoren", "vervolg_overdracht", "toelichting", "reden_voortijdig")
_ANTWOORD = {"ja": "ja", "deels": "voor een deel", "nee": "nee", "onbekend": "dat weten wij niet"}


def tab(casus: Casus) -> Iterator[Tab]:
    if casus.soort == Casus.Soort.MELDING:
        yield Tab("diensten", "Diensten", 50, pad_in(casus, "diensten"), aantal_diensten(casus))


@vertelt(
    "diensten.keuze",
    titel="Wat Veilig Thuis daarna koos",
    velden=("stap", "vht", "stand", "vv", "oz", "overdracht", "soort_partij", "partij", "maatwerk", "soort_maatwerk",
            "toelichting", "gemaakt_op", "gemaakt_door"),
)  # fmt: skip
def keuze(k: Keuze, _lezer: Lezer) -> Iterator[Alinea]:
    if k.gemaakt_op is None:
        yield Alinea("Veilig Thuis heeft nog niet gekozen wat er nu gebeurt.")
        return
    yield Alinea(f"Op {dagen.voluit(k.gemaakt_op)} koos Veilig Thuis wat er verder gebeurt.")
    if k.vv:
        yield Alinea("Veilig Thuis onderzoekt zelf verder of het veilig is en spreekt af wat daarvoor nodig is.")
    if k.oz:
        yield Alinea("Veilig Thuis onderzoekt of er geweld of mishandeling is.")
    if k.overdracht:
        yield Alinea(f"Een andere organisatie helpt verder: {_wie(k.soort_partij, k.partij)}.")
    if k.maatwerk:
        yield Alinea(
            f"Er komt hulp die in de regio is geregeld{_dubbele_punt(label('soort_maatwerk', k.soort_maatwerk))}."
        )
    if k.toelichting:
        yield Alinea(f"De reden: {k.toelichting}")


@vertelt(
    "diensten.vv",
    titel="Verder onderzoek naar veiligheid en voorwaarden",
    velden=(*_DIENST, *_EIGEN, "vervolg_onderzoek"),
)
def vv(v: VV, _lezer: Lezer) -> Iterator[Alinea]:
    if v.vervolg_onderzoek:
        yield Alinea("Daarna begon Veilig Thuis een onderzoek.")
    yield from _eigen(v)


@vertelt("diensten.oz", titel="Onderzoek", velden=(*_DIENST, *_EIGEN))
def oz(o: OZ, _lezer: Lezer) -> Iterator[Alinea]:
    yield from _eigen(o)


def _eigen(v: EigenDienst) -> Iterator[Alinea]:
    if v.opgepakt_op:
        yield Alinea(f"Een medewerker begon hiermee op {dagen.voluit(v.opgepakt_op)}.")
    elif not v.is_geeindigd:
        yield Alinea("Nog geen medewerker is hiermee begonnen.")
    if v.reden_voortijdig:
        yield Alinea(f"Het onderzoek stopte eerder dan gepland. De reden: {v.reden_voortijdig_in_woorden.lower()}.")
    if v.vervolg_monitoren:
        yield Alinea("Daarna kijkt Veilig Thuis nog een paar keer of het veilig blijft.")
    if v.vervolg_overdracht:
        yield Alinea("Daarna helpt een andere organisatie verder.")
    if v.toelichting:
        yield Alinea(f"De uitleg: {v.toelichting}")


@vertelt(
    "diensten.onderzoekspunt",
    titel="Wat Veilig Thuis wilde weten",
    velden=("stap", "soort_punt", "standaard", "vraag_of_taak", "deskundige", "bevinding", "vervallen_op"),
)
def onderzoekspunt(p: Onderzoekspunt, _lezer: Lezer) -> Iterator[Alinea]:
    if p.soort_punt == Onderzoekspunt.Soort.VRAAG:
        yield Alinea(f"De vraag: {p.vraag_of_taak}")
    else:
        wie = "een gedragswetenschapper" if p.soort_punt == p.Soort.GEDRAGSWETENSCHAPPER else "een vertrouwensarts"
        yield Alinea(f"Veilig Thuis vroeg hulp aan {wie}. Dat was om: {p.vraag_of_taak}")
    if p.deskundige:
        yield Alinea(f"Dat deed: {p.deskundige}.")
    if p.bevinding:
        yield Alinea(f"Wat Veilig Thuis vond: {p.bevinding}")
    if p.vervallen_op:
        yield Alinea(f"Vanaf {dagen.voluit(p.vervallen_op)} hoefde Veilig Thuis dit niet meer te weten.")


@vertelt("diensten.uitkomst", titel="Wat er uit het onderzoek kwam", velden=("stap", "vorm", "uitkomst_geweld"))
def uitkomst(u: Uitkomst, _lezer: Lezer) -> Iterator[Alinea]:
    wat = u.vorm_in_woorden
    zinnen = {
        "bevestigd": f"Veilig Thuis denkt dat dit is gebeurd: {wat}.",
        "niet-bevestigd": f"Veilig Thuis weet niet zeker of dit is gebeurd: {wat}.",
        "weerlegd": f"Veilig Thuis denkt dat dit niet is gebeurd: {wat}.",
        "niet-gerapporteerd": f"Hierover schrijft Veilig Thuis geen uitkomst op: {wat}.",
        "": f"Hierover is nog geen uitkomst: {wat}.",
    }
    yield Alinea(zinnen.get(u.uitkomst_geweld, f"{wat}: {u.in_woorden}."))


@vertelt(
    "diensten.overdracht",
    titel="Overdracht aan een andere organisatie",
    velden=(*_DIENST, "soort_partij", "partij", "adres_partij", "advies_en_aandachtspunten", "zicht_op_veiligheid",
            "aangeboden_op", "reden_niet_over", "brief"),
)  # fmt: skip
def overdracht(o: Overdracht, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"De andere organisatie is: {_wie(o.soort_partij, o.partij)}.")
    if o.aangeboden_op:
        yield Alinea(f"Veilig Thuis vroeg op {dagen.voluit(o.aangeboden_op)} of zij verder wil helpen.")
    zin = {
        Overdracht.Stand.GEACCEPTEERD: "De organisatie wil dat.",
        Overdracht.Stand.OVERGEDRAGEN: "De organisatie helpt nu verder.",
        Overdracht.Stand.GEWEIGERD: "De organisatie wilde dat niet.",
        Overdracht.Stand.INGETROKKEN: "Veilig Thuis heeft dit weer ingetrokken.",
    }.get(Overdracht.Stand(o.stand))
    if zin:
        yield Alinea(zin)
    if o.reden_niet_over:
        yield Alinea(f"De reden: {o.reden_niet_over}")
    if o.zicht_op_veiligheid:
        yield Alinea(f"Op de veiligheid let: {o.zicht_op_veiligheid}.")
    if o.advies_en_aandachtspunten:
        yield Alinea(f"Veilig Thuis gaf dit advies mee: {o.advies_en_aandachtspunten}")


@vertelt(
    "diensten.monitoren",
    titel="Kijken of het veilig blijft",
    velden=(*_DIENST, "werkwijze", "stabiel_veilig", "toelichting"),
)
def monitoren(m: Monitoren, _lezer: Lezer) -> Iterator[Alinea]:
    if m.werkwijze:
        yield Alinea(f"Zo is dat afgesproken: {m.werkwijze}")
    if m.stabiel_veilig:
        yield Alinea("Veilig Thuis vond dat het veilig was en veilig bleef.")
    elif m.stand == Monitoren.Stand.AFGEROND:
        yield Alinea("Veilig Thuis stopte hiermee om een andere reden.")
    elif m.stand == Monitoren.Stand.OPGEVOLGD:
        yield Alinea("Er kwam een nieuwe melding. Veilig Thuis ging verder in een nieuw dossier.")
    if m.toelichting:
        yield Alinea(f"De uitleg: {m.toelichting}")


@vertelt(
    "diensten.monitormoment",
    titel="Een keer kijken of het veilig is",
    velden=("stap", "gepland_op", "na_maanden", "met", "waarvoor", "gehouden_op", "werd_veilig", "werkt_aan_herstel",
            "inzet_genoeg", "verslag", "vervallen_op"),
)  # fmt: skip
def monitormoment(m: Monitormoment, _lezer: Lezer) -> Iterator[Alinea]:
    if m.gehouden_op:
        yield Alinea(f"Op {dagen.voluit(m.gehouden_op)} keek Veilig Thuis of het veilig was.")
    elif m.vervallen_op:
        yield Alinea(f"Veilig Thuis wilde dit doen op {dagen.voluit(m.gepland_op)}, maar het was niet meer nodig.")
    else:
        yield Alinea(f"Veilig Thuis wil dit doen op {dagen.voluit(m.gepland_op)}.")
    if m.met:
        yield Alinea(f"Met wie: {m.met}.")
    if m.waarvoor:
        yield Alinea(f"Waarvoor: {m.waarvoor}.")
    vragen = {
        "Werd en blijft het veilig?": m.werd_veilig,
        "Wordt er gewerkt aan herstel?": m.werkt_aan_herstel,
        "Helpt de hulp genoeg?": m.inzet_genoeg,
    }
    for vraag, antwoord in vragen.items():
        if antwoord:
            yield Alinea(f"{vraag} Het antwoord: {_ANTWOORD[antwoord]}.")
    if m.verslag:
        yield Alinea(f"Wat Veilig Thuis hoorde: {m.verslag}")


@vertelt(
    "diensten.maatwerk", titel="Hulp die in de regio is geregeld", velden=(*_DIENST, "soort_maatwerk", "toelichting")
)
def maatwerk(m: Maatwerk, _lezer: Lezer) -> Iterator[Alinea]:
    if m.soort_maatwerk:
        yield Alinea(f"Het gaat om: {m.soort_in_woorden}.")
    yield Alinea("Deze hulp is klaar." if m.is_geeindigd else "Deze hulp loopt nog.")
    if m.toelichting:
        yield Alinea(f"De uitleg: {m.toelichting}")


def _wie(soort_partij: str, partij: str) -> str:
    return partij or label("overdracht_organisatie", soort_partij) or "nog niet bekend"


def _dubbele_punt(tekst: str) -> str:
    return f": {tekst}" if tekst else ""
