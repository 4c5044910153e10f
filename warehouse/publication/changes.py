"""What the next publication would change against the current one, table by table; nothing is published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scraper.errors import HomeError
from scraper.items import Progress
from warehouse.connect import Connection, has_warehouse, in_our_words, warehouse_path
from warehouse.decisions.privacy import masks_private_citizens
from warehouse.decisions.removals import read_removals
from warehouse.publication import gates
from warehouse.publication.contracts import CONTRACTS
from warehouse.publication.manifest import DATABASE, Table
from warehouse.publication.shelf import Shelf
from warehouse.publication.snapshot import MARTS, attached, copy_marts, literal, quoted
from warehouse.publication.veil import Veil

EXAMPLES = 5
"""Of each table and kind of change that are kept."""

_SEEN = frozenset({"last_seen", "last_fetched_at"})
"""A row of which only these changed says what it said, and was seen again."""

_COLUMNS = """
select column_name from duckdb_columns()
where database_name = 'last' and schema_name = 'marts' and table_name = ?
order by column_index
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is added, removed or changed."""

    key: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    """Of a changed row the changed columns alone, as in `before`."""


@dataclass(slots=True)
class TableChanges:
    """How one table would differ."""

    before: int
    now: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    seen_again: int = 0
    """Rows of which nothing changed but when they were last seen."""
    columns: dict[str, int] = field(default_factory=dict)
    """How many rows change in each column."""
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()
    examples: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Changes:
    """How a publication made now would differ from the current one."""

    since: str | None
    """Version of the current one; None where nothing is published."""
    tables: dict[str, TableChanges]
    """By name; tables that are equal too."""


def changes(home: Path, progress: Progress) -> Changes:
    """Compare the built marts, as they would be published, with the current publication.

    Raises what `publish` raises of marts that are not fit to be published, but no gate looks at lost rows.
    """
    source = warehouse_path(home)
    if not has_warehouse(home):
        raise HomeError(f"{source}: there is no warehouse yet: run `refresh`, or `load` and `build`, first")
    current = Shelf.of(home).current()
    with (
        TemporaryDirectory(prefix="cityledger-") as folder,
        attached(source, Path(folder) / DATABASE) as connection,
        in_our_words(source),
    ):
        gates.check_build(connection)
        gates.check_decisions(connection, home)
        veil = Veil(connection, read_removals(home), masks_private_citizens(home))
        tables = copy_marts(connection, veil, progress)
        if current is None:
            new = {table.name: TableChanges(0, table.rows, added=table.rows) for table in tables}
            return Changes(None, new)
        connection.execute(f"attach {literal(str(current / DATABASE))} as last (read_only)")
        compared = {table.name: _compared(connection, table) for table in tables}
        for name, rows in _lost(connection, compared.keys()):
            compared[name] = TableChanges(rows, 0, removed=rows)
        return Changes(current.name, compared)


def _compared(connection: Connection, table: Table) -> TableChanges:
    had = [name for (name,) in connection.execute(_COLUMNS, [table.name]).fetchall()]
    now = [column.name for column in table.columns]
    if not had:
        return TableChanges(0, table.rows, added=table.rows)
    both = [name for name in now if name in had]
    key = [name for name in CONTRACTS[table.name].key if name in both] if table.name in CONTRACTS else both
    joined = _joined(table.name, key)
    fields = [name for name in both if name not in key]
    differ = {name: f"(n.{quoted(name)} is distinct from l.{quoted(name)})" for name in fields}
    says = [sql for name, sql in differ.items() if name not in _SEEN]
    is_changed = f"n.is_now and l.is_last and ({' or '.join(says) or 'false'})"
    is_seen = " or ".join(sql for name, sql in differ.items() if name in _SEEN) or "false"
    counts = [
        "count(l.is_last)",
        "count(*) filter (l.is_last is null)",
        "count(*) filter (n.is_now is null)",
        f"count(*) filter ({is_changed})",
        f"count(*) filter (n.is_now and l.is_last and not ({is_changed}) and ({is_seen}))",
        *(f"count(*) filter ({is_changed} and {sql})" for sql in differ.values()),
    ]
    before, added, removed, changed, seen, *of_columns = connection.execute(
        f"select {', '.join(counts)} from {joined}"  # noqa: S608 - names are quoted
    ).fetchall()[0]
    found = {name: count for name, count in zip(fields, of_columns, strict=True) if count}
    new, lost = (tuple(x for x in a if x not in b) for a, b in ((now, had), (had, now)))
    result = TableChanges(before, table.rows, added, removed, changed, seen, found, new, lost)
    for sides, condition in (
        ("n", "l.is_last is null"),
        ("l", "n.is_now is null"),
        ("nl", is_changed),
    ):
        result.examples += _examples(connection, joined, key, fields, sides, condition)
    return result


def _joined(table: str, key: Sequence[str]) -> str:
    name = f"{MARTS}.{quoted(table)}"
    on = " and ".join(f"n.{quoted(column)} = l.{quoted(column)}" for column in key)
    return (
        f"(select *, true as is_now from published.{name}) as n"  # noqa: S608 - names are quoted
        f" full join (select *, true as is_last from last.{name}) as l on {on}"
    )


def _examples(
    connection: Connection, joined: str, key: Sequence[str], fields: Sequence[str], sides: str, condition: str
) -> list[Change]:
    columns = [*key, *fields]
    listed = ", ".join(f"{side}.{quoted(name)}" for side in sides for name in columns)
    order = ", ".join(f"{sides[0]}.{quoted(name)}" for name in key)
    rows = connection.execute(
        f"select {listed} from {joined} where {condition} order by {order} limit {EXAMPLES}"  # noqa: S608
    ).fetchall()
    found = []
    for row in rows:
        first = dict(zip(columns, row[: len(columns)], strict=True))
        named = {name: first[name] for name in key}
        if sides == "nl":
            last = dict(zip(columns, row[len(columns) :], strict=True))
            differ = [name for name in fields if first[name] != last[name]]
            before, after = ({name: side[name] for name in differ} for side in (last, first))
            found.append(Change(named, before, after))
        else:
            found.append(Change(named, first, None) if sides == "l" else Change(named, None, first))
    return found


def _lost(connection: Connection, names: Collection[str]) -> list[tuple[str, int]]:
    """Return the tables that are published and would be no more, with their rows."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'last' and schema_name = 'marts'"
    ).fetchall()
    lost = [name for (name,) in tables if name not in names]
    return [
        (name, connection.execute(f"select count(*) from last.marts.{quoted(name)}").fetchall()[0][0])  # noqa: S608
        for name in lost
    ]
