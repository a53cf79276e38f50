"""Looking up choices and services, and what they rest upon; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from casus.models import Casus, Contact, Processtap, Taak, Veiligheidsafspraak, Veiligheidsvoorwaarde
from casus.selectors.tijdlijn import stappen_van
from diensten.models import DIENSTEN, OZ, VV, Dienst, EigenDienst, Keuze, Monitoren, Overdracht
from melding.models import Melding
from triage.models import VHT, Triagebesluit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Termijn, tien_weken

VERVOLG = "vervolg"
"""Kind of task: a service ended without what should follow being settled."""
DIENSTSOORTEN = tuple(model.soort for model in DIENSTEN)
_MODEL = {model.soort: model for model in DIENSTEN}


# --- services ---------------------------------------------------------------------------------------------------


def dienst_van(stap: Processtap) -> Dienst | None:
    """The service that owns this step, or None when the step is of another kind."""
    model = _MODEL.get(stap.soort)
    if model is None:
        return None
    return model._default_manager.select_related("stap__casus", "stap__verantwoordelijke", "stap__team").get(stap=stap)


def diensten_in(casus: Casus) -> list[Dienst]:
    """Every service of the case, in the order in which they were chosen; one query per kind that it has."""
    gevonden: list[Dienst] = []
    soorten = {stap.soort for stap in stappen_van(casus)}
    for model in (model for model in DIENSTEN if model.soort in soorten):
        gevonden += model._default_manager.filter(stap__casus=casus).select_related(
            "stap__casus", "stap__verantwoordelijke", "stap__team"
        )
    return sorted(gevonden, key=lambda dienst: (dienst.begonnen_op, dienst.stap_id))


def aantal_diensten(casus: Casus) -> int:
    return sum(stap.soort in DIENSTSOORTEN for stap in stappen_van(casus))


def diensten_van_melding(melding: Melding) -> list[Dienst]:
    gevonden: list[Dienst] = []
    for model in DIENSTEN:
        gevonden += model._default_manager.filter(meldingen=melding).select_related("stap__casus")
    return gevonden


def lopende_vv(casus: Casus) -> VV | None:
    """The V&V that waits or runs; there is never more than one (RW-9.2)."""
    return (
        VV.objects.filter(stap__casus=casus).exclude(stand__in=VV.geeindigd_als).select_related("stap__casus").first()
    )


def lopend_onderzoek(casus: Casus) -> OZ | None:
    """The onderzoek that waits or runs; never beside a V&V (RW-9.2)."""
    return (
        OZ.objects.filter(stap__casus=casus).exclude(stand__in=OZ.geeindigd_als).select_related("stap__casus").first()
    )


def eigen_dienst(casus: Casus) -> EigenDienst | None:
    """What Veilig Thuis itself is doing in this case: its V&V or its onderzoek, or neither."""
    return lopende_vv(casus) or lopend_onderzoek(casus)


def had_onderzoek(meldingen: Iterable[Melding]) -> bool:
    return OZ.objects.filter(meldingen__in=list(meldingen)).exists()


@regel("RW-5.12c")
def keuze_voor_onderzoek(vv: VV) -> Keuze | None:
    """The choice that made this V&V go on as onderzoek, when that was made at a new report; its date counts."""
    gemaakt = Keuze.objects.filter(stap__casus=vv.casus, oz=True, gemaakt_op__gte=vv.begonnen_op)
    return gemaakt.order_by("-gemaakt_op").first()


def lopende_overdracht(casus: Casus, meldingen: Iterable[Melding]) -> Overdracht | None:
    """An Overdracht of one of these reports that has not ended."""
    return (
        Overdracht.objects.filter(stap__casus=casus, meldingen__in=list(meldingen))
        .exclude(stand__in=Overdracht.geeindigd_als)
        .select_related("stap__casus")
        .first()
    )


def lopende_monitoring(casus: Casus) -> Monitoren | None:
    return (
        Monitoren.objects.filter(stap__casus=casus, stand=Monitoren.Stand.LOPEND).select_related("stap__casus").first()
    )


def vervolg_te_kiezen(dienst: Dienst) -> bool:
    """It ended without what should follow being settled (scenario 2)."""
    return Taak.objects.filter(
        onderwerp_soort=dienst._meta.label_lower, onderwerp_id=dienst.pk, soort=VERVOLG, stand=Taak.Stand.OPEN
    ).exists()


def volgende_stappen(casus: Casus) -> dict[int, str]:
    """What waits in each open step of this case, the first thing of each."""
    taken = Taak.objects.filter(casus=casus, stand=Taak.Stand.OPEN, stap__soort__in=DIENSTSOORTEN)
    rijen = taken.order_by("stap_id", F("uiterlijk").asc(nulls_last=True), "id").distinct("stap_id")
    return dict(rijen.values_list("stap_id", "titel"))


# --- the choice -------------------------------------------------------------------------------------------------


def open_keuzen(casus: Casus) -> QuerySet[Keuze]:
    return Keuze.objects.filter(stap__casus=casus, stand=Keuze.Stand.OPEN).select_related("stap__casus", "vht__melding")


def besluit_van(vht: VHT) -> Triagebesluit | None:
    """The triagebesluit of this VHT, once it has been taken."""
    return Triagebesluit.objects.filter(vht=vht, stand=Triagebesluit.Stand.GENOMEN).first()


def conclusie_staat_vast(vht: VHT) -> bool:
    return bool(vht.stand == VHT.Stand.VASTGESTELD)


def eerste_contact(keuze: Keuze) -> Contact | None:
    """The first contact with a directbetrokkene since the report came in."""
    contacten = Contact.objects.filter(casus=keuze.casus, met_directbetrokkene=True)
    if keuze.vht is not None:
        vanaf = keuze.vht.melding.ontvangen_op.replace(second=0, microsecond=0)  # people note minutes
        contacten = contacten.filter(op__gte=vanaf)
    return contacten.order_by("op", "id").first()


def meldingen_van(keuze: Keuze) -> list[Melding]:
    """The reports a choice is about: that of its VHT, or those of the service it follows."""
    if keuze.na_een_dienst and (dienst := dienst_van(keuze.stap)) is not None:
        return list(dienst.meldingen.all())
    return [keuze.vht.melding] if keuze.vht is not None else []


def laatste_vht(meldingen: Iterable[Melding]) -> VHT | None:
    """The most recent VHT of these reports: what a choice at the end of a service rests upon (RW-8.21)."""
    return VHT.objects.filter(melding__in=list(meldingen)).order_by("-melding__ontvangen_op", "-pk").first()


def keuze_te_openen(casus: Casus) -> list[VHT]:
    """VHTs with another triagebesluit than “bij VT” and no choice yet: opening one asks a motivation (RW-9.1)."""
    gehad = Keuze.objects.filter(stap__casus=casus, vht__isnull=False).values("vht_id")
    besluiten = (
        Triagebesluit.objects.filter(vht__stap__casus=casus, stand=Triagebesluit.Stand.GENOMEN)
        .exclude(uitkomst=Triagebesluit.Uitkomst.BIJ_VT)
        .exclude(vht__in=gehad)
        .select_related("vht__melding", "vht__stap__casus")
    )
    return [besluit.vht for besluit in besluiten.order_by("pk")]


# --- what services rest upon ------------------------------------------------------------------------------------


def tien_weken_van(dienst: EigenDienst) -> Termijn | None:
    """One clock: ten weeks after the first triagebesluit of its reports, whenever it was chosen (RW-5.12c)."""
    eerste = (
        Triagebesluit.objects.filter(vht__melding__in=dienst.meldingen.all(), genomen_op__isnull=False)
        .order_by("genomen_op")
        .values_list("genomen_op", flat=True)
        .first()
    )
    return tien_weken(eerste) if eerste is not None else None


def geweldsvormen_van(meldingen: Iterable[Melding]) -> list[str]:
    """The forms of violence that the VHTs of these reports name, in their order, each once."""
    from triage.models import Geweldsvorm

    vormen = Geweldsvorm.objects.filter(vht__melding__in=list(meldingen)).order_by("pk").values_list("vorm", flat=True)
    return list(dict.fromkeys(vormen))


def actuele_voorwaarden(casus: Casus) -> QuerySet[Veiligheidsvoorwaarde]:
    return Veiligheidsvoorwaarde.objects.filter(casus=casus, beeindigd_op__isnull=True)


def voorwaarden_zonder_dienst(casus: Casus) -> QuerySet[Veiligheidsvoorwaarde]:
    """Conditions set before there was a service (RW-8.16)."""
    return actuele_voorwaarden(casus).filter(Q(stap__isnull=True) | ~Q(stap__soort__in=DIENSTSOORTEN))


def geldende_afspraken(casus: Casus) -> QuerySet[Veiligheidsafspraak]:
    return Veiligheidsafspraak.objects.filter(casus=casus, vervallen_op__isnull=True)
