"""Who may read what: looked through before it leaves, on screen, through the API and in the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.models import Bericht, Betrokkene, Terugkoppeling
from casus.services.terugkoppeling import concepttekst, met_disclaimer, schrijf_bericht, vraag_terugkoppeling
from melding.models import Melding
from tests import factories
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Instelling, Medewerker, Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-5.1")]


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Visser")


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def melding(noor) -> Melding:
    return factories.melding(door=noor)


@pytest.fixture
def moeder(melding) -> Betrokkene:
    return factories.betrokkene(
        melding.casus,
        voornamen="Marloes",
        achternaam="Bakker",
        geboortedatum=date(1990, 3, 4),
        straat="Kerkstraat 12",
        postcode="8911 AB",
        email="marloes@post.example",
        adres_geheim=True,
    )


@pytest.fixture
def vader(melding, moeder) -> Betrokkene:
    return factories.betrokkene(
        melding.casus, voornamen="Rik", achternaam="de Boer", email="rik@post.example", geboortedatum=date(1988, 1, 2)
    )


@pytest.fixture
def aan_melder(melding, noor) -> Terugkoppeling:
    return vraag_terugkoppeling(
        melding.stap,
        "triagebesluit",
        door=noor,
        aan="J. de Wit",
        adres="wit@politie.example",
        meldingsnummer=melding.nummer,
        partij="politie",
        uitkomst="bij_vt",
    )


def aan(betrokkene: Betrokkene, melding: Melding, door: Medewerker, **meer) -> Terugkoppeling:
    assert betrokkene.persoon is not None
    return vraag_terugkoppeling(
        melding.stap,
        "melding",
        door=door,
        aan=str(betrokkene),
        adres=betrokkene.persoon.email,
        meldingsnummer=melding.nummer,
        partij="directbetrokkene",
        betrokkene=betrokkene,
        **meer,
    )


def geschreven(terugkoppeling: Terugkoppeling, noor: Medewerker, extra: str = "", **velden: str) -> Terugkoppeling:
    onderwerp, tekst = concepttekst(terugkoppeling)
    alles = {"wijze": "mail", "adres": terugkoppeling.adres, "onderwerp": onderwerp, "tekst": f"{tekst}\n\n{extra}"}
    return schrijf_bericht(terugkoppeling, door=noor, **(alles | velden))


def bezwaren(terugkoppeling: Terugkoppeling) -> list[str]:
    return [b.uitleg for b in belemmeringen_voor(terugkoppeling, "verstuur")]


@pytest.mark.parametrize("partij", ["professional", "burger", "politie", "anoniem"])
@pytest.mark.parametrize("uitkomst", ["", "bij_vt", "overdracht", "maatwerk", "einde"])
def test_een_sjabloon_zonder_aanpassing_gaat_altijd_weg(aan_melder, noor, moeder, vader, partij, uitkomst):
    Terugkoppeling.objects.filter(pk=aan_melder.pk).update(soort_ontvanger=partij, uitkomst=uitkomst)
    assert bezwaren(geschreven(Terugkoppeling.objects.get(pk=aan_melder.pk), noor)) == []


@pytest.mark.parametrize(
    "teveel",
    [
        "Marloes Bakker", "marloes  bakker".replace("  ", " "), "mevrouw Bakker", "Marloes", "de heer de Boer",
        "Zij is van 4-3-1990.", "geboren op 4 maart 1990", "111222333", "1112.22.333".replace(".", " "),
        "Kerkstraat 12", "kerkstraat 12 in Leeuwarden", "8911AB", "8911 ab", "{kind}",
    ],
)  # fmt: skip
def test_de_melder_hoort_niets_over_mensen_uit_de_casus(aan_melder, noor, moeder, vader, client, teveel):
    form = client.get(aan_melder.pad()).context["form"]
    gevuld = {veld.html_name: str(veld.value() or "") for veld in form}
    antwoord = client.post(aan_melder.pad(), gevuld | {"tekst": f"{gevuld['tekst']}\n{teveel}"})
    assert antwoord.status_code == 422
    assert "Haal" in antwoord.content.decode() or "Er staat nog" in antwoord.content.decode()
    klaar = geschreven(aan_melder, noor, teveel)
    antwoord = client.post(
        f"/api/v1/terugkoppelingen/{klaar.pk}/verstuur",
        {"motivering": "toch"},
        content_type="application/json",
        headers={"If-Match": f'"{klaar.versie}"'},
    )
    assert antwoord.status_code == 409
    assert {b["pointer"] for b in antwoord.json()["belemmeringen"]} == {"/tekst"}
    bezorg()
    assert mail.outbox == []


@pytest.mark.parametrize("mag", ["M-000", "0800-2000", "Bel 0612345678", "Bel ons. Dank u wel.", "12 maart 2026"])
def test_gewone_zinnen_gaan_gewoon_weg(aan_melder, noor, moeder, vader, mag):
    assert bezwaren(geschreven(aan_melder, noor, mag)) == []


def test_iemand_uit_een_andere_casus_mag_er_niet_in(aan_melder, noor, moeder):
    elders = factories.melding(door=noor)
    factories.betrokkene(elders.casus, voornamen="Yusuf", achternaam="Demir")
    assert bezwaren(geschreven(aan_melder, noor, "Ook Yusuf Demir was erbij.")) == [
        "Haal “Yusuf Demir” weg: die persoon hoort niet bij deze casus."
    ]
    assert bezwaren(geschreven(aan_melder, noor, "Groet van Noor Visser.")) == []


def test_het_mailadres_van_een_ander_uit_de_casus_is_het_verkeerde(aan_melder, noor, moeder):
    assert "mailadres van Marloes Bakker" in bezwaren(geschreven(aan_melder, noor, adres="Marloes@post.example"))[0]


def test_iemand_van_een_andere_casus_is_geen_ontvanger(noor, melding):
    elders = factories.betrokkene(factories.melding(door=noor).casus, voornamen="Yusuf", achternaam="Demir")
    vreemd = aan(elders, melding, noor)
    assert any("hoort niet bij deze casus" in b for b in bezwaren(geschreven(vreemd, noor, adres="y@post.example")))


def test_een_anonieme_melder_komt_in_geen_bericht_aan_het_gezin(noor, moeder):
    melder = {"naam": "Gerda Smit", "anoniem": True, "soort": "burger", "email": "gerda@post.example"}
    melding = factories.melding(door=noor, casus=moeder.casus, melder=melder)
    brief = geschreven(aan(moeder, melding, noor), noor, "Gerda Smit maakt zich zorgen.")
    assert "de naam van de anonieme melder" in " ".join(bezwaren(brief))
    assert "mailadres van de anonieme melder" in " ".join(bezwaren(geschreven(brief, noor, "mail gerda@post.example")))


@pytest.mark.regel("RW-7.13")
def test_een_geheim_of_gedeeld_adres_vraagt_om_een_reden(noor, melding, moeder, vader):
    brief = geschreven(aan(moeder, melding, noor), noor, wijze="brief", adres="Kerkstraat 12, 8911 AB Leeuwarden")
    gezegd = " ".join(bezwaren(brief))
    assert "is geheim" in gezegd
    assert "Rik de Boer woont ook op dit adres" in gezegd
    with pytest.raises(RegelGeweigerd):
        voer_uit(brief, "verstuur", door=noor)
    verstuurd = voer_uit(brief, "verstuur", door=noor, motivering="Rik woont sinds vorige week elders.")
    assert Terugkoppeling.objects.get(pk=verstuurd.pk).stand == "afgeleverd"


@pytest.mark.regel("RW-7.13")
def test_een_gedeeld_mailadres_waarschuwt(noor, melding, moeder, vader):
    assert vader.persoon is not None
    type(vader.persoon).objects.filter(pk=vader.persoon_id).update(email="marloes@post.example")
    assert any("gebruikt ook dit mailadres" in b for b in bezwaren(geschreven(aan(moeder, melding, noor), noor)))


@pytest.mark.regel("RW-7.13")
def test_een_kind_wordt_niet_zomaar_zelf_geschreven(noor, melding, moeder):
    sem = factories.betrokkene(melding.casus, voornamen="Sem", achternaam="Bakker", geboortedatum=date(2018, 5, 6))
    assert any(
        "jonger dan 12" in b for b in bezwaren(geschreven(aan(sem, melding, noor), noor, adres="x@post.example"))
    )
    via = vraag_terugkoppeling(
        melding.stap, "melding", door=noor, aan=str(moeder), adres="marloes@post.example", betrokkene=sem, via=moeder,
        meldingsnummer=melding.nummer, partij="gezaghebbende",
    )  # fmt: skip
    assert not any("jonger dan 12" in b for b in bezwaren(geschreven(via, noor)))
    assert "zorgen over Sem" in concepttekst(via)[1]


# --- the database ----------------------------------------------------------------------------------------------


def naar_verzonden(terugkoppeling: Terugkoppeling) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casus_terugkoppeling SET stand = 'verzonden' WHERE id = %s", [terugkoppeling.pk])


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
