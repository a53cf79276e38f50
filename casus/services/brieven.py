"""Letters on paper: a tagged PDF in the house style, kept in the case as a document."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from casus.models import Bericht
from casus.services.bijlagen import bewaar_bijlage
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import Later
from vt_cvs.organisatie.models import systeemmedewerker
from vt_cvs.web import dagen


def als_html(bericht: Bericht) -> str:
    """The letter as it is laid out; the disclaimer stands under its text."""
    context = {
        "bericht": bericht,
        "organisatie": settings.VT_NAAM,
        "datum": dagen.voluit(bericht.verzonden_op or bericht.gemaakt_op),
        "alineas": [deel.strip() for deel in bericht.tekst.split("\n\n") if deel.strip()],
    }
    return render_to_string("casus/brief_pdf.html", context)


def als_pdf(bericht: Bericht) -> bytes:
    from casus.inzage.document import als_pdf as zet_op_papier

    return zet_op_papier(als_html(bericht), stijl="stijl/brief.css")[0]


@regel("RW-6.10", "RW-6.13")
@transaction.atomic
def leg_brief_in_casus(bericht: Bericht) -> None:
    """Make the PDF once; when it is there already nothing changes."""
    from casus.inzage.document import GeenPango

    bericht.slot()
    bericht = Bericht.objects.select_related("casus", "stap").get(pk=bericht.pk)
    if bericht.document_id is not None:
        return
    klok = systeemmedewerker("Klok")
    try:
        pdf = als_pdf(bericht)
    except GeenPango as fout:
        raise Later("op deze server ontbreekt Pango voor PDF") from fout
    naam = f"Brief {bericht.verzonden_op:%Y-%m-%d}.pdf"
    bericht.document = bewaar_bijlage(
        inhoud=pdf, naam=naam, door=klok, casus=bericht.casus, stap=bericht.stap, omschrijving=bericht.onderwerp
    )
    bericht.bewaar(door=klok, reden="brief als PDF")
