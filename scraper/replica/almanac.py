"""The almanac: which stories are told, of which area and day, on which portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from scraper.replica.desk import Brief, Desk
from scraper.replica.figures import Period
from scraper.replica.places import COMMUNE_CODES, DISTRICT_CODES, REFORM
from scraper.replica.prose import chance
from scraper.replica.records import Story
from scraper.replica.sites import Site
from scraper.replica.stories import councils, encounters, features, papers, reports, statistics

FIRST_YEAR = 2019
Slot = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of story: who writes it and on which days it may happen."""

    write: Callable[[Desk], Story]
    days: Callable[[int, int, Random], date | None]
    """Day in a year and month, or None where it does not happen in that month."""
    of_city: bool = False
    """Told of the city, not of its units."""
    once: bool = True
    """Happens at most once for an area and month; others may be told again."""


def _span(first: int, last: int) -> Callable[[int, int, Random], date]:
    return lambda year, month, rng: date(year, month, rng.randint(first, last))


def _in(months: str, first: int, last: int) -> Callable[[int, int, Random], date | None]:
    wanted = {int(m) for m in months.split()}
    return lambda year, month, rng: date(year, month, rng.randint(first, last)) if month in wanted else None


def _congress(year: int, month: int, rng: Random) -> date | None:
    return (
        date(year, month, rng.randint(3, 27))
        if (year, month) in ((2020, 7), (2020, 8), (2025, 6), (2025, 8))
        else None
    )


GENRES: dict[str, Genre] = {
    "party": Genre(reports.party_conference, _in("4 7 10", 2, 14)),
    "party_year": Genre(reports.party_conference, _in("12", 14, 28)),
    "month": Genre(reports.committee_month, _in("2 3 5 6 8 9 11 12", 1, 6)),
    "council": Genre(councils.council_session, _in("7 10 12", 6, 20)),
    "voters": Genre(councils.voter_contact, _in("4 6 9 11", 12, 28), once=False),
    "congress": Genre(councils.congress, _congress),
    "union_congress": Genre(councils.union_congress, _in("3 5 8", 7, 26), once=False),
    "working": Genre(encounters.working_session, _span(8, 27), once=False),
    "dialogue": Genre(encounters.dialogue, _span(5, 27), once=False),
    "training": Genre(encounters.training, _span(5, 26), once=False),
    "seminar": Genre(encounters.seminar, _span(5, 26), once=False),
    "review": Genre(encounters.sector_review, _in("1 6 7 11 12", 5, 27), once=False),
    "announced": Genre(councils.announced, _in("7 12", 1, 4)),
    "festival": Genre(features.festival, _span(2, 27), once=False),
    "sports": Genre(features.sports, _span(2, 27), once=False),
    "charity": Genre(features.charity, _span(2, 27), once=False),
    "notice": Genre(features.notice, _span(2, 27), once=False),
    "sector": Genre(features.sector_figures, _in("2 3 4 5 6 7 8 9 10 11 12", 3, 26), once=False),
    "digest": Genre(features.digest, _in("4 7 10", 8, 26), of_city=True, once=False),
    "press_digest": Genre(papers.press_digest, _span(2, 27), of_city=True, once=False),
    "decision": Genre(papers.decision, _span(2, 27), of_city=True, once=False),
    "scan": Genre(papers.scan, _span(2, 27), of_city=True, once=False),
    "bulletin": Genre(statistics.bulletin, _in("2 3 4 5 6 7 8 9 10 11 12", 1, 4), of_city=True),
    "table": Genre(statistics.district_table, _in("4 7 10", 5, 20)),
    "city_council": Genre(councils.council_session, _in("7 12", 8, 16), of_city=True),
}


def _at_home(sites: Sequence[Site]) -> frozenset[str]:
    """Return the areas that have a portal of their own."""
    return frozenset(code for site in sites if site.later_area for code in (site.home_area, site.later_area))


def _codes(site: Site, genre: Genre, day: date, at_home: frozenset[str]) -> tuple[str, ...]:
    if genre.of_city:
        return ("31",)
    new = day >= REFORM
    if site.later_area is not None:
        return (site.later_area if new else site.home_area,)
    codes = COMMUNE_CODES if new else DISTRICT_CODES
    if genre.once and site.family == "wordpress":
        # A meeting with an ordinal is told once: by the area's own portal where it has one.
        return tuple(code for code in codes if code not in at_home)
    return codes


def _candidates(seed: int, site: Site, name: str, until: date, at_home: frozenset[str]) -> Iterator[Brief]:
    """Yield the genre's occasions in a mixed order, evenly over the years; some without end."""
    genre, portal = GENRES[name], site.slug
    for turn in count():
        by_year: dict[int, list[Brief]] = {}
        for year in range(FIRST_YEAR, until.year + 1):
            for month in range(1, 13):
                day = genre.days(year, month, chance(seed, portal, name, turn, year, month))
                if day is None or day > until:
                    continue
                for position, code in enumerate(_codes(site, genre, day, at_home)):
                    shifted = day + timedelta(days=position % 4 if day.day < 25 else 0)
                    if shifted <= until and (shifted >= REFORM) == (day >= REFORM):
                        by_year.setdefault(year, []).append(Brief(0, portal, name, code, shifted, turn))
        rng = chance(seed, "order", portal, name, turn)
        rows = list(by_year.values())
        rng.shuffle(rows)
        for row in rows:
            rng.shuffle(row)
        for depth in range(max(map(len, rows), default=0)):
            for row in rows:
                if depth < len(row):
                    yield row[depth]
        if genre.once:
            return


def plan(seed: int, articles: int, until: date, sites: Sequence[Site]) -> list[Brief]:
    """Return so many briefs for a city's portals in the order of their days, each with its number."""
    at_home = _at_home(sites)
    briefs: list[Brief] = []
    portion = 0.0
    for site in sites:
        portion += site.share
        wanted = round(articles * portion) - len(briefs)
        shares = site.genres
        total = sum(shares.values())
        streams = {name: _candidates(seed, site, name, until, at_home) for name in shares}
        chosen: list[Brief] = []
        owed = dict.fromkeys(shares, 0.0)
        while len(chosen) < wanted and streams:
            for name in list(streams):
                owed[name] += shares[name] / total
                while owed[name] >= 1 or (owed[name] > 0 and len(streams) == 1):
                    owed[name] -= 1
                    brief = next(streams[name], None)
                    if brief is None:
                        del streams[name]
                        break
                    chosen.append(brief)
        briefs += chosen[:wanted]
    briefs.sort(key=lambda b: (b.day, b.portal, b.genre, b.code, b.turn))
    return [replace(brief, number=number) for number, brief in enumerate(briefs)]


def reporting_period(brief: Brief) -> Period:
    """Return the period that a story of that day reports on."""
    year, month = brief.day.year, brief.day.month
    if brief.genre == "party_year" or (
        month == 12 and brief.genre in ("council", "city_council", "review", "working")
    ):
        return Period(year, 12)
    if month == 1:
        return Period(year - 1, 12)
    if brief.genre == "council" and month == 7:
        return Period(year, 6)
    return Period(year, month - 1)


def write_story(seed: int, brief: Brief, restated: Mapping[tuple[str, str], Decimal] | None = None) -> Story:
    """Write the brief's story; the same seed and brief give the same words.

    `restated` puts values right that the hidden economy would give: (indicator's key, period's code) → value.
    """
    return GENRES[brief.genre].write(Desk(seed, brief, reporting_period(brief), restated))
