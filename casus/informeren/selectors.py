"""Who has been told what, and who has said what, per report."""

from __future__ import annotations

from dataclasses import dataclass

from casus.models import Betrokkene, Casus, Familieband, Processtap, Reactie, Terugkoppeling

GEZAG = ("ouder", "voogd", "gezag")
MOMENT = Terugkoppeling.Moment


@dataclass(frozen=True, slots=True)
class Iemand:
    """One directbetrokkene beside one report."""

    betrokkene: Betrokkene
    berichten: list[Terugkoppeling]
    reactie: Reactie | None
    via: list[Betrokkene]
    waarschuwingen: list[str]

    @property
    def geinformeerd(self) -> bool:
        return any(t.moment == MOMENT.MELDING and not t.is_open for t in self.berichten)

    @property
    def klaar(self) -> bool:
        return self.geinformeerd and self.reactie is not None


@dataclass(frozen=True, slots=True)
class Meldingsblok:
    """One report with everyone it is about."""

    stap: Processtap
    nummer: str
    mensen: list[Iemand]


def _direct(casus: Casus) -> list[Betrokkene]:
    rijen = Betrokkene.objects.filter(casus=casus, stand=Betrokkene.Rol.DIRECT, persoon__isnull=False)
    return list(rijen.select_related("persoon").order_by("huishouden", "id"))


def gezaghebbenden_van(betrokkene: Betrokkene) -> list[Betrokkene]:
    """Who decides for this child and is in the case: by family tie, or marked as having authority in the household."""
    banden = Familieband.objects.filter(ander=betrokkene.persoon, soort__in=GEZAG, band_tot__isnull=True)
    ouders = set(banden.values_list("persoon_id", flat=True))
    anderen = [b for b in _direct(betrokkene.casus) if b.pk != betrokkene.pk and b.persoon]
    gevonden = [
        b
        for b in anderen
        if b.persoon
        and not b.persoon.is_minderjarig()
        and b.gezag is not False
        and (b.persoon_id in ouders or (b.gezag and b.huishouden in {betrokkene.huishouden, betrokkene.huishouden_ook}))
    ]
    return sorted(gevonden, key=lambda b: b.persoon_id not in ouders)


def nog_te_doen(stap: Processtap) -> bool:
    """Whether someone this report is about has not been told, or not been heard."""
    return any(not iemand.klaar for iemand in _mensen(stap, _direct(stap.casus)))


def _mensen(stap: Processtap, mensen: list[Betrokkene]) -> list[Iemand]:
    berichten: dict[int, list[Terugkoppeling]] = {}
    rijen = Terugkoppeling.objects.filter(stap=stap, betrokkene__isnull=False).select_related("bericht", "stap__casus")
    for rij in rijen:
        berichten.setdefault(rij.betrokkene_id or 0, []).append(rij)
    reacties = {rij.betrokkene_id: rij for rij in Reactie.objects.filter(stap=stap)}
    return [
        Iemand(
            betrokkene=b,
            berichten=berichten.get(b.pk, []),
            reactie=reacties.get(b.pk),
            via=gezaghebbenden_van(b) if b.persoon and b.persoon.is_minderjarig() else [],
            waarschuwingen=_let_op(b, mensen),
        )
        for b in mensen
    ]


def _let_op(betrokkene: Betrokkene, mensen: list[Betrokkene]) -> list[str]:
    """What to think of before anything is sent to this person."""
    persoon = betrokkene.persoon
    assert persoon is not None  # noqa: S101 - of an open case
    gevonden = ["Het adres is geheim."] if persoon.adres_geheim else []
    if persoon.is_minderjarig():
        return [*gevonden, "Minderjarig: informeer wie gezag heeft."]
    for ander in mensen:
        if ander.pk == betrokkene.pk or ander.persoon is None or ander.persoon.is_minderjarig():
            continue
        if ander.huishouden == betrokkene.huishouden:
            gevonden.append(f"{ander} woont op hetzelfde adres.")
        if persoon.email and persoon.email.casefold() == ander.persoon.email.casefold():
            gevonden.append(f"{ander} gebruikt hetzelfde mailadres.")
    return gevonden


def meldingsblokken(casus: Casus, nummers: dict[int, str]) -> list[Meldingsblok]:
    """Every report of the case, newest first; `nummers` says the number of the report of each step."""
    mensen = _direct(casus)
    stappen = (
        casus.stappen.filter(soort=Processtap.Soort.MELDING).select_related("casus").order_by("-begonnen_op", "-id")
    )
    return [Meldingsblok(stap, nummers.get(stap.pk, ""), _mensen(stap, mensen)) for stap in stappen]
