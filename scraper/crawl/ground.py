"""Taking a portal from a worker that fell silent: what it may still write must hurt nobody."""

from __future__ import annotations

from pathlib import Path

from scraper.archive.files import archive_files
from scraper.archive.writer import ArchiveWriter
from scraper.crawl.frontier import move_frontier
from scraper.crawl.lease import Lease


def take_portal(folder: Path, command: str = "crawl") -> Lease:
    """Return the lease of a portal's folder, on ground where no former holder writes.

    A worker that was stalled between looking at its lease and writing cannot be kept from that one write. So
    where one of another machine fell silent, its archive file is left as it is and the next one begun, and
    the frontier goes on in a copy: what comes late is whole records behind the others, or refused by SQLite,
    which writes no file that was moved away under it. Raises what `Lease` raises.
    """
    lease = Lease(folder, command)
    try:
        if lease.is_moving:
            move_frontier(folder / "frontier.sqlite")
            archive = folder / "archive"
            if archive_files(archive):
                ArchiveWriter(archive, appends=False).close()
            lease.moved()
    except BaseException:
        lease.close()
        raise
    return lease
