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
        # parts told in a paragraph of their own, and a bank's day that holds for what follows it
        ("Ước thu tháng 9-2023 từ dịch vụ lưu trú và ăn uống đạt 1.186 tỷ đồng.\n\nTrong đó, doanh thu "
         "lĩnh vực lưu trú ước đạt 142 tỷ đồng.\n\nCộng dồn 9 tháng năm 2023, doanh thu dịch vụ lưu trú và "
         "ăn uống ước đạt 9.725 tỷ đồng.", "2023-10-09", ["2023-09", "2023-09", "2023-01-01/P9M"]),
        ("Tổng kết công tác năm 2021.\n\nĐến 30/11/2021, tổng dư nợ tín dụng đạt 64.310 tỷ đồng. Nợ xấu "
         "520 tỷ đồng.", "2021-12-21", ["2021-11-30", "2021-11-30"]),
        # "hiện" within a task means the period that is reported on, not the one that is planned for
        ("Sơ kết 6 tháng đầu năm 2025.\n\n6 tháng cuối năm, phường tập trung hỗ trợ hộ nghèo "
         "(hiện còn 31 hộ).", "2025-08-05", ["2025-S1"]),
    ],
)  # fmt: skip
def test_period_of_figures(body: str, day: str, periods: list[str]) -> None:
    article = Article("https://x.test/1", "https://x.test/1", "Tin", body, date_published=day)
    assert [o.time_period for o in read_facts(article).indicators] == periods


def test_a_round_number_of_the_headline_that_the_body_has_exactly() -> None:
    """Hơn 71 ngàn hộ beside 71.330 hộ is no figure of its own; one that the body lacks is."""
    body = "Ngân hàng cho vay 71.330 hộ gia đình chính sách."
    for headline, count in (("Hơn 71 ngàn hộ chính sách được vay", 0), ("Hơn 95 ngàn hộ nghèo được vay", 1)):
        article = Article("https://x.test/1", "https://x.test/1", headline, body, date_published="2017-08-02")
        found = read_facts(article).indicators
        assert sum(o.evidence.field == "headline" for o in found) == count
