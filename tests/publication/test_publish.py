from __future__ import annotations

import json
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scraper.errors import HomeError, LockedError, PublicationError, UsageError, WarehouseError
from tests.publication.ledger import Ledger, write_small
from warehouse.connect import connect
from warehouse.publication.manifest import damage, read_manifest
from warehouse.publication.publish import Publication, current_publication, publish
from warehouse.publication.query import query
from warehouse.publication.readers import readers_of
from warehouse.publication.takedown import purge_publications

ROOT = Path(__file__).parents[2]
PUBLISH = (
    "from pathlib import Path; from warehouse.publication.publish import publish; publish(Path({home!r}))"
)


def warehouse(home: Path) -> Path:
    return home / "warehouse.duckdb"


def run_sql(home: Path, sql: str) -> None:
    connection = connect(warehouse(home))
    connection.execute(sql)
    connection.close()


def add_article(home: Path, headline: str = "Một bài nữa") -> None:
    ledger = Ledger(warehouse(home))
    ledger._count += ledger.connection.execute("from marts.articles select count(*)").fetchall()[0][0]
    ledger.article("thu", date(2024, 1, 1), headline)
    ledger.close()


def add_article_unbuilt(home: Path) -> None:
    run_sql(
        home,
        "insert into marts.articles by name"
        " (select * replace ('a-new' as article_id) from marts.articles limit 1)",
    )


def shelf_of(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "published").iterdir() if not path.name.startswith(".lock"))


def articles_in(publication: Path) -> object:
    return query(publication, "select count(*) from articles").rows[0][0]


# The script for the charts takes a second to bundle and is not what these processes are tried for.
IN_A_PROCESS = """
import os, shutil, signal
from pathlib import Path
from scraper.errors import HomeError
from warehouse.publication.publish import publish
from warehouse.publication.site import pages

pages.write_scripts = lambda folder: None
told = lambda what, done, total: None
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
"""


def in_a_process(code: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )


def test_a_publication_holds_file_exports_site_and_manifest(home: Path) -> None:
    publication = publish(home)

    assert publication.changed
    assert publication.path == current_publication(home) == home / "published" / publication.version
    manifest = read_manifest(publication.path)
    assert manifest is not None
    assert manifest.rows() == publication.rows
    assert publication.rows["articles"] == 12
    assert {file.path for file in manifest.files} >= {
        "cityledger.duckdb",
        "parquet/articles.parquet",
        "csv/articles.csv",
        "site/index.html",
        "site/assets/vega.js",
    }
    assert damage(publication.path) == []
    said = json.loads((publication.path / "manifest.json").read_text(encoding="utf-8"))
    assert said["portals"][0]["notice"].startswith("Dữ liệu tổng hợp")


def test_the_published_file_holds_the_marts_and_their_index_documented_and_read_only(home: Path) -> None:
    run_sql(
        home,
        "create table raw.secret as select 1 as one; "
        "comment on table marts.articles is 'One row per article; it''s short.'; "
        "comment on column marts.articles.headline is 'The title alone.'",
    )
    file = publish(home).path / "cityledger.duckdb"

    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    schemas = query(file, "select distinct schema_name from duckdb_tables() order by all").rows
    assert schemas == [("fts_search_documents",), ("marts",), ("search",)]
    comment = query(file, "select comment from duckdb_tables() where table_name = 'articles'").rows
    assert comment == [("One row per article; it's short.",)]
    column = query(file, "select comment, is_nullable from duckdb_columns() where column_name = 'headline'")
    assert ("The title alone.", False) in column.rows


def test_nothing_new_makes_no_new_publication(home: Path, first: Publication) -> None:
    # The same rows, written again in another order, are the same content.
    run_sql(
        home,
        "create table marts.copy as from marts.articles order by article_id desc; "
        "delete from marts.articles; "
        "insert into marts.articles from marts.copy; drop table marts.copy",
    )
    second = publish(home)

    assert (second.changed, second.version, second.path) == (False, first.version, first.path)
    assert shelf_of(home) == [first.version, "current"]


def test_a_changed_cell_makes_a_new_publication(home: Path, first: Publication) -> None:
    run_sql(home, "update marts.articles set headline = 'Đã sửa' where article_id = 'a-000001'")
    second = publish(home)

    assert second.changed
    assert second.version > first.version
    assert current_publication(home) == second.path


def test_a_damaged_publication_is_made_anew_though_nothing_changed(home: Path, first: Publication) -> None:
    (first.path / "csv" / "articles.csv").unlink()
    second = publish(home)

    assert second.changed
    assert damage(second.path) == []


def test_force_publishes_although_nothing_changed(home: Path, first: Publication) -> None:
    assert publish(home, force=True).version > first.version


