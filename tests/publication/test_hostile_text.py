"""A hostile page from the reader through to what is published: its words stay words."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html

from scraper.article import read_article
from scraper.explain.page import explained_page
from scraper.facts import read_facts
from scraper.items import Article
from scraper.replica.exchange import Answer, Request
from scraper.replica.fault_kinds import KINDS
from tests.publication.ledger import Ledger, write_vocabulary
from warehouse.publication.publish import publish

URL = "https://cong.test/bai-viet.html"
TEXT = "Sáng 11/4, quận tổ chức hội nghị đánh giá kết quả; thu ngân sách đạt 27,1% kế hoạch thành phố giao."
LINK = "<a href='/tai-lieu\x1b]0;x.pdf'>x</a><a href='javascript:x.pdf'>y</a><a href='data:x.pdf'>z</a>"
PLAIN = (
    f"<h1>Hội nghị</h1><p>{TEXT} {LINK}</p><p>\x1b]0;tên\x07\x1b[2J&#x9b;31m\u202eđảo chiều\u202c {TEXT}</p>"
)


@pytest.fixture(scope="module")
def article() -> Article:
    request = Request("GET", "cong.test", "/bai-viet.html", {})
    spoilt = KINDS["hostile"].deliver(request, Answer(200, PLAIN.encode()), {}).answer.body
    assert b"<script>" in spoilt
    return read_article(spoilt, URL, None, datetime(2026, 11, 23, tzinfo=UTC))


@pytest.fixture(scope="module")
def published(article: Article, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hostile")
    ledger = Ledger(home / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("cong", article.headline, notice=article.body_text)
    number = ledger.article("cong", date(2024, 4, 11), article.headline, url=article.url)
    quote = article.body_text.replace("\n\n", " ")
    ledger.report(
        number, area="305", indicator="budget_revenue", value="27.1", measure="plan_ratio", quote=quote,
        base="assigned_plan", time_period="2023", period_kind="year", area_name=article.headline,
    )  # fmt: skip
    ledger.meeting(number, name=article.headline, day=date(2024, 4, 11), location=quote)
    ledger.close()
    return publish(home).path


def test_an_article_is_text_without_markup_or_controls(article: Article) -> None:
    said = f"{article.headline}\n{article.body_text}"
    assert "window.stolen=1" not in said  # what was markup
    assert "<script>window.stolen=2</script>" in said  # what was text that tells of markup
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    assert TEXT in said
    assert article.attachments == ()


def test_an_explained_article_is_no_code(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "explained.html"
    path.write_text(explained_page(article, read_facts(article)), encoding="utf-8")
    hold_no_code(path)


def test_the_page_holds_no_script_handler_or_address_of_it(published: Path) -> None:
    pages = list(published.rglob("*.html"))
    assert pages
    for path in pages:
        hold_no_code(path)


def hold_no_code(path: Path) -> None:
    """Look through a page for anything that a browser would run of what the article says."""
    page = html.document_fromstring(path.read_text(encoding="utf-8"))
    inline = [script for script in page.iter("script") if script.get("src") is None]
    assert {script.get("type") for script in inline} <= {"application/json", "application/ld+json"}
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert not list(page.iter("iframe", "img", "object", "embed"))
    assert {form.get("role") for form in page.iter("form")} <= {"search"}
    for element in page.iter():
        for name in ("href", "src", "action", "formaction", "data"):
            target = (element.get(name) or "").strip().lower()
            assert not target.startswith(("javascript:", "vbscript:")), target
            assert not target.startswith("data:") or target == "data:,", target
    assert "window.stolen=2" in page.text_content()


def test_files_hold_the_words_as_words(published: Path, article: Article) -> None:
    with (published / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert article.headline.startswith("=")
    assert row["headline"] == "'" + article.headline
    for path in published.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in (published / "site" / "assets").glob("*.*"):
        assert "stolen" not in path.read_text(encoding="utf-8")
    for path in (published / "site" / "data").rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        said = re.fullmatch(r"cityledger\.(?:(?:page|publication|search)=(.*)|found\((.*)\));\n", script)
        assert said, path
        json.loads(f"[{said[1] or said[2]}]")
