"""Where a figure's period, area, status and subject come from, shape by shape (facts.md §4, language.md)."""

from __future__ import annotations

import pytest

from scraper.facts import read_facts
from scraper.items import Article, Facts, Observation

HEADLINE = "Quận Lê Chân họp đánh giá công tác"


def facts(body: str, headline: str = HEADLINE, day: str | None = "2023-08-02", home: str = "305") -> Facts:
    return read_facts(
        Article("https://x.test/1", "https://x.test/1", headline, body, date_published=day), home
    )


def read(body: str, headline: str = HEADLINE, day: str | None = "2023-08-02") -> list[Observation]:
    return list(facts(body, headline, day).indicators)


@pytest.mark.parametrize(
    ("headline", "day", "body", "periods"),
    [
        (  # a running term in the lead is no reporting period
            "Khai mạc kỳ họp thứ 2 HĐND quận Lê Chân",
            "2021-07-14",
            "Sáng 13/7, HĐND quận Lê Chân khóa XIX, nhiệm kỳ 2021-2026 tổ chức kỳ họp thứ 2.\n\n"
            "Tổng thu ngân sách 6 tháng đầu năm đạt 500 tỷ đồng.\n\nQuận kết nạp 50 đảng viên.",
            ["2021-S1", "2021-S1"],
        ),
        (  # a day in words is no count of months
            "Kỳ họp thứ 13 HĐND quận Kiến An",
            "2019-12-12",
            "Chiều ngày 10 tháng 12 năm 2019, HĐND quận Kiến An tổ chức kỳ họp thứ 13 "
            "(kỳ họp thường lệ cuối năm 2019).\n\nTỷ lệ hộ nghèo còn 0,74%.",
            ["2019"],
        ),
        (  # an unfinished year is not what is reported on: the day up to which it is
            "Giao ban giải ngân đầu tư công",
            "2023-08-15",
            "Sáng 15/8, thành phố giao ban về giải ngân vốn đầu tư công năm 2023.\n\n"
            "Đến 31/7, toàn thành phố giải ngân 6.971 tỷ đồng. Khối quận, huyện giải ngân 900 tỷ đồng.\n\n"
            "Huyện An Lão giải ngân 100 tỷ đồng.",
            ["2023-07-31", "2023-07-31", "2023-07-31"],
        ),
        (  # deixis: the month that is reported on, not that of the publication
            "Quận Lê Chân: Kinh tế - xã hội 7 tháng năm 2023",
            "2023-08-02",
            "Sáng 1/8, quận họp đánh giá công tác tháng 7, 7 tháng, triển khai nhiệm vụ tháng 8.\n\n"
            "Trong tháng, quận đón 612.300 lượt khách; lũy kế 1,9 triệu lượt khách.",
            ["2023-07", "2023-01-01/P7M"],
        ),
        (  # the period of a list in brackets before a colon
            "Quận Lê Chân: Kinh tế - xã hội 8 tháng năm 2022",
            "2022-08-30",
            "Tai nạn giao thông (từ 15/7 đến 14/8): xảy ra 22 vụ, 17 người chết.",
            ["2022-07-15/P1M", "2022-07-15/P1M"],
        ),
        (  # "cả năm" behind a plan belongs to the plan
            HEADLINE,
            "2021-08-19",
            "7 tháng đầu năm thu ngân sách 402,6 tỷ đồng bằng 112% dự toán thành phố giao cả năm.",
            ["2021-01-01/P7M", "2021-01-01/P7M"],
        ),
        (  # from one year to another, and the average over both
            HEADLINE,
            "2020-08-06",
            "Tỷ lệ hộ nghèo từ 3,97% năm 2016 xuống còn 0,62% cuối năm 2019.",
            ["2016", "2019"],
        ),
        (  # what is said of a number goes on in its period
            "Quận Lê Chân tổng kết công tác năm 2021",
            "2021-12-23",
            "Quận kết nạp được 165 đảng viên năm 2021, tăng 7,1% so với năm 2020.",
            ["2021", "2021"],
        ),
    ],
)
def test_periods(headline: str, day: str, body: str, periods: list[str]) -> None:
    assert [o.time_period for o in read(body, headline, day) if o.evidence.field == "body_text"] == periods


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("Quý IV, quận đón ít nhất 1,2 triệu lượt khách.", ["T"]),
        ("Chủ tịch UBND quận hứa đến 30/9 kết nạp 60 đảng viên.", ["T"]),
        ("Dự kiến đón 30 nghìn lượt du khách.", ["E"]),
        ("IIP tháng 7 dự tính tăng 3,87% so với tháng trước.", ["E"]),
        ("Chi ngân sách địa phương ước đạt 421 tỷ đồng.", ["E"]),
        ("Trị giá hàng vi phạm ước tính 216 tỷ đồng; khởi tố 3 vụ án.", ["E", "A"]),
        ("Kế hoạch vốn đầu tư công năm 2023 của quận là 19.203,7 tỷ đồng.", ["T"]),
        ("Quận yêu cầu xử lý dứt điểm 38 vụ khiếu kiện tồn đọng.", ["A"]),
    ],
)
def test_statuses(body: str, statuses: list[str]) -> None:
    assert [o.obs_status for o in read(body)] == statuses


