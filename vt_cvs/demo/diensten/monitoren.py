"""After V&V: monitoring that runs, waits too long or gives way to a new case."""

from __future__ import annotations

from melding.services import neem_melding_aan, opvoering_van
from vt_cvs.demo.binnenkomst import (
    melding_komt_binnen,
)
from vt_cvs.demo.diensten.stappen import (
    moment_gehouden,
    tot_de_keuze,
    volledige_vv,
    vv_afgerond,
    vv_opgepakt,
    vv_van,
)
from vt_cvs.demo.triage.stappen import (
    besluit_genomen,
)
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.overgangen import voer_uit


def monitoren_begonnen(v: Verhaal) -> None:
    v.begint(75, 130)
    volledige_vv(v)


def monitoren_eerste_moment_te_laat(v: Verhaal) -> None:
    """Three months have passed, and nobody has looked."""
    v.begint(165, 185)
    volledige_vv(v)


def monitoren_na_eerste_moment(v: Verhaal) -> None:
    v.begint(200, 300)
    volledige_vv(v)
    moment_gehouden(v, 60)


def terugkoppeling_aan_het_einde_te_doen(v: Verhaal) -> None:
    v.begint(70, 80)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    vv_afgerond(v)


def vv_voortijdig_beeindigd(v: Verhaal) -> None:
    """The family left and nobody knows where to."""
    v.begint(40, 55)
    tot_de_keuze(v, vv=True)
    with v.na(12) as door:
        voer_uit(
            vv_van(v), "beeindig_voortijdig", door=door, reden_voortijdig="vertrokken", toelichting="Huis staat leeg."
        )


def oude_casus_opgevolgd(v: Verhaal) -> None:
    """A case from before 2019 that was still being monitored gives way to the case of a new report."""
    jaren = v.regie.nu.year - 2018
    v.begint(jaren * 365 + 120, jaren * 365 + 150)
    volledige_vv(v)
    oud = v.casus
    bekend = {b.persoon.voornamen: b.persoon for b in v.betrokkenen if b.persoon}
    v.dagen_geleden(9)
    signaal = melding_komt_binnen(v)
    with v.na(uren=3) as door:
        personen = [opvoering_van(a, persoon=bekend.get(a.voornamen)) for a in signaal.personen.all()]
        v.melding = neem_melding_aan(signaal, door=door, casus=oud, personen=personen)
    besluit_genomen(v)


SITUATIES = [
    Situatie("monitoren begonnen", monitoren_begonnen, 7),
    Situatie("monitoren, eerste moment te laat", monitoren_eerste_moment_te_laat, 2),
    Situatie("monitoren na het eerste moment", monitoren_na_eerste_moment, 3),
    Situatie("terugkoppeling aan het einde te doen", terugkoppeling_aan_het_einde_te_doen, 2),
    Situatie("V&V voortijdig beëindigd", vv_voortijdig_beeindigd, 1),
    Situatie("oude casus opgevolgd", oude_casus_opgevolgd, 1),
]
