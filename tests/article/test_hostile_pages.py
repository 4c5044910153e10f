"""Hostile and broken pages: refused with a reason, or read; never a traceback, never a hang."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.article import read_article
from scraper.errors import PageRefused
from scraper.html import links, next_page
from scraper.items import Article
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals

PORTALS = load_portals()
PORTAL = PORTALS["haiphong"]
URL = "https://thanhphohaiphong.gov.vn/bai-viet.html"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TEXT = (
    "Sáng 11/4, quận tổ chức hội nghị đánh giá kết quả thực hiện nhiệm vụ quý I/2023 trên các lĩnh vực. " * 3
)

REFUSED = {
    "empty": (b"", "empty"),
    "white space": (b" \r\n\t ", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "binary"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "binary"),
    "zeros": (b"\x00" * 10_000, "binary"),
    "noise": (bytes(n * 7919 % 256 for n in range(20_000)), "binary"),
    "20 MB": (b"<p>" + b"a" * 20_000_000 + b"</p>", "too large"),
    "10,000 levels": (b"<div>" * 10_000 + b"x" + b"</div>" * 10_000, "deep"),
    "100,000 levels never closed": (b"<b><x-y>" * 50_000, "deep"),
    "300,000 attributes": (b"<p " + b" ".join(b"a%d" % n for n in range(300_000)) + b">x</p>", "attributes"),
    "a cookie challenge": (
        b'<html><body><script>document.cookie="D1N=0a"+"; path=/";window.location.reload(true);</script>',
        "challenge",
    ),
    "an error page": (
        "<title>404</title><h1>Không tìm thấy trang</h1><p>Xin lỗi bạn.</p>".encode(),
        "error page",
    ),
    "a frameset": (b"<frameset><frame src='a.html'></frameset><h1>x</h1>", "no article"),
    "nothing of an article": (b"<html><body><script>x()</script></body></html>", "no article"),
}


@pytest.mark.parametrize(("page", "reason"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("portal", [PORTAL, None], ids=["portal", "generic"])
def test_what_is_no_page_is_refused(page: bytes, reason: str, portal: object) -> None:
    with pytest.raises(PageRefused, match=reason):
        read_article(page, URL, PORTAL if portal else None, NOW)


BOMB = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(12)
)
READ = {
    "an entity bomb": BOMB + b"]><h1>Tieu de bai viet</h1><p>&a11;</p><p>" + TEXT.encode() + b"</p>",
    "2,000 levels": b"<h1>Tieu de bai viet</h1>" + b"<div>" * 900 + f"<p>{TEXT}</p>".encode(),
    "tags never closed": f"<h1>Tiêu đề bài viết<p>{TEXT}<p>{TEXT}<table><tr><td>a<b><i><u>".encode() * 3,
    "cut in a tag": f"<h1>Tiêu đề bài viết</h1><div><p>{TEXT}</p><a href='".encode(),
    "deep JSON-LD": b'<script type="application/ld+json">'
    + b"[" * 100_000
    + f"</script><p>{TEXT}</p>".encode(),
    "broken JSON-LD": b'<script type="application/ld+json">{"@type":"NewsArticle",</script>'
    + f"<h1>Tiêu đề bài viết</h1><p>{TEXT}</p>".encode(),
    "JSON-LD of wrong types": b'<script type="application/ld+json">{"@type":["NewsArticle",7],"headline":[1],'
    b'"author":9,'
    b'"datePublished":{"a":1},"articleSection":{"b":2}}</script>' + f"<h1>Tiêu đề</h1><p>{TEXT}</p>".encode(),
    "many small paragraphs": b"<h1>Tieu de bai viet</h1>" + b"<p>Mot doan van ngan trong bai.</p>" * 20_000,
    "long line": b"<h1>Tieu de bai viet</h1><p>" + b"tu " * 400_000,
    "long runs of digits": b"<h1>Tieu de bai viet</h1><p>" + b"1/2/" * 50_000 + b"</p><div>" + b"9" * 100_000,
    "a wide table": b"<h1>Tieu de</h1><table><tr>" + b"<td>a" * 20_000 + b"</table>",
    "tables in tables": f"<h1>Tiêu đề</h1>{'<table><tr><td>' * 150}<p>{TEXT}</p>".encode(),
}


@pytest.mark.parametrize("page", READ.values(), ids=READ.keys())
def test_what_is_broken_is_read(page: bytes) -> None:
    for portal in (PORTAL, None):
        article = read_article(page, URL, portal, NOW)
        assert isinstance(article, Article)
        assert len(article.body_text) <= len(page)


def test_selectors_that_miss_are_problems_and_the_page_is_read_all_the_same() -> None:
    page = f"<h1 class='entry-title'>Tiêu đề bài viết</h1><div class='moi'><p>{TEXT}</p></div>".encode()
    article = read_article(page, URL, PORTAL, NOW)
    assert article.layout == "wordpress"
    assert article.body_text == TEXT.strip()
    missed = [problem for problem in article.problems if problem.kind == "selector_missed"]
    assert ".entry-content" in [problem.quote for problem in missed]
    assert {problem.detail.split(":")[0] for problem in missed} == {"wordpress.date", "wordpress.body"}


def test_a_page_that_fits_no_layout_says_so() -> None:
    page = f"<h1>Tiêu đề bài viết</h1><div class='moi'><p>{TEXT}</p></div>".encode()
    article = read_article(page, URL, PORTAL, NOW)
    assert article.layout == "generic"
    assert "layout_missed" in {problem.kind for problem in article.problems}
    assert article.body_text == TEXT.strip()


def test_a_date_after_the_fetch_is_no_date() -> None:
    page = f"<h1 class='entry-title'>T</h1><p class='post-date'>1/1/2031</p><div class='entry-content'>{TEXT}"
    article = read_article(page.encode(), URL, PORTAL, NOW)
    assert article.date_published is None
    assert [problem.kind for problem in article.problems] == ["date_in_future"]


def test_another_articles_canonical_address_is_not_taken() -> None:
    lechan = PORTALS["lechan"]
    url = "https://lechan.haiphong.gov.vn/tin/bai-viet-426352"
    page = f'<link rel="canonical" href="/tin/bai-khac-426999"><h1>Tiêu đề bài viết</h1><p>{TEXT}</p>'
    article = read_article(page.encode(), url, lechan, NOW)
    assert article.canonical_url == url
    assert "canonical_conflict" in {problem.kind for problem in article.problems}
    foreign = page.replace("/tin/bai-khac-426999", "https://spam.example/98win")
    assert read_article(foreign.encode(), url, lechan, NOW).canonical_url == url


TAGS = [
    "p",
    "div",
    "h1",
    "table",
    "tr",
    "td",
    "br",
    "img alt='x'",
    "figure",
    "figcaption",
    "a href='/x'",
    "ul",
    "li",
]
TAGS += [
    "b",
    "script",
    "article",
    "time datetime='2023-04-11'",
    "meta property='og:title' content='x'",
    "svg",
    "o:p",
]
WORDS = [
    "Hội nghị",
    "11/04/2023 10:55",
    "Tin khác",
    "Hoàng Tùng",
    "QR CODE: x",
    "&amp;",
    "&#x110;",
    "\u0301",
    "<",
    "|",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS]),
    st.sampled_from([f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(WORDS),
    st.just('<div class="entry-content">'),
    st.just('<h1 class="entry-title">'),
    st.text(max_size=12),
)


def article_or_none(page: bytes, portal: Portal | None, content_type: str | None = None) -> Article | None:
    try:
        return read_article(page, URL, portal, NOW, content_type)
    except PageRefused:
        return None


def read_or_refuse(page: bytes) -> None:
    for portal in (PORTAL, None):
        article = article_or_none(page, portal)
        if article is None:
            continue
        assert isinstance(article.body_text, str)
        assert "\u00a0" not in article.body_text
        assert all(paragraph == paragraph.strip() for paragraph in article.body_text.split("\n\n"))
        assert article.content_kind in ("text", "attachment_only", "image_only", "empty")
        assert article.date_published is None or article.date_source is not None


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    page = "".join(pieces).encode("utf-8", errors="replace")
    read_or_refuse(page)
    assert all(link.startswith(("http://", "https://")) for link in links(page, URL))
    next_page(page, URL)


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html; charset=utf-16", "text/html; charset=windows-1258"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str | None) -> None:
    article = article_or_none(body, PORTAL, content_type)
    assert article is None or article.headline or article.body_text or article.captions or article.attachments
    assert all(link.startswith(("http://", "https://")) for link in links(body, URL))


def test_letters_that_cannot_be_mended_are_told() -> None:
    """A hard space that became a plain one took a byte of "à" along: what is left is said to be broken."""
    twice = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in TEXT.encode())
    page = f"<h1>Tiêu đề bài viết</h1><p>{twice.replace('áº£', 'áº ')}</p>"
    article = read_article(page.encode(), URL, None, NOW)
    told = [problem for problem in article.problems if problem.kind == "mojibake"]
    assert [problem.quote for problem in told] == ["áº"]
    assert "đánh giá" in article.body_text
    clean = read_article(f"<h1>Tiêu đề bài viết</h1><p>{TEXT}</p>".encode(), URL, None, NOW)
    assert "mojibake" not in {problem.kind for problem in clean.problems}
