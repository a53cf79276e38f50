"""What a closed case may not be, also for whoever types SQL: with an open step, given a new one, or opened sideways."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from casus.models import Casus, Processtap
from casus.services.casussen import sluit_casus
from tests import factories as f
from vt_cvs.kern.overgangen import voer_uit

SLUIT = "UPDATE casus_casus SET stand = 'gesloten', gesloten_op = clock_timestamp() WHERE id = %s"
NIEUWE_STAP = (
    "INSERT INTO casus_processtap (versie, casus_id, soort, begonnen_op, heeft_eigenaar) "
    "VALUES (1, %s, 'melding', clock_timestamp(), true)"
)


def sql(opdracht: str, *waarden: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)


def nu() -> None:
    """As at the end of the transaction."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def gesloten(db) -> Casus:
    noor = f.medewerker()
    return sluit_casus(f.casus(noor), door=noor)


@pytest.mark.django_db
@pytest.mark.regel("RW-4.8")
def test_met_een_open_stap_gaat_een_casus_niet_dicht_ook_niet_met_sql():
    casus = f.melding().casus
    with pytest.raises(DatabaseError, match="rw_4_8"), transaction.atomic():
        sql(SLUIT, casus.pk)
        nu()
    sql("UPDATE casus_processtap SET geeindigd_op = clock_timestamp() WHERE casus_id = %s", casus.pk)
    sql(SLUIT, casus.pk)
    nu()


@pytest.mark.django_db
@pytest.mark.regel("RW-4.8")
def test_binnen_een_transactie_mag_de_stap_ook_na_het_sluiten_eindigen():
    casus = f.melding().casus
    sql(SLUIT, casus.pk)
    sql("UPDATE casus_processtap SET geeindigd_op = clock_timestamp() WHERE casus_id = %s", casus.pk)
    nu()


@pytest.mark.django_db
@pytest.mark.regel("RW-4.8")
def test_een_casus_die_gesloten_geboren_wordt_krijgt_geen_open_stap():
    sql(
        "INSERT INTO casus_casus (versie, nummer, soort, naam, stand, gestart_op, gesloten_op, gemeente, afgeschermd, "
        "veiligheid, laatste_contact_hoe, heeft_alarm, heeft_nti) "
        "VALUES (1, 'C-1', 'melding', '', 'gesloten', now(), now(), '', false, 'onbekend', '', false, false)"
    )
    pk = Casus.objects.get(nummer="C-1").pk
    with pytest.raises(DatabaseError, match="rw_13_af"), transaction.atomic():
        sql(NIEUWE_STAP, pk)


@pytest.mark.regel("RW-13.AF")
@pytest.mark.parametrize(
    "opdracht",
    [
        NIEUWE_STAP,
        NIEUWE_STAP.replace("(versie", "(geeindigd_op, versie").replace("(1,", "(clock_timestamp(), 1,"),
    ],
    ids=["open", "al geëindigd"],
)
def test_een_gesloten_casus_krijgt_geen_nieuwe_stap(gesloten, opdracht):
    with pytest.raises(DatabaseError, match="rw_13_af"), transaction.atomic():
        sql(opdracht, gesloten.pk)


@pytest.mark.regel("RW-13.AF")
def test_een_stap_gaat_in_een_gesloten_casus_niet_weer_open_en_verhuist_er_niet_heen(gesloten):
    melding = f.melding()
    with pytest.raises(DatabaseError, match="rw_13_af"), transaction.atomic():
        sql("UPDATE casus_processtap SET casus_id = %s WHERE id = %s", gesloten.pk, melding.stap_id)
    sql("UPDATE casus_processtap SET geeindigd_op = clock_timestamp() WHERE casus_id = %s", melding.casus.pk)
    sql(SLUIT, melding.casus.pk)
    nu()
    with pytest.raises(DatabaseError, match="rw_13_af"), transaction.atomic():
        sql("UPDATE casus_processtap SET geeindigd_op = NULL WHERE id = %s", melding.stap_id)


@pytest.mark.regel("WVT-5")
@pytest.mark.parametrize("naar", ["open", "gesloten"])
def test_een_vernietigde_casus_gaat_niet_terug(gesloten, naar):
    sql("UPDATE casus_casus SET stand = 'vernietigd' WHERE id = %s", gesloten.pk)
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        sql("UPDATE casus_casus SET stand = %s, gesloten_op = NULL WHERE id = %s", naar, gesloten.pk)


@pytest.mark.regel("WVT-5")
def test_een_open_casus_wordt_niet_in_een_stap_vernietigd(gesloten):
    noor = f.medewerker("teamleider")
    open_ = voer_uit(gesloten, "herstel", door=noor, reden="vergissing")
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        sql("UPDATE casus_casus SET stand = 'vernietigd', gesloten_op = clock_timestamp() WHERE id = %s", open_.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.regel("RW-4.8")
def test_een_stap_die_tijdens_het_sluiten_komt_wordt_gezien():
    """Someone closes by SQL while another transaction has just added a step: one of the two gives way."""
    casus = f.casus(f.medewerker())
    begonnen, fouten = threading.Event(), []

    def sluit() -> None:
        begonnen.set()
        try:
            with transaction.atomic():
                sql(SLUIT, casus.pk)
        except DatabaseError as fout:
            fouten.append(str(fout))
        finally:
            connection.close()

    draad = threading.Thread(target=sluit)
    with transaction.atomic():
        sql(NIEUWE_STAP, casus.pk)
        draad.start()
        begonnen.wait(10)
    draad.join(20)
    assert [("rw_4_8" in fout) for fout in fouten] == [True]
    assert Casus.objects.get(pk=casus.pk).is_open
    assert Processtap.objects.filter(casus=casus, geeindigd_op=None).count() == 1
