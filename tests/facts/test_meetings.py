"""Meetings: title, body, day, place, state and participants of each shape, and what is no meeting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.facts.districts import read_areas
from scraper.facts.meetings import read_meetings, read_meetings_with_problems
from scraper.items import Article, Meeting

SEED = Path(__file__).parents[1] / "annotated" / "dev" / "le-chan-2023-04-11.json"


def _article(body: str, day: str = "2023-04-12", captions: tuple[str, ...] = ()) -> Article:
    url = "https://thanhphohaiphong.gov.vn/tin.html"
    return Article(
        url=url,
        canonical_url=url,
        headline="Tin hoạt động",
        body_text=body,
        date_published=day,
        captions=captions,
    )


def _read(body: str, day: str = "2023-04-12", captions: tuple[str, ...] = ()) -> list[Meeting]:
    article = _article(body, day, captions)
    return read_meetings(article, read_areas(article))


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


SHAPES = [
    (
        "Sáng 5-4, Huyện ủy An Lão tổ chức hội nghị lần thứ 4, nhiệm kỳ 2020-2025.",
        "party_committee",
        "Huyện ủy An Lão",
        4,
        "2023-04-05",
        "2023-04-05",
        "313",
    ),
    (
        "Ngày 26.12, Quận ủy Kiến An tổ chức hội nghị lần thứ 11 (mở rộng), nhiệm kỳ 2020-2025.",
        "party_committee",
        "Quận ủy Kiến An",
        11,
        "2022-12-26",
        "2022-12-26",
        "307",
    ),
    (
        "Chiều 30/3, tại hội nghị lần thứ XX (mở rộng) Huyện ủy Vĩnh Bảo, các đại biểu thảo luận.",
        "party_committee",
        "Huyện ủy Vĩnh Bảo",
        20,
        "2023-03-30",
        "2023-03-30",
        "316",
    ),
    (
        "Ngày 10/4, Ban Chấp hành Đảng bộ huyện Tiên Lãng tổ chức Hội nghị lần thứ bảy.",
        "party_committee",
        "Huyện ủy Tiên Lãng",
        7,
        "2023-04-10",
        "2023-04-10",
        "315",
    ),
    (
        "Sáng ngày 4/7, Ban Thường vụ Quận ủy Đồ Sơn họp đánh giá kết quả 6 tháng đầu năm.",
        "party_committee",
        "Quận ủy Đồ Sơn",
        None,
        "2022-07-04",
        "2022-07-04",
        "308",
    ),
    (
        "Trong 2 ngày 17 và 18-12, HĐND huyện Thủy Nguyên tổ chức kỳ họp thứ 10 "
        "khóa XVIII, nhiệm kỳ 2016- 2021.",
        "council_session",
        "HĐND huyện Thủy Nguyên",
        10,
        "2022-12-17",
        "2022-12-18",
        "311",
    ),
    (
        "Sáng 11/7, HĐND quận Hải An khai mạc Kỳ họp thứ mười bốn (Kỳ họp thường lệ giữa năm 2022).",
        "council_session",
        "HĐND quận Hải An",
        14,
        "2022-07-11",
        "2022-07-11",
        "306",
    ),
    (
        "Sáng 12-7, HĐND huyện An Lão khóa XII họp kỳ thứ 15, thông qua 12 nghị quyết.",
        "council_session",
        "HĐND huyện An Lão",
        15,
        "2022-07-12",
        "2022-07-12",
        "313",
    ),
    (
        "Ngày 3/3, HĐND quận Lê Chân khóa XVIII tổ chức kỳ họp bất thường.",
        "council_session",
        "HĐND quận Lê Chân",
        None,
        "2023-03-03",
        "2023-03-03",
        "305",
    ),
    (
        "Sáng 10/4, UBND thành phố Hải Phòng tổ chức phiên họp thường kỳ trực tuyến tháng 3.",
        "committee_meeting",
        "UBND thành phố Hải Phòng",
        None,
        "2023-04-10",
        "2023-04-10",
        "31",
    ),
    (
        "Sáng 10/4, UBND thành phố Hải Phòng họp phiên thường kỳ tháng 3.",
        "committee_meeting",
        "UBND thành phố Hải Phòng",
        None,
        "2023-04-10",
        "2023-04-10",
        "31",
    ),
    (
        "Chiều 6- 1, UBND quận Hồng Bàng tổ chức Hội nghị tổng kết công tác năm "
        "2022, triển khai nhiệm vụ năm 2023.",
        "review_conference",
        "UBND quận Hồng Bàng",
        None,
        "2023-01-06",
        "2023-01-06",
        "303",
    ),
    (
        "Sáng 10/4, Công an quận Ngô Quyền sơ kết công tác quý I.",
        "review_conference",
        "Công an quận Ngô Quyền",
        None,
        "2023-04-10",
        "2023-04-10",
        "304",
    ),
    (
        "Chiều 24-3, UBND thành phố có buổi làm việc với quận Kiến An.",
        "working_session",
        "UBND thành phố Hải Phòng",
        None,
        "2023-03-24",
        "2023-03-24",
        "31",
    ),
    (
        "Ngày 22-3, Sở Du lịch tổ chức hội thảo phát triển du lịch.",
        "seminar",
        "Sở Du lịch Hải Phòng",
        None,
        "2023-03-22",
        "2023-03-22",
        "31",
    ),
    (
        "Sáng 8/4, đại biểu HĐND thành phố tiếp xúc cử tri tại phường Niệm Nghĩa.",
        "voter_contact",
        "HĐND thành phố Hải Phòng",
        None,
        "2023-04-08",
        "2023-04-08",
        "31",
    ),
    (
        "Ngày 5/4, Hội LHPN huyện An Dương tổ chức tập huấn nghiệp vụ công tác Hội.",
        "training",
        "Hội LHPN huyện An Dương",
        None,
        "2023-04-05",
        "2023-04-05",
        "312",
    ),
    (
        "Sáng 7/4, UBND quận Dương Kinh tổ chức hội nghị đối thoại với doanh nghiệp.",
        "dialogue",
        "UBND quận Dương Kinh",
        None,
        "2023-04-07",
        "2023-04-07",
        "309",
    ),
    (
        "Sau 2 ngày làm việc (5 và 6/4), Đại hội đại biểu Đảng bộ huyện Cát Hải lần "
        "thứ XII đã bế mạc chiều 6-4.",
        "congress",
        "Đảng bộ huyện Cát Hải",
        12,
        "2023-04-05",
        "2023-04-06",
        "317",
    ),
    (
        "Sáng 9/4, Ban Chỉ đạo phòng, chống dịch thành phố họp trực tuyến với các địa phương.",
        "committee_meeting",
        "Ban Chỉ đạo phòng, chống dịch thành phố Hải Phòng",
        None,
        "2023-04-09",
        "2023-04-09",
        "31",
    ),
]


@pytest.mark.parametrize(("body", "kind", "organization", "ordinal", "first", "last", "area"), SHAPES)
def test_shapes_of_meetings(
    body: str, kind: str, organization: str, ordinal: int | None, first: str, last: str, area: str
) -> None:
    (meeting,) = _read(body)
    assert (meeting.classification, meeting.organization, meeting.ordinal) == (kind, organization, ordinal)
    assert (meeting.start_date, meeting.end_date, meeting.ref_area) == (first, last, area)
    assert meeting.status == "confirmed"


@pytest.mark.parametrize(
    "body",
    [
        "Sáng 7/4 khai mạc Lễ hội Nữ tướng Lê Chân năm 2023.",
        "Sáng 8/4, lãnh đạo quận thăm, tặng quà gia đình chính sách.",
        "Ngày 9/4, UBND huyện tổ chức lễ khánh thành trường THPT.",
        "Công ty ký kết hợp đồng ngày 8/4.",
        "Thực hiện Nghị quyết Đại hội Đảng bộ quận lần thứ XXIV, quận đạt kết quả tích cực.",
        "Quận xây dựng Kế hoạch sơ kết giữa nhiệm kỳ Đại hội Đảng bộ quận lần thứ XXIV.",
        "Hội nghị tổng kết sẽ tổ chức vào tháng 11/2024.",
        "Đại hội Đảng bộ quận Đồ Sơn đã tổ chức hồi tháng 5.",
        "Kỳ họp HĐND phường giữa năm 2026 chưa ấn định ngày.",
        "Đến ngày 30/6, Trung tâm Hội nghị thành phố hoàn thành 80%.",
        "Ngày 11/4, Sở Công Thương họp báo công bố chương trình.",
        "Thường trực HĐND tỉnh vừa có thông báo về việc tiếp xúc cử tri trước kỳ họp thứ 9.",
        "Đồng chí đề nghị Ủy ban MTTQ quận tổ chức tiếp xúc cử tri tại 12 phường từ ngày 6 đến 9/4.",
        "Sáng nay, Giải bóng đá hội nghị thanh niên khởi tranh, đường phố đông vui.",
    ],
)
def test_what_is_no_meeting(body: str) -> None:
    assert _read(body) == []


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
    assert [(m.status, m.start_date) for m in _read(body)] == states


SUBJECTS = [
    (
        "Sáng 6/4, diễn ra phiên họp thường kỳ tháng 3 do UBND huyện Tiên Lãng tổ chức, đánh giá kết quả.",
        "committee_meeting",
        "UBND huyện Tiên Lãng",
        "2023-04-06",
        None,
    ),
    (
        "Chiều 9-4, tại Nhà văn hóa quận, diễn ra hội nghị quán triệt Nghị quyết số 29/NQ-HĐND do Quận ủy "
        "Đồ Sơn tổ chức, cho đội ngũ cán bộ chủ chốt.",
        "training",
        "Quận ủy Đồ Sơn",
        "2023-04-09",
        "Nhà văn hóa quận",
    ),
    (
        "Ngày 7/4, diễn ra Kỳ họp thứ 9 do HĐND quận Lê Chân khóa XIX, nhiệm kỳ 2021-2026 tổ chức.",
        "council_session",
        "HĐND quận Lê Chân",
        "2023-04-07",
        None,
    ),
    (
        "Hội nghị lần thứ 13 sơ kết công tác quý I; bàn phương hướng, nhiệm vụ quý II và một số nội dung "
        "thuộc thẩm quyền về quy hoạch, đất đai, đầu tư công, cải cách hành chính, công tác cán bộ "
        "được Quận ủy Lê Chân tổ chức sáng 11/4.",
        "party_committee",
        "Quận ủy Lê Chân",
        "2023-04-11",
        None,
    ),
    (
        "Hội nghị liên tịch thống nhất nội dung, chương trình Kỳ họp thứ 11 được Thường trực HĐND quận Kiến "
        "An tổ chức chiều 6/4.",
        "committee_meeting",
        "Thường trực HĐND quận Kiến An",
        "2023-04-06",
        None,
    ),
    (
        "Cuộc làm việc với lãnh đạo quận Ngô Quyền về tiến độ các dự án được Lãnh đạo UBND thành phố Hải "
        "Phòng tổ chức sáng ngày 10-4.",
        "working_session",
        "UBND thành phố Hải Phòng",
        "2023-04-10",
        None,
    ),
    (
        "Hội nghị tiếp xúc cử tri xã Tân Viên theo chương trình của Thường trực HĐND được các đại biểu HĐND "
        "huyện An Lão tổ chức chiều 7/4.",
        "voter_contact",
        "HĐND huyện An Lão",
        "2023-04-07",
        None,
    ),
    (
        "Ngày 5/4, Tổ đại biểu HĐND quận Ngô Quyền tổ chức tiếp xúc cử tri phường Máy Tơ trước kỳ họp.",
        "voter_contact",
        "HĐND quận Ngô Quyền",
        "2023-04-05",
        None,
    ),
    (
        "Sáng 6/4, UBND quận Đồ Sơn tổ chức hội nghị giao ban tháng 3 đánh giá kết quả công tác tháng 3.",
        "committee_meeting",
        "UBND quận Đồ Sơn",
        "2023-04-06",
        None,
    ),
    (
        "Lớp bồi dưỡng kỹ năng số cho cán bộ được UBND huyện Cát Hải tổ chức trong ngày 6/4.",
        "training",
        "UBND huyện Cát Hải",
        "2023-04-06",
        None,
    ),
]


@pytest.mark.parametrize(("body", "kind", "organization", "day", "venue"), SUBJECTS)
def test_meetings_that_take_place_or_are_held_by_someone(
    body: str, kind: str, organization: str, day: str, venue: str | None
) -> None:
    (meeting,) = _read(body)
    assert (meeting.classification, meeting.organization, meeting.start_date) == (kind, organization, day)
    assert (meeting.location, meeting.status) == (venue, "confirmed")


@pytest.mark.parametrize(
    "body",
    [
        "Sáng 6/4, công an bảo vệ nơi diễn ra hội nghị.",
        "Ngày 6/4, trong thời gian diễn ra kỳ họp, nhiều tuyến phố cấm xe.",
        "Chiều 9-4, tại Nhà văn hóa quận, diễn ra giải cờ tướng do UBND quận Lê Chân tổ chức.",
        "Nghị quyết của Hội nghị lần thứ 13 được in trong tập tài liệu ngày 11/4.",
        "Lễ hội Nữ tướng Lê Chân được UBND quận Lê Chân tổ chức sáng 7/4.",
        "Lãnh đạo huyện duy trì giao ban hằng tuần với các xã.",
        "UBND huyện An Dương định kỳ tổ chức họp giao ban hằng tháng.",
        "UBND quận Lê Chân giảm hội họp, giảm giấy tờ.",
        "Kỳ nghỉ lễ được các phường tổ chức trực từ ngày 29/4.",
        "Báo cáo tại hội nghị được Sở Tài chính công bố ngày 6/4.",
    ],
)
def test_what_takes_place_or_is_held_and_is_no_meeting(body: str) -> None:
    assert _read(body) == []


def test_a_session_that_standing_members_prepare_is_the_council_s() -> None:
    body = (
        "Sáng 6/4, Thường trực HĐND quận Lê Chân tổ chức hội nghị liên tịch.\n\n"
        "Kỳ họp thứ 11 sẽ khai mạc vào ngày 18/4."
    )
    assert [(m.organization, m.status) for m in _read(body)] == [
        ("Thường trực HĐND quận Lê Chân", "confirmed"),
        ("HĐND quận Lê Chân", "tentative"),
    ]


def test_a_session_told_of_again_is_one_meeting() -> None:
    body = (
        "Sáng 10/4, HĐND quận Lê Chân khai mạc Kỳ họp thứ 9. Chiều 11/4, Kỳ họp bước sang phần chất vấn.\n\n"
        "Kỳ họp dự kiến bế mạc chiều 12/4."
    )
    (meeting,) = _read(body)
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
    first, older = _read(body)
    assert (first.start_date, first.end_date) == ("2023-04-10", "2023-04-12")
    assert (older.ordinal, older.start_date) == (5, "2022-12-07")


def test_a_vacant_day_is_null() -> None:
    (meeting,) = _read("UBND quận Lê Chân vừa tổ chức Hội nghị sơ kết công tác quý I.")
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
    assert _read(body)[0].location == venue


HELD = "Sáng 11/4, Quận ủy Lê Chân tổ chức Hội nghị lần thứ 13. "


@pytest.mark.parametrize(
    ("said", "notes"),
    [
        ("Bí thư Quận ủy Trần Thu Hương chủ trì Hội nghị.", {"Trần Thu Hương": "chair"}),
        (
            "Dự và chủ trì Hội nghị có các đồng chí: Trần Thu Hương, Bí thư Quận ủy; Lê Trung Kiên.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        (
            "Các đồng chí: Trần Thu Hương, Bí thư Quận ủy; Lê Trung Kiên, Chủ tịch UBND quận đồng chủ trì.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        (
            "Chủ trì hội nghị có đồng chí Trần Thu Hương, Bí thư Quận ủy và đồng chí Lê Trung Kiên.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        ("Chủ trì: Thượng tá Phạm Viết Dũng - Trưởng Công an quận.", {"Phạm Viết Dũng": "chair"}),
        (
            "Đoàn Chủ tịch gồm các đồng chí: Trần Thu Hương, Bí thư Quận ủy; Lê Trung Kiên.",
            {"Trần Thu Hương": "chair", "Lê Trung Kiên": "chair"},
        ),
        (
            "Hội nghị diễn ra dưới sự điều hành của ông Nguyễn Nho Khiêm, Phó Bí thư.",
            {"Nguyễn Nho Khiêm": "chair"},
        ),
        ("Dự và chỉ đạo Hội nghị có đồng chí Đỗ Mạnh Hiến, Phó Bí thư Thành ủy.", {"Đỗ Mạnh Hiến": "direct"}),
        ("Phó Chủ tịch UBND thành phố Nguyễn Đức Thọ dự, phát biểu chỉ đạo.", {"Nguyễn Đức Thọ": "direct"}),
        (
            "Dự hội nghị có ông Đỗ Mạnh Hiến; cùng dự có bà Lê Thị Hoa.",
            {"Đỗ Mạnh Hiến": "attend", "Lê Thị Hoa": "attend"},
        ),
        (
            "Báo cáo do Phó Bí thư Quận ủy Phạm Văn Tân trình bày cho thấy kết quả tốt.",
            {"Phạm Văn Tân": "report"},
        ),
        ("Theo Chánh Văn phòng Lưu Thị Nga báo cáo, thu ngân sách tăng.", {"Lưu Thị Nga": "report"}),
        ("Phát biểu tại hội nghị, đồng chí Phạm Trí Tuệ nhắc quận lưu ý tiến độ.", {"Phạm Trí Tuệ": "speak"}),
        ("Đồng chí Phạm Trí Tuệ dự; sau đó ông Tuệ báo cáo kết quả.", {"Phạm Trí Tuệ": "report"}),
        ("Hội nghị bầu đồng chí Nguyễn Văn Bình giữ chức Phó Bí thư, thay ông Trần Văn Cứng nghỉ hưu.", {}),
        ("Dịp này, bà Lê Thị Hoa được tặng Bằng khen.", {}),
        ("Thay mặt Đoàn Chủ tịch, đồng chí Lê Thanh Lụa trình bày báo cáo.", {"Lê Thanh Lụa": "report"}),
        ("Cử tri Ngô Ngọc Ngân lo lắng trước tiếng ồn của các xưởng.", {"Ngô Ngọc Ngân": "speak"}),
        ("Trong khi đó, cử tri Ngô Ngọc Ngân quan tâm tình trạng ngập.", {"Ngô Ngọc Ngân": "speak"}),
        ("Phần hỏi đáp sôi nổi khi đại biểu Trần Khắc Nghị đề cập giá điện.", {"Trần Khắc Nghị": "speak"}),
        ("Đồng chí Hoàng Diệu Oanh nêu rõ việc nào cần lộ trình.", {"Hoàng Diệu Oanh": "speak"}),
        (
            "Đại biểu Cao Gia Hùng nêu rõ nước thải của cơ sở giết mổ; chủ tọa yêu cầu giải trình.",
            {"Cao Gia Hùng": "speak"},
        ),
        ("Quận luôn quan tâm tới gia đình bà Lê Thị Hoa.", {}),
    ],
)
def test_participants_and_their_notes(said: str, notes: dict[str, str]) -> None:
    (meeting,) = _read(HELD + said)
    assert {p.name: p.note for p in meeting.participants} == notes


def test_a_caption_names_a_participant() -> None:
    (meeting,) = _read(HELD, captions=("Đồng chí Phạm Văn Tân, Phó Bí thư Quận ủy báo cáo tại Hội nghị.",))
    (person,) = meeting.participants
    assert (person.name, person.roles, person.note) == ("Phạm Văn Tân", ("Phó Bí thư Quận ủy",), "report")


def test_every_meeting_leads_to_its_words_and_says_how_it_was_read() -> None:
    for body in (shape[0] for shape in SHAPES):
        for meeting in _read(body):
            evidence = meeting.evidence
            assert body[evidence.start : evidence.end] == evidence.quote != ""
            assert 0 < meeting.confidence <= 1
            assert meeting.rule


def test_what_was_not_understood_is_said() -> None:
    article = _article("Sáng 10/4, Quận ủy họp. " + "Và hội nghị, " * 400)
    meetings, problems = read_meetings_with_problems(article, read_areas(article))
    assert len(meetings) == 1
    assert [p.kind for p in problems] == ["sentence_too_long"]


@pytest.mark.parametrize(
    "body", ["", "\n", "Hội nghị", "Sáng 11/4,", "họp", "tổ chức hội nghị ngày 1/2, " * 800]
)
def test_poor_text_is_no_error(body: str) -> None:
    assert _read(body) == []


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
    (meeting,) = _read(body)
    assert meeting.name == name
