"""What reading told of a portal's pages, given back to its frontier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from scraper.crawl.frontier import Frontier, Verdict
from scraper.identity import url_key
from scraper.portal import Portal


class PageRead(Protocol):
    """What the load tells of one archived page."""

    @property
    def portal(self) -> str:
        """Slug."""

    @property
    def url(self) -> str:
        """As requested."""

    @property
    def text_hash(self) -> str | None:
        """Of the text read from it."""

    @property
    def kind(self) -> str:
        """What the page turned out to be."""

    @property
    def published(self) -> str | None:
        """ISO date or time."""

    @property
    def fetched_at(self) -> datetime:
        """When it was captured."""


def verdicts_for(portal: Portal, told: Iterable[PageRead]) -> list[Verdict]:
    """Return what was told of a portal's pages as its frontier takes it, in the same order."""
    return [
        Verdict(
            url_key(page.url, portal),
            page.text_hash,
            page.kind,
            page.published,
            int(page.fetched_at.timestamp()),
        )
        for page in told
    ]


def remember(home: Path, portals: Mapping[str, Portal], told: Iterable[PageRead]) -> None:
    """Give verdicts on pages to the frontiers of their portals; those of other portals are left out.

    Args:
        home: Holds the frontiers.
        portals: By slug.
        told: Verdicts of the load.
    """
    by_portal: dict[str, list[PageRead]] = {}
    for page in told:
        by_portal.setdefault(page.portal, []).append(page)
    for slug in by_portal.keys() & portals.keys():
        portal = portals[slug]
        with Frontier(home / slug / "frontier.sqlite", portal.discovery.trust_lastmod) as frontier:
            frontier.record_verdicts(verdicts_for(portal, by_portal[slug]))
