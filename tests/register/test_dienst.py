"""The registerdienst itself, as its own process on its own database: what it tells, keeps and refuses."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from tests.register.conftest import SLEUTELS, Dienst
from tests.register.gereedschap import nieuw_bsn

pytestmark = pytest.mark.xdist_group("register")
ADRES = "/v1/registraties"


def meld(dienst: Dienst, code: str, inhoud: dict, **opties):
    antwoord = dienst.vraag(code, "POST", ADRES, json=inhoud, **opties)
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def berichten(dienst: Dienst, code: str) -> list[dict]:
    """Fetch and acknowledge, as a CVS does."""
    gekregen = dienst.vraag(code, "GET", "/v1/berichten").json()["berichten"]
    for bericht in gekregen:
        assert dienst.vraag(code, "POST", f"/v1/berichten/{bericht['id']}/ontvangen").status_code == 204
    return gekregen


def kort(gekregen: list[dict]) -> list[tuple[str, str, str | None]]:
    return [(b["soort"], b["organisatie"]["naam"], b["stand"]) for b in gekregen]


@pytest.mark.regel("RW-14.3", "RW-14.4")
def test_een_match_gaat_naar_beide_met_de_naam_van_de_ander_precies_een_keer(dienst, aanmelding):
    assert meld(dienst, "merenland", aanmelding())["berichten"] == 0
    assert meld(dienst, "kuststreek", aanmelding())["berichten"] == 1
    assert kort(berichten(dienst, "merenland")) == [("match", "Veilig Thuis Kuststreek", "actief")]
    [ander] = berichten(dienst, "kuststreek")
    assert ander["organisatie"] == {"code": "merenland", "naam": "Veilig Thuis Merenland", "telefoon": "088 555 01 00"}
    assert berichten(dienst, "merenland") == berichten(dienst, "kuststreek") == []


@pytest.mark.regel("RW-14.3")
def test_drie_organisaties_met_dezelfde_persoon_geven_drie_matches(dienst, aanmelding):
    for code in SLEUTELS:
        meld(dienst, code, aanmelding())
    assert dienst.sql("SELECT count(*) FROM dienst_match") == [(3,)]
    for code in SLEUTELS:
        anderen = {f"Veilig Thuis {ander.title()}" for ander in SLEUTELS if ander != code}
        gekregen = kort(berichten(dienst, code))
        assert len(gekregen) == 2
        assert {naam for _, naam, _ in gekregen} == anderen


@pytest.mark.regel("RW-14.3")
def test_wie_tegelijk_melden_krijgen_samen_een_match(dienst, aanmelding):
    wie = [nieuw_bsn() for _ in range(8)]
    werk = [(code, bsn) for bsn in wie for code in SLEUTELS]
    with ThreadPoolExecutor(8) as samen:
        list(samen.map(lambda w: meld(dienst, w[0], aanmelding(bsn=w[1])), werk))
    assert dienst.sql("SELECT count(*), count(DISTINCT pseudoniem) FROM dienst_match") == [(24, 8)]
    assert dienst.sql("SELECT count(*) FROM dienst_bericht WHERE soort = 'match'") == [(48,)]


@pytest.mark.regel("RW-14.3")
def test_een_match_met_zichzelf_of_met_drie_weigert_de_database(dienst, aanmelding):
    meld(dienst, "merenland", aanmelding())
    invoegen = "INSERT INTO dienst_match (pseudoniem, een_id, ander_id, gemaakt_op) SELECT 'p', id, {}, now() FROM "
    with pytest.raises(psycopg.errors.CheckViolation, match="rw_14_3"):
        dienst.sql(invoegen.format("id") + "dienst_organisatie")
    paar = "INSERT INTO dienst_match (pseudoniem, een_id, ander_id, gemaakt_op) SELECT 'p', min(id), max(id), now() "
    dienst.sql(paar + "FROM dienst_organisatie")
    with pytest.raises(psycopg.errors.UniqueViolation, match="rw_14_3"):
        dienst.sql(paar + "FROM dienst_organisatie")


def test_herhalen_en_verkeerde_volgorde_doen_geen_kwaad(dienst, aanmelding):
    sleutel = {"Idempotency-Key": str(uuid4())}
    meld(dienst, "kuststreek", aanmelding())
    meld(dienst, "merenland", aanmelding(), headers=sleutel)
    assert meld(dienst, "merenland", aanmelding(), headers=sleutel)["gewijzigd"] is False
    meld(dienst, "merenland", aanmelding(versie=3, stand="inactief", eind="2026-04-01"))
    laat = dienst.vraag("merenland", "POST", ADRES, json=aanmelding(versie=2, naam="Oud"))
    assert (laat.status_code, laat.json()["versie"]) == (409, 3)
    assert dienst.sql(
        "SELECT stand, versie FROM dienst_registratie r JOIN dienst_organisatie o ON o.id = "
        "r.organisatie_id WHERE o.code = 'merenland'"
    ) == [("inactief", 3)]
    assert kort(berichten(dienst, "kuststreek")) == [
        ("match", "Veilig Thuis Merenland", "actief"),
        ("stand", "Veilig Thuis Merenland", "inactief"),
    ]
    assert dienst.sql("SELECT count(*) FROM dienst_ontvangst") == [(3,)]


@pytest.mark.regel("RW-14.6")
def test_wie_een_match_heeft_ziet_de_eerdere_betrokkenheid(dienst, aanmelding):
    meld(dienst, "merenland", aanmelding(stand="inactief", eind="2026-04-01"))
    meld(dienst, "kuststreek", aanmelding())
    [bericht] = berichten(dienst, "kuststreek")
    assert (bericht["soort"], bericht["stand"], bericht["begin"], bericht["eind"]) == (
        "match",
        "inactief",
        "2026-03-01",
        "2026-04-01",
    )
    meld(dienst, "merenland", aanmelding(versie=2))
    assert kort(berichten(dienst, "kuststreek")) == [("stand", "Veilig Thuis Merenland", "actief")]


@pytest.mark.regel("RW-14.7")
def test_na_intrekken_blijft_alleen_wat_een_laat_bericht_herkent(dienst, aanmelding):
    meld(dienst, "merenland", aanmelding())
    meld(dienst, "kuststreek", aanmelding())
    berichten(dienst, "kuststreek")
    meld(dienst, "merenland", aanmelding(versie=2, stand="verwijderd"))
    [rij] = dienst.sql(
        "SELECT r.pseudoniem, r.bsn, r.naam, stand, begin, eind, versie FROM dienst_registratie r "
        "JOIN dienst_organisatie o ON o.id = organisatie_id WHERE code = 'merenland'"
    )
    assert rij == (aanmelding()["pseudoniem"], "", "", "verwijderd", None, None, 2)
    assert kort(berichten(dienst, "kuststreek")) == [("ingetrokken", "Veilig Thuis Merenland", None)]
    assert dienst.sql("SELECT count(*) FROM dienst_match") == [(0,)]
    assert dienst.vraag("merenland", "POST", ADRES, json=aanmelding(versie=1, naam="Te laat")).status_code == 409
    with pytest.raises(psycopg.errors.CheckViolation, match="rw_14_7"):
        dienst.sql("UPDATE dienst_registratie SET naam = 'x' WHERE stand = 'verwijderd'")


@pytest.mark.regel("RW-14.7", "VTR-2")
def test_wie_intrekt_hoort_niets_meer_over_deze_persoon(dienst, aanmelding):
    meld(dienst, "merenland", aanmelding())
    meld(dienst, "kuststreek", aanmelding())
    meld(dienst, "merenland", aanmelding(versie=2, stand="verwijderd"))
    assert berichten(dienst, "merenland") == []
    meld(dienst, "kuststreek", aanmelding(versie=2, stand="inactief", eind="2026-05-01"))
    assert berichten(dienst, "merenland") == []


@pytest.mark.regel("VTR-1")
def test_de_opslag_heeft_geen_plaats_voor_inhoud(dienst, aanmelding):
    kolommen = dienst.sql(
        "SELECT table_name::text, array_agg(column_name::text ORDER BY ordinal_position) "
        "FROM information_schema.columns "
        "WHERE table_name LIKE 'dienst%' GROUP BY 1 ORDER BY 1"
    )
    assert dict(kolommen) == {
        "dienst_alarm": ["id", "intrekking", "uur", "aantal", "organisatie_id"],
        "dienst_bericht": [
            "id", "soort", "pseudoniem", "stand", "begin", "eind", "gemaakt_op", "ontvangen_op", "organisatie_id",
            "over_id",
        ],
        "dienst_match": ["id", "pseudoniem", "gemaakt_op", "ander_id", "een_id"],
        "dienst_ontvangst": ["id", "sleutel", "intrekking", "op", "organisatie_id"],
        "dienst_organisatie": ["id", "code", "naam", "telefoon", "sleutel_hash", "actief"],
        "dienst_registratie": [
            "id", "pseudoniem", "bsn", "naam", "stand", "begin", "eind", "versie", "gewijzigd_op", "organisatie_id",
        ],
    }  # fmt: skip


@pytest.mark.regel("VTR-1")
def test_bsn_en_naam_staan_onleesbaar_in_de_database_en_niet_in_het_logboek(dienst, aanmelding):
    inhoud = aanmelding(naam="Bijzonderenaam")
    meld(dienst, "merenland", inhoud)
    dienst.vraag("merenland", "POST", ADRES, json={**inhoud, "versie": 0})
    [alles] = dienst.sql("SELECT string_agg(r::text, '') FROM dienst_registratie r")
    logboek = dienst.log.read_text()
    for geheim in (inhoud["bsn"], "Bijzonderenaam"):
        assert geheim not in alles[0]
        assert geheim not in logboek
    assert inhoud["pseudoniem"] not in logboek
    assert dienst.sql("SELECT count(*) FROM dienst_organisatie WHERE sleutel_hash LIKE 'sleutel%'") == [(0,)]


@pytest.mark.regel("VTR-1")
@pytest.mark.parametrize("veld", ["casus", "verslag", "adres", "geboortedatum", "reden"])
def test_een_bericht_met_iets_anders_erin_weigert_de_dienst(dienst, aanmelding, veld):
    antwoord = dienst.vraag("merenland", "POST", ADRES, json={**aanmelding(), veld: "Geheim verslag"})
    assert antwoord.status_code == 422
    assert "Geheim" not in antwoord.text
    assert dienst.sql("SELECT count(*) FROM dienst_registratie") == [(0,)]


@pytest.mark.regel("VTR-1")
def test_een_ontvangen_bericht_laat_niets_achter_en_dat_bewaakt_de_database(dienst, aanmelding):
    meld(dienst, "merenland", aanmelding())
    meld(dienst, "kuststreek", aanmelding())
    berichten(dienst, "merenland")
    assert dienst.sql(
        "SELECT pseudoniem, over_id, stand, begin, eind FROM dienst_bericht WHERE ontvangen_op IS NOT NULL"
    ) == [("", None, "", None, None)]
    with pytest.raises(psycopg.errors.CheckViolation, match="vtr_1"):
        dienst.sql("UPDATE dienst_bericht SET ontvangen_op = now() WHERE ontvangen_op IS NULL")


@pytest.mark.regel("VTR-2")
def test_er_is_geen_enkele_manier_om_iemand_op_te_zoeken(dienst, aanmelding):
    naam = aanmelding()["pseudoniem"]
    meld(dienst, "kuststreek", aanmelding())
    for methode in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert dienst.vraag("merenland", methode, ADRES).status_code == 405
    for pad in (
        f"{ADRES}/{naam}",
        f"{ADRES}?pseudoniem={naam}",
        "/v1/matches",
        "/v1/personen",
        "/v1/organisaties",
        "/",
    ):
        assert dienst.vraag("merenland", "GET", pad).status_code in {404, 405}
    assert dienst.vraag("merenland", "GET", f"/v1/berichten?pseudoniem={naam}").json() == {"berichten": []}


@pytest.mark.regel("VTR-2")
def test_een_antwoord_zegt_alleen_iets_over_de_eigen_registratie(dienst, aanmelding):
    meld(dienst, "kuststreek", aanmelding())
    weg = meld(dienst, "merenland", aanmelding(stand="verwijderd"))
    assert weg == {"versie": 1, "gewijzigd": True, "berichten": 0}
    [bericht] = dienst.sql("SELECT count(*) FROM dienst_bericht")
    assert bericht == (0,)


@pytest.mark.regel("VTR-2")
def test_andermans_bericht_is_er_niet(dienst, aanmelding):
    meld(dienst, "merenland", aanmelding())
    meld(dienst, "kuststreek", aanmelding())
    [[nummer]] = dienst.sql(
        "SELECT b.id FROM dienst_bericht b JOIN dienst_organisatie o ON o.id = organisatie_id WHERE code = 'merenland'"
    )
    assert dienst.vraag("kuststreek", "POST", f"/v1/berichten/{nummer}/ontvangen").status_code == 404
    assert dienst.vraag("merenland", "POST", f"/v1/berichten/{nummer}/ontvangen").status_code == 204
    assert dienst.vraag("merenland", "POST", f"/v1/berichten/{nummer}/ontvangen").status_code == 204
    assert dienst.vraag("merenland", "POST", f"/v1/berichten/{'9' * 18}/ontvangen").status_code == 404


@pytest.mark.regel("VTR-2")
def test_ongewoon_veel_registraties_of_intrekkingen_valt_op(dienst, aanmelding):
    for _ in range(22):
        meld(dienst, "merenland", aanmelding(bsn=nieuw_bsn()))
    for _ in range(3):
        meld(dienst, "merenland", aanmelding(bsn=nieuw_bsn(), stand="verwijderd"))
    vraag = "SELECT code, intrekking, aantal FROM dienst_alarm JOIN dienst_organisatie o ON o.id = organisatie_id"
    assert dienst.sql(vraag) == [("merenland", False, 22)]
    meld(dienst, "merenland", aanmelding(bsn=nieuw_bsn(), stand="verwijderd"))
    assert sorted(dienst.sql(vraag)) == [("merenland", False, 22), ("merenland", True, 4)]
    assert re.search(r"alarm: merenland stuurde 4 intrekkingen in een uur", dienst.log.read_text())


@pytest.mark.parametrize(
    "kop", [{}, {"Authorization": ""}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eA=="}]
)
def test_zonder_goede_sleutel_gebeurt_er_niets(dienst, aanmelding, kop):
    antwoord = dienst.vraag("merenland", "POST", ADRES, json=aanmelding(), headers={"Authorization": "", **kop})
    assert antwoord.status_code == 401
    assert antwoord.headers["WWW-Authenticate"] == "Bearer"
    assert antwoord.headers["Content-Type"] == "application/problem+json"


def test_een_organisatie_die_uit_staat_komt_er_niet_in_en_een_nieuwe_sleutel_vervangt_de_oude(dienst):
    assert "werkt niet meer" in dienst.beheer("organisatie", "merenland", "--uit")
    assert dienst.vraag("merenland", "GET", "/v1/berichten").status_code == 401
    sleutel = dienst.beheer("organisatie", "merenland", "--naam", "Veilig Thuis Merenland", "--telefoon", "1").strip()
    kop = {"Authorization": f"Bearer {sleutel}"}
    assert dienst.vraag("merenland", "GET", "/v1/berichten", headers=kop).status_code == 200
    assert dienst.vraag("merenland", "GET", "/v1/berichten").status_code == 401
    dienst.migreer()  # brings back the organisations of the test run
    assert dienst.vraag("merenland", "GET", "/v1/berichten").status_code == 200


SLECHT = {
    "leeg": (b"", 400),
    "geen json": (b"{", 400),
    "een lijst": (b"[]", 400),
    "geen utf-8": (b'{"naam": "\xff"}', 400),
    "diep genest": (b"[" * 9000, 400),
    "groot getal": (b'{"versie": ' + b"9" * 6000 + b"}", 400),
    "te groot": (b'{"naam": "' + b"x" * 20_000 + b'"}', 413),
    "verkeerde soorten": (
        json.dumps({veld: [1] for veld in ("pseudoniem", "versie", "stand", "bsn", "naam")}).encode(),
        422,
    ),
    "oneindig": (b'{"versie": Infinity, "stand": NaN}', 422),
}


@pytest.mark.parametrize("naam", SLECHT)
def test_slechte_invoer_krijgt_een_duidelijk_antwoord(dienst, naam):
    inhoud, status = SLECHT[naam]
    kop = {"Content-Type": "application/json"}
    antwoord = dienst.vraag("merenland", "POST", ADRES, content=inhoud, headers=kop)
    assert antwoord.status_code == status
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert antwoord.json()["title"]


@pytest.mark.parametrize(
    ("anders", "plek"),
    [
        ({"pseudoniem": "A" * 64}, "#/pseudoniem"),
        ({"versie": True}, "#/versie"),
        ({"versie": 2**63}, "#/versie"),
        ({"stand": "open"}, "#/stand"),
        ({"bsn": "123456789"}, "#/bsn"),
        ({"bsn": "٩٩٩٩٩٠٠١٩"}, "#/bsn"),
        ({"naam": "x" * 301}, "#/naam"),
        ({"begin": "2026-02-30"}, "#/begin"),
        ({"begin": None}, "#/begin"),
        ({"eind": "2026-04-01"}, "#/eind"),
        ({"stand": "inactief"}, "#/eind"),
        ({"stand": "inactief", "eind": "2026-01-01"}, "#/eind"),
    ],
)
def test_elke_fout_wijst_haar_veld_aan(dienst, aanmelding, anders, plek):
    antwoord = dienst.vraag("merenland", "POST", ADRES, json=aanmelding(**anders))
    assert antwoord.status_code == 422
    assert [fout["pointer"] for fout in antwoord.json()["errors"]] == [plek]


@pytest.mark.regel("RW-14.1")
def test_ook_de_dienst_neemt_geen_bsn_aan_dat_niet_klopt(dienst, aanmelding):
    assert dienst.vraag("merenland", "POST", ADRES, json=aanmelding(bsn="999990018")).status_code == 422
    assert dienst.sql("SELECT count(*) FROM dienst_registratie") == [(0,)]


def test_vreemde_tekens_in_een_naam_maken_niets_stuk(dienst, aanmelding):
    for n, naam in enumerate(["", "Zoë \u202etxt", "a\x00b", "\U0001f600", "\ud800"], 1):
        inhoud = json.dumps(aanmelding(versie=n, naam=naam)).encode()
        antwoord = dienst.vraag(
            "merenland", "POST", ADRES, content=inhoud, headers={"Content-Type": "application/json"}
        )
        assert antwoord.status_code == 200, antwoord.text


def test_andere_soort_inhoud_en_een_ontbrekende_sleutel_worden_genoemd(dienst, aanmelding):
    assert dienst.vraag("merenland", "POST", ADRES, data=aanmelding()).status_code == 415
    antwoord = dienst.vraag("merenland", "POST", ADRES, json=aanmelding(), headers={"Idempotency-Key": "1"})
    assert (antwoord.status_code, antwoord.json()["title"]) == (400, "Geen Idempotency-Key")
