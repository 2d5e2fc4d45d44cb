"""Resolved documents made by hand: what the writers' tests write.

`review()` is the shape of a real handout; `torture()` holds every node of the model at least once,
with the texts that break careless writers (markup characters, long words, right-to-left, nesting).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image as Picture

from tcit_export.model.document import (
    Author,
    DocumentKind,
    Metadata,
    PartialDate,
    Publication,
    ResolvedDocument,
    Resource,
)
from tcit_export.model.nodes import (
    Alignment,
    Anchor,
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Cite,
    CiteItem,
    CiteMode,
    Code,
    CodeBlock,
    DefinitionList,
    Div,
    Emph,
    Figure,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Locator,
    Note,
    NumberStyle,
    OrderedList,
    Paragraph,
    ReferenceEntry,
    ReferenceLayout,
    ReferenceList,
    SmallCaps,
    SoftBreak,
    Str,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    ThematicBreak,
    Underline,
    Url,
)


def text(words: str) -> tuple[Inline, ...]:
    """A run of plain text; `*...*` is emphasis."""
    parts = words.split("*")
    return tuple(
        Emph((Str(part),)) if index % 2 else Str(part) for index, part in enumerate(parts) if part
    )


def para(*content: Inline | str) -> Paragraph:
    """A paragraph of strings and inlines."""
    inlines: list[Inline] = []
    for piece in content:
        inlines.extend(text(piece) if isinstance(piece, str) else (piece,))
    return Paragraph(tuple(inlines))


def heading(level: int, words: str, id_: str) -> Heading:
    return Heading(level, text(words), Attributes(id=id_))


def doi(name: str, work: str) -> Link:
    """A DOI as a reference shows it."""
    address = f"https://doi.org/{name}"
    return Link(Url(address), (Str(address),), description=f"DOI of {work}")


def cite(*works: tuple[str, str] | tuple[str, str, str]) -> Cite:
    """A parenthetical citation of (key, shown text[, page])."""
    items, shown = [], []
    for key, words, *page in works:
        items.append(CiteItem(key, locator=Locator("page", page[0]) if page else None))
        shown.append(Link(Anchor(f"ref-{key}"), (Str(words),)))
    content: list[Inline] = [Str("(")]
    for index, link in enumerate(shown):
        content += [Str("; "), link] if index else [link]
    return Cite(tuple(items), (*content, Str(")")))


def narrative(key: str, names: str, year: str) -> Cite:
    """A citation in the sentence: Kahn and Fromm (2001)."""
    link = Link(Anchor(f"ref-{key}"), (Str(f"{names} ({year})"),))
    return Cite((CiteItem(key, CiteMode.AUTHOR_IN_TEXT),), (link,))


def entry(key: str, *content: Inline | str, **fields: Any) -> ReferenceEntry:
    return ReferenceEntry(key, Anchor(f"ref-{key}"), para(*content).content, **fields)


def person(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given}


def issued(year: int, *rest: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [[year, *rest]]}


ALDEN = entry(
    "alden2001",
    "Alden, P. A. (2001). Gently wiping her tears away. In S. Kahn & E. Fromm (Eds.), "
    "*Changes in the therapist* (pp. 117–131). Erlbaum.",
    data={
        "id": "alden2001",
        "type": "chapter",
        "title": "Gently wiping her tears away",
        "container-title": "Changes in the therapist",
        "author": [person("Alden", "P. A.")],
        "editor": [person("Kahn", "Stephen"), person("Fromm", "Erika")],
        "issued": issued(2001),
        "page": "117-131",
        "publisher": "Erlbaum",
    },
)
BLUME = entry(
    "blume2013",
    "Blume-Marcovici, A. C., Stolberg, R. A., & Khademi, M. (2013). Do therapists cry in therapy? "
    "The role of experience and other factors in therapists’ tears. *Psychotherapy*, *50*(2), "
    "224–234. ",
    doi("10.1037/a0031384", "Blume-Marcovici et al., 2013"),
    data={
        "id": "blume2013",
        "type": "article-journal",
        "title": "Do therapists cry in therapy? The role of experience and other factors in "
        "therapists’ tears",
        "container-title": "Psychotherapy",
        "author": [
            person("Blume-Marcovici", "Amy C."),
            person("Stolberg", "Ronald A."),
            person("Khademi", "Mojgan"),
        ],
        "issued": issued(2013),
        "volume": "50",
        "issue": "2",
        "page": "224-234",
        "DOI": "10.1037/a0031384",
    },
)
GUNTRIP = entry(
    "guntrip1986",
    "Guntrip, H. (1986). My experience of analysis with Fairbairn and Winnicott. In P. Buckley "
    "(Ed.), *Essential papers on object relations* (pp. 447–468). New York University Press. "
    "(Original work published 1975)",
    data={
        "id": "guntrip1986",
        "type": "chapter",
        "title": "My experience of analysis with Fairbairn and Winnicott",
        "container-title": "Essential papers on object relations",
        "author": [person("Guntrip", "Harry")],
        "editor": [person("Buckley", "Peter")],
        "issued": issued(1986),
        "original-date": issued(1975),
        "page": "447-468",
        "publisher": "New York University Press",
    },
)
KAHN = entry(
    "kahn2001",
    "Kahn, S., & Fromm, E. (Eds.). (2001). *Changes in the therapist*. Erlbaum.",
    data={
        "id": "kahn2001",
        "type": "book",
        "title": "Changes in the therapist",
        "editor": [person("Kahn", "Stephen"), person("Fromm", "Erika")],
        "issued": issued(2001),
        "publisher": "Erlbaum",
        "publisher-place": "Mahwah, NJ",
        "ISBN": "978-0-8058-2301-1",
    },
)
MCWILLIAMS = entry(
    "mcwilliams1994",
    "McWilliams, N. (1994). *Psychoanalytic diagnosis: Understanding personality structure in the "
    "clinical process*. Guilford Press.",
    data={
        "id": "mcwilliams1994",
        "type": "book",
        "title": "Psychoanalytic diagnosis: Understanding personality structure in the clinical "
        "process",
        "author": [person("McWilliams", "Nancy")],
        "issued": issued(1994),
        "publisher": "Guilford Press",
    },
)
SUMMERS = entry(
    "summers2010",
    "Summers, R. F., & Barber, J. P. (2010). *Psychodynamic therapy: A guide to evidence-based "
    "practice*. Guilford Press.",
    data={
        "id": "summers2010",
        "type": "book",
        "title": "Psychodynamic therapy: A guide to evidence-based practice",
        "author": [person("Summers", "Richard F."), person("Barber", "Jacques P.")],
        "issued": issued(2010),
        "publisher": "Guilford Press",
    },
)
VINGERHOETS = entry(
    "vingerhoets2001",
    "Vingerhoets, A. J. J. M., & Cornelius, R. R. (Eds.). (2001). *Adult crying: A biopsychosocial "
    "approach*. Brunner-Routledge.",
    data={
        "id": "vingerhoets2001",
        "type": "book",
        "title": "Adult crying: A biopsychosocial approach",
        "editor": [person("Vingerhoets", "A. J. J. M."), person("Cornelius", "R. R.")],
        "issued": issued(2001),
        "publisher": "Brunner-Routledge",
    },
)
LIST = (ALDEN, BLUME, GUNTRIP, KAHN, MCWILLIAMS, SUMMERS, VINGERHOETS)

BIBTEX = (
    "@incollection{alden2001,\n  author = {Alden, P. A.},\n  crossref = {kahn2001}\n}",
    "@article{blume2013,\n  doi = {10.1037/a0031384}\n}",
    "@book{kahn2001,\n  title = {Changes in the Therapist}\n}",
)

CITE_THIS = entry(
    "therapists-crying",
    "Rodriguez, T., & Slavin-Mulford, J. (2018, January). *The role of therapists crying in "
    "therapy: An article review* [Review of the article “Do therapists cry in therapy? The role of "
    "experience and other factors in therapists’ tears,” by A. C. Blume-Marcovici, R. A. Stolberg, "
    "& M. Khademi]. Society for the Advancement of Psychotherapy.",
    data={
        "id": "therapists-crying",
        "type": "review",
        "title": "The role of therapists crying in therapy: An article review",
        "author": [person("Rodriguez", "T."), person("Slavin-Mulford", "Jenelle")],
        "issued": issued(2018, 1),
        "publisher": "Society for the Advancement of Psychotherapy",
    },
)

METADATA = Metadata(
    title=text("The role of therapists crying in therapy: An article review"),
    authors=(Author("T.", "Rodriguez"), Author("Jenelle", "Slavin-Mulford")),
    date=PartialDate(2018, 1),
    keywords=("therapist tears", "crying", "therapeutic relationship"),
    reviewed=("blume2013",),
    publication=Publication(publisher="Society for the Advancement of Psychotherapy"),
    slug="therapists-crying-in-therapy",
)


def _text_of_the_review() -> tuple[Block, ...]:
    return (
        heading(1, "Why therapists’ tears deserve study", "why"),
        para(
            "What a client stirs in the therapist is part of the work ",
            cite(
                ("kahn2001", "Kahn & Fromm, 2001"),
                ("summers2010", "Summers & Barber, 2010"),
            ),
            ". Tears are among its most visible signs, and clinical authors have written of them "
            "for decades ",
            cite(
                ("alden2001", "Alden, 2001"),
                ("guntrip1986", "Guntrip, 1975/1986"),
                ("mcwilliams1994", "McWilliams, 1994"),
                ("summers2010", "Summers & Barber, 2010"),
            ),
            ". Empirical work on therapists crying in therapy, *TCIT* for short, is nonetheless "
            "scarce.",
        ),
        heading(1, "What the study asked", "asked"),
        para(
            narrative("blume2013", "Blume-Marcovici et al.", "2013"),
            " set out to describe TCIT, and to help therapists explore, foresee, and prepare for "
            "their own likelihood of it. Crying was defined as “tears in one’s eyes due to "
            "emotional reasons” ",
            cite(("vingerhoets2001", "Vingerhoets & Cornelius, 2001")),
            ", a wording taken from the Adult Crying Inventory. In all, 684 psychologists, "
            "postdoctoral psychology fellows, and psychology graduate students took part.",
        ),
        heading(1, "What it found", "found"),
        BulletList(
            (
                (para("Most of the clinicians had cried in therapy at some time."),),
                (para("Most reported no negative consequence of their tears."),),
                (para("Almost half said that crying had improved the relationship."),),
                (para("Personality traits and empathy appeared to have no great influence."),),
                (
                    para(
                        "Those who cry more in daily life tended to report more TCIT, yet the two "
                        "kinds of crying differ in motive and in pattern."
                    ),
                ),
            ),
            tight=False,
        ),
        heading(2, "What the results suggest", "suggest"),
        OrderedList(
            (
                (para("Therapists do cry in therapy."),),
                (para("What predicts tears in daily life does not predict them in therapy."),),
                (para("Both the therapist and the process of therapy seem to affect the rate."),),
                (
                    para(
                        "A tear can be a moment of positive emotional contact even within painful "
                        "feeling."
                    ),
                ),
            )
        ),
    )


def review() -> ResolvedDocument:
    """The TCIT review, its facts told briefly."""
    return ResolvedDocument(
        metadata=METADATA,
        blocks=(
            *_text_of_the_review(),
            Div(
                (
                    heading(1, "Cite this article", "cite-this-article"),
                    Paragraph(CITE_THIS.content),
                ),
                Attributes(classes=("cite-this",)),
            ),
            heading(1, "References", "references"),
            ReferenceList(entries=LIST),
        ),
        reviewed=(BLUME,),
        cite_this=CITE_THIS,
        date_text="January 2018",
        bibtex="\n\n".join(BIBTEX) + "\n",
        style_id="http://www.zotero.org/styles/apa",
    )


def picture(name: str, width: int = 240, height: int = 120, form: str = "PNG") -> Resource:
    """A plain colour picture."""
    out = BytesIO()
    Picture.new("RGB", (width, height), (30, 90, 110)).save(out, format=form)
    return Resource(name, out.getvalue(), f"image/{form.lower()}", width, height)


SVG = Resource(
    "plan.svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60">'
    b'<rect width="120" height="60" fill="#0b4f5c"/><circle cx="60" cy="30" r="20" fill="#fff"/>'
    b"</svg>",
    "image/svg+xml",
    120,
    60,
)

INLINES = para(
    "Plain & <b>not markup</b>, *emphasis*, ",
    Strong((Str("strong "), Emph((Str("and both"),)))),
    ", ",
    Underline((Str("under"),)),
    ", ",
    Strikeout((Str("struck"),)),
    ", H",
    Subscript((Str("2"),)),
    "O, r",
    Superscript((Str("2"),)),
    ", ",
    SmallCaps((Str("Small Caps"),)),
    ", ",
    Code("a < b && c"),
    SoftBreak(),
    "next line,",
    LineBreak(),
    "forced line; ",
    Link(Url("https://example.org/a?b=1&c=2"), (Str("a link"),)),
    ", ",
    Link(Url("mailto:someone@example.org"), (Str("a letter"),)),
    ", ",
    Link(Anchor("quotes"), (Str("a place in the text"),)),
    ", ",
    Inlines((Str("ein deutsches Wort"),), Attributes(pairs=(("lang", "de"),))),
    ", ",
    Inlines((Str("שלום"),), Attributes(pairs=(("lang", "he"), ("dir", "rtl")))),
    ", a picture ",
    Image("dot.png", "a square", attributes=Attributes(pairs=(("width", "12px"),))),
    " in the line, “quotes”, an em—dash, 3–4, 10 ≥ 7, "
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.",
)

NOTES = para(
    "A note",
    Note((para("The note, with ", cite(("kahn2001", "Kahn & Fromm, 2001", "12")), "."),)),
    " and a second of two paragraphs",
    Note((para("First paragraph."), para("Second, *with emphasis*."))),
    ".",
)

TABLE = Table(
    head=(Cell(text("Group")), Cell(text("*n*")), Cell(text("Mean")), Cell(text("Remark"))),
    rows=(
        (
            Cell(text("Psychologists")),
            Cell(text("412")),
            Cell(text("3.2")),
            Cell((Str("see "), cite(("kahn2001", "Kahn & Fromm, 2001")))),
        ),
        (Cell(text("Fellows")), Cell(text("98")), Cell(text("12.75")), Cell(())),
        (Cell(text("Students")), Cell(text("174")), Cell(text("0.4")), Cell(text("a < b"))),
    ),
    alignments=(Alignment.LEFT, Alignment.RIGHT, Alignment.RIGHT, Alignment.DEFAULT),
    caption=text("Made-up figures by *group*"),
    attributes=Attributes(id="table-groups"),
)

LISTS: tuple[Block, ...] = (
    BulletList(
        (
            (
                para("One"),
                BulletList(((para("inner"), OrderedList(((para("deep"),), (para("deeper"),)))),)),
            ),
            (para("Two"), para("with a second paragraph"), CodeBlock("and code")),
        ),
        tight=False,
    ),
    OrderedList(((para("seven"),), (para("eight"),)), start=7, style=NumberStyle.LOWER_ROMAN),
    OrderedList(((para("A"),), (para("B"),)), style=NumberStyle.UPPER_ALPHA, tight=False),
    DefinitionList(
        (
            (text("TCIT"), ((para("Therapists crying in therapy."),),)),
            (text("*Tears*"), ((para("First sense."),), (para("Second sense."),))),
        )
    ),
)


def _torture_blocks() -> tuple[Block, ...]:
    long_word = "x" * 300
    return (
        heading(1, "Inlines & <characters>", "inlines"),
        INLINES,
        NOTES,
        heading(3, "A jump of *two* levels", "jump"),
        para("Text under it."),
        heading(2, "Lists", "lists"),
        *LISTS,
        heading(1, "Quotes and code", "quotes"),
        BlockQuote((para("A quoted paragraph."), BlockQuote((para("A quote in it."),)))),
        CodeBlock("def f(x):\n    return x < 1  # <tag>\n\n" + long_word, Attributes()),
        ThematicBreak(),
        TABLE,
        Figure(
            Image(
                "bars.png",
                "Three bars of growing height",
                attributes=Attributes(pairs=(("width", "50%"),)),
            ),
            text("Figure with a *caption*"),
            Attributes(id="figure-bars"),
        ),
        Figure(Image("plan.svg", "A white disc on dark ground")),
        Div(
            (para("Ein Absatz auf Deutsch."),),
            Attributes(id="aside", classes=("note",), pairs=(("lang", "de"),)),
        ),
        Div((heading(2, "A heading in a div", "in-div"), para("Its text.")), Attributes()),
    )


def torture(**changes: Any) -> ResolvedDocument:
    """Every node of the model. `changes` replace fields of the result."""
    numbered = tuple(
        ReferenceEntry(
            f"{work.key}/n",
            Anchor(f"ref-{work.key}/n"),
            work.content,
            label=(Str(f"{number}."),),
            annotation=(para("Why it matters: ", Strong((Str("it does"),)), "."),),
            data=work.data,
        )
        for number, work in enumerate(LIST[:3], start=1)
    )
    odd = entry(
        "smith:2020/<&>\"'é", "Smith, J. (2020). *A key with odd characters* <b>. ", "Press."
    )
    fields: dict[str, Any] = {
        "metadata": Metadata(
            title=text("Every construct: *one* document <with> & all “characters”"),
            subtitle=text("A subtitle with *emphasis*"),
            abstract=(para("An abstract of one paragraph."), para("And of a second.")),
            keywords=("tears", "a & b", "<c>"),
            authors=(
                Author("Ana María", "García Márquez", affiliation="University of <Somewhere>"),
                Author("Li", "Wei", suffix="Jr.", orcid="0000-0002-1825-0097"),
                Author(literal="Society for the Advancement of Psychotherapy"),
            ),
            date=PartialDate(2020, 2, 29),
            kind=DocumentKind.REVIEW,
            reviewed=("blume2013", "kahn2001"),
            publication=Publication(
                container="Web Articles & Reviews",
                publisher="A Society",
                url="https://example.org/review?a=1&b=2",
                doi="10.5555/12345678",
                volume="3",
                issue="1",
                pages="1-9",
            ),
            slug="torture",
        ),
        "blocks": (
            *_torture_blocks(),
            Div(
                (
                    heading(1, "Cite this article", "cite-this-article"),
                    Paragraph(CITE_THIS.content),
                ),
                Attributes(classes=("cite-this",)),
            ),
            heading(1, "References", "references"),
            ReferenceList(entries=(*LIST, odd)),
            para("Cited once more: ", cite((odd.key, "Smith, 2020")), "."),
            heading(1, "Numbered list", "numbered"),
            ReferenceList(
                entries=numbered,
                layout=ReferenceLayout(hanging_indent=False, second_field_align=True),
            ),
        ),
        "reviewed": (BLUME, KAHN),
        "cite_this": CITE_THIS,
        "date_text": "February 29, 2020",
        "resources": {
            resource.name: resource
            for resource in (
                picture("dot.png", 12, 12),
                picture("bars.png"),
                SVG,
            )
        },
        "bibtex": "@book{kahn2001,\n  title = {Changes in the Therapist}\n}\n",
        "style_id": "http://www.zotero.org/styles/apa",
    }
    return ResolvedDocument(**{**fields, **changes})


def reading_list() -> ResolvedDocument:
    """Two groups, annotated, with one work in the running text as a full reference."""

    def noted(work: ReferenceEntry, words: str) -> ReferenceEntry:
        return ReferenceEntry(
            work.key, work.anchor, work.content, annotation=(para(words),), data=work.data
        )

    return ResolvedDocument(
        metadata=Metadata(
            title=text("Emotion in the consulting room"),
            subtitle=text("Readings for a seminar"),
            authors=(Author("Ada", "Example"),),
            date=PartialDate(2021),
            kind=DocumentKind.READING_LIST,
            slug="emotion",
        ),
        blocks=(
            para("Begin here: ", Cite((CiteItem("kahn2001", CiteMode.FULL),), KAHN.content)),
            heading(1, "Week 1: Foundations", "week-1"),
            ReferenceList(entries=(noted(MCWILLIAMS, "Chapter 2 is the one to read."), SUMMERS)),
            heading(1, "Week 2: Tears", "week-2"),
            ReferenceList(entries=(BLUME, noted(VINGERHOETS, "For reference, not for reading."))),
        ),
        date_text="2021",
    )
