"""What a new publication must pass before it takes the place of the last good one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from scraper.errors import PublicationError, WarehouseError
from warehouse.connect import (
    Connection,
    DatabaseError,
    has_warehouse,
    in_our_words,
    open_warehouse,
    warehouse_path,
)
from warehouse.decisions.settle import unsettled
from warehouse.passed_build import fault_of_build
from warehouse.publication.contracts import CONTRACTS, Contract
from warehouse.publication.manifest import DATABASE, Manifest, Table
from warehouse.publication.query import opened
from warehouse.publication.snapshot import MARTS, literal, quoted


def check_build(connection: Connection) -> None:
    """Refuse marts that are not those of a whole build that passed, of all that was loaded.

    Args:
        connection: With the warehouse attached as `warehouse`.
    """
    if fault := fault_of_build(connection, "warehouse"):
        raise _refused("build", f"{fault}: run `build` first")


def check_decisions(connection: Connection, home: Path) -> None:
    """Refuse marts built before somebody decided otherwise; raise ConfigError where a file is wrong.

    Args:
        connection: With the warehouse attached as `warehouse`.
        home: Its files of decisions.
    """
    if unsettled(connection, "warehouse", home):
        raise _refused(
            "decisions", "corrections.csv or removals.csv changed after the build: run `build` first"
        )


def is_built(home: Path) -> bool:
    """Say whether a home's marts are those of a whole build of all that was loaded and decided."""
    if not has_warehouse(home):
        return False
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        ((database,),) = connection.execute("select current_database()").fetchall()
        return fault_of_build(connection, database) is None and not unsettled(connection, database, home)


def check_contracts(
    connection: Connection,
    tables: Sequence[Table],
    last: Manifest | None,
    contracts: Mapping[str, Contract] = CONTRACTS,
) -> None:
    """Refuse copied marts that lack a promised table, double a key, or are empty where they must not be.

    Args:
        connection: With the copied marts attached as `published`.
        tables: As copied.
        last: The last good publication.
        contracts: What readers rely on, by table.
    """
    copied = {table.name: table for table in tables}
    before = last.rows() if last else {}
    if missing := [name for name in (*contracts, *before) if name not in copied]:
        raise _refused("contract", f"table {missing[0]} is missing")
    for name, contract in contracts.items():
        has = {column.name for column in copied[name].columns}
        if absent := [column for column in contract.key if column not in has]:
            raise _refused("contract", f"{name} has no column {absent[0]}, part of its key")
        doubled = _doubled(connection, name, contract.key)
        if doubled:
            key = ", ".join(contract.key)
            raise _refused("key", f"{doubled} of {copied[name].rows} rows of {name} repeat a key ({key})")
        if contract.is_essential and not copied[name].rows and before.get(name, 1):
            raise _refused("empty", f"{name} has no row (before: {before.get(name, 'never published')})")


def archive_damage(connection: Connection) -> str | None:
    """Return what the load found last that the archive has lost, None where it is whole.

    Args:
        connection: With the warehouse attached as `warehouse`.
    """
    row = connection.execute(
        "select portal, detail from warehouse.raw.problem where stage = 'archive' "
        "order by occurred_at desc, problem_id limit 1"
    ).fetchone()
    return f"the archive of {row[0]} is damaged: {row[1]}" if row else None


def check_drop(
    tables: Sequence[Table],
    last: Manifest | None,
    max_drop: float,
    damage: str | None = None,
    contracts: Mapping[str, Contract] = CONTRACTS,
) -> None:
    """Refuse marts that lost more than the share `max_drop` of their rows since the last good publication.

    `damage` of the archive is named as what may be the cause, see `archive_damage`.
    """
    before = last.rows() if last else {}
    for table in tables:
        had = before.get(table.name, 0)
        contract = contracts.get(table.name)
        if contract and contract.may_shrink:
            continue
        if table.rows < had * (1 - max_drop):
            share = 100 * (had - table.rows) / had
            cause = f"; {damage}, and load it again" if damage else ""
            raise _refused(
                "drop",
                f"{table.name} fell from {had} to {table.rows} rows ({share:.0f}%, allowed are "
                f"{100 * max_drop:.0f}%){cause}; if that is right, `publish --force` takes it over",
            )


def check_opens(folder: Path, tables: Sequence[Table]) -> None:
    """Refuse a new file that does not open as a reader opens it, or that lost rows on the way."""
    try:
        with opened(folder / DATABASE) as reader:
            for table in tables:
                found = _count(reader, f"{MARTS}.{quoted(table.name)}")
                if found != table.rows:
                    raise _refused("read back", f"{table.name} holds {found} rows, {table.rows} were written")
    except (DatabaseError, WarehouseError) as error:
        raise _refused("read back", f"the new file does not open: {error}") from error


def check_exports(connection: Connection, folder: Path, tables: Sequence[Table]) -> None:
    """Refuse Parquet files that hold other numbers of rows than their tables."""
    for table in tables:
        path = literal(str(folder / "parquet" / f"{table.name}.parquet"))
        found = _count(connection, f"read_parquet({path})")
        if found != table.rows:
            raise _refused("exports", f"{table.name}.parquet holds {found} rows, {table.rows} were written")


def _doubled(connection: Connection, name: str, key: Sequence[str]) -> int:
    columns = ", ".join(map(quoted, key))
    row = connection.execute(
        f"select count(*) - count(distinct row({columns})) "  # noqa: S608 - names are quoted
        f"from published.{MARTS}.{quoted(name)}"
    ).fetchone()
    return int(row[0]) if row else 0


def _count(connection: Connection, source: str) -> int:
    row = connection.execute(f"from {source} select count(*)").fetchone()
    return int(row[0]) if row else 0


def _refused(gate: str, why: str) -> PublicationError:
    return PublicationError(f"gate {gate}: {' '.join(why.split())}. What is published stays as it is.")
