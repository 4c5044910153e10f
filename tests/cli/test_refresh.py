"""The whole way of the data as its users run it: over real HTTP, by commands, in one home."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, City, run

pytestmark = pytest.mark.slow


def rows(city: City, sql: str) -> list[dict[str, Any]]:
    done = run("query", sql, "--home", city.home, "--json")
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def table_counts(city: City) -> dict[str, int]:
    tables = rows(city, "select table_name from duckdb_tables() where schema_name = 'marts'")
    counts = " union all ".join(
        f"select '{t['table_name']}' as name, count(*) as n from {t['table_name']}" for t in tables
    )
    return {row["name"]: row["n"] for row in rows(city, counts)}


def test_every_article_of_the_replica_is_published(city: City) -> None:
    written = [fact["article"]["headline"] for fact in city.served.replica.truth()]
    read = [row["headline"] for row in rows(city, "select headline from articles")]
    assert sorted(read) == sorted(written)


def test_a_question_on_an_indicator_of_a_district_over_time_is_answered_with_quote_and_address(
    city: City,
) -> None:
    found = rows(
        city,
        "select area_name, time_period, value, base_unit, quote, article_url from indicator_series"
        " where indicator = 'budget_revenue' and unit_id is not null order by period_start",
    )
    assert found
    for row in found:
        assert row["article_url"].startswith("http")
        assert any(digit.isdigit() for digit in row["quote"])


def test_the_first_question_of_the_readme_is_answered(city: City) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = re.search(r'orchestrate\.py query\s+"(.*?)"\n', readme, re.DOTALL)
    assert asked is not None
    done = run("query", asked.group(1), "--home", city.home, "--csv")
    assert done.returncode == 0, done.stderr
    assert {"quote", "article_url", "value"} <= set(done.stdout.splitlines()[0].split(","))


def test_csv_of_a_question_cannot_start_a_formula(city: City) -> None:
    done = run("query", "select '=cmd()' as cell, -1.5 as number", "--home", city.home, "--csv")
    assert done.stdout == "cell,number\n'=cmd(),-1.5\n"


def test_json_of_a_question_is_json_and_loses_no_digit(city: City) -> None:
    sql = "select 'nan'::double as none, 123456789012345678.123456::decimal(38, 6) as many, 1.5 as few"
    assert rows(city, sql) == [{"none": "nan", "many": "123456789012345678.123456", "few": 1.5}]


def test_each_quote_stands_in_its_article(city: City) -> None:
    wrong = rows(
        city,
        "select report_id, quote from indicator_reports join article_revisions using (revision_id)"
        " where field = 'body_text'"
        " and substring(body_text, quote_start + 1, quote_end - quote_start) <> quote",
    )
    assert wrong == []


def test_a_second_refresh_fetches_next_to_nothing_and_adds_no_row(city: City) -> None:
    before = table_counts(city)
    current = (city.home / "published" / "current").resolve()
    asked = len(city.served.requests)
    done = run("refresh", "--home", city.home, "--portals-dir", city.portals_dir)
    assert done.returncode == 0, done.stderr
    assert len(city.served.requests) - asked < 30
    assert "0 new articles" in done.stdout
    assert table_counts(city) == before
    assert "nothing changed" in done.stdout
    assert (city.home / "published" / "current").resolve() == current


def test_status_tells_of_each_portal_as_json(city: City) -> None:
    done = run("status", "--home", city.home, "--json")
    told = json.loads(done.stdout)
    assert {portal["portal"] for portal in told["portals"]} == {
        p.stem for p in city.portals_dir.glob("*.toml")
    }
    assert told["runs"][-1]["status"] == "done"


def test_a_portal_that_is_down_is_one_line_and_holds_up_nobody(city: City, tmp_path: Path) -> None:
    portals = tmp_path / "portals"
    portals.mkdir()
    good, bad = sorted(city.portals_dir.glob("*.toml"))[:2]
    (portals / good.name).write_bytes(good.read_bytes())
    down = bad.read_text(encoding="utf-8").replace(city.served.connect, "127.0.0.1:9")
    (portals / bad.name).write_text(down, encoding="utf-8")
    done = run("refresh", "--home", tmp_path / "home", "--portals-dir", portals, "--max-pages", "5")
    assert done.returncode == 1
    assert bad.stem in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "home" / "published" / "current").is_dir()


def test_another_run_is_told_who_holds_the_lock(city: City) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(city.home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        done = run("refresh", "--home", city.home, "--portals-dir", city.portals_dir)
    finally:
        holder.kill()
        holder.wait()
    assert done.returncode == 3
    assert str(holder.pid) in done.stderr


_HOLD = """
import sys, time
from pathlib import Path
from warehouse.lock import run_lock
with run_lock(Path(sys.argv[1]), "a test"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_sigterm_keeps_what_was_done_and_ends_with_143(city: City, tmp_path: Path) -> None:
    slow = tmp_path / "portals"
    slow.mkdir()
    for file in city.portals_dir.glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace("rate = 200", "rate = 4")
        (slow / file.name).write_text(text, encoding="utf-8")
    command = ["refresh", "--home", str(tmp_path / "home"), "--portals-dir", str(slow)]
    asked = len(city.served.requests)
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "orchestrate.py"), *command], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    while len(city.served.requests) < asked + 12 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 143, said
    assert "Traceback" not in said
    told = json.loads(run("status", "--home", tmp_path / "home", "--json").stdout)
    assert told["runs"][0]["status"] == "interrupted"


