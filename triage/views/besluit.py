"""The triagebesluit: proposing it, signing it as the second employee, and writing a note beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from casus.models import Casus
from casus.web import casus_context, haal_casus
from triage import rechten
from triage.bijzonder import voorgesteld_besluit
from triage.dossier import telt_mee
from triage.forms import AantekeningForm, AcuutForm, BesluitForm, BevestigerForm, TekenForm
from triage.models import Bevestiging, Triagebesluit
from triage.selectors import betrokken_mensen, eerder_besluit, haal_besluit, na_tekenen, nog_niet_gedaan
from triage.services import bevestig_achteraf, bewaar_concept, teken_aan, vraag_bevestiging
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def besluit(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Propose the decision, or read how it stands."""
    casus = haal_casus(request, nummer)
    voorstel = haal_besluit(casus, meldingsnummer)
    if request.GET.get("acuut"):
        return _acuut(request, casus, voorstel)
    bewaren = request.POST.get("actie") == "bewaren"
    eerder = eerder_besluit(voorstel)
    begin = {naam: getattr(voorstel, naam) for naam in ("uitkomst", "toelichting", "tweede", "versie")}
    begin["uitkomst"] = begin["uitkomst"] or voorgesteld_besluit(voorstel.vht)[0] or getattr(eerder, "uitkomst", "")
    form = BesluitForm(request.POST or None, initial=begin, besluit=voorstel, door=request.user)
    if bewaren:
        form.maak_concept()
    if form.is_valid():
        with toon_belemmeringen(form):
            _leg_voor(request, voorstel, form.cleaned_data, bewaren=bewaren)
            gedaan = "Concept bewaard" if bewaren else "Triagebesluit voorgelegd"
            return naar(request, voorstel, gedaan=gedaan)
    return _toon(request, casus, voorstel, form=form, eerder=eerder)


def _leg_voor(request: Verzoek, voorstel: Triagebesluit, data: dict[str, Any], *, bewaren: bool) -> None:
    gegevens = dict(data)
    if bewaren:
        gegevens.pop("deelnemers")  # who decides along is settled when it is put forward
        bewaar_concept(voorstel, door=request.user, **gegevens)
    else:
        motivering = request.POST.get("motivering", "")
        voer_uit(voorstel, "leg_voor", door=request.user, motivering=motivering, **gegevens)


def _acuut(request: Verzoek, casus: Casus, voorstel: Triagebesluit) -> HttpResponse:
    """With an empty VHT, a second name and one person logged in (RW-8.13)."""
    begin = {"versie": voorstel.versie, "tweede": voorstel.tweede}
    form = AcuutForm(request.POST or None, initial=begin, besluit=voorstel, door=request.user)
    if form.is_valid():
        with toon_belemmeringen(form):
            voer_uit(voorstel, "neem_acuut", door=request.user, **form.cleaned_data)
            return naar(request, voorstel, gedaan="Acuut triagebesluit genomen")
    return _toon(request, casus, voorstel, form=form, acuut=True)


