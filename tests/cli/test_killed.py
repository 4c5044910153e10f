"""kill -9, SIGTERM and Ctrl-C at random moments of every stage: the end is that of an undisturbed run."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from scraper.replica import Replica, serve, write_portals
from tests.reliability.commands import STAGES, Commands
from tests.reliability.end_state import differences, end_state
from tests.reliability.kills import Kill, Tally, carry_out, durations, planned
from tests.warehouse.tables import doubled

KILLS = {"crawl": 4, "load": 3, "build": 2, "publish": 1}


@pytest.mark.slow
def test_a_refresh_killed_in_every_stage_ends_as_one_that_was_not(tmp_path: Path) -> None:
    with serve(Replica(seed=11, articles=30)) as served:
        write_portals(tmp_path / "portals", connect=served.connect)
        with Commands("--portals-dir", tmp_path / "portals", "--home", tmp_path / "whole") as commands:
            undisturbed = commands.start("refresh")
            seconds = durations(undisturbed)
            assert undisturbed.wait().code == 0, undisturbed.err
        expected = end_state(tmp_path / "whole")

        home = tmp_path / "killed"
        chance = random.Random(20261123)
        tally = Tally()
        with Commands("--portals-dir", tmp_path / "portals", "--home", home) as commands:
            for kill in planned(chance, seconds, KILLS, gentle=1000):
                carry_out(kill, commands, home, tally)
            done = commands.run("refresh")
            assert done.code == 0, done.err
            assert differences(end_state(home), expected) == []
            for number in (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM):
                kill = Kill("publish", "publish", number, chance.random() * seconds["publish"])
                carry_out(kill, commands, home, tally, "--force")
            assert commands.run("publish").code == 0
    assert tally.lost == []
    assert set(tally.kills) == set(STAGES), tally.kills
    assert tally.kills.total() >= 10, tally.kills
    assert doubled(home) == {}
    assert differences(end_state(home), expected) == []
