"""LaTeX in field values -> the rich text of CSL-JSON.

BibTeX's rule of braces (btxdoc, section 4): a brace group protects the case of what it holds,
unless it begins with a command ("special character").  HTML tags and entities, which exporters
leave in values, are understood too.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from html.entities import html5
from typing import Final, NamedTuple

from tcit_export import limits
from tcit_export.bibliography import latex_symbols as symbols
from tcit_export.bibliography import mistakes
from tcit_export.bibliography.library import Remark
from tcit_export.bibliography.mistakes import short
from tcit_export.diagnostic import Kind
from tcit_export.patterns import late

NOCASE: Final = '<span class="nocase">'
TAG: Final = re.compile(r'</?(?:i|b|sup|sub|sc)>|<span class="nocase">|</span>')
"""The markup that rich text may hold; any other `<` is that character."""

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LAYOUT: Final = {
    0x00AD: None, 0x200B: None, 0x2060: None, 0xFEFF: None, 0x2010: "-", 0x2011: "-",
    **dict.fromkeys(range(0x2000, 0x200B), " "), 0x202F: " ",
}  # fmt: skip
"""What publishers' typesetting leaves in values: soft hyphens, spaces of all widths, hyphens."""
# One class first, for which `re` looks fast; of the signs at its end, two alike are special.
_SPECIAL: Final = re.compile(
    r"[\\{}$~\"'`<&\x00-\x08\x0a-\x1f\x7f\ud800-\udfff,\u2019-]"
    r"(?:(?<![,\u2019-])|(?<=--|,,|\u2019\u2019))"
)
_TOKEN: Final = late(
    r"\\(?P<word>[A-Za-z]+)\*?[ \t\n]*"
    r"|\\(?P<sign>.)"
    r"|(?P<brace>[{}])"
    r"|(?P<dollar>\$)"
    r"|(?P<ligature>---?|``|''|,,|[!?]`)"
    r"|(?P<quote>[\"'`])"
    r"|(?P<tie>~)"
    r"|<(?P<end>/?)(?:jats:)?(?P<tag>[a-z]+)(?:\s[^<>]*)?>"
    r"|(?P<script>[\^_])"
    r"|(?P<lone>\\$)",
    re.S,
)
_TOKEN_BEGINS: Final = late(r"[\\{}$\-`',!?\"~<^_]")
_ENTITY: Final = re.compile(
    r"\\?&(?:amp;)?(\\?#\d{1,6}|\\?#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});"
)
_BRACE: Final = re.compile(r"(?<!\\)[{}]")
_RANGE: Final = re.compile(r"(?<=\w)--(?=\w)")
_ACUTE: Final = late("(?<=[^\\W\\d_])\u00b4(?=[^\\W\\d_])")
"""An accent typed for an apostrophe: patient\u00b4s."""
_GROUP: Final = re.compile(r"\{([^{}]*)\}")
_MATHS: Final = late(r"\$\$?((?:[^$\\]|\\.)+?)\$\$?(?!\d)", re.S)
_VARIABLE: Final = late(r"(?<![\\A-Za-z{^_])([A-Za-z])(?![A-Za-z])")
"""A letter that stands alone in maths: a statistical symbol, in italics (APA 7, section 6.44)."""
_RELATION: Final = late(r"[=<>]|\\(?:leq?|geq?|neq?|approx|sim|pm)\b|^[A-Za-z]\^\{?2\}?$")
"""What makes of letters in maths symbols of quantities, not of elements."""
_CLOSING_QUOTE: Final = late(r"(?<=[^\s(])['\u2019](?=[\s.,;:!?)\]}\u201d\"]|$)")
_SPACED_QUOTES: Final = late(r"([\u2019\u201c])[ \u00a0\u2009\u202f]([\u201d\u2018])")
_CROSSED_QUOTES: Final = late(r"(\u201c[^\u201d]*\u2018[^\u2018\u201d]*)\u201d\u2019")
_ELIDED: Final = late(r"\d\ds?\b|n['\u2019]|(?:tis|twas|em|til)\b", re.I)
"""What an apostrophe may begin: the '90s, rock 'n' roll, 'tis."""
_OPENERS: Final = " \t\n\u00a0([{\u201c\u2018\u2014\u2013/-"
_LIGATURES: Final = {
    "---": "\u2014", "--": "\u2013", "``": "\u201c", "''": "\u201d", ",,": "\u201e",
    "!`": "\u00a1", "?`": "\u00bf",
}  # fmt: skip
_OPENING_TAG: Final = {"i": "<i>", "b": "<b>", "sup": "<sup>", "sub": "<sub>", "sc": "<sc>"}


