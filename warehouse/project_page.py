"""Where the page stands that documents the dbt project: by the digest of the project that it was made of."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

_OWN = {"target", "logs"}


def project_page(home: Path, project: Path) -> Path:
    """Return where the page of the project as it is now stands, or is to be put."""
    return pages_folder(home) / f"{_digest(project)}.html"


def pages_folder(home: Path) -> Path:
    """Return the folder of a home that holds the page."""
    return home / "build" / "docs"


def _digest(project: Path) -> str:
    """Return a hash over the project's files, by which its page is known."""
    digest = sha256()
    for path in sorted(project.rglob("*")):
        if path.is_file() and not _OWN.intersection(path.relative_to(project).parts):
            digest.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
