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
        """The file's text, as UTF-8. Raises as `bytes` does."""
        return self.bytes(name).decode("utf-8")

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
