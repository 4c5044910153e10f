"""The health of each portal in a run: observed in the raw tables, judged, written down, held and let go."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from scraper.expectations import FIELDS, Expectations
from scraper.items import VIETNAM
from warehouse.bounds import Filled, Observed, SelectorUse, Trouble, judge, usual_gap
from warehouse.connect import Connection, committed, in_our_words, open_warehouse, warehouse_path

_LEAST_SAMPLE = 10
_GROUP = 20
_GROUPS = 20
_CAPTURES = 5
_GAPS = 50

_FIELD_SQL = {
    "headline": "article.headline <> ''",
    "date": "article.date_published is not null",
    "description": "article.description is not null",
    "body": "article.content_kind = 'text'",
    "author": "len(article.authors) > 0",
    "source": "article.source is not null",
    "section": "len(article.section) > 0",
    "caption": "len(article.captions) > 0",
}

# The pages read, by group: 0 is the sample, 1 … are the groups before it.
_READINGS = f"""
create or replace temp table reading as
with known as (
    select
        sighting.fetch_id, sighting.fetched_at, article.layout,
        {", ".join(f"{_FIELD_SQL[part]} as has_{part}" for part in FIELDS)},
        coalesce(sighting.fetched_at > $seen_from, true) as is_in_run,
        row_number() over (order by sighting.fetched_at desc, sighting.fetch_id) as place
    from raw.sighting as sighting
    join raw.article as article using (article_id, revision_id, article_reader)
    where article.portal = $portal
        and (coalesce(sighting.fetched_at > $seen_from, true)
            or coalesce(sighting.fetched_at > $learn_from, true))
        and sighting.article_reader = (
            select max(article_reader) from raw.article where portal = $portal
        )
),
sized as (
    select *, greatest({_LEAST_SAMPLE}, count(*) filter (is_in_run) over ()) as width from known
)
select *, if(place <= width, 0, 1 + (place - width - 1) // {_GROUP}) as part
from sized
where place <= width + {_GROUP * _GROUPS}
"""  # noqa: S608 - names of our own
_FILLED = f"""
select part, count(*), {", ".join(f"count(*) filter (has_{part})" for part in FIELDS)}
from reading group by part order by part
"""  # noqa: S608
_MISSED = """
select
    if(
        problem.kind = 'layout_missed', 'the body of each layout', split_part(problem.detail, ': ', 1)
    ) as place,
    problem.quote,
    count(distinct reading.fetch_id) filter (reading.part = 0),
    count(distinct reading.fetch_id) filter (reading.part > 0)
from raw.problem as problem join reading using (fetch_id)
where problem.kind in ('selector_missed', 'layout_missed') and problem.quote is not null
group by all
having count(*) filter (reading.part = 0) > 0
order by 3 desc, 1, 2
"""
_CAPTURED = f"""
select capture.warc_file, capture.warc_offset
from reading join raw.fetch as capture using (fetch_id)
left join (
    select distinct fetch_id from raw.problem where kind in ('selector_missed', 'layout_missed')
) as missed using (fetch_id)
where reading.part = 0 order by missed.fetch_id is null, reading.place limit {_CAPTURES}
"""  # noqa: S608
_COUNTS = """
select
    count(*) filter (outcome = 'ok'),
    count(*) filter (outcome = 'not_modified'),
    count(*) filter (outcome in ('error', 'challenge', 'too_large', 'truncated')),
    count(distinct article_id)
from raw.fetch
where portal = $portal and article_id is not null and coalesce(fetched_at > $seen_from, true)
"""
_CHANGES = """
select
    (select count(*) from raw.article_state
        where portal = $portal and coalesce(first_seen > $seen_from, true)),
    (select count(*) from raw.article_state
        where portal = $portal and gone_at is not null and coalesce(gone_at > $seen_from, true)),
    (select count(distinct revision_id) from raw.article
        where portal = $portal and coalesce(first_seen > $seen_from, true))
"""
_PROBLEMS = """
select kind, count(*) from raw.problem
where portal = $portal and coalesce(occurred_at > $seen_from, true)
group by kind order by count(*) desc, kind
"""
_DAYS = """
with dated as (
    select article_id, min(coalesce(
        try_cast(left(date_published, 10) as date), cast(first_seen + interval 7 hours as date)
    )) as day
    from raw.article where portal = $portal group by article_id
)
select day, count(*) from dated where day <= $today group by day order by day desc limit $days
"""
_WINDOW = """
select
    (select max(fetched_at) from raw.fetch where portal = $portal),
    (select max(seen_to) from raw.portal_run where portal = $portal),
    (select max(kept_to) from raw.hold where portal = $portal and released_at is null),
    (select max(released_at) from raw.hold where portal = $portal and released_by = 'person'),
    (select count(*) from raw.portal_run where portal = $portal)
"""
_WRITE = """
insert into raw.portal_run (
    run_id, portal, judged_at, seen_from, seen_to, found, requests, fetched, unchanged, new, edited, gone,
    failed, problems, fill, selectors, newest_article, silent_days, usual_gap_days, failure, troubles,
    is_held, crawl
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

Agreement = Callable[[str, Sequence[tuple[str, int]]], str | None]
"""Given a portal and places in its archive, says in one clause what the generic reader finds there."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a run found of one portal."""

    portal: str
    observed: Observed
    troubles: tuple[Trouble, ...]
    is_held: bool
    """Its captures after `observed.seen_from` stay out of the marts."""
    was_released: bool
    """It was held before this run, and no more."""
    second_reading: str | None
    """What the generic reader finds on the pages that gave trouble."""

    @property
    def line(self) -> str | None:
        """Say portal, bound, what was seen and what to do, in one line; None where nothing was crossed."""
        if not self.troubles:
            return None
        first = self.troubles[0]
        more = f" (and {len(self.troubles) - 1} more bounds)" if len(self.troubles) > 1 else ""
        other = f"; {self.second_reading}" if self.second_reading else ""
        kept = "; its last good data stays published" if self.is_held else ""
        return f"{self.portal}: {first.said}{more}{other}{kept}: {first.advice}"


def judge_portals(
    home: Path,
    run_id: str,
    expected: Mapping[str, Expectations],
    crawled: Mapping[str, Mapping[str, Any]],
    second_reading: Agreement,
    now: datetime | None = None,
) -> list[Judgement]:
    """Judge what a run did to each portal; write it down, hold who crossed a bound, let go who crosses none.

    Args:
        home: Its warehouse has been loaded.
        run_id: The run's, of the run log.
        expected: Bounds by portal: these portals are judged.
        crawled: What the crawl counted, by portal: found, requests, failed, failure and what else is kept.
        second_reading: Asked where fields or selectors are missing.
        now: In place of the clock's (aware).

    Raises what `open_warehouse` raises.
    """
    now = now or datetime.now(UTC)
    path = warehouse_path(home)
    judged = []
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        for portal, bounds in expected.items():
            counts = crawled.get(portal, {})
            seen, is_first, was_held = _observed(connection, portal, now)
            failed = int(counts.get("failed", 0))
            troubles = judge(seen, bounds, failed, now.astimezone(VIETNAM).date())
            is_held = bool(troubles) and not is_first
            other = None
            if any(".fill." in one.bound or one.selector for one in troubles):
                other = second_reading(portal, seen.captures)
            found = Judgement(portal, seen, tuple(troubles), is_held, was_held and not is_held, other)
            committed(connection, partial(_settle, connection, run_id, found, was_held, counts, now))
            judged.append(found)
    return judged


def release(home: Path, portal: str, now: datetime | None = None) -> bool:
    """End the hold of a portal because a person says so; return whether there was one.

    What is learned of the portal starts anew. The next build lets in what was held. Raises what
    `open_warehouse` raises.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path)) as connection, in_our_words(path):
        at = now or datetime.now(UTC)
        return committed(connection, lambda: _release(connection, portal, "person", at))


def _observed(connection: Connection, portal: str, now: datetime) -> tuple[Observed, bool, bool]:
    """Return what is to be judged, whether the portal never was before, and whether it is held."""
    newest, judged_to, kept_to, learn_from, times = connection.execute(
        _WINDOW, {"portal": portal}
    ).fetchall()[0]
    seen_from = kept_to if kept_to is not None else judged_to
    window = {"portal": portal, "seen_from": seen_from}
    today = now.astimezone(VIETNAM).date()
    connection.execute(_READINGS, {**window, "learn_from": learn_from})
    groups = {
        part: Filled(pages, dict(zip(FIELDS, filled, strict=True)))
        for part, pages, *filled in connection.execute(_FILLED).fetchall()
    }
    fetched, unchanged, failed, asked = connection.execute(_COUNTS, window).fetchall()[0]
    new, gone, texts = connection.execute(_CHANGES, window).fetchall()[0]
    days: list[tuple[date, int]] = connection.execute(
        _DAYS, {"portal": portal, "today": today, "days": _GAPS + 1}
    ).fetchall()
    learned = [day for day, _ in days if learn_from is None or day >= learn_from.date()]
    seen = Observed(
        portal=portal,
        seen_from=seen_from,
        seen_to=newest,
        fetched=fetched,
        unchanged=unchanged,
        new=new,
        edited=max(0, texts - new),
        gone=gone,
        failed=failed,
        asked=asked,
        problems=dict(connection.execute(_PROBLEMS, window).fetchall()),
        sample=groups.pop(0, Filled(0, {})),
        past=tuple(group for group in groups.values() if group.pages == _GROUP),
        layouts=dict(
            connection.execute("select layout, count(*) from reading where part = 0 group by all").fetchall()
        ),
        selectors=tuple(SelectorUse(*row) for row in connection.execute(_MISSED).fetchall()),
        newest_article=days[0][0] if days else None,
        last_week=sum(number for day, number in days if day > today - timedelta(days=7)),
        gaps=tuple((later - earlier).days for later, earlier in pairwise(learned)),
        captures=tuple(connection.execute(_CAPTURED).fetchall()),
    )
    return seen, times == 0 or seen_from is None, kept_to is not None


def _settle(
    connection: Connection,
    run_id: str,
    found: Judgement,
    was_held: bool,
    counts: Mapping[str, Any],
    now: datetime,
) -> None:
    _hold(connection, run_id, found, was_held, now)
    _write(connection, run_id, found, counts, now)


def _hold(connection: Connection, run_id: str, found: Judgement, was_held: bool, now: datetime) -> None:
    if found.is_held and was_held:
        connection.execute(
            "update raw.hold set reason = ? where portal = ? and released_at is null",
            [found.line, found.portal],
        )
    elif found.is_held:
        connection.execute(
            "insert into raw.hold (portal, run_id, kept_to, held_at, reason) values (?, ?, ?, ?, ?)",
            [found.portal, run_id, found.observed.seen_from, now, found.line],
        )
    elif was_held:
        _release(connection, found.portal, run_id, now)


def _release(connection: Connection, portal: str, who: str, now: datetime) -> bool:
    changed = connection.execute(
        "update raw.hold set released_at = ?, released_by = ? where portal = ? and released_at is null",
        [now, who, portal],
    ).fetchall()
    return bool(changed[0][0])


def _write(
    connection: Connection, run_id: str, found: Judgement, counts: Mapping[str, Any], now: datetime
) -> None:
    seen = found.observed
    newest = seen.newest_article
    fill = {
        part: {"filled": seen.sample.filled.get(part, 0), "of": seen.sample.pages, "usual": seen.usual(part)}
        for part in FIELDS
    }
    selectors = [
        {
            "selector": f"{use.place}: {use.css}",
            "missed": use.missed,
            "of": seen.sample.pages,
            "missed_before": use.missed_before,
            "of_before": seen.past_pages,
        }
        for use in seen.selectors
    ]
    troubles = [{**asdict(one), "second_reading": found.second_reading} for one in found.troubles]
    connection.execute(
        _WRITE,
        [
            run_id,
            found.portal,
            now,
            seen.seen_from,
            seen.seen_to,
            int(counts.get("found", 0)),
            int(counts.get("requests", 0)),
            seen.fetched,
            seen.unchanged,
            seen.new,
            seen.edited,
            seen.gone,
            max(seen.failed, int(counts.get("failed", 0))),
            _json(seen.problems),
            _json(fill),
            _json(selectors),
            newest,
            (now.astimezone(VIETNAM).date() - newest).days if newest else None,
            usual_gap(seen.gaps),
            counts.get("failure"),
            _json(troubles),
            found.is_held,
            _json({name: value for name, value in counts.items() if name != "problems"}),
        ],
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
