"""Printed tables: columns by their heads, rows by their names, and what is not understood said so."""

from __future__ import annotations

import pytest

from scraper.facts import read_facts
from scraper.facts.tables import find_tables
from scraper.items import Article, Facts, Observation

HEADLINE = "Thống kê quận Lê Chân: Các chỉ tiêu chủ yếu quý I/2019"
CAPTION = "Dưới đây là một số chỉ tiêu của quận Lê Chân quý I/2019."


def read(*rows: str, caption: str = CAPTION, headline: str = HEADLINE, day: str = "2019-04-02") -> Facts:
    body = "\n\n".join([caption, *rows, "Kinh tế quận tiếp tục duy trì đà tăng trưởng."])
    article = Article("https://x.test/1", "https://x.test/1", headline, body, date_published=day)
    return read_facts(article, home_area="305")


def short(o: Observation) -> tuple[str, str, str | None, str, str, int, str, str]:
    value = format(o.obs_value.normalize(), "f")
    return (o.indicator, o.measure, o.base, value, o.unit_measure, o.unit_mult, o.obs_status, o.time_period)


@pytest.mark.parametrize(
    ("rows", "observations"),
    [
        (
            [
                "Chỉ tiêu | Đơn vị | Thực hiện quý I/2019 | So với kế hoạch năm (%) | So với cùng kỳ (%)",
                "Thu ngân sách nhà nước | tỷ đồng | 379,7 | 25,8 | 110,8",
            ],
            [
                ("budget_revenue", "level", None, "379.7", "VND", 9, "A", "2019-Q1"),
                ("budget_revenue", "plan_ratio", "annual_plan", "25.8", "percent", 0, "A", "2019-Q1"),
                ("budget_revenue", "multiple", "same_period", "110.8", "percent", 0, "A", "2019-Q1"),
            ],
        ),
        (  # a bare rate beside a plan and what was done of it is of that plan; the plan is of the same thing
            [
                "Đơn vị | Kế hoạch vốn năm 2019 (tỷ đồng) | Giải ngân đến 31/3 (tỷ đồng) | Tỷ lệ (%)",
                "Phường An Biên | 612,4 | 301,8 | 49,3",
            ],
            [
                ("public_investment_disbursement", "level", None, "612.4", "VND", 9, "T", "2019"),
                ("public_investment_disbursement", "level", None, "301.8", "VND", 9, "A", "2019-03-31"),
                (
                    "public_investment_disbursement",
                    "plan_ratio",
                    "annual_plan",
                    "49.3",
                    "percent",
                    0,
                    "A",
                    "2019-03-31",
                ),
            ],
        ),
        (
            [
                "Chỉ tiêu | Đơn vị tính | Ước 3 tháng năm 2019 | Tỷ lệ so cùng kỳ (%)",
                "Bia | Nghìn lít | 42.300 | 136,2",
                "Kim ngạch xuất khẩu | Triệu USD | 1.118 | 129,8",
            ],
            [
                ("other", "level", None, "42300", "lít", 3, "E", "2019-Q1"),
                ("other", "multiple", "same_period", "136.2", "percent", 0, "E", "2019-Q1"),
                ("exports", "level", None, "1118", "USD", 6, "E", "2019-Q1"),
                ("exports", "multiple", "same_period", "129.8", "percent", 0, "E", "2019-Q1"),
            ],
        ),
        (
            [
                "TT | Tên chỉ tiêu | ĐVT | Kế hoạch năm 2019 | Thực hiện | Đạt so với KH thành phố giao (%)",
                "A | B | C | 1 | 2 | 3=2/1",
                "1 | Kết nạp đảng viên | đảng viên | 160 | 40 | 25",
            ],
            [
                ("party_members_admitted", "level", None, "160", "party_member", 0, "T", "2019"),
                ("party_members_admitted", "level", None, "40", "party_member", 0, "A", "2019-Q1"),
                ("party_members_admitted", "plan_ratio", "assigned_plan", "25", "percent", 0, "A", "2019-Q1"),
            ],
        ),
        (
            [
                "Chỉ tiêu | Quý I/2018 (tỷ đồng) | Quý I/2019 (tỷ đồng) | Tăng, giảm so với cùng kỳ (%)",
                "Tổng chi ngân sách | 310 | 271,2 | -12,5",
            ],
            [
                ("budget_expenditure", "level", None, "310", "VND", 9, "A", "2018-Q1"),
                ("budget_expenditure", "level", None, "271.2", "VND", 9, "A", "2019-Q1"),
                ("budget_expenditure", "change_rate", "same_period", "-12.5", "percent", 0, "A", "2019-Q1"),
            ],
        ),
        (
            [
                "Nội dung | Năm 2017 | Năm 2018",
                "Tỷ lệ hộ nghèo (%) | 1,2 | 0,8",
                "Thu nội địa (tỷ đồng) | 900 | -",
            ],
            [
                ("poverty_rate", "share", None, "1.2", "percent", 0, "A", "2017"),
                ("poverty_rate", "share", None, "0.8", "percent", 0, "A", "2018"),
                ("domestic_revenue", "level", None, "900", "VND", 9, "A", "2017"),
            ],
        ),
        (
            [
                "Chỉ tiêu | Thực hiện | Cùng kỳ | Tỷ trọng (%)",
                "Thu ngân sách nhà nước | 500 tỷ đồng | 450 tỷ đồng | 100",
            ],
            [
                ("budget_revenue", "level", None, "500", "VND", 9, "A", "2019-Q1"),
                ("budget_revenue", "level", None, "450", "VND", 9, "A", "2018-Q1"),
                ("budget_revenue", "share", None, "100", "percent", 0, "A", "2019-Q1"),
            ],
        ),
    ],
)
def test_columns(rows: list[str], observations: list[tuple[object, ...]]) -> None:
    assert [short(o) for o in read(*rows).indicators] == observations


