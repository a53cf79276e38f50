"""Who is involved in which case. Asked on every page, so each answer is one query."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from casus.models import Casus, Processtap, Taak
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Medewerker, Rol

NOODKNOP_DUUR = timedelta(hours=1)
CRISISDIENST_DUUR = timedelta(hours=12)
"""A reason given during crisisdienst holds until that duty ends, and never longer than one night."""
NOODKNOP_TAAK = "noodknop"


def genoemd_in(medewerker: Medewerker, casus: str = "pk") -> Exists:
    """This employee is named in the (shielded) case that the outer query calls so."""
    return Exists(Casus.genoemden.through.objects.filter(casus_id=OuterRef(casus), medewerker_id=medewerker.pk))


def _betrokken(medewerker: Medewerker) -> Combinable | Q:
    """Responsible, helping, asked, or in the team of a step that is open; shielded cases know names only."""
    stappen = Processtap.objects.filter(casus=OuterRef("pk"))
    eigen = stappen.filter(Q(verantwoordelijke=medewerker) | Q(medebehandelaars=medewerker))
    gevraagd = Taak.objects.filter(casus=OuterRef("pk"), voor=medewerker, stand=Taak.Stand.OPEN).exclude(
        soort=NOODKNOP_TAAK
    )
    open_: Combinable | Q = Q(verantwoordelijke=medewerker) | Exists(eigen) | Exists(gevraagd)
    if medewerker.team_id:
        van_team = stappen.filter(geeindigd_op__isnull=True, team_id=medewerker.team_id)
        open_ |= Q(stand=Casus.Stand.OPEN, team_id=medewerker.team_id) | Exists(van_team)
    return open_ & (Q(afgeschermd=False) | genoemd_in(medewerker))


def is_betrokken_bij(medewerker: Medewerker, casus: Casus) -> bool:
    """Of a case that was read this very moment its own row may answer, once; otherwise the database is asked."""
    if casus.__dict__.pop("net_gelezen", False) and _draagt(medewerker, casus):
        return True
    return Casus.objects.filter(_betrokken(medewerker), pk=casus.pk).exists()


def _draagt(medewerker: Medewerker, casus: Casus) -> bool:
    """Most who open a case are responsible for it or in its team."""
    van_team = casus.is_open and medewerker.team_id is not None and casus.team_id == medewerker.team_id
    return not casus.afgeschermd and (casus.verantwoordelijke_id == medewerker.pk or van_team)


def draagt_team_van(medewerker: Medewerker, casus: Casus) -> bool:
    """The team of this employee carries the case or one of its steps."""
    if medewerker.team_id is None:
        return False
    if casus.afgeschermd and not casus.genoemden.filter(pk=medewerker.pk).exists():
        return False
    return (
        casus.team_id == medewerker.team_id
        or Processtap.objects.filter(casus=casus, team_id=medewerker.team_id).exists()
    )


def heeft_taak_in(medewerker: Medewerker, casus: Casus) -> bool:
    """Looking at how the noodknop was used opens the case for the privacyfunctionaris only."""
    taken = Taak.objects.filter(casus=casus, voor=medewerker, stand=Taak.Stand.OPEN)
    if not medewerker.heeft_rol(Rol.PRIVACYFUNCTIONARIS):
        taken = taken.exclude(soort=NOODKNOP_TAAK)
    return taken.exists()


def zonder_geheim_voor(medewerker: Medewerker) -> Q:
    """Cases that are not shielded, or in which this employee is named or asked for something."""
    gevraagd = Taak.objects.filter(casus_id=OuterRef("pk"), voor=medewerker, stand=Taak.Stand.OPEN)
    return Q(afgeschermd=False) | Q(genoemd_in(medewerker)) | Q(Exists(gevraagd))


def heeft_noodknop_gebruikt(medewerker: Medewerker, casus: Casus, *, binnen: timedelta = NOODKNOP_DUUR) -> bool:
    """Within the last hour, unless told otherwise."""
    return Toegang.objects.filter(
        medewerker=medewerker,
        casus_id=casus.pk,
        gebeurtenis=Toegang.Gebeurtenis.NOODKNOP,
        op__gte=timezone.now() - binnen,
    ).exists()


def zichtbare_casussen(medewerker: Medewerker) -> QuerySet[Casus]:
    """What this employee may open without giving a reason; for lists and search."""
    zicht = _betrokken(medewerker)
    if medewerker.heeft_rol(Rol.TEAMLEIDER) and medewerker.team_id:
        van_team = Processtap.objects.filter(casus=OuterRef("pk"), team_id=medewerker.team_id)
        zicht |= (Q(team_id=medewerker.team_id) | Exists(van_team)) & (Q(afgeschermd=False) | genoemd_in(medewerker))
    return Casus.objects.filter(zicht)
