"""Sitemaps, feeds, wp-json and listings give their links, and no document can do harm."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.crawl import discovery
from scraper.crawl.discovery import Link, read_api, read_feed, read_listing, read_sitemap
from tests.crawl.site import portal_for

BASE = "https://hai-phong.test/sitemap.xml"
LASTMOD = 1704139445  # 2024-01-02T03:04:05+07:00
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><urlset><url><loc>https://hai-phong.test/&c;</loc></url></urlset>'
)


def urlset(*rows: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows)}</urlset>'.encode()


def test_a_urlset() -> None:
    body = urlset(
        "<url><loc> https://hai-phong.test/a.html </loc><lastmod>2024-01-02T03:04:05+07:00</lastmod></url>",
        "<url><loc><![CDATA[https://hai-phong.test/b.html?x=1&y=2]]></loc></url>",
        "<url><loc>/c.html</loc><lastmod>hôm qua</lastmod></url>",
        "<url><loc>https://hai-phong.test/a.html</loc></url>",
        "<url><loc>javascript:alert(1)</loc></url>",
    )
    assert read_sitemap(body, BASE) == [
        Link("https://hai-phong.test/a.html", LASTMOD),
        Link("https://hai-phong.test/b.html?x=1&y=2"),
        Link("https://hai-phong.test/c.html"),
    ]
    assert (
        read_sitemap(gzip.compress(body), BASE)
        == read_sitemap(b"\n " + body, BASE)
        == read_sitemap(body, BASE)
    )


def test_an_index() -> None:
    one = b"<sitemap><loc>/s1.xml</loc><lastmod>2024-01-01T20:04:05Z</lastmod></sitemap>"
    body = b"<sitemapindex>" + one + b"</sitemapindex>"
    assert read_sitemap(body, BASE) == [Link("https://hai-phong.test/s1.xml", LASTMOD, None, True)]


def test_a_news_sitemap_keeps_the_page_and_not_its_picture() -> None:
    body = urlset(
        "<url><loc>/a.html</loc><image:image xmlns:image='i'>"
        "<image:loc>/a.jpg</image:loc></image:image></url>"
    )
    assert [link.url for link in read_sitemap(body, BASE)] == ["https://hai-phong.test/a.html"]


def test_a_broken_sitemap_gives_what_can_be_read() -> None:
    body = urlset(
        "<url><loc>/a.html</loc></url>", "<url><loc>/b.html</loc>", "<b>", "<url><loc>/c.html</loc></url>"
    )
    assert {link.url[-7:] for link in read_sitemap(body, BASE)} == {"/a.html", "/b.html", "/c.html"}


def test_rss_with_an_entity_that_xml_does_not_know() -> None:
    body = (
        "<rss><channel><item><title>Hải&nbsp;Phòng</title><link>https://hai-phong.test/a.html</link></item>"
        "<item><link>https://hai-phong.test/b.html</link></item></channel></rss>"
    ).encode()
    assert [link.url[-7:] for link in read_feed(body, BASE)] == ["/a.html", "/b.html"]


def test_rss_and_atom() -> None:
    rss = (
        b"<rss><channel><link>https://hai-phong.test/</link><item><link>/a.html</link>"
        b"<pubDate>Tue, 02 Jan 2024 03:04:05 +0700</pubDate></item></channel></rss>"
    )
    assert read_feed(rss, BASE) == [Link("https://hai-phong.test/a.html", None, LASTMOD)]
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry><link rel="self" href="/x"/>'
        b'<link href="/a.html"/><published>2024-01-02T03:04:05+07:00</published></entry></feed>'
    )
    assert read_feed(atom, BASE) == [Link("https://hai-phong.test/a.html", None, LASTMOD)]


def test_wp_json() -> None:
    posts = [
        {
            "link": "https://hai-phong.test/a.html",
            "date_gmt": "2024-01-01T20:04:05",
            "modified_gmt": "2024-01-01T20:04:06",
        },
        {"link": 7},
        "x",
    ]
    assert read_api(json.dumps(posts).encode(), BASE) == [
        Link("https://hai-phong.test/a.html", LASTMOD + 1, LASTMOD)
    ]
    assert read_api(b'{"code":"rest_no_route"}', BASE) == []
    assert read_api(b"[" * 100_000, BASE) == []
    assert discovery.api_page("https://a.test/wp-json/wp/v2/posts", 3) == (
        "https://a.test/wp-json/wp/v2/posts?per_page=100&orderby=modified&order=desc"
        "&_fields=link,date_gmt,modified_gmt&page=3"
    )


def test_a_listing_and_its_next_page() -> None:
    body = (
        b"<div class=l><a href='/a.html'>a</a></div><a href='/b.html'>b</a><a rel=next href='?trang=2'>x</a>"
    )
    url = "https://hai-phong.test/tin"
    assert [link.url for link in read_listing(body, url, ".l a")] == ["https://hai-phong.test/a.html"]
    assert len(read_listing(body, url, None)) == 3
    plain = portal_for(None).discovery
    assert discovery.next_listing(body, url, url, 1, plain) == "https://hai-phong.test/tin?trang=2"
    paged = portal_for(None, listing_next="{url}/page/{page}").discovery
    assert discovery.next_listing(body, url, url, 1, paged) == "https://hai-phong.test/tin/page/2"
    from_zero = portal_for(None, listing_next="/ajax?p={page}", listing_first=0).discovery
    assert discovery.next_listing(body, url, url, 3, from_zero) == "https://hai-phong.test/ajax?p=3"


def test_entities_are_not_expanded() -> None:
    assert all(len(link.url) < 100 for link in read_sitemap(BOMB, BASE))


def test_an_external_entity_is_not_read() -> None:
    body = (
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>/&f;</loc></url></urlset>'
    )
    assert all("root" not in link.url for link in read_sitemap(body, BASE))


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MAX_LINKS", 10)
    monkeypatch.setattr(discovery, "MAX_UNPACKED", 5000)
    body = urlset(*(f"<url><loc>/{number}.html</loc></url>" for number in range(500)))
    assert len(read_sitemap(body, BASE)) <= 20
    assert len(read_sitemap(gzip.compress(body), BASE)) <= 20
    assert read_sitemap(b"<a>" * 10_000, BASE) == []


@settings(max_examples=150, deadline=None)
@given(
    body=st.one_of(
        st.binary(max_size=300), st.text("<>/&;:![]ulocritemfdxs\"' ", max_size=200).map(str.encode)
    )
)
@example(BOMB)
@example(b"\x1f\x8b\x08\x00")
@example(b'<?xml version="1.0" encoding="utf-99"?><urlset/>')
@example(b"<loc>http://[x</loc>")
def test_no_document_makes_discovery_fail(body: bytes) -> None:
    for links in (
        read_sitemap(body, BASE), read_feed(body, BASE), read_api(body, BASE), read_listing(body, BASE, None)
    ):  # fmt: skip
        assert all(link.url.startswith(("http://", "https://")) for link in links)
