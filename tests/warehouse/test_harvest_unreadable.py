"""From archive pages to rows: what a page may do to its reader, and what a reader's machine may lack."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import scraper.harvest.captures
import scraper.harvest.harvest
from scraper.article import read_article
from scraper.errors import MachineError
from scraper.items import Article
from tests.warehouse.archives import (
    Archive,
    address,
    article_html,
    harvest_or_die,
    harvest_without_memory,
)
from tests.warehouse.harvests import day
from tests.warehouse.loading import (
    an_archive,
    assert_without_gaps,
    harvested,
    load_all,
    load_in_steps,
    read_all,
)
from tests.warehouse.tables import rows


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return an_archive(tmp_path)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "page_refused"),
        (b"%PDF-1.7\x00\x01\x02\xff" * 50, "page_refused"),
        (b"<div>" * 20_000, "page_refused"),
        (b"<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", "error_page"),
    ],
)
def test_a_page_that_is_no_article_is_a_problem(tmp_path: Path, body: bytes, kind: str) -> None:
    archive = Archive(tmp_path)
    archive.add(address(1), day(1), body)
    archive.add(address(2), day(1), article_html(2))
    refused, fine = harvested(tmp_path)
    assert [problem.kind for problem in refused.problems] == [kind]
    assert refused.article is None
    assert refused.fetch.outcome == ("gone" if kind == "error_page" else "ok")
    assert fine.article is not None


@pytest.mark.parametrize("outcome", ["challenge", "truncated", "too_large", "error"])
def test_what_the_crawl_could_not_take_is_a_problem(tmp_path: Path, outcome: str) -> None:
    Archive(tmp_path).add(address(1), day(1), article_html(1), outcome=outcome)
    (taken,) = harvested(tmp_path)
    assert taken.article is None
    assert [(problem.stage, problem.kind) for problem in taken.problems] == [("crawl", outcome)]


@pytest.mark.parametrize("broken", ["read_article", "read_facts"])
def test_an_error_of_a_reader_costs_one_page(
    home: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    intact = getattr(scraper.harvest.captures, broken)

    def breaking(first: object, *rest: object) -> object:
        if "lần thứ 3" in (first.decode() if isinstance(first, bytes) else str(first)):
            raise RecursionError("too deep\nby far")
        return intact(first, *rest)

    monkeypatch.setattr(scraper.harvest.captures, broken, breaking)
    found = {harvest.fetch.url: harvest for harvest in harvested(home)}
    (problem,) = found[address(3)].problems
    assert (problem.kind, problem.detail) == ("recursion_error", "too deep by far")
    assert problem.stage == ("article" if broken == "read_article" else "facts")
    assert (found[address(3)].article is None) == (broken == "read_article")
    assert found[address(4)].facts is not None


@pytest.mark.parametrize("broken", ["read_article", "read_facts"])
@pytest.mark.parametrize(
    "error",
    [
        OSError(24, "Too many open files", "areas.csv"),
        MemoryError(),
        ModuleNotFoundError("No module named 'lxml'"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_the_machine_lacks_stops_the_load_and_nothing_unread_counts_as_read(
    home: Path, monkeypatch: pytest.MonkeyPatch, broken: str, error: Exception
) -> None:
    intact = getattr(scraper.harvest.captures, broken)

    def breaking(first: object, *rest: object) -> object:
        if "lần thứ 3" in (first.decode() if isinstance(first, bytes) else str(first)):
            raise error
        return intact(first, *rest)

    monkeypatch.setattr(scraper.harvest.captures, broken, breaking)
    with pytest.raises(MachineError, match=rf"{address(3)}: .*{type(error).__name__}") as stopped:
        load_in_steps(home)
    assert "\n" not in str(stopped.value)
    assert rows(home, "select count(*) from raw.fetch") == [(2,)]
    assert rows(home, "select count(*) from raw.problem") == [(0,)]
    monkeypatch.undo()
    load_all(home)
    assert rows(home, "select count(*) from raw.fetch") == [(9,)]
    assert rows(home, "select count(*) from raw.problem") == [(0,)]
    assert rows(home, "select count(distinct url) from raw.article") == [(6,)]


def test_a_worker_whose_machine_lacks_memory_stops_the_load(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scraper.harvest.harvest, "harvest_segment", harvest_without_memory)
    with pytest.raises(MachineError, match="MemoryError"):
        load_in_steps(home, workers=2)
    assert rows(home, "select max(url) from raw.fetch") == [(address(3),)]


def test_a_page_that_takes_too_long_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(body: bytes, *rest: Any) -> Article:
        while "lần thứ 3" in body.decode():
            try:
                time.sleep(0.01)
            except Exception:  # what a careless library does
                continue
        return read_article(body, *rest)

    monkeypatch.setattr(scraper.harvest.captures, "read_article", endless)
    monkeypatch.setattr(scraper.harvest.captures, "SECONDS_A_PAGE", 0.2)
    found = {harvest.fetch.url: harvest for harvest in harvested(home)}
    assert [problem.kind for problem in found[address(3)].problems] == ["took_too_long"]
    assert found[address(4)].article is not None


def test_a_page_that_kills_its_worker_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path)
    for number in range(7):
        slug = "tin-chet" if number == 4 else "tin-hoi-nghi"
        archive.add(address(number, slug), day(1), article_html(number))
    expected = read_all(tmp_path, records=3)
    monkeypatch.setattr(scraper.harvest.harvest, "harvest_segment", harvest_or_die)
    batches = read_all(tmp_path, workers=2, records=3)
    found = [harvest for batch in batches for harvest in batch.harvests]
    assert_without_gaps(batches)
    assert [problem.kind for problem in found[4].problems] == ["reader_crashed"]
    others = [harvest for batch in expected for harvest in batch.harvests]
    assert found[:4] + found[5:] == others[:4] + others[5:]
    assert found[4].article_id == others[4].article_id


@pytest.mark.parametrize(
    ("body", "gone_at"),
    [
        (b"<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", day(3)),
        (
            b"<html><body><script>document.cookie='D1N=1f';window.location.reload(true)</script></body></html>",
            None,
        ),
    ],
    ids=["error page", "challenge"],
)
def test_a_page_that_reading_refused_does_not_come_to_life_when_it_is_not_modified(
    tmp_path: Path, body: bytes, gone_at: datetime | None
) -> None:
    archive = Archive(tmp_path)
    archive.add(address(1), day(1), article_html(1))
    archive.add(address(1), day(3), body)
    archive.add_unmodified(address(1), day(5), body)
    load_all(tmp_path)
    outcome = "gone" if gone_at else "challenge"
    assert rows(tmp_path, "select outcome from raw.fetch order by fetched_at") == [
        ("ok",),
        (outcome,),
        ("not_modified",),
    ]
    assert rows(tmp_path, "select last_seen, gone_at from raw.article_state") == [(day(1), gone_at)]
    assert rows(tmp_path, "select last_seen from raw.article") == [(day(1),)]
