"""Addresses of this app's screens."""

from django.urls import path

from triage.views import besluit, toen, versies, vht, wachtrij

VHT, BESLUIT = (
    "casus/<nummer:nummer>/vht/<nummer:meldingsnummer>/",
    "casus/<nummer:nummer>/besluit/<nummer:meldingsnummer>/",
)

urlpatterns = [
    path("triage/", wachtrij.wachtrij, name="triage"),
    path("triage/zicht/", wachtrij.zicht, name="zicht"),
    path(VHT, vht.vht, name="vht"),
    path(f"{VHT}rij/<str:welke>/", vht.rij, name="vht_rij"),
    path(f"{VHT}versie/<int:versienummer>/", versies.versie, name="vht_versie"),
    path(BESLUIT, besluit.besluit, name="triagebesluit"),
    path(f"{BESLUIT}toen/", toen.toen, name="triagebesluit_toen"),
    path(f"{BESLUIT}terughalen/", besluit.terughalen, name="triagebesluit_terughalen"),
    path(f"{BESLUIT}tekenen/", besluit.tekenen, name="triagebesluit_tekenen"),
    path(f"{BESLUIT}bevestiger/", besluit.bevestiger, name="triagebesluit_bevestiger"),
    path(f"{BESLUIT}aantekening/", besluit.aantekening, name="triagebesluit_aantekening"),
]