@pytest.mark.parametrize(
    ("body", "areas"),
    [
        ("Phường An Biên và phường Cát Dài thu ngân sách 12 tỷ đồng.", ["305"]),
        ("Chi cục Thuế quận Kiến An 500 tỷ đồng.", ["305"]),
        ("Quận duy trì 7 chốt giáp ranh quận Kiến An, quận Hải An với 120 người.", ["305", "305"]),
        ("Đến năm 2025, huyện An Dương cơ bản trở thành quận, thu ngân sách đạt 90 tỷ đồng.", ["312"]),
        (
            "Quận Kiến An kết nạp 12 đảng viên; quận Hải An kết nạp 15 đảng viên, tăng 3%.",
            ["307", "306", "306"],
        ),
    ],
)
def test_areas(body: str, areas: list[str]) -> None:
    assert [o.ref_area for o in read(body)] == areas


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        ("Tiêm vắc xin cho học sinh đạt 97,9%.", ["vaccination"]),
        ("Quận thu hồi thêm 27,3 ha đất.", ["site_clearance"]),
        ("Chủ đầu tư đã bàn giao 96,7% mặt bằng.", ["site_clearance"]),
        ("Quận cấp mới 32 dự án đầu tư.", ["investment_projects"]),
        ("Tổng vốn đăng ký của doanh nghiệp mới giảm 1,61%.", ["registered_capital"]),
        (
            "So với cùng kỳ: tổng giá trị sản xuất tăng 12,8%; thu ngân sách tăng 3%.",
            ["production_value", "budget_revenue"],
        ),
        (
            "Quận đón 612.300 lượt khách, trong đó khách quốc tế 38.450 lượt; lũy kế 7 tháng 1,9 triệu lượt.",
            ["tourist_arrivals", "international_tourists", "tourist_arrivals"],
        ),
        (
            "Đàn lợn 41.000 con, sản lượng thủy sản 900 tấn, tăng lần lượt 6,4% và 2,9%.",
            ["livestock_output", "fishery_output", "livestock_output", "fishery_output"],
        ),
        ("Đón 2 du khách bị thương.", ["other"]),
    ],
)
def test_subjects(body: str, subjects: list[str]) -> None:
    assert [o.indicator for o in read(body)] == subjects


def test_named_in_turn() -> None:
    found = read("Cơ cấu dịch vụ, công nghiệp, nông nghiệp lần lượt là 74,1%, 23,8%, 2,1%.")
    assert [(o.indicator_name.split()[-2:], str(o.obs_value)) for o in found] == [
        (["dịch", "vụ"], "74.1"),
        (["công", "nghiệp"], "23.8"),
        (["nông", "nghiệp"], "2.1"),
    ]


