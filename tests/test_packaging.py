"""What an installed CityLedger needs is in its package: data files, the dbt project, one version."""

from __future__ import annotations

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEVELOPERS_OWN = {".sqlfluff"}


def test_every_data_file_of_the_packages_is_packed() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    tracked = subprocess.run(
        ["git", "ls-files", "scraper", "warehouse", "dbt_project"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    names = {Path(line).name for line in tracked if not line.endswith(".py")} - DEVELOPERS_OWN
    assert names
    assert {name for name in names if not any(fnmatch(name, pattern) for pattern in patterns)} == set()


def name_of(requirement: str) -> str:
    """Give the name of a requirement, spelled as PEP 503 normalises it."""
    name = re.match(r"[\w.-]*\w", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_the_lock_file_pins_every_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {name_of(line) for line in lock.splitlines() if "==" in line}
    asked = list(PROJECT["project"]["dependencies"])
    for extra in PROJECT["project"]["optional-dependencies"].values():
        asked += extra
    names = {name_of(requirement) for requirement in asked}
    assert names - pinned == set()
