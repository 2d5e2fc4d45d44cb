"""The commands and their options.

Each command's module is imported when the command runs, so that `--help` costs nothing.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import IO, Any, Final

from tcit_export.collector import nothing_collected
from tcit_export.source import clean_text

FORMATS: Final = ("pdf", "docx", "html")
EDITIONS: Final = ("handout", "large-print", "booklet", "fact-sheet", "fragment")


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments, with `run` as what carries them out. Exits with 2 on wrong usage."""
    parser = _Parser(
        prog="tcit-export",
        description="Article reviews and reading lists, from Markdown to PDF, Word and HTML.",
        epilog="Exit codes: 0 done, 1 problems in the content, 2 wrong usage, 130 interrupted.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=_Command
    )
    for name, (summary, options) in _commands().items():
        commands.add_parser(
            name, help=summary, description=summary, add_help=False, command=name, options=options
        )
    return parser.parse_args(_with_values(sys.argv[1:] if argv is None else argv))


def _commands() -> dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]:
    """What each command does, in a line, and what adds its options."""
    return {
        "build": ("build the documents of content/, or those named", _build),
        "check": ("tell the problems of content and bibliography", _check),
        "references": ("print the formatted list of a .bib file", _references),
        "reading-list": ("make a reading list of a .bib file, wherever it is", _reading_list),
        "styles": ("list citation styles, or those that match words", _styles),
        "verify": ("prove that built PDF, Word and HTML files cite and list the same", _verify),
        "preview": ("show the documents in the browser, new on every save (127.0.0.1)", _preview),
        "init": ("make a new project folder with a sample review", _init),
        "new": ("begin a new review in content/", _new),
        "explain": ("tell what a diagnostic's code means", _explain),
        "doctor": ("tell what of the machine is missing, and how to add it", _doctor),
        "schema": ("print the JSON Schema of front matter, for editors that check it", _schema),
    }


