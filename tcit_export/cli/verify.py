"""`verify`: compare built files and tell the differences."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from tcit_export.cli.messages import say
from tcit_export.cli.usage import Usage, open_here
from tcit_export.verify import Verification, by_document, verify
from tcit_export.verify.extract import LINE, PAGE

_SHOWN_DIFFERENCES = 10
_NAMES = {"pdf": "PDF", "docx": "DOCX", "html": "HTML"}


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if any document's files differ or cannot be read."""
    groups = by_document(_files(arguments))
    if not groups:
        raise Usage("there is nothing to verify; `tcit-export build` makes the files")
    found = [verify(group) for group in groups.values()]
    for verification in found:
        print_differences(verification)
    print(summary(found))
    return 0 if all(verification.ok for verification in found) else 1


def _files(arguments: argparse.Namespace) -> Iterable[Path]:
    paths = [Path(name) for name in arguments.outputs]
    if not paths:
        project = open_here(arguments).value
        paths = [project.root / project.config.output]
        if not paths[0].is_dir():
            return
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] != ".")
            # The list of all documents is no document, unless a document has its name.
            listed = [p for p in files if p.stem == "index"]
            yield from (p for p in files if listed != [p] or p.suffix != ".html")
        elif path.is_file():
            yield path
        else:
            raise Usage(f"`{path}` does not exist")


def print_differences(verification: Verification) -> None:
    """What differs, both texts, to standard error."""
    for problem in verification.unreadable:
        say(f"verify: {problem}")
    for mismatch in verification.mismatches[:_SHOWN_DIFFERENCES]:
        say(f"verify: {mismatch.difference.what} differs")
        say(f"  {mismatch.first}: {_plain(mismatch.difference.first)}")
        say(f"  {mismatch.second}: {_plain(mismatch.difference.second)}")
    more = len(verification.mismatches) - _SHOWN_DIFFERENCES
    if more > 0:
        say(f"verify: and {more} more differences")


def _plain(text: str) -> str:
    return text.replace(LINE, "\u00b6").replace(PAGE, "\u00b6")


def summary(found: Iterable[Verification]) -> str:
    """One line: "8 references identical in PDF, DOCX and HTML"."""
    found = list(found)
    bad = [verification for verification in found if not verification.ok]
    if bad:
        return f"not identical: {', '.join(sorted({v.files[0].stem for v in bad}))}"
    together = {v.compared for v in found}
    count = sum(v.references for v in found)
    references = f"{count} reference{'' if count == 1 else 's'}"
    if all(len(formats) < 2 for formats in together):
        return f"{references}; one format alone, nothing to compare"
    names = [_NAMES[f] for f in ("pdf", "docx", "html") if any(f in t for t in together)]
    documents = f" ({len(found)} documents)" if len(found) > 1 else ""
    return f"{references} identical in {_listed(names)}{documents}"


def _listed(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
