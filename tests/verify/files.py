"""One small document as HTML, PDF and DOCX, made by hand: what the readers are tried on."""

from __future__ import annotations

import io
import zipfile

PAGE = """<!DOCTYPE html><html lang="en"><head><title>T</title><style>
@page {{ size: 12cm 9cm; margin: 1cm }} body {{ font-family: serif; font-size: 11pt }}
ul.refs {{ list-style: none; padding: 0 }}
.refs li {{ padding-left: 1cm; text-indent: -1cm; overflow-wrap: anywhere }}
</style></head><body>
<a class="skip" role="doc-backlink" href="#text">Skip</a>
<nav><a href="#references">References</a></nav>
<h1>Efficient café</h1>
<p>What a therapist feels is <em>part of the work</em>, as <span>(see
<a role="doc-biblioref" href="#ref-kahn">Kahn &amp; Müller, 2001, pp.&nbsp;12–14</a>;
<a role="doc-biblioref" href="#ref-lee">Lee, 2002</a>)</span>, and more<sup><a role="doc-noteref"
 href="#n1">1</a></sup> of it. {filler}</p>
<ul><li>A point of <a role="doc-biblioref" href="#ref-lee">Lee (2002)</a>.</li>
<li>No more.</li></ul>
<p>See <a href="#references">below</a> and <a href="https://example.org/a">there</a>.</p>
<section role="doc-bibliography"><h2 id="references">References</h2>
<ul class="refs">{entries}</ul></section>
<section role="doc-endnotes"><p id="n1">A note on <a role="doc-biblioref" href="#ref-kahn">Kahn and
Müller (2001)</a>.</p></section>
</body></html>"""

ENTRIES = (
    ("ref-kahn", "Kahn, M., &amp; Müller, J. (2001). <i>The office of UNESCO</i> affairs. "
     '<a href="https://doi.org/10.1000/abcdefghijklmnopqrstuvwxyz0123456789">'
     "https://doi.org/10.1000/abcdefghijklmnopqrstuvwxyz0123456789</a>"
     '<a role="doc-backlink" href="#cite-1">↩</a>'),
    ("ref-lee", "Lee, C. (2002). H<sub>2</sub>O and x<sup>2</sup>. Publisher."),
)  # fmt: skip


def html(filler: str = "", entries: tuple[tuple[str, str], ...] = ENTRIES) -> str:
    items = "".join(f'<li id="{name}">{text}</li>' for name, text in entries)
    return PAGE.format(filler=filler, entries=items)


def pdf(page: str) -> bytes:
    """The page on paper, without what only screens have."""
    import weasyprint

    sheet = weasyprint.CSS(string="[role=doc-backlink], [role=doc-noteref], nav { display: none }")
    document = weasyprint.HTML(string=page).render(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return data


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def link(name: str, text: str) -> str:
    return f'<w:hyperlink w:anchor="{name}">{run(text)}</w:hyperlink>'


def paragraph(*content: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(content)}</w:p>'


def entry(name: str, *content: str) -> str:
    mark = f'<w:bookmarkStart w:id="1" w:name="{name}"/>'
    return paragraph(mark, *content, '<w:bookmarkEnd w:id="1"/>', style="Bibliography")


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{0}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
DOI = "https://doi.org/10.1000/abcdefghijklmnopqrstuvwxyz0123456789"


def docx(filler: str = "", lee: str = "Lee (2002)") -> bytes:
    body = (
        paragraph(run("Efficient café"), style="Title"),
        paragraph(
            run("What a therapist feels is "),
            run("part of the work"),
            run(", as (see "),
            link("kahn_b", "Kahn &amp; Müller, 2001, pp.\u00a012–14"),
            run("; "),
            link("lee_b", "Lee, 2002"),
            FIELD.format(run("), and more")),
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            run(f" of it. {filler}"),
        ),
        paragraph(run("A point of "), link("lee_b", lee), run("."), style="ListBullet"),
        paragraph(run("No more."), style="ListBullet"),
        paragraph(run("See "), link("references", "below"), run(" and there.")),
        paragraph(run("References"), style="Heading1"),
        entry(
            "kahn_b",
            run("Kahn, M., &amp; Müller, J. (2001). The office of UNESCO affairs. "),
            f'<w:hyperlink r:id="rId1">{run(DOI)}</w:hyperlink>',
        ),
        entry("lee_b", run("Lee, C. (2002). H"), run("2"), run("O and x"), run("2. Publisher.")),
    )
    note = paragraph(run("A note on "), link("kahn_b", "Kahn and Müller (2001)"), run("."))
    relation = f'<Relationship Id="rId1" Type="x" Target="{DOI}" TargetMode="External"/>'
    parts = {
        "word/document.xml": (
            f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
        ),
        "word/footnotes.xml": (
            f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>'
        ),
        "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()
