"""The pictures of a document: found inside the project, sniffed, measured, checked.

Nobody further in opens a picture that was not looked at here: its kind is told by its bytes (never
by its name), its size in pixels is read from its head before anyone decodes it, and what cannot be
decoded is reported where the text names it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from tcit_export import limits
from tcit_export.diagnostic import Diagnostic, Kind, Location, Parsed, Severity, nearest
from tcit_export.model.document import Document, Resource
from tcit_export.model.nodes import Block, Image, Inline
from tcit_export.model.walk import find
from tcit_export.project.files import UNREADABLE_FILE, Refused, read_bytes, shown
from tcit_export.project.svg import UnsafeSvg, check_svg, is_svg
from tcit_export.source import Source, Span

MISSING_IMAGE = Kind(
    "I001",
    "missing-image",
    Severity.ERROR,
    "The text shows a picture whose file does not exist or cannot be read. Pictures are named\n"
    "relative to the document and lie inside the project.",
)
REMOTE_IMAGE = Kind(
    "I002",
    "image-from-elsewhere",
    Severity.ERROR,
    "The text shows a picture from the network. Nothing is fetched while building: put a copy of\n"
    "the picture beside the text.",
)
BROKEN_IMAGE = Kind(
    "I003",
    "broken-image",
    Severity.ERROR,
    "The file of a picture is damaged, or of a kind that not every output can show. PNG, JPEG,\n"
    "GIF, WebP and SVG pictures can be used.",
)
IMAGE_TOO_LARGE = Kind(
    "I004",
    "image-too-large",
    Severity.ERROR,
    "A picture has more pixels or bytes than a handout can use; it would cost all memory to set.",
)
UNSAFE_SVG = Kind(
    "I005",
    "unsafe-svg",
    Severity.ERROR,
    "An SVG picture reaches outside itself (other files, the network, scripts), or repeats its\n"
    "parts so often that drawing it might never end.",
)

_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG", "image/png"),
    (b"\xff\xd8\xff", "JPEG", "image/jpeg"),
    (b"GIF87a", "GIF", "image/gif"),
    (b"GIF89a", "GIF", "image/gif"),
)


def load_images(root: Path, source: Source, document: Document) -> Parsed[Mapping[str, Resource]]:
    """The pictures that `document` (read from `source`) shows, by `Image.source`."""
    resources: dict[str, Resource] = {}
    diagnostics: list[Diagnostic] = []
    for image in find(_nodes(document), Image):
        if image.source in resources:
            continue
        try:
            resources[image.source] = load_image(root, source.path, image.source)
        except Refused as refused:
            diagnostics.append(refused.at(Location(source, image.span or Span(0, 0))))
    return Parsed(resources, tuple(diagnostics))


def _nodes(document: Document) -> Iterator[Block | Inline]:
    yield from document.metadata.abstract
    yield from document.blocks


def load_image(root: Path, document: str, name: str) -> Resource:
    """One picture, named as the text of `document` (a path below `root`) names it.

    Raises Refused.
    """
    if urlsplit(name).scheme or name.startswith("//"):
        raise Refused(
            REMOTE_IMAGE,
            f"`{name[:100]}` is not a file of the project",
            "save the picture beside the text and name that file",
        )
    path = (root / document).parent / unquote(name)
    try:
        data = read_bytes(root, path, limits.IMAGE_BYTES)
    except Refused as refused:
        raise _as_image(refused, path) from None
    media_type, width, height = measure(data)
    return Resource(shown(root, path), data, media_type, width, height)


def _as_image(refused: Refused, path: Path) -> Refused:
    if refused.kind is not UNREADABLE_FILE:
        return refused
    try:
        near = nearest(path.name, (entry.name for entry in path.parent.iterdir()))
    except OSError:
        near = None
    if near and near != path.name:
        return Refused(MISSING_IMAGE, refused.reason, f"did you mean `{near}`?")
    return Refused(MISSING_IMAGE, refused.reason, "its path is read from the folder of the text")


def measure(data: bytes) -> tuple[str, int, int]:
    """Media type, width and height (pixels) of a picture that can be shown. Raises Refused."""
    for signature, name, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type, *_raster_size(data, name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", *_raster_size(data, "WEBP")
    if is_svg(data):
        try:
            return "image/svg+xml", *check_svg(data)
        except UnsafeSvg as unsafe:
            raise Refused(UNSAFE_SVG, str(unsafe)) from None
    raise Refused(BROKEN_IMAGE, "the file is no PNG, JPEG, GIF, WebP or SVG picture")


def _raster_size(data: bytes, name: str) -> tuple[int, int]:
    """Pixels across and down, after a trial decoding of pictures that are small enough."""
    import PIL.Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with PIL.Image.open(io.BytesIO(data), formats=[name]) as image:
                width, height = image.size
                if width * height <= limits.IMAGE_PIXELS:
                    image.load()
        except PIL.Image.DecompressionBombError:
            raise _too_large() from None
        except Exception:  # Pillow's decoders raise all sorts of things on damaged files
            raise Refused(BROKEN_IMAGE, f"the {name} picture is damaged") from None
    if width * height > limits.IMAGE_PIXELS:
        raise _too_large()
    if not width * height:
        raise Refused(BROKEN_IMAGE, f"the {name} picture has no size")
    return width, height


def _too_large() -> Refused:
    return Refused(
        IMAGE_TOO_LARGE,
        f"the picture has more than {limits.IMAGE_PIXELS // 1_000_000} million pixels",
        "make it smaller: 3000 pixels across are enough for print",
    )
