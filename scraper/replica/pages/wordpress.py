"""The WordPress portal: posts, AMP twins by the Reader theme, categories, core sitemaps, wp-json."""

from __future__ import annotations

import json
from datetime import timedelta

from scraper.replica.content import Content, Entry
from scraper.replica.pages.feeds import sitemap, xml
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
    paragraph,
    pieces,
    render,
    share_bar,
    sidebar,
    table_html,
    weekday,
)  # fmt: skip
from scraper.replica.pages.listings import Listing
from scraper.replica.records import Story
from scraper.replica.sites import Site

SITEMAP_SIZE = 2000


def content(entry: Entry, story: Story, amp: bool = False) -> str:
    """Return the post's content: paragraphs, captioned pictures, tables, attachments, byline."""

    def captioned(image: str, text: str) -> str:
        picture = image.replace("<img", "<amp-img layout=responsive") + "</amp-img>" if amp else image
        caption = f'<figcaption class="wp-caption-text">{text}</figcaption>'
        return f'<figure class="wp-caption aligncenter">{picture}{caption}</figure>'

    parts = pieces(
        entry,
        story,
        captioned,
        lambda text: paragraph(text, ' style="text-align: justify;"'),
        lambda table: f'<figure class="wp-block-table">{table_html(table)}</figure>',
    )
    for path in story.attachments:
        parts.append(f'<p><a href="{e(path)}">{e(path.rsplit("/", 1)[1])}</a></p>')
    if story.authors:
        parts.append(f'<p style="text-align: right;"><strong>{byline(story)}</strong></p>')
    if amp and story.source:
        parts.append(f"<p>Nguồn tin: {e(story.source)}</p>")
    return "\n".join(parts)


def _json_ld(entry: Entry, story: Story) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "mainEntityOfPage": entry.url,
        "datePublished": entry.published.isoformat(),
        "dateModified": entry.modified.isoformat(),
        "publisher": {"@type": "Organization", "name": entry.site.name},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>\n'


def article(replica: Content, entry: Entry, heavy: bool = False) -> str:
    """Return the post's page."""
    site, story = entry.site, replica.story(entry)
    stamp = entry.published.isoformat()
    extra = article_meta(site, entry, story) + "\n"
    extra += render("wordpress-meta", url=e(entry.url), stamp=stamp, modified=entry.modified.isoformat(),
                    base=site.base_url, id=entry.native_id) + "\n"  # fmt: skip
    extra += _json_ld(entry, story)
    return head(site, f"{story.headline} - {site.name}", extra, replica, heavy) + render(
        "wordpress-article",
        id=entry.native_id,
        header=header(site),
        category=entry.category[0],
        category_name=e(entry.category[1]),
        headline=e(story.headline),
        path=e(entry.path),
        stamp=stamp,
        weekday=weekday(entry),
        printed=f"{entry.published:%d/%m/%Y %H:%M}",
        origin=' <a class="original" href="#goc">Gốc</a>' if entry.published.year >= 2020 else "",
        content=content(entry, story),
        share=share_bar(),
        source=f": {e(story.source)}" if story.source else "",
        others=links(others(replica, entry), "date", "%d/%m/%Y"),
        sidebar=sidebar(replica, site),
        footer=footer(site),
    )


def amp(replica: Content, entry: Entry) -> str:
    """Return the post's AMP twin, after the AMP plugin's Reader theme; its visible date is relative."""
    site, story = entry.site, replica.story(entry)
    days = max(0, (replica.until - entry.published.date()).days)
    age = (
        f"{days} ngày trước"
        if days < 60
        else f"{days // 30} tháng trước"
        if days < 365
        else f"{days // 365} năm trước"
    )
    leads = {o.number: replica.story(o).lead()[:90] for o in others(replica, entry, 4)}
    teasers = "".join(
        f'<li><a href="{e(o.path)}/amp">{e(o.headline)}</a> <p>{e(leads[o.number])}...</p> '
        f"<span>{o.published:%d/%m/%Y}</span></li>"
        for o in others(replica, entry, 4)
    )
    author = f'<span class="amp-wp-author author vcard">{byline(story)}</span>'
    return render(
        "wordpress-amp",
        headline=e(story.headline),
        url=e(entry.url),
        json_ld=_json_ld(entry, story),
        site=e(site.name),
        byline=f'<div class="amp-wp-meta amp-wp-byline">{author}</div>\n' if story.authors else "",
        stamp=entry.published.isoformat(),
        age=age,
        content=content(entry, story, amp=True),
        category=entry.category[0],
        category_name=e(entry.category[1]),
        others=teasers,
    )


