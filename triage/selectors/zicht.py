"""The families for whose safety Veilig Thuis keeps watch: from the decision “bij VT” until the report is dealt with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.selectors import zichtbare_casussen
from casus.selectors.werk import LANG_GEEN_CONTACT
from melding.models import Melding
from triage.models import Triagebesluit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

PER_BLADZIJDE = 50
NUL = datetime(1970, 1, 1, tzinfo=UTC)
DIENSTEN = ("oz", "vv", "monitoren", "overdracht", "maatwerk")
"""What may be running for a family; the first of these that is, stands in the list."""
DIENSTNAMEN = dict(Processtap.Soort.choices)
RANG = Case(
    When(veiligheid="acuut", then=Value(1)),
    When(dienst="monitoren", then=Value(5)),
    When(veiligheid="structureel", then=Value(2)),
    When(veiligheid="onbekend", then=Value(3)),
    default=Value(4),
    output_field=IntegerField(),
)


@regel("RW-8.13")
def in_zicht(medewerker: Medewerker) -> QuerySet[Casus]:
    """Gravest first, and of those whoever was not spoken to for longest; from the minute of the decision.

    Who is in Monitoren comes last: there the moments say when one looks.
    """
    besloten = Triagebesluit.objects.filter(
        vht__stap__casus=OuterRef("pk"), stand=Triagebesluit.Stand.GENOMEN, uitkomst=Triagebesluit.Uitkomst.BIJ_VT
    ).exclude(vht__melding__stand=Melding.Stand.AFGEHANDELD)
    sinds = besloten.order_by().values("vht__stap__casus").annotate(eerste=Min("genomen_op")).values("eerste")
    voorrang = Case(*(When(soort=soort, then=Value(plek)) for plek, soort in enumerate(DIENSTEN)))
    lopend = Processtap.objects.filter(casus=OuterRef("pk"), soort__in=DIENSTEN, geeindigd_op=None)
    return (
        zichtbare_casussen(medewerker)
        .filter(Exists(besloten), stand=Casus.Stand.OPEN)
        .select_related("verantwoordelijke")
        .annotate(dienst=Subquery(lopend.order_by(voorrang).values("soort")[:1]))
        .annotate(
            rang=RANG,
            sinds=Subquery(sinds, output_field=DateTimeField()),
            gehoord=Coalesce("laatste_contact_op", "gestart_op"),
        )
        .order_by("rang", "gehoord", "pk")
    )


def na(rijen: QuerySet[Casus], volgteken: str) -> QuerySet[Casus]:
    """What comes after this line (keyset)."""
    delen = volgteken.split("_")
    if len(delen) != 3 or not all(deel.isascii() and deel.isdecimal() and len(deel) < 19 for deel in delen):
        return rijen
    rang, micro, pk = (int(deel) for deel in delen)
    try:
        gehoord = NUL + timedelta(microseconds=micro)
    except OverflowError:
        return rijen
    later = Q(gehoord__gt=gehoord) | Q(gehoord=gehoord, pk__gt=pk)
    return rijen.filter(Q(rang__gt=rang) | Q(rang=rang) & later)


def volgteken(casus: Any) -> str:
    return f"{casus.rang}_{(casus.gehoord - NUL) // timedelta(microseconds=1)}_{casus.pk}"


def lopende_dienst(casus: Any) -> str:
    """What Veilig Thuis is doing for this family now; "" before a service was chosen."""
    return DIENSTNAMEN.get(casus.dienst, "")


def lang_stil(casus: Any) -> bool:
    """Nobody of this family was spoken to for two weeks, where no monitormoment says when one will."""
    return casus.dienst != "monitoren" and bool(casus.gehoord < timezone.now() - LANG_GEEN_CONTACT)
