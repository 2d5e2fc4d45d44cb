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
    rf"(?P<comma>,)?\s+(?:{_CITIES})(?P<region>(?:,? {_REGION})*)(?(region)\.?)$"
)
"""`Harbor Press New York, NY`, as Google Scholar writes it; `Harbor Press, New York`."""
_TOWN: Final = re.compile(
    r"(?P<house>.+ (?:[Pp]ress|[Bb]ooks?|[Pp]ublications?|[Pp]ublish(?:ers?|ing)|[Cc]ompany|"
    rf"[Aa]ssociates|[Ss]ons)),?(?: [A-Z][\w.]+){{1,2}}(?:, {_REGION})+"
)
"""The same with a town that is not on the list, behind a word that ends names."""
_NAMED_BY_PLACE: Final = late(
    r"\b(?:of|in|at|for|the|and|zu|de|di|College|University|Universit[äaée]t?|Universidad|"
    r"Università|Hochschule|Akademie|Landesamt|Stadt|Land|City|State|Saint|St\.?|Greater|"
    r"School)$|&$|, (?:Forum|Campus|Büro|Landesbüro|Office)$",
    re.I,
)
"""What makes the place behind it a part of the name: King's College London."""
_OFFICES: Final = late(r"(?<=[Pp]ublications) ?Sage [A-Z]\w+:.*$")
"""`SAGE Publications Sage UK: London, England`: the office, as Google Scholar has it from Sage."""
_HOUSE: Final = late(r"\b(?:press|books?|publications?|publishers?|publishing|sons)$", re.I)


def without_place(name: str) -> str:
    """A publisher without the place before or behind its name."""
    if ": " in name:
        name = _BEFORE.sub("", _OFFICES.sub("", name))
    if " " not in name:
        return name
    found = _BEHIND.search(name)
    if found is None:
        town = _TOWN.fullmatch(name)
        return town["house"] if town else name
    if found.start() == 0:
        return name
    house = name[: found.start()]
    if _NAMED_BY_PLACE.search(house) or (house.startswith("Springer") and not found["region"]):
        return name  # Springer Berlin Heidelberg
    if house.isupper() and not found["comma"] and not found["region"]:
        return name  # WBEZ Chicago
    if found["comma"] and "University" in house and not _HOUSE.search(house):
        return name  # University of California, Los Angeles
    return house
