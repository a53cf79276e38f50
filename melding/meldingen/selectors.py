"""Looking up the reports of a case; nothing here changes anything."""

from __future__ import annotations

from django.db.models import Exists, Min, OuterRef, QuerySet

from casus.models import Casus, Reactie
from melding.meldingen.models import NTI, Melding
from vt_cvs.kern.regels import regel


def meldingen_van(casus: Casus) -> QuerySet[Melding]:
    """The reports of a case, newest first, with what their screen shows of them."""
    return (
        Melding.objects.filter(stap__casus=casus)
        .select_related("stap__casus", "stap__verantwoordelijke", "melder", "signaal__afzender")
        .annotate(met_nti=Exists(NTI.objects.filter(melding=OuterRef("pk"))))
        .order_by("-ontvangen_op", "-id")
    )


@regel("RW-7.8")
def reacties_op(melding: Melding) -> QuerySet[Reactie]:
    """What whoever it is about said to this report, beside the report itself."""
    rijen = Reactie.objects.filter(stap=melding.stap_id).select_related("door", "betrokkene__persoon")
    return rijen.select_related("betrokkene__opgegaan_in__persoon").order_by("op", "id")


def eerste_melding(casus: Casus) -> Melding | None:
    return Melding.objects.filter(stap__casus=casus).order_by("ontvangen_op", "id").first()


def eerste_ontvangst(casus: Casus) -> object:
    return Melding.objects.filter(stap__casus=casus).aggregate(eerste=Min("ontvangen_op"))["eerste"]
