"""RSS feeds and sitemaps, which the systems write alike."""

from __future__ import annotations

from email.utils import format_datetime

from scraper.replica.content import Content, Entry
from scraper.replica.pages.furniture import e
from scraper.replica.sites import Site


def feed(replica: Content, site: Site, rows: list[Entry], path: str) -> str:
    """Return an RSS feed of the newest twenty articles."""
    items = []
    for row in rows[:20]:
        lead = replica.story(row).lead()
        items.append(
            f"<item><title>{e(row.headline)}</title><link>{e(row.url)}</link>"
            f"<pubDate>{format_datetime(row.published)}</pubDate>"
            f'<guid isPermaLink="false">{site.base_url}/?p={row.native_id}</guid>'
            f"<category><![CDATA[{row.category[1]}]]></category>"
            f"<description><![CDATA[{lead}]]></description></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n<title>{e(site.name)}</title>\n'
        f'<atom:link href="{site.base_url}{path}" rel="self" type="application/rss+xml"/>\n'
        f"<link>{site.base_url}</link>\n<description>{e(site.name)}</description>\n<language>vi</language>\n"
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )


def sitemap(rows: list[Entry]) -> str:
    """Return a sitemap of articles with their `lastmod`."""
    return xml(
        "urlset",
        [f"<url><loc>{e(r.url)}</loc><lastmod>{r.modified.isoformat()}</lastmod></url>" for r in rows],
    )


def xml(root: str, parts: list[str]) -> str:
    """Return a document of the sitemap protocol."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(parts)
        + f"\n</{root}>\n"
    )
