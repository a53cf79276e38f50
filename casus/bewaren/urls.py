"""Addresses of this app's screens."""

from django.urls import path

from casus.bewaren import views

app_name = "bewaren"

urlpatterns = [
    path("bewaren/", views.lijst, name="lijst"),
    path("bewaren/uitvoer/", views.uitvoer, name="uitvoer"),
    path("bewaren/casus/<nummer:nummer>/", views.dossier, name="dossier"),
    path("bewaren/casus/<nummer:nummer>/bewaren/", views.bewaar, name="bewaar"),
    path("bewaren/casus/<nummer:nummer>/voorstel/", views.voorstel, name="voorstel"),
    path("bewaren/<int:pk>/", views.verwijdering, name="verwijdering"),
    path("bewaren/<int:pk>/stap/<str:naam>/", views.stap, name="stap"),
]
