"""Whether a portal's file still fits the portal: asked live, with few requests, and said point by point."""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.onboarding.asked import Asking
from scraper.onboarding.examine import Look
from scraper.onboarding.reading import WANTED, Readings, read_some
from scraper.onboarding.sources import Source, look_at_source
from scraper.portal import Portal

MAX_PAGES = 20
"""Pages that a portal is asked for in one check at most, robots.txt beside them."""
_MOST_OF_A_KIND = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was checked."""

    what: str
    """robots, a source's kind and path, articles, or an article's address."""
    is_good: bool
    said: str


@dataclass(slots=True)
class Health:
    """What a check of one portal found."""

    portal: Portal
    points: list[Point] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    readings: Readings | None = None
    requests: int = 0

    @property
    def is_good(self) -> bool:
        """Whether every point is."""
        return bool(self.points) and all(point.is_good for point in self.points)

    async def follow(self, asking: Asking) -> None:
        """Check the portal; this is the plan that the spider follows."""
        try:
            await self._ask_sources(asking)
            await self._read(asking)
        finally:
            self.requests = asking.requests

    async def _ask_sources(self, asking: Asking) -> None:
        found, portal = self.portal.discovery, self.portal
        wanted = [("listing", path) for path in found.listings[:_MOST_OF_A_KIND]]
        wanted += [("feed", path) for path in found.feeds[:_MOST_OF_A_KIND]]
        wanted += [("api", found.api)] if found.api else []
        wanted += [("sitemap", path) for path in found.sitemaps[:_MOST_OF_A_KIND]]
        for kind, path in wanted:
            source = await look_at_source(asking, portal, kind, path)
            self.sources.append(source)
            if source.reply.outcome == "unanswered":
                break  # It is the server that does not answer, not the page.
        self.points.append(self._robots(asking))
        if not portal.verifies_tls:
            self.points.append(Point("tls", True, "certificates are NOT verified (verify_tls = false)"))
        for source in self.sources:
            # What only the family names may be missing, as in a crawl.
            is_good = source.works or source.kind not in found.named
            note = "" if source.works or not is_good else " (the family names it, not the file: no fault)"
            self.points.append(Point(f"{source.kind} {source.path}", is_good, source.said + note))
        if not any(source.works for source in self.sources):
            said = "no page names any article: mend [discovery] or `article`"
            self.points.append(Point("discovery", False, said))
        listings = [source for source in self.sources if source.kind == "listing" and source.works]
        if listings and all(source.by_selector == 0 for source in listings):
            said = f"{found.listing_links!r} finds no article on any listing: mend discovery.listing_links"
            self.points.append(Point("listing_links", False, said))

    def _robots(self, asking: Asking) -> Point:
        outcomes = {source.reply.outcome for source in self.sources}
        if not self.sources:
            return Point("robots", False, "the file names no page to begin with: give [discovery] listings")
        if outcomes <= {"forbidden"}:
            return Point("robots", False, "robots.txt forbids every page where the crawl begins")
        if outcomes <= {"unanswered", "refused"}:
            return Point("robots", False, self.sources[0].reply.said)
        return Point(
            "robots", True, "allows what is asked for" if asking.robots else "there is none: all is allowed"
        )

    async def _read(self, asking: Asking) -> None:
        addresses = list(dict.fromkeys(url for source in self.sources for url in source.articles))
        if not addresses:
            return
        self.readings = await read_some(asking, self.portal, addresses)
        looks, wanted = self.readings.looks, min(WANTED, len(addresses))
        words = [f"{len(looks)} of {wanted} articles read", *self.readings.refused[:2]]
        self.points.append(Point("articles", len(looks) >= wanted, "; ".join(words)))
        for look in looks:
            faults = _faults(look)
            self.points.append(Point(look.url, not faults, "; ".join(faults) or _WELL))


_WELL = "headline, date and text are read, and nothing contradicts them"


def _faults(look: Look) -> list[str]:
    article = look.article
    named = [name for name in look.disputed if name in ("headline", "body")]
    faults = [*look.missed, *(f"the generic reading has another {name}" for name in named)]
    faults += [] if article.headline else ["no headline"]
    faults += [] if article.body_text else [f"no text ({article.content_kind})"]
    faults += [] if article.date_published else ["no date"]
    return faults
