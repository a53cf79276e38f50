"""Which files must go on a given day, which stay, and why (RW-5.16). One query each, whatever the number of files."""

from __future__ import annotations

from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from django.db.models import Case, CharField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from casus.bewaren.models import Bewaarmarkering, Verwijdering
from casus.models import Betrokkene, Casus
from vt_cvs.kern.regels import regel

JAREN_ADVIES = 2
JAREN_CASUS = 15
MEERDERJARIG = 18
REDENEN = {
    "kind": "het jongste kind is nog geen 18",
    "ongeboren": "er was een kind op komst; is de geboortedatum al bekend?",
    "geboortedatum": "van iemand ontbreekt de geboortedatum; is dat een kind?",
    "verlengd": "er is besloten het langer te bewaren",
}


def langer_dan(jaren: int, peildatum: date) -> datetime:
    """Closed before this moment means: on this day closed for more than so many years.

    A term in years ends on the same day of the month, or on 28 February when it began on the 29th.
    """
    grens = peildatum - relativedelta(years=jaren)
    if (peildatum.month, peildatum.day) == (2, 29) and grens.day == 28:
        grens = date(grens.year, 3, 1)
    return timezone.make_aware(datetime.combine(grens, time.min))


def _voorbij(peildatum: date) -> QuerySet[Casus]:
    """Closed for longer than the term; the partial index on closed cases answers this."""
    return Casus.objects.filter(
        Q(soort=Casus.Soort.ADVIES, gesloten_op__lt=langer_dan(JAREN_ADVIES, peildatum))
        | Q(soort=Casus.Soort.MELDING, gesloten_op__lt=langer_dan(JAREN_CASUS, peildatum)),
        stand=Casus.Stand.GESLOTEN,
    )


def _mensen() -> QuerySet[Betrokkene]:
    """Everyone of the family; a professional is nobody's child here."""
    return Betrokkene.objects.filter(casus=OuterRef("pk"), persoon__isnull=False).exclude(
        stand=Betrokkene.Rol.PROFESSIONAL
    )


def _bewaarreden(peildatum: date) -> Case:
    """Why a file stays although its term has passed; "" when it must go."""
    mensen = _mensen()
    geboren_na = peildatum - relativedelta(years=MEERDERJARIG)
    # Whoever was born in this year or before is an adult on the day, whatever the date.
    zeker_volwassen = Q(persoon__geboortejaar__lt=peildatum.year - MEERDERJARIG) | Q(gezag=True)
    zonder_datum = mensen.filter(persoon__geboortedatum__isnull=True, persoon__ongeboren=False).exclude(zeker_volwassen)
    melding = Q(soort=Casus.Soort.MELDING)
    return Case(
        When(
            Exists(Bewaarmarkering.objects.filter(casus=OuterRef("pk"), bewaren_tot__gte=peildatum)), Value("verlengd")
        ),
        When(melding & Exists(mensen.filter(persoon__geboortedatum__gt=geboren_na)), Value("kind")),
        When(melding & Exists(mensen.filter(persoon__ongeboren=True)), Value("ongeboren")),
        When(melding & Exists(zonder_datum), Value("geboortedatum")),
        default=Value(""),
        output_field=CharField(),
    )


def _met_voorstel(rijen: QuerySet[Casus]) -> QuerySet[Casus]:
    lopend = Verwijdering.objects.filter(casus=OuterRef("pk"), stand__in=["voorgesteld", "akkoord"])
    return rijen.annotate(voorstel=Subquery(lopend.values("stand")[:1]), voorstel_id=Subquery(lopend.values("pk")[:1]))


def zonder_voorstel(peildatum: date) -> int:
    """How many files nobody has proposed anything for yet."""
    lopend = Verwijdering.objects.filter(casus=OuterRef("pk"), stand__in=["voorgesteld", "akkoord"])
    return te_verwijderen(peildatum).filter(~Exists(lopend)).count()


@regel("RW-5.16a", "RW-5.16b1", "RW-5.16b2")
def te_verwijderen(peildatum: date) -> QuerySet[Casus]:
    """What must go on this day, longest closed first."""
    rijen = _voorbij(peildatum).annotate(bewaarreden=_bewaarreden(peildatum)).filter(bewaarreden="")
    return _met_voorstel(rijen).select_related("team").order_by("gesloten_op", "pk")


@regel("RW-5.16c")
def blijft_bewaard(peildatum: date) -> QuerySet[Casus]:
    """Past its term and yet kept, with the reason and until when."""
    markering = (
        Bewaarmarkering.objects.filter(casus=OuterRef("pk"), bewaren_tot__gte=peildatum).order_by().values("casus")
    )
    jongste = _mensen().order_by().values("casus").annotate(dag=Max("persoon__geboortedatum")).values("dag")
    return (
        _voorbij(peildatum)
        .annotate(
            bewaarreden=_bewaarreden(peildatum),
            verlengd_tot=Subquery(markering.annotate(dag=Max("bewaren_tot")).values("dag")),
            jongste=Subquery(jongste),
        )
        .exclude(bewaarreden="")
        .select_related("team")
        .order_by("gesloten_op", "pk")
    )


def waarom_bewaard(casus: Casus, peildatum: date) -> str:
    """In words, for one case."""
    rij = blijft_bewaard(peildatum).filter(pk=casus.pk).first()
    if rij is not None:
        return REDENEN[getattr(rij, "bewaarreden", "")]
    jaren = JAREN_ADVIES if casus.soort == Casus.Soort.ADVIES else JAREN_CASUS
    if casus.gesloten_op is None:
        return "de casus is nog open"
    return f"de casus is nog geen {jaren} jaar gesloten"


def voorstellen() -> QuerySet[Verwijdering]:
    """What waits for a second person or for the worker, oldest first."""
    return (
        Verwijdering.objects.filter(stand__in=["voorgesteld", "akkoord"])
        .select_related("casus__team", "voorgesteld_door", "akkoord_door")
        .order_by("voorgesteld_op", "pk")
    )
