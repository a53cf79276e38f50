"""What every test run guards: rules proven, time and order that cannot matter, no half-finished transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vt_cvs.kern.regels import REGELS

BEWEZEN: set[str] = set()
GEVALLEN: set[str] = set()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for merk in item.iter_markers("regel"):
            if onbekend := set(merk.args) - REGELS.keys():
                raise pytest.UsageError(f"{item.nodeid}: onbekende regel {', '.join(sorted(onbekend))}")
            item.user_properties += [("regel", id_) for id_ in merk.args]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    regels = {str(waarde) for naam, waarde in report.user_properties if naam == "regel"}
    if report.when == "call" and report.passed:
        BEWEZEN.update(regels)
    elif report.failed:
        GEVALLEN.update(regels)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    te_bewijzen = {id_ for id_, regel in REGELS.items() if regel.te_bewijzen}
    bewezen = (BEWEZEN - GEVALLEN) & te_bewijzen
    terminalreporter.write_line(f"Regels bewezen: {len(bewezen)} van {len(te_bewijzen)}")


@pytest.fixture(autouse=True)
def _lege_cache() -> Iterator[None]:
    """Code lists and settings are cached; no test may see another's."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _bijlagen_in_eigen_map(tmp_path, settings) -> None:
    """Attachments of a test go where the test goes."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "bijlagen"), "base_url": None},
        },
    }
