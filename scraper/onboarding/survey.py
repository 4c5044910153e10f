"""A site that nobody described: looked at with few requests, and its file drafted from what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from scraper.crawl.visits import is_challenge
from scraper.errors import FellShort, PageRefused
from scraper.family_recognition import UNKNOWN, Recognised, recognise
from scraper.html import next_page, parse
from scraper.onboarding.asked import Asking, Reply
from scraper.onboarding.draft import Draft, area_of
from scraper.onboarding.links import (
    Front,
    articles_on,
    local,
    read_front,
    site_name,
    sitemaps_of,
    template_of,
)
from scraper.onboarding.reading import Readings, read_some
from scraper.onboarding.sources import Source, look_at_source
from scraper.onboarding.suggestion import suggest
from scraper.portal import Discovery, Portal

MAX_PAGES = 24
"""Pages that a site is asked for at most, robots.txt beside them."""
_LISTINGS = 6
_SURE = 0.6
"""From this confidence on, signs of a family need not be borne out by its addresses."""
_FEW = 3
"""Articles from which a page that no address above them proves to be a listing counts as one."""
_MANY_MORE = 3
"""So many times more articles than `listing_links` finds: it is not this site's selector."""


@dataclass(slots=True)
class Survey:
    """What was learned of a site, and the file that it makes."""

    url: str
    """Where it begins: the front page, or a listing of articles."""
    draft: Draft
    portals_dir: Path | None
    wanted_family: str | None = None
    recognised: tuple[Recognised, ...] = ()
    """Families by likelihood."""
    sources: list[Source] = field(default_factory=list)
    unasked: tuple[str, ...] = ()
    """What may be listings too, and was not asked for."""
    readings: Readings | None = None
    requests: int = 0
    notes: list[str] = field(default_factory=list)
    """What a person should know of the draft."""
    suggested: dict[str, str] = field(default_factory=dict)
    """Selectors that the pages share, where no layout fits them: for a layout that a person describes."""

    @property
    def portal(self) -> Portal:
        """The portal as it is drafted so far."""
        return self.draft.portal(self.portals_dir)

    async def follow(self, asking: Asking) -> None:
        """Look at the site; this is the plan that the spider follows.

        Raises FellShort, in one sentence that says what to do, where the site gives nothing to draft from.
        """
        try:
            await self._look(asking)
        finally:
            self.requests = asking.requests

    async def _look(self, asking: Asking) -> None:
        first = await asking.ask(self.url, "other")
        _refuse(first)
        base = urlsplit(first.url)
        self.draft = self.draft.with_(base_url=f"{base.scheme}://{base.netloc}")
        front, probes = await self._recognise(asking, first)
        await self._find(asking, first, front)
        portal = self.portal
        addresses = [url for source in _by_freshness(self.sources) for url in source.articles]
        self.readings = await read_some(asking, portal, addresses or front.articles, probes)
        self._note_reading(portal)

    async def _recognise(self, asking: Asking, first: Reply) -> tuple[Front, list[Reply]]:
        """Settle the family, by the front page and one article of it; return both."""
        seen = [_page(first), *((url, {}, b"") for url in sitemaps_of(asking.robots, self.portal))]
        self._settle_family(recognise(seen), first)
        front = self._front(first)
        probes: list[Reply] = []
        if front.articles:
            probe = await asking.ask(max(front.articles, key=_wordiness), "article")
            probes.append(probe)
            if probe.is_ok and self._settle_family(recognise([*seen, _page(probe)]), first):
                front = self._front(first)
        name = self.draft.name or front.name or _name_on(probes) or ""
        area = self.draft.ref_area or area_of(first.url, name, self.draft.day)
        self.draft = self.draft.with_(name=name, ref_area=area)
        return front, probes

    def _settle_family(self, recognised: Sequence[Recognised], first: Reply) -> bool:
        """Take the likeliest family, of doubtful ones the first whose addresses are here; True: a new one."""
        self.recognised = tuple(recognised)
        families = [
            family for family, confidence, _ in recognised if self._is_sure(family, confidence, first)
        ]
        family = self.wanted_family or next(iter(families), recognised[0][0])
        if family == self.draft.family:
            return False
        self.draft = self.draft.with_(family=family, article=())
        self.notes.clear()
        return True

    def _is_sure(self, family: str, confidence: float, first: Reply) -> bool:
        if confidence >= _SURE:
            return True
        portal = self.draft.with_(family=family, article=()).portal(self.portals_dir)
        return len(articles_on(first.body, first.url, portal)) >= _FEW

    def _front(self, first: Reply) -> Front:
        """Read the front page; where the family's addresses are not this site's, those of any site are."""
        front = read_front(first.body, first.url, self.portal, first.content_type)
        if front.articles or self.draft.family == UNKNOWN:
            return front
        general = self.draft.with_(family=UNKNOWN).portal(self.portals_dir)
        found = articles_on(first.body, first.url, general)
        if len(found) < _FEW:
            return front
        known = self.portal.article
        fitting = [p for p in general.article if any(p.fullmatch(local(url)) for url in found)]
        self.draft = self.draft.with_(article=tuple(p.pattern for p in (*known, *fitting)))
        self.notes.append(
            f"addresses of articles are not those of the family {self.draft.family}: `article` takes the"
            " general patterns; narrow them"
        )
        return read_front(first.body, first.url, self.portal, first.content_type)

    async def _find(self, asking: Asking, first: Reply, front: Front) -> None:
        """Ask for what may name articles, and write into the draft what does."""
        portal = self.portal
        known = portal.discovery
        named = sitemaps_of(asking.robots, portal)
        sitemaps = [local(url) if _same_host(url, portal) else url for url in named] or [*known.sitemaps]
        for path in (sitemaps or ["/sitemap.xml"])[:2]:
            self.sources.append(await look_at_source(asking, portal, "sitemap", path))
        for path in [local(url) for url in front.feeds][:1] or known.feeds[:1]:
            self.sources.append(await look_at_source(asking, portal, "feed", path))
        if known.api:
            self.sources.append(await look_at_source(asking, portal, "api", known.api))
        if not any(source.kind == "api" and source.works for source in self.sources):
            await self._find_listings(asking, portal, first, front)
        working = [source for source in self.sources if source.works]
        if not working:
            asked = f"{asking.requests} requests were made"
            raise FellShort(
                f"no articles found on {self.draft.base_url} ({asked}): give the address of a listing of"
                " articles, or --family; a site that needs JavaScript to show them cannot be read"
            )
        self.draft = self.draft.with_(discovery=tuple(_discovery(known, working, self.sources)))

    async def _find_listings(self, asking: Asking, portal: Portal, first: Reply, front: Front) -> None:
        candidates = [url for url in front.listings if url != first.url]
        own = urlsplit(first.url).path not in ("", "/")
        asked = [first.url] * own + candidates[: _LISTINGS - own]
        self.unasked = tuple(local(url) for url in candidates[_LISTINGS - own :])
        for url in asked:
            source = await look_at_source(asking, portal, "listing", local(url))
            above = any(
                urlsplit(each).path.startswith(urlsplit(url).path.rstrip("/") + "/")
                for each in front.articles
            )
            if source.works and not above and len(source.articles) < _FEW:
                continue
            self.sources.append(source)
        if not any(source.works and source.kind == "listing" for source in self.sources) and front.articles:
            css = portal.discovery.listing_links
            by_selector = None if css is None else len(articles_on(first.body, first.url, portal, css))
            self.sources.append(
                Source("listing", local(first.url), first, front.articles, by_selector=by_selector)
            )

    def _note_reading(self, portal: Portal) -> None:
        if portal.family == UNKNOWN:
            self.notes.append(
                "the site's system is not known: articles are read the generic way, without selectors"
            )
        if self.draft.ref_area is None:
            self.notes.append("which area it belongs to is not known: add ref_area, a GSO code")
        looks = self.readings.looks if self.readings else ()
        if looks and all(look.article.layout == "generic" for look in looks):
            if portal.layouts:
                self.notes.append(
                    f"no layout of the family {portal.family} fits these pages: they are read the generic way"
                )
            assert self.readings is not None
            self.suggested = suggest(self.readings.replies, looks)
            if self.suggested:
                told = "; ".join(f"{part} = {css!r}" for part, css in self.suggested.items())
                self.notes.append(
                    f"[[layouts]] of your own could say {told}; describe author, source and date in it too"
                )
        if self.unasked:
            self.notes.append(
                f"{len(self.unasked)} more pages of its menu may be listings: {', '.join(self.unasked[:8])}"
            )


