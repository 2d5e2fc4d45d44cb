"""ResolvedDocument -> one HTML file that asks nothing of anyone.

Style, pictures and metadata are inside; a Content-Security-Policy in the page forbids all requests
and allows exactly our style and script by their hashes.  The type on screen is what the reader's
system has (a serif for text, a sans for headings): embedding ours would make a page of 30 kB one of
400 kB, and a reader's own choice of fonts would no longer hold.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import partial
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.options import Edition, Options
from tcit_export.templates import Templates
from tcit_export.writers.direction import is_right_to_left
from tcit_export.writers.html_downloads import reference_downloads
from tcit_export.writers.html_markup import clean
from tcit_export.writers.html_metadata import (
    canonical,
    json_ld,
    meta_tags,
    own_coins,
    social_tags,
)
from tcit_export.writers.html_nodes import Medium, Section
from tcit_export.writers.html_places import Places
from tcit_export.writers.page_frame import PageFrame, environment, page_frame, said
from tcit_export.writers.rendered import Rendered

MEDIA_TYPE = "text/html"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
CONTENTS_DEPTH = 3
"""Deepest heading level in a table of contents (the title is 1)."""


def write(document: ResolvedDocument, options: Options, templates: Templates) -> Rendered:
    """The page as UTF-8. `problems` name pictures that were not to be had."""
    page = page_frame(document, templates, Medium.SCREEN)
    style = style_sheet(templates, "screen.css", page.nodes.rules) + _accent(options)
    data, script = clean(json_ld(document)), one_line(templates.text("handout.js"))
    html = (
        environment(templates)
        .get_template("handout.html.j2")
        .render(
            frame_context(page, options),
            style=Markup(style),  # noqa: S704  (ours, without user text)
            json_ld=Markup(data),  # noqa: S704  (has no "<")
            script=Markup(script),  # noqa: S704  (ours)
            policies=policies(style, data, script),
            meta=list(meta_tags(document)),
            social=list(social_tags(document)),
            canonical=canonical(document),
            coins=own_coins(document),
            downloads=reference_downloads(document),
            label=document.labels.download_references,
        )
    )
    html = clean(html)
    problems = tuple(page.nodes.problems)
    if options.edition is Edition.FRAGMENT:
        from tcit_export.writers.html_fragment import fragment  # its parser is heavy

        html = fragment(html, document.metadata.slug)
        return Rendered(html.encode("utf-8"), "-fragment.html", MEDIA_TYPE, problems=problems)
    return Rendered(html.encode("utf-8"), ".html", MEDIA_TYPE, problems=problems)


def frame_context(page: PageFrame, options: Options) -> dict[str, Any]:
    """What both page templates need: the page, its words, and ids that no author's id takes."""
    places: Places = page.nodes.places
    names = ("main", "title", "reviewed", "abstract", "contents", "notes")
    contents = [section for section in page.nodes.sections if _listed(section)]
    return {
        "page": page,
        "labels": page.document.labels,
        "said": partial(said, page.document),
        "options": options,
        "screen": page.nodes.medium is Medium.SCREEN,
        "contents": contents if options.contents else [],
        "right_to_left": is_right_to_left(page.document.metadata.lang),
        **{f"{name}_id": places.own_id(f"tcit-{name}") for name in names},
    }


def _listed(section: Section) -> bool:
    return bool(section.id and section.title) and section.level <= CONTENTS_DEPTH


def style_sheet(templates: Templates, name: str, rules: dict[str, str]) -> str:
    """A style sheet of `templates/` and a document's own rules, on one line.

    Without line ends its hash is the same to every reader of the policy.
    """
    own = "".join(f".{klass}{{{declarations}}}" for declarations, klass in rules.items())
    return one_line(templates.text(name) + own)


def one_line(code: str) -> str:
    """Style or script without comments and line ends, for inside the page."""
    return " ".join(_COMMENT.sub("", code).split()).replace("</", "<\\/")


def _accent(options: Options) -> str:
    """The settings' colour, in light mode: what is dark enough on white is too dark on black."""
    if not options.accent:
        return ""
    if not COLOUR.fullmatch(options.accent):
        raise ValueError(f"no colour: {options.accent!r}")
    return f"@media (prefers-color-scheme: light) {{ :root {{ --accent: {options.accent}; }} }}"


def policies(*inline: str) -> tuple[str, str]:
    """Content-Security-Policies that allow these inline texts and nothing from anywhere.

    Both hold at once.  They are two because the W3C's checker knows no `data:` pictures and reads
    the last policy only; a browser takes the stricter of the two for each request.
    """
    style, *scripts = (_hash(text) for text in inline)
    code = f"style-src {style}; script-src {' '.join(scripts)}"
    return (
        f"default-src 'none'; img-src data:; {code}",
        f"{code}; connect-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'",
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"
