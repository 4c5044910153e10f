"""Kills, signals and a misbehaving server by the hundred: what a home holds in the end, and what was lost.

`make soak KILLS=200` runs it. Each round is a home of its own whose commands are stopped at random moments of
every stage, with faults of the server switched on at random; then the faults end, the time passes that failed
pages wait, the same command runs to its end, and what it leaves is compared with an undisturbed run's. A
round depends on the seed and its number alone. Rounds that are done are kept in a JSON file: the same call
goes on behind them.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scraper.replica import Replica, Served, serve, write_portals
from tests.reliability.commands import STAGES, Commands
from tests.reliability.end_state import State, differences, end_state
from tests.reliability.kills import Kill, Tally, carry_out, durations
from tests.warehouse.tables import doubled

ARTICLES = 30
STOPS = {"crawl": 26, "load": 18, "build": 3, "publish": 9}
"""Of a round, by the stage."""

FAULTS: dict[str, dict[str, Any]] = {
    "unavailable": {"retry_after": 1},
    "slow": {"seconds": 0.5},
    "trickle": {"bytes": 2048, "seconds": 0.02},
    "truncated": {"share": 0.6},
    "chunked_cut": {"share": 0.6},
    "reset": {"share": 0.3},
    "challenge": {},
    "many_headers": {"count": 5000},
    "redirect_loop": {},
    "huge": {"megabytes": 12},
    "bomb": {"megabytes": 40},
    "html_robots": {},
    "huge_robots": {},
}
"""Faults that pass and leave no other history behind, with their options."""


@dataclass
class Round:
    """What one round did and found."""

    number: int
    kills: dict[str, int] = field(default_factory=dict)
    stops: dict[str, int] = field(default_factory=dict)
    commands: int = 0
    faults: list[str] = field(default_factory=list)
    answers_spoilt: int = 0
    torn: int = 0
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)


def stops(chance: random.Random, seconds: dict[str, float], stage: str) -> Iterator[tuple[Kill, list[str]]]:
    """Yield the stops of one stage with what their command gets besides."""
    for place in range(STOPS[stage]):
        number = signal.SIGKILL
        if chance.random() < 0.15:
            number = chance.choice((signal.SIGTERM, signal.SIGINT))
        alone = chance.random() < 0.75 or stage == "publish"
        # What is done already is done once more, so that there is something to kill.
        more = {"crawl": ["--full"] if place % 2 else [], "load": ["--again"] if place % 2 else []}
        more["publish"] = ["--force"]
        moment = chance.uniform(0.02, 0.95) * seconds[stage]
        yield Kill(stage if alone else "refresh", stage, number, moment), more.get(stage, []) if alone else []


def play(number: int, seed: int, served: Served, folder: Path, portals: Path, expected: State,
         seconds: dict[str, float]) -> Round:  # fmt: skip
    """Play one round and return what it found."""
    began = time.monotonic()
    chance = random.Random(f"{seed}-{number}")
    home = folder / f"round-{number}"
    tally, played = Tally(), Round(number)
    faults = []
    if chance.random() < 0.6:
        for kind in chance.sample(sorted(FAULTS), chance.randint(1, 3)):
            times = chance.randint(1, 4)
            faults.append(served.faults.add(kind, times=times, every=chance.randint(1, 9), **FAULTS[kind]))
    with Commands("--portals-dir", portals, "--home", home) as commands:
        for stage in STAGES[:-1]:
            for kill, more in stops(chance, seconds, stage):
                carry_out(kill, commands, home, tally, *more)
        played.faults = [fault.kind for fault in faults]
        played.answers_spoilt = sum(fault.met for fault in faults)
        served.faults.clear()
        for _ in range(2 if faults else 1):
            time_passes(home)
            done = commands.run("refresh", "--force")
            tally.reruns += 1
            if done.code != 0 and not faults:
                tally.lost.append(f"the last refresh ended with {done.code}: {done.err[-800:]}")
        tally.lost += differences(end_state(home), expected)
        for kill, more in stops(chance, seconds, "publish"):
            carry_out(kill, commands, home, tally, *more)
        done = commands.run("publish")
        if done.code != 0:
            tally.lost.append(f"the last publish ended with {done.code}: {done.err[-800:]}")
    tally.lost += differences(end_state(home), expected)
    tally.lost += [f"{table} doubled: {keys}" for table, keys in doubled(home).items()]
    played.kills, played.stops = dict(tally.kills), dict(tally.stops)
    played.commands, played.torn = tally.reruns + 1, tally.torn
    played.lost, played.seconds = tally.lost, round(time.monotonic() - began, 1)
    if not tally.lost:
        shutil.rmtree(home)
    return played


def time_passes(home: Path) -> None:
    """Let the time pass that failed, refused and vanished pages wait before they are asked for again."""
    for path in home.glob("*/frontier.sqlite"):
        with closing(sqlite3.connect(path)) as frontier, frontier:
            frontier.execute(
                "update page set due_at = 0 where state in ('failed', 'refused', 'gone', 'moved')"
                " and due_at is not null"
            )


def table(rounds: Sequence[Round], seed: int) -> str:
    """Return what all rounds did as a table for people."""
    lines = [f"{'stage':10}{'kill -9':>10}{'SIGTERM, Ctrl-C':>18}"]
    kills = sum((Counter(one.kills) for one in rounds), Counter[str]())
    gentle = sum((Counter(one.stops) for one in rounds), Counter[str]())
    lines += [f"{stage:10}{kills[stage]:>10}{gentle[stage]:>18}" for stage in STAGES]
    lines += [f"{'all':10}{kills.total():>10}{gentle.total():>18}", ""]
    faults = sum((Counter(one.faults) for one in rounds), Counter[str]())
    spoilt = sum(one.answers_spoilt for one in rounds)
    lost = [line for one in rounds for line in one.lost]
    lines += [
        f"rounds (homes): {len(rounds)}, seed {seed}, {ARTICLES} articles on four portals",
        f"commands run: {sum(one.commands for one in rounds)}",
        f"torn records cut off by a crawl that came to its end: {sum(one.torn for one in rounds)}",
        f"faults of the server: {faults.total()} in {sum(bool(one.faults) for one in rounds)} rounds, "
        f"{spoilt} answers spoilt ({', '.join(f'{kind} {n}' for kind, n in sorted(faults.items()))})",
        f"seconds: {sum(one.seconds for one in rounds):.0f}",
        "lost: nothing" if not lost else f"LOST: {len(lost)} things, see the JSON",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kill -9 at least so often")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--only", type=int, help="play this round alone, e.g. one that lost something")
    parser.add_argument("--state", type=Path, default=Path("build/soak.json"))
    given = parser.parse_args()
    rounds: list[Round] = []
    if given.only is None and given.state.is_file():
        kept = json.loads(given.state.read_text(encoding="utf-8"))
        rounds = [Round(**one) for one in kept["rounds"]] if kept["seed"] == given.seed else []
    folder = Path(tempfile.mkdtemp(prefix="cityledger-soak-"))
    with serve(Replica(seed=11, articles=ARTICLES)) as served:
        portals = folder / "portals"
        write_portals(portals, connect=served.connect)
        with Commands("--portals-dir", portals, "--home", folder / "whole") as commands:
            undisturbed = commands.start("refresh")
            seconds = durations(undisturbed)
            if undisturbed.wait().code != 0:
                sys.exit(undisturbed.err)
        expected = end_state(folder / "whole")
        while given.only is not None or sum(sum(one.kills.values()) for one in rounds) < given.kills:
            number = given.only if given.only is not None else len(rounds) + 1
            played = play(number, given.seed, served, folder, portals, expected, seconds)
            rounds.append(played)
            print(f"round {number}: {json.dumps(asdict(played), ensure_ascii=False)[:3000]}", flush=True)
            if given.only is not None:
                break
            given.state.parent.mkdir(parents=True, exist_ok=True)
            draft = given.state.with_suffix(".draft")
            said = {"seed": given.seed, "rounds": [asdict(one) for one in rounds]}
            draft.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
            draft.replace(given.state)
    if not any(one.lost for one in rounds):
        shutil.rmtree(folder)
    else:
        print(f"the homes that lost something stay in {folder}")
    print(table(rounds, given.seed))
    sys.exit(any(one.lost for one in rounds))


if __name__ == "__main__":
    main()
