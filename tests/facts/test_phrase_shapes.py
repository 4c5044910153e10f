"""Every phrase shape of phrase_shapes.txt gives the observations written below it, no more and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.facts import read_facts
from scraper.items import Article, Observation

SHAPES = Path(__file__).parent / "phrase_shapes.txt"


def shapes() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in SHAPES.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def written(o: Observation) -> str:
    upper = f"..{o.obs_value_upper.normalize():f}" if o.obs_value_upper is not None else ""
    unit = f"{o.unit_measure}e{o.unit_mult}" if o.unit_mult else o.unit_measure
    key = f"other:{o.indicator_name}" if o.indicator == "other" else o.indicator
    parts = (
        f"{o.obs_value.normalize():f}{upper} {unit}",
        f"{o.measure} {o.base or ''}".strip(),
        o.obs_status if o.bound == "exact" else f"{o.obs_status} {o.bound}",
        f"{key} / {o.breakdown}" if o.breakdown else key,
    )
    return " | ".join(parts)


@pytest.mark.parametrize(("sentence", "observations"), shapes())
def test_shape(sentence: str, observations: list[str]) -> None:
    article = Article(
        "https://x.test/1", "https://x.test/1", "Quận Lê Chân họp", sentence, date_published="2023-08-02"
    )
    assert [written(o) for o in read_facts(article, "305").indicators] == observations