@require_POST
def terughalen(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Take a proposal back, to change it or to ask another colleague."""
    casus = haal_casus(request, nummer)
    voorstel = haal_besluit(casus, meldingsnummer)
    form = BesluitForm(besluit=voorstel, door=request.user)
    with toon_belemmeringen(form):
        voer_uit(voorstel, "haal_terug", door=request.user)
        return naar(request, voorstel, gedaan="Voorstel teruggehaald")
    return _toon(request, casus, voorstel, form=form, status=422)


def tekenen(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Everything needed on one page, and two acts: choose a judgement, sign."""
    casus = haal_casus(request, nummer)
    voorstel = haal_besluit(casus, meldingsnummer)
    form = TekenForm(request.POST or None, initial={"versie": voorstel.versie})
    if form.is_valid():
        with toon_belemmeringen(form):
            return naar(request, voorstel, gedaan=_teken(request, voorstel, form.cleaned_data))
        voorstel = haal_besluit(casus, meldingsnummer)
        form.toon_versie(voorstel.versie)
    mag = rechten.mag_tekenen(request.user, voorstel)
    te_tekenen = bool(voorstel.nog_te_tekenen)
    return _toon(request, casus, voorstel, sjabloon="triage/tekenen.html", form=form, mag=mag, te_tekenen=te_tekenen)


def _teken(request: Verzoek, voorstel: Triagebesluit, data: dict[str, Any]) -> str:
    """Sign or give back; an acute decision is confirmed afterwards."""
    eens = data["oordeel"] == Bevestiging.Oordeel.EENS
    if voorstel.is_genomen:
        bevestig_achteraf(voorstel, door=request.user, oordeel=data["oordeel"], toelichting=data["toelichting"])
        return "Triagebesluit bevestigd" if eens else "Bezwaar doorgegeven"
    stap = "bevestig" if eens else "geef_terug"
    try:
        voer_uit(voorstel, stap, door=request.user, versie=data["versie"], toelichting=data["toelichting"])
    except VerouderdeVersie as fout:
        raise StapKanNiet(
            "Het voorstel is intussen gewijzigd. Lees het opnieuw voordat je tekent; wat je typte, staat er nog."
        ) from fout
    return "Triagebesluit genomen" if eens else "Teruggegeven"


@require_POST
def bevestiger(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Ask another colleague to confirm an acute decision."""
    casus = haal_casus(request, nummer)
    voorstel = haal_besluit(casus, meldingsnummer)
    form = BevestigerForm(request.POST, besluit=voorstel, door=request.user)
    if form.is_valid():
        with toon_belemmeringen(form):
            vraag_bevestiging(voorstel, form.cleaned_data["tweede"], door=request.user)
            return naar(request, voorstel, gedaan="Collega gevraagd")
    return _toon(request, casus, voorstel, bevestiger=form, form=form)


@require_POST
def aantekening(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """A note beside the decision, which itself stays as it is (RW-9.3)."""
    casus = haal_casus(request, nummer)
    voorstel = haal_besluit(casus, meldingsnummer)
    form = AantekeningForm(request.POST)
    if form.is_valid():
        with toon_belemmeringen(form):
            teken_aan(voorstel, form.cleaned_data["aantekening"], door=request.user)
            return naar(request, voorstel, gedaan="Aantekening bewaard")
    return _toon(request, casus, voorstel, form=form, aantekenform=form)


def _toon(
    request: Verzoek,
    casus: Casus,
    voorstel: Triagebesluit,
    *,
    sjabloon: str = "triage/besluit.html",
    status: int | None = None,
    acuut: bool = False,
    **meer: Any,
) -> HttpResponse:
    """The page with what the decision rests on beside what is asked."""
    vht, mensen = voorstel.vht, betrokken_mensen(casus)
    te_tekenen, voorgesteld = voorstel.nog_te_tekenen, voorgesteld_besluit(vht)[1]
    open_concept = voorstel.stand == Triagebesluit.Stand.CONCEPT
    wacht = voorstel.is_genomen and bool(te_tekenen)
    context = {
        "besluit": voorstel,
        "vht": vht,
        "conclusie": vht.conclusie,
        "voorgesteld": voorgesteld,
        "telt_mee": list(telt_mee(casus)) if open_concept else [],
        "feiten": [*vht.vormen.all(), *(a for a in vht.antwoorden.all() if a.feit)],
        "mensen": mensen,
        "nog_niet": nog_niet_gedaan(vht, mensen),
        "handtekeningen": list(voorstel.handtekeningen.all()),
        "aantekeningen": list(voorstel.aantekeningen.select_related("gemaakt_door")),
        "na": na_tekenen(voorstel, Triagebesluit.Uitkomst.BIJ_VT if acuut else ""),
        "acuut": acuut,
        "wachten_op": te_tekenen,
        "wacht_op_bevestiging": wacht,
        "mag_voorstellen": rechten.mag_voorstellen(request.user, voorstel),
        "aantekenform": AantekeningForm(),
        "bevestiger": BevestigerForm(besluit=voorstel, door=request.user) if wacht and voorstel.acuut else None,
    } | meer
    return toon(request, sjabloon, "", casus_context(request, casus, tab="veiligheid", **context), status=status)
