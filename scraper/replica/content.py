"""The replica's content: every article at its address, edited, deleted or added while it is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from scraper.replica.almanac import plan, write_story
from scraper.replica.attachments import facts_of
from scraper.replica.desk import ZONE, Brief
from scraper.replica.figures import slug
from scraper.replica.prose import chance
from scraper.replica.records import Story, Text
from scraper.replica.second_thoughts import (
    OFFICE,
    amended_story,
    amounts_told,
    official_brief,
    official_story,
)
from scraper.replica.sites import SITES, VNPT_NEW_YEAR, Site

CACHED = 1000
"""Stories kept in memory; the others are written again when they are asked for."""
DEFAULT_UNTIL = date(2026, 10, 20)


@dataclass(slots=True)
class Entry:
    """One article of one portal: its address and the state that requests see."""

    number: int
    site: Site
    brief: Brief
    native_id: int
    slug: str
    headline: str
    published: datetime
    modified: datetime
    category: tuple[str, str]
    """Slug and name of its category."""
    copy_of: Entry | None = None
    is_deleted: bool = False
    is_withdrawn: bool = False
    """Gone from its address, though sitemaps and listings still name it, as cached ones do."""
    revision: int = 0
    extra: list[str] = field(default_factory=list)
    """Paragraphs that edits appended."""
    own: Story | None = None
    """A story given from outside; None: the brief's."""

    @property
    def is_gone(self) -> bool:
        """Whether its address answers 404."""
        return self.is_deleted or self.is_withdrawn

    @property
    def path(self) -> str:
        """Path of the article's own address."""
        return self.site.article_path(self.category[0], self.slug, self.native_id, self.published)

    @property
    def url(self) -> str:
        """The article's own address."""
        return self.site.base_url + self.path

    @property
    def id(self) -> str:
        """Stable name of the article in the replica: the portal and its number there."""
        return f"{self.site.slug}-{self.native_id}"


