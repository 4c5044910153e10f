"""A Frictionless data package over the publication's CSV files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scraper.version import VERSION
from warehouse.publication.contracts import CONTRACTS
from warehouse.publication.manifest import Column, Source, Table

_WHAT = "Districts, meetings and reported indicators over time, each with its sentence."
_TYPES = {
    "BOOLEAN": "boolean",
    "DATE": "date",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
}


def write_data_package(
    tables: tuple[Table, ...], portals: tuple[Source, ...], version: str, folder: Path
) -> None:
    """Write `datapackage.json` (Data Package 1, Table Schema): each CSV file with its columns and key."""
    package = {
        "name": "cityledger",
        "title": "CityLedger: what Vietnamese city portals report",
        "description": " ".join(filter(None, (_WHAT, notice_of(portals)))),
        "version": version,
        "profile": "tabular-data-package",
        "keywords": ["Vietnam", "districts", "meetings", "indicators"],
        "contributors": [{"title": f"CityLedger {VERSION}", "role": "wrangler"}],
        "sources": [{"title": source.name, "path": source.base_url} for source in portals],
        "resources": [_resource(table) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def notice_of(portals: tuple[Source, ...]) -> str:
    """Return what every publication of these portals' data must say, each sentence once."""
    return " ".join(dict.fromkeys(portal.notice for portal in portals if portal.notice))


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.name in CONTRACTS:
        schema["primaryKey"] = list(CONTRACTS[table.name].key)
    return {
        "name": table.name,
        "path": f"csv/{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "description": table.description or "",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    kind = _TYPES.get(column.type, "string")
    field: dict[str, Any] = {"name": column.name, "description": column.description or ""}
    if column.type.startswith("DECIMAL"):
        kind = "number"
    elif column.type.startswith("TIMESTAMP"):
        kind, field["format"] = "datetime", "any"
    elif column.is_list:
        kind = "array"
    elif column.is_nested:
        kind = "object"
    field["type"] = kind
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field
