from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet
import pytest

from tests.publication.ledger import Ledger, write_vocabulary
from warehouse.publication.contracts import CONTRACTS
from warehouse.publication.publish import publish

DANGEROUS = [
    '=HYPERLINK("http://evil.test","bấm")',
    "+84 tự gọi",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "  =1+1",
    "\r\n=1",
    "＝1+1",
]
HARMLESS = ["-1,5", "+12%", "1.234,5", "27,1% kế hoạch", "Hội nghị - lần thứ 13", "", "a=b"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    ledger = Ledger(home / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử")
    for place, headline in enumerate([*DANGEROUS, *HARMLESS]):
        article = ledger.article(
            "thu", date(2024, 1, place + 1), headline, authors=["=Tác giả", "Hoàng Tùng"]
        )
        ledger.report(
            article,
            area="305",
            indicator="poverty_rate",
            value="-1.15",
            measure="change_abs",
            quote="giảm 1,15%\n\n=2+3",
            time_period="2023",
            period_kind="year",
        )
    ledger.close()
    return publish(home).path


def rows_of(published: Path, table: str) -> list[dict[str, str]]:
    with (published / "csv" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_double_click_shows_vietnamese_letters(published: Path) -> None:
    assert (published / "csv" / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle_id,")
    assert "Cổng thử".encode() in (published / "csv" / "portals.csv").read_bytes()


def test_no_cell_starts_a_formula(published: Path) -> None:
    headlines = [row["headline"] for row in rows_of(published, "articles")]
    assert headlines == ["'" + text for text in DANGEROUS] + HARMLESS


def test_numbers_dates_and_lists_stay_what_they_are(published: Path) -> None:
    row = rows_of(published, "indicator_reports")[0]
    assert Decimal(row["obs_value"]) == Decimal("-1.15")
    assert Decimal(row["value"]) == Decimal("-1.15")
    assert row["is_standing"] == "true"
    assert row["breakdown"] == ""
    assert row["quote"] == "giảm 1,15%\n\n=2+3"
    article = rows_of(published, "articles")[0]
    assert article["published_date"] == "2024-01-01"
    assert json.loads(article["authors"]) == ["=Tác giả", "Hoàng Tùng"]


def test_another_reader_finds_the_same_in_parquet(published: Path) -> None:
    table = pyarrow.parquet.read_table(published / "parquet" / "articles.parquet")
    assert table.num_rows == len(DANGEROUS) + len(HARMLESS)
    assert table.column("headline").to_pylist()[0] == DANGEROUS[0]
    assert table.column("authors").to_pylist()[0] == ["=Tác giả", "Hoàng Tùng"]
    assert table.column("published_date").to_pylist()[0] == date(2024, 1, 1)
    reports = pyarrow.parquet.read_table(published / "parquet" / "indicator_reports.parquet")
    assert reports.column("obs_value").to_pylist()[0] == Decimal("-1.150000")


def test_every_table_is_exported_in_both_forms(published: Path) -> None:
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    names = {table["name"] for table in manifest["tables"]}
    assert names == CONTRACTS.keys()
    assert {path.stem for path in (published / "csv").iterdir()} == names
    assert {path.stem for path in (published / "parquet").iterdir()} == names
