"""Synthetic entries for a long reading list: seven kinds, keywords and abstracts, by number."""

from __future__ import annotations

from typing import Final

SURNAMES: Final = (
    "Berg", "Dahl", "Foss", "Haug", "Lund", "Moe", "Næss", "Rossi", "Sánchez", "van der Berg",
    "Vik", "Young", "Okafor", "Tanaka", "Li", "Żółć",
)  # fmt: skip
GIVEN: Final = "Anna Bjørn Carla David Eva Franz Grete Hans Ida Jens Kari Liv Mia".split()
TOPICS: Final = (
    "attachment", "burnout", "crying", "depression", "emotion", "family", "grief", "health",
    "identity", "judgment", "kindness", "language", "memory", "narrative", "outcome", "practice",
    "sleep", "trauma", "values", "waiting",
)  # fmt: skip
_STEPS: Final = (1, 3, 7, 9)


def bibliography(count: int) -> str:
    """A .bib file of that many entries; the same number gives the same file."""
    return "\n\n".join(map(entry, range(count))) + "\n"


def entry(number: int) -> str:
    """One entry; numbers close together have different kinds, authors, topics and lengths."""
    topics = [TOPICS[(number * step + step) % len(TOPICS)] for step in _STEPS]
    kind, own = _kind(number, topics)
    fields = {
        "author": " and ".join(_authors(number)),
        "title": "{} and {} in the {}: A Study of {{{}}}, Part {}".format(
            *(topic.capitalize() for topic in topics), number
        ),
        "year": str(1950 + number * 11 % 73),
        **own,
        "keywords": ", ".join(sorted(set(topics[: 1 + number % 3]))),
    }
    if number % 3:
        fields["abstract"] = _abstract(number, topics)
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{work{number},\n{lines}\n}}"


def _authors(number: int) -> list[str]:
    """One to four, each with two given names."""
    return [
        f"{SURNAMES[(number * 7 + place * 5) % len(SURNAMES)]}, "
        f"{GIVEN[(number + place * 3) % len(GIVEN)]} {chr(65 + (number // 7 + place) % 26)}."
        for place in range(1 + number % 4)
    ]


def _kind(number: int, topics: list[str]) -> tuple[str, dict[str, str]]:
    """The entry type and the fields that belong to it; half are articles."""
    first = number % 400 + 1
    pages = {"pages": f"{first}--{first + 5 + number % 30}"}
    topic = topics[0].capitalize()
    match number % 8:
        case 0 | 1 | 2 | 3:
            return "article", {
                "journal": f"Journal of {topic}",
                "volume": str(number % 90 + 1),
                "number": str(number % 4 + 1),
                **pages,
                "doi": f"10.5555/example.{number}",
            }
        case 4:
            return "book", {"publisher": "Harbor Press", "edition": "2"}
        case 5:
            editors = {"editor": "Lund, Eva and Moe, Kari", "publisher": "Harbor Press"}
            return "incollection", {"booktitle": f"Handbook of {topic}", **editors, **pages}
        case 6:
            return "phdthesis", {"school": "University of Bergen"}
        case _:
            return "misc", {"url": f"https://example.org/works/{number}"}


def _abstract(number: int, topics: list[str]) -> str:
    """Three to six sentences."""
    return " ".join(
        f"Sample {number + place} was followed for {place + 2} years, and {topics[place % 4]} "
        f"was found to go with {topics[(place + 1) % 4]} more often than had been thought."
        for place in range(3 + number % 4)
    )
