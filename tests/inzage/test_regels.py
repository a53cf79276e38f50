"""What comes into the inzagedossier and what never does (RW-5.17, RW-5.18), rule by rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from casus.dossier import Lezer
from casus.inzage.document import als_html, hoofdstukken
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import stel_samen
from casus.inzage.services import beoordeel, beslis_voorstel, lak, open_verzoek, wat_is_te_doen, werk_bij
from casus.inzage.tasks import maak_inzagedocument
from casus.inzage.tekst import Geheimen, stel_voor
from casus.inzage.vertellen import TECHNIEK, buiten_inzage, plat, valt_er_geheel_buiten, vergeten_tekst, vertel
from casus.models import Bericht, Betrokkene, Bijlage, Contact, Terugkoppeling
from casus.services.bijlagen import bewaar_bijlage
from casus.services.vastleggen import (
    leg_afspraak_vast,
    leg_contact_vast,
    leg_score_vast,
    sla_alarm,
    stel_voorwaarde,
    wijzig_contact,
)
from melding.models import NTI, Melder, Melding
from melding.services import neem_melding_aan
from tests import factories as f
from tests.inzage.conftest import beoordeel_zo, toon_alles
from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.velden import PlatteTekstMixin
from vt_cvs.organisatie.models import Medewerker

LEZER = Lezer(None, "de verzoeker")


def heel(verzoek: Inzageverzoek) -> str:
    """Everything that is offered to the screener, headings included."""
    return "\n".join(f"{deel.stuk.titel}\n{deel.stuk.tekst}" for deel in stel_samen(verzoek).delen)


@pytest.fixture
def vol(verzoek, screener):
    """The request in a case with every piece the spine knows."""
    casus = verzoek.casus
    wie = f.betrokkene(casus, voornamen="Marloes", achternaam="Verhoeven", geboortedatum=date(1990, 1, 1))
    leg_contact_vast(casus, door=screener, soort=Contact.Soort.HUISBEZOEK, betrokkenen=[wie], verslag="VERSLAGPROEF")
    leg_score_vast(wie, 6, door=screener)
    stel_voorwaarde(casus, "VOORWAARDEPROEF", door=screener)
    leg_afspraak_vast(casus, "AFSPRAAKPROEF", door=screener, met="oma")
    sla_alarm(casus, "ALARMPROEF", door=screener, wat_te_doen="DOENPROEF")
    bewaar_bijlage(
        inhoud=b"BIJLAGEINHOUD", naam="weekschema.txt", omschrijving="OMSCHRIJVINGPROEF", casus=casus, door=screener
    )
    return verzoek


# --- RW-5.18: everything, and what never is --------------------------------------------------------------------


@pytest.mark.regel("RW-5.18", "RW-5.18d")
@pytest.mark.parametrize("model", dossiermodellen(), ids=lambda m: m._meta.label)
def test_elk_veld_van_elk_soort_stuk_komt_in_de_tekst(model, db):
    """Each text field of each model with a probe: told, or added with its label; also a field nobody told about."""
    stuk = _gevuld(model)
    if valt_er_geheel_buiten(stuk):
        assert not list(model.ter_inzage)
        return
    tekst = _vertel_met_omgeving(stuk)
    if tekst is None:
        pytest.skip("leest een ander stuk; zie de ketenproef")
    tekst = plat(tekst)
    for veld in _tekstvelden(model):
        proef = f"proef {veld.name}"[: veld.max_length or 99]
        if veld.name in buiten_inzage(stuk):
            assert proef not in tekst, veld.name
        elif veld.name not in {"nummer", "meldingsnummer"}:
            assert proef in tekst, f"{model.__name__}.{veld.name} staat niet in het inzagedossier"
        if veld.help_text and len(veld.help_text) > 25:
            assert plat(veld.help_text) not in tekst


def _tekstvelden(model):
    return [
        veld
        for veld in model._meta.concrete_fields
        if isinstance(veld, PlatteTekstMixin)
        and not veld.choices
        and veld.name
        not in TECHNIEK | {"mediatype", "vraag", "onderdeel", "instrument", "vorm", "stand", "stuksoort", "titel"}
    ]


def _gevuld(model):
    """One piece with a probe in every text field, a moment in every date and somebody for every employee; unsaved."""
    wie = Medewerker(naam="Iemand", pk=1)
    stuk = model()
    for veld in model._meta.concrete_fields:
        if veld in _tekstvelden(model):
            setattr(stuk, veld.name, f"Proef {veld.name}"[: veld.max_length or 99])
        elif isinstance(veld, models.DateTimeField):
            setattr(stuk, veld.name, timezone.now())
        elif isinstance(veld, models.DateField):
            setattr(stuk, veld.name, timezone.localdate())
        elif isinstance(veld, models.ForeignKey) and veld.related_model is Medewerker:
            setattr(stuk, veld.name, wie)
        elif isinstance(veld, models.BooleanField):
            setattr(stuk, veld.name, False)
    stuk.pk = 1
    return stuk


def _vertel_met_omgeving(stuk) -> str | None:
    """The text, or None when its sentences need a neighbour that this unsaved piece does not have."""
    for veld in stuk._meta.concrete_fields:
        if isinstance(veld, models.ForeignKey) and getattr(stuk, veld.attname) is None and not veld.null:
            buur = veld.related_model(pk=1)
            for eigen in veld.related_model._meta.concrete_fields:
                if isinstance(eigen, models.DateTimeField):
                    setattr(buur, eigen.name, timezone.now())
            setattr(stuk, veld.name, buur)
    try:
        tekst = vertel(stuk, LEZER).tekst
        return "\n".join([tekst, *(a.tekst for a in vergeten_tekst(stuk, plat(tekst)))])
    except (models.ObjectDoesNotExist, KeyError, StopIteration, AttributeError, ValueError):
        return None


@pytest.mark.regel("RW-5.18")
def test_wat_in_de_casus_staat_staat_klaar_om_te_screenen(vol):
    tekst = heel(vol)
    for proef in ("VERSLAGPROEF", "VOORWAARDEPROEF", "AFSPRAAKPROEF", "weekschema.txt", "OMSCHRIJVINGPROEF", "Marloes"):
        assert proef in tekst
    assert "apart om vragen" in tekst
    assert "BIJLAGEINHOUD" not in tekst


@pytest.mark.regel("RW-5.18a")
def test_van_een_anonieme_melder_staat_er_niets_en_treffers_wachten_op_een_oordeel(verzoek, screener):
    melder = {
        "soort": Melder.Soort.PROFESSIONAL,
        "functie": "Wijkverpleegkundige",
        "organisatie": "Zorghuis Zonneveld",
        "naam": "Greet",
        "anoniem": True,
    }
    neem_melding_aan(
        casus=verzoek.casus, door=screener, situatie="De wijkverpleegkundige zag blauwe plekken.", melder=melder
    )
    assert Melder.objects.get().anoniem
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    tekst = heel(verzoek)
    for geheim in ("Zorghuis Zonneveld", "Greet"):
        assert geheim not in tekst
    melding = verzoek.onderdelen.get(stuksoort="melding.melding")
    assert len(melding.voorstellen) == 1
    html = als_html(verzoek, stel_samen(verzoek))
    assert "ijkverpleegkundige" not in html
    beslis_voorstel(melding, 1, lakken=True, door=screener)
    toon_alles(verzoek, screener)
    html = als_html(verzoek, stel_samen(verzoek))
    assert "ijkverpleegkundige" not in html
    assert "zag blauwe plekken" in html


@pytest.mark.regel("RW-5.18b")
def test_contactgegevens_komen_er_niet_in_en_treffers_in_tekst_wachten(verzoek, screener):
    f.betrokkene(
        verzoek.casus, voornamen="Marloes", geboortedatum=date(1990, 1, 1), straat="Zeesterhof 12", postcode="1234 AB",
        plaats="Lindedijk", telefoon="06-12345678", email="marloes@voorbeeld.example",
    )  # fmt: skip
    leg_contact_vast(
        verzoek.casus,
        door=screener,
        verslag="Zij woont op Zeesterhof 12, 1234 AB Lindedijk. Bel 06 12345678 of mail marloes@voorbeeld.example.",
    )
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    contact = verzoek.onderdelen.get(stuksoort="casus.contact")
    tekst = next(d for d in stel_samen(verzoek).delen if d.soort == "casus.contact").stuk.tekst
    gelakt = {tekst[plek["begin"] : plek["eind"]] for plek in contact.lakplekken}
    assert {"Zeesterhof 12", "1234 AB", "06 12345678", "marloes@voorbeeld.example"} <= gelakt
    anders = "\n".join(d.stuk.tekst for d in stel_samen(verzoek).delen if d.soort != "casus.contact")
    for geheim in ("Zeesterhof", "1234 AB", "12345678", "voorbeeld.example"):
        assert geheim not in anders
    with pytest.raises(RegelGeweigerd):
        beoordeel(contact, "tonen", door=screener)


@pytest.mark.regel("RW-5.18c")
def test_van_nti_is_er_geen_spoor(verzoek, screener):
    neem_melding_aan(
        casus=verzoek.casus,
        door=screener,
        situatie="Ruzie gehoord.",
        melder={"soort": Melder.Soort.ANONIEM, "anoniem": True},
    )
    NTI(melding=Melding.objects.get(), inhoud="NTIPROEF van de buren", reden="REDENPROEF").bewaar(
        door=screener, reden="proef"
    )
    tekst = heel(verzoek)
    assert "NTI" not in tekst
    assert "PROEF" not in tekst


@pytest.mark.regel("RW-5.18e")
def test_van_alarmering_is_er_geen_spoor(vol, screener):
    verzoek = voer_uit(vol, "begin_screening", door=screener)
    tekst = heel(verzoek)
    assert "ALARMPROEF" not in tekst
    assert "DOENPROEF" not in tekst
    assert "larm" not in tekst
    assert not verzoek.onderdelen.filter(stuksoort="casus.alarmering").exists()


@pytest.mark.regel("RW-5.18d")
def test_geen_helptekst_in_het_document(vol, screener):
    verzoek = voer_uit(vol, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    html = als_html(verzoek, stel_samen(verzoek))
    for model in dossiermodellen():
        for veld in model._meta.concrete_fields:
            if veld.help_text and len(veld.help_text) > 25:
                assert veld.help_text not in html, f"{model.__name__}.{veld.name}"


# --- RW-5.18f: nothing unscreened ------------------------------------------------------------------------------


@pytest.mark.regel("RW-5.18f")
def test_een_onderdeel_zonder_oordeel_houdt_het_afronden_tegen(in_screening, screener):
    rij = list(in_screening.onderdelen.all())
    for onderdeel in rij[1:]:
        beoordeel_zo(onderdeel, screener)
    with pytest.raises(RegelGeweigerd) as weigering:
        voer_uit(in_screening, "rond_screening_af", door=screener)
    assert len(weigering.value.belemmeringen) == 1
    with pytest.raises(DatabaseError, match="rw_5_18f"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inzage_inzageverzoek SET stand = 'gescreend', gescreend_door_id = %s WHERE id = %s",
            [screener.pk, in_screening.pk],
        )
    beoordeel_zo(rij[0], screener)
    assert voer_uit(in_screening, "rond_screening_af", door=screener).stand == "gescreend"


@pytest.mark.regel("RW-5.18f")
def test_ook_via_de_api_niet(client, in_screening, screener):
    client.force_login(screener)
    antwoord = client.post(
        f"/api/v1/inzageverzoeken/{in_screening.pk}/rond-screening-af",
        {},
        content_type="application/json",
        headers={"if-match": f'"{in_screening.versie}"'},
    )
    assert antwoord.status_code == 409, antwoord.text
    assert Inzageverzoek.objects.get(pk=in_screening.pk).stand == "in_screening"


@pytest.mark.regel("RW-5.18f")
@pytest.mark.parametrize("wat", ["nieuw", "gewijzigd"])
def test_nieuw_of_gewijzigd_na_de_screening_heropent(vol, screener, privacy, wat):
    verzoek = voer_uit(vol, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    verzoek = voer_uit(verzoek, "rond_screening_af", door=screener)
    maak_inzagedocument(verzoek.pk)
    if wat == "nieuw":
        leg_contact_vast(verzoek.casus, door=screener, verslag="Later gebeld.")
    else:
        wijzig_contact(Contact.objects.get(), door=screener, verslag="Toch anders.")
    with pytest.raises(RegelGeweigerd):
        voer_uit(verzoek, "verstrek", door=privacy)
    assert len(wat_is_te_doen(verzoek)) >= 1
    werk_bij(verzoek, door=screener)
    verzoek = Inzageverzoek.objects.get(pk=verzoek.pk)
    assert verzoek.stand == "in_screening"
    assert not verzoek.heeft_document
    assert verzoek.onderdelen.filter(oordeel="te_doen").exists()


@pytest.mark.regel("RW-5.18f")
def test_een_screening_geldt_voor_een_verzoeker(in_screening, casus, screener):
    ander = f.betrokkene(casus, voornamen="Marloes", geboortedatum=date(1990, 1, 1))
    toon_alles(in_screening, screener)
    tweede = voer_uit(open_verzoek(casus, ander, door=screener), "begin_screening", door=screener)
    assert not tweede.onderdelen.exclude(oordeel="te_doen").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Inzageverzoek.objects.filter(pk=in_screening.pk).update(verzoeker=ander)


@pytest.mark.regel("RW-5.18f")
def test_wat_verstrekt_is_staat_vast(vol, screener, privacy):
    verzoek = voer_uit(vol, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    voer_uit(verzoek, "rond_screening_af", door=screener)
    maak_inzagedocument(verzoek.pk)
    verzoek = voer_uit(verzoek, "verstrek", door=privacy)
    with pytest.raises(DatabaseError, match="rw_5_18f"), transaction.atomic():
        Onderdeel.objects.filter(verzoek=verzoek).update(titel="anders")
    with pytest.raises(DatabaseError, match="rw_5_18f"), transaction.atomic():
        Onderdeel.objects.filter(verzoek=verzoek)[:1].get().delete()
    with pytest.raises(RegelGeweigerd):
        beoordeel(verzoek.onderdelen.first(), "tonen", door=screener)


@pytest.mark.regel("RW-5.18f")
def test_weglaten_vraagt_een_grond_en_tonen_is_helemaal(in_screening, screener):
    onderdeel = in_screening.onderdelen.first()
    with pytest.raises(RegelGeweigerd):
        beoordeel(onderdeel, "weglaten", door=screener)
    with pytest.raises(RegelGeweigerd):
        beoordeel(onderdeel, "weglaten", door=screener, grond="d")
    with pytest.raises(RegelGeweigerd):
        beoordeel(onderdeel, "lakken", door=screener)
    with pytest.raises(IntegrityError, match="rw_5_18f_weglaten_met_grond"), transaction.atomic():
        Onderdeel.objects.filter(pk=onderdeel.pk).update(
            oordeel="weglaten", door=screener, beoordeeld_op=timezone.now()
        )
    with pytest.raises(IntegrityError, match="rw_5_18f_oordeel_van_iemand"), transaction.atomic():
        Onderdeel.objects.filter(pk=onderdeel.pk).update(oordeel="tonen")
    onderdeel = beoordeel(onderdeel, "weglaten", door=screener, grond="c")
    dossier = stel_samen(in_screening)
    eerste = hoofdstukken(in_screening, dossier)[0].stukjes[0]
    assert (eerste.weggelaten, eerste.passages) == ("c", ())


def test_wie_niet_mag_screenen_oordeelt_niet(in_screening, privacy):
    onderdeel = in_screening.onderdelen.first()
    for wie in (privacy, f.buitenstaander(), f.medewerker("voorkant")):
        with pytest.raises(NietToegestaan):
            beoordeel(onderdeel, "tonen", door=wie)


def test_lakken_laat_geen_letter_achter(in_screening, screener):
    leg_contact_vast(in_screening.casus, door=screener, verslag="Zij gaat naar Esther.\n\nDe tas staat in de schuur.")
    werk_bij(in_screening, door=screener)
    onderdeel = in_screening.onderdelen.get(stuksoort="casus.contact")
    dossier = stel_samen(in_screening)
    tekst = next(d for d in dossier.delen if d.soort == "casus.contact").stuk.tekst
    lak(onderdeel, tekst, fragment="Esther. De tas", grond="b", door=screener)
    onderdeel.refresh_from_db()
    lak(onderdeel, tekst, fragment="naar Esther", grond="a", door=screener)
    onderdeel.refresh_from_db()
    assert len(onderdeel.lakplekken) == 1
    onderdeel = beoordeel(onderdeel, "lakken", door=screener)
    html = als_html(in_screening, stel_samen(in_screening))
    assert "Esther" not in html
    assert "De tas" not in html
    assert "staat in de schuur" in html


def test_de_lengte_van_een_balk_zegt_niets(in_screening, screener):
    leg_contact_vast(
        in_screening.casus, door=screener, verslag="Kort woord en een heel erg lange zin die niemand mag lezen."
    )
    werk_bij(in_screening, door=screener)
    onderdeel = in_screening.onderdelen.get(stuksoort="casus.contact")
    tekst = next(d for d in stel_samen(in_screening).delen if d.soort == "casus.contact").stuk.tekst
    onderdeel = lak(onderdeel, tekst, fragment="Kort", grond="a", door=screener)
    onderdeel = lak(onderdeel, tekst, fragment="een heel erg lange zin", grond="a", door=screener)
    beoordeel(onderdeel, "lakken", door=screener)
    html = als_html(in_screening, stel_samen(in_screening))
    assert html.count('<span class="lak">weggelakt (a)</span>') == 2


# --- chapters, order, plain language ---------------------------------------------------------------------------


@pytest.mark.regel("RW-5.17", "RW-4.4", "RW-3.12")
def test_hoofdstukken_volgen_de_stappen_en_binnen_een_stap_de_tijd(verzoek, screener):
    nu = timezone.now()
    melding = neem_melding_aan(
        casus=verzoek.casus, door=screener, situatie="Ruzie.", ontvangen_op=nu - timedelta(days=3)
    )
    laat = leg_contact_vast(verzoek.casus, door=screener, stap=melding.stap, verslag="LAAT", op=nu - timedelta(days=1))
    vroeg = leg_contact_vast(
        verzoek.casus, door=screener, stap=melding.stap, verslag="VROEG", op=nu - timedelta(days=2)
    )
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    delen = hoofdstukken(verzoek, stel_samen(verzoek))
    assert [h.nummer for h in delen] == list(range(1, len(delen) + 1))
    assert delen[0].titel == "Om wie en wat het gaat"
    assert delen[1].titel == "De melding"
    tekst = als_html(verzoek, stel_samen(verzoek))
    assert tekst.index("VROEG") < tekst.index("LAAT")
    assert vroeg.pk > laat.pk
    assert delen[1].stukjes[0].kop == "Wanneer deze stap was en wie hem deed"


@pytest.mark.regel("RW-3.13")
def test_de_verzoeker_is_u_en_een_ander_heeft_een_naam(vol, screener):
    verzoek = voer_uit(vol, "begin_screening", door=screener)
    tekst = heel(verzoek)
    assert "U bent directbetrokkene" in tekst
    assert "Marloes Verhoeven is directbetrokkene" in tekst
    assert "voor Marloes Verhoeven" in tekst


def test_zes_cijfers_zijn_nog_geen_telefoonnummer():
    from casus.dossier import Alinea
    from casus.inzage.tekst import Stuktekst

    tekst = "Op 09-11-2026 10:00 belde zij 0800-2000. Het ging om melding M-012-345-678. In 2019 waren er 3 kinderen."
    assert stel_voor(Stuktekst("x", (Alinea(tekst),)), Geheimen(frozenset())) == []


def test_een_bestand_dat_weg_moet_is_weg_na_bezorging(vol, screener):
    from vt_cvs.kern.uitpost import bezorg

    verzoek = voer_uit(vol, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    verzoek = voer_uit(verzoek, "rond_screening_af", door=screener)
    maak_inzagedocument(verzoek.pk)
    naam = Inzageverzoek.objects.get(pk=verzoek.pk).opslagnaam
    assert default_storage.exists(naam)
    voer_uit(verzoek, "wijs_af", door=screener, grond="ingetrokken", reden="Verzoeker belde af.")
    bezorg()
    assert not default_storage.exists(naam)
    assert Bijlage.objects.count() == 1


def test_terugkoppeling_en_bericht_staan_erin(verzoek, screener):
    melding = neem_melding_aan(casus=verzoek.casus, door=screener, situatie="Ruzie.")
    Bericht(
        casus=verzoek.casus,
        stap=melding.stap,
        aan="de school",
        onderwerp="Bericht",
        tekst="BERICHTPROEF",
        door=screener,
    ).bewaar(door=screener, reden="proef")
    Terugkoppeling(stap=melding.stap, moment="triagebesluit", aan="Juf Anna", functie="leerkracht").bewaar(
        door=screener, reden="proef"
    )
    tekst = heel(verzoek)
    assert "BERICHTPROEF" in tekst
    assert "De melder heeft nog geen bericht gekregen." in tekst
    assert "Juf Anna" not in tekst
    assert Betrokkene.objects.count() == 1


def test_wat_gelakt_is_bereikt_het_sjabloon_niet_eens():
    from casus.dossier import Alinea
    from casus.inzage.tekst import Stuktekst, voor_de_lezer

    stuk = Stuktekst("x", (Alinea("Zij gaat naar Esther."), Alinea("Daar is zij veilig.")))
    plekken = [{"begin": 14, "eind": 20, "grond": "b", "voorstel": voorstel, "bron": ""} for voorstel in (False,)]
    for rij in (plekken, [{**plekken[0], "voorstel": True}]):
        segmenten = [s for passage in voor_de_lezer(stuk, rij) for s in passage.segmenten]
        assert "Esther" not in " ".join(s.tekst for s in segmenten)
        assert [s.grond for s in segmenten if s.soort == "lak"] == ["b"]
