"""What is said twice: figures that the statistics office puts right later, and articles amended in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from scraper.replica.almanac import reporting_period, write_story
from scraper.replica.desk import Brief, Desk
from scraper.replica.economy import BY_KEY
from scraper.replica.figures import Period, rounded
from scraper.replica.places import REFORM, area_on
from scraper.replica.prose import chance
from scraper.replica.records import Story, Text

OFFICE = "demo-thongke"
"""The portal that prints what the statistics office settled."""
_WEEKS_LATER = timedelta(days=45)


class Told(NamedTuple):
    """An amount of money that a story states of its reporting period."""

    key: str
    name: str
    """The indicator's name as the story prints it."""
    period: Period


def amounts_told(brief: Brief, story: Story) -> list[Told]:
    """Return the exact amounts of money, with a decimal, that a story states of its area and period."""
    period = reporting_period(brief)
    return [
        Told(str(fact["indicator"]), str(fact["indicator_name"]), period)
        for fact in story.facts("indicator")
        if (fact["measure"], fact["bound"], fact["obs_status"]) == ("level", "exact", "A")
        and (fact["ref_area"], fact["time_period"]) == (brief.code, period.code)
        and (series := BY_KEY.get(str(fact["indicator"]))) is not None
        and (series.kind, series.unit, series.decimals) == ("flow", "VND", 1)
    ]


def official_brief(brief: Brief, turn: int) -> Brief | None:
    """Return the statistics office's later story on what a brief told; None where a reform lies between."""
    day = brief.day + _WEEKS_LATER
    if (brief.day < REFORM) != (day < REFORM) or area_on(brief.code, brief.day) != area_on(brief.code, day):
        return None
    return replace(brief, portal=OFFICE, genre="official", day=day, turn=turn)


def official_story(seed: int, brief: Brief, told: Told) -> Story:
    """Write the story by which the statistics office puts an amount right that a portal printed."""
    desk = Desk(seed, brief, told.period, _put_right(seed, brief, told))
    words = {"period": told.period.title(), "name": told.name}
    blocks = [
        desk.line("scenes", "official_open", **words),
        desk.sentence(desk.reporter.say_official(told.key, told.name)),
        desk.line("scenes", "official_close"),
    ]
    return desk.story(desk.words_of("scenes", "official_headline", **words), list(blocks))


def amended_story(seed: int, brief: Brief, story: Story) -> Story | None:
    """Return a story with one amount put right in one paragraph, or None where that would rewrite more."""
    for told in amounts_told(brief, story):
        after = write_story(seed, brief, _put_right(seed, brief, told))
        pairs = list(zip(story.blocks, after.blocks, strict=False))
        changed = [
            isinstance(before, Text) and isinstance(now, Text)
            for before, now in pairs
            if _words(before) != _words(now)
        ]
        if changed == [True] and len(story.blocks) == len(after.blocks):
            return replace(after, headline=story.headline, published=story.published, authors=story.authors)
    return None


def _words(block: object) -> object:
    return block.text if isinstance(block, Text) else block


def _put_right(seed: int, brief: Brief, told: Told) -> dict[tuple[str, str], Decimal]:
    """Return another value for an amount: two to six per cent more or less, in its own rounding."""
    rng = chance(seed, "put right", brief.key, told.key)
    printed = Desk(seed, brief, told.period).reporter.value(told.key, told.period)
    factor = 1 + rng.choice((-1, 1)) * rng.uniform(0.02, 0.06)
    return {
        (told.key, told.period.code): rounded(float(printed) * factor, BY_KEY[told.key].decimals),
    }
