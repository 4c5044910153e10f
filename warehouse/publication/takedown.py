"""Takedown: an article or a person kept out of every publication from the next one on."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scraper.errors import HomeError, UsageError, WarehouseError
from scraper.vietnamese.text import fold, squeeze
from warehouse.connect import Connection, DatabaseError, in_our_words, open_warehouse, warehouse_path
from warehouse.decisions.removals import (
    Removal,
    keep_removal,
    read_removals,
    removal_of_article,
    removal_of_person,
)
from warehouse.decisions.settle import article_id_of
from warehouse.publication.manifest import DATABASE
from warehouse.publication.query import opened
from warehouse.publication.shelf import Shelf, home_error
from warehouse.publication.snapshot import MARTS, quoted
from warehouse.publication.veil import NO_PERSONS

_COPIES = """
select distinct other.article_id from raw.article as removed
inner join raw.article as other on removed.body_text = other.body_text
where removed.article_id = ? and other.article_id <> removed.article_id and length(removed.body_text) >= 200
order by all
"""
_TEXTS = """
select table_name, column_name, data_type from duckdb_columns()
where schema_name = 'marts' and data_type in ('VARCHAR', 'VARCHAR[]') and not list_contains(?, table_name)
order by all
"""


@dataclass(frozen=True, slots=True)
class Takedown:
    """What a removal means to a home."""

    removal: Removal
    is_new: bool
    """False where it was removed before."""
    copies: tuple[str, ...]
    """Articles of the same text, which stay."""
    held_by: tuple[str, ...]
    """Kept publications that still show it, oldest first."""


def take_down(home: Path, what: str, reason: str, decided_by: str, today: date) -> Takedown:
    """Keep an article or a person out of what is built and published from now on.

    What is archived and loaded stays in the home; see docs/privacy.md.

    Args:
        home: Its `removals.csv` keeps the removal, without the name.
        what: An article's id or address, or a person's name of at least two words.
        reason: Why, without the name.
        decided_by: Who decided.
        today: The day of the decision.

    Raises UsageError where no such article was read or a name cannot be one, ConfigError where the file of
    removals is wrong, and what `open_warehouse` raises.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        article = article_id_of(connection, what.strip())
        copies = connection.execute(_COPIES, [article]).fetchall() if article else []
    if article is None and any(sign in what for sign in "/:0123456789"):
        raise UsageError(
            f"no article {what!r} was ever read: give its id or address as `query` shows them, or a name"
        )
    before = read_removals(home)
    if article is not None:
        removal = removal_of_article(article, reason, today, decided_by)
        known = next((old for old in before if old.article_id == article), None)
    else:
        removal = removal_of_person(what, reason, today, decided_by)
        known = next((old for old in before if old.is_of(what)), None)
    if known is None:
        keep_removal(home, removal)
    held = publications_showing(home, article, None if article else squeeze(what))
    return Takedown(known or removal, known is None, tuple(row[0] for row in copies), tuple(held))


def publications_showing(home: Path, article: str | None, person: str | None) -> list[str]:
    """Return the kept publications that show an article of this id or a person of this name, oldest first.

    A publication that cannot be opened counts as one that does.
    """
    shelf = Shelf.of(home)
    found = []
    for version in shelf.versions():
        try:
            with opened(shelf.folder / version / DATABASE) as reader:
                shows = _shows_article(reader, article) if article else _shows_person(reader, str(person))
        except (WarehouseError, DatabaseError):
            shows = True
        if shows:
            found.append(version)
    return found


def purge_publications(home: Path, versions: Sequence[str]) -> list[str]:
    """Remove kept publications but the current one; return those that are gone. Who has one open reads on.

    Raises HomeError where one cannot be removed, LockedError where a publication is being made.
    """
    shelf = Shelf.of(home)
    with shelf.held():
        current = shelf.current()
        gone = [version for version in versions if current is None or version != current.name]
        for version in gone:
            if not (shelf.folder / version).exists():
                continue  # The publication made meanwhile took its place among those that are kept.
            try:
                shutil.rmtree(shelf.folder / version)
            except OSError as error:
                raise home_error(shelf.folder / version, error) from error
    if left := [version for version in gone if (shelf.folder / version).exists()]:
        raise HomeError(f"{shelf.folder / left[0]}: is still there: remove it by hand")
    return gone


def _shows_article(reader: Connection, article: str) -> bool:
    found = reader.execute("select count(*) from articles where article_id = ?", [article]).fetchall()
    return found != [(0,)]


def _shows_person(reader: Connection, name: str) -> bool:
    slug = fold(name).replace(" ", "-")
    for table, column, kind in reader.execute(_TEXTS, [sorted(NO_PERSONS)]).fetchall():
        cell = quoted(column) if kind == "VARCHAR" else f"array_to_string({quoted(column)}, chr(10))"
        sql = (
            f"select count(*) from {MARTS}.{quoted(table)}"  # noqa: S608 - names are quoted
            f" where contains(lower({cell}), lower($name)) or contains({cell}, $slug)"
        )
        if reader.execute(sql, {"name": name, "slug": slug}).fetchall() != [(0,)]:
            return True
    return False