def _with_values(argv: Sequence[str]) -> list[str]:
    """`--sort -year` as `--sort=-year`: argparse would take the value for an option."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] == "--sort" and word.startswith("-") and word[1:2] != "-":
            joined[-1] = f"--sort={word}"
        else:
            joined.append(word)
    return joined


class _Parser(argparse.ArgumentParser):
    """Its messages repeat what was typed, so they too must not steer the terminal."""

    def _print_message(self, message: str, file: IO[str] | None = None) -> None:  # type: ignore[override]
        super()._print_message(clean_text(message)[0], file)


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        from importlib.metadata import version

        print(f"tcit-export {version('tcit-export')}")
        parser.exit()


class _Command(_Parser):
    """The parser of one command. Its options are added when it is called: one of all is."""

    def __init__(
        self,
        *args: Any,
        command: str,
        options: Callable[[argparse.ArgumentParser], None],
        **kept: Any,
    ) -> None:
        super().__init__(*args, **kept)
        self.command = command
        self.options = options

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.add_argument("-h", "--help", action="help", help="show this help message and exit")
        self.add_argument("--debug", action="store_true", help="show tracebacks of the program")
        self.set_defaults(run=_late(self.command))
        self.options(self)
        return super().parse_known_args(args, namespace)


def _late(name: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        with nothing_collected(stays=True):
            module = import_module(f"tcit_export.cli.{name.replace('-', '_')}")
        code: int = module.run(arguments)
        gc.freeze()  # the pass at the end of the process would find nothing to keep
        return code

    return run


def _project(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--project",
        type=filled,
        metavar="DIR",
        help="the folder that holds content/ (default: the current one, or one above it)",
    )


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a document, or a folder of them")
    _project(parser)
    _making(parser, "where to (default: output)")
    parser.add_argument(
        "--jobs", type=count, metavar="N", help="documents at a time (default: one for each core)"
    )
    parser.add_argument(
        "--no-index",
        dest="index",
        action="store_false",
        help="do not write index.html, which lists all documents",
    )


def _making(parser: argparse.ArgumentParser, output: str) -> None:
    """What all commands have that make outputs; `output` says where these go."""
    parser.add_argument(
        "--format",
        type=formats,
        default=FORMATS,
        metavar="F,…",
        help="pdf, docx, html (default all)",
    )
    parser.add_argument("--output", type=filled, metavar="DIR", help=output)
    parser.add_argument("--style", metavar="S", help="a citation style: apa, or a .csl file")
    parser.add_argument("--strict", action="store_true", help="warnings are errors")
    parser.add_argument("--keep-going", action="store_true", help="build in spite of errors")
    parser.add_argument("--quiet", action="store_true", help="print nothing but problems")
    _settings(parser)


def _settings(parser: argparse.ArgumentParser) -> None:
    """What tcit.toml may set as well; absent here means: as set there."""
    group = parser.add_argument_group("how the outputs look (over tcit.toml)")
    group.add_argument("--paper", choices=("letter", "a4"), help="paper size (default letter)")
    group.add_argument(
        "--edition",
        dest="editions",
        type=editions,
        metavar="E,…",
        help=f"{', '.join(EDITIONS)} (default handout)",
    )
    group.add_argument("--theme", choices=("serif", "sans"), help="typeface of the text")
    group.add_argument(
        "--citations", choices=("links", "word", "zotero"), help="how they stand in Word files"
    )
    group.add_argument("--docx-template", metavar="FILE", help="a Word letterhead of the project")
    group.add_argument("--watermark", metavar="WORD", help="behind the text of each page: DRAFT")
    for name, words in _FLAGS.items():
        group.add_argument(f"--{name}", action="store_true", default=None, help=words)


_FLAGS: Final = {
    "contents": "a table of contents",
    "cover": "a page of its own for the title",
    "duplex": "wider inner margins, to print on both sides and punch",
    "qr": "a QR code of the document's own address",
    "qr-references": "a QR code beside each reference that has a DOI",
}


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a document, or a folder of them")
    _project(parser)
    parser.add_argument(
        "--fix", action="store_true", help="first put right how things are typed in .bib files"
    )
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--diff", action="store_true", help="with --fix: show what would change, change nothing"
    )
    output.add_argument("--json", action="store_true", help="as JSON, on standard output")
    output.add_argument("--sarif", action="store_true", help="as SARIF, on standard output")
    parser.add_argument("--strict", action="store_true", help="warnings are errors")


def _references(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bibliography", metavar="BIB", help="a .bib file, or - for standard input")
    parser.add_argument(
        "--style", default="apa", metavar="S", help="a citation style (default apa)"
    )
    parser.add_argument("--locale", metavar="L", help="a language, such as en-GB")
    parser.add_argument(
        "--key", action="append", metavar="K", help="only this entry (may be repeated)"
    )
    parser.add_argument("--format", choices=("text", "html", "jsonl"), default="text")
    parser.add_argument(
        "--changes", action="store_true", help="tell what was changed on the way (title case …)"
    )


def _reading_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bibliography", metavar="BIB", help="a .bib file, or - for standard input")
    parser.add_argument("--title", metavar="T", help="the list's title (default: the file's name)")
    parser.add_argument(
        "--author", action="append", default=[], metavar="NAME", help="who made it (repeatable)"
    )
    parser.add_argument("--date", default="", metavar="D", help="2018, 2018-01 or 2018-01-15")
    parser.add_argument("--lang", type=language, default="en-US", metavar="L", help="such as en-GB")
    _list(parser)
    _making(parser, "where to (default: output, here or in the project)")
    parser.set_defaults(jobs=1, index=False, paths=())


def _list(parser: argparse.ArgumentParser) -> None:
    """What is asked of the list, in the words of `.references`."""
    group = parser.add_argument_group("what is in the list, and how")
    group.add_argument(
        "--select", type=filled, metavar="QUERY", help='such as "keyword:crying and year>=2000"'
    )
    group.add_argument("--sort", type=filled, metavar="FIELDS", help='such as "importance, -year"')
    group.add_argument(
        "--group-by",
        type=filled,
        metavar="FIELD",
        help="keywords, week, year, decade, type, importance, author or language",
    )
    group.add_argument("--emphasise", metavar="NAME", help="set in bold: “Slavin-Mulford, J.”")
    group.add_argument("--library", metavar="URL", help="of your library, with {doi} or {title}")
    group.add_argument("--columns", type=int, choices=(1, 2), help="on paper and on wide screens")
    for name, words in _LIST_FLAGS.items():
        group.add_argument(f"--{name}", action="store_true", default=None, help=words)


_LIST_FLAGS: Final = {
    "annotations": "with annotations or, where there is none, abstracts",
    "totals": "how many readings and pages each group has",
    "ticks": "a box before each entry, to tick",
    "compact": "entries closer together",
}


def _styles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="WORDS")
    _project(parser)


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "outputs", nargs="*", metavar="OUTPUT", help="files or folders (default: the output folder)"
    )
    _project(parser)


def _preview(parser: argparse.ArgumentParser) -> None:
    _project(parser)
    parser.add_argument(
        "--port", type=port, default=8000, metavar="N", help="0 for any (default 8000)"
    )
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR")


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the name of the file, such as my-review")
    _project(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="such as C001")


def _doctor(parser: argparse.ArgumentParser) -> None:
    _project(parser)


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", action="store_true", help="of tcit.toml instead")


def language(text: str) -> str:
    """A language tag: `en-GB`."""
    parts = text.split("-")
    fits = parts[0].isalpha() and 2 <= len(parts[0]) <= 3 and all(map(str.isalnum, parts))
    if not (text.isascii() and fits and len(text) <= 35):
        raise argparse.ArgumentTypeError(f"{text!r} is no language tag, such as en-GB")
    return text


def formats(text: str) -> tuple[str, ...]:
    """`pdf,html` -> the formats, each once, in the order of FORMATS."""
    wanted = {word.strip().lower() for word in text.split(",")}
    unknown = sorted(wanted - set(FORMATS))
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in wanted)


def editions(text: str) -> tuple[str, ...]:
    """`handout,large-print` -> the editions, each once, in the order of EDITIONS."""
    wanted = {word.strip().lower() for word in text.split(",")}
    unknown = sorted(wanted - set(EDITIONS))
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(EDITIONS)}")
    return tuple(name for name in EDITIONS if name in wanted)


def filled(text: str) -> str:
    """A name; an empty one (a variable that is not set) would mean the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return text


def port(text: str) -> int:
    """A TCP port, or 0 for any."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def count(text: str) -> int:
    """A whole number from 1 on."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 1024):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1024")
    return int(text)
