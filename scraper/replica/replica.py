"""The replica as its users meet it: content that can also be written down as files."""

from __future__ import annotations

from pathlib import Path

from scraper.items import Progress
from scraper.replica.content import Content
from scraper.replica.static import write_static


class Replica(Content):
    """The portals of one invented city, the same for the same seed, number of articles, end date and portals.

    See `Content` for what it tells, and for how it is edited, added to and deleted from while it is served.
    """

    def write(self, directory: Path, pages: int | None = None, progress: Progress | None = None) -> int:
        """Write the portals as static files for a real web server and return the number of files.

        `pages` cuts off after so many articles; `scraper.replica.static` says how the folder is laid out.
        """
        return write_static(self, directory, pages, progress)