class Content:
    """The portals of one invented city, the same for the same seed, number of articles, end date and portals.

    Stories are written when they are asked for, so that a large replica costs no memory for its texts.
    """

    def __init__(
        self,
        seed: int = 7,
        articles: int = 320,
        until: date = DEFAULT_UNTIL,
        sites: Sequence[Site] = SITES,
    ) -> None:
        self.seed, self.until, self.sites = seed, until, tuple(sites)
        self.clock = datetime.combine(until, time(23, 0), ZONE)
        """The replica's own time, which edits and additions move on; never the machine's."""
        self.entries: list[Entry] = []
        self._by_site: dict[str, list[Entry]] = {site.slug: [] for site in self.sites}
        self._slugs = {site.slug: site for site in self.sites}
        self._by_path: dict[tuple[str, str], Entry] = {}
        self._by_id: dict[tuple[str, int], Entry] = {}
        self._last_id: dict[tuple[str, bool], int] = {}
        self._shown: dict[str, list[Entry]] = {}
        self._size = articles
        self._cache: OrderedDict[int, Story] = OrderedDict()
        copies = articles // 100
        official = copies if OFFICE in self._slugs else 0
        briefs = plan(seed, articles - copies - official, until, self.sites)
        for brief in briefs:
            self._enter(brief, write_story(seed, brief))
        self._put_right(official)
        if articles > len(self.entries):
            self._copy(articles - len(self.entries))
        # An edit is newer than anything printed, so that sitemaps and their parts tell of it.
        self.clock = max(self.clock, *(entry.published for entry in self.entries))

    # reading

    def of_site(self, site: Site) -> list[Entry]:
        """Return the articles that a portal shows now, newest first."""
        if site.slug not in self._shown:
            rows = [entry for entry in self._by_site[site.slug] if not entry.is_deleted]
            rows.sort(key=lambda entry: (entry.published, entry.native_id), reverse=True)
            self._shown[site.slug] = rows
        return self._shown[site.slug]

    def find(self, site: Site, native_id: int) -> Entry | None:
        """Return the portal's article of that id, deleted ones too."""
        return self._by_id.get((site.slug, native_id))

    def at_path(self, site: Site, path: str) -> Entry | None:
        """Return the portal's article whose own address has that path, deleted ones too."""
        return self._by_path.get((site.slug, path))

    def story(self, entry: Entry) -> Story:
        """Return the article's present text."""
        if entry.own is not None:
            story = entry.own
        else:
            story = self._cache.get(entry.number) or self._keep(entry.number, self._written(entry))
        if not entry.extra:
            return story
        blocks = [*story.blocks, *(Text(paragraph) for paragraph in entry.extra)]
        return replace(story, blocks=blocks)

    def truth(self) -> Iterator[dict[str, Any]]:
        """Yield the known facts of every article shown now, as objects of `docs/standard/facts.md` §5.

        Beside the standard's fields each has `url`, `portal`, `native_id`, `copy_of` (a URL or None), `kind`,
        and in `attached` the figures of the documents that it links to.
        """
        for entry in self.entries:
            if not entry.is_gone:
                yield self.facts(entry)

    def facts(self, entry: Entry) -> dict[str, Any]:
        """Return the known facts of one article."""
        story = self.story(entry)
        site = entry.site
        return {
            "id": entry.id,
            "url": entry.url,
            "portal": site.slug,
            "native_id": str(entry.native_id) if site.has_native_id else None,
            "copy_of": entry.copy_of.url if entry.copy_of else None,
            "kind": story.kind,
            "article": {
                "url": entry.url,
                "portal": site.slug,
                "headline": story.headline,
                "description": site.description(story),
                "date_published": site.printed_date(entry.published),
                "authors": list(story.authors),
                "source": story.source,
                "section": [entry.category[1]],
                "body_text": story.body_text(),
                "captions": story.captions(),
                "attachments": [site.base_url + path for path in story.attachments],
            },
            "districts": list(story.districts),
            "meetings": story.facts("meeting"),
            "indicators": story.facts("indicator"),
            "attached": [fact for path in story.attachments for fact in facts_of(path, self.seed)],
            "areas": dict(story.areas),
        }

    # changing

    def edit(
        self, article: Entry | str, paragraph: str = "Thông tin được tòa soạn cập nhật, bổ sung."
    ) -> Entry:
        """Append a paragraph to an article: new text, new lastmod, new ETag."""
        entry = self._entry(article)
        entry.extra.append(paragraph)
        entry.revision += 1
        entry.modified = self._tick()
        return entry

    def delete(self, article: Entry | str) -> Entry:
        """Take an article away: its address answers 404 and nothing links to it."""
        entry = self._entry(article)
        entry.is_deleted = True
        entry.modified = self._tick()
        return entry

    def restore(self, article: Entry | str) -> Entry:
        """Bring a deleted article back."""
        entry = self._entry(article)
        entry.is_deleted = False
        entry.modified = self._tick()
        return entry

    def second_thoughts(self) -> None:
        """Let the city's portal take back what it printed: one article in a hundred is amended, a figure of
        it put right in place, and half as many are withdrawn while its sitemaps still name them."""
        wanted = self._size // 100
        copied = {entry.copy_of.number for entry in self.entries if entry.copy_of}
        rows = [e for e in self.of_site(self.sites[0]) if e.own is None and e.number not in copied]
        for entry in rows:
            if wanted and (story := amended_story(self.seed, entry.brief, self.story(entry))):
                wanted -= 1
                entry.own = story
                entry.revision += 1
                entry.modified = self._tick()
        told = (entry for entry in rows if entry.own is None and self.story(entry).facts("indicator"))
        for entry in islice(told, self._size // 200):
            entry.is_withdrawn = True
            entry.modified = self._tick()

    def add(self, portal: str, headline: str, paragraphs: list[str]) -> Entry:
        """Publish one more article, the newest of its portal, without known facts."""
        site = self._slugs[portal]
        now = self._tick()
        brief = Brief(len(self.entries), portal, "notice", site.home_area, now.date())
        return self._enter(brief, Story(headline, [Text(p) for p in paragraphs], now), own=True)

    def publish(self, site: Site, story: Story, stamp: str = "", copy_of: Entry | None = None) -> Entry:
        """Publish a story as it is given, on its own day.

        Args:
            site: The portal that prints it.
            story: What it prints.
            stamp: What the name in its address ends in.
            copy_of: The article of another portal that it is a copy of.
        """
        brief = Brief(len(self.entries), site.slug, "notice", site.home_area, story.published.date())
        return self._enter(brief, story, own=True, copy_of=copy_of, stamp=stamp)

    # inside

    def _entry(self, article: Entry | str) -> Entry:
        if isinstance(article, Entry):
            return article
        for entry in self.entries:
            if article in (entry.id, entry.url):
                return entry
        raise KeyError(article)

    def _tick(self) -> datetime:
        self.clock += timedelta(minutes=7)
        self._shown.clear()
        return self.clock

    def _enter(
        self,
        brief: Brief,
        story: Story,
        *,
        own: bool = False,
        copy_of: Entry | None = None,
        stamp: str = "",
    ) -> Entry:
        site = self._slugs[brief.portal]
        rows = self._by_site[site.slug]
        number = len(self.entries)
        native_id = self._next_id(site, story.published.year, number)
        name = slug(story.headline)[:120].strip("-") + stamp
        category = site.category(brief.genre)
        entry = Entry(
            number,
            site,
            brief,
            native_id,
            name,
            story.headline,
            story.published,
            story.published,
            category,
            copy_of,
        )
        twin = 2
        while (site.slug, entry.path) in self._by_path:
            entry.slug = f"{name}-{twin}"
            twin += 1
        if own:
            entry.own = story
        else:
            self._keep(number, story)
        self.entries.append(entry)
        rows.append(entry)
        self._shown.pop(site.slug, None)
        self._by_path[site.slug, entry.path] = entry
        self._by_id[site.slug, native_id] = entry
        return entry

    def _keep(self, number: int, story: Story) -> Story:
        self._cache[number] = story
        if len(self._cache) > CACHED:
            self._cache.popitem(last=False)
        return story

    def _next_id(self, site: Site, year: int, number: int) -> int:
        is_old = site.family == "vnpt" and year < VNPT_NEW_YEAR
        first, span = (20000, 79000) if is_old else (site.first_id, site.id_span)
        step = max(1, min(site.id_step, span // max(1, self._size)))
        last = self._last_id.get((site.slug, is_old), first)
        self._last_id[site.slug, is_old] = last + chance(self.seed, "id", number).randint(1, step)
        return self._last_id[site.slug, is_old]

    def _written(self, entry: Entry) -> Story:
        story = write_story(self.seed, entry.brief)
        return _copied(story, entry.copy_of.site.host) if entry.copy_of else story

    def _put_right(self, wanted: int) -> None:
        """Let the statistics office put so many figures right that other portals printed."""
        step = max(1, len(self.entries) // (8 * wanted)) if wanted else 1
        rows = [entry for entry in self.entries[::step] if entry.site.slug != OFFICE]
        chance(self.seed, "official").shuffle(rows)
        for entry in rows:
            brief = official_brief(entry.brief, entry.number)
            if wanted and brief is not None and brief.day < self.until:
                for told in amounts_told(entry.brief, self.story(entry))[:1]:
                    wanted -= 1
                    self._enter(brief, official_story(self.seed, brief, told), own=True)

    def _copy(self, wanted: int) -> None:
        homes = {site.home_area: site for site in self.sites if site.home_area != "31"} | {
            site.later_area: site for site in self.sites if site.later_area
        }
        rows = [e for e in self.entries if e.site is self.sites[0] and e.brief.code in homes]
        chosen = rows[:: max(1, len(rows) // wanted)][:wanted]
        if len(chosen) < wanted:
            chosen = rows[:wanted]
        for original in chosen:
            brief = replace(original.brief, portal=homes[original.brief.code].slug)
            self._enter(brief, _copied(self.story(original), original.site.host), copy_of=original)


def _copied(story: Story, source: str) -> Story:
    """Return the story as another portal reprints it the next day, its source named."""
    later = story.published + timedelta(hours=19)
    return replace(story, published=later, source=source, attachments=())
