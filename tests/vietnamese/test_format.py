"""Numbers, dates, periods and quantities as a Vietnamese reader expects them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scraper.vietnamese.format import format_date, format_number, format_period, format_quantity, format_unit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234.5"), "1.234,5"),
        (Decimal("1234567"), "1.234.567"),
        (Decimal("-0.50"), "-0,5"),
        (27.1, "27,1"),
        (0, "0"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_numbers(value: Decimal | float, text: str) -> None:
    assert format_number(value) == text


def test_numbers_with_fixed_decimals() -> None:
    assert format_number(Decimal("1234.567"), 1) == "1.234,6"


def test_dates() -> None:
    assert format_date("2023-04-11T10:55:00+07:00") == format_date(date(2023, 4, 11)) == "11/04/2023"


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2023", "Năm 2023"),
        ("2023-Q1", "Quý I/2023"),
        ("2023-S1", "6 tháng đầu năm 2023"),
        ("2023-04", "Tháng 4/2023"),
        ("2023-04-11", "11/04/2023"),
        ("2023-01-01/P9M", "9 tháng đầu năm 2023"),
        ("2021-08-26/P3D", "3 ngày từ 26/08/2021"),
        ("2020/2025", "Giai đoạn 2020-2025"),
        ("lạ", "lạ"),
    ],
)
def test_periods(period: str, text: str) -> None:
    assert format_period(period) == text


def test_quantities() -> None:
    assert format_quantity(2418, "VND", 9) == "2.418 tỷ đồng"
    assert format_quantity(Decimal("1.5"), "percent", 0, Decimal(2)) == "1,5-2%"
    assert format_unit("tạ/ha") == "tạ/ha"
