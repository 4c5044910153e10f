"""The NukeViet-like portal: the news module with `/page-N/`, its print pages and its sitemap."""

from __future__ import annotations

from scraper.replica.content import Content, Entry
from scraper.replica.pages.furniture import (
    article_meta,
    byline,
    e,
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
    weekday,
)  # fmt: skip
from scraper.replica.pages.listings import Listing
from scraper.replica.records import Story

SITEMAP_SIZE = 1000


def content(entry: Entry, story: Story) -> str:
    """Return the body."""

    def captioned(image: str, text: str) -> str:
        return f'<figure class="article center">{image}<figcaption>{text}</figcaption></figure>'

    return "\n".join(pieces(entry, story, captioned))


def article(replica: Content, entry: Entry, heavy: bool = False) -> str:
    """Return the article's page in the order of themes/default/modules/news/detail.tpl."""
    site, story = entry.site, replica.story(entry)
    documents = "".join(
        f'<a href="{e(path)}" download>{e(path.rsplit("/", 1)[1])}</a>' for path in story.attachments
    )
    source = (
        f'<p class="h5 text-right"><strong>Nguồn tin: </strong>{e(story.source)}</p>' if story.source else ""
    )
    title = f"{story.headline} - {site.name}"
    return head(site, title, article_meta(site, entry, story) + "\n", replica, heavy) + render(
        "nukeviet-article",
        header=header(site),
        category=entry.category[0],
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        stamp=entry.published.isoformat(),
        modified=entry.modified.isoformat(),
        weekday=weekday(entry),
        printed=f"{entry.published:%d/%m/%Y %H:%M}",
        name=f"{entry.slug}-{entry.native_id}",
        content=content(entry, story),
        attached=f'<div class="news-download-file">{documents}</div>' if documents else "",
        author=render("nukeviet-author", authors=byline(story)) if story.authors else "",
        source=source,
        share=share_bar(),
        others=links(others(replica, entry), "date", "%d/%m/%Y"),
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def print_page(replica: Content, entry: Entry) -> str:
    """Return the print form in the order of print.tpl."""
    story = replica.story(entry)
    return render(
        "nukeviet-print",
        headline=e(story.headline),
        url=e(entry.url),
        site=e(entry.site.name),
        base=entry.site.base_url,
        weekday=weekday(entry),
        printed=f"{entry.published:%d/%m/%Y %H:%M}",
        content=content(entry, story),
        authors=byline(story),
    )


def listing(of: Listing) -> str:
    """Return a page of a category: /<cat>/page-N/."""
    items = "".join(
        render(
            "nukeviet-item", path=e(r.path), headline=e(r.headline), printed=f"{r.published:%d/%m/%Y %H:%M}"
        )
        + "\n"
        for r in of.rows
    )
    address = f"{of.site.base_url}{of.base}/page-{of.page + 1}/"
    extra = f'<link rel="next" href="{address}">\n' if of.page < of.pages else ""
    return head(of.site, of.title, extra, of.replica, of.heavy) + render(
        "nukeviet-listing",
        header=header(of.site),
        title=e(of.title),
        items=items,
        links=pager(of.page, of.pages, f'<li><a href="{of.base}/page-{{page}}/">{{page}}</a></li>'),
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )
