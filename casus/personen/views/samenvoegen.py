"""Two persons who may be one: finding the other, seeing both side by side, merging, and splitting again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from casus.models import Betrokkene, Persoon, Samenvoeging
from casus.personen import samenvoegen, splitsen, vergelijken
from casus.personen.forms import SamenvoegForm, SplitsForm
from casus.personen.views.mensen import haal_betrokkene
from casus.selectors.herkennen import herken
from casus.web import casus_context
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def zoek_dubbel(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Who looks like this person; by their own data, or by what is typed."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    persoon = _persoon(betrokkene)
    tekst = request.POST.get("zoek", "").strip()
    if tekst:
        gevonden = herken(request.user, tekst=tekst)
    else:
        gevonden = herken(
            request.user, voornamen=persoon.voornamen, achternaam=persoon.achternaam,
            geboortedatum=persoon.geboortedatum, bsn=persoon.bsn or "",
        )  # fmt: skip
    lijst = [h for h in gevonden if h.persoon_id != persoon.pk]
    context = casus_context(request, casus, tab="betrokkenen", betrokkene=betrokkene, gevonden=lijst, tekst=tekst)
    return toon(request, "casus/dubbel.html", "", context)


def voeg_samen(request: Verzoek, nummer: str, pk: int, ander: int) -> HttpResponse:
    """Side by side, per field, with everything that moves along; one act merges."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    een, tweede = _persoon(betrokkene), _ander(request, ander)
    form = _samenvoegform(request, een, tweede)
    gewijzigd = form.is_bound and not _is_van_nu(form, een, tweede)
    if not gewijzigd and form.is_valid():
        keuzes = samenvoegen.Keuzes(form.uit, form.cleaned_data["reden"])
        versies = (form.cleaned_data["versie_een"], form.cleaned_data["versie_ander"])
        with toon_belemmeringen(form):
            samenvoegen.voeg_samen(een, tweede, keuzes, door=request.user, versies=versies)
            return naar(request, f"{casus.pad()}betrokkenen/{pk}/", gedaan="Samengevoegd")
    context = casus_context(
        request, casus, tab="betrokkenen", betrokkene=betrokkene, form=form, **_beeld(request, een, tweede)
    )
    context["gewijzigd"] = gewijzigd
    context["mag"] = samenvoegen.MAG(request.user, (een, tweede))
    context["weigering"] = "" if context["mag"] else samenvoegen.weigering(request.user, een, tweede)
    return toon(request, "casus/samenvoegen.html", "", context, status=409 if gewijzigd else None)


def _persoon(betrokkene: Betrokkene) -> Persoon:
    if betrokkene.persoon is None:
        raise Http404("Deze persoon is er niet meer.")
    return betrokkene.persoon


def _ander(request: Verzoek, pk: int) -> Persoon:
    """Not there, shielded and merged already are the same answer; the look is logged."""
    persoon = get_object_or_404(Persoon, pk=pk, opgegaan_in=None)
    if not samenvoegen.mag_zien(request.user, persoon):
        raise Http404("Deze persoon is er niet.")
    noteer_toegang(
        request.user, Gebeurtenis.INZIEN, stuk=persoon, persoon_id=pk, grond="vergelijken om samen te voegen"
    )
    return persoon


def _samenvoegform(request: Verzoek, een: Persoon, ander: Persoon, data: Any = None) -> SamenvoegForm:
    return SamenvoegForm(
        data or request.POST or None,
        verschillen=vergelijken.verschillen(een, ander),
        gedeeld=vergelijken.in_beide(een, ander),
        initial={"versie_een": een.versie, "versie_ander": ander.versie},
    )


def _is_van_nu(form: SamenvoegForm, een: Persoon, ander: Persoon) -> bool:
    """What was chosen stays chosen; when either changed since, the next attempt answers what stands there now."""
    nu = {"versie_een": str(een.versie), "versie_ander": str(ander.versie)}
    gelijk = all(form.data.get(naam) == waarde for naam, waarde in nu.items())
    form.data = form.data.copy()
    for naam, waarde in nu.items():
        form.data[naam] = waarde
    return gelijk


def _beeld(request: Verzoek, een: Persoon, ander: Persoon) -> dict[str, Any]:
    """Everything of both; of a shielded case only that it is there."""
    van = [(kant, samenvoegen.casussen_van(kant)) for kant in (een, ander)]
    dicht = {c.pk for _, rij in van for c in samenvoegen.dichte_casussen(request.user, rij)}
    return {
        "een": een,
        "ander": ander,
        "verschillen": vergelijken.verschillen(een, ander),
        "gedeeld": [paar for paar in vergelijken.in_beide(een, ander) if paar.casus.pk not in dicht],
        "in_de_weg": list(vergelijken.wat_in_de_weg_staat(een, ander)),
        "casussen": [(kant, [(c, c.pk in dicht) for c in rij]) for kant, rij in van],
        "banden": [(kant, vergelijken.banden_in_woorden(kant)) for kant in (een, ander)],
    }


def splits(request: Verzoek, nummer: str, pk: int, rij: int) -> HttpResponse:
    """Give both back what they had; for what came since, one says whose it is."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    samenvoeging = get_object_or_404(
        Samenvoeging.objects.select_related("blijver", "verdwenen"),
        pk=rij,
        blijver=betrokkene.persoon,
        gesplitst_op=None,
    )
    form = SplitsForm(
        request.POST or None,
        later=splitsen.wat_er_later_bij_kwam(samenvoeging),
        een=str(samenvoeging.blijver),
        ander=f"{samenvoeging.verdwenen} (was apart)",
        initial={"versie": samenvoeging.blijver.versie},
    )
    if form.is_valid():
        with toon_belemmeringen(form):
            gegevens = {naam: form.cleaned_data[naam] for naam in ("reden", "versie")}
            splitsen.splits(samenvoeging, form.kies, door=request.user, **gegevens)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Gesplitst")
    context = casus_context(
        request, casus, tab="betrokkenen", betrokkene=betrokkene, form=form, samenvoeging=samenvoeging,
        mag=splitsen.MAG(request.user, samenvoeging),
    )  # fmt: skip
    return toon(request, "casus/splitsen.html", "", context)
