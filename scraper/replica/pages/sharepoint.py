"""The SharePoint-like portal: ribbon links before everything, rich text of divisions, ids as a parameter."""

from __future__ import annotations

from scraper.replica.content import Content, Entry
from scraper.replica.pages.bodies import divisions
from scraper.replica.pages.furniture import (
    byline,
    e,
    files,
    footer,
    head,
    header,
    links,
    others,
    pager,
    render,
    sidebar,
)  # fmt: skip
from scraper.replica.pages.listings import Listing

GENERATOR = '<meta name="GENERATOR" content="Microsoft SharePoint">\n'


def article(replica: Content, entry: Entry, views: int, heavy: bool = False) -> str:
    """Return the article's page: no canonical link, no Open Graph, the headline no heading."""
    site, story = entry.site, replica.story(entry)
    documents = files(story)
    return head(site, site.name, GENERATOR, replica, heavy) + render(
        "sharepoint-article",
        id=entry.native_id,
        action=e(entry.path),
        header=header(site),
        listing=site.listing_path(entry.category[0]),
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        printed=f"{entry.published:%d/%m/%Y | %H:%M}",
        views=views,
        content=divisions(entry, story),
        authors=byline(story),
        source=f'<div class="nguontin">Nguồn: {e(story.source)}</div>' if story.source else "",
        attached=f'<div class="dinhkem">Tệp đính kèm: <ul>{documents}</ul></div>' if documents else "",
        others=links(others(replica, entry), "ngay", "%d/%m/%Y"),
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def listing(of: Listing) -> str:
    """Return a page of a category: `?page=N`."""
    items = links(of.rows, "ngay", "%d/%m/%Y")
    more = of.page < of.pages
    return head(of.site, of.title, GENERATOR, of.replica, of.heavy) + render(
        "sharepoint-listing",
        header=header(of.site),
        title=e(of.title),
        items=items,
        links=pager(of.page, of.pages, f'<a href="{of.base}?page={{page}}">{{page}}</a>'),
        following=f' <a class="next" href="{of.base}?page={of.page + 1}">Tiếp</a>' if more else "",
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )
