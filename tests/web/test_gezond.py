"""Whether this process can serve, said to machines: what does not answer is named, nothing else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from vt_cvs.web import gezond as module


@pytest.mark.django_db
def test_gezond_antwoordt_zonder_inlog(client):
    antwoord = client.get("/gezond")
    assert antwoord.status_code == 200
    assert antwoord.json() == {"gezond": True}


@pytest.mark.django_db
def test_een_broker_die_niet_antwoordt_wordt_genoemd(client, settings, tmp_path):
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/weg.sock"
    antwoord = client.get("/gezond")
    assert antwoord.status_code == 503
    assert antwoord.json() == {"gezond": False, "antwoordt_niet": ["broker"]}


def test_een_database_die_niet_antwoordt_wordt_genoemd_en_verraadt_niets(client, monkeypatch):
    class Weg:
        def cursor(self) -> None:
            raise DatabaseError("host=geheim")

    monkeypatch.setattr(module, "connection", Weg())
    antwoord = client.get("/gezond")
    assert antwoord.status_code == 503
    assert antwoord.json() == {"gezond": False, "antwoordt_niet": ["database"]}
