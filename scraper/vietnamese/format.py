"""Numbers, dates, periods and quantities written as a Vietnamese reader expects them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_HALVES = {"1": "6 tháng đầu năm", "2": "6 tháng cuối năm"}
_MULTS = {0: "", 3: "nghìn", 6: "triệu", 9: "tỷ", 12: "nghìn tỷ"}
_UNITS = {
    "percent": "%",
    "percentage_point": "điểm %",
    "VND": "đồng",
    "USD": "USD",
    "EUR": "EUR",
    "person": "người",
    "household": "hộ",
    "party_member": "đảng viên",
    "party_cell": "chi bộ",
    "enterprise": "doanh nghiệp",
    "project": "dự án",
    "case": "vụ",
    "tonne": "tấn",
    "teu": "TEU",
    "m2": "m²",
    "m3": "m³",
    "kwh": "kWh",
    "visit": "lượt khách",
    "job": "việc làm",
    "school": "trường",
    "commune": "xã",
    "times": "lần",
    "index_point": "điểm",
}
_DURATION = re.compile(r"(\d{4})-(\d{2})-(\d{2})/P(\d+)([DWMY])")
_DURATION_WORDS = {"D": "ngày", "W": "tuần", "M": "tháng", "Y": "năm"}


def format_number(value: Decimal | int | float, decimals: int | None = None) -> str:
    """Write a number with dots between thousands and a decimal comma: 1234.5 → "1.234,5".

    `decimals` fixes the digits after the comma; without it, trailing zeros are left out.
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        text = f"{number:,.{decimals}f}"
    else:
        text = f"{number:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def format_date(value: date | str) -> str:
    """Write a date, or an ISO 8601 date or time, as day/month/year: "2023-04-11" → "11/04/2023"."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return value.strftime("%d/%m/%Y")


def format_period(period: str) -> str:
    """Write an SDMX time period in Vietnamese: "2023-Q1" → "Quý I/2023"; unknown forms stay as they are."""
    if span := _DURATION.fullmatch(period):
        year, month, day, count, unit = span.groups()
        if unit == "M" and month == day == "01":
            return f"{count} tháng đầu năm {year}"
        return f"{count} {_DURATION_WORDS[unit]} từ {day}/{month}/{year}"
    if re.fullmatch(r"\d{4}", period):
        return f"Năm {period}"
    if re.fullmatch(r"\d{4}/\d{4}", period):
        return "Giai đoạn " + period.replace("/", "-")
    if part := re.fullmatch(r"(\d{4})-([QS])([1-4])", period):
        year, kind, number = part.groups()
        if kind == "Q":
            return f"Quý {_QUARTERS[number]}/{year}"
        return f"{_HALVES[number]} {year}" if number in _HALVES else period
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return f"Tháng {int(period[5:])}/{period[:4]}"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period):
        return format_date(period)
    return period


def format_unit(unit_measure: str, unit_mult: int = 0) -> str:
    """Write a unit code and its power of ten as printed after a number: ("VND", 9) → "tỷ đồng"."""
    unit = _UNITS.get(unit_measure, unit_measure)
    mult = _MULTS.get(unit_mult, f"×10^{unit_mult}")
    return f"{mult} {unit}".strip()


def format_quantity(
    value: Decimal | int | float, unit_measure: str, unit_mult: int = 0, upper: Decimal | None = None
) -> str:
    """Write a number with its unit: (2418, "VND", 9) → "2.418 tỷ đồng"; `upper` makes a range "1,5-2%"."""
    number = format_number(value)
    if upper is not None:
        number += "-" + format_number(upper)
    unit = format_unit(unit_measure, unit_mult)
    return number + unit if unit == "%" else f"{number} {unit}".strip()
