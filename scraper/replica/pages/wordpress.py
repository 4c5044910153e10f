"""The WordPress portal: posts, AMP twins by the Reader theme, categories, core sitemaps, feed, wp-json."""

from __future__ import annotations

import json
from datetime import timedelta
from email.utils import format_datetime
from random import Random

from scraper.replica.content import Entry, Replica
from scraper.replica.pages.furniture import (
    article_meta, e, footer, head, header, image, others, paragraph, share_bar, sidebar, table_html, weekday,
)  # fmt: skip
from scraper.replica.records import Caption, Story, Table
from scraper.replica.sites import Site

SITEMAP_SIZE = 2000


def content(entry: Entry, story: Story, amp: bool = False) -> str:
    """Return the post's content: paragraphs, captioned pictures, tables, attachments, byline."""
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            picture = image(entry, number, block)
            if amp:
                picture = picture.replace("<img", "<amp-img layout=responsive").replace(">", "></amp-img>", 1)
            parts.append(
                f'<figure class="wp-caption aligncenter">{picture}<figcaption class="wp-caption-text">{e(block.text)}</figcaption></figure>'
            )
        elif isinstance(block, Table):
            parts.append(f'<figure class="wp-block-table">{table_html(block)}</figure>')
        else:
            parts.append(paragraph(block, ' style="text-align: justify;"'))
    for path in story.attachments:
        parts.append(f'<p><a href="{e(path)}">{e(path.rsplit("/", 1)[1])}</a></p>')
    if story.authors and not amp:
        parts.append(f'<p style="text-align: right;"><strong>{e(" - ".join(story.authors))}</strong></p>')
    return "\n".join(parts)


def _json_ld(entry: Entry, story: Story) -> str:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "mainEntityOfPage": entry.url,
        "datePublished": entry.published.isoformat(), "dateModified": entry.modified.isoformat(),
        "publisher": {"@type": "Organization", "name": entry.site.name},
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>\n'


def article(replica: Replica, entry: Entry, heavy: bool = False) -> str:
    """Return the post's page."""
    site, story = entry.site, replica.story(entry)
    stamp = entry.published.isoformat()
    extra = article_meta(site, entry, story) + f'<link rel="amphtml" href="{e(entry.url)}/amp">\n'
    extra += f'<meta property="article:published_time" content="{stamp}">\n<meta property="article:modified_time" content="{entry.modified.isoformat()}">\n'
    extra += f'<link rel="https://api.w.org/" href="{site.base_url}/wp-json/">\n<link rel="shortlink" href="{site.base_url}/?p={entry.native_id}">\n'
    extra += _json_ld(entry, story)
    origin = ' <a class="original" href="#goc">Gốc</a>' if entry.published.year >= 2020 else ""
    rows = "".join(
        f'<li><a href="{e(o.path)}">{e(o.headline)}</a> <span class="date">{o.published:%d/%m/%Y}</span></li>'
        for o in others(replica, entry)
    )
    source = (
        f'<div class="news-source">Nguồn tin: {e(story.source)}</div>'
        if story.source
        else '<div class="news-source">Nguồn tin</div>'
    )
    slug, name = entry.category
    return (
        head(site, f"{story.headline} - {site.name}", extra, replica, heavy)
        + f'<body class="single single-post postid-{entry.native_id}">\n{header(site)}<div id="content"><main>'
        f'<div class="breadcrumb"><a href="/category/{slug}">{e(name)}</a></div>'
        f'<article id="post-{entry.native_id}" class="post-{entry.native_id} post type-post hentry category-{slug}">'
        f'<header class="entry-header"><h1 class="entry-title">{e(story.headline)}</h1></header>'
        f'<div class="entry-meta"><a class="print-link" href="{e(entry.path)}?print=1">Print</a> '
        f'<time class="entry-date published" datetime="{stamp}">{weekday(entry)}, {entry.published:%d/%m/%Y %H:%M}</time>{origin}</div>'
        f'<div class="entry-content">\n{content(entry, story)}\n</div>{share_bar()}'
        f'<div class="entry-tools"><h4>Tiện ích thông tin</h4>{source}<div class="qr">QR Code</div><div class="qr-title">QR CODE: {e(story.headline)}</div>'
        "<h4>Chúng tôi trên Mạng Xã hội</h4><div>QR Code Fanpage</div><div>Mã QR Code truy cập vào Fanpage Cổng tin tức Thành phố Hải Phòng</div></div>"
        f'<div class="related-posts"><h3>Tin khác</h3><ul>{rows}</ul></div></article></main>{sidebar(replica, site)}</div>\n{footer(site)}'
    )


