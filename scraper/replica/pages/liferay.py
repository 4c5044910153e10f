"""The Liferay-like portal: asset publisher with friendly and raw-parameter addresses, `_cur=N` listings, RSS."""

from __future__ import annotations

from urllib.parse import urlencode

from scraper.replica.content import Entry, Replica
from scraper.replica.pages.furniture import (
    article_meta,
    e,
    footer,
    head,
    header,
    image,
    others,
    paragraph,
    sidebar,
    table_html,
)
from scraper.replica.records import Caption, Table
from scraper.replica.sites import Site

INSTANCE = "kQ3vXa7TnLpe"


def raw_path(entry: Entry) -> str:
    """Return the raw-parameter address of an article."""
    parameters = {
        "p_p_id": "101", "p_p_lifecycle": "0", "p_p_state": "normal", "p_p_mode": "view",
        "_101_struts_action": "/asset_publisher/view_content", "_101_assetEntryId": entry.native_id,
        "_101_type": "content", "_101_urlTitle": entry.slug, "inheritRedirect": "false",
    }  # fmt: skip
    return f"/{entry.category[0]}?{urlencode(parameters)}"


def page_path(base: str, page: int) -> str:
    """Return the address of a listing's page as the search paginator makes it."""
    parameters = {
        "p_p_id": f"101_INSTANCE_{INSTANCE}", "p_p_lifecycle": "0", "p_p_state": "normal", "p_p_mode": "view",
        "p_p_col_id": "column-2", "p_p_col_count": "1", f"_101_INSTANCE_{INSTANCE}_delta": "10",
        f"_101_INSTANCE_{INSTANCE}_keywords": "", "p_r_p_564233524_resetCur": "false", f"_101_INSTANCE_{INSTANCE}_cur": page,
    }  # fmt: skip
    return f"{base}?{urlencode(parameters)}"


def article(replica: Replica, entry: Entry, views: int, printing: bool = False, heavy: bool = False) -> str:
    """Return the article's page, or its print form without furniture."""
    site, story = entry.site, replica.story(entry)
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            parts.append(
                f'<div style="text-align: center;">{image(entry, number, block)}<div class="img-title">{e(block.text)}</div></div>'
            )
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(paragraph(block))
    files = "".join(
        f'<li><a href="{e(path)}">{e(path.rsplit("/", 1)[1])}</a></li>' for path in story.attachments
    )
    attached = f'<div class="attachment"><ul>{files}</ul></div>' if files else ""
    source = f'<div class="source">Nguồn: {e(story.source)}</div>' if story.source else ""
    rows = others(replica, entry, 8)
    newer = "".join(
        f'<li><a href="{e(o.path)}">{e(o.headline)}</a> <span class="time">({o.published:%d/%m/%Y %H:%M})</span></li>'
        for o in rows[:4]
    )
    older = "".join(
        f'<li><a href="{e(raw_path(o))}">{e(o.headline)}</a> <span class="time">({o.published:%d/%m/%Y %H:%M})</span></li>'
        for o in rows[4:]
    )
    slug, name = entry.category
    main = (
        f'<h3 class="title-list-news"><span class="title-t1"><a href="/{slug}">{e(name)}</a></span></h3><div id="content_detail_news" class="content_detail_news">'
        f'<h1 id="titleDetail" class="title">{e(story.headline)}</h1><div class="tool"><span class="date_time">{entry.published:%d/%m/%Y %H:%M}</span> '
        f'<span class="view-count">{views} lượt xem</span></div><div id="contentDetail" class="textdetail">\n'
        + "\n".join(parts)
        + "\n</div>"
        f'<div class="author">{e(" - ".join(story.authors))}</div>{source}{attached}'
    )
    if printing:
        return (
            head(site, story.headline, article_meta(site, entry, story), replica, False)
            + f'<body class="portal-popup">{main}</div></body></html>\n'
        )
    return (
        head(site, f"{story.headline} - {site.name}", article_meta(site, entry, story), replica, heavy)
        + f'<body class="default-theme">\n{header(site)}<div id="main-content">{main}'
        f'<div class="text-center"><a href="#" onclick="window.print();">Bản in</a></div><div id="footerOfNewDetail"><div class="list_detail"><span class="title">Tin mới hơn</span>'
        f'<ul class="ul_list_detail">{newer}</ul></div><div class="list_detail"><span class="title">Tin cũ hơn</span><ul class="ul_list_detail">{older}</ul></div></div></div>'
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
    """Return a page of a category; every third link is in the raw form."""
    items = "".join(
        f'<div class="cat_record"><div class="right_first_record"><a href="{e(raw_path(r) if n % 3 == 2 else r.path)}"><h3>{e(r.headline)}</h3></a>'
        f'<span class="time">({r.published:%d/%m/%Y})</span></div></div>\n'
        for n, r in enumerate(rows)
    )
    following = (
        f'<a class="next" rel="next" href="{e(page_path(base, page + 1))}">Tiếp theo</a>'
        if page < pages
        else ""
    )
    links = "".join(
        f'<a href="{e(page_path(base, n))}">{n}</a>'
        for n in range(max(1, page - 2), min(pages, page + 2) + 1)
    )
    return (
        head(site, title, "", replica, heavy)
        + f'<body class="default-theme">\n{header(site)}<div id="main-content"><h3 class="title-list-news"><span class="title-t1"><a href="{base}">{e(title)}</a></span></h3>\n'
        f'{items}<div id="pagination">{links}{following}</div>{sidebar(replica, site)}</div>\n{footer(site)}'
    )
