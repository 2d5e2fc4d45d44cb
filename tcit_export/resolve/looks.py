"""How a list looks: as it says, else as its document does, else its project, else its kind."""

from __future__ import annotations

from tcit_export.model.document import DocumentKind, ListDefaults
from tcit_export.model.nodes import Density, ListLook, ListSpec


def is_plain(spec: ListSpec) -> bool:
    """Whether a list asks for nothing of its own, so that it is the list of what is cited."""
    return spec.select is None and not spec.works


def complete(spec: ListSpec, defaults: ListDefaults, kind: DocumentKind) -> ListLook:
    """The look of a list with nothing left open.

    Totals are told in reading lists, annotations where `tells_more`, neither in lists of one's own
    works (`emphasise`) unless asked for. Abstracts stand for annotations only where these are asked
    for.
    """
    reads = kind is DocumentKind.READING_LIST
    usual = ListLook(
        annotations=tells_more(spec, kind) and not spec.emphasise,
        totals=reads and not spec.emphasise,
        ticks=False,
        qr=False,
        columns=1,
        density=Density.ROOMY,
    )
    return spec.look.over(defaults.look).over(usual)


def tells_more(spec: ListSpec, kind: DocumentKind) -> bool:
    """Whether a list tells more of its works than their references.

    The references of a review are references, whatever its bibliography holds for other uses.
    """
    return kind is DocumentKind.READING_LIST or not is_plain(spec) or spec.group is not None


def shows_abstracts(spec: ListSpec, defaults: ListDefaults) -> bool:
    """Whether an abstract stands where there is no annotation: only if somebody asks for them."""
    return spec.look.over(defaults.look).annotations is True
