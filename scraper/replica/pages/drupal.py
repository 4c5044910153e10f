"""The Drupal-like portal: /node/<id> with RDFa, its print form, listings counted from page 0."""

from __future__ import annotations

from scraper.replica.content import Content, Entry
from scraper.replica.pages.bodies import plain
from scraper.replica.pages.furniture import (
    byline,
    e,
    footer,
    head,
    header,
    others,
    pager,
    render,
    sidebar,
    weekday,
)  # fmt: skip
from scraper.replica.pages.listings import Listing
from scraper.replica.records import Story

GENERATOR = '<meta name="Generator" content="Drupal 7 (http://drupal.org)">\n'


def article(replica: Content, entry: Entry, heavy: bool = False) -> str:
    """Return the node's page."""
    site, story = entry.site, replica.story(entry)
    documents = "".join(
        f'<span class="file"><a href="{e(path)}">{e(path.rsplit("/", 1)[1])}</a></span>'
        for path in story.attachments
    )
    extra = f'{GENERATOR}<link rel="canonical" href="{e(entry.path)}">\n'
    return head(site, f"{story.headline} | {site.name}", extra, replica, heavy) + render(
        "drupal-article",
        id=entry.native_id,
        header=header(site),
        listing=site.listing_path(entry.category[0]),
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        stamp=entry.published.isoformat(),
        weekday=weekday(entry),
        printed=f"{entry.published:%d/%m/%Y - %H:%M}",
        content=plain(entry, story),
        attached=f'<div class="field field-name-field-file">{documents}</div>' if documents else "",
        author=_author(story),
        source=_field("source", "Nguồn tin:", story.source or ""),
        others="".join(
            f'<div class="views-row"><a href="{e(row.path)}">{e(row.headline)}</a></div>'
            for row in others(replica, entry, 5)
        ),
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def print_page(replica: Content, entry: Entry) -> str:
    """Return the print form of the node, as the print module makes it."""
    site, story = entry.site, replica.story(entry)
    return render(
        "drupal-print",
        headline=e(story.headline),
        url=e(entry.url),
        site=e(site.name),
        base=site.base_url,
        weekday=weekday(entry),
        printed=f"{entry.published:%d/%m/%Y - %H:%M}",
        content=plain(entry, story),
        author=_author(story),
    )


def listing(of: Listing) -> str:
    """Return a page of a category: `?page=N`, the first page being 0."""
    items = "".join(
        f'<div class="views-row"><h2><a href="{e(r.path)}">{e(r.headline)}</a></h2>'
        f"<p>{e(of.replica.story(r).lead()[:120])}...</p></div>"
        for r in of.rows
    )
    more = of.page < of.pages
    return head(of.site, of.title, GENERATOR, of.replica, of.heavy) + render(
        "drupal-listing",
        header=header(of.site),
        title=e(of.title),
        items=items,
        links=pager(of.page, of.pages, f'<li><a href="{of.base}?page={{page}}">{{page}}</a></li>'),
        following=f'<li class="pager-next"><a href="{of.base}?page={of.page}">sau ›</a></li>' if more else "",
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )


def _author(story: Story) -> str:
    return _field("author", "Tác giả:", byline(story))


def _field(name: str, label: str, value: str) -> str:
    if not value:
        return ""
    return (
        f'<div class="field field-name-field-{name}"><div class="field-label">{label}&nbsp;</div>'
        f'<div class="field-items"><div class="field-item even">{value}</div></div></div>'
    )
