"""Addresses of informing whom a case is about."""

from django.urls import path

from casus.informeren import views

urlpatterns = [
    path("casus/<nummer:nummer>/informeren/", views.informeren, name="informeren"),
    path("casus/<nummer:nummer>/informeren/<int:stap>/<int:pk>/", views.schrijf, name="informeer"),
    path("casus/<nummer:nummer>/informeren/<int:stap>/<int:pk>/reactie/", views.reactie, name="reactie"),
    path("casus/<nummer:nummer>/informeren/<int:stap>/<int:pk>/uitstel/", views.uitstel, name="informeeruitstel"),
]
