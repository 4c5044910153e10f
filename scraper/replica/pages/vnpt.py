"""The VNPT-like portal: the lead printed twice, captions glued on, a view counter that moves at each request.

Its templates are not public: order and quirks of the text are those seen, the classes are invented.
"""

from __future__ import annotations

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
    share_bar,
    sidebar,
)  # fmt: skip
from scraper.replica.pages.listings import Listing
from scraper.replica.records import Story, Text


def content(entry: Entry, story: Story) -> str:
    """Return the body; no blank stands between its elements, as the portal prints them."""

    def captioned(image: str, text: str) -> str:
        return (
            f'<p style="text-align:center">{image}</p>'
            f'<p class="image-caption" style="text-align:center"><em>{text}</em></p>'
        )

    def written(text: Text) -> str:
        return f'<p style="text-align:justify"><span style="font-size:14pt">{e(text.text)}</span></p>'

    return "".join(pieces(entry, story, captioned, written))


def article(replica: Content, entry: Entry, views: int, heavy: bool = False) -> str:
    """Return the article's page."""
    site, story = entry.site, replica.story(entry)
    documents = files(story)
    return head(site, story.headline, article_meta(site, entry, story) + "\n", replica, heavy) + render(
        "vnpt-article",
        header=header(site),
        category=entry.category[0],
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        day=f"{entry.published:%d/%m/%Y}",
        views=views,
        lead=e(story.lead()),
        content=content(entry, story),
        authors=byline(story),
        source=f'<div class="source-detail">Nguồn: {e(story.source)}</div>' if story.source else "",
        attached=f'<div class="file-attach"><span>Tệp đính kèm:</span><ul>{documents}</ul></div>'
        if documents
        else "",
        share=share_bar(),
        others=links(others(replica, entry, 8), "date", "%d/%m/%Y"),
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def listing(of: Listing) -> str:
    """Return a page of a category: `?page=N`."""
    items = "".join(
        f'<li class="news-item"><a href="{e(r.path)}" title="{e(r.headline)}">{e(r.headline)}</a>'
        f'<span class="date">{r.published:%d/%m/%Y}</span></li>'
        for r in of.rows
    )
    return head(of.site, of.title, "", of.replica, of.heavy) + render(
        "vnpt-listing",
        header=header(of.site),
        title=e(of.title),
        items=items,
        links=pager(of.page, of.pages, f'<a href="{of.base}?page={{page}}">{{page}}</a>'),
        page=of.page,
        pages=of.pages,
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )
