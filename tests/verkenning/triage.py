"""The machine of casus, melding, VHT, triagebesluit and keuze: what can be tried in it, and what must always hold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any

from casus.models import Taak
from diensten.models import VV, Keuze
from diensten.services.keuzes import maak_keuze, open_keuze
from melding.models import Melding
from melding.services import neem_melding_aan
from tests import factories
from triage.instrument import concludeer
from triage.models import VHT, Antwoord, Bevestiging, Triagebesluit
from triage.selectors.wachtrij import wachtrij
from triage.services import beantwoord, bevestig_achteraf, voeg_feit_toe, voeg_vorm_toe, wijzig_feit
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

Stap = tuple[str, Callable[[], Any]]
WAAROM = "Dat kan nu niet wachten."


class Wereld:
    """One family, and three who do what they can: who proposes, a colleague, and somebody who has no part in it.

    `fijn` tries every single act, also with a question too many or a source too few; otherwise assessing is one act.
    """

    def __init__(self, *, meldingen: int, fijn: bool) -> None:
        self.hoogstens, self.fijn = meldingen, fijn
        self.noor = factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")
        self.sanne = factories.collega(self.noor, naam="Sanne de Wit")
        self.buiten = factories.buitenstaander()
        self.casus = neem_melding_aan(door=self.noor).casus

    # --- what can be tried ----------------------------------------------------------------------------------------

    def stappen(self) -> Iterator[Stap]:
        besluiten = self.besluiten()
        if len(besluiten) < self.hoogstens:
            yield "nieuwe melding", partial(neem_melding_aan, door=self.noor, casus=self.casus)
        for nr, besluit in enumerate(besluiten, 1):
            for naam, doe in (*self._vht(besluit.vht), *self._besluit(besluit), *self._keuze(besluit.vht)):
                yield f"{nr} {naam}", doe

    def _vht(self, vht: VHT) -> Iterator[Stap]:
        if not self.fijn:
            yield "beoordeel", partial(self._beoordeel, vht)
            return
        yield "A1 ja", partial(self._antwoord, vht, ["A1"], waarde=True)
        yield "alles nee", partial(self._antwoord, vht, [v.code for v in vht.blad.vragen], waarde=False)
        if not vht.vormen.exists():
            yield "vorm", partial(voeg_vorm_toe, vht, door=self.noor, vorm="km-getuige", feit="", bron="")
        for vorm in vht.vormen.all():
            if not vorm.feiten.exists():
                yield "feit", partial(voeg_feit_toe, vorm, door=self.noor, feit="Zat op de trap.", bron="")
            for feit in vorm.feiten.all():
                yield "bron", partial(wijzig_feit, feit, door=self.noor, bron="politie")
        yield "vast", partial(voer_uit, vht, "stel_vast", door=self.noor)
        yield "vast!", partial(voer_uit, vht, "stel_vast", door=self.noor, motivering=WAAROM)

    def _beoordeel(self, vht: VHT) -> None:
        self._antwoord(vht, ["A1"], waarde=True)
        voer_uit(vht, "stel_vast", door=self.noor, motivering=WAAROM)

    def _antwoord(self, vht: VHT, codes: list[str], *, waarde: bool) -> None:
        for antwoord in vht.antwoorden.filter(vraag__in=codes):
            beantwoord(antwoord, door=self.noor, waarde=waarde)

    def _besluit(self, besluit: Triagebesluit) -> Iterator[Stap]:
        for uitkomst in ("bij_vt", "overdracht"):
            gegevens = {"uitkomst": uitkomst, "tweede": self.sanne, "motivering": WAAROM if self.fijn else ""}
            yield f"voor {uitkomst}", partial(voer_uit, besluit, "leg_voor", door=self.noor, **gegevens)
        acuut = {"tweede": self.sanne, "motivering": WAAROM}
        yield "acuut", partial(voer_uit, besluit, "neem_acuut", door=self.noor, **acuut)
        yield "teken", partial(voer_uit, besluit, "bevestig", door=self.sanne)
        yield "bevestig", partial(bevestig_achteraf, besluit, door=self.sanne, oordeel="eens")
        yield "geef terug", partial(voer_uit, besluit, "geef_terug", door=self.sanne, toelichting="Waarom?")
        yield "haal terug", partial(voer_uit, besluit, "haal_terug", door=self.noor)

    def _keuze(self, vht: VHT) -> Iterator[Stap]:
        if self.fijn and not Keuze.objects.filter(vht=vht).exists():  # once: it may be opened again without end
            yield "open keuze", partial(open_keuze, vht, door=self.noor, motivering=WAAROM)
        for keuze in Keuze.objects.filter(vht=vht, stand="open"):
            yield "kies", partial(maak_keuze, keuze, door=self.noor, motivering=WAAROM, vv=True)

    def verboden(self) -> Iterator[Stap]:
        """What nobody may do, in whatever state: each must be refused."""
        for besluit in self.besluiten():
            zelf = {"uitkomst": "einde", "tweede": self.noor, "motivering": WAAROM}
            yield "zichzelf als tweede", partial(voer_uit, besluit, "leg_voor", door=self.noor, **zelf)
            yield "acuut alleen", partial(voer_uit, besluit, "neem_acuut", door=self.noor, motivering=WAAROM)
            if besluit.opsteller_id == self.noor.pk:
                yield "zelf tekenen", partial(voer_uit, besluit, "bevestig", door=self.noor)
                yield "zelf bevestigen", partial(bevestig_achteraf, besluit, door=self.noor, oordeel="eens")
            yield "buiten tekent", partial(voer_uit, besluit, "bevestig", door=self.buiten)
            if besluit.is_genomen:
                anders = {"uitkomst": "einde", "tweede": self.sanne, "motivering": WAAROM}
                yield "opnieuw besluiten", partial(voer_uit, besluit, "leg_voor", door=self.noor, **anders)

    # --- what a state is ------------------------------------------------------------------------------------------

    def besluiten(self) -> list[Triagebesluit]:
        rijen = Triagebesluit.objects.filter(vht__stap__casus=self.casus).order_by("pk")
        return list(rijen.select_related("vht__stap__casus", "vht__melding__stap", "opsteller", "tweede"))

    def sleutel(self) -> Hashable:
        """Everything that decides what can happen next; not when, nor who wrote what, nor which report came first."""
        keuzes: dict[int, list[str]] = {}
        for keuze in Keuze.objects.filter(stap__casus=self.casus).order_by("pk"):
            keuzes.setdefault(keuze.vht_id or 0, []).append(keuze.in_woorden)
        return tuple(sorted(repr(self._deel(besluit, keuzes)) for besluit in self.besluiten()))

    def _deel(self, b: Triagebesluit, keuzes: dict[int, list[str]]) -> Hashable:
        antwoorden = {a.vraag: a.waarde for a in Antwoord.objects.filter(vht=b.vht)}
        vormen = [(len(feiten), *(tuple(f.ontbreekt) for f in feiten)) for _, feiten in b.vht.vormen_met_feiten]
        return (
            (any(antwoorden.values()), None in antwoorden.values(), tuple(vormen)),
            (b.vht.stand, b.vht.eindconclusie, b.vht.tussenstand_a, bool(b.vht.aangevuld_op)),
            (b.stand, b.stand != b.Stand.CONCEPT and b.uitkomst, b.acuut, b.is_bevestigd),
            (Melding.objects.get(pk=b.vht.melding_id).stand, tuple(keuzes.get(b.vht_id, ()))),
        )

    # --- what must always hold ------------------------------------------------------------------------------------

    def beloften(self, pad: tuple[str, ...], genomen: dict[int, dict[str, Any]] | None) -> dict[int, dict[str, Any]]:
        """Answers with the decisions as they are now, to hold every later state against."""
        besluiten = self.besluiten()
        nu = {b.pk: Triagebesluit.objects.filter(pk=b.pk).values().get() for b in besluiten if b.is_genomen}
        for pk, rij in (genomen or {}).items():
            assert nu.get(pk) == rij, f"RW-9.3: een genomen besluit veranderde na {pad}"
        meldingen = Melding.objects.filter(stap__casus=self.casus)
        assert sorted(m.pk for m in meldingen) == sorted(b.vht.melding_id for b in besluiten), f"RW-8.19 na {pad}"
        for besluit in besluiten:
            self._twee_namen(besluit, pad)
            self._conclusie(besluit.vht, pad)
        self._niets_kwijt(besluiten, pad)
        assert VV.objects.filter(stap__casus=self.casus, stap__geeindigd_op=None).count() <= 1, f"RW-9.2 na {pad}"
        return nu

    def _twee_namen(self, b: Triagebesluit, pad: tuple[str, ...]) -> None:
        if b.stand == Triagebesluit.Stand.CONCEPT:
            return
        assert None not in {b.opsteller_id, b.tweede_id}, f"RW-8.10 na {pad}"
        assert b.opsteller_id != b.tweede_id, f"RW-8.10 na {pad}"
        getekend = set(Bevestiging.objects.filter(besluit=b, oordeel="eens").values_list("getekend_door_id", flat=True))
        assert b.opsteller_id not in getekend, f"RW-8.10b: zelf getekend na {pad}"
        if b.is_genomen and not b.acuut:
            assert b.tweede_id in getekend, f"RW-8.10b na {pad}"
        if b.is_genomen and not b.is_bevestigd:  # in the end under its own log-in: until then it is asked
            wie = {taak.voor_id for taak in Taak.objects.filter(soort="tekenen", stand="open")}
            assert {m.pk for m in b.nog_te_tekenen} <= wie, f"RW-8.10b: niemand gevraagd na {pad}"

    def _conclusie(self, vht: VHT, pad: tuple[str, ...]) -> None:
        if vht.is_vastgesteld and not vht.aangevuld_op:
            volgt = concludeer(vht.blad, {a.vraag: a.waarde for a in vht.antwoorden.all()})
            assert vht.eindconclusie == volgt.totaal, f"RW-8.22 na {pad}"
        if vht.is_vastgesteld and vht.aangevuld_op and vht.conclusie.totaal != vht.eindconclusie:
            assert Taak.objects.filter(soort="vht_aanvullen", stand="open").exists(), f"RW-8.20 na {pad}"

    def _niets_kwijt(self, besluiten: list[Triagebesluit], pad: tuple[str, ...]) -> None:
        """What has no decision, conclusion or signature stands in the queue; what is decided goes on somewhere."""
        in_rij = {w.plaats.pk for w in wachtrij(self.noor)}
        for b in besluiten:
            klaar = b.is_genomen and b.is_bevestigd and b.vht.is_vastgesteld
            assert (b.pk in in_rij) == (not klaar), f"de rij klopt niet na {pad}"
            if b.is_genomen and b.uitkomst == "bij_vt":
                assert Keuze.objects.filter(vht=b.vht).exists(), f"RW-8.11: geen keuze na {pad}"
        for keuze in Keuze.objects.filter(stap__casus=self.casus, stand="open"):
            taak = Taak.objects.filter(onderwerp_soort="diensten.keuze", onderwerp_id=keuze.pk, stand="open")
            assert taak.exists(), f"RW-8.11: geen taak na {pad}"
