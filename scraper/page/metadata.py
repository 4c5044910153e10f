"""What a page says of itself to machines: JSON-LD, OpenGraph and other meta elements, its breadcrumb."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scraper.html import Node, attribute, many, text
from scraper.page.dates import PageDate, iso_datetime, printed_date
from scraper.vietnamese.text import fold, squeeze

_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "TechArticle"}
)
_PAGE_TYPES = frozenset({"WebPage", "ItemPage"})
_MAX_JSON = 300_000
_META_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate",
    "dc.date.issued", "dcterms.created", "dc.date", "date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_MARKED_DATES = "[itemprop=datePublished], [property~='dc:created'], [property~='dcterms:created']"
"""Microdata, and RDFa as Drupal prints it."""
_SITE_PARTS = re.compile(r"\s+[|»–—-]\s+")
_LOGINS = re.compile(
    r"admin\w*|administrator|editor|quan ?tri(?: vien)?|bien ?tap(?: vien)?|webmaster|root|user\d*|ubnd\w*"
)
_SITE_START = re.compile(
    r"(?:cổng (?:thông tin|tin tức|ttđt)|trang (?:thông tin|chủ|tin)|website|cục thống kê)\b"
)
_PAPER_START = re.compile(r"(?i:báo|đài|tạp chí)\s+(?!(?i:cáo|động|chí)\b)(?P<name>\w)")
"""A paper's name goes on with a capital; "Báo cáo …" is a report."""
_BREADCRUMB = "[class*=breadcrumb] a, a[class*=entry-crumb], [itemtype$=BreadcrumbList] a, a[rel~=category]"
_HOME = frozenset({"trang chu", "home", "homepage", "trang nhat", "cong thong tin dien tu", "index"})


@dataclass(slots=True)
class Metadata:
    """A page's own description of itself, read once and lazily where it costs."""

    root: Node
    meta: Mapping[str, str]
    """Content of meta elements by property, name or itemprop, lower case; the first of each."""
    _articles: list[Mapping[str, Any]] | None = field(default=None, repr=False)

    def value(self, *names: str) -> str | None:
        """Return the first of the meta elements that is there and not empty."""
        return next((self.meta[name] for name in names if self.meta.get(name)), None)

    def articles(self) -> list[Mapping[str, Any]]:
        """Return the JSON-LD objects that describe an article; web pages after them."""
        if self._articles is None:
            found = list(_json_ld(self.root))
            self._articles = [node for node in found if _types(node) & _ARTICLE_TYPES]
            self._articles += [node for node in found if _types(node) & _PAGE_TYPES]
        return self._articles

    def headline(self) -> str | None:
        """Return the headline that the page gives to machines, without the site's name."""
        for node in self.articles():
            name = _plain(node.get("headline"))
            if name:
                return name
        return without_site(self.value("og:title", "twitter:title"), self.value("og:site_name"))

    def description(self) -> str | None:
        """Return the page's description; None where it is cut off or names the page's sort alone."""
        found = self.value("og:description", "description", "twitter:description")
        if found is None:
            found = next(
                (text for node in self.articles() if (text := _plain(node.get("description")))), None
            )
        if (
            found is None
            or len(found) < 30
            or is_site(found)
            or re.search(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;)$", found)
        ):
            return None
        return found

    def published(self) -> PageDate | None:
        """Return when the page was published by JSON-LD, meta elements or itemprop, in this order."""
        for node in self.articles():
            iso = iso_datetime(_plain(node.get("datePublished")))
            if iso:
                return PageDate(iso, "json-ld", 0.95 if _types(node) & _ARTICLE_TYPES else 0.85)
        for name in _META_DATES:
            value = self.meta.get(name)
            iso = value and (iso_datetime(value) or printed_date(value))
            if iso:
                return PageDate(iso, "meta", 0.95 if name == "article:published_time" else 0.8)
        for node_ in many(self.root, _MARKED_DATES):
            value = attribute(node_, "content") or attribute(node_, "datetime") or text(node_)
            iso = iso_datetime(value) or printed_date(value or "")
            if iso:
                return PageDate(iso, "itemprop", 0.9)
        return None

    def modified(self) -> str | None:
        """Return when the page was changed last, by meta elements or JSON-LD."""
        found = iso_datetime(self.value("article:modified_time", "og:updated_time", "datemodified"))
        if found:
            return found
        return next(
            (iso for node in self.articles() if (iso := iso_datetime(_plain(node.get("dateModified"))))), None
        )

    def authors(self) -> tuple[str, ...]:
        """Return the names of persons that the page calls its authors; logins ("admin") are none."""
        names = [name for node in self.articles() for name in _names(node.get("author"))]
        if not names and (value := self.value("author", "article:author", "dc.creator")):
            names = [value]
        return tuple(dict.fromkeys(name for name in names if is_person(name)))

    def section(self) -> tuple[str, ...]:
        """Return the category by JSON-LD or meta elements."""
        for node in self.articles():
            value = node.get("articleSection")
            parts = value if isinstance(value, list) else [value]
            names = tuple(name for part in parts if (name := _plain(part)))
            if names:
                return names
        name = self.value("article:section")
        return (name,) if name else ()


