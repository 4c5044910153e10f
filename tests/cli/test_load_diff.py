"""`load --diff` shows what today's readers would add, lose or change, and changes nothing."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.cli.conftest import City, run


@pytest.fixture
def home(city: City, tmp_path: Path) -> Path:
    shutil.copytree(city.home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def diff(city: City, home: Path, *options: str) -> dict[str, Any]:
    done = run("load", "--home", home, "--portals-dir", city.portals_dir, "--diff", "--json", *options)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def counts(table: dict[str, Any]) -> tuple[int, int, int]:
    return table["appears"], table["vanishes"], table["changes"]


@pytest.mark.parametrize("options", [(), ("--pages",)])
def test_the_same_readers_differ_in_nothing(city: City, home: Path, options: tuple[str, ...]) -> None:
    told = diff(city, home, *options)
    assert {name: counts(table) for name, table in told.items()} == dict.fromkeys(told, (0, 0, 0))
    assert ("article" in told) == bool(options)
    assert told["observation"]["held"] == told["observation"]["read"] > 100


def test_each_difference_is_told_by_table_and_field_and_nothing_is_written(city: City, home: Path) -> None:
    warehouse = home / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        wrong, lost = connection.execute(
            "select observation_id from raw.observation where obs_status = 'A' order by 1 limit 2"
        ).fetchall()
        connection.execute(
            "update raw.observation set obs_status = 'T', bound = 'about' where observation_id = ?", wrong
        )
        connection.execute("delete from raw.observation where observation_id = ?", lost)
        ((held,),) = connection.execute(
            "select revision_id from raw.article where len(districts) = 1 order by 1 limit 1"
        ).fetchall()
        connection.execute(
            "update raw.article set districts = list_append(districts, '999') where revision_id = ?", [held]
        )
    before = sha256(warehouse.read_bytes()).hexdigest()
    told = diff(city, home)
    assert counts(told["observation"]) == (1, 0, 1)
    assert told["observation"]["fields"] == {"obs_status": 1, "bound": 1}
    (changed,) = [e for e in told["observation"]["examples"] if e["kind"] == "changes"]
    assert changed["fields"]["obs_status"] == ["T", "A"]
    assert changed["after"]["quote"]
    assert counts(told["article_district"]) == (0, 1, 0)
    shown = run("load", "--home", home, "--portals-dir", city.portals_dir, "--diff")
    assert "obs_status: T → A" in shown.stdout
    assert sha256(warehouse.read_bytes()).hexdigest() == before


def test_where_nothing_was_loaded_there_is_nothing_to_compare(city: City, home: Path) -> None:
    (home / "warehouse.duckdb").unlink()
    done = run("load", "--home", home, "--portals-dir", city.portals_dir, "--diff")
    assert done.returncode == 2
    assert "run `load` first" in done.stderr
    assert not (home / "warehouse.duckdb").exists()
