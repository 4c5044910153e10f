"""The newspaper: a system of its own, pictures with captions in tables, teasers around the text."""

from __future__ import annotations

from scraper.replica.content import Content, Entry
from scraper.replica.pages.bodies import pictures_in_tables
from scraper.replica.pages.furniture import (
    article_meta,
    byline,
    e,
    footer,
    head,
    header,
    others,
    pager,
    render,
    share_bar,
    sidebar,
)  # fmt: skip
from scraper.replica.pages.listings import Listing


def article(replica: Content, entry: Entry, heavy: bool = False) -> str:
    """Return the article's page."""
    site, story = entry.site, replica.story(entry)
    rows = others(replica, entry, 8)
    return head(site, story.headline, article_meta(site, entry, story) + "\n", replica, heavy) + render(
        "press-article",
        header=header(site),
        listing=site.listing_path(entry.category[0]),
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        printed=f"{entry.published:%H:%M - %d/%m/%Y}",
        content=pictures_in_tables(entry, story),
        authors=byline(story),
        share=share_bar(),
        others=_teasers(replica, rows[:4]),
        popular=_teasers(replica, rows[4:]),
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def listing(of: Listing) -> str:
    """Return a page of a category: `/<category>/pN`."""
    more = of.page < of.pages
    return head(of.site, of.title, "", of.replica, of.heavy) + render(
        "press-listing",
        header=header(of.site),
        title=e(of.title),
        items=_teasers(of.replica, of.rows),
        links=pager(of.page, of.pages, f'<a href="{of.base}/p{{page}}">{{page}}</a>'),
        following=f' <a class="next" href="{of.base}/p{of.page + 1}">Trang sau</a>' if more else "",
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )


def _teasers(replica: Content, rows: list[Entry]) -> str:
    return "".join(
        f'<div class="story"><a href="{e(row.path)}"><h4>{e(row.headline)}</h4></a>'
        f'<p class="summary">{e(replica.story(row).lead()[:160])}…</p>'
        f'<span class="when">{row.published:%d/%m/%Y}</span></div>'
        for row in rows
    )
