"""Mail that comes back becomes a task: real delivery reports, read from a small IMAP server of this test."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.core import mail

from casus.models import Bericht, Taak, Terugkoppeling
from casus.services.retourpost import haal_retourpost, teruggekomen, verwerk
from casus.services.terugkoppeling import concepttekst, schrijf_bericht, vraag_terugkoppeling
from casus.tasks import lees_retourpost
from tests import factories
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-6.11")]

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.merenland.example (Mail Delivery System)
To: veilig-thuis@merenland.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 2 Mar 2026 09:00:05 +0100 (CET)
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
    boundary="4F0A12.1772438405/mx.merenland.example"
Content-Transfer-Encoding: 8bit
Message-Id: <20260302080005.7C1@mx.merenland.example>

This is a MIME-encapsulated message.

--4F0A12.1772438405/mx.merenland.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.merenland.example.

<oosterveen@politie.example>: host mx.politie.example said: 550 5.1.1 User unknown

--4F0A12.1772438405/mx.merenland.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.merenland.example
X-Postfix-Queue-ID: 4F0A12
Arrival-Date: Mon,  2 Mar 2026 09:00:03 +0100 (CET)

Final-Recipient: rfc822; oosterveen@politie.example
Original-Recipient: rfc822;oosterveen@politie.example
Action: {actie}
Status: {status}
Remote-MTA: dns; mx.politie.example
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--4F0A12.1772438405/mx.merenland.example
{rest}
--4F0A12.1772438405/mx.merenland.example--
"""
HEEL = """Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: {id}
From: veilig-thuis@merenland.example
To: oosterveen@politie.example
Subject: Uw melding

Tekst."""
KOPPEN = """Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Message-ID: {id}
From: veilig-thuis@merenland.example
Subject: Uw melding
"""


def rapport(kenmerk: str, *, actie: str = "failed", status: str = "5.1.1", rest: str = HEEL) -> bytes:
    tekst = POSTFIX.format(actie=actie, status=status, rest=rest.format(id=kenmerk))
    return tekst.replace("\n", "\r\n").encode()


@pytest.fixture
def terugkoppeling() -> Terugkoppeling:
    """Sent, taken by the mail server, and waiting to hear that it bounced."""
    noor = factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    melding = factories.melding(door=noor)
    gevraagd = vraag_terugkoppeling(
        melding.stap,
        "triagebesluit",
        door=noor,
        aan="J. de Wit",
        adres="oosterveen@politie.example",
        meldingsnummer=melding.nummer,
        partij="politie",
    )
    onderwerp, tekst = concepttekst(gevraagd)
    adres = gevraagd.adres
    geschreven = schrijf_bericht(gevraagd, door=noor, wijze="mail", adres=adres, onderwerp=onderwerp, tekst=tekst)
    voer_uit(geschreven, "verstuur", door=noor)
    bezorg()
    return Terugkoppeling.objects.select_related("bericht").get(pk=gevraagd.pk)


def message_id() -> str:
    return mail.outbox[-1].extra_headers["Message-ID"]


def test_een_geweigerde_mail_wordt_een_taak_en_zichtbaar(terugkoppeling):
    assert terugkoppeling.stand == "afgeleverd"
    assert verwerk(rapport(message_id())) == 1
    nu = Terugkoppeling.objects.select_related("bericht").get(pk=terugkoppeling.pk)
    assert (nu.stand, nu.bericht.aflevering) == ("mislukt", "niet aangekomen")
    taak = Taak.objects.get(soort="terugkoppeling", stand="open")
    assert taak.titel == "Terugkoppeling aan de melder opnieuw versturen"


def test_alleen_de_koppen_van_de_mail_zijn_genoeg(terugkoppeling):
    assert verwerk(rapport(message_id(), rest=KOPPEN)) == 1


def test_twee_keer_hetzelfde_rapport_maakt_een_taak(terugkoppeling):
    assert verwerk(rapport(message_id())) == 1
    assert verwerk(rapport(message_id())) == 0
    assert Taak.objects.filter(soort="terugkoppeling", stand="open").count() == 1


def test_een_oud_rapport_raakt_de_nieuwe_mail_niet(terugkoppeling):
    oud = message_id()
    verwerk(rapport(oud))
    opnieuw = Terugkoppeling.objects.get(pk=terugkoppeling.pk)
    voer_uit(opnieuw, "verstuur", door=terugkoppeling.bericht.door)
    bezorg()
    assert message_id() != oud
    assert verwerk(rapport(oud)) == 0
    assert Terugkoppeling.objects.get(pk=terugkoppeling.pk).stand == "afgeleverd"
    assert Bericht.objects.filter(mislukt_op__isnull=False).count() == 1


