"""Which files an archive has, under the names that records are asked for by, whatever form they have now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scraper.archive.compacted import GZIP_ENDING, ZSTD_ENDING, open_compacted
from scraper.archive.members import member_length
from scraper.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A WARC file of a portal's archive."""

    name: str
    """That of the `.warc.gz`, also where the file is compacted."""
    size: int
    """Bytes of the `.warc.gz`."""


def archive_folder(home: Path, portal: str) -> Path:
    """Return the folder of a portal's WARC files."""
    return home / portal / "archive"


def archive_names(folder: Path) -> list[str]:
    """Return the names of the WARC files in the order in which they were written."""
    compacted = {path.name.removesuffix(ZSTD_ENDING) + GZIP_ENDING for path in folder.glob(f"*{ZSTD_ENDING}")}
    return sorted(compacted.union(path.name for path in folder.glob(f"*{GZIP_ENDING}")))


def archive_files(folder: Path) -> list[ArchiveFile]:
    """Return the WARC files in the order in which they were written; none where there is no folder.

    A compacted file that cannot be read counts as empty: what it held is then known to be lost.
    """
    return [ArchiveFile(name, _size(folder / name)) for name in archive_names(folder)]


def record_length(folder: Path, warc_file: str, offset: int) -> int | None:
    """Return the bytes of the record at an offset, None where there is no whole one."""
    path = folder / warc_file
    try:
        compacted = open_compacted(path)
        if compacted is None:
            with path.open("rb") as file:
                return member_length(file, offset)
        number = compacted.number_at(offset)
        if number is None or number == len(compacted):
            return None
        with compacted.path.open("rb") as file:
            compacted.record(file, number)
        return compacted.length(number)
    except (OSError, ArchiveError):
        return None


def _size(path: Path) -> int:
    with suppress(ArchiveError):
        compacted = open_compacted(path)
        return compacted.size if compacted is not None else path.stat().st_size
    return 0
