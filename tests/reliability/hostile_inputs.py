"""What hostile portals send: recorded pages that were spoilt, soups of what breaks readers, random bytes."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from scraper.replica import SITES, Replica
from scraper.replica.exchange import Request
from scraper.replica.routes import Router

PAGES = Path(__file__).parents[1] / "pages"


@cache
def recorded(kind: str) -> tuple[bytes, ...]:
    """Return pages as portals have them: recorded articles, and what the replica answers of each kind."""
    replica = Replica(seed=3, articles=12)
    router = Router(replica)

    def asked(host: str, path: str) -> bytes:
        return router.answer(Request("GET", host, path, {})).body

    if kind == "article":
        found = [path.read_bytes() for path in sorted(PAGES.glob("*/*/page.html"))]
        return tuple(found + [asked(entry.site.host, entry.path) for entry in replica.entries[:6]])
    paths = {
        "sitemap": ("/wp-sitemap.xml", "/wp-sitemap-posts-post-1.xml", "/news/sitemap.xml"),
        "feed": ("/feed/", "/news/rss/"),
        "api": ("/wp-json/wp/v2/posts?per_page=10",),
        "listing": ("/", "/category/tin-tuc"),
        "robots": ("/robots.txt",),
    }[kind]
    return tuple(asked(site.host, path) for site in SITES for path in paths)


HTML_PIECES = [
    b"<div>",
    b"</div>",
    b"<p>",
    b"<table><tr><td>",
    b"</table>",
    b"<h1>",
    b"</h1>",
    b"<script>",
    b"</script>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<svg><foreignObject>",
    b"<template>",
    b"<iframe srcdoc='<p>'>",
    b"<a href='javascript:alert(1)'>",
    b"<a href='data:text/html,x'>",
    b"<a href='//[::1'>",
    b"<base href='http://['>",
    b"<link rel=canonical href='http://[bad'>",
    b"<link rel=next href='?page=2'>",
    b"<meta charset=utf-7>",
    b"<meta charset=rot13>",
    b"<meta property='article:published_time' content='9999-99-99T99:99:99'>",
    b"<time datetime='0000-00-00'>",
    b'<script type=\'application/ld+json\'>{"@graph":[[{"@type":1}]]}</script>',
    b'<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":1e999}</script>',
    b"&#x110000;",
    b"&#0;",
    b"&#xD800;",
    b"&bogus;",
    b"&" * 40,
    b"<" * 60,
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"Th\xe1\xbb\xa9 ba, 31/02/2023 25:61",
    b"Print",
    "́".encode() * 30,
    "Tin khác".encode(),
    b"QR CODE: ",
    b"1/2/" * 50,
    b"9" * 400,
    b"<td>" * 80,
    b"<b><i>" * 80,
    b"<div class='entry-content'>",
    b"<h1 class='entry-title'>",
    b"<p style='display:none'>",
    b"<o:p>",
]
XML_PIECES = [
    b"<?xml version='1.0'?>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<?xml encoding='x-none'?>",
    b"<urlset>",
    b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>",
    b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    b"<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>",
    b"<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1/'>%p;]>",
    b"&e;",
    b"&c;",
    b"&a;",
    b"<loc>",
    b"</loc>",
    b"<url>",
    b"</url>",
    b"<sitemap>",
    b"<sitemapindex>",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"<link href='/x'/>",
    b"<link>",
    b"<![CDATA[",
    b"]]>",
    b"<lastmod>2026-13-45T99:99:99+99:99</lastmod>",
    b"<lastmod>-1</lastmod>",
    b"<a>" * 100,
    b"<lastmod>99999-01-01</lastmod>",
    b"<pubDate>Tue, 99 Foo 2023 08:00:00 +9999</pubDate>",
    b"<guid>//[</guid>",
    b"<loc>http://[bad</loc>",
    b"<loc>javascript:alert(1)</loc>",
    b"<loc>https://thanhphohaiphong.gov.vn/a.html</loc>",
    b"<x:loc xmlns:x='y'>",
    b"\x1f\x8b",
    b"\x00",
    b"\xff\xfe",
    b"<!--",
    b"<?php",
    b"<loc>" + b"a" * 3000,
    b"x" * 900,
]
JSON_PIECES = [
    b"[",
    b"]",
    b"{",
    b"}",
    b'"link":',
    b'"https://thanhphohaiphong.gov.vn/a.html"',
    b'"date_gmt":',
    b'"2023-01-01T00:00:00"',
    b'"modified_gmt":',
    b"1e999",
    b"NaN",
    b"null",
    b",",
    b'"\\ud800"',
    b"[" * 3000,
    b'"0001-01-01T00:00:00+14:00"',
    b"-1",
]
ROBOTS_PIECES = [
    b"User-agent: *\n",
    b"User-agent: CityLedger\n",
    b"Disallow: /\n",
    b"Allow: /a*b$\n",
    b"Disallow: /" + b"*a" * 60 + b"\n",
    b"Crawl-delay: nan\n",
    b"Crawl-delay: -1\n",
    b"Crawl-delay: 1e99\n",
    b"Crawl-delay: x\n",
    b"Request-rate: 1/0s\n",
    b"Visit-time: 9999-0000\n",
    b"Sitemap: http://[\n",
    b"Disallow: %zz%ff\n",
    b"\x00",
    b"\xff\xfe",
    b"\r",
    b":::\n",
    b"#",
    b"Disallow: //[bad\n",
    b"Disallow: http://[bad/\n",
    b"Disallow: ?\n",
    b"User-agent:\n",
    b"<html>",
    b"\xef\xbb\xbf",
]
TYPES: list[str | None] = [
    None,
    "",
    "text/html",
    "text/html; charset=utf-16",
    "text/html; charset=windows-1258",
    "text/html; charset=zip",
    "text/html; charset=idna",
    "text/html; charset=\x00",
    "application/pdf",
    "text/html; charset=" + "x" * 500,
]
URL_PIECES = [
    "https://",
    "http:",
    "//",
    "thanhphohaiphong.gov.vn",
    "www.",
    "[",
    "]",
    "::1",
    "%",
    "%zz",
    "%00",
    "@",
    ":",
    ":99999",
    "\\",
    "?",
    "&",
    "=",
    "#",
    "/",
    "..",
    "/amp",
    "utm_source=1",
    "​",
    "\ud800",
    "đ",
    "quả",
    "\x00",
    "\n",
    "xn--",
    ".",
]


def pieces_of(pieces: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return soups of pieces, with random bytes and repetitions among them."""
    piece = st.one_of(st.sampled_from(pieces), st.binary(max_size=12))
    repeated = st.builds(lambda one, times: one * times, st.sampled_from(pieces), st.integers(1, 300))
    return st.lists(st.one_of(piece, repeated), max_size=30).map(b"".join)


