"""The inzagedossier as a tagged PDF (PDF/A-3a and PDF/UA-1): made by the worker, never during a request."""

from __future__ import annotations

import hashlib
import io
import logging
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import Deel, Dossier, hoofdstuk_van
from casus.inzage.tekst import Passage, voor_de_lezer
from vt_cvs.kern.regels import regel
from vt_cvs.kern.versleuteling import ontsleutel, versleutel
from vt_cvs.organisatie.selectors import instellingen
from vt_cvs.web import dagen

PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MEESTE_DELEN = 3000
VOOR_DE_LEZER = {
    "a": "Het gaat over iemand anders.",
    "b": "Het is nodig voor de veiligheid van iemand anders.",
    "c": "Het is in het belang van een kind.",
    "d": "Er is een andere reden.",
}
_UA = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
    '</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema'
    "</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    '<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA version identifier"
    "</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    "</rdf:Description>"
)


class GeenPango(Exception):
    """The libraries that lay out a PDF are not on this machine."""


class TeGroot(Exception):
    """More parts than one document can hold."""


@dataclass(frozen=True, slots=True)
class Stukje:
    """One part as the reader sees it: its paragraphs, or that it was left out and why."""

    nummer: str
    kop: str
    wanneer: str
    passages: tuple[Passage, ...]
    weggelaten: str = ""
    waarom: str = ""


@dataclass(frozen=True, slots=True)
class Hoofdstuk:
    nummer: int
    titel: str
    inleiding: str
    stukjes: tuple[Stukje, ...]

    @property
    def gronden(self) -> list[tuple[str, str]]:
        """The grounds that this chapter uses, so that the reader finds them where the bars are."""
        lak = {s.grond for stukje in self.stukjes for p in stukje.passages for s in p.segmenten if s.soort == "lak"}
        gebruikt = lak | {stukje.weggelaten for stukje in self.stukjes}
        return [(letter, waarom) for letter, waarom in VOOR_DE_LEZER.items() if letter in gebruikt]

    @property
    def anker(self) -> str:
        return f"hoofdstuk-{self.nummer}"


@regel("RW-5.17", "RW-4.4", "RW-5.18f")
def hoofdstukken(verzoek: Inzageverzoek, dossier: Dossier) -> list[Hoofdstuk]:
    """The judged parts in chapters. A part without a judgement is not shown: a preview leaves its place open."""
    oordelen = {(o.stuksoort, o.stuk_id): o for o in verzoek.onderdelen.select_related("stap")}
    paren = [(deel, oordelen.get(deel.sleutel)) for deel in dossier.delen]
    stappen = {o.stap_id: o.stap for o in oordelen.values()}

    def groep(paar: tuple[Deel, Onderdeel | None]) -> tuple[int | None, bool]:
        deel, _ = paar
        return deel.stap_id, deel.soort in {"casus.casus", "casus.betrokkene"}

    gevonden: list[Hoofdstuk] = []
    for nummer, ((stap_id, _), rij) in enumerate(groupby(paren, key=groep), 1):
        delen = list(rij)
        titel, inleiding = hoofdstuk_van(delen[0][0].soort, stappen.get(stap_id))
        stukjes = tuple(_stukje(f"{nummer}.{n}", deel, o) for n, (deel, o) in enumerate(delen, 1))
        gevonden.append(Hoofdstuk(nummer, titel, inleiding, stukjes))
    return gevonden


def _stukje(nummer: str, deel: Deel, onderdeel: Onderdeel | None) -> Stukje:
    wanneer = dagen.voluit(deel.wanneer) if deel.wanneer else ""
    wanneer = wanneer[:1].upper() + wanneer[1:]
    vers = onderdeel is not None and onderdeel.vingerafdruk == deel.stuk.vingerafdruk
    if onderdeel is None or not vers or not onderdeel.beoordeeld:
        return Stukje(nummer, deel.stuk.titel, wanneer, (), "te_doen")
    if onderdeel.oordeel == Onderdeel.Oordeel.WEGLATEN:
        return Stukje(nummer, deel.stuk.titel, wanneer, (), onderdeel.grond, VOOR_DE_LEZER[onderdeel.grond])
    return Stukje(nummer, deel.stuk.titel, wanneer, tuple(voor_de_lezer(deel.stuk, onderdeel.lakplekken)))


