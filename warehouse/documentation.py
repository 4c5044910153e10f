"""The dbt project's documentation as one page: lineage, descriptions, types, tests and SQL of every table."""

from __future__ import annotations

from pathlib import Path

from scraper.errors import BuildError, HomeError
from warehouse.build import PROJECT, run_dbt
from warehouse.project_page import pages_folder, project_page
from warehouse.publication.gates import is_built

_PAGE = "static_index.html"


def document(home: Path, project: Path = PROJECT) -> Path | None:
    """Make the page anew where the project has changed since it was made, and return it.

    Its columns are those of the built warehouse: None where no build passed. Raises BuildError where dbt
    refuses, HomeError where the page cannot be written.
    """
    folder = pages_folder(home)
    page = project_page(home, project)
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
    return next(iter(sorted(pages_folder(home).glob("*.html"))), None)