def test_evidence_is_the_row_up_to_the_cell() -> None:
    facts = read("Chỉ tiêu | Đơn vị | Thực hiện | So cùng kỳ (%)", "Thu nội địa | tỷ đồng | 379,7 | 110,8")
    assert [o.evidence.quote for o in facts.indicators] == [
        "Thu nội địa | tỷ đồng | 379,7",
        "Thu nội địa | tỷ đồng | 379,7 | 110,8",
    ]


def test_a_dashed_row_is_a_part_of_the_row_above() -> None:
    facts = read(
        "Chỉ tiêu | Đơn vị | Thực hiện",
        "Sản lượng thủy sản | tấn | 900",
        "- Vùng nước lợ | tấn | 400",
        "Trong đó: ao đầm | tấn | 200",
    )
    assert [(o.indicator, o.breakdown) for o in facts.indicators] == [
        ("fishery_output", None),
        ("fishery_output", "Vùng nước lợ"),
        ("fishery_output", "ao đầm"),
    ]


def test_a_table_of_areas_takes_the_indicator_from_the_head() -> None:
    facts = read(
        "Địa phương | Thu ngân sách (tỷ đồng) | Diện tích gieo trồng (ha)",
        "Quận Kiến An | 120,5 | 300",
        caption="Kết quả quý I/2019 của một số địa phương.",
        headline="Hải Phòng: kết quả quý I/2019",
    )
    assert [(o.indicator, o.ref_area, str(o.obs_value)) for o in facts.indicators] == [
        ("budget_revenue", "307", "120.5"),
        ("crop_area", "307", "300"),
    ]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (["Họ tên | Ghi chú", "Nguyễn Văn A | 12"], "table_head_not_understood"),
        (
            ["Chỉ tiêu | Đơn vị | Thực hiện | Mã tra", "Thu nội địa | tỷ đồng | 3 | 7"],
            "column_not_understood",
        ),
        (["Chỉ tiêu | Thực hiện", "Thu nội địa | 379,7"], "unit_not_understood"),
        (["Chỉ tiêu | Đơn vị | Thực hiện", "Thu nội địa | tỷ đồng | 3 đến nhiều"], "cell_not_understood"),
        (
            ["Chỉ tiêu | Đơn vị | Quý I | So sánh", "KH | Cùng kỳ", "Thu nội địa | tỷ đồng | 3 | 4 | 5"],
            "table_head_not_understood",
        ),
    ],
)
def test_what_is_not_understood_is_said(rows: list[str], kind: str) -> None:
    facts = read(*rows)
    assert kind in [p.kind for p in facts.problems]
    assert all(p.quote for p in facts.problems)


def test_one_line_with_bars_is_no_table() -> None:
    assert find_tables("tin tức | thời sự\n\nthu ngân sách đạt 3 tỷ đồng.") == []
