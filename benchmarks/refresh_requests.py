"""What a nightly refresh of the embedded portals asks for: nothing changed, and a hundredth changed.

Serves the replica (20,000 articles on four portals, if not said otherwise) from a process of its own, crawls
it from nothing, and refreshes it on the two nights after: one with nothing changed, one with edits and new
articles, each with `lastmod` believed and not. Between the nights the pages that came are read as `load`
does, facts left out, so that their dates and texts reach the frontier. What was asked for is counted by the
server.

    python -m benchmarks.refresh_requests [--articles 20000] [--changed 0.01] [--folder DIR]
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.article import read_article
from scraper.crawl.crawl import CrawlOptions, crawl
from scraper.crawl.frontier import Frontier, Verdict
from scraper.errors import PageRefused
from scraper.harvest.captures import text_hash
from scraper.identity import url_key
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from scraper.replica import Replica, serve, write_portals
from scraper.replica.content import Entry

FIRST_NIGHT = datetime.fromisoformat("2026-10-21T01:00:00+07:00")
RATE = 10_000
"""Requests a second: the server is our own."""
YOUNG = timedelta(days=7)
"""An article so young is looked at nightly, whatever lastmod says."""
_FORK = multiprocessing.get_context("spawn")


class Change(NamedTuple):
    """An article that was edited or added between two nights."""

    portal: str
    host: str
    path: str
    is_new: bool
    is_young: bool


class Night(NamedTuple):
    """What one refresh asked one portal for."""

    title: str
    portal: str
    requests: int
    share: float
    """Of the full crawl's wall time."""
    missed: int
    """New and edited articles that were not found."""


def serve_replica(pipe: Connection, articles: int, folder: str) -> None:
    """Serve the replica until told to stop; `change` edits and adds, `log` returns what was asked since."""
    replica = Replica(articles=articles)
    with serve(replica) as served:
        write_portals(Path(folder), connect=served.connect)
        pipe.send(Counter(entry.site.slug for entry in replica.entries))
        seen = 0
        while (order := pipe.recv()) != "stop":
            if order == "log":
                log = served.requests[seen:]
                seen += len(log)
                pipe.send([(one.host, one.path, one.status) for one in log])
            else:
                pipe.send(change(replica, order))


