"""Time 1,000 references: reading the library, the record rules, the list and its citations.

    python tests/bench/apa/speed.py [--entries N] [--profile]

Prints seconds of user CPU, beyond the start of the program and the reading of style and locale.
The entries are of all common kinds and made by number, so that none is like another.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
from collections.abc import Callable
from typing import TypeVar

from tcit_export.bibliography.load import load_library
from tcit_export.references import format_references
from tcit_export.source import Source
from tcit_export.styles import load_locale, load_style

T = TypeVar("T")

SURNAMES = "Berg|Dahl|Foss|Haug|Lund|Moe|Næss|Rossi|Sanchez|van der Berg|Vik".split("|")
GIVEN = "Anna Bjørn Carla David Eva Franz Grete Hans Ida Jens Kari Liv Mia".split()
WORDS = """Attachment Burnout Crying Depression Emotion Family Grief Health Identity Judgment
Kindness Language Memory Narrative Outcome Practice Quality Regulation Sleep Trauma Values
Waiting""".split()


def entry(number: int) -> str:
    """One entry; numbers close together have different kinds, authors and titles."""
    authors = " and ".join(
        f"{SURNAMES[(number * 7 + n * 5) % 11]}, {GIVEN[(number + n * 3) % 13]} {chr(65 + n)}."
        for n in range(1 + number % 4)
    )
    words = [WORDS[(number * step + step) % 22] for step in (1, 3, 7, 9)]
    title = "{} and {} in the {}: A Study of {{{}}}s, Part {}".format(*words, number)
    common = f"author = {{{authors}}}, title = {{{title}}}, year = {{{1950 + number % 70}}}"
    pages = f"pages = {{{number}--{number + 9}}}"
    match number % 8:
        case 0 | 1 | 2 | 3:
            doi = f"10.1000/abc.{number}"
            return (
                f"@article{{key{number}, {common}, journal = {{Journal of {words[0]}}}, "
                f"volume = {{{number % 90}}}, number = {{2}}, {pages}, doi = {{{doi}}}}}"
            )
        case 4:
            return (
                f"@book{{key{number}, {common}, publisher = {{Harbor Press}}, edition = {{2nd}}}}"
            )
        case 5:
            return (
                f"@incollection{{key{number}, {common}, booktitle = {{Handbook of {words[1]}}}, "
                f"editor = {{Lund, Eva and Moe, Kari}}, {pages}, publisher = {{Harbor Press}}}}"
            )
        case 6:
            return f"@phdthesis{{key{number}, {common}, school = {{University of Bergen}}}}"
        case _:
            return (
                f"@misc{{key{number}, {common}, month = may, "
                f"howpublished = {{\\url{{https://example.org/{number}}}}}}}"
            )


def timed(label: str, work: Callable[[], T]) -> T:
    """Do a piece of work and print the user CPU it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    result = work()
    print(f"{label:24} {resource.getrusage(resource.RUSAGE_SELF).ru_utime - before:6.2f} s")
    return result


def run(bibtex: str) -> None:
    style = load_style("apa").value
    assert style is not None
    locale = load_locale(style).value
    library = timed("load_library", lambda: load_library([Source("bench.bib", bibtex)]).value)
    timed("format_references", lambda: format_references(library, None, style, locale))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--profile", action="store_true", help="print the dearest functions")
    args = parser.parse_args()
    bibtex = "\n".join(map(entry, range(args.entries)))
    if not args.profile:
        run(bibtex)
        return
    profile = cProfile.Profile()
    profile.runcall(run, bibtex)
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
