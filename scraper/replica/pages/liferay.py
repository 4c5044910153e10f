"""The Liferay-like portal: asset publisher with friendly and raw addresses, `_cur=N` listings, RSS."""

from __future__ import annotations

from urllib.parse import urlencode

from scraper.replica.content import Content, Entry
from scraper.replica.pages.furniture import (
    article_meta,
    byline,
    e,
    files,
    footer,
    head,
    header,
    links,
    others,
    pager,
    pieces,
    render,
    sidebar,
)  # fmt: skip
from scraper.replica.pages.listings import Listing
from scraper.replica.records import Story

INSTANCE = "kQ3vXa7TnLpe"


def raw_path(entry: Entry) -> str:
    """Return the raw-parameter address of an article."""
    parameters = {
        "p_p_id": "101",
        "p_p_lifecycle": "0",
        "p_p_state": "normal",
        "p_p_mode": "view",
        "_101_struts_action": "/asset_publisher/view_content",
        "_101_assetEntryId": entry.native_id,
        "_101_type": "content",
        "_101_urlTitle": entry.slug,
        "inheritRedirect": "false",
    }
    return f"/{entry.category[0]}?{urlencode(parameters)}"


def page_path(base: str, page: int | str) -> str:
    """Return the address of a listing's page as the search paginator makes it."""
    parameters = {
        "p_p_id": f"101_INSTANCE_{INSTANCE}",
        "p_p_lifecycle": "0",
        "p_p_state": "normal",
        "p_p_mode": "view",
        "p_p_col_id": "column-2",
        "p_p_col_count": "1",
        f"_101_INSTANCE_{INSTANCE}_delta": "10",
        "p_r_p_564233524_resetCur": "false",
    }
    return f"{base}?{urlencode(parameters)}&_101_INSTANCE_{INSTANCE}_cur={page}"


def content(entry: Entry, story: Story) -> str:
    """Return the body as the editor saved it."""

    def captioned(image: str, text: str) -> str:
        caption = f'<div class="img-title">{text}</div>'
        return f'<div style="text-align: center;">{image}{caption}</div>'

    return "\n".join(pieces(entry, story, captioned))


def article(replica: Content, entry: Entry, views: int, printing: bool = False, heavy: bool = False) -> str:
    """Return the article's page, or its print form without furniture."""
    site, story = entry.site, replica.story(entry)
    rows = others(replica, entry, 8)
    older = links(rows[4:], "time", "%d/%m/%Y %H:%M")
    for row in rows[4:]:
        older = older.replace(f'"{e(row.path)}"', f'"{e(raw_path(row))}"')
    documents = files(story)
    main = render(
        "liferay-content",
        category=entry.category[0],
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        printed=f"{entry.published:%d/%m/%Y %H:%M}",
        views=views,
        content=content(entry, story),
        authors=byline(story),
        source=f'<div class="source">Nguồn: {e(story.source)}</div>' if story.source else "",
        attached=f'<div class="attachment"><ul>{documents}</ul></div>' if documents else "",
    )
    meta = article_meta(site, entry, story) + "\n"
    if printing:
        body = f'<body class="portal-popup">{main}</div></body>\n</html>\n'
        return head(site, story.headline, meta, replica, False) + body
    return head(site, f"{story.headline} - {site.name}", meta, replica, heavy) + render(
        "liferay-article",
        header=header(site),
        content=main,
        newer=links(rows[:4], "time", "%d/%m/%Y %H:%M"),
        older=older,
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def listing(of: Listing) -> str:
    """Return a page of a category; every third link is in the raw form."""
    items = "".join(
        render("liferay-item", path=e(raw_path(r) if n % 3 == 2 else r.path), headline=e(r.headline),
               day=f"{r.published:%d/%m/%Y}") + "\n"
        for n, r in enumerate(of.rows)
    )  # fmt: skip
    address = e(page_path(of.base, of.page + 1))
    number = e(page_path(of.base, "{page}"))
    return head(of.site, of.title, "", of.replica, of.heavy) + render(
        "liferay-listing",
        header=header(of.site),
        base=of.base or "/",
        title=e(of.title),
        items=items,
        links=pager(of.page, of.pages, f'<a href="{number}">{{page}}</a>'),
        following=f' <a class="next" rel="next" href="{address}">Tiếp theo</a>' if of.page < of.pages else "",
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )
