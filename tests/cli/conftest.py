"""A home that the command line itself filled from a served replica, and commands run as a user runs them."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper.replica import Replica, Served, serve, write_portals
from tests.reliability.commands import Commands

ROOT = Path(__file__).parents[2]


def run(
    *arguments: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, without a terminal, that need not import everything first."""
    with Commands() as commands:
        ended = commands.run(*arguments, cwd=cwd, env=env)
    return subprocess.CompletedProcess(list(map(str, arguments)), ended.code, ended.out, ended.err)


def run_cold(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user types it, beginning with a new interpreter."""
    return subprocess.run(
        [sys.executable, str(ROOT / "orchestrate.py"), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


ELSEWHERE = {"test_disk.py", "test_killed.py", "test_lake.py", "test_nightly.py"}
"""These take as long as all others that use the city, and have another worker use a copy of it."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have two workers do what uses the city: copied, served and forked from, it is there once for each."""
    for item in items:
        if item.path.parent == Path(__file__).parent and "city" in getattr(item, "fixturenames", ()):
            item.add_marker(
                pytest.mark.xdist_group("another city" if item.path.name in ELSEWHERE else "city")
            )


@dataclass(frozen=True)
class City:
    """A small replica being served, its portal files, and a home that was refreshed from it."""

    served: Served
    portals_dir: Path
    home: Path


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[City]:
    """The home is refreshed once for all workers, by a command that begins as a user's does."""
    folder = tmp_path_factory.mktemp("city")
    refreshed = shared_folder / "city"
    with serve(Replica(seed=11, articles=60)) as served:
        write_portals(folder / "portals", connect=served.connect)
        with alone(shared_folder / "city.lock"):
            if not refreshed.exists():
                done = run_cold("refresh", "--home", folder / "home", "--portals-dir", folder / "portals")
                assert done.returncode == 0, done.stdout + done.stderr
                shutil.copytree(folder / "home", refreshed.with_suffix(".part"), symlinks=True)
                refreshed.with_suffix(".part").rename(refreshed)
        if not (folder / "home").exists():
            shutil.copytree(refreshed, folder / "home", symlinks=True)
        yield City(served, folder / "portals", folder / "home")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other worker is in here."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
