"""Facts drawn at random from the warehouse, each with the words around its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import UsageError
from warehouse.connect import Connection, in_our_words, open_warehouse, warehouse_path

CONTEXT = 240
"""Characters of the text that are shown on each side of a quote."""

# What the newest reading says of the newest text of each article.
_READING = """
with reading as (
    select article.* from raw.article as article
    qualify row_number() over (
        partition by article_id order by article_reader desc, last_seen desc, revision_id desc
    ) = 1
)
"""

_DRAWN = f"""
{_READING},
fact as (
    select observation_id as fact_id, 'observation' as kind, revision_id, fact_reader from raw.observation
    union all
    select meeting_id as fact_id, 'meeting' as kind, revision_id, fact_reader from raw.meeting
)
select fact.kind, fact.fact_id
from fact
semi join reading on reading.revision_id = fact.revision_id and reading.fact_reader = fact.fact_reader
order by md5($seed || fact.fact_id), fact.fact_id
limit $number
"""  # noqa: S608 - names of our own

_DETAILS: Mapping[str, tuple[str, str]] = {
    "observation": (
        "observation_id",
        """
        indicator_name, indicator, breakdown, measure, base, obs_value, obs_value_upper, unit_measure,
        unit_mult, bound, obs_status, time_period, fact.ref_area
        """,
    ),
    "meeting": (
        "meeting_id",
        """
        name, classification, organization, ordinal, start_date, end_date, part_of_day, location,
        fact.ref_area, status,
        (
            select string_agg(
                concat_ws(', ', person_name || ' [' || note || ']', array_to_string(roles, ', ')), '; '
                order by position
            )
            from raw.meeting_participant as person
            where person.meeting_id = fact.meeting_id and person.fact_reader = fact.fact_reader
        ) as people
        """,
    ),
}

_DETAILED = f"""
{_READING}
select
    fact.{{id}} as fact_id, '{{table}}' as kind, fact.quote, fact.confidence, fact.rule,
    reading.headline, reading.canonical_url as url, reading.date_published,
    fact.quote_start, fact.quote_end,
    if(fact.field = 'headline', reading.headline, reading.body_text) as shown_text,
    {{columns}}
from raw.{{table}} as fact
inner join reading on reading.revision_id = fact.revision_id and reading.fact_reader = fact.fact_reader
where list_contains($ids, fact.{{id}})
"""  # noqa: S608 - names of our own


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fact with what a person needs to judge it."""

    fact_id: str
    kind: str
    """observation or meeting."""
    fields: dict[str, object]
    """Every field of facts.md that is not null; a meeting's people as one text."""
    before: str
    quote: str
    after: str
    headline: str
    url: str
    date_published: str | None
    confidence: float
    rule: str


def draw(home: Path, number: int, seed: int) -> list[Drawn]:
    """Draw facts from a home's warehouse, each as likely as any other; the same seed draws the same.

    Facts that a text said and its newest edit no longer says are not drawn. Raises WarehouseError where there
    is no warehouse, UsageError where it holds no fact.
    """
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        ids = connection.execute(_DRAWN, {"seed": str(seed), "number": number}).fetchall()
        found = _detailed(connection, [fact_id for _, fact_id in ids])
    if not ids:
        raise UsageError(f"{home}: no fact was read there yet that could be judged: run `load` first")
    return [found[fact_id] for _, fact_id in ids]


def facts_of(home: Path, fact_ids: Sequence[str]) -> dict[str, Drawn]:
    """Return the facts of these ids that are still read so."""
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        return _detailed(connection, fact_ids)


def _detailed(connection: Connection, fact_ids: Sequence[str]) -> dict[str, Drawn]:
    found = {}
    for table, (id_column, columns) in _DETAILS.items():
        sql = _DETAILED.format(table=table, id=id_column, columns=columns)
        result = connection.execute(sql, {"ids": list(fact_ids)})
        names = [column[0] for column in result.description]
        for row in result.fetchall():
            drawn = _drawn(dict(zip(names, row, strict=True)))
            found[drawn.fact_id] = drawn
    return found


def _drawn(row: dict[str, object]) -> Drawn:
    text, start, end = str(row.pop("shown_text")), row.pop("quote_start"), row.pop("quote_end")
    assert isinstance(start, int)
    assert isinstance(end, int)
    own = {name: row.pop(name) for name in list(row) if name in Drawn.__dataclass_fields__}
    fields = {name: value for name, value in row.items() if value is not None}
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Drawn(**own, fields=fields, before=before, after=after)  # type: ignore[arg-type]
