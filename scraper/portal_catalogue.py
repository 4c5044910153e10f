"""The portals there are: the shipped files, a user's folder beside them, and the CMS families of both."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from scraper.errors import PortalError
from scraper.expectations import FIELDS, Expectations
from scraper.html import is_selector
from scraper.portal import Discovery, Layout, Portal
from scraper.portal_file import Table, date_pattern, read_toml
from scraper.vietnamese.text import fold

T = TypeVar("T")

PORTALS_DIR = Path(__file__).parent / "portals"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = {"build", "logs", "published"}
"""Folders of a home beside those of its portals."""
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+|localhost")
_CONNECT = re.compile(r"[^\s:/]+:\d{1,5}")
_DEFAULT_RATE = 1.0


def load_portals(
    portals_dir: Path | None = None, faults: list[PortalError] | None = None
) -> dict[str, Portal]:
    """Load the shipped portals, and those of a user's folder beside them, by slug.

    A user's file of the same name replaces the shipped one; `<portals_dir>/families/` adds families in the
    same way.

    Args:
        portals_dir: The user's folder.
        faults: Where given, what is wrong with a file goes here, and the portals of the others are returned.
            Of two files that claim one slug or host, the later is at fault (shipped ones come first).

    Raises PortalError where the folder is missing and, without `faults`, for the first file that is wrong:
    the message names file and key.
    """
    if portals_dir is not None and not portals_dir.is_dir():
        raise PortalError(f"{portals_dir}: no such folder of portals")
    folders = [PORTALS_DIR] if portals_dir is None else [PORTALS_DIR, portals_dir]
    families: dict[str, _Family | None] = {}
    for path in _files(folder / "families" for folder in folders):
        families[path.stem] = _spared(faults, partial(_read_family, path))
    portals: dict[str, Portal] = {}
    for path in _files(folders):
        portal = _spared(faults, partial(_read_portal, path, families, portals))
        if portal is not None:
            portals[portal.slug] = portal
    return dict(sorted(portals.items()))


def _files(folders: Iterable[Path]) -> Iterable[Path]:
    """Return the TOML files of folders; of one name, the one in the last folder."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}.values()


def _spared(faults: list[PortalError] | None, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except PortalError as error:
        if faults is None:
            raise
        faults.append(error)
        return None


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


_DISCOVERY_KEYS = frozenset(field.name for field in fields(Discovery)) - {"named"}
_LAYOUT_KEYS = frozenset(field.name for field in fields(Layout)) | {"like"}
_EXPECT_KEYS = frozenset({"new_per_week", "silent_days", "max_failed", "max_gone", "fill", "learned"})
_FAMILY_KEYS = frozenset({"article", "discovery", "layouts"})
_PORTAL_KEYS = _FAMILY_KEYS | {
    "name", "base_url", "family", "slug", "hosts", "ref_area", "verified", "retired_on", "notice", "connect",
    "paused", "paused_until", "precedence",
    "rate", "max_pages", "expect", "ca_bundle", "verify_tls", "cookie_challenge",
}  # fmt: skip


def _read_family(path: Path) -> _Family:
    table = read_toml(path, _FAMILY_KEYS)
    return _Family(
        name=path.stem,
        article=_patterns(table) or (),
        discovery=_discovery(table, _NO_DISCOVERY),
        layouts=_layouts(table, ()),
    )


def _read_portal(path: Path, families: Mapping[str, _Family | None], others: Mapping[str, Portal]) -> Portal:
    """Read one portal's file, beside `others`; a family of None is one whose own file is wrong."""
    table = read_toml(path, _PORTAL_KEYS)
    name, base_url = table.required("name"), table.required("base_url").rstrip("/")
    family_name = table.required("family")
    if family_name not in families:
        known = ", ".join(sorted(families))
        raise table.error("family", f"{family_name!r} is not known; known are {known}")
    family = families[family_name]
    if family is None:
        raise table.error("family", f"the file of {family_name!r} is wrong: mend families/{family_name}.toml")
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
        paused=table.flag("paused") or False,
        paused_until=table.day("paused_until"),
        precedence=_precedence(table, base_url),
        connect=_connect(table),
        rate=_rate(table),
        max_pages=_positive(table, "max_pages"),
        article=_patterns(table) or family.article,
        discovery=_discovery(table, family.discovery),
        layouts=own_layouts + family.layouts,
        expect=_expectations(table),
        ca_bundle=_ca_bundle(table, path.parent),
        verifies_tls=_verifies_tls(table),
        sets_cookie=_sets_cookie(table),
    )
    if not portal.article:
        raise table.error("article", f"is missing, and the family {family.name!r} has none")
    _refuse_claimed(portal, others, path.name)
    return portal


