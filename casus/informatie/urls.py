"""Addresses of what was asked and given in a case."""

from django.urls import path

from casus.informatie import views

urlpatterns = [
    path("casus/<nummer:nummer>/informatie/", views.informatie, name="informatie"),
    path("casus/<nummer:nummer>/informatie/vragen/", views.vraag, name="informatie_vragen"),
    path("casus/<nummer:nummer>/informatie/geven/", views.geef, name="informatie_geven"),
    path("casus/<nummer:nummer>/informatie/<int:pk>/", views.verzoek, name="informatieverzoek"),
    path("casus/<nummer:nummer>/informatie/<int:pk>/zonder/", views.zonder, name="zonder_antwoord"),
]