class Decoded(NamedTuple):
    """A decoded value.

    Markup is `<i> <b> <sup> <sub> <sc>` and `<span class="nocase">`, always balanced; any other
    `<` or `&` in the text is that character.
    """

    text: str
    remarks: tuple[Remark, ...] = ()


def to_rich(value: str) -> Decoded:
    """A LaTeX value as rich text; brace groups that protect case become nocase spans."""
    if not value.isascii():
        value = value.translate(_LAYOUT)
        if "\u00b4" in value:
            value = _ACUTE.sub("\u2019", value)
    if not _SPECIAL.search(value):
        return Decoded(value if value.isascii() else unicodedata.normalize("NFC", value))
    return _scanned(value)


@lru_cache(maxsize=4_096)
def _scanned(value: str) -> Decoded:
    """The same for a value with markup in it: the rules ask for some of them several times."""
    value = _CONTROL.sub("", _ENTITY.sub(_entity, value))
    parts = _GROUP.split(_RANGE.sub("\u2013", value))
    if not _SPECIAL.search("".join(parts)):  # pages, and words in braces, as in titles
        parts[1::2] = map(_protected, parts[1::2])
        return Decoded(_nested_quotes(unicodedata.normalize("NFC", "".join(parts))))
    scanner = _Scanner(value)
    try:
        text = scanner.group("", 0)
    except _TooDeepError:
        remark = Remark(mistakes.VALUE_TOO_DEEP, "the markup of this value is nested too deep")
        return Decoded(re.sub(r"[{}\\<>]", "", value), (remark,))
    text = _nested_quotes(unicodedata.normalize("NFC", text))
    return Decoded(_balanced(text) if "<" in text else text, tuple(scanner.remarks))


def _protected(inside: str) -> str:
    """A brace group: what has no letters has no case to protect."""
    return f"{NOCASE}{inside}</span>" if any(map(str.isalpha, inside)) else inside


def _nested_quotes(text: str) -> str:
    """Marks that end two quotations: the blank between them, and TeX's reading of three, undone."""
    if "\u2018" not in text or "\u201d" not in text:
        return text
    text = _SPACED_QUOTES.sub(r"\1\2", text)
    return _CROSSED_QUOTES.sub("\\1\u2019\u201d", text)


def to_plain(value: str) -> Decoded:
    """A LaTeX value as characters, without markup."""
    rich = to_rich(value)
    return Decoded(strip_markup(rich.text), rich.remarks)


def strip_markup(rich: str) -> str:
    """Rich text without its tags."""
    return TAG.sub("", rich) if "<" in rich else rich


_MARKED: Final = re.compile(r"[\\{}&<$]")


def verbatim(value: str) -> str:
    r"""A `url`, `doi`, `file`, `eprint`: as typed, but `\_ \% \& \#`, `\url{}`, `&amp;` undone."""
    text = value.strip()
    if not _MARKED.search(text):
        return text
    text = re.sub(r"\\(?:url|path|nolinkurl|doi)\s*(?=\{)", "", text)
    text = re.sub(
        r"\$\s*\\sim\s*\$|\\textasciitilde\s*(?:\{\})?|\\~\s*(?:\{\})?|\{\\~\}", "~", text
    )
    text = re.sub(r"\\textunderscore\s*(?:\{\})?", "_", text)
    text = re.sub(r"\\([_%&#${}^ ])", r"\1", text)
    text = re.sub(r"\\(?:slash|allowbreak|-)\s*", "", text).replace("{", "").replace("}", "")
    text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text


class _TooDeepError(Exception):
    """Groups are nested deeper than the limit."""


def _entity(found: re.Match[str]) -> str:
    r"""`&amp;`, `&amp;eacute;`, `\&\#39;` as the character, escaped where LaTeX would act on it."""
    name = found[1].replace("\\", "")
    if not name.startswith("#") and f"{name};" not in html5:
        return found[0]
    text = unescape(f"&{name};")
    return "".join(rf"\{each}" if each in "{}$" else _NAMED.get(each, each) for each in text)


_NAMED: Final = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "\x00": ""}