def listing(of: Listing) -> str:
    """Return a page of posts."""
    address = f"{of.base}/page/{of.page + 1}"
    more = of.page < of.pages
    items = "".join(
        render("wordpress-item", path=e(r.path), headline=e(r.headline), stamp=r.published.isoformat(),
               day=f"{r.published:%d/%m/%Y}") + "\n"
        for r in of.rows
    )  # fmt: skip
    extra = f'<link rel="next" href="{of.site.base_url}{address}">\n' if more else ""
    return head(of.site, f"{of.title} - {of.site.name}", extra, of.replica, of.heavy) + render(
        "wordpress-listing",
        header=header(of.site),
        title=e(of.title),
        items=items,
        links=pager(
            of.page, of.pages, f'<a class="page-numbers" href="{of.base}/page/{{page}}">{{page}}</a>'
        ),
        following=f' <a class="next page-numbers" rel="next" href="{address}">Trang sau</a>' if more else "",
        sidebar=sidebar(of.replica, of.site),
        footer=footer(of.site),
    )


def sitemap_index(replica: Content, site: Site) -> str:
    """Return /wp-sitemap.xml: the index of post sitemaps, and one of categories."""
    rows = _by_number(replica, site)
    parts = []
    for number in range(max(1, -(-len(rows) // SITEMAP_SIZE))):
        chunk = rows[number * SITEMAP_SIZE : (number + 1) * SITEMAP_SIZE]
        last = max((r.modified for r in chunk), default=replica.clock)
        address = f"{site.base_url}/wp-sitemap-posts-post-{number + 1}.xml"
        parts.append(f"<sitemap><loc>{address}</loc><lastmod>{last.isoformat()}</lastmod></sitemap>")
    parts.append(f"<sitemap><loc>{site.base_url}/wp-sitemap-taxonomies-category-1.xml</loc></sitemap>")
    return xml("sitemapindex", parts)


def _by_number(replica: Content, site: Site) -> list[Entry]:
    """WordPress numbers its sitemaps from the oldest post on: a new one changes the last sitemap alone."""
    return sorted(replica.of_site(site), key=lambda entry: entry.native_id)


def posts_sitemap(replica: Content, site: Site, number: int) -> str | None:
    """Return a sitemap of posts, at most 2,000 each, or None past the last."""
    rows = _by_number(replica, site)[(number - 1) * SITEMAP_SIZE : number * SITEMAP_SIZE]
    return sitemap(rows) if rows or number == 1 else None


def category_sitemap(site: Site) -> str:
    """Return the sitemap of categories."""
    return xml(
        "urlset", [f"<url><loc>{site.base_url}/category/{slug}</loc></url>" for slug, _ in site.categories]
    )


def posts_json(replica: Content, site: Site, rows: list[Entry]) -> str:
    """Return posts as wp-json gives them; dates without a zone are the site's local time, `_gmt` UTC."""
    slugs = [slug for slug, _ in site.categories]
    posts = []
    for row in rows:
        gmt, changed = row.published - timedelta(hours=7), row.modified - timedelta(hours=7)
        posts.append(
            {
                "id": row.native_id,
                "date": f"{row.published:%Y-%m-%dT%H:%M:%S}",
                "date_gmt": f"{gmt:%Y-%m-%dT%H:%M:%S}",
                "guid": {"rendered": f"{site.base_url}/?p={row.native_id}"},
                "modified": f"{row.modified:%Y-%m-%dT%H:%M:%S}",
                "modified_gmt": f"{changed:%Y-%m-%dT%H:%M:%S}",
                "slug": row.slug,
                "status": "publish",
                "type": "post",
                "link": row.url,
                "title": {"rendered": e(row.headline)},
                "content": {"rendered": content(row, replica.story(row)), "protected": False},
                "categories": [1 + slugs.index(row.category[0])],
            }
        )
    return json.dumps(posts, ensure_ascii=False)
