"""kill -9 and SIGTERM at random moments of every stage: the end is that of a run that was left alone."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.cli.conftest import City
from tests.reliability.commands import STAGES, Commands
from tests.reliability.end_state import differences, end_state
from tests.reliability.kills import Kill, Tally, carry_out
from tests.warehouse.tables import doubled

pytestmark = pytest.mark.slow

SECONDS = {"crawl": 1.2, "load": 2.5, "build": 8.0, "publish": 2.0}
"""About how long a stage takes: what decides where in it a kill falls, and nothing else."""

STOPS = (
    *[("refresh", "crawl", signal.SIGKILL)] * 4,
    ("refresh", "load", signal.SIGKILL),
    *[("load", "load", signal.SIGKILL)] * 2,
    ("load", "load", signal.SIGTERM),
    *[("build", "build", signal.SIGKILL)] * 2,
)


def test_a_home_whose_every_stage_was_killed_ends_as_one_that_was_left_alone(
    city: City, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    expected = end_state(city.home)
    chance = random.Random(20261123)
    tally = Tally()
    with Commands("--portals-dir", city.portals_dir, "--home", home) as commands:
        for command, stage, number in STOPS:
            moment = chance.uniform(0.02, 0.9) * SECONDS[stage]
            carry_out(Kill(command, stage, number, moment), commands, home, tally)
        done = commands.run("refresh")
        assert done.code == 0, done.err
        assert differences(end_state(home), expected) == []
        for number in (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM):
            kill = Kill("publish", "publish", number, chance.uniform(0.02, 0.9) * SECONDS["publish"])
            carry_out(kill, commands, home, tally, "--force")
        done = commands.run("publish")
        assert done.code == 0, done.err
    assert tally.lost == []
    assert set(tally.kills) == set(STAGES), tally.kills
    assert tally.kills.total() >= 10, tally.kills
    assert doubled(home) == {}
    assert differences(end_state(home), expected) == []
