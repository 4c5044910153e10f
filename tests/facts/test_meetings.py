"""Meetings: how one is told of again, put off or prepared, where it was and what is not understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.facts.districts import read_areas
from scraper.facts.meetings import read_meetings, read_meetings_with_problems
from scraper.items import Article
from tests.facts.meetings_of import article_of, meetings_in

SEED = Path(__file__).parents[1] / "annotated" / "dev" / "le-chan-2023-04-11.json"


def test_the_seed_article_is_read_exactly() -> None:
    document = json.loads(SEED.read_text(encoding="utf-8"))
    data, (gold,) = document["article"], document["meetings"]
    article = Article(
        url=data["url"],
        canonical_url=data["url"],
        headline=data["headline"],
        body_text=data["body_text"],
        date_published=data["date_published"],
        captions=tuple(data["captions"]),
    )
    reading = read_areas(article)
    (meeting,) = read_meetings(article, reading)
    assert list(reading.districts) == document["districts"]
    plain = ("name", "classification", "organization", "ordinal", "start_date", "end_date", "part_of_day")
    for field in (*plain, "location", "ref_area", "status"):
        assert getattr(meeting, field) == gold[field], field
    people = [{"name": p.name, "roles": list(p.roles), "note": p.note} for p in meeting.participants]
    assert people == gold["participants"]
    assert meeting.evidence.quote == gold["quote"]


@pytest.mark.parametrize(
    ("body", "states"),
    [
        ("Kỳ họp thứ 12 HĐND thành phố dự kiến khai mạc vào ngày 18/7.", [("tentative", "2023-07-18")]),
        (
            "UBND quận thống nhất trình Kỳ họp thứ 14 HĐND quận Lê Chân (dự kiến ngày 18, 19/12/2023).",
            [("tentative", "2023-12-18")],
        ),
        ("Sáng mai (13/4), UBND thành phố làm việc với quận Hải An.", [("tentative", "2023-04-13")]),
        (
            "Buổi đối thoại của Chủ tịch UBND quận với hộ kinh doanh dự kiến ngày 11/4 tạm hoãn.",
            [("cancelled", "2023-04-11")],
        ),
        (
            "Hội nghị xúc tiến đầu tư năm 2023, theo kế hoạch mở ngày 18/4, được lùi sang ngày 26/5.",
            [("cancelled", "2023-04-18"), ("tentative", "2023-05-26")],
        ),
        (
            "Thường trực HĐND huyện Cát Hải hoãn kỳ họp thứ 7, lẽ ra diễn ra ngày 18/4. "
            "Thời gian họp lại dự kiến vào "
            "ngày 27/4.",
            [("cancelled", "2023-04-18"), ("tentative", "2023-04-27")],
        ),
        (
            "Sáng 11/4, UBND quận họp. Trước đó 3 ngày, Ban Thường vụ Quận uỷ đã họp cho ý kiến.",
            [("confirmed", "2023-04-11"), ("confirmed", "2023-04-08")],
        ),
    ],
)
def test_what_was_held_is_planned_or_was_put_off(body: str, states: list[tuple[str, str]]) -> None:
    assert [(m.status, m.start_date) for m in meetings_in(body)] == states


def test_a_session_that_standing_members_prepare_is_the_council_s() -> None:
    body = (
        "Sáng 6/4, Thường trực HĐND quận Lê Chân tổ chức hội nghị liên tịch.\n\n"
        "Kỳ họp thứ 11 sẽ khai mạc vào ngày 18/4."
    )
    assert [(m.organization, m.status) for m in meetings_in(body)] == [
        ("Thường trực HĐND quận Lê Chân", "confirmed"),
        ("HĐND quận Lê Chân", "tentative"),
    ]


def test_a_session_told_of_again_is_one_meeting() -> None:
    body = (
        "Sáng 10/4, HĐND quận Lê Chân khai mạc Kỳ họp thứ 9. Chiều 11/4, Kỳ họp bước sang phần chất vấn.\n\n"
        "Kỳ họp dự kiến bế mạc chiều 12/4."
    )
    (meeting,) = meetings_in(body)
    assert (meeting.start_date, meeting.end_date, meeting.part_of_day) == (
        "2023-04-10",
        "2023-04-12",
        "morning",
    )


def test_a_session_told_of_again_is_one_though_an_older_one_is_recalled() -> None:
    body = (
        "Sáng 10/4, HĐND quận Lê Chân khai mạc Kỳ họp thứ 9. Kỳ họp thứ 5 họp ngày 7/12/2022 đã quyết nghị."
        "\n\nKỳ họp dự kiến bế mạc chiều 12/4."
    )
    first, older = meetings_in(body)
    assert (first.start_date, first.end_date) == ("2023-04-10", "2023-04-12")
    assert (older.ordinal, older.start_date) == (5, "2022-12-07")


def test_a_vacant_day_is_null() -> None:
    (meeting,) = meetings_in("UBND quận Lê Chân vừa tổ chức Hội nghị sơ kết công tác quý I.")
    assert (meeting.start_date, meeting.end_date, meeting.status) == (None, None, "confirmed")


@pytest.mark.parametrize(
    ("body", "venue"),
    [
        (
            "Sáng 5/4, tại Hội trường Trung tâm Chính trị quận, Quận ủy Lê Chân tổ chức Hội nghị lần thứ 11.",
            "Hội trường Trung tâm Chính trị quận",
        ),
        (
            "Ngày 2/4, tại trụ sở UBND quận (số 2 đường Nguyễn Văn Hới), UBND quận Hải "
            "An họp phiên thường kỳ.",
            "trụ sở UBND quận (số 2 đường Nguyễn Văn Hới)",
        ),
        (
            "Ngày 2/4, Sở Du lịch tổ chức hội thảo tại Cung văn hóa hữu nghị Việt - Tiệp.",
            "Cung văn hóa hữu nghị Việt - Tiệp",
        ),
        ("Ngày 2/4, UBND quận Hải An họp phiên thường kỳ. Tại hội nghị, các đại biểu thảo luận.", None),
    ],
)
def test_venues(body: str, venue: str | None) -> None:
    assert meetings_in(body)[0].location == venue


def test_what_was_not_understood_is_said() -> None:
    article = article_of("Sáng 10/4, Quận ủy họp. " + "Và hội nghị, " * 400)
    meetings, problems = read_meetings_with_problems(article, read_areas(article))
    assert len(meetings) == 1
    assert [p.kind for p in problems] == ["sentence_too_long"]


@pytest.mark.parametrize(
    "body", ["", "\n", "Hội nghị", "Sáng 11/4,", "họp", "tổ chức hội nghị ngày 1/2, " * 800]
)
def test_poor_text_is_no_error(body: str) -> None:
    assert meetings_in(body) == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (
            "Chiều 5/4, Bí thư Quận ủy Lê Chân chủ trì buổi làm việc với phường An Biên về thu ngân sách.",
            "Buổi làm việc của Quận ủy Lê Chân với phường An Biên",
        ),
        (
            "Sáng 10/4, UBND quận Lê Chân có buổi làm việc với phường An Biên UBND phường báo cáo kết quả.",
            "Buổi làm việc của UBND quận Lê Chân với phường An Biên",
        ),
    ],
)
def test_a_partner_stands_behind_the_body_that_meets(body: str, name: str) -> None:
    (meeting,) = meetings_in(body)
    assert meeting.name == name
