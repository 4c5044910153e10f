"""While a portal is held, staging gives what it gave before; once it is let go, everything is there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from scraper.expectations import Expectations
from tests.warehouse.harvests import PORTALS, bare, batches_of, day, moved, page, unmodified
from tests.warehouse.tables import rows
from warehouse.build import build
from warehouse.health import judge_portals, release
from warehouse.load import load

VIEWS = ("stg_articles", "stg_article_states", "stg_fetches", "stg_attachments", "stg_sightings")


def staged(home: Path) -> dict[str, list[str]]:
    return {view: sorted(map(repr, rows(home, f"select * from staging.{view}"))) for view in VIEWS}


def judge(home: Path, run: str, expected: Expectations) -> bool:
    (found,) = judge_portals(home, run, {"lechan": expected}, {}, lambda *_: None, day(60))
    return found.is_held


@pytest.mark.usefixtures("parsed_once")
def test_a_held_portal_stays_as_it_was_and_nothing_is_lost(tmp_path: Path) -> None:
    first = [page(number, number, day(1 + number % 5)) for number in range(14)]
    gone = [bare(14, 13, day(20), "gone")]
    load(tmp_path, PORTALS, batches_of([*first, *gone], size=20))
    assert not judge(tmp_path, "r1", Expectations(is_learning=False))
    build(tmp_path, select="staging")
    before = staged(tmp_path)

    night = [
        *(bare(n, n, day(30), "gone") for n in range(6)),
        page(6, 6, day(30), "Văn bản đã sửa.\n\nTổng thu đạt 30,0% kế hoạch."),
        unmodified(7, 7, day(30), first[7]),
        page(8, 13, day(30)),
        *(page(n, n + 10, day(30) + timedelta(hours=1)) for n in range(9, 14)),
    ]
    load(tmp_path, PORTALS, batches_of(moved(night, "b.warc.gz"), size=20))
    loaded = staged(tmp_path)
    assert all(loaded[view] != before[view] for view in VIEWS)
    assert judge(tmp_path, "r2", Expectations(max_gone=0.1, is_learning=False))
    assert staged(tmp_path) == before

    assert release(tmp_path, "lechan", day(61))
    assert staged(tmp_path) == loaded
