from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.publication.ledger import write_small


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "warehouse.duckdb"
    write_small(path)
    return path


@pytest.fixture
def home(tmp_path: Path, small_warehouse: Path) -> Path:
    """A home whose small warehouse is built and waits to be published."""
    shutil.copyfile(small_warehouse, tmp_path / "warehouse.duckdb")
    return tmp_path
