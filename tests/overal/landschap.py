"""One of everything, and for each named address of the site what must stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from casus.bewaren.models import Verwijdering
from casus.bewaren.services import stel_voor
from casus.informatie.services import vraag_informatie
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.services import open_verzoek
from casus.models import (
    Alarmering,
    Benadering,
    Betrokkene,
    Bijlage,
    Casus,
    Familieband,
    Informatieverzoek,
    Logregel,
    Processtap,
    Samenvoeging,
    Terugkoppeling,
)
from casus.models import Veiligheidsvoorwaarde as Voorwaarde
from casus.personen.banden import leg_band
from casus.personen.benaderen import kies_wie
from casus.personen.samenvoegen import Keuzes, voeg_samen
from casus.services import vastleggen
from casus.services.bijlagen import bewaar_bijlage
from casus.services.noodknop import open_met_noodknop
from diensten.models import VV, Keuze, Monitoren, Monitormoment, Onderzoekspunt, Overdracht
from melding.advies.models import Adviesafspraak
from melding.advies.rond import spreek_af
from melding.advies.services import begin_advies
from melding.meldingen.services.nti import leg_nti_vast
from melding.models import Melding, Signaal
from melding.services import wijzig_melder
from register.models import Registermatch, Registratie
from register.services.vaststellen import stel_vast
from tests import factories as f
from tests.register.gereedschap import directbetrokkene, laat_kiezen, registratie
from triage.models import VHT, Triagebesluit, VHTVersie
from triage.services import voeg_vorm_toe
from vt_cvs.kern.overgangen import Toestandsmodel, voer_uit
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.web.stappen import modellen

Plek = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Landschap:
    """A worker with everything a case can hold; `signaal` belongs to nobody's case yet."""

    werker: Medewerker
    teamleider: Medewerker
    privacy: Medewerker
    signaal: Signaal


def bouw() -> Landschap:
    """Several cases of one team, together holding a row of every kind that has an address."""
    werker = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")
    leider, privacy = f.collega(werker, Rol.TEAMLEIDER), f.medewerker(Rol.PRIVACYFUNCTIONARIS)
    casus = f.vv("lopend", door=werker).casus
    _vul(casus, werker)
    _gezin(casus, werker)
    open_met_noodknop(casus, "nachtdienst", door=f.buitenstaander())
    f.oz("lopend", door=werker)
    f.monitoren(door=werker)
    f.overdracht(door=werker)
    f.maatwerk(door=werker)
    f.besluit("voorgelegd", door=werker)
    _bij_de_vht(werker)
    verzoeker = f.betrokkene(casus, voornamen="Iris", geboortedatum=date(1980, 1, 1))
    voer_uit(open_verzoek(casus, verzoeker, door=werker), "begin_screening", door=werker)
    _gesloten(werker, leider)
    advies = begin_advies(None, door=werker)
    spreek_af(advies, door=werker, gesprek_op=timezone.now(), waar="op kantoor", client_erbij=True)
    return Landschap(werker, leider, privacy, f.signaal(personen=(f.aangeleverd(),)))


def _vul(casus: Casus, werker: Medewerker) -> None:
    f.betrokkene(casus, voornamen="Derde", rol=Betrokkene.Rol.DERDE)
    direct = directbetrokkene(casus)
    vastleggen.leg_contact_vast(casus, door=werker, met="oma", verslag="gesproken")
    vastleggen.leg_score_vast(direct, 6, door=werker)
    vastleggen.stel_voorwaarde(casus, "vader slaapt elders", door=werker)
    vastleggen.sla_alarm(casus, "agressie", door=werker)
    bewaar_bijlage(inhoud=b"een brief", naam="brief.txt", door=werker, casus=casus)
    vraag_informatie(
        casus,
        door=werker,
        aan="Basisschool De Linde",
        vraagtekst="Hoe gaat het in de klas?",
        doel="Weten of het kind veilig is.",
        informatiegrond="taak",
        verteld="vooraf",
        antwoord_uiterlijk=timezone.localdate(),
    )
    laat_kiezen()
    stel_vast(direct.persoon_id)
    Registermatch.objects.create(
        registratie=registratie(direct), organisatiecode="polderland", andere_organisatie="Polderland"
    )


def _gezin(casus: Casus, werker: Medewerker) -> None:
    """A mother and child, someone to approach, and two who proved to be one."""
    moeder, kind, dubbel = (f.betrokkene(casus, voornamen=naam) for naam in ("Marloes", "Sem", "Marloes"))
    leg_band(moeder, "ouder", kind, door=werker)
    voeg_samen(moeder.persoon, dubbel.persoon, Keuzes({}, "zelfde persoon"), door=werker)
    kies_wie(casus.stappen.get(soort="vv"), [moeder], door=werker, soort="benaderen")


