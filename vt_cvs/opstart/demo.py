"""`python3 start.py`: from a bare checkout to a served page, and back to nothing on Ctrl-C."""

import json
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from vt_cvs.opstart import sleutels, systeem
from vt_cvs.opstart.clusterboek import Clusterboek
from vt_cvs.opstart.fouten import Stop, herken, staart
from vt_cvs.opstart.gezond import antwoordt_op_http, controleer, poort_is_vrij, wacht
from vt_cvs.opstart.omgeving import DRAAIEN, Omgeving
from vt_cvs.opstart.opstelling import Opstelling
from vt_cvs.opstart.plaats import neem_slot, staatmap
from vt_cvs.opstart.postgres import Postgres
from vt_cvs.opstart.processen import Opdracht, Proces, ruim_restanten, start, stop
from vt_cvs.opstart.processen import voer_uit as voer_opdracht_uit
from vt_cvs.opstart.verslag import Tikker, seconden, stap, zeg

GUNICORN = (
    "-k",
    "gthread",
    "--threads",
    "4",
    "--no-control-socket",
    "--graceful-timeout",
    "10",
    "--log-level",
    "warning",
)
PING = """
import sys
from vt_cvs.celery import app
sys.exit(not any(app.control.ping(timeout=2, limit=1) for _ in range(40)))
"""


def voer_uit(poort: int) -> int:
    tikker = Tikker()
    staat = staatmap(keuze=os.environ.get("VT_STAAT"))
    slot = neem_slot(staat, adres(poort))
    ruim_restanten(staat)
    for bezet in (poort, poort + 1, poort + 2):
        poort_is_vrij(bezet, keuze=poort)
    systeem.zorg_voor(browser=False)
    omgeving = Omgeving()
    omgeving.zorg_voor(DRAAIEN)
    demo = Demo(staat, omgeving, poort)
    try:
        demo.start(tikker)
        while True:
            controleer(demo.processen)
            time.sleep(0.5)
    except KeyboardInterrupt:
        zeg("\nStoppen…")
        return 0
    finally:
        for sein in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a second Ctrl-C must not leave half behind
            signal.signal(sein, signal.SIG_IGN)
        demo.stop()
        slot.close()


def _waarom(wat: str, log: Path) -> str:
    reden = staart(log)
    return herken(reden) or f"{wat}:\n{reden}"


def adres(poort: int) -> str:
    return f"http://127.0.0.1:{poort}"


