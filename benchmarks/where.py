"""Where the time goes: the crawl's main thread, and the reading of its archive, by part of the program.

    python -m benchmarks.where [--pages 500]

cProfile counts CPU time of the one thread that works; functions written in C count for whoever called them.
Profiling makes every call dearer, so only the shares mean something.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path
from pstats import Stats
from typing import Any

from benchmarks import site
from benchmarks.measuring import ROOT

_LEAST = 0.01
"""Share of a part that is shown."""


def main() -> None:
    """Print both tables; the crawl is profiled in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--crawl", nargs=2, type=Path, metavar=("HOME", "PORTALS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.crawl:
        _crawl(*given.crawl)
        return
    with tempfile.TemporaryDirectory() as name, site.served(Path(name), given.pages, 7) as served:
        home = Path(name) / "home"
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "benchmarks.where",
            "--crawl",
            home,
            served.portals,
        ]
        subprocess.run(command, check=True, cwd=ROOT)
        _read(home, served.portals)


def _crawl(home: Path, folder: Path) -> None:
    from scraper.crawl.crawl import crawl
    from scraper.portal_catalogue import load_portals
    from scraper.spiders import exchange, middlewares, run  # noqa: F401 - imported before the clock runs

    wanted = {path.stem for path in folder.glob("*.toml")}
    portals = [portal for slug, portal in load_portals(folder).items() if slug in wanted]
    _show("crawl, its main thread", _profiled(lambda: crawl(portals, home), time.thread_time))


def _read(home: Path, folder: Path) -> None:
    from scraper.archive.reader import archive_files, archive_folder, read_archive
    from scraper.harvest.captures import read_captured
    from scraper.portal_catalogue import load_portals

    known = load_portals(folder)

    def read() -> None:
        for slug in sorted(path.stem for path in folder.glob("*.toml")):
            archive = archive_folder(home, slug)
            for file in archive_files(archive):
                for captured in read_archive(archive, slug, file.name):
                    if captured.fetch.kind == "article":
                        read_captured(captured, known[slug])

    _show("archive to article and facts", _profiled(read, time.process_time))


def _profiled(what: Callable[[], object], clock: Callable[[], float]) -> Stats:
    profile = Profile(clock)
    profile.runcall(what)
    return Stats(profile)


def _show(title: str, stats: Stats) -> None:
    seconds: Counter[str] = Counter()
    table: dict[Any, Any] = stats.stats  # type: ignore[attr-defined]  # typeshed leaves it out
    for (file, _, _), (_, _, own, _, callers) in table.items():
        if file != "~":
            seconds[_part(file)] += own
            continue
        for (caller, _, _), (_, _, told, _) in callers.items():
            seconds[_part(caller)] += told
    total = sum(seconds.values())
    print(f"\n{title}")
    for part, taken in seconds.most_common():
        if taken >= _LEAST * total:
            print(f"  {part:28}{100 * taken / total:5.1f} %")
    sys.stdout.flush()


def _part(file: str) -> str:
    """Return the part of the program that a file belongs to: our packages' parts, or a library."""
    path = Path(file)
    if path.is_relative_to(ROOT / "scraper"):
        inner = path.relative_to(ROOT / "scraper").parts
        return f"scraper.{inner[0].removesuffix('.py')}"
    parts = path.parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    return "Python's own library"


if __name__ == "__main__":
    main()