def amp(replica: Replica, entry: Entry) -> str:
    """Return the post's AMP twin, after the AMP plugin's Reader theme; its visible date is relative."""
    site, story = entry.site, replica.story(entry)
    days = (replica.until - entry.published.date()).days
    age = (
        f"{days} ngày trước"
        if days < 30
        else f"{days // 30} tháng trước"
        if days < 365
        else f"{days // 365} năm trước"
    )
    rows = "".join(
        f'<li><a href="{e(o.path)}/amp">{e(o.headline)}</a> <p>{e(o.headline)}...</p> <span>{o.published:%d/%m/%Y}</span></li>'
        for o in others(replica, entry, 4)
    )
    byline = (
        f'<div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">{e(" - ".join(story.authors))}</span></div>'
        if story.authors
        else ""
    )
    return (
        f'<!doctype html>\n<html amp lang="vi">\n<head>\n<meta charset="utf-8">\n<title>{e(story.headline)}</title>\n<link rel="canonical" href="{e(entry.url)}">\n'
        f'<script async src="/amp/v0.js"></script>\n{_json_ld(entry, story)}</head>\n<body>\n'
        f'<header id="top" class="amp-wp-header"><div><a href="/">{e(site.name)}</a></div></header>\n'
        f'<article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{e(story.headline)}</h1>{byline}'
        f'<div class="amp-wp-meta amp-wp-posted-on"><time datetime="{entry.published.isoformat()}">{age}</time></div></header>\n'
        f'<div class="amp-wp-article-content">\n{content(entry, story, amp=True)}\n</div>'
        f'<footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Chuyên mục: <a href="/category/{entry.category[0]}">{e(entry.category[1])}</a></div>'
        f'<div class="related"><h3>Tin khác</h3><ul>{rows}</ul></div></footer></article>\n<footer class="amp-wp-footer"><p>{e(site.name)}</p></footer>\n</body>\n</html>\n'
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
    """Return a page of posts: of a category, or the front page."""
    items = "".join(
        f'<article class="post type-post hentry"><h2 class="entry-title"><a href="{e(r.path)}" rel="bookmark">{e(r.headline)}</a></h2>'
        f'<div class="entry-meta"><time class="entry-date published" datetime="{r.published.isoformat()}">{r.published:%d/%m/%Y}</time></div></article>\n'
        for r in rows
    )
    extra = f'<link rel="next" href="{site.base_url}{base}/page/{page + 1}">\n' if page < pages else ""
    links = "".join(
        f'<a class="page-numbers" href="{base}/page/{n}">{n}</a> '
        for n in range(max(1, page - 1), min(pages, page + 2) + 1)
    )
    following = (
        f'<a class="next page-numbers" rel="next" href="{base}/page/{page + 1}">Trang sau</a>'
        if page < pages
        else ""
    )
    return (
        head(site, f"{title} - {site.name}", extra, replica, heavy)
        + f'<body class="archive">\n{header(site)}<div id="content"><main><h1 class="page-title">{e(title)}</h1>\n{items}'
        f'<nav class="pagination">{links}{following}</nav></main>{sidebar(replica, site)}</div>\n{footer(site)}'
    )


def sitemap_index(replica: Replica, site: Site) -> str:
    """Return /wp-sitemap.xml: the index of post sitemaps, and one of categories."""
    rows = replica.of_site(site)
    parts = []
    for number in range(max(1, -(-len(rows) // SITEMAP_SIZE))):
        chunk = rows[number * SITEMAP_SIZE : (number + 1) * SITEMAP_SIZE]
        last = max((r.modified for r in chunk), default=replica.clock)
        parts.append(
            f"<sitemap><loc>{site.base_url}/wp-sitemap-posts-post-{number + 1}.xml</loc><lastmod>{last.isoformat()}</lastmod></sitemap>"
        )
    parts.append(f"<sitemap><loc>{site.base_url}/wp-sitemap-taxonomies-category-1.xml</loc></sitemap>")
    return _xml("sitemapindex", parts)


def sitemap(replica: Replica, site: Site, number: int) -> str | None:
    """Return a sitemap of posts, at most 2,000 each, or None past the last."""
    rows = replica.of_site(site)[(number - 1) * SITEMAP_SIZE : number * SITEMAP_SIZE]
    if not rows and number > 1:
        return None
    return _xml(
        "urlset",
        [f"<url><loc>{e(r.url)}</loc><lastmod>{r.modified.isoformat()}</lastmod></url>" for r in rows],
    )


def category_sitemap(site: Site) -> str:
    """Return the sitemap of categories."""
    return _xml(
        "urlset", [f"<url><loc>{site.base_url}/category/{slug}</loc></url>" for slug, _ in site.categories]
    )


def _xml(root: str, parts: list[str]) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(parts)
        + f"\n</{root}>\n"
    )


def feed(replica: Replica, site: Site, rows: list[Entry], path: str) -> str:
    """Return an RSS feed of the newest articles."""
    items = []
    for r in rows[:20]:
        lead = next(replica.story(r).paragraphs()).text
        items.append(
            f"<item><title>{e(r.headline)}</title><link>{e(r.url)}</link><pubDate>{format_datetime(r.published)}</pubDate>"
            f'<guid isPermaLink="false">{site.base_url}/?p={r.native_id}</guid><category><![CDATA[{r.category[1]}]]></category>'
            f"<description><![CDATA[{lead}]]></description></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f'<title>{e(site.name)}</title><atom:link href="{site.base_url}{path}" rel="self" type="application/rss+xml"/><link>{site.base_url}</link>'
        f"<description>{e(site.name)}</description><language>vi</language>\n"
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )


def posts_json(replica: Replica, site: Site, rows: list[Entry]) -> str:
    """Return posts as wp-json gives them; dates without a zone are the site's local time, `_gmt` UTC."""
    posts = []
    for r in rows:
        story = replica.story(r)
        gmt = r.published - timedelta(hours=7)
        changed = r.modified - timedelta(hours=7)
        posts.append({
            "id": r.native_id, "date": f"{r.published:%Y-%m-%dT%H:%M:%S}", "date_gmt": f"{gmt:%Y-%m-%dT%H:%M:%S}",
            "guid": {"rendered": f"{site.base_url}/?p={r.native_id}"}, "modified": f"{r.modified:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{changed:%Y-%m-%dT%H:%M:%S}", "slug": r.slug, "status": "publish", "type": "post", "link": r.url,
            "title": {"rendered": e(r.headline)}, "content": {"rendered": content(r, story), "protected": False},
            "categories": [1 + [slug for slug, _ in site.categories].index(r.category[0])],
            "featured_media": Random(f"{replica.seed}:media:{r.number}").randint(1000, 9999),
        })  # fmt: skip
    return json.dumps(posts, ensure_ascii=False)
