"""The proportions of the year: what the CBS published, and what nobody publishes, marked as assumed."""

from __future__ import annotations

EERDER = {  # StatLine 85361, 2023*: a report by what was known of its people when it came
    "eerste": 40_615,
    "hermelding": 48_555,
    "tijdens_vb": 16_915,
    "na_vb": 12_895,
    "tijdens_monitoren": 6_545,
}
MELDER = {  # StatLine 84849, 2023*, reports by organisation
    "jv-politie": 85_590,
    "gezondheidszorg": 10_395,
    "nvt": 10_230,
    "anders": 8_610,
    "onderwijs": 5_400,
    "jeugdzorg": 2_720,
    "ggz": 2_110,
    "vt-regio": 800,
    "kinderopvang": 615,
    "leerplicht": 150,
    "vt-maatwerk": 130,
}
FUNCTIE = {
    "jv-politie": ("politieagent", "Justitie: politieagent", "politie"),
    "gezondheidszorg": ("medisch", "Medisch", "professional"),
    "ggz": ("psycholoog", "Psycholoog of vergelijkbaar", "professional"),
    "onderwijs": ("onderwijs", "Onderwijs", "professional"),
    "kinderopvang": ("kinderopvang", "Kinderopvang", "professional"),
    "nvt": ("buurt", "Niet beroepsmatig: buurtbewoner", "burger"),
}
ANDERS = ("beroep-anders", "Beroepsmatig: anders", "professional")
KINDERMISHANDELING = 0.556  # StatLine 84851, Drenthe 2023*: 1.060 of 1.905 reports
OVERIG = {  # the same table, per form; together with the first they are more than one a report
    "pg": 585,
    "andere-problematiek": 450,
    "hg-overig": 185,
    "ouders": 125,
    "ouderen": 35,
}
ZONDER_TWEEDE = 1 - (sum(OVERIG.values()) / 1_905 - (1 - KINDERMISHANDELING)) / KINDERMISHANDELING
"""Of the reports with kindermishandeling: how many have no other form than that."""
KM = ("km-getuige", "km-verwaarlozing", "km-psychisch", "km-lichamelijk", "km-seksueel")
PG = ("pg-psychisch", "pg-lichamelijk", "pg-stalking")
NAMEN = {
    "km-lichamelijk": "Kindermishandeling: lichamelijk",
    "km-psychisch": "Kindermishandeling: psychisch",
    "km-seksueel": "Kindermishandeling: seksueel",
    "km-verwaarlozing": "Kindermishandeling: verwaarlozing",
    "km-getuige": "Kindermishandeling: getuige van geweld",
    "pg-lichamelijk": "(Ex-)partnergeweld: lichamelijk",
    "pg-psychisch": "(Ex-)partnergeweld: psychisch",
    "pg-stalking": "(Ex-)partnergeweld: belaging",
    "ouders": "Geweld tegen ouders",
    "ouderen": "Ouderenmishandeling",
    "hg-overig": "Huiselijk geweld overig",
    "andere-problematiek": "Andere problematiek",
}
DUUR = {  # StatLine 84849, Leeuwarden 2020*
    "tot-1-week": 185,
    "tot-1-maand": 110,
    "tot-6-maanden": 365,
    "tot-1-jaar": 305,
    "tot-5-jaar": 270,
    "langer": 30,
}
ROUTE = {"einde": 35, "overdracht": 45, "vv": 20}
"""Assumed: the CBS does not publish what is decided; most goes to others, at most a fifth stays."""
