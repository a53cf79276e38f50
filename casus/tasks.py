"""Background work of the spine; each may run twice, late or after a crash."""

from celery import shared_task

from casus.personen.geheimhouding import kijk_geheimhouding_na as kijk_na
from casus.services.betrokkenen import werk_casusnamen_bij as werk_bij
from casus.services.herinneringen import herinner
from casus.services.retourpost import haal_retourpost


@shared_task
def herinneren() -> None:
    """Terms that are close or past."""
    herinner()


@shared_task
def kijk_geheimhouding_na() -> None:
    """Whether an address became secret in the BRP, for everyone in an open case whose BSN was confirmed."""
    kijk_na()


@shared_task
def lees_retourpost() -> None:
    """Mail that came back becomes a task; does nothing where no mailbox is set up."""
    haal_retourpost()


@shared_task
def werk_casusnamen_bij() -> None:
    """Who turned eighteen is an adult in the name of an open case."""
    werk_bij()
