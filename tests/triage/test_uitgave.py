"""Another edition of the instrument is data: loaded by the administrator, and a VHT is filled in with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests import factories
from triage.instrument import Uitgavefout, lees
from triage.models import VHT, Instrumentuitgave
from triage.services import beantwoord
from triage.services.uitgaven import lees_uitgave_in
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db
REGIO = Path(__file__).with_name("regio-2027.yaml").read_text(encoding="utf-8")
LIJST = "/beheer/triage/instrumentuitgave/"


def anders(**velden: object) -> str:
    """The edition with something else in it, as JSON."""
    return json.dumps(yaml.safe_load(REGIO) | velden, default=str)


@pytest.fixture
def beheerder():
    return factories.medewerker(Rol.BEHEERDER, naam="Bas Beheer")


@pytest.mark.regel("RW-3.6", "RW-8.4")
def test_een_andere_uitgave_is_zonder_code_in_te_lezen_en_een_vht_wordt_ermee_gevuld(noor, beheerder, als):
    oud = factories.vht("vastgesteld", door=noor, B1=True)
    assert oud.instrument == "voorbeeld-2026"
    bestand = SimpleUploadedFile("uitgave.yaml", REGIO.encode())
    assert als(beheerder).post(f"{LIJST}add/", {"bestand": bestand}).status_code == 302

    vht = factories.vht(door=noor)
    assert vht.instrument == "regio-2027.1"
    assert [a.vraag for a in vht.antwoorden.all()] == ["A1", "B1", "B2a", "C1"]
    pagina = als(noor).get(vht.pad()).content.decode()
    assert "Is iemand op dit moment in gevaar?" in pagina
    assert "Voorbeeldinstrument" not in pagina
    for vraag, waarde in (("A1", False), ("B1", False), ("B2a", False)):
        beantwoord(vht.antwoorden.get(vraag=vraag), door=noor, waarde=waarde)
    with pytest.raises(RegelGeweigerd, match="Beantwoord C1"):
        voer_uit(VHT.objects.get(pk=vht.pk), "stel_vast", door=noor)
    beantwoord(vht.antwoorden.get(vraag="C1"), door=noor, waarde=True)
    vht = voer_uit(VHT.objects.get(pk=vht.pk), "stel_vast", door=noor)
    assert vht.eindconclusie_naam == "Multiproblematische leefsituatie (conclusie 5)"

    oud = VHT.objects.get(pk=oud.pk)  # keeps the words it was answered to
    assert oud.blad.vraag("B1").tekst == "Gebeurt het vaker, of wordt het erger?"
    assert "Gebeurt het vaker" in als(noor).get(oud.pad()).content.decode()


def test_json_leest_hetzelfde_als_yaml():
    assert lees(anders()) == lees(REGIO)


@pytest.mark.regel("RW-3.6")
def test_wat_er_niet_klopt_staat_er_allemaal_tegelijk_in_zinnen(beheerder, als):
    fout = yaml.safe_load(REGIO) | {"versie": "Regio 2027", "geldig_van": "31-02-2027", "kleur": "rood"}
    fout["onderdelen"][0]["vragen"][0] |= {"code": "B1", "uitleg": " ", "criterium_b": True}
    fout["onderdelen"][2]["vragen"][0]["criterium_b"] = False
    bestand = SimpleUploadedFile("uitgave.json", json.dumps(fout, default=str).encode())
    pagina = als(beheerder).post(f"{LIJST}add/", {"bestand": bestand}).content.decode()
    for zin in (
        "Geef de uitgave een versie van kleine letters",
        "Zet bij geldig_van de eerste dag",
        "‘kleur’ bij de uitgave is niet bekend.",
        "Geef vraag 1 van A een code die met A begint",
        "Zet bij vraag 1 van A een uitleg.",
        "Criterium B hoort bij C",
        "Elke code mag één keer voorkomen; dubbel: B1.",
        "Zet bij minstens één vraag van C",
    ):
        assert zin in pagina
    assert not Instrumentuitgave.objects.exists()


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("", "Het bestand beschrijft geen uitgave."),
        ("[1, 2", "niet te lezen als YAML of JSON bij regel 1."),
        ("\x00", "niet te lezen als YAML of JSON."),
        ("a: &a [x]\nb: [*a, *a]", "verwijst binnen zichzelf"),
        ("a: !!python/object:os.system x", "niet te lezen als YAML of JSON bij regel 1."),
        ("[" * 3000, "niet te lezen als YAML of JSON"),
        ("x" * 200_001, "te groot"),
        (anders(onderdelen=[]), "precies drie onderdelen"),
        (anders(onderdelen="ABC"), "precies drie onderdelen"),
        (anders(naam="x" * 601), "langer dan 600 tekens"),
        (anders(naam="a\u202eb"), "tekens die niet te tonen zijn"),
        (anders(voorbeeld="ja"), "‘true’ of ‘false’"),
    ],
)
def test_wat_geen_uitgave_is_wordt_in_een_zin_geweigerd(tekst, zin):
    with pytest.raises(Uitgavefout, match=zin):
        lees(tekst)


@pytest.mark.regel("RW-3.6")
def test_een_uitgave_verandert_nooit_en_blijft_zolang_er_een_vht_mee_is_gemaakt(noor, beheerder, als):
    uitgave = lees_uitgave_in(REGIO, door=beheerder)
    with pytest.raises(Uitgavefout, match=r"Er is al een uitgave ‘regio-2027.1’"):
        lees_uitgave_in(REGIO, door=beheerder)
    with pytest.raises(DatabaseError, match="rw_3_6_uitgave_staat_vast"), transaction.atomic():
        Instrumentuitgave.objects.update(naam="Anders")
    client = als(beheerder)
    assert client.post(f"{LIJST}{uitgave.pk}/delete/", {"post": "yes"}).status_code == 302
    lees_uitgave_in(REGIO, door=beheerder)
    factories.vht(door=noor)
    uitgave = Instrumentuitgave.objects.get()
    assert client.post(f"{LIJST}{uitgave.pk}/delete/", {"post": "yes"}).status_code == 403
    with pytest.raises(DatabaseError, match="rw_3_6"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM triage_instrumentuitgave")


def test_alleen_de_beheerder_leest_in_en_ziet_verder_niets_van_triage(noor, beheerder, als):
    assert als(noor).get(LIJST, follow=True).status_code == 403
    client = als(beheerder)
    uitgave = lees_uitgave_in(REGIO, door=beheerder)
    assert "Taxatie van onze regio" in client.get(LIJST).content.decode()
    assert "Is iemand op dit moment in gevaar?" in client.get(f"{LIJST}{uitgave.pk}/change/").content.decode()
    assert client.get("/beheer/triage/vht/").status_code == 404
    for perm in ("triage.view_vht", "triage.change_antwoord"):
        assert not beheerder.has_perm(perm)


def test_een_uitgave_is_ook_met_een_opdracht_te_toetsen_en_in_te_lezen(tmp_path, capsys):
    bestand = tmp_path / "uitgave.yaml"
    with pytest.raises(CommandError, match="niet te openen"):
        call_command("instrument", str(bestand))
    bestand.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CommandError, match="geen tekst"):
        call_command("instrument", str(bestand))
    bestand.write_text("naam: x", encoding="utf-8")
    with pytest.raises(CommandError, match="precies drie onderdelen"):
        call_command("instrument", str(bestand))
    bestand.write_text(REGIO, encoding="utf-8")
    call_command("instrument", str(bestand), "--toets")
    assert not Instrumentuitgave.objects.exists()
    call_command("instrument", str(bestand))
    assert Instrumentuitgave.objects.get().versie == "regio-2027.1"
    assert capsys.readouterr().out == "Uitgave regio-2027.1 klopt.\nUitgave regio-2027.1 is ingelezen.\n"
