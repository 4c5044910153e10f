"""One run at a time; what a dead run leaves behind does no harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import HomeError, LockedError
from warehouse.lock import lock_path, note_stage, run_lock, running

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


def test_the_lock_is_taken_again_after_it_was_freed(tmp_path: Path) -> None:
    for _ in range(2):
        with run_lock(tmp_path, "load"):
            pass


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="--home"), run_lock(tmp_path / "file" / "home"):
        pass
