"""The archive: what was fetched, as it came. The one door to fastwarc, which reads what `archive_writer`
writes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from scraper.archive.compacted import Compacted, open_compacted
from scraper.archive.files import ArchiveFile, archive_files, archive_folder
from scraper.archive.members import member_length, next_member
from scraper.archive.writer import (
    ArchiveWriter,
    Headers,
    Location,
    Revisit,
    payload_digest,
)
from scraper.errors import ArchiveError
from scraper.items import Fetch, Problem

__all__ = [
    "MAX_DECODED",
    "ArchiveFile",
    "ArchiveWriter",
    "Captured",
    "Headers",
    "Location",
    "Revisit",
    "archive_files",
    "archive_folder",
    "decode_body",
    "payload_digest",
    "read_archive",
    "read_record",
]

MAX_DECODED = 20 * 1024 * 1024
"""Bytes that a compressed payload may grow to when it is read; beyond, it is too_large."""

_Placed = Callable[[int, int], "Captured"]
"""Makes an answer that was read, once the offset and the length of its record are known."""

_READ = WarcRecordType.response | WarcRecordType.revisit


@dataclass(frozen=True, slots=True)
class Captured:
    """One archived answer, ready to be read."""

    fetch: Fetch
    body: bytes
    """Content-Encoding undone; empty for a revisit, and where the payload cannot be decoded (see the
    outcome)."""
    headers: dict[str, str]
    """Of the HTTP answer, names in lower case, repeated ones joined by a comma."""
    key: str | None = None
    """The page's key in the frontier."""
    is_revisit: bool = False
    """The archive holds the payload in an earlier record."""

    @property
    def end(self) -> int:
        """Offset behind the record: where the next reading starts."""
        return self.fetch.warc_offset + self.fetch.warc_length


def read_archive(
    folder: Path, portal: str, warc_file: str, start: int = 0, problems: list[Problem] | None = None
) -> Iterator[Captured]:
    """Yield every answer of a file from an offset on, in order, up to the last whole record.

    Args:
        folder: The portal's archive folder.
        portal: Its slug, for the records made.
        warc_file: File name within the folder.
        start: Offset of a record, 0 or a `Captured.end`.
        problems: Where given, damaged records are skipped and told here.

    Raises ArchiveError where the file is missing, or damaged with records behind the damage and `problems`
    is None. A torn tail (a writer was killed, or is at work) ends the iteration.
    """
    try:
        compacted = open_compacted(folder / warc_file)
        if compacted is not None:
            yield from _read_compacted(compacted, portal, warc_file, start, problems)
            return
        file = (folder / warc_file).open("rb")
    except ArchiveError as error:
        _tell(problems, str(error))
        return
    except OSError as error:
        raise ArchiveError(f"{folder / warc_file} cannot be read: {error.strerror or error}") from error
    with file:
        position: int | None = start
        while position is not None:
            position = yield from _read_run(file, portal, warc_file, position, problems)


def read_record(folder: Path, portal: str, warc_file: str, offset: int) -> Captured:
    """Return the answer at an offset; raise ArchiveError where there is no whole record."""
    captured = next(read_archive(folder, portal, warc_file, offset, []), None)
    if captured is None or captured.fetch.warc_offset != offset:
        raise ArchiveError(f"{folder / warc_file} holds no whole record at byte {offset}: restore the file")
    return captured


def decode_body(
    payload: bytes, content_encoding: str | None, limit: int = MAX_DECODED
) -> tuple[bytes, str | None]:
    """Undo gzip or deflate; return the body, and what is wrong with it if anything is.

    Faults are the outcomes too_large (it grows beyond `limit` bytes), truncated (it ends too early or is
    broken) and error (an encoding that was not asked for); the body is then empty.
    """
    encoding = (content_encoding or "").strip().lower()
    if encoding in ("", "identity", "none", "utf-8"):
        return payload, None
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return b"", "error"
    if encoding != "deflate" and not payload.startswith(b"\x1f\x8b"):
        return payload, None  # Some servers name an encoding that they did not apply.
    for window in (31,) if encoding != "deflate" else (15, -15):
        decompressor = zlib.decompressobj(window)
        try:
            body = decompressor.decompress(payload, limit + 1)
        except zlib.error:
            continue
        if len(body) > limit:
            return b"", "too_large"
        return (body, None) if decompressor.eof else (b"", "truncated")
    return b"", "truncated"


