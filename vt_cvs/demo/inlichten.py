"""What follows a decision in the file itself: data looked at, everyone it is about told and heard."""

from __future__ import annotations

from datetime import timedelta

from casus.informeren.selectors import Iemand, meldingsblokken
from casus.informeren.services import informeer, leg_reactie_vast
from casus.models import Betrokkene, Processtap, Terugkoppeling
from casus.services.betrokkenen import bevestig_bsn
from casus.services.nakijken import bevestig_gegevens, is_na_te_kijken
from melding.models import Melding
from vt_cvs.demo.verhaal import Verhaal
from vt_cvs.kern.overgangen import voer_uit

PAS_BESLOTEN = timedelta(days=3)
"""In stories that came no further it still has to be done, and stands in Mijn werk."""
REACTIES = (
    "Schrikt van de melding, en zegt dat het klopt. Wil dat het stopt.",
    "Is boos dat er gemeld is. Werkt wel mee als het de kinderen rust geeft.",
    "Herkent de melding niet. Wil het gesprek aangaan als er iemand bij is.",
    "Vindt het goed dat er hulp komt en heeft geen vragen.",
)
REACTIES_VAN_KINDEREN = (
    "Is opgelucht dat het gezegd is. Wil niet dat papa boos wordt.",
    "Zegt weinig. Vindt het fijn dat oma komt.",
)


def gezin_ingelicht(v: Verhaal) -> None:
    """The numbers are looked up, what the report got wrong is looked at, and each person hears and is heard."""
    if v.regie.nu - v.nu < PAS_BESLOTEN:
        return
    with v.na(uren=2) as door:
        for betrokkene in v.betrokkenen:
            if betrokkene.persoon is not None and betrokkene.persoon.bsn_stand == "mogelijk":
                bevestig_bsn(betrokkene, door=door)
            if is_na_te_kijken(betrokkene):
                bevestig_gegevens(betrokkene, reden="Gevraagd aan het gezin; het klopt zo.", door=door)
        nummers = dict(Melding.objects.filter(stap__casus=v.casus).values_list("stap_id", "nummer"))
        for blok in meldingsblokken(v.casus, nummers):
            for iemand in blok.mensen:
                if not iemand.klaar:
                    _ingelicht(v, blok.stap, blok.nummer, iemand)


def _ingelicht(v: Verhaal, stap: Processtap, nummer: str, iemand: Iemand) -> None:
    wie = iemand.betrokkene
    kind = wie.persoon is not None and wie.persoon.is_minderjarig()
    wegen: list[Betrokkene | None] = [*iemand.via[:1]] if iemand.route.via else []
    if iemand.route.zelf or not wegen:
        wegen.append(None)
    for via in wegen:
        moment = Terugkoppeling.Moment.MELDING
        bericht = informeer(stap, wie, door=v.door, moment=moment, meldingsnummer=nummer, via=via)
        if bericht.is_open:
            voer_uit(bericht, "doe_anders", door=v.door, toelichting="Verteld in het gesprek aan de keukentafel.")
    reactie = v.toeval.choice(REACTIES_VAN_KINDEREN if kind else REACTIES)
    leg_reactie_vast(stap, wie, door=v.door, meldingsnummer=nummer, reactie=reactie)
