"""What a crawl is told and what it tells: options, events and the report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from scraper.items import Problem

MAX_PROBLEMS = 200
"""Problems kept for each portal of a report; the rest are counted."""


MAX_PAGES = 100_000
"""Articles that a portal is asked for in one run, where nothing smaller is said: more would be a trap."""

MAX_BYTES = 10 * 1024 * 1024
"""Of one answer as it comes."""
UNANSWERED_BYTES = 256 * 1024
"""Bytes kept of a payload that was cut off at the limit: enough to see what it was."""


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How to crawl.

    Attributes:
        max_pages: Articles asked for from each portal at most; None: MAX_PAGES.
        since: Articles known to be older are left for another run.
        until: Articles known to be as new or newer are left for another run.
        contact: Who to write to, for the user agent; else the environment's CITYLEDGER_CONTACT.
        full: Ask for every article again, unconditionally.
        sample: Known articles asked for unconditionally though they are not due; None: one in a thousand, at
            least 3 (see `scraper.crawl.recheck.sample_size`), and none where `full`, `since` or `until` is
            given.
        now: The time that the run starts at, in place of the clock's (aware).
        timeout: Seconds that one answer may take.
        retry_wait: Seconds before a failed request is made again; doubled each time.
        retries: How often it is made again.
        max_bytes: Bytes of one payload.
        max_seconds: After so long, each portal finishes what is in hand and leaves the rest for another run.
        max_discovery: Sitemaps, feeds and listings asked for from each portal at most.
        max_found: Addresses not known before that are taken from a portal's discovery pages at most.
        log: Name of the file in `<home>/logs/` that libraries log to; two crawls at once want two.
    """

    max_pages: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    contact: str | None = None
    full: bool = False
    sample: int | None = None
    now: datetime | None = None
    timeout: float = 60.0
    retry_wait: float = 2.0
    retries: int = 2
    max_bytes: int = MAX_BYTES
    max_seconds: float | None = 12 * 3600
    max_discovery: int = 20_000
    max_found: int = 500_000
    log: str = "crawl.log"


@dataclass(slots=True)
class PortalReport:
    """What one portal's crawl did. Counts of pages, if not said otherwise."""

    portal: str
    found: int = 0
    """Addresses of articles that were not known."""
    fetched: int = 0
    """Articles whose payload came: `new` and changed ones."""
    new: int = 0
    not_modified: int = 0
    """Articles that the server said are as they were (304)."""
    unchanged: int = 0
    """Articles that came whole, with the same bytes as before."""
    attachments: int = 0
    """Documents that articles link to whose payload came."""
    gone: int = 0
    moved: int = 0
    failed: int = 0
    refused: int = 0
    """Pages that robots.txt forbids."""
    requests: int = 0
    """Requests made, robots.txt, discovery pages and repeated ones included."""
    bytes: int = 0
    """Payload received."""
    cookies_set: int = 0
    """Hosts whose cookie challenge was answered, as the portal's file allows."""
    is_unverified: bool = False
    """Nobody vouched for its servers: its file says `verify_tls = false`."""
    seconds: float = 0.0
    waiting: int = 0
    """Articles that are still due: the run was bounded or cut short."""
    recovered: int = 0
    """Records of an interrupted run that were in the archive and not yet in the frontier."""
    lost: int = 0
    """Pages whose captures the archive has lost: due again in this run."""
    torn_bytes: int = 0
    """Bytes of an unfinished record that an interrupted run left, cut off."""
    asked: dict[str, int] = field(default_factory=dict)
    """Requests made, by the kind of page."""
    why: dict[str, int] = field(default_factory=dict)
    """Pages asked for, by what made them due."""
    saved: dict[str, int] = field(default_factory=dict)
    """Requests that asking for everything again would have cost besides, by what saved them: lastmod,
    not_due, listing_stop, sitemap, covered."""
    distrust: dict[str, str] = field(default_factory=dict)
    """Why the portal's lastmod or its validators are not believed, by name (lastmod, validators)."""
    proofs: dict[str, int] = field(default_factory=dict)
    """What looks at pages in the last 30 runs proved of the portal's dates, in pages: told, quiet, idle,
    silent, stale (see `scraper.crawl.lastmod.Evidence`)."""
    stopped: str | None = None
    """Why the portal was not finished: signal, pages, time, down, robots, waiting; None where it was."""
    failure: str | None = None
    """Why the portal could not be crawled as it should, in one sentence; None where it could."""
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    def as_json(self) -> str:
        """Return the report for the frontier's row of the run; problems are kept elsewhere and counted
        here."""
        counts = asdict(self)
        kinds = Counter(problem.kind for problem in self.problems)
        return json.dumps({**counts, "problems": dict(kinds)}, ensure_ascii=False, sort_keys=True)

    def as_counts(self) -> dict[str, Any]:
        """Return the report as plain data for the run log."""
        return asdict(self)

    @property
    def line(self) -> str:
        """What the crawl did, in one line for a person."""
        said = [f"{self.requests} requests", f"{self.fetched} articles fetched"]
        said += [
            f"{count} {word}"
            for count, word in (
                (self.attachments, "attached documents fetched"),
                (self.not_modified + self.unchanged, "unchanged"),
                (self.gone, "gone"),
                (self.failed, "failed"),
                (self.refused, "forbidden by robots.txt"),
                (sum(self.saved.values()), "requests saved"),
                (self.waiting, "left for another run"),
                (self.cookies_set, "hosts' cookie challenges answered"),
                (self.lost, "lost with a damaged archive and due again"),
                (self.torn_bytes, "bytes of an unfinished record cut off"),
            )
            if count
        ]
        said += [f"its {name} not believed" for name in self.distrust]
        said += ["CERTIFICATES NOT VERIFIED (verify_tls = false)"] if self.is_unverified else []
        return ", ".join(said)

    @property
    def is_failed(self) -> bool:
        """Whether the portal could not be crawled as it should."""
        return self.failure is not None

    def fail(self, kind: str, detail: str) -> None:
        """Note why the portal counts as failed, before all other problems.

        The first reason stands; what an archive has lost hides no other.
        """
        if self.failure is not None and not self.lost:
            return
        self.failure = detail if self.failure is None else f"{self.failure}; {detail}"
        self.problem_count += 1
        self.problems.insert(0, Problem("crawl", kind, detail))

    def add_problem(self, kind: str, detail: str, quote: str | None = None) -> None:
        """Note a problem; beyond MAX_PROBLEMS it is counted alone."""
        self.problem_count += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem("crawl", kind, detail, quote))


@dataclass(frozen=True, slots=True)
class CrawlEvent:
    """How far a portal is: told after each batch that is safe on the disk."""

    portal: str
    what: str
    """started, pages or finished."""
    done: int
    """Pages settled in this run."""
    due: int
    """Pages known to be due still."""
    report: PortalReport


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """What a crawl did, portal by portal in the order given."""

    portals: tuple[PortalReport, ...]
    signal: int | None = None
    """The signal that stopped it."""
    held: tuple[str, ...] = ()
    """What was left to other workers: a sentence for each portal, naming who has it."""

    @property
    def exit_code(self) -> int:
        """0 done, 1 a portal failed or was left to another worker, 128 + a signal's number."""
        if self.signal is not None:
            return 128 + self.signal
        return 1 if self.held or any(portal.is_failed for portal in self.portals) else 0


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """One page asked for by itself."""

    url: str
    """Where it came from, redirects followed."""
    body: bytes
    """Content-Encoding undone."""
    content_type: str | None


Progress = Callable[[CrawlEvent], None]
