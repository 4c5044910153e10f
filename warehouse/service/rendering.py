"""Rows as JSON and CSV that say exactly what the tables hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite

from warehouse.spreadsheet import spreadsheet_cell

JSON = "application/json"
CSV = "text/csv; charset=utf-8"


def json_text(value: object) -> str:
    """Give a value as JSON: decimals with all of their digits, times in ISO 8601, letters as they are.

    A decimal is a JSON number with the table's digits; who reads it as a double rounds it himself.
    What no JSON number can be (NaN, infinity) is text.
    """
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_quoted(str(key))}:{json_text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ",".join(map(json_text, value)) + "]"
    if value is None or isinstance(value, (bool, int)):
        return json.dumps(value)
    if isinstance(value, Decimal) and value.is_finite():
        return plain(value)
    if isinstance(value, float) and isfinite(value):
        return repr(value)
    return _quoted(_text(value))


def plain(value: Decimal) -> str:
    """Give a finite decimal without exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give rows as CSV with a heading: values as in JSON, lists as JSON, nothing that starts a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([spreadsheet_cell(name) for name in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return target.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        return spreadsheet_cell(value)
    if isinstance(value, (Mapping, list, tuple, set, frozenset, bool, int, float, Decimal)):
        return json_text(value).strip('"')
    return spreadsheet_cell(_text(value))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
