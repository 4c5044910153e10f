"""The index of an archive's captures, as lines of CDXJ: sortable address, time, and where the record lies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from scraper.archive.reader import read_archive
from scraper.items import Fetch

_PLAIN = "/:?&=+,;@!$'()*~[]"


@dataclass(frozen=True, slots=True)
class Capture:
    """One archived answer, as an index knows it."""

    key: str
    """See `sort_key`."""
    timestamp: str
    """Fourteen digits, UTC."""
    url: str
    mime: str
    """"warc/revisit" where the payload is in an earlier record."""
    status: int
    digest: str
    warc_file: str
    offset: int
    length: int
    is_unverified: bool = False

    @property
    def is_revisit(self) -> bool:
        """Whether the payload is in an earlier record."""
        return self.mime == "warc/revisit"

    def line(self, filename: str | None = None) -> str:
        """Return the capture as a line of CDXJ; `filename` where the file is named otherwise."""
        said = {
            "url": self.url,
            "mime": self.mime,
            "status": str(self.status),
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": filename or self.warc_file,
        }
        return f"{self.key} {self.timestamp} {json.dumps(said, ensure_ascii=False)}"


def sort_key(url: str) -> str:
    """Return an address in SURT form: `https://www.a.vn/X?y` → `vn,a)/x?y`.

    Scheme, `www.` and case are dropped, and letters are escaped in one way.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    local = quote(unquote(f"{parts.path or '/'}{query}").lower(), safe=_PLAIN)
    return f"{','.join(reversed(host.split('.')))}{port}){local}".lower()


def timestamp(moment: datetime) -> str:
    """Return a moment as fourteen digits in UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def captures_of(folder: Path, portal: str, warc_file: str, start: int = 0) -> Iterator[tuple[Capture, int]]:
    """Yield the captures of an archive file from an offset on, each with where the next record begins.

    Damaged records are passed over. Raises ArchiveError where the file is missing.
    """
    for one in read_archive(folder, portal, warc_file, start, []):
        yield _capture(one.fetch, one.is_revisit), one.end


def _capture(fetch: Fetch, is_revisit: bool) -> Capture:
    mime = (fetch.content_type or "unknown").partition(";")[0].strip().lower() or "unknown"
    return Capture(
        sort_key(fetch.url),
        timestamp(fetch.fetched_at),
        fetch.url,
        "warc/revisit" if is_revisit else mime.replace(" ", ""),
        fetch.http_status,
        fetch.payload_digest,
        fetch.warc_file,
        fetch.warc_offset,
        fetch.warc_length,
        fetch.tls == "unverified",
    )
