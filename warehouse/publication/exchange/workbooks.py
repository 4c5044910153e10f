"""Every published table as a workbook for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import PublicationError
from warehouse.connect import Connection, load_extension
from warehouse.publication.beside import beside
from warehouse.publication.exchange.sheets import fill_sheet, rows_sql
from warehouse.publication.manifest import Table
from warehouse.publication.snapshot import MARTS, literal, quoted

ROWS = 1_048_575
"""What a sheet holds below its heading (Excel's specification)."""
_AT_ONCE = 4_096
"""Rows in memory."""


@contextmanager
def workbooks_beside(connection: Connection, tables: tuple[Table, ...], folder: Path) -> Iterator[None]:
    """Write workbooks in a thread of their own, on one core, while the block does the rest on the other.

    They are done when the block is left; where it raises they are given up. Raises what `write_workbooks`
    raises.
    """
    with beside(connection, "workbooks") as thread:
        written = thread.do(write_workbooks, tables, folder)
        yield
        written.result()


def write_workbooks(connection: Connection, tables: tuple[Table, ...], folder: Path) -> None:
    """Write `xlsx/<table>.xlsx` for every table that one sheet holds; the others stand in CSV and Parquet.

    Texts are texts, whatever they begin with: no cell of these files is a formula. A text of more than
    32,767 characters is cut, lists are JSON, times are those of Viet Nam, decimals are numbers.
    The heading stays in sight, and every column has a filter.

    Raises:
        PublicationError: A workbook has not all rows of its table.
        WarehouseError: The package of DuckDB's excel extension is missing.
    """
    load_extension(connection, "excel")
    (folder / "xlsx").mkdir()
    for table in tables:
        if table.rows <= ROWS:
            path = folder / "xlsx" / f"{table.name}.xlsx"
            headings = ", ".join(f"null as {quoted(column.name)}" for column in table.columns)
            connection.execute(
                f"copy (select {headings} limit 0) to {literal(str(path))} "
                f"(format xlsx, header true, sheet {literal(table.name[:31])})"
            )
            fill_sheet(path, len(table.columns), table.rows, _pieces(connection, table))


def _pieces(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table's sheet in pieces, out of Arrow's memory: no string is made of a row."""
    sql = rows_sql(table.columns, f"published.{MARTS}.{quoted(table.name)}")
    written = 0
    for first in range(0, table.rows, _AT_ONCE):
        found = connection.execute(f"{sql} where rowid between {first} and {first + _AT_ONCE - 1}")
        for batch in found.to_arrow_reader():
            _, ends, text = batch.column(0).buffers()
            yield bytes(memoryview(text)[: memoryview(ends).cast("i")[batch.num_rows]])
            written += batch.num_rows
    if written != table.rows:
        raise PublicationError(f"{table.name}.xlsx holds {written} rows of {table.rows}: publish again")
