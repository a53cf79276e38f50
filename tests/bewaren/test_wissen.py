"""Nothing is left: every text of every kind of piece is a probe, and the whole database is searched for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from casus.bewaren.models import Verwijdering
from casus.bewaren.services import stel_voor, voer_verwijdering_uit
from casus.bewaren.wissen import wachters
from casus.doorloop import inhoud_van
from casus.models import Betrokkene, Casus, Contact, Logregel, Persoon, Taak
from casus.services import vastleggen
from casus.services.betrokkenen import verwijder_betrokkene
from casus.services.bijlagen import bewaar_bijlage
from tests import factories as f
from tests.bewaren.conftest import sluit_op
from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.kern.models import Toegang, Uitpost
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.kern.uitpost import bezorg

PROEF = "Proeftekst"


def dump() -> str:
    """Every table of the database, as text; what `pg_dump --data-only` would show."""
    delen = []
    with connection.cursor() as cursor:
        for tabel in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{tabel}" t')
            delen += [f"{tabel}: {rij[0]}" for rij in cursor.fetchall()]
    return "\n".join(delen)


def opslag() -> list[str]:
    map_ = Path(default_storage.location)
    return [pad.name for pad in map_.rglob("*")] if map_.exists() else []


def proef(nummer: int) -> str:
    return f"{PROEF}{nummer:04d}x"


@pytest.fixture
def vol_dossier(werker, privacy):
    """A case with every piece the spine knows, each text a probe; closed long ago."""
    casus = f.casus(werker)
    n = iter(range(1, 10_000))
    jelle = f.betrokkene(
        casus, voornamen=proef(next(n)), achternaam=proef(next(n)), geboortedatum=date(1985, 5, 5), geslacht="M",
        geboorteland="NL", bsn="111222333", straat=proef(next(n)), telefoon=proef(next(n)), email=proef(next(n)),
        plaats=proef(next(n)), geboortedatum_opgegeven=proef(next(n)),
    )  # fmt: skip
    weg = f.betrokkene(casus, voornamen=proef(next(n)), achternaam=proef(next(n)), geboortedatum=date(1980, 1, 1))
    verwijder_betrokkene(weg, door=werker, reden=proef(next(n)))
    contact = vastleggen.leg_contact_vast(
        casus, door=werker, soort=Contact.Soort.HUISBEZOEK, betrokkenen=[jelle], met=proef(next(n)),
        onderwerp=proef(next(n)), verslag=proef(next(n)), alert=True, alert_reden=proef(next(n)),
    )  # fmt: skip
    vastleggen.wijzig_contact(contact, door=werker, verslag=proef(next(n)))
    vastleggen.leg_score_vast(jelle, 4, door=werker, herkomst=proef(next(n)))
    voorwaarde = vastleggen.stel_voorwaarde(casus, proef(next(n)), door=werker)
    vastleggen.scherp_aan(voorwaarde, proef(next(n)), door=werker)
    vastleggen.leg_afspraak_vast(casus, proef(next(n)), door=werker, met=proef(next(n)))
    vastleggen.sla_alarm(casus, proef(next(n)), door=werker, wat_te_doen=proef(next(n)))
    bewaar_bijlage(
        inhoud=b"Inhoud van een bijlage",
        naam=f"{proef(next(n))}.txt",
        omschrijving=proef(next(n)),
        casus=casus,
        door=werker,
    )
    noteer_toegang(
        werker, Gebeurtenis.NOODKNOP, stuk=casus, casus_id=casus.pk, persoon_id=jelle.persoon_id, grond=proef(next(n))
    )
    return sluit_op(casus, date(2001, 1, 1))


def voer_uit_met_twee(casus, werker, privacy, uitvoering, wegreden="termijn", toelichting="") -> Verwijdering:
    voorstel = stel_voor(casus, door=werker, uitvoering=uitvoering, wegreden=wegreden, toelichting=toelichting)
    voorstel = voer_uit(voorstel, "stem_in", door=privacy)
    assert voer_verwijdering_uit(voorstel.pk) == "uitgevoerd"
    bezorg()
    return Verwijdering.objects.get(pk=voorstel.pk)


@pytest.mark.regel("RW-15.V1")
def test_na_verwijderen_is_er_niets_meer(vol_dossier, werker, privacy):
    nummer, pk = vol_dossier.nummer, vol_dossier.pk
    assert PROEF in dump()
    assert len(opslag()) == 1
    verwijdering = voer_uit_met_twee(vol_dossier, werker, privacy, "verwijderen", toelichting=f"{PROEF} waarom")
    alles = dump()
    assert PROEF not in alles
    assert nummer not in alles
    assert opslag() == []
    assert not Casus.objects.exists()
    assert not Persoon.objects.exists()
    assert not Taak.objects.filter(casus_id=pk).exists()
    for model in apps.get_models():
        if hasattr(model, "history_id") and model._meta.app_label != "organisatie":
            assert not model.objects.exists(), model
    assert verwijdering.stand == "uitgevoerd"
    assert verwijdering.casus is None
    assert verwijdering.verslag["contacten"] == 1
    assert Toegang.objects.filter(gebeurtenis="noodknop", grond="", persoon_id=None, casus_id=None).count() == 1


@pytest.mark.regel("RW-15.A1", "RW-15.A2", "RW-15.A3", "RW-15.A5")
def test_na_vernietigen_blijft_alleen_wat_telt(vol_dossier, werker, privacy):
    nummer = vol_dossier.nummer
    cijfers = _cijfers(vol_dossier)
    verwijdering = voer_uit_met_twee(vol_dossier, werker, privacy, "vernietigen")
    alles = dump()
    assert PROEF not in alles
    assert nummer not in alles
    assert opslag() == []
    casus = Casus.objects.get(pk=vol_dossier.pk)
    assert casus.stand == "vernietigd"
    assert casus.nummer != nummer
    assert _cijfers(casus) == cijfers
    betrokkene = Betrokkene.objects.get()
    assert (betrokkene.persoon, betrokkene.geboortejaar, betrokkene.geslacht, betrokkene.geboorteland) == (
        None, 1985, "M", "NL",
    )  # fmt: skip
    assert betrokkene.casus_id == casus.pk
    assert betrokkene.relatie == ""
    assert not Persoon.objects.exists()
    assert verwijdering.casus_id == casus.pk
    for model in (Contact, Betrokkene, Persoon):
        assert not model.history.exists(), model


def _cijfers(casus: Casus) -> list[tuple[str, list[dict[str, object]]]]:
    """What is counted of each piece, before and after; ties and numbers aside."""
    gevonden = []
    for model, pks in inhoud_van(casus).rijen.items():
        if model in {Verwijdering, Betrokkene} or not model.telbaar:
            continue
        velden = sorted(set(model.telbaar) - {"nummer", "stand"})
        if velden and pks:
            gevonden.append((model.__name__, list(model.objects.filter(pk__in=pks).order_by("pk").values(*velden))))
    return sorted(gevonden)


def test_een_persoon_die_ook_in_een_andere_casus_staat_blijft(vol_dossier, werker, privacy):
    persoon = Persoon.objects.get(betrokkenheden__casus=vol_dossier)
    ander = f.casus(werker)
    from casus.services.betrokkenen import voeg_betrokkene_toe

    voeg_betrokkene_toe(ander, persoon, door=werker)
    voer_uit_met_twee(vol_dossier, werker, privacy, "vernietigen")
    assert Persoon.objects.get().volle_naam == persoon.volle_naam
    assert Betrokkene.objects.get(casus=ander).persoon == persoon


@pytest.mark.regel("RW-15.A2")
@pytest.mark.parametrize("uitvoering", ["verwijderen", "vernietigen"])
def test_elk_stuk_met_in_elk_tekstveld_een_proef(vol_dossier, werker, privacy, uitvoering):
    """Also models that no test knows by name: whatever text column a piece has, it does not survive."""
    from casus.bewaren.anonimiseren import blijvende_velden

    n = iter(range(5_000, 9_000))
    gevuld = 0
    import pgtrigger

    with pgtrigger.ignore(*wachters()):
        for model, pks in inhoud_van(vol_dossier).rijen.items():
            vrij = [
                v for v in model._meta.concrete_fields if _is_vrije_tekst(v) and v.name not in blijvende_velden(model)
            ]
            for pk in pks:
                for veld in vrij:
                    ruimte = veld.max_length or 100
                    if ruimte >= 16:
                        model.objects.filter(pk=pk).update(**{veld.name: proef(next(n))})
                        gevuld += 1
    assert gevuld > 15
    voer_uit_met_twee(vol_dossier, werker, privacy, uitvoering)
    assert PROEF not in dump()


def _is_vrije_tekst(veld: models.Field) -> bool:
    return (
        isinstance(veld, models.CharField | models.TextField)
        and not veld.choices
        and veld.name not in {"nummer", "opslagnaam"}
    )


def test_tweemaal_uitvoeren_doet_niets_meer(vol_dossier, werker, privacy):
    verwijdering = voer_uit_met_twee(vol_dossier, werker, privacy, "vernietigen")
    voor = dump()
    assert voer_verwijdering_uit(verwijdering.pk) == "niets te doen"
    assert dump() == voor


@pytest.mark.django_db(transaction=True)
def test_halverwege_afgebroken_is_er_niets_gebeurd_en_lukt_het_daarna(vol_dossier, werker, privacy, monkeypatch):
    from casus.bewaren.services import uitvoeren

    voorstel = stel_voor(vol_dossier, door=werker, uitvoering="verwijderen", wegreden="termijn")
    voorstel = voer_uit(voorstel, "stem_in", door=privacy)
    voor = len(dump())

    def knal(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(uitvoeren, "wis_sporen", knal)
        with pytest.raises(KeyboardInterrupt):
            voer_verwijdering_uit(voorstel.pk)
    assert len(dump()) == voor
    assert len(opslag()) == 1
    assert voer_verwijdering_uit(voorstel.pk) == "uitgevoerd"
    bezorg()
    assert PROEF not in dump()
    assert opslag() == []


@pytest.mark.regel("RW-15.V1")
def test_het_register_hoort_dat_deze_mensen_weg_zijn(vol_dossier, werker, privacy):
    persoon = Persoon.objects.get(betrokkenheden__casus=vol_dossier)
    voorstel = stel_voor(vol_dossier, door=werker, uitvoering="verwijderen", wegreden="termijn")
    voorstel = voer_uit(voorstel, "stem_in", door=privacy)
    Uitpost.objects.all().delete()
    voer_verwijdering_uit(voorstel.pk)
    assert Uitpost.objects.filter(soort="betrokkenheid", onderwerp=f"persoon:{persoon.pk}").count() == 1


@pytest.mark.regel("RW-15.V1")
def test_een_onterecht_geopende_casus_kan_ook_open_weg(werker, privacy):
    casus = f.casus(werker)
    f.betrokkene(casus, achternaam=PROEF)
    voer_uit_met_twee(casus, werker, privacy, "verwijderen", "onterecht", "Dubbel ingevoerd.")
    assert not Casus.objects.exists()
    assert PROEF not in dump()
    assert Logregel.objects.filter(soort="bewaren.verwijdering", casus=None).exists()


def test_wachters_zijn_namen_en_nooit_een_machine():
    namen = wachters()
    assert "casus.Logregel:rw_3_12_logboek_staat_vast" in namen
    assert "casus.HistoricalContact:historie_staat_vast" in namen
    assert not [naam for naam in namen if naam.endswith(("_machine", "rw_7_5_nooit_terug"))]


def test_elk_model_van_het_dossier_is_bereikbaar_of_hoort_bij_geen_casus():
    """A model that the walk does not reach would survive every erasure unseen."""
    from casus.doorloop import banden

    bereikt = {model for model, _ in banden()}
    over = {model._meta.label for model in dossiermodellen() if model not in bereikt}
    van_personen = {"casus.Persoon", "casus.Familieband", "casus.Samenvoeging"}
    assert over <= van_personen | {"register.Registratie", "register.Match", "register.Registermatch"}, over


def test_de_transactie_eindigt_met_kloppende_verwijzingen(vol_dossier, werker, privacy):
    voer_uit_met_twee(vol_dossier, werker, privacy, "vernietigen")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
