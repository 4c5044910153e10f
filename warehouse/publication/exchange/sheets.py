"""What DuckDB's workbooks lack: a heading that stays in sight, and a filter on every column."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

_SHEET = "xl/worksheets/sheet1.xml"
_DATA, _DATA_ENDS = b"<sheetData>", b"</sheetData>"
_PIECE = 1 << 20
_PANE = (
    b'<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
    b' state="frozen"/></sheetView></sheetViews>'
)


def freeze_heading(path: Path, columns: int, rows: int) -> None:
    """Freeze the first row of a workbook's one sheet and put a filter on it, in pieces: memory stays flat.

    Args:
        path: As DuckDB wrote it; replaced.
        columns: Of the sheet, at least one.
        rows: Of the sheet, the heading left out.
    """
    span = f"A1:{_letters(columns)}{rows + 1}"
    target = path.with_suffix(".part")
    with ZipFile(path) as old, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=zlib.Z_BEST_SPEED) as new:
        for member in old.infolist():
            # Opened by name, a member is dated 1980: the same rows give the same bytes.
            with old.open(member) as source, new.open(member.filename, "w", force_zip64=True) as copy:
                if member.filename == _SHEET:
                    _with_heading(source, copy, f'<autoFilter ref="{span}"/>'.encode())
                else:
                    copy.write(source.read())
    target.replace(path)


def _with_heading(source: IO[bytes], copy: IO[bytes], sheet_filter: bytes) -> None:
    """Copy a sheet, the pane before its rows and the filter after them, as its schema wants it."""
    head = source.read(_PIECE)
    if head.count(_DATA) < 1:
        raise ValueError("DuckDB writes its sheets in another way: where do the rows begin?")
    kept = head.replace(_DATA, _PANE + _DATA, 1)
    while piece := source.read(_PIECE):
        copy.write(kept[: -len(_DATA_ENDS) * 4])
        kept = kept[-len(_DATA_ENDS) * 4 :] + piece
    before, _, after = kept.rpartition(_DATA_ENDS)
    copy.write(before + _DATA_ENDS + sheet_filter + after)


def _letters(column: int) -> str:
    """Name a column, counted from 1: A, Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