def _refuse(first: Reply) -> None:
    """Raise FellShort where the first page is nothing that a portal could be drafted from."""
    url = first.asked
    if first.outcome == "astray":
        raise FellShort(f"{url}: {first.said}: give that address if it is the portal's")
    if first.outcome == "forbidden":
        raise FellShort(f"{url} may not be asked for: robots.txt forbids it; ask the portal's office")
    if first.outcome == "challenge" or is_challenge(first.body):
        raise FellShort(
            f"{url} answers with a cookie challenge or a block page: ask the portal's office; a portal's file"
            ' can say cookie_challenge = "set-once"'
        )
    if first.outcome == "refused":
        raise FellShort(f"{url} is not asked for: {first.said}")
    if not first.is_ok:
        way = "check the address"
        if "no public address;" in first.said:
            way = "--connect HOST:PORT leads to a server of your own"
        elif "ca_bundle" in first.said:
            way = "--ca-bundle FILE gives it here"
        elif first.outcome == "unanswered" and url.startswith("https:"):
            way = "check the address, or try http://"
        raise FellShort(f"{url} gave no page: {first.said}; {way}")
    if not first.is_html:
        kind = (first.content_type or "of no type").partition(";")[0]
        raise FellShort(f"{url} is no HTML page ({kind}): give the portal's front page")
    try:
        parse(first.body, first.content_type)
    except PageRefused as error:
        raise FellShort(f"{url} cannot be read: {error}; give the portal's front page") from error


