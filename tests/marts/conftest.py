"""A warehouse filled by hand through the raw tables and built by dbt once for all tests of the marts."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from tests.marts.raw_ledger import Ledger
from tests.marts.story import write_story
from warehouse.connect import connect, open_warehouse

PROJECT = Path(__file__).parents[2] / "dbt_project"


def build(warehouse: Path, target: Path, *arguments: str) -> list[tuple[str, str]]:
    """Run dbt over a warehouse as a dbt user would, and return (node, status) of everything that ran."""
    before = os.environ.get("CITYLEDGER_WAREHOUSE")
    os.environ["CITYLEDGER_WAREHOUSE"] = str(warehouse)
    try:
        result = dbtRunner().invoke(
            [
                *(arguments or ("build",)),
                *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
                *("--target-path", str(target), "--log-path", str(target / "logs"), "--quiet"),
            ]
        )
    finally:
        connections: Any = DuckDBConnectionManager
        connections.close_all_connections()
        if before is None:
            del os.environ["CITYLEDGER_WAREHOUSE"]
        else:
            os.environ["CITYLEDGER_WAREHOUSE"] = before
    if result.exception is not None:
        raise result.exception
    ran: Any = result.result
    return [(node.node.name, str(node.status)) for node in ran]


@dataclass(frozen=True)
class Built:
    """A built warehouse: its file, dbt's target folder and what dbt said of each node."""

    warehouse: Path
    target: Path
    statuses: list[tuple[str, str]]

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        connection = connect(self.warehouse, read_only=True)
        try:
            return connection.execute(sql, list(parameters)).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="session")
def fill() -> Callable[[Path, Callable[[Ledger], None]], None]:
    """Give a function that makes a warehouse file and lets a scenario write its raw rows."""

    def filled(path: Path, scenario: Callable[[Ledger], None]) -> None:
        connection = open_warehouse(path)
        try:
            connection.execute("begin")
            scenario(Ledger(connection))
            connection.execute("commit")
        finally:
            connection.close()

    return filled


@pytest.fixture(scope="session")
def rebuild() -> Callable[..., list[tuple[str, str]]]:
    """Give the function that runs dbt."""
    return build


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, fill: Callable[[Path, Callable[[Ledger], None]], None]
) -> Built:
    """Build the story of `write_story` once, with every data test and unit test of the project."""
    home = tmp_path_factory.mktemp("marts")
    warehouse = home / "warehouse.duckdb"
    fill(warehouse, write_story)
    return Built(warehouse, home / "target", build(warehouse, home / "target"))
