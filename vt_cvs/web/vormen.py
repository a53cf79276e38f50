"""How each meaning looks, on every screen the same: class, drawing and word."""

from typing import NamedTuple


class Vorm(NamedTuple):
    """How one meaning looks: class, drawing and word, so that colour never stands alone."""

    klasse: str
    icoon: str
    woord: str = ""


MERKJES = {
    "acuut": Vorm("acuut", "acuut", "Acuut onveilig"),
    "structureel": Vorm("structureel", "structureel", "Structureel onveilig"),
    "multiproblematisch": Vorm("mpl", "mpl", "Multiproblematisch"),
    "stabiel": Vorm("goed", "veilig", "Stabiel veilig"),
    "onbekend": Vorm("onbekend", "onbekend", "Nog niet getaxeerd"),
    "was_acuut": Vorm("was", "waswel", "Was acuut"),
    "was_structureel": Vorm("was", "waswel", "Was structureel"),
    "was_multiproblematisch": Vorm("was", "waswel", "Was multiproblematisch"),
    "geen": Vorm("onbekend", "info", "Geen onveiligheid gezien"),
    "gevolgd": Vorm("goed", "veilig", "gevolgd"),
    "niet_gevolgd": Vorm("acuut", "kruis", "niet gevolgd"),
    "over": Vorm("acuut", "klokvol"),
    "kort": Vorm("structureel", "klokhalf"),
    "mist": Vorm("acuut", "kruis"),
}
KLOKKEN = {
    "ruim": Vorm("", "klok"),
    "kort": Vorm("utrecht-status-badge--warning", "klokhalf"),
    "over": Vorm("utrecht-status-badge--danger", "klokvol"),
    "nu": Vorm("utrecht-status-badge--danger", "acuut"),
    "klaar": Vorm("utrecht-status-badge--success", "check"),
}
URGENTIES = {
    "nu": Vorm("vt-merkje--acuut", "p3", "Nu"),
    "vandaag": Vorm("vt-merkje--structureel", "p2", "Vandaag"),
    "deze_week": Vorm("", "p1", "Deze week"),
    "later": Vorm("", "klok", "Later"),
}
BADGES = {
    "": Vorm("", ""),
    "alarm": Vorm("alarm", "alarm"),
    "privacy": Vorm("privacy", ""),
    "actie": Vorm("actie", ""),
    "stil": Vorm("stil", ""),
    "letop": Vorm("warning", ""),
    "gevaar": Vorm("danger", ""),
    "goed": Vorm("success", ""),
}
BERICHTEN = {
    "": Vorm("", "info"),
    "letop": Vorm("vt-bericht--letop", "structureel"),
    "gevaar": Vorm("vt-bericht--gevaar", "kruis"),
    "privacy": Vorm("vt-bericht--privacy", "geheim"),
    "goed": Vorm("vt-bericht--goed", "veilig"),
}
# Django's own message levels, in our words.
NIVEAUS = {"debug": "", "info": "", "success": "goed", "warning": "letop", "error": "gevaar"}
KNOPPEN = {
    "hoofd": "utrecht-button--primary-action",
    "tweede": "utrecht-button--secondary-action",
    "stil": "utrecht-button--subtle",
    "gevaar": "utrecht-button--gevaar",
}
