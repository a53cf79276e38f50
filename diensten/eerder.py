"""A next report in a case that is being worked on: what was chosen before is proposed, never taken by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casus.selectors.tijdlijn import stappen_van
from diensten.bijzonder import Voorstel, voorgestelde_keuze
from vt_cvs.kern.regels import regel
from vt_cvs.web import dagen

if TYPE_CHECKING:
    from casus.models import Casus
    from diensten.models import Keuze


def voorstel_voor(keuze: Keuze) -> Voorstel | None:
    """What stands filled in on the form: what the report itself asks, or else what was chosen before in this case."""
    return voorgestelde_keuze(keuze) or _eerdere(keuze)


@regel("RW-13.S7")
def _eerdere(keuze: Keuze) -> Voorstel | None:
    """The last choice of this case, while the service that it chose waits or runs."""
    from diensten.models import Keuze
    from diensten.selectors import lopende_vv

    if keuze.vht is None or keuze.na_een_dienst:
        return None
    gemaakt = Keuze.objects.filter(stap__casus=keuze.casus, stand=Keuze.Stand.GEMAAKT, vht__isnull=False)
    eerder = gemaakt.select_related("vht__melding").order_by("-gemaakt_op").first()
    if eerder is None or (eerder.vv and lopende_vv(keuze.casus) is None):
        return None
    assert eerder.vht and eerder.gemaakt_op  # noqa: S101, PT018 - filtered above
    dag = dagen.kort(eerder.gemaakt_op)
    return Voorstel(
        redenen=(f"{eerder.in_woorden}, want dat is bij melding {eerder.vht.melding.nummer} op {dag} ook gekozen.",),
        vv=eerder.vv,
        overdracht=eerder.overdracht,
        soort_partij=eerder.soort_partij,
        partij=eerder.partij,
        maatwerk=eerder.maatwerk,
        soort_maatwerk=eerder.soort_maatwerk,
        vrij=True,
    )


@regel("RW-13.S8")
def dienst_in_afronding(casus: Casus) -> Iterator[str]:
    """Said beside the triagebesluit of a new report: a service that is being ended changes what fits."""
    from diensten.selectors import lopende_vv

    lopend = {stap.soort for stap in stappen_van(casus) if stap.is_open}
    vv = lopende_vv(casus) if "vv" in lopend else None
    vervolg = vv.vervolg_in_woorden if vv is not None and (vv.vervolg_monitoren or vv.vervolg_overdracht) else ""
    if vervolg:
        yield f"De V&V wordt afgerond met {vervolg}. Dan kan ook dit triagebesluit Overdracht zijn."
    elif vv is not None:
        yield "Er loopt een V&V. Na “Vervolgstappen beleggen bij Veilig Thuis” hoort die ook bij deze melding."
    elif "monitoren" in lopend:
        yield "Deze casus wordt gemonitord. Past een nieuwe dienst niet, dan kan dit triagebesluit Overdracht zijn."
