"""The records of WARC files as they are: our own in either form, and those of other tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from scraper.archive.compacted import open_compacted
from scraper.archive.members import read_members
from scraper.errors import ArchiveError, UsageError

LARGEST_RECORD = 256 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_ENCRYPTED = 1
_WARC_MEMBER = re.compile(r"archive/[^/]+\.warc(?:\.gz|\.zst)?")


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
    """Yield the answers (response and revisit records) of a WARC or WACZ file that another tool made.

    `.warc`, `.warc.gz`, `.warc.zst` and such files in the `archive/` of a WACZ are read; chunked transfer
    coding is undone. Raises UsageError where the file is missing or no such file, ArchiveError where it is
    damaged behind its first record.
    """
    try:
        with path.open("rb") as file:
            is_zip = file.read(4) == _ZIP
            file.seek(0)
            if not is_zip:
                yield from _answers(file, str(path))
                return
            with ZipFile(file) as package:
                for member in _warc_members(package, path):
                    with package.open(member) as content:
                        yield from _answers(content, f"{path}: {member.filename}")
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}") from None
    except (BadZipFile, NotImplementedError) as error:
        raise UsageError(f"{path} is no whole WACZ file ({error}): unpack its archive/*.warc.gz") from error


def _warc_members(package: ZipFile, path: Path) -> list[ZipInfo]:
    """Return the WARC files of a WACZ. They lie in it as they are, so that none is larger than its bytes."""
    members = [one for one in package.infolist() if _WARC_MEMBER.fullmatch(one.filename)]
    is_plain = all(one.compress_type == ZIP_STORED and not one.flag_bits & _ENCRYPTED for one in members)
    if not members or not is_plain or sum(one.file_size for one in members) > path.stat().st_size:
        raise UsageError(f"{path} is no WACZ that can be read as it is: unpack its archive/*.warc.gz")
    return members


def _answers(file: IO[bytes], name: str) -> Iterator[WarcRecord]:
    wanted = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.warcinfo
    seen = False
    try:
        for record in ArchiveIterator(file, record_types=wanted, parse_http=True, auto_decode="transfer"):
            seen = True
            if record.record_type != WarcRecordType.warcinfo:
                yield record
    except (OSError, ValueError, BadZipFile) as error:
        if seen:
            raise ArchiveError(f"{name} is damaged: {error}; what stands before was taken") from error
    if not seen:
        raise UsageError(f"{name} is no WARC file, or an empty one: give .warc, .warc.gz, .warc.zst or .wacz")