class Demo:
    def __init__(self, staat: Path, omgeving: Omgeving, poort: int) -> None:
        self.staat, self.omgeving, self.poort = staat, omgeving, poort
        self.soort = os.environ.get("VT_OMGEVING", "demo")
        if self.soort == "productie" and not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
            raise Stop("De meegeleverde database is voor de demo: zet voor productie DATABASE_URL en REDIS_URL.")
        self.opstelling = Opstelling(staat, omgeving.site())
        self.env: dict[str, str] = {}
        self.processen: list[Proces] = []

    def start(self, tikker: Tikker) -> None:
        boek = self._controleer_cluster(self.opstelling.postgres) if self.opstelling.postgres else None
        self.env = sleutels.kinderomgeving(
            self.staat,
            demosleutels=self.soort != "productie",
            VT_OMGEVING=self.soort,
            VT_WEBADRES=os.environ.get("VT_WEBADRES", adres(self.poort)),
            VT_REGISTER_URL=adres(self.poort + 1),
            **self._brp(),
        )
        zeg("Database en broker starten…")
        self.env |= self.opstelling.start()
        self.processen = self.opstelling.processen()
        bij = bool(boek and boek.is_bij() and self._accounts().exists())
        if not bij:
            self._bereid_voor(boek)
        with stap("Web, registerdienst en achtergrondwerk starten") as wachttijd:
            self._start_processen(wachttijd)
        self._zeg_waar(tikker)
        if not bij:
            self._vul(boek)

    def stop(self) -> None:
        ground = self.opstelling.processen()
        stop([proces for proces in self.processen if proces not in ground])
        self.opstelling.stop()

    def _controleer_cluster(self, postgres: Postgres) -> Clusterboek:
        boek = Clusterboek(self.staat, postgres=postgres.hoofdversie())
        if reden := boek.waarom_opnieuw(sleutels_bekend=sleutels.bestaan(self.staat)):
            opzij = boek.ruim_op()
            waar = f"; de oude staat in {opzij}" if opzij else ""
            zeg(f"De demodatabase wordt opnieuw gemaakt, omdat die {reden}{waar}.")
        if not boek.cluster.exists():
            boek.begin()
        return boek

    def _bereid_voor(self, boek: Clusterboek | None) -> None:
        """Both databases at once; when it fails, the last lines say why."""
        if boek:
            boek.begin()
        python = self.omgeving.bin / "python"
        with stap("Databases bijwerken") as tikker:
            opdracht: Opdracht = [python, "-m", "django", "migrate", "--verbosity", "0"]
            env = sleutels.voor_registerdienst(self.env)
            register = start("registermigratie", opdracht, staat=self.staat, env=env)
            try:
                opdracht = [python, "manage.py", "voorbereiden", "--accounts", self._accounts()]
                env, log = sleutels.voor_ons(self.env), self.staat / "log" / "voorbereiden.log"
                with log.open("wb") as fouten:
                    code, _ = voer_opdracht_uit(opdracht, env=env, toon=True, tikker=tikker, umask=0o077, fouten=fouten)
                if code:
                    raise Stop(_waarom("Het bijwerken van de database is mislukt", log))
                if register.popen.wait():
                    raise Stop(_waarom("Het bijwerken van de registerdatabase is mislukt", register.log))
            finally:
                stop([register])

    def _vul(self, boek: Clusterboek | None) -> None:
        """The page is there already: whoever wants can log in while the cases of the demo come in."""
        if self.soort == "demo":
            with stap("Demogegevens laden als de database leeg is; inloggen kan al") as tikker:
                log = self.staat / "log" / "demo.log"
                opdracht: Opdracht = [self.omgeving.bin / "python", "manage.py", "demo", "--als-leeg"]
                with log.open("wb") as fouten:
                    code, _ = voer_opdracht_uit(
                        opdracht, env=sleutels.voor_ons(self.env), toon=True, tikker=tikker, fouten=fouten
                    )
                if code:
                    raise Stop(_waarom("Het laden van de demogegevens is mislukt", log))
            zeg("De demo staat klaar.")
        if boek:
            boek.klaar()

    def _start_processen(self, tikker: Tikker) -> None:
        ons, dienst = sleutels.voor_ons(self.env), sleutels.voor_registerdienst(self.env)

        def begin(naam: str, *opdracht: str | Path, doodsein: signal.Signals, env: Mapping[str, str] = ons) -> None:
            programma: Opdracht = [self.omgeving.bin / opdracht[0], *opdracht[1:]]
            self.processen.append(start(naam, programma, staat=self.staat, env=env, doodsein=doodsein))

        # When we are killed: gunicorn at once, also in the middle of a request; a worker whose broker dies with us
        # never finishes a polite stop, and an unfinished task is delivered again anyway.
        quit_, kill, term = signal.SIGQUIT, signal.SIGKILL, signal.SIGTERM
        celery = ("celery", "-A", "vt_cvs.celery")
        bind = [("-b", f"127.0.0.1:{self.poort + n}") for n in range(3)]
        begin("web", "gunicorn", "vt_cvs.wsgi:application", "-w", "2", *GUNICORN, *bind[0], doodsein=quit_)
        opties = ("-c", "1", "--without-gossip", "--without-mingle", "-l", "WARNING")
        begin("worker", *celery, "worker", *opties, doodsein=kill)
        wsgi = "register.dienst.wsgi:application"
        begin("registerdienst", "gunicorn", wsgi, "-w", "1", *GUNICORN, *bind[1], doodsein=quit_, env=dienst)
        if self.soort == "demo":
            brp = "vt_cvs.koppelingen.brp_simulator:app"
            begin(
                "brp", "gunicorn", brp, "-w", "1", *GUNICORN, *bind[2], doodsein=quit_, env=sleutels.voor_brp(self.env)
            )
        begin("beat", *celery, "beat", "-s", self.staat / "beat", "-l", "WARNING", doodsein=term)
        ping = start("ping", [self.omgeving.bin / "python", "-c", PING], staat=self.staat, env=ons)
        try:
            proeven = {
                "web": antwoordt_op_http(self.poort),
                "registerdienst": antwoordt_op_http(self.poort + 1, hosts="REGISTER_HOSTS"),
                "worker": lambda: ping.popen.poll() == 0,
            }
            wacht(proeven, self.processen, tikker=tikker)
        finally:
            stop([ping])

    def _brp(self) -> dict[str, str]:
        """The demo asks a BRP of its own, with fictional people; anything else asks the one it was given."""
        return {"VT_BRP_URL": f"{adres(self.poort + 2)}/haalcentraal/api/brp"} if self.soort == "demo" else {}

    def _accounts(self) -> Path:
        return self.staat / "accounts.json"

    def _zeg_waar(self, tikker: Tikker) -> None:
        zeg(f"\nVT-CVS draait op {adres(self.poort)} (gestart in {seconden(tikker.duur)})\n")
        if self.soort == "demo":
            accounts = json.loads(self._accounts().read_text())
            breedte = max((len(account["rol"]) for account in accounts), default=0)
            email = max((len(account["email"]) for account in accounts), default=0)
            for account in accounts:
                zeg(f"  {account['rol']:<{breedte}}  {account['email']:<{email}}  {account['wachtwoord']}")
            zeg("")
        zeg(f"Registerdienst: {adres(self.poort + 1)}. Logboeken: {self.staat / 'log'}. Stoppen: Ctrl-C.")
