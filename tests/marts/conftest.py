"""A warehouse filled by hand through the raw tables and built by dbt once for all tests of the marts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.marts.decisions import decide
from tests.marts.raw_ledger import Ledger
from tests.marts.story import write_story
from warehouse.build import BuildReport, build
from warehouse.connect import connect, open_warehouse, warehouse_path


def fill_home(home: Path, scenario: Callable[[Ledger], None]) -> None:
    connection = open_warehouse(warehouse_path(home))
    try:
        connection.execute("begin")
        scenario(Ledger(connection))
        connection.execute("commit")
    finally:
        connection.close()


@dataclass(frozen=True)
class Built:
    """A built home and what the build said."""

    home: Path
    report: BuildReport

    @property
    def target(self) -> Path:
        return self.home / "build" / "dbt" / "target"

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        connection = connect(warehouse_path(self.home), read_only=True)
        try:
            return connection.execute(sql, list(parameters)).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="session")
def fill() -> Callable[[Path, Callable[[Ledger], None]], None]:
    """Give a function that makes a warehouse and lets a scenario write its raw rows."""
    return fill_home


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, parsed_once: None) -> Built:
    """Build the story once, with every data test and unit test of the project: a failing one raises."""
    home = tmp_path_factory.mktemp("marts")
    fill_home(home, write_story)
    decide(home)
    return Built(home, build(home, unit_tests=True))


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all tests of the built story to one worker: the build is what they take time for."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("marts"))
