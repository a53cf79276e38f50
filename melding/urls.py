"""Addresses of this app's screens."""

from django.urls import include, path

from melding.advies import views as adviezen
from melding.ingang import opnemen, signalen
from melding.meldingen import apart
from melding.meldingen import views as meldingen

urlpatterns = [
    path("melden/", include("melding.formulier.urls")),
    path("nieuw/", signalen.nieuw, name="nieuw"),
    path("signaal/nieuw/", signalen.nieuw_signaal, name="nieuw_signaal"),
    path("signaal/<nummer:nummer>/", signalen.signaal, name="signaal"),
    path("signaal/<nummer:nummer>/advies/", adviezen.nieuw_advies, name="signaal_advies"),
    path("signaal/<nummer:nummer>/sluiten/", signalen.sluiten, name="signaal_sluiten"),
    path("melding/nieuw/", opnemen.nieuwe_melding, name="nieuwe_melding"),
    path("melding/herkennen/", opnemen.herkennen, name="herkennen"),
    path("advies/nieuw/", adviezen.nieuw_advies, name="nieuw_advies"),
    path("casus/<nummer:nummer>/advies/", adviezen.advies, name="advies"),
    path("casus/<nummer:nummer>/advies/toestemming/", adviezen.toestemming, name="advies_toestemming"),
    path("casus/<nummer:nummer>/advies/afspraak/", adviezen.afspraak, name="advies_afspraak"),
    path("casus/<nummer:nummer>/advies/gesprek/<int:pk>/", adviezen.gesprek, name="advies_gesprek"),
    path("casus/<nummer:nummer>/advies/ondersteuning/", adviezen.ondersteuning, name="advies_ondersteuning"),
    path("casus/<nummer:nummer>/meldingen/", meldingen.meldingen, name="meldingen"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/", meldingen.melding, name="melding"),
    path(
        "casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/afhandelen/", meldingen.afhandelen, name="afhandelen"
    ),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nagekeken/", meldingen.nagekeken, name="nagekeken"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nti/", apart.nti, name="nti"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nti/weg/", apart.nti_weg, name="nti_weg"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/nti/contact/", apart.contact, name="nti_contact"),
    path("casus/<nummer:nummer>/meldingen/<nummer:meldingsnummer>/regio/", apart.regio, name="andere_regio"),
]
