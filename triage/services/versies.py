"""Each moment that counts leaves a version of the VHT that can be read back as it was."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casus.models import Casus, Processtap
from triage.models import VHT, Antwoord, Feit, Geweldsvorm, VHTVersie
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

_SOORT = Processtap.Soort
DIENSTEN = (_SOORT.OZ, _SOORT.VV, _SOORT.OVERDRACHT, _SOORT.MONITOREN, _SOORT.MAATWERK)
"""In this order: during which dienst something was added, when more than one is running."""


def lopende_dienst(casus: Casus, vanuit: str = "") -> Processtap | None:
    """The dienst that is running now, that of `vanuit` first; nothing before the first has begun."""
    soorten = [vanuit] if vanuit in DIENSTEN else DIENSTEN
    open_ = list(casus.stappen.filter(geeindigd_op__isnull=True, soort__in=soorten))
    if not open_ and vanuit in DIENSTEN:
        return lopende_dienst(casus)
    return min(open_, key=lambda stap: (DIENSTEN.index(_SOORT(stap.soort)), -stap.pk), default=None)


@regel("RW-8.20")
def leg_versie_vast(
    vht: VHT, soort: VHTVersie.Soort, *, door: Medewerker, tijdens: Processtap | None = None
) -> VHTVersie:
    """Point at every row as it stands; a supplement by the same employee, that day, that dienst, is one version."""
    rijen = {
        "antwoorden": _standen(Antwoord, vht),
        "vormen": _standen(Geweldsvorm, vht),
        "feiten": _standen(Feit, vht),
    }
    laatste = VHTVersie.objects.filter(vht=vht).order_by("-nummer").first()
    if laatste is not None and soort == VHTVersie.Soort.AANVULLING and _loopt_nog(laatste, door, tijdens):
        laatste.rijen, laatste.op = rijen, timezone.now()
        laatste.vht = vht
        laatste.bewaar(door=door, reden="aangevuld")
        return laatste
    nummer = laatste.nummer + 1 if laatste else 1
    return maak(VHTVersie(vht=vht, nummer=nummer, soort=soort, door=door, tijdens=tijdens, rijen=rijen), door=door)


def _loopt_nog(laatste: VHTVersie, door: Medewerker, tijdens: Processtap | None) -> bool:
    zelfde = (laatste.soort, laatste.door_id, laatste.tijdens_id) == (
        VHTVersie.Soort.AANVULLING,
        door.pk,
        tijdens.pk if tijdens else None,
    )
    return zelfde and timezone.localdate(laatste.op) == timezone.localdate()


def _standen(model: Any, vht: VHT) -> dict[str, int]:
    return {str(pk): versie for pk, versie in model.objects.filter(vht=vht).values_list("pk", "versie")}
