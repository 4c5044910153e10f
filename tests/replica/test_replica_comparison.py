"""Comparing what was read with what was written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scraper.replica import Replica
from scraper.replica.comparison import Comparison, Count, article_key, compare, period_key
from scraper.replica.pages import liferay


@pytest.fixture(scope="module")
def truth(replica: Replica) -> list[dict[str, Any]]:
    return list(replica.truth())[:80]


def as_read(truth: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return the truth in the shape of the marts' rows: https addresses, decimals and dates."""
    read: dict[str, list[Any]] = {"articles": [], "districts": [], "meetings": [], "indicators": []}
    for document in truth:
        url = document["url"].replace("http://", "https://")
        read["articles"].append(url)
        read["districts"] += [{"url": url, "code": code} for code in document["districts"]]
        for meeting in document["meetings"]:
            start = date.fromisoformat(meeting["start_date"])
            read["meetings"].append({**meeting, "url": url, "start_date": start})
        for fact in document["indicators"]:
            read["indicators"].append({**fact, "url": url, "obs_value": Decimal(str(fact["obs_value"]))})
    return read


def compared(truth: list[dict[str, Any]], read: dict[str, list[Any]]) -> Comparison:
    return compare(
        truth, articles=read["articles"], districts=read["districts"], meetings=read["meetings"],
        indicators=read["indicators"],
    )  # fmt: skip


def test_a_perfect_reader_has_no_faults(truth: list[dict[str, Any]]) -> None:
    result = compared(truth, as_read(truth))
    for count in (result.articles, result.districts, result.meetings, result.indicators):
        assert count == Count(written=count.written, right=count.written)
        assert count.written > 30
    assert result.examples == []


def test_nothing_read_is_all_missing(truth: list[dict[str, Any]]) -> None:
    result = compared(truth, {"articles": [], "districts": [], "meetings": [], "indicators": []})
    assert result.indicators.missing == result.indicators.written > 0
    assert result.articles.missing == len(truth)
    assert result.meetings.right == result.districts.right == 0


def test_each_fault_is_counted_once(truth: list[dict[str, Any]]) -> None:
    clean = compared(truth, as_read(truth)).indicators
    wrong_period = as_read(truth)
    wrong_period["indicators"][0]["time_period"] = "1999"
    assert compared(truth, wrong_period).indicators == Count(clean.written, clean.written - 1, wrong=1)
    wrong_number = as_read(truth)
    wrong_number["indicators"][3]["obs_value"] = Decimal("123456.75")
    assert compared(truth, wrong_number).indicators == Count(clean.written, clean.written - 1, wrong=1)
    lost = as_read(truth)
    del lost["indicators"][7]
    assert compared(truth, lost).indicators == Count(clean.written, clean.written - 1, missing=1)
    invented = as_read(truth)
    invented["indicators"].append(
        {**invented["indicators"][0], "indicator": "cpi", "obs_value": Decimal(77), "measure": "share"}
    )
    result = compared(truth, invented)
    assert result.indicators == Count(clean.written, clean.written, invented=1)
    assert result.examples[0].startswith("indicator invented: cpi share 77")


def test_meetings_and_districts_are_held_to_day_body_and_code(truth: list[dict[str, Any]]) -> None:
    read = as_read(truth)
    read["meetings"][0]["start_date"] = date(1999, 1, 1)
    read["districts"][0]["code"] = "999"
    read["meetings"].append({"url": "https://khac.test/a", "start_date": None, "organization": "UBND"})
    result = compared(truth, read)
    assert result.meetings.wrong == 1
    assert result.meetings.invented == 1
    assert (result.districts.missing, result.districts.invented) == (1, 1)


def test_units_mult_and_periods_have_more_than_one_spelling(truth: list[dict[str, Any]]) -> None:
    read = as_read(truth)
    for row in read["indicators"]:
        row["obs_value"], row["unit_mult"] = row["obs_value"] * 1000, row["unit_mult"] - 3
        row["time_period"] = row["time_period"].replace("-Q1", "-01-01/P3M").replace("-S1", "-01-01/P6M")
    result = compared(truth, read)
    assert result.indicators.right == result.indicators.written
    assert period_key("2023-01-01/P12M") == "2023"
    assert period_key("2023-01-01/P9M") == "2023-01-01/P9M"


def test_all_forms_of_an_address_are_one_article(replica: Replica) -> None:
    for entry in replica.entries:
        key = article_key(entry.url)
        host = entry.site.host
        assert article_key(entry.url.replace(f"http://{host}", f"https://www.{host}")) == key
        if entry.site.family == "wordpress":
            assert article_key(entry.url + "/amp") == key
        if entry.site.family == "liferay":
            assert article_key(entry.site.base_url + liferay.raw_path(entry)) == key
    assert len({article_key(entry.url) for entry in replica.entries}) == len(replica.entries)
