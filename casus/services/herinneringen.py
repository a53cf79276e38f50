"""Reminders: before a term and when it has passed, once each, in the work list and by a mail without any case in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from casus.models import Taak
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import Later, bezorger, zet_in_uitpost
from vt_cvs.kern.werkdagen import werkdagen_verder
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.selectors import instellingen, medewerkers_met

MAIL = "herinneringsmail"
PER_KEER = 500


@dataclass(frozen=True, slots=True)
class Ronde:
    """What one round reminded of."""

    vooraf: int
    te_laat: int


@regel("RW-4.11", "RW-11.6")
@transaction.atomic
def herinner(vandaag: date | None = None) -> Ronde:
    """Remind of what is due soon and of what is late.

    Marking and mailing are one transaction and the rows are locked, so two clocks at once, or a crash halfway, remind
    nobody twice and forget nobody.
    """
    vandaag = vandaag or timezone.localdate()
    grens = werkdagen_verder(vandaag, instellingen().herinneren_vooraf)
    open_taken = Taak.objects.select_for_update(skip_locked=True, of=("self",)).filter(stand=Taak.Stand.OPEN)
    laat = list(open_taken.filter(uiterlijk__lt=vandaag, herinnerd_op=None).order_by("uiterlijk", "id")[:PER_KEER])
    straks = list(
        open_taken.filter(uiterlijk__range=(vandaag, grens), vooraf_herinnerd_op=None).order_by("uiterlijk", "id")[
            :PER_KEER
        ]
    )
    nu = timezone.now()
    Taak.objects.filter(pk__in=[taak.pk for taak in laat]).update(herinnerd_op=nu)
    Taak.objects.filter(pk__in=[taak.pk for taak in straks]).update(vooraf_herinnerd_op=nu)
    _mail(Counter(_voor_wie(straks)), Counter(_voor_wie(laat)), vandaag)
    return Ronde(vooraf=len(straks), te_laat=len(laat))


def _voor_wie(taken: list[Taak]) -> list[int]:
    """Whose task it is; one that is nobody's goes to the team leaders of its team, or to all of them."""
    leiders: dict[int | None, list[int]] = {}
    alle: list[int] = []
    if any(taak.voor_id is None for taak in taken):
        for medewerker in medewerkers_met(Rol.TEAMLEIDER):
            leiders.setdefault(medewerker.team_id, []).append(medewerker.pk)
            alle.append(medewerker.pk)
    return [pk for taak in taken for pk in ([taak.voor_id] if taak.voor_id else leiders.get(taak.team_id, alle))]


def _mail(vooraf: Counter[int], te_laat: Counter[int], vandaag: date) -> None:
    for medewerker_id in sorted(vooraf.keys() | te_laat.keys()):
        zet_in_uitpost(
            MAIL,
            onderwerp=f"medewerker:{medewerker_id}",
            medewerker_id=medewerker_id,
            vooraf=vooraf[medewerker_id],
            te_laat=te_laat[medewerker_id],
            dag=vandaag.isoformat(),
        )


@bezorger(MAIL)
def bezorg_herinnering(rij: Uitpost) -> None:
    """One mail with numbers only: which case and who it concerns stands in Mijn werk, behind the log-in."""
    medewerker = Medewerker.objects.filter(pk=rij.inhoud["medewerker_id"], is_active=True, systeem=False).first()
    if medewerker is None:
        return
    zinnen = [
        f"Van {rij.inhoud['te_laat']} taken is de termijn voorbij." if rij.inhoud["te_laat"] else "",
        f"Van {rij.inhoud['vooraf']} taken loopt de termijn bijna af." if rij.inhoud["vooraf"] else "",
        "Open Mijn werk om te zien welke dat zijn.",
    ]
    bericht = EmailMessage(
        "Herinnering: er wacht werk op je in VT-CVS",
        "\n".join(zin for zin in zinnen if zin),
        to=[medewerker.email],
        headers={"Message-ID": f"<{rij.sleutel}@vt-cvs>"},
    )
    try:
        bericht.send()
    except OSError as fout:
        raise Later("de mailserver nam het bericht niet aan") from fout
