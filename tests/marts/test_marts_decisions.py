"""What people decided, in the built marts and in what is published of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ConfigError, PublicationError
from tests.marts.decisions import CITIZEN, FORGOTTEN
from warehouse.build import build
from warehouse.connect import connect, warehouse_path
from warehouse.decisions.corrections import COLUMNS, FILE
from warehouse.decisions.privacy import FILE as PRIVACY
from warehouse.decisions.sheet import append_line
from warehouse.publication.publish import current_publication, publish


def test_a_decided_value_stands_in_every_text_of_the_article_and_says_what_was_read(built: Any) -> None:
    found = built.query(
        "select obs_value, is_corrected, values_read from marts.indicator_reports"
        " where article_id = 'misprinted' order by indicator_name, revision_id"
    )
    read = json.dumps({"obs_value": "124.000000"}, separators=(",", ":"))
    assert found == [(Decimal("12.4"), True, read)] * 2 + [(Decimal(3), False, None)] * 2
    assert built.query(
        "select value, is_corrected from marts.indicator_series"
        " where article_id = 'misprinted' and indicator_name = 'lượt tiêm'"
    ) == [(Decimal("12.4"), True)]


def test_a_correction_outlives_the_id_of_its_fact(built: Any) -> None:
    assert built.query(
        "select unit_mult, values_read from marts.indicator_reports where article_id = 'reread-decided'"
    ) == [(9, '{"unit_mult":"6"}')]


def test_a_meeting_is_on_the_day_that_was_decided(built: Any) -> None:
    assert built.query(
        "select meetings.start_date::varchar, meetings.is_corrected, values_read from marts.meetings"
        " join marts.meeting_articles using (meeting_id) where article_id = 'session-decided'"
    ) == [("2021-08-08", True, '{"start_date":"2021-08-09"}')]


def test_every_correction_says_what_became_of_it(built: Any) -> None:
    assert built.query(
        "select article_id, decision, status, fact_count from marts.corrections order by all"
    ) == [
        ("misprinted", "corrected", "applied", 2),
        ("reread-decided", "corrected", "applied", 1),
        ("reread-decided", "corrected", "unmatched", 0),
        ("reread-decided", "no_fact", "applied", 1),
        ("session-decided", "corrected", "applied", 1),
    ]


@pytest.fixture(scope="module")
def published(built: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("decided")
    shutil.copytree(built.home, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build"))
    publish(home)
    return home


def texts_of(file: Path) -> Iterator[str]:
    """Every cell of every table of a DuckDB or Parquet file, as text."""
    if file.suffix == ".duckdb":
        with closing(connect(file, read_only=True)) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                yield repr(connection.execute(f"from {schema}.{table}").fetchall())
    else:
        with closing(connect(None)) as connection:
            yield repr(connection.execute(f"from read_parquet('{file}')").fetchall())


def test_no_published_file_holds_who_or_what_was_removed_or_is_private(published: Path) -> None:
    current = current_publication(published)
    assert current is not None
    files = [file for file in current.rglob("*") if file.is_file()]
    assert {".duckdb", ".parquet", ".csv", ".json", ".html"} <= {file.suffix for file in files}
    raw = connect(warehouse_path(published), read_only=True).execute("from marts.meeting_participants")
    assert CITIZEN in repr(raw.fetchall())
    for file in files:
        said = file.read_bytes()
        held = [said.decode("utf-8", "replace")]
        if file.suffix in (".duckdb", ".parquet"):
            held += texts_of(file)
        for text in held:
            for name in (CITIZEN, CITIZEN.upper(), FORGOTTEN, "Bà Sen", "to-forget", "việc riêng"):
                assert name not in text, (file, name)


def test_a_private_citizen_is_said_to_be_one_and_quotes_keep_their_place(published: Path) -> None:
    with closing(
        connect(published / "published" / "current" / "cityledger.duckdb", read_only=True)
    ) as opened:
        people = opened.execute(
            "select person_name, roles from marts.meeting_participants"
            " join marts.meeting_articles using (meeting_id) where article_id = 'voters' order by all"
        ).fetchall()
        quoted = opened.execute(
            "select quote = substring(body_text, quote_start + 1, quote_end - quote_start), quote"
            " from marts.indicator_reports join marts.article_revisions using (revision_id)"
            " where indicator_reports.article_id = 'voters'"
        ).fetchall()
        offices = opened.execute("select person_name from marts.officeholders").fetchall()
    assert people == [("[đã gỡ theo yêu cầu]", []), ("một cử tri (B.T.S.)", [])]
    assert quoted == [(True, "Cử tri B•• T•• S•• nêu 15 kiến nghị")]
    assert ("Nguyễn Thị Thủy",) in offices


def test_a_home_may_name_private_citizens_and_still_forgets_who_asked(built: Any, tmp_path: Path) -> None:
    shutil.copytree(built.home, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build"))
    (tmp_path / PRIVACY).write_text('private_citizens = "shown"', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"privacy\.toml: must say"):
        publish(tmp_path)
    (tmp_path / PRIVACY).write_text('private_citizens = "named"', encoding="utf-8")
    said = "".join(texts_of(publish(tmp_path).path / "cityledger.duckdb"))
    assert CITIZEN in said
    assert FORGOTTEN not in said


_LINE = {
    "fact": "observation", "fact_id": "o-misprint", "field": "obs_value", "wrong": "124", "right": "12",
    "reason": "x", "decided_on": "2026-11-20", "decided_by": "tester",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            {**_LINE, "fact_id": "", "article": "nowhere", "quote": "x"},
            r"line 7: no article 'nowhere' was ever",
        ),
        ({**_LINE, "fact_id": "o-unknown"}, r"line 7: no observation 'o-unknown' is read"),
        (_LINE, r"line 7: decides again what line 2 decided"),
        (
            {**_LINE, "field": "bound", "wrong": "exact", "right": "abaut"},
            r"line 7: right 'abaut' is none of",
        ),
        (
            {**_LINE, "field": "unit_mult", "wrong": "3", "right": "6"},
            r"line 7: unit_mult .* read as '0', not as",
        ),
        ({**_LINE, "decided_on": "yesterday"}, r"line 7: decided_on 'yesterday' is no day"),
    ],
    ids=["article", "fact", "twice", "value", "wrong", "day"],
)
def test_a_wrong_line_is_named_and_what_was_built_can_still_be_published(
    published: Path, tmp_path: Path, line: dict[str, str], says: str
) -> None:
    for name in ("warehouse.duckdb", "corrections.csv", "removals.csv"):
        shutil.copyfile(published / name, tmp_path / name)
    before = (tmp_path / FILE).read_bytes()
    append_line(tmp_path / FILE, COLUMNS, line)
    with pytest.raises(ConfigError, match=says):
        build(tmp_path)
    with pytest.raises((ConfigError, PublicationError)):
        publish(tmp_path)
    (tmp_path / FILE).write_bytes(before)
    with closing(connect(warehouse_path(tmp_path), read_only=True)) as connection:
        assert connection.execute("select count(*) from raw.build").fetchall() == [(1,)]


def test_what_was_decided_after_the_build_is_not_published_before_the_next(
    published: Path, tmp_path: Path
) -> None:
    for name in ("warehouse.duckdb", "corrections.csv", "removals.csv"):
        shutil.copyfile(published / name, tmp_path / name)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace("12.4", "12.5"), encoding="utf-8")
    with pytest.raises(PublicationError, match=r"decisions: .* changed after the build: run `build`"):
        publish(tmp_path)
