"""Room made in archive files: pages that only said where articles are give way to holes, nothing else moves.

A file is written anew beside itself and put in its place in one step. What is dropped is replaced, byte for
byte of length, by a WARC record of zeros that the file system need not store; every other record keeps its
offset, so nothing that points into the archive changes.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from scraper.archive.members import member_length
from scraper.archive.reader import archive_files, read_archive
from scraper.errors import ArchiveError

DISCOVERY = frozenset({"listing", "sitemap", "feed", "api", "robots"})
"""Kinds of pages from which nothing is read but addresses."""

_LEAST = 8 * 1024
"""Bytes: a shorter stretch would free nothing."""
_STORED = 65_535
"""Bytes that a stored block of deflate holds at most."""
_CHUNK = 4_096
_ZEROS = bytes(_CHUNK)


@dataclass(frozen=True, slots=True)
class Thinned:
    """What making room in one archive file gave."""

    warc_file: str
    bytes: int
    """Room on the disk that was, or would be, freed."""


def thin(
    folder: Path,
    portal: str,
    before: datetime,
    dry_run: bool = False,
) -> list[Thinned]:
    """Make room in a portal's archive: discovery pages captured before a moment go, every other record stays.

    The newest file, which a crawl may be writing, and files that are damaged are left as they are. A kill
    leaves each file as it was or as it is to be.

    Args:
        folder: The portal's archive folder.
        portal: Its slug.
        before: Pages captured earlier go (aware).
        dry_run: Change nothing.
    """
    thinned = []
    for part in folder.glob("*.warc.gz.part"):
        part.unlink()
    for file in archive_files(folder)[:-1]:
        stretches = [
            (start, end)
            for start, end in _dropped(folder, portal, file.name, before)
            if end - start >= _LEAST and not _is_hole(folder / file.name, start, end)
        ]
        if not stretches:
            continue
        if not dry_run:
            _rewrite(folder / file.name, stretches, before)
        room = sum(end - start - (end - start) // _STORED * _CHUNK - 2 * _CHUNK for start, end in stretches)
        thinned.append(Thinned(file.name, max(0, room)))
    return thinned


def _dropped(folder: Path, portal: str, name: str, before: datetime) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a file to drop: records that adjoin, each with the request before it."""
    start = end = 0
    last_end: int | None = None
    with (folder / name).open("rb") as file:
        try:
            for captured in read_archive(folder, portal, name):
                fetch = captured.fetch
                if fetch.kind in DISCOVERY and fetch.fetched_at < before:
                    begin = _with_request(file, last_end, fetch.warc_offset)
                    if begin != end:
                        if end > start:
                            yield start, end
                        start = begin
                    end = captured.end
                last_end = captured.end
        except ArchiveError:
            return  # Damaged: whatever is left of it is precious.
    if end > start:
        yield start, end


def _with_request(file: BinaryIO, last_end: int | None, offset: int) -> int:
    """Return where the request before a response begins, where it follows on the record before that."""
    if last_end is None:
        return offset
    length = member_length(file, last_end)
    return last_end if length is not None and last_end + length == offset else offset


def _is_hole(path: Path, start: int, end: int) -> bool:
    with path.open("rb") as file:
        file.seek(start + _CHUNK)
        return end - start > 3 * _CHUNK and file.read(_CHUNK) == _ZEROS


def _rewrite(path: Path, stretches: list[tuple[int, int]], before: datetime) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        with path.open("rb") as source, part.open("xb") as target:
            position = 0
            for start, end in stretches:
                _copy(source, target, position, start)
                _fill(target, start, end - start, before)
                position = end
            size = path.stat().st_size
            _copy(source, target, position, size)
            target.truncate(size)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    """Copy bytes to the same offsets; zeros are left out, as holes."""
    source.seek(start)
    position = start
    while position < end:
        block = source.read(min(_CHUNK - position % _CHUNK, end - position))
        if block.count(0) != len(block):
            target.seek(position)
            target.write(block)
        position += len(block)


def _fill(target: BinaryIO, start: int, length: int, before: datetime) -> None:
    """Write a gzip member of exactly so many bytes, whose record holds zeros: the zeros are left as holes."""
    blocks = -(-(length - 18) // (_STORED + 5))
    inner = length - 18 - 5 * blocks
    head = (
        "WARC/1.1\r\nWARC-Type: metadata\r\n"
        f"WARC-Record-ID: <{uuid4().urn}>\r\n"
        f"WARC-Date: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"CityLedger-Removed: discovery pages captured before {before.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n"
        "Content-Type: application/octet-stream\r\n"
    )
    head += f"Content-Length: {inner - len(head) - 34:010d}\r\n\r\n"
    content_start = head.encode("ascii")
    target.seek(start)
    target.write(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
    position, done, checksum = start + 10, 0, 0
    for number in range(blocks):
        size = (inner - done) // (blocks - number)
        is_last = number == blocks - 1
        target.seek(position)
        target.write(bytes([is_last]) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little"))
        said = content_start if number == 0 else b""
        target.write(said)
        tail = b"\r\n\r\n" if is_last else b""
        if tail:
            target.seek(position + 5 + size - 4)
            target.write(tail)
        checksum = zlib.crc32(said + bytes(size - len(said) - len(tail)) + tail, checksum)
        position, done = position + 5 + size, done + size
    target.seek(position)
    target.write(checksum.to_bytes(4, "little") + (inner & 0xFFFFFFFF).to_bytes(4, "little"))
