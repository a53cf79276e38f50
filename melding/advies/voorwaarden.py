"""What must be true of an advies: no people without consent, and a second look at a text that seems to name someone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from casus.models import Casus
from casus.tekstsporen import sporen
from vt_cvs.kern.regels import Belemmering, voorwaarde

if TYPE_CHECKING:
    from melding.advies.models import Advies

MELDING: dict[str, Any] = {"link": "/melding/nieuw/", "link_tekst": "Melding starten"}


@voorwaarde("RW-6.2")
def personen_met_toestemming(casus: Casus) -> Iterator[Belemmering]:
    """Asked before anyone is put in a case."""
    from melding.advies.models import Toestemming

    if casus.soort == Casus.Soort.ADVIES and not Toestemming.objects.filter(advies__stap__casus=casus).exists():
        yield Belemmering(
            "In een advies staan geen namen. Dat kan alleen als de adviesvrager er zelf bij betrokken is en "
            "toestemming geeft; leg die vast bij het advies. Is er meer aan de hand? Start dan een melding: de "
            "vrager vertelt opnieuw.",
            **MELDING,
        )


@voorwaarde("RW-6.2")
def vrager_is_zelf_betrokken(advies: Advies) -> Iterator[Belemmering]:
    """Only who is involved himself has anything to consent to."""
    if advies.vrager_is != "directbetrokkene":
        yield Belemmering(
            "Een professional of omstander kan geen toestemming geven voor een ander. Alleen wie er zelf bij "
            "betrokken is kan dat. Kies dat bij “Wie vraagt om advies”, of start een melding.",
            veld="vrager_is",
            **MELDING,
        )


KORTST = {"fictieve_naam": 4, "adviesvrager_naam": 4, "onderwerp": 16, "advies": 16}
"""From how many letters on a text is recognised in the confirmation; the database keeps the same."""


@voorwaarde("RW-5.2")
def zegt_alleen_het_nummer(vraag: tuple[Advies, str]) -> Iterator[Belemmering]:
    """The confirmation is a template: what stands in both is a word of the template, and then not sure."""
    advies, bericht = vraag
    for veld, kortst in KORTST.items():
        tekst = str(getattr(advies, veld))
        if len(tekst) >= kortst and tekst in bericht:
            naam = advies._meta.get_field(veld).verbose_name  # type: ignore[union-attr]
            yield Belemmering(
                f"De bevestiging noemt alleen het nummer, en hier staat iets uit “{naam}” in. Verander dat, "
                "of noem het nummer zelf.",
                veld=veld,
            )


@voorwaarde("RW-6.2")
def toestemming_blijft_waar(advies: Advies) -> Iterator[Belemmering]:
    if advies.vrager_is != "directbetrokkene" and advies.mag_personen:
        yield Belemmering("De adviesvrager gaf toestemming als directbetrokkene; dat blijft zo.", veld="vrager_is")


def lijkt_te_noemen(teksten: dict[str, str], eerder: dict[str, str]) -> Iterator[Belemmering]:
    """What looks like a person in these texts and was not there before: seen once is enough."""
    for veld, tekst in teksten.items():
        gezien = set(sporen(eerder.get(veld, "")))
        for wat, woorden in dict.fromkeys(sporen(tekst)):
            if (wat, woorden) not in gezien and not (veld == "fictieve_naam" and wat == "een naam"):
                yield Belemmering(
                    f"“{woorden}” lijkt op {wat}. Haal het weg, of schrijf op waarom het blijft.", veld=veld
                )


@voorwaarde("WVT-2")
def ook_elders_in_de_casus(vraag: tuple[Casus, dict[str, str]]) -> Iterator[Belemmering]:
    """Every text in the case of an advies gets the second look: contact, hoor/wederhoor, agreement, condition."""
    casus, teksten = vraag
    if casus.soort == Casus.Soort.ADVIES and any(personen_met_toestemming(casus)):
        yield from lijkt_te_noemen(teksten, {})


@voorwaarde("WVT-2")
def tekst_noemt_niemand(advies: Advies) -> Iterator[Belemmering]:
    """A warning before it is kept; with consent there is nothing to warn about."""
    from melding.advies.models import Advies as Model

    if advies.pk and advies.mag_personen:
        return
    velden = ("fictieve_naam", "onderwerp", "advies")
    oud = Model.objects.filter(pk=advies.pk).values(*velden).first() if advies.pk else None
    yield from lijkt_te_noemen({veld: str(getattr(advies, veld)) for veld in velden}, oud or {})
