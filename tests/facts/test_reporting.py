"""The period that an article reports on, and the period of a figure that names none of its own."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.facts.districts import read_areas
from scraper.facts.indicators import read_indicators
from scraper.facts.timeline import Timeline
from scraper.items import Article
from scraper.vietnamese.sentences import level, split_sentences


def _timeline(headline: str, body: str, published: str) -> Timeline:
    return Timeline(level(body), level(headline), date.fromisoformat(published), split_sentences(body))


def _periods(body: str, published: str, headline: str = "Huyện Đức Trọng họp") -> list[str]:
    url = "https://x.test/"
    article = Article(url=url, canonical_url=url, headline=headline, body_text=body, date_published=published)
    return [o.time_period for o in read_indicators(article, read_areas(article))[0]]


@pytest.mark.parametrize(
    ("headline", "body", "published", "period", "rule"),
    [
        # what headline or lead say is reviewed; of two the longer; the month that the headline alone names
        ("Huyện sơ kết 6 tháng đầu năm", "Thu đạt 5 tỷ.", "2023-07-05", "2023-S1", "default"),
        ("Sơ kết quý III và 9 tháng năm 2022", "Thu đạt 5 tỷ.", "2022-10-06", "2022-01-01/P9M", "default"),
        ("Thu ngân sách tháng 10 ước đạt 108 tỷ đồng", "Lũy kế 10 tháng 3.798 tỷ đồng.", "2022-10-28",
         "2022-10", "default"),
        # a session named after a month hears of the months up to it, where the text sums them up
        ("UBND tỉnh họp phiên thường kỳ tháng 8", "8 tháng, thu đạt 5 tỷ.", "2018-09-05", "2018-01-01/P8M",
         "default"),
        # who plans the year in January reports on the year before, in July on the half
        ("Ngành Thuế triển khai nhiệm vụ năm 2024", "Thu đạt 6.890 tỷ đồng.", "2024-01-15", "2023", "weak"),
        ("Huyện triển khai nhiệm vụ 6 tháng cuối năm", "Thu đạt 5 tỷ.", "2020-07-03", "2020-S1", "weak"),
        ("Công an triển khai công tác quý II/2023", "Bắt 5 vụ.", "2023-04-12", "2023-Q1", "weak"),
        # a congress looks back on its term
        ("Đại hội Đảng bộ xã Phú Bình nhiệm kỳ 2020-2025", "Thu đạt 5 tỷ.", "2020-05-28", "2015/2020",
         "weak"),
        ("Dấu ấn một nhiệm kỳ", "5 năm qua, thu đạt 5 tỷ.", "2020-08-05", "2015/2020", "weak"),
        # days that figures are of; a month that is counted up to a day
        ("Tổng kiểm soát giao thông", "Từ ngày 15 đến 29/5, Công an đã lập biên bản 13.284 trường hợp.",
         "2020-06-02", "2020-05-15/P15D", "weak"),
        # nothing named: the day of what happens within days, else the year
        ("Họp khẩn về bão số 10", "Còn 27 điểm sạt lở.", "2025-10-04", "2025-10-04", "day"),
        ("Tọa đàm về sầu riêng", "Huyện có 1.567 ha.", "2017-08-10", "2017", "open"),
    ],
)  # fmt: skip
def test_what_an_article_reports_on(headline: str, body: str, published: str, period: str, rule: str) -> None:
    timeline = _timeline(headline, body, published)
    assert (timeline.default, timeline.default_rule) == (period, rule)


@pytest.mark.parametrize(
    ("headline", "body", "published", "wrong"),
    [
        ("Tọa đàm về sầu riêng", "Năm 2012, sản lượng đạt 168 tấn.", "2017-08-10", "2012"),
        ("Tọa đàm về sầu riêng", "So với năm 2016, sản lượng tăng 5%.", "2017-08-10", "2016"),
        ("HĐND huyện nhiệm kỳ 2016-2021 họp", "Thu đạt 5 tỷ.", "2017-08-10", "2016/2021"),
        ("Lễ giao quân năm 2025", "Sáng 14/2, tổ chức Lễ giao, nhận quân năm 2025. Năm 2024 sửa 14 nhà.",
         "2025-02-14", "2024"),
        ("Huyện triển khai nhiệm vụ năm 2024", "Thu đạt 5 tỷ.", "2024-06-15", "2023"),
    ],
)  # fmt: skip
def test_what_an_article_does_not_report_on(headline: str, body: str, published: str, wrong: str) -> None:
    assert _timeline(headline, body, published).default != wrong


@pytest.mark.parametrize(
    ("body", "published", "periods"),
    [
        # what stands at the end of a term is of its last year, what was done over it is of the term
        ("Nhiệm kỳ 2015-2020, huyện kết nạp 1.012 đảng viên, nâng tổng số đảng viên lên 3.284 đảng viên.",
         "2020-06-09", ["2015/2020", "2020"]),
        ("Tỷ lệ hộ nghèo giảm từ 5,1% (năm 2015) xuống còn 0,87% năm 2020.", "2020-07-15", ["2015", "2020"]),
        ("Tỷ lệ hộ nghèo giảm từ 11,25% năm 2011 xuống còn 2,89%.", "2015-01-20", ["2011", "2015"]),
        # "hiện" leaves what was said before in the sentence
        ("Năm 2013, huyện có 5 xã đạt chuẩn; đến nay có 16 xã đạt chuẩn nông thôn mới. 6 tháng đầu năm, thu "
         "ngân sách đạt 5 tỷ đồng.", "2023-07-05", ["2013", "2023-S1", "2023-S1"]),
        # the year to date, and a sum without its months
        ("Trong tháng 8, xảy ra 22 vụ tai nạn giao thông. Từ đầu năm đến nay, xảy ra 726 vụ tai nạn giao "
         "thông.", "2019-09-03", ["2019-08", "2019-01-01/P8M"]),
        # a stock at a month's end is of the day, a sum up to it of the months
        ("Đến hết tháng 3, nợ bảo hiểm xã hội là 187,9 tỷ đồng.", "2022-04-12", ["2022-03-31"]),
        ("Đến hết tháng 5, thu ngân sách đạt 28,5 tỷ đồng.", "2021-06-18", ["2021-01-01/P5M"]),
        # the day that figures were made known on is not theirs
        ("Ngày 8/7, Chi cục Thống kê công bố: 6 tháng đầu năm, thu ngân sách đạt 5 tỷ đồng. Chi ngân sách "
         "đạt 3 tỷ đồng.", "2023-07-09", ["2023-S1", "2023-S1"]),
        # an hour is of the day that was named last
        ("Trước bão, ngày 16/7 huyện họp. Đến 19 giờ đã kêu gọi 412 lao động vào bờ. Huyện mở từ 7 giờ 30 "
         "đến 9 giờ.", "2023-07-17", ["2023-07-16"]),
        # a year before the one reported on does not hold for the next sentence
        ("6 tháng đầu năm 2018, thu ngân sách đạt 5 tỷ đồng. Năm 2017, tỷ lệ hộ nghèo còn 7,5%. Chi ngân "
         "sách đạt 3 tỷ đồng.", "2018-07-12", ["2018-S1", "2017", "2018-S1"]),
        # what is said more of a number keeps its period; "hiện" is of the day that is told of
        ("Ngày 28/5, huyện đối thoại với nông dân. Hội hiện có 31.206 hội viên, tăng 412 hội viên so với đầu "
         "nhiệm kỳ.", "2019-05-29", ["2019-05-28", "2019-05-28"]),
        # a deadline is the period of a target alone
        ("Huyện phấn đấu trước 30/11 thu ngân sách đạt 5 tỷ đồng.", "2021-08-19", ["2021-11-30"]),
    ],
)  # fmt: skip
def test_the_period_of_a_figure(body: str, published: str, periods: list[str]) -> None:
    assert _periods(body, published) == periods
