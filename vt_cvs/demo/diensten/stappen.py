"""What happens in a service: chosen, taken up, talked, conditions set, ended, watched, handed over."""

from __future__ import annotations

from typing import Any

from casus.services.vastleggen import (
    leg_afspraak_vast,
    leg_contact_vast,
    leg_score_vast,
    stel_voorwaarde,
)
from diensten.models import OZ, VV, Keuze, Monitoren, Overdracht
from diensten.services.eigen import rond_dienst_af
from diensten.services.keuzes import maak_keuze
from diensten.services.monitoring import houd_moment
from diensten.services.overdrachten import bereid_voor
from vt_cvs.demo.binnenkomst import (
    bsn_nagekeken,
    melding_aangenomen,
    telbare_velden_gevuld,
)
from vt_cvs.demo.teksten import AFSPRAKEN, GESPREK, PROFESSIONAL, REACTIE, VOORWAARDEN
from vt_cvs.demo.triage.stappen import (
    besluit_genomen,
    eerste_contact,
    teruggekoppeld,
)
from vt_cvs.demo.verhaal import Verhaal
from vt_cvs.kern.overgangen import voer_uit

GEEN_PLEK = "Het wijkteam heeft tot na de jaarwisseling geen plek."
REDEN_NIET: dict[str, Any] = {"weiger": {"reden": GEEN_PLEK}, "trek_in": {"reden": GEEN_PLEK}}


def tot_de_keuze(v: Verhaal, **gekozen: Any) -> None:
    """From the report to the choice: decided, the melder has heard, someone has been spoken to."""
    melding_aangenomen(v)
    bsn_nagekeken(v)
    besluit_genomen(v)
    teruggekoppeld(v)
    eerste_contact(v)
    kies(v, **gekozen)


def kies(v: Verhaal, **gekozen: Any) -> None:
    with v.na(1) as door:
        keuze = Keuze.objects.select_related("stap__casus").get(stap__casus=v.casus, stand=Keuze.Stand.OPEN)
        maak_keuze(keuze, door=door, toelichting="Besproken met het gezin.", **gekozen)


def vv_van(v: Verhaal) -> VV:
    return VV.objects.select_related("stap__casus", "stap__team").filter(stap__casus=v.casus).latest("pk")


def vv_opgepakt(v: Verhaal, dagen: int = 3) -> None:
    with v.na(dagen) as door:
        voer_uit(vv_van(v), "pak_op", door=door)


def verder_als_onderzoek(v: Verhaal) -> None:
    with v.na(7) as door:
        voer_uit(
            vv_van(v),
            "ga_verder_als_onderzoek",
            door=door,
            toelichting="De verhalen spreken elkaar tegen en het letsel is niet verklaard.",
        )


def onderzoek_opgepakt(v: Verhaal, dagen: int = 2) -> None:
    with v.na(dagen) as door:
        voer_uit(OZ.objects.filter(stap__casus=v.casus).latest("pk"), "pak_op", door=door)


def gesprekken(v: Verhaal) -> None:
    """A visit, the reaction of the other, and someone who knows the children."""
    with v.na(5) as door:
        leg_contact_vast(
            v.casus,
            door=door,
            betrokkenen=v.betrokkenen[:1],
            op=v.nu,
            soort="huisbezoek",
            met=v.gezin.leden[0].naam,
            verslag=v.schrijf(GESPREK),
        )
    if len(v.gezin.volwassenen) > 1:
        with v.na(4) as door:
            leg_contact_vast(
                v.casus,
                door=door,
                betrokkenen=v.betrokkenen[1:2],
                op=v.nu,
                soort="kantoor",
                met=v.gezin.volwassenen[1].naam,
                verslag=v.schrijf(REACTIE),
                hoor_wederhoor=True,
            )
    with v.na(3) as door:
        leg_contact_vast(
            v.casus, door=door, op=v.nu, soort="school", met="intern begeleider", verslag=v.schrijf(PROFESSIONAL)
        )


def voorwaarden_gesteld(v: Verhaal, aantal: int = 2) -> None:
    with v.na(2) as door:
        for tekst in v.toeval.sample(VOORWAARDEN, aantal):
            stel_voorwaarde(v.casus, v.schrijf((tekst,)), door=door)
        leg_afspraak_vast(v.casus, v.schrijf(AFSPRAKEN), door=door, met="ouders en oma")


def nieuwe_score(v: Verhaal, score: int, dagen: int = 10) -> None:
    with v.na(dagen) as door:
        leg_score_vast(v.betrokkenen[0], score, door=door, op=v.nu, herkomst="zelf gezegd")


def vv_afgerond(v: Verhaal, *, monitoren: bool = True, overdracht: bool = False) -> None:
    telbare_velden_gevuld(v)
    with v.na(5) as door:
        vv = vv_van(v)
        rond_dienst_af(
            vv,
            door=door,
            uitkomsten={u.vorm: v.toeval.choice(("bevestigd", "bevestigd", "niet-bevestigd")) for u in vv.uitkomsten},
            vervolg_monitoren=monitoren,
            vervolg_overdracht=overdracht,
            toelichting="De voorwaarden worden gevolgd; het gezin heeft hulp die past.",
            motivering="" if monitoren else "Het wijkteam houdt voortaan zicht op de voorwaarden.",
        )


def volledige_vv(v: Verhaal, *, monitoren: bool = True, overdracht: bool = False) -> None:
    """Chosen, taken up, done and ended within ten weeks."""
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    gesprekken(v)
    voorwaarden_gesteld(v)
    nieuwe_score(v, 7)
    vv_afgerond(v, monitoren=monitoren, overdracht=overdracht)
    teruggekoppeld(v)


def monitoring_van(v: Verhaal) -> Monitoren:
    return Monitoren.objects.select_related("stap__casus").filter(stap__casus=v.casus).latest("pk")


def moment_gehouden(v: Verhaal, op_dag: int) -> None:
    """The next moment, on about its day."""
    monitoren = monitoring_van(v)
    moment = monitoren.open_momenten.first()
    assert moment is not None  # noqa: S101 - the stories ask for the two that are planned
    v.dagen_geleden(op_dag)
    with v.na(uren=1) as door:
        houd_moment(
            moment,
            door=door,
            met="moeder, school en huisarts",
            waarvoor="of het veilig bleef",
            werd_veilig="ja",
            werkt_aan_herstel=v.toeval.choice(("ja", "deels")),
            inzet_genoeg="ja",
            verslag="Moeder geeft haar veiligheid een 8. School ziet een vrolijker kind.",
        )


def overdracht_van(v: Verhaal) -> Overdracht:
    return Overdracht.objects.select_related("stap__casus").filter(stap__casus=v.casus).latest("pk")


def overdracht_voorbereid(v: Verhaal, *stappen: str) -> None:
    """Prepared for the team of the neighbourhood, and so many steps further."""
    with v.na(2) as door:
        bereid_voor(
            overdracht_van(v),
            door=door,
            soort_partij="wijkteam",
            partij=v.gezin.plaats.wijkteam,
            adres_partij="overdracht@wijkteam.example",
            zicht_op_veiligheid=v.gezin.plaats.wijkteam,
        )
    for stap in stappen:
        with v.na(3) as door:
            voer_uit(overdracht_van(v), stap, door=door, **REDEN_NIET.get(stap, {}))