@pytest.mark.parametrize(
    ("body", "readings"),
    [
        ("Giải ngân vốn đầu tư công đạt 33,4 tỷ đồng, bằng 104,2% cùng kỳ.", [("multiple", "same_period")]),
        ("Thu ngân sách đạt 5 tỷ đồng, bằng 47,5% dự toán thành phố giao (cùng kỳ đạt 55%).",
         [("plan_ratio", "assigned_plan"), ("plan_ratio", "assigned_plan")]),
        ("CPI tháng 7 giảm 0,14% so với tháng trước, trong đó nhóm giao thông giảm 5,22%.",
         [("change_rate", "previous_period"), ("change_rate", "previous_period")]),
        ("So với tháng 12/2022, CPI tăng 3,51%.", [("change_rate", "start_of_period")]),
        ("Giá thép tăng 35% kể từ đầu năm.", [("change_rate", "start_of_period")]),
        ("Nợ thuế là 412 tỷ đồng, giảm 35% so với 31/12/2022.", [("change_rate", "start_of_period")]),
    ],
)  # fmt: skip
def test_bases(body: str, readings: list[tuple[str, str]]) -> None:
    assert [(o.measure, o.base) for o in read(body) if o.measure != "level"] == readings


@pytest.mark.parametrize(
    "body",
    [
        "Tài liệu in nhầm 21,3%.",
        "Con số hơn 3.200 tỷ đồng lan truyền trên mạng là không đúng.",
        "Nghị quyết giảm 2% thuế VAT có hiệu lực.",
        "Về kiến nghị ứng trước 120 tỷ đồng, Chủ tịch giao Sở Tài chính thẩm định.",
        "Khu tái định cư rộng 12,3 ha.",
        "Điển hình, ngày 14/5, Đội phát hiện 1 container chứa 7,2 tấn ngà voi.",
        "Xe ùn tới 6km.",
        "Tai nạn giao thông giảm cả 3 tiêu chí.",
        "Ngày 1/8/2023, Tổ đại biểu HĐND quận Lê Chân tiếp xúc cử tri 34 phường.",
    ],
)
def test_no_figures_and_no_problems(body: str) -> None:
    found = facts(body)
    assert found.indicators == ()
    assert [p for p in found.problems if p.stage == "facts"] == []


@pytest.mark.parametrize(
    ("body", "kind", "quote"),
    [
        ("Quận có 12 glamping đón khách.", "unit_not_understood", "Quận có 12 glamping đón khách"),
        ("Thủ tục được cắt giảm, nay còn 276.", "unit_missing", "Thủ tục được cắt giảm, nay còn 276."),
    ],
)
def test_what_is_not_understood_is_said(body: str, kind: str, quote: str) -> None:
    (problem,) = facts(body).problems
    assert (problem.stage, problem.kind, problem.quote) == ("facts", kind, quote)


@pytest.mark.parametrize(
    "body",
    [
        "Thực hiện Nghị quyết số 28-NQ/TU ngày 5/4/2021, quận ban hành 3 kế hoạch.",
        "Hội nghị lần thứ 13 có 120 đại biểu dự tại số 42 Bạch Đằng.",
        "Đường dây nóng 0912345678, ông Nam 54 tuổi.",
    ],
)
def test_what_is_understood_and_no_figure_is_no_problem(body: str) -> None:
    assert facts(body).problems == ()


def test_an_undated_article_keeps_only_what_its_text_dates() -> None:
    found = facts("Năm 2022 quận thu ngân sách 500 tỷ đồng. Tháng 3, quận kết nạp 12 đảng viên.", "Tin", None)
    assert [(o.indicator, o.time_period) for o in found.indicators] == [("budget_revenue", "2022")]
    assert [p.quote for p in found.problems if p.kind == "period_open"] == ["kết nạp 12 đảng viên"]


def test_things_counted_are_named_without_their_circumstances() -> None:
    (found,) = read("Quận đảm bảo 100% các hộ gia đình trên địa bàn quận đều có tết đầm ấm.")
    assert found.indicator_name == "hộ gia đình có tết đầm ấm"