def _name_on(probes: Sequence[Reply]) -> str | None:
    """Return what an article says that its site is called."""
    roots = (parse(probe.body, probe.content_type) for probe in probes if probe.is_ok and probe.is_html)
    try:
        return next((name for root in roots if (name := site_name(root, is_front=False))), None)
    except PageRefused:
        return None


def _wordiness(url: str) -> int:
    """Return how many words the end of an address has: articles are named by their headlines."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].count("-")


def _page(reply: Reply) -> tuple[str, dict[str, str], bytes]:
    return reply.url, dict(reply.headers), reply.body


def _same_host(url: str, portal: Portal) -> bool:
    return urlsplit(url).netloc == urlsplit(portal.base_url).netloc


_ORDER = ("listing", "feed", "api", "sitemap")


def _by_freshness(sources: Sequence[Source]) -> list[Source]:
    """Return sources in the order in which they name the newest articles first."""
    return sorted(sources, key=lambda source: _ORDER.index(source.kind))


def _discovery(
    known: Discovery, working: Sequence[Source], asked: Sequence[Source]
) -> list[tuple[str, str | Sequence[str]]]:
    """Return what the file has to say of discovery beside what the family says."""
    said: list[tuple[str, str | Sequence[str]]] = []
    for kind, key, own in (("sitemap", "sitemaps", known.sitemaps), ("feed", "feeds", known.feeds)):
        paths = tuple(source.path for source in working if source.kind == kind)
        if paths != own and (paths or own):
            said.append((key, paths))
    listings = [source for source in working if source.kind == "listing"]
    paths = tuple(source.path for source in listings)
    if paths and paths != known.listings:
        said.append(("listings", paths))
    if not listings:
        return said
    first = listings[0]
    template = template_of(first.reply.body, first.reply.url)
    goes_on = known.listing_next is None and next_page(first.reply.body, first.reply.url) is not None
    if template is not None and template != known.listing_next and not goes_on:
        said.append(("listing_next", template))
    counted = [source for source in listings if source.by_selector is not None]
    selected = sum(source.by_selector or 0 for source in counted)
    if counted and selected * _MANY_MORE < sum(len(source.articles) for source in counted):
        said.append(("listing_links", "a[href]"))
    return said
