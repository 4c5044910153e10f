"""Reads the facts of an article: its districts, meetings and reported figures."""

from __future__ import annotations

from scraper.facts.districts import read_areas
from scraper.facts.indicators import read_indicators
from scraper.facts.meetings import read_meetings_with_problems
from scraper.items import Article, Facts


def read_facts(article: Article, home_area: str | None = None) -> Facts:
    """Read all facts of one article (facts.md); never raises for what a text may hold.

    `home_area`: GSO code of the area that the article's portal belongs to, where known.
    """
    reading = read_areas(article, home_area)
    meetings, meeting_problems = read_meetings_with_problems(article, reading)
    observations, problems = read_indicators(article, reading, meetings)
    used = {o.ref_area for o in observations} | {m.ref_area for m in meetings if m.ref_area}
    return Facts(
        districts=reading.districts,
        meetings=tuple(meetings),
        indicators=tuple(observations),
        areas={code: reading.name_of(code) for code in sorted(used.union(reading.districts))},
        problems=(*meeting_problems, *problems),
    )
