"""Print how well the annotated set is read: against what is to be reached, by part of it, by confidence.

    python benchmarks/score_table.py GOLD_DIR PRED.jsonl

The first lines hold each score beside what is asked of it (issue 4) and what two annotations made apart agree
to; then come the parts of the set (`score_parts.py`), and how sure the reader was of what (`calibration.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import calibration, score_parts

Row = tuple[str, float, float | None, str]
"""What is scored, what was reached, what is to be, and what two annotators agree to."""

_REACH = (
    ("indicator_value", "f1", 0.94, "0.98"),
    ("indicator_value", "precision", 0.94, ""),
    ("indicator_full", "f1", 0.84, "0.79; 0.90 without the status"),
    ("meeting", "f1", 0.93, "1.00"),
    ("chair", "f1", 0.95, "1.00"),
    ("participant", "f1", 0.92, "1.00"),
    ("district", "f1", 0.96, "1.00"),
    ("evidence", "f1", 1.0, ""),
)
_MEETING_FIELD = 0.90


def rows_of(result: dict[str, Any]) -> Iterator[Row]:
    """Yield a row for each score that is asked for, then for each field of matched meetings and figures."""
    for name, measure, reach, agreed in _REACH:
        yield f"{name} {'F1' if measure == 'f1' else measure}", result["scores"][name][measure], reach, agreed
    for name, share in result["fields"]["meeting"].items():
        yield f"  meeting.{name}", share, _MEETING_FIELD, ""
    for name, share in result["fields"]["indicator"].items():
        yield f"  indicator.{name}", share, None, ""


def main() -> None:
    """Print the table; wrong usage ends with a message."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    result = score_parts.scorer().score(sys.argv[1], sys.argv[2])[0]
    print(f"{'score':28}{'reached':>9}{'at least':>10}   two annotators agree to")
    for name, share, reach, agreed in rows_of(result):
        asked = "" if reach is None else f"{reach:.2f}"
        verdict = "" if reach is None or share >= reach else f"  {reach - share:.3f} short"
        print(f"{name:28}{share:>9.3f}{asked:>10}   {agreed}{verdict}".rstrip())
    print("\nF1 by part of the set, with 95 % bootstrap intervals over articles")
    score_parts.main()
    print()
    calibration.main()


if __name__ == "__main__":
    main()
