"""The access log and the history: written at every look, and never rewritten."""

import pytest
from django.db import DatabaseError, connection, transaction

from casus.models import Casus, Logregel
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang

pytestmark = pytest.mark.django_db


@pytest.mark.regel("RW-3.8")
def test_een_blik_is_een_regel_met_wie_wat_wanneer_en_in_welke_rol():
    medewerker = factories.medewerker()
    casus = factories.casus(medewerker)
    noteer_toegang(medewerker, Gebeurtenis.INZIEN, stuk=casus, casus_id=casus.pk, grond="eigen casus")
    regel = Toegang.objects.get()
    assert (regel.medewerker, regel.casus_id, regel.soort, regel.rollen) == (
        medewerker,
        casus.pk,
        "casus.casus",
        "achterkant",
    )


@pytest.mark.parametrize("opdracht", ["UPDATE {t} SET id = id", "DELETE FROM {t}"], ids=["wijzigen", "wissen"])
@pytest.mark.parametrize("model", [Toegang, Logregel, Casus.history.model], ids=lambda m: m.__name__)
@pytest.mark.regel("RW-3.8", "RW-3.12")
def test_toegangslog_logboek_en_historie_staan_vast_ook_voor_sql(model, opdracht):
    medewerker = factories.medewerker()
    casus = factories.casus(medewerker)
    noteer_toegang(medewerker, Gebeurtenis.INZIEN, stuk=casus, casus_id=casus.pk)
    sql = opdracht.format(t=model._meta.db_table)
    if model is Casus.history.model:
        sql = sql.replace("id = id", "naam = naam")
    with pytest.raises(DatabaseError, match="Cannot (update|delete)"), transaction.atomic(), connection.cursor() as c:
        c.execute(sql)
