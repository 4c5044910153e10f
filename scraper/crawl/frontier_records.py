"""What goes into a frontier and comes out of it: visits, links found, pages settled, verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.archive.writer import Location

DISCOVERY = ("sitemap", "feed", "api", "listing")
"""Kinds of pages that name articles, in the order in which they are asked for."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is due, with what is needed to ask for it and to judge the answer."""

    key: str
    url: str
    kind: str
    state: str = "new"
    why: str = "new"
    tries: int = 0
    page_no: int = 1
    depth: int = 0
    root_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    body_at: int | None = None
    newest: int = 0
    discovered_at: int = 0
    fetched_at: int | None = None
    edited_at: int | None = None
    looks: int = 0
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a page named, with the dates said beside it."""

    key: str
    url: str
    kind: str
    lastmod: int | None = None
    published: int | None = None
    page_no: int = 1
    depth: int = 0
    root_url: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What one answer makes of its page, and the links that it named."""

    key: str
    state: str
    outcome: str
    status: int | None
    fetched_at: int
    due_at: int | None
    why: str
    tries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """None: the page's last whole payload stays the one that is known."""
    location: Location | None = None
    links: tuple[Found, ...] = ()
    following: Found | None = None
    """The listing's next page: asked for where `links` held something new, or where this one is seen
    first."""
    is_first_look: bool = False
    names_nothing: bool = False
    """A page that the crawl begins with came and names nothing: its validators and body hash are dropped, so
    that it cannot pass for unchanged and well."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What settling brought: new addresses, and known ones that became due."""

    new: int
    changed: int
    articles: int
    """Of the new ones."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the load read of a page: what the crawl cannot judge by itself."""

    url_key: str
    text_hash: str | None
    kind: str
    """article, gone (an error page of status 200), or another word for what the page turned out to be."""
    published: str | None = None
    """ISO date or time of publication: it decides how often the page is looked at again."""
    fetched_at: int | None = None
    """When the answer came that was read, in seconds since 1970: an answer counts once, however often its
    verdict is told. None: it counts for no look."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the portal's crawl, with what its looks proved (see `scraper.crawl.lastmod.Evidence`)."""

    started_at: int
    finished_at: int | None
    """None: it goes on, or was killed."""
    told: int
    quiet: int
    idle: int
    silent: int
    stale: int
    edited: int
    """Texts that changed, by the load's verdict."""
    report: str | None
    """JSON."""
