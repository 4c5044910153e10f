"""A page for each article: its text with the facts marked in it, and its revisions compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from warehouse.publication.site import addresses
from warehouse.publication.site.differences import Change, changes
from warehouse.publication.site.linked_data import described_article
from warehouse.publication.site.links import Links
from warehouse.publication.site.marked_text import Piece, Span, marked_paragraphs, spans_of
from warehouse.publication.site.page import Beside, Inputs, Page, Reading, Share
from warehouse.publication.site.queries import links_sql, sql
from warehouse.publication.site.reported import Figure, Reported, figure, reported_sql
from warehouse.publication.site.wording import MEETING_KINDS, Both, capitalised, clock, day_of

_BODY = "body_text"
_ELSEWHERE: dict[str, Both] = {
    "headline": ("trong tiêu đề", "in the headline"),
    "description": ("trong sa-pô", "in the lead"),
    "captions": ("trong chú thích ảnh", "in a caption"),
    "attachment": ("trong tệp đính kèm", "in an attached file"),
}


class _Article(NamedTuple):
    """The columns of `article_pages.sql`."""

    article_id: str
    headline: str
    description: str | None
    body_text: str
    captions: list[str]
    portal_name: str
    article_url: str
    archived_copy: str | None
    published_date: date | None
    authors: list[str]
    source_name: str | None
    section: list[str]
    content_kind: str
    attachments: list[str]
    copy_of: str | None
    original_headline: str | None
    is_edited: bool
    is_retracted: bool
    gone_at: datetime | None
    first_seen: datetime


class _Mention(NamedTuple):
    """The columns of `article_mentions.sql`."""

    article_id: str
    meeting_id: str
    name: str
    day: date | None
    classification: str
    field: str
    quote: str
    quote_start: int


class _Text(NamedTuple):
    """The columns of `article_texts.sql`."""

    article_id: str
    number: int
    first_seen: datetime
    archived_copy: str | None
    headline: str
    description: str | None
    body_text: str
    captions: list[str]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that an article tells of."""

    number: str
    name: str
    kind: Both
    day: Both | None
    page: str
    quote: str


class _Place(NamedTuple):
    """The columns of `article_places.sql`."""

    article_id: str
    number: int | None
    first_seen: datetime | None
    file: str
    byte: int
    digest: str | None
    archived_copy: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text of an article, or an attached document, lies in the archive."""

    number: int | None
    """Of the text, from 0; None for a document."""
    seen: Both | None
    file: str
    """From the home on."""
    byte: int
    """At which its WARC record begins in the file."""
    digest: str | None
    """Of the text that was read, as `text_hash` in the tables."""
    copy: str | None
    """Path of the archived copy, as `replay` serves it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What one text of an article changed of the one before."""

    number: int
    seen: Both | None
    changes: list[Change]


def article_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the pages of the articles of a share."""
    figures = Beside(reading.rows(_reported(), share.chosen))
    mentions, texts, places, areas = (
        Beside(reading.rows(sql(name), share.chosen))
        for name in ("article_mentions", "article_texts", "article_places", "article_areas")
    )
    for row in reading.rows(sql("article_pages"), share.chosen):
        article = _Article(*row)
        key = article.article_id
        yield _page(
            article,
            [Reported(*one) for one in figures.of(key)],
            [_Mention(*one) for one in mentions.of(key)],
            [_Text(*one) for one in texts.of(key)],
            areas.of(key),
            [_Place(*one) for one in places.of(key)],
            reading.links,
        )


def _questions() -> list[str]:
    names = ("article_pages", "article_mentions", "article_texts", "article_places", "article_areas")
    return [*map(sql, names), _reported(), links_sql("article_links")]


def _reported() -> str:
    return reported_sql(
        "md5(reports.article_id)[:2] between $first and $last "
        "and ($keys is null or list_contains($keys::varchar[], reports.article_id)) "
        "and reports.revision_id in (select revision_id from articles)"
    )


