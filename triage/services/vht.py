"""The life of a VHT: it begins with the melding, follows every answer, and sets tasks until both are there."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from casus.models import Casus, Processtap, Taak
from casus.services.casussen import begin_stap, eindig_stap, zet_veiligheid
from casus.services.werk import maak_taak, vervul_taken, verzet_taak
from melding.models import Melding
from melding.services import noteer_beoordeling
from triage.instrument import huidig_instrument
from triage.models import VHT, Triagebesluit, VHTVersie
from triage.services.overnemen import eerdere_vhts, neem_alles_over
from triage.services.versies import leg_versie_vast, lopende_dienst
from triage.services.volgen import laat_volgen
from triage.voorwaarden import elke_vorm_heeft_feit_en_bron
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Termijn, triagetermijn
from vt_cvs.organisatie.models import Medewerker

INVULLEN, AANVULLEN, VOORSTELLEN = "vht", "vht_aanvullen", "besluit_voorstellen"
ERNST = ("acuut", "structureel", "multiproblematisch", "geen")
"""What the lists show when several assessments of one case speak: the gravest first."""


@regel("RW-13.S0", "RW-12.1")
@transaction.atomic
def begin_triage(melding: Melding, *, door: Medewerker) -> VHT:
    """The VHT of this melding, with what an earlier one in this case already knows; asked again it is the same one."""
    melding.slot()
    if bestaand := VHT.objects.filter(melding=melding).first():
        return bestaand
    casus = melding.stap.casus
    eerdere = eerdere_vhts(casus)
    stap = begin_stap(
        casus,
        Processtap.Soort.TRIAGE,
        door=door,
        verantwoordelijke=melding.stap.verantwoordelijke,
        team=melding.stap.team,
    )
    instrument = huidig_instrument(timezone.localdate())
    vht = maak(
        VHT(stap=stap, melding=melding, instrument=instrument.versie, uit=eerdere[-1] if eerdere else None),
        door=door,
        zin="VHT begonnen",
    )
    Triagebesluit(vht=vht).bewaar(door=door, reden="VHT begonnen")
    neem_alles_over(vht, eerdere, door=door)
    werk_tussenstand_bij(vht, door=door)
    zet_taak_invullen(vht, door=door)
    return vht


def bij_melding_aangenomen(melding: Melding, *, door: Medewerker) -> None:
    """Triage begins with the melding, in the same transaction."""
    begin_triage(melding, door=door)


def termijn(vht: VHT) -> Termijn:
    """The earliest of both counts drives (RW-5.12a)."""
    return triagetermijn(vht.melding.ontvangen_op).sturend


def zet_taak_invullen(vht: VHT, *, door: Medewerker) -> None:
    besluit = vht.besluit
    maak_taak(
        vht,
        INVULLEN,
        titel="Eindconclusie VHT vaststellen" if besluit.is_genomen else "VHT invullen",
        omdat="het acute triagebesluit al is genomen" if besluit.is_genomen else "er een melding is binnengekomen",
        pad=vht.pad(),
        door=door,
        stap=vht.stap,
        termijn=termijn(vht),
        direct=vht.zegt == "acuut" and not besluit.is_genomen,
    )


def na_invullen(vht: VHT, *, door: Medewerker, tijdens: Processtap | None = None) -> None:
    """Every change keeps the interim conclusion, the lists and the tasks right."""
    vht = VHT.objects.select_related("stap__casus", "melding").get(pk=vht.pk)
    noteer_beoordeling(vht.melding, door=door)
    werk_tussenstand_bij(vht, door=door)
    if vht.is_vastgesteld:
        _vul_aan(vht, door=door, tijdens=tijdens)
        _laat_wachtende_volgen(vht, door=door)


def _laat_wachtende_volgen(vht: VHT, *, door: Medewerker) -> None:
    """Whoever opens the next VHT finds in it what this one holds, and what that means for its conclusion."""
    for ander in laat_volgen(vht, door=door):
        werk_tussenstand_bij(VHT.objects.select_related("stap__casus", "melding").get(pk=ander.pk), door=door)


@regel("RW-8.13", "RW-8.14")
def werk_tussenstand_bij(vht: VHT, *, door: Medewerker, acuut: bool | None = None) -> None:
    """Conclusion A stands apart from the final one, with its moment; acute danger shows in every list at once."""
    if acuut is None and vht.besluit.acuut and not vht.is_vastgesteld:
        return  # what was decided acutely stays acute until the final conclusion says otherwise
    positief = vht.conclusie.a.positief if acuut is None else acuut
    nieuw = {True: VHT.Tussenstand.JA, False: VHT.Tussenstand.NEE, None: ""}[positief]
    if vht.tussenstand_a == nieuw:
        return
    vht.tussenstand_a = nieuw
    vht.tussenstand_op, vht.tussenstand_door = (timezone.now(), door) if nieuw else (None, None)
    vht.bewaar(door=door, reden="tussenstand A")
    wat = vht.get_tussenstand_a_display() if nieuw else "weer open"
    vht.schrijf_log(door=door, wat="tussenstand", zin=f"Tussenstand A: {wat}", regels=["RW-8.14"])
    if nieuw and not vht.is_vastgesteld:
        leg_versie_vast(vht, VHTVersie.Soort.TUSSENSTAND, door=door)
    werk_veiligheid_bij(vht.casus, door=door)
    if not vht.is_vastgesteld:
        zet_taak_invullen(vht, door=door)


@regel("RW-8.20")
def _vul_aan(vht: VHT, *, door: Medewerker, tijdens: Processtap | None) -> None:
    """A supplement after the final conclusion: a dated version, and a task when the conclusion is another now."""
    vht.aangevuld_op = timezone.now()
    vht.bewaar(door=door, reden="aangevuld")
    leg_versie_vast(vht, VHTVersie.Soort.AANVULLING, door=door, tijdens=tijdens or lopende_dienst(vht.casus))
    conclusie = vht.conclusie
    anders = conclusie.totaal != vht.eindconclusie or bool(conclusie.criterium_b) != vht.criterium_b
    if anders or any(elke_vorm_heeft_feit_en_bron(vht)):
        maak_taak(
            vht,
            AANVULLEN,
            titel="Eindconclusie VHT opnieuw vaststellen",
            omdat="de antwoorden zijn aangevuld" if anders else "bij een nieuwe vorm van geweld feit of bron ontbreekt",
            pad=vht.pad(),
            door=door,
            casus=vht.casus,
            voor=vht.casus.verantwoordelijke or door,
            direct=conclusie.totaal == "acuut" and vht.eindconclusie != "acuut",
        )
    else:
        vervul_taken(onderwerp=vht, soort=AANVULLEN, door=door)


def werk_veiligheid_bij(casus: Casus, *, door: Medewerker) -> None:
    """The case shows the gravest of what is being assessed now; nothing running: what was said last."""
    vhts = list(VHT.objects.filter(stap__casus=casus).select_related("stap").order_by("id"))
    spreken = [vht for vht in vhts if vht.zegt != "onbekend"]
    tellen = {vht.zegt for vht in spreken if vht.stap.is_open} | {vht.zegt for vht in spreken[-1:]}
    zet_veiligheid(casus, next((ernst for ernst in ERNST if ernst in tellen), "onbekend"), door=door)


def na_stap(vht: VHT, _naam: str, *, door: Medewerker) -> None:
    """A final conclusion: a version of its own, the lists follow, and the next thing to do is the decision."""
    leg_versie_vast(vht, VHTVersie.Soort.EINDCONCLUSIE, door=door)
    werk_veiligheid_bij(vht.casus, door=door)
    noteer_beoordeling(vht.melding, door=door)
    for soort in (INVULLEN, AANVULLEN):
        vervul_taken(onderwerp=vht, soort=soort, door=door)
    zet_taak_voorstellen(vht, door=door)
    _laat_wachtende_volgen(vht, door=door)
    rond_triage_af(vht, door=door)


def zet_taak_voorstellen(vht: VHT, *, door: Medewerker) -> None:
    besluit = vht.besluit
    if besluit.stand != Triagebesluit.Stand.CONCEPT:
        return
    maak_taak(
        besluit,
        VOORSTELLEN,
        titel="Triagebesluit voorstellen",
        omdat=f"de VHT zegt: {vht.eindconclusie_naam.lower()}",
        pad=besluit.pad(),
        door=door,
        stap=vht.stap,
        termijn=termijn(vht),
        direct=vht.eindconclusie == "acuut",
    )


@regel("RW-8.14")
def rond_triage_af(vht: VHT, *, door: Medewerker) -> None:
    """The step ends when both are there: the decision and the final conclusion."""
    if vht.is_vastgesteld and vht.besluit.is_genomen and vht.stap.is_open:
        eindig_stap(vht.stap, door=door)
        # The spine ends tasks with their step; what still has to be confirmed stays.
        Taak.objects.filter(stap=vht.stap, stand=Taak.Stand.OPEN, soort__in=[INVULLEN, VOORSTELLEN]).update(
            stand=Taak.Stand.VERVALLEN, klaar_op=timezone.now(), klaar_door=door
        )


@regel("RW-5.12a")
def herbereken_termijn(melding: Melding, **_: object) -> None:
    """A corrected receipt moves the clock of what still waits for the decision."""
    vht = VHT.objects.filter(melding=melding).first()
    if vht is None or vht.besluit.is_genomen:
        return
    taken = Taak.objects.filter(stap=vht.stap, stand=Taak.Stand.OPEN, uiterlijk__isnull=False)
    verzet_taak(taken, termijn(vht))
