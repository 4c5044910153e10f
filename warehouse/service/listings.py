"""What can be listed and looked up: fixed statements over the marts, whose values alone come from a request.

Names of tables, conditions and orders stand here; names of columns are those of the published file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from warehouse.publication.snapshot import quoted
from warehouse.service.current import Published, Rows
from warehouse.service.limits import MAX_ROWS
from warehouse.service.problems import Refused


def _folded(text: str) -> str:
    """SQL that puts a text into lower case without diacritics."""
    return f"replace(strip_accents(lower({text})), 'đ', 'd')"


def _mentions(column: str, parameter: str) -> str:
    return f"contains({_folded(column)}, {_folded(f'${parameter}')})"


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that are given page by page."""

    table: str
    """In marts, or a table function in it with its parameters."""
    order: str
    """Ends with a key, so that pages neither miss nor repeat a row; empty where the function orders."""
    conditions: Mapping[str, str] = field(default_factory=dict)
    """By parameter; a parameter that is not given sets none."""
    columns: tuple[str, ...] = ()
    """All of the table's where none are named."""
    values: tuple[str, ...] = ()
    """Parameters that the table function takes."""


_BY_NAME = f"(from marts.meeting_participants where {_mentions('person_name', 'person')})"

AREAS = Listing(
    "districts",
    "code, valid_from nulls first, unit_id",
    {
        "level": "level = $level",
        "kind": "kind = $kind",
        "parent": "parent_code = $parent",
        "on": "coalesce(valid_from <= $on, true) and coalesce(valid_to > $on, true)",
        "q": _mentions("full_name", "q"),
    },
)
MEETINGS = Listing(
    "meetings",
    "start_date desc nulls last, meeting_id",
    {
        "area": "ref_area = $area",
        "from": "coalesce(end_date, start_date) >= $from",
        "to": "start_date <= $to",
        "classification": "classification = $classification",
        "person": f"meeting_id in (from {_BY_NAME} select meeting_id)",
        "q": _mentions("concat_ws(' ', meeting_name, organization, location)", "q"),
    },
)
INDICATORS = Listing(
    "indicators",
    "indicator",
    {"topic": "topic = $topic", "q": _mentions("concat_ws(' ', indicator, label_vi, label_en)", "q")},
)
_FIGURES = {
    "area": "ref_area = $area",
    "indicator": "indicator = $indicator",
    "measure": "measure = $measure",
    "base": "base = $base",
    "status": "obs_status = $status",
    "breakdown": "breakdown = $breakdown",
    "from": "period_end >= $from",
    "to": "period_start <= $to",
}
SERIES = Listing(
    "indicator_series",
    "ref_area, indicator, series_id, period_end nulls last, time_period, point_id",
    {**_FIGURES, "series": "series_id = $series"},
)
REPORTS = Listing(
    "indicator_reports",
    "reported_at desc nulls last, report_id",
    {
        **_FIGURES,
        "series": "series_id = $series",
        "point": "point_id = $point",
        "article": "article_id = $article",
        "portal": "portal = $portal",
        "standing": "is_standing = $standing",
    },
)
ARTICLES = Listing(
    "articles",
    "reported_at desc nulls last, article_id",
    {
        "portal": "portal = $portal",
        "area": "article_id in (select article_id from marts.article_districts where ref_area = $area)",
        "from": "published_date >= $from",
        "to": "published_date <= $to",
        "q": _mentions("concat_ws(' ', headline, description)", "q"),
        "copies": "is_copy = $copies",
    },
)
CONTRADICTIONS = Listing(
    "indicator_contradictions",
    "later_reported_at desc nulls last, contradiction_id",
    {
        "area": "ref_area = $area",
        "indicator": "indicator = $indicator",
        "measure": "measure = $measure",
        "status": "obs_status = $status",
    },
)
FOUND = Listing(
    "search($q, kind_asked := $kind)",
    "",
    columns=("kind", "id", "title", "excerpt", "ref_area", "date", "url", "score", "words_found"),
    values=("q", "kind"),
)


