"""What is read of one page of a portal, field by field: by which way, how surely, and who agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.article import read_article
from scraper.errors import PageRefused
from scraper.expectations import FIELDS
from scraper.facts import read_facts
from scraper.html import decode, main_paragraphs, many, parse
from scraper.items import Article, Facts
from scraper.onboarding.asked import Reply
from scraper.page.metadata import read_metadata
from scraper.portal import Layout, Portal
from scraper.vietnamese.text import fold

_GRAM = 4
"""Words that are compared together."""
_AGREES = 0.8
"""Share of these in common from which two readings of a body are one."""
_SELECTED: dict[bool | None, float] = {True: 0.95, None: 0.8, False: 0.5}
"""How sure what a selector found is, by whether the generic reading says the same."""
_GENERIC: dict[bool | None, float] = {True: 0.8, None: 0.6, False: 0.5}
"""How sure a generic reading is, by whether another generic one (metadata, trafilatura) says the same."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector of the layout that read a page, and how many elements it found there."""

    part: str
    css: str
    found: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field as read."""

    name: str
    value: str | None
    way: str | None
    """selector or generic, of the date its source (json-ld, print-line …); None where nothing is read."""
    confidence: float
    agrees: bool | None
    """Whether the generic reading says the same; None where it reads nothing to compare."""


@dataclass(frozen=True, slots=True)
class Look:
    """One page as read."""

    url: str
    article: Article
    facts: Facts
    fields: tuple[Field, ...]
    selectors: tuple[Selector, ...]
    came_at: datetime

    @property
    def missed(self) -> list[str]:
        """The parts of the layout that found nothing though a page must have them, in words."""
        kinds = ("selector_missed", "layout_missed")
        return [problem.detail for problem in self.article.problems if problem.kind in kinds]

    @property
    def disputed(self) -> list[str]:
        """The fields that the generic reading reads otherwise."""
        return [field.name for field in self.fields if field.agrees is False]


def look_at(reply: Reply, portal: Portal) -> Look:
    """Read one page with the portal's layouts, and hold it against the generic reading.

    Raises PageRefused where the page holds no article.
    """
    article = read_article(reply.body, reply.url, portal, reply.came_at, reply.content_type)
    try:
        plain = read_article(reply.body, reply.url, None, reply.came_at, reply.content_type)
    except PageRefused:
        plain = None
    layout = next((one for one in portal.layouts if one.name == article.layout), None)
    found = _selectors(reply, layout)
    return Look(
        reply.url,
        article,
        read_facts(article, portal.ref_area),
        tuple(_fields(article, plain, _in_use(article, found), reply)),
        found,
        reply.came_at,
    )


def _selectors(reply: Reply, layout: Layout | None) -> tuple[Selector, ...]:
    if layout is None:
        return ()
    root = parse(reply.body, reply.content_type)
    scope = root.css_first(layout.article) if layout.article else None
    named = [(part, getattr(layout, part)) for part in FIELDS]
    return tuple(Selector(part, css, len(many(scope or root, css))) for part, css in named if css)


def _in_use(article: Article, found: Sequence[Selector]) -> set[str]:
    """Return the parts that were read by their selector: found, and not given up for another way."""
    missed = {p.detail.partition(":")[0] for p in article.problems if p.kind == "selector_missed"}
    return {one.part for one in found if one.found and f"{article.layout}.{one.part}" not in missed}


def _fields(article: Article, plain: Article | None, used: set[str], reply: Reply) -> list[Field]:
    root = parse(reply.body, reply.content_type)
    told = read_metadata(root).headline()
    others: dict[str, str | None] = {
        "headline": plain.headline if plain and "headline" in used else told,
        "section": " › ".join(plain.section) if plain else None,
        "body": plain.body_text if plain and "body" in used else _second_opinion(reply),
    }
    day = Field(
        "date",
        article.date_published,
        article.date_source,
        article.date_confidence or 0.0,
        _same_day(article, plain),
    )
    return [
        _field("headline", article.headline, "headline" in used, others["headline"]),
        day,
        _field("section", " › ".join(article.section), "section" in used, others["section"]),
        _field("body", article.body_text, "body" in used, others["body"]),
    ]


def _field(name: str, value: str, is_selected: bool, other: str | None) -> Field:
    """Return a field; `other` is the generic reading, or a second one where the field was read so."""
    if not value:
        return Field(name, None, None, 0.0, None)
    agrees = None
    if other:
        agrees = overlap(value, other) >= _AGREES if name == "body" else fold(value) == fold(other)
    if is_selected:
        return Field(name, value, "selector", _SELECTED[agrees], agrees)
    return Field(name, value, "generic", _GENERIC[agrees], agrees or None)


def _second_opinion(reply: Reply) -> str | None:
    return "\n".join(main_paragraphs(decode(reply.body, reply.content_type))) or None


def _same_day(article: Article, plain: Article | None) -> bool | None:
    if plain is None or not article.date_published or not plain.date_published:
        return None
    return article.date_published[:10] == plain.date_published[:10]


def overlap(one: str, other: str) -> float:
    """Return how much two texts have in common, 0 to 1: F1 of their runs of four words."""
    first, second = grams(one), grams(other)
    if not first or not second:
        return float(fold(one) == fold(other))
    return 2 * len(first & second) / (len(first) + len(second))


def grams(value: str) -> set[Sequence[str]]:
    """Return a text's runs of four words, folded."""
    words = fold(value).split()
    return {tuple(words[place : place + _GRAM]) for place in range(max(len(words) - _GRAM + 1, 0))}
