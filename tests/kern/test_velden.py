"""Plain text and the BSN: what comes in is kept as text, what is secret is not readable in the database."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from casus.models import Persoon
from tests import factories
from vt_cvs.kern.velden import als_platte_tekst, bsn_index, voldoet_aan_elfproef
from vt_cvs.kern.versleuteling import Onleesbaar, ontsleutel, versleutel

pytestmark = pytest.mark.django_db


@pytest.mark.regel("RW-4.13")
@pytest.mark.parametrize(
    ("invoer", "bewaard"),
    [
        ("regel een\r\nregel twee\rregel drie", "regel een\nregel twee\nregel drie"),
        ("<b>vet</b> & <script>", "<b>vet</b> & <script>"),
        ("nul\x00byte en bel\x07", "nulbyte en bel"),
        ("rechts\u202enaar\u2066links", "rechtsnaarlinks"),
        ("emoji 👩\u200d👧 blijft", "emoji 👩\u200d👧 blijft"),
        ("e\u0301e\u0301n", "één"),
        ("los \ud83d deel", "los ? deel"),
    ],
)
def test_opmaak_is_tekst_en_wat_onzichtbaar_is_verdwijnt(invoer, bewaard):
    assert als_platte_tekst(invoer) == bewaard


@given(st.text())
def test_platte_tekst_is_altijd_op_te_slaan_en_twee_keer_is_een_keer(tekst):
    plat = als_platte_tekst(tekst)
    assert "\x00" not in plat
    assert plat.encode("utf-8").decode("utf-8") == plat
    assert als_platte_tekst(plat) == plat


@pytest.mark.regel("RW-4.13")
def test_ook_buiten_een_formulier_om_wordt_tekst_plat_bewaard():
    persoon = factories.persoon(achternaam="Ter\x00pstra\u202e")
    persoon.refresh_from_db()
    assert persoon.achternaam == "Terpstra"


def test_een_bsn_staat_versleuteld_in_de_database_en_is_te_vinden():
    persoon = factories.persoon(bsn="999990019")
    with connection.cursor() as cursor:
        cursor.execute("SELECT bsn, bsn_index FROM casus_persoon WHERE id = %s", [persoon.pk])
        bsn, index = cursor.fetchone()
    assert "999990019" not in bsn
    assert "999990019" not in index
    assert Persoon.objects.get(bsn_index=bsn_index("9999.90.019")).bsn == "999990019"


def test_tweemaal_hetzelfde_bsn_ziet_er_versleuteld_verschillend_uit():
    een, twee = factories.persoon(bsn="999990019"), factories.persoon(bsn="999990019")
    with connection.cursor() as cursor:
        cursor.execute("SELECT bsn FROM casus_persoon WHERE id IN (%s, %s)", [een.pk, twee.pk])
        rijen = cursor.fetchall()
    assert rijen[0] != rijen[1]


def test_zoeken_op_een_deel_van_een_bsn_kan_niet():
    with pytest.raises(FieldError):
        Persoon.objects.filter(bsn__startswith="999")


def test_ook_de_historie_bewaart_het_bsn_versleuteld_en_zonder_index():
    persoon = factories.persoon(bsn="999990019")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(h)::text FROM casus_historicalpersoon h WHERE id = %s", [persoon.pk])
        (rij,) = cursor.fetchone()
    assert "999990019" not in rij
    assert bsn_index("999990019") not in rij


def test_een_versleutelde_waarde_is_op_een_andere_plek_onleesbaar():
    with pytest.raises(Onleesbaar):
        ontsleutel(versleutel(b"geheim", plek="hier"), plek="daar")


def test_een_vervangen_sleutel_leest_het_oude_nog(settings):
    oud = settings.VT_SLEUTELS
    geheim = versleutel(b"geheim", plek="x")
    settings.VT_SLEUTELS = f"nieuw:{'B' * 43}=,{oud}"
    assert ontsleutel(geheim, plek="x") == b"geheim"
    assert versleutel(b"geheim", plek="x").startswith(b"nieuw:")
    settings.VT_SLEUTELS = f"nieuw:{'B' * 43}="
    with pytest.raises(Onleesbaar):
        ontsleutel(geheim, plek="x")


@pytest.mark.parametrize(("bsn", "klopt"), [("555555021", True), ("999990019", True), ("123456789", False)])
def test_de_elfproef(bsn, klopt):
    assert voldoet_aan_elfproef(bsn) is klopt


@pytest.mark.parametrize("bsn", ["000000000", "99999001", "9999900190", "", "ABCDEFGHI", "99999001٩"])
def test_wat_geen_negen_cijfers_is_of_alleen_nullen_is_geen_bsn(bsn):
    assert not voldoet_aan_elfproef(bsn)
