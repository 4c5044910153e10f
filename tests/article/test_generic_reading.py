"""Pages of every kind with their portal's file withheld: read right, and better than by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

import pytest

from benchmarks.generic_reading import (
    METRICS,
    OURS,
    READERS,
    TRAFILATURA,
    WORSE_IS_MORE,
    Page,
    bare,
    judge,
    recorded_pages,
    replica_pages,
)
from scraper.page.kinds import kind_of
from scraper.page.metadata import without_site

Rows = dict[str, dict[str, list[float]]]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    served = replica_pages(40, 5)
    return served + recorded_pages() + bare(served[::3])


def rows_of(system: str, pages: list[Page]) -> Rows:
    read, _ = READERS[system]()
    rows: Rows = {}
    for page in pages:
        row = rows.setdefault(page.group, {metric: [] for metric in METRICS})
        for metric, values in judge(read(page.html, page.url, page.content_type), page.right).items():
            row[metric] += values
    return rows


@pytest.fixture(scope="module")
def ours(pages: list[Page]) -> Rows:
    return rows_of(OURS, pages)


@pytest.fixture(scope="module")
def theirs(pages: list[Page]) -> Rows:
    return rows_of(TRAFILATURA, pages)


def means(rows: Rows, metric: str) -> Iterator[tuple[str, float]]:
    for group, row in rows.items():
        if row[metric]:
            yield group, mean(row[metric])


@pytest.mark.parametrize("metric", METRICS)
def test_no_row_is_worse_than_trafilaturas(ours: Rows, theirs: Rows, metric: str) -> None:
    other = dict(means(theirs, metric))
    sign = -1 if metric in WORSE_IS_MORE else 1
    worse = {
        group: value for group, value in means(ours, metric) if sign * value < sign * other.get(group, 0)
    }
    assert not worse


def test_bodies_headlines_and_days_are_right_nearly_everywhere(ours: Rows) -> None:
    named = [row for group, row in ours.items() if not group.startswith("bare")]
    for metric in ("body", "headline", "date"):
        assert mean(value for row in named for value in row[metric]) >= 0.99, metric
    for metric in ("captions", "boilerplate"):
        assert mean(value for row in named for value in row[metric]) <= 0.01, metric


def test_bodies_and_days_need_no_names_in_the_markup(ours: Rows) -> None:
    for metric in ("body", "date"):
        bare_rows = [row for group, row in ours.items() if group.startswith("bare")]
        assert mean(value for row in bare_rows for value in row[metric]) >= 0.97, metric


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Báo cáo tình hình kinh tế - xã hội tháng 8", "Báo cáo tình hình kinh tế - xã hội tháng 8"),
        ("Họp báo quý I - Báo Hải Phòng", "Họp báo quý I"),
        ("Kỳ họp thứ 5 | Cổng thông tin điện tử huyện", "Kỳ họp thứ 5"),
        ("Đài Truyền thanh - Tin trong ngày 3/4", "Tin trong ngày 3/4"),
    ],
)
def test_a_sites_name_is_taken_off_a_title_and_a_report_is_no_paper(title: str, headline: str) -> None:
    assert without_site(title) == headline


PRESS = ["- Báo Nhân Dân có bài về cảng.", "- Báo Lao Động phản ánh.", "2. Báo Tiền Phong đăng tin."]
ITEMS = ["Quận Lê Chân thu 12 tỷ đồng.", "Tại huyện An Lão, 3 xã đạt chuẩn.", "Phường Gia Viên trao quà."]


@pytest.mark.parametrize(
    ("headline", "paragraphs", "kind"),
    [
        ("Điểm báo ngày 12/4/2023", ["Các báo trong ngày đưa tin."], "press_digest"),
        ("Điểm tin báo chí sáng 5/6", [], "press_digest"),
        ("Báo chí viết về thành phố", ["Một tuần nhìn lại."], "press_digest"),
        ("Tin trong ngày", PRESS, "press_digest"),
        ("Báo Hải Phòng trao quà Tết", ["Báo Hải Phòng có nhiều việc tốt.", "Buổi lễ diễn ra."], "news"),
        ("Tin cơ sở", ["Nhịp sống các địa phương.", *ITEMS], "roundup"),
        ("Hai quận ký kết", ITEMS[:2], "news"),
        ("Họp giao ban", ["Sáng 3/4, thành phố họp.", "Các ý kiến.", "Kết luận.", *ITEMS[:2]], "news"),
        ("Bảng xếp hạng", [f"{item} | 5 | 6" for item in ITEMS], "news"),
        ("Xã hội hóa", ["Xã hội hóa là chủ trương lớn.", "Huyện ủy chỉ đạo.", "Phường đội ra quân."], "news"),
    ],
)  # fmt: skip
def test_digests_and_roundups_are_told_from_news(headline: str, paragraphs: list[str], kind: str) -> None:
    assert kind_of(headline, (), paragraphs, "text") == kind


def test_a_page_without_text_is_of_its_content_kind() -> None:
    assert kind_of("Quyết định số 12/QĐ-UBND", (), [], "attachment_only") == "attachment_only"
    assert kind_of("Điểm báo", ("Tin tức",), [], "image_only") == "press_digest"
