"""Addresses of this app's screens."""

from django.urls import path

from casus.inzage import views

app_name = "inzage"

urlpatterns = [
    path("inzage/", views.lijst, name="lijst"),
    path("casus/<nummer:nummer>/inzage/nieuw/", views.nieuw, name="nieuw"),
    path("inzage/<int:pk>/", views.screen, name="screen"),
    path("inzage/<int:pk>/stap/<str:naam>/", views.stap, name="stap"),
    path("inzage/<int:pk>/oordeel/", views.oordeel, name="oordeel"),
    path("inzage/<int:pk>/deel/<int:deel>/", views.beoordeel, name="beoordeel"),
    path("inzage/<int:pk>/deel/<int:deel>/lak/", views.lak, name="lak"),
    path("inzage/<int:pk>/deel/<int:deel>/plek/<int:nummer>/", views.plek, name="plek"),
    path("inzage/<int:pk>/voorbeeld/", views.voorbeeld, name="voorbeeld"),
    path("inzage/<int:pk>/voortgang/", views.voortgang, name="voortgang"),
    path("inzage/<int:pk>/document/", views.document, name="document"),
]
