"""The way of the data on a site of our own, stage by stage, and beside it Scrapy fetching the same pages.

Each stage is the command that a user gives, in a process of its own, its start counted. Scrapy fetches all
that the crawl was answered to, robots.txt and sitemaps too, from a list, and keeps nothing. Rounds go in
turns, each into a home of its own.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.measuring import ROOT, Cost, cost_of, medians
from benchmarks.site import Served

STAGES = ("crawl", "load", "build", "publish")
_PEER = ROOT / "benchmarks" / "peers" / "scrapy_crawl.py"


@dataclass(slots=True)
class Way:
    """What each stage cost, in medians over the rounds."""

    addresses: int
    """Whose answers the crawl archived, and which Scrapy asked for too."""
    home: Path
    """Of the last round."""
    stages: dict[str, Cost] = field(default_factory=dict)
    scrapy: Cost | None = None


def measure(site: Served, folder: Path, rounds: int, scrapy: Path | None) -> Way:
    """Crawl, load, build and publish a site so many times, in turns with a Python that has Scrapy."""
    costs: dict[str, list[Cost]] = {stage: [] for stage in (*STAGES, "scrapy")}
    home, addresses = folder / "home", folder / "addresses.txt"
    asked = 0
    for _ in range(rounds):
        shutil.rmtree(home, ignore_errors=True)
        for stage in STAGES:
            costs[stage].append(cost_of(_command(stage, site, home)))
            if stage == "crawl":
                asked = _write_addresses(home, site.portals, addresses)
            if stage == "crawl" and scrapy is not None:
                peer: list[str | Path] = [scrapy, _PEER, addresses, str(site.port)]
                costs["scrapy"].append(cost_of(peer))
                came = int(costs["scrapy"][-1].said)
                if came != asked:
                    sys.exit(f"Scrapy got {came:,} answers, not {asked:,}: the figures would not compare")
    found = {stage: medians(each) for stage, each in costs.items() if each}
    peer_cost = found.pop("scrapy", None)
    return Way(asked, home, found, peer_cost)


def _write_addresses(home: Path, portals: Path, file: Path) -> int:
    """Write down host and path of every answer that a crawl archived; return how many there are."""
    from scraper.archive.reader import archive_files, archive_folder, read_archive

    lines = []
    for slug in sorted(path.stem for path in portals.glob("*.toml")):
        folder = archive_folder(home, slug)
        for archived in archive_files(folder):
            for captured in read_archive(folder, slug, archived.name):
                parts = urlsplit(captured.fetch.url)
                lines.append(f"{parts.netloc} {parts.path}{'?' * bool(parts.query)}{parts.query}\n")
    file.write_text("".join(lines), "utf-8")
    return len(lines)


def _command(stage: str, site: Served, home: Path) -> list[str | Path]:
    if stage == "publish":  # It tells its steps apart.
        return [sys.executable, "-m", "benchmarks.publishing", home]
    portals: list[str | Path] = ["--portals-dir", site.portals] if stage in ("crawl", "load") else []
    return [sys.executable, ROOT / "orchestrate.py", stage, "--home", home, *portals]
