"""The dbt project itself: its layers, its documentation in the file, and that it is repeatable."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import BuildError
from warehouse.build import PROJECT, build
from warehouse.connect import connect, warehouse_path


@pytest.fixture(scope="module")
def manifest(built: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((built.target / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def models(manifest: dict[str, Any], layer: str) -> list[dict[str, Any]]:
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == layer
    ]


def parents(node: dict[str, Any], manifest: dict[str, Any]) -> set[str]:
    layers = set()
    for parent in node["depends_on"]["nodes"]:
        if parent.endswith(".stg_held_articles"):
            layers.add("holds")
        else:
            layers.add("raw" if parent.startswith("source.") else manifest["nodes"][parent]["schema"])
    return layers


@pytest.mark.parametrize(
    ("layer", "may_read"),
    [
        # What a portal gave after it was held must reach no model: staging alone knows of holds, by one view.
        ("staging", {"raw", "holds"}),
        ("intermediate", {"staging", "intermediate", "seeds"}),
        # What the marts say held against itself; what is found is published as a mart again.
        ("checks", {"checks", "marts", "seeds"}),
        ("marts", {"intermediate", "checks", "marts", "seeds"}),
    ],
)
def test_each_layer_reads_only_the_layer_below(
    manifest: dict[str, Any], layer: str, may_read: set[str]
) -> None:
    found = models(manifest, layer)
    assert found
    assert {
        node["name"]: parents(node, manifest) - may_read
        for node in found
        if parents(node, manifest) - may_read
    } == {}


def test_every_raw_table_has_a_source_and_a_staging_view(built: Any, manifest: dict[str, Any]) -> None:
    tables = {
        name for (name,) in built.query("select table_name from duckdb_tables() where schema_name = 'raw'")
    }
    staged = {
        parent.split(".")[-1]
        for node in models(manifest, "staging")
        for parent in node["depends_on"]["nodes"]
        if parent.startswith("source.")
    }
    # What runs, builds and judgements of portals leave for the next one is the pipeline's, not the ledger's.
    assert tables - {"schema_version", "build", "portal_run"} == staged


def test_every_mart_names_its_grain_first(manifest: dict[str, Any]) -> None:
    assert [
        node["name"]
        for node in models(manifest, "marts")
        if not node["description"].startswith("One row per ")
    ] == []


def test_every_model_is_described(manifest: dict[str, Any]) -> None:
    assert [
        node["name"]
        for layer in ("staging", "intermediate", "marts")
        for node in models(manifest, layer)
        if not node["description"]
    ] == []


def test_every_column_of_a_mart_is_described_in_the_file_itself(built: Any) -> None:
    assert (
        built.query(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'marts' and coalesce(comment, '') = ''"
        )
        == []
    )
    assert (
        built.query(
            "select table_name from duckdb_tables()"
            " where schema_name = 'marts' and coalesce(comment, '') = ''"
        )
        == []
    )


def test_every_mart_is_exposed_to_the_publication(manifest: dict[str, Any]) -> None:
    exposed = {
        name.split(".")[-1]
        for exposure in manifest["exposures"].values()
        for name in exposure["depends_on"]["nodes"]
    }
    assert exposed == {node["name"] for node in models(manifest, "marts")}


def test_no_figure_is_kept_as_a_floating_point_number(built: Any) -> None:
    assert (
        built.query(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
            " and data_type in ('DOUBLE', 'FLOAT') and column_name not like '%confidence'"
        )
        == []
    )


def fingerprints(warehouse: Path) -> dict[str, Any]:
    with closing(connect(warehouse, read_only=True)) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'")
        return {
            name: connection.execute(
                f"select count(*), bit_xor(hash(t)), sum(hash(t)::hugeint) from marts.{name} as t"
            ).fetchall()
            for (name,) in tables.fetchall()
        }


def test_dbt_build_alone_works_as_a_dbt_user_types_it_and_a_second_build_changes_nothing(
    built: Any, tmp_path: Path
) -> None:
    before = fingerprints(warehouse_path(built.home))
    assert len(before) >= 16
    shutil.copytree(
        PROJECT, tmp_path / "dbt_project", ignore=shutil.ignore_patterns("target", "logs", "__pycache__")
    )
    (tmp_path / "data").mkdir()
    shutil.copyfile(warehouse_path(built.home), tmp_path / "data" / "warehouse.duckdb")
    environment = {name: value for name, value in os.environ.items() if name != "CITYLEDGER_WAREHOUSE"}
    done = subprocess.run(
        # Its unit tests were run when `built` was made.
        [Path(sys.executable).with_name("dbt"), "build", "--exclude-resource-type", "unit_test"],
        cwd=tmp_path / "dbt_project",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "ERROR=0" in done.stdout
    with closing(connect(tmp_path / "data" / "warehouse.duckdb", read_only=True)) as connection:
        # What is typed by hand is not published before `cityledger build` passed it.
        assert connection.execute("select count(*) from raw.build").fetchall() == [(0,)]
    assert fingerprints(tmp_path / "data" / "warehouse.duckdb") == before


def test_a_seed_with_a_doubled_key_is_named_with_the_value(built: Any, tmp_path: Path) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs", "__pycache__"))
    with (project / "seeds" / "office_posts.csv").open("a", encoding="utf-8") as seed:
        seed.write("chủ tịch,Chủ tịch,\n")
    (tmp_path / "home").mkdir()
    for name in ("warehouse.duckdb", "corrections.csv", "removals.csv"):
        shutil.copyfile(built.home / name, tmp_path / "home" / name)
    with pytest.raises(BuildError, match="seed office_posts, column printed, first: chủ tịch, 2"):
        build(tmp_path / "home", select="office_posts", project=project)


def test_a_warehouse_without_any_article_builds(tmp_path: Path, fill: Callable[..., None]) -> None:
    fill(tmp_path, lambda ledger: None)
    report = build(tmp_path)
    assert report.warned == report.skipped == 0
