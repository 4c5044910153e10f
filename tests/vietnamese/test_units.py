"""Units behind numbers: codes, powers of ten, counted nouns, and nouns whose counts are no figures."""

from __future__ import annotations

import pytest

from scraper.vietnamese.sentences import level
from scraper.vietnamese.units import read_mult, read_unit, unit_codes


@pytest.mark.parametrize(
    ("text", "code", "mult"),
    [
        ("%", "percent", 0),
        (" %", "percent", 0),
        (" phần trăm", "percent", 0),
        (" điểm %", "percentage_point", 0),
        (" điểm phần trăm", "percentage_point", 0),
        (" tỷ đồng", "VND", 9),
        (" tỉ", "VND", 9),
        (" nghìn tỷ đồng", "VND", 12),
        (" triệu đồng/người/năm", "VND", 6),
        (" triệu USD", "USD", 6),
        (" vụ", "case", 0),
        ("ha", "ha", 0),
        (" m²", "m2", 0),
        (" tạ/ha", "tạ/ha", 0),
        (" nghìn tấn", "tonne", 3),
        (" lượt khách", "visit", 0),
        (" nghìn lượt lao động", "person", 3),
        (" đảng viên", "party_member", 0),
        (" chi bộ", "party_cell", 0),
        (" xóm, TDP", "xóm, tdp", 0),
        (" tiêu chí/xã", "tiêu chí/xã", 0),
        (" triệu TTQ", "ttq", 6),
    ],
)
def test_units(text: str, code: str, mult: int) -> None:
    unit = read_unit(level(text), 0)
    assert unit is not None
    assert (unit.code, unit.mult, unit.is_figure) == (code, mult, True)


@pytest.mark.parametrize(
    "text", [" nghị quyết", " tuổi", " nhiệm vụ", " giải pháp", " ý kiến", " lượt xem", " tập thể"]
)
def test_counts_that_are_no_figures(text: str) -> None:
    unit = read_unit(level(text), 0)
    assert unit is not None
    assert not unit.is_figure


@pytest.mark.parametrize("text", ["", " và", ", vụ cháy", " (vụ)", " Nguyễn Văn A", " triệu lý do"])
def test_no_unit(text: str) -> None:
    assert read_unit(level(text), 0) is None


def test_power_of_ten_alone() -> None:
    assert read_mult(" nghìn tỷ", 0) == (12, 9)
    assert read_mult(" đồng", 0) == (0, 0)


def test_codes_hold_those_of_the_contract() -> None:
    assert {"percent", "VND", "case", "teu", "household"} <= unit_codes()
