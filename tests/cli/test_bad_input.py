"""Bad input meets one clear line, the right exit code, and no traceback; what was there stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, run

PORTAL = """name = "Cổng thông tin quận Kiến An"
base_url = "https://kienan.test"
family = "vnpt"
ref_area = "307"
"""


def refused(*arguments: str | Path, code: int = 1) -> str:
    """Run a command that must be refused with this code, and return the one line that it says."""
    done = run(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("famly = 'vnpt'", "famly"),
        ("rate = 'fast'", "rate"),
        ("ref_area = 'Kiến An'", "ref_area"),
        ("[discovery]\nlisting_links = 'a['", "listing_links"),
        ("article = ['(']", "article"),
        ("[[layouts]]\nname = 'new'\nheadline = 'h1'\nbody = '.b'\ndate_formats = ['%Q']", "date_formats"),
        ("= broken", "kienan.toml"),
    ],
)
def test_a_portal_file_with_a_mistake_names_file_and_key(tmp_path: Path, line: str, names: str) -> None:
    kept = "\n".join(row for row in PORTAL.splitlines() if not line.startswith(row.split(" ")[0] + " "))
    (tmp_path / "kienan.toml").write_text(f"{kept}\n{line}\n", encoding="utf-8")
    said = refused("portals", "check", "--portals-dir", tmp_path)
    assert "kienan.toml" in said
    assert names in said


def test_an_unknown_portal_is_wrong_usage_and_a_near_name_is_offered(tmp_path: Path) -> None:
    assert "did you mean lechan" in refused("crawl", "lechann", "--home", tmp_path / "home", code=2)


def test_nothing_to_crawl_is_wrong_usage(tmp_path: Path) -> None:
    assert "portals list" in refused("refresh", "--home", tmp_path / "home", code=2)


def test_a_home_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert "--home" in refused("refresh", "lechan", "--home", tmp_path / "file" / "home")


def test_a_foreign_warehouse_file_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"SQLite format 3\x00" + bytes(4096))
    before = (tmp_path / "warehouse.duckdb").read_bytes()
    assert "warehouse.duckdb" in refused("build", "--home", tmp_path)
    assert (tmp_path / "warehouse.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [["status"], ["query", "select 1"], ["build"], ["publish"], ["load", "lechan"], ["gc"]],
    ids=lambda command: command[0],
)
def test_a_home_that_is_not_there_is_told_and_not_made(tmp_path: Path, command: list[str]) -> None:
    said = refused(*command, "--home", tmp_path / "nothere")
    assert "nothing is kept there" in said
    assert "--home" in said
    assert not (tmp_path / "nothere").exists()


def test_what_was_only_crawled_cannot_be_built(tmp_path: Path) -> None:
    (tmp_path / "lechan" / "archive").mkdir(parents=True)
    (tmp_path / "lechan" / "archive" / "a.warc.gz").touch()
    assert "run `load`" in refused("build", "--home", tmp_path)
    assert not (tmp_path / "warehouse.duckdb").exists()


def test_two_forms_of_one_answer_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "published" / "current").mkdir(parents=True)
    assert "--csv" in refused("query", "select 1", "--csv", "--json", "--home", tmp_path, code=2)


def test_a_question_before_anything_is_published_says_what_to_do(tmp_path: Path) -> None:
    assert "refresh" in refused("query", "select 1", "--home", tmp_path)


@pytest.mark.parametrize(
    "page",
    [b"", b"\x00\x01\x02" * 4000, b"<html><body></body></html>", b"%PDF-1.7\n" + bytes(range(256)) * 20],
    ids=["empty", "binary", "without text", "pdf"],
)
def test_a_page_that_is_none_is_refused_in_one_line(tmp_path: Path, page: bytes) -> None:
    (tmp_path / "page.html").write_bytes(page)
    refused("inspect", tmp_path / "page.html", "--portal", "lechan")


def test_a_page_of_20_mb_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<html><body>" + b"<p>Qu\xe1\xba\xadn</p>" * 1_500_000)
    refused("inspect", tmp_path / "page.html")


def test_a_page_nested_10000_deep_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<html><body>" + b"<div>" * 10_000 + b"tin" + b"</div>" * 10_000)
    done = run("inspect", tmp_path / "page.html")
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


def test_lines_that_are_no_articles_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = {
        "id": "a",
        "article": {"headline": "Tin", "body_text": "Kết nạp 50 đảng viên.", "url": "https://x.test"},
    }
    lines = [json.dumps(good), "{", json.dumps({"id": "b"}), json.dumps(good | {"id": "c"})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said = refused("read", "--input", tmp_path / "in.jsonl", "--output", tmp_path / "out.jsonl")
    assert "line 2" in said
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in written] == ["a", "c"]


@pytest.mark.parametrize(
    "sql", ["select * from nothing", "selec 1", "select 1; select 2", "copy districts to 'x.csv'"]
)
def test_wrong_sql_is_wrong_usage(tmp_path: Path, sql: str) -> None:
    import warehouse.connect

    version = tmp_path / "published" / "20260101T000000Z"
    version.mkdir(parents=True)
    file = version / "cityledger.duckdb"
    connection = warehouse.connect.connect(file)
    connection.execute("create schema marts; create table marts.districts (code varchar)")
    connection.close()
    (tmp_path / "published" / "current").symlink_to(version.name)
    refused("query", sql, "--home", tmp_path, code=2)
    assert not (ROOT / "x.csv").exists()