def _bij_de_vht(werker: Medewerker) -> None:
    """A reporter who stays unknown, and what would give that away."""
    vht = f.vht(door=werker)
    voeg_vorm_toe(vht, door=werker, vorm="pg-psychisch")
    melding = vht.melding
    melder = melding.melder
    wijzig_melder(melder, door=werker, versie=melder.versie, anoniem=True)
    leg_nti_vast(Melding.objects.get(pk=melding.pk), "de buurvrouw", door=werker)


def _gesloten(werker: Medewerker, leider: Medewerker) -> None:
    casus = f.casus(werker)
    lang_geleden = timezone.now().replace(year=2005)
    Casus.objects.filter(pk=casus.pk).update(gestart_op=lang_geleden)
    Casus.objects.filter(pk=casus.pk).update(stand="gesloten", gesloten_op=lang_geleden)
    stel_voor(Casus.objects.get(pk=casus.pk), door=leider, uitvoering="vernietigen", wegreden="termijn")


def _per_casus() -> Iterator[Plek]:
    for casus in Casus.objects.order_by("pk"):
        yield {"nummer": casus.nummer}


def _rijen(rijen: Any, *, sleutel: str = "pk") -> Iterator[Plek]:
    for rij in rijen:
        yield {"nummer": rij.dossier.nummer, sleutel: rij.pk}


def _meldingen(rijen: Any = None) -> Iterator[Plek]:
    for melding in rijen if rijen is not None else Melding.objects.order_by("pk"):
        yield {"nummer": melding.casus.nummer, "meldingsnummer": melding.nummer}


def _banden() -> Iterator[Plek]:
    for band in Familieband.objects.all():
        for betrokkene in Betrokkene.objects.filter(persoon=band.persoon_id).select_related("casus"):
            if Betrokkene.objects.filter(casus=betrokkene.casus, persoon=band.ander_id).exists():
                yield {"nummer": betrokkene.casus.nummer, "pk": band.pk}


def _dubbelen() -> Iterator[Plek]:
    """Two people of one case, as if they might be one."""
    for betrokkene in Betrokkene.objects.filter(casus__soort="melding").select_related("casus"):
        ander = (
            Betrokkene.objects.filter(casus=betrokkene.casus, persoon__isnull=False).exclude(pk=betrokkene.pk).first()
        )
        if ander is not None:
            yield {"nummer": betrokkene.casus.nummer, "pk": betrokkene.pk, "ander": ander.persoon_id}


def _samenvoegingen() -> Iterator[Plek]:
    for rij in Samenvoeging.objects.filter(gesplitst_op=None):
        for betrokkene in Betrokkene.objects.filter(persoon=rij.blijver_id).select_related("casus"):
            yield {"nummer": betrokkene.casus.nummer, "pk": betrokkene.pk, "rij": rij.pk}


def _benaderingen() -> Iterator[Plek]:
    for rij in Benadering.objects.select_related("stap__casus"):
        yield {"nummer": rij.stap.casus.nummer, "pk": rij.pk}


def _te_informeren() -> Iterator[Plek]:
    for melding in Melding.objects.select_related("stap__casus"):
        for betrokkene in Betrokkene.objects.filter(casus=melding.casus, stand=Betrokkene.Rol.DIRECT)[:1]:
            yield {"nummer": melding.casus.nummer, "stap": melding.stap_id, "pk": betrokkene.pk}


def _adviesgesprekken() -> Iterator[Plek]:
    for gesprek in Adviesafspraak.objects.select_related("advies__stap__casus"):
        yield {"nummer": gesprek.advies.nummer, "pk": gesprek.pk}


def _diensten() -> Iterator[Plek]:
    soorten = {"vv", "oz", "overdracht", "monitoren", "maatwerk"}
    for stap in Processtap.objects.filter(soort__in=soorten).select_related("casus"):
        yield {"nummer": stap.casus.nummer, "stap_pk": stap.pk}


def _eigen_diensten() -> Iterator[Plek]:
    for stap in Processtap.objects.filter(soort__in={"vv", "oz"}).select_related("casus"):
        yield {"nummer": stap.casus.nummer, "stap_pk": stap.pk}


def _punten() -> Iterator[Plek]:
    for punt in Onderzoekspunt.objects.select_related("stap__casus"):
        yield {"nummer": punt.casus.nummer, "stap_pk": punt.stap_id, "pk": punt.pk}


def _momenten() -> Iterator[Plek]:
    for moment in Monitormoment.objects.select_related("stap__casus"):
        yield {"nummer": moment.stap.casus.nummer, "stap_pk": moment.stap_id, "pk": moment.pk}


