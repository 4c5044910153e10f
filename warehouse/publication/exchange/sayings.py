"""A figure in one Vietnamese phrase, with what it is measured against: a rise is never told as a level."""

from __future__ import annotations

from decimal import Decimal

from scraper.vietnamese.format import format_number, format_quantity

_BASES = {
    "same_period": "so với cùng kỳ",
    "previous_year": "so với năm trước",
    "previous_period": "so với kỳ trước",
    "start_of_period": "so với đầu kỳ",
    "plan": "so với kế hoạch",
    "annual_plan": "so với kế hoạch năm",
    "assigned_plan": "so với kế hoạch giao",
}
_PLANS = {"annual_plan": "kế hoạch năm", "assigned_plan": "kế hoạch giao"}
_BOUNDS = {"about": "khoảng ", "at_least": "ít nhất ", "at_most": "nhiều nhất "}
_STATUS = {"E": "ước ", "T": "mục tiêu "}
_TEN_TO = (9, 6)
"""Powers of ten that amounts of money are spoken in."""


def said(
    value: Decimal,
    unit: str,
    measure: str,
    base: str | None,
    status: str,
    bound: str | None = None,
    upper: Decimal | None = None,
) -> str:
    """Say a figure: "ước đạt 75,4% kế hoạch năm", "tăng 12,6% so với cùng kỳ", "632,2 tỷ đồng".

    Args:
        value: In base units, signed where it is a change.
        unit: The base unit.
        measure: level, share, plan_ratio, change_rate, change_abs, multiple or rank.
        base: What a ratio or a change is measured against.
        status: A actual, E estimate, T target.
        bound: exact, about, at_least, at_most or range.
        upper: The upper end of a range.
    """
    against = f" {_BASES[base]}" if base in _BASES else ""
    size, top = abs(value).normalize(), abs(upper).normalize() if upper is not None else None
    mult = _power(size, unit)
    amount = format_quantity(size.scaleb(-mult), unit, mult, top.scaleb(-mult) if top is not None else None)
    before = _STATUS.get(status, "") + _BOUNDS.get(bound or "", "")
    if measure == "plan_ratio":
        return f"{before}đạt {amount} {_PLANS.get(base or '', 'kế hoạch')}"
    if measure in ("change_rate", "change_abs"):
        return f"{before}{'giảm' if value < 0 else 'tăng'} {amount}{against}"
    if measure == "multiple":
        return f"{before}gấp {format_number(size)} lần{against}"
    if measure == "rank":
        return f"{before}thứ {format_number(size)}"
    return f"{before}{amount}"


def _power(size: Decimal, unit: str) -> int:
    if unit not in ("VND", "USD", "EUR"):
        return 0
    return next((power for power in _TEN_TO if size >= Decimal(10) ** power), 0)
