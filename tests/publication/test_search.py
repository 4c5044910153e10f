"""What is published is found by words, however they are typed, by whoever opens the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.publication.ledger import Ledger, write_vocabulary
from warehouse.publication.publish import publish
from warehouse.publication.query import query


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    ledger = Ledger(home / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử")
    revenue = ledger.article("thu", date(2024, 4, 2), "Quận Lê Chân: thu ngân sách quý I đạt 27,1%")
    ledger.report(
        revenue,
        area="305",
        indicator="budget_revenue",
        value="27.1",
        quote="thu ngân sách đạt 27,1% kế hoạch",
    )
    ledger.meeting(revenue, name="Hội nghị Ban Thường vụ Quận ủy Lê Chân", day=date(2024, 4, 1))
    ledger.article("thu", date(2024, 5, 6), "Hoà Bình, một ngày hè: thuỷ sản được mùa")
    ledger.article("thu", date(2024, 5, 7), "Đền Nghè mở hội; ngân hàng nghỉ lễ")
    ledger.close()
    return publish(home).path


def titles(published: Path, words: str, kind: str = "null") -> list[str]:
    sql = f"select title from search('{words.replace(chr(39), chr(39) * 2)}', kind_asked := {kind})"
    return [str(row[0]) for row in query(published, sql).rows]


@pytest.mark.parametrize("words", ["hòa bình", "hoà bình", "HOA BINH", "hoa   binh!", "thủy sản", "thuy san"])
def test_diacritics_tone_placement_and_case_do_not_matter(published: Path, words: str) -> None:
    assert titles(published, words) == ["Hoà Bình, một ngày hè: thuỷ sản được mùa"]


def test_the_letter_d_is_found_with_and_without_its_stroke(published: Path) -> None:
    assert (
        titles(published, "den nghe")
        == titles(published, "đền nghè")
        == ["Đền Nghè mở hội; ngân hàng nghỉ lễ"]
    )


def test_articles_meetings_figures_and_areas_are_found_by_all_of_the_words(published: Path) -> None:
    found = query(
        published, "select kind, words_found from search('thu ngan sach le chan') order by kind"
    ).rows
    assert found == [("article", 5), ("figure", 5)]
    assert titles(published, "thuong vu quan uy le chan", "'meeting'") == [
        "Hội nghị Ban Thường vụ Quận ủy Lê Chân"
    ]
    assert titles(published, "le chan", "'area'") == ["quận Lê Chân"]


def test_where_nothing_holds_all_words_what_holds_most_comes_first(published: Path) -> None:
    found = query(published, "select distinct words_found from search('ngân sách xyzzy')").rows
    assert found == [(2,)]
    assert titles(published, "xyzzy") == titles(published, "") == titles(published, "'; drop (") == []


def test_whoever_opens_the_file_can_search_without_an_extension(published: Path) -> None:
    connection = duckdb.connect(str(published / "cityledger.duckdb"), read_only=True)
    try:
        connection.execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false")
        assert connection.execute("select count(*) from marts.search('hoa binh')").fetchone() == (1,)
    finally:
        connection.close()
