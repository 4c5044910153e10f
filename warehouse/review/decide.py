"""What a person decides of a fact, written as a line of the home's corrections."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError, UsageError
from scraper.vietnamese.text import squeeze
from warehouse.connect import in_our_words, open_warehouse, warehouse_path
from warehouse.decisions.corrections import COLUMNS, FIELDS, FILE, NOTHING, parse_correction, read_corrections
from warehouse.decisions.sheet import Line, append_line

_READ = """
select * from raw.{fact} where {fact}_id = ? order by fact_reader desc limit 1
"""


def keep_decision(
    home: Path, fact_id: str, *, field: str, right: str, reason: str, decided_by: str
) -> dict[str, str]:
    """Write a line of corrections for a fact; return its cells.

    Args:
        home: Its corrections.csv takes the line.
        fact_id: As `review` shows it.
        field: Of the fact, as facts.md names it; empty where the whole fact is none.
        right: What is right: empty for no fact, "(none)" for no value, the value itself to confirm it.
        reason: Why.
        decided_by: Who decided.

    Raises UsageError where there is no such fact or field, the value is none of the field's, or it was
    decided before; ConfigError where the file itself is wrong; HomeError where it cannot be written.
    """
    read = fact_read(home, fact_id)
    kind = "observation" if fact_id.startswith("o-") else "meeting"
    if field and field not in FIELDS[kind]:
        raise UsageError(f"--field {field}: a fact of this kind has {', '.join(FIELDS[kind])}")
    cells = {
        "fact": kind,
        "fact_id": fact_id,
        "article": str(read["article_id"]),
        "quote": squeeze(str(read["quote"])),
        "obs_value": _written(read["obs_value"]) if kind == "observation" else "",
        "field": field,
        "wrong": squeeze(_written(read[field])) if field else "",
        "right": squeeze(right),
        "reason": squeeze(reason),
        "decided_on": datetime.now(UTC).date().isoformat(),
        "decided_by": decided_by,
    }
    before = {correction.correction_id: correction for correction in read_corrections(home)}
    try:
        correction = parse_correction(Line(Path("--right"), 1, cells))
    except ConfigError as error:
        raise UsageError(str(error).replace("--right, line 1: ", "").partition(". What is pub")[0]) from error
    twin = before.get(correction.correction_id)
    if twin is not None and twin.line.file == home / FILE:
        raise UsageError(f"{twin.line.place} decided this before: change that line")
    append_line(home / FILE, COLUMNS, cells)
    return cells


def confirmed_value(home: Path, fact_id: str, field: str = "") -> tuple[str, str]:
    """Return a field of a fact and its value as it was read, by which the fact is confirmed.

    `field`: the figure of an observation and the name of a meeting where none is said. Raises UsageError.
    """
    read = fact_read(home, fact_id)
    field = field or ("obs_value" if fact_id.startswith("o-") else "name")
    if field not in read:
        raise UsageError(f"--field {field}: a fact of this kind has no such field")
    return field, _written(read[field])


def fact_read(home: Path, fact_id: str) -> dict[str, Any]:
    """Return what was read as this fact, by column of its raw table; raise UsageError where nothing was."""
    fact = {"o-": "observation", "m-": "meeting"}.get(fact_id[:2])
    path = warehouse_path(home)
    with closing(open_warehouse(path, read_only=True)) as connection, in_our_words(path):
        if fact is not None:
            result = connection.execute(_READ.format(fact=fact), [fact_id])
            names = [column[0] for column in result.description]
            for row in result.fetchall():
                return dict(zip(names, row, strict=True))
    raise UsageError(f"no fact {fact_id!r} is read there: `review` lists facts with their ids")


def _written(value: object) -> str:
    """Write a value as the file has it: plain decimals, ISO days, "(none)" for none."""
    if value is None:
        return NOTHING
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
