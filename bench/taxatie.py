"""The VHT page and saving one answer, in a case with 30 facts and five earlier VHTs, each beside its floor."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import vloer, vragen, web, wsgi
from bench.uitslag import Meting, samengevat, tabel
from casus.services.betrokkenen import maak_persoon, voeg_betrokkene_toe
from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from melding.services import neem_melding_aan
from triage.models import VHT
from triage.services import beantwoord, voeg_vorm_toe
from vt_cvs.organisatie.models import Medewerker, Rol, Team

FEITEN, EERDER, CONTACTEN = 30, 5, 8
GRENS_BLADZIJDE, GRENS_BEWAREN = 40.0, 35.0  # milliseconds
VORMEN = ("pg-lichamelijk", "pg-psychisch", "km-getuige", "km-lichamelijk", "ouderen")
TEKST = (
    "De buurvrouw belde de politie. Wij hoorden geschreeuw in de woning. De vrouw had een rode plek op haar wang. "
    "De kinderen zaten boven op de trap. De man was dronken."
)
CSRF = "b" * 32  # what the browser keeps is what it sends along; any value will do
HTMX = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
BLADZIJDE = (
    """SELECT * FROM triage_triagebesluit b JOIN triage_vht v ON v.id = b.vht_id
         JOIN melding_melding m ON m.id = v.melding_id
        WHERE v.id = %(vht)s""",
    "SELECT * FROM triage_antwoord WHERE vht_id = %(vht)s ORDER BY id",
    "SELECT f.*, g.vorm FROM triage_feit f JOIN triage_geweldsvorm g ON g.id = f.vorm_id WHERE f.vht_id = %(vht)s",
    """SELECT v.id, a.* FROM triage_vht v JOIN casus_processtap p ON p.id = v.stap_id
         JOIN triage_antwoord a ON a.vht_id = v.id WHERE p.casus_id = %(casus)s""",
    """SELECT m.* FROM melding_melding m JOIN casus_processtap p ON p.id = m.stap_id WHERE p.casus_id = %(casus)s""",
    "SELECT * FROM casus_contact WHERE casus_id = %(casus)s ORDER BY op DESC",
)
BEWAREN = (
    "SELECT * FROM triage_antwoord WHERE vht_id = %(vht)s ORDER BY id",
    "UPDATE triage_antwoord SET bron = bron WHERE vht_id = %(vht)s AND vraag = 'C1' RETURNING id",
)


@dataclass(slots=True)
class Taxaties:
    """What was measured, and how many questions each asks the database."""

    omstandigheden: dict[str, str]
    metingen: list[Meting] = field(default_factory=list)
    vragen: dict[str, int] = field(default_factory=dict)

    def als_dict(self) -> dict[str, Any]:
        return asdict(self) | {"metingen": [asdict(m) | {"keer": m.keer, "oordeel": m.oordeel} for m in self.metingen]}

    def regels(self) -> Iterator[str]:
        yield f"VHT met {FEITEN} feiten en {EERDER} eerdere; " + ", ".join(
            f"{k} {v}" for k, v in self.omstandigheden.items()
        )
        yield ""
        kop = ["bladzijde", "mediaan", "p95", "vloer", "keer", "grens", "vragen", ""]
        yield from tabel(kop, [self._rij(meting) for meting in self.metingen])

    def _rij(self, m: Meting) -> list[str]:
        getallen = [f"{getal:.1f}".replace(".", ",") for getal in (m.mediaan, m.p95, m.vloer, m.keer, m.grens)]
        return [m.naam, *getallen, str(self.vragen[m.naam]), m.oordeel]


def meet_taxaties(omstandigheden: dict[str, str], *, keer: int) -> Taxaties:
    call_command("migrate", verbosity=0)
    wie = _medewerker()
    vht = vul(wie)
    uitslag = Taxaties(omstandigheden)
    django = vragen.ingelogd(wie)
    uitslag.vragen["VHT openen"] = len(vragen.vragen_van(django, vht.pad()))
    with web.draaiend() as draait, vloer.verbinding() as db:
        klant = web.Klant(draait.poort, web.sessie(wie))
        waarden = {"vht": vht.pk, "casus": vht.casus.pk}
        bewaar = Bewaarder(klant, vht)
        uitslag.metingen.append(
            _meet("VHT openen", lambda: klant.tijd(vht.pad()), klant, db, BLADZIJDE, waarden, GRENS_BLADZIJDE, keer)
        )
        uitslag.metingen.append(
            _meet("Antwoord bewaren", bewaar.tijd, klant, db, BEWAREN, waarden, GRENS_BEWAREN, keer)
        )
        uitslag.vragen["Antwoord bewaren"] = bewaar.vragen(django)
    return uitslag


def _medewerker() -> Medewerker:
    team, _ = Team.objects.get_or_create(naam="Bench")
    wie = Medewerker(email="vht@bench.test", naam="Vera Bench", team=team, rollen=[Rol.VOORKANT, Rol.ACHTERKANT])
    wie.save()
    return wie


def vul(wie: Medewerker) -> VHT:
    """Through the services, so the rows are what the product leaves: six meldingen in one case."""
    vht = _melding(wie)
    casus = vht.casus
    for naam in ("Fenna", "Rik", "Mila"):
        persoon = maak_persoon(door=wie, voornamen=naam, achternaam="Brouwers")
        leg_score_vast(voeg_betrokkene_toe(casus, persoon, door=wie), 4, door=wie)
    for nummer in range(CONTACTEN):
        leg_contact_vast(casus, door=wie, met="Fenna", verslag=f"Gesprek {nummer}. Zij durft niet. Hij drinkt.")
    for antwoord in vht.antwoorden.all():
        ja = antwoord.vraag in {"B1", "B3"}
        beantwoord(antwoord, door=wie, waarde=ja, feit="Derde melding." if ja else "", bron="politie" if ja else "")
    for nummer in range(FEITEN):
        voeg_vorm_toe(vht, door=wie, vorm=VORMEN[nummer % 5], feit=f"Feit {nummer}, zo gezien.", bron="politie")
    for _ in range(EERDER):
        vht = _melding(wie, casus=casus)
    return vht


def _melding(wie: Medewerker, **velden: Any) -> VHT:
    melder = {"soort": "politie", "naam": "Politie Merenland"}
    return VHT.objects.get(melding=neem_melding_aan(None, door=wie, situatie=TEKST, melder=melder, **velden))


class Bewaarder:
    """Answers one question again and again, with the version that the last answer gave back."""

    def __init__(self, klant: web.Klant, vht: VHT) -> None:
        self.klant, self.vht = klant, vht
        self.pad = f"{vht.pad()}rij/C1/"
        self.versie, self.ja = vht.antwoorden.get(vraag="C1").versie, False
        self.kop = {**HTMX, "Cookie": f"{klant.kop['Cookie']}; {settings.CSRF_COOKIE_NAME}={CSRF}"}

    def _gegevens(self) -> dict[str, Any]:
        self.ja = not self.ja
        waarde = "ja" if self.ja else "nee"
        return {"C1-waarde": waarde, "C1-feit": "", "C1-bron": "", "C1-versie": self.versie}

    def tijd(self) -> float:
        inhoud = urlencode(self._gegevens())
        begin = time.perf_counter()
        antwoord = self.klant.stuur(self.pad, inhoud, self.kop)
        duur = (time.perf_counter() - begin) * 1000
        self.versie += 1
        if f'name="C1-versie" value="{self.versie}"' not in antwoord:
            raise RuntimeError("Het antwoord is niet bewaard.")
        return duur

    def vragen(self, django: Any) -> int:
        with CaptureQueriesContext(connection) as gevangen:
            antwoord = django.post(self.pad, self._gegevens(), headers={"HX-Request": "true"})
        assert antwoord.status_code == 200
        return len(gevangen.captured_queries)


def _meet(
    naam: str,
    vraag: Any,
    klant: web.Klant,
    db: Any,
    kaal: tuple[str, ...],
    waarden: Mapping[str, object],
    grens: float,
    keer: int,
) -> Meting:
    """Page and floor in turn; the first ones warm up and do not count."""
    tijden: list[float] = []
    vloeren: list[float] = []
    for nummer in range(keer + (warm := max(keer // 10, 1))):
        tijd = vraag()
        bodem = klant.tijd(wsgi.VLOER) + vloer.tijd(db, kaal, waarden)
        if nummer >= warm:
            tijden.append(tijd)
            vloeren.append(bodem)
    return samengevat(naam, tijden, vloeren, grens=grens)
