"""The day an article is read on: published, printed in its lead, or open; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.facts import read_facts
from scraper.facts.districts import read_areas
from scraper.facts.reference_day import read_reference_day
from scraper.items import Article, Facts

HELD = "Quận ủy Lê Chân tổ chức Hội nghị lần thứ 13"


def _article(body: str, day: str | None = None) -> Article:
    url = "https://x.test/tin.html"
    return Article(url=url, canonical_url=url, headline="Tin hoạt động", body_text=body, date_published=day)


def _facts(body: str, day: str | None = None) -> Facts:
    return read_facts(_article(body, day), "31")


@pytest.mark.parametrize(
    ("day", "body", "expected"),
    [
        ("2023-04-12T08:00:00+07:00", f"Sáng 11/4/2022, {HELD}.", date(2023, 4, 12)),
        ("2023-04-12", "", date(2023, 4, 12)),
        (None, f"Sáng 11/4/2023, {HELD}.", date(2023, 4, 11)),
        ("không rõ", f"Sáng 11/4/2023, {HELD}.", date(2023, 4, 11)),
        (None, f"Sáng 11/4, {HELD}.", None),
        (None, f"Sáng 30/4, {HELD} kỷ niệm ngày 30/4/1975.", None),
        (None, "Theo Nghị quyết số 28-NQ/TU ngày 11/4/2023, quận tổ chức lại bộ máy.", None),
        (None, "Ngày 11/4/2021 và ngày 11/4/2023, quận đều họp.", None),
        (None, f"{HELD}.\n\nHội nghị trước họp ngày 11/4/2023.", None),
        (None, "", None),
    ],
)
def test_the_reference_day(day: str | None, body: str, expected: date | None) -> None:
    article = _article(body, day)
    assert read_reference_day(article).day == expected
    assert read_areas(article, "31").reference_day == expected


@pytest.mark.parametrize(
    ("body", "days"),
    [
        (f"Sáng 11/4, {HELD}.", [None]),
        (f"Sáng nay, {HELD}.", [None]),
        (f"Sáng 11/4/2023, {HELD}.", ["2023-04-11"]),
        (
            f"Sáng 11/4/2023, {HELD}.\n\nChiều 12/4, UBND quận họp phiên thường kỳ.",
            ["2023-04-11", "2023-04-12"],
        ),
        (f"Sáng 11/4/2023, {HELD}.\n\nNgày 20/11, HĐND quận họp phiên bất thường.", ["2023-04-11", None]),
        (f"Sáng 11/4/2023, {HELD}. Chiều cùng ngày, UBND quận họp bàn.", ["2023-04-11", "2023-04-11"]),
        (f"Sáng 11/4, {HELD}. Chiều cùng ngày, UBND quận họp bàn.", [None, None]),
        (f"Sáng 11/4, {HELD} sơ kết công tác quý I/2023.", ["2023-04-11"]),
        (f"Sáng 11/4, {HELD} sơ kết công tác tháng 3 năm 2023.", ["2023-04-11"]),
        (f"Sáng 10/7, {HELD} sơ kết công tác 6 tháng đầu năm 2023.", ["2023-07-10"]),
        (f"Sáng 11/4, {HELD}, triển khai nhiệm vụ năm 2023.", ["2023-04-11"]),
        (f"Sáng 6/1, {HELD} tổng kết năm 2022, triển khai nhiệm vụ năm 2023.", ["2023-01-06"]),
        (f"Sáng 28/12, {HELD} tổng kết năm 2022, triển khai nhiệm vụ năm 2023.", ["2022-12-28"]),
        (f"Sáng 6/1, {HELD} triển khai kế hoạch năm 2023.", [None]),
        (f"Sáng 11/4, {HELD}, nhiệm kỳ 2020-2025.", [None]),
        (f"Sáng 11/4, {HELD}, phấn đấu đến năm 2030 thành đô thị thông minh.", [None]),
        (f"Sáng 11/4, {HELD}. Quý I/2023, thu ngân sách tăng.", [None]),
        (f"Sáng 11/4, {HELD}. Nghị quyết ra ngày 11/4/2023.", ["2023-04-11"]),
        (f"Sáng 11/4, {HELD} so sánh quý I/2022 với quý I/2023.", [None]),
    ],
)
def test_days_of_an_article_without_a_date(body: str, days: list[str | None]) -> None:
    facts = _facts(body)
    assert [m.start_date for m in facts.meetings] == days
    assert [m.end_date for m in facts.meetings] == days
    assert {m.status for m in facts.meetings} == {"confirmed"}
    assert "article_undated" in [p.kind for p in facts.problems]


def test_an_article_with_its_date_is_read_as_before() -> None:
    facts = _facts(f"Sáng 11/4, {HELD} sơ kết công tác quý I/2021.", "2023-04-12")
    assert [m.start_date for m in facts.meetings] == ["2023-04-11"]
    assert "article_undated" not in [p.kind for p in facts.problems]


def test_a_meeting_named_twice_is_one_though_its_year_is_open() -> None:
    (meeting,) = _facts(
        f"Sáng 11/4, {HELD}.\n\nHội nghị lần thứ 13 Quận ủy họp sáng 11/4 tại trụ sở."
    ).meetings
    assert (meeting.start_date, meeting.ordinal) == (None, 13)


def test_a_planned_meeting_without_a_year_stays_planned() -> None:
    (meeting,) = _facts("Kỳ họp thứ 12 HĐND quận Lê Chân dự kiến khai mạc vào ngày 18/7.").meetings
    assert (meeting.start_date, meeting.status) == (None, "tentative")


@pytest.mark.parametrize(
    ("body", "areas"),
    [
        ("UBND quận Lê Chân và phường Lê Chân họp.", {"305", "11383"}),
        ("Năm 2023, UBND quận Lê Chân và phường Lê Chân họp.", {"305", "phường Lê Chân"}),
        ("Năm 2026, UBND phường Lê Chân họp.", {"11383"}),
        ("Năm 2025, quận Lê Chân kết thúc, phường Lê Chân ra đời.", {"305", "11383"}),
        ("Nhiệm kỳ 2025-2030, quận Lê Chân và phường Lê Chân có đổi mới.", {"305", "11383"}),
    ],
)
def test_areas_of_an_article_without_a_date(body: str, areas: set[str]) -> None:
    reading = read_areas(_article(body), "31")
    assert {m.ref for m in reading.mentions if m.how != "deixis"} == areas


@pytest.mark.parametrize(
    ("body", "districts"),
    [
        ("UBND quận Lê Chân họp. Lê Chân thu đạt 36%.", ("305",)),
        ("UBND phường Lê Chân họp. Lê Chân thu đạt 36%.", ()),
        ("Năm 2025, UBND phường Lê Chân họp. Lê Chân thu đạt 36%.", ()),
        ("Năm 2023, Lê Chân thu đạt 36%.", ("305",)),
    ],
)
def test_a_bare_name_is_no_district_where_the_day_may_be_after_the_reform(
    body: str, districts: tuple[str, ...]
) -> None:
    assert read_areas(_article(body), "305").districts == districts
