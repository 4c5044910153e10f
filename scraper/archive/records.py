"""The records of WARC files as they are: our own in either form, and those of other tools."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from scraper.archive.compacted import open_compacted
from scraper.archive.members import read_members
from scraper.errors import ArchiveError, UsageError

LARGEST_RECORD = 256 * 1024 * 1024


def raw_records(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Yield offset, length and content of each record of an archive file, compacted or not.

    Raises ArchiveError where one is damaged; the records before it were given.
    """
    compacted = open_compacted(path)
    if compacted is not None:
        with compacted.path.open("rb") as file:
            for number in range(len(compacted)):
                yield compacted.offsets[number], compacted.length(number), compacted.record(file, number)
        return
    position = 0
    with path.open("rb") as file:
        for length, content in read_members(file, path.stat().st_size, LARGEST_RECORD):
            yield position, length, content
            position += length


def parsed(content: bytes) -> WarcRecord:
    """Return a record's content parsed; raise ArchiveError where it is no WARC record."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(content), parse_http=False)), None)
    except (OSError, ValueError) as error:
        raise ArchiveError(f"no WARC record: {error}") from error
    if record is None:
        raise ArchiveError("no WARC record")
    return record


def foreign_records(path: Path) -> Iterator[WarcRecord]:
    """Yield the answers (response and revisit records) of a WARC file that another tool made.

    `.warc`, `.warc.gz` and `.warc.zst` are read; chunked transfer coding is undone. Raises UsageError where
    the file is missing or no WARC file, ArchiveError where it is damaged behind its first record.
    """
    wanted = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.warcinfo
    seen = False
    try:
        for record in ArchiveIterator(
            str(path), record_types=wanted, parse_http=True, auto_decode="transfer", fsspec_args=False
        ):
            seen = True
            if record.record_type != WarcRecordType.warcinfo:
                yield record
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}") from None
    except (OSError, ValueError) as error:
        if seen:
            raise ArchiveError(f"{path} is damaged: {error}; what stands before was taken") from error
    if not seen:
        raise UsageError(f"{path} is no WARC file, or an empty one: give .warc, .warc.gz or .warc.zst")
