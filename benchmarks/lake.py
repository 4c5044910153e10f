"""What loading into a shared lake costs beside a warehouse file, how its catalog grows, what compaction does.

Takes a home whose archive was crawled, reads it once, and loads what was read into a file and into a lake,
each a number of times over as other portals. Times the loads alone, in CPU seconds of this process (a lake's
PostgreSQL works beside it) and on the wall. Then one nightly load of a few pages a portal, and the upkeep.

    python orchestrate.py demo --home HOME                                    # once
    python -m benchmarks.lake --home HOME --catalog "host=127.0.0.1 dbname=bench user=loader" [--copies 10]

The catalog's schema `bench` is made and must not be there; PGPASSWORD or the passfile gives the password.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg

from scraper.harvest.harvest import harvest_all, tasks_of
from scraper.items import HarvestBatch, PortalRecord
from scraper.portal_choice import chosen_portals
from warehouse.connect import open_warehouse, warehouse_path
from warehouse.lake_upkeep import keep_up
from warehouse.load import load

SCHEMA = "bench"


def copied(batches: Sequence[HarvestBatch], copy: int, nights: int = 0) -> Iterator[HarvestBatch]:
    """Give the batches as those of other portals; of a later night as captures of the same pages then."""
    for batch in batches:
        portal = f"{batch.portal}-{copy}"
        file = f"night-{nights}-{batch.warc_file}" if nights else batch.warc_file
        harvests = tuple(
            replace(
                harvest,
                article_id=harvest.article_id and f"{harvest.article_id}-{copy}",
                fetch=replace(
                    harvest.fetch,
                    portal=portal,
                    warc_file=file,
                    fetched_at=harvest.fetch.fetched_at + timedelta(days=nights),
                ),
            )
            for harvest in batch.harvests
        )
        yield replace(batch, portal=portal, warc_file=file, harvests=harvests)


def timed_load(home: Path, records: dict[str, PortalRecord], batches: list[HarvestBatch], size: int) -> str:
    """Load and return what that cost, in one line."""
    pages = sum(len(batch.harvests) for batch in batches)
    wall, cpu = time.perf_counter(), time.process_time()
    load(home, records, batches, records_a_transaction=size)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return f"{pages} pages, {size} a commit: {pages / cpu:.0f} a CPU second, {cpu:.1f} s CPU, {wall:.1f} s"


def catalog_bytes(catalog: str) -> tuple[int, int]:
    """Return the bytes and the tables of the lake's catalog in PostgreSQL."""
    with psycopg.connect(catalog) as session:
        row = session.execute(
            "select sum(pg_total_relation_size(c.oid)), count(*) from pg_class c join pg_namespace n"
            " on n.oid = c.relnamespace where n.nspname = %s and c.relkind = 'r'",
            [SCHEMA],
        ).fetchone()
    assert row is not None
    return int(row[0] or 0), int(row[1])


def told(home: Path, catalog: str) -> str:
    """Return how many files, bytes and snapshots the lake has, in one line."""
    with closing(open_warehouse(warehouse_path(home), read_only=True)) as connection:
        ((files, size, snapshots),) = connection.execute(
            "select sum(file_count), sum(file_size_bytes),"
            " (select count(*) from ducklake_snapshots('warehouse')) from ducklake_table_info('warehouse')"
        ).fetchall()
    of_catalog, tables = catalog_bytes(catalog)
    return (
        f"{files} files, {size / 1e6:.2f} MB, {snapshots} snapshots; catalog {of_catalog / 1e6:.2f} MB"
        f" in {tables} tables"
    )


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--catalog", required=True)
    parser.add_argument("--copies", type=int, default=10)
    options = parser.parse_args()
    portals = chosen_portals([], options.home, options.home / "demo-portals", [])
    batches = list(harvest_all(tasks_of(portals, options.home, {}), 1))
    everything = [one for copy in range(options.copies) for one in copied(batches, copy)]
    few = [replace(batch, harvests=batch.harvests[:10]) for batch in batches if batch.start == 0]
    nights = [
        [one for copy in range(options.copies) for one in copied(few, copy, night)] for night in (1, 2, 3)
    ]
    records = {
        f"{portal.slug}-{copy}": replace(portal.record(), portal=f"{portal.slug}-{copy}")
        for portal in portals
        for copy in range(options.copies)
    }
    with tempfile.TemporaryDirectory(prefix="cityledger-") as folder:
        file, lake = Path(folder, "file"), Path(folder, "lake")
        lake.mkdir()
        setting = f'catalog = "{options.catalog}"\nfiles = "{folder}/files"\nschema = "{SCHEMA}"\n'
        (lake / "lake.toml").write_text(setting, encoding="utf-8")
        for name, home in (("file", file), ("lake", lake)):
            open_warehouse(warehouse_path(home)).close()
            print(f"{name}: {timed_load(home, records, everything, 2000)}")
        print(f"file: {warehouse_path(file).stat().st_size / 1e6:.2f} MB")
        print(f"lake: {told(lake, options.catalog)}")
        for night in nights:
            for name, home in (("file", file), ("lake", lake)):
                print(f"{name}, a night: {timed_load(home, records, night, 200)}")
            print(f"lake: {told(lake, options.catalog)}")
        started = time.perf_counter(), time.process_time()
        print(f"upkeep: {keep_up(lake)}")
        print(
            f"upkeep: {time.process_time() - started[1]:.1f} s CPU, {time.perf_counter() - started[0]:.1f} s"
        )
        print(f"lake: {told(lake, options.catalog)}")


if __name__ == "__main__":
    main()
