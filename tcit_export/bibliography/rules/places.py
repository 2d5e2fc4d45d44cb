"""Places beside a publisher's name, which APA leaves out (APA 7, section 9.29)."""

from __future__ import annotations

import re
from typing import Final

from tcit_export.patterns import late

_CITIES: Final = (
    "New York(?: City)?|London|Boston|Chicago|Cambridge|Oxford|Berlin|Amsterdam|Philadelphia|"
    "San Francisco|Los Angeles|Washington|Paris|Toronto|Thousand Oaks|Newbury Park|Beverly Hills|"
    "Hillsdale|Mahwah|Hoboken|Englewood Cliffs|Upper Saddle River|Hove|Heidelberg|Stuttgart|"
    "Göttingen|München|Munich|Wien|Vienna|Zürich|Zurich|Bern|Baltimore|Princeton|New Haven|Sydney|"
    "Melbourne|Tokyo|New Delhi|Northvale|Madison|San Diego|San Antonio|Belmont|Pacific Grove|"
    "Monterey|Berkeley|Stanford|Oakland|Ithaca|Lanham|Chichester|Basingstoke|Houndmills|Maidenhead|"
    "Buckingham|Milton Keynes|Abingdon|Edinburgh|Glasgow|Harmondsworth|Dordrecht|Leiden|The Hague|"
    "Alexandria|Arlington|Greenwich|Westport|Norwood|Odessa|Lutz|Minneapolis|Ann Arbor|"
    r"Palo Alto|Menlo Park|Cranbury|Evanston|Durham|Chapel Hill|St\.? Louis|"
    "Bloomington|Champaign|Springfield|Reading|Lexington|Rockville|Bethesda|Gaithersburg|Dublin|"
    "Montreal|Vancouver|Ottawa|Geneva|Brussels|Copenhagen|Stockholm|Oslo|Weinheim|Opladen|"
    "Wiesbaden|Tübingen|Bad Heilbrunn|Lengerich|Gießen|Freiburg|Barcelona|Madrid|Milano?|Roma"
)
_BEFORE: Final = late(
    rf"^(?:[A-Z][\w. ]+, [A-Z]{{2}}(?:, USA)?|(?:{_CITIES})(?:, D\.?C\.?)?)"
    r"(?:[,;/&] ?(?:[A-Z][\w.]+ ?)+)?: (?=[A-Z])"
)
"""`New York, NY: Harbor Press`, as catalogues write it."""
_REGION: Final = r"(?:[A-Z]{2}|D\.C\.|U\.?S\.?A\.?|U\.?K\.?|England|Mass\.?|Calif\.?)"
_BEHIND: Final = re.compile(
    rf"(?P<comma>[,:])?\s+(?:(?:{_CITIES}),? (?:&|and) )?(?:{_CITIES})"
    rf"(?P<region>(?:,? {_REGION})*)(?(region)\.?)$"
)
"""`Harbor Press New York, NY`, as Google Scholar writes it; `Harbor Press: London` by hand."""
_TOWN: Final = re.compile(
    r"(?P<house>.+ (?:[Pp]ress|[Bb]ooks?|[Pp]ublications?|[Pp]ublish(?:ers?|ing)|[Cc]ompany|"
    rf"[Aa]ssociates|[Ss]ons)),?(?: [A-Z][\w.]+){{1,2}}(?:, {_REGION})+"
)
"""The same with a town that is not on the list, behind a word that ends names."""
_IN_PARENTHESES: Final = late(
    rf"(?<=\w) \((?:(?:{_CITIES})(?:,? {_REGION})*|[A-Z][\w. ]+(?:, {_REGION})+)\)$"
)
"""`Harbor Press (Oslo, UK)`, by hand."""
_NAMED_BY_PLACE: Final = late(
    r"\b(?:of|in|at|for|the|and|zu|de|di|College|University|Universit[äaée]t?|Universidad|"
    r"Università|Hochschule|Akademie|Landesamt|Stadt|Land|City|State|Saint|St\.?|Greater|"
    r"School)$|&$|, (?:Forum|Campus|Büro|Landesbüro|Office)$",
    re.I,
)
"""What makes the place behind it a part of the name: King's College London."""
_BODY: Final = late(
    r"(?:universiteit|universitet|universitetet|museum|clinic|klinik(?:um)?|hospital|institute?|"
    r"cent(?:re|er)|radio|theat(?:re|er)|library|gallery|opera|orchestra|zoo)$",
    re.IGNORECASE,
)
"""Bodies of which a town has its own: `Science Museum London`."""
_OFFICES: Final = late(r"(?<=[Pp]ublications) ?Sage [A-Z]\w+:.*$")
"""`SAGE Publications Sage UK: London, England`: the office, as Google Scholar has it from Sage."""
_HOUSE: Final = late(r"\b(?:press|books?|publications?|publishers?|publishing|sons)$", re.I)

_COUNTRIES: Final = (
    r"U\.?S\.?A?\.?|U\.?K\.?|(?:the )?United (?:States|Kingdom)|England|Scotland|Wales|"
    "Ireland|Canada|Australia|New Zealand|Germany|Austria|Switzerland|France|Italy|Spain|Portugal|"
    "Belgium|(?:the )?Netherlands|Denmark|Sweden|Norway|Finland|Poland|Greece|Turkey|Israel|India|"
    "China|Japan|South Africa|Brazil|Mexico"
)
_SCHOOL_PLACE: Final = late(rf"(?P<city>, [A-Z][\w.' -]+)?, (?:[A-Z]{{2}}|(?i:{_COUNTRIES}))$")
_CAMPUS: Final = late(
    r"\bUniversity of (?:Alabama|Alaska|Arkansas|California|Colorado|Hawai.?i|Illinois|Maryland|"
    r"Massachusetts|Michigan|Minnesota|Missouri|Nebraska|Nevada|North Carolina|Tennessee|Texas|"
    r"Wisconsin)$|\bState University$"
)
"""Universities with several campuses, whose city is a part of their name."""


def school_without_place(name: str) -> str:
    """10.6: the university alone, of `Stanford University, Stanford, CA`."""
    found = _SCHOOL_PLACE.search(name) if ", " in name else None
    if not found:
        return name
    school, city = name[: found.start()], found["city"] or ""
    body = re.search(r"\b(?:Univ|College|Coll[eè]ge|School|Institut)", city)
    return school + city if body or _CAMPUS.search(school) else school


def without_place(name: str) -> str:
    """A publisher without the place before or behind its name."""
    if ": " in name:
        name = _BEFORE.sub("", _OFFICES.sub("", name))
    if " " not in name:
        return name
    if name.endswith(")"):
        return _IN_PARENTHESES.sub("", name)
    found = _BEHIND.search(name)
    if found is None:
        town = _TOWN.fullmatch(name)
        return town["house"] if town else name
    if found.start() == 0:
        return name
    house = name[: found.start()]
    if _NAMED_BY_PLACE.search(house) or (
        house.startswith("Springer") and not found["region"] and not found["comma"]
    ):
        return name  # Springer Berlin Heidelberg
    alone = not found["comma"] and not found["region"]
    if alone and (house.isupper() or _BODY.search(house)):
        return name  # WBEZ Chicago
    if found["comma"] and "University" in house and not _HOUSE.search(house):
        return name  # University of California, Los Angeles
    return house
