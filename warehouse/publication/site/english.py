"""Numbers, dates, periods and units for English readers; for Vietnamese ones: `scraper.vietnamese.format`."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from scraper.vietnamese.format import format_number, format_unit

_UNITS = {
    "percent": "%",
    "percentage_point": "percentage points",
    "person": "persons",
    "household": "households",
    "party_member": "party members",
    "party_cell": "party cells",
    "enterprise": "enterprises",
    "project": "projects",
    "case": "cases",
    "tonne": "tonnes",
    "visit": "visits",
    "job": "jobs",
    "school": "schools",
    "commune": "communes",
    "times": "times",
    "index_point": "points",
    "teu": "TEU",
    "m2": "m²",
    "m3": "m³",
    "kwh": "kWh",
    "mwh": "MWh",
    "gwh": "GWh",
    # Printed units without a code that reports use often; all others stay as they are printed.
    "hồ sơ": "files",
    "giấy phép": "permits",
    "yến": "yến (10 kg)",
    "tạ": "quintals",
    "tấn": "tonnes",
    "tạ/ha": "quintals/ha",
    "tấn/ha": "tonnes/ha",
    "mét": "m",
    "lít": "litres",
}
_ENGLISH_MARKS = str.maketrans(",.", ".,")
_MULTS = {0: "", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DURATION = re.compile(r"(\d{4}-\d{2}-\d{2})/P(\d+)([DWMY])")
_DURATION_WORDS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}


def english_number(value: Decimal | int | float, decimals: int | None = None) -> str:
    """Write a number with commas between thousands and a decimal point: 1234.5 → "1,234.5".

    `decimals` fixes the digits after the point; without it, trailing zeros are left out.
    """
    return format_number(value, decimals).translate(_ENGLISH_MARKS)


def english_date(day: date) -> str:
    """Write a date with its month as a word, which nobody takes for another: "11 Apr 2023"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def english_time(moment: datetime) -> str:
    """Write a time: "11 Apr 2023, 08:30"."""
    return f"{english_date(moment)}, {moment:%H:%M}"


def english_unit(unit: str, mult: int = 0) -> str:
    """Write a unit and its power of ten: ("VND", 9) → "billion VND"; others stay as printed."""
    known = _UNITS.get(unit)
    if known is None:
        # Codes of Latin letters (VND, ha, km) are the same; what else is printed is Vietnamese.
        known = unit if unit.isascii() else format_unit(unit)
    return f"{_MULTS.get(mult, f'×10^{mult}')} {known}".strip()


def english_quantity(value: Decimal, unit: str, mult: int = 0, upper: Decimal | None = None) -> str:
    """Write a number with its unit: (2418, "VND", 9) → "2,418 billion VND"; `upper` makes a range."""
    number = english_number(value)
    if upper is not None:
        number += "–" + english_number(upper)
    name = english_unit(unit, mult)
    return number + name if name == "%" else f"{number} {name}".strip()


def english_period(time_period: str) -> str:
    """Write an SDMX time period: "2023-Q1" → "Q1 2023"; unknown forms stay as they are."""
    if found := _DURATION.fullmatch(time_period):
        first, count, unit = found.groups()
        if unit == "M" and first.endswith("-01-01"):
            return f"first {count} months of {first[:4]}"
        words = _DURATION_WORDS[unit]
        return f"{count} {words if count != '1' else words[:-1]} from {_day(first)}"
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", time_period):
        return f"Q{found[2]} {found[1]}"
    if found := re.fullmatch(r"(\d{4})-S([12])", time_period):
        return f"{'first' if found[2] == '1' else 'second'} half of {found[1]}"
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", time_period):
        return f"{MONTHS[int(found[2]) - 1]} {found[1]}"
    if found := re.fullmatch(r"(\d{4})/(\d{4})", time_period):
        return f"{found[1]}–{found[2]}"
    return _day(time_period)


def _day(text: str) -> str:
    try:
        return english_date(date.fromisoformat(text)) if len(text) == len("2023-04-11") else text
    except ValueError:
        return text
