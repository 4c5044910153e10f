"""A disk that is full and a home that is read-only: one clear line, the old state whole, then on again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import City, run
from tests.reliability.end_state import differences, end_state, unkept
from warehouse.publication.manifest import damage

pytestmark = pytest.mark.slow

ROOM = {"crawl": 16, "load": 64, "build": 400, "publish": 3000}
"""Kilobytes left on the disk: enough for a stage to begin and too little for it to end."""


class Disk:
    """A file system of its own in memory, of a size that can be changed."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def mount(self, *options: str) -> None:
        command = ["mount", *options, str(self.place)]
        subprocess.run(command, check=True, capture_output=True, text=True)

    def leave(self, kilobytes: int) -> None:
        """Make the disk so large that so much is left on it."""
        found = os.statvfs(self.place)
        used = (found.f_blocks - found.f_bfree) * found.f_frsize // 1024
        self.mount("-o", f"remount,rw,size={used + kilobytes}k")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    place = tmp_path / "disk"
    place.mkdir()
    made = Disk(place)
    try:
        made.mount("-t", "tmpfs", "-o", "size=200m", "tmpfs")
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system can be mounted here, so that none can be filled up: {error}")
    try:
        yield made
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def refused(*command: str | Path) -> str:
    """Run a command that must end with 1 and one line, and return the line."""
    done = run(*command)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert len(said) == 1, done.stderr
    return said[0]


def test_a_full_disk_stops_each_stage_with_one_line_and_the_next_run_goes_on(city: City, disk: Disk) -> None:
    home = disk.place / "home"
    shutil.copytree(city.home, home, symlinks=True)
    expected = end_state(city.home)
    current = (home / "published" / "current").resolve()
    shared = ("--home", home, "--portals-dir", city.portals_dir)
    for stage, more in (("publish", "--force"), ("crawl", "--full"), ("load", "--again"), ("build", None)):
        disk.leave(ROOM[stage])
        line = refused(stage, *([more] if more else []), *shared)
        assert "free" in line, line
        assert unkept(home) == []
        assert (home / "published" / "current").resolve() == current
        assert damage(current) == []
    disk.leave(100_000)
    done = run("refresh", *shared)
    assert done.returncode == 0, done.stderr
    assert differences(end_state(home), expected) == []


def test_a_read_only_home_is_told_in_one_line_and_can_be_read(city: City, disk: Disk) -> None:
    home = disk.place / "home"
    shutil.copytree(city.home, home, symlinks=True)
    disk.mount("-o", "remount,ro")
    for command in ("refresh", "crawl", "load", "build", "publish"):
        line = refused(command, "--home", home, "--portals-dir", city.portals_dir)
        assert str(home) in line
        assert "--home" in line
    for reading in (["query", "select count(*) from articles"], ["status"]):
        done = run(*reading, "--home", home)
        assert done.returncode == 0, done.stderr
    disk.mount("-o", "remount,rw")
    assert differences(end_state(home), end_state(city.home)) == []
