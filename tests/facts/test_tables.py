"""Printed tables: columns by their heads, rows by their names, and what is not understood said so."""

from __future__ import annotations

import pytest

from scraper.facts import read_facts
from scraper.facts.table_rows import find_tables
from scraper.html import blocks
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


def of_html(table: str) -> list[str]:
    """Return the row paragraphs of an HTML table as the article reader makes them."""
    return [block.text for block in blocks(f"<table>{table}</table>")]


def tr(*cells: str) -> str:
    """Return a row of cells; "2>So sánh" spans two columns, "v>Chỉ tiêu" two rows."""
    made = []
    for cell in cells:
        span, mark, words = cell.rpartition(">")
        attribute = "" if not mark else ' rowspan="2"' if span == "v" else f' colspan="{span}"'
        made.append(f"<td{attribute}>{words}</td>")
    return f"<tr>{''.join(made)}</tr>"


REVENUE = "budget_revenue"
READ: dict[str, tuple[list[str], list[tuple[str, str, str | None, str, str]]]] = {
    "plan and result under a year": (
        [tr("v>Chỉ tiêu", "v>Đơn vị tính", "2>Năm 2018", "2>So sánh (%)"),
         tr("Kế hoạch", "Thực hiện", "KH năm", "Cùng kỳ"),
         tr("Thu ngân sách nhà nước", "tỷ đồng", "900", "950", "105,6", "112,4")],
        [(REVENUE, "level", None, "900", "2018"), (REVENUE, "level", None, "950", "2018"),
         (REVENUE, "plan_ratio", "annual_plan", "105.6", "2018"),
         (REVENUE, "multiple", "same_period", "112.4", "2018")],
    ),
    "months under years": (
        [tr("v>Nội dung", "2>Năm 2017", "2>Năm 2018"), tr("6 tháng", "Cả năm", "6 tháng", "Cả năm"),
         tr("Thu nội địa (tỷ đồng)", "400", "900", "420", "950")],
        [("domestic_revenue", "level", None, "400", "2017-S1"),
         ("domestic_revenue", "level", None, "900", "2017"),
         ("domestic_revenue", "level", None, "420", "2018-S1"),
         ("domestic_revenue", "level", None, "950", "2018")],
    ),
    "years under a result": (
        [tr("v>Chỉ tiêu", "2>Thực hiện"), tr("2017", "2018"), tr("Tỷ lệ hộ nghèo (%)", "1,2", "0,8")],
        [("poverty_rate", "share", None, "1.2", "2017"), ("poverty_rate", "share", None, "0.8", "2018")],
    ),
    "a row that counts the columns below both": (
        [tr("v>TT", "v>Chỉ tiêu", "v>ĐVT", "2>Quý I/2019"), tr("Thực hiện", "So cùng kỳ (%)"),
         tr("A", "B", "C", "1", "2"), tr("1", "Thu nội địa", "tỷ đồng", "88", "104")],
        [("domestic_revenue", "level", None, "88", "2019-Q1"),
         ("domestic_revenue", "multiple", "same_period", "104", "2019-Q1")],
    ),
    "indicators over areas, plan and result below": (
        [tr("v>Địa phương", "2>Thu ngân sách (tỷ đồng)"), tr("Kế hoạch năm 2019", "Thực hiện quý I/2019"),
         tr("Quận Kiến An", "400", "120,5")],
        [(REVENUE, "level", None, "400", "2019"), (REVENUE, "level", None, "120.5", "2019-Q1")],
    ),
    "names below a line across the table": (
        [tr("Chỉ tiêu", "Đơn vị", "Quý I/2019"), tr("3>I. Tài chính"),
         tr("Thu nội địa", "tỷ đồng", "88"), tr("3>II. Xã hội"), tr("Tỷ lệ hộ nghèo", "%", "0,9")],
        [("domestic_revenue", "level", None, "88", "2019-Q1"),
         ("poverty_rate", "share", None, "0.9", "2019-Q1")],
    ),
    "a name that spans rows": (
        [tr("Nhóm chỉ tiêu", "Chỉ tiêu", "Đơn vị", "Quý I/2019"),
         tr("v>Tài chính", "Thu nội địa", "tỷ đồng", "88"), tr("Tổng chi ngân sách", "tỷ đồng", "61")],
        [("domestic_revenue", "level", None, "88", "2019-Q1"),
         ("budget_expenditure", "level", None, "61", "2019-Q1")],
    ),
    "the title as a row of its own": (
        [tr("3>Biểu 1. Kết quả thu ngân sách"), tr("Chỉ tiêu", "Đơn vị", "Quý I/2019"),
         tr("Thu nội địa", "tỷ đồng", "88")],
        [("domestic_revenue", "level", None, "88", "2019-Q1")],
    ),
}  # fmt: skip
NOT_READ: dict[str, list[str]] = {
    "a head of three rows": [
        tr("v>Chỉ tiêu", "2>Năm 2018"), tr("2>Thực hiện"), tr("", "Quý I", "Quý II"),
        tr("Thu nội địa", "88", "91"),
    ],
    "a difference in no unit": [
        tr("v>Chỉ tiêu", "2>So với cùng kỳ"), tr("Số tuyệt đối", "Mức tăng"), tr("Thu nội địa", "12", "9"),
    ],
    "cells that no head names": [
        tr("Chỉ tiêu", "", ""), tr("", "", "Thực hiện"), tr("Thu nội địa (tỷ đồng)", "88", ""),
    ],
    "two years for one column": [
        tr("v>Chỉ tiêu", "2>Năm 2017"), tr("Thực hiện 2018", "Số 2019"), tr("Thu nội địa", "8", "9"),
    ],
    "names and telephones": [
        tr("v>Họ và tên", "2>Liên hệ"), tr("Điện thoại", "Phòng"), tr("Nguyễn Văn A", "3.842.111", "204"),
    ],
    "a timetable": [
        tr("v>Thứ", "2>Buổi"), tr("Sáng", "Chiều"), tr("Hai", "8", "14"), tr("Ba", "7", "13"),
    ],
    "areas and what they are counted by is not said": [
        tr("v>Địa phương", "2>Quý I/2019"), tr("Số lượng", "Tỷ trọng (%)"), tr("Quận Kiến An", "12", "8"),
    ],
    "results of a match": [tr("Đội", "Trận", "Điểm"), tr("Lê Chân", "5", "12"), tr("Hồng Bàng", "5", "9")],
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_heads_of_two_rows_and_cells_that_span_are_read_in_their_columns(name: str) -> None:
    rows, right = READ[name]
    found = read(*of_html("".join(rows)))
    assert [(*short(o)[:4], o.time_period) for o in found.indicators] == right
    assert all(o.evidence.quote.endswith(o.evidence.quote.split(" | ")[-1]) for o in found.indicators)


@pytest.mark.parametrize("name", NOT_READ)
def test_a_table_whose_heads_are_not_sure_gives_a_problem_and_no_figure(name: str) -> None:
    found = read(*of_html("".join(NOT_READ[name])))
    assert found.indicators == ()
    assert found.problems


def test_a_line_across_the_table_that_names_an_area_says_whose_the_rows_are() -> None:
    found = read(*of_html(
        tr("Chỉ tiêu", "Đơn vị", "Quý I/2019") + tr("3>Quận Kiến An") + tr("Thu nội địa", "tỷ đồng", "88")
        + tr("3>Quận Hải An") + tr("Thu nội địa", "tỷ đồng", "92")
    ))  # fmt: skip
    assert [(o.ref_area, str(o.obs_value)) for o in found.indicators] == [("307", "88"), ("306", "92")]


def test_a_hostile_table_does_not_grow_with_what_its_cells_claim_to_span() -> None:
    (row,) = blocks("<table><tr>" + "<td colspan=60>1</td>" * 2_000 + "</tr></table>")
    assert row.text.count("1") == 2_000
    assert row.text.count("|") < 2_200
