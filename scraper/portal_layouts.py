"""Where a portal's pages are and how they are laid out: the tables `discovery` and `layouts` of its file."""

from __future__ import annotations

from dataclasses import fields

from scraper.html import is_selector
from scraper.portal import Discovery, Layout
from scraper.portal_file import Table, date_pattern, given_or
from scraper.vietnamese.text import fold

_NO_DISCOVERY = Discovery((), (), (), None, 1, None, None, trust_lastmod=False)
_NO_LAYOUT = Layout(
    "", None, None, None, None, None, None, (), None, None, None, None, None, None, remove=(), stop=()
)

_DISCOVERY_KEYS = frozenset(field.name for field in fields(Discovery)) - {"named"}
_LAYOUT_KEYS = frozenset(field.name for field in fields(Layout)) | {"like"}


def read_discovery(file: Table, base: Discovery = _NO_DISCOVERY) -> Discovery:
    """Read the table `discovery`; what it does not give is `base`'s, the family's. Raises PortalError."""
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
        sitemaps=given_or(sitemaps, base.sitemaps),
        feeds=given_or(feeds, base.feeds),
        listings=given_or(listings, base.listings),
        listing_next=given_or(listing_next, base.listing_next),
        listing_first=given_or(table.whole("listing_first"), base.listing_first),
        listing_links=given_or(_selector(table, "listing_links"), base.listing_links),
        api=given_or(api, base.api),
        trust_lastmod=given_or(table.flag("trust_lastmod"), base.trust_lastmod),
        named=frozenset(kind for kind, given in named.items() if given is not None),
    )


def _paths(table: Table, key: str) -> tuple[str, ...] | None:
    paths = table.texts(key)
    for path in paths or ():
        if not path.startswith(("/", "http://", "https://")):
            raise table.error(key, f"must be paths that start with '/', not {path!r}")
    return paths


def read_layouts(table: Table, family: tuple[Layout, ...] = ()) -> tuple[Layout, ...]:
    """Read the tables `layouts`, each `like` one of `family` where it says so. Raises PortalError."""
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
        article=given_or(_selector(table, "article"), base.article),
        headline=given_or(_selector(table, "headline"), base.headline),
        description=given_or(_selector(table, "description"), base.description),
        date=given_or(_selector(table, "date"), base.date),
        date_formats=given_or(formats, base.date_formats),
        body=given_or(_selector(table, "body"), base.body),
        caption=given_or(_selector(table, "caption"), base.caption),
        author=given_or(_selector(table, "author"), base.author),
        source=given_or(_selector(table, "source"), base.source),
        section=given_or(_selector(table, "section"), base.section),
        attachment=given_or(_selector(table, "attachment"), base.attachment),
        remove=given_or(removed, base.remove),
        stop=tuple(fold(line) for line in given_or(table.texts("stop"), base.stop)),
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
