"""A comparison of readers as tables for a person, and as plain data for a machine."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scraper.console import print_styled, print_table
from warehouse.fact_rows import Row
from warehouse.trial import Difference, TableDiff

_LONGEST = 160
_NAMING = ("indicator_name", "obs_value", "unit_measure", "name", "start_date", "person_name", "district")
"""Columns by which a person knows which fact it is."""


def as_plain(diffs: Mapping[str, TableDiff]) -> dict[str, Any]:
    """Return the comparison as plain data, examples with all their columns."""
    return {
        table: {
            "held": diff.held,
            "read": diff.read,
            "appears": diff.appears,
            "vanishes": diff.vanishes,
            "changes": diff.changes,
            "fields": dict(sorted(diff.fields.items(), key=lambda pair: -pair[1])),
            "examples": [
                {
                    "kind": _kind(example),
                    "article_id": example.article_id,
                    "url": example.url,
                    "before": example.before,
                    "after": example.after,
                    "fields": {name: list(pair) for name, pair in example.fields.items()},
                }
                for example in diff.examples
            ],
        }
        for table, diff in diffs.items()
    }


def show_differences(diffs: Mapping[str, TableDiff], examples: int) -> None:
    """Print the counts by table, those of each field, and so many examples of each table."""
    counts = ("held", "read now", "appear", "vanish", "change")
    print_table(
        ["table", *counts],
        [(t, d.held, d.read, d.appears, d.vanishes, d.changes) for t, d in diffs.items()],
        styles=dict.fromkeys(counts, "right"),
    )
    fields = [(table, name, count) for table, diff in diffs.items() for name, count in diff.fields.items()]
    if fields:
        fields.sort(key=lambda row: (row[0], -row[2]))
        print_table(["table", "field", "changes in"], fields, styles={"changes in": "right"})
    for table, diff in diffs.items():
        for example in diff.examples[:examples]:
            _show_example(table, example)
    if not any(diff.appears + diff.vanishes + diff.changes for diff in diffs.values()):
        print_styled([("nothing would appear, vanish or change\n", "")])


def _show_example(table: str, example: Difference) -> None:
    row = example.after or example.before or {}
    pieces = [(f"{table} {_kind(example)}: ", "bold"), (f"{_named(row)}\n", "")]
    for name, (old, new) in example.fields.items():
        pieces += [(f"  {name}: ", "dim"), (_cut(old), "red"), (" → ", "dim"), (f"{_cut(new)}\n", "green")]
    if row.get("quote"):
        pieces.append((f"  “{_cut(row['quote'])}”\n", ""))
    print_styled([*pieces, (f"  {example.url}\n", "dim")])


def _kind(example: Difference) -> str:
    return "appears" if example.before is None else "vanishes" if example.after is None else "changes"


def _named(row: Row) -> str:
    known = [row[name] for name in _NAMING if row.get(name) is not None]
    said = known or [value for name, value in row.items() if value is not None and name != "quote"]
    return _cut(" · ".join(map(_plain, said)))


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _cut(value: object) -> str:
    text = " ".join(_plain(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
