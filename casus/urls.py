"""Addresses of the spine's screens."""

from django.urls import include, path

from casus.views import casussen, terugkoppeling, vastleggen, werk

urlpatterns = [
    path("werk/", werk.mijn_werk, name="werk"),
    path("werk/zojuist/", werk.zojuist, name="zojuist"),
    path("werk/bovenste/", werk.bovenste, name="bovenste"),
    path("casus/<nummer:nummer>/", casussen.tijdlijn, name="casus"),
    path("casus/<nummer:nummer>/veiligheid/", casussen.veiligheid, name="veiligheid"),
    path("casus/<nummer:nummer>/contacten/", casussen.contacten, name="contacten"),
    path("casus/<nummer:nummer>/documenten/", casussen.documenten, name="documenten"),
    path("casus/<nummer:nummer>/documenten/<int:pk>/", casussen.bijlage, name="bijlage"),
    path("casus/<nummer:nummer>/logboek/", casussen.logboek, name="logboek"),
    path("casus/<nummer:nummer>/toewijzen/<int:pk>/", casussen.toewijzen, name="toewijzen"),
    path("casus/<nummer:nummer>/sluiten/", casussen.sluiten, name="sluiten"),
    path("casus/<nummer:nummer>/herstellen/", casussen.herstellen, name="herstellen"),
    path("casus/<nummer:nummer>/noodknop/", casussen.noodknop, name="noodknop"),
    path("casus/<nummer:nummer>/noodknop/<int:pk>/nakijken/", casussen.noodknop_nakijken, name="noodknop_nakijken"),
    path("casus/<nummer:nummer>/vastleggen/contact/", vastleggen.contact, name="contact"),
    path("casus/<nummer:nummer>/vastleggen/hoor/", vastleggen.contact, {"wat": "hoor"}, name="hoor"),
    path("casus/<nummer:nummer>/vastleggen/score/", vastleggen.score, name="score"),
    path("casus/<nummer:nummer>/vastleggen/afspraak/", vastleggen.afspraak, name="afspraak"),
    path("casus/<nummer:nummer>/vastleggen/voorwaarde/", vastleggen.voorwaarde, name="voorwaarde"),
    path("casus/<nummer:nummer>/voorwaarde/<int:pk>/aanscherpen/", vastleggen.scherp_aan, name="scherp_aan"),
    path(
        "casus/<nummer:nummer>/voorwaarde/<int:pk>/beeindigen/",
        vastleggen.beeindig_voorwaarde,
        name="beeindig_voorwaarde",
    ),
    path("casus/<nummer:nummer>/vastleggen/alarmering/", vastleggen.alarmering, name="alarmering"),
    path("casus/<nummer:nummer>/alarmering/<int:pk>/beeindigen/", vastleggen.beeindig_alarm, name="beeindig_alarm"),
    path("casus/<nummer:nummer>/terugkoppeling/<int:pk>/", terugkoppeling.terugkoppeling, name="terugkoppeling"),
    path("casus/<nummer:nummer>/terugkoppeling/<int:pk>/brief/", terugkoppeling.brief, name="brief"),
    path("casus/<nummer:nummer>/terugkoppeling/<int:pk>/pdf/", terugkoppeling.pdf, name="brief_pdf"),
    path("", include("casus.personen.urls")),
    path("", include("casus.informeren.urls")),
    path("", include("casus.informatie.urls")),
    path("", include("casus.zoeken.urls")),
]
