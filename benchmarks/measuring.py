"""What a command costs with everything that it starts: wall and CPU seconds, and memory at its peak.

    python -m benchmarks.measuring RESULT COMMAND…

runs the command and writes a JSON object to RESULT. The process of this module adopts what the command leaves
behind (a server of forks outlives it for a moment), so that no CPU time is lost; memory is the sum of the
proportional set sizes of all of them, looked at four times a second, and at least the largest one's own peak.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
_EVERY = 0.25
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of <linux/prctl.h>."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run of a command."""

    wall: float
    cpu: float
    peak: int
    """Bytes."""
    said: str
    """What it printed."""


def cost_of(command: Sequence[str | Path], cwd: Path = ROOT) -> Cost:
    """Run a command and return what it cost; end this process with its words where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "cost.json"
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.measuring", told, *command],
            check=False,
            cwd=cwd,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return Cost(**json.loads(told.read_text("utf-8")), said=done.stdout)


def medians(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure, and the last words."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        int(statistics.median(cost.peak for cost in costs)),
        costs[-1].said,
    )


def _watch(ended: threading.Event, peaks: list[int]) -> None:
    while not ended.wait(_EVERY):
        peaks.append(sum(_memory(process) for process in _descendants(os.getpid())))


def _descendants(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                stat = (folder / "stat").read_text("utf-8", "replace")
                parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found: list[int] = []
    for process in parents:
        above = process
        while above in parents and above != root:
            above = parents[above]
        if above == root and process != root:
            found.append(process)
    return found


def _memory(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def main() -> None:
    """Run the command that is given and write down its cost."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    ended = threading.Event()
    peaks: list[int] = []
    watching = threading.Thread(target=_watch, args=(ended, peaks), daemon=True)
    watching.start()
    began = perf_counter()
    status = subprocess.run(sys.argv[2:], check=False).returncode
    wall = perf_counter() - began
    with suppress(ChildProcessError):
        while True:
            os.wait()  # What it left behind ends by itself.
    ended.set()
    watching.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = max([used.ru_maxrss * 1024, *peaks])
    told = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": peak}
    Path(sys.argv[1]).write_text(json.dumps(told), "utf-8")
    sys.exit(status)


if __name__ == "__main__":
    main()
