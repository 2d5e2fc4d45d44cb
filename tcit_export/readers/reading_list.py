"""What is asked of a list on the command line or in Python -> a Document, to be made as any other.

The document has a title and one list; which works stand in it, in which order and under which
headings, is decided when it is resolved, as with `::: {.references}` in a text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tcit_export.diagnostic import Diagnostic, Parsed
from tcit_export.model.document import Document, DocumentKind, ListDefaults, Metadata, PartialDate
from tcit_export.model.nodes import ListLook, ListSpec, ReferenceList, Str
from tcit_export.readers.author_and_date import author_from_text
from tcit_export.readers.typography import quotes_of, smarten
from tcit_export.source import Source, clean_text

if TYPE_CHECKING:
    from tcit_export.query.syntax import Grouping, Query, SortKey

EVERYTHING: Final = ("*",)


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list of a bibliography; an empty text means: not asked for.

    `select`, `sort` and `group_by` are written as in a document (see `query`). `emphasise` is a
    person's name, set in bold; `library` the address of a library, with `{doi}` or its like in it.
    """

    title: str
    lang: str = "en-US"
    select: str = ""
    sort: str = ""
    group_by: str = ""
    emphasise: str = ""
    library: str = ""
    importance: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: PartialDate | None = None
    look: ListLook = field(default_factory=ListLook)

    @property
    def asks(self) -> bool:
        """Whether anything is asked in the query language."""
        return bool(self.select or self.sort or self.group_by)


def read_list(request: ListRequest) -> Parsed[Document]:
    """The document asked for. A mistake in a query stands in a source named by its option."""
    spec = _spec(request) if request.asks else Parsed(ListSpec(emphasise=request.emphasise))
    document = Document(_metadata(request), (ReferenceList(spec=spec.value),))
    return Parsed(document, spec.diagnostics)


def _spec(request: ListRequest) -> Parsed[ListSpec]:
    """What is asked of the works: read by the query language, which most lists do without."""
    from tcit_export.query.parse import parse_grouping, parse_query, parse_sort

    diagnostics: list[Diagnostic] = []
    select: Query | None = None
    sort: tuple[SortKey, ...] = ()
    group: Grouping | None = None
    if request.select:
        queried = parse_query(request.select, Source("--select", request.select))
        select = queried.value
        diagnostics += queried.diagnostics
    if request.sort:
        sorting = parse_sort(request.sort, Source("--sort", request.sort))
        sort = sorting.value
        diagnostics += sorting.diagnostics
    if request.group_by:
        grouping = parse_grouping(request.group_by, Source("--group-by", request.group_by))
        group = grouping.value
        diagnostics += grouping.diagnostics
    return Parsed(ListSpec(select, sort, group, emphasise=request.emphasise), tuple(diagnostics))


def _metadata(request: ListRequest) -> Metadata:
    """The front matter that such a document would have."""
    title = " ".join(clean_text(request.title)[0].split())
    (printed,) = smarten([(title, True)], quotes_of(request.lang))
    return Metadata(
        title=(Str(printed),),
        authors=tuple(author_from_text(clean_text(name)[0]) for name in request.authors),
        date=request.date,
        lang=request.lang,
        kind=DocumentKind.READING_LIST,
        nocite=EVERYTHING,
        lists=ListDefaults(
            importance=request.importance, library=request.library, look=request.look
        ),
    )
