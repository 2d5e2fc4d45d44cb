"""Documents of any shape become a sound page and a PDF, or are refused with words."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

import lxml.html
from hypothesis import HealthCheck, given, settings

from tcit_export.model.document import ResolvedDocument
from tcit_export.model.options import Options
from tcit_export.templates import Templates
from tcit_export.writers import html, pdf
from tests.writers.docx_strategies import DOCUMENTS, OPTIONS

TEMPLATES = Templates.of()
SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(DOCUMENTS, OPTIONS)
def test_any_document_becomes_a_page_whose_links_arrive(
    document: ResolvedDocument, options: Options
) -> None:
    data = html.write(document, options, TEMPLATES).data
    root = lxml.html.document_fromstring(data.decode("utf-8"))
    ids = Counter(root.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for target in root.xpath("//a/@href[starts-with(., '#')]"):
        assert target[1:] in ids
    for address in root.xpath("//a/@href[not(starts-with(., '#'))]"):
        assert address.lower().startswith(("http://", "https://", "mailto:", "data:"))
    assert len(root.xpath("//script")) == 2


@settings(SLOW, max_examples=8)
@given(DOCUMENTS, OPTIONS)
def test_any_document_becomes_a_pdf_or_is_refused(
    document: ResolvedDocument, options: Options
) -> None:
    with suppress(pdf.PdfIncomplete):
        assert pdf.write(document, options, TEMPLATES).data.startswith(b"%PDF-1.7")
