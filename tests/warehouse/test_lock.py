"""One run at a time; what a dead run leaves behind does no harm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.errors import HomeError, LockedError
from warehouse.lock import STALE_SECONDS, Holder, lock_path, note_stage, run_lock, running

HOLD = """
import sys
from pathlib import Path
from warehouse.lock import run_lock
with run_lock(Path(sys.argv[1]), "refresh lechan"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder_of(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_another_live_run_is_named(tmp_path: Path) -> None:
    process = holder_of(tmp_path)
    try:
        with pytest.raises(LockedError) as caught, run_lock(tmp_path, "load"):
            pass
    finally:
        process.kill()
        process.wait()
    assert f"`refresh lechan`, process {process.pid}, since 2" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_who_asks_is_told_which_run_goes_on_and_where_it_is(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    process = holder_of(tmp_path)
    try:
        note_stage(tmp_path, "of another process")
        found = running(tmp_path)
    finally:
        process.kill()
        process.wait()
    assert found is not None
    assert (found.pid, found.command, found.stage) == (process.pid, "refresh lechan", None)
    assert running(tmp_path) is None
    with run_lock(tmp_path, "load"):
        note_stage(tmp_path, "build")
        assert "`load`" in str(running(tmp_path))
        assert "in its stage build" in str(running(tmp_path))


def test_a_killed_run_frees_the_lock(tmp_path: Path) -> None:
    process = holder_of(tmp_path)
    process.kill()
    process.wait()
    assert str(process.pid) in lock_path(tmp_path).read_text()
    with run_lock(tmp_path, "load"):
        pass


@pytest.mark.parametrize("left", ["", "no json", '{"pid": 1}', "[]"])
def test_what_stands_in_the_file_does_not_matter(tmp_path: Path, left: str) -> None:
    lock_path(tmp_path).write_text(left)
    with run_lock(tmp_path, "load"):
        lock_path(tmp_path).write_text(left)
        with pytest.raises(LockedError, match="not written yet"), run_lock(tmp_path, "build"):
            pass


def left_by(home: Path, **changes: object) -> None:
    """Write into the lock's file what a run that did not end would have left there."""
    holder = Holder.of_this_process("refresh", datetime(2026, 1, 2, tzinfo=UTC))
    lock_path(home).write_bytes(replace(holder, **changes).as_json())  # type: ignore[arg-type]


def touched(home: Path, seconds_ago: float) -> None:
    moment = time.time() - seconds_ago
    os.utime(lock_path(home), (moment, moment))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"pid": 4_194_305}, id="a process that is dead"),
        pytest.param({"began": 1}, id="a number that another process has now"),
        pytest.param({"host": "other"}, id="another container of this machine"),
        pytest.param({"boot": "before"}, id="this machine before its last start"),
    ],
)
def test_a_run_that_died_on_this_machine_holds_nothing(tmp_path: Path, changes: dict[str, object]) -> None:
    left_by(tmp_path, **changes)
    with run_lock(tmp_path, "load"):
        assert "`load`" in str(running(tmp_path))


def test_a_run_of_another_machine_holds_the_lock_as_long_as_it_is_heard_of(tmp_path: Path) -> None:
    left_by(tmp_path, host="other", boot="other", pid=7)
    touched(tmp_path, STALE_SECONDS - 60)
    for _ in range(2):  # Asking does not make it younger.
        with pytest.raises(LockedError, match="`refresh`, process 7 on other, since 2026") as caught:
            run_lock(tmp_path, "load").__enter__()
        assert "\n" not in str(caught.value)
        assert 59 <= time.time() - lock_path(tmp_path).stat().st_mtime < STALE_SECONDS
    touched(tmp_path, STALE_SECONDS + 60)
    with run_lock(tmp_path, "load"):
        pass


def test_a_run_that_ended_leaves_no_name_for_other_machines(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), run_lock(tmp_path, "load"):
        raise ZeroDivisionError
    assert lock_path(tmp_path).read_bytes() == b""


def test_a_run_touches_its_lock_while_it_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.lock.BEAT_SECONDS", 0.01)
    with run_lock(tmp_path, "load"):
        touched(tmp_path, 1000)
        deadline = time.monotonic() + 20
        while time.time() - lock_path(tmp_path).stat().st_mtime > 500 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert time.time() - lock_path(tmp_path).stat().st_mtime < 500


def test_the_name_of_a_dead_run_is_not_given_for_the_one_that_holds_the_lock(tmp_path: Path) -> None:
    process = holder_of(tmp_path)
    try:
        left_by(tmp_path, began=1)
        with pytest.raises(LockedError, match="its name is not written yet"), run_lock(tmp_path, "load"):
            pass
    finally:
        process.kill()
        process.wait()


def test_the_lock_is_taken_again_after_it_was_freed(tmp_path: Path) -> None:
    for _ in range(2):
        with run_lock(tmp_path, "load"):
            pass


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="--home"), run_lock(tmp_path / "file" / "home"):
        pass
