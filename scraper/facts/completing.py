"""Numbers printed without a unit, given the one that their sentence implies."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.facts.clauses import Clause
from scraper.facts.comparisons import Frame
from scraper.facts.quantities import Quantity
from scraper.vietnamese.gates import gated
from scraper.vietnamese.units import read_unit

_COUNT_LABEL = gated(
    r"(?<!\w)(?:số|tổng số) ([^,;:()\d]{2,40}?)(?= (?:là|giảm|tăng|còn|đạt|lên|có|hiện|nay)(?!\w)|\s*$)"
)
_RATE_LABEL = re.compile(
    r"(?<!\w)số ((?:giường bệnh|bác sĩ|giường|dược sĩ|điều dưỡng)\s?/\s?(?:vạn dân|1 vạn dân|vạn)) "
    r"(?:là|đạt|còn|lên|ước đạt|ước)(?: (?:trên|hơn|khoảng|gần))? $"
)
"""A number whose unit is in its name: "số giường bệnh/vạn dân đạt 38,5"."""


def complete_unit(plain: str, clause: Clause, frame: Frame) -> Quantity | None:
    """Give a number without a unit the unit that its sentence implies; None where it is no figure."""
    quantity, said = clause.quantity, frame.said
    head = plain[clause.head_start : quantity.start]
    follows = plain[quantity.end : quantity.end + 2].strip()
    if follows and follows[0] not in ",;.)(=/":
        return None
    if (rate := _RATE_LABEL.search(head)) is not None:
        return replace(quantity, unit=rate[1])
    whole_number = quantity.value == quantity.value.to_integral_value()
    if whole_number and (label := _COUNT_LABEL.search(head)):
        unit = read_unit(plain, clause.head_start + label.start(1) - 1)
        if unit is not None and unit.is_noun and unit.is_figure:
            return replace(quantity, unit=unit.code)
    if said is None or said.unit in ("percent", "times", "percentage_point"):
        return None
    if said.unit in ("VND", "USD", "EUR"):
        return replace(quantity, unit=said.unit, mult=quantity.mult) if quantity.mult else None
    if quantity.whole is not None and "đạt" in head:
        return replace(quantity, unit=said.unit)
    if said.measure.startswith("change") and frame.level is not None:
        said = frame.level
    listed = clause.depth or re.search(r"trong đó|,|và|:", clause.joint)
    moves = re.search(r"(?<!\w)(?:tăng|giảm)\s*$", head)
    if (moves or listed) and 0 < len(head.split()) <= 6 and whole_number:
        return replace(quantity, unit=said.unit)
    return None
