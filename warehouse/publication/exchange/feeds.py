"""New meetings, figures and contradictions as Atom (RFC 4287) and JSON Feed 1.1, overall and by area."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feedgen.feed import FeedGenerator

from scraper.version import VERSION
from scraper.vietnamese.format import format_date, format_period
from warehouse.publication.exchange.sayings import said

ENTRIES = 100
"""The newest that a feed holds."""
KINDS = {"meeting": "Cuộc họp", "figure": "Số liệu", "contradiction": "Số liệu mâu thuẫn"}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed."""


def write_feeds(news: list[dict[str, Any]], notice: str, folder: Path) -> None:
    """Write `feeds/<kind>.atom` and `.json` for all areas, and `feeds/area/<code>.atom` and `.json` by area.

    An entry's id is a URN of what it is about, and files are called the same in every publication, so that a
    reader tells new entries from known ones. Moments are those of the articles, never of the publication:
    the same news give the same files.

    Args:
        news: As `queries/news.sql` gives it, the newest first.
        notice: What every publication of these portals' data must say; may be empty.
        folder: The publication's.
    """
    (folder / "feeds" / "area").mkdir(parents=True)
    entries = [_entry(item) for item in news]
    feeds: dict[str, list[dict[str, Any]]] = {name: [] for name in ("all", *map(_feed_of, KINDS))}
    by_area: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        for feed in (feeds[_feed_of(entry["kind"])], feeds["all"], by_area[entry["area"]]):
            if len(feed) < ENTRIES:
                feed.append(entry)
    for name, chosen in feeds.items():
        title = "CityLedger" if name == "all" else f"CityLedger: {KINDS[name.removesuffix('s')].lower()}"
        _write(folder / "feeds" / name, title, f"urn:cityledger:feed:{name}", notice, chosen)
    for area, chosen in by_area.items():
        if area:
            title = f"CityLedger: {chosen[0]['area_name']}"
            _write(
                folder / "feeds" / "area" / area, title, f"urn:cityledger:feed:area:{area}", notice, chosen
            )


def _feed_of(kind: str) -> str:
    return f"{kind}s"


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"urn:cityledger:{item['kind']}:{item['id']}",
        "kind": item["kind"],
        "area": item["ref_area"] or "",
        "area_name": item["area_name"],
        "title": _title(item),
        "text": item["quote"] or "",
        "url": item["url"],
        "published": item["published_at"],
        "updated": max(item["published_at"], item["updated_at"] or item["published_at"]),
    }


def _title(item: dict[str, Any]) -> str:
    area = f", {item['area_name']}" if item["area_name"] else ""
    if item["kind"] == "meeting":
        return f"{item['subject']}{area}, {format_date(item['time_period'])}"
    about = f"{item['subject']}{area}, {format_period(item['time_period'])}"
    return about if item["value"] is None else f"{about}: {_said(item)}"


def _said(item: dict[str, Any]) -> str:
    return said(
        item["value"],
        item["base_unit"],
        item["measure"],
        item["base"],
        item["obs_status"],
        item["bound"],
        item["value_upper"],
    )


def _write(path: Path, title: str, identifier: str, notice: str, entries: list[dict[str, Any]]) -> None:
    path.with_suffix(".atom").write_bytes(_atom(title, identifier, notice, entries))
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        **({"description": notice} if notice else {}),
        "language": "vi",
        "items": [
            {
                "id": entry["id"],
                "url": entry["url"],
                "title": entry["title"],
                "content_text": entry["text"],
                "date_published": entry["published"].isoformat(),
                "date_modified": entry["updated"].isoformat(),
                "tags": [KINDS[entry["kind"]], *([entry["area_name"]] if entry["area_name"] else [])],
            }
            for entry in entries
        ],
    }
    text = json.dumps(feed, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _atom(title: str, identifier: str, notice: str, entries: list[dict[str, Any]]) -> bytes:
    feed = FeedGenerator()
    feed.id(identifier)
    feed.title(title)
    feed.language("vi")
    if notice:
        feed.subtitle(notice)
        feed.rights(notice)
    feed.author(name="CityLedger")
    feed.generator("CityLedger", version=VERSION)
    feed.updated(max((entry["updated"] for entry in entries), default=_LONG_AGO))
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(entry["id"])
        item.title(entry["title"])
        item.link(href=entry["url"], rel="alternate")
        item.content(entry["text"], type="text")
        item.category(term=KINDS[entry["kind"]])
        item.published(entry["published"])
        item.updated(entry["updated"])
    return bytes(feed.atom_str(pretty=True))
