"""A home that the command line itself filled from a served replica, and commands run as a user runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
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


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one worker do all that uses the city: it takes as long to fill as many tests take together."""
    for item in items:
        if "city" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("city"))


@dataclass(frozen=True)
class City:
    """A small replica being served, its portal files, and a home that was refreshed from it."""

    served: Served
    portals_dir: Path
    home: Path
    refreshed: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    with serve(Replica(seed=11, articles=60)) as served:
        write_portals(folder / "portals", connect=served.connect)
        done = run_cold("refresh", "--home", folder / "home", "--portals-dir", folder / "portals")
        assert done.returncode == 0, done.stdout + done.stderr
        yield City(served, folder / "portals", folder / "home", done)
