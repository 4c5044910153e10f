"""Whether the marts are those of a whole build that passed, kept in the warehouse beside them.

The row is removed before dbt touches a mart, by `build` and by the dbt project's own first step, and written
only when `build` has seen every model and test pass: whatever is killed, fails or is typed by hand between
the two leaves marts that are not published.
"""

from __future__ import annotations

from scraper.version import VERSION
from warehouse.connect import Connection, transaction

_LOADS = """
select md5(coalesce(string_agg(mark, chr(10) order by mark), ''))
from (
    select
        concat_ws('|', portal, warc_file, article_reader, fact_reader, read_to, epoch_us(loaded_at)) as mark
    from {database}.raw.archive_progress
    union all
    select concat_ws('|', 'held', portal, epoch_us(kept_to))
    from {database}.raw.hold where released_at is null
    union all
    select concat_ws('|', 'removed', removal_id) from {database}.raw.removal
    union all
    select concat_ws('|', 'corrected', correction_id, wrong_value, right_value, decided_on)
    from {database}.raw.correction
    union all
    select concat_ws('|', 'document', revision_id, position, fact_reader, document_id)
    from {database}.raw.document_reading
)
"""
_HAS_TABLE = """
select count(*) from duckdb_tables()
where database_name = ? and schema_name = 'raw' and table_name = 'build'
"""


def forget_build(connection: Connection) -> str:
    """Remove what is known of the last build, and return the mark of the loads that a build begins with."""
    (database,) = connection.execute("select current_database()").fetchall()[0]
    connection.execute("delete from raw.build")
    return _loads(connection, database)


def record_build(connection: Connection, built_from: str) -> None:
    """Record that a whole build passed, from the loads of the mark that `forget_build` returned."""
    with transaction(connection):
        connection.execute("delete from raw.build")
        connection.execute("insert into raw.build values (now(), ?, ?)", [VERSION, built_from])


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
    if built_from != _loads(connection, database):
        return "something was loaded, held, released or decided after the last build"
    return None


def _loads(connection: Connection, database: str) -> str:
    """Return a hash that every load changes which read something."""
    ((mark,),) = connection.execute(_LOADS.format(database=f'"{database}"')).fetchall()
    return str(mark)
