"""A warehouse made anew from the archive, beside the one that is in use, and swapped in when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from scraper.durable import sync_folder
from scraper.errors import BuildError, HomeError, UsageError, WarehouseError
from warehouse.connect import Connection, connect, in_our_words, open_warehouse, transaction, warehouse_path
from warehouse.decisions import corrections, removals
from warehouse.lake import lake_of

FOLDER = ".rebuild"

_LOST = """
select portal || '/' || warc_file as file
from held.raw.archive_progress
left join (select portal, warc_file, max(read_to) as read_now from raw.archive_progress group by all) as anew
    using (portal, warc_file)
group by all
having max(read_to) > coalesce(any_value(read_now), 0)
order by file
"""

# What no archive can give again: the runs, what they judged, and problems of no archived page.
_CARRIED = (
    "insert into raw.run by name from held.raw.run",
    "insert into raw.portal_run by name from held.raw.portal_run",
    "insert into raw.hold by name from held.raw.hold",
    "insert into raw.portal by name from held.raw.portal where portal not in (select portal from raw.portal)",
    """
    merge into raw.problem as kept using (from held.raw.problem where fetch_id is null) as held
    on kept.problem_id = held.problem_id
    when matched then update set occurred_at = held.occurred_at
    when not matched then insert by name
    """,
)


@contextmanager
def rebuilding(home: Path) -> Iterator[Path]:
    """Give an empty folder in a home that a new warehouse can be loaded and built in; it is gone afterwards.

    The home's decisions lie in it. What a killed rebuild left there is thrown away; a build that was refused
    leaves its log. Raises HomeError where it cannot be written, UsageError where the home has a lake.
    """
    if lake_of(home) is not None:
        raise UsageError(
            f"{home}: a lake is not made anew beside itself: `load PORTAL --again` reads an archive again"
        )
    anew = home / FOLDER
    try:
        if anew.exists():
            shutil.rmtree(anew)
        anew.mkdir()
        for name in (corrections.FILE, removals.FILE):
            if (home / name).exists():
                shutil.copyfile(home / name, anew / name)
    except OSError as error:
        raise HomeError(f"{anew}: cannot be written: {error.strerror}: free the home") from error
    try:
        yield anew
    except BuildError:
        warehouse_path(anew).unlink(missing_ok=True)
        raise
    except BaseException:
        shutil.rmtree(anew, ignore_errors=True)
        raise
    shutil.rmtree(anew, ignore_errors=True)


def carry_over(home: Path, anew: Path) -> None:
    """Copy what no archive gives into the new warehouse: runs, holds, problems of no archived page.

    Raises WarehouseError where the home's warehouse read more of an archive file than there still is.
    """
    path = warehouse_path(anew)
    # Brought up to date first, so that both have the same tables.
    open_warehouse(warehouse_path(home)).close()
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        _attach(connection, warehouse_path(home))
        lost = [row[0] for row in connection.execute(_LOST).fetchall()]
        if lost:
            raise WarehouseError(
                f"{home}: {len(lost)} archive files that were read are gone, cut off or damaged by now"
                f" (first: {lost[0]}): restore them; the warehouse stays as it is"
            )
        with transaction(connection):
            for sql in _CARRIED:
                connection.execute(sql)


def swap_in(home: Path, anew: Path) -> None:
    """Put the new warehouse in the place of the home's in one step; a kill leaves the one or the other.

    Raises LockedError where a program holds the home's warehouse, HomeError where it cannot be written.
    """
    place, fresh = warehouse_path(home), warehouse_path(anew)
    # A log left beside the old file would be replayed into the new one: closing writes it away.
    for path in (place, fresh):
        with closing(connect(path)) as connection, in_our_words(path):
            connection.execute("force checkpoint")
    with in_our_words(place):
        for path in (place, fresh):
            log = path.with_name(f"{path.name}.wal")
            if log.exists():
                raise HomeError(
                    f"{log}: is still there: close what has the warehouse open, then rebuild again"
                )
        fresh.replace(place)
        sync_folder(home)


def _attach(connection: Connection, file: Path) -> None:
    quoted = str(file).replace("'", "''")
    connection.execute(f"attach '{quoted}' as held (read_only)")