class _Scanner:
    """One pass over a value. `last` is the character written last: quotes look back at it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.last = ""
        self.depth = 0
        self.quotes = 0
        self.closing = -1
        self.maths = False
        self.remarks: list[Remark] = []
        self.reported: set[str] = set()

    # ------------------------------------------------------------ groups and plain text

    def group(self, closing: str, depth: int) -> str:
        """Everything up to `closing` (`}` or the end), which is taken too.

        `depth` is BibTeX's brace level: groups at level 0 protect case.
        """
        self.depth += 1
        if self.depth > limits.BIBTEX_BRACES:
            raise _TooDeepError
        parts: list[str] = []
        switches: list[str] = []
        while True:
            found = self._next_token()
            if found is None:
                self._plain(parts, len(self.text))
                if closing:
                    self._remark(mistakes.UNBALANCED_BRACES, "a `{` is not closed")
                break
            self._plain(parts, found.start())
            self.pos = found.end()
            if found["brace"] == "}":
                if closing:
                    break
                self._remark(mistakes.UNBALANCED_BRACES, "a `}` closes nothing")
            elif found["word"] in symbols.SWITCHES:
                tag = symbols.SWITCHES[found["word"]]
                parts.append(_OPENING_TAG[tag])
                switches.append(f"</{tag}>")
            else:
                parts.append(self._token(found, depth))
        self.depth -= 1
        return "".join([*parts, *reversed(switches)])

    def _next_token(self) -> re.Match[str] | None:
        """The next token. What may begin one is looked for first, which takes much less time."""
        at = self.pos
        while begins := _TOKEN_BEGINS.search(self.text, at):
            if found := _TOKEN.match(self.text, begins.start()):
                return found
            at = begins.end()
        return None

    def _plain(self, parts: list[str], end: int) -> None:
        if end > self.pos:
            text = self.text[self.pos : end]
            parts.append(text.replace("-", "\u2212") if self.maths else text)
            self.last = text[-1]
            self.pos = end

    def _write(self, text: str) -> str:
        if text:
            self.last = text[-1]
        return text

    def _token(self, found: re.Match[str], depth: int) -> str:
        match found.lastgroup:
            case "word":
                return self._command(found["word"], depth)
            case "sign":
                return self._sign(found["sign"], depth)
            case "brace":
                return self._braces(depth)
            case "dollar":
                return self._dollar(found.start(), depth)
            case "ligature":
                return self._write(_LIGATURES[found[0]])
            case "quote":
                return self._write(self._quote(found[0]))
            case "tie":
                return self._write("\u00a0")
            case "tag" | "end":
                return self._html(found)
            case "script" if self.maths:
                tag = "sup" if found[0] == "^" else "sub"
                return self._script(tag, depth)
            case "script":
                return self._write(found[0])
            case _:  # a backslash at the end
                return self._write("\\")

    def _braces(self, depth: int) -> str:
        special = self.text.startswith("\\", self.pos) and not self._escaped_sign()
        # In braces around the whole value, inner ones still tell what the author protects.
        whole = self.pos == 1 and self.text.endswith("}") and not special
        inside = self.group("}", depth if whole and self._closes_at_end() else depth + 1)
        protects = depth == 0 and not special and not self.maths
        return _protected(inside) if protects else inside

    def _closes_at_end(self) -> bool:
        """Whether the group that begins here is the whole value."""
        level = 0
        for found in _BRACE.finditer(self.text):
            level += 1 if found[0] == "{" else -1
            if level == 0:
                return found.end() == len(self.text)
        return False

    def _escaped_sign(self) -> bool:
        r"""Whether a group begins with `\&` or the like, which is no special character."""
        return self.text[self.pos + 1 : self.pos + 2] in ("&", "%", "#", "$", "_")

    # ------------------------------------------------------------ commands

    def _argument(self, depth: int) -> str:
        """A command's argument: a group, a command, or one character."""
        while self.text[self.pos : self.pos + 1].isspace():
            self.pos += 1
        if self.text.startswith("{", self.pos):
            self.pos += 1
            return self.group("}", depth + 1)
        found = _TOKEN.match(self.text, self.pos)
        if found and (found["word"] or found["sign"]):
            self.pos = found.end()
            self.depth += 1
            if self.depth > limits.BIBTEX_BRACES:
                raise _TooDeepError
            text = self._token(found, depth + 1)
            self.depth -= 1
            return text
        character = self.text[self.pos : self.pos + 1]
        if not character or character in "}$":
            return ""
        self.pos += 1
        return self._write(character)

    def _skip_option(self) -> None:
        """`[...]` behind a command."""
        if self.text.startswith("[", self.pos):
            end = self.text.find("]", self.pos)
            if end >= 0:
                self.pos = end + 1

    def _sign(self, sign: str, depth: int) -> str:
        r"""`\"`, `\&`, `\,`, `\(`: commands of one sign."""
        if sign in symbols.ACCENTS:
            return self._accent(sign, depth)
        if sign in "([":
            end = self.text.find("\\)" if sign == "(" else "\\]", self.pos)
            if end >= 0:
                inside = self._in_maths(self.text[self.pos : end], depth)
                self.pos = end + 2
                return inside
        return self._write(symbols.SIGNS.get(sign, sign if sign.isprintable() else ""))

    def _accent(self, accent: str, depth: int) -> str:
        base = self._argument(depth)
        if base in ("ı", "ȷ"):
            base = "i" if base == "ı" else "j"
        if not base.strip():
            return self._write(accent if accent in "^~`'\"=." else "")
        match = re.match(r"((?:<[^>]*>)*)(.)", base, re.S)
        at = match.end() if match else 1
        return self._write(
            unicodedata.normalize("NFC", base[:at] + symbols.ACCENTS[accent] + base[at:])
        )

    def _command(self, word: str, depth: int) -> str:
        if self.maths and word in symbols.MATHS:
            return self._maths_sign(word, depth)
        if word in symbols.ACCENTS:
            return self._accent(word, depth)
        if word in symbols.SIGNS:
            self._skip_empty_group()
            return self._write(symbols.SIGNS[word])
        if word in symbols.STYLED:
            return self._styled(symbols.STYLED[word], self._argument(depth))
        if word in symbols.QUOTED:
            return self._quoted(depth)
        if word in symbols.BRACKETED:
            opening, closing = symbols.BRACKETED[word]
            return self._write(opening) + self._argument(depth) + self._write(closing)
        if word in symbols.PROTECTING:
            inside = self._argument(depth)
            return f"{NOCASE}{inside}</span>" if depth == 0 and inside else inside
        if word == "ensuremath":
            return self._ensure_maths(depth)
        if word in symbols.SILENT:
            self._skip_empty_group()
            return ""
        if word in symbols.TRANSPARENT:
            self._skip_option()
            return self._argument(depth)
        return self._rare(word, depth)

    def _rare(self, word: str, depth: int) -> str:
        if word in symbols.DROPPED:
            self._skip_option()
            self._argument(depth)
            return ""
        if word in symbols.SECOND_ARGUMENT:
            self._skip_option()
            self._argument(depth)
            return self._argument(depth)
        if word == "texorpdfstring":
            self._argument(depth)
            return self._argument(depth)
        if word == "frac":
            above = self._argument(depth)
            return above + self._write("/") + self._argument(depth)
        if word in symbols.MATHS:  # a maths sign without its dollars, as exporters write it
            self._skip_empty_group()
            return self._write(symbols.MATHS[word])
        self._remark(mistakes.UNKNOWN_COMMAND, f"the LaTeX command `\\{short(word)}` is not known")
        return self._argument(depth) if self.text.startswith("{", self.pos) else ""

    def _skip_empty_group(self) -> None:
        """`\\ss{}`: a group that only ends the command's name."""
        if self.text.startswith("{}", self.pos):
            self.pos += 2

    def _styled(self, tag: str, inside: str) -> str:
        return f"{_OPENING_TAG[tag]}{inside}</{tag}>" if inside else ""

    def _remark(self, kind: Kind, message: str) -> None:
        if message not in self.reported:
            self.reported.add(message)
            self.remarks.append(Remark(kind, message))

    # ------------------------------------------------------------ quotation marks

    def _quoted(self, depth: int) -> str:
        opening, closing = "\u201c\u201d" if self.quotes % 2 == 0 else "\u2018\u2019"
        self.quotes += 1
        inside = self._write(opening) + self._argument(depth) + self._write(closing)
        self.quotes -= 1
        return inside

    def _quote(self, mark: str) -> str:
        """A typewriter quotation mark, opening or closing by what stands around it."""
        if self.maths:
            return "\u2032" if mark == "'" else mark
        if mark == "`":
            inside = self.last.isalpha() and self.text[self.pos : self.pos + 1].isalpha()
            return "\u2019" if inside else "\u2018"  # `O`Brien`
        begins = not self.last or self.last in _OPENERS
        spaced = self.text[self.pos : self.pos + 1].isspace()
        opens = begins and not spaced
        if mark == '"':
            if begins and spaced and self._opens_before_blank():
                return "\u201c"
            return "\u201c" if opens else "\u201d"
        # Without a partner it is an apostrophe: 'tis, the '90s.
        elided = _ELIDED.match(self.text, self.pos)
        if opens and not elided and self._is_closed():
            return "\u2018"
        return "\u2019"

    def _opens_before_blank(self) -> bool:
        """Google Scholar's `" Waiting" and hope`: the blank goes, where the mark has a partner."""
        before, behind = self.text[: self.pos - 1].count('"'), self.text[self.pos :]
        if before % 2 or not re.match(r'\s+[^\s"][^"]*"', behind):
            return False
        self.pos += len(behind) - len(behind.lstrip())
        return True

    def _is_closed(self) -> bool:
        """Whether a closing quotation mark follows; the last one found is remembered."""
        if self.closing < self.pos:
            found = _CLOSING_QUOTE.search(self.text, self.pos)
            self.closing = found.start() if found else len(self.text)
        return self.closing < len(self.text)

    # ------------------------------------------------------------ maths

    def _dollar(self, start: int, depth: int) -> str:
        found = _MATHS.match(self.text, start)
        inside = found[1] if found else ""
        if found is None or not _is_maths(inside):
            return self._write("$")
        self.pos = found.end()
        return self._in_maths(inside, depth)

    def _in_maths(self, inside: str, depth: int) -> str:
        """Maths: signs, sub- and superscripts; a single letter is a variable, in italics."""
        if len(inside.strip()) == 1 and inside.strip().isalpha():
            return f"<i>{self._write(inside.strip())}</i>"
        if _RELATION.search(inside):
            inside = _VARIABLE.sub(r"\\emph{\1}", inside)
        scanner = _Scanner(inside)
        scanner.maths, scanner.last, scanner.depth = True, self.last, self.depth
        text = scanner.group("", depth + 1)
        self.last = scanner.last
        for remark in scanner.remarks:
            self._remark(remark.kind, remark.message)
        return text

    def _ensure_maths(self, depth: int) -> str:
        before, self.maths = self.maths, True
        inside = self._argument(depth)
        self.maths = before
        return inside

    def _maths_sign(self, word: str, depth: int) -> str:
        if word == "sqrt":
            self._skip_option()
            return self._write("√") + self._argument(depth)
        self._skip_empty_group()
        return self._write(symbols.MATHS[word])

    def _script(self, tag: str, depth: int) -> str:
        inside = self._argument(depth)
        if inside in ("∘", "°") and tag == "sup":
            return self._write("°")
        if inside and not inside.strip("′"):
            return inside
        return self._styled(tag, inside)

    # ------------------------------------------------------------ HTML left by exporters

    def _html(self, found: re.Match[str]) -> str:
        name = found["tag"]
        if name in symbols.HTML_TAGS:
            tag = symbols.HTML_TAGS[name]
            return f"</{tag}>" if found["end"] else _OPENING_TAG[tag]
        if name in ("p", "span", "title", "u", "br", "tt", "font", "a", "div"):
            return "" if name != "br" else self._write(" ")
        return self._write(found[0])


