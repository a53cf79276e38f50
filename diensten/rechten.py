"""Who may choose and who may carry out a service: the achterkant that is involved, or the team leader of the team."""

from casus import rechten
from vt_cvs.kern.rechten import Recht

mag_kiezen: Recht = rechten.mag_behandelen
mag_behandelen: Recht = rechten.mag_behandelen
mag_opvolgen: Recht = rechten.mag_behandelen | rechten.mag_opnemen
"""An old case makes room for a new report (RW-3.1): whoever takes the report in ends the monitoring."""
mag_meegaan: Recht = rechten.mag_vastleggen
"""What goes along with a service that starts, such as conditions set before."""
