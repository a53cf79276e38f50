"""Every state of triage up to three reports, and from each a way to a decision by following the refusals only."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable

import pytest

from tests.verkenning.triage import WAAROM, Wereld
from tests.verkenning.verkenner import WEIGERINGEN, Verkenner, proef
from triage.models import Antwoord, Feit, Geweldsvorm, Triagebesluit
from triage.services import beantwoord, voeg_feit_toe, wijzig_feit
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd

pytestmark = [pytest.mark.django_db, pytest.mark.uitputtend]
RUIM = bool(os.environ.get("VT_ALLES"))
KLEIN, GROOT = [(2, False)], [(1, True), (3, False)]
AFDRUK = "{} melding{}, {}: {}"


def vertel(capsys, meldingen: int, *, fijn: bool, verkenner: Verkenner) -> None:
    hoe = "elke handeling apart" if fijn else "hoofdstappen"
    with capsys.disabled():
        sys.stdout.write("\n" + AFDRUK.format(meldingen, "en" if meldingen > 1 else "", hoe, verkenner.verslag) + "\n")


@pytest.mark.regel("RW-8.10", "RW-8.10b", "RW-8.19", "RW-8.22", "RW-9.3", "RW-8.11", "RW-8.13", "RW-8.14", "RW-13.S0")
@pytest.mark.parametrize(("meldingen", "fijn"), GROOT if RUIM else KLEIN)
def test_in_elke_toestand_houdt_triage_wat_zij_belooft(capsys, meldingen, fijn):
    wereld = Wereld(meldingen=meldingen, fijn=fijn)

    def bekijk(pad, genomen):
        nu = wereld.beloften(pad, genomen)
        for wat, doe in wereld.verboden():
            with proef(), pytest.raises(WEIGERINGEN):
                doe()
                pytest.fail(f"{wat} lukte na {pad}")
        return nu

    verkenner = Verkenner(wereld.stappen, wereld.sleutel, bekijk)
    verkenner.verken()
    vertel(capsys, meldingen, fijn=fijn, verkenner=verkenner)
    assert len(verkenner.gezien) > 100


@pytest.mark.parametrize(("meldingen", "fijn"), [(1, True), (2, False)] if RUIM else [(1, False)])
def test_van_elke_toestand_leiden_alleen_de_weigeringen_naar_een_genomen_besluit(capsys, meldingen, fijn):
    wereld = Wereld(meldingen=meldingen, fijn=fijn)
    gevolgd: set[str] = set()

    def bekijk(pad, _vorige):
        for besluit in wereld.besluiten():
            with proef():
                gevolgd.update(Wijzer(wereld, besluit).naar_besluit(pad))

    verkenner = Verkenner(wereld.stappen, wereld.sleutel, bekijk)
    verkenner.verken()
    vertel(capsys, meldingen, fijn=fijn, verkenner=verkenner)
    assert {"Voorleggen aan collega", "Eindconclusie vaststellen", "tweede", "uitkomst"} <= gevolgd


class Wijzer:
    """Knows nothing of triage: wants to sign, and does what the refusal says. One refusal, one act."""

    def __init__(self, wereld: Wereld, besluit: Triagebesluit) -> None:
        self.wereld, self.besluit = wereld, besluit
        self.stappen: list[str] = []
        self.gegevens: dict[str, object] = {}
        self.mensen = [wereld.noor, wereld.sanne]
        self.wil = "bevestig"

    def naar_besluit(self, pad: tuple[str, ...]) -> list[str]:
        for _ in range(60):
            self.besluit = Triagebesluit.objects.select_related("vht__stap__casus").get(pk=self.besluit.pk)
            if self.besluit.is_genomen:
                return self.stappen
            self._probeer()
        raise AssertionError(f"na {pad} liep het vast: {self.stappen[-6:]}")

    def _probeer(self) -> None:
        try:
            voer_uit(self.besluit, self.wil, door=self.mensen[0], **self.gegevens)
            self.wil, self.gegevens = "bevestig", {}
        except NietToegestaan:
            self.mensen.reverse()  # “Dit kan alleen wie …”: a colleague does it
        except StapKanNiet as fout:
            self._kies(re.findall("“([^”]+)”", str(fout))[1:])
        except RegelGeweigerd as fout:
            self._volg(fout.belemmeringen)

    def _kies(self, knoppen: list[str]) -> None:
        """The first of what the refusal says can be done now."""
        assert knoppen, "de weigering noemt niets wat wel kan"
        stap = next(o for o in Triagebesluit.overgangen() if o.knop == knoppen[0])
        self.wil, self.gegevens = stap.naam, {p.name: "" for p in stap.gegevens if p.default is p.empty}
        self.stappen.append(knoppen[0])

    def _volg(self, belemmeringen: Iterable[Belemmering]) -> None:
        """The first obstacle, and the one act it names; afterwards that obstacle is gone."""
        eerste = next(iter(belemmeringen))
        assert eerste.uitleg.endswith("."), eerste
        if eerste.link:
            self._open(eerste)
        elif eerste.veld:
            self._vul(eerste.veld)
        else:
            assert not eerste.hard, f"hard, en zonder wat eraan te doen is: {eerste}"
            self.gegevens["motivering"] = WAAROM
            self.stappen.append("motivering")

    def _vul(self, veld: str) -> None:
        ander = next(wie for wie in self.mensen[::-1] if wie != self.mensen[0])
        self.gegevens[veld] = {"tweede": ander, "uitkomst": "bij_vt"}[veld]
        self.stappen.append(veld)

    def _open(self, b: Belemmering) -> None:
        """Go to the place of the link and do what it is called."""
        self.stappen.append(b.link_tekst)
        plek = b.link.partition("#")[2]
        if vraag := re.fullmatch(r"crit-(\w+)", plek):
            antwoord = Antwoord.objects.get(vht=self.besluit.vht, vraag=vraag[1].upper())
            beantwoord(antwoord, door=self.wereld.noor, waarde=False)
        elif vorm := re.fullmatch(r"id_vorm-(\d+)-feit", plek):
            rij = Geweldsvorm.objects.get(pk=vorm[1])
            voeg_feit_toe(rij, door=self.wereld.noor, feit="Zat op de trap.", bron="politie")
        elif feit := re.fullmatch(r"id_feit-(\d+)-(\w+)", plek):
            wijzig_feit(Feit.objects.get(pk=feit[1]), door=self.wereld.noor, **{feit[2]: "politie"})
        else:
            self._stel_vast()

    def _stel_vast(self, hoogstens: int = 40) -> None:
        """“Eindconclusie vaststellen” is an act with refusals of its own: the same way."""
        for _ in range(hoogstens):
            try:
                voer_uit(self.besluit.vht, "stel_vast", door=self.wereld.noor)
            except RegelGeweigerd as fout:
                eerste = fout.belemmeringen[0]
                assert eerste.link, f"zegt niet waar: {eerste}"
                self._open(eerste)
                assert eerste.uitleg not in _uitleg(
                    lambda: voer_uit(self.besluit.vht, "stel_vast", door=self.wereld.noor)
                )
            else:
                return
        raise AssertionError(f"de eindconclusie komt er niet: {self.stappen[-6:]}")


def _uitleg(doe: Callable[[], object]) -> list[str]:
    """What still stands in the way after that one act."""
    with proef():
        try:
            doe()
        except RegelGeweigerd as fout:
            return [b.uitleg for b in fout.belemmeringen]
    return []
