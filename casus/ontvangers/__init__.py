"""Who may read what: each message is looked through before it leaves, and each find says what is wrong and where."""

from casus.ontvangers.adressaat import gevaar_van_adres, verkeerde_ontvanger
from casus.ontvangers.inhoud import over_een_ander, te_veel_voor_melder

__all__ = ["gevaar_van_adres", "over_een_ander", "te_veel_voor_melder", "verkeerde_ontvanger"]
