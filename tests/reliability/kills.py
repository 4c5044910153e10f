"""Kills in one home, stage by stage at random moments, each followed by the same command again."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.commands import STAGES, Commands, Running
from tests.reliability.end_state import unkept

SIGNALS = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}
"""What a process that is stopped by a signal ends with."""


@dataclass
class Tally:
    """What was done and what was found. Counts."""

    kills: Counter[str] = field(default_factory=Counter)
    """By the stage in which SIGKILL came."""
    stops: Counter[str] = field(default_factory=Counter)
    """By the stage in which SIGTERM or SIGINT came."""
    reruns: int = 0
    torn: int = 0
    """Records that a kill left half written, cut off by the next crawl."""
    lost: list[str] = field(default_factory=list)
    """Every promise that was not kept, in words."""


@dataclass(frozen=True)
class Kill:
    """A stop to come: when a command is in a stage, so many seconds into it."""

    command: str
    stage: str
    number: signal.Signals
    seconds: float


def durations(running: Running) -> dict[str, float]:
    """Watch an undisturbed refresh and return the seconds that each stage takes."""
    began: dict[str, float] = {}
    while running.code() is None:
        began.setdefault(running.stage, time.monotonic())
        time.sleep(0.01)
    moments = [*(began[stage] for stage in STAGES if stage in began), time.monotonic()]
    return {stage: moments[n + 1] - moments[n] for n, stage in enumerate(s for s in STAGES if s in began)}


def planned(
    chance: random.Random, seconds: Mapping[str, float], counts: Mapping[str, int], gentle: int
) -> Iterator[Kill]:
    """Yield kills in the order of the stages, at random moments of theirs.

    Args:
        chance: Decides everything.
        seconds: How long a stage takes undisturbed.
        counts: Kills by stage.
        gentle: One of so many stops is a SIGTERM or a Ctrl-C.
    """
    for stage in STAGES:
        for _ in range(counts[stage]):
            is_gentle = chance.randrange(gentle) == 0
            number = chance.choice((signal.SIGTERM, signal.SIGINT)) if is_gentle else signal.SIGKILL
            yield Kill("refresh", stage, number, chance.uniform(0.02, 0.95) * seconds[stage])


def carry_out(kill: Kill, commands: Commands, home: Path, tally: Tally, *more: str) -> None:
    """Start the command, stop it when its moment has come, and note what it did not keep."""
    running = commands.start(kill.command, *more)
    tally.reruns += 1
    stage = running.stage if kill.command == "refresh" else kill.command
    while running.code() is None and kill.command == "refresh" and stage != kill.stage:
        time.sleep(0.005)
        stage = running.stage
    deadline = time.monotonic() + kill.seconds
    while running.code() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    if running.code() is None:
        stage = running.stage if kill.command == "refresh" else kill.command
        running.send(kill.number)
        try:
            ended = running.wait()
        except AssertionError as hanging:
            tally.lost.append(f"{kill}: {hanging}")
            return
        # The interpreter itself may have been on its way out when a signal came.
        if ended.code in (SIGNALS[kill.number], -kill.number):
            (tally.kills if kill.number == signal.SIGKILL else tally.stops)[stage] += 1
        elif ended.code != 0:  # It may have been at its end when the signal came.
            tally.lost.append(f"{kill}: ended with {ended.code}: {ended.err[-500:]}")
    ended = running.wait()
    if "Traceback" in ended.err:
        tally.lost.append(f"{kill}: {ended.err[-1500:]}")
    tally.torn += ended.out.count("unfinished record")
    tally.lost += [f"{kill}: {broken}" for broken in unkept(home)]
