"""WARC files that other tools made, taken into a portal's archive: its hosts alone, each capture once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from scraper.archive.reader import archive_files, decode_body, read_archive
from scraper.archive.records import foreign_records
from scraper.archive.writer import SAME_PAYLOAD, ArchiveWriter, Revisit, payload_digest
from scraper.crawl.frontier import Frontier, Visit
from scraper.crawl.lost import take_back
from scraper.crawl.recovery import recover
from scraper.crawl.report import MAX_BYTES, UNANSWERED_BYTES, PortalReport
from scraper.crawl.visits import Answer, judge
from scraper.identity import is_allowed, is_article, url_key
from scraper.items import Progress
from scraper.portal import Portal

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""There was no page of the Web to capture before."""
_CLOCKS_DIFFER = timedelta(days=1)
_Seen = set[tuple[str, int, str]]


@dataclass(slots=True)
class Imported:
    """What taking in files gave, in captures."""

    taken: int = 0
    articles: int = 0
    """Of those taken, at addresses of the portal's articles."""
    known: int = 0
    """In the archive already."""
    foreign: int = 0
    """On hosts that are not the portal's."""
    unresolved: int = 0
    """Revisits whose payload is in none of the files."""
    unreadable: int = 0
    """Without a date, an address or an HTTP answer."""
    misdated: int = 0
    """Dated later than now, or before there was a Web: a forged or a wrong clock's date."""
    lost: tuple[str, ...] = ()
    """Archive files that lack what the frontier counted on; their pages are due again."""

    @property
    def line(self) -> str:
        """What was done, in one line for a person."""
        left = (
            (self.known, "known already"),
            (self.foreign, "on other hosts"),
            (self.unresolved, "revisits without their payload"),
            (self.unreadable, "no HTTP answers"),
            (self.misdated, "dated in the future or before 1990"),
        )
        said = [f"{self.taken:,} captures taken in, {self.articles:,} of articles"]
        said += [f"{count:,} {words} left out" for count, words in left if count]
        return "; ".join(said)


def import_files(
    paths: Iterable[Path], portal: Portal, folder: Path, progress: Progress | None = None
) -> Imported:
    """Take the captures of WARC files into a portal's archive; return what was taken and left out.

    Args:
        paths: `.warc`, `.warc.gz` or `.warc.zst` of any tool.
        portal: Captures on its hosts are taken, under the date of their own.
        folder: Its archive; the caller holds the portal's lock.
        progress: Told how many captures were looked at.

    A capture that the archive holds (same address, second and payload) is left out, so that the same files
    taken in twice give nothing new. What was taken in is settled in the portal's frontier where there is one,
    so that the next load reads it, also of a portal that is crawled no more. Raises as `foreign_records`,
    `ArchiveWriter` and `Frontier` do; what was taken until then stays, and the same call goes on from there.
    """
    told = Imported()
    now = datetime.now(UTC)
    seen = _captured(folder, portal.slug)
    digests: dict[str, tuple[str, datetime]] = {}
    done = 0
    with _settling_writer(portal, folder, now, told) as writer:
        for path in paths:
            for record in foreign_records(path):
                if _is_dated(record, now, told):
                    _take(record, path.name, portal, writer, seen, digests, told)
                done += 1
                if done % 256 == 0:
                    writer.sync()
                    if progress:
                        progress("captures looked at", done, None)
    if progress:
        progress("captures looked at", done, done)
    return told


@contextmanager
def _settling_writer(portal: Portal, folder: Path, now: datetime, told: Imported) -> Iterator[ArchiveWriter]:
    """Give a portal's archive to write into; settle in its frontier whatever was written, however it ends.

    Without a frontier, or with one that knows of no archive yet, load reads all there is, and the next crawl
    takes it in together with what was read: nothing is settled then.
    """
    path, second = folder.parent / "frontier.sqlite", int(now.timestamp())
    if not path.is_file():
        with ArchiveWriter(folder) as writer:
            yield writer
        return
    with Frontier(path, portal.discovery.trust_lastmod) as frontier:
        known_end = frontier.archived_to()
        if known_end is not None:
            told.lost = take_back(frontier, folder, portal.slug, second)[1]
        with ArchiveWriter(folder, known_end=known_end) as writer:
            try:
                yield writer
            finally:
                writer.sync()
                if known_end is not None:
                    recover(frontier, portal, folder, writer.end, second, PortalReport(portal.slug))


def _captured(folder: Path, slug: str) -> _Seen:
    return {
        (one.fetch.url, int(one.fetch.fetched_at.timestamp()), one.fetch.payload_digest)
        for file in archive_files(folder)
        for one in read_archive(folder, slug, file.name, 0, [])
    }


def _is_dated(record: WarcRecord, now: datetime, told: Imported) -> bool:
    """Tell whether a capture's date may be true; one that is not would stand as the newest for good."""
    when = record.record_date
    if when is None:
        told.unreadable += 1
        return False
    is_possible = _EARLIEST <= when <= now + _CLOCKS_DIFFER
    told.misdated += not is_possible
    return bool(is_possible)


def _take(
    record: WarcRecord,
    name: str,
    portal: Portal,
    writer: ArchiveWriter,
    seen: _Seen,
    digests: dict[str, tuple[str, datetime]],
    told: Imported,
) -> None:
    fields, http = record.headers, record.http_headers
    url = (fields.get("WARC-Target-URI") or "").strip("<>")
    if http is None or not http.status_code:
        told.unreadable += 1
        return
    if not is_allowed(url, portal):
        told.foreign += 1
        return
    when = record.record_date.astimezone(UTC)
    body, cut, digest, revisit = b"", None, "", None
    if record.record_type == WarcRecordType.revisit:
        first = digests.get(fields.get("WARC-Payload-Digest") or "")
        if first is None:
            told.unresolved += 1
            return
        digest, refers_to = first
        revisit = Revisit(fields.get("WARC-Profile") or SAME_PAYLOAD, digest, refers_to)
    else:
        body = record.reader.read(MAX_BYTES + 1)
        digest = payload_digest(body)
        digests.setdefault(fields.get("WARC-Payload-Digest") or digest, (digest, when))
        cut = "length" if len(body) > MAX_BYTES else "disconnect" if fields.get("WARC-Truncated") else None
    capture = (url, int(when.timestamp()), digest)
    if capture in seen:
        told.known += 1
        return
    seen.add(capture)
    headers = [pair for pair in http.to_tuples() if pair[0].lower() != "transfer-encoding"]
    kind = "article" if is_article(url, portal) else "other"
    lower = {key.lower(): value for key, value in headers}
    fault = decode_body(body, lower.get("content-encoding"))[1]
    cut = cut or {"too_large": "length", "truncated": "disconnect", "error": "encoding"}.get(fault or "")
    key = url_key(url, portal)
    visit = Visit(key, url, kind, body_hash=digest if revisit else None)
    readable = decode_body(body, lower.get("content-encoding"))[0]
    answer = Answer(url, http.status_code, lower, readable, int(when.timestamp()), digest, cut)
    writer.append(
        url,
        fetched_at=when,
        request_headers=None,
        status=http.status_code,
        reason=http.reason_phrase,
        headers=headers,
        body=body[:UNANSWERED_BYTES] if cut == "length" else body,
        kind=kind,
        outcome=judge(portal, visit, answer),
        key=key,
        truncated=cut if cut != "encoding" else None,
        revisit=revisit,
        imported_from=f"{name} {fields.get('WARC-Record-ID') or ''}".strip(),
    )
    told.taken += 1
    told.articles += kind == "article"
