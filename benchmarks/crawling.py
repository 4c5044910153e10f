"""The way of the data on a site of our own, stage by stage, and beside it Scrapy fetching the same pages.

Each stage is the command that a user gives, in a process of its own, its start counted; Scrapy fetches the
addresses of all pages from a list and keeps nothing. Rounds go in turns, each into a home of its own.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import ROOT, Cost, cost_of, medians
from benchmarks.site import Served

STAGES = ("crawl", "load", "build", "publish")
_REQUESTS = re.compile(r": ([\d,]+) requests")


@dataclass(slots=True)
class Way:
    """What each stage cost, in medians over the rounds."""

    addresses: int
    """Asked for by the crawl, and by Scrapy."""
    home: Path
    """Of the last round."""
    stages: dict[str, Cost] = field(default_factory=dict)
    scrapy: Cost | None = None


def measure(site: Served, folder: Path, rounds: int, scrapy: Path | None) -> Way:
    """Crawl, load, build and publish a site so many times, in turns with a Python that has Scrapy."""
    addresses = len(site.addresses.read_text("utf-8").splitlines())
    costs: dict[str, list[Cost]] = {stage: [] for stage in (*STAGES, "scrapy")}
    home = folder / "home"
    for _ in range(rounds):
        shutil.rmtree(home, ignore_errors=True)
        if scrapy is not None:
            peer: list[str | Path] = [
                scrapy,
                ROOT / "benchmarks" / "peers" / "scrapy_crawl.py",
                site.addresses,
                str(site.port),
            ]
            costs["scrapy"].append(cost_of(peer))
            _expect(addresses, int(costs["scrapy"][-1].said), "Scrapy")
        for stage in STAGES:
            costs[stage].append(cost_of(_command(stage, site, home)))
        asked = sum(int(number.replace(",", "")) for number in _REQUESTS.findall(costs["crawl"][-1].said))
        _expect(addresses, asked, "the crawl")
    found = {stage: medians(each) for stage, each in costs.items() if each}
    peer_cost = found.pop("scrapy", None)
    return Way(addresses, home, found, peer_cost)


def _command(stage: str, site: Served, home: Path) -> list[str | Path]:
    portals: list[str | Path] = ["--portals-dir", site.portals] if stage in ("crawl", "load") else []
    return [sys.executable, ROOT / "orchestrate.py", stage, "--home", home, *portals]


def _expect(wanted: int, came: int, whose: str) -> None:
    if came != wanted:
        sys.exit(f"{whose} asked for {came:,} addresses, not {wanted:,}: the figures would not compare")
