"""Cells of CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import json
import re

# What makes a spreadsheet take a cell for a formula, also behind white space and as full-width letters.
FORMULA = r"^[\s\x00-\x1f]*[=+\-@＝＋－＠]|^[\t\r\n]"
PLAIN_NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)*%?$"


def spreadsheet_cell(value: object) -> object:
    """Return a value as a cell of CSV: lists as JSON, no text that a spreadsheet would run as a formula."""
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str) and re.search(FORMULA, value) and not re.search(PLAIN_NUMBER, value):
        return "'" + value
    return value
