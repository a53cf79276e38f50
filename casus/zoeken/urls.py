"""Address of the search page."""

from django.urls import path

from casus.zoeken.views import zoeken

urlpatterns = [path("zoeken/", zoeken, name="zoeken")]
