"""Pages recorded beside a portal's file: what came, where from, and what is to be read of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.article import read_article
from scraper.errors import ConfigError, PageRefused, UsageError
from scraper.items import Article
from scraper.onboarding.asked import Reply
from scraper.portal import Portal
from scraper.vietnamese.text import fold

_UNCOMPARED = {"url", "portal", "date_confidence"}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a recorded page that is read otherwise than expected."""

    page: str
    field: str
    expected: object
    read: object


def pages_of(portals_dir: Path, slug: str) -> list[Path]:
    """Return the folders of a portal's recorded pages, by name."""
    return sorted(path.parent for path in (portals_dir / slug / "pages").glob("*/page.html"))


def record(
    portals_dir: Path, portal: Portal, reply: Reply, name: str | None, what: str, again: bool = False
) -> Path:
    """Write one page's folder, `<portals-dir>/<slug>/pages/<name>/`: page.html, meta.json, expected.json.

    Args:
        portals_dir: The user's folder of portals.
        portal: Whose page it is, by whose layouts it is read.
        reply: The page.
        name: The folder's name; None: from the article's day and headline.
        what: What the page is a case of, for a person.
        again: Replace a folder of that name.

    Raises PageRefused where the page holds no article, and UsageError where the name is taken or none.
    """
    article = read_article(reply.body, reply.url, portal, reply.came_at, reply.content_type)
    name = name or name_of(article)
    folder = folder_of(portals_dir, portal.slug, name, again)
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"url": reply.url, "fetched_at": reply.came_at.isoformat(timespec="seconds"), "what": what}
    if reply.content_type:
        meta["content_type"] = reply.content_type
    (folder / "page.html").write_bytes(reply.body)
    _write(folder / "meta.json", meta)
    _write(folder / "expected.json", expected_of(article))
    return folder


def folder_of(portals_dir: Path, slug: str, name: str, again: bool) -> Path:
    """Return the folder of a page to be recorded; raise UsageError where its name is none, or is taken."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a page: take lower-case letters and digits joined by '-'")
    folder = portals_dir / slug / "pages" / name
    if folder.exists() and not again:
        raise UsageError(f"{folder} is there already: give --name, or --again to record it anew")
    return folder


def name_of(article: Article) -> str:
    """Return a page's name: the day it was published and the first words of its headline."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(article.headline).replace("đ", "d")).strip("-")
    short = words[:_LONGEST_NAME].rpartition("-")[0] if len(words) > _LONGEST_NAME else words
    return "-".join(part for part in ((article.date_published or "")[:10], short) if part) or "page"


def expected_of(article: Article) -> dict[str, Any]:
    """Return every field of an article that a recorded page is held to; of problems their kinds."""
    read = {one.name: getattr(article, one.name) for one in fields(Article) if one.name not in _UNCOMPARED}
    read["problems"] = [problem.kind for problem in article.problems]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in read.items()}


def differences(folder: Path, portal: Portal, accept: bool = False) -> list[Difference]:
    """Read a recorded page again and return what is read otherwise than its folder expects.

    Args:
        folder: The page's.
        portal: By whose layouts it is read.
        accept: Write what is read now as what is expected from now on.

    Raises ConfigError where the folder's files are wrong.
    """
    meta, expected = _read(folder / "meta.json"), _read(folder / "expected.json")
    try:
        url, came_at = str(meta["url"]), datetime.fromisoformat(str(meta["fetched_at"]))
    except (KeyError, ValueError) as error:
        raise ConfigError(f"{folder / 'meta.json'}: url and fetched_at are needed: {error!r}") from error
    try:
        body = (folder / "page.html").read_bytes()
        article = read_article(body, url, portal, came_at, meta.get("content_type"))
    except PageRefused as error:
        return [Difference(folder.name, "page", "an article", str(error))]
    read = expected_of(article)
    found = [
        Difference(folder.name, name, value, read.get(name))
        for name, value in expected.items()
        if read.get(name) != value
    ]
    if accept and found:
        _write(folder / "expected.json", {name: read.get(name, value) for name, value in expected.items()})
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{path} must hold an object")
    return found


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
