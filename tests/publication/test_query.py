from __future__ import annotations

from pathlib import Path

import pytest

from scraper.errors import PublicationError, UsageError, WarehouseError
from tests.publication.ledger import write_small
from warehouse.publication.publish import publish
from warehouse.publication.query import query


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    write_small(home / "warehouse.duckdb")
    return publish(home).path


def test_a_figure_is_found_with_its_sentence_and_address(published: Path) -> None:
    answer = query(
        published,
        "select area_name, value, quote, article_url from indicator_reports "
        "where indicator = 'budget_revenue' and ref_area = '305' order by reported_at limit 1",
    )
    assert answer.columns == ("area_name", "value", "quote", "article_url")
    area, value, quote, address = answer.rows[0]
    assert (area, float(str(value)), address) == ("quận Lê Chân", 20, "https://thu.test/bai-1.html")
    assert quote == "tổng thu đạt 20% kế hoạch thành phố giao"
    assert not answer.is_cut


def test_tables_may_be_named_with_their_schema(published: Path) -> None:
    assert query(published, "select count(*) from marts.articles").rows == [(12,)]


def test_the_limit_cuts_and_says_so(published: Path) -> None:
    cut = query(published, "from articles", limit=5)
    assert (len(cut.rows), cut.is_cut) == (5, True)
    exact = query(published, "from articles", limit=12)
    assert (len(exact.rows), exact.is_cut) == (12, False)
    assert len(query(published, "from articles", limit=None).rows) == 12


@pytest.mark.parametrize(
    "sql",
    [
        "update articles set headline = 'x'",
        "create table mine (i integer)",
        "copy articles to '{place}'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "attach '{place}' as other",
        "install httpfs",
        "load '{place}'",
        "set enable_external_access = true",
        "reset lock_configuration",
        "export database '{place}'",
    ],
)
def test_it_reads_and_can_do_nothing_else(published: Path, tmp_path: Path, sql: str) -> None:
    place = tmp_path / "stolen"
    with pytest.raises(UsageError) as refused:
        query(published, sql.format(place=place))
    assert "\n" not in str(refused.value)
    assert not place.exists()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("selec 1", 'syntax error at or near "selec" (line 1)'),
        ("select\n  headlin\nfrom articles", 'Candidate bindings: "headline"'),
        ("from nowhere", "Table with name nowhere does not exist"),
        ("select 1; select 2", "here are 2"),
        ("  -- nothing", "here are 0"),
        ("select 'a'::integer", "Could not convert"),
    ],
)
def test_a_mistake_is_told_in_one_line(published: Path, sql: str, words: str) -> None:
    with pytest.raises(UsageError) as told:
        query(published, sql)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_no_publication_and_no_database_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="run `publish` first"):
        query(tmp_path, "select 1")
    (tmp_path / "cityledger.duckdb").write_bytes(b"no database" * 2000)
    with pytest.raises(WarehouseError, match=r"DuckDB (database )?file"):
        query(tmp_path, "select 1")
