"""WARC files, written: one gzip member a record, its place known, whole or cut off after a kill.

The members are made with zlib, so that another library reads than the one that writes, and so that
compression leaves the interpreter's lock. Format: WARC/1.1 (ISO 28500:2017).
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http.client import responses
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import urlsplit
from uuid import uuid4

from scraper.archive.compacted import GZIP_ENDING
from scraper.archive.files import archive_names
from scraper.archive.members import whole_end
from scraper.durable import sync_folder
from scraper.errors import HomeError
from scraper.version import SOFTWARE

Headers = Mapping[str, str] | Sequence[tuple[str, str]]

MAX_FILE_BYTES = 256 * 1024 * 1024
"""A file that has grown beyond this is closed and the next one begun."""

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_BREAKS = re.compile(r"[\r\n\x00]+")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record lies: bytes of one compressed member."""

    warc_file: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        """Offset of the byte after the record."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Revisit:
    """The earlier capture that a revisit record stands for."""

    profile: str
    payload_digest: str
    refers_to: datetime | None


def payload_digest(payload: bytes) -> str:
    """Return `sha256:<hex>` of a payload as it came over the wire."""
    return "sha256:" + sha256(payload).hexdigest()


class ArchiveWriter:
    """Appends to a portal's archive folder; use as a context manager or close it.

    Opening cuts a torn tail off the newest file (`torn_bytes` says how much) and goes on there; a damaged
    file is left as it is and a new one begun, as any file is where nothing `appends`. Nothing is safe before
    `sync()` has returned. Raises HomeError where the folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        known_end: tuple[str, int] | None = None,
        max_bytes: int = MAX_FILE_BYTES,
        appends: bool = True,
    ) -> None:
        self.folder = folder
        self.torn_bytes = 0
        self._max_bytes = max_bytes
        self._name = ""
        self._position = 0
        self._synced = 0
        self._file: BinaryIO | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if appends:
                self._reopen(known_end)
            else:
                self._begin()
        except OSError as error:
            raise HomeError(f"the archive {folder} cannot be written: {error.strerror or error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def end(self) -> tuple[str, int]:
        """The newest file's name and its length once all that was appended is written."""
        return self._name, self._position

    def append(
        self,
        url: str,
        *,
        fetched_at: datetime,
        request_headers: Headers | None,
        status: int,
        reason: str | None = None,
        headers: Headers,
        body: bytes,
        kind: str,
        outcome: str,
        key: str | None = None,
        truncated: str | None = None,
        revisit: Revisit | None = None,
        protocol: str = "HTTP/1.1",
        digest: str | None = None,
        tls: str | None = None,
        imported_from: str | None = None,
    ) -> Location:
        """Append the request and the response, and return where the response (or revisit) record lies.

        Args:
            url: As requested.
            fetched_at: Aware time of the answer.
            request_headers: As sent; None where it is not known what was asked: no request is then kept.
            status: HTTP status.
            reason: Its words; the usual ones where None.
            headers: As received.
            body: The payload as received, its Content-Encoding kept.
            kind: What the page was fetched as (`items.Fetch.kind`).
            outcome: `items.Fetch.outcome`.
            key: The page's key in the frontier.
            truncated: The reason where the payload is not whole: length, time, disconnect.
            revisit: The earlier capture where there is nothing new; the body is then not kept.
            protocol: As the server said it.
            digest: `payload_digest(body)`, where it is known already.
            tls: unverified where nobody vouched for the server.
            imported_from: File and record of another tool that this is a copy of.

        Raises HomeError when the disk is full or not writable; the file is then cut back to the last
        `sync()`.
        """
        response_id, request_id = uuid4().urn, uuid4().urn
        date = fetched_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        reason = responses.get(status, "Unknown") if reason is None else _BREAKS.sub(" ", reason)
        block = f"{protocol} {status} {reason}\r\n".encode("latin-1", "replace") + _lines(headers) + b"\r\n"
        fields = [
            ("WARC-Type", "revisit" if revisit else "response"),
            ("WARC-Record-ID", f"<{response_id}>"),
            ("WARC-Date", date),
            ("WARC-Target-URI", url),
        ]
        if request_headers is not None:
            fields += [("WARC-Concurrent-To", f"<{request_id}>")]
        if revisit:
            fields += [("WARC-Profile", revisit.profile), ("WARC-Payload-Digest", revisit.payload_digest)]
            fields += [("WARC-Refers-To-Target-URI", url)]
            if revisit.refers_to:
                refers_to = revisit.refers_to.astimezone(UTC).isoformat().replace("+00:00", "Z")
                fields += [("WARC-Refers-To-Date", refers_to)]
        else:
            fields += [("WARC-Payload-Digest", digest or payload_digest(body))]
            block += body
        if truncated:
            fields += [("WARC-Truncated", truncated)]
        fields += [("CityLedger-Kind", kind), ("CityLedger-Outcome", outcome)]
        if key:
            fields += [("CityLedger-Key", key)]
        if tls:
            fields += [("CityLedger-TLS", tls)]
        if imported_from:
            fields += [("CityLedger-Imported", imported_from)]
        fields += [("Content-Type", "application/http;msgtype=response")]
        asked = urlsplit(url)
        target = (asked.path or "/") + (f"?{asked.query}" if asked.query else "")
        request = f"GET {target} HTTP/1.1\r\n".encode("utf-8", "replace")
        request += _lines(request_headers or ()) + b"\r\n"
        request_fields = [
            ("WARC-Type", "request"),
            ("WARC-Record-ID", f"<{request_id}>"),
            ("WARC-Date", date),
            ("WARC-Target-URI", url),
            ("WARC-Concurrent-To", f"<{response_id}>"),
            ("Content-Type", "application/http;msgtype=request"),
        ]
        # The request goes first, so that a whole response is never without it. What came compressed shrinks
        # no more.
        is_packed = any(name.lower() == "content-encoding" for name, _ in _pairs(headers))
        asked_for = _member(request_fields, request, 1) if request_headers is not None else b""
        members = [asked_for, _member(fields, block, 1 if is_packed else 4)]
        try:
            if self._file is None or self._position >= self._max_bytes:
                self._begin()
            self._write(members[0])
            offset = self._position
            self._write(members[1])
        except OSError as error:
            self._cut_back()
            raise HomeError(
                f"the archive {self.folder / self._name} cannot be written: {error.strerror or error}; "
                "free some space and run the same command again, nothing is lost"
            ) from error
        return Location(self._name, offset, len(members[1]))

    def sync(self) -> None:
        """Return once everything appended is on the disk; raise HomeError where it cannot be."""
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self._cut_back()
            raise HomeError(
                f"the archive {self.folder / self._name} cannot be written: {error.strerror or error}; "
                "free some space and run the same command again, nothing is lost"
            ) from error
        self._synced = self._position

    def close(self) -> None:
        """Sync and close; the writer cannot be used afterwards."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None

    def _reopen(self, known_end: tuple[str, int] | None) -> None:
        names = archive_names(self.folder)
        if not names or not (self.folder / names[-1]).is_file():
            return  # A compacted file is closed.
        newest = self.folder / names[-1]
        size = newest.stat().st_size
        start = known_end[1] if known_end and known_end[0] == newest.name else 0
        was_longer = start > size
        end, is_torn = whole_end(newest, 0 if was_longer else start)
        if end < size and not is_torn:
            return
        if end < size:
            self.torn_bytes = size - end
            with newest.open("r+b") as file:
                file.truncate(end)
                os.fsync(file.fileno())
        if end == 0:
            newest.unlink()
        elif end < self._max_bytes and not was_longer:
            # Behind a lost end nothing is appended: how far the file was read would no longer hold.
            self._name, self._position, self._synced = newest.name, end, end
            self._file = newest.open("ab")

    def _begin(self) -> None:
        self.close()
        now = datetime.now(UTC)
        portal = self.folder.parent.name
        self._name = self._next_name(f"{portal}-{now:%Y%m%d%H%M%S}")
        self._position = self._synced = 0
        self._file = (self.folder / self._name).open("xb")
        description = (
            f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\nisPartOf: {portal}\r\nrobots: obey\r\n"
        )
        fields = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<{uuid4().urn}>"),
            ("WARC-Date", now.isoformat().replace("+00:00", "Z")),
            ("WARC-Filename", self._name),
            ("Content-Type", "application/warc-fields"),
        ]
        self._write(_member(fields, description.encode(), 4))
        sync_folder(self.folder)

    def _next_name(self, stem: str) -> str:
        """Return a name that sorts behind every file there is, also after the clock was put back."""
        names = archive_names(self.folder)
        fresh = f"{stem}-000{GZIP_ENDING}"
        if not names or names[-1] < fresh:
            return fresh
        newest, _, number = names[-1].removesuffix(GZIP_ENDING).rpartition("-")
        return f"{newest}-{int(number) + 1:03d}.warc.gz"

    def _write(self, member: bytes) -> None:
        if self._file is None:
            raise HomeError(
                f"the archive {self.folder} was closed after an error; run the same command again"
            )
        self._file.write(member)
        self._position += len(member)

    def _cut_back(self) -> None:
        """After a failed write: leave the file as it was at the last sync, as far as the disk lets us."""
        file, self._file = self._file, None
        if file is None:
            return
        with suppress(OSError):
            file.close()  # Closing flushes what could not be written before.
        with suppress(OSError):
            os.truncate(self.folder / self._name, self._synced)  # Else the next opening cuts the torn tail.
        self._position = self._synced


def _pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    yield from headers.items() if isinstance(headers, Mapping) else headers


def _lines(headers: Headers) -> bytes:
    text = "".join(
        f"{_BREAKS.sub(' ', name)}: {_BREAKS.sub(' ', value)}\r\n" for name, value in _pairs(headers)
    )
    return text.encode("latin-1", "replace")


def _member(fields: list[tuple[str, str]], block: bytes, level: int) -> bytes:
    head = "".join(f"{name}: {_BREAKS.sub(' ', value)}\r\n" for name, value in fields)
    compressor = zlib.compressobj(level, zlib.DEFLATED, 31)
    head += f"WARC-Block-Digest: {payload_digest(block)}\r\nContent-Length: {len(block)}\r\n"
    start = f"WARC/1.1\r\n{head}\r\n".encode()
    return b"".join(
        (
            compressor.compress(start),
            compressor.compress(block),
            compressor.compress(b"\r\n\r\n"),
            compressor.flush(),
        )
    )
