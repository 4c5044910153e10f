"""The gzip members of a WARC file: how long one is, where the next begins, where the last whole one ends."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from scraper.errors import ArchiveError

_MEMBER_START = re.compile(rb"\x1f\x8b\x08")
_BLOCK = 1 << 20
_LIGHTLY = re.compile(rb"^(?:WARC-Type: request|content-encoding:.*)\r$", re.MULTILINE | re.IGNORECASE)
"""Of the heads of records that the writer packs at its lighter level."""
_NAMED = 0x08
"""Flag of a gzip header: a file name follows, closed by a zero."""


def whole_end(path: Path, start: int = 0) -> tuple[int, bool]:
    """Return the offset behind the last whole member from `start` on, and whether what follows is a mere
    torn tail.

    A torn tail holds no readable record; where records follow a damaged one, the file is damaged, not torn.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        end = start
        while end < size:
            length = member_length(file, end)
            if length is None:
                return end, next_member(file, end + 1) is None
            end += length
    return end, True


def read_members(file: BinaryIO, size: int, largest: int) -> Iterator[tuple[int, bytes]]:
    """Yield the length of each member and what it holds, of which no more than `largest` bytes.

    Raises ArchiveError where a member is not whole, or ends behind `size`.
    """
    position = 0
    while position < size:
        file.seek(position)
        decompressor, content, taken = zlib.decompressobj(31), bytearray(), 0
        try:
            while not decompressor.eof and (block := file.read(_BLOCK)):
                taken += len(block)
                while block and not decompressor.eof:
                    content += decompressor.decompress(block, _BLOCK)[: largest - len(content)]
                    block = decompressor.unconsumed_tail
        except zlib.error as error:
            raise ArchiveError(f"byte {position:,} begins no whole record") from error
        length = taken - len(decompressor.unused_data)
        position += length
        if not decompressor.eof or position > size:
            raise ArchiveError(f"the last {length:,} bytes are no whole record")
        yield length, bytes(content)


def member_of(content: bytes, length: int) -> bytes:
    """Return a gzip member of exactly so many bytes that holds the content.

    What is missing to its length goes into the header, as a file name of spaces that readers pass over.
    Raises ArchiveError where it cannot be packed so close.
    """
    closest = b""
    # In the pieces in which the writer gave them: so that the same bytes come of it.
    head = content.find(b"\r\n\r\n") + 4
    pieces = (content[:head], content[head:-4], content[-4:])
    http_head = content[head : head + 65_536].partition(b"\r\n\r\n")[0]
    for level in (1, 4, 9) if _LIGHTLY.search(content[:head] + http_head + b"\r\n") else (4, 1, 9):
        compressor = zlib.compressobj(level, zlib.DEFLATED, 31)
        member = b"".join(map(compressor.compress, pieces)) + compressor.flush()
        if len(member) == length:
            return member
        if len(member) < length and not closest:
            closest = member
    if not closest:
        raise ArchiveError(f"{len(content):,} bytes cannot be packed into {length:,} on this machine")
    name = b" " * (length - len(closest) - 1) + b"\0"
    return closest[:3] + bytes([closest[3] | _NAMED]) + closest[4:10] + name + closest[10:]


def member_length(file: BinaryIO, offset: int) -> int | None:
    """Return the bytes of the gzip member at `offset`, checksum verified, or None where it is not whole."""
    file.seek(offset)
    decompressor = zlib.decompressobj(31)
    taken = 0
    while block := file.read(_BLOCK):
        taken += len(block)
        try:
            while block and not decompressor.eof:
                decompressor.decompress(block, _BLOCK)
                block = decompressor.unconsumed_tail
        except zlib.error:
            return None
        if decompressor.eof:
            return taken - len(decompressor.unused_data)
    return None


def next_member(file: BinaryIO, offset: int) -> int | None:
    """Return the offset of the next readable record at or after `offset`, or None."""
    kept, base = b"", offset
    file.seek(offset)
    while block := file.read(_BLOCK):
        window = kept + block
        for match in _MEMBER_START.finditer(window):
            place = base - len(kept) + match.start()
            if _begins_record(file, place):
                return place
        base += len(block)
        kept = window[-2:]
        file.seek(base)
    return None


def _begins_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(256), 5) == b"WARC/"
    except zlib.error:
        return False
