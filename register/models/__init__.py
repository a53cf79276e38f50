"""What we have told the VT Register, and whom it told us about."""

from register.models.match import OntvangenBericht, Registermatch
from register.models.registratie import Registratie

__all__ = ["OntvangenBericht", "Registermatch", "Registratie"]
