"""What the pages of the triagebesluit need: who may sign, what is not done yet, and what follows once it is taken."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.utils import timezone

from casus.models import Betrokkene, Casus, Contact, Processtap
from triage.bijzonder import voorgesteld_besluit
from triage.models import VHT, Triagebesluit
from triage.rechten import TEKENAARS
from triage.selectors.vhts import Mens
from triage.voorwaarden import elke_vorm_heeft_feit_en_bron
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import dag_kort, tien_weken
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import medewerkers_met


def mogelijke_tekenaars(casus: Casus, *, behalve: Medewerker) -> QuerySet[Medewerker]:
    """Who can be named as the second employee: the team of the case first."""
    eigen_team = Case(When(team_id=casus.team_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return medewerkers_met(*TEKENAARS).exclude(pk=behalve.pk).order_by(eigen_team, "naam")


@regel("RW-13.S7")
def eerder_besluit(besluit: Triagebesluit) -> Triagebesluit | None:
    """The last “bij VT” of this case while what followed from it waits or runs: it is proposed for a next report."""
    if besluit.stand != Triagebesluit.Stand.CONCEPT or voorgesteld_besluit(besluit.vht)[0]:
        return None
    casus = besluit.casus
    sinds = Processtap.objects.filter(casus=casus, soort__in=("vv", "oz"), geeindigd_op__gt=OuterRef("genomen_op"))
    return (
        Triagebesluit.objects.filter(vht__stap__casus=casus, uitkomst=Triagebesluit.Uitkomst.BIJ_VT, stand="genomen")
        .exclude(Exists(sinds))
        .select_related("vht__melding", "vht__stap__casus")
        .order_by("-genomen_op")
        .first()
    )


def nog_niet_gedaan(vht: VHT, mensen: Iterable[Mens]) -> list[str]:
    """What whoever signs should know is missing; none of it stands in the way by itself."""
    direct = [mens for mens in mensen if mens.betrokkene.stand == Betrokkene.Rol.DIRECT]
    gesproken = set(Contact.objects.filter(casus=vht.casus).values_list("betrokkenen", flat=True))
    zinnen = []
    if not vht.is_vastgesteld:
        zinnen.append("De VHT heeft nog geen eindconclusie.")
    if any(elke_vorm_heeft_feit_en_bron(vht)):
        zinnen.append("Bij een vorm van geweld ontbreekt nog een feit of bron.")
    if not direct:
        zinnen.append("Er zijn nog geen directbetrokkenen vastgelegd.")
    if ongesproken := [str(m.betrokkene) for m in direct if m.betrokkene.pk not in gesproken]:
        zinnen.append(f"Nog niet gesproken: {', '.join(ongesproken)}.")
    if ongevraagd := [str(m.betrokkene) for m in direct if m.score is None]:
        zinnen.append(f"Veiligheidsscore nog niet gevraagd: {', '.join(ongevraagd)}.")
    return zinnen


def na_tekenen(besluit: Triagebesluit, uitkomst: str = "") -> list[tuple[str, str]]:
    """What happens by itself the moment the decision is taken: drawing and sentence."""
    uitkomst = uitkomst or besluit.uitkomst
    wie = besluit.vht.stap.verantwoordelijke or besluit.opsteller
    voor = f" voor {wie.naam}" if wie else ""
    zinnen: list[tuple[str, str]] = []
    if uitkomst == Triagebesluit.Uitkomst.BIJ_VT:
        tot = dag_kort(tien_weken(besluit.genomen_op or timezone.now()).uiterlijk)
        zinnen = [
            ("rechts", "De casus staat in ‘zicht op veiligheid’."),
            ("rechts", f"Tien weken gaan lopen, tot {tot}."),
            ("rechts", f"Taak{voor}: eerste contact en keuze vervolgstappen."),
        ]
    elif uitkomst == Triagebesluit.Uitkomst.OVERDRACHT:
        zinnen = [("rechts", f"Taak{voor}: overdracht voorbereiden.")]
    elif uitkomst == Triagebesluit.Uitkomst.MAATWERK:
        zinnen = [("rechts", f"Lokaal maatwerk begint, met een taak{voor}.")]
    elif uitkomst == Triagebesluit.Uitkomst.EINDE:
        zinnen = [("rechts", "De melding kan worden afgehandeld.")]
    if not besluit.vht.is_vastgesteld:
        zinnen.append(("rechts", "De eindconclusie van de VHT volgt nog; die taak blijft staan."))
    zinnen.append(("mail", "Terugkoppeling aan de melder staat klaar, alleen met het meldingsnummer."))
    return zinnen
