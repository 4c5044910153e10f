"""Observations phrase by phrase: measure, base, value, unit, bound, status, period (facts.md §4 and §6)."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.facts import read_facts
from scraper.facts.as_json import article_from_json, article_to_json, to_json
from scraper.items import Article, Observation

SEED = Path(__file__).parent.parent / "annotated" / "dev" / "le-chan-2023-04-11.json"


def article(
    body: str, headline: str = "Quận Lê Chân sơ kết quý I năm 2023", day: str = "2023-04-11"
) -> Article:
    return Article("https://x.test/1", "https://x.test/1", headline, body, date_published=day)


def read(
    body: str, headline: str = "Quận Lê Chân sơ kết quý I năm 2023", day: str = "2023-04-11"
) -> list[Observation]:
    return list(read_facts(article(body, headline, day), home_area="305").indicators)


def short(o: Observation) -> tuple[str, str, str | None, str, str, int]:
    return (o.indicator, o.measure, o.base, str(o.obs_value.normalize()), o.unit_measure, o.unit_mult)


@pytest.mark.parametrize(
    ("text", "observations"),
    [
        (
            "Tổng thu ngân sách đạt 27,1% kế hoạch thành phố giao, tăng 33% so với cùng kỳ.",
            [
                ("budget_revenue", "plan_ratio", "assigned_plan", "27.1", "percent", 0),
                ("budget_revenue", "change_rate", "same_period", "33", "percent", 0),
            ],
        ),
        (
            "Thu ngân sách đạt 648,7 tỷ đồng, bằng 71,3% dự toán năm; trong đó thuế ngoài quốc doanh 139 tỷ.",
            [
                ("budget_revenue", "level", None, "648.7", "VND", 9),
                ("budget_revenue", "plan_ratio", "annual_plan", "71.3", "percent", 0),
                ("non_state_tax_revenue", "level", None, "139", "VND", 9),
            ],
        ),
        (
            "Thu ngân sách được 98 tỷ 640 triệu đồng, vượt 18,8% dự toán.",
            [
                ("budget_revenue", "level", None, "98.64", "VND", 9),
                ("budget_revenue", "change_rate", "plan", "18.8", "percent", 0),
            ],
        ),
        (
            "Tiền sử dụng đất 402 tỷ đồng, gấp 2,3 lần cùng kỳ.",
            [
                ("land_use_revenue", "level", None, "402", "VND", 9),
                ("land_use_revenue", "multiple", "same_period", "2.3", "times", 0),
            ],
        ),
        (
            "Thu nội địa chỉ bằng 91,2% cùng kỳ.",
            [("domestic_revenue", "multiple", "same_period", "91.2", "percent", 0)],
        ),
        (
            "Tỷ lệ hộ nghèo giảm còn 0,46%, giảm 1,15% so với đầu năm.",
            [
                ("poverty_rate", "share", None, "0.46", "percent", 0),
                ("poverty_rate", "change_abs", "start_of_period", "-1.15", "percentage_point", 0),
            ],
        ),
        (
            "Xảy ra 68 vụ phạm pháp hình sự, giảm 9 vụ so với năm 2017 (11,7%).",
            [
                ("crime_cases", "level", None, "68", "case", 0),
                ("crime_cases", "change_abs", "previous_year", "-9", "case", 0),
                ("crime_cases", "change_rate", "previous_year", "-11.7", "percent", 0),
            ],
        ),
        (
            "Giải quyết việc làm cho 1.890 lao động, đạt 47,3% KH.",
            [
                ("jobs_created", "level", None, "1890", "person", 0),
                ("jobs_created", "plan_ratio", "annual_plan", "47.3", "percent", 0),
            ],
        ),
        (
            "Kết nạp 118/165 đảng viên (71,5%).",
            [
                ("party_members_admitted", "level", None, "118", "party_member", 0),
                ("party_members_admitted", "plan_ratio", "annual_plan", "71.5", "percent", 0),
            ],
        ),
        (
            "Đã điều tra làm rõ 38/41 vụ án, đạt 92,7%.",
            [
                ("crime_clearance_rate", "level", None, "38", "case", 0),
                ("crime_clearance_rate", "share", None, "92.7", "percent", 0),
            ],
        ),
        (
            "Chỉ số sản xuất công nghiệp (IIP) tăng 12,3%.",
            [("iip", "change_rate", "same_period", "12.3", "percent", 0)],
        ),
        (
            "Tổng thu ngân sách 412,63 tỉ đồng, đạt 71,4% dự toán thành phố giao và 58,9% dự toán HĐND quận.",
            [
                ("budget_revenue", "level", None, "412.63", "VND", 9),
                ("budget_revenue", "plan_ratio", "assigned_plan", "71.4", "percent", 0),
                ("budget_revenue", "plan_ratio", "own_plan", "58.9", "percent", 0),
            ],
        ),
        (
            "Sản lượng thuỷ sản 14.870 tấn (khai thác: 5.120 tấn; nuôi trồng: 9.750 tấn), bằng 78,4% KH.",
            [
                ("fishery_output", "level", None, "14870", "tonne", 0),
                ("fishery_output", "level", None, "5120", "tonne", 0),
                ("fishery_output", "level", None, "9750", "tonne", 0),
                ("fishery_output", "plan_ratio", "annual_plan", "78.4", "percent", 0),
            ],
        ),
        (
            "100% hộ nghèo có tết đầm ấm.",
            [("poverty_rate", "share", None, "100", "percent", 0)],
        ),
        (
            "Xã nâng cấp 12 km đường giao thông nông thôn, cấp 412 giấy phép xây dựng.",
            [
                ("road_built", "level", None, "12", "km", 0),
                ("construction_permits", "level", None, "412", "giấy phép", 0),
            ],
        ),
        (
            "Bắt 103 vụ, 121 đối tượng về ma tuý, tăng 12,4% số vụ và 18,9% số đối tượng so với cùng kỳ.",
            [
                ("drug_cases", "level", None, "103", "case", 0),
                ("other", "level", None, "121", "đối tượng", 0),
                ("drug_cases", "change_rate", "same_period", "12.4", "percent", 0),
                ("other", "change_rate", "same_period", "18.9", "percent", 0),
            ],
        ),
        (
            "Hoàn thành 100% chỉ tiêu tuyển quân được giao.",
            [("conscription", "plan_ratio", "assigned_plan", "100", "percent", 0)],
        ),
    ],
)
def test_phrases(text: str, observations: list[tuple[str, str, str | None, str, str, int]]) -> None:
    assert [short(o) for o in read(text)] == [
        (key, measure, base, str(Decimal(value).normalize()), unit, mult)
        for key, measure, base, value, unit, mult in observations
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết số 28-NQ/TU, Nghị quyết 42 và Kết luận số 21-KL/TW.",
        "Đảng bộ quận lần thứ XXIV, nhiệm kỳ 2020-2025, khóa 18.",
        "Sáng 11/4, từ 7 giờ 30 đến 9 giờ, dịch Covid-19 bước sang năm thứ 3.",
        "Bà Phạm Thị Hoa, 48 tuổi, bán rau.",
        "Kỳ họp thông qua 8 nghị quyết với 100% đại biểu có mặt tán thành.",
        "Ông được bầu với 34/36 phiếu.",
        "Về dự có trên 400 đại biểu và 35 trưởng thôn.",
        "Mức hỗ trợ 500.000 đồng cho mỗi hộ.",
        "Giá giữ xe máy 4.000 đồng/lượt.",
        "Gọi số 0258.3523.115 hoặc Tổng đài 1022.",
        "Bài viết đã có 18.240 lượt xem.",
        "Tổ 14 phường Trại Cau, số 42 Bạch Đằng, Quốc lộ 5, đường 356.",
        "Đề ra 6 nhiệm vụ trọng tâm và 11 nhóm giải pháp.",
        "Kỷ niệm 94 năm ngày thành lập Đảng, 2 năm liên tiếp khó khăn.",
        "Đơn vị nào dưới 45% thì phải giải trình.",
        "UBND quận họp trực tuyến với 15 phường.",
        "Kinh tế tăng trưởng hai con số, giảm một nửa số vụ.",
        "28 tập thể, 44 cá nhân được tặng giấy khen.",
    ],
)
def test_traps_are_no_observations(text: str) -> None:
    assert read(text) == []


def test_estimates_reach_to_the_end_of_the_sentence() -> None:
    found = read("Thu nội địa ước đạt 139 tỷ đồng, tăng 27%; phí, lệ phí 12 tỷ. Thu hải quan 9 tỷ đồng.")
    assert [o.obs_status for o in found] == ["E", "E", "E", "A"]


def test_a_stated_fact_ends_an_estimate() -> None:
    found = read("Giá trị sản xuất ước đạt 9 tỷ đồng; thu ngân sách đã thực hiện 412,6 tỷ đồng.")
    assert [o.obs_status for o in found] == ["E", "A"]


def test_targets_and_printed_plans() -> None:
    found = read("IIP tăng 15,3% (KH 15 - 15,5%). Phấn đấu cả năm thu ngân sách không dưới 700 tỷ đồng.")
    assert [(o.obs_status, o.bound, o.obs_value_upper) for o in found] == [
        ("A", "exact", None),
        ("T", "range", Decimal("15.5")),
        ("T", "at_least", None),
    ]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Thu ngân sách khoảng 12 tỷ đồng.", "about"),
        ("Thu ngân sách gần 753 tỷ đồng.", "about"),
        ("Thu ngân sách đạt trên 171 tỷ đồng.", "at_least"),
        ("Thu ngân sách ít nhất 12 tỷ đồng.", "at_least"),
        ("Thu ngân sách từ 12 tỷ đồng trở lên.", "at_least"),
        ("Tỷ lệ hộ nghèo dưới 1%.", "at_most"),
        ("Thu ngân sách tăng 1,5-2%.", "range"),
        ("Thu ngân sách đạt 12 tỷ đồng.", "exact"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert [o.bound for o in read(text)] == [bound]


def test_a_falling_range_is_negative_at_both_ends() -> None:
    (found,) = read("Phấn đấu kéo giảm tai nạn giao thông từ 5-10%.")
    assert (found.obs_value, found.obs_value_upper) == (Decimal(-5), Decimal(-10))


def test_periods_of_the_clause_then_the_sentence_then_the_article() -> None:
    found = read(
        "Xuất khẩu tháng 3 đạt 5 triệu USD, quý I đạt 17 triệu USD, tăng 24,8%. Thu ngân sách 9 tỷ đồng.",
    )
    assert [o.time_period for o in found] == ["2023-03", "2023-Q1", "2023-Q1", "2023-Q1"]


def test_a_month_and_what_has_run_since_january() -> None:
    found = read(
        "Thu ngân sách tháng 8 đạt 9 tỷ đồng; lũy kế 8 tháng đạt 80 tỷ đồng.", "Tin quận", "2023-09-05"
    )
    assert [o.time_period for o in found] == ["2023-08", "2023-01-01/P8M"]


def test_slices_keep_the_key_of_the_whole() -> None:
    found = read("GRDP ước tăng 11,84%; trong đó khu vực dịch vụ tăng 5,13%, xây dựng tăng 2%.")
    assert [(o.indicator, o.breakdown is not None) for o in found] == [
        ("grdp_growth", False),
        ("grdp_growth", True),
        ("grdp_growth", True),
    ]


def test_an_unknown_indicator_keeps_its_printed_name() -> None:
    (found,) = read("Toàn quận lắp 420 bóng đèn chiếu sáng.")
    assert found.indicator == "other"
    assert "bóng đèn" in found.indicator_name


def test_an_identical_statement_counts_once() -> None:
    text = "Thu ngân sách quý I đạt 9 tỷ đồng."
    assert len(read(f"{text}\n\n{text}")) == 1


def test_a_headline_counts_only_where_the_body_lacks_it() -> None:
    found = read(
        "Thu ngân sách đạt 9 tỷ đồng.", "Quý I/2023: thu ngân sách vượt 18% dự toán năm, đạt 9 tỷ đồng"
    )
    assert [(o.evidence.field, str(o.obs_value)) for o in found] == [("body_text", "9"), ("headline", "18")]


def test_a_number_about_nothing_is_a_problem() -> None:
    facts = read_facts(article("45%."))
    assert not facts.indicators
    assert [p.kind for p in facts.problems if p.stage == "facts"] == ["no_subject"]


def test_a_sentence_too_dense_for_prose_is_a_problem_and_not_read_on() -> None:
    facts = read_facts(article(", 5 vụ cháy" * 400))
    assert "too_dense" in [p.kind for p in facts.problems]
    assert len(facts.indicators) <= 120


def test_the_seed_article() -> None:
    document = json.loads(SEED.read_text(encoding="utf-8"))
    seed = article_from_json(document["article"])
    read_json = to_json(document["id"], seed, read_facts(seed))
    fields = ["indicator", "breakdown", "measure", "base", "obs_value", "obs_value_upper", "unit_measure"]
    fields += ["unit_mult", "bound", "obs_status", "time_period", "ref_area"]
    want = sorted(str([o.get(f) for f in fields]) for o in document["indicators"])
    assert sorted(str([o[f] for f in fields]) for o in read_json["indicators"]) == want


def test_json_gives_the_article_back() -> None:
    first = article("Thân bài", "Tít")
    assert article_from_json(article_to_json(first)) == first


@pytest.mark.parametrize("fields", [{}, {"headline": 3, "body_text": ""}, {"body_text": "x", "authors": 5}])
def test_json_refuses_what_is_no_article(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"article|must be"):
        article_from_json(fields)


WORDS = st.sampled_from(
    re.split(
        r"\|",
        "thu ngân sách|đạt|27,1%|kế hoạch|(|)|;|,|.|\n|tăng|9 tỷ|so với|cùng kỳ|trong đó|ước|phấn đấu"
        "|năm 2019|quý I|100%|lần|gấp|đảng viên|/|-|12/4|từ|đến|“|0",
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from(["2023-04-11", "2020-02-29", ""]))
def test_any_text_is_read_with_evidence(words: list[str], day: str) -> None:
    body = " ".join(words)
    facts = read_facts(article(body, "Tít 5%", day))
    for o in facts.indicators:
        text = body if o.evidence.field == "body_text" else "Tít 5%"
        assert text[o.evidence.start : o.evidence.end] == o.evidence.quote
        assert 0 < o.confidence <= 1
        assert o.rule
