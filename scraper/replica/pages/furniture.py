"""What stands around every article: menus, banners, widgets, share bars, lists of other news, footers."""

from __future__ import annotations

from functools import cache
from html import escape
from random import Random

from scraper.replica.content import Entry, Replica
from scraper.replica.figures import WEEKDAYS
from scraper.replica.records import Caption, Story, Table, Text
from scraper.replica.sites import NOTICE, Site

_MENU = {
    "Giới thiệu": ("Lịch sử hình thành", "Điều kiện tự nhiên", "Cơ cấu tổ chức", "Sơ đồ bộ máy", "Danh bạ điện thoại", "Quy hoạch phát triển"),
    "Tin tức": ("Tin mới nhất", "Tin chính trị", "Tin kinh tế", "Tin văn hóa", "Tin an ninh", "Tin cơ sở", "Phóng sự ảnh"),
    "Văn bản": ("Văn bản chỉ đạo điều hành", "Văn bản quy phạm pháp luật", "Công báo", "Góp ý dự thảo", "Lịch công tác tuần"),
    "Dịch vụ công": ("Thủ tục hành chính", "Tra cứu hồ sơ", "Dịch vụ trực tuyến", "Đánh giá hài lòng", "Lịch tiếp công dân"),
    "Thông tin cần biết": ("Giá vàng", "Thời tiết", "Lịch cắt điện", "Tuyển dụng", "Đấu thầu mua sắm công", "Bản đồ hành chính", "Đường dây nóng"),
    "Chuyên mục": ("Chuyển đổi số", "Cải cách hành chính", "Nông thôn mới", "Phòng chống dịch", "Học và làm theo Bác", "An toàn giao thông", "Người tốt, việc tốt"),
}  # fmt: skip


def e(text: str) -> str:
    """Escape text for HTML."""
    return escape(text, quote=True)


@cache
def menu(site: Site) -> str:
    """Return the portal's menus as nested lists."""
    parts = ['<ul class="menu nav">', '<li><a href="/">Trang chủ</a></li>']
    for slug, name in site.categories:
        path = f"/category/{slug}" if site.family == "wordpress" else f"/{slug}"
        parts.append(f'<li><a href="{path}">{e(name)}</a></li>')
    for title, items in _MENU.items():
        links = "".join(f'<li><a href="#muc-{n}">{e(item)}</a></li>' for n, item in enumerate(items))
        parts.append(f'<li class="dropdown"><a href="#">{e(title)}</a><ul class="sub-menu">{links}</ul></li>')
    return "".join([*parts, "</ul>"])


@cache
def assets(seed: int, heavy: bool) -> str:
    """Return inline style and script, as pages of such systems bear; `heavy` makes a page of 30 to 60 KB."""
    rng = Random(f"{seed}:assets")
    rules = "".join(
        f".w{n} .b{rng.randint(1, 99)}{{margin:{rng.randint(0, 30)}px;color:#{rng.randint(0, 0xFFFFFF):06x};padding:{rng.randint(0, 9)}px {rng.randint(0, 9)}px}}\n"
        for n in range(420 if heavy else 40)
    )
    script = "".join(
        f'_q.push(["set","k{rng.randint(100, 999)}","{rng.getrandbits(64):x}"]);'
        for _ in range(150 if heavy else 8)
    )
    return f"<style>\n{rules}</style>\n<script>var _q=[];{script}</script>"


