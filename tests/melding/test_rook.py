import pytest
from tests import factories as f
from casus.models import Taak
from melding.services import *
pytestmark=pytest.mark.django_db

def test_rook():
    s=f.signaal(personen=(f.aangeleverd(bsn="123456789"), f.aangeleverd("kind", voornamen="Noa", geboortedatum="31-02-2017")))
    print(Taak.objects.values())
    m=f.melding(s)
    print(m, m.casus, m.casus.naam, Taak.objects.values_list("titel","omdat","voor","team","stand"))
    noteer_besloten(m, door=f.systeem())
    s2=f.signaal()
    d=f.medewerker("voorkant")
    from vt_cvs.kern.overgangen import voer_uit
    voer_uit(s2,"stel_sluiten_voor",door=d,reden="dubbel")
    voer_uit(s2,"sluit",door=f.collega(d,"voorkant"))
    a=begin_advies(f.signaal(door=d), door=d, adviesvrager_functie="onderwijs", adviesvrager_organisatie="onderwijs")
    a=sluit_advies(a,door=d)
    print(a.casus.stand, list(Taak.objects.values_list("titel","stand")))
