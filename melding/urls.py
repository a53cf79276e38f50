"""Addresses of this app's screens."""

from django.urls import path

from melding.views import adviezen, meldingen, opnemen, signalen

urlpatterns = [
    path("nieuw/", signalen.nieuw, name="nieuw"),
    path("signaal/nieuw/", signalen.nieuw_signaal, name="nieuw_signaal"),
    path("signaal/<str:nummer>/", signalen.signaal, name="signaal"),
    path("signaal/<str:nummer>/advies/", adviezen.nieuw_advies, name="signaal_advies"),
    path("signaal/<str:nummer>/sluiten/", signalen.sluiten, name="signaal_sluiten"),
    path("melding/nieuw/", opnemen.nieuwe_melding, name="nieuwe_melding"),
    path("melding/herkennen/", opnemen.herkennen, name="herkennen"),
    path("advies/nieuw/", adviezen.nieuw_advies, name="nieuw_advies"),
    path("casus/<str:nummer>/advies/", adviezen.advies, name="advies"),
    path("casus/<str:nummer>/meldingen/", meldingen.meldingen, name="meldingen"),
    path("casus/<str:nummer>/meldingen/<str:meldingsnummer>/", meldingen.melding, name="melding"),
    path("casus/<str:nummer>/meldingen/<str:meldingsnummer>/afhandelen/", meldingen.afhandelen, name="afhandelen"),
    path("casus/<str:nummer>/meldingen/<str:meldingsnummer>/nti/", meldingen.nti, name="nti"),
    path("casus/<str:nummer>/meldingen/<str:meldingsnummer>/nti/weg/", meldingen.nti_weg, name="nti_weg"),
]
