"""How old someone is, in whole years: rights and routes follow from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils import timezone

if TYPE_CHECKING:
    from casus.models import Persoon

VOLWASSEN = 18


def leeftijd(persoon: Persoon | None, op: date | None = None) -> int | None:
    """Whole years on that day (today unless told); 0 before birth, None when the birth date is not known."""
    if persoon is None or persoon.geboortedatum is None:
        return 0 if persoon is not None and persoon.ongeboren else None
    return relativedelta(op or timezone.localdate(), persoon.geboortedatum).years
