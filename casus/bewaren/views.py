"""Screen 12: what must go on a day, what stays and why, and two people who decide."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casus.bewaren import rechten
from casus.bewaren.forms import BewaarForm, PeildatumForm, StapForm, VoorstelForm
from casus.bewaren.models import Bewaarmarkering, Verwijdering
from casus.bewaren.selectors import REDENEN, blijft_bewaard, te_verwijderen, voorstellen, waarom_bewaard
from casus.bewaren.services import bewaar_langer, stel_voor
from casus.bewaren.voorwaarden import dossier_mag_weg
from casus.models import Casus
from casus.selectors import zonder_geheim_voor
from casus.web import haal_casus
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.organisatie.models import Rol
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen

PER_BLAD = 50
GEDAAN = {"stem_in": "Akkoord; het wordt nu uitgevoerd", "trek_in": "Voorstel ingetrokken"}


class _Regel:
    """A file that csv can write to, one line at a time."""

    def write(self, regel: str) -> str:
        return regel


def _eigen(request: Verzoek, rijen: QuerySet[Casus]) -> QuerySet[Casus]:
    """A teamleider sees the files of the own team, shielded ones only when named.

    The privacyfunctionaris watches over all of them: a shielded one by its number, and the noodknop opens it.
    """
    zichtbaar = zonder_geheim_voor(request.user)
    if request.user.heeft_rol(Rol.PRIVACYFUNCTIONARIS):
        return rijen.annotate(verborgen=ExpressionWrapper(~zichtbaar, output_field=BooleanField()))
    return rijen.filter(zichtbaar, team_id=request.user.team_id)


def _peildatum(request: Verzoek) -> tuple[PeildatumForm, date]:
    form = PeildatumForm(request.GET if request.GET.get("op") else None)
    vandaag = timezone.localdate()
    return form, (form.cleaned_data["op"] or vandaag) if form.is_valid() else vandaag


@require_GET
def lijst(request: Verzoek) -> HttpResponse:
    """Both lists for one day; fifty at a time."""
    if not rechten.mag_lijst(request.user, None):
        raise PermissionDenied(rechten.mag_lijst.weigering)
    form, op = _peildatum(request)
    vanaf = int(na) if (na := request.GET.get("na", "")).isdecimal() and len(na) < 9 else 0
    weg = _eigen(request, te_verwijderen(op))
    rijen = list(weg[vanaf : vanaf + PER_BLAD + 1])
    blijft = list(_eigen(request, blijft_bewaard(op))[:PER_BLAD])
    context = {
        "peildatumform": form,
        "op": op,
        "vandaag": timezone.localdate(),
        "aantal": weg.count(),
        "rijen": rijen[:PER_BLAD],
        "volgende": f"?op={op:%d-%m-%Y}&na={vanaf + PER_BLAD}" if len(rijen) > PER_BLAD else "",
        "eerste": f"?op={op:%d-%m-%Y}" if vanaf else "",
        "blijft": [(casus, REDENEN[getattr(casus, "bewaarreden", "")]) for casus in blijft],
        "voorstellen": [v for v in voorstellen()[:200] if rechten.mag_voorstellen(request.user, v)],
    }
    return toon(request, "bewaren/lijst.html", "", context)


@require_GET
def uitvoer(request: Verzoek) -> StreamingHttpResponse:
    """The list as a file, without names: number, kind, closed on, team."""
    if not rechten.mag_lijst(request.user, None):
        raise PermissionDenied(rechten.mag_lijst.weigering)
    _, op = _peildatum(request)
    schrijver = csv.writer(_Regel(), delimiter=";")

    def regels() -> Iterator[str]:
        yield schrijver.writerow(["casusnummer", "type dossier", "gesloten op", "team", "weg of bewaard", "reden"])
        for casus in _eigen(request, te_verwijderen(op)).iterator(2000):
            yield schrijver.writerow([*_kolommen(casus), "weg", ""])
        for casus in _eigen(request, blijft_bewaard(op)).iterator(2000):
            yield schrijver.writerow([*_kolommen(casus), "bewaard", REDENEN[getattr(casus, "bewaarreden", "")]])

    antwoord = StreamingHttpResponse(regels(), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="bewaren-{op:%Y-%m-%d}.csv"'
    return antwoord


def _kolommen(casus: Casus) -> list[str]:
    gesloten = timezone.localtime(casus.gesloten_op).strftime("%d-%m-%Y") if casus.gesloten_op else ""
    return [casus.nummer, casus.get_soort_display(), gesloten, casus.team.naam if casus.team else ""]


def dossier(request: Verzoek, nummer: str, **forms: Any) -> HttpResponse:
    """One file: why it is here, keep it longer, or propose that it goes."""
    casus = haal_casus(request, nummer, recht=rechten.mag_voorstellen, grond="bewaren")
    context = {
        "casus": casus,
        "lopend": Verwijdering.objects.filter(casus=casus, stand__in=["voorgesteld", "akkoord"]).first(),
        "markeringen": Bewaarmarkering.objects.filter(casus=casus).select_related("gemaakt_door"),
        "moet_weg": te_verwijderen(timezone.localdate()).filter(pk=casus.pk).exists(),
        "waarom": waarom_bewaard(casus, timezone.localdate()),
        "bewaarform": forms.get("bewaarform") or BewaarForm(prefix="bewaar"),
        "voorstelform": forms.get("voorstelform") or VoorstelForm(prefix="voorstel"),
        "form": forms.get("bewaarform") or forms.get("voorstelform"),
    }
    return toon(request, "bewaren/dossier.html", "", context)


@require_POST
def bewaar(request: Verzoek, nummer: str) -> HttpResponse:
    """Keep it longer."""
    casus = haal_casus(request, nummer, recht=rechten.mag_bewaren, grond="bewaren")
    form = BewaarForm(request.POST, prefix="bewaar")
    if form.is_valid():
        with toon_belemmeringen(form):
            bewaar_langer(casus, door=request.user, **form.cleaned_data)
            return naar(request, f"/bewaren/casus/{casus.nummer}/", gedaan="Langer bewaren vastgelegd")
    return dossier(request, nummer, bewaarform=form)


@require_POST
def voorstel(request: Verzoek, nummer: str) -> HttpResponse:
    """Propose; someone else decides along."""
    casus = haal_casus(request, nummer, recht=rechten.mag_voorstellen, grond="bewaren")
    form = VoorstelForm(request.POST, prefix="voorstel")
    if form.is_valid():
        with toon_belemmeringen(form):
            return naar(
                request,
                stel_voor(casus, door=request.user, **form.cleaned_data),
                gedaan="Voorgesteld; een collega beslist mee",
            )
    return dossier(request, nummer, voorstelform=form)


def haal_verwijdering(request: Verzoek, pk: int) -> Verwijdering:
    """The proposal or report, when this employee may see it, else 404; the look is logged."""
    rijen = Verwijdering.objects.select_related("casus__team", "voorgesteld_door", "akkoord_door")
    verwijdering = rijen.filter(pk=pk).first()
    if verwijdering is None or not _mag_zien(request, verwijdering):
        raise Http404("Dit voorstel is er niet.")
    noteer_toegang(request.user, Gebeurtenis.INZIEN, stuk=verwijdering, casus_id=verwijdering.casus_id, grond="bewaren")
    return verwijdering


def _mag_zien(request: Verzoek, verwijdering: Verwijdering) -> bool:
    """A report is about no one any more: then the role is enough."""
    if verwijdering.casus is None or verwijdering.stand == Verwijdering.Stand.UITGEVOERD:
        return rechten.mag_lijst(request.user, None)
    return rechten.mag_voorstellen(request.user, verwijdering)


def verwijdering(request: Verzoek, pk: int, *, form: StapForm | None = None) -> HttpResponse:
    """The proposal with what stands in its way, or the report on what was done."""
    stuk = haal_verwijdering(request, pk)
    context = {
        "verwijdering": stuk,
        "casus": stuk.casus,
        "bezwaren": list(dossier_mag_weg(stuk)) if stuk.loopt else [],
        "mag_instemmen": stuk.casus is not None and rechten.mag_instemmen(request.user, stuk),
        "verslag": sorted(stuk.verslag.items()),
        "form": form,
    }
    return toon(request, "bewaren/verwijdering.html", "", context)


@require_POST
def stap(request: Verzoek, pk: int, naam: str) -> HttpResponse:
    """Agree, or take it back."""
    stuk = haal_verwijdering(request, pk)
    if naam not in GEDAAN:
        raise Http404("Deze stap is er niet.")
    form = StapForm(request.POST)
    if form.is_valid() and stuk.casus is not None:
        with toon_belemmeringen(form):
            voer_uit(stuk, naam, door=request.user, **form.cleaned_data)
            return naar(request, stuk, gedaan=GEDAAN[naam])
    return verwijdering(request, pk, form=form)
