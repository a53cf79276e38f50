"""Starting V&V and onderzoek: at a choice, at a next report, or the second out of the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from casus.models import Casus, Processtap
from diensten import rechten, voorwaarden
from diensten.models import OZ, VV, Dienst, EigenDienst, Keuze, Uitkomst
from diensten.selectors import geweldsvormen_van, keuze_voor_onderzoek, lopend_onderzoek, lopende_vv
from diensten.services.onderzoekspunten import neem_punten_over, stel_standaardvraag
from diensten.services.starten import begin, neem_voorwaarden_mee, werk_taak_bij
from melding.models import Melding
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

NIET_GERAPPORTEERD = "niet-gerapporteerd"
"""What V&V may say of a form of violence; an onderzoek answers it again."""


@regel("RW-5.12c", "RW-9.21")
@transaction.atomic
def start_vv(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
) -> VV:
    """A V&V that waits to be taken up. One that waits or runs already also takes these reports (scenario 8)."""
    casus.slot()
    voorwaarden.eis_geen_onderzoek(casus, meldingen)
    vv = lopende_vv(casus)
    if vv is None:
        vv = begin(VV(keuze=keuze, na_dienst=na), casus, meldingen, door=door, op=op, verantwoordelijke=None)
    else:
        _ook_bij(vv, meldingen, door=door)
    neem_geweldsvormen_over(vv, door=door)
    neem_voorwaarden_mee(vv, door=door)
    return vv


@regel("RW-5.12c", "RW-9.21")
@transaction.atomic
def start_oz(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
) -> OZ:
    """An onderzoek that waits to be taken up; a V&V that waits or runs goes on as this onderzoek (RW-9.6)."""
    casus.slot()
    vv = lopende_vv(casus)
    if vv is not None:
        voer_uit(vv, "ga_verder_als_onderzoek", door=door)
    oz = lopend_onderzoek(casus)
    if oz is None:
        oz = begin(OZ(keuze=keuze, na_dienst=na), casus, meldingen, door=door, op=op, verantwoordelijke=None)
        stel_standaardvraag(oz, door=door)
    else:
        _ook_bij(oz, meldingen, door=door)
    neem_geweldsvormen_over(oz, door=door)
    neem_voorwaarden_mee(oz, door=door)
    return oz


@regel("RW-9.6", "RW-9.20", "RW-5.12c")
@transaction.atomic
def start_oz_na(vv: VV, *, door: Medewerker) -> OZ:
    """Where the V&V ended: the same reports, people, conditions and outcomes so far; the clock goes on."""
    stap = vv.stap
    oz = begin(
        OZ(keuze=keuze_voor_onderzoek(vv) or vv.keuze, na_dienst=stap),
        vv.casus,
        list(vv.meldingen.all()),
        door=door,
        op=stap.geeindigd_op,
        verantwoordelijke=stap.verantwoordelijke,
    )
    oz.stap.medebehandelaars.set(stap.medebehandelaars.all())
    stel_standaardvraag(oz, door=door)
    neem_punten_over(vv, oz, door=door)
    for eerder in vv.uitkomsten:
        nog_open = "" if eerder.uitkomst_geweld == NIET_GERAPPORTEERD else eerder.uitkomst_geweld
        maak(Uitkomst(stap=oz.stap, vorm=eerder.vorm, uitkomst_geweld=nog_open), door=door)
    neem_geweldsvormen_over(oz, door=door)
    neem_voorwaarden_mee(oz, door=door, ook_van=stap)
    for benadering in stap.benaderingen.filter(gedaan_op__isnull=True, reden_niet=""):
        wijzig(benadering, door=door, mag=rechten.mag_meegaan, zin="Gaat mee naar het onderzoek", stap=oz.stap)
    return oz


def _ook_bij(dienst: EigenDienst, meldingen: Sequence[Melding], *, door: Medewerker) -> None:
    """A service that waits or runs takes these reports too (scenario 8)."""
    if not (nieuw := set(meldingen) - set(dienst.meldingen.all())):
        return
    dienst.meldingen.add(*nieuw)
    nummers = ", ".join(sorted(melding.nummer for melding in nieuw))
    zin = f"{dienst.naam} hoort nu ook bij {nummers}"
    dienst.schrijf_log(door=door, wat="melding_erbij", zin=zin, regels=["RW-13.S8"])
    werk_taak_bij(dienst, door=door)


BIJ_VT: dict[str, Callable[..., Dienst]] = {VV.soort: start_vv, OZ.soort: start_oz}
"""How each service of Veilig Thuis itself begins, by its name in the choice."""


def neem_geweldsvormen_over(dienst: EigenDienst, *, door: Medewerker) -> None:
    """Each form of violence of the VHT asks for its outcome; nobody types them again."""
    bekend = set(dienst.uitkomsten.values_list("vorm", flat=True))
    for vorm in geweldsvormen_van(dienst.meldingen.all()):
        if vorm not in bekend:
            maak(Uitkomst(stap=dienst.stap, vorm=vorm), door=door)
