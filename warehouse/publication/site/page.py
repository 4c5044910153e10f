"""What a page is before it is written, and what its maker is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from scraper.items import VIETNAM
from warehouse.connect import Connection
from warehouse.publication.manifest import Source, Table
from warehouse.publication.site.drawing import Drawing
from warehouse.publication.site.links import Links


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it stands, the template that writes it, and what the template is given.

    The context holds plain values, lists, dicts and dataclasses of them. It holds nothing that changes
    while the data stay, such as the time of publication: a page that says the same keeps its file.
    """

    address: str
    """From the site's root on; `addresses` gives it."""
    template: str
    context: Mapping[str, object]
    drawing: Drawing | None = None
    """The page's charts, where it has some."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Other files that belong to the page, by address: text as it is written."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The publication that the site is of."""

    database: Path
    version: str
    """A UTC time such as 20261123T054000Z."""
    tables: tuple[Table, ...]
    portals: tuple[Source, ...]

    @property
    def published(self) -> datetime:
        """When it was made, in Viet Nam."""
        made = datetime.strptime(self.version, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return made.astimezone(VIETNAM)

    def notices(self) -> list[tuple[str, list[str]]]:
        """Give each notice once, with the names of the portals that it holds for."""
        found: dict[str, list[str]] = {}
        for portal in self.portals:
            if portal.notice:
                found.setdefault(portal.notice, []).append(portal.name)
        return list(found.items())


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a kind's pages that is asked for: number `number` of `of` parts, counted from 0."""

    number: int = 0
    of: int = 1

    @property
    def shards(self) -> tuple[str, str]:
        """The first and the last of its folders of articles, "00" to "ff", for `between`."""
        first, after = self.number * 256 // self.of, (self.number + 1) * 256 // self.of
        return f"{first:02x}", f"{after - 1:02x}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a kind of page is made from."""

    connection: Connection
    """On the published file, marts named without their schema."""
    edition: Edition
    links: Links


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page."""

    name: str
    pages: Callable[[Reading, Share], Iterable[Page]]
    """At the top of its module, so that another process finds it; gives pages one after the other."""
    shares: int = 1
    """In how many parts its pages are made."""