def _dienststappen() -> Iterator[Plek]:
    for model in (VV, Overdracht, Monitoren):
        for dienst in model.objects.select_related("stap__casus"):
            for stap in dienst.mogelijke_stappen(dienst.casus.verantwoordelijke):
                yield {"nummer": dienst.casus.nummer, "stap_pk": dienst.stap_id, "stap": stap.naam}


def _registraties() -> Iterator[Plek]:
    for rij in Registratie.objects.all():
        for casus in rij.casussen():
            yield {"nummer": casus.nummer, "pk": rij.pk}


def _matches() -> Iterator[Plek]:
    for rij in Registermatch.objects.select_related("registratie"):
        for casus in rij.registratie.casussen():
            yield {"nummer": casus.nummer, "pk": rij.pk}


def _delen(**meer: int) -> Iterator[Plek]:
    for deel in Onderdeel.objects.order_by("pk")[:2]:
        yield {"pk": deel.verzoek_id, "deel": deel.pk, **meer}


def _stappen_van(model: Any, namen: tuple[str, ...]) -> Iterator[Plek]:
    for rij in model.objects.all():
        for naam in namen:
            yield {"pk": rij.pk, "naam": naam}


def _genomen_besluiten() -> Iterator[Plek]:
    for besluit in Triagebesluit.objects.filter(stand="genomen").select_related("vht__melding", "vht__stap__casus"):
        yield {"nummer": besluit.casus.nummer, "meldingsnummer": besluit.vht.melding.nummer}


def _vht_rijen() -> Iterator[Plek]:
    for vht in VHT.objects.select_related("melding"):
        yield {"nummer": vht.casus.nummer, "meldingsnummer": vht.melding.nummer, "welke": "A1"}


def _vht_versies() -> Iterator[Plek]:
    for versie in VHTVersie.objects.select_related("vht__stap__casus", "vht__melding"):
        vht = versie.vht
        yield {"nummer": vht.casus.nummer, "meldingsnummer": vht.melding.nummer, "versienummer": versie.nummer}


def _sleutels(model: Any) -> Iterator[Plek]:
    for rij in model.objects.all():
        yield {"pk": rij.pk}


def _noodknop() -> Iterator[Plek]:
    for rij in Logregel.objects.filter(wat="noodknop").select_related("casus"):
        yield {"nummer": rij.casus.nummer, "pk": rij.pk}


CASUSPAGINAS = [
    "casus",
    "betrokkenen",
    "gezinsblad",
    "nieuwe_betrokkene",
    "veiligheid",
    "contacten",
    "documenten",
    "logboek",
    "sluiten",
    "herstellen",
    "noodknop",
    "contact",
    "hoor",
    "score",
    "afspraak",
    "voorwaarde",
    "alarmering",
    "meldingen",
    "advies",
    "advies_afspraak",
    "advies_ondersteuning",
    "advies_toestemming",
    "informeren",
    "informatie",
    "informatie_vragen",
    "informatie_geven",
    "diensten",
    "nieuw_maatwerk",
    "nieuwe_overdracht",
    "register",
    "inzage:nieuw",
    "bewaren:dossier",
    "bewaren:bewaar",
    "bewaren:voorstel",
]
BETROKKENEN = [
    "persoon",
    "gegevens_nagekeken",
    "bevestig_bsn",
    "wordt_directbetrokkene",
    "verwijder_betrokkene",
    "huishouden",
    "zoek_dubbel",
    "brp",
    "brp_overnemen",
]
MELDINGEN = [
    "melding",
    "afhandelen",
    "nagekeken",
    "nti",
    "nti_weg",
    "nti_contact",
    "andere_regio",
    "vht",
    "triagebesluit",
    "triagebesluit_toen",
    "triagebesluit_terughalen",
    "triagebesluit_tekenen",
    "triagebesluit_bevestiger",
    "triagebesluit_aantekening",
    "keuze_openen",
]
SIGNALEN = ("signaal", "signaal_advies", "signaal_sluiten")

