"""Where a portal's articles are found: each sitemap, feed, listing and wp-json answer, asked once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from scraper.crawl import discovery
from scraper.identity import is_article, url_key
from scraper.onboarding.asked import Asking, Reply
from scraper.onboarding.links import articles_on
from scraper.portal import Portal

_LIKELY = ("post", "news", "tin", "article", "bai")
"""What the sub-sitemap of articles is called, in any letters' case."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one page that should name articles named."""

    kind: str
    """sitemap, feed, listing or api."""
    path: str
    """As a portal's file names it: a path, or an address on another of its hosts."""
    reply: Reply
    articles: tuple[str, ...] = ()
    children: int = 0
    """Sitemaps that a sitemap index names; the articles are those of the likeliest."""
    by_selector: int | None = None
    """Of a listing: the articles that the family's `listing_links` finds; None where it has none."""

    @property
    def works(self) -> bool:
        """Whether articles are found there."""
        return bool(self.articles)

    @property
    def said(self) -> str:
        """What became of it, in words."""
        if not self.reply.is_ok:
            return self.reply.said
        inside = f"an index of {self.children}, the likeliest of which names " if self.children else "names "
        return f"{inside}{len(self.articles)} articles"


async def look_at_source(asking: Asking, portal: Portal, kind: str, path: str) -> Source:
    """Ask for one page that should name articles, of an index also for its likeliest part."""
    url = urljoin(portal.base_url, path)
    reply = await asking.ask(discovery.api_page(url, 1) if kind == "api" else url, kind)
    if not reply.is_ok:
        return Source(kind, path, reply)
    if kind == "listing":
        css = portal.discovery.listing_links
        by_selector = None if css is None else len(articles_on(reply.body, reply.url, portal, css))
        found = articles_on(reply.body, reply.url, portal)
        return Source(kind, path, reply, tuple(found), by_selector=by_selector)
    links = _links(kind, reply)
    inner = [link.url for link in links if link.is_sitemap]
    if inner:
        likeliest = next((url for url in inner if any(word in url.lower() for word in _LIKELY)), inner[-1])
        part = await asking.ask(likeliest, kind)
        links = _links(kind, part) if part.is_ok else []
    kept: dict[str, str] = {}
    for link in links:
        if is_article(link.url, portal):
            kept.setdefault(url_key(link.url, portal), link.url)
    return Source(kind, path, reply, tuple(kept.values()), children=len(inner))


def _links(kind: str, reply: Reply) -> list[discovery.Link]:
    if kind == "sitemap":
        return discovery.read_sitemap(reply.body, reply.url)
    if kind == "feed":
        return discovery.read_feed(reply.body, reply.url)
    return discovery.read_api(reply.body, reply.url)