def test_purging_goes_on_where_a_publication_is_gone_already(home: Path, first: Publication) -> None:
    pruned, current = "20200101T000000Z", publish(home, force=True).version
    assert purge_publications(home, [pruned, first.version, current]) == [pruned, first.version]
    assert shelf_of(home) == [current, "current"]


def test_the_newest_are_kept_and_the_current_one_always(home: Path) -> None:
    versions = []
    for number in range(4):
        add_article(home, f"Bài {number}")
        versions.append(publish(home, keep=2).version)

    assert shelf_of(home) == [*versions[-2:], "current"]
    # Somebody went back to the older one by hand: it is the current one and stays.
    link = home / "published" / "current"
    link.unlink()
    link.symlink_to(versions[-2])
    assert articles_in(home / "published" / "current") == 15


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("drop table marts.meetings", "gate contract: table meetings is missing"),
        (
            "alter table marts.meetings rename column meeting_id to id",
            "gate contract: meetings has no column",
        ),
        ("insert into marts.articles from marts.articles limit 3", "gate key: 3 of 15 rows of articles"),
        ("delete from marts.articles", "gate empty: articles has no row (before: 12)"),
        (
            "delete from marts.indicator_reports where report_id in "
            "(select report_id from marts.indicator_reports order by report_id limit 5)",
            "gate drop: indicator_reports fell from 12 to 7 rows (42%, allowed are 20%)",
        ),
    ],
)
def test_a_gate_refuses_and_the_old_publication_stays(
    home: Path, sql: str, words: str, first: Publication
) -> None:
    run_sql(home, sql)

    with pytest.raises(PublicationError) as refused:
        publish(home)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert shelf_of(home) == [first.version, "current"]
    assert damage(first.path) == []
    assert articles_in(first.path) == 12


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("delete from raw.build", "no build passed, or the last one failed or was stopped"),
        ("drop table raw.build", "no build passed here"),
        ("update raw.build set version = '0.0.1'", "the marts were built by CityLedger 0.0.1"),
        (
            "insert into raw.archive_progress values ('thu', 'a.warc.gz', 1, 1, 10, 1, now())",
            "something was loaded, held, released or decided after the last build",
        ),
    ],
)
def test_marts_that_did_not_pass_are_refused_also_by_force(
    home: Path, sql: str, words: str, first: Publication
) -> None:
    run_sql(home, sql)
    add_article_unbuilt(home)
    for force in (False, True):
        with pytest.raises(PublicationError) as refused:
            publish(home, force=force)
        assert f"gate build: {words}" in str(refused.value)
        assert "run `build` first" in str(refused.value)
        assert "\n" not in str(refused.value)
    assert shelf_of(home) == [first.version, "current"]
    assert articles_in(first.path) == 12


@pytest.mark.usefixtures("first")
def test_force_takes_over_a_drop_but_no_broken_contract(home: Path) -> None:
    run_sql(home, "delete from marts.indicator_reports")
    assert publish(home, force=True).rows["indicator_reports"] == 0
    run_sql(home, "drop table marts.meetings")
    with pytest.raises(PublicationError, match="meetings is missing"):
        publish(home, force=True)


@pytest.mark.usefixtures("first")
def test_a_drop_that_a_damaged_archive_may_explain_names_the_archive(home: Path) -> None:
    run_sql(
        home,
        "delete from marts.meetings; insert into raw.problem by name select 'p' as problem_id, "
        "'lechan' as portal, 'archive' as stage, 'damaged_record' as kind, now() as occurred_at, "
        "'a.warc.gz is damaged between byte 7 and 9: restore the file' as detail",
    )
    with pytest.raises(
        PublicationError, match=r"archive of lechan is damaged: a\.warc\.gz is .* and 9: restore"
    ):
        publish(home)


def test_settled_contradictions_are_no_drop(home: Path) -> None:
    ledger = Ledger(warehouse(home))
    for number in range(10):
        ledger.put("indicator_contradictions", contradiction_id=f"c-{number}")
    ledger.close()
    publish(home)
    run_sql(home, "delete from marts.indicator_contradictions")

    assert publish(home).changed


@pytest.mark.usefixtures("first")
def test_a_drop_counts_against_the_last_good_one_where_the_current_is_damaged(
    home: Path,
) -> None:
    add_article(home)
    second = publish(home)
    (second.path / "manifest.json").chmod(0o644)
    (second.path / "manifest.json").write_text("{", encoding="utf-8")
    run_sql(home, "delete from marts.meetings")

    with pytest.raises(PublicationError, match="meetings fell from 12 to 0"):
        publish(home)


