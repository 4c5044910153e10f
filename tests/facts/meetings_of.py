"""What the meeting reader finds in a text that a test gives."""

from __future__ import annotations

from scraper.facts.districts import read_areas
from scraper.facts.meetings import read_meetings
from scraper.items import Article, Meeting


def article_of(body: str, day: str = "2023-04-12", captions: tuple[str, ...] = ()) -> Article:
    url = "https://thanhphohaiphong.gov.vn/tin.html"
    return Article(
        url=url,
        canonical_url=url,
        headline="Tin hoạt động",
        body_text=body,
        date_published=day,
        captions=captions,
    )


def meetings_in(body: str, day: str = "2023-04-12", captions: tuple[str, ...] = ()) -> list[Meeting]:
    article = article_of(body, day, captions)
    return read_meetings(article, read_areas(article))
