"""Meetings: title, body, day and area of each shape, and what is no meeting."""

from __future__ import annotations

import pytest

from tests.facts.meetings_of import meetings_in

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
    (meeting,) = meetings_in(body)
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
    assert meetings_in(body) == []


def test_every_meeting_leads_to_its_words_and_says_how_it_was_read() -> None:
    for body in (shape[0] for shape in SHAPES):
        for meeting in meetings_in(body):
            evidence = meeting.evidence
            assert body[evidence.start : evidence.end] == evidence.quote != ""
            assert 0 < meeting.confidence <= 1
            assert meeting.rule
