"""Addresses of this app's screens."""

from django.urls import path

from melding.views import adviezen, meldingen, opnemen, signalen

urlpatterns = [
    path("nieuw/", signalen.nieuw, name="nieuw"),
    path("signaal/nieuw/", signalen.nieuw_signaal, name="nieuw_signaal"),
    path("signaal/<nummer:nummer>/", signalen.signaal, name="signaal"),
    path("signaal/<nummer:nummer>/advies/", adviezen.nieuw_advies, name="signaal_advies"),
    path("signaal/<nummer:nummer>/sluiten/", signalen.sluiten, name="signaal_sluiten"),
    path("melding/nieuw/", opnemen.nieuwe_melding, name="nieuwe_melding"),
    path("melding/herkennen/", opnemen.herkennen, name="herkennen"),
    path("advies/nieuw/", adviezen.nieuw_advies, name="nieuw_advies"),
    path("casus/<nummer:nummer>/advies/", adviezen.advies, name="advies"),
    path("casus/<nummer:nummer>/meldingen/", meldingen.meldingen, name="meldingen"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/", meldingen.melding, name="melding"),
    path(
        "casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/afhandelen/", meldingen.afhandelen, name="afhandelen"
    ),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nagekeken/", meldingen.nagekeken, name="nagekeken"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nti/", meldingen.nti, name="nti"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nti/weg/", meldingen.nti_weg, name="nti_weg"),
]
