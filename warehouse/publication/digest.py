"""A publication in a few lines: how much it holds, some figures over time, and its facts as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.publication.query import query

_COUNTS = """
select
    (select count(*) from articles) as articles,
    (select count(*) from articles where is_edited) as edited,
    (select count(*) from articles where is_retracted) as retracted,
    (select count(distinct ref_area) from article_districts where is_about) as districts,
    (select count(*) from meetings) as meetings,
    (select count(*) from indicator_reports where is_standing) as figures,
    (select count(*) from indicator_series) as points,
    (select count(*) from indicator_contradictions) as contradictions,
    (select count(*) from problems) as problems,
    (select min(published_date) from articles) as first_published,
    (select max(published_date) from articles) as last_published
"""

# The longest yearly lines of actual amounts, one an indicator, so that the three tell of different things.
_LINES = """
with line as (
    select series_id, indicator, area_name, count(*) as points
    from indicator_series
    where measure in ('level', 'share') and obs_status in ('A', 'E') and breakdown is null
      and indicator <> 'other' and unit_id is not null and period_kind in ('year', 'quarter')
    group by series_id, indicator, area_name
    having count(*) >= 3
    qualify row_number() over (partition by indicator order by count(*) desc, series_id) = 1
    order by points desc, series_id
    limit 3
)
select
    line.series_id, indicators.label_vi as label, point.area_name, point.time_period, point.value,
    point.base_unit, point.obs_status, point.quote, point.article_url
from line
join indicator_series as point using (series_id)
join indicators on indicators.indicator = point.indicator
order by line.points desc, line.series_id, point.period_start
"""

# Levels that an article gave otherwise before it was amended, and that two articles give differently.
_PUT_RIGHT = """
with amended as (
    select
        series.area_name, series.indicator, series.indicator_name, series.time_period, series.base_unit,
        before.value as before, series.value as after, 'the article was amended' as how, series.reported_at
    from indicator_series as series
    join indicator_series_history as before using (point_id)
    where before.article_id = series.article_id and before.value <> series.value and series.measure = 'level'
),
contradicted as (
    select
        area_name, indicator, indicator_name, time_period, base_unit,
        earlier_value as before, later_value as after, 'a later article says' as how,
        later_reported_at as reported_at
    from indicator_contradictions
    where measure = 'level' and not is_same_article
)
select
    area_name, coalesce(label_vi, indicator_name) as label, time_period, base_unit, before, after, how
from (from amended union all from contradicted)
left join indicators using (indicator)
order by how, reported_at desc, area_name, label
limit 8
"""

_READ = {
    "articles": "select article_url as url from articles where not is_retracted",
    "districts": """
        select articles.article_url as url, article_districts.ref_area as code
        from article_districts join articles using (article_id)
        join districts using (unit_id)
        where article_districts.is_about and districts.level = 'district' and not articles.is_retracted
    """,
    "meetings": """
        select articles.article_url as url, meeting_articles.start_date, meetings.organization
        from meeting_articles join meetings using (meeting_id) join articles using (article_id)
        where not articles.is_retracted
    """,
    "indicators": """
        select
            article_url as url, indicator, measure, obs_value, unit_mult, unit_measure,
            time_period_reported as time_period, ref_area
        from indicator_reports where is_current and not is_retracted and not starts_with(field, 'attachment:')
    """,
    "attached": """
        select
            article_url as url, indicator, measure, obs_value, unit_mult, unit_measure,
            time_period_reported as time_period, ref_area
        from indicator_reports where is_current and not is_retracted and starts_with(field, 'attachment:')
    """,
}


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a line."""

    time_period: str
    value: Decimal
    base_unit: str
    obs_status: str
    quote: str
    article_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one area over time."""

    label: str
    area_name: str
    points: tuple[Point, ...]


def counts(publication: Path) -> dict[str, Any]:
    """Return how much a publication holds, and of which days."""
    answer = query(publication, _COUNTS)
    return dict(zip(answer.columns, answer.rows[0], strict=True))


def long_lines(publication: Path) -> list[Line]:
    """Return the three longest lines of figures, each of another indicator."""
    lines: dict[str, list[tuple[object, ...]]] = {}
    for row in query(publication, _LINES).rows:
        lines.setdefault(str(row[0]), []).append(row)
    return [
        Line(str(rows[0][1]), str(rows[0][2]), tuple(Point(*row[3:]) for row in rows))  # type: ignore[arg-type]
        for rows in lines.values()
    ]


@dataclass(frozen=True, slots=True)
class PutRight:
    """One figure that was said otherwise before."""

    area_name: str
    label: str
    time_period: str
    base_unit: str
    before: Decimal
    after: Decimal
    how: str


def put_right(publication: Path) -> list[PutRight]:
    """Return some figures that were amended in place, or that a later article gives otherwise."""
    return [PutRight(*row) for row in query(publication, _PUT_RIGHT).rows]  # type: ignore[arg-type]


def facts_read(publication: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the published facts as plain rows, by kind, each with the `url` of its article."""
    facts = {}
    for kind, sql in _READ.items():
        answer = query(publication, sql, limit=None)
        facts[kind] = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return facts
