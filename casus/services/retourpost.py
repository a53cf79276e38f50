"""Mail that came back: read from a mailbox, matched to the message by its Message-ID, and made into a task."""

from __future__ import annotations

import email
import imaplib
import logging
import re
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage, Message
from email.policy import default

from django.conf import settings

from casus.models import Bericht
from casus.services.terugkoppeling import kwam_niet_aan
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import systeemmedewerker

logger = logging.getLogger(__name__)
WACHT = 30  # seconds for the mail server to answer
HOOGSTENS = 200
_KENMERK = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)


def teruggekomen(inhoud: bytes) -> list[uuid.UUID]:
    """The marks of our messages that this delivery report (RFC 3464) says could not be delivered for good.

    A report of delay or of success is none, and neither is a person's answer: those give an empty list.
    """
    bericht = email.message_from_bytes(inhoud, policy=default)
    if bericht.get_content_type() != "multipart/report" or not bericht.is_multipart():
        return []
    delen = list(bericht.walk())
    if not any(_zegt_mislukt(deel) for deel in delen if deel.get_content_type() == "message/delivery-status"):
        return []
    gevonden = [mark for deel in delen for mark in _kenmerken(deel)]
    return list(dict.fromkeys(gevonden))


def _zegt_mislukt(deel: Message) -> bool:
    """Each recipient has a block of its own; the first block is about the report as a whole."""
    blokken = deel.get_payload()
    return isinstance(blokken, list) and any(
        str(blok.get("Action", "")).strip().lower() == "failed" for blok in blokken if isinstance(blok, Message)
    )


def _kenmerken(deel: Message) -> Iterator[uuid.UUID]:
    """The Message-ID of the message that came back, whole or only its headers."""
    soort = deel.get_content_type()
    kop = ""
    if soort == "message/rfc822":
        inhoud = deel.get_payload()
        eerste = inhoud[0] if isinstance(inhoud, list) and inhoud else None
        kop = str(eerste.get("Message-ID", "")) if isinstance(eerste, Message) else ""
    elif soort == "text/rfc822-headers" and isinstance(deel, EmailMessage):
        kop = str(email.message_from_string(str(deel.get_content()), policy=default).get("Message-ID", ""))
    yield from (uuid.UUID(mark) for mark in _KENMERK.findall(kop))


@regel("RW-6.11")
def verwerk(inhoud: bytes) -> int:
    """Note what came back; reading the same report twice changes nothing. Returns how many tasks it made."""
    klok = systeemmedewerker("Klok")
    return sum(
        kwam_niet_aan(bericht, door=klok) for bericht in Bericht.objects.filter(postkenmerk__in=teruggekomen(inhoud))
    )


@contextmanager
def postbus() -> Iterator[imaplib.IMAP4]:
    """The mailbox for returned mail, logged in and opened."""
    if settings.RETOURPOST_TLS:
        veilig = ssl.create_default_context()
        bus: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            settings.RETOURPOST_HOST, settings.RETOURPOST_POORT, ssl_context=veilig, timeout=WACHT
        )
    else:
        bus = imaplib.IMAP4(settings.RETOURPOST_HOST, settings.RETOURPOST_POORT, timeout=WACHT)
    with bus:
        bus.login(settings.RETOURPOST_GEBRUIKER, settings.RETOURPOST_WACHTWOORD)
        stand, _ = bus.select(settings.RETOURPOST_MAP)
        if stand != "OK":
            raise imaplib.IMAP4.error("de map bestaat niet")
        yield bus


def haal_retourpost() -> int:
    """Read the delivery reports that are new. Each is marked as read only once it has been dealt with, so a crash
    loses none; what people wrote to this address stays unread for people."""
    if not settings.RETOURPOST_HOST:
        return 0
    gemaakt = 0
    with postbus() as bus:
        _, gevonden = bus.uid("SEARCH", "UNSEEN", "HEADER", "Content-Type", "multipart/report")
        for nummer in (gevonden[0] or b"").decode().split()[:HOOGSTENS]:
            _, delen = bus.uid("FETCH", nummer, "(BODY.PEEK[])")
            inhoud = next((deel[1] for deel in delen if isinstance(deel, tuple)), b"")
            gemaakt += _verwerk_een(inhoud, nummer)
            bus.uid("STORE", nummer, "+FLAGS", r"(\Seen)")
    return gemaakt


def _verwerk_een(inhoud: bytes, nummer: str) -> int:
    """A report that cannot be read must not hold up the others."""
    try:
        return verwerk(inhoud)
    except (ValueError, LookupError, TypeError, AttributeError):
        logger.warning("retourpost %s kon niet worden gelezen", nummer)
        return 0
