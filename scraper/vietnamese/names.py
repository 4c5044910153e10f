"""Names of persons in Vietnamese prose: surnames, and the shape of a name."""

from __future__ import annotations

import csv
import re
from pathlib import Path

UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper())
"""Every capital letter up to Latin Extended Additional: the letters that a Vietnamese name may begin with."""
UPPER_CLASS = re.escape(UPPER)
TOKEN = rf"[{UPPER_CLASS}][\w'’]*"
"""One word of a name."""
NAME_RUN = rf"{TOKEN}(?: {TOKEN}|-{TOKEN})*"
"""Words of names in a row."""

with (Path(__file__).parent / "data" / "surnames.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
SURNAMES = frozenset(row["surname"] for row in _ROWS)
"""Lower-case surnames of the Kinh and of the peoples whose names the papers print; a hint, never proof."""
SAFE_SURNAMES = frozenset(row["surname"] for row in _ROWS if row["is_telling"] == "1")
"""Surnames common enough to tell a person's name from a place's."""
