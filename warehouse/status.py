"""What a home holds and how it fares: the data of the `status` command."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import disk_usage

from scraper.errors import LockedError
from warehouse.advice import Advice, advice_on
from warehouse.connect import Connection, has_warehouse, in_our_words, open_warehouse, warehouse_path
from warehouse.lake import lake_of
from warehouse.lake_upkeep import lake_bytes
from warehouse.lock import Holder, running
from warehouse.portal_health import PortalHealth, portals_health
from warehouse.runs import KILLED, Run, last_runs

_PORTALS = """
with newest_reader as (
    select portal, max(article_reader) as article_reader from raw.article group by portal
),
articles as (
    select
        portal,
        count(distinct article_id) as articles,
        count(*) as revisions,
        max(first_seen) as newest_text_at,
        max(date_published) as newest_published
    from raw.article semi join newest_reader using (portal, article_reader)
    group by portal
),
facts as (
    select
        fact.portal,
        count(*) filter (fact.kind = 'meeting') as meetings,
        count(*) filter (fact.kind = 'observation') as observations
    from (
        select distinct 'meeting' as kind, meeting_id as id, article.portal
        from raw.meeting join raw.article as article using (revision_id, fact_reader)
        union all
        select distinct 'observation', observation_id, article.portal
        from raw.observation join raw.article as article using (revision_id, fact_reader)
    ) as fact
    group by fact.portal
),
gone as (
    select portal, count(*) as gone from raw.article_state where gone_at is not null group by portal
),
fetches as (
    select portal, min(fetched_at) as first_fetch_at, max(fetched_at) as last_fetch_at
    from raw.fetch
    group by portal
)
select
    portal.portal,
    portal.name,
    fetches.first_fetch_at,
    fetches.last_fetch_at,
    coalesce(articles.articles, 0),
    coalesce(articles.revisions, 0),
    coalesce(gone.gone, 0),
    coalesce(facts.meetings, 0),
    coalesce(facts.observations, 0),
    articles.newest_text_at,
    articles.newest_published,
    case
        when portal.retired_on <= current_date then 'retired on ' || portal.retired_on
        when portal.paused_until > current_date then 'paused until ' || portal.paused_until
        when portal.is_paused and portal.paused_until is null then 'paused'
    end
from raw.portal as portal
left join fetches using (portal)
left join articles using (portal)
left join facts using (portal)
left join gone using (portal)
order by portal.portal
"""
_OUTCOMES = "select portal, outcome, count(*) from raw.fetch group by all order by all"
_PROBLEMS = "select portal, kind, count(*) from raw.problem group by all order by count(*) desc, portal, kind"


_TRIES = 5
_BETWEEN_TRIES = 0.2
"""Seconds."""


@dataclass(frozen=True, slots=True)
class PortalStatus:
    """What is known of one portal."""

    portal: str
    name: str
    first_fetch_at: datetime | None
    last_fetch_at: datetime | None
    articles: int
    revisions: int
    """Distinct texts, of all articles, as the newest reader that read the portal reads them."""
    gone: int
    """Articles that are no longer there."""
    meetings: int
    observations: int
    newest_text_at: datetime | None
    """When a new or edited text was last seen."""
    newest_published: str | None
    """Latest date of publication, ISO."""
    rests: str | None
    """Why its file has it crawled no more, or not now: retired or paused."""
    fetches: Mapping[str, int]
    """By outcome."""
    problems: Mapping[str, int]
    """By kind, most frequent first."""


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes on disk."""

    archive: Mapping[str, int]
    """By portal."""
    warehouse: int
    published: int

    @property
    def total(self) -> int:
        """Bytes of all together."""
        return sum(self.archive.values()) + self.warehouse + self.published


@dataclass(frozen=True, slots=True)
class WarehouseStatus:
    """The whole of it."""

    running: Holder | None
    """The run that is going on."""
    is_busy: bool
    """That run holds the warehouse: what stands in it cannot be told now, `runs` to `health` are empty."""
    runs: tuple[Run, ...]
    """Newest first; one that was killed is interrupted, also before the next run writes so into the log."""
    portals: tuple[PortalStatus, ...]
    health: tuple[PortalHealth, ...]
    """Of the portals that a refresh has judged."""
    advice: tuple[Advice, ...]
    """Each trouble, and what to do about it."""
    disk: DiskUse
    lake: str | None = None
    """The lake that stands in the place of a warehouse file, with the portals of all its homes."""


def warehouse_status(home: Path, runs: int = 10) -> WarehouseStatus:
    """Return how a home fares; empty for one without data. Nothing is written, and no run is waited for.

    Raises what `open_warehouse` raises, LockedError where a program that is no run of ours holds the file.
    """
    path = warehouse_path(home)
    portals: tuple[PortalStatus, ...] = ()
    health: tuple[PortalHealth, ...] = ()
    logged: Sequence[Run] = ()
    is_busy = False
    going_on = running(home)
    lake = lake_of(home)
    shared_bytes = 0
    if lake is None and going_on is not None and going_on.stage != "crawl":
        is_busy = True  # Only a crawl leaves the warehouse alone; a reader would be in any other one's way.
    elif has_warehouse(home):
        for tries_left in reversed(range(_TRIES)):
            try:
                with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
                    portals, health = _portals(connection), portals_health(connection)
                    shared_bytes = lake_bytes(connection) if lake else 0
                logged = last_runs(home, runs)
                going_on = running(home) or going_on
                break
            except LockedError:
                # A run opens the file for moments as well: its row in the run log.
                going_on = running(home) or going_on
                if not tries_left and going_on is None:
                    raise
                is_busy = not tries_left
                time.sleep(_BETWEEN_TRIES)
    logged = tuple(_killed(run) if _is_over(run, going_on) else run for run in logged)
    disk = disk_use(home)
    disk = replace(disk, warehouse=shared_bytes) if lake else disk
    advice = advice_on(logged, health, going_on, disk_usage(home).free if home.is_dir() else None)
    place = str(lake) if lake else None
    return WarehouseStatus(going_on, is_busy, logged, portals, health, advice, disk, place)


def _is_over(run: Run, going_on: Holder | None) -> bool:
    """Tell whether a run that the log says is running has no process any more: the lock is free, or another
    command's."""
    return run.status == "running" and (going_on is None or going_on.command != run.command)


def _killed(run: Run) -> Run:
    return replace(run, status="interrupted", message=KILLED)


def disk_use(home: Path) -> DiskUse:
    """Return the bytes that each part of the home takes."""
    folders = sorted(home.glob("*/archive")) if home.is_dir() else []
    return DiskUse(
        archive={folder.parent.name: _bytes_under(folder) for folder in folders},
        warehouse=sum(file.stat().st_size for file in home.glob("warehouse.duckdb*")),
        published=_bytes_under(home / "published"),
    )


def _portals(connection: Connection) -> tuple[PortalStatus, ...]:
    fetches = _by_portal(connection, _OUTCOMES)
    problems = _by_portal(connection, _PROBLEMS)
    return tuple(
        PortalStatus(*(*row, fetches.get(row[0], {}), problems.get(row[0], {})))
        for row in connection.execute(_PORTALS).fetchall()
    )


def _by_portal(connection: Connection, sql: str) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for portal, name, number in connection.execute(sql).fetchall():
        counts.setdefault(portal, {})[name] = number
    return counts


def _bytes_under(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
