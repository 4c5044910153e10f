"""Each trouble of a home comes with what to do about it; a home without trouble has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from warehouse.advice import advice_on
from warehouse.lock import Holder
from warehouse.portal_health import PortalHealth
from warehouse.runs import Run

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NIGHT = NOW - timedelta(hours=5)
DONE = Run("r1", "refresh", "0.1.0", NIGHT, NIGHT, "done", 0, None, {}, "publish", {})
TROUBLE = {"bound": "expect.silent_days", "said": "no new article for 20 days", "advice": "look at it"}
WELL = PortalHealth(
    "lechan",
    "r1",
    NIGHT,
    0,
    9,
    0,
    3,
    0,
    0,
    0,
    0,
    None,
    1,
    1.0,
    None,
    False,
    {},
    {},
    (),
    (),
    {},
    None,
    None,
    None,
)


def said(runs: list[Run], health: list[PortalHealth] | None = None, **known: Any) -> list[tuple[str, str]]:
    found = advice_on(runs, health or [], known.get("going_on"), known.get("free", 10**12), NOW)
    return [(one.trouble, one.todo) for one in found]


def test_a_home_that_is_well_gets_none() -> None:
    assert said([DONE], [WELL]) == []
    going_on = Holder(7, "refresh", NOW, "load")
    assert said([replace(DONE, status="running", finished_at=None), DONE], going_on=going_on) == []


@pytest.mark.parametrize(
    ("run", "trouble", "todo"),
    [
        (
            replace(DONE, status="interrupted", exit_code=143, stage="load"),
            "was stopped in its stage load",
            "goes on",
        ),
        (
            replace(DONE, status="running", finished_at=None, stage="build"),
            "was stopped in its stage build",
            "again",
        ),
        (
            replace(DONE, status="refused", exit_code=1, message="gate drop: articles fell", stage="publish"),
            "ended with 1 in its stage publish: gate drop",
            "mend what it names",
        ),
        (replace(DONE, finished_at=NOW - timedelta(days=3)), "ended 72 hours ago", "schedule --print"),
    ],
)
def test_a_run_that_did_not_go_through_is_told(run: Run, trouble: str, todo: str) -> None:
    ((what, then),) = said([run])
    assert trouble in what
    assert todo in then


def test_a_run_that_went_through_with_trouble_is_told_by_its_portals_alone() -> None:
    told = replace(DONE, status="refused", exit_code=1, message="the rest went through", stage="tell")
    held = replace(WELL, held_at=NIGHT, was_held=True, troubles=(TROUBLE,))
    assert said([told], [held]) == [
        ("held, its last good data stays published: no new article for 20 days", "look at it")
    ]
    released = replace(held, held_at=None)
    assert said([told], [released]) == []
    first = replace(WELL, troubles=(TROUBLE,))
    assert said([told], [first]) == [("no new article for 20 days", "look at it")]


@pytest.mark.parametrize(
    ("failure", "todo"),
    [
        (
            "http://a.test/robots.txt says 503 Service Unavailable: nothing may be asked for",
            "wait for the next run",
        ),
        (
            "none of 3 articles asked for could be had: the article http://a.test/1 came cut off",
            "wait for the next",
        ),
        ("the listing / is not there (HTTP 404 Not Found)", "open the address in a browser"),
        (
            "/srv/a/archive/a.warc.gz lacks records that were archived: 21 pages",
            "put a copy of the file back",
        ),
    ],
)
def test_what_passes_by_itself_is_waited_for(failure: str, todo: str) -> None:
    (told,) = said([DONE], [replace(WELL, failure=failure)])
    assert told[1].startswith(todo)


def test_failures_open_certificates_and_a_full_disk_are_told() -> None:
    failed = replace(WELL, failure="the listing / got no answer", crawl={"is_unverified": True})
    told = said([DONE], [failed], free=10**9)
    assert [what.split(",")[0].split(":")[0] for what, _ in told] == [
        "1.0 GB are left on the disk",
        "the listing / got no answer",
        "its certificates are not verified (verify_tls = false)",
    ]
