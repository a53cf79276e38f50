"""Addresses of the public form. None of them ever holds anything that was filled in."""

from django.urls import path

from melding.formulier.views import afronden, invullen

app_name = "formulier"
urlpatterns = [
    path("", invullen.bladzijde, name="begin"),
    path("bestanden/", invullen.bestanden, name="bestanden"),
    path("controle/", afronden.controle, name="controle"),
    path("klaar/", afronden.verzonden, name="klaar"),
    path("wissen/", afronden.wissen, name="wissen"),
    path("gewist/", afronden.gewist, name="gewist"),
    path("weg/", afronden.weg, name="weg"),
    path("<slug:slug>/", invullen.bladzijde, name="bladzijde"),
    path("<slug:groep>/<int:nummer>/", invullen.persoon, name="persoon"),
]
