"""Which period a figure is given: what the clause says, what is looked back at, what stands on a day."""

from __future__ import annotations

import pytest

from scraper.facts import read_facts
from scraper.items import Article


@pytest.mark.parametrize(
    ("body", "day", "periods"),
    [
        # last year's value in brackets behind the comparison, of a money amount and of a count
        ("Vốn đăng ký 5 tháng đầu năm 2017 đạt 842 tỷ đồng, tăng 68% so với cùng kỳ năm trước (501 tỷ đồng).",
         "2017-06-19", ["2017-01-01/P5M", "2017-01-01/P5M", "2016-01-01/P5M"]),
        # a percent there is this year's change
        ("Quý I/2023 xảy ra 19 vụ tai nạn giao thông, tăng 5 vụ so với cùng kỳ (37%).", "2023-04-10",
         ["2023-Q1", "2023-Q1", "2023-Q1"]),
        # a target is not of a year that is over
        ("Tổng kết năm 2019. Phấn đấu đến cuối năm có 95,5% dân số tham gia BHYT.", "2020-01-10", ["2020"]),
        # what was lent over six months, and what was owed on their last day
        ("Doanh số cho vay trong 6 tháng đầu năm 2017 đạt 312 tỷ đồng.\n\nTổng dư nợ đến 30/6/2017 là "
         "1.806 tỷ đồng. Nợ quá hạn 9 tỷ đồng.", "2017-08-02", ["2017-S1", "2017-06-30", "2017-06-30"]),
        # how long something has been there is no period that is reported on
        ("Trong 9 tháng đầu năm 2025, thu ngân sách đạt 38 tỷ đồng. Sau 3 tháng thành lập, Đảng bộ xã "
         "kết nạp 11 đảng viên.", "2025-10-06", ["2025-01-01/P9M", "2025-01-01/P9M"]),
        # "hiện" within a task means the period that is reported on, not the one that is planned for
        ("Sơ kết 6 tháng đầu năm 2025.\n\n6 tháng cuối năm, phường tập trung hỗ trợ hộ nghèo "
         "(hiện còn 31 hộ).", "2025-08-05", ["2025-S1"]),
    ],
)  # fmt: skip
def test_period_of_figures(body: str, day: str, periods: list[str]) -> None:
    article = Article("https://x.test/1", "https://x.test/1", "Tin", body, date_published=day)
    assert [o.time_period for o in read_facts(article).indicators] == periods
