"""QR codes of the works in a list: in print and in Word alike, with the address beside them."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from tcit_export.model.options import Citations, Options
from tcit_export.templates import Templates
from tcit_export.writers import docx, pdf
from tcit_export.writers.qr import coded_address, qr_png
from tests.writers import samples
from tests.writers.docx_reading import WordFile, faults
from tests.writers.test_pdf import tagged

TEMPLATES = Templates.of()
DOI = "https://doi.org/10.1037/a0031384"
CODED = f"QR Code Reference: ![QR code: {DOI} 15x15mm]}}"


def word(citations: Citations = Citations.LINKS, *, codes: bool = True) -> WordFile:
    options = Options(citations=citations, qr_references=codes)
    data = docx.write(samples.review(), options, TEMPLATES).data
    assert faults(data) == []
    return WordFile(data)


def test_word_and_print_have_codes_of_the_same_works() -> None:
    lines = word().lines()
    assert [line for line in lines if "QR" in line] == [CODED]
    assert f"]({DOI})" in lines[lines.index(CODED) - 1]
    printed = pdf.write(samples.review(), Options(qr_references=True), TEMPLATES).data
    file = pikepdf.open(BytesIO(printed))
    assert [str(figure.Alt) for figure in tagged(file, "Figure")] == [f"QR code: {DOI}"]
    assert "QR" not in "".join(word(codes=False).lines())


@pytest.mark.parametrize("citations", Citations)
def test_a_word_file_with_codes_is_sound(citations: Citations) -> None:
    assert CODED in word(citations).lines()


@pytest.mark.parametrize(
    ("work", "dois", "addresses", "expected"),
    [
        ({"DOI": "10.1/x"}, True, False, "https://doi.org/10.1/x"),
        ({"URL": "https://e.org/"}, True, False, ""),
        ({"URL": "https://e.org/"}, False, True, "https://e.org/"),
        ({"DOI": "10.1/x"}, False, False, ""),
        ({}, True, True, ""),
    ],
)
def test_which_works_have_a_code(
    work: dict[str, str], dois: bool, addresses: bool, expected: str
) -> None:
    assert coded_address(work, dois, addresses) == expected


def test_a_code_is_the_same_each_time() -> None:
    assert qr_png(DOI) == qr_png(DOI)