ARTICLE_INPUTS = Inputs("article_id", _questions, addresses.article)


def _page(
    article: _Article,
    reports: Iterable[Reported],
    mentions: Iterable[_Mention],
    texts: Iterable[_Text],
    areas: list[tuple[Any, ...]],
    places: Iterable[_Place],
    links: Links,
) -> Page:
    spans: list[Span] = []
    figures: list[Figure] = []
    fields: dict[str, str] = {}
    for place, row in enumerate(reports, 1):
        figures.append(figure(row, str(place), links))
        fields[str(place)] = row.field
        if row.field == _BODY:
            spans += spans_of(article.body_text, row.quote, row.quote_start, str(place), row.obs_value)
    meetings: list[Meeting] = []
    for place, mention in enumerate(mentions, 1):
        letter = _letter(place)
        meetings.append(_meeting(mention, letter))
        fields[letter] = mention.field
        if mention.field == _BODY:
            spans += spans_of(article.body_text, mention.quote, mention.quote_start, letter, mark="met")
    paragraphs: list[list[Piece]] = marked_paragraphs(article.body_text, spans)
    context = {
        "described": described_article(
            article.headline,
            article.article_url,
            article.portal_name,
            article.published_date,
            [capitalised(name) for _, _, name, is_about in areas if is_about],
        ),
        "headline": article.headline,
        "lead": article.description,
        "paragraphs": paragraphs,
        "elsewhere": _elsewhere(fields, paragraphs),
        "captions": article.captions,
        "portal": article.portal_name,
        "url": article.article_url,
        "copy": article.archived_copy,
        "day": day_of(article.published_date),
        "iso_day": article.published_date.isoformat() if article.published_date else "",
        "authors": article.authors,
        "source": article.source_name,
        "section": article.section,
        "content_kind": article.content_kind,
        "attachments": article.attachments,
        "original": addresses.article(article.copy_of) if article.copy_of else None,
        "original_headline": article.original_headline,
        "gone": clock(article.gone_at) if article.is_retracted else None,
        "first_seen": clock(article.first_seen),
        "figures": figures,
        "meetings": meetings,
        "areas": [(capitalised(name), links.area(code), is_about) for _, code, name, is_about in areas],
        "edits": _edits(texts),
        "places": [
            Place(one.number, clock(one.first_seen), one.file, one.byte, one.digest, one.archived_copy)
            for one in places
        ],
    }
    return Page(addresses.article(article.article_id), "article.html.j2", context)


def _elsewhere(fields: Mapping[str, str], paragraphs: list[list[Piece]]) -> dict[str, Both]:
    """Say of each fact that is not marked in the text where its sentence stands."""
    placed = {fact for pieces in paragraphs for _, _, facts in pieces for fact in facts}
    return {
        fact: _ELSEWHERE.get(field.partition(":")[0], ("", ""))
        for fact, field in fields.items()
        if fact not in placed
    }


def _meeting(mention: _Mention, letter: str) -> Meeting:
    return Meeting(
        letter,
        mention.name,
        MEETING_KINDS.get(mention.classification, MEETING_KINDS["other"]),
        day_of(mention.day),
        addresses.meeting(mention.meeting_id),
        mention.quote,
    )


def _edits(texts: Iterable[_Text]) -> list[Edit]:
    """Compare each text with the one before, the newest first."""
    edits = [
        Edit(
            after.number,
            clock(after.first_seen),
            changes(_lines(before), _lines(after)),
        )
        for before, after in pairwise(texts)
    ]
    return edits[::-1]


def _lines(text: _Text) -> list[str]:
    lead = [text.description] if text.description else []
    return [text.headline, *lead, *text.body_text.split("\n\n"), *text.captions]


def _letter(place: int) -> str:
    """Name the first meeting a, the 26th z and the next one aa: figures have the numbers."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
