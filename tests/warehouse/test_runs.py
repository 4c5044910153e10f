"""The run log: what ran, how it ended, and where a killed run stood."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import BuildError, InterruptedRun, LockedError
from warehouse.connect import warehouse_path
from warehouse.runs import Run, RunLog, last_runs, run_logged, status_of

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
    assert set(run.seconds) == {"crawl", "load"}
    assert run.finished_at is not None
    assert run.finished_at >= run.started_at


def test_counts_of_a_stage_stay_where_the_end_brings_none(tmp_path: Path) -> None:
    log = RunLog.start(tmp_path, "refresh", "0.1.0")
    log.stage("load", {"crawl": 1})
    log.finish("refused", exit_code=1, message="cổng không mở")
    (run,) = last_runs(tmp_path)
    assert (run.counts, run.message, run.exit_code) == ({"crawl": 1}, "cổng không mở", 1)
    assert run.stage == "load"


def test_a_killed_run_is_interrupted_at_the_next_start(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert [(run.status, run.stage) for run in last_runs(tmp_path)] == [("running", "load")]
    RunLog.start(tmp_path, "refresh", "0.1.0").finish("done")
    done, killed = last_runs(tmp_path)
    assert (done.status, killed.status) == ("done", "interrupted")
    assert killed.counts == {"crawl": {"lechan": {"fetched": 12}}}


class Terminated(KeyboardInterrupt):
    """As the command line raises it when SIGTERM comes."""

    exit_code = 143


def only_run(home: Path) -> Run:
    (run,) = last_runs(home)
    return run


def test_a_run_that_goes_through_is_done(tmp_path: Path) -> None:
    with run_logged(tmp_path, "load", "0.1.0") as log:
        log.stage("load", {"read": 3})
        assert only_run(tmp_path).status == "running"
    run = only_run(tmp_path)
    assert (run.command, run.version, run.status, run.exit_code) == ("load", "0.1.0", "done", 0)
    assert (run.message, run.stage, run.counts) == (None, "load", {"read": 3})


@pytest.mark.parametrize(
    ("error", "status", "code", "message"),
    [
        (BuildError("model articles: no"), "refused", 1, "model articles: no"),
        (LockedError("held"), "refused", 3, "held"),
        (InterruptedRun(15), "interrupted", 143, "stopped by a signal; what was done is kept"),
        (KeyboardInterrupt(), "interrupted", 130, "stopped by a signal"),
        (Terminated(), "interrupted", 143, "stopped by a signal"),
        (ValueError("a\nmistake"), "failed", 1, "ValueError: a mistake"),
        (MemoryError(), "failed", 1, "MemoryError"),
        (SystemExit(2), "failed", 2, "SystemExit: 2"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_ended_a_run_is_logged_and_goes_on(
    tmp_path: Path, error: BaseException, status: str, code: int, message: str
) -> None:
    def ended() -> None:
        with run_logged(tmp_path, "build", "0.1.0") as log:
            log.stage("build")
            raise error

    with pytest.raises(type(error)) as raised:
        ended()
    assert raised.value is error
    run = only_run(tmp_path)
    assert (run.status, run.exit_code, run.stage) == (status, code, "build")
    assert run.message is not None
    assert run.message.startswith(message)
    assert run.finished_at is not None


def test_leaving_with_success_is_done(tmp_path: Path) -> None:
    with pytest.raises(SystemExit), run_logged(tmp_path, "build", "0.1.0"):
        raise SystemExit
    assert (only_run(tmp_path).status, only_run(tmp_path).exit_code) == ("done", 0)


def test_an_end_that_cannot_be_written_does_not_hide_what_ended_the_run(tmp_path: Path) -> None:
    file, kept = warehouse_path(tmp_path), tmp_path / "kept"

    def ended() -> None:
        with run_logged(tmp_path, "build", "0.1.0"):
            shutil.copy(file, kept)
            file.write_bytes(b"no database " * 1_000)
            raise BuildError("the first error")

    with pytest.raises(BuildError, match="the first error"):
        ended()
    kept.replace(file)
    with run_logged(tmp_path, "build", "0.1.0"):
        pass
    assert [run.status for run in last_runs(tmp_path)] == ["done", "interrupted"]


def test_runs_are_listed_newest_first_and_by_command(tmp_path: Path) -> None:
    for command in ("load", "refresh", "load"):
        RunLog.start(tmp_path, command, "0.1.0").finish("done")
    assert [run.command for run in last_runs(tmp_path, limit=2)] == ["load", "refresh"]
    assert [run.command for run in last_runs(tmp_path, command="load")] == ["load", "load"]


def test_a_home_without_a_warehouse_has_no_runs(tmp_path: Path) -> None:
    assert last_runs(tmp_path) == []
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("error", "status"),
    [(BuildError("no"), "refused"), (ValueError("bug"), "failed"), (KeyboardInterrupt(), "interrupted")],
)
def test_the_status_says_what_kind_of_end_it_was(error: BaseException, status: str) -> None:
    assert status_of(error) == status
