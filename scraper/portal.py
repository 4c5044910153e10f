"""A portal as data: what its TOML file and its CMS family's file say, checked strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from scraper.errors import PortalError
from scraper.html import is_selector
from scraper.items import PortalRecord
from scraper.portal_file import Table, date_pattern, read_toml
from scraper.vietnamese.text import fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one template of a portal prints an article, for pages fetched while it was in use."""

    name: str
    valid_from: date | None
    valid_to: date | None
    """Exclusive."""
    article: str | None
    """CSS selector of the element that holds the whole article; None: the page."""
    headline: str | None
    description: str | None
    date: str | None
    date_formats: tuple[str, ...]
    """strptime formats of the printed date, tried in order."""
    body: str | None
    caption: str | None
    author: str | None
    source: str | None
    section: str | None
    attachment: str | None
    remove: tuple[str, ...]
    """CSS selectors of furniture inside the article."""
    stop: tuple[str, ...]
    """Folded line starts after which nothing of the article follows ("Tin khác")."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where a portal's article addresses are found. Paths are relative to the base URL."""

    sitemaps: tuple[str, ...]
    feeds: tuple[str, ...]
    listings: tuple[str, ...]
    """First pages of listings."""
    listing_next: str | None
    """`{page}` template of the next pages (`{url}` the first page's URL), or None: follow rel=next alone."""
    listing_first: int
    """The number of the first page in that template, usually 1."""
    listing_links: str | None
    """CSS selector of the links to articles on a listing; None: every link that `article` matches."""
    api: str | None
    """Path of wp-json posts, where the portal has it."""
    trust_lastmod: bool


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal: who it is, how it may be fetched, where articles are and how they are printed."""

    slug: str
    name: str
    base_url: str
    family: str
    hosts: tuple[str, ...]
    """Every host that may be fetched, lower case, without www."""
    ref_area: str | None
    is_verified: bool
    retired_on: date | None
    notice: str | None
    connect: str | None
    """host:port that connections really go to (the replica on loopback), the Host header kept."""
    rate: float
    """Requests a second at most."""
    max_pages: int | None
    article: tuple[re.Pattern[str], ...]
    """Patterns of an article's path and query; a group named `id` is the native id."""
    discovery: Discovery
    layouts: tuple[Layout, ...]

    def record(self) -> PortalRecord:
        """Return what the warehouse keeps of this portal."""
        return PortalRecord(
            portal=self.slug,
            name=self.name,
            base_url=self.base_url,
            family=self.family,
            ref_area=self.ref_area,
            retired_on=self.retired_on.isoformat() if self.retired_on else None,
            is_verified=self.is_verified,
            notice=self.notice,
        )


PORTALS_DIR = Path(__file__).parent / "portals"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"build", "logs", "published"}
"""Folders of a home beside those of its portals."""
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+|localhost")
_CONNECT = re.compile(r"[^\s:/]+:\d{1,5}")
_DEFAULT_RATE = 1.0


def load_portals(portals_dir: Path | None = None) -> dict[str, Portal]:
    """Load the shipped portals, and those of a user's folder beside them, by slug.

    A user's file of the same name replaces the shipped one; `<portals_dir>/families/` adds families in the
    same way. Raises PortalError naming the file and the key that is wrong.
    """
    families = _read_families(PORTALS_DIR / "families")
    files = {path.stem: path for path in sorted(PORTALS_DIR.glob("*.toml"))}
    if portals_dir is not None:
        if not portals_dir.is_dir():
            raise PortalError(f"{portals_dir}: no such folder of portals")
        families |= _read_families(portals_dir / "families")
        files |= {path.stem: path for path in sorted(portals_dir.glob("*.toml"))}
    portals: dict[str, Portal] = {}
    for path in files.values():
        portal = _read_portal(path, families)
        if portal.slug in portals:
            raise PortalError(f"{path.name}: slug: {portal.slug!r} is another file's slug too")
        portals[portal.slug] = portal
    _refuse_shared_hosts(portals)
    return dict(sorted(portals.items()))


