"""Looking up employees, codes and settings. Code lists hardly change: they are kept in the cache for a minute."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from vt_cvs.organisatie.models import Code, Instelling, Medewerker, Rol

BEWAARTIJD = 60


def _lijst(naam: str) -> list[tuple[str, str, date | None, date | None]]:
    sleutel = f"code:{naam}"
    rijen = cache.get(sleutel)
    if rijen is None:
        rijen = list(Code.objects.filter(lijst=naam).values_list("code", "label", "geldig_van", "geldig_tot"))
        cache.set(sleutel, rijen, BEWAARTIJD)
    return rijen


def vergeet_codes(lijst: str) -> None:
    cache.delete(f"code:{lijst}")


def labels(lijst: str) -> dict[str, str]:
    """Every code of a list with its label, past ones included: old files keep their words."""
    return {code: label for code, label, _, _ in _lijst(lijst)}


def label(lijst: str, code: str) -> str:
    """The label of a code; an unknown code shows itself, for content is never refused."""
    return labels(lijst).get(code, code)


def hoort_bij(lijst: str, code: str) -> str:
    """What the administrator tied to this code; "" when nothing."""
    return Code.objects.filter(lijst=lijst, code=code).values_list("hoort_bij", flat=True).first() or ""


def keuzes(lijst: str, *, op: date | None = None, leeg: str | None = "Kies") -> list[tuple[str, str]]:
    """What can be chosen on a day (today unless told)."""
    dag = op or timezone.localdate()
    geldig = [(c, t) for c, t, van, tot in _lijst(lijst) if (van is None or van <= dag) and (tot is None or dag <= tot)]
    return geldig if leeg is None else [("", leeg), *geldig]


def instellingen() -> Instelling:
    """This organisation's settings; the row is made when first asked for."""
    gevonden = cache.get("instelling")
    if gevonden is None:
        gevonden, _ = Instelling.objects.get_or_create(pk=1)
        cache.set("instelling", gevonden, BEWAARTIJD)
    return gevonden


def medewerkers_met(*rollen: Rol) -> QuerySet[Medewerker]:
    """Active people (no system employees) who hold one of these roles, by name."""
    voorwaarde = Q()
    for rol in rollen:
        voorwaarde |= Q(rollen__contains=[rol])
    return Medewerker.objects.filter(voorwaarde, is_active=True, systeem=False).select_related("team").order_by("naam")