def change(replica: Replica, share: float) -> list[Change]:
    """Edit half of so many articles of each portal and add the other half; a fifth of the edits are young."""
    chosen = random.Random(11)  # noqa: S311 - the same articles each time
    changes = []
    night = FIRST_NIGHT + timedelta(days=2)
    replica.clock = night - timedelta(hours=22)
    for slug in sorted({entry.site.slug for entry in replica.entries}):
        entries = [entry for entry in replica.entries if entry.site.slug == slug]
        half = max(2, round(len(entries) * share / 2))
        young = [entry for entry in entries if night - entry.published < YOUNG]
        few = chosen.sample(young, min(len(young), max(1, half // 5)))
        others = chosen.sample([entry for entry in entries if entry not in few], half - len(few))
        changes += [_changed(replica.edit(entry), night) for entry in [*few, *others]]
        for number in range(half):
            words = [f"Tin mới số {number}: quận tổ chức hội nghị, có {number + 40} đại biểu dự."]
            entry = replica.add(slug, f"Hội nghị của quận, tin số {number}", words)
            changes.append(_changed(entry, night)._replace(is_new=True))
    return changes


def _changed(entry: Entry, night: datetime) -> Change:
    young = night - entry.published < YOUNG
    return Change(entry.site.slug, entry.site.host, entry.path, is_new=False, is_young=young)


def crawl_once(pipe: Connection, portals: Sequence[Portal], home: str, now: datetime) -> None:
    """Crawl in a process of its own, each as cold as the next; send the reports as plain data."""
    report = crawl(portals, Path(home), CrawlOptions(now=now))
    pipe.send(
        {
            one.portal: {
                "requests": one.requests, "asked": one.asked, "why": one.why, "saved": one.saved,
                "seconds": one.seconds, "bytes": one.bytes, "not_modified": one.not_modified, "new": one.new,
                "fetched": one.fetched, "failed": one.failed, "distrust": one.distrust,
            }
            for one in report.portals
        }
    )  # fmt: skip


def crawled(portals: Sequence[Portal], home: Path, night: int) -> dict[str, dict[str, Any]]:
    """Crawl on a night, counted from 0, and tell the frontiers what reading the new captures gave."""
    mine, theirs = _FORK.Pipe()
    ends = {portal.slug: ends_of(home, portal) for portal in portals}
    now = FIRST_NIGHT + timedelta(days=night)
    process = _FORK.Process(target=crawl_once, args=(theirs, portals, str(home), now))
    process.start()
    report: dict[str, dict[str, Any]] = mine.recv()
    process.join()
    for portal in portals:
        with Frontier(home / portal.slug / "frontier.sqlite", portal.discovery.trust_lastmod) as frontier:
            frontier.record_verdicts(verdicts_of(home, portal, ends[portal.slug]))
    return report


def ends_of(home: Path, portal: Portal) -> dict[str, int]:
    """Return how long each archive file of a portal is."""
    return {file.name: file.size for file in archive_files(archive_folder(home, portal.slug))}


def verdicts_of(home: Path, portal: Portal, ends: dict[str, int]) -> Iterable[Verdict]:
    """Read the articles behind these ends of the archive's files, as `load` does."""
    folder = archive_folder(home, portal.slug)
    for file in archive_files(folder):
        for captured in read_archive(folder, portal.slug, file.name, ends.get(file.name, 0)):
            fetch = captured.fetch
            if fetch.kind != "article" or fetch.outcome != "ok" or captured.is_revisit:
                continue
            key, when = url_key(fetch.url, portal), int(fetch.fetched_at.timestamp())
            try:
                article = read_article(captured.body, fetch.url, portal, fetch.fetched_at, fetch.content_type)
            except PageRefused as refusal:
                yield Verdict(key, None, refusal.kind, None, when)
                continue
            yield Verdict(key, text_hash(article), "article", article.date_published, when)


def show(
    title: str, report: dict[str, dict[str, Any]], full: dict[str, dict[str, Any]], log: list[Any],
    changes: Sequence[Change] = (),
) -> list[Night]:  # fmt: skip
    """Print what a refresh asked for, portal by portal, beside the full crawl, and return it."""
    nights = []
    print(f"\n## {title}")
    answered = {(host, path) for host, path, status in log if status == 200}
    for slug, one in report.items():
        ratio = one["seconds"] / full[slug]["seconds"]
        print(
            f"{slug}: {one['requests']} requests ({_said(one['asked'])}), {one['seconds']:.1f} s"
            f" = {100 * ratio:.1f} % of the full crawl's"
        )
        print(f"    why: {_said(one['why'])}; 304: {one['not_modified']}; saved: {_said(one['saved'])}")
        if one["distrust"] or one["failed"]:
            print(f"    failed: {one['failed']}; not believed: {one['distrust']}")
        missed = 0
        for what, group in (
            ("new", [c for c in changes if c.portal == slug and c.is_new]),
            ("edited, young", [c for c in changes if c.portal == slug and not c.is_new and c.is_young]),
            ("edited, older", [c for c in changes if c.portal == slug and not c.is_new and not c.is_young]),
        ):
            if group:
                found = sum((c.host, c.path) in answered for c in group)
                missed += len(group) - found
                print(f"    {what}: {found} of {len(group)} found")
        nights.append(Night(title, slug, one["requests"], ratio, missed))
    requests = sum(one["requests"] for one in report.values())
    whole = sum(one["requests"] for one in full.values())
    print(f"in all: {requests} requests, against {whole} of the full crawl")
    return nights


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "nothing"


def main() -> None:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--changed", type=float, default=0.01, help="share edited and added, half each")
    parser.add_argument("--folder", type=Path, help="where the homes are made; else a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        run(Path(name), given.articles, given.changed)


def run(folder: Path, articles: int, share: float) -> list[Night]:
    """Run all nights in a folder; print and return what each portal was asked for."""
    pipe, theirs = _FORK.Pipe()
    server = _FORK.Process(
        target=serve_replica, args=(theirs, articles, str(folder / "portals")), daemon=True
    )
    server.start()
    sizes: Counter[str] = pipe.recv()
    known = load_portals(folder / "portals")
    believing = [replace(known[slug], rate=RATE) for slug in sorted(sizes)]
    doubting = [
        replace(portal, discovery=replace(portal.discovery, trust_lastmod=False)) for portal in believing
    ]
    print(f"{articles} articles: {_said(dict(sizes))}")
    homes = {"lastmod believed": folder / "a", "lastmod not believed": folder / "b"}
    full = crawled(believing, folder / "a", 0)
    asked(pipe)
    print("\n## Full crawl")
    for slug, one in full.items():
        print(f"{slug}: {one['requests']} requests ({_said(one['asked'])}), {one['seconds']:.1f} s, "
              f"{one['bytes'] / 1e6:.0f} MB")  # fmt: skip
    shutil.copytree(folder / "a", folder / "b")
    changes: list[Change] = []
    nights: list[Night] = []
    for night, title in ((1, "nothing changed"), (2, f"{100 * share:g} % changed")):
        if night == 2:
            pipe.send(share)
            changes = pipe.recv()
        for (name, home), portals in zip(homes.items(), (believing, doubting), strict=True):
            report = crawled(portals, home, night)
            nights += show(f"Night {night}, {title}, {name}", report, full, asked(pipe), changes)
    pipe.send("stop")
    server.join()
    return nights


def asked(pipe: Connection) -> list[Any]:
    """Return what the server was asked since the last time."""
    pipe.send("log")
    log: list[Any] = pipe.recv()
    return log


if __name__ == "__main__":
    main()
