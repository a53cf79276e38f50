"""Background work of the public form; may run twice, late or after a crash."""

from celery import shared_task

from melding.formulier.opslag import ruim_op


@shared_task(name="melding.formulier.ruim_op")
def ruim_concepten_op() -> int:
    """Half-filled forms older than two hours go, with their files."""
    return ruim_op()
