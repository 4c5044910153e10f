"""Every shape of period_shapes.txt gives its figures the periods written below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.facts import read_facts
from scraper.items import Article, Observation

SHAPES = Path(__file__).parent / "period_shapes.txt"


def shapes() -> list[tuple[str, str, str, list[str]]]:
    found: list[tuple[str, str, str, list[str]]] = []
    day = headline = ""
    for line in SHAPES.read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            day, _, headline = line[2:].partition(" | ")
        elif line.startswith("  "):
            found[-1][3].append(line.strip())
        elif line.strip() and not line.startswith("#"):
            found.append((day, headline, line.replace("¶", "\n\n"), []))
    return found


def written(o: Observation) -> str:
    status = "" if o.obs_status == "A" else f" {o.obs_status}"
    return f"{o.obs_value.normalize():f} | {o.time_period}{status}"


@pytest.mark.parametrize(("day", "headline", "body", "figures"), shapes())
def test_period(day: str, headline: str, body: str, figures: list[str]) -> None:
    article = Article("https://x.test/1", "https://x.test/1", headline, body, date_published=day)
    assert [written(o) for o in read_facts(article).indicators] == figures
