"""Attachments: checked by content, not by name; encrypted at rest; opened one by one, and that is logged."""

from __future__ import annotations

import hashlib
import io
import re
import uuid
import zipfile

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from casus import rechten
from casus.models import Bijlage, Casus, Contact, Processtap
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.velden import als_platte_tekst
from vt_cvs.kern.versleuteling import ontsleutel, versleutel
from vt_cvs.organisatie.models import Medewerker

GROOTSTE_BIJLAGE = 20 * 1024 * 1024
GROOTSTE_UITGEPAKT = 200 * 1024 * 1024
SOORTEN = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG-foto",
    "image/png": "PNG-afbeelding",
    "image/gif": "GIF-afbeelding",
    "image/webp": "WebP-afbeelding",
    "audio/mpeg": "geluidsopname",
    "video/mp4": "video",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word-document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel-bestand",
    "text/plain": "gewone tekst",
}
UITGANGEN = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "audio/mpeg": ("mp3",),
    "video/mp4": ("mp4",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "text/plain": ("txt", "csv", "eml", "md", "log"),
}
"""By what a computer decides how to open it; the first is put behind a name that ends otherwise."""
OFFICE = {soort for soort in SOORTEN if "openxml" in soort}


class OnveiligeBijlage(Exception):
    """This file cannot be taken in; the sentence says why and what does work."""


def herken_soort(inhoud: bytes) -> str:
    """The media type by content, or raise `OnveiligeBijlage`."""
    if not inhoud:
        raise OnveiligeBijlage("De bijlage is leeg.")
    if len(inhoud) > GROOTSTE_BIJLAGE:
        raise OnveiligeBijlage("De bijlage is groter dan 20 MB. Lever haar in delen of op een andere manier aan.")
    soort = filetype.guess_mime(inhoud)
    if soort in {None, "application/octet-stream"} and _is_tekst(inhoud):
        soort = "text/plain"
    if soort == "application/zip" or soort in OFFICE:
        soort = _office_soort(inhoud)
    if soort not in SOORTEN:
        raise OnveiligeBijlage(f"Dit soort bestand kan niet. Wel: {', '.join(dict.fromkeys(SOORTEN.values()))}.")
    return soort


def _is_tekst(inhoud: bytes) -> bool:
    try:
        tekst = inhoud.decode("utf-8")
    except UnicodeDecodeError:
        return False
    begin = tekst.lstrip("\ufeff \t\r\n\v\f")[:20].lower()
    return "\x00" not in tekst and not re.match(r"<(!doctype|html|script|svg|\?xml)", begin)


def _office_soort(inhoud: bytes) -> str | None:
    """An Office document is a zip: refuse one that unpacks to far more than it weighs, or that holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            delen = archief.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fout:
        raise OnveiligeBijlage("Het bestand is beschadigd en kan niet worden gelezen.") from fout
    uitgepakt = sum(deel.file_size for deel in delen)
    if uitgepakt > GROOTSTE_UITGEPAKT or uitgepakt > 200 * max(len(inhoud), 1) or len(delen) > 5000:
        raise OnveiligeBijlage("Dit bestand pakt zich veel te groot uit en is daarom niet veilig.")
    namen = {deel.filename for deel in delen}
    if any(naam.lower().endswith("vbaproject.bin") for naam in namen):
        raise OnveiligeBijlage("Documenten met macro’s kunnen niet. Lever het document zonder macro’s of als PDF aan.")
    if "word/document.xml" in namen:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if "xl/workbook.xml" in namen:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return None


def veilige_naam(naam: str) -> str:
    """The name as received, without a path and without anything invisible."""
    kaal = als_platte_tekst(naam).replace("\n", " ").replace("\\", "/").split("/")[-1].strip(" .")
    return kaal[:150] or "bijlage"


def passende_naam(naam: str, soort: str) -> str:
    """A name that ends as what it is: text called “foto.bat” would run when somebody opens it."""
    kaal = veilige_naam(naam)
    uitgangen = UITGANGEN[soort]
    return kaal if kaal.lower().endswith(tuple(f".{uit}" for uit in uitgangen)) else f"{kaal[:140]}.{uitgangen[0]}"


@transaction.atomic
def bewaar_bijlage(
    *,
    inhoud: bytes,
    naam: str,
    door: Medewerker,
    casus: Casus | None = None,
    stap: Processtap | None = None,
    contact: Contact | None = None,
    omschrijving: str = "",
) -> Bijlage:
    """Check, encrypt and store; `OnveiligeBijlage` when it cannot be taken in."""
    soort = herken_soort(inhoud)
    opslagnaam = uuid.uuid4().hex
    bijlage = Bijlage(
        casus=casus,
        stap=stap or (contact.stap if contact else None),
        contact=contact,
        naam=passende_naam(naam, soort),
        omschrijving=omschrijving,
        mediatype=soort,
        grootte=len(inhoud),
        vingerafdruk=hashlib.sha256(inhoud).hexdigest(),
        opslagnaam=opslagnaam,
        door=door,
    )
    if casus is not None:
        maak(bijlage, door=door, mag=rechten.mag_vastleggen, zin="Bijlage toegevoegd")
    else:
        bijlage.bewaar(door=door, reden="bijlage ontvangen")
    default_storage.save(opslagnaam, ContentFile(versleutel(inhoud, plek=opslagnaam)))
    return bijlage


def lees_bijlage(bijlage: Bijlage) -> bytes:
    """The content as it came in; the caller has asked the right and logged the look."""
    with default_storage.open(bijlage.opslagnaam) as bestand:
        return ontsleutel(bestand.read(), plek=bijlage.opslagnaam)
