"""Background work of the organisation; each may run twice, late or after a crash."""

from celery import shared_task
from django.core.management import call_command

from vt_cvs.organisatie.accounts import laat_verzoeken_vervallen


@shared_task
def ruim_sessies_op() -> None:
    """Sessions that ended hold keys of what people looked at: they go."""
    call_command("clearsessions")


@shared_task
def ruim_verzoeken_op() -> int:
    """Requests about a second factor that nobody confirmed. Links and confirmations are signed and leave no rows."""
    return laat_verzoeken_vervallen()
