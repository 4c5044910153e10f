"""The NukeViet-like portal: news module with `/page-N/`, RSS, its own sitemap and a print page."""

from __future__ import annotations

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
    share_bar,
    sidebar,
    table_html,
    weekday,
)
from scraper.replica.records import Caption, Story, Table
from scraper.replica.sites import Site

SITEMAP_SIZE = 1000


def _body(entry: Entry, story: Story) -> str:
    parts: list[str] = []
    for number, block in enumerate(story.blocks):
        if isinstance(block, Caption):
            parts.append(
                f'<figure class="article center">{image(entry, number, block)}<figcaption>{e(block.text)}</figcaption></figure>'
            )
        elif isinstance(block, Table):
            parts.append(table_html(block))
        else:
            parts.append(paragraph(block))
    return "\n".join(parts)


def article(replica: Replica, entry: Entry, heavy: bool = False) -> str:
    """Return the article's page after themes/default/modules/news/detail.tpl."""
    site, story = entry.site, replica.story(entry)
    files = "".join(
        f'<a href="{e(path)}" download>{e(path.rsplit("/", 1)[1])}</a>' for path in story.attachments
    )
    attached = f'<div class="news-download-file">{files}</div>' if files else ""
    author = (
        f'<p class="h5 text-right"><strong>Tác giả: </strong><span itemprop="author"><span itemprop="name">{e(" - ".join(story.authors))}</span></span></p>'
        if story.authors
        else ""
    )
    source = (
        f'<p class="h5 text-right"><strong>Nguồn tin: </strong>{e(story.source)}</p>' if story.source else ""
    )
    rows = "".join(
        f'<li><a href="{e(o.path)}" title="{e(o.headline)}">{e(o.headline)}</a> <em>({o.published:%d/%m/%Y})</em></li>'
        for o in others(replica, entry, 6)
    )
    slug, name = entry.category
    stamp = entry.published.isoformat()
    return (
        head(site, f"{story.headline} - {site.name}", article_meta(site, entry, story), replica, heavy)
        + f'<body>\n{header(site)}<div class="breadcrumbs-wrap"><ol class="breadcrumb"><li><a href="/">Trang nhất</a></li><li><a href="/{slug}/">{e(name)}</a></li></ol></div>'
        f'<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body">'
        f'<h1 class="title margin-bottom-lg" itemprop="headline">{e(story.headline)}</h1>'
        f'<div class="hidden hide d-none"><span itemprop="datePublished">{stamp}</span><span itemprop="dateModified">{entry.modified.isoformat()}</span></div>'
        f'<div class="row"><span class="h5">{weekday(entry)} - {entry.published:%d/%m/%Y %H:%M}</span> <ul class="list-inline"><li><a href="/news/print/{slug}/{entry.slug}-{entry.native_id}.html">In ra</a></li>'
        f'<li><a href="/news/savefile/{slug}/{entry.slug}-{entry.native_id}.html">Lưu bài viết này</a></li></ul></div>'
        f'<div class="bodytext margin-bottom-lg" itemprop="articleBody" id="news-bodyhtml">\n{_body(entry, story)}\n</div>{attached}{author}{source}</div></div>'
        f'{share_bar()}<div class="news_column panel"><p class="h3"><strong>Những tin mới hơn</strong></p><ul class="detail-related related list-none">{rows}</ul></div>'
        f"{sidebar(replica, site)}\n{footer(site)}"
    )


def print_page(replica: Replica, entry: Entry) -> str:
    """Return the print form after print.tpl."""
    site, story = entry.site, replica.story(entry)
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{e(story.headline)}</title><meta name="robots" content="noindex">'
        f'<link rel="canonical" href="{e(entry.url)}"></head><body><div id="print"><div id="hd_print"><h2>{e(site.name)}</h2><p>{site.base_url}</p></div>'
        f'<div id="content"><h1>{e(story.headline)}</h1><ul class="list-inline"><li>{weekday(entry)} - {entry.published:%d/%m/%Y %H:%M}</li></ul>'
        f'<div id="bodytext">\n{_body(entry, story)}\n</div><div id="author">{e(" - ".join(story.authors))}</div></div></div></body></html>\n'
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
    """Return a page of a category: /<cat>/page-N/."""
    items = "".join(
        f'<div class="news_column panel panel-default"><div class="panel-body featured"><h2><a href="{e(r.path)}" title="{e(r.headline)}">{e(r.headline)}</a></h2>'
        f'<p class="text-muted">{r.published:%d/%m/%Y %H:%M}</p></div></div>\n'
        for r in rows
    )
    extra = f'<link rel="next" href="{site.base_url}{base}/page-{page + 1}/">\n' if page < pages else ""
    links = "".join(
        f'<li><a href="{base}/page-{n}/">{n}</a></li>'
        for n in range(max(1, page - 2), min(pages, page + 2) + 1)
    )
    return (
        head(site, title, extra, replica, heavy)
        + f'<body>\n{header(site)}<h1 class="hidden">{e(title)}</h1>\n{items}<div class="text-center"><ul class="pagination">{links}</ul></div>{sidebar(replica, site)}\n{footer(site)}'
    )


def sitemap(replica: Replica, site: Site) -> str:
    """Return /news/sitemap.xml: the newest 1,000 articles."""
    rows = "\n".join(
        f"<url><loc>{e(r.url)}</loc><lastmod>{r.modified.isoformat()}</lastmod></url>"
        for r in replica.of_site(site)[:SITEMAP_SIZE]
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'