def test_an_open_reader_neither_blocks_nor_breaks(home: Path, first: Publication) -> None:
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys\n"
            "connection = duckdb.connect(sys.argv[1], read_only=True)\n"
            "print('open', flush=True)\n"
            "sys.stdin.readline()\n"
            "print(connection.execute('select count(*), sum(length(body_text)) from marts.article_revisions')"
            ".fetchone()[0], flush=True)\n",
            str(home / "published" / "current" / "cityledger.duckdb"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    for number in range(2):
        add_article(home, f"Bài {number}")
        publish(home, keep=1)
    assert not first.path.exists()
    assert reader.poll() is None
    (held,) = readers_of(home)
    assert (held.pid, held.file) == (reader.pid, f"{first.version}/cityledger.duckdb")
    assert held.is_removed

    reader.stdin.write("now\n")
    reader.stdin.close()
    assert reader.stdout.readline() == "12\n"
    assert reader.wait() == 0
    assert articles_in(home / "published" / "current") == 14


KILLS = {
    "while the marts are copied": "told = lambda *it: it[:2] == ('copying marts', 9) and die()",
    "while the exports are written": "told = lambda *it: it[:2] == ('exporting', 3) and die()",
    "after the site was drawn": "told = lambda *it: it[:2] == ('drawing the site', 1) and die()",
    "before the version is shelved": "Path.rename = die",
    "between shelving and the swap": "Path.symlink_to = die",
    "before the link is replaced": "Path.replace = die",
    "while an old version is removed": "shutil.rmtree = lambda path, **_: '.dropping' in str(path) and die()",
}


@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS.keys())
def test_a_kill_at_any_moment_leaves_the_current_publication_whole(
    home: Path, kill: str, first: Publication
) -> None:
    add_article(home)
    process = in_a_process(f"{kill}\npublish(Path({str(home)!r}), keep=1, progress=told)")
    assert process.returncode == -signal.SIGKILL, process.stderr

    current = current_publication(home)
    assert current is not None
    assert damage(current) == []
    assert articles_in(current) == (13 if current.name != first.version else 12)
    again = publish(home, keep=1)
    assert damage(again.path) == []
    assert articles_in(again.path) == 13
    assert [name for name in shelf_of(home) if name.startswith(".")] == []


def test_a_full_disk_is_one_line_and_the_old_publication_stays(home: Path, first: Publication) -> None:
    add_article(home)

    process = in_a_process(
        f"try: publish(Path({str(home)!r}))\nexcept HomeError as error: print(error)",
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.count("\n") == 1
    assert "large" in process.stdout or "full" in process.stdout
    assert shelf_of(home) == [first.version, "current"]
    assert damage(first.path) == []


def test_a_second_publication_at_the_same_time_is_told_to_wait(home: Path) -> None:
    tried: list[str] = []

    def try_another(what: str, done: int, total: int | None) -> None:
        if what == "exporting" and not tried:
            with pytest.raises(LockedError, match="another publication"):
                publish(home)
            tried.append(what)

    assert publish(home, progress=try_another).changed
    assert tried


def test_a_warehouse_that_is_being_written_is_told_by_its_holder(home: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()",
            str(warehouse(home)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "open\n"
    try:
        with pytest.raises(LockedError, match=f"process {holder.pid}"):
            publish(home)
    finally:
        holder.stdin.close()
        holder.wait()


def test_homes_that_cannot_be_used_are_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no warehouse to publish"):
        publish(tmp_path)

    write_small(tmp_path / "full" / "warehouse.duckdb", articles=1)
    (tmp_path / "full" / "published").write_text("a file", encoding="utf-8")
    with pytest.raises(HomeError, match="published"):
        publish(tmp_path / "full")

    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "warehouse.duckdb").write_bytes(b"no database at all" * 1000)
    with pytest.raises(WarehouseError, match=r"DuckDB (database )?file"):
        publish(tmp_path / "foreign")

    connect(tmp_path / "bare.duckdb").close()
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare.duckdb").rename(tmp_path / "bare" / "warehouse.duckdb")
    with pytest.raises(PublicationError, match="run `build` first"):
        publish(tmp_path / "bare")


def test_a_directory_in_the_place_of_the_link_is_not_touched(home: Path) -> None:
    mine = home / "published" / "current" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("keep", encoding="utf-8")

    with pytest.raises(HomeError, match="is no link"):
        publish(home)
    assert mine.read_text(encoding="utf-8") == "keep"


@pytest.mark.parametrize(("keep", "max_drop"), [(0, 0.2), (1, -0.1), (1, 1.5)])
def test_senseless_numbers_are_wrong_usage(home: Path, keep: int, max_drop: float) -> None:
    with pytest.raises(UsageError):
        publish(home, keep=keep, max_drop=max_drop)


def test_versions_go_forward_although_the_clock_stands_behind(home: Path, first: Publication) -> None:
    future = "29990101T000000Z"
    first.path.rename(home / "published" / future)
    link = home / "published" / "current"
    link.unlink()
    link.symlink_to(future)
    add_article(home)

    assert publish(home).version == "29990101T000001Z"
