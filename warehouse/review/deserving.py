"""Which facts deserve a look most: those that the arithmetic, another report or the reader doubts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.errors import WarehouseError
from warehouse.connect import Connection, in_our_words, open_warehouse, warehouse_path

DOUBTED = 0.6
"""Confidence below which a reader's doubt alone is worth a look."""


def _plain(column: str) -> str:
    """Return the SQL of a decimal as a person writes it, without the zeros at its end."""
    return f"rtrim(rtrim(cast({column} as varchar), '0'), '.')"


# Facts that somebody looked at already are left out, whatever was decided.
_RANKED = f"""
with doubts as (
    select
        case likely_misprint
            when 'value' then coalesce(value_report_id, report_id)
            when 'reference' then coalesce(reference_report_id, report_id)
            else report_id
        end as fact_id,
        'observation' as kind,
        if(likely_misprint is null, 2.0, 3.0) as weight,
        coalesce(
            'audit ' || audit || ': ' || {_plain("stated_value")} || ' is stated, '
            || {_plain("expected_low")} || ' to ' || {_plain("expected_high")}
            || ' would agree' || coalesce(', ' || misprint_reason, ''),
            'audit ' || audit || ' fails'
        ) as reason
    from marts.indicator_audits
    where not is_consistent

    union all

    select
        unnest([earlier_report_id, later_report_id]),
        'observation',
        2.0,
        'contradiction: ' || {_plain("earlier_value")} || ' and later ' || {_plain("later_value")}
        || ' for one thing'
    from marts.indicator_contradictions

    union all

    select report_id, 'observation', 1.0 + {DOUBTED} - confidence, 'the reader is sure by ' || confidence
    from marts.indicator_reports
    where is_standing and confidence < {DOUBTED}

    union all

    select report_id, 'observation', 2.0, 'the value fits no column: it has too many digits'
    from marts.indicator_reports
    where is_standing and value is null

    union all

    select mention_id, 'meeting', 1.0 + {DOUBTED} - confidence, 'the reader is sure by ' || confidence
    from marts.meeting_articles
    where not is_retracted and confidence < {DOUBTED}

    union all

    select
        linked.mention_id,
        'meeting',
        1.0,
        'may be one meeting with ' || array_to_string(possibly_same_as, ', ')
    from marts.meetings as meetings
    inner join marts.meeting_articles as linked using (meeting_id)
    where len(possibly_same_as) > 0 and not meetings.is_retracted and not linked.is_copy
),

looked_at as (
    select fact_id from intermediate.int_corrections_matched where status in ('applied', 'settled')
    union all select fact_id from marts.corrections
)

select fact_id, any_value(kind), sum(weight) as score, list(distinct reason order by reason)
from doubts
where fact_id not in (select fact_id from looked_at where fact_id is not null)
group by fact_id
order by score desc, fact_id
limit ?
"""  # noqa: S608 - a number of our own

_DETAILS: Mapping[str, str] = {
    "observation": """
        select
            portal, article_id, quote, article_url as url, warc_file, warc_offset, confidence, area_name,
            indicator_name, indicator, breakdown, measure, base, obs_value, obs_value_upper,
            unit_measure, unit_mult, bound, obs_status, time_period_reported as time_period, ref_area
        from marts.indicator_reports where report_id = ?
    """,
    "meeting": """
        select
            linked.portal, linked.article_id, linked.quote, linked.article_url as url, revisions.warc_file,
            revisions.warc_offset, linked.confidence, linked.meeting_name as name, read.classification,
            read.organization, read.ordinal, read.start_date, read.end_date, read.part_of_day, read.location,
            read.ref_area, linked.status
        from marts.meeting_articles as linked
        inner join marts.article_revisions as revisions using (revision_id)
        left join intermediate.int_meeting_mentions_selected as read using (mention_id)
        where linked.mention_id = ?
    """,
}

_FOUND_NOTHING = """
select correction_id, status, article_url, quote, field, wrong_value, right_value, reason
from marts.corrections where status in ('unmatched', 'ambiguous')
order by status, correction_id
"""


@dataclass(frozen=True, slots=True)
class Deserving:
    """A fact that deserves a look, with what a person needs for it."""

    fact_id: str
    kind: str
    """observation or meeting."""
    score: float
    """The higher, the sooner."""
    reasons: tuple[str, ...]
    article_id: str
    quote: str
    url: str
    archived: str
    """File and offset of the page in the home: where the text is in the archive."""
    confidence: float
    fields: dict[str, Any]
    """As facts.md names them, without those that have no value."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A correction that finds no fact any more, or several."""

    correction_id: str
    status: str
    url: str
    quote: str | None
    field: str | None
    wrong_value: str | None
    right_value: str | None
    reason: str


def deserving(home: Path, number: int) -> tuple[list[Deserving], list[Lost]]:
    """Return the facts that deserve a look most, so many at most, and the corrections that find none.

    Raises WarehouseError where nothing was built, and what `open_warehouse` raises.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        built = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'marts' and table_name = 'corrections'"
        ).fetchall()
        if built == [(0,)]:
            raise WarehouseError(f"{path}: its facts were not compared yet: run `build` first")
        ranked = connection.execute(_RANKED, [number]).fetchall()
        found = [_detailed(connection, *row) for row in ranked]
        lost = [Lost(*row) for row in connection.execute(_FOUND_NOTHING).fetchall()]
    return found, lost


def _detailed(connection: Connection, fact_id: str, kind: str, score: float, reasons: list[str]) -> Deserving:
    result = connection.execute(_DETAILS[kind], [fact_id])
    names = [column[0] for column in result.description]
    row = dict(zip(names, result.fetchall()[0], strict=True))
    archived = f"{row.pop('portal')}/archive/{row.pop('warc_file')} @ {row.pop('warc_offset')}"
    said = {name: row.pop(name) for name in ("article_id", "quote", "url", "confidence")}
    fields = {name: value for name, value in row.items() if value is not None}
    return Deserving(fact_id, kind, float(score), tuple(reasons), archived=archived, fields=fields, **said)
