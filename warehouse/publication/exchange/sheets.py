"""The one sheet of a workbook: rows as DuckDB gives them, a heading in sight, a filter on every column.

DuckDB's own writer makes the rest of a workbook. For the rows it takes three times as long as the same bytes
take when a query writes them, and its sheet would have to be packed twice for the heading's sake.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from warehouse.publication.manifest import Column
from warehouse.publication.snapshot import quoted

_SHEET = "xl/worksheets/sheet1.xml"
_DATA, _DATA_ENDS = b"<sheetData>", b"</sheetData>"
_PANE = (
    b'<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
    b' state="frozen"/></sheetView></sheetViews>'
)
_CELL = 32_767
"""Characters of a cell (Excel's specification)."""
_DAY = 86_400_000
"""Milliseconds."""
_EPOCH = 25_569
"""1970-01-01 in a spreadsheet's days."""

# Styles as DuckDB numbers them in a workbook: a day, a time with milliseconds, a truth value.
_DATE, _TIME, _TRUTH = ' s="1"', ' s="4"', ' t="b" s="5"'

_FORBIDDEN = bytes({*range(0x20)} - {*b"\t\n\r"})
"""What no XML may hold (XML 1.0, 2.2), beside two that are not characters."""
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def rows_sql(columns: Sequence[Column], source: str) -> str:
    """Return SQL for the rows of a sheet in the table's order, the first under the heading: one text each.

    The table is one that was written once: its row ids are its order. A `where` can follow.

    Texts are texts, whatever they begin with, and cut where a cell ends; lists are JSON, times those of Viet
    Nam, decimals numbers.
    """
    cells = ", ".join(_cell(column, _letters(place)) for place, column in enumerate(columns, 1))
    return f"""select concat('<row r="', rowid + 2, '">', {cells}, '</row>') as cells from {source}"""  # noqa: S608


def fill_sheet(path: Path, columns: int, count: int, rows: Iterable[bytes]) -> None:
    """Put rows below the heading of a workbook's sheet, freeze that heading and put a filter on it.

    Args:
        path: A workbook that holds the heading alone, as DuckDB wrote it; replaced.
        columns: Of the sheet, at least one.
        count: How many rows come.
        rows: Pieces of what `rows_sql` gives; one at a time is held.
    """
    span = f"A1:{_letters(columns)}{count + 1}"
    target = path.with_suffix(".part")
    with ZipFile(path) as old, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=zlib.Z_BEST_SPEED) as new:
        for member in old.infolist():
            # Opened by name, a member is dated 1980: the same rows give the same bytes.
            with new.open(member.filename, "w", force_zip64=True) as copy:
                if member.filename == _SHEET:
                    _write_sheet(old.read(member), copy, rows, f'<autoFilter ref="{span}"/>'.encode())
                else:
                    copy.write(old.read(member))
    target.replace(path)


def _write_sheet(heading: bytes, copy: IO[bytes], rows: Iterable[bytes], sheet_filter: bytes) -> None:
    """Write a sheet: the pane before its rows and the filter after them, as its schema wants it."""
    before, ends, after = heading.partition(_DATA_ENDS)
    if before.count(_DATA) != 1 or not ends:
        raise ValueError("DuckDB writes its sheets in another way: where do the rows begin?")
    copy.write(before.replace(_DATA, _PANE + _DATA))
    for piece in rows:
        allowed = piece.translate(None, _FORBIDDEN)
        for none in _NO_CHARACTERS:
            allowed = allowed.replace(none, b"")
        copy.write(allowed)
    copy.write(ends + sheet_filter + after)


def _cell(column: Column, letters: str) -> str:
    """Return SQL for a cell; an empty one is left out."""
    name = quoted(column.name)
    if column.type == "BOOLEAN":
        how, value = _TRUTH, f"{name}::integer"
    elif column.type == "DATE":
        how, value = _DATE, f"(({name} - date '1970-01-01') + {_EPOCH})::double"
    elif column.type.startswith("TIMESTAMP"):
        how, value = _TIME, f"epoch_ms(timezone('Asia/Ho_Chi_Minh', {name})) / {_DAY} + {_EPOCH}"
    elif column.type.startswith("DECIMAL"):
        how, value = "", f"{name}::double"
    elif column.type in {"VARCHAR", "JSON"} or column.is_nested:
        text = f"to_json({name})::varchar" if column.is_nested else name
        how, value = ' t="inlineStr"', _escaped(f"left({text}, {_CELL})")
    else:
        how, value = "", name
    begin, end = ("<is><t>", "</t></is>") if "inlineStr" in how else ("<v>", "</v>")
    return (
        f"""if({name} is null, null, """
        f"""concat('<c r="{letters}', rowid + 2, '"{how}>{begin}', {value}, '{end}</c>'))"""
    )


def _escaped(text: str) -> str:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = f"replace({text}, '{sign}', '{entity}')"
    return text


def _letters(column: int) -> str:
    """Name a column, counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
