"""Addresses of the services, under their case."""

from django.urls import path

from diensten.views import diensten, keuzes, momenten, overzicht, punten

urlpatterns = [
    path("casus/<nummer:nummer>/diensten/", overzicht.overzicht, name="diensten"),
    path("casus/<nummer:nummer>/diensten/maatwerk/", overzicht.nieuw_maatwerk, name="nieuw_maatwerk"),
    path("casus/<nummer:nummer>/diensten/overdracht/", overzicht.nieuwe_overdracht, name="nieuwe_overdracht"),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/", diensten.dienst, name="dienst"),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/keuze/", keuzes.open_na_dienst, name="keuze_na_dienst"),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/moment/", momenten.nieuw, name="nieuw_moment"),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/moment/<int:pk>/", momenten.houd, name="moment"),
    path(
        "casus/<nummer:nummer>/diensten/<int:stap_pk>/moment/<int:pk>/verzetten/", momenten.verzet, name="verzet_moment"
    ),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/vragen/", punten.nieuw, name="nieuw_punt"),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/vragen/<int:pk>/", punten.bijwerken, name="punt"),
    path("casus/<nummer:nummer>/diensten/<int:stap_pk>/<slug:stap>/", diensten.dienst, name="dienst_stap"),
    path("casus/<nummer:nummer>/keuze/<int:pk>/", keuzes.keuze, name="keuze"),
    path("casus/<nummer:nummer>/keuze/openen/<nummer:meldingsnummer>/", keuzes.open_na_triage, name="keuze_openen"),
]
