"""The choice, and its services V&V, onderzoek, Overdracht, Monitoren and Lokaal maatwerk, each owner of its step."""

from diensten.models.dienst import Dienst
from diensten.models.eigen import EigenDienst
from diensten.models.keuze import Keuze
from diensten.models.maatwerk import Maatwerk
from diensten.models.monitoren import Monitoren, Monitormoment
from diensten.models.onderzoekspunt import Onderzoekspunt
from diensten.models.overdracht import Overdracht
from diensten.models.oz import OZ
from diensten.models.uitkomst import Uitkomst
from diensten.models.vv import VV

DIENSTEN: tuple[type[Dienst], ...] = (VV, OZ, Overdracht, Monitoren, Maatwerk)
EIGEN: tuple[type[EigenDienst], ...] = (VV, OZ)
"""What Veilig Thuis carries out itself, of which never more than one waits or runs (RW-9.2)."""

__all__ = [
    "DIENSTEN",
    "EIGEN",
    "OZ",
    "VV",
    "Dienst",
    "EigenDienst",
    "Keuze",
    "Maatwerk",
    "Monitoren",
    "Monitormoment",
    "Onderzoekspunt",
    "Overdracht",
    "Uitkomst",
]
