"""Floors under the scores reached on the development set; development figures, which only ever rise.

The reader of figures was developed on the articles whose sha256(id) begins with an even byte (A, 38 of 89)
and on those of the others whose second byte is even (B1, 25): indicator_value 0.985 and 0.956 there,
indicator_full 0.888 and 0.835. On the remaining 26 (B2), whose texts were never looked at, it reaches 0.912
and 0.548 (0.62 without two articles whose default area is wrong): what is to be expected of new texts.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scraper.facts import read_facts
from scraper.facts.as_json import article_from_json, to_json

ROOT = Path(__file__).parent.parent.parent
DEV = ROOT / "tests" / "annotated" / "dev"

FLOORS = {"indicator_value": 0.955, "indicator_full": 0.78, "evidence": 1.0}
"""F1 of the whole development set must not fall below these."""

FIELD_FLOORS = {
    "indicator": 0.915,
    "time_period": 0.92,
    "ref_area": 0.948,
    "base": 0.99,
    "obs_status": 0.98,
    "bound": 0.996,
}
"""Share of matched observations with the field right."""


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", ROOT / "docs" / "standard" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    lines = []
    for path in sorted(DEV.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        article = article_from_json(document["article"])
        lines.append(json.dumps(to_json(document["id"], article, read_facts(article)), ensure_ascii=False))
    predictions = tmp_path_factory.mktemp("scores") / "facts.jsonl"
    predictions.write_text("\n".join(lines), encoding="utf-8")
    scored: dict[str, Any] = scorer().score(DEV, predictions)[0]
    return scored


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_scores(result: dict[str, Any], name: str) -> None:
    assert result["scores"][name]["f1"] >= FLOORS[name]


@pytest.mark.parametrize("name", sorted(FIELD_FLOORS))
def test_indicator_fields(result: dict[str, Any], name: str) -> None:
    assert result["fields"]["indicator"][name] >= FIELD_FLOORS[name]
