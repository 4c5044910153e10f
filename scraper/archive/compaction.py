"""Closed archive files made small and big again: `.warc.gz` to `.warc.zst` with the portal's dictionary.

A file's other form is written beside it, read back and compared, and put in its place in one step; then the
first one goes. Where a kill leaves both, the `.warc.gz` counts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scraper.archive import holes
from scraper.archive.compacted import (
    GZIP_ENDING,
    ZSTD_ENDING,
    Compacted,
    Packed,
    Packer,
    compacted_path,
    trained,
    write_compacted,
)
from scraper.archive.members import member_of, read_members
from scraper.durable import sync_folder
from scraper.errors import ArchiveError, HomeError
from scraper.items import Progress

_DICTIONARY = 112 * 1024
_SAMPLED = 12 * 1024 * 1024
"""Bytes of records that a dictionary is made of: a hundred times its size."""
_LONGEST_SAMPLE = 128 * 1024
_LARGEST_RECORD = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Compaction:
    """What became of one file."""

    warc_file: str
    """The name under which it is asked for: that of the `.warc.gz`."""
    before: int
    """Bytes."""
    after: int
    problem: str | None = None
    """Why it was left as it was."""


def compact(folder: Path, *, newest_too: bool = False, progress: Progress | None = None) -> list[Compaction]:
    """Compact the closed files of a portal's archive; return what became of each.

    A damaged file is left as it is. The newest, which a crawl goes on with, is closed only if `newest_too`:
    the next crawl then begins another. The caller holds the portal's lock. Raises HomeError where the disk
    refuses; the file at work is then as it was.
    """
    _sweep(folder)
    paths = sorted(folder.glob(f"*{GZIP_ENDING}"))
    every = sorted(
        {*(path.name for path in paths), *(_plain(path) for path in folder.glob(f"*{ZSTD_ENDING}"))}
    )
    chosen = [path for path in paths if newest_too or path.name != every[-1]]
    packer: Packer | None = None
    dictionary = b""
    done = []
    for number, path in enumerate(chosen):
        before = path.stat().st_size
        try:
            if packer is None:
                dictionary = _trained_on(chosen)
                packer = Packer(dictionary)
            done.append(Compaction(path.name, before, _compact(path, packer, dictionary)))
        except ArchiveError as error:
            done.append(Compaction(path.name, before, before, str(error)))
        if progress:
            progress(f"compact {folder.parent.name}", number + 1, len(chosen))
    return done


def undo(folder: Path, progress: Progress | None = None) -> list[Compaction]:
    """Bring the compacted files of a portal's archive back, each record to its old offset.

    Raises HomeError where the disk refuses; the file at work then stays compacted.
    """
    _sweep(folder)
    paths = sorted(folder.glob(f"*{ZSTD_ENDING}"))
    done = []
    for number, path in enumerate(paths):
        target = path.with_name(_plain(path))
        before = path.stat().st_size
        try:
            with _replacing(target) as file:
                write_gzip(Compacted(path), file)
            path.unlink()
            sync_folder(folder)
            done.append(Compaction(target.name, before, target.stat().st_size))
        except ArchiveError as error:
            done.append(Compaction(target.name, before, before, str(error)))
        if progress:
            progress(f"compact --undo {folder.parent.name}", number + 1, len(paths))
    return done


def write_gzip(compacted: Compacted, target: BinaryIO) -> None:
    """Write the `.warc.gz` of a compacted file: the same records at the same offsets.

    Raises ArchiveError where a record is damaged.
    """
    with compacted.path.open("rb") as source:
        for number in range(len(compacted)):
            record, length = compacted.record(source, number), compacted.length(number)
            before = holes.removed_before(record)
            if before is not None:
                holes.fill(target, compacted.offsets[number], length, before)
                target.seek(compacted.offsets[number] + length)
            else:
                target.write(member_of(record, length))


def rewrite(path: Path, stretches: Sequence[tuple[int, int]], hole: bytes) -> None:
    """Write a compacted file anew in its place, each stretch of offsets given way to one record."""
    compacted = Compacted(path)
    packer = Packer(compacted.dictionary)
    ends = dict(stretches)
    with _replacing(path) as target, path.open("rb") as source:

        def records() -> Iterator[Packed]:
            dropped_to = 0
            for number in range(len(compacted)):
                offset = compacted.offsets[number]
                if offset in ends:
                    dropped_to = ends[offset]
                    yield Packed(packer.frame(hole), dropped_to - offset)
                elif offset >= dropped_to:
                    yield compacted.packed(source, number)

        write_compacted(target, compacted.dictionary, records())


def _compact(path: Path, packer: Packer, dictionary: bytes) -> int:
    target = compacted_path(path)
    size = path.stat().st_size
    with _replacing(target, check=lambda part: _compare(path, part)) as file, path.open("rb") as source:
        write_compacted(file, dictionary, _records(source, size, packer))
    if path.stat().st_size != size:
        target.unlink()
        raise ArchiveError(f"{path.name} was written to meanwhile: it stays as it is")
    path.unlink()
    sync_folder(path.parent)
    return target.stat().st_size


def _records(source: BinaryIO, size: int, packer: Packer) -> Iterator[Packed]:
    for length, content in read_members(source, size, _LARGEST_RECORD):
        yield Packed(packer.frame(holes.without_zeros(content)), length)


def _compare(path: Path, part: Path) -> None:
    """Raise ArchiveError where a compacted file does not give back what its `.warc.gz` holds."""
    compacted = Compacted(part)
    with path.open("rb") as source, part.open("rb") as packed:
        number = 0
        for length, content in read_members(source, path.stat().st_size, _LARGEST_RECORD):
            if len(content) >= _LARGEST_RECORD and holes.removed_before(content) is None:
                raise ArchiveError(f"{path.name} holds a record too large to be compacted")
            if length != compacted.length(number) or holes.without_zeros(content) != compacted.record(
                packed, number
            ):
                raise ArchiveError(f"{path.name} could not be compacted without loss: it stays as it is")
            number += 1
    if number != len(compacted):
        raise ArchiveError(f"{path.name} could not be compacted without loss: it stays as it is")


def _trained_on(paths: Sequence[Path]) -> bytes:
    """Return a dictionary made of records out of all these files, evenly taken."""
    total = sum(path.stat().st_size for path in paths)
    # Packed text grows about fivefold. Shares of bytes: every n-th record could be a request each time.
    share = min(1.0, _SAMPLED / (5 * max(1, total)))
    samples: list[bytes] = []
    for path in paths:
        due = 0.0
        with path.open("rb") as file, suppress(ArchiveError):  # A damaged file is told of where it is packed.
            for length, content in read_members(file, path.stat().st_size, _LONGEST_SAMPLE):
                due += length * share
                if due >= length:
                    due -= length
                    samples.append(content)
    sampled = sum(map(len, samples))
    return trained(samples, min(_DICTIONARY, max(1024, sampled // 20)))


@contextmanager
def _replacing(target: Path, check: Callable[[Path], None] | None = None) -> Iterator[BinaryIO]:
    """Give a file to write that takes the target's place when the block ends well and it passes `check`."""
    part = target.with_name(target.name + ".part")
    try:
        with part.open("xb") as file:
            yield file
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise HomeError(
            f"{target} cannot be written: {error.strerror or error}; free some space and run it again, "
            "nothing is lost"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what a kill left: unfinished files, and the compacted form of a file that is still there."""
    for part in folder.glob("*.part"):
        part.unlink()
    for path in folder.glob(f"*{ZSTD_ENDING}"):
        if path.with_name(_plain(path)).is_file():
            path.unlink()


def _plain(path: Path) -> str:
    return path.name.removesuffix(ZSTD_ENDING) + GZIP_ENDING
