"""Sitemaps, feeds, wp-json and listings: bytes in, links out. Pure, bounded, and never a traceback.

Formats: sitemaps.org protocol 0.9 (index and urlset, at most 50,000 addresses and 50 MB a file), RSS
    2.0, Atom
(RFC 4287), the WordPress REST API's posts. No entity of a document type is ever expanded.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from xml.parsers import expat

from scraper import html
from scraper.crawl.recheck import parse_day
from scraper.portal import Discovery

MAX_LINKS = 50_000
"""Links taken from one page; the sitemap protocol allows no more."""

MAX_UNPACKED = 50 * 1024 * 1024
"""Bytes that a packed sitemap may grow to."""

MAX_SITEMAP_DEPTH = 3
"""Indexes within indexes that are followed."""

_CHUNK = 1 << 16
_LOCS = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</loc>", re.IGNORECASE)
_FEED_LINKS = re.compile(rb"<link>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as a page named it, with the dates (seconds since 1970) beside it."""

    url: str
    lastmod: int | None = None
    published: int | None = None
    is_sitemap: bool = False


class _Refused(Exception):
    """The document declares entities or goes beyond a bound: what was read until there is kept."""


def read_sitemap(body: bytes, url: str) -> list[Link]:
    """Return the links of a sitemap or a sitemap index, also packed; sub-sitemaps have `is_sitemap`.

    Args:
        body: As fetched, Content-Encoding undone.
        url: Its address, which relative links are resolved against.
    """
    body = _unpacked(body)
    found: list[Link] = []

    def ended(name: str, fields: dict[str, str]) -> None:
        if name in ("url", "sitemap") and fields.get("loc"):
            found.append(Link(fields["loc"], parse_day(fields.get("lastmod")), None, name == "sitemap"))

    if not _read_xml(body, ("url", "sitemap"), ended):
        is_index = b"<sitemapindex" in body[:4096].lower()
        found += [Link(_text(match), None, None, is_index) for match in _LOCS.findall(body)[:MAX_LINKS]]
    return _resolved(found, url)


def read_feed(body: bytes, url: str) -> list[Link]:
    """Return the articles of an RSS or Atom feed, with the dates of their publication and last edit."""
    body = _unpacked(body)
    found: list[Link] = []

    def ended(name: str, fields: dict[str, str]) -> None:
        address = fields.get("href") or fields.get("link") or fields.get("guid") or fields.get("id") or ""
        if address:
            published = parse_day(fields.get("pubdate") or fields.get("published") or fields.get("date"))
            found.append(Link(address, parse_day(fields.get("updated")), published))

    if not _read_xml(body, ("item", "entry"), ended):
        found += [Link(_text(match)) for match in _FEED_LINKS.findall(body)[:MAX_LINKS]]
    return _resolved(found, url)


def read_api(body: bytes, url: str) -> list[Link]:
    """Return the posts of a wp-json answer: their link, `modified_gmt` as lastmod and `date_gmt` as
    published."""
    try:
        posts = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found = []
    for post in posts[:MAX_LINKS] if isinstance(posts, list) else []:
        if isinstance(post, dict) and isinstance(post.get("link"), str):
            found.append(Link(post["link"], _gmt(post.get("modified_gmt")), _gmt(post.get("date_gmt"))))
    return _resolved(found, url)


def read_listing(body: bytes, url: str, selector: str | None) -> list[Link]:
    """Return the links of a listing's page, in its order; `selector` names them, None takes all."""
    return [Link(link) for link in html.links(body, url, selector)[:MAX_LINKS]]


def next_listing(body: bytes, url: str, root_url: str, page_no: int, discovery: Discovery) -> str | None:
    """Return the address of the page after the `page_no`-th (counted from 1) of a listing, or None.

    It comes from the portal's `listing_next` template (`{url}` the first page without its closing slash,
    `{page}` the number counted from `listing_first`), else from the page's rel=next.
    """
    if discovery.listing_next is None:
        return html.next_page(body, url)
    number = str(page_no + discovery.listing_first)
    return urljoin(
        root_url, discovery.listing_next.replace("{page}", number).replace("{url}", root_url.rstrip("/"))
    )


def api_page(url: str, page_no: int) -> str:
    """Return the address of the n-th page of wp-json posts, last edited first, only the fields that are
    read."""
    parts = urlsplit(url)
    wanted = {
        "per_page": "100",
        "orderby": "modified",
        "order": "desc",
        "_fields": "link,date_gmt,modified_gmt",
    }
    query = dict(parse_qsl(parts.query)) | wanted | {"page": str(page_no)}
    return urlunsplit(parts._replace(query=urlencode(query, safe=",")))


def _read_xml(body: bytes, items: Iterable[str], ended: object) -> bool:
    """Call `ended(item, fields)` for every item element; False where the document is broken or refused."""
    assert callable(ended)
    wanted = frozenset(items)
    path: list[str] = []
    fields: dict[str, str] = {}
    text: list[str] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2].lower()
        path.append(name)
        if len(path) > 64:
            raise _Refused
        text.clear()
        if name in wanted:
            fields.clear()
        elif name == "link" and attributes.get("rel", "alternate") == "alternate" and "href" in attributes:
            fields.setdefault("href", attributes["href"])

    def end(name: str) -> None:
        nonlocal count
        name = path.pop()
        if name in wanted:
            count += 1
            if count > MAX_LINKS:
                raise _Refused
            ended(name, fields)
        elif path and path[-1] in wanted:
            fields.setdefault(name, "".join(text).strip())

    def characters(data: str) -> None:
        if len(text) < 4096:
            text.append(data)

    def declared(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = declared
    try:
        for offset in range(0, len(body), _CHUNK):
            parser.Parse(body[offset : offset + _CHUNK])
        parser.Parse(b"", True)
    except (expat.ExpatError, _Refused, ValueError, LookupError):
        return False
    return True


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body.lstrip()
    try:
        return zlib.decompressobj(31).decompress(body, MAX_UNPACKED).lstrip()
    except zlib.error:
        return b""


def _text(match: bytes) -> str:
    return unescape(match.decode("utf-8", "replace"))


def _gmt(value: object) -> int | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _resolved(found: list[Link], url: str) -> list[Link]:
    kept: dict[str, Link] = {}
    for link in found:
        address = html.absolute(link.url, url)
        if address and address not in kept:
            kept[address] = Link(address, link.lastmod, link.published, link.is_sitemap)
    return list(kept.values())
