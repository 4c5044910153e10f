"""Score a reader's facts part by part of the annotated set, with bootstrap intervals over articles.

    python benchmarks/score_parts.py GOLD_DIR PRED.jsonl

The parts are drawn by the hash of the id. A and B1 were read while the reader of figures was developed; of B2
only aggregate scores were looked at, so that it tells more of texts that nobody developed on. The reader of
meetings and districts was developed on all of them.
"""

from __future__ import annotations

import importlib.util
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

SCORER = Path(__file__).resolve().parents[1] / "docs" / "standard" / "score.py"
SHOWN = ("indicator_value", "indicator_full", "meeting", "chair", "participant", "district")
RESAMPLES = 1000

Counts = dict[str, tuple[int, int, int]]
"""Right, annotated and read facts, by what is scored."""


def part_of(article: str) -> str:
    """Name the part of the set that an article's id falls into: A, B1 or B2."""
    digest = sha256(article.encode()).digest()
    if digest[0] % 2 == 0:
        return "A"
    return "B1" if digest[1] % 2 == 0 else "B2"


def f1(counts: Sequence[tuple[int, int, int]]) -> float:
    """Return the F1 of counts summed over articles; 1 where nothing was to be found and nothing was."""
    right, gold, read = (sum(column) for column in zip(*counts, strict=True))
    return 2 * right / (gold + read) if gold + read else 1.0


def interval(counts: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of F1, articles drawn with replacement, seeded."""
    draw = random.Random(7)  # noqa: S311 - no secret hangs on it
    scores = sorted(f1(draw.choices(counts, k=len(counts))) for _ in range(RESAMPLES))
    return scores[int(RESAMPLES * 0.025)], scores[int(RESAMPLES * 0.975)]


def scorer() -> ModuleType:
    """Load the standard's scorer."""
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counts_of(score: ModuleType, gold: Path, predictions: Path) -> Counts:
    """Return what the scorer counts for one article."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(gold, folder)
        rows: dict[str, dict[str, Any]] = score.score(folder, predictions)[0]["scores"]
    counted = {}
    for name in SHOWN:
        row = rows[name]
        right = round(row["precision"] * row["predicted"]) if row["predicted"] else 0
        counted[name] = (right, row["gold"], row["predicted"])
    return counted


def main() -> None:
    """Print a table, one line a part."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    gold, predictions = Path(sys.argv[1]), Path(sys.argv[2])
    score = scorer()
    parts: dict[str, list[Counts]] = {"A": [], "B1": [], "B2": [], "all": []}
    for path in sorted(gold.glob("*.json")):
        counts = counts_of(score, path, predictions)
        for name in (part_of(json.loads(path.read_text(encoding="utf-8"))["id"]), "all"):
            parts[name].append(counts)
    print(f"{'part':5}{'articles':>9}  " + "  ".join(f"{name:22}" for name in SHOWN))
    for part, articles in parts.items():
        cells = []
        for name in SHOWN:
            counts_by_article = [counts[name] for counts in articles]
            low, high = interval(counts_by_article)
            cells.append(f"{f1(counts_by_article):.3f} [{low:.3f}, {high:.3f}]".ljust(22))
        print(f"{part:5}{len(articles):>9}  " + "  ".join(cells))


if __name__ == "__main__":
    main()
