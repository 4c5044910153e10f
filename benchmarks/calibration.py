"""Compare how sure the reader is of its figures with how many of them are right in every field.

    python benchmarks/calibration.py GOLD_DIR PRED.jsonl

One line a part of the set (`score_parts.py`), one column a class of confidence: the share of the figures of
the class that are right, and their number. A figure is right where an annotated one has its measure, number,
unit, indicator, period, area, base, status and bound.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.score_parts import part_of, scorer

CLASSES = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
"""Classes of confidence: from the first number on, below the second."""
SURE = 0.9
WANTED = 0.95
"""What of the figures of confidence `SURE` and more is to be right."""

Judged = list[tuple[float, bool]]
"""Confidence of a figure, and whether it is right."""


def judged(
    score: ModuleType, gold: Mapping[str, Any], read: Mapping[str, Any]
) -> Iterator[tuple[float, bool]]:
    """Give each figure that was read with its confidence and whether every field of it is right."""
    areas = {str(code): name for code, name in read.get("areas", {}).items()}
    figures = [{**figure, "_areas": areas} for figure in read["indicators"]]
    fields = score.OBS_FIELDS
    pairs, _, _ = score.pair(
        gold.get("indicators", []),
        figures,
        lambda g, p: g["measure"] == p["measure"] and score.same_number(g, p) and score.same_unit(g, p),
        lambda g, p: sum(same(g, p) for same in fields.values()) + 2 * score.touches(g, p),
    )
    right = {id(p) for g, p in pairs if all(same(g, p) for same in fields.values())}
    for figure in figures:
        yield float(figure["confidence"]), id(figure) in right


def share(figures: Judged, low: float, high: float) -> str:
    """Give the share that is right of the figures of one class and their number, as a cell of the table."""
    found = [right for sure, right in figures if low <= sure < high]
    return f"{sum(found) / len(found):.3f} of {len(found)}" if found else "-"


def main() -> None:
    """Print the table, one line a part, and whether what is wanted holds."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    score = scorer()
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    read = {row["id"]: row for row in map(json.loads, filter(None, lines))}
    parts: dict[str, Judged] = defaultdict(list)
    for path in sorted(Path(sys.argv[1]).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["id"] in read:
            found = list(judged(score, gold, read[gold["id"]]))
            parts[part_of(gold["id"])] += found
            parts["all"] += found
    heads = [f"{low:.1f}-{min(high, 1.0):.1f}" for low, high in CLASSES]
    print("right in every field, by confidence")
    print(f"{'part':5}" + "".join(f"{head:>16}" for head in heads))
    for part in sorted(parts, key=lambda name: (name == "all", name)):
        print(f"{part:5}" + "".join(f"{share(parts[part], *bounds):>16}" for bounds in CLASSES))
    sure = [right for confidence, right in parts["all"] if confidence >= SURE]
    reached = sum(sure) / len(sure) if sure else 1.0
    verdict = "holds" if reached >= WANTED else "does not hold"
    print(f"{reached:.3f} of the {len(sure)} figures from {SURE} on are right: {WANTED} {verdict}")


if __name__ == "__main__":
    main()
