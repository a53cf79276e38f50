"""Work never vanishes: not with whoever leaves, not without a team, not twice, and not before the wrong eyes."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client

from casus.models import Casus, Taak
from casus.selectors import werk
from casus.services.betrokkenen import verwijder_betrokkene, voeg_betrokkene_toe, wijzig_persoon
from casus.services.casussen import begin_stap, sluit_casus, wijs_toe
from casus.services.herinneringen import herinner
from casus.services.vastleggen import leg_score_vast
from casus.services.werk import maak_taak, verplaats_taken
from tests import factories
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.termijnen import in_werkdagen
from vt_cvs.organisatie.models import Rol
from vt_cvs.organisatie.services import zet_uit_dienst

pytestmark = pytest.mark.django_db


def taak(casus, voor, soort="vht", **velden):
    return maak_taak(
        casus, soort, titel="VHT invullen", omdat="x", pad=casus.pad(), door=voor or factories.systeem(), casus=casus,
        voor=voor, **velden,
    )  # fmt: skip


def titels(medewerker) -> list[str]:
    return [regel.kop for regel in werk.werkregels(werk.mijn_taken(medewerker))]


def test_het_werk_van_wie_uit_dienst_gaat_staat_bij_het_team():
    weg = factories.medewerker()
    casus = factories.casus(weg)
    taak(casus, weg)
    collega = factories.collega(weg)
    assert titels(collega) == []
    zet_uit_dienst(weg, door=factories.medewerker(Rol.BEHEERDER))
    assert titels(collega) == [f"Casus {casus.nummer}"]


def test_uit_dienst_zetten_in_beheer_geeft_het_werk_terug():
    weg, beheerder = factories.medewerker(), factories.medewerker(Rol.BEHEERDER)
    taak(factories.casus(weg), weg)
    client = Client()
    client.force_login(beheerder)
    client.post(
        f"/beheer/organisatie/medewerker/{weg.pk}/change/",
        {"naam": weg.naam, "email": weg.email, "rollen": ["achterkant"], "team": weg.team_id},
    )
    assert Taak.objects.get().voor is None


def test_werk_zonder_team_ziet_iedereen_die_meldingen_opneemt_en_alle_teamleiders_horen_ervan():
    casus = factories.casus(factories.medewerker())
    wees = taak(casus, None, uiterlijk=date(2026, 11, 20))
    Taak.objects.filter(pk=wees.pk).update(team=None)
    leider = factories.medewerker(Rol.TEAMLEIDER, van=factories.team("Oost"))
    assert titels(factories.buitenstaander(Rol.VOORKANT))
    assert not titels(factories.medewerker(Rol.MANAGEMENTINFORMATIE))
    herinner(date(2026, 11, 23))
    assert [rij.inhoud["medewerker_id"] for rij in Uitpost.objects.filter(soort="herinneringsmail")] == [leider.pk]


def test_een_verzette_termijn_wordt_opnieuw_herinnerd():
    medewerker = factories.medewerker()
    casus = factories.casus(medewerker)
    taak(casus, medewerker, termijn=in_werkdagen(date(2026, 11, 13), 5))
    assert herinner(date(2026, 11, 23)).te_laat == 1
    taak(casus, medewerker, termijn=in_werkdagen(date(2026, 12, 1), 5))
    assert herinner(date(2026, 12, 15)).te_laat == 1
    taak(casus, medewerker, termijn=in_werkdagen(date(2026, 12, 1), 5))
    assert herinner(date(2026, 12, 16)).te_laat == 0


def test_werk_in_een_afgeschermde_casus_ziet_alleen_wie_genoemd_is():
    medewerker = factories.medewerker()
    casus = factories.casus(medewerker)
    factories.betrokkene(casus, achternaam="Geheim")
    taak(casus, None)
    taak(casus, collega := factories.collega(medewerker), soort="tekenen")
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    casus.genoemden.add(medewerker)
    assert titels(medewerker) == ["Geheim"]
    assert titels(collega) == ["Afgeschermde casus"]
    assert werk.tel(werk.mijn_taken(collega))["weergave_alles"] == 1


def test_overdragen_van_een_taak_die_de_ander_al_heeft_laat_er_een_over():
    een, twee = factories.medewerker(), factories.medewerker()
    casus = factories.casus(een)
    taak(casus, een)
    taak(casus, twee)
    verplaats_taken(Taak.objects.filter(voor=een), naar=twee, team=None, door=een)
    assert list(Taak.objects.filter(stand="open").values_list("voor", flat=True)) == [twee.pk]


def test_toewijzen_neemt_alleen_het_werk_van_de_oude_verantwoordelijke_mee():
    een = factories.medewerker()
    twee, drie = factories.collega(een), factories.collega(een)
    melding = factories.melding(door=een)
    stap = melding.stap
    eigen = maak_taak(stap, "a", titel="A", omdat="", pad="/", door=een, stap=stap, voor=een)
    ander = maak_taak(stap, "b", titel="B", omdat="", pad="/", door=een, stap=stap, voor=drie)
    stap = wijs_toe(stap, een, door=factories.systeem())
    wijs_toe(stap, twee, door=een)
    eigen.refresh_from_db()
    ander.refresh_from_db()
    assert (eigen.voor, ander.voor) == (twee, drie)


@pytest.mark.regel("RW-13.AF")
def test_in_een_gesloten_casus_begint_geen_stap():
    medewerker = factories.medewerker()
    casus = sluit_casus(factories.casus(medewerker), door=medewerker)
    with pytest.raises(RegelGeweigerd, match="gesloten"):
        begin_stap(casus, "overdracht", door=medewerker)


@pytest.mark.regel("RW-7.5")
def test_over_wie_al_iets_is_vastgelegd_verdwijnt_niet_mee():
    medewerker = factories.medewerker()
    betrokkene = factories.betrokkene(factories.casus(medewerker))
    leg_score_vast(betrokkene, 2, door=medewerker)
    with pytest.raises(RegelGeweigerd, match="al iets vastgelegd"):
        verwijder_betrokkene(betrokkene, door=medewerker, reden="vergissing")


@pytest.mark.django_db(transaction=True)
def test_een_persoon_uit_twee_casussen_tegelijk_gewijzigd_loopt_niet_vast():
    medewerker = factories.medewerker()
    persoon = factories.persoon(medewerker)
    with transaction.atomic():
        twee = [
            voeg_betrokkene_toe(factories.casus(medewerker), persoon, door=medewerker, rol="directbetrokkene")
            for _ in range(2)
        ]
    fouten: list[Exception] = []

    def wijzigen(betrokkene, naam):
        try:
            for n in range(8):
                wijzig_persoon(betrokkene, door=medewerker, achternaam=f"{naam}{n}")
        except Exception as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=wijzigen, args=(b, naam)) for b, naam in zip(twee, "ab", strict=True)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []


@pytest.mark.parametrize("adres", ["/casus/%00/", "/casus/c-1/", "/casus/C-111-111-118/contacten/?stap=²"])
def test_rare_adressen_geven_nooit_een_500(adres):
    client = Client()
    client.force_login(factories.medewerker())
    assert client.get(adres).status_code in {403, 404}


def acute_casus(medewerker):
    casus = factories.casus(medewerker)
    Casus.objects.filter(pk=casus.pk).update(veiligheid=Casus.Veiligheid.ACUUT)
    return casus


@pytest.mark.regel("RW-4.12")
def test_in_een_acute_casus_gaat_veiligheid_voor_en_wacht_een_nakijktaak_op_haar_eigen_termijn():
    medewerker = factories.medewerker()
    casus = acute_casus(medewerker)
    taak(casus, medewerker, soort="gegevens", uiterlijk=date(2099, 1, 1), over_veiligheid=False)
    taak(casus, medewerker, soort="vht", uiterlijk=date(2099, 6, 1))
    assert [(t.soort, t.groep) for t in werk.mijn_taken(medewerker)] == [("vht", 1), ("gegevens", 4)]


def test_een_gemiste_termijn_staat_ook_bij_een_nakijktaak_bovenaan():
    medewerker = factories.medewerker()
    taak(factories.casus(medewerker), medewerker, soort="informeren", uiterlijk=date(2020, 1, 1), over_veiligheid=False)
    assert [t.groep for t in werk.mijn_taken(medewerker)] == [1]


def test_hetzelfde_nakijken_bij_vier_personen_is_een_regel_en_het_getal_in_het_menu_telt_regels():
    medewerker = factories.medewerker()
    casus, andere = factories.casus(medewerker), factories.casus(medewerker)
    for over in (casus, andere):
        for stuk in [factories.betrokkene(over) for _ in range(4)]:
            maak_taak(
                stuk, "gegevens", titel="Gegevens nakijken", omdat="x", pad=stuk.pad(), door=medewerker, casus=over,
                voor=medewerker, over_veiligheid=False,
            )  # fmt: skip
    assert werk.aantal_taken(medewerker) == 2
    taken = werk.mijn_taken(medewerker)
    assert [t.aantal for t in taken] == [4, 4]
    assert [regel.titel for regel in werk.werkregels(taken)] == ["Gegevens nakijken (4 keer)"] * 2


def test_werk_aan_veiligheid_wordt_nooit_gebundeld():
    medewerker = factories.medewerker()
    casus = factories.casus(medewerker)
    for stuk in [factories.betrokkene(casus) for _ in range(2)]:
        maak_taak(stuk, "vht", titel="x", omdat="x", pad="/", door=medewerker, casus=casus, voor=medewerker)
    assert len(werk.mijn_taken(medewerker)) == werk.aantal_taken(medewerker) == 2
