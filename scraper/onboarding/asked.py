"""What asking a site for one page gave: the contract between the plans and the spider that asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one page."""

    asked: str
    """The address that was asked for."""
    url: str
    """Where the answer came from, redirects followed."""
    outcome: str
    """ok, gone, error, challenge, truncated, too_large; astray (redirected to another host), forbidden (by
    robots.txt), refused (no address that may be asked), unanswered, left (too many requests already)."""
    said: str
    """The same in words, for a person."""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""
    """Content-Encoding undone."""
    came_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def is_ok(self) -> bool:
        """Whether a page came."""
        return self.outcome == "ok"

    @property
    def content_type(self) -> str | None:
        """What the server says the page is."""
        return self.headers.get("content-type")

    @property
    def is_html(self) -> bool:
        """Whether the page is HTML, as far as its headers and its beginning tell."""
        kind = (self.content_type or "text/html").lower()
        return "html" in kind and not self.body.lstrip()[:5].lower().startswith(b"<?xml")


Ask = Callable[[str, str], Awaitable[Reply]]
"""Asks for a page of a kind (article, listing, sitemap, feed, api, other), as the crawl would."""


@dataclass(slots=True)
class Asking:
    """How a plan asks: with `ask`, and what robots.txt said beside it."""

    ask: Ask
    robots: list[str] = field(default_factory=list)
    """The texts of the robots.txt files that were asked for so far."""
    requests: int = 0
    """Requests made, robots.txt and repeated ones included."""
