"""Screen 12: the lists for a day, keeping with a reason, proposing and agreeing, and the list as a file."""

from __future__ import annotations

from datetime import date

import pytest

from casus.bewaren.models import Bewaarmarkering, Verwijdering
from casus.models import Casus
from tests import factories as f
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Rol


@pytest.mark.regel("RW-5.16a", "RW-5.16c")
def test_het_overzicht_toont_voor_elke_dag_wat_weg_moet_en_wat_blijft(client, gesloten, privacy):
    oud, kind = gesloten(date(2009, 1, 1)), gesloten(date(2009, 1, 2), geboortedatum=date(2012, 6, 1))
    client.force_login(privacy)
    nu = client.get("/bewaren/", {"op": "1-7-2026"}).text
    weg, blijft = nu.split("Blijft bewaard")
    assert oud.nummer in weg
    assert kind.nummer in blijft
    assert "Het jongste kind is nog geen 18" in blijft
    later = client.get("/bewaren/", {"op": "01-07-2031"}).text.split("Blijft bewaard")[0]
    assert kind.nummer in later
    vroeger = client.get("/bewaren/", {"op": "2020-01-01"}).text
    assert oud.nummer not in vroeger
    assert "hoeft er niets weg" in vroeger


def test_van_een_afgeschermde_casus_staat_er_het_nummer_en_niet_de_naam(client, gesloten, privacy):
    casus = gesloten(date(2009, 1, 1))
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    client.force_login(privacy)
    lijst = client.get("/bewaren/", {"op": "1-7-2026"}).text
    assert casus.nummer in lijst
    assert "Terpstra" not in lijst
    assert client.get(f"/bewaren/casus/{casus.nummer}/").status_code == 403
    casus.genoemden.add(privacy)
    assert "Terpstra" in client.get("/bewaren/", {"op": "1-7-2026"}).text


def test_een_dag_die_niet_bestaat_geeft_een_zin(client, privacy):
    client.force_login(privacy)
    antwoord = client.get("/bewaren/", {"op": "31-2-2026", "na": "veel"})
    assert antwoord.status_code == 200
    assert "bestaat niet" in antwoord.text


@pytest.mark.regel("RW-5.16a")
def test_de_lijst_is_te_exporteren_zonder_namen(client, gesloten, privacy):
    casus = gesloten(date(2009, 1, 1))
    client.force_login(privacy)
    antwoord = client.get("/bewaren/uitvoer/", {"op": "1-7-2026"})
    tekst = b"".join(antwoord).decode()
    assert f"{casus.nummer};melding;01-01-2009;West;weg;" in tekst
    assert "Terpstra" not in tekst


def test_wie_niet_beslist_ziet_het_overzicht_niet(client, werker):
    client.force_login(werker)
    assert client.get("/bewaren/").status_code == 403
    assert client.get("/bewaren/uitvoer/").status_code == 403


def test_een_teamleider_ziet_alleen_het_eigen_team(client, gesloten):
    casus = gesloten(date(2009, 1, 1))
    client.force_login(f.buitenstaander(Rol.TEAMLEIDER))
    assert casus.nummer not in client.get("/bewaren/", {"op": "1-7-2026"}).text
    assert client.get(f"/bewaren/casus/{casus.nummer}/").status_code == 403


@pytest.mark.regel("RW-5.16c")
def test_bewaren_met_reden_en_voorstellen_met_twee_mensen(client, gesloten, teamleider, privacy):
    casus = gesloten(date(2009, 1, 1))
    client.force_login(privacy)
    pad = f"/bewaren/casus/{casus.nummer}/"
    assert client.get(pad).status_code == 200
    mis = client.post(f"{pad}bewaar/".replace("bewaar/", "bewaren/"), {"bewaar-reden": "Rechtszaak"})
    assert mis.status_code == 422
    assert "Rechtszaak" in mis.text
    goed = client.post(f"{pad}bewaren/", {"bewaar-reden": "Rechtszaak", "bewaar-bewaren_tot": "1-1-2099"})
    assert goed.status_code == 302
    tegen = client.post(f"{pad}voorstel/", {"voorstel-uitvoering": "vernietigen", "voorstel-wegreden": "termijn"})
    assert tegen.status_code == 422
    assert "langer te bewaren" in tegen.text
    Bewaarmarkering.objects.all().delete()
    leeg = client.post(f"{pad}voorstel/", {})
    assert leeg.status_code == 422
    gedaan = client.post(f"{pad}voorstel/", {"voorstel-uitvoering": "vernietigen", "voorstel-wegreden": "termijn"})
    voorstel = Verwijdering.objects.get()
    assert gedaan["Location"] == voorstel.pad()
    assert "dit kan alleen een ander" in client.get(voorstel.pad()).text
    client.force_login(teamleider)
    assert voorstel.pad() in client.get("/bewaren/").text
    assert client.post(f"{voorstel.pad()}stap/stem_in/", {"versie": 999}).status_code == 422
    assert client.post(f"{voorstel.pad()}stap/stem_in/", {"versie": voorstel.versie}).status_code == 302
    from casus.bewaren.services import voer_verwijdering_uit

    voer_verwijdering_uit(voorstel.pk)
    verslag = client.get(voorstel.pad()).text
    assert "Verslag" in verslag
    assert casus.nummer not in verslag
    assert Casus.objects.get(pk=casus.pk).stand == "vernietigd"


def test_kijken_wordt_gelogd_en_een_vreemde_vindt_niets(client, gesloten, werker, privacy):
    casus = gesloten(date(2009, 1, 1))
    client.force_login(privacy)
    client.get(f"/bewaren/casus/{casus.nummer}/")
    assert Toegang.objects.filter(casus_id=casus.pk, grond="bewaren").exists()
    from casus.bewaren.services import stel_voor

    voorstel = stel_voor(casus, door=privacy, uitvoering="vernietigen", wegreden="termijn")
    client.force_login(f.buitenstaander())
    assert client.get(voorstel.pad()).status_code == 404
    assert client.post(f"{voorstel.pad()}stap/stem_in/", {"versie": 1}).status_code == 404
    assert client.get("/bewaren/999999/").status_code == 404
