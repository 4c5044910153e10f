"""What the last judgement of each portal found, read back for `status`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from warehouse.connect import Connection

_LAST = """
select
    judged.portal, judged.run_id, judged.judged_at, judged.found, judged.requests, judged.fetched,
    judged.unchanged, judged.new, judged.edited, judged.gone, judged.failed, judged.newest_article,
    judged.silent_days, judged.usual_gap_days, judged.failure, judged.is_held, judged.problems, judged.fill,
    judged.selectors, judged.troubles, judged.crawl, hold.held_at, hold.kept_to, hold.reason
from raw.portal_run as judged
left join raw.hold as hold on judged.portal = hold.portal and hold.released_at is null
qualify row_number() over (partition by judged.portal order by judged.judged_at desc, judged.run_id desc) = 1
order by judged.portal
"""
_JSON = 16
"""Columns from this one on hold JSON, up to the hold's."""


@dataclass(frozen=True, slots=True)
class PortalHealth:
    """What the last refresh of a portal did and found; counts are of that run."""

    portal: str
    run_id: str
    judged_at: datetime
    found: int
    requests: int
    fetched: int
    unchanged: int
    new: int
    edited: int
    gone: int
    failed: int
    newest_article: date | None
    silent_days: int | None
    usual_gap_days: float | None
    """Days between days with articles."""
    failure: str | None
    """Why it could not be crawled as it should."""
    was_held: bool
    """Whether this judgement held it; a person may have released it since."""
    problems: Mapping[str, int]
    """By kind."""
    fill: Mapping[str, Mapping[str, float | None]]
    """Of each field: filled, of (pages), usual (share)."""
    selectors: Sequence[Mapping[str, Any]]
    """Those that missed pages: selector, missed, of, missed_before, of_before."""
    troubles: Sequence[Mapping[str, Any]]
    """Bounds that were crossed: bound, seen, limit, said, advice, selector, second_reading."""
    crawl: Mapping[str, Any]
    """What the crawl counted, requests saved among it."""
    held_at: datetime | None
    """Since when its new captures stay out of the marts; None where they do not."""
    kept_to: datetime | None
    hold_reason: str | None


def portals_health(connection: Connection) -> tuple[PortalHealth, ...]:
    """Return the last judgement of each portal that was judged, by name."""
    return tuple(
        PortalHealth(*(*row[:_JSON], *(json.loads(said) for said in row[_JSON:-3]), *row[-3:]))
        for row in connection.execute(_LAST).fetchall()
    )
