"""What must be true before a signal leaves the desk, a report is dealt with, or its case closes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q

from melding.telbaar import ontbrekend
from vt_cvs.kern.regels import Belemmering, voorwaarde
from vt_cvs.kern.vragen import Vraag

if TYPE_CHECKING:
    from casus.models import Casus
    from melding.advies.models import Advies
    from melding.meldingen.models import Melding
    from melding.signalen.models import Signaal

mag_afhandelen: Vraag[Belemmering] = Vraag("melding afhandelen")
"""Asked with a Melding: which decision or dienst of this report has not ended yet?"""


@voorwaarde("RW-6.18")
def melding_staat_klaar(signaal: Signaal) -> Iterator[Belemmering]:
    """The number moves on to a real report: a signal never becomes a melding on paper only."""
    if not type(signaal).objects.filter(pk=signaal.pk, melding__isnull=False).exists():
        yield Belemmering("Neem eerst de melding aan.", link=signaal.pad(), link_tekst="Melding aannemen")


@voorwaarde("RW-6.2")
def kan_advies_zijn(signaal: Signaal) -> Iterator[Belemmering]:
    """What someone else sent in names people; turning it into advice would erase them on one person's word."""
    if signaal.is_digitaal:
        yield Belemmering(
            "Een aangeleverd bericht noemt personen en kan geen advies worden. Neem het aan als melding, of sluit het "
            "met een reden samen met een collega.",
            link=signaal.pad(),
            link_tekst="Melding aannemen",
        )


@voorwaarde("RW-6.2")
def advies_staat_klaar(signaal: Signaal) -> Iterator[Belemmering]:
    if not type(signaal).objects.filter(pk=signaal.pk, advies__isnull=False).exists():
        yield Belemmering("Begin eerst het advies.", link=signaal.pad(), link_tekst="Advies beginnen")


@voorwaarde("RW-6.6")
def sluiten_is_voorgesteld(signaal: Signaal) -> Iterator[Belemmering]:
    """Closed without a melding the sender hears nothing: someone wrote down why, a second person reads it."""
    if not signaal.reden_sluiten.strip():
        yield Belemmering("Stel eerst voor om te sluiten, met een reden.", veld="reden", link=signaal.pad())


@voorwaarde("RW-4.8")
def telbare_velden_van_melding(melding: Melding) -> Iterator[Belemmering]:
    yield from ontbrekend("melding_afhandelen", melding=melding)


@voorwaarde("RW-4.8")
def telbare_velden_van_advies(advies: Advies) -> Iterator[Belemmering]:
    yield from ontbrekend("advies_afsluiten", advies=advies)


@voorwaarde("RW-4.8")
def telbare_velden_van_casus(casus: Casus) -> Iterator[Belemmering]:
    yield from ontbrekend("casus_sluiten", casus=casus)


@voorwaarde("RW-6.15")
def terugkoppeling_is_gedaan(melding: Melding) -> Iterator[Belemmering]:
    """Every feedback on this report has been given, or someone wrote down why not."""
    from casus.models import Terugkoppeling

    open_ = Terugkoppeling.objects.filter(
        Q(stap=melding.stap_id) | Q(stap__casus=melding.stap.casus_id, meldingsnummer=melding.nummer),
        stand__in=["te_doen", "mislukt"],
    )
    for terugkoppeling in open_.select_related("stap__casus"):
        yield Belemmering(
            f"Geef de terugkoppeling {terugkoppeling.get_moment_display()}, of leg vast waarom niet.",
            link=terugkoppeling.pad(),
            link_tekst="Terugkoppeling",
        )


@voorwaarde("RW-6.15")
def terugkoppeling_in_casus_is_gedaan(casus: Casus) -> Iterator[Belemmering]:
    from casus.models import Terugkoppeling

    open_ = Terugkoppeling.objects.filter(stap__casus=casus, stand__in=["te_doen", "mislukt"])
    for terugkoppeling in open_.select_related("stap__casus"):
        over = f" over {terugkoppeling.meldingsnummer}" if terugkoppeling.meldingsnummer else ""
        yield Belemmering(
            f"Geef de terugkoppeling{over} {terugkoppeling.get_moment_display()}, of leg vast waarom niet.",
            link=terugkoppeling.pad(),
            link_tekst="Terugkoppeling",
        )
