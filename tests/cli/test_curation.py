"""What people decide, by the commands: a fact put right, a person and an article forgotten."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import UsageError
from tests.cli.conftest import ROOT, City, run
from tests.reliability.commands import Commands
from warehouse.publication.query import query
from warehouse.review.deserving import Deserving
from warehouse.review.deserving_shown import decide

pytestmark = pytest.mark.slow


def told(*arguments: str | Path) -> Any:
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rows(home: Path, sql: str) -> list[dict[str, Any]]:
    answer = query(home / "published" / "current", sql, limit=None)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.fixture(scope="module")
def home(city: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("curated") / "home"
    shutil.copytree(city.home, home, symlinks=True)
    return home


@pytest.fixture(scope="module")
def subject(home: Path) -> dict[str, str]:
    """An article with a figure, and a person who is named in another."""
    (found,) = rows(
        home,
        "select report_id, article_id, obs_value from indicator_reports"
        " where measure = 'level' and is_standing and obs_value > 10"
        " order by confidence desc, report_id limit 1",
    )
    (person,) = rows(
        home, "select person_name from officeholders order by meeting_count desc, person_name limit 1"
    )
    (article,) = rows(
        home,
        f"select article_id, article_url from articles where article_id <> '{found['article_id']}'"
        " and indicator_count > 0 order by article_id limit 1",
    )
    return {
        **{name: str(value) for name, value in {**found, **person}.items()},
        "gone": article["article_url"],
    }


def stop_in_the_middle_of_the_build(home: Path) -> None:
    """Have SIGTERM end a build that has begun: with 143, and the next one goes through."""
    with Commands() as commands:
        building = commands.start("build", "--home", home)
        while not building.err and building.code() is None:
            time.sleep(0.01)
        building.send(signal.SIGTERM)
        ended = building.wait()
    assert ended.code == 143, ended.err
    assert "Traceback" not in ended.err


def test_what_people_decide_shows_in_the_next_publication_and_nowhere_else(
    home: Path, subject: dict[str, str]
) -> None:
    first = (home / "published" / "current").resolve().name
    listed = told("review", "--home", home, "--limit", "5")
    assert set(listed) == {"facts", "lost"}
    for fact in listed["facts"]:
        assert fact["reasons"]
        assert fact["quote"]
        assert fact["url"].startswith("http")
        assert " @ " in fact["archived"]

    judge: list[str | Path] = ["review", "--home", home, "--correct", subject["report_id"], "--by", "tester"]
    wrong = run(*judge, "--field", "obs_value", "--right", "twelve", "--reason", "misprint")
    assert (wrong.returncode, "is no number" in wrong.stderr) == (2, True)
    kept = told(*judge, "--field", "obs_value", "--right", "12.5", "--reason", "misprint")
    assert (kept["right"], kept["article"]) == ("12.5", subject["article_id"])
    again = run(*judge, "--field", "obs_value", "--right", "13", "--reason", "misprint")
    assert (again.returncode, "decided this before" in again.stderr) == (2, True)

    forget: list[str | Path] = ["forget", "--home", home, "--reason", "asked by letter", "--by", "tester"]
    assert run(*forget, "khong-co:999").returncode == 2
    article = told(*forget, subject["gone"])
    person = told(*forget, subject["person_name"])
    assert article["shown_by"] == person["shown_by"] == [first]
    assert subject["person_name"] not in (home / "removals.csv").read_text(encoding="utf-8")

    refused = run("publish", "--home", home)
    assert (refused.returncode, "run `build` first" in refused.stderr) == (1, True)
    assert (home / "published" / "current").resolve().name == first
    stop_in_the_middle_of_the_build(home)
    done = run("build", "--home", home)
    assert done.returncode == 0, done.stderr

    changed = told("publish", "--diff", "--home", home)
    assert changed["since"] == first
    assert changed["tables"]["articles"]["removed"] == 1
    assert changed["tables"]["corrections"]["added"] == 1
    assert changed["tables"]["indicator_reports"]["columns"]["obs_value"] == 1
    (example,) = [
        row for row in changed["tables"]["indicator_reports"]["examples"] if row["before"] and row["after"]
    ]
    assert (float(example["before"]["obs_value"]), example["after"]["obs_value"]) == (
        float(subject["obs_value"]),
        12.5,
    )
    assert [path.name for path in (home / "published").iterdir() if path.name[:1].isdigit()] == [first]

    purged = told(*forget, subject["person_name"], "--purge-publications")
    assert (purged["is_new"], purged["purged"], purged["shown_by"]) == (False, [first], [])
    current = (home / "published" / "current").resolve()
    assert not (home / "published" / first).exists()
    for file in (file for file in current.rglob("*") if file.is_file()):
        assert subject["person_name"].encode() not in file.read_bytes(), file
    (said,) = rows(
        home,
        f"select obs_value, is_corrected from indicator_reports where report_id = '{subject['report_id']}'",
    )
    assert said == {"obs_value": Decimal("12.5"), "is_corrected": True}
    held = "from (from meeting_participants union all by name from officeholders) as t"
    sql = f"select count(*) as n {held} where contains(t::varchar, '{subject['person_name']}')"
    assert rows(home, sql) == [{"n": 0}]
    with (current / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as cells:
        assert subject["gone"] not in {row["article_url"] for row in csv.DictReader(cells)}


def test_the_documentation_of_the_tables_is_published_and_tells_nothing_of_the_machine(home: Path) -> None:
    page = (home / "published" / "current" / "docs" / "index.html").read_text(encoding="utf-8")
    assert "One row per number that one text of an article reports" in page
    assert str(home) not in page
    assert str(ROOT) not in page
    assert len(page) < 6_000_000


def test_a_file_of_decisions_that_is_wrong_stops_nothing_that_is_published(home: Path, city: City) -> None:
    current = (home / "published" / "current").resolve()
    before = (home / "corrections.csv").read_text(encoding="utf-8")
    try:
        with (home / "corrections.csv").open("a", encoding="utf-8") as file:
            file.write("observation,,nowhere:1,a quote,,bound,exact,about,why,2026-11-20,tester\n")
        for command in (["build"], ["publish"]):
            done = run(*command, "--home", home)
            assert done.returncode == 1
            assert "corrections.csv" in done.stderr
            assert len(done.stderr.strip().splitlines()[-1]) < 400
            assert "Traceback" not in done.stderr
    finally:
        (home / "corrections.csv").write_text(before, encoding="utf-8")
    assert (home / "published" / "current").resolve() == current


def test_a_person_at_a_terminal_is_asked_again_until_the_answer_can_be_kept() -> None:
    def fact(number: int) -> Deserving:
        fields = {"obs_value": Decimal("124"), "unit_measure": "person"}
        reasons = ("the reader is sure by 0.4",)
        return Deserving(
            f"o-{number}", "observation", 1.2, reasons, "a", "quote", "url", "w @ 1", 0.4, fields
        )

    said = iter(
        ["what?", "n", "obs_value", "twelve", "misprint", "n", "obs_value", "12.4", "misprint",
         "s", "f", "a decree's number", "y", "seen in the table", "q"]
    )  # fmt: skip
    kept: list[tuple[str, str, str, str]] = []

    def keep(fact: Deserving, field: str, right: str, reason: str) -> None:
        if right == "twelve":
            raise UsageError("right 'twelve' is no number")
        kept.append((fact.fact_id, field, right, reason))

    assert decide([fact(number) for number in range(6)], lambda question: next(said), keep) == 3
    assert kept == [
        ("o-0", "obs_value", "12.4", "misprint"),
        ("o-2", "", "", "a decree's number"),
        ("o-3", "obs_value", "124", "seen in the table"),
    ]
