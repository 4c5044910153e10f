"""A warehouse to try readers in, and how what they read there differs from what a home's warehouse holds.

Nothing of the home is written: its raw rows are read, and the trial lies in a folder of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from warehouse.connect import Connection, attach_warehouse, in_our_words, open_warehouse, warehouse_path
from warehouse.fact_rows import Row

EXAMPLES = 5
"""Of each table, kind of difference and field that are kept for a person to look at."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """A table of facts as it is compared: what of it is shown, and which rows are of one fact."""

    columns: tuple[str, ...]
    sql: str
    """Over `{readings}`, with article_id, fetch_id and url first."""
    alike: tuple[tuple[str, ...], ...]
    """Columns by whose values a vanished and a new row of one article are one changed row, surest first."""


_READINGS = """
(
    select article.* from {database}.raw.article as article
    where article.article_reader = (
        select max(newest.article_reader) from {database}.raw.article as newest
        where newest.article_id = article.article_id
    )
    and list_contains($portals, article.portal)
)
"""

_FACTS = """
select reading.article_id, reading.fetch_id, reading.url, {columns}
from {database}.raw.{table} as fact
inner join {readings} as reading
    on reading.revision_id = fact.revision_id and reading.fact_reader = fact.fact_reader
"""

_ARTICLE = (
    "headline", "description", "body_text", "captions", "authors", "source", "section", "attachments",
    "native_id", "canonical_url", "date_published", "date_source", "date_modified", "content_kind", "kind",
    "layout",
)  # fmt: skip
_MEETING = (
    "name", "classification", "organization", "ordinal", "start_date", "end_date", "part_of_day", "location",
    "ref_area", "status", "field", "quote", "confidence", "rule",
)  # fmt: skip
_OBSERVATION = (
    "indicator_name", "indicator", "breakdown", "measure", "base", "obs_value", "obs_value_upper",
    "unit_measure", "unit_mult", "bound", "obs_status", "time_period", "ref_area", "field", "quote",
    "confidence", "rule",
)  # fmt: skip
_PARTICIPANT = ("person_name", "roles", "note", "meeting_name", "meeting_date")
_PROBLEM = ("stage", "kind", "detail", "quote")

_TABLES: Mapping[str, _Compared] = {
    "article": _Compared(
        _ARTICLE,
        "select article_id, fetch_id, url, {own_columns} from {readings} as reading",
        ((),),
    ),
    "article_district": _Compared(
        ("district",),
        "select article_id, fetch_id, url, unnest(districts) as district from {readings} as reading",
        (),
    ),
    "meeting": _Compared(
        _MEETING, _FACTS, (("quote",), ("name", "start_date"), ("classification", "start_date"))
    ),
    "meeting_participant": _Compared(
        _PARTICIPANT,
        """
        select
            reading.article_id, reading.fetch_id, reading.url, person.person_name, person.roles, person.note,
            fact.name as meeting_name, fact.start_date as meeting_date
        from {database}.raw.meeting_participant as person
        inner join {database}.raw.meeting as fact
            on fact.meeting_id = person.meeting_id and fact.fact_reader = person.fact_reader
        inner join {readings} as reading
            on reading.revision_id = fact.revision_id and reading.fact_reader = fact.fact_reader
        """,
        (("person_name", "meeting_name", "meeting_date"), ("person_name",)),
    ),
    "observation": _Compared(
        _OBSERVATION,
        # Documents are read behind the texts that link to them, and no trial reads them.
        _FACTS + " where fact.field not like 'attachment:%'",
        (
            ("quote", "obs_value", "unit_measure", "unit_mult", "measure"),
            ("quote", "obs_value"),
            ("obs_value", "unit_measure", "indicator_name"),
            ("obs_value", "unit_measure"),
        ),
    ),
    "area_mention": _Compared(("ref_area", "printed_name"), _FACTS, (("ref_area",),)),
    "problem": _Compared(
        _PROBLEM,
        """
        select distinct
            reading.article_id, reading.fetch_id, reading.url, fact.stage, fact.kind, fact.detail, fact.quote
        from {database}.raw.problem as fact
        inner join {readings} as reading
            on reading.fetch_id = fact.fetch_id and reading.fact_reader = fact.fact_reader
        """,
        (),
    ),
}


_COPIES = (
    "insert into raw.portal by name from held.raw.portal where list_contains($portals, portal)",
    "insert into raw.fetch by name from held.raw.fetch where list_contains($portals, portal)",
    """
    insert into raw.article by name select * replace (0 as fact_reader) from held.raw.article
    where article_reader = $reader and list_contains($portals, portal)
    """,
    """
    insert into raw.sighting by name select * replace (0 as fact_reader) from held.raw.sighting
    where article_reader = $reader and fetch_id in (select fetch_id from raw.fetch)
    """,
    """
    insert into raw.archive_progress by name
    select portal, warc_file, article_reader, 0 as fact_reader, max(read_to) as read_to,
        max(records) as records, max(loaded_at) as loaded_at
    from held.raw.archive_progress
    where article_reader = $reader and list_contains($portals, portal)
    group by portal, warc_file, article_reader
    """,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that appears, vanishes or changes."""

    article_id: str
    url: str
    before: Row | None
    after: Row | None

    @property
    def fields(self) -> dict[str, tuple[object, object]]:
        """What changes, before and after; empty where the fact appears or vanishes."""
        if self.before is None or self.after is None:
            return {}
        return {name: (old, self.after[name]) for name, old in self.before.items() if old != self.after[name]}


