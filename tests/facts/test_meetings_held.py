"""Meetings that take place or that someone holds: words in which the body that meets comes last."""

from __future__ import annotations

import pytest

from tests.facts.meetings_of import meetings_in

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
    (meeting,) = meetings_in(body)
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
    assert meetings_in(body) == []
