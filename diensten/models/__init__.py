"""The services: the choice, and V&V, Overdracht, Monitoren and Lokaal maatwerk, each the owner of its step."""

from diensten.models.dienst import Dienst
from diensten.models.keuze import Keuze
from diensten.models.maatwerk import Maatwerk
from diensten.models.monitoren import Monitoren, Monitormoment
from diensten.models.overdracht import Overdracht
from diensten.models.vv import VV, Uitkomst

DIENSTEN: tuple[type[Dienst], ...] = (VV, Overdracht, Monitoren, Maatwerk)

__all__ = [
    "DIENSTEN",
    "VV",
    "Dienst",
    "Keuze",
    "Maatwerk",
    "Monitoren",
    "Monitormoment",
    "Overdracht",
    "Uitkomst",
]
