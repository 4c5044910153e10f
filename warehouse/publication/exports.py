"""The published tables as files: Parquet for programs, CSV for spreadsheets."""

from __future__ import annotations

from pathlib import Path

from scraper.items import Progress
from warehouse.connect import Connection
from warehouse.publication.manifest import Column, Table
from warehouse.publication.snapshot import MARTS, literal, quoted
from warehouse.spreadsheet import FORMULA, PLAIN_NUMBER

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Before the first heading: without it Excel takes UTF-8 for the machine's old code page."""


def write_exports(
    connection: Connection, folder: Path, tables: tuple[Table, ...], progress: Progress
) -> None:
    """Write every published table to `parquet/<table>.parquet` and `csv/<table>.csv`.

    CSV is UTF-8 with a heading and, for Excel, a byte order mark; lists stand as JSON; a text that a
    spreadsheet would run as a formula gets an apostrophe before it, while numbers stay as they are.
    """
    parquet, csv = folder / "parquet", folder / "csv"
    parquet.mkdir()
    csv.mkdir()
    for done, table in enumerate(tables):
        progress("exporting", done, len(tables))
        source = f"published.{MARTS}.{quoted(table.name)}"
        connection.execute(
            f"copy (from {source}) to {literal(str(parquet / f'{table.name}.parquet'))} "
            "(format parquet, compression zstd)"
        )
        first, *others = table.columns
        cells = ", ".join(
            [_cell(first, _MARK + first.name), *(_cell(column, column.name) for column in others)]
        )
        connection.execute(
            f"copy (select {cells} from {source}) "  # noqa: S608 - names and paths are quoted
            f"to {literal(str(csv / f'{table.name}.csv'))} (format csv, header true)"
        )
    progress("exporting", len(tables), len(tables))


def _cell(column: Column, heading: str) -> str:
    name, heading = quoted(column.name), quoted(heading)
    if column.is_nested:
        return f"to_json({name})::varchar as {heading}"
    if column.type in {"VARCHAR", "JSON"}:
        return f"{harmless(name)} as {heading}"
    if column.type.startswith("DECIMAL"):
        return f"rtrim(rtrim({name}::varchar, '0'), '.') as {heading}"
    return f"{name} as {heading}"


def harmless(text: str) -> str:
    """Return SQL for a text that no spreadsheet runs: before what could be a formula stands an apostrophe."""
    dangerous = (
        f"regexp_matches({text}, {literal(FORMULA)}) and not regexp_matches({text}, {literal(PLAIN_NUMBER)})"
    )
    return f"case when {dangerous} then '''' || {text} else {text} end"
