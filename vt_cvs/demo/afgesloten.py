"""Cases that have closed, people who come back after that, and what they ask of their file."""

from __future__ import annotations

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.services import beoordeel, beslis_voorstel, open_verzoek
from casus.models import Veiligheidsvoorwaarde
from casus.services.casussen import sluit_casus
from casus.services.vastleggen import beeindig_voorwaarde
from melding.services import neem_melding_aan, opvoering_van
from vt_cvs.demo.binnenkomst import melding_aangenomen, melding_komt_binnen, telbare_velden_gevuld
from vt_cvs.demo.diensten.monitoren import vv_voortijdig_beeindigd
from vt_cvs.demo.diensten.stappen import (
    moment_gehouden,
    monitoring_van,
    overdracht_voorbereid,
    volledige_vv,
)
from vt_cvs.demo.triage.stappen import besluit_genomen, teruggekoppeld
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol
from vt_cvs.organisatie.selectors import medewerkers_met

# --- what happens -------------------------------------------------------------------------------------------------


def gesloten(v: Verhaal) -> None:
    with v.na(1) as door:
        sluit_casus(v.casus, door=door)


def gesloten_na_einde(v: Verhaal) -> None:
    v.begint(150, 500)
    melding_aangenomen(v)
    telbare_velden_gevuld(v)
    besluit_genomen(v, "einde")
    teruggekoppeld(v)
    gesloten(v)


def gesloten_na_overdracht(v: Verhaal) -> None:
    v.begint(90, 400)
    melding_aangenomen(v)
    telbare_velden_gevuld(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v)
    overdracht_voorbereid(v, "bied_aan", "accepteer", "draag_over")
    gesloten(v)


def gesloten_na_monitoren(v: Verhaal) -> None:
    """The whole chain: two moments held, stably safe, closed."""
    v.begint(560, 700)
    volledige_vv(v)
    moment_gehouden(v, 400)
    moment_gehouden(v, 130)
    with v.na(2) as door:
        for voorwaarde in Veiligheidsvoorwaarde.objects.filter(casus=v.casus, beeindigd_op=None):
            beeindig_voorwaarde(voorwaarde, door=door, motivering="Al een jaar gevolgd en niet meer nodig.")
        toelichting = "Alle gezinsleden en de school zeggen hetzelfde: het is veilig en het blijft veilig."
        voer_uit(monitoring_van(v), "stel_stabiel_veilig_vast", door=door, toelichting=toelichting)
    gesloten(v)


def gesloten_lang_geleden(v: Verhaal) -> None:
    """More than fifteen years: on the retention list, unless the youngest child is still a child."""
    v.begint(16 * 365, 18 * 365)
    melding_aangenomen(v)
    telbare_velden_gevuld(v)
    besluit_genomen(v, "einde")
    teruggekoppeld(v)
    gesloten(v)


def gesloten_na_voortijdig_einde(v: Verhaal) -> None:
    vv_voortijdig_beeindigd(v)
    telbare_velden_gevuld(v)
    teruggekoppeld(v, "niet")
    gesloten(v)


# --- who comes back ----------------------------------------------------------------------------------------------


def bekend_uit_een_eerdere_casus(v: Verhaal) -> None:
    """Known from a case that has closed: the new one points at it, and the people are the same."""
    gesloten_na_einde(v)
    eerder = v.casus
    bekend = [b.persoon for b in v.betrokkenen]
    v.dagen_geleden(2)
    signaal = melding_komt_binnen(v)
    with v.na(uren=2) as door:
        aangemeld = zip(signaal.personen.all(), bekend, strict=False)
        personen = [opvoering_van(a, persoon=persoon) for a, persoon in aangemeld]
        v.melding = neem_melding_aan(signaal, door=door, volgt_op=eerder, personen=personen)


# --- requests for access ------------------------------------------------------------------------------------------


def inzage_gevraagd(v: Verhaal) -> None:
    gesloten_na_overdracht(v)
    v.dagen_geleden(6)
    _verzoek(v)


def inzage_in_screening(v: Verhaal) -> None:
    gesloten_na_einde(v)
    v.dagen_geleden(20)
    verzoek = _verzoek(v)
    with v.na(2) as door:
        verzoek = voer_uit(verzoek, "begin_screening", door=door)
        _oordeel(list(verzoek.onderdelen.all())[:6], v)


def inzage_gescreend(v: Verhaal) -> None:
    """All of it judged; the second pair of eyes waits for the document, which the background makes."""
    gesloten_na_einde(v)
    v.dagen_geleden(15)
    verzoek = _verzoek(v)
    with v.na(3) as door:
        verzoek = voer_uit(verzoek, "begin_screening", door=door)
        _oordeel(list(verzoek.onderdelen.all()), v)
        voer_uit(verzoek, "rond_screening_af", door=door)


def inzage_afgewezen(v: Verhaal) -> None:
    gesloten_na_einde(v)
    v.dagen_geleden(40)
    verzoek = _verzoek(v)
    with v.na(4):
        functionaris = medewerkers_met(Rol.PRIVACYFUNCTIONARIS)[0]
        voer_uit(verzoek, "wijs_af", door=functionaris, grond="ingetrokken", reden="Belde dat het niet meer hoeft.")


def _verzoek(v: Verhaal) -> Inzageverzoek:
    with v.na(uren=1) as door:
        return open_verzoek(v.casus, v.betrokkenen[0], door=door, ontvangen_op=v.nu)


def _oordeel(onderdelen: list[Onderdeel], v: Verhaal) -> None:
    """What the system proposes to redact is redacted; the rest is shown."""
    for onderdeel in onderdelen:
        for nummer in range(1, len(onderdeel.lakplekken) + 1):
            onderdeel = beslis_voorstel(onderdeel, nummer, lakken=True, door=v.door)
        beoordeel(onderdeel, "lakken" if onderdeel.lakplekken else "tonen", door=v.door)


SITUATIES = [
    Situatie("bekend uit een eerdere casus", bekend_uit_een_eerdere_casus, 2),
    Situatie("gesloten na einde bemoeienis", gesloten_na_einde, 4),
    Situatie("gesloten na overdracht", gesloten_na_overdracht, 2),
    Situatie("gesloten na monitoren", gesloten_na_monitoren, 2),
    Situatie("gesloten lang geleden", gesloten_lang_geleden, 2),
    Situatie("gesloten na voortijdig einde", gesloten_na_voortijdig_einde, 1),
    Situatie("inzage gevraagd", inzage_gevraagd, 1),
    Situatie("inzage in screening", inzage_in_screening, 1),
    Situatie("inzage gescreend", inzage_gescreend, 1),
    Situatie("inzage afgewezen", inzage_afgewezen, 1),
]
