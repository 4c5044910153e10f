"""Answers as all families give them: articles with validators, listings, XML, what is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime
from hashlib import blake2b

from scraper.replica.content import Content, Entry
from scraper.replica.exchange import Answer
from scraper.replica.pages.furniture import e
from scraper.replica.pages.listings import Listing
from scraper.replica.sites import NOTICE, Site

XML = "application/xml; charset=utf-8"


def listing_answer(
    replica: Content,
    site: Site,
    category: str | None,
    page: int,
    render: Callable[[Listing], str],
    *,
    heavy: bool,
) -> Answer | None:
    """Return a page of a category, numbered from 1, of all articles where it is None; None past the last."""
    name = dict(site.categories).get(category or "", site.name if category is None else None)
    if name is None:
        return None
    rows = [r for r in replica.of_site(site) if category in (None, r.category[0])]
    pages = max(1, -(-len(rows) // site.per_page))
    if not 1 <= page <= pages:
        return None
    base = site.listing_path(category) if category else ""
    chosen = rows[(page - 1) * site.per_page : page * site.per_page]
    return Answer(200, render(Listing(replica, site, chosen, page, pages, base, name, heavy)).encode())


def not_found(site: Site) -> Answer:
    """Return the portal's page for what is not there."""
    body = (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>Không tìm thấy - {e(site.name)}</title></head>"
        f"<body><h1>Không tìm thấy trang yêu cầu</h1><p>{e(NOTICE)}</p></body></html>"
    )
    return Answer(404, body.encode())


def number(text: str) -> int:
    """Return the number that a parameter gives, 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def article_answer(text: str, entry: Entry, validators: str) -> Answer:
    """Return an article's page; validators tell of the article's state, not of the furniture around it."""
    headers: dict[str, str] = {}
    if validators in ("both", "etag"):
        weak = "W/" if validators == "etag" else ""
        headers["ETag"] = f'{weak}"{entry.native_id:x}-{entry.revision}"'
    if validators in ("both", "date"):
        headers["Last-Modified"] = format_datetime(entry.modified.astimezone(UTC), usegmt=True)
    return Answer(200, text.encode(), headers=headers)


def xml_answer(text: str, content_type: str = XML) -> Answer:
    """Return a document of XML with an ETag of its bytes."""
    body = text.encode()
    return Answer(200, body, content_type, {"ETag": f'"{blake2b(body, digest_size=8).hexdigest()}"'})
