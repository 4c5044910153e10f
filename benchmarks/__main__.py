"""Every target of issue 9 in one run and one table, beside what a user would pick instead.

    make bench                                     # 2,000 pages, some minutes of two free cores
    make bench-peers                               # once before: the peers, each at its stated version
    python -m benchmarks --pages 2000 20000        # both sizes; needed for target 7
    python -m benchmarks --pages 2000 --only 1 3   # some targets

The pages are those of `replica write`, seeded, served by nginx on loopback. What is compared runs in turns in
this one run; figures are medians of the rounds. Peers that are not installed are left out, and said to be.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from benchmarks import build, compaction, crawling, publishing, reading, refresh_requests, site
from benchmarks.measuring import ROOT, cost_of

TARGETS = range(1, 9)
_MEGABYTE = 1024 * 1024
_CLOSING = 1_000
"""Pages that fill a file of the archive: fewer leave none that could be compacted."""
_MEMORY_LIMIT = 512
"""Megabytes that DuckDB may take in every stage."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    target: int
    pages: int
    what: str
    ours: str
    peer: str = ""
    ratio: str = ""
    is_met: bool | None = None
    """None: a figure beside the targets."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[2_000], help="sizes of the site")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7, help="of the site")
    parser.add_argument("--only", type=int, nargs="+", choices=TARGETS, default=list(TARGETS))
    parser.add_argument("--peers", type=Path, default=ROOT / ".bench-peers", help="the peers' environments")
    parser.add_argument(
        "--folder", type=Path, help="where the sites and homes are made; else a temporary one"
    )
    given = parser.parse_args()
    pythons = {
        name: python for name in reading.PEERS if (python := given.peers / name / "bin" / "python").is_file()
    }
    began = perf_counter()
    rows: list[Row] = []
    ways: dict[int, crawling.Way] = {}
    try:
        for pages in sorted(given.pages):
            with tempfile.TemporaryDirectory(dir=given.folder) as name:
                _measure(rows, Path(name), pages, given, pythons, ways)
        if 7 in given.only:
            rows += _memory(ways)
    finally:
        _tell(rows, given, pythons, perf_counter() - began)


def _tell(rows: list[Row], given: argparse.Namespace, pythons: dict[str, Path], seconds: float) -> None:
    """Print what was measured, also where the rest could not be."""
    print(f"\n{_machine()}; {given.rounds} rounds, {seconds / 60:.0f} minutes")
    for name in reading.PEERS:
        if name not in pythons:
            print(f"not installed, not measured: {', '.join(reading.PEERS[name])} (make bench-peers)")
    show(rows)


def show(rows: list[Row]) -> None:
    """Print the table, by targets."""
    words = {True: "met", False: "MISSED", None: ""}
    table = [("target", "pages", "what", "ours", "peer", "ratio", "")]
    table += [
        (str(row.target), f"{row.pages:,}", row.what, row.ours, row.peer, row.ratio, words[row.is_met])
        for row in sorted(rows, key=lambda row: (row.target, row.pages))
    ]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _measure(
    rows: list[Row],
    folder: Path,
    pages: int,
    given: argparse.Namespace,
    pythons: dict[str, Path],
    ways: dict[int, crawling.Way],
) -> None:
    """Measure what is wanted on a site of one size, adding to the rows."""
    wanted = set(given.only)
    if wanted & {1, 2, 3, 6, 7, 8}:
        _say(f"{pages:,} pages: writing the site")
        with site.served(folder, pages, given.seed) as served:
            print(f"{pages:,} pages of {served.page_bytes / pages / 1024:.0f} KB, four portals", flush=True)
            _say("crawl, load, build, publish, and Scrapy, in turns")
            way = ways[pages] = crawling.measure(served, folder, given.rounds, pythons.get("readers"))
            rows += [row for row in _crawled(way, pages) if row.target in wanted]
            if 3 in wanted:
                _say("reading pages, in turns")
                part = max(1, min(300, pages // (given.rounds + 1)))
                rows += _read(reading.measure(way.home, served.portals, part, given.rounds, pythons), pages)
            if 6 in wanted:
                _say("inserting ready records")
                rows += _inserted(way.home, served.portals, pages)
            if 8 in wanted:
                _say("dbt build and the same SQL plain, in turns")
                rows += _built(build.measure(way.home, given.rounds), pages)
    if 5 in wanted:
        _say("compacting an archive")
        rows += _compacted(compaction.measure(max(pages, _CLOSING), 2_000))
    if 4 in wanted:
        _say("nights of refresh")
        (folder / "nights").mkdir()
        rows += _refreshed(refresh_requests.run(folder / "nights", pages, 0.01), pages)


def _crawled(way: crawling.Way, pages: int) -> list[Row]:
    """Return what crawling cost beside Scrapy, and what each stage did."""
    crawl, scrapy, asked = way.stages["crawl"], way.scrapy, way.addresses
    drawing = json.loads(way.stages["publish"].said)[publishing.SITE]
    wall = sum(cost.wall for cost in way.stages.values()) - drawing
    rows = [
        Row(
            2, pages, f"{stage}: wall, CPU, peak memory",
            f"{cost.wall:.1f} s, {cost.cpu:.1f} s, {cost.peak / _MEGABYTE:.0f} MB",
        )
        for stage, cost in way.stages.items()
    ]  # fmt: skip
    rows.append(Row(2, pages, "of it the site, which does not count", f"{drawing:.1f} s"))
    if scrapy is None:
        return [Row(1, pages, "crawl and archive", f"{asked / crawl.wall:.0f} pages/s"), *rows]
    rate, cpu = scrapy.wall / crawl.wall, crawl.cpu / scrapy.cpu
    whole = scrapy.wall / wall
    return [
        Row(
            1, pages, "crawl and archive, pages a second; target 1.5 of Scrapy's at least",
            f"{asked / crawl.wall:.0f}/s", f"Scrapy {asked / scrapy.wall:.0f}/s", f"{rate:.2f}", rate >= 1.5,
        ),
        Row(
            1, pages, "crawl and archive, CPU a page; target 1.0 of Scrapy's at most",
            f"{1e3 * crawl.cpu / asked:.2f} ms", f"Scrapy {1e3 * scrapy.cpu / asked:.2f} ms", f"{cpu:.2f}",
            cpu <= 1.0,
        ),
        Row(
            1, pages, "crawl and archive, peak memory", f"{crawl.peak / _MEGABYTE:.0f} MB",
            f"Scrapy {scrapy.peak / _MEGABYTE:.0f} MB",
        ),
        Row(
            2, pages, "crawl to publication, site apart, pages a second; target 0.5 of Scrapy's at 20,000",
            f"{asked / wall:.0f}/s", f"Scrapy {asked / scrapy.wall:.0f}/s", f"{whole:.2f}", whole >= 0.5,
        ),
        *rows,
    ]  # fmt: skip


def _read(told: dict[str, float], pages: int) -> list[Row]:
    peer = told[reading.TRAFILATURA]
    rows = []
    for system, share in ((reading.ARTICLE, 0.2), (reading.FACTS, 1.0)):
        ratio = told[system] / peer
        rows.append(
            Row(
                3, pages, f"{system.partition(': ')[2]} from the archive, CPU a page; target {share} at most",
                f"{told[system]:.2f} ms", f"trafilatura {peer:.2f} ms", f"{ratio:.2f}", ratio <= share,
            )
        )  # fmt: skip
    for system, milliseconds in told.items():
        if system not in (reading.ARTICLE, reading.FACTS, reading.TRAFILATURA):
            ratio = told[reading.ARTICLE] / milliseconds
            ours = f"{told[reading.ARTICLE]:.2f} ms"
            rows.append(
                Row(3, pages, "article, CPU a page", ours, f"{system} {milliseconds:.2f} ms", f"{ratio:.2f}")
            )
    return rows


def _inserted(home: Path, portals: Path, pages: int) -> list[Row]:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "benchmarks.inserting",
        home,
        portals,
        "--articles",
        str(pages),
    ]
    told = json.loads(cost_of(command).said)
    rows = []
    for name in ("articles alone", "with facts"):
        one = told[name]
        rate, size = pages / one["wall"], one["bytes"] / 1024
        is_target = name == "articles alone"
        figures = "" if is_target else f" ({told['figures']:.1f} figures each)"
        rows += [
            Row(
                6, pages, f"insert, {name}{figures}" + "; target 4,000 a second" * is_target,
                f"{rate:,.0f}/s", f"CPU {1e3 * one['cpu'] / pages:.2f} ms", "",
                rate >= 4_000 if is_target else None,
            ),
            Row(
                6, pages, f"stored of a text of 7 KB, {name}; target 2.2 KB", f"{size:.2f} KB", "", "",
                size <= 2.2 if is_target else None,
            ),
        ]  # fmt: skip
    return rows


def _built(found: build.Built, pages: int) -> list[Row]:
    return [
        Row(
            8, pages, f"dbt build, nothing changed, {found.articles:,} articles; target 1.3",
            f"{found.build:.1f} s", f"start {found.start:.1f} s, SQL plain {found.plain:.1f} s",
            f"{found.ratio:.2f}", found.ratio <= 1.3,
        )
    ]  # fmt: skip


def _compacted(found: compaction.Compacted) -> list[Row]:
    share = found.after / found.before
    median = found.reads[".warc.zst"][0]
    return [
        Row(
            5, found.pages, "bytes a page, compacted; target 0.35 of .warc.gz", f"{found.after:,.0f}",
            f".warc.gz {found.before:,.0f}", f"{share:.2f}", share <= 0.35,
        ),
        Row(
            5, found.pages, "random read, compacted; target 200 µs", f"{median:.0f} µs", "", "", median <= 200
        ),
        Row(
            5, found.pages, "brought back without loss", "the same bytes" if found.is_same else "OTHER BYTES",
            "", "", found.is_same,
        ),
    ]  # fmt: skip


def _refreshed(nights: list[refresh_requests.Night], pages: int) -> list[Row]:
    """Return the nights of the portal whose dates are trusted; the others stand in the lines above."""
    rows = []
    for one in nights:
        if one.portal == "demo-thanhpho" and one.title.endswith(", lastmod believed"):
            title = one.title.removesuffix(", lastmod believed").lower()
            rows.append(
                Row(
                    4, pages, f"refresh, {title}; target 5 % of the full crawl's time, all found",
                    f"{one.requests} requests, {one.missed} missed", "", f"{one.share:.3f}",
                    one.share <= 0.05 and not one.missed,
                )
            )  # fmt: skip
    return rows


def _memory(ways: dict[int, crawling.Way]) -> list[Row]:
    if len(ways) < 2:
        return []
    small, large = min(ways), max(ways)
    rows = []
    for stage in crawling.STAGES:
        one, other = ways[small].stages[stage], ways[large].stages[stage]
        ratio = other.peak / one.peak
        peaks = (other.peak / _MEGABYTE, one.peak / _MEGABYTE)
        rows += [
            Row(
                7, large, f"{stage}, peak memory; target 1.15 of that at {small:,}, or {_MEMORY_LIMIT} MB",
                f"{peaks[0]:.0f} MB", f"at {small:,}: {peaks[1]:.0f} MB", f"{ratio:.2f}",
                ratio <= 1.15 or peaks[0] <= _MEMORY_LIMIT,
            ),
            Row(
                7, large, f"{stage}, wall time; target {1.1 * large / small:.0f} of that at {small:,}",
                f"{other.wall:.1f} s", f"at {small:,}: {one.wall:.1f} s", f"{other.wall / one.wall:.1f}",
                other.wall <= 1.1 * large / small * one.wall,
            ),
        ]  # fmt: skip
    return rows


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    versions = ", ".join(f"{name} {version(name)}" for name in ("scrapy", "duckdb", "dbt-core"))
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({model}), load {load:.1f}, Python {platform.python_version()}, {versions}"
    )


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
