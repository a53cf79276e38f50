"""Conditions of the spine: what must be true before a case closes, a letter leaves or a person changes role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, voorwaarde
from vt_cvs.kern.vragen import Vraag

if TYPE_CHECKING:
    from casus.models import Betrokkene, Casus, Terugkoppeling

mag_sluiten: Vraag[Belemmering] = Vraag("casus sluiten")
"""Asked of every app that builds on the case: what still stands in the way of closing it?"""

mag_iemand_toevoegen: Vraag[Belemmering] = Vraag("iemand aan een casus toevoegen")
"""Asked with a Casus before a person is put in it: may it hold people at all (RW-6.2)?"""


noemt_iemand: Vraag[Belemmering] = Vraag("een tekst die niemand hoort te noemen")
"""Asked with (Casus, {field: text}) before a text is kept: in an advies nobody is written down (WVT-2)."""


@voorwaarde("RW-4.8")
def geen_open_stap(casus: Casus) -> Iterator[Belemmering]:
    for stap in casus.stappen.filter(geeindigd_op__isnull=True):
        soort = stap.get_soort_display()
        yield Belemmering(f"Rond eerst {soort} af.", link=casus.pad(), link_tekst=soort)


@voorwaarde("RW-4.8")
def geen_open_taak(casus: Casus) -> Iterator[Belemmering]:
    for taak in casus.taken.filter(stand="open", houdt_sluiten_tegen=True):
        yield Belemmering(f"Er staat nog open: {taak.titel}.", link=taak.pad, link_tekst=taak.titel)


@voorwaarde("RW-13.AF")
def casus_is_open(stuk: Any) -> Iterator[Belemmering]:
    if not stuk.dossier.is_open:
        yield Belemmering(
            "De casus is gesloten. Contacten en bijlagen kunnen er bij; een nieuw signaal wordt een nieuwe melding.",
            link="/melding/nieuw/",
            link_tekst="Nieuwe melding",
        )


@voorwaarde("RW-6.15")
def bericht_staat_klaar(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    from casus.ontvangers.adressaat import is_mailadres

    bericht = terugkoppeling.bericht
    if bericht is None:
        yield Belemmering("Schrijf eerst de mail of brief, of kies hoe het anders is gedaan.", veld="wijze")
    elif bericht.soort == "mail" and not bericht.adres:
        yield Belemmering("Vul het e-mailadres in, of kies brief of anders.", veld="adres")
    elif bericht.soort == "mail" and not is_mailadres(bericht.adres):
        yield Belemmering("Schrijf één mailadres als naam@organisatie.nl, of kies brief.", veld="adres")


@voorwaarde("RW-5.1")
def ontvanger_is_partij(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """A message goes to whoever it is for, at an address that is not somebody else's of this case."""
    from casus.ontvangers import verkeerde_ontvanger

    yield from verkeerde_ontvanger(terugkoppeling)


@voorwaarde("RW-5.1")
def noemt_alleen_de_eigen_melding(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """Whoever reported hears the number of their own report; no other number and no name of the case."""
    from casus.ontvangers import te_veel_voor_melder

    yield from te_veel_voor_melder(terugkoppeling)


@voorwaarde("RW-5.1")
def zegt_niets_over_een_ander(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """No BSN, secret address, birth date of another, nobody of another case, nothing of an anonymous melder."""
    from casus.ontvangers import over_een_ander

    yield from over_een_ander(terugkoppeling)


@voorwaarde("RW-7.13")
def adres_is_veilig(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """A secret or shared address and a child's post: sent only when someone wrote down why it can be."""
    from casus.ontvangers import gevaar_van_adres

    yield from gevaar_van_adres(terugkoppeling)


@voorwaarde("RW-7.5")
def niets_hangt_aan_betrokkene(betrokkene: Betrokkene) -> Iterator[Belemmering]:
    """Someone about whom something has been recorded is no mistake any more: nothing of it may vanish along."""
    for relatie in betrokkene._meta.get_fields(include_hidden=True):
        if not (relatie.one_to_many or relatie.one_to_one or relatie.many_to_many) or relatie.concrete:
            continue
        model = relatie.related_model
        if model is None or isinstance(model, str) or model.__name__.startswith("Historical"):
            continue
        if model._base_manager.filter(**{relatie.field.name: betrokkene}).exists():  # type: ignore[union-attr]
            yield Belemmering(
                f"Over deze persoon is al iets vastgelegd ({model._meta.verbose_name}); dat mag niet mee verdwijnen. "
                "Schrijf in een contact wat de vergissing is.",
                link=f"{betrokkene.dossier.pad()}vastleggen/contact/",
                link_tekst="Contact vastleggen",
            )


def eis_reden(reden: str, *, veld: str, regel: str = "RW-6.6", uitleg: str = "Vul de reden in.") -> None:
    """A step that asks for a reason refuses an empty one, by the rule's name."""
    if not reden.strip():
        raise RegelGeweigerd([Belemmering(uitleg, veld=veld, regel=REGELS[regel])])
