"""Receiving: once per reference, also when it arrives twice at the same moment; numbers that name one report only."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from casus.models import Taak
from casus.services.casussen import begin_stap
from melding.aanlevering import Aangeleverd, AangeleverdeBijlage
from melding.models import Melding, Signaal
from melding.services import AnderBericht, neem_melding_aan, ontvang_signaal
from tests import factories
from tests.melding.conftest import bestanden
from vt_cvs.kern.nummers import klopt, nieuw_nummer
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.organisatie.models import Rol


def tegelijk(functie, aantal: int = 2) -> list:
    """Run at the same moment in threads of their own, each with its own connection."""
    start = threading.Barrier(aantal)

    def doe(nummer: int):
        try:
            start.wait(10)
            return functie(nummer)
        except Exception as fout:
            return fout
        finally:
            connection.close()

    with ThreadPoolExecutor(aantal) as draden:
        return list(draden.map(doe, range(aantal)))


@pytest.mark.regel("RW-6.18")
@pytest.mark.django_db(transaction=True)
def test_hetzelfde_bericht_tegelijk_geeft_een_signaal():
    politie = factories.afzender()
    bericht = Aangeleverd(
        kenmerk="k", tekst="t", personen=(factories.aangeleverd(),), bijlagen=(AangeleverdeBijlage("a.txt", b"a"),)
    )
    uitkomsten = tegelijk(lambda _: ontvang_signaal(bericht, afzender=politie, door=politie.medewerker), 4)
    assert sorted(nieuw for _, nieuw in uitkomsten) == [False, False, False, True]
    assert len({signaal.nummer for signaal, _ in uitkomsten}) == 1
    assert (Signaal.objects.count(), Taak.objects.count(), len(bestanden())) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_twee_berichten_met_hetzelfde_kenmerk_tegelijk_een_wint_en_de_ander_hoort_het():
    politie = factories.afzender()
    uitkomsten = tegelijk(
        lambda i: ontvang_signaal(Aangeleverd(kenmerk="k", tekst=f"{i}"), afzender=politie, door=politie.medewerker)
    )
    assert sorted(type(u).__name__ for u in uitkomsten) == ["AnderBericht", "tuple"]
    assert Signaal.objects.count() == 1


@pytest.mark.regel("RW-6.18")
@pytest.mark.django_db(transaction=True)
def test_tegelijk_hetzelfde_nummer_trekken_geeft_toch_twee_nummers(monkeypatch):
    vast = nieuw_nummer("M")
    plek = threading.local()

    def eerst_hetzelfde(letter):
        eerste, plek.al = not getattr(plek, "al", False), True
        return vast if eerste else nieuw_nummer(letter)

    monkeypatch.setattr("melding.signalen.services.nieuw_nummer", eerst_hetzelfde)
    monkeypatch.setattr("melding.meldingen.services.aannemen.nieuw_nummer", eerst_hetzelfde)
    politie, voorkant = factories.afzender(), factories.medewerker(Rol.VOORKANT)

    def een_van_beide(i: int) -> str:
        if i % 2:
            return neem_melding_aan(door=voorkant).nummer
        bericht = Aangeleverd(kenmerk=f"k{i}")
        return ontvang_signaal(bericht, afzender=politie, door=politie.medewerker)[0].nummer

    nummers = tegelijk(een_van_beide, 4)
    assert len(set(nummers)) == 4
    assert vast in nummers
    assert all(klopt(nummer) for nummer in nummers)


@pytest.mark.regel("RW-6.18")
@pytest.mark.django_db
@pytest.mark.parametrize("tabel", ["melding_signaal", "melding_melding"])
def test_de_database_weigert_een_nummer_dat_er_al_is(tabel):
    door = factories.medewerker(Rol.VOORKANT)
    nummers = {
        "melding_signaal": (factories.signaal(), factories.signaal()),
        "melding_melding": (neem_melding_aan(door=door), neem_melding_aan(door=door)),
    }[tabel]
    with (
        pytest.raises(DatabaseError, match="rw_6_18|Cannot update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {tabel} SET nummer = %s WHERE id = %s", [nummers[0].nummer, nummers[1].pk])


@pytest.mark.regel("RW-6.18")
@pytest.mark.django_db
def test_een_melding_krijgt_nooit_het_nummer_van_een_ander_signaal():
    signaal, ander = factories.signaal(), factories.signaal()
    door = factories.medewerker(Rol.VOORKANT)
    melding = neem_melding_aan(signaal, door=door)
    assert melding.nummer == signaal.nummer
    for fout in (Melding(nummer=ander.nummer), Melding(nummer=nieuw_nummer("M"), signaal=ander)):
        with pytest.raises(IntegrityError, match="rw_6_18"), transaction.atomic():
            fout.stap, fout.melder = begin_stap(melding.casus, "melding", door=door), melding.melder
            fout.save_base(raw=True)


@pytest.mark.regel("RW-6.3")
@pytest.mark.django_db
@pytest.mark.parametrize("kolom", ["tekst", "inhoud_hash", "bron"])
def test_wat_binnenkwam_verandert_niet_meer(kolom):
    signaal = factories.signaal(personen=(factories.aangeleverd(),))
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE melding_signaal SET {kolom} = 'anders' WHERE id = %s", [signaal.pk])
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        signaal.personen.update(achternaam="Anders")


@pytest.mark.django_db
def test_het_bericht_wordt_hooguit_gemerkt_en_nooit_verbeterd():
    signaal = factories.signaal(personen=(factories.aangeleverd(geboortedatum="31-02-2017", bsn="1"),))
    persoon = signaal.personen.get()
    assert (persoon.geboortedatum, persoon.geboortedatum_opgegeven, persoon.bsn) == (None, "31-02-2017", "1")
    assert len(persoon.twijfels) == 2


@pytest.mark.regel("RW-3.8")
@pytest.mark.django_db
def test_een_bsn_staat_nergens_leesbaar_in_de_database():
    factories.signaal(personen=(factories.aangeleverd(bsn="999990019"),))
    with connection.cursor() as cursor:
        for tabel in ("melding_aangemeldepersoon", "melding_historicalaangemeldepersoon"):
            cursor.execute(f"SELECT {tabel}::text FROM {tabel}")
            assert "999990019" not in str(cursor.fetchall())


@pytest.mark.regel("RW-6.1")
@pytest.mark.django_db
def test_een_medewerker_voert_zelf_een_signaal_in_en_houdt_het():
    door = factories.medewerker(Rol.VOORKANT)
    signaal = factories.signaal(door=door, tekst="Een buurvrouw belde.")
    taak = Taak.objects.get()
    assert (signaal.bron, signaal.is_digitaal) == ("medewerker", False)
    assert (taak.titel, taak.team) == ("Signaal beoordelen", door.team)


@pytest.mark.django_db
def test_wie_niet_mag_opnemen_voert_geen_signaal_in():
    with pytest.raises(NietToegestaan, match="voorkant"):
        factories.signaal(door=factories.medewerker(Rol.MANAGEMENTINFORMATIE))


@pytest.mark.django_db
def test_een_kenmerk_dat_al_gebruikt_is_noemt_het_eerdere_signaal():
    signaal = factories.signaal(kenmerk="k", tekst="een")
    with pytest.raises(AnderBericht) as bezwaar:
        factories.signaal(kenmerk="k", tekst="twee")
    assert bezwaar.value.signaal == signaal


@pytest.mark.parametrize(("naam", "wordt"), [("factuur.bat", "factuur.bat.txt"), ("verslag.TXT", "verslag.TXT")])
def test_een_bijlage_heet_naar_wat_zij_is_van_wie_zij_ook_komt(db, naam, wordt):
    gekomen = factories.signaal(bijlagen=(AangeleverdeBijlage(naam, b"gewone tekst"),))
    assert gekomen.bijlagen.get().naam == wordt
