"""Addresses of this app's screens."""

from django.urls import path

from register import views

urlpatterns = [
    path("casus/<nummer:nummer>/register/", views.register, name="register"),
    path("casus/<nummer:nummer>/register/<int:pk>/opnemen/", views.opnemen, name="register_opnemen"),
    path("casus/<nummer:nummer>/register/<int:pk>/niet/", views.niet_opnemen, name="register_niet"),
    path("casus/<nummer:nummer>/register/match/<int:pk>/besproken/", views.besproken, name="match_besproken"),
]
