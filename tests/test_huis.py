"""What imports cannot show: nobody looks up, every piece has its legal face, one field has one name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.kern.overgangen import Toestandsmodel
from vt_cvs.kern.overzicht import overzicht
from vt_cvs.kern.regels import REGELS
from vt_cvs.kern.tekenen import als_dot, machines

LAGEN = ["casus", "inzage", "bewaren", "melding", "triage", "diensten"]
HOOGTE = {"casus": 0, "inzage": 0, "bewaren": 0, "melding": 1, "register": 1, "triage": 2, "diensten": 3}
MACHINES = {model.__name__: model for model in machines()}


def kijkt_omhoog():
    """Reverse accessors by which a lower app could reach a higher one without an import."""
    for label, hoogte in HOOGTE.items():
        for model in apps.get_app_config(label).get_models():
            for relatie in model._meta.related_objects:
                naar = relatie.related_model._meta.app_label
                naam = relatie.get_accessor_name()
                if (
                    naam
                    and not naam.endswith("+")
                    and HOOGTE.get(naar, -1) > hoogte
                    and not relatie.related_model.__name__.startswith("Historical")
                ):
                    yield label, naam, relatie.related_model.__name__


def test_relaties_over_een_app_heen_hebben_geen_weg_terug():
    assert sorted(set(kijkt_omhoog())) == []


def test_elk_dossiermodel_toont_zijn_wettelijke_gezicht():
    for model in dossiermodellen():
        velden = {veld.name for veld in model._meta.get_fields()}
        for gezicht in ("telbaar", "na_vernietiging", "ter_inzage", "buiten_inzage"):
            assert hasattr(model, gezicht), f"{model.__name__} zegt niets over {gezicht}"
            onbekend = set(getattr(model, gezicht)) - velden
            assert not onbekend, f"{model.__name__}.{gezicht}: {onbekend}"


@pytest.mark.regel("RW-4.3")
def test_elk_veld_dat_iemand_invult_heeft_een_helptekst_met_zijn_doel():
    zonder = [
        f"{model.__name__}.{veld.name}"
        for model in dossiermodellen()
        for veld in model._meta.get_fields()
        if isinstance(veld, models.Field)
        and veld.editable
        and not veld.auto_created
        and veld.name not in {"id", "stand"}
        and not veld.help_text
    ]
    assert zonder == []


@pytest.mark.regel("RW-2.7", "RW-4.2")
def test_een_veldnaam_heeft_overal_een_label():
    """Except for the words that every model reads in its own way: a case number is not a report number."""
    eigen = {"stand", "soort", "naam", "nummer", "tekst", "door", "sinds"}
    labels: dict[str, set[str]] = defaultdict(set)
    for model in dossiermodellen():
        for veld in model._meta.get_fields():
            if isinstance(veld, models.Field) and not veld.auto_created and veld.name not in eigen:
                labels[veld.name].add(str(veld.verbose_name))
    meer = {naam: gevonden for naam, gevonden in labels.items() if len(gevonden) > 1}
    assert meer == {}


def test_constraint_en_triggernamen_met_een_regelnummer_kennen_die_regel():
    kort = {regel.in_database.rstrip("_") for regel in REGELS.values()}
    for model in apps.get_models():
        namen = [c.name for c in model._meta.constraints] + [t.name for t in getattr(model._meta, "triggers", [])]
        for naam in namen:
            if naam.split("_")[0] in {"rw", "vtr", "wvt", "rad", "pro"}:
                delen = naam.split("_")
                assert any("_".join(delen[:n]) in kort for n in range(2, len(delen))), (
                    f"{naam} noemt geen bekende regel"
                )


@pytest.mark.parametrize("naam", sorted(MACHINES))
def test_database_en_code_kennen_dezelfde_pijlen(naam):
    model = MACHINES[naam]
    fsm = [t for t in model._meta.triggers if type(t).__name__ == "FSM" and t.field == "stand"]
    assert len(fsm) == 1
    assert sorted(fsm[0].transitions) == model.pijlen()


@pytest.mark.regel("RW-3.10")
@pytest.mark.parametrize("naam", sorted(MACHINES))
def test_het_diagram_in_de_documentatie_is_dat_van_de_code(naam):
    """Regenerate with `manage.py toestanden --map docs/toestanden` after changing a machine."""
    bestand = settings.ROOT / "docs" / "toestanden" / f"{naam.lower()}.dot"
    assert bestand.read_text(encoding="utf-8") == als_dot(MACHINES[naam])


@pytest.mark.regel("RW-3.10")
def test_elke_stand_is_te_bereiken_en_elke_stap_staat_in_het_diagram():
    for model in machines():
        dot = als_dot(model)
        begin = model._meta.get_field("stand").default
        bereikt, nieuw = {str(begin)}, {str(begin)}
        while nieuw:
            nieuw = {naar for van, naar in model.pijlen() if van in nieuw} - bereikt
            bereikt |= nieuw
        alle = {str(waarde) for waarde, _ in model._meta.get_field("stand").choices}
        # A betrokkene may be entered in any role; only its changes are a machine.
        if model.__name__ != "Betrokkene":
            assert bereikt == alle, f"{model.__name__}: {alle - bereikt} is niet te bereiken"
        for overgang in model.overgangen():
            assert overgang.knop in dot


def test_elke_overgang_zegt_wie_hem_mag_zetten_en_laat_een_zin_na():
    for model in machines():
        for overgang in model.overgangen():
            assert overgang.mag.zin
            assert overgang.zin


def test_geen_code_wijzigt_een_stand_buiten_een_overgang():
    """`stand` is set by transitions only: no assignment and no update() in the product's code."""
    for bestand in _bronnen():
        for knoop in ast.walk(ast.parse(bestand.read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.Assign):
                for doel in knoop.targets:
                    if isinstance(doel, ast.Attribute) and doel.attr == "stand":
                        pytest.fail(f"{bestand}:{knoop.lineno} zet stand zonder overgang")


def test_elke_harde_regel_die_de_code_noemt_is_bewezen():
    zonder = [b.regel.id for b in overzicht() if b.regel.soort == "hard" and b.code and not b.tests]
    assert zonder == []


def test_geen_lockbestand_noemt_een_adres():
    for naam in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (settings.ROOT / naam).read_text(encoding="utf-8")


def test_een_machine_is_een_dossierstuk():
    assert all(issubclass(model, Toestandsmodel) and hasattr(model, "slot") for model in machines())


def _bronnen():
    for app in ("vt_cvs", "casus", "melding", "triage", "diensten", "register"):
        for bestand in Path(settings.ROOT / app).rglob("*.py"):
            if "migrations" not in bestand.parts:
                yield bestand
