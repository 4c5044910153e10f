"""The TOML files by which the crawler knows the replica's portals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from scraper.replica.pages.liferay import INSTANCE
from scraper.replica.sites import NOTICE, SITES, Site

RATE = 200
"""Requests a second: the replica is our own machine."""


def portal_toml(site: Site, connect: str) -> str:
    """Return a portal's file of at most twelve lines."""
    listings = [site.listing_path(slug) for slug, _ in site.categories]
    lines = [
        f"name = {_quoted(site.name)}",
        f"base_url = {_quoted(site.base_url)}",
        f"family = {_quoted(site.family)}",
        f"ref_area = {_quoted(site.home_area)}",
        f"connect = {_quoted(connect)}",
        f"rate = {RATE}",
        f"notice = {_quoted(NOTICE)}",
        # Invented articles end on a day of their own: it would teach that the portal fell silent.
        "[expect]",
        "learned = false",
    ]
    if site.family != "wordpress":
        lines += ["[discovery]", f"listings = {_quoted(listings)}"]
    if site.family == "liferay":
        lines.append(f"feeds = {_quoted([f'{path}/-/asset_publisher/{INSTANCE}/rss' for path in listings])}")
    return "\n".join(lines) + "\n"


def write_portals(directory: Path, connect: str, sites: Sequence[Site] = SITES) -> list[Path]:
    """Write `<slug>.toml` for each portal of a city, reached at `connect` (host:port)."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for site in sites:
        path = directory / f"{site.slug}.toml"
        path.write_text(portal_toml(site, connect), encoding="utf-8")
        paths.append(path)
    return paths


def _quoted(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
