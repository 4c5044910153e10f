"""The annotated development articles, set into pages as editors set them, read back as they are.

Their texts were written by no generator of ours: what is a caption, a byline or a paragraph is told there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest

from scraper.article import read_article
from scraper.items import Article
from scraper.portal_catalogue import load_portals

ANNOTATED = Path(__file__).parents[1] / "annotated" / "dev"
ARTICLES = {
    path.stem: json.loads(path.read_text("utf-8"))["article"] for path in sorted(ANNOTATED.glob("*.json"))
}
URL = "https://thanhphohaiphong.gov.vn/bai-thu.html"
PORTAL = load_portals()["haiphong"]
Pieces = list[tuple[str, str]]


def pieces_of(article: dict[str, Any]) -> Pieces:
    """Part an article into (kind, text) in page order: captions between the paragraphs, rows together."""
    captions = list(article["captions"] or ())
    pieces: Pieces = []
    for paragraph in article["body_text"].split("\n\n"):
        pieces.append(("row" if " | " in paragraph else "text", paragraph))
        if captions and pieces[-1][0] == "text":
            pieces.append(("caption", captions.pop(0)))
    return pieces + [("caption", caption) for caption in captions]


def table(row: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.split(" | ")) + "</tr>"


def figures(kind: str, text: str) -> str:
    if kind == "caption":
        return f'<figure class="wp-caption"><img src="a.jpg"><figcaption>{escape(text)}</figcaption></figure>'
    return f"<p>{escape(text)}</p>"


def slanted(kind: str, text: str) -> str:
    if kind == "caption":
        return f'<p><img src="a.jpg" alt="Anh-tin-bai"></p><p>&nbsp;</p><p><i>&nbsp; {escape(text)}</i></p>'
    return f'<p style="text-align:justify">{escape(text)}</p>'


def pictures_in_tables(kind: str, text: str) -> str:
    if kind == "caption":
        return f'<table><tr><td><img src="a.jpg"></td></tr><tr><td>{escape(text)}</td></tr></table>'
    return f"<div>{escape(text)}</div>"


def breaks(kind: str, text: str) -> str:
    if kind == "caption":
        return f'<center><img src="a.jpg"><br><em>{escape(text)}</em></center>'
    return f"{escape(text)}<br>\r\n<br />"


def word(kind: str, text: str) -> str:
    middle = text.find(" ", len(text) // 2)
    text = escape(text if middle < 0 else f"{text[:middle]}\r\n{text[middle + 1 :]}")
    if kind == "caption":
        return f'<p class="MsoNormal" align="center"><img src="a.jpg"><br>{text}<o:p></o:p></p>'
    return f'<p class="MsoNormal"><span lang="VI" style="mso-x:y">{text}</span><o:p>&nbsp;</o:p></p>'


SETTINGS: dict[str, Callable[[str, str], str]] = {
    "figures": figures,
    "slanted": slanted,
    "picture-tables": pictures_in_tables,
    "breaks": breaks,
    "word": word,
}


def page_of(article: dict[str, Any], setting: Callable[[str, str], str]) -> bytes:
    parts: list[str] = []
    in_table = False
    for kind, text in pieces_of(article):
        if (kind == "row") != in_table:
            parts.append("</table>" if in_table else '<table border="1">')
            in_table = not in_table
        parts.append(table(text) if kind == "row" else setting(kind, text))
    parts.append("</table>" if in_table else "")
    if article["authors"]:
        parts.append(f'<p style="text-align:right"><b>{escape(" - ".join(article["authors"]))}</b></p>')
    if article["source"]:
        parts.append(f"<p>Nguồn: {escape(article['source'])}</p>")
    headline, day = escape(article["headline"]), article["date_published"]
    printed = f"{day[8:10]}/{day[5:7]}/{day[:4]} {day[11:16]}"
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{headline} - Cổng tin tức
        </title></head><body><div class="top-bar">Hải Phòng, ngày 23 tháng 11 năm 2026</div>
        <ul class="menu"><li><a href="/a">Trang chủ</a></li><li><a href="/b">Chính trị</a></li></ul>
        <h1 class="entry-title">{headline}</h1><div class="post-date">Thứ ba, {printed}</div>
        <div class="entry-content">{"".join(parts)}<div>Tiện ích thông tin</div><p>QR CODE: {headline}</p>
        <p>Tin khác</p><ul><li><a href="/c.html">Khai mạc tuần lễ sách</a> 20/03/2026</li></ul></div>
        </body></html>""".encode()


def told(article: Article) -> dict[str, object]:
    return {
        "headline": article.headline,
        "date_published": article.date_published,
        "body_text": article.body_text,
        "captions": list(article.captions),
        "authors": list(article.authors),
        "source": article.source,
    }


def wanted(article: dict[str, Any]) -> dict[str, object]:
    # Two names joined by a dash are two authors wherever the annotations part them.
    authors = [name for joined in article["authors"] for name in joined.split(" - ")]
    return {key: article[key] for key in ("headline", "date_published", "source")} | {
        # HTML prints two spaces as one, and none at the end of a paragraph.
        "body_text": "\n\n".join(" ".join(line.split()) for line in article["body_text"].split("\n\n")),
        "captions": article["captions"] or [],
        "authors": authors,
    }


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_annotated_article_reads_back_with_selectors(name: str, setting: str) -> None:
    article = ARTICLES[name]
    read = read_article(page_of(article, SETTINGS[setting]), URL, PORTAL)
    assert told(read) == wanted(article)
    assert read.layout == "wordpress"
    assert read.problems == ()


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", ARTICLES)
def test_an_annotated_article_reads_back_without_its_portal(name: str, setting: str) -> None:
    article = ARTICLES[name]
    read = read_article(page_of(article, SETTINGS[setting]), URL)
    assert told(read) == wanted(article)
