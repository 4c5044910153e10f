"""Corrections: what a person found wrong in a fact, or looked at and found right."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from warehouse.decisions.sheet import Line, read_lines
from warehouse.ids import hashed

FILE = "corrections.csv"
SHIPPED = Path(__file__).with_name(FILE)
"""Corrections that come with CityLedger; a home's line of the same fact and field goes before."""

COLUMNS = (
    "fact", "fact_id", "article", "quote", "obs_value", "field", "wrong", "right", "reason", "decided_on",
    "decided_by",
)  # fmt: skip

NOTHING = "(none)"
"""Stands for a field without a value: an empty `right` says that the fact is no fact."""

_SEEDS = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
_PERIOD = re.compile(
    r"\d{4}(-(S[12]|Q[1-4]|\d{2}(-\d{2})?))?(/(P(\d+[YMWD])+|\d{4}(-(S[12]|Q[1-4]|\d{2}(-\d{2})?))?))?"
)
_SIX = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision about one field of one fact. Values are written as DuckDB writes the columns as text."""

    line: Line
    fact: str
    """observation or meeting."""
    fact_id: str | None
    article: str | None
    """Id or address; None where the fact's id says it."""
    quote: str | None
    obs_value: str | None
    """The figure as it was read, by which it is found again among others of its sentence."""
    field: str
    """Empty where the whole fact is none."""
    wrong_value: str | None
    right_value: str | None
    decision: str
    """corrected, no_fact, or confirmed: looked at and right."""
    reason: str
    decided_on: date
    decided_by: str

    @property
    def correction_id(self) -> str:
        """Its key: of which fact, by id or else by words, and which field."""
        which = (self.fact_id,) if self.fact_id else (self.article, self.quote, self.obs_value)
        return "k-" + hashed(self.fact, *which, self.field)


def read_corrections(home: Path) -> list[Correction]:
    """Read the shipped corrections and the home's, which go before; in the order of their lines.

    Raises ConfigError naming the file's line where one is not understood or decides what another did.
    """
    shipped = _read(SHIPPED)
    own = _read(home / FILE)
    return list({**shipped, **own}.values())


def parse_correction(line: Line) -> Correction:
    """Return the correction of a line, its values checked by the field's type; raise ConfigError."""
    cells = line.cells
    fact = line.required("fact")
    if fact not in FIELDS:
        raise line.wrong(f"fact is {fact!r}: write observation or meeting")
    if not cells["fact_id"] and not (cells["article"] and cells["quote"]):
        raise line.wrong("which fact is meant? Give its fact_id, or article and quote")
    field, wrong, right = cells["field"], cells["wrong"], cells["right"]
    if field not in FIELDS[fact] and (field or right):
        raise line.wrong(f"field is {field!r}: a fact of this kind has {', '.join(FIELDS[fact])}")
    if field and not wrong:
        raise line.wrong(f"wrong is empty: write what {field} was read as, {NOTHING} for no value")
    decision = "no_fact" if not right else "confirmed" if right == wrong else "corrected"
    value = _canonical(line, "obs_value", cells["obs_value"], "obs_value") if cells["obs_value"] else None
    return Correction(
        line=line,
        fact=fact,
        fact_id=cells["fact_id"] or None,
        article=cells["article"] or None,
        quote=cells["quote"] or None,
        obs_value=value,
        field=field,
        wrong_value=_value(line, fact, field, "wrong"),
        right_value=_value(line, fact, field, "right"),
        decision=decision,
        reason=line.required("reason"),
        decided_on=line.day("decided_on"),
        decided_by=line.required("decided_by"),
    )


def _read(file: Path) -> dict[str, Correction]:
    found: dict[str, Correction] = {}
    for line in read_lines(file, COLUMNS):
        correction = parse_correction(line)
        if twin := found.get(correction.correction_id):
            raise line.wrong(f"decides again what line {twin.line.number} decided: keep one of the two")
        found[correction.correction_id] = correction
    return found


def _value(line: Line, fact: str, field: str, column: str) -> str | None:
    text = line.cells[column]
    if not field or not text:
        return None
    if text == NOTHING:
        if FIELDS[fact][field].is_required:
            raise line.wrong(f"{column} is {NOTHING}, but a fact must have {field}")
        return None
    return _canonical(line, column, text, FIELDS[fact][field].kind)


def _canonical(line: Line, column: str, text: str, kind: str) -> str:
    try:
        return _KINDS[kind](text)
    except ValueError as error:
        raise line.wrong(f"{column} {text!r} {error}") from None


@dataclass(frozen=True, slots=True)
class _Field:
    kind: str = "text"
    is_required: bool = True


FIELDS: Mapping[str, Mapping[str, _Field]] = {
    "observation": {
        "indicator_name": _Field(),
        "indicator": _Field("indicator"),
        "breakdown": _Field(is_required=False),
        "measure": _Field("measure"),
        "base": _Field("base", is_required=False),
        "obs_value": _Field("obs_value"),
        "obs_value_upper": _Field("obs_value", is_required=False),
        "unit_measure": _Field(),
        "unit_mult": _Field("unit_mult"),
        "bound": _Field("bound"),
        "obs_status": _Field("obs_status"),
        "time_period": _Field("time_period"),
        "ref_area": _Field(),
    },
    "meeting": {
        "name": _Field(),
        "classification": _Field("classification"),
        "organization": _Field(is_required=False),
        "ordinal": _Field("ordinal", is_required=False),
        "start_date": _Field("day", is_required=False),
        "end_date": _Field("day", is_required=False),
        "part_of_day": _Field("part_of_day", is_required=False),
        "location": _Field(is_required=False),
        "ref_area": _Field(is_required=False),
        "status": _Field("meeting_status"),
    },
}
"""The fields of facts.md that can be corrected, by the kind of fact; evidence and persons cannot."""


def _number(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("is no number: write it as in 1234.5") from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 22 or value != value.quantize(_SIX):
        raise ValueError("has more digits than are kept (22 before the point, 6 after)")
    return f"{value:.6f}"


def _whole(least: int, most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(r"-?\d{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(f"is no whole number from {least} to {most}")
        return str(int(text))

    return check


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("is no day: write it as in 2026-11-23") from None


def _period(text: str) -> str:
    if not _PERIOD.fullmatch(text):
        raise ValueError("is no period: write it as in 2023, 2023-Q1, 2023-04 or 2023-01-01/P9M")
    return text


def _one_of(vocabulary: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        known = _vocabulary()[vocabulary]
        if text not in known:
            some = ", ".join(known[:12])
            raise ValueError(f"is none of {some}{' …' if len(known) > 12 else ''}")
        return text

    return check


@cache
def _vocabulary() -> Mapping[str, list[str]]:
    """Return the codes of each coded field, from the seeds that the marts are built with."""
    codes: dict[str, list[str]] = {"part_of_day": ["morning", "afternoon", "evening"]}
    with (_SEEDS / "vocabulary.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            codes.setdefault(row["field"], []).append(row["code"])
    with (_SEEDS / "indicator_vocabulary.csv").open(encoding="utf-8", newline="") as rows:
        codes["indicator"] = [*(row["indicator"] for row in csv.DictReader(rows)), "other"]
    return codes


_KINDS: Mapping[str, Callable[[str], str]] = {
    "text": str,
    "obs_value": _number,
    "unit_mult": _whole(-6, 17),
    "ordinal": _whole(1, 9999),
    "day": _day,
    "time_period": _period,
    **{
        name: _one_of(name)
        for name in (
            "indicator", "measure", "base", "bound", "obs_status", "classification", "meeting_status",
            "part_of_day",
        )
    },
}  # fmt: skip