def articles_by_portal(home: Path) -> dict[str, int]:
    told = json.loads(run("status", "--home", home, "--json").stdout)
    return {portal["portal"]: portal["articles"] for portal in told["portals"]}


def test_an_archive_cut_off_in_the_middle_is_told_read_as_far_as_it_goes_and_completed_by_a_crawl(
    city: City, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(city.home, home, ignore=shutil.ignore_patterns("warehouse.duckdb*", "published", "build"))
    cut = max(home.glob("demo-thanhpho/archive/*.warc.gz"))
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    done = run("load", "--home", home, "--portals-dir", city.portals_dir)
    assert done.returncode == 1
    assert f"{cut} lacks records that were archived" in " ".join(done.stderr.split())
    assert f"{cut.name}: " in done.stdout
    assert "no whole record" in done.stdout
    loaded = articles_by_portal(home)
    assert 0 < loaded["demo-thanhpho"] < articles_by_portal(city.home)["demo-thanhpho"]
    again = run("crawl", "--home", home, "--portals-dir", city.portals_dir)
    assert again.returncode == 1
    assert f"{cut} lacks records that were archived" in " ".join(again.stderr.split())
    assert "lost with a damaged archive and due again" in again.stdout
    assert run("load", "--home", home, "--portals-dir", city.portals_dir).returncode == 0
    assert articles_by_portal(home) == articles_by_portal(city.home)


def test_a_file_that_shrank_fails_each_command_until_a_crawl_has_asked_again(
    city: City, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(city.home, home)
    cut = max(home.glob("demo-thanhpho/archive/*.warc.gz"))
    os.truncate(cut, cut.stat().st_size // 2)
    given = ("--home", home, "--portals-dir", city.portals_dir)
    lacks = f"{cut} lacks records that were archived"
    ended = [run(command, *given) for command in ("load", "crawl", "crawl", "load")]
    assert [done.returncode for done in ended] == [1, 1, 0, 0]
    assert [" ".join(done.stderr.split()).count(lacks) for done in ended] == [1, 1, 0, 0]
    assert "the next crawl asks again" in ended[0].stdout
    assert "a crawl has asked again for what it held" in ended[-1].stdout


def test_a_lost_frontier_is_made_anew_from_archive_and_warehouse_and_asks_for_no_page_again(
    city: City, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(city.home, home, ignore=shutil.ignore_patterns("published", "build"))
    (home / "demo-lechan" / "frontier.sqlite").unlink()
    shutil.rmtree(home / "demo-ngoquyen")  # As a portal that joins a home which others are in.
    done = run("crawl", "--json", "--home", home, "--portals-dir", city.portals_dir)
    assert done.returncode == 0, done.stderr
    fetched = {report["portal"]: report["fetched"] for report in json.loads(done.stdout)}
    assert fetched.pop("demo-ngoquyen") > 0
    assert set(fetched.values()) == {0}
