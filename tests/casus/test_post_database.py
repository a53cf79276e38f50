"""What leaves, straight through SQL: to someone of the case, about nobody else, and only once it was released."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from casus.models import Bericht, Betrokkene, Persoon, Terugkoppeling
from casus.services.terugkoppeling import concepttekst, met_disclaimer, schrijf_bericht, vraag_terugkoppeling
from melding.models import Melding
from tests import factories
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.uitpost import bezorg, zet_in_uitpost
from vt_cvs.organisatie.models import Instelling, Medewerker

pytestmark = pytest.mark.django_db


def schrijf(melding: Melding, noor: Medewerker, extra: str = "", wie: Betrokkene | None = None) -> Terugkoppeling:
    """Written and kept, as the screen does, but not looked through."""
    gevraagd = vraag_terugkoppeling(
        melding.stap,
        "melding" if wie else "triagebesluit",
        door=noor,
        aan=str(wie) if wie else "J. de Wit",
        adres="wit@politie.example",
        meldingsnummer=melding.nummer,
        partij="directbetrokkene" if wie else "politie",
        betrokkene=wie,
    )
    onderwerp, tekst = concepttekst(gevraagd)
    return schrijf_bericht(
        gevraagd, door=noor, wijze="mail", adres=gevraagd.adres, onderwerp=onderwerp, tekst=f"{tekst}\n\n{extra}"
    )


def sql(opdracht: str, *waarden: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht, waarden)


def laat_weg(terugkoppeling: Terugkoppeling, *, stand: str = "verzonden") -> None:
    with transaction.atomic():
        sql("UPDATE casus_terugkoppeling SET stand = %s WHERE id = %s", stand, terugkoppeling.pk)
        sql("UPDATE casus_bericht SET verzonden_op = now() WHERE id = %s", terugkoppeling.bericht_id)


@pytest.mark.regel("RW-5.1")
def test_een_gewoon_bericht_laat_de_database_gaan(melding, noor, moeder, vader):
    laat_weg(schrijf(melding, noor))
    laat_weg(schrijf(melding, noor, "Kom op 4-3-2026 langs. Uw nummer is niet 111222334.", wie=vader))
    laat_weg(schrijf(melding, noor, "U bent van 4-3-1990.", wie=moeder))


@pytest.mark.regel("RW-5.1")
@pytest.mark.parametrize("teveel", ["BSN 111222333", "Zij is van 04-03-1990", "zij is van 4/3/1990."])
@pytest.mark.parametrize("voor", ["melder", "vader"])
def test_bsn_en_geboortedatum_van_een_ander_gaan_niet_weg(melding, noor, moeder, vader, teveel, voor):
    klaar = schrijf(melding, noor, teveel, wie=vader if voor == "vader" else None)
    with pytest.raises(IntegrityError, match="rw_5_1"):
        laat_weg(klaar)


@pytest.mark.regel("RW-7.15")
@pytest.mark.parametrize("adres", ["kerkstraat 12", "Kerkstraat 12, bel aan", "8911AB", "8911 ab"])
def test_een_geheim_adres_gaat_niet_weg_ook_niet_naar_wie_er_woont(melding, noor, moeder, vader, adres):
    for wie in (None, vader, moeder):
        with pytest.raises(IntegrityError, match="rw_7_15"):
            laat_weg(schrijf(melding, noor, f"Zij woont {adres}.", wie=wie))


@pytest.mark.regel("RW-5.1")
def test_wie_niet_bij_de_casus_hoort_krijgt_geen_bericht(melding, noor, moeder):
    elders = factories.betrokkene(factories.melding(door=noor).casus, voornamen="Yusuf", achternaam="Demir")
    with pytest.raises(IntegrityError, match="rw_5_1: wie bericht"):
        laat_weg(schrijf(melding, noor, wie=elders))
    via = schrijf(melding, noor, wie=moeder)
    sql("UPDATE casus_terugkoppeling SET via_id = %s, soort_ontvanger = 'gezaghebbende'", elders.pk)
    with pytest.raises(IntegrityError, match="rw_5_1: wie bericht"):
        laat_weg(via)


@pytest.mark.regel("RW-5.1")
def test_een_mail_buiten_de_terugkoppeling_om_gaat_niet_weg(melding, noor):
    los = {"aan": "x", "adres": "x@elders.example", "onderwerp": "x", "tekst": met_disclaimer("Alles."), "door": noor}
    with pytest.raises(IntegrityError, match="rw_5_1: bericht .* is voor niemand"), transaction.atomic():
        Bericht.objects.create(casus=melding.casus, stap=melding.stap, verzonden_op=timezone.now(), **los)
    ander = factories.melding(door=noor)
    with pytest.raises(IntegrityError, match="rw_5_1: bericht .* andere casus"), transaction.atomic():
        Bericht.objects.create(casus=melding.casus, stap=ander.stap, verzonden_op=timezone.now(), **los)
    open_ = schrijf(melding, noor)
    with pytest.raises(IntegrityError, match="rw_5_1"):
        sql("UPDATE casus_bericht SET verzonden_op = now() WHERE id = %s", open_.bericht_id)


@pytest.mark.regel("RW-5.1")
@pytest.mark.parametrize("adres", ["a@b.example, x@elders.example", "geen adres", "a@b.example\nBcc: x@elders.example"])
def test_een_mail_gaat_naar_een_adres(melding, noor, adres):
    klaar = schrijf(melding, noor)
    sql("UPDATE casus_bericht SET adres = %s WHERE id = %s", adres, klaar.bericht_id)
    with pytest.raises(IntegrityError, match="rw_5_1: bericht .* mailadres"):
        laat_weg(klaar)


@pytest.mark.regel("RW-5.1")
def test_niet_om_de_machine_heen(melding, noor, moeder):
    """Delivered without ever having been sent, or born as sent: neither gets past."""
    klaar = schrijf(melding, noor, "Marloes Bakker")
    with pytest.raises(IntegrityError, match="rw_6_15"):
        laat_weg(klaar, stand="afgeleverd")
    with pytest.raises(IntegrityError, match="rw_5_1"):
        laat_weg(klaar)
    with pytest.raises(IntegrityError, match="rw_6_15"), transaction.atomic():
        Terugkoppeling.objects.create(stap=melding.stap, moment="einde", aan="y", stand="afgeleverd")
    leeg = vraag_terugkoppeling(melding.stap, "einde", door=noor, aan="z", meldingsnummer=melding.nummer)
    with pytest.raises(IntegrityError, match="rw_6_15"):
        sql("UPDATE casus_terugkoppeling SET stand = 'verzonden' WHERE id = %s", leeg.pk)
    with pytest.raises(IntegrityError, match="rw_6_15"):
        sql("UPDATE casus_terugkoppeling SET stand = 'afgeleverd', toelichting = ' ' WHERE id = %s", leeg.pk)


@pytest.mark.regel("RW-6.10")
def test_wat_verzonden_is_blijft_zoals_het_was(melding, noor):
    voer_uit(schrijf(melding, noor), "verstuur", door=noor)
    for opdracht in (
        "UPDATE casus_bericht SET soort = 'brief'",
        "UPDATE casus_bericht SET postkenmerk = gen_random_uuid()",
        "UPDATE casus_bericht SET verzonden_op = NULL",
        "DELETE FROM casus_bericht",
    ):
        with pytest.raises(DatabaseError, match="Cannot (update|delete)"), transaction.atomic():
            sql("UPDATE casus_terugkoppeling SET bericht_id = NULL")
            sql(opdracht)


@pytest.mark.regel("RW-6.10", "RW-6.11")
def test_wat_daarna_verandert_houdt_de_bezorging_niet_tegen(melding, noor, moeder):
    """Judged when it is released: a new disclaimer or a new name afterwards is no reason to lose the mail."""
    from django.core.cache import cache

    voer_uit(schrijf(melding, noor, "Wij bellen over Jansen."), "verstuur", door=noor)
    Instelling.objects.update_or_create(pk=1, defaults={"disclaimer": "Een heel andere tekst."})
    Persoon.objects.filter(pk=moeder.persoon_id).update(voornamen="Bellen", achternaam="Over")
    bezorg()
    cache.delete("instelling")
    assert len(mail.outbox) == 1
    assert Bericht.objects.get().aflevering == "afgeleverd"


@pytest.mark.regel("RW-6.11")
def test_wat_niet_is_vrijgegeven_gaat_niet_weg_ook_niet_uit_de_uitpost(melding, noor):
    klaar = schrijf(melding, noor, "Concept.")
    zet_in_uitpost("terugkoppelmail", onderwerp=f"bericht:{klaar.bericht_id}", bericht_id=klaar.bericht_id)
    bezorg()
    assert mail.outbox == []
    assert Bericht.objects.get().afgeleverd_op is None
