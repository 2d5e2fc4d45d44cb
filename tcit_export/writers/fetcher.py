"""What WeasyPrint may read: the document's own pictures and our fonts, by names, never by path.

WeasyPrint asks for everything (pictures, style sheets, fonts, attachments, pictures in SVG) here.
A drawing may hold photographs of its own (`data:image/png;base64,…`), together no larger than one
picture may be.  All else is refused and remembered: inside an SVG it swallows even a fatal error
and goes on, so the caller looks at `refused` after the rendering.
"""

from __future__ import annotations

import io
import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

import PIL.Image
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from tcit_export import limits
from tcit_export.model.document import Resource
from tcit_export.writers import fonts
from tcit_export.writers.html_nodes import IMAGE_SCHEME
from tcit_export.writers.pdf_editions import OWN_SCHEME

BASE_URL: Final = "tcit:document"
"""No path of any machine stands in the file or in a name made from it."""

_PHOTOGRAPH: Final = re.compile(r"data:(image/(png|jpeg|gif|webp));base64,", re.IGNORECASE)


class ProjectFetcher(URLFetcher):  # type: ignore[misc]
    """Answers `tcit:image/…`, `tcit:own/…`, `tcit:font/…`; `refused` are all other addresses."""

    def __init__(
        self, resources: Mapping[str, Resource], own: Mapping[str, Resource] | None = None
    ) -> None:
        super().__init__(allowed_protocols=("tcit",), allow_redirects=False)
        self._pictures = {IMAGE_SCHEME: resources, OWN_SCHEME: own or {}}
        self._pixels_left = limits.IMAGE_PIXELS
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """The bytes of a known name. Raises FatalURLFetchingError for every other address."""
        found = self._find(url)
        if found is None:
            self.refused.append(url)
            raise FatalURLFetchingError(f"refused: {url}")
        data, media_type = found
        return URLFetcherResponse(url, data, {"Content-Type": media_type})

    def _find(self, url: str) -> tuple[bytes, str] | None:
        if url.startswith(fonts.SCHEME):
            name = url.removeprefix(fonts.SCHEME)
            return (fonts.font_bytes(name), "font/ttf") if name in fonts.FACES else None
        for scheme, pictures in self._pictures.items():
            if url.startswith(scheme):
                resource = pictures.get(unquote(url.removeprefix(scheme)))
                return None if resource is None else (resource.data, resource.media_type)
        return self._photograph(url)

    def _photograph(self, url: str) -> tuple[bytes, str] | None:
        """A picture that stands in the address itself, if it is no drawing and not too large."""
        match = _PHOTOGRAPH.match(url)
        if match is None or len(url) > 2 * limits.IMAGE_BYTES:
            return None
        try:
            data = b64decode(unquote(url[match.end() :]))
            with PIL.Image.open(io.BytesIO(data), formats=[match[2]]) as picture:
                self._pixels_left -= picture.width * picture.height
        except Exception:  # Pillow's readers raise all sorts of things on damaged files
            return None
        return (data, match[1].lower()) if self._pixels_left >= 0 else None
