"""The page about the data: where they come from, how they are read, what one may do with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from scraper.items import ARTICLE_READER, FACT_READER
from scraper.version import VERSION
from warehouse.publication.site import addresses
from warehouse.publication.site.page import Page, Reading, Share


def about_page(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page about data, method, licence, privacy and the robots policy."""
    yield Page(
        addresses.ABOUT,
        "about.html.j2",
        {
            "tables": [asdict(table) for table in reading.edition.tables],
            "portals": [asdict(portal) for portal in reading.edition.portals],
            "program": VERSION,
            "readers": (ARTICLE_READER, FACT_READER),
        },
    )