def series_as_of(published: Published) -> Listing:
    """Give the series as they were known at the end of a day: the columns that such a row has."""
    of_reports = {column.name for column in published.columns["indicator_reports"]}
    shared = [column.name for column in published.columns["indicator_series"] if column.name in of_reports]
    return Listing(
        "series_as_of($as_of)",
        SERIES.order,
        SERIES.conditions,
        (*shared, "known_from", "known_to"),
        ("as_of",),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing."""

    rows: Rows
    total: int
    """Rows of all pages."""


def page(
    published: Published,
    listing: Listing,
    asked: Mapping[str, object],
    limit: int,
    offset: int,
    seconds: float,
) -> Page:
    """Give one page of a listing.

    Args:
        published: The publication that is asked.
        listing: What is listed.
        asked: Values by parameter; those that are None set no condition.
        limit: Rows at most.
        offset: Rows to pass over.
        seconds: For each of the two statements.

    Raises:
        Refused: The publication has no such function, or it takes too long.
    """
    function = listing.table.partition("(")[0]
    if "(" in listing.table and function not in published.functions:
        raise Refused(
            404, f"this publication was made without {function}: it can be asked after the next one"
        )
    given = {name: value for name, value in asked.items() if value is not None and name in listing.conditions}
    values = given | {name: asked[name] for name in listing.values}
    source = f"from marts.{listing.table}"
    if given:
        source += " where " + " and ".join(f"({listing.conditions[name]})" for name in given)
    columns = listing.columns or tuple(column.name for column in published.columns[listing.table])
    names = ", ".join(map(quoted, columns))
    order = f"order by {listing.order}" if listing.order else ""
    sql = f"select {names} {source} {order} limit $rows_wanted offset $rows_passed"
    rows = published.ask(sql, values | {"rows_wanted": limit, "rows_passed": offset}, seconds)
    counted = published.ask(f"select count(*) {source}", values, seconds).rows[0][0]
    assert isinstance(counted, int)
    return Page(rows, counted)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to one thing."""

    table: str
    condition: str
    """With `$id`."""
    order: str


AREA: Mapping[str, Part] = {
    "units": Part("districts", "code = $id", "valid_from nulls first, unit_id"),
    "predecessors": Part("district_successions", "to_code = $id", "date, succession_id"),
    "successors": Part("district_successions", "from_code = $id", "date, succession_id"),
}
MEETING: Mapping[str, Part] = {
    "meeting": Part("meetings", "meeting_id = $id", "meeting_id"),
    "participants": Part(
        "meeting_participants", "meeting_id = $id", "position nulls last, meeting_participant_id"
    ),
    "sources": Part("meeting_articles", "meeting_id = $id", "reported_at nulls last, mention_id"),
    "figures": Part("meeting_figures", "meeting_id = $id", "indicator, meeting_figure_id"),
}
POINT: Mapping[str, Part] = {
    "point": Part("indicator_series", "point_id = $id", "point_id"),
    "reports": Part("indicator_reports", "point_id = $id", "reported_at nulls last, report_id"),
    "history": Part("indicator_series_history", "point_id = $id", "known_from, history_id"),
    "contradictions": Part("indicator_contradictions", "point_id = $id", "contradiction_id"),
}
ARTICLE: Mapping[str, Part] = {
    "article": Part("articles", "article_id = $id", "article_id"),
    "revisions": Part("article_revisions", "article_id = $id", "revision_number, revision_id"),
    "areas": Part("article_districts", "article_id = $id", "ref_area, article_district_id"),
    "meetings": Part("meeting_articles", "article_id = $id", "start_date nulls last, mention_id"),
    "figures": Part("indicator_reports", "article_id = $id", "position, report_id"),
}


@dataclass(frozen=True, slots=True)
class Whole:
    """One thing with all that belongs to it."""

    parts: dict[str, list[dict[str, object]]]
    cut: list[str]
    """Parts that have more rows than MAX_ROWS; they hold the first of them."""


def whole(published: Published, what: Mapping[str, Part], identity: str, seconds: float) -> Whole:
    """Give one thing with all that belongs to it, at most MAX_ROWS rows of each part.

    Raises:
        Refused: There is no such thing in the publication, or it takes too long.
    """
    found: dict[str, list[dict[str, object]]] = {}
    for name, part in what.items():
        names = ", ".join(quoted(column.name) for column in published.columns[part.table])
        sql = (
            f"select {names} from marts.{part.table} where {part.condition} "  # noqa: S608 - all from above
            f"order by {part.order} limit {MAX_ROWS + 1}"
        )
        found[name] = published.ask(sql, {"id": identity}, seconds).records()
        if not found[name] and len(found) == 1:
            raise Refused(404, f"publication {published.version} holds nothing of that id")
    cut = [name for name, rows in found.items() if len(rows) > MAX_ROWS]
    return Whole({name: rows[:MAX_ROWS] for name, rows in found.items()}, cut)


def tables(published: Published, seconds: float) -> Sequence[Mapping[str, object]]:
    """Tell each table with its rows and what it is."""
    return [
        {
            "table": name,
            "rows": published.ask(f"select count(*) from marts.{quoted(name)}", {}, seconds).rows[0][0],  # noqa: S608
            "description": published.descriptions.get(name),
        }
        for name in sorted(published.columns)
    ]
