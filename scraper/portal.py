"""A portal as data: who it is, how it may be fetched, where its articles are and how they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from scraper.expectations import FIELDS, Expectations
from scraper.items import PortalRecord


@dataclass(frozen=True, slots=True)
class Layout:
    """How one template of a portal prints an article, for pages fetched while it was in use."""

    name: str
    valid_from: date | None
    valid_to: date | None
    """Exclusive."""
    article: str | None
    """CSS selector of the element that holds the whole article; None: the page."""
    headline: str | None
    description: str | None
    date: str | None
    date_formats: tuple[str, ...]
    """strptime formats of the printed date, tried in order."""
    body: str | None
    caption: str | None
    author: str | None
    source: str | None
    section: str | None
    attachment: str | None
    remove: tuple[str, ...]
    """CSS selectors of furniture inside the article."""
    stop: tuple[str, ...]
    """Folded line starts after which nothing of the article follows ("Tin khác")."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where a portal's article addresses are found. Paths are relative to the base URL."""

    sitemaps: tuple[str, ...]
    feeds: tuple[str, ...]
    listings: tuple[str, ...]
    """First pages of listings."""
    listing_next: str | None
    """`{page}` template of the next pages (`{url}` the first page's URL), or None: follow rel=next alone."""
    listing_first: int
    """The number of the first page in that template, usually 1."""
    listing_links: str | None
    """CSS selector of the links to articles on a listing; None: every link that `article` matches."""
    api: str | None
    """Path of wp-json posts, where the portal has it."""
    trust_lastmod: bool
    named: frozenset[str] = frozenset()
    """Kinds (sitemap, feed, listing, api) that the portal's own file names: these must be there; a portal
    may lack what its family usually has."""


KINDS = ("province", "district", "commune", "department", "central", "party", "press")
"""Whose portal it is: a unit's own (of three levels), an office of a province, a central body of the state, a
party committee, or a paper or station."""


@dataclass(frozen=True, slots=True)
class AttachmentOptions:
    """Which documents that a portal's articles link to are fetched, archived and read."""

    types: tuple[str, ...] = ("pdf", "docx", "xlsx")
    """Endings of their addresses."""
    hosts: tuple[str, ...] = ()
    """Hosts that hold documents and nothing else of the portal's, lower case, without www."""
    max_bytes: int = 10 * 1024 * 1024
    """Of one document."""
    max_per_article: int = 10
    max_per_run: int = 300


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal: who it is, how it may be fetched, where articles are and how they are printed."""

    slug: str
    name: str
    base_url: str
    family: str
    hosts: tuple[str, ...]
    """Every host that may be fetched, lower case, without www."""
    ref_area: str | None
    is_verified: bool
    retired_on: date | None
    notice: str | None
    connect: str | None
    """host:port that connections really go to (the replica on loopback), the Host header kept."""
    rate: float
    """Requests a second at most."""
    max_pages: int | None
    article: tuple[re.Pattern[str], ...]
    """Patterns of an article's path and query; a group named `id` is the native id."""
    discovery: Discovery
    layouts: tuple[Layout, ...]
    expect: Expectations = field(default_factory=Expectations, hash=False)
    """The bounds that its file names."""
    ca_bundle: Path | None = None
    """PEM file of certificates that are trusted beside the system's, for this portal alone."""
    verifies_tls: bool = True
    """False: whoever sits between us and the portal can change what is read; told at every run."""
    sets_cookie: bool = False
    """Answer a page that asks for a cookie by script as a browser would, once a run."""
    paused: bool = False
    """A person has asked for it not to be crawled until this is taken back."""
    paused_until: date | None = None
    """The day from which it is crawled again."""
    precedence: int = 1
    """Of portals that print one text, that of the lowest number counts as its origin."""
    kind: str | None = None
    """One of KINDS, as its file says or as its area's code tells; None where neither does."""

    attachments: AttachmentOptions | None = None
    """None: documents are linked and not fetched."""

    def is_document(self, path: str) -> bool:
        """Tell by the ending of an address's path whether it leads to a document that is fetched."""
        if self.attachments is None:
            return False
        return path.rpartition(".")[2].lower() in self.attachments.types

    def rests_on(self, day: date) -> str | None:
        """Return why the portal is not to be crawled on a day, in a few words; None where it is."""
        if self.retired_on is not None and self.retired_on <= day:
            return f"retired on {self.retired_on}"
        if not self.paused_on(day):
            return None
        return f"paused until {self.paused_until}" if self.paused_until is not None else "paused"

    def paused_on(self, day: date) -> bool:
        """Tell whether a person has asked for it not to be crawled on a day."""
        return day < self.paused_until if self.paused_until is not None else self.paused

    def expectations(self) -> Expectations:
        """Return what is expected of the portal, with the selectors of its layouts."""
        selectors = {
            layout.name: {part: css for part in FIELDS if (css := getattr(layout, part)) is not None}
            for layout in self.layouts
        }
        return replace(self.expect, selectors=selectors)

    def record(self) -> PortalRecord:
        """Return what the warehouse keeps of this portal."""
        return PortalRecord(
            portal=self.slug,
            name=self.name,
            base_url=self.base_url,
            family=self.family,
            ref_area=self.ref_area,
            retired_on=self.retired_on.isoformat() if self.retired_on else None,
            is_verified=self.is_verified,
            notice=self.notice,
            is_paused=self.paused or self.paused_until is not None,
            paused_until=self.paused_until.isoformat() if self.paused_until else None,
            precedence=self.precedence,
        )


def portal_for_url(url: str, portals: Mapping[str, Portal]) -> Portal | None:
    """Return the portal to whose hosts the URL belongs, or None."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    host = host.lower().removeprefix("www.")
    return next((portal for portal in portals.values() if host in portal.hosts), None)
