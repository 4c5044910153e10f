"""dbt in this process: what it built, what it refused, and the file free afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import BuildError, HomeError, LockedError, PublicationError
from tests.warehouse.harvests import PORTALS, batches_of, day, page
from tests.warehouse.tables import rows
from warehouse.build import PROJECT, build
from warehouse.connect import open_warehouse, warehouse_path
from warehouse.load import load
from warehouse.publication.manifest import damage
from warehouse.publication.publish import current_publication, publish

PROFILE = """
ledger:
  target: local
  outputs:
    local: {type: duckdb, path: "{{ env_var('CITYLEDGER_WAREHOUSE') }}", threads: 2}
"""
MODELS = {
    "counted.sql": "select count(*) as articles from {{ source('raw', 'article') }}",
    "doubled.sql": "select articles * 2 as articles from {{ ref('counted') }}",
    "schema.yml": """
version: 2
sources:
  - name: raw
    tables: [{name: article}]
models:
  - name: counted
    columns: [{name: articles, data_tests: [not_null]}]
unit_tests:
  - name: twice_as_many
    model: doubled
    given: [{input: ref('counted'), rows: [{articles: 2}]}]
    expect: {rows: [{articles: 4}]}
""",
}
ROOT = Path(__file__).parents[2]
PASSED = "select count(*) from raw.build"
OPENED = "import sys, duckdb; print(duckdb.connect(sys.argv[1]).execute('select 1').fetchall())"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project of its own, so that this tests the running and not the models."""
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text("name: ledger\nprofile: ledger\nmodel-paths: [models]\n")
    (folder / "profiles.yml").write_text(PROFILE)
    for name, text in MODELS.items():
        (folder / "models" / name).write_text(text)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    load(home, PORTALS, batches_of([page(0, 1, day(1)), page(1, 2, day(1))]))
    return home


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def is_free(home: Path) -> bool:
    opened = subprocess.run(
        [sys.executable, "-c", OPENED, str(warehouse_path(home))], capture_output=True, text=True, check=False
    )
    return opened.stdout == "[(1,)]\n"


def test_a_build_makes_the_models_and_frees_the_file(home: Path, project: Path) -> None:
    before = files_of(project)
    steps: list[tuple[str, int, int | None]] = []
    report = build(home, lambda *step: steps.append(step), project=project)
    assert (report.passed, report.warned, report.skipped) == (3, 0, 0)
    assert report.by_type == {"model": 2, "test": 1}
    assert steps[-1] == ("build", 3, 3)
    assert is_free(home)
    assert rows(home, "select articles from doubled") == [(4,)]
    assert files_of(project) == before
    assert (home / "build" / "dbt" / "target" / "manifest.json").is_file()
    assert "CITYLEDGER_WAREHOUSE" not in os.environ


def test_a_build_that_passed_is_known_and_counts_for_its_loads_alone(home: Path, project: Path) -> None:
    assert rows(home, PASSED) == [(0,)]
    build(home, project=project)
    ((_, version, built_from),) = rows(home, "from raw.build")
    build(home, project=project)
    assert rows(home, "select version, built_from from raw.build") == [(version, built_from)]
    load(home, PORTALS, batches_of([page(2, 3, day(2))], start=2_000))
    build(home, project=project)
    ((_, _, later),) = rows(home, "from raw.build")
    assert later != built_from


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        (
            "counted.sql",
            "select no_such_column from {{ source('raw', 'article') }}",
            r"model counted: .*no_such_column",
        ),
        (
            "counted.sql",
            "select null::integer as articles",
            "test not_null_counted_articles: 1 rows",
        ),
        ("schema.yml", "models: [unclosed", "dbt: "),
    ],
    ids=["model", "test", "project"],
)
def test_a_build_that_failed_names_why_frees_the_file_and_takes_back_that_one_passed(
    home: Path, project: Path, file: str, text: str, named: str
) -> None:
    build(home, project=project)
    (project / "models" / file).write_text(text)
    with pytest.raises(BuildError, match=named) as caught:
        build(home, project=project)
    assert "\n" not in str(caught.value)
    assert is_free(home)
    assert rows(home, PASSED) == [(0,)]


