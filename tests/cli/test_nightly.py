"""A night with trouble: who crossed a bound is held and told, the hook hears it, `status` says what to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import City, run
from warehouse.lock import note_stage, run_lock

pytestmark = pytest.mark.slow

HOOK = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read()); sys.exit('no mail server')"
BOUND = "learned = false\nnew_per_week = 1000"


@dataclass(frozen=True)
class Night:
    """A home whose second refresh crossed a bound of one portal, and what the hook heard of it."""

    home: Path
    portals_dir: Path
    held: str
    heard: dict[str, Any]
    fetches: int
    """Of that portal, in what was published before."""
    refreshed: subprocess.CompletedProcess[str]

    def status(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(run("status", "--home", self.home, "--json").stdout)
        return told


def fetches_of(home: Path, portal: str) -> int:
    sql = f"select fetch_count from portals where portal = '{portal}'"
    return int(run("query", sql, "--home", home, "--csv").stdout.splitlines()[1])


@pytest.fixture(scope="module")
def night(city: City, tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("night")
    home, portals, heard = folder / "home", folder / "my portals", folder / "what it heard.json"
    shutil.copytree(city.home, home, symlinks=True)
    shutil.copytree(city.portals_dir, portals)
    bounded = min(portals.glob("*.toml"))
    text = bounded.read_text("utf-8")
    assert "[expect]\nlearned = false" in text
    bounded.write_text(text.replace("learned = false", BOUND), "utf-8")
    hook = f"{sys.executable} -c \"{HOOK}\" '{heard}'"
    before = fetches_of(home, bounded.stem)
    done = run("refresh", "--home", home, "--portals-dir", portals, env={"CITYLEDGER_ON_TROUBLE": hook})
    return Night(home, portals, bounded.stem, json.loads(heard.read_text("utf-8")), before, done)


def test_the_run_ends_with_1_and_one_line_names_portal_bound_and_what_to_do(night: Night) -> None:
    assert night.refreshed.returncode == 1
    (line,) = [line for line in night.refreshed.stderr.splitlines() if line.startswith("error:")]
    for part in (night.held, "[expect] new_per_week", "at least 1000", "portals release"):
        assert part in line
    assert fetches_of(night.home, night.held) == night.fetches


def test_the_hook_hears_it_as_json_and_its_own_failure_hides_nothing(night: Night) -> None:
    assert night.heard["schema"] == "cityledger.trouble/1"
    assert (night.heard["command"], night.heard["exit_code"]) == ("refresh", 1)
    (portal,) = night.heard["portals"]
    assert (portal["portal"], portal["held"], portal["failure"]) == (night.held, True, None)
    assert [trouble["bound"] for trouble in portal["troubles"]] == ["expect.new_per_week"]
    assert "no mail server" in night.refreshed.stderr


def test_status_tells_of_the_hold_and_of_each_stage(night: Night) -> None:
    told = night.status()
    health = {portal["portal"]: portal for portal in told["health"]}
    assert {slug for slug, portal in health.items() if portal["held_at"]} == {night.held}
    assert [advice["portal"] for advice in told["advice"]] == [night.held]
    assert "portals release" in told["advice"][0]["todo"]
    assert health[night.held]["fill"]["headline"]["of"] > 0
    last = told["runs"][0]
    assert (last["status"], last["exit_code"]) == ("refused", 1)
    assert {"crawl", "load", "judge", "build", "publish", "tell"} == set(last["seconds"])
    shown = run("status", "--home", night.home).stdout
    assert f"trouble: {night.held}: held" in shown
    assert "→" in shown


def test_a_run_that_is_going_on_is_named_and_not_disturbed(night: Night) -> None:
    with run_lock(night.home, "refresh"):
        note_stage(night.home, "load")
        told = night.status()
        asked = run("query", "select count(*) from articles", "--home", night.home, "--csv")
    assert (told["running"]["command"], told["running"]["stage"]) == ("refresh", "load")
    assert asked.returncode == 0


def test_a_person_lets_the_portal_go(night: Night) -> None:
    assert run("portals", "release", night.held, "--home", night.home).returncode == 0
    assert [portal["held_at"] for portal in night.status()["health"]] == [None] * 4
    again = run("portals", "release", night.held, "--home", night.home)
    assert again.returncode == 2
    assert "not held" in again.stderr


def test_a_hook_that_is_no_command_line_is_wrong_usage(night: Night) -> None:
    done = run("refresh", "--home", night.home, "--on-trouble", "mail 'root")
    assert done.returncode == 2
    assert "--on-trouble" in done.stderr