def _read_run(
    file: BinaryIO, portal: str, name: str, start: int, problems: list[Problem] | None
) -> Generator[Captured, None, int | None]:
    """Yield the answers of an undamaged stretch; return where the next one starts, or None at the end.

    fastwarc does not notice a member that lacks its end, so the last one of a stretch is verified apart.
    """
    file.seek(start)
    held: _Placed | None = None
    last = start
    try:
        for record in ArchiveIterator(file, parse_http=True, strict_mode=False):
            if held is not None:
                yield held(last, record.stream_pos - last)
            last = record.stream_pos
            held = _captured(record, portal, name) if record.record_type & _READ else None
    except (OSError, ValueError):
        pass  # The record at `last` or the one behind it is damaged; which of them is found out below.
    length = member_length(file, last)
    if length is not None and held is not None:
        yield held(last, length)
    end = last + length if length is not None else last
    following = next_member(file, end if length is not None else last + 1)
    if following is None or following == end:
        return following
    detail = f"{name} is damaged between byte {end:,} and {following:,}: restore the file"
    _tell(problems, detail)
    return following


def _read_compacted(
    compacted: Compacted, portal: str, name: str, start: int, problems: list[Problem] | None
) -> Iterator[Captured]:
    """Yield the answers of a compacted file from an offset on, with the offsets of its `.warc.gz`."""
    first = compacted.number_at(start)
    if first is None:
        first, place = len(compacted), f"no record of {name} begins at byte {start:,}"
        _tell(problems, f"{place}: restore the file")
    with compacted.path.open("rb") as file:
        for number in range(first, len(compacted)):
            try:
                content = BytesIO(compacted.record(file, number))
                record = next(iter(ArchiveIterator(content, parse_http=True, strict_mode=False)), None)
                if record is None or not record.record_type & _READ:
                    continue
                captured = _captured(record, portal, name)
            except (ArchiveError, OSError, ValueError) as error:
                _tell(problems, str(error))
                continue
            yield captured(compacted.offsets[number], compacted.length(number))


def _tell(problems: list[Problem] | None, detail: str) -> None:
    if problems is None:
        raise ArchiveError(detail)
    problems.append(Problem("archive", "damaged_record", detail))


def _captured(record: WarcRecord, portal: str, name: str) -> _Placed:
    fields, http = record.headers, record.http_headers
    headers: dict[str, str] = {}
    for key, value in http.to_tuples() if http is not None else ():
        key = key.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    payload = record.reader.read()
    if record.record_date is None:
        raise ValueError("a record without its date")
    outcome = fields.get("CityLedger-Outcome") or "ok"
    body, fault = decode_body(payload, headers.get("content-encoding"))
    if fault is not None and outcome == "ok":
        outcome = fault
    fetch = partial(
        Fetch,
        portal=portal,
        url=fields.get("WARC-Target-URI") or "",
        kind=fields.get("CityLedger-Kind") or "other",
        fetched_at=record.record_date.astimezone(UTC),
        http_status=(http.status_code if http is not None else None) or 0,
        outcome=outcome,
        content_type=headers.get("content-type"),
        payload_digest=fields.get("WARC-Payload-Digest") or "",
        payload_bytes=len(payload),
        warc_file=name,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        tls=fields.get("CityLedger-TLS"),
    )
    is_revisit = record.record_type == WarcRecordType.revisit
    page = fields.get("CityLedger-Key")
    return lambda offset, length: Captured(
        fetch(warc_offset=offset, warc_length=length), body, headers, page, is_revisit
    )