def head(site: Site, title: str, extra: str, replica: Replica, heavy: bool) -> str:
    """Return the document's head."""
    return (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>{e(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{extra}{assets(replica.seed, heavy)}\n</head>\n'
    )


def article_meta(site: Site, entry: Entry, story: Story) -> str:
    """Return Open Graph and canonical links of an article."""
    lead = next(story.paragraphs()).text[:150]
    image = f'<meta property="og:image" content="{site.base_url}/images/{entry.native_id}.jpg">\n'
    return (
        f'<link rel="canonical" href="{e(entry.url)}">\n<meta property="og:type" content="article">\n<meta property="og:title" content="{e(story.headline)}">\n'
        f'<meta property="og:description" content="{e(lead)}">\n<meta property="og:url" content="{e(entry.url)}">\n'
        f'<meta property="og:site_name" content="{e(site.name)}">\n{image}'
    )


def header(site: Site) -> str:
    """Return the banner and the menus."""
    return (
        f'<div id="header" class="site-header"><div class="banner"><img src="/images/banner.png" alt="image banner">'
        f'<p class="site-title"><a href="/">{e(site.name)}</a></p></div><nav id="main-nav">{menu(site)}</nav>'
        f'<form class="search" action="/tim-kiem"><input name="q" placeholder="Tìm kiếm..."><button>Tìm</button></form></div>\n'
    )


def sidebar(replica: Replica, site: Site) -> str:
    """Return widgets: newest articles with their dates, weather, counters, links of other bodies."""
    rows = "".join(
        f'<li><a href="{e(entry.path)}">{e(entry.headline)}</a> <span class="time">({entry.published:%d/%m/%Y})</span></li>'
        for entry in replica.of_site(site)[:5]
    )
    return (
        f'<aside id="sidebar"><div class="widget"><h3>Tin mới</h3><ul>{rows}</ul></div>'
        '<div class="widget weather"><h3>Thời tiết</h3><p>Hải Phòng 27°C, độ ẩm 81%, gió cấp 3</p></div>'
        '<div class="widget poll"><h3>Thăm dò ý kiến</h3><p>Bạn đánh giá thế nào về giao diện của cổng?</p><ul><li>Rất tốt</li><li>Tốt</li><li>Bình thường</li></ul></div>'
        '<div class="widget links"><h3>Liên kết website</h3><select><option>Chính phủ</option><option>Các sở, ngành</option><option>Các quận, huyện</option></select></div></aside>\n'
    )


def footer(site: Site) -> str:
    """Return the footer with the notice that all is invented."""
    return (
        f'<footer id="footer"><p class="notice">{e(NOTICE)}</p><p>{e(site.name)}. Địa chỉ: số 1 đường Mô Phỏng. Điện thoại: 0225.3999999. Email: banbientap@{site.host}</p>'
        "<p>Giấy phép số 01/GP-TTĐT. Ghi rõ nguồn khi phát hành lại thông tin từ website này.</p></footer>\n</body>\n</html>\n"
    )


def share_bar() -> str:
    """Return the buttons that share an article."""
    return (
        '<div class="share-bar social"><span>Chia sẻ:</span> <a href="#fb">Facebook</a> <a href="#zalo">Zalo</a> '
        '<a href="#tw">Twitter</a> <a href="#mail">Gửi email</a> <a href="#in">In bài viết</a></div>'
    )


def others(replica: Replica, entry: Entry, count: int = 6) -> list[Entry]:
    """Return the newest other articles of the portal."""
    return [other for other in replica.of_site(entry.site)[: count + 1] if other is not entry][:count]


def weekday(entry: Entry) -> str:
    """Return the weekday's name: Thứ hai … Chủ nhật."""
    return WEEKDAYS[entry.published.weekday()]


def table_html(table: Table) -> str:
    """Return a table as the editors paste it."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{e(cell)}</td>" for cell in cells) + "</tr>" for cells, _ in table.rows
    )
    return f'<table border="1" cellspacing="0" cellpadding="4"><tbody>{rows}</tbody></table>'


def image(entry: Entry, number: int, caption: Caption) -> str:
    """Return an image tag."""
    return f'<img src="/uploads/{entry.published:%Y/%m}/{entry.native_id}-{number}.jpg" width="665" height="443" alt="{e(caption.text)}">'


def paragraph(text: Text, attributes: str = "") -> str:
    """Return a paragraph."""
    return f"<p{attributes}>{e(text.text)}</p>"


def pager_numbers(page: int, pages: int) -> list[int]:
    """Return the page numbers that a pager links to."""
    return sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
