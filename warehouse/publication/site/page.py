"""What a page is before it is written, and what its maker is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from scraper.items import VIETNAM
from warehouse.connect import Connection
from warehouse.publication.manifest import Source, Table
from warehouse.publication.site import addresses
from warehouse.publication.site.drawing import Drawing
from warehouse.publication.site.links import Links

_ROWS = 500
"""Rows fetched at a time."""


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
    replay: str | None = None
    """The address at which readers reach archived copies; None where there is none."""

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
    keys: tuple[str, ...] | None = None
    """Those of its pages that are to be made; None for all of them."""

    @property
    def shards(self) -> tuple[str, str]:
        """The first and the last of its folders of articles, "00" to "ff", for `between`."""
        first, after = self.number * 256 // self.of, (self.number + 1) * 256 // self.of
        return f"{first:02x}", f"{after - 1:02x}"

    @property
    def bounds(self) -> dict[str, str]:
        """The same as parameters of a query, `$first` and `$last`."""
        first, last = self.shards
        return {"first": first, "last": last}

    @property
    def chosen(self) -> dict[str, object]:
        """The pages that are to be made as parameters of a query, `$first`, `$last` and `$keys`."""
        return {**self.bounds, "keys": None if self.keys is None else list(self.keys)}

    def has(self, key: str) -> bool:
        """Say whether what has this key is in the part."""
        first, last = self.shards
        return first <= addresses.shard(key) <= last


@dataclass(frozen=True, slots=True)
class Reading:
    """What a kind of page is made from."""

    connection: Connection
    """On the published file, marts named without their schema."""
    edition: Edition
    links: Links

    def rows(
        self, question: str, parameters: Mapping[str, object] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query one after the other, others asked beside it; memory stays flat.

        Args:
            question: SQL, as `queries.sql` gives it.
            parameters: By name.
        """
        cursor = self.connection.cursor()
        cursor.execute("use marts")
        cursor.execute(question, parameters)
        while some := cursor.fetchmany(_ROWS):
            yield from some

    def digests(self, inputs: Inputs, share: Share) -> dict[str, str]:
        """Give, by its key, a digest of the rows that each page of a share is made of; DuckDB makes them.

        Its hash has 64 bits: nothing secret hangs on it, and what it misses once in 2⁶⁴ changes is drawn
        with the page's next one.
        """
        found: dict[str, list[str]] = {}
        ((version,),) = self.rows("select version()")  # Another one's hash may be another.
        for place, question in enumerate(inputs.questions()):
            asked = (
                f"select {inputs.key}, count(*), sum(hash(said)) "  # noqa: S608 - our own names
                f"from ({question}) as said group by {inputs.key}"
            )
            for key, *numbers in self.rows(asked, share.chosen):
                if place == 0:
                    found[key] = [version]
                if key in found:
                    found[key].append(f"{place} {numbers}")
        return {key: "; ".join(parts) for key, parts in found.items()}


class Beside:
    """Rows of one query beside those of another, both in the order of the same key."""

    def __init__(self, rows: Iterable[tuple[Any, ...]], *columns: int) -> None:
        """Take the rows, and the columns that are their key; the first one where none are named."""
        self._groups = groupby(rows, key=itemgetter(*(columns or (0,))))
        self._next = next(self._groups, None)

    def of(self, key: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - as the columns are
        """Give the rows of a key; keys are asked for in rising order."""
        while self._next is not None and self._next[0] < key:
            self._next = next(self._groups, None)
        return list(self._next[1]) if self._next is not None and self._next[0] == key else []


@dataclass(frozen=True, slots=True)
class Inputs:
    """The rows that pages of a kind are made of, where each is made of those with its key alone."""

    key: str
    """The column."""
    questions: Callable[[], Sequence[str]]
    """SQL with the parameters of `Share.chosen`; the first one gives a row for every page."""
    address: Callable[[str], str]
    """Where the page of a key stands; it has no other file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page."""

    name: str
    pages: Callable[[Reading, Share], Iterable[Page]]
    """At the top of its module, so that another process finds it; gives pages one after the other."""
    shares: int = 1
    """In how many parts its pages are made."""
    inputs: Inputs | None = None
    """Where they are told, a page whose rows did not change is linked without being made."""
