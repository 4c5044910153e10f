"""What a home holds, for a person who asks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scraper.items import Problem
from tests.warehouse.harvests import PORTALS, bare, batches_of, day, page
from warehouse.fact_rows import Readers
from warehouse.load import load
from warehouse.lock import note_stage, run_lock
from warehouse.runs import RunLog
from warehouse.status import DiskUse, warehouse_status
from warehouse.status_shown import show_status


def test_an_empty_home_has_an_empty_status(tmp_path: Path) -> None:
    status = warehouse_status(tmp_path / "home")
    assert (status.runs, status.portals, status.disk) == ((), (), DiskUse({}, 0, 0))
    assert not (tmp_path / "home").exists()


def test_a_portals_state_is_counted(tmp_path: Path) -> None:
    load(
        tmp_path,
        PORTALS,
        batches_of(
            [
                page(0, 1, day(1)),
                page(1, 2, day(1)),
                page(2, 1, day(2), "Quận Lê Chân họp lại.\n\nTổng thu đạt 30,0% kế hoạch."),
                bare(3, 2, day(3), "gone"),
                bare(4, 3, day(4), "challenge", Problem("crawl", "challenge", "a cookie challenge came")),
            ]
        ),
    )
    (portal,) = warehouse_status(tmp_path).portals
    assert (portal.portal, portal.name) == ("lechan", "Quận Lê Chân")
    assert (portal.articles, portal.revisions, portal.gone) == (2, 3, 1)
    assert (portal.meetings, portal.observations) == (3, 3)
    assert portal.fetches == {"ok": 3, "gone": 1, "challenge": 1}
    assert portal.problems == {"number_not_understood": 3, "challenge": 1}
    assert (portal.first_fetch_at, portal.last_fetch_at) == (day(1), day(4))
    assert portal.newest_text_at == day(2)
    assert portal.newest_published == "2026-03-01T08:00:00+07:00"


def test_what_two_readers_read_is_counted_once(tmp_path: Path) -> None:
    captures = [page(0, 1, day(1)), page(1, 2, day(1))]
    load(tmp_path, PORTALS, batches_of(captures), readers=Readers(1, 1))
    load(tmp_path, PORTALS, batches_of(captures), readers=Readers(2, 2))
    (portal,) = warehouse_status(tmp_path).portals
    assert (portal.articles, portal.revisions, portal.meetings, portal.observations) == (2, 2, 2, 2)


def test_a_portal_that_was_never_fetched_is_there_with_nothing(tmp_path: Path) -> None:
    quiet = replace(PORTALS["lechan"], portal="ngoquyen", name="Quận Ngô Quyền")
    load(tmp_path, {"ngoquyen": quiet}, [])
    (portal,) = warehouse_status(tmp_path).portals
    assert (portal.articles, portal.last_fetch_at, portal.fetches, portal.problems) == (0, None, {}, {})


def test_a_portal_that_rests_says_why(tmp_path: Path) -> None:
    resting: dict[str, dict[str, Any]] = {
        "a": {"is_paused": True},
        "b": {"is_paused": True, "paused_until": "2999-01-31"},
        "c": {"is_paused": True, "paused_until": "2020-01-31"},
        "d": {"retired_on": "2025-07-01"},
    }
    portals = {slug: replace(PORTALS["lechan"], portal=slug, **rest) for slug, rest in resting.items()}
    load(tmp_path, portals, [])
    assert [portal.rests for portal in warehouse_status(tmp_path).portals] == [
        "paused", "paused until 2999-01-31", None, "retired on 2025-07-01"
    ]  # fmt: skip


def test_runs_and_disk_use_are_told(tmp_path: Path) -> None:
    RunLog.start(tmp_path, "refresh", "0.1.0").finish("done")
    archive = tmp_path / "lechan" / "archive"
    archive.mkdir(parents=True)
    (archive / "a.warc.gz").write_bytes(bytes(1_000))
    version = tmp_path / "published" / "v1"
    version.mkdir(parents=True)
    (version / "cityledger.duckdb").write_bytes(bytes(300))
    (tmp_path / "published" / "current").symlink_to("v1")
    status = warehouse_status(tmp_path)
    assert [run.command for run in status.runs] == ["refresh"]
    assert status.disk.archive == {"lechan": 1_000}
    assert status.disk.published == 300
    assert status.disk.warehouse == (tmp_path / "warehouse.duckdb").stat().st_size
    assert status.disk.total == 1_300 + status.disk.warehouse


def test_a_run_that_was_killed_is_no_running_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    RunLog.start(tmp_path, "refresh", "0.1.0")
    show_status(warehouse_status(tmp_path), None)
    shown = " ".join(capsys.readouterr().out.split())
    assert "interrupted" in shown
    assert "killed before it could finish" in shown
    for command, status in (("refresh", "running"), ("load", "interrupted")):
        with run_lock(tmp_path, command):
            note_stage(tmp_path, "crawl")
            (run,) = warehouse_status(tmp_path).runs
        # What another command does meanwhile does not bring the killed one back.
        assert run.status == status
