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
    from diensten.selectors import eigen_dienst

    if keuze.vht is None or keuze.na_een_dienst:
        return None
    gemaakt = Keuze.objects.filter(stap__casus=keuze.casus, stand=Keuze.Stand.GEMAAKT, vht__isnull=False)
    eerder = gemaakt.select_related("vht__melding").order_by("-gemaakt_op").first()
    if eerder is None:
        return None
    loopt = eigen_dienst(keuze.casus) if eerder.vv or eerder.oz else None
    if loopt is None and (eerder.vv or eerder.oz):
        return None
    assert eerder.vht and eerder.gemaakt_op  # noqa: S101, PT018 - filtered above
    dag = dagen.kort(eerder.gemaakt_op)
    redenen = [f"{eerder.in_woorden}, want dat is bij melding {eerder.vht.melding.nummer} op {dag} ook gekozen."]
    oz = loopt is not None and loopt.soort == "oz"
    if oz and eerder.vv:
        redenen.append("De V&V is verder gegaan als onderzoek; dat hoort dan ook bij deze melding.")
    return Voorstel(
        redenen=tuple(redenen),
        vv=eerder.vv and not oz,
        oz=oz,
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
    from diensten.selectors import eigen_dienst

    lopend = {stap.soort for stap in stappen_van(casus) if stap.is_open}
    eigen = eigen_dienst(casus) if lopend & {"vv", "oz"} else None
    if eigen is not None and (eigen.vervolg_monitoren or eigen.vervolg_overdracht):
        wat = "Het onderzoek" if eigen.soort == "oz" else "De V&V"
        yield f"{wat} wordt afgerond met {eigen.vervolg_in_woorden}. Dan kan ook dit triagebesluit Overdracht zijn."
    elif eigen is not None:
        wat = "een onderzoek. Na {} hoort dat" if eigen.soort == "oz" else "een V&V. Na {} hoort die"
        yield f"Er loopt {wat.format('“Vervolgstappen beleggen bij Veilig Thuis”')} ook bij deze melding."
    elif "monitoren" in lopend:
        yield "Deze casus wordt gemonitord. Past een nieuwe dienst niet, dan kan dit triagebesluit Overdracht zijn."
