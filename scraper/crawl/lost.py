"""Captures that the frontier counts on and the archive no longer holds: found, and asked for again.

Sizes of files are compared at the start of every crawl. Records themselves are looked at only in files that a
load found damaged: a capture within a file that has its full size is taken to be whole until then.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scraper.archive.files import archive_names, record_length
from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.archive.writer import Location
from scraper.crawl.frontier import Frontier
from scraper.items import HarvestBatch


@dataclass(frozen=True, slots=True)
class Lost:
    """What an archive lacks of what its frontier counts on."""

    keys: tuple[str, ...] = ()
    """Pages whose last whole payload is gone."""
    since: int | None = None
    """Answers without a payload (404, 410, moved) from this second on are gone with a file's end."""
    files: tuple[str, ...] = ()
    """Where they were, by name."""


def doubt_damaged(home: Path, batches: Generator[HarvestBatch]) -> Generator[HarvestBatch]:
    """Pass batches on; note in the portal's frontier each archive file that one of them found damaged.

    It is noted before the batch is loaded, so that a kill makes the next crawl look in vain and never not.
    """
    with closing(batches):
        for batch in batches:
            path = home / batch.portal / "frontier.sqlite"
            if path.is_file() and any(problem.stage == "archive" for problem in batch.problems):
                with Frontier(path) as frontier:
                    frontier.doubt(batch.warc_file)
            yield batch


def take_back(frontier: Frontier, archive: Path, portal: str, now: int) -> tuple[int, tuple[str, ...]]:
    """Make due what the archive has lost; return how many pages, and the files that they were in.

    Args:
        frontier: The portal's.
        archive: Its folder of WARC files.
        portal: Its slug.
        now: When they become due, in seconds since 1970.
    """
    doubted = frontier.doubted()
    lost = find_lost(archive, portal, frontier.captures(), frontier.archived_to(), doubted)
    if not lost.files and not doubted:
        return 0, ()
    return frontier.lose(lost.keys, now, lost.since), lost.files


def lost_files(home: Path, portal: str) -> tuple[str, ...] | None:
    """Return the archive files that lack what the portal's frontier counts on until a crawl has made it due.

    None: there is no frontier; the next crawl makes one anew from what the archive holds.
    """
    path = home / portal / "frontier.sqlite"
    if not path.is_file():
        return None
    with Frontier(path) as frontier:
        doubted, captures, end = frontier.doubted(), frontier.captures(), frontier.archived_to()
    return find_lost(archive_folder(home, portal), portal, captures, end, doubted).files


def find_lost(
    archive: Path,
    portal: str,
    captures: Iterable[tuple[str, Location]],
    archived_to: tuple[str, int] | None,
    doubted: Collection[str],
) -> Lost:
    """Return which of the captures the archive lacks, and from when on answers are gone with a file's end.

    Args:
        archive: The portal's folder of WARC files.
        portal: Its slug.
        captures: Each page's key and where its last whole payload lies.
        archived_to: File and offset that the frontier knows the archive to reach.
        doubted: Files in which each record is looked at.
    """
    sizes = {file.name: file.size for file in archive_files(archive)}
    ends = dict([archived_to] if archived_to is not None and archived_to[0] else [])
    keys: list[str] = []
    files: set[str] = set()
    in_doubt: dict[str, list[tuple[str, Location]]] = {}
    for key, place in captures:
        ends[place.warc_file] = max(place.end, ends.get(place.warc_file, 0))
        if place.end > sizes.get(place.warc_file, 0):
            keys.append(key)
            files.add(place.warc_file)
        elif place.warc_file in doubted:
            in_doubt.setdefault(place.warc_file, []).append((key, place))
    for name, suspects in in_doubt.items():
        broken = [
            key for key, place in suspects if record_length(archive, name, place.offset) != place.length
        ]
        keys += broken
        files |= {name} if broken else set()
    shortened = [name for name, end in ends.items() if end > sizes.get(name, 0)]
    since = min((_last_second(archive, portal, name) for name in shortened), default=None)
    return Lost(tuple(keys), since, tuple(sorted(files | set(shortened))))


def _last_second(archive: Path, portal: str, name: str) -> int:
    """Return when the last whole record of a file was captured; 0 where the file is gone or holds none."""
    if name not in archive_names(archive):
        return 0
    last = 0
    for captured in read_archive(archive, portal, name, 0, []):
        last = int(captured.fetch.fetched_at.timestamp())
    return last
