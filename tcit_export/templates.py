"""Where templates come from: the project's `templates/` first, then the package's own.

In a checkout the package's templates are the top-level folder; in a wheel they lie inside the
package.  Every reader of a template asks here, so a user replaces one by a file of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


def package_folder() -> Path:
    """The package's own templates."""
    installed = Path(__file__).with_name("_templates")
    return installed if installed.is_dir() else Path(__file__).resolve().parent.parent / "templates"


class NotText(ValueError):  # noqa: N818 - says what is wrong
    """A template that is no UTF-8."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__("the file is not UTF-8")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders to look in, first match wins."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path | None = None) -> Templates:
        """The project's folder (if given) before the package's."""
        own = package_folder()
        return cls((project, own) if project is not None else (own,))

    def find(self, name: str) -> Path | None:
        """The file `name` (`handout.html.j2`, `styles/apa.csl`), never outside its folder."""
        for folder in self.folders:
            root = folder.resolve()
            path = (root / name).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        return None

    def bytes(self, name: str) -> bytes:
        """The file's bytes. Raises FileNotFoundError (a programming mistake) if it is nowhere."""
        path = self.find(name)
        if path is None:
            raise FileNotFoundError(name)
        return path.read_bytes()

    def text(self, name: str) -> str:
        """The file's text. Raises as `bytes` does, and NotText if it is no UTF-8."""
        data = self.bytes(name)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            path = self.find(name) or Path(name)
            raise NotText(path, data.count(b"\n", 0, error.start) + 1) from None

    def own_folders(self) -> tuple[Path, ...]:
        """The folders that are not the package's: what is wrong in them is a user's mistake."""
        return tuple(folder for folder in self.folders if folder != package_folder())

    def names(self, pattern: str) -> Iterator[str]:
        """All names that match a glob pattern, each once, sorted."""
        yield from sorted(
            {
                path.relative_to(folder).as_posix()
                for folder in self.folders
                for path in folder.glob(pattern)
                if path.is_file()
            }
        )