PLEKKEN: dict[str, Callable[[], Iterator[Plek]]] = {
    **dict.fromkeys(CASUSPAGINAS, _per_casus),
    **dict.fromkeys(BETROKKENEN, lambda: _rijen(Betrokkene.objects.select_related("casus"))),
    **dict.fromkeys(MELDINGEN, _meldingen),
    **dict.fromkeys(SIGNALEN, lambda: ({"nummer": s.nummer} for s in Signaal.objects.all())),
    "triagebesluit_toen": _genomen_besluiten,
    "herken_betrokkene": _per_casus,
    "nieuwe_band": _per_casus,
    "wijzig_band": _banden,
    "band_weg": _banden,
    "voeg_samen": _dubbelen,
    "splits": _samenvoegingen,
    "stap_mensen": lambda: _rijen(Processtap.objects.select_related("casus")),
    "geen_aandeel": lambda: _rijen(Processtap.objects.select_related("casus")),
    "benadering_gedaan": _benaderingen,
    "benadering_niet": _benaderingen,
    "bijlage": lambda: _rijen(Bijlage.objects.exclude(casus=None)),
    "toewijzen": lambda: _rijen(Processtap.objects.select_related("casus")),
    "noodknop_nakijken": _noodknop,
    "scherp_aan": lambda: _rijen(Voorwaarde.objects.all()),
    "beeindig_voorwaarde": lambda: _rijen(Voorwaarde.objects.all()),
    "beeindig_alarm": lambda: _rijen(Alarmering.objects.all()),
    "terugkoppeling": lambda: _rijen(Terugkoppeling.objects.all()),
    "brief": lambda: _rijen(Terugkoppeling.objects.all()),
    "brief_pdf": lambda: _rijen(Terugkoppeling.objects.all()),
    "advies_gesprek": _adviesgesprekken,
    "informeer": _te_informeren,
    "reactie": _te_informeren,
    "informeeruitstel": _te_informeren,
    "informatieverzoek": lambda: _rijen(Informatieverzoek.objects.select_related("casus")),
    "zonder_antwoord": lambda: _rijen(Informatieverzoek.objects.select_related("casus")),
    "vht_rij": _vht_rijen,
    "vht_versie": _vht_versies,
    "dienst": _diensten,
    "keuze_na_dienst": _diensten,
    "nieuw_punt": _eigen_diensten,
    "punt": _punten,
    "nieuw_moment": _diensten,
    "moment": _momenten,
    "verzet_moment": _momenten,
    "dienst_stap": _dienststappen,
    "keuze": lambda: _rijen(Keuze.objects.all()),
    "register_opnemen": _registraties,
    "register_niet": _registraties,
    "match_besproken": _matches,
    "inzage:screen": lambda: _sleutels(Inzageverzoek),
    "inzage:stap": lambda: _stappen_van(Inzageverzoek, ("rond_screening_af", "heropen", "verstrek", "wijs_af")),
    "inzage:oordeel": lambda: _sleutels(Inzageverzoek),
    "inzage:beoordeel": _delen,
    "inzage:lak": _delen,
    "inzage:plek": lambda: _delen(nummer=1),
    "inzage:voorbeeld": lambda: _sleutels(Inzageverzoek),
    "inzage:voortgang": lambda: _sleutels(Inzageverzoek),
    "inzage:document": lambda: _sleutels(Inzageverzoek),
    "bewaren:verwijdering": lambda: _sleutels(Verwijdering),
    "bewaren:stap": lambda: _stappen_van(Verwijdering, ("stem_in", "trek_in")),
}
ZONDER_DOSSIER = set(SIGNALEN)
"""Addresses of what is no case yet: for whoever takes up reports."""
BUITEN = ("account/", "beheer/", "api/v1/", "melden/")
"""Allauth and the admin bring their own, the API has its own table, the public form (for everyone) its own tests."""


def adressen() -> list[tuple[str, str]]:
    """(name, pattern) of every screen of ours."""
    return sorted(_loop(get_resolver().url_patterns, "", ""))


def alle_patronen() -> list[str]:
    """Every address there is, with the admin, the packages and the API."""
    return sorted(patroon for _, patroon in _loop(get_resolver().url_patterns, "", "", alles=True))


def _loop(patronen: Any, voor: str, ruimte: str, *, alles: bool = False) -> Iterator[tuple[str, str]]:
    for patroon in patronen:
        pad = f"{voor}{patroon.pattern}"
        if not alles and pad.startswith(BUITEN):
            continue
        if isinstance(patroon, URLResolver):
            naam = f"{patroon.namespace}:" if patroon.namespace else ""
            yield from _loop(patroon.url_patterns, pad, f"{ruimte}{naam}", alles=alles)
        elif isinstance(patroon, URLPattern):
            yield f"{ruimte}{patroon.name or ''}", pad


def lijsten() -> list[str]:
    """Names of the addresses that name no piece of a file: lists, new things, one's own pages."""
    return [naam for naam, patroon in adressen() if "<" not in patroon]


def dossieradressen() -> list[str]:
    return [naam for naam, patroon in adressen() if "<" in patroon]


def eerste_stukken() -> list[tuple[type[Toestandsmodel], str, int]]:
    """(model, number in the API, version) of one row of every machine that is in the API."""
    gevonden = []
    for model in modellen():
        rij: Any = model._default_manager.order_by("-pk").first()
        if rij is not None:
            van_melding = getattr(rij, "vht", rij) if model.__name__ in {"VHT", "Triagebesluit"} else None
            nummer = van_melding.melding.nummer if van_melding else getattr(rij, "nummer", rij.pk)
            gevonden.append((model, str(nummer), rij.versie))
    return gevonden
