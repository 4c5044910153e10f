"""Meetings and districts of invented articles whose facts are known: floors that only ever rise."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from scraper.facts.as_json import article_from_json
from scraper.facts.districts import read_areas
from scraper.facts.meetings import read_meetings
from scraper.replica import SITES, Replica
from scraper.replica.comparison import compare

HOMES = {site.host: site.home_area for site in SITES}
RIGHT = 0.99
Rows = tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]
"""Documents of the truth, meetings read, districts read."""
ORGANIZATION = re.compile(
    r"(?:(?:Thường trực )?(?:HĐND|UBND|Đảng bộ|Đảng ủy|Công đoàn|Hội [^\W\d_ ]+(?: [^\W\d_ ]+){0,3}"
    r"|Đoàn TNCS Hồ Chí Minh) (?:quận|huyện|phường|xã|đặc khu|thành phố)|(?:Quận|Huyện|Thành) ủy)"
    r"(?: [A-ZĐÀ-Ỹ][^\W\d_]*){2,3}"
)
"""A body with its place and no word more."""


@pytest.fixture(scope="module", params=[7, 11, 23])
def read(request: pytest.FixtureRequest) -> Rows:
    truth = list(Replica(seed=request.param, articles=200).truth())
    meetings: list[dict[str, Any]] = []
    districts: list[dict[str, Any]] = []
    for document in truth:
        url = document["url"]
        article = article_from_json(document["article"])
        reading = read_areas(article, HOMES[urlsplit(url).hostname or ""])
        districts += [{"url": url, "code": code} for code in reading.districts]
        meetings += [
            {"url": url, "start_date": m.start_date, "organization": m.organization}
            for m in read_meetings(article, reading)
        ]
    return truth, meetings, districts


def test_meetings_and_districts_are_those_that_were_written(
    read: Rows,
) -> None:
    truth, meetings, districts = read
    urls = [document["url"] for document in truth]
    found = compare(truth, articles=urls, districts=districts, meetings=meetings, indicators=[])
    assert found.meetings.written > 100
    assert found.meetings.right >= RIGHT * found.meetings.written
    assert (found.meetings.wrong, found.meetings.invented) == (0, 0)
    assert found.districts.right >= RIGHT * found.districts.written
    assert found.districts.invented == 0


def test_no_stray_word_is_left_in_an_organization(
    read: Rows,
) -> None:
    names = {str(meeting["organization"]) for meeting in read[1]}
    assert [name for name in names if not ORGANIZATION.fullmatch(name)] == []
