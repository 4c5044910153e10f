"""Holes in archive files: a record of zeros that takes exactly the bytes of what was removed."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from typing import BinaryIO
from uuid import uuid4

CHUNK = 4_096
"""Bytes that a file system stores or leaves out together."""
STORED = 65_535
"""Bytes that a stored block of deflate holds at most."""

_REMOVED = re.compile(rb"^CityLedger-Removed: discovery pages captured before (\S+)\r$", re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length: \d+\r$", re.MULTILINE)
_HEAD = 2_048


def removed_before(record: bytes) -> datetime | None:
    """Return before which moment captures were removed, where a record is a hole; else None."""
    found = _REMOVED.search(record[:_HEAD].partition(b"\r\n\r\n")[0] + b"\r\n")
    return datetime.fromisoformat(found[1].decode("ascii")) if found else None


def without_zeros(record: bytes) -> bytes:
    """Return a hole's record without its content, any other as it is."""
    if removed_before(record) is None:
        return record
    head = record[:_HEAD].partition(b"\r\n\r\n")[0] + b"\r\n"
    return _LENGTH.sub(b"Content-Length: 0\r", head) + b"\r\n\r\n\r\n"


def empty_hole(before: datetime) -> bytes:
    """Return a hole's record without content, as a compacted file holds it."""
    return (_head(before) + "Content-Length: 0\r\n\r\n\r\n\r\n").encode("ascii")


def _head(before: datetime) -> str:
    return (
        "WARC/1.1\r\nWARC-Type: metadata\r\n"
        f"WARC-Record-ID: <{uuid4().urn}>\r\n"
        f"WARC-Date: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"CityLedger-Removed: discovery pages captured before {before.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\r\n"
        "Content-Type: application/octet-stream\r\n"
    )


def fill(target: BinaryIO, start: int, length: int, before: datetime) -> None:
    """Write a gzip member of exactly so many bytes, whose record holds zeros: the zeros are left as holes."""
    blocks = -(-(length - 18) // (STORED + 5))
    inner = length - 18 - 5 * blocks
    head = _head(before)
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
