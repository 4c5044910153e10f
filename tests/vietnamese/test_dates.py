"""Dates: how days and parts of the day are read and resolved, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.vietnamese.dates import find_days

PUBLISHED = date(2023, 4, 11)

CASES = [
    ("Sáng 11/4, Ban Thường vụ", "2023-04-11", "2023-04-11", "morning"),
    ("Sáng 5-4, Huyện ủy", "2023-04-05", "2023-04-05", "morning"),
    ("Chiều 24-10, UBND", "2022-10-24", "2022-10-24", "afternoon"),
    ("Ngày 26.12, Quận ủy", "2022-12-26", "2022-12-26", None),
    ("Chiều 6- 1, UBND quận", "2023-01-06", "2023-01-06", "afternoon"),
    ("Sáng ngày 4/7, Quận ủy", "2022-07-04", "2022-07-04", "morning"),
    ("Sáng ngày 23 tháng 7 năm 2022, HĐND", "2022-07-23", "2022-07-23", "morning"),
    ("do UBND quận Hải An tổ chức sáng 12/1", "2023-01-12", "2023-01-12", "morning"),
    ("Ngày 09-7-2019", "2019-07-09", "2019-07-09", None),
    ("Trong 2 ngày 17 và 18-12, tại", "2022-12-17", "2022-12-18", None),
    ("trong 2 ngày 5/7 và 6/7", "2022-07-05", "2022-07-06", None),
    ("Trong 03 ngày 24,25,26 tháng 7 năm 2020", "2020-07-24", "2020-07-26", None),
    ("từ ngày 19 – 20/12/2019", "2019-12-19", "2019-12-20", None),
    ("1,5 ngày (từ ngày 3 đến 4-7)", "2022-07-03", "2022-07-04", None),
    ("trong 2,5 ngày: ngày 18, 19 và sáng ngày 20/7/2022", "2022-07-18", "2022-07-20", None),
    ("Trong các ngày 7, 8 và sáng ngày 9/12", "2022-12-07", "2022-12-09", None),
    ("được tổ chức trong 2 ngày (16-17/5)", "2022-05-16", "2022-05-17", None),
    ("Sáng nay (22/3), tại", "2023-03-22", "2023-03-22", "morning"),
    ("Sáng nay, 10-4", "2023-04-10", "2023-04-10", "morning"),
    ("Sáng nay, BCH Đảng bộ xã", "2023-04-11", "2023-04-11", "morning"),
    ("Hôm qua, Tổ đại biểu", "2023-04-10", "2023-04-10", None),
    ("Tối 10/4, Ban Chỉ huy", "2023-04-10", "2023-04-10", "evening"),
    ("Trưa 10/4", "2023-04-10", "2023-04-10", None),
    ("khai mạc vào thứ Ba tuần này, 11.4", "2023-04-11", "2023-04-11", None),
    ("hội nghị hiệp thương lần thứ nhất (9-12)", "2022-12-09", "2022-12-09", None),
]


@pytest.mark.parametrize(("text", "first", "last", "part"), CASES)
def test_a_day_is_read(text: str, first: str, last: str, part: str | None) -> None:
    (day,) = find_days(text)
    resolved = day.resolve(PUBLISHED)
    assert resolved is not None
    assert (resolved[0].isoformat(), resolved[1].isoformat(), day.part) == (first, last, part)
    assert text[day.start : day.end].strip() != ""


@pytest.mark.parametrize(
    "text",
    [
        "vừa qua, UBND quận tổ chức",
        "mới đây",
        "đạt 02/4 = 50% chỉ tiêu",
        "562/634 vụ, đạt 88,6%",
        "thu ngân sách 2.848 tỷ đồng",
        "tháng 4/2023",
        "quý I/2023",
        "(tức ngày 08 tháng Giêng năm Bính Ngọ)",
        "ngày 15 tháng 8 Âm lịch",
        "kỷ niệm Ngày thành lập Đảng (03/02/1930 - 03/02/2023)",
        "Nghị quyết số 28-NQ/TU",
        "ấp 19/5",
        "ngày 31/13",
        "giai đoạn 2021-2025",
        "hoạt động 24/24 giờ",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert find_days(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("tính đến ngày 2/6, toàn quận", "as_of"),
        ("Kể từ 1/7 đến nay", "from"),
        ("từ ngày 27/4 đến nay", "from"),
        ("hoàn thành trước ngày 25/10", "deadline"),
        ("Nghị quyết 45-NQ/TW, ngày 24-1-2019 của Bộ Chính trị", "document"),
        ("diễn ra từ ngày 9/12", "event"),
    ],
)
def test_a_day_on_which_nothing_is_held_says_so(text: str, role: str) -> None:
    (day,) = find_days(text)
    assert day.role == role


def test_a_planned_day_is_the_first_not_before_publication() -> None:
    (day,) = find_days("sẽ khai mạc ngày 6/1")
    assert [day.resolve(PUBLISHED, planned) for planned in (False, True)] == [
        (date(2023, 1, 6), date(2023, 1, 6)),
        (date(2024, 1, 6), date(2024, 1, 6)),
    ]


def test_days_told_from_another_day() -> None:
    previous = date(2023, 3, 30)
    told = {
        "Sáng cùng ngày, HĐND": (date(2023, 3, 30), "morning"),
        "Trước đó 3 ngày, Ban Thường vụ": (date(2023, 3, 27), None),
        "tiếp xúc cử tri vào buổi chiều": (date(2023, 3, 30), "afternoon"),
    }
    for text, (expected, part) in told.items():
        (day,) = find_days(text)
        assert day.resolve(PUBLISHED, previous=previous) == (expected, expected)
        assert day.part == part
        assert day.resolve(PUBLISHED) is None


def test_a_day_without_a_month_takes_the_month_of_the_next() -> None:
    days = find_days("(phiên trù bị chiều 21, phiên chính thức ngày 22 và sáng 23-7)")
    assert [d.first for d in days] == [(21, 7, None), (22, 7, None)]
    assert days[0].part == "afternoon"


def test_a_day_of_two_parts_has_none() -> None:
    day = next(d for d in find_days("Trong hai buổi sáng và chiều 7-11") if d.first)
    assert (day.first, day.part) == ((7, 11, None), None)


def test_a_session_that_has_begun_ends_after_publication() -> None:
    (day,) = find_days("diễn ra trong 3 ngày (từ 10 đến 12-4)")
    assert day.resolve(PUBLISHED) == (date(2023, 4, 10), date(2023, 4, 12))


@pytest.mark.parametrize("text", ["ngày " * 5000, "1, 2, 3, " * 5000, "sáng ngày 1 và " * 3000, "(" * 20000])
def test_hostile_text_ends(text: str) -> None:
    assert find_days(text) == []
