"""The headings and first lines of the chapters: what Veilig Thuis does in each step, in plain Dutch."""

from casus.dossier import leidt_in

leidt_in(
    "mensen",
    titel="Om wie en wat het gaat",
    tekst="Dit hoofdstuk vertelt wanneer Veilig Thuis begon en wie erbij horen.",
)
leidt_in(
    "overig",
    titel="Wat bij het hele dossier hoort",
    tekst="Dit hoofdstuk gaat over het hele dossier. Het hoort niet bij één stap.",
)
leidt_in(
    "advies",
    titel="Advies",
    tekst="Iemand vroeg Veilig Thuis om advies. In dit hoofdstuk leest u wat er is besproken.",
)
leidt_in(
    "melding",
    titel="De melding",
    tekst="Iemand maakte zich zorgen en vertelde dat aan Veilig Thuis. Dat heet een melding. "
    "In dit hoofdstuk leest u wat er is gemeld.",
)
leidt_in(
    "triage",
    titel="Eerste beoordeling van de veiligheid",
    tekst="Na een melding kijkt Veilig Thuis eerst of iedereen veilig is. Dat heet triage. "
    "Daarna beslist Veilig Thuis wat er moet gebeuren.",
)
leidt_in(
    "vv",
    titel="Verder onderzoek naar veiligheid en voorwaarden",
    tekst="Veilig Thuis sprak in deze tijd met het gezin en met mensen eromheen. Het doel was: afspreken wat er nodig "
    "is om thuis veilig te zijn. Veilig Thuis noemt dit kort ‘V&V’: veiligheid en voorwaarden.",
)
leidt_in(
    "oz",
    titel="Onderzoek",
    tekst="Veilig Thuis zocht in deze tijd uit of er geweld of verwaarlozing was. Dat heet een onderzoek.",
)
leidt_in(
    "overdracht",
    titel="Overdracht aan andere hulp",
    tekst="Veilig Thuis vroeg in deze tijd een andere organisatie om te helpen. Dat heet een overdracht.",
)
leidt_in(
    "monitoren",
    titel="Volgen hoe het gaat",
    tekst="Veilig Thuis vraagt na een tijd hoe het gaat. Is het nog steeds veilig? Dat heet monitoren.",
)
leidt_in(
    "maatwerk",
    titel="Hulp die past bij deze situatie",
    tekst="In deze tijd was er hulp die bij deze situatie past. Veilig Thuis noemt dit lokaal maatwerk.",
)
