"""Whether the generic reader agrees with a portal's layouts: the same archived pages read both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from scraper.archive.reader import archive_folder, read_record
from scraper.article import read_article
from scraper.errors import ArchiveError, ReadError
from scraper.items import Article
from scraper.portal import Portal
from scraper.vietnamese.text import fold

_SAME_BODY = 0.8
_PARTS: dict[str, Callable[[Article], str]] = {
    "headline": lambda article: fold(article.headline),
    "date": lambda article: (article.date_published or "")[:10],
    "body": lambda article: fold(article.body_text),
}


def generic_agreement(portal: Portal, home: Path, captures: Sequence[tuple[str, int]]) -> str | None:
    """Say in one clause how the generic reader reads archived pages, beside what the portal's layouts read.

    Args:
        portal: Its layouts are one of the readers.
        home: Holds the archive.
        captures: Archive file and offset of a few pages; those that cannot be read by both are left out.

    None where no page could be read.
    """
    pairs = [pair for place in captures if (pair := _both(portal, home, place)) is not None]
    if not pairs:
        return None
    said = [_compared(part, pairs) for part in _PARTS]
    return f"the generic reader, on {len(pairs)} of these pages: {', '.join(said)}"


def _both(portal: Portal, home: Path, place: tuple[str, int]) -> tuple[Article, Article] | None:
    try:
        captured = read_record(archive_folder(home, portal.slug), portal.slug, *place)
        fetch = captured.fetch
        own = read_article(captured.body, fetch.url, portal, fetch.fetched_at, fetch.content_type)
        return own, read_article(captured.body, fetch.url, None, fetch.fetched_at, fetch.content_type)
    except (ArchiveError, ReadError):
        return None


def _compared(part: str, pairs: Sequence[tuple[Article, Article]]) -> str:
    value = _PARTS[part]
    found = [(value(own), value(other)) for own, other in pairs]
    same = sum(1 for own, other in found if own and other and _is_same(part, own, other))
    alone = sum(1 for own, other in found if other and not own)
    if alone:
        return f"finds the {part} on {alone} where the layout finds none"
    if not any(other for _, other in found):
        return f"finds no {part} either"
    return f"agrees on the {part} of {same}"


def _is_same(part: str, own: str, other: str) -> bool:
    if part != "body":
        return own == other
    mine, theirs = set(own.split()), set(other.split())
    return len(mine & theirs) >= _SAME_BODY * max(len(mine), len(theirs))
