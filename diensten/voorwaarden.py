"""Conditions of the choice and the services, and what they still ask before a report or a case is done with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casus.ontvangers.plekken import geheim_adres_in
from casus.voorwaarden import casus_is_open, eis_reden
from diensten.telbaar import ontbrekend
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel, voorwaarde

if TYPE_CHECKING:
    from casus.models import Casus
    from diensten.models import OZ, Dienst, EigenDienst, Keuze, Monitoren, Monitormoment, Onderzoekspunt, Overdracht
    from melding.models import Melding

__all__ = ["casus_is_open", "eis_reden"]


def eis_loopt(dienst: Dienst) -> None:
    """Asked under lock: a service that has ended stays as it was."""
    dienst.slot()
    vers = type(dienst)._base_manager.get(pk=dienst.pk)
    if vers.is_geeindigd:
        raise StapKanNiet(f"{vers.naam} is {vers.get_stand_display().lower()} en verandert niet meer.")  # type: ignore[attr-defined]


def eis_niet_vervallen(moment: Monitormoment) -> None:
    moment.slot()
    if type(moment)._base_manager.get(pk=moment.pk).vervallen_op is not None:
        raise StapKanNiet("Dit monitormoment is vervallen. Leg een contact vast als je nog iets hoort.")


def eis_niet_vervallen_punt(punt: Onderzoekspunt) -> None:
    punt.slot()
    if type(punt)._base_manager.get(pk=punt.pk).vervallen_op is not None:
        raise StapKanNiet(f"{punt} is vervallen en verandert niet meer. Voeg zo nodig een nieuwe toe.")


@regel("RW-9.14")
def eis_geen_standaardvraag(punt: Onderzoekspunt) -> None:
    if punt.standaard:
        uitleg = "Deze vraag hoort bij elk onderzoek en kan niet weg. Is hij beantwoord? Schrijf dat bij de bevinding."
        raise RegelGeweigerd([Belemmering(uitleg, veld="bevinding", regel=REGELS["RW-9.14"])])


def eis_nog_te_houden(moment: Monitormoment) -> None:
    eis_niet_vervallen(moment)
    if type(moment)._base_manager.get(pk=moment.pk).gehouden_op is not None:
        raise StapKanNiet(
            "Dit monitormoment is al gehouden. Voeg een nieuw moment toe als je nog een keer wilt kijken."
        )


# --- the choice -------------------------------------------------------------------------------------------------


@voorwaarde("RW-8.18")
def keuze_na_conclusie_en_contact(keuze: Keuze) -> Iterator[Belemmering]:
    """Earlier is possible with a motivation; conclusion and contact each say so."""
    from diensten.selectors import conclusie_staat_vast, eerste_contact

    if keuze.vht is not None and not conclusie_staat_vast(keuze.vht):
        yield Belemmering("De VHT heeft nog geen eindconclusie.", link=keuze.vht.pad(), link_tekst="VHT openen")
    if eerste_contact(keuze) is None:
        yield Belemmering(
            "Er is nog geen contact geweest met een directbetrokkene.",
            link=f"{keuze.casus.pad()}contacten/",
            link_tekst="Contacten",
        )


@voorwaarde("RW-9.1")
def keuze_na_besluit_bij_vt(keuze: Keuze) -> Iterator[Belemmering]:
    """After another triagebesluit the choice does not stand ready; opening it asks why (scenario 2)."""
    from diensten.selectors import besluit_van

    if keuze.na_een_dienst or keuze.vht is None:
        return
    besluit = besluit_van(keuze.vht)
    if besluit is None:
        yield Belemmering("Er is nog geen triagebesluit.", link=keuze.vht.pad(), link_tekst="VHT openen")
    elif besluit.uitkomst != besluit.Uitkomst.BIJ_VT:
        yield Belemmering(
            f"Het triagebesluit is “{besluit.get_uitkomst_display()}”; dan hoort er geen keuze te volgen."
        )


@regel("RW-2.5")
def eis_code(lijst: str, code: str, *, veld: str) -> None:
    """A code that is in no list cannot be counted; empty is for the moments in `telbaar.yaml`."""
    from vt_cvs.organisatie.selectors import labels

    if code and code not in labels(lijst):
        raise RegelGeweigerd([Belemmering("Kies een van de keuzes.", veld=veld, regel=REGELS["RW-2.5"])])


@regel("RW-9.2")
def eis_minstens_een_keuze(*keuzen: bool) -> None:
    """A choice without a choice would be an empty countable field."""
    if not any(keuzen):
        raise RegelGeweigerd(
            [
                Belemmering(
                    "Kies V&V, Onderzoek, Overdracht of Lokaal maatwerk; meer mag ook.",
                    veld="vv",
                    regel=REGELS["RW-4.8"],
                )
            ]
        )


@regel("RW-9.2")
def eis_vv_of_oz(*, vv: bool, oz: bool) -> None:
    """One of both."""
    if vv and oz:
        raise RegelGeweigerd([Belemmering("V&V en onderzoek kunnen niet samen. Kies een van beide.", veld="oz")])


@regel("RW-9.23")
def eis_geen_onderzoek(casus: Casus, meldingen: Iterable[Melding]) -> None:
    """An onderzoek that waits, runs or has been is not replaced by a V&V, at a new report neither."""
    from diensten.selectors import had_onderzoek, lopend_onderzoek

    oz = lopend_onderzoek(casus)
    if oz is not None:
        uitleg = "In deze casus is al een onderzoek, en dat wordt geen V&V. Voorwaarden stel je binnen het onderzoek."
        raise RegelGeweigerd(
            [Belemmering(uitleg, veld="vv", regel=REGELS["RW-9.23"], link=oz.pad(), link_tekst="Naar het onderzoek")]
        )
    if had_onderzoek(meldingen):
        uitleg = (
            "Bij deze melding is onderzoek gedaan, en daarna volgt geen V&V. Kies opnieuw Onderzoek; "
            "voorwaarden stel je daarbinnen."
        )
        raise RegelGeweigerd([Belemmering(uitleg, veld="vv", regel=REGELS["RW-9.23"])])


# --- V&V and onderzoek -----------------------------------------------------------------------------------------------


@voorwaarde("RW-4.8")
def uitkomst_en_vervolg_zijn_gevuld(dienst: EigenDienst) -> Iterator[Belemmering]:
    yield from ontbrekend(dienst, "rond_af")


@voorwaarde("RW-9.10")
def overdracht_alleen_als_alles_is_weerlegd(oz: OZ) -> Iterator[Belemmering]:
    """Overdracht without Monitoren after an onderzoek; with Monitoren it is always possible."""
    if not oz.vervolg_overdracht or oz.vervolg_monitoren:
        return
    niet = [u for u in oz.uitkomsten if u.uitkomst_geweld and u.uitkomst_geweld != "weerlegd"]
    if niet:
        waarvan = ", ".join(f"“{u.vorm_in_woorden}” is {u.in_woorden}" for u in niet)
        uitleg = f"Overdracht zonder Monitoren kan alleen als alles is weerlegd, en {waarvan}. Kies ook Monitoren."
        yield Belemmering(uitleg, veld="vervolg_monitoren")


@voorwaarde("RAD-3")
def voorwaarden_worden_gemonitord(dienst: EigenDienst) -> Iterator[Belemmering]:
    """Conditions that still hold lead to Monitoren; without it someone says why."""
    from diensten.selectors import actuele_voorwaarden

    aantal = actuele_voorwaarden(dienst.casus).count()
    if aantal and not dienst.vervolg_monitoren:
        nog = "is nog 1 veiligheidsvoorwaarde" if aantal == 1 else f"zijn nog {aantal} veiligheidsvoorwaarden"
        yield Belemmering(f"Er {nog} actueel; dan hoort Monitoren erbij.", veld="vervolg_monitoren")


# --- Overdracht -------------------------------------------------------------------------------------------------


@voorwaarde("RW-4.8b")
def soort_partij_bij_aanbieden(overdracht: Overdracht) -> Iterator[Belemmering]:
    yield from ontbrekend(overdracht, "bied_aan")


@voorwaarde("RW-4.8")
def soort_partij_bij_overdragen(overdracht: Overdracht) -> Iterator[Belemmering]:
    yield from ontbrekend(overdracht, "draag_over")


@voorwaarde("RAD-8")
def iemand_houdt_zicht(overdracht: Overdracht) -> Iterator[Belemmering]:
    if not overdracht.zicht_op_veiligheid.strip():
        yield Belemmering("Er staat niet wie na de overdracht zicht op veiligheid houdt.", veld="zicht_op_veiligheid")


@voorwaarde("RW-7.15")
def geheim_adres_gaat_bewust_mee(overdracht: Overdracht) -> Iterator[Belemmering]:
    """A secret address only goes along when someone decides so, and says why (RW-10.1)."""
    if geheim_adres_in(overdracht.advies_en_aandachtspunten, overdracht.casus):
        yield Belemmering(
            "In de tekst staat een geheim adres. Haal het weg, of schrijf op waarom de partij het moet weten.",
            veld="advies_en_aandachtspunten",
        )


# --- Monitoren --------------------------------------------------------------------------------------------------


@voorwaarde("RAD-6")
def stabiel_veilig_is_vastgesteld(monitoren: Monitoren) -> Iterator[Belemmering]:
    if not monitoren.stabiel_veilig:
        yield Belemmering("Het is niet stabiel veilig verklaard; monitoren gaat door tot het dat is.")


@voorwaarde("RAD-6")
def momenten_zijn_gehouden(monitoren: Monitoren) -> Iterator[Belemmering]:
    """What is still planned lapses when the monitoring ends, and that asks why."""
    for moment in monitoren.open_momenten:
        yield Belemmering(
            f"Het monitormoment van {moment.gepland_op:%d-%m-%Y} is niet gehouden en vervalt.",
            link=moment.pad(),
            link_tekst="Monitormoment",
        )


# --- asked by melding and casus ---------------------------------------------------------------------------------


@voorwaarde("RW-4.8")
def vervolg_van_melding_is_geeindigd(melding: Melding) -> Iterator[Belemmering]:
    """A report is dealt with when its choice has been made and all its services have ended."""
    from diensten.selectors import diensten_van_melding, open_keuzen, vervolg_te_kiezen

    for keuze in open_keuzen(melding.casus).filter(vht__melding=melding):
        yield Belemmering("Maak eerst de keuze vervolgstappen.", link=keuze.pad(), link_tekst="Keuze vervolgstappen")
    for dienst in diensten_van_melding(melding):
        if not dienst.is_geeindigd:
            yield Belemmering(f"{dienst.naam} loopt nog.", link=dienst.pad(), link_tekst=dienst.naam)
        elif vervolg_te_kiezen(dienst):
            yield Belemmering(
                f"{dienst.naam} ging niet door; kies wat er dan volgt.", link=dienst.pad(), link_tekst=dienst.naam
            )


@voorwaarde("RW-4.8")
def vervolg_in_casus_is_geeindigd(casus: Casus) -> Iterator[Belemmering]:
    """Every choice has been made and every service has ended, before the case closes."""
    from diensten.selectors import diensten_in, open_keuzen

    for keuze in open_keuzen(casus):
        yield Belemmering("Maak eerst de keuze vervolgstappen.", link=keuze.pad(), link_tekst="Keuze vervolgstappen")
    for dienst in diensten_in(casus):
        if not dienst.is_geeindigd:
            yield Belemmering(f"{dienst.naam} loopt nog.", link=dienst.pad(), link_tekst=dienst.naam)
