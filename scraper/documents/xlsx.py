"""The sheets of a workbook as tables. The one door to openpyxl."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from scraper.documents.limits import CELLS
from scraper.documents.text import Text

_WIDEST = 60
"""Columns that are read: a sheet of formats alone may say that it has thousands."""


def read_xlsx(content: bytes) -> Text:
    """Return the visible sheets' text, each begun by its name; formulas as the values that were saved.

    Raises what openpyxl raises where it is no workbook.
    """
    text = Text()
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    looked_at = 0
    for sheet in book.worksheets:
        if text.is_full or sheet.sheet_state != "visible":
            continue
        text.pages += 1
        text.add(sheet.title)
        for row in sheet.iter_rows(max_col=_WIDEST, values_only=True):
            looked_at += 1
            if looked_at > CELLS:
                text.cut = text.cut or f"it has more than {CELLS:,} rows"
            if text.is_full:
                break
            text.add_row([_shown(value) for value in row])
    return text


def _shown(value: object) -> str:
    """Return a cell as Vietnamese print it: decimal comma, points between thousands, days first."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        if isinstance(value, float) and not value.is_integer():
            whole, _, digits = f"{round(value, 6):,}".partition(".")
            return f"{whole.replace(',', '.')},{digits}"
        return f"{int(value)}" if abs(value) < 10_000 else f"{int(value):,}".replace(",", ".")
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value)
