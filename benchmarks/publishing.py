"""Where publishing spends its time: what `publish` does, step by step as it tells its progress.

    python -m benchmarks.publishing HOME        # built before; publishes it

Prints one JSON object: wall seconds by step. What comes between the search index and the shelf is the site,
with the digests of its files; target 2 of issue 9 leaves it out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

SITE = "drawing the site"


def main() -> None:
    """Publish a home as the command does and print what each step took."""
    began = perf_counter()
    import orchestrate  # noqa: F401 - a command's start counts
    from warehouse.cli import publish_marts

    steps = ["starting"]
    seconds = {"starting": 0.0}
    last = began

    def heard(step: str, done: int, total: int | None) -> None:
        nonlocal last
        now = perf_counter()
        # What is not told yet belongs to the step that is told next.
        seconds[step] = seconds.get(step, 0.0) + now - last
        last = now
        if steps[-1] != step:
            steps.append(step)

    publish_marts(Path(sys.argv[1]), heard, keep=5, max_drop=0.2, force=True)
    print(json.dumps({step: round(seconds[step], 3) for step in dict.fromkeys(steps)}))


if __name__ == "__main__":
    main()
