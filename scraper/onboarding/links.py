"""What a page's links betray of a site: which are articles, which listings, how listings go on. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scraper.html import Node, absolute, attribute, base_of, links, many, parse, text
from scraper.identity import is_allowed, is_article, url_key
from scraper.portal import Portal
from scraper.vietnamese.text import fold

_NEWS = re.compile(
    r"\b(?:tin|tin tuc|su kien|hoat dong|thoi su|chi dao|kinh te|van hoa|xa hoi|chinh tri|thong bao|tin bai"
    r"|xay dung dang|tinh hinh|bai viet|news)\b"
)
_NO_LISTING = re.compile(
    r"\b(?:dang nhap|lien he|gioi thieu|so do|thu vien|video|hinh anh|van ban|thu tuc|hoi dap|gop y|english"
    r"|tim kiem|dich vu cong|email|lich cong tac|rss)\b"
)
_MENU = "nav a[href], [class*=menu] a[href], [id*=menu] a[href], [class*=nav] a[href], header a[href]"
_NOT_NAMED = re.compile(r"^(?:trang chủ|home(?: page)?|trang nhất)\s*[-–—|:]?\s*", re.IGNORECASE)
_SITE_NAME = re.compile(r"[-–—|]\s*(?:trang chủ|home(?: page)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page of a site tells of it."""

    name: str | None
    """The site's own name."""
    articles: tuple[str, ...]
    """Addresses that its family's patterns take for articles, in page order."""
    listings: tuple[str, ...]
    """Addresses that may be listings, the likeliest first: what stands above articles' addresses, then what
    the menu calls news."""
    feeds: tuple[str, ...]


def read_front(body: bytes, url: str, portal: Portal, content_type: str | None = None) -> Front:
    """Read a site's front page; raise PageRefused where it is no page that can be read."""
    root = parse(body, content_type)
    base = base_of(root, url)
    articles = articles_on(body, url, portal)
    return Front(
        site_name(root, is_front=urlsplit(url).path in ("", "/")),
        tuple(articles),
        tuple(_listings(root, base, portal, articles)),
        _feeds(root, base),
    )


def articles_on(body: bytes, url: str, portal: Portal, selector: str | None = None) -> list[str]:
    """Return the articles that a page links to, each once however its address is written."""
    kept: dict[str, str] = {}
    for link in links(body, url, selector):
        if is_article(link, portal):
            kept.setdefault(url_key(link, portal), link)
    return list(kept.values())


def site_name(root: Node, is_front: bool) -> str | None:
    """Return what a site calls itself: og:site_name, else the title of its front page; None elsewhere."""
    for css in ("meta[property='og:site_name']", "meta[name='application-name']"):
        told = root.css_first(css)
        own = attribute(told, "content") if told is not None else None
        if own:
            return own
    node = root.css_first("title") if is_front else None
    title = _SITE_NAME.sub("", _NOT_NAMED.sub("", text(node))).strip(" -–—|") if node is not None else ""
    parts = [part.strip() for part in re.split(r"\s[-–—|]\s", title) if part.strip()]
    return " - ".join(dict.fromkeys(parts))[:120] or None


def template_of(body: bytes, listing: str) -> str | None:
    """Return the `listing_next` template that a listing's links to its second page give, or None.

    A link counts where it begins as the listing does and differs from it by a 2 that a name precedes.
    """
    stem = listing.rstrip("/")
    for link in links(body, listing):
        if not link.startswith(stem) or link.rstrip("/") == stem:
            continue
        rest = link[len(stem) :]
        found = re.fullmatch(
            r"(/?(?:page|trang|p)[/-]?|/p|[?&](?:.*&)?[\w]*(?:page|trang|cur|paged|p)=)2(/?|&.*)", rest
        )
        if found:
            return "{url}" + found[1] + "{page}" + found[2]
    return None


def local(url: str) -> str:
    """Return the path and query of an address, as a portal's file writes it."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def sitemaps_of(robots: Sequence[str], portal: Portal) -> list[str]:
    """Return the sitemaps that robots.txt names on the portal's hosts."""
    named = [
        line.partition(":")[2].strip()
        for text_ in robots
        for line in text_.splitlines()
        if line.strip().lower().startswith("sitemap:")
    ]
    return [url for url in dict.fromkeys(named) if is_allowed(url, portal)]


def _listings(root: Node, base: str, portal: Portal, articles: Sequence[str]) -> list[str]:
    """Return what may be listings: what stands above most articles' addresses first, then what menus name."""
    above: Counter[str] = Counter()
    for article in articles:
        segments = [part for part in urlsplit(article).path.split("/") if part]
        for count in range(1, len(segments)):
            above["/" + "/".join(segments[:count])] += 1
    by_path: dict[str, str] = {}
    named: dict[str, str] = {}
    menu = {node.mem_id for node in many(root, _MENU)}
    for node in many(root, "a[href]"):
        url = absolute(node.attributes.get("href"), base)
        if url is None or not is_allowed(url, portal) or is_article(url, portal):
            continue
        path: str = urlsplit(url).path.rstrip("/")
        label = fold(text(node))
        if not path or path in ("/rss", "/feed"):
            continue
        if path in above and not urlsplit(url).query:
            by_path.setdefault(path, url)
        elif node.mem_id in menu and _NEWS.search(label) and not _NO_LISTING.search(label):
            named.setdefault(url, url)
    first = sorted(by_path, key=lambda each: -above[each])
    return list(dict.fromkeys([*(by_path[each] for each in first), *named]))


def _feeds(root: Node, base: str) -> tuple[str, ...]:
    nodes = many(root, "link[rel~=alternate][type*=rss], link[rel~=alternate][type*=atom]")
    found = [absolute(node.attributes.get("href"), base) for node in nodes]
    plain = [url for url in found if url and "comments" not in url]
    return tuple(dict.fromkeys(urljoin(base, url) for url in plain))
