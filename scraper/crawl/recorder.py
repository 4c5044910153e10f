"""Keeps what a crawl fetched: archive first, frontier after, so that nothing recorded as done can be
missing."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.archive.reader import archive_folder
from scraper.archive.writer import NOT_MODIFIED, SAME_PAYLOAD, ArchiveWriter, Revisit
from scraper.crawl.frontier import Gain, Settled, Visit
from scraper.crawl.ground import take_portal
from scraper.crawl.health import Health, in_words
from scraper.crawl.mending import Recall, nothing_read, open_frontier, take_back_lost
from scraper.crawl.recheck import at
from scraper.crawl.recovery import recover, settled_or_told
from scraper.crawl.report import UNANSWERED_BYTES, PortalReport
from scraper.crawl.visits import Answer
from scraper.portal import Portal

_TRUNCATED = {"length": "length", "disconnect": "disconnect"}


@dataclass(slots=True)
class Exchange:
    """One answer, or the lack of one, on its way into the archive and the frontier."""

    visit: Visit | None
    """None: robots.txt, which has no page in the frontier."""
    answer: Answer | None
    """None: nothing came; there is nothing to archive."""
    outcome: str
    payload: bytes = b""
    """As it came, Content-Encoding kept."""
    headers: Sequence[tuple[str, str]] = ()
    sent: Sequence[tuple[str, str]] = ()
    protocol: str = "HTTP/1.1"
    settled: Settled | None = None
    """What becomes of the page: given where nothing came, else decided when the answer is archived."""
    is_passing: bool = False
    """The page is asked for again at once: this answer is kept and settles nothing."""


class Recorder:
    """One portal's archive, frontier and lease for the time of a crawl.

    Raises LockedError where another worker crawls this portal into this home, HomeError where the home
    cannot be used. Opening repairs what an interrupted run left: a torn tail is cut off, whole records that
    the frontier does not know are settled. It also makes due what the archive has lost, and makes a frontier
    that is missing or damaged anew from the archive and from what `recall` says was read of it.
    """

    def __init__(self, portal: Portal, home: Path, now: int, recall: Recall = nothing_read) -> None:
        self.portal = portal
        self.report = PortalReport(portal.slug)
        self._health = Health(portal)
        folder = home / portal.slug
        self._lease = take_portal(folder)
        # A forced end may come while a thread still writes.
        self._writing = threading.Lock()
        try:
            archive = archive_folder(home, portal.slug)
            self.frontier = open_frontier(portal, folder / "frontier.sqlite", archive, self.report)
            try:
                take_back_lost(self.frontier, portal, archive, now, self.report)
                self._writer = ArchiveWriter(archive, known_end=self.frontier.archived_to())
                self.report.torn_bytes = self._writer.torn_bytes
                recover(self.frontier, portal, archive, self._writer.end, now, self.report)
                if self.frontier.is_rebuilding:
                    self.frontier.end_rebuilding(recall(portal))
            except BaseException:
                self.frontier.close()
                raise
        except BaseException:
            self._lease.close()
            raise
        if self.report.torn_bytes:
            detail = (
                f"an interrupted run left {self.report.torn_bytes:,} bytes of an unfinished record: cut off"
            )
            self.report.add_problem("torn_tail", detail)

    def write(self, batch: Sequence[Exchange]) -> None:
        """Archive a batch, bring it to the disk and decide what becomes of its pages; safe to run in a
        thread.

        Raises HomeError where the disk refuses, LeaseLost where another worker has taken the portal over;
        nothing of the batch is then recorded as done.
        """
        with self._writing:
            self._lease.check()
            self._write(batch)

    def _write(self, batch: Sequence[Exchange]) -> None:
        for exchange in batch:
            location = None
            answer, visit = exchange.answer, exchange.visit
            if answer is not None:
                location = self._writer.append(
                    answer.url,
                    fetched_at=at(answer.fetched_at),
                    request_headers=exchange.sent,
                    status=answer.status,
                    headers=exchange.headers,
                    body=exchange.payload if answer.cut != "length" else exchange.payload[:UNANSWERED_BYTES],
                    kind=visit.kind if visit else "robots",
                    outcome=exchange.outcome,
                    key=visit.key if visit else None,
                    truncated=_TRUNCATED.get(answer.cut or ""),
                    revisit=_revisit(visit, answer, exchange.outcome),
                    protocol=exchange.protocol,
                    digest=answer.digest if answer.cut is None else None,
                    tls=self._tls(answer.url),
                )
            if visit is not None and answer is not None and not exchange.is_passing:
                exchange.settled = settled_or_told(
                    self.portal, visit, answer, exchange.outcome, location, self.report
                )
        self._writer.sync()

    def commit(self, batch: Sequence[Exchange], now: int) -> None:
        """Record a batch that `write` brought to the disk as done, links and all, and count it.

        Raises as `write` does.
        """
        self._lease.check()
        done = [(one, one.settled) for one in batch if one.settled is not None]
        end = self._writer.end
        gains = self.frontier.settle([settled for _, settled in done], now, end if end[0] else None)
        for (exchange, settled), gain in zip(done, gains, strict=True):
            self._count(exchange, settled, gain)

    def finish(self, now: int) -> None:
        """Note in the report what is left for another run, and whether the portal counts as failed.

        Raises LeaseLost where another worker has taken the portal over.
        """
        self._lease.check()
        self.report.waiting = self.frontier.count_due(("article",), now)
        failure = self._health.failure(self.frontier.counts())
        for remark in self._health.remarks():
            if remark != failure:
                self.report.add_problem("discovery", remark)
        if failure is not None:
            self.report.fail("discovery", failure)
        for name, trust in (("lastmod", self.frontier.lastmod), ("validators", self.frontier.validators)):
            if trust.reason is not None:
                self.report.distrust[name] = trust.reason
        self.report.proofs = self.frontier.proofs()
        self.frontier.end_run(now, self._closed)

    def _closed(self, saved: dict[str, int]) -> str:
        self.report.saved = saved
        return self.report.as_json()

    def close(self) -> None:
        """Close archive and frontier, and give the portal back."""
        try:
            self._writer.close()
        finally:
            self.frontier.close()
            self._lease.close()

    def _tls(self, url: str) -> str | None:
        is_trusted = self.portal.verifies_tls or self.portal.connect is not None
        return None if is_trusted or not url.startswith("https:") else "unverified"

    def _count(self, exchange: Exchange, settled: Settled, gain: Gain) -> None:
        report, visit = self.report, exchange.visit
        assert visit is not None
        report.found += gain.articles
        report.why[visit.why] = report.why.get(visit.why, 0) + 1
        said = in_words(visit, settled, exchange.outcome if exchange.answer is None else None)
        is_told = self._health.note(visit, settled, said)
        report.refused += settled.state == "refused"
        if settled.state == "failed":
            report.failed += visit.kind != "attachment"
            if not is_told:
                report.add_problem(settled.outcome, said)
        elif visit.kind == "article":
            report.fetched += settled.outcome == "ok"
            report.new += settled.outcome == "ok" and visit.body_at is None
            report.gone += settled.state == "gone"
            report.moved += settled.state == "moved"
            if settled.outcome == "not_modified":
                report.not_modified += settled.status == 304
                report.unchanged += settled.status != 304
        elif visit.kind == "attachment":
            report.attachments += settled.outcome == "ok"
        elif settled.state == "gone" and visit.kind == "sitemap" and not is_told:
            report.add_problem("missing", said)


def _revisit(visit: Visit | None, answer: Answer, outcome: str) -> Revisit | None:
    if visit is None or outcome != "not_modified" or visit.body_hash is None:
        return None
    profile = NOT_MODIFIED if answer.status == 304 else SAME_PAYLOAD
    return Revisit(profile, visit.body_hash, at(visit.body_at) if visit.body_at is not None else None)
