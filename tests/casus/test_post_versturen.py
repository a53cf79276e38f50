"""What holds when a message leaves: the disclaimer, one mail however often it is tried, a task when it fails."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casus.models import Bericht, Terugkoppeling
from casus.services.terugkoppeling import met_disclaimer
from tests import factories
from tests.casus.post import geschreven
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Instelling

pytestmark = pytest.mark.django_db


# --- the database ----------------------------------------------------------------------------------------------


def naar_verzonden(terugkoppeling: Terugkoppeling) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casus_terugkoppeling SET stand = 'verzonden' WHERE id = %s", [terugkoppeling.pk])


@pytest.mark.regel("RW-5.1")
@pytest.mark.parametrize("wat", ["casusnummer", "andere melding", "naam"])
def test_de_database_weigert_meer_dan_de_eigen_melding(aan_melder, noor, moeder, wat):
    teveel = {
        "casusnummer": aan_melder.dossier.nummer,
        "andere melding": factories.melding(door=noor, casus=aan_melder.dossier).nummer,
        "naam": "marloes bakker",
    }[wat]
    with pytest.raises(IntegrityError, match="rw_5_1"):
        naar_verzonden(geschreven(aan_melder, noor, teveel))
    naar_verzonden(geschreven(aan_melder, noor))


@pytest.mark.regel("RW-10.4")
def test_zonder_disclaimer_gaat_niets_weg(aan_melder, noor):
    klaar = geschreven(aan_melder, noor)
    Bericht.objects.filter(pk=klaar.bericht_id).update(tekst="Kaal.")
    with pytest.raises(IntegrityError, match="rw_10_4"), transaction.atomic():
        Bericht.objects.filter(pk=klaar.bericht_id).update(verzonden_op=timezone.now())
    weer = geschreven(aan_melder, noor, tekst="Kaal, en de disclaimer is weggehaald.")
    assert "alleen bestemd voor" in Bericht.objects.get(pk=weer.bericht_id).tekst


@pytest.mark.regel("RW-10.4")
def test_beheer_wijzigt_de_disclaimer_en_maakt_hem_nooit_leeg(aan_melder, noor):
    Instelling.objects.update_or_create(pk=1, defaults={"disclaimer": "Eigen tekst:\r\nniet doorsturen."})
    from django.core.cache import cache

    cache.delete("instelling")
    voer_uit(geschreven(aan_melder, noor), "verstuur", door=noor)
    bezorg()
    assert "niet doorsturen." in mail.outbox[0].body
    assert met_disclaimer(met_disclaimer("x")) == met_disclaimer("x")
    with pytest.raises(IntegrityError, match="rw_10_4_disclaimer_niet_leeg"), transaction.atomic():
        Instelling.objects.update(disclaimer=" \n")
    cache.delete("instelling")


@pytest.mark.regel("RW-6.15")
def test_de_database_sluit_geen_casus_met_open_terugkoppeling(aan_melder):
    with pytest.raises(IntegrityError, match="rw_6_15"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casus_casus SET stand = 'gesloten', gesloten_op = now() WHERE id = %s", [aan_melder.dossier.pk]
        )


@pytest.mark.regel("RW-6.10")
def test_wat_weg_is_verandert_niet_meer(aan_melder, noor):
    voer_uit(geschreven(aan_melder, noor), "verstuur", door=noor)
    bericht = Bericht.objects.get(casus=aan_melder.dossier)
    with pytest.raises(Exception, match="rw_6_10|Cannot update"), transaction.atomic():
        Bericht.objects.filter(pk=bericht.pk).update(tekst="Iets anders.")
    assert Bericht.objects.get(pk=bericht.pk).verzonden_op is not None


# --- sending ---------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-6.11")
def test_na_een_crash_is_het_dezelfde_mail(aan_melder, noor, monkeypatch):
    """The process dies after the mail left and before that was written down: once more, with the same Message-ID."""
    voer_uit(geschreven(aan_melder, noor), "verstuur", door=noor)
    from casus.services.terugkoppeling import bezorgen
    from vt_cvs.kern.models import Uitpost

    rij = Uitpost.objects.get(soort=bezorgen.MAIL)
    with pytest.raises(SystemExit), transaction.atomic():
        bezorgen.bezorg_mail(rij)
        raise SystemExit
    bezorg()
    bezorg()
    assert len(mail.outbox) == 2
    assert len({brief.extra_headers["Message-ID"] for brief in mail.outbox}) == 1


@pytest.mark.regel("RW-6.11")
def test_een_adres_dat_nooit_zal_bestaan_wordt_meteen_een_taak(aan_melder, noor, monkeypatch):
    import smtplib

    from django.core.mail import EmailMessage

    def weigert(self: EmailMessage, **_: object) -> int:
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"User unknown")})

    monkeypatch.setattr(EmailMessage, "send", weigert)
    voer_uit(geschreven(aan_melder, noor), "verstuur", door=noor)
    bezorg()
    nu = Terugkoppeling.objects.select_related("bericht").get(pk=aan_melder.pk)
    assert (nu.stand, nu.bericht.aflevering) == ("mislukt", "niet aangekomen")
    assert aan_melder.dossier.taken.filter(titel__contains="opnieuw versturen", stand="open").exists()


@pytest.mark.regel("RW-6.11")
def test_een_storing_wordt_vanzelf_opnieuw_geprobeerd_en_dat_is_te_zien(aan_melder, noor, client, monkeypatch):
    from django.core.mail import EmailMessage

    def stuk(self: EmailMessage, **_: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as even:
        even.setattr(EmailMessage, "send", stuk)
        voer_uit(geschreven(aan_melder, noor), "verstuur", door=noor)
        bezorg()
    assert "vanzelf opnieuw" in client.get(aan_melder.pad()).content.decode()
    assert Terugkoppeling.objects.get(pk=aan_melder.pk).stand == "verzonden"


@pytest.mark.regel("RW-6.13", "RW-5.11")
def test_een_brief_wordt_een_getagde_pdf_in_de_casus(aan_melder, noor, client):
    voer_uit(geschreven(aan_melder, noor, wijze="brief", adres="Kade 3, Leeuwarden"), "verstuur", door=noor)
    bezorg()
    bericht = Bericht.objects.select_related("document").get(casus=aan_melder.dossier)
    assert bericht.document is not None
    antwoord = client.get(f"{aan_melder.pad()}pdf/", follow=True)
    assert antwoord.content.startswith(b"%PDF")
    from io import BytesIO

    from pypdf import PdfReader

    pdf = PdfReader(BytesIO(antwoord.content))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    tekst = "".join(blad.extract_text() for blad in pdf.pages)
    assert "Kade 3, Leeuwarden" in tekst
    assert "alleen bestemd voor" in " ".join(tekst.split())
