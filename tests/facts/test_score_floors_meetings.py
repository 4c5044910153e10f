"""Floors just under what meetings and districts score on the development set; they only ever rise."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scraper.facts.as_json import article_from_json, to_json
from scraper.facts.districts import read_areas
from scraper.facts.meetings import read_meetings
from scraper.items import Facts

ROOT = Path(__file__).parents[2]
DEV = ROOT / "tests" / "annotated" / "dev"
FLOORS = {"meeting": 0.993, "chair": 0.99, "participant": 0.98, "district": 0.99, "evidence": 1.0}
FIELD_FLOORS = {
    "classification": 0.99,
    "organization": 0.97,
    "ordinal": 0.985,
    "end_date": 0.99,
    "part_of_day": 0.99,
    "location": 0.92,
    "ref_area": 0.99,
    "status": 0.99,
}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_meetings", ROOT / "docs" / "standard" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_meetings"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    lines = []
    for path in sorted(DEV.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        article = article_from_json(document["article"])
        reading = read_areas(article)
        meetings = tuple(read_meetings(article, reading))
        facts = Facts(districts=reading.districts, meetings=meetings, areas=reading.names)
        lines.append(json.dumps(to_json(document["id"], article, facts), ensure_ascii=False))
    predictions = tmp_path_factory.mktemp("scores") / "facts.jsonl"
    predictions.write_text("\n".join(lines), encoding="utf-8")
    scored: dict[str, Any] = _scorer().score(DEV, predictions)[0]
    return scored


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_scores(result: dict[str, Any], name: str) -> None:
    assert result["scores"][name]["f1"] >= FLOORS[name]


@pytest.mark.parametrize("name", sorted(FIELD_FLOORS))
def test_fields(result: dict[str, Any], name: str) -> None:
    assert result["fields"]["meeting"][name] >= FIELD_FLOORS[name]
