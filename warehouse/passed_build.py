"""Whether the marts are those of a whole build that passed, kept in the warehouse beside them.

The row is removed before dbt touches a mart, by `build` and by the dbt project's own first step, and written
only when `build` has seen every model and test pass: whatever is killed, fails or is typed by hand between
the two leaves marts that are not published.
"""

from __future__ import annotations

from scraper.version import VERSION
from warehouse.connect import BUILT, Connection, committed, name_snapshot

_DECIDED = """
    select concat_ws('|', 'held', portal, epoch_us(kept_to)) as mark
    from {database}.raw.hold where released_at is null
    union all
    select concat_ws('|', 'removed', removal_id) from {database}.raw.removal
    union all
    select concat_ws('|', 'corrected', correction_id, wrong_value, right_value, decided_on)
    from {database}.raw.correction
"""
_LOADED = """
    union all
    select concat_ws('|', portal, warc_file, article_reader, fact_reader, read_to, epoch_us(loaded_at))
    from {database}.raw.archive_progress
    union all
    select concat_ws('|', 'document', revision_id, position, fact_reader, document_id)
    from {database}.raw.document_reading
"""
_MARK = "select md5(coalesce(string_agg(mark, chr(10) order by mark), '')) from ({marks})"
_KIND = "select type from duckdb_databases() where database_name = ?"
_HAS_TABLE = """
select count(*) from duckdb_tables()
where database_name = ? and schema_name = 'raw' and table_name = 'build'
"""


def forget_build(connection: Connection) -> str:
    """Remove what is known of the last build, and return the mark of the loads that a build begins with."""
    (database,) = connection.execute("select current_database()").fetchall()[0]
    committed(connection, lambda: connection.execute("delete from raw.build"))
    return _mark(connection, database)


def record_build(connection: Connection, built_from: str) -> None:
    """Record that a whole build passed, from the loads of the mark that `forget_build` returned."""

    def record() -> None:
        connection.execute("delete from raw.build")
        connection.execute("insert into raw.build values (now(), ?, ?)", [VERSION, built_from])
        name_snapshot(connection, BUILT)

    committed(connection, record)


def fault_of_build(connection: Connection, database: str) -> str | None:
    """Return why the marts of a warehouse are not those of a build that passed, None where they are.

    Args:
        connection: With the warehouse attached.
        database: The name that it is attached as.
    """
    if connection.execute(_HAS_TABLE, [database]).fetchone() == (0,):
        return "no build passed here"
    built = connection.execute(f"select version, built_from from {database}.raw.build").fetchall()  # noqa: S608
    if not built:
        return "no build passed, or the last one failed or was stopped"
    ((version, built_from),) = built
    if version != VERSION:
        return f"the marts were built by CityLedger {version}, this is {VERSION}"
    if built_from != _mark(connection, database):
        return "something was loaded, held, released or decided after the last build"
    return None


def _mark(connection: Connection, database: str) -> str:
    """Return a hash that changes with all that a build must see: what was decided, and what was loaded.

    A lake's builds read it as it was when they began, and others load on: there loads count for nothing.
    """
    is_file = connection.execute(_KIND, [database]).fetchone() == ("duckdb",)
    marks = (_DECIDED + _LOADED if is_file else _DECIDED).format(database=f'"{database}"')
    ((mark,),) = connection.execute(_MARK.format(marks=marks)).fetchall()
    return str(mark)
