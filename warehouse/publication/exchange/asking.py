"""The questions of the exports, each in a file of its own, and their answers as plain records."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from warehouse.connect import Connection


def question(name: str) -> str:
    """Return the SQL of an export."""
    return files(__package__).joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")


def answers(connection: Connection, sql: str, named: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the rows of a query as records; `named` are its parameters."""
    result = connection.execute(sql, named)
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
