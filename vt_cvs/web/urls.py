"""Pages that belong to no app: who am I, all keys, and the gallery of components outside production."""

from django.urls import path

from vt_cvs.web import kladviews, views
from vt_cvs.web.gezond import gezond

app_name = "web"
urlpatterns = [
    path("gezond", gezond, name="gezond"),
    path("klad/", kladviews.doe, name="klad"),
    path("klad/sleutel/", kladviews.sleutel, name="klad_sleutel"),
    path("mijn/", views.mijn, name="mijn"),
    path("toetsen/", views.toetsen, name="toetsen"),
    path("onderdelen/", views.onderdelen, name="onderdelen"),
]
