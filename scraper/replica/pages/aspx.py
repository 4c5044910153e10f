"""The ASP.NET portals: one of tables and breaks with a header clock, and the legacy one that only prints."""

from __future__ import annotations

from datetime import date

from scraper.replica.content import Content, Entry
from scraper.replica.figures import WEEKDAYS
from scraper.replica.pages.bodies import breaks, word
from scraper.replica.pages.furniture import byline, e, files, footer, head, header, others, render, sidebar
from scraper.replica.pages.listings import Listing
from scraper.replica.sites import Site


def article(replica: Content, entry: Entry, heavy: bool = False) -> str:
    """Return the article's page: tables for a layout, text parted by breaks alone, a clock on top."""
    site, story = entry.site, replica.story(entry)
    documents = files(story)
    today = replica.until
    rows = "".join(
        f'<tr><td>- <a href="{e(row.path)}">{e(row.headline)}</a> ({row.published:%d/%m/%Y})</td></tr>'
        for row in others(replica, entry, 8)
    )
    return head(site, f"{site.name} | {story.headline}", "", replica, heavy) + render(
        "aspx-article",
        id=entry.native_id,
        action=e(entry.path),
        header=header(site),
        clock=f"{WEEKDAYS[today.weekday()]}, ngày {today:%d/%m/%Y}, 10:15[GMT+7]",
        sidebar=sidebar(replica, site),
        listing=e(site.listing_path(entry.category[0])),
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        printed=f"{entry.published:%d/%m/%Y %H:%M}",
        content=breaks(entry, story),
        authors=byline(story),
        source=f'<tr><td><span id="ctl00_cphMain_lblNguon">Nguồn: {e(story.source)}</span></td></tr>'
        if story.source
        else "",
        attached=f'<tr><td><div id="ctl00_cphMain_divFile">Tệp đính kèm: <ul>{documents}</ul></div></td></tr>'
        if documents
        else "",
        print=e(f"/Modules/Article/ArticlePrint.aspx?ArticleID={entry.native_id}"),
        others=rows,
        footer=footer(site),
    )


def print_page(replica: Content, entry: Entry, charset: str = "utf-8") -> str:
    """Return the print form, which bears the day of printing; `charset` is what its head claims."""
    site, story = entry.site, replica.story(entry)
    day: date = replica.until
    return render(
        "aspx-print",
        site=e(site.name),
        capitals=e(site.name.upper()),
        charset=charset,
        day=f"{day:%d}",
        month=f"{day:%m}",
        year=day.year,
        headline=e(story.headline),
        content=word(entry, story),
        authors=byline(story),
    )


def listing(of: Listing) -> str:
    """Return a category's first page; the others come by postback, at no address."""
    rows = "".join(
        f'<tr><td><a href="{e(r.path)}">{e(r.headline)}</a> <i>({r.published:%d/%m/%Y})</i></td></tr>'
        for r in of.rows
    )
    return head(of.site, of.title, "", of.replica, of.heavy) + render(
        "aspx-listing",
        base=e(of.base or "/"),
        header=header(of.site),
        sidebar=sidebar(of.replica, of.site),
        title=e(of.title),
        items=rows,
        footer=footer(of.site),
    )


def claimed_charset(site: Site) -> str:
    """Return what the legacy portal's pages claim of their UTF-8: another charset."""
    return "iso-8859-1" if site.style == "legacy" else "utf-8"
