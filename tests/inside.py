"""All text that a built file holds, its parts and attachments unpacked."""

from __future__ import annotations

import re
import zipfile
from base64 import b64decode
from pathlib import Path
from urllib.parse import unquote

import pikepdf


def texts_inside(path: Path) -> str:
    """What could be read in a file by somebody who looks for it."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return "".join(
                package.read(name).decode("utf-8", "replace") for name in package.namelist()
            )
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
            readable = (one.read_bytes() for one in streams if one.get("/Subtype") != "/Image")
            return "".join(data.decode("utf-8", "replace") for data in readable) + "".join(
                str(value) for value in (pdf.docinfo or {}).values()
            )
    page = path.read_text(encoding="utf-8")
    return unquote(page) + "".join(map(downloaded, _DOWNLOAD.findall(page)))


_DOWNLOAD = re.compile(r"data:application/[^,\"]*;base64,[^\"]*")


def downloaded(address: str) -> str:
    """The text of a file inside a page, of its `data:` address."""
    return b64decode(address.partition(";base64,")[2]).decode("utf-8")
