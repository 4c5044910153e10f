"""Every question of the analyst's cookbook is answered by a publication of the embedded portals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cityledger
from scraper.errors import PublicationError, UsageError
from tests.cli.conftest import ROOT, City
from warehouse.publication.dictionary.dictionary import vietnamese
from warehouse.publication.query import query
from warehouse.publication.shelf import published_folder

COOKBOOK = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^### (\d+\. .+?)\n(?:.+?)```sql\n(.+?)```", COOKBOOK, re.DOTALL | re.MULTILINE)
MAY_BE_EMPTY = ("10.", "11.", "12.", "13.", "18.", "24.", "27.")
"""What a few healthy portals may have none of: unknown names, contradictions, misprints, reforms, losses."""


def test_the_cookbook_asks_at_least_25_questions() -> None:
    assert len(QUESTIONS) == COOKBOOK.count("```sql") >= 25


@pytest.mark.parametrize(("question", "sql"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_the_question_is_answered(city: City, question: str, sql: str) -> None:
    answer = query(published_folder(city.home), sql)
    assert answer.rows or question.startswith(MAY_BE_EMPTY)


def test_python_gets_a_frame(city: City) -> None:
    figures = cityledger.frame("from indicator_series where measure = 'level'", home=city.home)
    assert len(figures) > 20
    assert figures["value"].dtype == "float64"
    assert str(figures["reported_at"].dt.tz) in {"UTC", "Etc/UTC"}
    again = cityledger.frame("select count(*) as n from articles", publication=published_folder(city.home))
    assert again["n"].tolist() == [60]


def test_a_question_that_cannot_be_asked_is_refused(city: City, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no_such_table"):
        cityledger.frame("from no_such_table", home=city.home)
    with pytest.raises(PublicationError):
        cityledger.frame("select 1", home=tmp_path)


def test_every_published_column_is_in_the_dictionary_in_both_languages(city: City) -> None:
    columns = query(
        published_folder(city.home),
        "select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'",
        limit=None,
    ).rows
    known = vietnamese()
    words = {
        (table, column): known.get((str(column), str(table))) or known.get((str(column), ""))
        for table, column, _ in columns
    }
    assert [key for key, found in words.items() if not found or not found["vi"]] == []
    assert [(table, column) for table, column, english in columns if not english] == []
    assert {table for _, table in known if table} >= {table for table, _, _ in columns}
    folder = published_folder(city.home) / "dictionary"
    as_markdown = (folder / "dictionary.md").read_text(encoding="utf-8")
    as_page = (folder / "index.html").read_text(encoding="utf-8")
    for table, column, _ in columns:
        assert f"| `{column}` |" in as_markdown
        assert f'<h2 id="{table}">' in as_page
    assert "Câu văn nguyên văn làm bằng chứng" in as_page
