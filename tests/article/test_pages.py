"""Every composed page reads as its folder says.

A folder is tests/pages/<portal>/<case>/{page.html, meta.json, expected.json}.
Pages in tests/pages/generic belong to no portal. To add a case, add a folder.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scraper.article import read_article
from scraper.identity import article_id, is_article
from scraper.items import Article
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals

PAGES = Path(__file__).parents[1] / "pages"
CASES = sorted(path.parent for path in PAGES.glob("*/*/page.html"))
PORTALS = load_portals()
# What only a portal's file can know: its addresses' ids, its layout, and what its selectors name.
NEEDS_PORTAL = {
    "portal",
    "layout",
    "native_id",
    "problems",
    "description",
    "section",
    "date_source",
    "captions",
}


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def expected_of(case: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text("utf-8"))
    return expected


@cache
def read(case: Path, portal: Portal | None) -> Article:
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    return read_article(
        (case / "page.html").read_bytes(),
        meta["url"],
        portal,
        datetime.fromisoformat(meta["fetched_at"]),
        meta.get("content_type"),
    )


def value_of(article: Article, name: str) -> object:
    if name == "problems":
        return [problem.kind for problem in article.problems]
    value = getattr(article, name)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    ("case", "field"),
    [
        pytest.param(case, field, id=f"{name_of(case)}-{field}")
        for case in CASES
        for field in expected_of(case)
    ],
)
def test_a_page_reads_as_expected(case: Path, field: str) -> None:
    assert value_of(read(case, PORTALS.get(case.parent.name)), field) == expected_of(case)[field]


@pytest.mark.parametrize(
    ("case", "field"),
    [
        pytest.param(case, field, id=f"{name_of(case)}-{field}")
        for case in CASES
        for field in expected_of(case)
        if field not in NEEDS_PORTAL
    ],
)
def test_a_page_reads_the_same_with_its_portal_withheld(case: Path, field: str) -> None:
    assert value_of(read(case, None), field) == expected_of(case)[field]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_case_says_what_it_is_for_and_expects_every_field(case: Path) -> None:
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    assert len(meta["what"]) > 20
    assert datetime.fromisoformat(meta["fetched_at"]).tzinfo is not None
    own = {field.name for field in fields(Article)} - {"url", "portal", "date_confidence"}
    assert set(expected_of(case)) == own


@pytest.mark.parametrize("family", sorted({"generic", *(portal.family for portal in PORTALS.values())}))
def test_every_family_of_a_shipped_portal_has_pages(family: str) -> None:
    of_family = [PORTALS[case.parent.name] for case in CASES if case.parent.name in PORTALS]
    of_none = sum(case.parent.name == family for case in CASES)
    assert sum(portal.family == family for portal in of_family) + of_none >= 3


@pytest.mark.parametrize("case", [case for case in CASES if case.parent.name in PORTALS], ids=name_of)
def test_a_page_of_a_portal_is_one_of_its_articles(case: Path) -> None:
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    assert is_article(meta["url"], PORTALS[case.parent.name])


def test_the_amp_twin_is_the_same_article() -> None:
    html, amp = (PAGES / "haiphong" / name for name in ("le-chan-2023-04-11", "le-chan-2023-04-11-amp"))
    portal = PORTALS["haiphong"]
    urls = [json.loads((case / "meta.json").read_text("utf-8"))["url"] for case in (html, amp)]
    assert urls[0] != urls[1]
    assert article_id(urls[0], portal) == article_id(urls[1], portal)
    first, twin = read(html, portal), read(amp, portal)
    for name in (
        "headline",
        "canonical_url",
        "date_published",
        "authors",
        "captions",
        "attachments",
        "content_kind",
    ):
        assert value_of(first, name) == value_of(twin, name), name
    assert first.body_text == twin.body_text.replace("–", "-")


def test_the_seed_page_gives_its_annotation_character_for_character() -> None:
    annotated = PAGES.parent / "annotated" / "dev" / "le-chan-2023-04-11.json"
    wanted = json.loads(annotated.read_text("utf-8"))["article"]
    for portal in (PORTALS["haiphong"], None):
        article = read(PAGES / "haiphong" / "le-chan-2023-04-11", portal)
        assert article.headline == wanted["headline"]
        assert article.date_published == wanted["date_published"]
        assert list(article.authors) == wanted["authors"]
        assert article.body_text == wanted["body_text"]
        assert list(article.captions) == wanted["captions"]