def _refuse_claimed(portal: Portal, others: Mapping[str, Portal], file: str) -> None:
    if portal.slug in others:
        raise PortalError(f"{file}: slug: {portal.slug!r} is another file's slug too")
    owners = {host: other.slug for other in others.values() for host in other.hosts}
    for host in portal.hosts:
        if host in owners:
            raise PortalError(f"{file}: hosts: {host!r} belongs to {owners[host]!r} already")


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


def _ca_bundle(table: Table, folder: Path) -> Path | None:
    """Return the PEM file that the portal names, relative to its own; it must hold certificates."""
    name = table.text("ca_bundle")
    if name is None:
        return None
    if table.text("connect") is not None:
        raise table.error("ca_bundle", "means nothing where `connect` is: that goes over plain http")
    path = (folder / name).resolve()
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError as error:
        raise table.error("ca_bundle", f"{path} holds no certificates in PEM form") from error
    except OSError as error:
        raise table.error("ca_bundle", f"{path} cannot be read: {error.strerror or error}") from error
    return path


def _verifies_tls(table: Table) -> bool:
    verifies = table.flag("verify_tls")
    if verifies is False and table.text("ca_bundle") is not None:
        raise table.error("verify_tls", "is false, and `ca_bundle` says what to verify with: keep one")
    return verifies is not False


def _sets_cookie(table: Table) -> bool:
    answer = table.text("cookie_challenge")
    if answer not in (None, "refuse", "set-once"):
        raise table.error("cookie_challenge", f'must be "refuse" or "set-once", not {answer!r}')
    return answer == "set-once"


def _rate(table: Table) -> float:
    rate = table.number("rate")
    if rate is not None and not 0 < rate <= 10_000:
        raise table.error("rate", f"must be requests a second above 0, not {rate:g}")
    return _DEFAULT_RATE if rate is None else rate


def _precedence(table: Table, base_url: str) -> int:
    """A state organ's own portal counts as the origin before a newspaper's."""
    own = (urlsplit(base_url).hostname or "").endswith((".gov.vn", ".dcs.vn", ".test"))
    return _or(_positive(table, "precedence"), 1 if own else 2)


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


def _discovery(file: Table, base: Discovery) -> Discovery:
    table = file.table("discovery", _DISCOVERY_KEYS)
    listing_next = table.text("listing_next")
    if listing_next is not None:
        try:
            if listing_next.format(url="u", page=1) == listing_next.format(url="u", page=2):
                raise table.error("listing_next", "must hold {page}")
        except (KeyError, IndexError, ValueError) as error:
            raise table.error("listing_next", f"no template of {{url}} and {{page}}: {error}") from error
    sitemaps, feeds, listings = (_paths(table, key) for key in ("sitemaps", "feeds", "listings"))
    api = table.text("api")
    named = {"sitemap": sitemaps, "feed": feeds, "listing": listings, "api": api}
    return Discovery(
        sitemaps=_or(sitemaps, base.sitemaps),
        feeds=_or(feeds, base.feeds),
        listings=_or(listings, base.listings),
        listing_next=_or(listing_next, base.listing_next),
        listing_first=_or(table.whole("listing_first"), base.listing_first),
        listing_links=_or(_selector(table, "listing_links"), base.listing_links),
        api=_or(api, base.api),
        trust_lastmod=_or(table.flag("trust_lastmod"), base.trust_lastmod),
        named=frozenset(kind for kind, given in named.items() if given is not None),
    )


def _paths(table: Table, key: str) -> tuple[str, ...] | None:
    paths = table.texts(key)
    for path in paths or ():
        if not path.startswith(("/", "http://", "https://")):
            raise table.error(key, f"must be paths that start with '/', not {path!r}")
    return paths


def _expectations(file: Table) -> Expectations:
    table = file.table("expect", _EXPECT_KEYS)
    shares = table.table("fill", FIELDS)
    new_per_week, silent_days = table.number("new_per_week"), table.whole("silent_days")
    if new_per_week is not None and new_per_week <= 0:
        raise table.error("new_per_week", f"must be above 0, not {new_per_week:g}")
    if silent_days is not None and silent_days < 1:
        raise table.error("silent_days", f"must be 1 or more, not {silent_days}")
    fill = {part: _share(shares, part) for part in FIELDS}
    return Expectations(
        new_per_week=new_per_week,
        silent_days=silent_days,
        max_failed=_share(table, "max_failed"),
        max_gone=_share(table, "max_gone"),
        fill={part: share for part, share in fill.items() if share is not None},
        is_learning=_or(table.flag("learned"), True),
    )


def _share(table: Table, key: str) -> float | None:
    value = table.number(key)
    if value is not None and not 0 <= value <= 1:
        raise table.error(key, f"must be a share between 0 and 1, not {value:g}")
    return value


def _layouts(table: Table, family: tuple[Layout, ...]) -> tuple[Layout, ...]:
    layouts: list[Layout] = []
    for part in table.tables("layouts", _LAYOUT_KEYS):
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
