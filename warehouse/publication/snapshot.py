"""The marts copied out of the warehouse into a file of their own, with their documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import PublicationError
from scraper.items import Progress
from warehouse.connect import STORAGE_VERSION, Connection, attach_built, connect, in_our_words, transaction
from warehouse.publication.beside import beside
from warehouse.publication.contracts import CONTRACTS
from warehouse.publication.manifest import Column, Source, Table
from warehouse.publication.veil import Veil

MARTS = "marts"
_LONG_TEXT = frozenset({"body_text"})


_DESCRIPTIONS = """
    select table_name, comment from duckdb_tables()
    where database_name = 'warehouse' and schema_name = $schema
    union all
    select view_name, comment from duckdb_views()
    where database_name = 'warehouse' and schema_name = $schema
"""
_COLUMNS = """
    select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()
    where
        database_name = 'warehouse' and schema_name = $schema
        and not starts_with(table_name, '__') and not contains(table_name, '__dbt_')
    order by table_name, column_index
"""

_FUNCTIONS = """
    select function_name, parameters, macro_definition from duckdb_functions()
    where database_name = 'warehouse' and schema_name = $schema and function_type = 'table_macro'
    order by function_name
"""


def quoted(name: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL where a statement takes no parameters."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def attached(source: Path, target: Path) -> Iterator[Connection]:
    """Open the warehouse for reading as `warehouse` and a new file for writing as `published`, closed whole.

    Raises:
        LockedError: Another program writes the warehouse.
        WarehouseError: The warehouse is damaged, foreign or newer.
        HomeError: The new file cannot be written.
    """
    connection = connect(None)
    try:
        attach_built(connection, source, "warehouse")
        with in_our_words(target):
            connection.execute(f"set temp_directory = {literal(str(target.with_name('.spill')))}")
            connection.execute(
                f"attach {literal(str(target))} as published (storage_version {literal(STORAGE_VERSION)})"
            )
            yield connection
            connection.execute("checkpoint published")
            connection.execute("detach published")
    finally:
        connection.close()


def copy_marts(connection: Connection, veil: Veil, progress: Progress) -> tuple[Table, ...]:
    """Copy every mart with types, not-null marks and comments, in the order of its key.

    Args:
        connection: With the warehouse attached as `warehouse` and the empty new file as `published`.
        veil: Keeps persons out of what is copied.
        progress: Told of each table.

    Raises:
        PublicationError: The warehouse holds no marts.
    """
    columns = _columns(connection)
    if not columns:
        raise PublicationError("the warehouse holds no marts: run `build` before `publish`")
    descriptions = dict(connection.execute(_DESCRIPTIONS, {"schema": MARTS}).fetchall())
    connection.execute(f"create schema published.{MARTS}")
    # A copied table is counted and hashed on one core while the next is copied on the other.
    with beside(connection, "digests") as thread:
        found = {}
        for done, (name, of_table) in enumerate(columns.items()):
            progress("copying marts", done, len(columns))
            # One transaction a table: some hundreds of comments would each wait for the disk.
            with transaction(connection):
                _copy(connection, veil, name, descriptions.get(name), of_table)
            found[name] = thread.do(_digest, f"published.{MARTS}.{quoted(name)}")
        with transaction(connection):
            _copy_functions(connection)
        tables = tuple(
            Table(name, descriptions.get(name), *found[name].result(), tuple(of_table))
            for name, of_table in columns.items()
        )
    progress("copying marts", len(columns), len(columns))
    return tables


def read_sources(connection: Connection) -> tuple[Source, ...]:
    """Read the portals that the copied articles come from, with what must be said of them."""
    rows = connection.execute(
        "select portal, portal_name, base_url, ref_area, notice from published.marts.portals order by portal"
    ).fetchall()
    return tuple(Source(*row) for row in rows)


def _columns(connection: Connection) -> dict[str, list[Column]]:
    rows = connection.execute(_COLUMNS, {"schema": MARTS}).fetchall()
    columns: dict[str, list[Column]] = {}
    for table, *column in rows:
        columns.setdefault(table, []).append(Column(*column))
    return columns


def _copy(
    connection: Connection, veil: Veil, name: str, description: str | None, columns: Sequence[Column]
) -> None:
    target = f"published.{MARTS}.{quoted(name)}"
    connection.execute(f"create table {target} ({', '.join(map(_definition, columns))})")
    # The key makes the order, so that equal content gives equal files; without a promised key all columns do.
    key = CONTRACTS[name].key if name in CONTRACTS else ()
    has_key = bool(key) and {column.name for column in columns}.issuperset(key)
    order = ", ".join(map(quoted, key)) if has_key else "all"
    connection.execute(f"insert into {target} from ({veil.selection(name, columns)}) order by {order}")
    if description:
        connection.execute(f"comment on table {target} is {literal(description)}")
    for column in columns:
        if column.description:
            connection.execute(
                f"comment on column {target}.{quoted(column.name)} is {literal(column.description)}"
            )


def _copy_functions(connection: Connection) -> None:
    """Give the new file the functions that stand beside the marts: what was known on a day."""
    functions = connection.execute(_FUNCTIONS, {"schema": MARTS}).fetchall()
    connection.execute("use published")  # The tables that they name are looked for when they are made.
    for name, parameters, body in functions:
        arguments = ", ".join(map(quoted, parameters))
        connection.execute(f"create macro published.{MARTS}.{quoted(name)}({arguments}) as table {body}")
    connection.execute("use memory")


def _definition(column: Column) -> str:
    compression = " using compression zstd" if column.name in _LONG_TEXT and column.type == "VARCHAR" else ""
    return f"{quoted(column.name)} {column.type}{compression}{'' if column.nullable else ' not null'}"


def _digest(connection: Connection, table: str) -> tuple[int, str]:
    hashes = f"from {table} as whole_row select md5(to_json(whole_row)::varchar) as row_hash"
    row = connection.execute(
        f"from ({hashes}) select count(*), sha256(coalesce(string_agg(row_hash, '' order by row_hash), ''))"
    ).fetchone()
    assert row is not None
    return int(row[0]), str(row[1])
