"""Rights read as sentences, and combine as they read."""

from types import SimpleNamespace

import pytest

from vt_cvs.kern.rechten import NietToegestaan, recht
from vt_cvs.kern.regels import REGELS, RegelGeweigerd, regel, voorwaarde
from vt_cvs.kern.vragen import Sein, Vraag


@recht("groot is", anders="niet groot is")
def is_groot(wie, _):
    return wie.groot


@recht("oud is")
def is_oud(wie, _):
    return wie.oud


def iemand(*, groot=False, oud=False, actief=True):
    return SimpleNamespace(groot=groot, oud=oud, is_active=actief)


def test_rechten_combineren_zoals_ze_lezen():
    beide, een_van, niet = is_groot & is_oud, is_groot | is_oud, ~is_groot
    assert beide.zin == "groot is en oud is"
    assert een_van.zin == "groot is of oud is"
    assert niet.zin == "niet groot is"
    assert (~niet).zin == "groot is"
    assert beide(iemand(groot=True, oud=True), None)
    assert not beide(iemand(groot=True), None)
    assert een_van(iemand(oud=True), None)
    assert niet(iemand(), None)
    assert not niet(iemand(groot=True), None)


def test_wie_niet_in_dienst_is_mag_niets_ook_niet_wat_een_ontkenning_toelaat():
    weg = iemand(groot=True, oud=True, actief=False)
    assert not is_groot(weg, None)
    assert not (~is_groot)(iemand(actief=False), None)
    assert not (is_groot | is_oud)(weg, None)


def test_een_weigering_zegt_wie_het_wel_kan():
    with pytest.raises(NietToegestaan, match="Dit kan alleen wie groot is"):
        is_groot.eis(iemand(), None)


def test_een_onbekende_regel_faalt_bij_het_inlezen():
    with pytest.raises(KeyError):
        regel("RW-99.9")
    with pytest.raises(KeyError):
        voorwaarde("RW-99.9")


def test_de_catalogus_kent_elke_bronregel_met_een_toets():
    assert len(REGELS) == 229
    assert sum(r.te_bewijzen for r in REGELS.values()) == 218
    assert all(r.toets and r.soort in {"hard", "afwijk", "gedrag", "kader"} for r in REGELS.values())


def test_een_vraag_hoort_elk_antwoord_en_elk_antwoord_een_keer():
    vraag = Vraag("proef")
    vraag.antwoord(een := lambda _: ["a"])
    vraag.antwoord(een)
    vraag.antwoord(lambda _: ["b", "c"])
    assert list(vraag(None)) == ["a", "b", "c"]


def test_een_sein_dat_een_luisteraar_niet_verdraagt_breekt_alles_af():
    sein = Sein("proef")
    gehoord = []
    sein.luister(lambda **feiten: gehoord.append(feiten))

    def stuk(**_):
        raise RegelGeweigerd([])

    sein.luister(stuk)
    with pytest.raises(RegelGeweigerd):
        sein.geef(a=1)
    assert gehoord == [{"a": 1}]
