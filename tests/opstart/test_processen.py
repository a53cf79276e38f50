"""Nothing outlives the starter, and whatever a kill -9 left is cleared by the next start."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vt_cvs.opstart import linters
from vt_cvs.opstart.fouten import GEEN_NET, Stop, herken
from vt_cvs.opstart.gezond import antwoordt_op_http, wacht
from vt_cvs.opstart.plaats import ROOT
from vt_cvs.opstart.processen import Proces, ruim_restanten, start, stop, voer_uit
from vt_cvs.opstart.verslag import Tikker

pytestmark = pytest.mark.xdist_group("opstart")

OPZICHTER = """
import sys, time
from pathlib import Path
from vt_cvs.opstart.omgeving import Omgeving
from vt_cvs.opstart.opstelling import Opstelling
from vt_cvs.opstart.plaats import neem_slot
from vt_cvs.opstart.processen import ruim_restanten

staat = Path(sys.argv[1])
slot = neem_slot(staat, "proef")
ruim_restanten(staat)
opstelling = Opstelling(staat, Omgeving().site())
opstelling.start()
print(*(p.popen.pid for p in opstelling.processen()), flush=True)
time.sleep(120)
"""
DOOF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('doof', flush=True); time.sleep(120)"


def leeft(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wacht_tot(vraag: Callable[[], bool], geduld: float = 15) -> bool:
    einde = time.monotonic() + geduld
    while not vraag() and time.monotonic() < einde:
        time.sleep(0.02)
    return vraag()


def begin(naam: str, code: str, staat: Path) -> Proces:
    return start(naam, [sys.executable, "-c", code], staat=staat, env=dict(os.environ))


def hoor(proces: Proces, tekst: str) -> bool:
    return wacht_tot(lambda: tekst in proces.log.read_text())


def nakomelingen(pids: list[int]) -> list[int]:
    """The processes and their children, so that PostgreSQL's own count too."""
    allen = [int(pad.name) for pad in Path("/proc").iterdir() if pad.name.isdigit()]
    kinderen = []
    for pid in allen:
        try:
            ouder = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if ouder in pids:
            kinderen.append(pid)
    return pids + kinderen


