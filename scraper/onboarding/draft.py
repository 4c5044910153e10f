"""A portal's file as it is drafted: its text, and the portal that this text describes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from scraper.errors import PortalError, UsageError
from scraper.facts.home_unit import HomeUnit
from scraper.items import Article
from scraper.portal import Portal, portal_for_url
from scraper.portal_catalogue import load_portals
from scraper.vietnamese.areas import find_mentions, gazetteer

_ENDINGS = re.compile(r"\.(?:gov|dcs|com|org|edu|net|info)\.vn$|\.[a-z]+$")
_PUBLIC = ("http", "https")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a portal's file is to say; None or empty: nothing, so that its family's holds."""

    slug: str
    base_url: str
    family: str
    day: date
    name: str = ""
    ref_area: str | None = None
    connect: str | None = None
    rate: float | None = None
    ca_bundle: Path | None = None
    article: tuple[str, ...] = ()
    discovery: tuple[tuple[str, str | Sequence[str]], ...] = ()
    """Keys of the table `discovery` in order, with their values."""

    def text(self) -> str:
        """Return the file."""
        lines = [
            f"# Drafted by `portals new` on {self.day} from {self.base_url}/; nobody has checked it yet.",
            f"name = {_quoted(self.name or (urlsplit(self.base_url).hostname or ''))}",
            f"base_url = {_quoted(self.base_url)}",
            f"family = {_quoted(self.family)}",
        ]
        lines += [f"ref_area = {_quoted(self.ref_area)}"] if self.ref_area else []
        lines += [f"connect = {_quoted(self.connect)}"] if self.connect else []
        lines += [f"rate = {self.rate:g}"] if self.rate is not None else []
        lines += [f"ca_bundle = {_quoted(str(self.ca_bundle.resolve()))}"] if self.ca_bundle else []
        lines.append("verified = false")
        lines += [f"article = {_quoted(self.article)}"] if self.article else []
        if self.discovery:
            lines += ["[discovery]", *(f"{key} = {_quoted(value)}" for key, value in self.discovery)]
        return "\n".join(lines) + "\n"

    def portal(self, portals_dir: Path | None) -> Portal:
        """Return the portal that the file describes, read as every portal's file is.

        Raises PortalError where the file, or one of the user's own, is wrong.
        """
        with TemporaryDirectory() as folder:
            own = Path(folder)
            if portals_dir is not None and (portals_dir / "families").is_dir():
                shutil.copytree(portals_dir / "families", own / "families")
            path = own / f"{self.slug}.toml"
            path.write_text(self.text(), encoding="utf-8")
            faults: list[PortalError] = []
            found = load_portals(own, faults).get(self.slug)
            if found is None or faults:
                raise faults[0] if faults else PortalError(f"{path.name}: no portal came of it")
            return found

    def with_(self, **changed: object) -> Draft:
        """Return a draft with some parts changed."""
        return replace(self, **changed)  # type: ignore[arg-type]  # checked where it is called


def _quoted(value: str | Sequence[str]) -> str:
    return json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)


def address_of(given: str) -> str:
    """Return the address that a person gave, https:// put before it where it has no scheme.

    Raises UsageError where it is none.
    """
    url = given.strip() if "://" in given else f"https://{given.strip()}"
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in _PUBLIC or parts.username is not None:
        raise UsageError(f"{given} is no address of a site: give one such as https://kienan.haiphong.gov.vn")
    return url if parts.path else f"{url}/"


def slug_of(url: str) -> str:
    """Return the name of a portal's file by its address: kienan.haiphong.gov.vn is kienan-haiphong."""
    host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    return re.sub(r"[^a-z0-9]+", "-", _ENDINGS.sub("", host)).strip("-") or "portal"


def refuse_taken(slug: str, url: str, portals: Mapping[str, Portal], portals_dir: Path | None) -> None:
    """Raise UsageError where the slug or the host is another portal's.

    A shipped portal may be drafted anew under its own slug: the file in one's own folder takes its place.
    """
    own = portals_dir / f"{slug}.toml" if portals_dir is not None else None
    if own is not None and own.exists():
        raise UsageError(f"{own} is there already: `portals check {slug}` looks at it; else give --slug")
    owner = portal_for_url(url, portals)
    if owner is not None and owner.slug != slug:
        raise UsageError(
            f"{urlsplit(url).hostname} belongs to {owner.slug} already: `portals check {owner.slug}` looks at"
            f" it, and --slug {owner.slug} drafts a file of your own in its place"
        )
    if slug in portals and (owner is None or owner.slug != slug):
        raise UsageError(f"{slug} is taken by {portals[slug].base_url}: give --slug")


def area_of(url: str, name: str | None, day: date) -> str | None:
    """Return the GSO code of the one unit that a site's address names, else its own name; None where none."""
    book = gazetteer()
    told = HomeUnit(book, lambda unit: unit.valid_on(day.isoformat())).code_of(Article(url, url, "", ""))
    if told is not None:
        return told
    codes = {unit.code for mention in find_mentions(name or "") if mention.kind for unit in mention.units}
    return codes.pop() if len(codes) == 1 else None
