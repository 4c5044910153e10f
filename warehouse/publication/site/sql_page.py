"""The page on which an analyst types SQL: examples, and what there is to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.publication.manifest import DATABASE
from warehouse.publication.site import addresses
from warehouse.publication.site.engine.placing import PLACE
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.rendering import what_a_row_is
from warehouse.publication.site.wording import Both

_EXAMPLES = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with its name."""

    name: Both
    statement: str


@dataclass(frozen=True, slots=True)
class Described:
    """A table that can be asked."""

    name: str
    row: str
    columns: list[tuple[str, str, str]]
    """Name, type, what it says."""


def sql_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the SQL page."""
    tables = [
        Described(
            table.name,
            what_a_row_is(table.description),
            [(column.name, column.type.lower(), column.description or "") for column in table.columns],
        )
        for table in reading.edition.tables
    ]
    context = {"examples": examples(), "tables": tables, "engine": PLACE, "database": f"../{DATABASE}"}
    yield Page(addresses.SQL, "sql.html.j2", context)


def examples() -> list[Example]:
    """Read the examples: a file each, its name in both languages in the first two lines."""
    found = []
    for path in sorted(_EXAMPLES.glob("*.sql")):
        vi, en, *lines = path.read_text(encoding="utf-8").splitlines()
        statement = "\n".join(lines)
        found.append(Example((vi.removeprefix("-- "), en.removeprefix("-- ")), statement))
    return found