@st.composite
def mutated(draw: st.DrawFn, kind: str, pieces: list[bytes]) -> bytes:
    """Return a recorded page that was cut, torn, doubled, spoilt or spiked up to eight times."""
    page = bytearray(draw(st.sampled_from(recorded(kind))))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(page)))
        end = min(len(page), start + draw(st.integers(0, 400)))
        change = draw(st.sampled_from(["cut", "remove", "double", "spike", "flip", "repeat"]))
        if change == "cut":
            del page[start:]
        elif change == "remove":
            del page[start:end]
        elif change == "double":
            page[start:start] = page[start:end]
        elif change == "spike":
            page[start:start] = draw(st.sampled_from(pieces))
        elif change == "flip" and start < len(page):
            page[start] = draw(st.integers(0, 255))
        elif change == "repeat":
            page[start:start] = page[start:end] * draw(st.integers(2, 60))
    return bytes(page)


def any_of(kind: str, pieces: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return recorded pages spoilt, soups, random bytes, and any of them packed."""
    plain = st.one_of(mutated(kind, pieces), pieces_of(pieces), st.binary(max_size=400))
    return st.one_of(plain, plain, plain, plain.map(lambda body: gzip.compress(body, 1)))


urls = st.one_of(st.lists(st.sampled_from(URL_PIECES), max_size=12).map("".join), st.text(max_size=60))

HEADERS = st.dictionaries(
    st.sampled_from(["location", "retry-after", "last-modified", "etag", "content-type", "set-cookie"]),
    st.one_of(
        urls,
        st.sampled_from(["-1", "1e9", "9" * 40, "Tue, 99 Foo 2023", "Wed, 21 Oct 2099 07:28:00 GMT", "²"]),
    ),
)
ARTICLES = st.tuples(
    any_of("article", HTML_PIECES),
    st.sampled_from(TYPES),
    st.sampled_from([None, "haiphong", "lechan", "ngoquyen"]),
)
ANSWERS = st.tuples(
    st.sampled_from([200, 200, 204, 206, 301, 302, 304, 400, 404, 410, 429, 503, 999]),
    HEADERS,
    st.one_of(any_of("listing", HTML_PIECES), any_of("sitemap", XML_PIECES)),
    st.sampled_from(["article", "listing", "sitemap", "feed", "api"]),
)
