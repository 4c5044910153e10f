"""How long a site of so many articles takes, drawn from nothing and again where nothing changed: issue 8.

The rows of a published demo are multiplied in SQL: every copy has ids of its own, and the copies are spread
over so many times the areas, so that one area has as many figures as in a city of that size.

    cityledger demo --home DEMO
    python -m benchmarks.site_drawing DEMO/published/current [--articles 20000] [--areas 8]
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from warehouse.connect import connect
from warehouse.publication.manifest import DATABASE, Table, read_manifest
from warehouse.publication.site.page import Edition
from warehouse.publication.site.pages import write_site

MULTIPLIED = (
    "articles",
    "article_revisions",
    "article_history",
    "article_districts",
    "meetings",
    "meeting_articles",
    "meeting_participants",
    "meeting_figures",
    "officeholders",
    "indicator_reports",
    "indicator_series",
    "indicator_contradictions",
    "indicator_targets_vs_actuals",
    "indicator_audits",
)
KEPT_IDS = {"unit_id", "territory_id", "native_id"}


def multiply(source: Path, target: Path, times: int, areas: int) -> None:
    """Write a published file with the rows of another so many times.

    Args:
        source: A published `cityledger.duckdb`.
        target: Written.
        times: Copies of every article.
        areas: Over how many times the areas the copies are spread.
    """
    connection = connect(target)
    connection.execute(f"attach '{source}' as demo (read_only); create schema marts; set threads = 2")
    connection.execute(
        f"""
        create temp table moved as
        with used as (
            select distinct ref_area as code, dense_rank() over (order by ref_area) as place
            from demo.marts.indicator_series
        ), free as (
            select code, row_number() over (order by code desc) as place
            from (select distinct code from demo.marts.districts where is_current)
            where code not in (select code from used)
        )
        select used.code, shift.range as shift, free.code as new_code
        from used cross join range(1, {areas}) as shift
        inner join free on free.place = (shift.range - 1) * (select max(place) from used) + used.place
        """  # noqa: S608
    )
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'demo' and schema_name = 'marts'"
    ).fetchall()
    for (table,) in tables:
        if table not in MULTIPLIED:
            connection.execute(f"create table marts.{table} as from demo.marts.{table}")
            continue
        columns = connection.execute(
            "select column_name, data_type from duckdb_columns() "
            "where database_name = 'demo' and schema_name = 'marts' and table_name = ? order by column_index",
            [table],
        ).fetchall()
        chosen = ", ".join(_copied(name, kind) for name, kind in columns)
        has_area = any(name == "ref_area" for name, _ in columns)
        join = (
            f"left join moved on moved.code = rows.ref_area and moved.shift = copy.range % {areas}"
            if has_area
            else ""
        )
        connection.execute(
            f"create table marts.{table} as select {chosen} "  # noqa: S608 - names of our own tables
            f"from demo.marts.{table} as rows cross join range({times}) as copy {join}"
        )
    connection.execute("detach demo")
    connection.close()


def _copied(name: str, kind: str) -> str:
    is_id = kind == "VARCHAR" and name.endswith("_id") and name not in KEPT_IDS
    if is_id or name == "copy_of":
        return f"if(copy.range = 0, rows.{name}, rows.{name} || '-' || copy.range) as {name}"
    if name == "ref_area":
        return "coalesce(moved.new_code, rows.ref_area) as ref_area"
    return f"rows.{name}"


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def draw(edition: Edition, folder: Path, last: Path | None) -> None:
    """Draw a site and print what that took."""
    wall, cpu = perf_counter(), cpu_seconds()
    drawn = write_site(edition, folder, last)
    wall, cpu = perf_counter() - wall, cpu_seconds() - cpu
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pages = sum(path.suffix == ".html" for path in files)
    print(
        f"{'again' if last else 'from nothing'}: {pages} pages, {drawn} drawn, {len(files)} files, "
        f"{size:.0f} MB; {wall:.1f} s wall, {cpu:.1f} s CPU, greatest process {peak / 1024:.0f} MB"
    )


def main() -> None:
    """Multiply, draw, draw again."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("publication", type=Path)
    arguments.add_argument("--articles", type=int, default=20_000)
    arguments.add_argument("--areas", type=int, default=8)
    given = arguments.parse_args()
    manifest = read_manifest(given.publication)
    if manifest is None:
        raise SystemExit(f"{given.publication}: no publication")
    times = -(-given.articles // manifest.rows()["articles"])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        multiply((given.publication / DATABASE).resolve(), folder / DATABASE, times, given.areas)
        tables = tuple(_counted(table, times) for table in manifest.tables)
        edition = Edition(folder / DATABASE, manifest.version, tables, manifest.portals)
        print(f"{manifest.rows()['articles'] * times} articles on {len(os.sched_getaffinity(0))} cores")
        draw(edition, folder / "first", None)
        draw(edition, folder / "second", folder / "first")


def _counted(table: Table, times: int) -> Table:
    return replace(table, rows=table.rows * times) if table.name in MULTIPLIED else table


if __name__ == "__main__":
    main()
