"""The dbt project's documentation as one page: lineage, descriptions, types, tests and SQL of every table."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from scraper.errors import BuildError, HomeError
from warehouse.build import PROJECT, run_dbt
from warehouse.publication.gates import is_built

_PAGE = "static_index.html"
_OWN = {"target", "logs"}


def document(home: Path, project: Path = PROJECT) -> Path | None:
    """Make the page anew where the project has changed since it was made, and return it.

    Its columns are those of the built warehouse: None where no build passed. Raises BuildError where dbt
    refuses, HomeError where the page cannot be written.
    """
    folder = _folder(home)
    page = folder / f"{_digest(project)}.html"
    if page.is_file():
        return page
    if not is_built(home):
        return None
    success, said = run_dbt(home, project, ["docs", "generate", "--static", "--no-compile"])
    made = home / "build" / "dbt" / "target" / _PAGE
    if not success or not made.is_file():
        raise BuildError(f"dbt docs: {said}; what is published stays as it is")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = made.read_text(encoding="utf-8")
        # Where the machine keeps things is nobody's business.
        for place, name in ((project, "dbt_project"), (home, "home")):
            text = text.replace(str(place.absolute()), name).replace(str(place.resolve()), name)
        part = page.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        for old in folder.glob("*.html"):
            old.unlink()
        part.replace(page)
    except OSError as error:
        raise HomeError(f"{page}: cannot be written: {error.strerror}: free the home") from error
    return page


def documentation(home: Path) -> Path | None:
    """Return the page that was made last, None where none was."""
    return next(iter(sorted(_folder(home).glob("*.html"))), None)


def _folder(home: Path) -> Path:
    return home / "build" / "docs"


def _digest(project: Path) -> str:
    """Return a hash over the project's files, by which its page is known."""
    digest = sha256()
    for path in sorted(project.rglob("*")):
        if path.is_file() and not _OWN.intersection(path.relative_to(project).parts):
            digest.update(path.relative_to(project).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
