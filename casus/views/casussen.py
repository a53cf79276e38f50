"""The case: its time line and tabs. Each tab is its own page with the same head."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from casus import rechten
from casus.forms import (
    BijlageForm,
    NakijkForm,
    NoodknopForm,
    RedenForm,
    ToewijzenForm,
)
from casus.models import Bijlage, Casus, Contact, Logregel, Processtap
from casus.selectors import tijdlijn as lijnen
from casus.services.bijlagen import bewaar_bijlage, lees_bijlage
from casus.services.casussen import sluit_casus, wijs_toe
from casus.services.noodknop import kijk_gebruik_na, nakijktaken, open_met_noodknop
from casus.web import casus_context, haal_casus
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def tijdlijn(request: Verzoek, nummer: str) -> HttpResponse:
    """Every step with its date, who and why (RW-3.12)."""
    casus = haal_casus(request, nummer)
    beeld = lijnen.casusbeeld(casus, na=request.GET.get("na", ""))
    context = casus_context(request, casus, tab="tijdlijn", soorten_contact=Contact.Soort.choices, **beeld)
    return toon(request, "casus/tijdlijn.html", "regels", context)


def veiligheid(request: Verzoek, nummer: str) -> HttpResponse:
    """Taxations, scores, conditions and agreements."""
    casus = haal_casus(request, nummer)
    context = casus_context(request, casus, tab="veiligheid", **lijnen.veiligheidsbeeld(casus))
    return toon(request, "casus/veiligheid.html", "", context)


def contacten(request: Verzoek, nummer: str) -> HttpResponse:
    """The journal, whole or per step (RW-12.4)."""
    casus = haal_casus(request, nummer)
    blad = lijnen.contacten(casus, stap=request.GET.get("stap", ""), na=request.GET.get("na", ""))
    return toon(request, "casus/contacten.html", "", casus_context(request, casus, tab="contacten", blad=blad))


def documenten(request: Verzoek, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer)
    form = BijlageForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        bestand = form.cleaned_data["bijlage"]
        with toon_belemmeringen(form):
            bewaar_bijlage(
                inhoud=bestand.read(),
                naam=bestand.name,
                door=request.user,
                casus=casus,
                omschrijving=form.cleaned_data["omschrijving"],
            )
            return naar(request, f"{casus.pad()}documenten/", gedaan="Bijlage toegevoegd")
    context = casus_context(request, casus, tab="documenten", form=form, **lijnen.documenten(casus))
    return toon(request, "casus/documenten.html", "", context)


def bijlage(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """One attachment, always as a download: nothing from outside is shown within the site."""
    casus = haal_casus(request, nummer)
    rij = get_object_or_404(Bijlage, pk=pk, casus=casus)
    noteer_toegang(request.user, Gebeurtenis.BIJLAGE, stuk=rij, casus_id=casus.pk)
    antwoord = HttpResponse(lees_bijlage(rij), content_type="application/octet-stream")
    naam = "".join(t if t.isascii() and (t.isalnum() or t in " ._-") else "_" for t in rij.naam)
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord


def logboek(request: Verzoek, nummer: str) -> HttpResponse:
    """Every act with its motivation and rules; nothing here ever changes."""
    casus = haal_casus(request, nummer)
    blad = lijnen.logboek(casus, na=request.GET.get("na", ""))
    return toon(request, "casus/logboek.html", "", casus_context(request, casus, tab="logboek", blad=blad))


def toewijzen(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = haal_casus(request, nummer)
    stap = get_object_or_404(Processtap, pk=pk, casus=casus)
    form = ToewijzenForm(request.POST or None, initial={"aan": stap.verantwoordelijke_id})
    if form.is_valid():
        with toon_belemmeringen(form):
            wijs_toe(stap, form.cleaned_data["aan"], door=request.user)
            return naar(request, casus, gedaan="Toegewezen")
    context = casus_context(request, casus, form=form, titel=f"Wie doet {stap}?", knop="Toewijzen")
    return toon(request, "casus/formulier.html", "", context)


def sluiten(request: Verzoek, nummer: str) -> HttpResponse:
    """Close the case; what still stands in the way is listed before anyone presses (RW-4.8)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_sluiten)
    form = RedenForm({"reden": "-"} if request.method == "POST" else None)
    if casus.is_open and request.method != "POST":
        form.belemmeringen = belemmeringen_voor(casus, "sluit")
    if request.method == "POST":
        with toon_belemmeringen(form):
            sluit_casus(casus, door=request.user, motivering=request.POST.get("motivering", ""))
            return naar(request, casus, gedaan="Casus gesloten")
    return toon(request, "casus/sluiten.html", "", casus_context(request, casus, form=form))


def herstellen(request: Verzoek, nummer: str) -> HttpResponse:
    """Undo a mistaken closing; a teamleider, with a reason."""
    casus = haal_casus(request, nummer, recht=rechten.mag_herstellen)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            voer_uit(casus, "herstel", door=request.user, **form.cleaned_data)
            return naar(request, casus, gedaan="Sluiten hersteld")
    context = casus_context(request, casus, form=form, titel="Sluiten herstellen", knop="Casus weer openen")
    return toon(request, "casus/formulier.html", "", context)


def noodknop(request: Verzoek, nummer: str) -> HttpResponse:
    """Open a case one is not involved in: with a reason, for an hour, and it is reported."""
    casus = get_object_or_404(Casus, nummer=nummer)
    form = NoodknopForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            open_met_noodknop(casus, form.cleaned_data["reden"], door=request.user)
            return naar(request, casus)
    return toon(request, "casus/noodknop.html", "", {"casus": casus, "form": form})


def noodknop_nakijken(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Who was asked sees how the noodknop was used and says whether that was right; of the case itself nothing."""
    gebruik = get_object_or_404(Logregel.objects.select_related("door", "casus"), pk=pk, casus__nummer=nummer)
    taak = nakijktaken(gebruik, request.user).order_by("-pk").first()
    if taak is None:
        raise Http404("Dit is er niet.")
    noteer_toegang(request.user, Gebeurtenis.INZIEN, stuk=gebruik, casus_id=gebruik.casus_id)
    form = NakijkForm(request.POST or None)
    if form.is_valid():
        terecht, reden = form.cleaned_data["terecht"] == "ja", form.cleaned_data["reden"]
        with toon_belemmeringen(form):
            kijk_gebruik_na(gebruik, terecht=terecht, reden=reden, door=request.user)
            return naar(request, "/werk/", gedaan="Gebruik van de noodknop nagekeken")
    context = {
        "gebruik": gebruik,
        "form": form,
        "taak": taak,
        "te_lezen": rechten.mag_lezen(request.user, gebruik.casus),
    }
    return toon(request, "casus/noodknop_nakijken.html", "", context)
