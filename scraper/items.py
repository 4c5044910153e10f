"""The records that `scraper` makes and `warehouse` takes: the contract between the halves.

Field names are the field's own terms: schema.org for articles, Open Civic Data for meetings, SDMX for
observations, W3C Web Annotation for evidence. `docs/standard/facts.md` defines every fact field.
All text is NFC; offsets count code points; times are timezone-aware; records are plain and frozen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal

ARTICLE_READER = 4
"""Version of the article reader: raise it when the text or metadata read from a page changes."""

FACT_READER = 8
"""Version of the fact reader: raise it when the facts read from the same article change."""

ARCHIVE_LACKS = "lacks records that were archived"
"""What is said of an archive file that lost some, so that `status` knows it again."""

VIETNAM = timezone(timedelta(hours=7))
"""The zone of what portals print and of what people are shown; it has no summer time."""

Progress = Callable[[str, int, int | None], None]
"""Told what is going on, how much of it is done, and of how much where that is known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was seen and not understood: what, where and why."""

    stage: str
    """Where it came up: crawl, archive, article, facts."""
    kind: str
    """Short stable key, snake case: empty_page, selector_missed, number_not_understood …"""
    detail: str
    """One sentence for a person."""
    quote: str | None = None
    """The clause, selector or bytes it is about, where there is one."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One archived response: what was asked, what came, and where its bytes lie."""

    portal: str
    url: str
    """As requested."""
    kind: str
    """What the page was fetched as: article, attachment, listing, sitemap, feed, api, robots, other."""
    fetched_at: datetime
    """UTC, from the WARC record."""
    http_status: int
    outcome: str
    """ok, not_modified, redirect, gone, challenge, error, too_large, truncated."""
    content_type: str | None
    payload_digest: str
    """sha256:<hex> of the payload as stored."""
    payload_bytes: int
    warc_file: str
    """File name within the portal's archive folder."""
    warc_offset: int
    warc_length: int
    """Bytes of the compressed member."""
    etag: str | None = None
    last_modified: str | None = None
    tls: str | None = None
    """unverified where the portal's file says `verify_tls = false`; else None."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from one page. Pure data: no HTML, no portal object."""

    url: str
    canonical_url: str
    headline: str
    body_text: str
    """Paragraphs joined by a blank line; a table is a paragraph a row, cells joined by ' | '."""
    portal: str | None = None
    native_id: str | None = None
    """The id that the portal itself gives the article, where its URL or page has one."""
    description: str | None = None
    date_published: str | None = None
    """ISO 8601 with +07:00, or a date alone where the page prints no time."""
    date_source: str | None = None
    """json-ld, meta, time-element, print-line, byline, lead, url, sitemap, feed …"""
    date_confidence: float | None = None
    date_modified: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    section: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    content_kind: str = "text"
    """text, attachment_only, image_only or empty."""
    kind: str = "news"
    """news, press_digest, roundup (of several areas), attachment_only, image_only or empty."""
    layout: str = "generic"
    """Name of the portal layout that read it, or generic."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the article a fact stands: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int
    field: str = "body_text"
    """body_text, headline or attachment:<n>."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A named person at a meeting."""

    name: str
    roles: tuple[str, ...]
    """Posts as printed."""
    note: str
    """chair, direct, report, speak or attend: the strongest one printed."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A formal gathering that the article reports or announces (facts.md §3)."""

    name: str
    classification: str
    organization: str | None
    ordinal: int | None
    start_date: str | None
    end_date: str | None
    part_of_day: str | None
    location: str | None
    ref_area: str | None
    status: str
    participants: tuple[Participant, ...]
    evidence: Evidence
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One number that the article reports of an indicator of an area in a period (facts.md §4)."""

    indicator_name: str
    indicator: str
    breakdown: str | None
    measure: str
    base: str | None
    obs_value: Decimal
    obs_value_upper: Decimal | None
    unit_measure: str
    unit_mult: int
    bound: str
    obs_status: str
    time_period: str
    ref_area: str
    evidence: Evidence
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read out of one article."""

    districts: tuple[str, ...] = ()
    """District-level codes that the article is about."""
    meetings: tuple[Meeting, ...] = ()
    indicators: tuple[Observation, ...] = ()
    areas: dict[str, str] = field(default_factory=dict)
    """Printed name of every area code used."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalRecord:
    """What the warehouse keeps of a portal's file, so that no mart needs to know TOML."""

    portal: str
    name: str
    base_url: str
    family: str
    ref_area: str | None
    """GSO code of the area that the portal belongs to."""
    retired_on: str | None
    is_verified: bool
    notice: str | None
    """A sentence that every publication of this portal's data carries, e.g. that it is synthetic."""
    is_paused: bool = False
    """A person has asked for it not to be crawled for a while."""
    paused_until: str | None = None
    """ISO day from which it is crawled again."""
    precedence: int = 1
    """Of portals that print one text, that of the lowest number counts as its origin."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of an attached file, as evidence of `field: attachment:<n>` counts in it."""

    url: str
    """As the frontier has it: normalised, so that an article's link finds it."""
    kind: str
    """pdf, docx or xlsx: what the bytes are."""
    pages: int
    """Of a PDF; sheets of a workbook; 1 for a DOCX."""
    text: str
    """Paragraphs joined by a blank line; a table is a paragraph a row, cells joined by ' | '."""
    cut: str | None = None
    """Why not all of it was read."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one archived record gave: the unit that `harvest` yields and `warehouse.load` takes."""

    fetch: Fetch
    article_id: str | None
    """Set where the record is an article page of the portal, read or not."""
    article: Article | None
    facts: Facts | None
    problems: tuple[Problem, ...] = ()
    """Beside those that the article and the facts carry."""
    text_hash: str | None = None
    """Of the article's text, white space evened out: equal hashes are one revision. Set with `article`."""
    sketch: tuple[int | None, ...] = ()
    """Of the article's body, by which near copies find each other (`scraper.harvest.sketch`)."""
    document: Document | None = None
    """Set where the record is an attached file that could be read."""


@dataclass(frozen=True, slots=True)
class HarvestBatch:
    """What a stretch of one archive file gave; stretches of a file follow one another without gaps."""

    portal: str
    warc_file: str
    start: int
    """Bytes into the file where the stretch begins."""
    read_to: int
    """Bytes into the file where the next stretch begins."""
    harvests: tuple[Harvest, ...]
    problems: tuple[Problem, ...] = ()
    """What belongs to the file and to no record, e.g. damaged bytes."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text of an article as the warehouse keeps it, given out to have its facts read again."""

    portal: str
    article_id: str
    revision_id: str
    fetch_id: str
    """Of the capture that speaks for it."""
    article: Article


@dataclass(frozen=True, slots=True)
class AttachedText:
    """A document attached to a text of an article, given out to have its facts read."""

    text: StoredText
    position: int
    """Of the document among the article's attachments: the n of `attachment:<n>`."""
    document_id: str
    """Of the capture that the document was read from."""
    document: Document
    fetched_at: datetime
    """When that capture came."""


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """What reading the facts of an attached document gave."""

    attached: AttachedText
    facts: Facts | None
    problems: tuple[Problem, ...] = ()
    """Beside those that the facts carry."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """What reading the facts of a stored text again gave."""

    text: StoredText
    facts: Facts | None
    problems: tuple[Problem, ...] = ()
    """Beside those that the facts carry."""
