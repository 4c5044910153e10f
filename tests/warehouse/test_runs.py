"""The run log: what ran, how it ended, and where a killed run stood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import BuildError
from warehouse.runs import RunLog, last_runs, status_of, stopped_at

KILLED = """
import os, signal, sys
from pathlib import Path
from warehouse.runs import RunLog
log = RunLog.start(Path(sys.argv[1]), "refresh", "0.1.0")
log.stage("crawl")
log.stage("load", {"crawl": {"lechan": {"fetched": 12}}})
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_is_logged_from_start_to_end(tmp_path: Path) -> None:
    log = RunLog.start(tmp_path, "refresh", "0.1.0")
    assert [run.status for run in last_runs(tmp_path)] == ["running"]
    log.stage("crawl")
    log.stage("load", {"crawl": {"tin": "Lê Chân"}})
    log.finish("done", counts={"load": 3})
    (run,) = last_runs(tmp_path)
    assert (run.run_id, run.command, run.version) == (log.run_id, "refresh", "0.1.0")
    assert (run.status, run.exit_code, run.message, run.stage) == ("done", 0, None, "load")
    assert run.counts == {"load": 3}
    assert run.finished_at is not None
    assert run.finished_at >= run.started_at
    assert stopped_at(tmp_path, "refresh") is None


def test_counts_of_a_stage_stay_where_the_end_brings_none(tmp_path: Path) -> None:
    log = RunLog.start(tmp_path, "refresh", "0.1.0")
    log.stage("load", {"crawl": 1})
    log.finish("refused", exit_code=1, message="cổng không mở")
    (run,) = last_runs(tmp_path)
    assert (run.counts, run.message, run.exit_code) == ({"crawl": 1}, "cổng không mở", 1)
    assert stopped_at(tmp_path, "refresh") == "load"


def test_a_killed_run_is_interrupted_at_the_next_start(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert [run.status for run in last_runs(tmp_path)] == ["running"]
    assert stopped_at(tmp_path, "refresh") == "load"
    RunLog.start(tmp_path, "refresh", "0.1.0").finish("done")
    done, killed = last_runs(tmp_path)
    assert (done.status, killed.status) == ("done", "interrupted")
    assert killed.counts == {"crawl": {"lechan": {"fetched": 12}}}
    assert stopped_at(tmp_path, "refresh") is None


def test_runs_are_listed_newest_first_and_by_command(tmp_path: Path) -> None:
    for command in ("load", "refresh", "load"):
        RunLog.start(tmp_path, command, "0.1.0").finish("done")
    assert [run.command for run in last_runs(tmp_path, limit=2)] == ["load", "refresh"]
    assert [run.command for run in last_runs(tmp_path, command="load")] == ["load", "load"]
    assert stopped_at(tmp_path, "publish") is None


def test_a_home_without_a_warehouse_has_no_runs(tmp_path: Path) -> None:
    assert last_runs(tmp_path) == []
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("error", "status"),
    [(BuildError("no"), "refused"), (ValueError("bug"), "failed"), (KeyboardInterrupt(), "interrupted")],
)
def test_the_status_says_what_kind_of_end_it_was(error: BaseException, status: str) -> None:
    assert status_of(error) == status