def portal_for_url(url: str, portals: Mapping[str, Portal]) -> Portal | None:
    """Return the portal to whose hosts the URL belongs, or None."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    host = host.lower().removeprefix("www.")
    return next((portal for portal in portals.values() if host in portal.hosts), None)


@dataclass(frozen=True, slots=True)
class _Family:
    """What a CMS family's file gives to its portals."""

    name: str
    article: tuple[re.Pattern[str], ...]
    discovery: Discovery
    layouts: tuple[Layout, ...]


_NO_DISCOVERY = Discovery((), (), (), None, 1, None, None, trust_lastmod=False)
_NO_LAYOUT = Layout(
    "", None, None, None, None, None, None, (), None, None, None, None, None, None, remove=(), stop=()
)


def _read_families(folder: Path) -> dict[str, _Family]:
    families = {}
    for path in sorted(folder.glob("*.toml")):
        table = read_toml(path)
        families[path.stem] = _Family(
            name=path.stem,
            article=_patterns(table) or (),
            discovery=_discovery(table.table("discovery"), _NO_DISCOVERY),
            layouts=_layouts(table, ()),
        )
        table.finish()
    return families


def _read_portal(path: Path, families: Mapping[str, _Family]) -> Portal:
    table = read_toml(path)
    name, base_url = table.required("name"), table.required("base_url").rstrip("/")
    family = families.get(family_name := table.required("family"))
    if family is None:
        raise table.error("family", f"{family_name!r} is not known; known are {', '.join(sorted(families))}")
    slug = table.text("slug") or path.stem
    if not _SLUG.fullmatch(slug):
        raise table.error("slug", f"{slug!r} must be lower-case letters and digits joined by '-'")
    if slug in _RESERVED:
        raise table.error("slug", f"{slug!r} names a folder that every home has: take another")
    own_layouts = _layouts(table, family.layouts)
    portal = Portal(
        slug=slug,
        name=name,
        base_url=base_url,
        family=family.name,
        hosts=_hosts(table, base_url),
        ref_area=_ref_area(table),
        is_verified=table.flag("verified") or False,
        retired_on=table.day("retired_on"),
        notice=table.text("notice"),
        connect=_connect(table),
        rate=_rate(table),
        max_pages=_positive(table, "max_pages"),
        article=_patterns(table) or family.article,
        discovery=_discovery(table.table("discovery"), family.discovery),
        layouts=own_layouts + family.layouts,
    )
    table.finish()
    if not portal.article:
        raise table.error("article", f"is missing, and the family {family.name!r} has none")
    return portal


def _refuse_shared_hosts(portals: Mapping[str, Portal]) -> None:
    owners: dict[str, str] = {}
    for portal in portals.values():
        for host in portal.hosts:
            if host in owners:
                raise PortalError(f"{portal.slug}.toml: hosts: {host!r} belongs to {owners[host]!r} already")
            owners[host] = portal.slug


