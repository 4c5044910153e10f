"""Indicators that a text names: longest phrase, tone placement, contexts, and phrases that are none."""

from __future__ import annotations

import pytest

from scraper.vietnamese.sentences import level
from scraper.vietnamese.vocabulary import begins_phrase, find_indicators, indicators


def keys(text: str) -> list[str]:
    return [mention.key for mention in find_indicators(level(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tổng thu ngân sách nhà nước trên địa bàn", ["budget_revenue"]),
        ("thuế CTN-NQD", ["non_state_tax_revenue"]),
        ("giá trị sản xuất nông, lâm, thuỷ sản", ["agriculture_value"]),
        ("giá trị sản xuất công nghiệp – xây dựng", ["industrial_production_value"]),
        ("tỉ lệ hộ nghèo, hộ cận nghèo", ["poverty_rate", "near_poor_rate"]),
        ("xuất khẩu lao động", ["labour_export"]),
        ("kim ngạch xuất nhập khẩu", ["trade_turnover"]),
        ("Hàng hoá thông qua cảng", ["port_cargo"]),
        ("kết nạp đảng viên", ["party_members_admitted"]),
        ("phí, lệ phí", ["fees_and_charges_revenue"]),
        ("Giá trị SXCN", ["industrial_production_value"]),
        ("tổng thu NSNN trên địa bàn", ["budget_revenue"]),
        ("thu từ hoạt động XNK", ["customs_revenue"]),
        ("tỷ lệ dân số sử dụng nước hợp vệ sinh", ["clean_water_rate"]),
        ("hồ sơ giải quyết trước và đúng hạn", ["on_time_file_rate"]),
        ("người tham gia BHXH tự nguyện", ["social_insurance_coverage"]),
        ("xã được công nhận đạt chuẩn nông thôn mới nâng cao", ["new_rural_communes"]),
        ("giải ngân cho vay", ["credit_outstanding"]),
    ],
)
def test_longest_phrase(text: str, found: list[str]) -> None:
    assert keys(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tai nạn giao thông làm 11 người chết", ["traffic_accidents", "traffic_deaths"]),
        ("dịch bệnh làm 11 người chết", []),
        ("thu ngân sách khá, tổng thu đạt", ["budget_revenue", "budget_revenue"]),
        ("tổng thu của công đoàn cấp trên", []),
    ],
)
def test_short_phrases_need_their_context(text: str, found: list[str]) -> None:
    assert keys(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "khu vực có vốn đầu tư nước ngoài",
        "phòng cháy chữa cháy",
        "phòng, chống ma túy",
        "đường Ngô Quyền",
        "thu hoạch lúa",
        "Nhà văn hóa",
        "kết nối trực tuyến tới điểm cầu",
        "doanh nghiệp có vốn FDI",
        "nợ đọng xây dựng cơ bản",
        "năng suất lao động",
        "vận chuyển hành khách",
        "tin báo về tội phạm",
        "giá trị sản xuất trên 1 ha",
    ],
)
def test_phrases_that_are_no_indicator(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "is_slice"),
    [
        ("chi thường xuyên", True),
        ("tổng chi ngân sách", False),
        ("tổng đàn trâu, bò", True),
        ("tổng đàn", False),
        ("khách nội địa", True),
        ("BHXH tự nguyện", True),
    ],
)
def test_phrases_that_name_a_slice(text: str, is_slice: bool) -> None:
    (mention,) = find_indicators(level(text))
    assert mention.is_slice is is_slice


def test_a_headline_is_context_for_every_paragraph() -> None:
    text = "dịch bệnh làm 11 người chết"
    assert find_indicators(level(text), headline="tai nạn giao thông")[0].key == "traffic_deaths"


def test_offsets_are_those_of_the_text() -> None:
    text = "Tổng Thu Ngân Sách đạt"
    (mention,) = find_indicators(level(text))
    assert text[mention.start : mention.end] == "Tổng Thu Ngân Sách"


def test_every_key_has_labels_and_a_unit() -> None:
    rows = indicators()
    assert len(rows) > 90
    assert all(row.label_vi and row.label_en and row.default_unit for row in rows.values())


def test_begins_phrase() -> None:
    assert begins_phrase(["thành", "lập"], "chi")
    assert not begins_phrase(["thành", "lập"], "hôm")
    assert not begins_phrase(["hôm", "qua"], "chi")
