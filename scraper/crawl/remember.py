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


def remember(home: Path, portals: Mapping[str, Portal], told: Iterable[PageRead]) -> None:
    """Give verdicts on pages to the frontiers of their portals; those of other portals are left out.

    Args:
        home: Holds the frontiers.
        portals: By slug.
        told: Verdicts of the load.
    """
    by_portal: dict[str, list[Verdict]] = {}
    for page in told:
        portal = portals.get(page.portal)
        if portal is not None:
            by_portal.setdefault(page.portal, []).append(
                Verdict(
                    url_key(page.url, portal),
                    page.text_hash,
                    page.kind,
                    page.published,
                    int(page.fetched_at.timestamp()),
                )
            )
    for slug, verdicts in by_portal.items():
        with Frontier(home / slug / "frontier.sqlite", portals[slug].discovery.trust_lastmod) as frontier:
            frontier.record_verdicts(verdicts)
