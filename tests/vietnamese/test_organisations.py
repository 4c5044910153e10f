"""Bodies: their short usual form, and the subject of a verb."""

from __future__ import annotations

import pytest

from scraper.vietnamese.organisations import body_before, short_form, trim_body


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("Ban Chấp hành Đảng bộ quận Lê Chân", "Quận ủy Lê Chân"),
        ("Ban Thường vụ Quận ủy Lê Chân", "Quận ủy Lê Chân"),
        ("Ban Chấp hành Đảng bộ huyện đảo Bạch Long Vĩ", "Huyện ủy Bạch Long Vĩ"),
        ("BCH Đảng bộ xã Khánh Bình", "Đảng ủy xã Khánh Bình"),
        ("Ban Chấp hành Đảng bộ TPHCM", "Thành ủy TPHCM"),
        ("Thường trực Quận uỷ", "Quận ủy"),
        ("Thường trực HĐND huyện Bạch Long Vĩ", "HĐND huyện Bạch Long Vĩ"),
        ("Hội đồng nhân dân quận Hải An", "HĐND quận Hải An"),
        ("Uỷ ban nhân dân huyện An Lão", "UBND huyện An Lão"),
        ("HĐND quận Lê Chân khóa XVIII, nhiệm kỳ 2016-2021", "HĐND quận Lê Chân"),
        ("Ủy ban MTTQVN tỉnh An Giang (khóa X, nhiệm kỳ 2019-2024)", "Ủy ban MTTQVN tỉnh An Giang"),
        ("Chủ tịch UBND thành phố", "UBND thành phố"),
        ("Đảng bộ huyện An Dương", "Đảng bộ huyện An Dương"),
        ("Sở Văn hóa và Thể thao phối hợp với Hội Khoa học Lịch sử", "Sở Văn hóa và Thể thao"),
        ("Công an quận Hồng Bàng", "Công an quận Hồng Bàng"),
    ],
)
def test_short_form(printed: str, short: str) -> None:
    assert short_form(printed) == short


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Sáng 5-7, tại Hội trường Trung tâm Chính trị quận, Ban Chấp hành Đảng bộ quận Hồng Bàng",
            "Ban Chấp hành Đảng bộ quận Hồng Bàng",
        ),
        ("HĐND thành phố khoá XVI, nhiệm kỳ 2021-2026", "HĐND thành phố khoá XVI, nhiệm kỳ 2021-2026"),
        ("BCH Đảng bộ xã Khánh Bình, tỉnh Cà Mau", "BCH Đảng bộ xã Khánh Bình"),
        ("Ban Chỉ đạo phòng, chống dịch thành phố", "Ban Chỉ đạo phòng, chống dịch thành phố"),
    ],
)
def test_the_subject_of_a_verb(text: str, body: str) -> None:
    span = body_before(text, len(text))
    assert span is not None
    assert text[slice(*span)] == body


@pytest.mark.parametrize("text", ["Trong những năm qua", "mọi người dân", "ngày 11/4", ""])
def test_what_is_no_body(text: str) -> None:
    assert body_before(text, len(text)) is None


def test_a_term_is_no_part_of_the_name() -> None:
    assert trim_body("HĐND huyện An Dương khóa XIX, nhiệm kỳ 2016-2021") == "HĐND huyện An Dương"
