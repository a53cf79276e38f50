"""When a demo cluster is kept, when it is only brought up to date, and when it is put aside."""

import stat
from pathlib import Path

import pytest

from vt_cvs.opstart import sleutels
from vt_cvs.opstart.clusterboek import Clusterboek, migraties
from vt_cvs.opstart.plaats import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "kopie"
    for pad in (
        "casus/migrations",
        "casus/inzage/migrations",
        "vt_cvs/demo",
        ".venv/lib/x/migrations",
        "var/migrations",
    ):
        (root / pad).mkdir(parents=True)
        (root / pad / "__init__.py").touch()
        (root / pad / "0001_begin.py").write_text("begin")
    (root / "requirements.txt").write_text("x")
    return root


@pytest.fixture
def boek(root: Path, tmp_path: Path) -> Clusterboek:
    """A cluster that this checkout made and finished."""
    staat = tmp_path / "staat"
    staat.mkdir()
    boek = Clusterboek(staat, root=root, postgres="18")
    boek.begin()
    boek.klaar()
    return boek


def test_alleen_de_migraties_van_deze_kopie_tellen(root: Path) -> None:
    assert set(migraties(root)) == {"casus/migrations/0001_begin.py", "casus/inzage/migrations/0001_begin.py"}
    assert all("migrations/" in naam for naam in migraties(ROOT))


def test_een_eigen_cluster_blijft_en_vraagt_geen_werk(boek: Clusterboek) -> None:
    assert boek.waarom_opnieuw() is None
    assert boek.is_bij()


def test_zonder_cluster_is_er_niets_om_opnieuw_te_maken(tmp_path: Path, root: Path) -> None:
    boek = Clusterboek(tmp_path, root=root, postgres="18")
    assert boek.waarom_opnieuw() is None
    assert not boek.is_bij()


def test_een_nieuwe_migratie_wordt_gewoon_gedraaid(boek: Clusterboek, root: Path) -> None:
    (root / "casus/migrations/0002_erbij.py").write_text("erbij")
    assert boek.waarom_opnieuw() is None
    assert not boek.is_bij()


@pytest.mark.parametrize("naam", ["requirements.txt", "vt_cvs/demo/accounts.py", "vt_cvs/settings.py"])
def test_wat_de_inrichting_raakt_vraagt_werk_maar_geen_nieuw_cluster(boek: Clusterboek, root: Path, naam: str) -> None:
    (root / naam).write_text("anders")
    assert boek.waarom_opnieuw() is None
    assert not boek.is_bij()


def test_een_veranderde_migratie_maakt_het_cluster_vreemd(boek: Clusterboek, root: Path) -> None:
    (root / "casus/migrations/0001_begin.py").write_text("anders")
    assert "casus/migrations/0001_begin.py" in str(boek.waarom_opnieuw())


def test_een_verdwenen_migratie_maakt_het_cluster_vreemd(boek: Clusterboek, root: Path) -> None:
    (root / "casus/migrations/0001_begin.py").unlink()
    (root / "casus/inzage/migrations/0001_begin.py").unlink()
    assert "en 1 andere" in str(boek.waarom_opnieuw())


def test_een_andere_hoofdversie_van_postgresql_maakt_het_cluster_vreemd(boek: Clusterboek, root: Path) -> None:
    assert "van PostgreSQL 18" in str(Clusterboek(boek.staat, root=root, postgres="19").waarom_opnieuw())


def test_zonder_de_sleutels_is_het_cluster_onleesbaar(boek: Clusterboek) -> None:
    assert "sleutels" in str(boek.waarom_opnieuw(sleutels_bekend=False))


def test_een_cluster_zonder_boek_is_vreemd(boek: Clusterboek) -> None:
    boek.bestand.write_text("{half")
    assert "niet door deze opstart" in str(boek.waarom_opnieuw())


def test_opzij_gaat_het_cluster_met_wat_erbij_hoort(boek: Clusterboek) -> None:
    (boek.staat / "bijlagen").mkdir()
    (boek.staat / "accounts.json").write_text("[]")
    opzij = boek.ruim_op()
    assert opzij
    assert opzij.parent == boek.staat
    assert {pad.name for pad in opzij.iterdir()} == {"gemaakt-met.json", "bijlagen", "accounts.json"}
    assert not boek.cluster.exists()
    assert boek.waarom_opnieuw() is None


def test_een_afgebroken_eerste_start_wordt_weggegooid(boek: Clusterboek) -> None:
    boek.ruim_op()
    boek.begin()
    assert "niet afgekomen" in str(boek.waarom_opnieuw())
    assert boek.ruim_op() is None
    assert not boek.cluster.exists()


def test_een_afgebroken_bijwerking_gooit_niets_weg(boek: Clusterboek, root: Path) -> None:
    (root / "casus/migrations/0002_erbij.py").write_text("erbij")
    boek.begin()
    assert boek.waarom_opnieuw() is None
    assert not boek.is_bij()


def test_sleutels_worden_een_keer_gemaakt_en_zijn_gesloten(tmp_path: Path) -> None:
    assert not sleutels.bestaan(tmp_path)
    eerst = sleutels.lees_of_maak(tmp_path)
    assert set(eerst) == set(sleutels.NAMEN)
    assert len(set(eerst.values())) == len(eerst)
    assert sleutels.lees_of_maak(tmp_path) == eerst
    assert stat.S_IMODE((tmp_path / "sleutels").stat().st_mode) == 0o600


def test_een_sleutel_uit_de_omgeving_wint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VT_INDEXSLEUTEL", "eigen")
    monkeypatch.delenv("VT_GEHEIM", raising=False)
    env = sleutels.kinderomgeving(tmp_path, VT_OMGEVING="demo")
    assert env["VT_INDEXSLEUTEL"] == "eigen"
    assert env["VT_OMGEVING"] == "demo"
    assert len(env["VT_GEHEIM"]) > 40


def test_productie_krijgt_geen_gemaakte_sleutels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in sleutels.NAMEN:
        monkeypatch.delenv(naam, raising=False)
    env = sleutels.kinderomgeving(tmp_path, demosleutels=False)
    assert not set(sleutels.NAMEN) & set(env)
    assert not sleutels.bestaan(tmp_path)
