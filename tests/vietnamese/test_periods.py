"""Periods as SDMX time periods, resolved against the day of publication (facts.md §4 and §6)."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.vietnamese.periods import find_periods, period_bounds, resolve_day, shift_years, span
from scraper.vietnamese.sentences import level


def read(text: str, published: str) -> list[str]:
    return [p.time_period for p in find_periods(level(text), date.fromisoformat(published))]


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("quý I/2023", "2023-04-11", "2023-Q1"),
        ("quý 2-2021", "2021-08-01", "2021-Q2"),
        ("Quý I năm 2021", "2021-04-05", "2021-Q1"),
        ("quý III", "2018-10-10", "2018-Q3"),
        ("3 tháng đầu năm", "2022-04-01", "2022-Q1"),
        ("Sáu tháng đầu năm 2019", "2019-07-01", "2019-S1"),
        ("6 tháng cuối năm", "2022-07-05", "2022-S2"),
        ("9 tháng đầu năm", "2018-10-10", "2018-01-01/P9M"),
        ("8 tháng năm 2020", "2020-09-05", "2020-01-01/P8M"),
        ("2 tháng còn lại", "2022-11-24", "2022-11-01/P2M"),
        ("hết tháng 10/2022", "2022-11-24", "2022-01-01/P10M"),
        ("Đến cuối tháng 9", "2021-09-30", "2021-09"),
        ("tháng 02/2023", "2023-03-10", "2023-02"),
        ("tính đến ngày 31-3", "2023-04-11", "2023-03-31"),
        ("đến 20/11", "2023-12-01", "2023-11-20"),
        ("từ đầu năm đến 15/9", "2021-09-30", "2021-09-15"),
        ("nhiệm kỳ 2020-2025", "2023-04-11", "2020/2025"),
        ("năm học 2021-2022", "2022-07-05", "2021/2022"),
        ("vụ Đông Xuân 2017-2018", "2018-07-12", "2017/2018"),
        ("vụ Hè Thu", "2020-07-03", "2020"),
        ("Kể từ 1/7 đến 28/7", "2025-07-30", "2025-07-01/P28D"),
        ("từ 1/7 đến hết 30/11", "2025-12-17", "2025-07-01/P5M"),
        ("Từ 15/12/2020 đến 14/9/2021", "2021-09-30", "2020-12-15/P9M"),
        ("Từ ngày 1/1 đến cuối tháng 11/2025", "2025-12-05", "2025-01-01/P11M"),
        ("từ tháng 3 đến hết tháng 9", "2019-10-11", "2019-03-01/P7M"),
        ("lũy kế đến tháng 6.2018", "2018-07-13", "2018-S1"),
        ("từ đầu năm đến tháng 9", "2022-10-01", "2022-01-01/P9M"),
        ("đến hết quý III/2023", "2023-10-05", "2023-01-01/P9M"),
        ("tính đến cuối tháng 9", "2022-10-14", "2022-09-30"),
        ("Tháng Mười, khách", "2023-10-30", "2023-10"),
        ("tháng đầu năm 2018", "2018-02-01", "2018-01"),
        ("Tháng 5-7", "2025-08-05", "2025-05-01/P3M"),
        ("5 năm qua", "2020-06-09", "2015/2020"),
        ("3 năm qua", "2019-10-11", "2017/2019"),
        ("chậm nhất 30/11/2021", "2021-08-19", "2021-11-30"),
        ("trước ngày 10/1", "2021-12-20", "2022-01-10"),
        ("năm 2019", "2020-01-09", "2019"),
        ("cả năm", "2020-12-30", "2020"),
    ],
)
def test_periods(text: str, published: str, period: str) -> None:
    assert read(text, published) == [period]


@pytest.mark.parametrize(
    "text",
    [
        "tăng 2,3% so",
        "5-10%",
        "15 tháng tuổi",
        "sau 1 tháng vận hành",
        "sau 3 tháng thành lập",
        "quý vị đại biểu",
        "quý V",
        "ngày 45/13",
        "tỷ lệ 12/27 xã",
        "năm người",
        "những năm qua",
        "nhiều năm trước",
        "mỗi tháng hai lần",
        "10 năm thực hiện",
    ],
)
def test_no_periods(text: str) -> None:
    assert read(text, "2023-04-11") == []


def test_a_day_without_a_year_is_the_latest_one() -> None:
    assert resolve_day(28, 12, None, date(2019, 1, 3)) == date(2018, 12, 28)
    assert resolve_day(31, 2, None, date(2019, 1, 3)) is None


def test_spans() -> None:
    assert span(date(2023, 1, 1), date(2023, 6, 30)) == "2023-S1"
    assert span(date(2023, 1, 1), date(2023, 8, 31)) == "2023-01-01/P8M"
    assert span(date(2021, 8, 26), date(2021, 8, 28)) == "2021-08-26/P3D"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-Q2", "2023-04-01", "2023-06-30"),
        ("2023-S2", "2023-07-01", "2023-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2023-02-03", "2023-02-03", "2023-02-03"),
        ("2020/2025", "2020-01-01", "2025-12-31"),
        ("2020-12-15/P9M", "2020-12-15", "2021-09-14"),
        ("2021-08-26/P3D", "2021-08-26", "2021-08-28"),
    ],
)
def test_bounds(period: str, first: str, last: str) -> None:
    assert period_bounds(period) == (date.fromisoformat(first), date.fromisoformat(last))


def test_bounds_refuse_what_is_no_period() -> None:
    with pytest.raises(ValueError, match="no time period"):
        period_bounds("Q1/2023")


def test_the_same_period_of_another_year() -> None:
    assert shift_years("2020-S1", -1) == "2019-S1"
    assert shift_years("2020/2025", 5) == "2025/2030"
