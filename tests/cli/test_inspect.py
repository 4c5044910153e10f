"""`inspect` on the seed page gives the annotated article and all of its facts."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cli.conftest import ROOT, run

SEED = "le-chan-2023-04-11"
PAGE = ROOT / "tests" / "pages" / "haiphong" / SEED / "page.html"
GOLD = ROOT / "tests" / "annotated" / "dev" / f"{SEED}.json"


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = ROOT / "docs" / "standard" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def inspected() -> dict[str, Any]:
    url = json.loads(GOLD.read_text(encoding="utf-8"))["article"]["url"]
    done = run("inspect", PAGE, "--url", url, "--json")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("field", ["headline", "date_published", "authors", "body_text", "captions"])
def test_the_article_is_read_character_for_character(inspected: dict[str, Any], field: str) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert inspected["article"][field] == gold["article"][field]


def test_all_facts_are_right(inspected: dict[str, Any], scorer: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    shutil.copy(GOLD, tmp_path / "gold")
    (tmp_path / "read.jsonl").write_text(json.dumps(inspected | {"id": SEED}), encoding="utf-8")
    result, errors = scorer.score(tmp_path / "gold", tmp_path / "read.jsonl")
    assert errors == []
    assert {name: row["f1"] for name, row in result["scores"].items()} == dict.fromkeys(result["scores"], 1.0)


def test_a_page_saved_as_text_is_read(inspected: dict[str, Any], tmp_path: Path) -> None:
    article = inspected["article"]
    lines = ["Print Thứ ba, 11/04/2023 10:55 Gốc", article["body_text"], "Tiện ích thông tin", "Nguồn tin"]
    lines += [f"QR CODE: {article['headline']}", "Tin khác"]
    (tmp_path / "page.txt").write_text("\n\n".join(lines), encoding="utf-8")
    done = run("inspect", tmp_path / "page.txt", "--json")
    told = json.loads(done.stdout)
    for field in ("headline", "date_published", "body_text"):
        assert told["article"][field] == article[field]
    for kind in ("districts", "meetings", "indicators"):
        assert len(told[kind]) == len(inspected[kind])


def test_a_person_is_shown_the_sentences(tmp_path: Path) -> None:
    done = run("inspect", PAGE, "--portal", "haiphong")
    assert "Hội nghị Quận ủy lần thứ 13" in done.stdout
    assert "thu ngân sách" in done.stdout
    assert "1 districts, 1 meetings, 10 figures" in done.stdout