def opzichter(staat: Path) -> "tuple[subprocess.Popen[str], list[int]]":
    proces = subprocess.Popen(
        [sys.executable, "-c", OPZICHTER, str(staat)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert proces.stdout
    pids = [int(pid) for pid in proces.stdout.readline().split()]
    if len(pids) != 2:
        raise AssertionError(proces.communicate()[1])
    return proces, pids


def test_een_kill_9_laat_niets_achter_en_de_volgende_start_werkt(staat: Path) -> None:
    proces, pids = opzichter(staat)
    with proces:
        familie = nakomelingen(pids)
        assert len(familie) > 4
        proces.kill()
    volgende, nieuw = opzichter(staat)  # at once, while the others may still be dying
    with volgende:
        assert all(leeft(pid) for pid in nieuw)
        assert wacht_tot(lambda: not any(leeft(pid) for pid in familie))
        volgende.kill()
    assert wacht_tot(lambda: not any(leeft(pid) for pid in nieuw))


def test_stoppen_wacht_en_beeindigt_dan_wie_niet_luistert_met_al_zijn_kinderen(staat: Path) -> None:
    code = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {DOOF!r}]).wait()"
    proces = begin("doof", f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n{code}", staat)
    assert hoor(proces, "doof")
    familie = nakomelingen([proces.popen.pid])
    assert len(familie) == 2
    stop([proces], geduld=0.3)
    assert wacht_tot(lambda: not any(leeft(pid) for pid in familie))


def test_een_restant_dat_niet_sterft_wordt_beeindigd(staat: Path) -> None:
    proces = begin("doof", DOOF, staat)
    assert hoor(proces, "doof")
    ruim_restanten(staat, geduld=0.2)
    assert proces.popen.wait(5) == -signal.SIGKILL
    assert not (staat / "processen").exists()


def test_een_vreemd_proces_met_een_oud_nummer_blijft_leven(staat: Path) -> None:
    """A process number is used again one day; the start time tells the two apart."""
    proces = begin("vreemde", "import time; print('hier', flush=True); time.sleep(60)", staat)
    assert hoor(proces, "hier")
    pid, starttijd, boot = json.loads((staat / "processen").read_text())
    (staat / "processen").write_text(json.dumps([pid, str(int(starttijd) - 100), boot]) + "\n")
    ruim_restanten(staat, geduld=0.2)
    assert proces.leeft()
    stop([proces])


def test_een_opdracht_geeft_code_en_uitvoer_en_toont_die_als_dat_moet(capsys: pytest.CaptureFixture[str]) -> None:
    code, uitvoer = voer_uit([sys.executable, "-c", "print('één'); raise SystemExit(4)"], toon=True)
    assert (code, uitvoer) == (4, "één\n")
    assert capsys.readouterr().out == "één\n"


def test_een_opdracht_wacht_niet_op_een_achterblijver_die_de_pijp_openhoudt() -> None:
    begin_ = time.monotonic()
    code, _ = voer_uit(["sh", "-c", "sleep 30 & echo klaar"])
    assert code == 0
    assert time.monotonic() - begin_ < 10


def test_lang_wachten_geeft_een_teken_van_leven(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vt_cvs.opstart.verslag.TEKEN_VAN_LEVEN", 0.4)
    voer_uit(["sleep", "1.2"], tikker=Tikker())
    assert "…" in capsys.readouterr().out


def test_een_proces_dat_sterft_wordt_genoemd_met_zijn_laatste_woorden(staat: Path) -> None:
    code = "[print('regel', n) for n in range(30)]; raise SystemExit('te weinig koffie')"
    proces = begin("koffie", code, staat)
    with pytest.raises(Stop) as fout:
        wacht({"koffie": lambda: False}, [proces], tikker=Tikker(), geduld=20)
    assert "koffie is gestopt" in str(fout.value)
    assert "te weinig koffie" in str(fout.value)
    assert "regel 20" not in str(fout.value)
    assert "regel 25" in str(fout.value)


def test_een_geweigerde_verbinding_is_alleen_bij_pakketten_een_netwerkfout() -> None:
    assert herken("Connection refused", pakketten=True) == GEEN_NET
    assert herken("Connection refused") is None
    assert herken("django.core.exceptions.ImproperlyConfigured: Zet VT_GEHEIM.") == "Zet VT_GEHEIM."


def test_wat_niet_op_tijd_antwoordt_wordt_genoemd(staat: Path) -> None:
    proces = begin("traag", "import time; print('even', flush=True); time.sleep(60)", staat)
    assert hoor(proces, "even")
    with pytest.raises(Stop, match="antwoordt nog niet: traag"):
        wacht({"traag": lambda: False, "vlug": lambda: True}, [proces], tikker=Tikker(), geduld=0.3)
    stop([proces])


@pytest.mark.parametrize(("status", "gezond"), [(200, True), (503, False)])
def test_gezond_is_alleen_200(staat: Path, vrije_poort: int, status: int, gezond: bool) -> None:
    code = f"""
import http.server
class Antwoord(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({status} if self.path == "/gezond" else 404); self.end_headers()
dienst = http.server.HTTPServer(("127.0.0.1", {vrije_poort}), Antwoord)
print("luistert", flush=True)
dienst.serve_forever()
"""
    proef = antwoordt_op_http(vrije_poort)
    assert proef() is False
    proces = begin("dienst", code, staat)
    assert hoor(proces, "luistert")
    assert proef() is gezond
    stop([proces])


def test_elke_linter_draait_ook_na_een_fout_en_toont_dan_wat_er_is(
    staat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drie = [
        linters.Linter("slecht", ("sh", "-c", "echo regel 3 is lelijk; exit 1")),
        linters.Linter("goed", ("true",)),
        linters.Linter("omgeving", ("sh", "-c", 'test "$KLEUR" = blauw'), {"KLEUR": "blauw"}),
    ]
    bin_ = Path("/bin")
    assert linters.draai(bin_, staat=staat, env=dict(os.environ), tegelijk=2, linters=drie) == ["slecht"]
    uit = capsys.readouterr().out
    assert "regel 3 is lelijk" in uit
    assert "goed   goed" in uit
    assert "goed   omgeving" in uit
