"""Form fields that read what Dutch people type and answer in sentences they can act upon."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from vt_cvs.web.dagen import MAANDEN, MAANDEN_KORT

WOORDEN = {"eergisteren": -2, "gisteren": -1, "vandaag": 0, "morgen": 1, "overmorgen": 2}
DAG_EERST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
JAAR_EERST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
AAN_EEN = re.compile(r"(\d{2})(\d{2})(\d{4})")
IN_WOORDEN = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})\.?(?:[- ](\d{4}|\d{2}))?")
TIJD = re.compile(r"(?P<dag>.*?)[ ,]*(?:\bom )?(?P<uur>\d{1,2})[:.u](?P<minuut>\d{2})(?: ?uur)?")
ISO_T = re.compile(r"(?<=\d)t(?=\d)")
VROEGSTE_JAAR = 1900


def lees_datum(tekst: str) -> date:
    """A date as written; raises ValidationError with a sentence that says what to change."""
    tekst = " ".join(tekst.lower().split())
    vandaag = timezone.localdate()
    if tekst in WOORDEN:
        return vandaag + timedelta(days=WOORDEN[tekst])
    if deel := DAG_EERST.fullmatch(tekst) or AAN_EEN.fullmatch(tekst):
        return _datum(_jaar(deel[3]), int(deel[2]), int(deel[1]))
    if deel := JAAR_EERST.fullmatch(tekst):
        return _datum(int(deel[1]), int(deel[2]), int(deel[3]))
    if (deel := IN_WOORDEN.fullmatch(tekst)) and (maand := _maand(deel[2])):
        return _datum(_jaar(deel[3]) if deel[3] else vandaag.year, maand, int(deel[1]))
    raise ValidationError("Schrijf de datum als dag-maand-jaar, bijvoorbeeld 24-11-2026.", code="vorm")


def _jaar(cijfers: str) -> int:
    """Two digits are a year from 89 years back until ten years ahead: people are born, terms end."""
    if len(cijfers) == 4:
        return int(cijfers)
    laatste = timezone.localdate().year + 10
    return laatste - (laatste - int(cijfers)) % 100


def _maand(woord: str) -> int:
    for nummer, (lang, kort) in enumerate(zip(MAANDEN, MAANDEN_KORT, strict=True), 1):
        if woord in (lang, kort, lang[:3]):
            return nummer
    return 0


def _datum(jaar: int, maand: int, dag: int) -> date:
    if not 1 <= maand <= 12:
        raise ValidationError(f"Maand {maand} bestaat niet. Schrijf de datum als dag-maand-jaar.", code="maand")
    if jaar < VROEGSTE_JAAR:
        raise ValidationError(f"Het jaar {jaar} is te lang geleden. Kijk het jaar na.", code="jaar")
    if not 1 <= dag <= monthrange(jaar, maand)[1]:
        in_jaar = f" in {jaar}" if (dag, maand) == (29, 2) else ""
        raise ValidationError(f"{dag} {MAANDEN[maand - 1]} bestaat niet{in_jaar}.", code="dag")
    return date(jaar, maand, dag)


class DatumInput(forms.TextInput):
    """A plain text box: typing a date is faster than clicking one, and pasting one works."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "utrecht-textbox--kort", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value:%d-%m-%Y}" if isinstance(value, date) else super().format_value(value)


class MomentInput(DatumInput):
    """Day and time in one box."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "utrecht-textbox--moment", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%d-%m-%Y %H:%M}"
        return super().format_value(value)


class DatumVeld(forms.DateField):
    """A date: 24-11-2026, 24-11-26, 2026-11-24, 24 nov 2026 or a word such as `gisteren`."""

    widget = DatumInput

    def __init__(self, *, toekomst: bool = True, verleden: bool = True, **opties: Any) -> None:
        self.toekomst, self.verleden = toekomst, verleden
        super().__init__(**opties)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else lees_datum(str(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        vandaag = timezone.localdate()
        if value and value > vandaag and not self.toekomst:
            raise ValidationError(
                "Deze datum ligt in de toekomst. Vul vandaag in, of een eerdere dag.", code="toekomst"
            )
        if value and value < vandaag and not self.verleden:
            raise ValidationError("Deze datum is al voorbij. Vul vandaag in, of een latere dag.", code="verleden")


class MomentVeld(forms.DateTimeField):
    """A day and a time: 24-11-2026 09:14, `gisteren 16:40`, or only 9:14 for today."""

    widget = MomentInput

    def __init__(self, *, toekomst: bool = True, verleden: bool = True, **opties: Any) -> None:
        self.toekomst, self.verleden = toekomst, verleden
        super().__init__(**opties)

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value if timezone.is_aware(value) else _hier(value)
        deel = TIJD.fullmatch(ISO_T.sub(" ", " ".join(str(value).lower().split())))
        if deel is None:
            raise ValidationError("Schrijf dag en tijd, bijvoorbeeld 24-11-2026 09:14.", code="vorm")
        uur, minuut = int(deel["uur"]), int(deel["minuut"])
        if uur > 23 or minuut > 59:
            raise ValidationError(f"{uur}:{minuut:02} is geen tijd van de dag.", code="tijd")
        dag = lees_datum(deel["dag"]) if deel["dag"] else timezone.localdate()
        return _hier(datetime.combine(dag, time(uur, minuut)))

    def validate(self, value: Any) -> None:
        super().validate(value)
        nu = timezone.now()
        if value and value > nu and not self.toekomst:
            raise ValidationError("Dit moment ligt in de toekomst. Vul nu in, of een eerder moment.", code="toekomst")
        if value and value < nu and not self.verleden:
            raise ValidationError("Dit moment is al voorbij. Vul een later moment in.", code="verleden")


def _hier(zonder_zone: datetime) -> datetime:
    """On the Dutch clock; an hour that is skipped in spring does not exist, the double hour in autumn is the first.

    In UTC, because Python calls two moments in the double hour unequal when their zones differ (PEP 495).
    """
    moment = timezone.make_aware(zonder_zone).astimezone(UTC)
    if timezone.localtime(moment).replace(tzinfo=None) != zonder_zone:
        raise ValidationError(
            f"{zonder_zone:%H:%M} bestaat niet op deze dag: de klok gaat dan een uur vooruit.", code="zomertijd"
        )
    return moment


class PlatteTekst(forms.CharField):
    """Plain text of any length: no NUL or other control characters, line ends as \\n, never HTML."""

    widget = forms.Textarea

    def __init__(self, *, rijen: int = 3, **opties: Any) -> None:
        super().__init__(**opties)
        self.widget.attrs.setdefault("rows", rijen)

    def to_python(self, value: Any) -> str:
        tekst = "" if value in self.empty_values else str(value).replace("\r\n", "\n").replace("\r", "\n")
        return str(super().to_python("".join(t for t in tekst if t in "\n\t" or t.isprintable() or ord(t) > 159)))