def _is_maths(inside: str) -> bool:
    """Whether text between two dollar signs is maths, and not between two prices."""
    if inside[0].isspace() or inside[-1].isspace():
        return False
    return not any(map(str.isspace, inside)) or any(sign in inside for sign in "\\^_{}=<>+*/|")


def _balanced(rich: str) -> str:
    """The same text with every tag closed where it may be, and no closing tag alone.

    What stood around a tag that went may be a tag now, so there is more than one look; text that
    is made of nothing else loses its angle brackets.
    """
    for _ in range(3):
        rich, alone = _closed(rich)
        if not alone:
            return rich
    return rich.replace("<", "")


def _closed(rich: str) -> tuple[str, bool]:
    """The text with its tags closed, and whether closing tags without an opening one went."""
    alone = False
    parts: list[str] = []
    open_tags: list[str] = []
    position = 0
    for found in TAG.finditer(rich):
        parts.append(rich[position : found.start()])
        position = found.end()
        tag = found[0]
        if not tag.startswith("</"):
            open_tags.append(tag)
            parts.append(tag)
            continue
        name = tag[2:-1]
        depth = next((n for n, t in enumerate(reversed(open_tags)) if _name(t) == name), None)
        if depth is None:
            alone = True
            continue
        inner = open_tags[len(open_tags) - depth :]
        parts.extend(f"</{_name(each)}>" for each in reversed(inner))
        parts.append(tag)
        parts.extend(inner)
        del open_tags[len(open_tags) - depth - 1]
    parts.append(rich[position:])
    parts.extend(f"</{_name(each)}>" for each in reversed(open_tags))
    return "".join(parts), alone


def _name(tag: str) -> str:
    return "span" if tag == NOCASE else tag[1:-1]
