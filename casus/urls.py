"""Addresses of the spine's screens."""

from django.urls import include, path

from casus.views import casussen, terugkoppeling, vastleggen, werk

urlpatterns = [
    path("werk/", werk.mijn_werk, name="werk"),
    path("werk/zojuist/", werk.zojuist, name="zojuist"),
    path("werk/bovenste/", werk.bovenste, name="bovenste"),
    path("casus/<str:nummer>/", casussen.tijdlijn, name="casus"),
    path("casus/<str:nummer>/betrokkenen/", casussen.betrokkenen, name="betrokkenen"),
    path("casus/<str:nummer>/betrokkenen/nieuw/", casussen.nieuwe_betrokkene, name="nieuwe_betrokkene"),
    path("casus/<str:nummer>/betrokkenen/<int:pk>/", casussen.persoon, name="persoon"),
    path("casus/<str:nummer>/betrokkenen/<int:pk>/bsn/", casussen.bevestig_bsn, name="bevestig_bsn"),
    path(
        "casus/<str:nummer>/betrokkenen/<int:pk>/rol/", casussen.wordt_directbetrokkene, name="wordt_directbetrokkene"
    ),
    path("casus/<str:nummer>/betrokkenen/<int:pk>/weg/", casussen.verwijder_betrokkene, name="verwijder_betrokkene"),
    path("casus/<str:nummer>/veiligheid/", casussen.veiligheid, name="veiligheid"),
    path("casus/<str:nummer>/contacten/", casussen.contacten, name="contacten"),
    path("casus/<str:nummer>/documenten/", casussen.documenten, name="documenten"),
    path("casus/<str:nummer>/documenten/<int:pk>/", casussen.bijlage, name="bijlage"),
    path("casus/<str:nummer>/logboek/", casussen.logboek, name="logboek"),
    path("casus/<str:nummer>/toewijzen/<int:pk>/", casussen.toewijzen, name="toewijzen"),
    path("casus/<str:nummer>/sluiten/", casussen.sluiten, name="sluiten"),
    path("casus/<str:nummer>/herstellen/", casussen.herstellen, name="herstellen"),
    path("casus/<str:nummer>/noodknop/", casussen.noodknop, name="noodknop"),
    path("casus/<str:nummer>/vastleggen/contact/", vastleggen.contact, name="contact"),
    path("casus/<str:nummer>/vastleggen/hoor/", vastleggen.contact, {"wat": "hoor"}, name="hoor"),
    path("casus/<str:nummer>/vastleggen/score/", vastleggen.score, name="score"),
    path("casus/<str:nummer>/vastleggen/afspraak/", vastleggen.afspraak, name="afspraak"),
    path("casus/<str:nummer>/vastleggen/voorwaarde/", vastleggen.voorwaarde, name="voorwaarde"),
    path("casus/<str:nummer>/voorwaarde/<int:pk>/aanscherpen/", vastleggen.scherp_aan, name="scherp_aan"),
    path(
        "casus/<str:nummer>/voorwaarde/<int:pk>/beeindigen/", vastleggen.beeindig_voorwaarde, name="beeindig_voorwaarde"
    ),
    path("casus/<str:nummer>/vastleggen/alarmering/", vastleggen.alarmering, name="alarmering"),
    path("casus/<str:nummer>/alarmering/<int:pk>/beeindigen/", vastleggen.beeindig_alarm, name="beeindig_alarm"),
    path("casus/<str:nummer>/terugkoppeling/<int:pk>/", terugkoppeling.terugkoppeling, name="terugkoppeling"),
    path("casus/<str:nummer>/terugkoppeling/<int:pk>/brief/", terugkoppeling.brief, name="brief"),
    path("", include("casus.zoeken.urls")),
]