def read_metadata(root: Node) -> Metadata:
    """Gather the meta elements of a page."""
    meta: dict[str, str] = {}
    head = root.css_first("head")
    nodes = many(head, "meta[content]") if head is not None else []
    for node in nodes or many(root, "meta[content]"):
        values = node.attributes
        name = values.get("property") or values.get("name") or values.get("itemprop")
        content = squeeze(values.get("content") or "")
        if name and content:
            meta.setdefault(name.lower(), content)
    return Metadata(root, meta)


def without_site(title: str | None, site: str | None = None) -> str | None:
    """Take the site's name off a title ("… - Cổng tin tức thành phố Hải Phòng")."""
    if not title:
        return None
    if site and fold(title).endswith(fold(site)) and len(title) > len(site):
        title = re.sub(r"[\s|»–—-]+$", "", title[: len(title) - len(site)])
        return title or None
    parts = _SITE_PARTS.split(title)
    kept = [part for part in parts if not is_site(part)]
    if len(parts) > 1 and kept and len(kept) < len(parts):
        return title[: title.rindex(kept[-1]) + len(kept[-1])] if parts[0] == kept[0] else kept[0]
    return title


def is_site(part: str) -> bool:
    """Tell whether a part of a title names a site."""
    own = part.lower()
    paper = _PAPER_START.match(part)
    if len(own) < 90 and (_SITE_START.match(own) or (paper and paper["name"].isupper())):
        return True
    return bool(re.search(r"\.(?:gov\.)?vn$", own))


def breadcrumb(root: Node, css: str | None, headline: str) -> tuple[str, ...]:
    """Return a breadcrumb's categories, outermost first, without the front page and the article itself."""
    names = [text(node) for node in many(root, css or _BREADCRUMB)]
    own = fold(headline)
    kept = [re.sub(r"^[\s»›>/|]+|[\s»›>/|]+$", "", name) for name in names]
    return tuple(
        dict.fromkeys(name for name in kept if name and fold(name) not in _HOME and fold(name) != own)
    )


def is_person(name: str) -> bool:
    """Tell whether an author's name is one, and no login, address or site."""
    return (
        1 < len(name) <= 60
        and not _LOGINS.fullmatch(fold(name))
        and "@" not in name
        and "://" not in name
        and not (name.islower() and " " not in name)
        and not is_site(name)
    )


def _json_ld(root: Node) -> Iterator[Mapping[str, Any]]:
    for script in many(root, 'script[type="application/ld+json"]'):
        source = script.text(deep=True).strip()
        if not source or len(source) > _MAX_JSON:
            continue
        source = re.sub(r"^(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)$", "", source).strip()
        try:
            # Editors paste line breaks into strings: not strict.
            yield from _objects(json.loads(source, strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _objects(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 5:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = _plain(item.get("name") if isinstance(item, dict) else item)
        if name:
            yield name


def _plain(value: object) -> str | None:
    return squeeze(html.unescape(value)) or None if isinstance(value, str) else None
