"""What becomes of articles over three nights of crawl and load: edited, only decorated anew, gone, back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import orchestrate
from scraper.crawl.frontier import Frontier
from tests.crawl.site import HTML, Page, Site, portal_for, run_crawl
from tests.warehouse.tables import rows

FIRST = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PATHS = [f"/hoi-nghi-so-{number}.html" for number in range(6)]
ERROR = """<html><head><title>Thông báo</title></head><body><h1>Không tìm thấy trang</h1>
<p>Nội dung bạn yêu cầu không tồn tại hoặc đã bị gỡ bỏ.</p></body></html>"""


def page(number: int, night: int, said: str = "") -> Page:
    """An article whose furniture is another each night."""
    others = "".join(
        f'<li><a href="/tin-{night}-{n}.html">Tin khác số {night * 7 + n}</a></li>' for n in range(4)
    )
    return Page(
        f"""<html><head><title>Hội nghị số {number}</title></head><body>
<div class="header"><span class="clock">Thứ hai, {night + 1}/3/2026, 08:1{night}</span></div>
<h1>Quận tổ chức hội nghị số {number}</h1>
<div class="meta">Ngày đăng: 01/06/2025 08:30 | Lượt xem: {night * 41 + number}</div>
<div class="share">Chia sẻ: <a href="#fb">Facebook {night}</a> <a href="#zalo">Zalo</a></div>
<div class="content">
<p>Sáng 1/6, quận tổ chức hội nghị lần thứ {number} sơ kết công tác quý, do Chủ tịch quận chủ trì.</p>
<p>Tổng thu ngân sách nhà nước trên địa bàn đạt 27,1% kế hoạch, tăng 3,2% so với cùng kỳ năm trước.{said}</p>
<p>Các đại biểu đã thảo luận và thống nhất nhiều nhiệm vụ trọng tâm của quý sau.</p>
</div>
<div class="views">{night * 41 + number} lượt xem</div>
<div class="comments">Bình luận mới nhất: {night} giờ trước</div>
<div class="related"><h3>Tin khác</h3><ul>{others}</ul></div>
</body></html>""".encode(),
        has_etag=False,
    )


@pytest.fixture
def nights(site: Site, home: Path) -> list[dict[str, Any]]:
    """Crawl three nights and return the reports: 1 is edited, 2 to 5 go in their four ways, 2 and 5 come
    back."""
    portal = portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",))
    reports = []
    for night in range(3):
        site.sitemap(dict.fromkeys(PATHS))
        for number, path in enumerate(PATHS):
            site.pages[path] = page(
                number, night, " Một số chỉ tiêu đã được điều chỉnh." * (number == 1 and night > 0)
            )
        if night == 1:
            site.pages[PATHS[2]] = Page(b"<h1>404</h1>", HTML, 404)
            site.pages[PATHS[5]] = Page(ERROR.encode())
        if night > 0:
            site.pages[PATHS[3]] = Page(b"<h1>410</h1>", HTML, 410)
            site.pages[PATHS[4]] = Page(b"", HTML, 302, {"Location": "/"}, has_etag=False)
        now = FIRST + timedelta(days=night)
        reports.append(run_crawl(portal, home, now=now.isoformat(), full=True)["portals"]["hai-phong"])
        orchestrate._load(home, [portal], 0, lambda *_: None)
    return reports


def day(moment: datetime | None) -> int | None:
    return (moment - FIRST).days if moment else None


def test_history_is_kept_and_furniture_makes_none(home: Path, nights: list[dict[str, Any]]) -> None:
    assert [one["gone"] for one in nights] == [0, 3, 2]
    found = rows(
        home,
        "select state.url, count(*), state.gone_at, state.returned_at, max(article.last_seen)"
        " from raw.article_state as state join raw.article as article using (article_id)"
        " group by all order by 1",
    )
    assert [(count, day(gone), day(back), day(last)) for _, count, gone, back, last in found] == [
        (1, None, None, 2),  # Only its furniture changed.
        (2, None, None, 2),  # Edited.
        (1, None, 2, 2),  # 404, and back with its old text.
        (1, 1, None, 0),  # 410.
        (1, 1, None, 0),  # Sent to the front page.
        (1, None, 2, 2),  # 200 with an error's text, and back.
    ]
    (edited,) = rows(
        home,
        "select list(body_text order by first_seen) from raw.article where url like '%so-1.html'",
    )[0]
    assert ["điều chỉnh" in text for text in edited] == [False, True]
    with Frontier(home / "hai-phong" / "frontier.sqlite") as frontier:
        assert frontier.counts() == {"done": 4, "gone": 2}
        assert [run.edited for run in frontier.runs()] == [0, 1, 0]
