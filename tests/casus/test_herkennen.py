"""Recognising people: who is known, in which case, open or closed, and nothing more than one may see."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casus.bewaren.anonimiseren import leeg_velden
from casus.models import Betrokkene, Casus, Persoon
from casus.selectors.herken_velen import herken_velen
from casus.selectors.herkennen import herken
from casus.selectors.personen import is_ver, lees_zoekvraag
from casus.services.betrokkenen import wijzig_persoon
from casus.services.casussen import sluit_casus
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.velden import bsn_index
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db
GEBOREN = date(1990, 3, 9)
KLANK = "naam klinkt gelijk, dag en maand omgekeerd"


@pytest.fixture
def voorkant() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, van=factories.team("Oost"))


@pytest.fixture
def fatima() -> Medewerker:
    return factories.medewerker(naam="Fatima Aziz", telefoon="toestel 214")


@pytest.fixture
def casus(fatima) -> Casus:
    casus = factories.casus(fatima)
    factories.betrokkene(
        casus,
        voornamen="Shanella Maria",
        voorvoegsel="van der",
        achternaam="Martina",
        geboortedatum=GEBOREN,
        bsn="999990019",
        straat="Vlierstraat 12",
        postcode="1234 AB",
        plaats="Oosterveen",
        geslacht="V",
    )
    casus.refresh_from_db(fields=["naam", "versie"])
    return casus


def namen(medewerker: Medewerker, **vraag) -> list[str]:
    return [herkenning.naam for herkenning in herken(medewerker, **vraag)]


@pytest.mark.regel("RW-5.10")
@pytest.mark.parametrize(
    "vraag",
    [
        {"tekst": "martina"},
        {"tekst": "Martina Shanella"},
        {"tekst": "shanela martinna"},
        {"tekst": "van der Martina"},
        {"tekst": "MÁRTINA"},
        {"tekst": "martina 9-3-90"},
        {"tekst": "martina 9 maart 1990"},
        {"tekst": "9-3-1990"},
        {"tekst": "3-9-1990"},
        {"tekst": "999990019"},
        {"tekst": "9999.90.019"},
        {"voornamen": "S.", "achternaam": "Martina"},
        {"voornamen": "Shannella", "achternaam": "Martina", "geboortedatum": GEBOREN},
        {"achternaam": "Iets Heel Anders", "bsn": "999990019"},
        {"geboortedatum": GEBOREN},
    ],
)
def test_bekend_op_naam_in_elke_volgorde_met_spelfouten_op_datum_en_op_bsn(voorkant, casus, vraag):
    assert namen(voorkant, **vraag) == ["Shanella Maria van der Martina"]


@pytest.mark.parametrize(
    "tekst", ["", " ", "x", "Terpstra", "1-1-2001", "123456789", "%", "'; --", "\u202e", "a" * 5000]
)
def test_wie_niet_lijkt_komt_niet_en_niets_breekt(voorkant, casus, tekst):
    assert herken(voorkant, tekst=tekst) == []


@pytest.mark.regel("RW-5.10")
def test_er_staat_bij_waarom_en_in_welke_open_casus_bij_wie(voorkant, casus, fatima):
    (gevonden,) = herken(voorkant, tekst="shanella martina 9-3-1990")
    assert (gevonden.waarom, gevonden.zeker) == ("naam en datum gelijk", True)
    assert (gevonden.plaats, gevonden.geboortedatum) == ("Oosterveen", GEBOREN)
    (open_,) = gevonden.casussen
    assert (open_.open, open_.nummer, open_.naam) == (True, casus.nummer, "Van der Martina")
    assert open_.bellen == "Fatima Aziz, toestel 214"
    assert not open_.te_openen


@pytest.mark.parametrize(
    ("vraag", "waarom"),
    [
        ({"tekst": "999990019"}, "BSN gelijk"),
        ({"tekst": "martinna"}, "naam klinkt gelijk"),
        ({"tekst": "mortima 9-3-1990"}, "andere naam, datum gelijk"),
        ({"tekst": "martina 3-9-1990"}, "naam gelijk, dag en maand omgekeerd"),
        ({"tekst": "martina 9-3-1960"}, "naam gelijk, jaar anders"),
        ({"tekst": "martina 1-2-1960"}, "naam gelijk, geboortedatum anders"),
        ({"geboortedatum": GEBOREN}, "datum gelijk"),
        ({"tekst": "mart"}, "naam begint zo"),
        ({"voornamen": "S.", "achternaam": "Martina"}, "voorletter en achternaam gelijk"),
        ({"voornamen": "Sjanella", "achternaam": "Martina", "geboortedatum": date(1990, 9, 3)}, KLANK),
        ({"voornamen": "Shanella Bianca", "achternaam": "Martina"}, "deel van de naam gelijk"),
        ({"voornamen": "S", "postcode": "1234 ab", "straat": "Vlierstr. 12"}, "voorletter gelijk, zelfde adres"),
        ({"tekst": "1234AB 12"}, "zelfde adres"),
        ({"tekst": "martina 1-1-1990"}, "naam gelijk, dag en maand anders"),
    ],
)
def test_waarom_iemand_wordt_getoond_staat_in_woorden(voorkant, casus, vraag, waarom):
    (gevonden,) = herken(voorkant, **vraag)
    assert gevonden.waarom == waarom


@pytest.mark.regel("RW-5.10")
def test_een_gesloten_casus_is_als_gesloten_te_zien(voorkant, casus, fatima):
    sluit_casus(casus, door=fatima)
    (gevonden,) = herken(voorkant, tekst="martina")
    assert [c.open for c in gevonden.casussen] == [False]
    assert gevonden.open_casussen == []
    assert gevonden.casussen[0].gesloten_op is not None


@pytest.mark.regel("RW-5.10")
def test_van_een_afgeschermde_casus_alleen_dat_hij_er_is_en_wie_te_bellen(voorkant, casus, fatima):
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    (gevonden,) = herken(voorkant, tekst="shanella martina 9-3-1990")
    assert gevonden.afgeschermd
    assert (gevonden.naam, gevonden.geboortedatum, gevonden.plaats, gevonden.waarom) == ("", None, "", "")
    (afgeschermd,) = gevonden.casussen
    assert (afgeschermd.nummer, afgeschermd.naam, afgeschermd.stap, afgeschermd.rol) == ("", "", "", "")
    assert afgeschermd.bellen == "Fatima Aziz, toestel 214"

    casus.genoemden.add(voorkant)
    (genoemd,) = herken(voorkant, tekst="martina")
    assert genoemd.naam == "Shanella Maria van der Martina"


def test_naast_een_gewone_casus_blijft_een_afgeschermde_ook_verborgen(voorkant, casus, fatima):
    ander = factories.casus(fatima)
    persoon = casus.betrokkenen.get().persoon
    from casus.services.betrokkenen import voeg_betrokkene_toe

    voeg_betrokkene_toe(ander, persoon, door=fatima)
    Casus.objects.filter(pk=ander.pk).update(afgeschermd=True)
    (gevonden,) = herken(voorkant, tekst="martina")
    assert gevonden.naam
    assert sorted((c.afgeschermd, c.nummer) for c in gevonden.casussen) == [(False, casus.nummer), (True, "")]


@pytest.mark.regel("RW-5.10", "RW-7.14")
@pytest.mark.parametrize("vraag", [{"tekst": "1234 AB 12"}, {"postcode": "1234AB", "straat": "Vlierstraat 12"}])
def test_wie_een_geheim_adres_heeft_wordt_nooit_op_adres_gevonden(voorkant, casus, fatima, vraag):
    assert namen(voorkant, **vraag) == ["Shanella Maria van der Martina"]
    betrokkene = casus.betrokkenen.get()
    sleutels = betrokkene.persoon.zoeksleutels
    wijzig_persoon(betrokkene, door=fatima, adres_geheim=True)
    assert namen(voorkant, **vraag) == []
    Persoon.objects.update(zoeksleutels=sleutels)  # the query says so too
    assert namen(voorkant, **vraag) == []
    assert "adres" not in herken(voorkant, tekst="martina", **vraag if "tekst" not in vraag else {})[0].waarom


def test_zoekkolommen_staan_niet_in_de_historie_en_gaan_bij_het_wissen_weg(casus):
    persoon = casus.betrokkenen.get().persoon
    assert persoon.zoeksleutels
    assert not {"zoeksleutels", "zoeknaam"} & {veld.name for veld in Persoon.history.model._meta.fields}
    leeg_velden({Persoon: {persoon.pk}}, begin=persoon.history.first().history_date)
    persoon.refresh_from_db()
    assert (persoon.zoeksleutels, persoon.zoeknaam, persoon.bsn_index) == ([], "", "")


def test_wie_in_een_ander_opging_wordt_als_die_ander_gevonden_ook_onder_de_oude_naam(voorkant, casus, fatima):
    blijft = casus.betrokkenen.get().persoon
    weg = factories.persoon(fatima, voornamen="Chanel", achternaam="Terpstra", straat="Kade 3", postcode="1234 AB")
    assert namen(voorkant, tekst="terpstra") == []
    Persoon.objects.filter(pk=weg.pk).update(opgegaan_in=blijft)
    (gevonden,) = herken(voorkant, tekst="chanel terpstra")
    assert (gevonden.persoon_id, gevonden.waarom) == (blijft.pk, "naam gelijk")
    assert namen(voorkant, tekst="1234 AB 3") == []


def test_een_geheim_adres_geeft_geen_plaats(voorkant, casus):
    persoon = casus.betrokkenen.get().persoon
    type(persoon).objects.filter(pk=persoon.pk).update(adres_geheim=True)
    assert herken(voorkant, tekst="martina")[0].plaats == ""


@pytest.mark.regel("RW-5.10")
def test_wie_alleen_in_een_advies_of_als_professional_voorkomt_is_niet_bekend(voorkant, fatima):
    advies = factories.advies(fatima).casus
    factories.betrokkene(advies, achternaam="Brouwers")
    factories.betrokkene(factories.casus(fatima), rol=Betrokkene.Rol.PROFESSIONAL, achternaam="Brouwers")
    assert herken(voorkant, tekst="brouwers") == []


@pytest.mark.regel("RW-3.8")
def test_herkennen_wordt_per_persoon_gelogd_zonder_wat_er_is_getypt(voorkant, casus):
    herken(voorkant, tekst="martina 9-3-1990")
    regel = Toegang.objects.get()
    assert (regel.gebeurtenis, regel.medewerker) == ("herkennen", voorkant)
    assert regel.persoon_id == casus.betrokkenen.get().persoon_id
    assert "martina" not in regel.grond.lower()
    herken(voorkant, tekst="niemand")
    assert Toegang.objects.count() == 1


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.MANAGEMENTINFORMATIE])
def test_wie_niet_met_casussen_werkt_herkent_niemand(casus, rol):
    with pytest.raises(NietToegestaan):
        herken(factories.medewerker(rol), tekst="martina")


def test_het_aantal_vragen_aan_de_database_hangt_niet_van_het_aantal_mensen_af(voorkant, fatima, casus):
    def tel() -> int:
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            herken(voorkant, tekst="martina")
        return len([vraag for vraag in vragen if not vraag["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    een = tel()
    for _ in range(6):
        factories.betrokkene(factories.casus(fatima), achternaam="Martina")
    assert tel() == een <= 4


def test_de_meest_gelijkende_staat_bovenaan(voorkant, fatima, casus):
    factories.betrokkene(
        factories.casus(fatima), voornamen="Sandra", achternaam="Martina", geboortedatum=date(1960, 3, 9)
    )
    gevonden = herken(voorkant, tekst="shanella martina 9-3-1990")
    assert [h.naam for h in gevonden] == ["Shanella Maria van der Martina", "Sandra Martina"]


def test_het_bsn_staat_nergens_leesbaar_in_de_vraag():
    vraag = lees_zoekvraag("martina 999990019 9-3-1990")
    assert (vraag.naam, vraag.geboortedatum) == ("martina", GEBOREN)
    assert vraag.bsn == bsn_index("999990019") != "999990019"


@pytest.mark.regel("RW-5.10")
def test_een_bericht_met_meer_mensen_geeft_dezelfde_volgorde_als_ieder_apart(voorkant, casus, fatima):
    for voornaam, plaats in (("Shanel", "Aalburg"), ("Shanella", "Aalburg"), ("Chantal", "Zeewolde")):
        factories.betrokkene(
            casus, voornamen=voornaam, achternaam="Martina", geboortedatum=date(1985, 6, 1), plaats=plaats
        )
    vragen = [
        {"voornamen": "Shanella", "achternaam": "Martina", "geboortedatum": GEBOREN},
        {"voornamen": "Chantal", "achternaam": "Martina"},
    ]
    samen = herken_velen(voorkant, [lees_zoekvraag(**vraag) for vraag in vragen])
    assert [[h.persoon_id for h in een] for een in samen] == [
        [h.persoon_id for h in herken(voorkant, **vraag)] for vraag in vragen
    ]
    assert samen[0][0].naam == "Shanella Maria van der Martina"
    assert samen[1][0].naam == "Chantal Martina"


@pytest.mark.parametrize(
    ("reden", "ver"),
    [
        ("naam gelijk, geboortedatum anders", False),
        ("naam klinkt gelijk, geboortedatum anders", True),
        ("deel van de naam gelijk, geboortedatum anders", True),
        ("deel van de naam gelijk, jaar anders", False),
        ("deel van de naam gelijk, dag en maand omgekeerd", False),
        ("deel van de naam gelijk", True),
        ("deel van de naam gelijk, zelfde adres", False),
        ("andere naam, geboortedatum anders, zelfde adres", False),
        ("andere naam, datum gelijk", False),
        ("BSN gelijk, andere naam, geboortedatum anders", False),
        ("naam klinkt gelijk, geboortedatum niet bekend", False),
        ("naam lijkt", False),
        ("", False),
    ],
)
def test_wie_nauwelijks_lijkt_staat_ingeklapt_en_wie_kan_zijn_wat_getypt_is_nooit(reden, ver):
    assert is_ver(reden) is ver