def test_a_build_of_a_selection_is_not_one_of_all(home: Path, project: Path) -> None:
    build(home, project=project)
    build(home, project=project, select="counted")
    assert rows(home, PASSED) == [(0,)]


def test_unit_tests_run_where_they_are_asked_for(home: Path, project: Path) -> None:
    report = build(home, project=project, unit_tests=True)
    assert report.by_type["unit_test"] == 1


def test_a_selection_builds_that_alone(home: Path, project: Path) -> None:
    assert build(home, project=project, select="counted").by_type == {"model": 1, "test": 1}


def test_two_builds_in_one_process_see_what_was_loaded_between(home: Path, project: Path) -> None:
    build(home, project=project)
    load(home, PORTALS, batches_of([page(2, 3, day(2))], start=2_000))
    build(home, project=project)
    assert rows(home, "select articles from counted") == [(3,)]


def test_a_held_file_is_told_before_dbt_begins(home: Path, project: Path) -> None:
    script = (
        "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(warehouse_path(home))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(LockedError, match=f"process {holder.pid}"):
            build(home, project=project)
    finally:
        holder.kill()
        holder.wait()
    assert not (home / "build").exists()


def test_a_home_without_room_for_dbts_files_is_named(home: Path, project: Path) -> None:
    (home / "build").write_text("a file")
    with pytest.raises(HomeError, match="--home"):
        build(home, project=project)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.reliability.parsed import share_parsed
from warehouse.build import build

def die(what, done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

share_parsed()
build(Path(sys.argv[1]), die)
"""
BY_HAND = """
import sys
from dbt.cli.main import cli
from tests.reliability.parsed import share_parsed

share_parsed()
cli(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, parsed_once: None) -> Path:
    """A home that the shipped project built and that is published; every test leaves it so."""
    home = tmp_path_factory.mktemp("built")
    load(home, PORTALS, batches_of([page(0, 1, day(1)), page(1, 2, day(1))]))
    build(home)
    publish(home)
    return home


def marts_of(home: Path) -> dict[str, list[str]]:
    with closing(open_warehouse(warehouse_path(home), read_only=True)) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        return {
            table: sorted(map(repr, connection.execute(f"from marts.{table}").fetchall()))
            for (table,) in tables
        }


@pytest.mark.slow
def test_the_shipped_project_builds_over_a_loaded_warehouse(built: Path) -> None:
    assert len(marts_of(built)["articles"]) == 2


@pytest.mark.slow
def test_what_was_not_built_whole_is_not_published_and_the_next_build_makes_the_same_marts(
    built: Path, tmp_path: Path
) -> None:
    def dbt(*command: str) -> None:
        subprocess.run(
            [
                sys.executable,
                "-c",
                BY_HAND,
                *("--log-path", str(tmp_path / "logs"), *command, "--project-dir", str(PROJECT)),
                *("--profiles-dir", str(PROJECT), "--target-path", str(tmp_path / "target")),
            ],
            cwd=ROOT,
            env={**os.environ, "CITYLEDGER_WAREHOUSE": str(warehouse_path(built))},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    before, published = marts_of(built), current_publication(built)
    assert published is not None

    # By hand, a part is built.
    ((_, version, built_from),) = rows(built, "from raw.build")
    dbt("test", "--select", "stg_portals")
    assert rows(built, PASSED) == [(1,)]
    dbt("run", "--select", "stg_portals")
    with pytest.raises(PublicationError, match="run `build` first"):
        publish(built)

    # That a build passed is all that this took away; now one is killed in the middle.
    with closing(open_warehouse(warehouse_path(built))) as connection:
        connection.execute("insert into raw.build values (now(), ?, ?)", [version, built_from])
    assert not publish(built).changed
    killed = subprocess.run([sys.executable, "-c", KILLED, str(built), "60"], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(PublicationError, match="run `build` first"):
        publish(built)
    assert current_publication(built) == published
    assert damage(published) == []
    build(built)
    assert marts_of(built) == before
    assert not publish(built).changed
