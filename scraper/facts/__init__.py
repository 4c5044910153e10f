"""Reads the facts of an article: its districts, meetings and reported figures."""

from __future__ import annotations

from scraper.facts.districts import read_areas
from scraper.facts.indicators import read_indicators
from scraper.items import Article, Facts


def read_facts(article: Article, home_area: str | None = None) -> Facts:
    """Read all facts of one article (facts.md); never raises for what a text may hold.

    `home_area`: GSO code of the area that the article's portal belongs to, where known.
    """
    reading = read_areas(article, home_area)
    observations, problems = read_indicators(article, reading, ())
    used = {o.ref_area for o in observations} | set(reading.districts)
    return Facts(
        districts=reading.districts,
        meetings=(),
        indicators=tuple(observations),
        areas={code: reading.name_of(code) for code in sorted(used)},
        problems=tuple(problems),
    )