@dataclass(slots=True)
class TableDiff:
    """How the rows of one table differ."""

    held: int
    read: int
    appears: int = 0
    vanishes: int = 0
    changes: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    """How many facts change in each field."""
    examples: list[Difference] = field(default_factory=list)


def newest_marks(home: Path) -> dict[tuple[str, str], int]:
    """Return how many bytes of each (portal, archive file) were read by whatever readers."""
    rows = _ask(home, "select portal, warc_file, max(read_to) from raw.archive_progress group by all")
    return {(portal, warc_file): read_to for portal, warc_file, read_to in rows}


def article_readers(home: Path) -> dict[str, int]:
    """Return the newest reader of articles that read each portal."""
    return dict(_ask(home, "select portal, max(article_reader) from raw.archive_progress group by portal"))


def copy_texts(home: Path, trial: Path, portals: Sequence[str], article_reader: int) -> None:
    """Make a warehouse in the folder `trial` with a home's texts, as if none of their facts were read."""
    path = warehouse_path(trial)
    named = {"reader": article_reader, "portals": list(portals)}
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        _attach(connection, home)
        for sql in _COPIES:
            connection.execute(sql, {name: value for name, value in named.items() if f"${name}" in sql})


def differences(home: Path, trial: Path, portals: Sequence[str], texts: bool) -> dict[str, TableDiff]:
    """Compare what a home's warehouse holds of these portals with what a trial read, table by table.

    `texts`: compare the articles too, which a trial that began with copied texts need not.

    Rows of one article that are of one fact, by what they quote and say, are compared field by field; a fact
    that only moved in the text has not changed.
    """
    path = warehouse_path(trial)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        _attach(connection, home)
        ((ours,),) = connection.execute("select current_database()").fetchall()
        return {
            name: _table_diff(connection, name, table, ours, list(portals))
            for name, table in _TABLES.items()
            if texts or name != "article"
        }


def _attach(connection: Connection, home: Path) -> None:
    # Checked first, in our words: it is there, and of this schema.
    open_warehouse(warehouse_path(home), read_only=True).close()
    attach_warehouse(connection, warehouse_path(home), "held")


def _table_diff(
    connection: Connection, name: str, table: _Compared, ours: str, portals: list[str]
) -> TableDiff:
    held, read = (_rows_sql(name, table, database) for database in ("held", f'"{ours}"'))
    named = {"portals": portals}
    columns = ("article_id", "fetch_id", "url", *table.columns)
    ((before, after),) = connection.execute(
        f"select (select count(*) from ({held})), (select count(*) from ({read}))",  # noqa: S608
        named,
    ).fetchall()
    diff = TableDiff(before, after)
    rows = connection.execute(
        f"""
        with held as ({held}), trial as ({read})
        select true, * from (from held except all from trial)
        union all select false, * from (from trial except all from held)
        order by all desc
        """,  # noqa: S608 - names of our own
        named,
    )
    told = (dict(zip(("was", *columns), row, strict=True)) for row in _streamed(rows))
    by_capture = sorted(told, key=itemgetter("article_id", "fetch_id"))
    for _, group in groupby(by_capture, key=itemgetter("article_id", "fetch_id")):
        _add(diff, table, list(group))
    return diff


def _rows_sql(name: str, table: _Compared, database: str) -> str:
    readings = _READINGS.format(database=database)
    own_columns = ", ".join(table.columns)
    columns = ", ".join(f"fact.{column}" for column in table.columns)
    return table.sql.format(
        database=database, readings=readings, columns=columns, own_columns=own_columns, table=name
    )


def _streamed(rows: Any) -> Iterable[tuple[Any, ...]]:  # noqa: ANN401 - what DuckDB's execute gives
    while some := rows.fetchmany(10_000):
        yield from some


def _add(diff: TableDiff, table: _Compared, rows: Sequence[Row]) -> None:
    """Count the differing rows of one capture: those of one fact are one change."""
    olds = [row for row in rows if row["was"]]
    news = [row for row in rows if not row["was"]]
    for alike in table.alike:
        waiting: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for new in news:
            waiting[tuple(str(new[column]) for column in alike)].append(new)
        for old in list(olds):
            if same := waiting[tuple(str(old[column]) for column in alike)]:
                new = same.pop(0)
                olds.remove(old)
                news.remove(new)
                _note(diff, table, old, new)
    for old in olds:
        _note(diff, table, old, None)
    for new in news:
        _note(diff, table, None, new)


def _note(diff: TableDiff, table: _Compared, old: Row | None, new: Row | None) -> None:
    row = old or new
    assert row is not None
    before, after = (
        {name: side[name] for name in table.columns} if side is not None else None for side in (old, new)
    )
    difference = Difference(row["article_id"], row["url"], before, after)
    if old is None:
        diff.appears += 1
        rare = diff.appears
    elif new is None:
        diff.vanishes += 1
        rare = diff.vanishes
    else:
        diff.changes += 1
        for name in difference.fields:
            diff.fields[name] = diff.fields.get(name, 0) + 1
        rare = min(diff.fields[name] for name in difference.fields)
    if rare <= EXAMPLES:
        diff.examples.append(difference)


def _ask(home: Path, sql: str) -> list[tuple[Any, ...]]:
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        return connection.execute(sql).fetchall()