def context(verzoek: Inzageverzoek, dossier: Dossier, *, op: date | None = None) -> dict[str, Any]:
    """What the template of the document reads; the preview on screen reads the same."""
    delen = hoofdstukken(verzoek, dossier)
    return {
        "verzoek": verzoek,
        "lezer": str(verzoek.verzoeker),
        "namens": str(verzoek.namens) if verzoek.namens else "",
        "organisatie": settings.VT_NAAM,
        "disclaimer": instellingen().disclaimer,
        "hoofdstukken": delen,
        "alle_gronden": list(VOOR_DE_LEZER.items()),
        "gemaakt_op": dagen.voluit(op or timezone.localdate()),
        "gevraagd_op": dagen.voluit(verzoek.ontvangen_op),
    }


def als_html(verzoek: Inzageverzoek, dossier: Dossier) -> str:
    return render_to_string("inzage/dossier.html", context(verzoek, dossier))


@regel("RW-4.4")
def als_pdf(html: str, *, stijl: str = "stijl/inzagedossier.css") -> tuple[bytes, int]:
    """The PDF and its number of pages; raises `GeenPango` with the line to type when the machine lacks it."""
    for naam in ("weasyprint", "weasyprint.progress", "fontTools", "pikepdf"):
        logging.getLogger(naam).setLevel(logging.ERROR)  # they tell every step
    try:
        import weasyprint
    except OSError as fout:
        raise GeenPango(f"Voor een PDF is Pango nodig. Installeer dit op de server: {PANGO}") from fout
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    letters = FontConfiguration()
    alleen_eigen = URLFetcher(allowed_protocols={"file"})  # nothing is fetched from outside
    blad = weasyprint.CSS(filename=finders.find(stijl), font_config=letters, url_fetcher=alleen_eigen)
    document = weasyprint.HTML(string=html, url_fetcher=alleen_eigen).render(stylesheets=[blad], font_config=letters)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        ruw = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return _ook_ua(ruw), len(document.pages)


def _ook_ua(ruw: bytes) -> bytes:
    """WeasyPrint writes PDF/A-3a; with this mark in its metadata the file is PDF/UA-1 as well."""
    import pikepdf

    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(ruw)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        if "pdfuaid" not in xmp:
            xmp = xmp.replace("</rdf:RDF>", f"{_UA}</rdf:RDF>", 1)
        stroom = pikepdf.Stream(pdf, xmp.encode())
        stroom.Type, stroom.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = pdf.make_indirect(stroom)
        pdf.save(uit, compress_streams=True)
    return uit.getvalue()


def maak_document(verzoek: Inzageverzoek, dossier: Dossier, *, meld: Callable[[int], None]) -> dict[str, Any]:
    """Lay out, encrypt and store; answers the fields for the request. `meld` hears how far it is, in per cent."""
    if len(dossier.delen) > MEESTE_DELEN:
        raise TeGroot(f"Dit dossier heeft {len(dossier.delen)} onderdelen; een document kan er {MEESTE_DELEN} hebben.")
    html = als_html(verzoek, dossier)
    meld(25)
    pdf, bladzijden = als_pdf(html)
    meld(90)
    opslagnaam = uuid.uuid4().hex
    default_storage.save(opslagnaam, ContentFile(versleutel(pdf, plek=opslagnaam)))
    return {"opslagnaam": opslagnaam, "vingerafdruk": hashlib.sha256(pdf).hexdigest(), "bladzijden": bladzijden}


def lees_document(verzoek: Inzageverzoek) -> bytes:
    """The document as it was made; the caller has asked the right and logged the look."""
    with default_storage.open(verzoek.opslagnaam) as bestand:
        return ontsleutel(bestand.read(), plek=verzoek.opslagnaam)


def stukken_zonder_oordeel(hoofdstukken_: list[Hoofdstuk]) -> Iterator[Stukje]:
    return (s for h in hoofdstukken_ for s in h.stukjes if s.weggelaten == "te_doen")
