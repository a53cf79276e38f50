"""Two persons who prove to be one, and two who prove to be two after all."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from casus.models import (
    Betrokkene,
    Casus,
    Contact,
    Familieband,
    Logregel,
    Persoon,
    Samenvoeging,
    Taak,
    Veiligheidsscore,
)
from casus.personen.banden import leg_band
from casus.personen.samenvoegen import Keuzes, casussen_van, mag_samenvoegen, voeg_samen
from casus.personen.splitsen import splits, wat_er_later_bij_kwam
from casus.services.betrokkenen import bevestig_bsn, voeg_betrokkene_toe, wijzig_persoon
from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from register.models import Registratie
from register.services.vaststellen import stel_vast
from tests import factories as f
from vt_cvs.kern.models import Toegang, Uitpost
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db
BSN_EEN, BSN_ANDER = "999900080", "999900134"


@pytest.fixture
def noor():
    return f.medewerker(naam="Noor Haddad")


@pytest.fixture
def paar(noor):
    """The same girl in two cases, written down twice."""
    een = f.betrokkene(f.casus(noor), voornamen="Fenna", achternaam="Terpstra", telefoon="06 0000 0001")
    ander = f.betrokkene(
        f.casus(noor), voornamen="Fena", achternaam="Terpstra", geboortedatum=date(2017, 6, 21), straat="Molenpad 9"
    )
    return een, ander


def keuzes(**uit: str) -> Keuzes:
    return Keuzes(uit, "zelfde school en moeder")


def mens(casus, *, rol=Betrokkene.Rol.DIRECT, aandeel="onbekend", relatie="", **velden) -> Betrokkene:
    wie = f.persoon(casus.verantwoordelijke, **velden)
    return voeg_betrokkene_toe(casus, wie, door=casus.verantwoordelijke, rol=rol, aandeel=aandeel, relatie=relatie)


def ingelogd(wie) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def stand(persoon: Persoon) -> dict:
    """Everything of a person that people can see, as it is now."""
    vers = Persoon.objects.get(pk=persoon.pk)
    niet = {"id", "versie", "zoeknaam", "zoeksleutels", "bsn_index", "opgegaan_in", "brp_nagegaan_op"}
    velden = {v.name: getattr(vers, v.name) for v in Persoon._meta.concrete_fields if v.name not in niet}
    betrokken = list(
        Betrokkene.objects.filter(persoon=vers).order_by("pk").values("id", "casus_id", "stand", "aandeel", "relatie")
    )
    banden = set(Familieband.objects.values_list("persoon_id", "soort", "ander_id"))
    return {**velden, "betrokken": betrokken, "banden": {b for b in banden if vers.pk in {b[0], b[2]}}}


# --- merging ----------------------------------------------------------------------------------------------------------


def test_wat_de_een_mist_komt_van_de_ander_en_wat_verschilt_wordt_gekozen(noor, paar):
    een, ander = paar
    with pytest.raises(RegelGeweigerd, match="voornamen"):
        voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="een"), door=noor)
    nu = Persoon.objects.get(pk=een.persoon_id)
    assert (nu.voornamen, nu.telefoon, nu.geboortedatum, nu.straat) == (
        "Fenna", "06 0000 0001", date(2017, 6, 21), "Molenpad 9",
    )  # fmt: skip
    assert {b.casus_id for b in Betrokkene.objects.filter(persoon=nu)} == {een.casus_id, ander.casus_id}
    assert Persoon.objects.get(pk=ander.persoon_id).opgegaan_in == nu


@pytest.mark.parametrize(
    ("veld", "links", "rechts"),
    [("bsn", BSN_EEN, BSN_ANDER), ("geboortedatum", date(2017, 6, 21), date(2017, 6, 12))],
)
def test_twee_bsn_s_of_geboortedata_zonder_keuze_houden_het_samenvoegen_tegen(noor, veld, links, rechts):
    een = f.betrokkene(f.casus(noor), **{veld: links})
    ander = f.betrokkene(f.casus(noor), **{veld: rechts})
    with pytest.raises(RegelGeweigerd) as weigering:
        voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    assert [b.veld for b in weigering.value.belemmeringen] == [veld]
    voeg_samen(een.persoon, ander.persoon, keuzes(**{veld: "ander"}), door=noor)
    assert getattr(Persoon.objects.get(pk=een.persoon_id), veld) == rechts


def test_zonder_reden_wordt_er_niets_samengevoegd(noor, paar):
    een, ander = paar
    with pytest.raises(RegelGeweigerd, match="reden"):
        voeg_samen(een.persoon, ander.persoon, Keuzes({"voornamen": "een"}, " "), door=noor)
    assert not Samenvoeging.objects.exists()
    assert Persoon.objects.get(pk=ander.persoon_id).opgegaan_in is None


def test_een_geheim_adres_blijft_geheim_welk_adres_er_ook_wordt_gekozen(noor):
    een = f.betrokkene(f.casus(noor), straat="Molenpad 9", adres_geheim=True)
    ander = f.betrokkene(f.casus(noor), straat="Lindedijk 1")
    voeg_samen(een.persoon, ander.persoon, keuzes(straat="ander"), door=noor)
    nu = Persoon.objects.get(pk=een.persoon_id)
    assert (nu.straat, nu.adres_geheim) == ("Lindedijk 1", True)


def test_in_een_gedeelde_casus_blijft_een_regel_met_alles_van_beiden(noor):
    casus = f.casus(noor)
    een = mens(casus, voornamen="Jelle", aandeel="vermoed_pleger")
    ander = mens(casus, voornamen="Jelle", aandeel="getuige", relatie="buurman")
    leg_score_vast(ander, 4, door=noor)
    alleen = leg_contact_vast(casus, door=noor, betrokkenen=[ander], verslag="sprak hem")
    beiden = leg_contact_vast(casus, door=noor, betrokkenen=[een, ander], verslag="sprak hen")
    voeg_samen(een.persoon, ander.persoon, keuzes(**{f"aandeel_{casus.pk}": "een"}), door=noor)
    [over] = Betrokkene.objects.filter(casus=casus)
    assert (over.persoon_id, over.aandeel, over.relatie) == (een.persoon_id, "vermoed_pleger", "buurman")
    assert Veiligheidsscore.objects.get().betrokkene == over
    assert [list(c.betrokkenen.all()) for c in (alleen, beiden)] == [[over], [over]]
    pagina = ingelogd(noor).get(f"{casus.pad()}betrokkenen/").content.decode()
    assert pagina.count(f'href="{casus.pad()}betrokkenen/{over.pk}/"') == 1
    assert f"betrokkenen/{ander.pk}/" not in pagina
    kop = '<span class="tel">1</span>'
    assert kop in pagina, "de tab telt wie te zien is"


@pytest.mark.regel("RW-7.5")
def test_wie_in_een_gedeelde_casus_directbetrokkene_was_blijft_dat(noor):
    casus = f.casus(noor)
    derde = f.betrokkene(casus, rol=Betrokkene.Rol.DERDE)
    direct = f.betrokkene(casus, rol=Betrokkene.Rol.DIRECT)
    voeg_samen(derde.persoon, direct.persoon, keuzes(), door=noor)
    [over] = Betrokkene.objects.filter(casus=casus)
    assert (over.pk, over.stand, over.persoon_id) == (direct.pk, "directbetrokkene", derde.persoon_id)


def test_wie_familie_is_van_elkaar_of_zo_van_zichzelf_zou_afstammen_wordt_niet_samengevoegd(noor):
    casus = f.casus(noor)
    moeder, kind, ander = (f.betrokkene(casus, voornamen=n) for n in ("Marloes", "Sem", "Marloes"))
    leg_band(moeder, "ouder", kind, door=noor)
    with pytest.raises(RegelGeweigerd, match="familie van elkaar"):
        voeg_samen(moeder.persoon, kind.persoon, keuzes(voornamen="een"), door=noor)
    leg_band(kind, "ouder", ander, door=noor)
    with pytest.raises(RegelGeweigerd, match="van zichzelf afstammen"):
        voeg_samen(moeder.persoon, ander.persoon, keuzes(), door=noor)


def test_familiebanden_gaan_mee_en_komen_niet_dubbel(noor):
    casus = f.casus(noor)
    een, ander, kind, man = (f.betrokkene(casus, voornamen=n) for n in ("M", "M", "Sem", "Jelle"))
    for ouder in (een, ander):
        leg_band(ouder, "ouder", kind, door=noor)
    leg_band(ander, "partner", man, door=noor)
    voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    banden = Familieband.objects.filter(persoon__opgegaan_in=None, ander__opgegaan_in=None)
    assert {(b.persoon_id, b.soort, b.ander_id) for b in banden} == {
        (een.persoon_id, "ouder", kind.persoon_id),
        (een.persoon_id, "partner", man.persoon_id),
    }


@pytest.mark.regel("WVT-3")
def test_iemand_uit_een_advies_gaat_nooit_in_een_melding_op(noor):
    advies = f.advies(noor).casus
    uit_advies = f.betrokkene(advies).persoon
    een = f.betrokkene(f.casus(noor))
    with pytest.raises(RegelGeweigerd, match="advies"):
        voeg_samen(een.persoon, uit_advies, keuzes(), door=noor)
    pad = f"{een.casus.pad()}betrokkenen/{een.pk}/dubbel/{uit_advies.pk}/"
    assert ingelogd(noor).get(pad).status_code == 404


# --- who may ----------------------------------------------------------------------------------------------------------


def test_samenvoegen_mag_wie_bij_beiden_betrokken_is_of_teamleider_is_van_een(noor):
    een = f.betrokkene(f.casus(noor))
    vreemd = f.buitenstaander(Rol.ACHTERKANT)
    ander = f.betrokkene(f.casus(vreemd))
    assert not mag_samenvoegen(noor, een.persoon, ander.persoon)
    assert not mag_samenvoegen(vreemd, een.persoon, ander.persoon)
    assert mag_samenvoegen(f.collega(noor, Rol.TEAMLEIDER), een.persoon, ander.persoon)
    assert not mag_samenvoegen(f.medewerker(Rol.TEAMLEIDER, van=f.team("Zuid")), een.persoon, ander.persoon)
    voeg_betrokkene_toe(f.casus(noor), ander.persoon, door=noor)
    assert mag_samenvoegen(noor, een.persoon, ander.persoon)
    with pytest.raises(NietToegestaan, match="betrokken"):
        voeg_samen(een.persoon, ander.persoon, keuzes(), door=vreemd)


def test_wie_alleen_in_afgeschermde_casussen_staat_wordt_nergens_getoond(noor, paar):
    een, ander = paar
    Casus.objects.filter(pk=ander.casus_id).update(afgeschermd=True)
    client, pad = ingelogd(noor), f"{een.casus.pad()}betrokkenen/{een.pk}/dubbel/"
    assert client.get(f"{pad}{ander.persoon_id}/").status_code == 404
    assert client.post(f"{pad}{ander.persoon_id}/", {"reden": "x"}).status_code == 404
    pagina = client.post(pad, {"zoek": "Fena Terpstra"}).content.decode()
    assert "21-06-2017" not in pagina
    assert f"dubbel/{ander.persoon_id}/" not in pagina
    with pytest.raises(NietToegestaan, match="afgeschermd"):
        voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="een"), door=noor)


def test_een_afgeschermde_casus_erbij_zegt_alleen_wie_te_bellen(noor, paar):
    een, ander = paar
    geheim = f.casus(f.collega(noor, naam="Sanne de Wit"))
    voeg_betrokkene_toe(geheim, ander.persoon, door=geheim.verantwoordelijke)
    Casus.objects.filter(pk=geheim.pk).update(afgeschermd=True)
    pagina = ingelogd(noor).get(f"{een.casus.pad()}betrokkenen/{een.pk}/dubbel/{ander.persoon_id}/").content.decode()
    assert "Vraag Sanne de Wit" in pagina
    assert geheim.nummer not in pagina


# --- what follows -----------------------------------------------------------------------------------------------------


def test_het_register_hoort_van_beiden_en_houdt_een_registratie_over(noor):
    een = f.betrokkene(f.casus(noor), bsn=BSN_EEN)
    ander = f.betrokkene(f.casus(noor))
    bevestig_bsn(een, door=noor)
    for betrokkene in (een, ander):
        stel_vast(betrokkene.persoon_id)
    Uitpost.objects.all().delete()
    voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    onderwerpen = set(Uitpost.objects.values_list("onderwerp", flat=True))
    assert {f"persoon:{een.persoon_id}", f"persoon:{ander.persoon_id}"} <= onderwerpen
    for betrokkene in (een, ander):
        stel_vast(betrokkene.persoon_id)
    assert Registratie.objects.get(persoon=een.persoon_id).stand == "te_versturen"
    assert Registratie.objects.get(persoon=ander.persoon_id).stand == "verwijderd"


def test_hetzelfde_nagekeken_bsn_twee_keer_trekt_het_register_niet_leeg(noor):
    een, ander = (f.betrokkene(f.casus(noor), bsn=BSN_EEN) for _ in range(2))
    for betrokkene in (een, ander):
        bevestig_bsn(betrokkene, door=noor)
        stel_vast(betrokkene.persoon_id)
    voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    for betrokkene in (een, ander):
        stel_vast(betrokkene.persoon_id)
    assert not Registratie.objects.filter(betrokkenheid="verwijderd").exclude(pseudoniem="").exists()
    assert Registratie.objects.get(persoon=een.persoon_id).betrokkenheid == "actief"


def test_het_staat_in_het_logboek_van_elke_casus_en_de_ander_hoort_het_in_mijn_werk(noor):
    sanne = f.collega(noor, naam="Sanne de Wit")
    een, ander = f.betrokkene(f.casus(noor)), f.betrokkene(f.casus(sanne))
    voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    for casus in casussen_van(een.persoon):
        regel = Logregel.objects.get(casus=casus, soort="casus.samenvoeging")
        assert (regel.door, regel.motivering) == (noor, "zelfde school en moeder")
    taak = Taak.objects.get(soort="samenvoeging")
    assert (taak.voor, taak.casus_id) == (sanne, ander.casus_id)
    client = ingelogd(sanne)
    assert client.get(taak.pad).status_code == 200
    assert client.post(f"{taak.pad}nagekeken/", {"reden": "klopt"}).status_code == 302
    assert Taak.objects.get(pk=taak.pk).stand == "gedaan"


def test_wie_een_opgegane_persoon_toevoegt_krijgt_de_persoon_die_er_nu_is(noor, paar):
    een, ander = paar
    voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="een"), door=noor)
    erbij = voeg_betrokkene_toe(f.casus(noor), Persoon.objects.get(pk=ander.persoon_id), door=noor)
    assert erbij.persoon_id == een.persoon_id
    with pytest.raises(DatabaseError, match="persoon_opgegaan"), transaction.atomic():
        Betrokkene(casus=f.casus(noor), persoon_id=ander.persoon_id).save_base(raw=True)
    with pytest.raises(DatabaseError, match="persoon_opgegaan_staat_vast|Cannot update"), transaction.atomic():
        Persoon.objects.filter(pk=ander.persoon_id).update(voornamen="Anders")


def test_een_oude_link_naar_wie_uit_beeld_ging_komt_bij_wie_er_nu_staat(noor):
    casus = f.casus(noor)
    een, ander = (f.betrokkene(casus, voornamen="Jelle") for _ in range(2))
    voeg_samen(een.persoon, ander.persoon, keuzes(), door=noor)
    antwoord = ingelogd(noor).get(f"{casus.pad()}betrokkenen/{ander.pk}/")
    assert antwoord.status_code == 200
    assert f"betrokkenen/{een.pk}/huishouden/" in antwoord.content.decode()


# --- on screen --------------------------------------------------------------------------------------------------------


def test_zoeken_naast_elkaar_kiezen_en_samenvoegen_op_het_scherm(noor, paar):
    een, ander = paar
    client, pad = ingelogd(noor), f"{een.casus.pad()}betrokkenen/{een.pk}/dubbel/"
    assert f"dubbel/{ander.persoon_id}/" in client.get(pad).content.decode()
    naast = client.get(f"{pad}{ander.persoon_id}/").content.decode()
    for tekst in ("Fenna", "Fena", ander.casus.nummer, "kies hieronder", "Molenpad 9"):
        assert tekst in naast
    versies = {"versie_een": een.persoon.versie, "versie_ander": ander.persoon.versie}
    leeg = client.post(f"{pad}{ander.persoon_id}/", versies)
    assert leeg.status_code == 422
    assert "Kies welk gegeven klopt" in leeg.content.decode()
    goed = client.post(f"{pad}{ander.persoon_id}/", {**versies, "voornamen": "een", "reden": "zelfde kind"})
    assert goed.status_code == 302
    assert Samenvoeging.objects.get().reden == "zelfde kind"
    assert Toegang.objects.filter(persoon_id=ander.persoon_id, grond__startswith="vergelijken").exists()


def test_een_geheim_adres_staat_niet_in_de_vergelijking(noor, paar):
    een, ander = paar
    wijzig_persoon(ander, door=noor, adres_geheim=True)
    pagina = ingelogd(noor).get(f"{een.casus.pad()}betrokkenen/{een.pk}/dubbel/{ander.persoon_id}/").content.decode()
    assert "geheim adres" in pagina
    assert "Molenpad" not in pagina


def test_wie_intussen_is_gewijzigd_wordt_opnieuw_getoond_en_er_gaat_niets_verloren(noor, paar):
    een, ander = paar
    client, pad = ingelogd(noor), f"{een.casus.pad()}betrokkenen/{een.pk}/dubbel/{ander.persoon_id}/"
    gegevens = {"versie_een": 1, "versie_ander": 1, "voornamen": "een", "reden": "zelfde kind"}
    wijzig_persoon(ander, door=noor, telefoon="06 0000 0009")
    antwoord = client.post(pad, gegevens)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "intussen gewijzigd" in pagina
    assert "06 0000 0009" in pagina
    assert "zelfde kind" in pagina
    assert not Samenvoeging.objects.exists()


# --- splitting --------------------------------------------------------------------------------------------------------


def test_splitsen_geeft_elk_precies_terug_wat_hij_had(noor):
    casus, elders = f.casus(noor), f.casus(noor)
    een = mens(casus, voornamen="Jelle", bsn=BSN_EEN, aandeel="vermoed_pleger")
    ander = mens(casus, voornamen="Jel", bsn=BSN_ANDER, straat="Molenpad 9", adres_geheim=True, relatie="buurman")
    kind, man = f.betrokkene(casus, voornamen="Sem"), f.betrokkene(casus, voornamen="Piet")
    leg_band(een, "ouder", kind, door=noor)
    leg_band(ander, "ouder", kind, door=noor)
    leg_band(ander, "broer_zus", man, door=noor)
    voeg_betrokkene_toe(elders, ander.persoon, door=noor)
    score = leg_score_vast(ander, 3, door=noor)
    contact = leg_contact_vast(casus, door=noor, betrokkenen=[een, ander], verslag="sprak hen")
    voor = stand(een.persoon), stand(ander.persoon)
    rij = voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="ander", bsn="ander"), door=noor)
    assert wat_er_later_bij_kwam(rij) == []
    splits(rij, {}, door=noor, reden="toch twee")
    assert (stand(een.persoon), stand(ander.persoon)) == voor
    assert Veiligheidsscore.objects.get(pk=score.pk).betrokkene_id == ander.pk
    assert {b.pk for b in Contact.objects.get(pk=contact.pk).betrokkenen.all()} == {een.pk, ander.pk}
    assert Samenvoeging.objects.get(pk=rij.pk).gesplitst_door == noor


@pytest.mark.regel("RW-7.5")
def test_splitsen_geeft_ook_de_rollen_terug_die_elk_had(noor):
    casus = f.casus(noor)
    derde, direct = f.betrokkene(casus, rol=Betrokkene.Rol.DERDE), f.betrokkene(casus)
    voor = stand(derde.persoon), stand(direct.persoon)
    rij = voeg_samen(derde.persoon, direct.persoon, keuzes(), door=noor)
    splits(rij, {}, door=noor, reden="toch twee")
    assert (stand(derde.persoon), stand(direct.persoon)) == voor


def test_wat_later_is_gewijzigd_of_erbij_kwam_staat_er_en_gaat_naar_wie_men_kiest(noor):
    casus = f.casus(noor)
    een = f.betrokkene(casus, voornamen="Fenna", telefoon="06 0000 0001")
    ander = f.betrokkene(casus, voornamen="Fena", straat="Molenpad 9")
    rij = voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="een"), door=noor)
    een = Betrokkene.objects.get(pk=een.pk)
    wijzig_persoon(een, door=noor, telefoon="06 0000 0002", straat="Lindedijk 1")
    nieuw = voeg_betrokkene_toe(f.casus(noor), een.persoon, door=noor)
    score = leg_score_vast(een, 7, door=noor)
    band = leg_band(een, "ouder", f.betrokkene(casus, voornamen="Sem"), door=noor)
    rij = Samenvoeging.objects.get(pk=rij.pk)
    sleutels = {deel.sleutel for deel in wat_er_later_bij_kwam(rij)}
    assert sleutels == {
        "veld_telefoon", "veld_straat", f"casus_{nieuw.pk}", f"later_{een.pk}", f"band_{band.pk}",
    }  # fmt: skip
    with pytest.raises(RegelGeweigerd) as weigering:
        splits(rij, {}, door=noor, reden="toch twee")
    assert {b.veld for b in weigering.value.belemmeringen} == sleutels
    kies = dict.fromkeys(sleutels, "ander") | {"veld_telefoon": "een"}
    splits(rij, kies, door=noor, reden="toch twee")
    eerste, tweede = (Persoon.objects.get(pk=b.persoon_id) for b in (een, ander))
    assert (eerste.telefoon, eerste.straat) == ("06 0000 0002", "")
    assert (tweede.telefoon, tweede.straat, tweede.voornamen) == ("", "Lindedijk 1", "Fena")
    assert Betrokkene.objects.get(pk=nieuw.pk).persoon == tweede
    assert Veiligheidsscore.objects.get(pk=score.pk).betrokkene_id == ander.pk
    assert Familieband.objects.get(pk=band.pk).persoon == tweede


def test_ook_na_twee_keer_samenvoegen_krijgt_elk_het_zijne_terug(noor):
    mensen = [mens(f.casus(noor), voornamen="Jelle", relatie=r) for r in ("een", "twee", "drie")]
    voor = [stand(m.persoon) for m in mensen]
    een, twee, drie = (m.persoon for m in mensen)
    eerste = voeg_samen(een, twee, keuzes(), door=noor)
    tweede = voeg_samen(drie, Persoon.objects.get(pk=een.pk), keuzes(), door=noor)
    with pytest.raises(RegelGeweigerd, match="Splits dat eerst"):
        splits(eerste, {}, door=noor, reden="x")
    splits(tweede, {}, door=noor, reden="x")
    splits(Samenvoeging.objects.get(pk=eerste.pk), {}, door=noor, reden="x")
    assert [stand(p) for p in (een, twee, drie)] == voor


def test_splitsen_op_het_scherm_toont_wat_later_kwam_en_kan_maar_een_keer(noor, paar):
    een, ander = paar
    rij = voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="een"), door=noor)
    wijzig_persoon(Betrokkene.objects.get(pk=een.pk), door=noor, telefoon="06 0000 0002")
    client, pad = ingelogd(noor), f"{een.casus.pad()}betrokkenen/{een.pk}/splitsen/{rij.pk}/"
    assert "Weer splitsen" in client.get(f"{een.casus.pad()}betrokkenen/{een.pk}/").content.decode()
    pagina = client.get(pad).content.decode()
    assert "06 0000 0002" in pagina
    versie = Persoon.objects.get(pk=een.persoon_id).versie
    assert client.post(pad, {"versie": versie, "reden": "toch twee"}).status_code == 422
    oud = client.post(pad, {"versie": 1, "reden": "toch twee", "veld_telefoon": "een"})
    assert oud.status_code == 422
    assert client.post(pad, {"versie": versie, "reden": "toch twee", "veld_telefoon": "een"}).status_code == 302
    assert client.get(pad).status_code == 404


def test_alles_houdt_zijn_geschiedenis(noor, paar):
    een, ander = paar
    rij = voeg_samen(een.persoon, ander.persoon, keuzes(voornamen="een"), door=noor)
    for stuk in (een.persoon, ander.persoon, Betrokkene._base_manager.get(pk=ander.pk)):
        laatste = stuk.history.latest("history_id")
        assert (laatste.history_user, laatste.history_change_reason) == (noor, "samengevoegd")
    splits(rij, {}, door=noor, reden="toch twee")
    assert Persoon.objects.get(pk=een.persoon_id).history.latest("history_id").history_change_reason == "gesplitst"
    assert rij.samengevoegd_op <= timezone.now()
