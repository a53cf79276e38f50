"""Addresses of the people of a case."""

from django.urls import path

from casus.personen.views import brp, gezin, mensen, samenvoegen

CASUS = "casus/<nummer:nummer>/"
MENS = f"{CASUS}betrokkenen/<int:pk>/"

urlpatterns = [
    path(f"{CASUS}betrokkenen/", mensen.betrokkenen, name="betrokkenen"),
    path(f"{CASUS}betrokkenen/nieuw/", mensen.nieuwe_betrokkene, name="nieuwe_betrokkene"),
    path(f"{CASUS}betrokkenen/herkennen/", mensen.herken_betrokkene, name="herken_betrokkene"),
    path(f"{CASUS}betrokkenen/schema/", gezin.gezinsblad, name="gezinsblad"),
    path(MENS, mensen.persoon, name="persoon"),
    path(f"{MENS}nagekeken/", mensen.gegevens_nagekeken, name="gegevens_nagekeken"),
    path(f"{MENS}bsn/", mensen.bevestig_bsn, name="bevestig_bsn"),
    path(f"{MENS}rol/", mensen.wordt_directbetrokkene, name="wordt_directbetrokkene"),
    path(f"{MENS}weg/", mensen.verwijder_betrokkene, name="verwijder_betrokkene"),
    path(f"{MENS}huishouden/", gezin.huishouden, name="huishouden"),
    path(f"{MENS}dubbel/", samenvoegen.zoek_dubbel, name="zoek_dubbel"),
    path(f"{MENS}dubbel/<int:ander>/", samenvoegen.voeg_samen, name="voeg_samen"),
    path(f"{MENS}splitsen/<int:rij>/", samenvoegen.splits, name="splits"),
    path(f"{MENS}brp/", brp.brp, name="brp"),
    path(f"{MENS}brp/overnemen/", brp.overnemen, name="brp_overnemen"),
    path(f"{CASUS}familieband/", gezin.nieuwe_band, name="nieuwe_band"),
    path(f"{CASUS}familieband/<int:pk>/", gezin.wijzig_band, name="wijzig_band"),
    path(f"{CASUS}familieband/<int:pk>/weg/", gezin.band_weg, name="band_weg"),
    path(f"{CASUS}stappen/<int:pk>/mensen/", gezin.stap_mensen, name="stap_mensen"),
    path(f"{CASUS}stappen/<int:pk>/geen-aandeel/", gezin.geen_aandeel, name="geen_aandeel"),
    path(f"{CASUS}benaderingen/<int:pk>/gedaan/", gezin.benadering_gedaan, name="benadering_gedaan"),
    path(f"{CASUS}benaderingen/<int:pk>/niet/", gezin.benadering_niet, name="benadering_niet"),
]
