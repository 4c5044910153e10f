"""The API's description (OpenAPI 3.1): what the rows hold, as the published file documents its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.publication.manifest import Column
from warehouse.service import listings
from warehouse.service.current import Published
from warehouse.service.limits import MAX_ROWS
from warehouse.service.listings import Listing, Part
from warehouse.service.problems import MEDIA_TYPE
from warehouse.service.problems import SCHEMA as PROBLEM

Schema = dict[str, Any]

ABOUT = """
A read-only API over what CityLedger published: administrative areas, articles, meetings and figures that
Vietnamese city portals reported, each with the sentence and the address that it comes from.

- Lists come page by page: follow `next` (also in the `Link` header) until it is null. Pages belong to one
  publication; where a new one has come in between, the next page is refused with 409: start again.
- `format=csv`, or `Accept: text/csv`, gives the same rows as CSV. No cell can start a formula.
- Decimals are exact JSON numbers, times ISO 8601 in UTC, days ISO 8601 in Viet Nam.
- Every answer has an `ETag` and `Last-Modified`: ask again with `If-None-Match`.
- Refusals are problem details (RFC 9457). 429 says in `Retry-After` when to come back.
"""

_TYPES: Mapping[str, Schema] = {
    "VARCHAR": {"type": "string"},
    "BOOLEAN": {"type": "boolean"},
    "TINYINT": {"type": "integer"},
    "SMALLINT": {"type": "integer"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "HUGEINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "FLOAT": {"type": "number"},
    "DATE": {"type": "string", "format": "date"},
    "TIMESTAMP WITH TIME ZONE": {"type": "string", "format": "date-time"},
}
_TEXT: Schema = {"type": "string"}
_VERSION: Schema = {"type": "string", "description": "Version of the publication: when it was made, UTC."}
_NOTICES: Schema = {
    "type": "array",
    "items": _TEXT,
    "description": "What must be said wherever this data is shown.",
}

_LISTED: Mapping[str, Listing] = {
    "Area": listings.AREAS,
    "Meeting": listings.MEETINGS,
    "Indicator": listings.INDICATORS,
    "Report": listings.REPORTS,
    "Article": listings.ARTICLES,
    "Contradiction": listings.CONTRADICTIONS,
}
_LOOKED_UP: Mapping[str, Mapping[str, Part]] = {
    "AreaDetail": listings.AREA,
    "MeetingDetail": listings.MEETING,
    "PointDetail": listings.POINT,
    "ArticleDetail": listings.ARTICLE,
}
ONE = frozenset({"meeting", "point", "article"})
"""Parts of a looked-up thing that are one row, not a list."""


def refusals(*more: int) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals of a route: those of every one, and more."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said = {
        400: "The statement is wrong, does not only read, or went beyond its bounds.",
        403: "SQL is switched off here.",
        404: "There is no such thing in the publication.",
        409: "Another publication is current by now: start again at the first page.",
        413: "The body is too long.",
        414: "The address is too long.",
        422: "A parameter is unknown or wrong.",
        429: "Too many requests from this address.",
        503: "The service is busy, or the publication cannot be read just now.",
    }
    return {
        status: {"description": said[status], "content": content} for status in (414, 422, 429, 503, *more)
    }


def gives(schema: str, *, has_csv: bool = False) -> dict[str, Any]:
    """Describe the answer of a route by the name of its schema."""
    content: dict[str, Any] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    if has_csv:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {"description": "What was asked for.", "content": content}


def schemas(published: Published) -> dict[str, Schema]:
    """Describe every answer over this publication."""
    made = {name: _row(published.columns[listing.table]) for name, listing in _LISTED.items()}
    made["SeriesPoint"] = _series_row(published)
    made["Found"] = _found()
    pages = {f"{name}Page": _page(name) for name in made}
    details = {name: _detail(published, what) for name, what in _LOOKED_UP.items()}
    return {**made, **pages, **details, "Overview": _OVERVIEW, "Answer": _ANSWER, "Problem": PROBLEM}


def _row(columns: tuple[Column, ...]) -> Schema:
    return {
        "type": "object",
        "required": [column.name for column in columns],
        "properties": {column.name: _value(column) for column in columns},
    }


def _value(column: Column) -> Schema:
    kind = _type(column.type)
    if column.nullable and "type" in kind:
        kind = {**kind, "type": [kind["type"], "null"]}
    return {**kind, "description": column.description} if column.description else kind


def _type(name: str) -> Schema:
    if name.endswith("[]"):
        return {"type": "array", "items": _type(name.removesuffix("[]"))}
    if name.startswith("DECIMAL"):
        return {"type": "number"}
    return dict(_TYPES.get(name, {}))


def _series_row(published: Published) -> Schema:
    row = _row(published.columns["indicator_series"])
    shared = listings.series_as_of(published).columns
    times = {
        "known_from": {"type": "string", "format": "date-time", "description": "With as_of alone."},
        "known_to": {"type": ["string", "null"], "format": "date-time", "description": "With as_of alone."},
    }
    # What a report may leave open is open in the series of a past day too.
    of_reports = _row(published.columns["indicator_reports"])["properties"]
    properties = {
        name: {**kind, "type": of_reports[name]["type"]} if name in of_reports else kind
        for name, kind in row["properties"].items()
    }
    required = [name for name in row["required"] if name in shared]
    return {"type": "object", "required": required, "properties": properties | times}


def _found() -> Schema:
    properties: dict[str, Schema] = {
        "kind": {"type": "string", "enum": ["area", "article", "meeting", "figure"]},
        "id": {"type": "string", "description": "unit_id, article_id, meeting_id or point_id."},
        "title": _TEXT,
        "excerpt": {"type": ["string", "null"], "description": "The quote, or the lead."},
        "ref_area": {"type": ["string", "null"]},
        "date": {"type": ["string", "null"], "format": "date"},
        "url": {"type": ["string", "null"], "description": "The article's address."},
        "score": {"type": "number", "description": "Okapi BM25."},
        "words_found": {"type": "integer"},
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _page(row: str) -> Schema:
    properties: dict[str, Schema] = {
        "publication": _VERSION,
        "notices": _NOTICES,
        "total": {"type": "integer", "description": "Rows of all pages."},
        "next": {"type": ["string", "null"], "description": "Address of the next page; null on the last."},
        "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{row}"}},
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _detail(published: Published, what: Mapping[str, Part]) -> Schema:
    properties: dict[str, Schema] = {"publication": _VERSION, "notices": _NOTICES}
    properties["cut"] = {
        "type": "array",
        "items": _TEXT,
        "description": f"Lists here that have more than {MAX_ROWS:,} rows and hold the first of them.",
    }
    for name, part in what.items():
        row = _row(published.columns[part.table])
        said = (published.descriptions.get(part.table) or "").partition(". ")[0]
        properties[name] = row if name in ONE else {"type": "array", "items": row, "description": said}
    return {"type": "object", "required": list(properties), "properties": properties}


_OVERVIEW: Schema = {
    "type": "object",
    "required": ["publication", "notices", "published_at", "newest_article_at", "portals", "tables"],
    "properties": {
        "publication": _VERSION,
        "notices": _NOTICES,
        "published_at": {"type": "string", "format": "date-time"},
        "newest_article_at": {"type": ["string", "null"], "format": "date-time"},
        "portals": {"type": "array", "items": {"type": "object"}},
        "tables": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["table", "rows", "description"],
                "properties": {
                    "table": _TEXT,
                    "rows": {"type": "integer"},
                    "description": {"type": ["string", "null"]},
                },
            },
        },
    },
}
_ANSWER: Schema = {
    "type": "object",
    "required": ["publication", "columns", "rows", "is_cut"],
    "properties": {
        "publication": _VERSION,
        "columns": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "type"],
                "properties": {"name": _TEXT, "type": {"type": "string", "description": "In DuckDB."}},
            },
        },
        "rows": {"type": "array", "items": {"type": "array", "items": {}}},
        "is_cut": {"type": "boolean", "description": "There were more rows than `limit`."},
    },
}
