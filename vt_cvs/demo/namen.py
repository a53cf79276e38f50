"""Names and places of nobody: first names and surnames as families here bear them, in an invented region."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Herkomst:
    """Names that go together. A surname may have a prefix: ("van den", "Heuvel")."""

    vrouwen: tuple[str, ...]
    mannen: tuple[str, ...]
    meisjes: tuple[str, ...]
    jongens: tuple[str, ...]
    achternamen: tuple[tuple[str, str], ...]


NEDERLANDS = Herkomst(
    vrouwen=("Marloes", "Chantal", "Ingrid", "Anouk", "Sandra", "Lotte", "Mirjam", "Wendy", "Karin", "Femke", "Joke"),
    mannen=("Jelle", "Rik", "Bas", "Martijn", "Ruben", "Dennis", "Koen", "Wouter", "Peter", "Sjoerd", "Gerard"),
    meisjes=("Fenna", "Noa", "Saar", "Lieke", "Evi", "Julia", "Roos", "Tess"),
    jongens=("Sem", "Mees", "Daan", "Luuk", "Thijs", "Finn", "Stijn", "Jens"),
    achternamen=(
        ("", "Terpstra"),
        ("", "Verhoeven"),
        ("", "Brouwers"),
        ("van den", "Heuvel"),
        ("de", "Boer"),
        ("", "Scholten"),
        ("", "Visser"),
        ("van", "Leeuwen"),
        ("", "Kuipers"),
        ("", "Hofman"),
        ("", "Dijkstra"),
        ("", "Wolters"),
        ("van der", "Meulen"),
        ("", "Groen"),
        ("ter", "Horst"),
        ("", "Peeters"),
        ("", "Bos"),
        ("", "Hendriks"),
    ),
)
TURKS = Herkomst(
    vrouwen=("Elif", "Ayşe", "Zeynep", "Hatice", "Merve", "Gülay", "Sevda", "Derya"),
    mannen=("Emre", "Murat", "Hakan", "Mustafa", "Yusuf", "Kemal", "Serkan", "Orhan"),
    meisjes=("Defne", "Ela", "Azra", "Melisa", "Nisa"),
    jongens=("Kerem", "Efe", "Deniz", "Baran", "Arda"),
    achternamen=(
        ("", "Yıldız"),
        ("", "Kaya"),
        ("", "Demir"),
        ("", "Özdemir"),
        ("", "Şahin"),
        ("", "Çelik"),
        ("", "Aydın"),
        ("", "Arslan"),
        ("", "Koç"),
        ("", "Polat"),
    ),
)
MAROKKAANS = Herkomst(
    vrouwen=("Samira", "Fatiha", "Naima", "Hanan", "Latifa", "Soumaya", "Karima", "Ikram"),
    mannen=("Hicham", "Youssef", "Rachid", "Khalid", "Abdelhak", "Mimoun", "Nabil", "Said"),
    meisjes=("Inaya", "Safae", "Amira", "Lina", "Hiba"),
    jongens=("Ilyas", "Adam", "Ayoub", "Bilal", "Rayan"),
    achternamen=(
        ("el", "Amrani"),
        ("", "Bouzid"),
        ("", "Tahiri"),
        ("ait", "Hammou"),
        ("", "Benali"),
        ("el", "Khattabi"),
        ("", "Ouali"),
        ("", "Chakir"),
        ("", "Zerouali"),
        ("ben", "Haddou"),
    ),
)
POOLS = Herkomst(
    vrouwen=("Agnieszka", "Małgorzata", "Katarzyna", "Ewa", "Monika", "Joanna", "Beata"),
    mannen=("Piotr", "Tomasz", "Krzysztof", "Marek", "Paweł", "Łukasz", "Grzegorz"),
    meisjes=("Lena", "Zuzanna", "Maja", "Oliwia"),
    jongens=("Kacper", "Szymon", "Filip", "Antoni"),
    achternamen=(
        ("", "Kowalczyk"),
        ("", "Nowak"),
        ("", "Wiśniewski"),
        ("", "Zieliński"),
        ("", "Mazur"),
        ("", "Wójcik"),
        ("", "Kamiński"),
        ("", "Pawlak"),
    ),
)
SURINAAMS = Herkomst(
    vrouwen=("Shanella", "Farida", "Indra", "Muriel", "Sharda", "Yvonne", "Grace", "Cheryl"),
    mannen=("Winston", "Rajesh", "Orlando", "Humphrey", "Sunil", "Guno", "Dwight", "Romeo"),
    meisjes=("Shreya", "Zoë", "Priya", "Naomi", "Joëlle"),
    jongens=("Jaïr", "Ravi", "Dylano", "Tobi", "Ishaan"),
    achternamen=(
        ("", "Ramdin"),
        ("", "Pinas"),
        ("", "Sitaram"),
        ("", "Baldewsingh"),
        ("", "Lopes"),
        ("", "Tjon A Loi"),
        ("", "Kromosoeto"),
        ("", "Wijngaarde"),
        ("", "Gopal"),
        ("", "Martina"),
    ),
)
HERKOMSTEN = (NEDERLANDS, TURKS, MAROKKAANS, POOLS, SURINAAMS)
VERDELING = (60, 11, 11, 8, 10)
"""How often each comes; neither more nor less violent than the other, just neighbours of each other."""


@dataclass(frozen=True, slots=True)
class Plaats:
    """A place of the invented region. `gemeente` is a code that exists, for a report is counted by municipality."""

    naam: str
    postcode: str
    gemeente: str
    wijkteam: str


PLAATSEN = (
    Plaats("Oosterveen", "1001", "GM0050", "Wijkteam Oosterveen-Zuid"),
    Plaats("Oosterveen", "1003", "GM0050", "Wijkteam Oosterveen-Noord"),
    Plaats("Zandwolde", "1011", "GM0303", "Wijkteam Zandwolde"),
    Plaats("Lindedijk", "1021", "GM0171", "Wijkteam Lindedijk"),
    Plaats("Rietmeer", "1031", "GM0995", "Wijkteam Rietmeer"),
    Plaats("Sint Odaveld", "1041", "GM0184", "Dorpsteam Sint Odaveld"),
)
STRATEN = (
    "Vlierstraat",
    "Molenweg",
    "Kastanjelaan",
    "Zilverschoon",
    "Veenkade",
    "Burgemeester Pompsingel",
    "Schippershof",
    "Karwijhof",
    "Oude Turfweg",
    "Leeuwerikplein",
    "Tramstraat",
    "Boterbloemweide",
)
SCHOLEN = ("De Wissel", "De Vlonder", "Het Kompas", "De Regenboog", "De Turfsteker")