@pytest.mark.parametrize(("actie", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")])
def test_vertraging_of_ontvangst_is_geen_mislukking(terugkoppeling, actie, status):
    assert verwerk(rapport(message_id(), actie=actie, status=status)) == 0


def test_een_antwoord_van_een_mens_of_onzin_doet_niets(terugkoppeling):
    antwoord = EmailMessage()
    antwoord["Subject"], antwoord["In-Reply-To"] = "Re: Uw melding", message_id()
    antwoord.set_content(f"Dank u wel. Dit kwam niet aan: {message_id()} Action: failed")
    for inhoud in (antwoord.as_bytes(), b"", b"\xff\xfe\x00", rapport("<iets-anders@elders>"), rapport("")[:900]):
        assert teruggekomen(inhoud) == []
        assert verwerk(inhoud) == 0


class _Postbus(socketserver.StreamRequestHandler):
    """Enough of IMAP4rev1 for a reader of one folder."""

    def handle(self) -> None:
        self.zeg("* OK klaar")
        while regel := self.rfile.readline().decode().strip():
            merk, _, rest = regel.partition(" ")
            opdracht = rest.split()[0].upper()
            if opdracht == "CAPABILITY":
                self.zeg("* CAPABILITY IMAP4rev1")
            elif opdracht == "LOGIN" and rest.split()[1:] != ["retour", '"geheim"']:
                self.zeg(f"{merk} NO geen toegang")
                continue
            elif opdracht == "UID":
                self.uid(rest)
            self.zeg(f"{merk} OK gedaan")
            if opdracht == "LOGOUT":
                return

    def uid(self, rest: str) -> None:
        server: _Server = self.server  # type: ignore[assignment]
        server.opdrachten.append(rest)
        if " SEARCH " in f" {rest} ":
            nieuw = [n for n, (inhoud, gelezen) in server.post.items() if not gelezen and b"multipart/report" in inhoud]
            self.zeg("* SEARCH " + " ".join(map(str, nieuw)))
            return
        nummer = int(re.search(r"\d+", rest)[0])  # type: ignore[index]
        if "FETCH" in rest:
            inhoud = server.post[nummer][0]
            self.wfile.write(
                f"* {nummer} FETCH (UID {nummer} BODY[] {{{len(inhoud)}}}\r\n".encode() + inhoud + b")\r\n"
            )
        else:
            server.post[nummer] = (server.post[nummer][0], True)

    def zeg(self, regel: str) -> None:
        self.wfile.write(f"{regel}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Postbus)
        self.post: dict[int, tuple[bytes, bool]] = {}
        self.opdrachten: list[str] = []


@pytest.fixture
def postbus(settings) -> Iterator[_Server]:
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.RETOURPOST_HOST, settings.RETOURPOST_POORT = server.server_address
        settings.RETOURPOST_GEBRUIKER, settings.RETOURPOST_WACHTWOORD = "retour", "geheim"
        settings.RETOURPOST_TLS = False
        yield server
        server.shutdown()


def test_de_postbus_wordt_gelezen_en_alleen_rapporten_worden_gelezen_gezet(terugkoppeling, postbus):
    mens = EmailMessage()
    mens.set_content("Mag ik u bellen?")
    postbus.post = {7: (rapport(message_id()), False), 8: (mens.as_bytes(), False), 9: (rapport("<x@y>"), False)}
    assert haal_retourpost() == 1
    assert [gelezen for _, gelezen in postbus.post.values()] == [True, False, True]
    assert Terugkoppeling.objects.get(pk=terugkoppeling.pk).stand == "mislukt"
    assert haal_retourpost() == 0


def test_een_rapport_dat_niet_is_afgehandeld_blijft_ongelezen(terugkoppeling, postbus, monkeypatch):
    postbus.post = {7: (rapport(message_id()), False)}

    def valt_om(*_: object, **__: object) -> bool:
        raise ConnectionError

    monkeypatch.setattr("casus.services.retourpost.kwam_niet_aan", valt_om)
    with pytest.raises(ConnectionError):
        lees_retourpost()
    assert postbus.post[7][1] is False


def test_zonder_postbus_kijkt_niemand(settings):
    settings.RETOURPOST_HOST = ""
    assert haal_retourpost() == 0
