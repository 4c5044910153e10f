"""The VNPT-like portal: the lead printed twice, captions glued on, a view counter that moves at each request.

Its templates are not public: order and quirks of the text are those seen, the classes are invented.
"""

from __future__ import annotations

from scraper.replica.content import Entry, Replica
from scraper.replica.pages.furniture import (
    article_meta,
    e,
    footer,
    head,
    header,
    image,
    others,
    share_bar,
    sidebar,
    table_html,
)
from scraper.replica.records import Caption, Table
from scraper.replica.sites import Site


def article(replica: Replica, entry: Entry, views: int, heavy: bool = False) -> str:
    """Return the article's page; no blank stands between its elements, as the portal prints them."""
    site, story = entry.site, replica.story(entry)
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            parts.append(
                f'<p style="text-align:center">{image(entry, number, block)}</p><p class="image-caption" style="text-align:center"><em>{e(block.text)}</em></p>'
            )
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(
                f'<p style="text-align:justify"><span style="font-size:14pt">{e(block.text)}</span></p>'
            )
    lead = next(story.paragraphs()).text
    files = "".join(
        f'<li><a href="{e(path)}">{e(path.rsplit("/", 1)[1])}</a></li>' for path in story.attachments
    )
    attached = f'<div class="file-attach"><span>Tệp đính kèm:</span><ul>{files}</ul></div>' if files else ""
    source = f'<div class="source-detail">Nguồn: {e(story.source)}</div>' if story.source else ""
    rows = "".join(
        f'<li><a href="{e(o.path)}">{e(o.headline)}</a><span class="date">({o.published:%d/%m/%Y})</span></li>'
        for o in others(replica, entry, 8)
    )
    slug, name = entry.category
    return (
        head(site, story.headline, article_meta(site, entry, story), replica, heavy)
        + f'<body>\n{header(site)}<div class="container"><div class="breadcrumb"><a href="/">Trang chủ</a><a href="/{slug}">{e(name)}</a></div>'
        f'<div class="detail-news"><h1 class="title-detail">{e(story.headline)}</h1>'
        f'<div class="info-detail"><span class="date-detail">{entry.published:%d/%m/%Y}</span><span class="view-detail">Lượt xem: {views}</span></div>'
        f'<div class="sapo">{e(lead)}</div><div class="content-detail">{"".join(parts)}</div>'
        f'<div class="author-detail">{e(" - ".join(story.authors))}</div>{source}{attached}{share_bar()}'
        f'<div class="rating">Đánh giá bài viết: 0/5 (0 lượt)</div><div class="other-news"><h3>Tin khác</h3><ul>{rows}</ul></div></div>'
        f"{sidebar(replica, site)}</div>\n{footer(site)}"
    )


def listing(
    replica: Replica,
    site: Site,
    rows: list[Entry],
    page: int,
    pages: int,
    base: str,
    title: str,
    heavy: bool = False,
) -> str:
    """Return a page of a category: `?page=N`."""
    items = "".join(
        f'<li class="news-item"><a href="{e(r.path)}" title="{e(r.headline)}">{e(r.headline)}</a><span class="date">{r.published:%d/%m/%Y}</span></li>'
        for r in rows
    )
    links = "".join(
        f'<a href="{base}?page={n}">{n}</a>' for n in range(max(1, page - 2), min(pages, page + 2) + 1)
    )
    return (
        head(site, title, "", replica, heavy)
        + f'<body>\n{header(site)}<div class="container"><h2 class="cat-title">{e(title)}</h2><ul class="list-news">{items}</ul>'
        f'<div class="paging">{links}<span>Trang {page}/{pages}</span></div>{sidebar(replica, site)}</div>\n{footer(site)}'
    )
