"""All exports of a publication beside its tables, in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scraper.items import Progress
from warehouse.connect import Connection
from warehouse.publication.exchange.asking import answers, question
from warehouse.publication.exchange.calendars import write_calendars
from warehouse.publication.exchange.civic_events import write_events
from warehouse.publication.exchange.data_package import notice_of
from warehouse.publication.exchange.feeds import ENTRIES, write_feeds
from warehouse.publication.exchange.statistics import write_statistics
from warehouse.publication.manifest import Source


def write_exchange(
    connection: Connection,
    folder: Path,
    portals: tuple[Source, ...],
    progress: Progress,
) -> None:
    """Write civic events, calendars, statistics and feeds of a file that is being published.

    Args:
        connection: With the new file attached as `published`, its marts written.
        folder: The publication's; each kind gets a folder of its own in it.
        portals: Where the reports come from; what must be said of them stands in each kind.
        progress: Told of each kind.
    """
    notice = notice_of(portals)
    meetings = answers(connection, question("meetings"))
    kinds: tuple[Callable[[], None], ...] = (
        lambda: write_events(meetings, notice, folder),
        lambda: write_calendars(meetings, notice, folder),
        lambda: write_statistics(connection, notice, folder),
        lambda: write_feeds(answers(connection, question("news"), {"entries": ENTRIES}), notice, folder),
    )
    for done, write in enumerate(kinds):
        progress("writing calendars, statistics and feeds", done, len(kinds))
        write()
    progress("writing calendars, statistics and feeds", len(kinds), len(kinds))
