"""The gzip members of a WARC file: how long one is, where the next begins, where the last whole one ends."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import BinaryIO

_MEMBER_START = re.compile(rb"\x1f\x8b\x08")
_BLOCK = 1 << 20


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
