"""Room made in archive files: pages that only said where articles are give way to holes, nothing else moves.

A file is written anew beside itself and put in its place in one step. What is dropped is replaced, byte for
byte of length, by a WARC record of zeros that the file system need not store; every other record keeps its
offset, so nothing that points into the archive changes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from scraper.archive.compacted import compacted_path, open_compacted
from scraper.archive.compaction import rewrite
from scraper.archive.files import record_length
from scraper.archive.holes import CHUNK, STORED, empty_hole, fill, removed_before
from scraper.archive.reader import archive_files, read_archive
from scraper.durable import sync_folder
from scraper.errors import ArchiveError

DISCOVERY = frozenset({"listing", "sitemap", "feed", "api", "robots"})
"""Kinds of pages from which nothing is read but addresses."""

_LEAST = 8 * 1024
"""Bytes: a shorter stretch would free nothing."""
_ZEROS = bytes(CHUNK)


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
            if end - start >= _LEAST and not _is_hole(folder, file.name, start, end)
        ]
        if not stretches:
            continue
        room = _room(folder, file.name, stretches)
        if not dry_run and (folder / file.name).is_file():
            _rewrite(folder / file.name, stretches, before)
        elif not dry_run:
            rewrite(compacted_path(folder / file.name), stretches, empty_hole(before))
        thinned.append(Thinned(file.name, max(0, room)))
    return thinned


def _dropped(folder: Path, portal: str, name: str, before: datetime) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a file to drop: records that adjoin, each with the request before it."""
    start = end = 0
    last_end: int | None = None
    try:
        for captured in read_archive(folder, portal, name):
            fetch = captured.fetch
            if fetch.kind in DISCOVERY and fetch.fetched_at < before:
                begin = _with_request(folder, name, last_end, fetch.warc_offset)
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


def _with_request(folder: Path, name: str, last_end: int | None, offset: int) -> int:
    """Return where the request before a response begins, where it follows on the record before that."""
    if last_end is None:
        return offset
    length = record_length(folder, name, last_end)
    return last_end if length is not None and last_end + length == offset else offset


def _is_hole(folder: Path, name: str, start: int, end: int) -> bool:
    compacted = open_compacted(folder / name)
    if compacted is not None:
        number = compacted.number_at(start)
        with compacted.path.open("rb") as file:
            return number is not None and removed_before(compacted.record(file, number)) is not None
    with (folder / name).open("rb") as file:
        file.seek(start + CHUNK)
        return end - start > 3 * CHUNK and file.read(CHUNK) == _ZEROS


def _room(folder: Path, name: str, stretches: Sequence[tuple[int, int]]) -> int:
    """Return the bytes on the disk that holes in place of these stretches free, or would."""
    compacted = open_compacted(folder / name)
    if compacted is not None:
        return sum(compacted.stored(start, end) for start, end in stretches)
    return sum(end - start - (end - start) // STORED * CHUNK - 2 * CHUNK for start, end in stretches)


def _rewrite(path: Path, stretches: list[tuple[int, int]], before: datetime) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        with path.open("rb") as source, part.open("xb") as target:
            position = 0
            for start, end in stretches:
                _copy(source, target, position, start)
                fill(target, start, end - start, before)
                position = end
            size = path.stat().st_size
            _copy(source, target, position, size)
            target.truncate(size)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def _copy(source: BinaryIO, target: BinaryIO, start: int, end: int) -> None:
    """Copy bytes to the same offsets; zeros are left out, as holes."""
    source.seek(start)
    position = start
    while position < end:
        block = source.read(min(CHUNK - position % CHUNK, end - position))
        if block.count(0) != len(block):
            target.seek(position)
            target.write(block)
        position += len(block)
