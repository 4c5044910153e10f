"""The five traps of portals' dates, T1 to T5, each on recorded pages: from the page to the facts."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from scraper.article import read_article
from scraper.facts import read_facts
from scraper.harvest.sketch import BINS, sketch
from scraper.items import Article, Meeting
from scraper.portal_catalogue import load_portals

PAGES = Path(__file__).parents[1] / "pages"
PORTALS = load_portals()
CITY = "31"


def read(case: str, portal: str | None = None) -> Article:
    folder = PAGES / case
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    body, fetched_at = (folder / "page.html").read_bytes(), datetime.fromisoformat(meta["fetched_at"])
    return read_article(body, meta["url"], PORTALS.get(portal or ""), fetched_at)


def meeting(article: Article) -> Meeting:
    (found,) = read_facts(article, CITY).meetings
    return found


def test_t1_the_day_of_printing_is_no_day_of_publication() -> None:
    article = read("lying-dates/t1-print-page-prints-its-day")
    assert (article.date_published, article.date_source) == (None, None)
    assert "date_missing" in [problem.kind for problem in article.problems]
    assert meeting(article).start_date is None, "9-7 of which year, the page does not say"


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ("ngoquyen/asset-publisher-print-page", "2021-07-20T15:21:00+07:00"),
        ("generic/font-tags-and-clock", "2020-10-22T09:15:00+07:00"),
    ],
)
def test_t1_a_clock_above_the_real_line_is_passed_over(case: str, published: str) -> None:
    article = read(case, case.partition("/")[0])
    assert (article.date_published, article.date_source) == (published, "print-line")


def test_t2_the_day_of_a_migration_gives_way_to_the_bylines() -> None:
    article = read("haiphong/migrated-2018", "haiphong")
    assert (article.date_published, article.date_source) == ("2018-01-13", "byline")
    assert "date_of_migration" in [problem.kind for problem in article.problems]


def test_t2_a_day_without_a_year_is_the_last_such_day_before_the_page() -> None:
    article = read("lying-dates/t2-migration-day-and-a-day-without-year", "haiphong")
    assert article.date_published == "2019-01-26T10:41:00+07:00"
    assert meeting(article).start_date == "2018-08-22"


def test_t3_the_time_in_an_address_is_not_the_articles() -> None:
    article = read("lying-dates/t3-address-bears-another-day")
    assert (article.date_published, article.date_source) == ("2024-12-30T17:12:00+07:00", "print-line")
    assert meeting(article).start_date == "2024-12-30"


def test_t4_a_text_printed_twice_keeps_both_times_and_is_seen_to_be_one() -> None:
    paper, portal = (
        read("lying-dates/t4-newspaper-first"),
        read("lying-dates/t4-portal-three-minutes-later", "haiphong"),
    )
    assert (paper.date_published, portal.date_published) == (
        "2019-10-25T16:59:00+07:00",
        "2019-10-25T17:02:00+07:00",
    )
    # Which of them is the origin the marts decide: tests/marts/test_marts_copies.py.
    pairs = zip(sketch(paper.body_text), sketch(portal.body_text), strict=True)
    assert sum(one == other for one, other in pairs) == BINS


def test_t5_title_and_body_are_both_kept_and_the_body_is_believed() -> None:
    article = read("lying-dates/t5-title-and-body-differ")
    assert "kỳ họp thứ ba" in article.headline
    assert "kỳ họp thứ 6" in article.body_text
    assert meeting(article).ordinal == 6


@pytest.mark.parametrize(
    "case", sorted(path.parent for path in PAGES.glob("*/*/page.html")), ids=lambda case: case.name
)
def test_every_date_says_where_it_came_from(case: Path) -> None:
    article = read(f"{case.parent.name}/{case.name}", case.parent.name)
    assert (article.date_published is None) == (article.date_source is None)
    assert (article.date_published is None) == (article.date_confidence is None)
