"""From a published fact back to the bytes that the portal sent."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.reader import read_record
from tests.cli.conftest import City, run


def ask(home: Path, sql: str) -> list[dict[str, Any]]:
    done = run("query", "--home", home, "--json", sql)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def words(markup: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", markup))
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("ids", "fact"),
    [
        ("select point_id as id from indicator_series where quote not like '%|%'", "figure"),
        ("select meeting_id as id from meetings", "meeting"),
    ],
)
def test_the_archived_page_of_a_fact_bears_its_sentence(city: City, ids: str, fact: str) -> None:
    for chosen in ask(city.home, f"{ids} order by id limit 3"):
        evidence = ask(city.home, f"from evidence('{chosen['id']}')")
        assert evidence
        for row in evidence:
            assert row["fact"] == fact
            folder, name = (city.home / row["archive_file"]).parent, Path(row["archive_file"]).name
            captured = read_record(folder, row["portal"], name, row["archive_offset"])
            assert words(row["quote"]) in words(captured.body.decode())
            assert row["archived_copy"] == (
                f"/{row['portal']}/{captured.fetch.fetched_at:%Y%m%d%H%M%S}/{captured.fetch.url}"
            )
