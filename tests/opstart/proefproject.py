"""A project as small as can be, for the real starter: its promises do not depend on what we build on it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from vt_cvs.opstart.plaats import ROOT

SETTINGS = """
import os
from pathlib import Path
from psycopg.conninfo import conninfo_to_dict
def database(naam):
    d = conninfo_to_dict(os.environ[naam])
    return {"ENGINE": "django.db.backends.postgresql", "NAME": d["dbname"], "USER": d["user"],
            "HOST": d["host"], "PORT": d["port"]}
OMGEVING = os.environ["VT_OMGEVING"]
PRODUCTIE = False
STAAT = Path(os.environ["VT_STAAT"])
SECRET_KEY = os.environ["VT_GEHEIM"]
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["vt_cvs.kern", "vt_cvs.demo"]
DATABASES = {"default": database("DATABASE_URL")}
ROOT_URLCONF = "vt_cvs.urls"
USE_TZ = True
CELERY_BROKER_URL = os.environ["REDIS_URL"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULE = {"proef": {"task": "vt_cvs.kern.tasks.proef", "schedule": 0.5}}
"""
URLS = """
from django.db import connection
from django.http import JsonResponse
from django.urls import path
def gezond(request):
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"gezond": True})
urlpatterns = [path("gezond", gezond)]
"""
DEMO = """
import json
from django.core.management.base import BaseCommand
from django.db import connection
class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--als-leeg", action="store_true")
        parser.add_argument("--accounts", action="store_true")
    def handle(self, *args, als_leeg, accounts, **options):
        if accounts:
            self.stdout.write(json.dumps([{"rol": "Proef", "email": "p@proef.example", "wachtwoord": "proefwoord"}]))
        if als_leeg:
            self.stdout.write("  demogegevens geladen")
"""
TAAK = """
from celery import shared_task
from django.conf import settings
@shared_task
def proef():
    (settings.STAAT / "gedaan").touch()
"""
REGISTER = SETTINGS.split("ROOT_URLCONF")[0] + 'ROOT_URLCONF = "register.dienst.urls"'
for _ons, _dienst in (
    ('"DATABASE_URL"', '"REGISTER_DATABASE_URL"'),
    ('"VT_GEHEIM"', '"VT_REGISTER_SLEUTEL"'),
    ('["vt_cvs.kern", "vt_cvs.demo"]', "[]"),
):
    REGISTER = REGISTER.replace(_ons, _dienst)
MIGRATIE = """
from django.db import migrations
class Migration(migrations.Migration):
    operations = [migrations.RunSQL("create table proef (getal int)", "drop table proef")]
"""
WSGI = (ROOT / "vt_cvs" / "wsgi.py").read_text()
BESTANDEN = {
    "vt_cvs/settings.py": SETTINGS,
    "vt_cvs/web/__init__.py": "",
    "vt_cvs/koppelingen/__init__.py": "",
    "vt_cvs/urls.py": URLS,
    "vt_cvs/kern/tasks.py": TAAK,
    "vt_cvs/demo/management/commands/demo.py": DEMO,
    "vt_cvs/demo/migrations/0001_begin.py": MIGRATIE,
    "register/dienst/settings.py": REGISTER,
    "register/dienst/urls.py": URLS,
    "register/dienst/wsgi.py": WSGI.replace("vt_cvs.settings", "register.dienst.settings"),
}
OVERNEMEN = (
    "start.py",
    "manage.py",
    "requirements.txt",
    "requirements-test.txt",
    "vt_cvs/celery.py",
    "vt_cvs/wsgi.py",
    "vt_cvs/web/stroom.py",
    "vt_cvs/koppelingen/brp_simulator.py",
    "vt_cvs/koppelingen/brp_bevolking.py",
    "vt_cvs/koppelingen/brp_personen.yaml",
)


def maak(root: Path) -> Path:
    for naam, inhoud in BESTANDEN.items():
        (root / naam).parent.mkdir(parents=True, exist_ok=True)
        (root / naam).write_text(inhoud)
    for naam in OVERNEMEN:
        shutil.copy(ROOT / naam, root / naam)
    for naam in ("vt_cvs/opstart", "vt_cvs/kern/management"):
        anders = ("__pycache__", "makemigrations.py", "regels.py", "toestanden.py")
        shutil.copytree(ROOT / naam, root / naam, ignore=shutil.ignore_patterns(*anders))
    for pad in [map_ for map_ in root.rglob("*") if map_.is_dir()]:
        (pad / "__init__.py").touch()
    (root / ".venv").symlink_to(ROOT / ".venv")
    return root


@dataclass
class Start:
    """One `python3 start.py`, and what it printed so far; without a port it is `start.py test`."""

    root: Path
    poort: int | None = None
    env: dict[str, str] = field(default_factory=dict)
    toetsen: list[str] = field(default_factory=list)

    def __enter__(self) -> "Start":
        self.uitvoer = self.root / "uitvoer"
        argumenten = ["--poort", str(self.poort)] if self.poort else ["test", *self.toetsen]
        buiten = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("PYTEST_")}
        gewoon = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # also when these tests run under nohup
        with self.uitvoer.open("w") as uitvoer:
            self.proces = subprocess.Popen(
                [sys.executable, self.root / "start.py", *argumenten],
                env={**buiten, "VT_STAAT": str(self.root / "var"), **self.env},
                stdout=uitvoer,
                stderr=subprocess.STDOUT,
            )
        signal.signal(signal.SIGHUP, gewoon)
        return self

    def __exit__(self, *fout: object) -> None:
        if self.proces.poll() is None:
            self.proces.kill()
        self.proces.wait()

    @property
    def tekst(self) -> str:
        return self.uitvoer.read_text()

    def tot(self, tekst: str, geduld: float = 60) -> str:
        einde = time.monotonic() + geduld
        while tekst not in self.tekst and self.proces.poll() is None and time.monotonic() < einde:
            time.sleep(0.05)
        assert tekst in self.tekst, self.tekst
        return self.tekst

    def stop(self, sein: signal.Signals) -> int:
        self.proces.send_signal(sein)
        return self.proces.wait(40)

    def einde(self) -> int:
        return self.proces.wait(60)

    def over(self, geduld: float = 15) -> list[str]:
        """What still runs from this project, once it had the time to go."""
        einde = time.monotonic() + geduld
        while (over := list(self.draaiend().values())) and time.monotonic() < einde:
            time.sleep(0.05)
        return over

    def draaiend(self) -> dict[int, str]:
        """Everything started below this folder, and what those started."""
        gevonden: dict[int, str] = {}
        for pad in Path("/proc").iterdir():
            try:
                opdracht = (pad / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                omgeving = (pad / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if pad.name.isdigit() and opdracht and int(pad.name) != self.proces.pid:
                eigen = f"VT_STAAT={self.root / 'var'}\0" in omgeving or str(self.root) in opdracht
                if eigen:
                    gevonden[int(pad.name)] = opdracht
        return gevonden
