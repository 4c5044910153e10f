"""Tables of attached files whose heads take two rows: merged cells stay in their columns."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook

from scraper.documents.reader import read_document
from scraper.facts import read_facts
from scraper.items import Article
from scraper.replica.attachments import pdf

ROWS = (
    ("Chỉ tiêu", "Năm 2018", ""),
    ("", "Kế hoạch", "Thực hiện"),
    ("Thu ngân sách nhà nước (tỷ đồng)", "900", "950"),
)
MERGED = (((0, 0), (1, 0)), ((0, 1), (0, 2)))
"""First and last cell of each that spans others, as (row, column)."""


def docx() -> bytes:
    made, out = Document(), BytesIO()
    table = made.add_table(len(ROWS), 3)
    for first, last in MERGED:
        table.cell(*first).merge(table.cell(*last))
    for y, row in enumerate(ROWS):
        for x, words in enumerate(row):
            if words:
                table.cell(y, x).text = words
    made.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu 1"
    for row in ROWS:
        sheet.append([int(words) if words.isdecimal() else words or None for words in row])
    for (top, left), (bottom, right) in MERGED:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("made", [docx, xlsx, lambda: pdf("Biểu 1", ROWS)], ids=["docx", "xlsx", "pdf"])
def test_plan_and_result_stand_under_their_year(made: Callable[[], bytes]) -> None:
    document, problems = read_document(made(), "https://thongke.test/bieu")
    assert document is not None
    assert problems == ()
    article = Article(
        "https://x.test/1", "https://x.test/1", "Biểu số liệu", document.text, date_published="2019-01-15"
    )
    found = read_facts(article, home_area="31").indicators
    assert [(o.indicator, o.obs_status, str(o.obs_value), o.time_period) for o in found] == [
        ("budget_revenue", "T", "900", "2018"),
        ("budget_revenue", "A", "950", "2018"),
    ]
