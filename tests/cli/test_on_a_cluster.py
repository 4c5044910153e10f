"""`load --cluster` as a user types it: the tables of a load without one."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

from tests.cli.conftest import City, run
from tests.warehouse.tables import READ, contents


def test_a_load_on_a_cluster_fills_the_same_tables(city: City, tmp_path: Path) -> None:
    for archive in city.home.glob("*/archive"):
        shutil.copytree(archive, tmp_path / "home" / archive.parent.name / "archive")
    where = ("--home", "home", "--portals-dir", city.portals_dir)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
    impatient = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    refused = run("load", "--cluster", nobody, *where, cwd=tmp_path, env=impatient)
    assert refused.returncode == 1
    (said,) = [line for line in refused.stderr.splitlines() if "error" in line]
    assert said.startswith(f"error: the cluster {nobody}")
    done = run("load", "--cluster", "local:1", *where, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "distributed" not in done.stdout + done.stderr
    found, expected = contents(tmp_path / "home"), contents(city.home)
    assert {table: found[table] for table in READ} == {table: expected[table] for table in READ}
    assert len(found["article"]) > 20