def _hosts(table: Table, base_url: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(base_url)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError as error:
        raise table.error("base_url", f"no URL: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise table.error("base_url", f"must start with https:// or http:// and a host, not {base_url!r}")
    more = [name.lower().removeprefix("www.") for name in table.texts("hosts") or ()]
    for name in more:
        if not _HOST.fullmatch(name):
            raise table.error("hosts", f"{name!r} is no host name")
    return tuple(dict.fromkeys([host, *more]))


def _ref_area(table: Table) -> str | None:
    code = table.text("ref_area")
    if code is not None and not re.fullmatch(r"\d{2}|\d{3}|\d{5}", code):
        raise table.error("ref_area", f"must be a GSO code of two, three or five digits, not {code!r}")
    return code


def _connect(table: Table) -> str | None:
    connect = table.text("connect")
    if connect is not None and not _CONNECT.fullmatch(connect):
        raise table.error("connect", f"must be host:port, not {connect!r}")
    return connect


def _rate(table: Table) -> float:
    rate = table.number("rate")
    if rate is not None and not 0 < rate <= 10_000:
        raise table.error("rate", f"must be requests a second above 0, not {rate:g}")
    return _DEFAULT_RATE if rate is None else rate


def _positive(table: Table, key: str) -> int | None:
    value = table.whole(key)
    if value is not None and value < 1:
        raise table.error(key, f"must be 1 or more, not {value}")
    return value


def _patterns(table: Table) -> tuple[re.Pattern[str], ...] | None:
    texts = table.texts("article")
    if texts is None:
        return None
    patterns = []
    for text in texts:
        try:
            patterns.append(re.compile(text))
        except (re.error, OverflowError, RecursionError) as error:
            raise table.error("article", f"no regular expression: {text!r}: {error}") from error
    return tuple(patterns)


def _discovery(table: Table, base: Discovery) -> Discovery:
    first = table.whole("listing_first")
    trust = table.flag("trust_lastmod")
    listing_next = table.text("listing_next")
    if listing_next is not None:
        try:
            if listing_next.format(url="u", page=1) == listing_next.format(url="u", page=2):
                raise table.error("listing_next", "must hold {page}")
        except (KeyError, IndexError, ValueError) as error:
            raise table.error("listing_next", f"no template of {{url}} and {{page}}: {error}") from error
    discovery = Discovery(
        sitemaps=_or(_paths(table, "sitemaps"), base.sitemaps),
        feeds=_or(_paths(table, "feeds"), base.feeds),
        listings=_or(_paths(table, "listings"), base.listings),
        listing_next=_or(listing_next, base.listing_next),
        listing_first=_or(first, base.listing_first),
        listing_links=_or(_selector(table, "listing_links"), base.listing_links),
        api=_or(table.text("api"), base.api),
        trust_lastmod=_or(trust, base.trust_lastmod),
    )
    table.finish()
    return discovery


def _paths(table: Table, key: str) -> tuple[str, ...] | None:
    paths = table.texts(key)
    for path in paths or ():
        if not path.startswith(("/", "http://", "https://")):
            raise table.error(key, f"must be paths that start with '/', not {path!r}")
    return paths


def _layouts(table: Table, family: tuple[Layout, ...]) -> tuple[Layout, ...]:
    layouts: list[Layout] = []
    for part in table.tables("layouts"):
        layout = _layout(part, family)
        if layout.name in {other.name for other in (*layouts, *family)}:
            raise part.error("name", f"{layout.name!r} names another layout already")
        layouts.append(layout)
    return tuple(layouts)


def _layout(table: Table, family: tuple[Layout, ...]) -> Layout:
    name, like = table.required("name"), table.text("like")
    base = next((layout for layout in family if layout.name == like), None) if like else _NO_LAYOUT
    if base is None:
        known = ", ".join(layout.name for layout in family) or "none"
        raise table.error("like", f"{like!r} is no layout of the family; there are {known}")
    formats = table.texts("date_formats")
    for text in formats or ():
        try:
            date_pattern(text)
        except ValueError as error:
            raise table.error("date_formats", f"no date format: {text!r}: {error}") from error
    removed = table.texts("remove")
    for css in removed or ():
        _check_selector(table, "remove", css)
    layout = Layout(
        name=name,
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        article=_or(_selector(table, "article"), base.article),
        headline=_or(_selector(table, "headline"), base.headline),
        description=_or(_selector(table, "description"), base.description),
        date=_or(_selector(table, "date"), base.date),
        date_formats=_or(formats, base.date_formats),
        body=_or(_selector(table, "body"), base.body),
        caption=_or(_selector(table, "caption"), base.caption),
        author=_or(_selector(table, "author"), base.author),
        source=_or(_selector(table, "source"), base.source),
        section=_or(_selector(table, "section"), base.section),
        attachment=_or(_selector(table, "attachment"), base.attachment),
        remove=_or(removed, base.remove),
        stop=tuple(fold(line) for line in _or(table.texts("stop"), base.stop)),
    )
    table.finish()
    if layout.valid_from and layout.valid_to and layout.valid_from >= layout.valid_to:
        raise table.error("valid_to", "must lie after valid_from (it is exclusive)")
    for key, value in (("headline", layout.headline), ("body", layout.body)):
        if value is None:
            raise table.error(key, "is missing")
    return layout


def _selector(table: Table, key: str) -> str | None:
    css = table.text(key)
    if css is not None:
        _check_selector(table, key, css)
    return css


def _check_selector(table: Table, key: str, css: str) -> None:
    if not is_selector(css):
        raise table.error(key, f"no CSS selector: {css!r}")


def _or(value: T | None, default: T) -> T:
    return default if value is None else value
