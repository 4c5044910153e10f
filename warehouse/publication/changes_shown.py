"""What a publication would change, as tables for a person and as plain data for a machine."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from scraper.console import print_styled, print_table
from warehouse.publication.changes import Change, Changes

_LONGEST = 160
_NAMING = (
    "area_name", "indicator_name", "time_period", "value", "meeting_name", "start_date", "person_name",
    "post", "headline", "name", "audit", "kind", "quote",
)  # fmt: skip
"""Columns by which a person knows which row it is."""


def as_plain(changes: Changes) -> dict[str, Any]:
    """Return the changes as plain data, examples with all that changes."""
    return asdict(changes)


def show_changes(changes: Changes, examples: int) -> None:
    """Print the counts by table, those of each column, and so many examples of each kind."""
    touched = {
        name: table
        for name, table in changes.tables.items()
        if table.added or table.removed or table.changed or table.new_columns or table.lost_columns
    }
    since = f"since publication {changes.since}" if changes.since else "nothing is published yet: all is new"
    if not touched:
        print_styled([(f"nothing would change {since}\n", "")])
        return
    counts = ("before", "now", "added", "removed", "changed", "seen again")
    print_table(
        ["table", *counts],
        [(n, t.before, t.now, t.added, t.removed, t.changed, t.seen_again) for n, t in touched.items()],
        title=f"What publishing would change, {since}",
        styles=dict.fromkeys(counts, "right"),
    )
    columns = [(name, column, rows) for name, t in touched.items() for column, rows in t.columns.items()]
    if columns:
        columns.sort(key=lambda row: (row[0], -row[2]))
        print_table(["table", "column", "changes in"], columns, styles={"changes in": "right"})
    for name, table in touched.items():
        for what, told in (("new", table.new_columns), ("gone", table.lost_columns)):
            if told:
                print_styled([(f"{name}: {what} columns {', '.join(told)}\n", "")])
        shown: dict[str, int] = {}
        for example in table.examples:
            kind = _kind(example)
            shown[kind] = shown.get(kind, 0) + 1
            if shown[kind] <= examples and changes.since:
                _show(name, kind, example)


def _show(table: str, kind: str, example: Change) -> None:
    row = example.after if example.before is None else example.before
    key = " ".join(str(value) for value in example.key.values())
    pieces = [(f"{table} {kind}: ", "bold"), (f"{key}  ", "dim")]
    if kind != "changed":
        named = [_cut(row[name]) for name in _NAMING if row and row.get(name) is not None]
        print_styled([*pieces, (" · ".join(named) + "\n", "")])
        return
    pieces.append(("\n", ""))
    for name, old in (example.before or {}).items():
        new = (example.after or {})[name]
        pieces += [(f"  {name}: ", "dim"), (_cut(old), "red"), (" → ", "dim"), (f"{_cut(new)}\n", "green")]
    print_styled(pieces)


def _kind(example: Change) -> str:
    return "added" if example.before is None else "removed" if example.after is None else "changed"


def _cut(value: object) -> str:
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
