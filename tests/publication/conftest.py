from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium import webdriver

from tests.publication.browsing import chromium
from tests.publication.ledger import write_large, write_small
from tests.publication.records import write_records
from warehouse.publication.publish import Publication, publish

UNSHARED = shutil.ignore_patterns(".*")
"""A home has its own lock."""


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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """One browser for all tests that look at pages."""
    with chromium(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published home with a page of every kind, hostile articles among them."""
    home = tmp_path_factory.mktemp("looked-at")
    write_large(home / "warehouse.duckdb")
    write_records(home / "warehouse.duckdb")
    publish(home)
    return home


@pytest.fixture(scope="session")
def small_publication(tmp_path_factory: pytest.TempPathFactory, small_warehouse: Path) -> Publication:
    home = tmp_path_factory.mktemp("published")
    shutil.copyfile(small_warehouse, home / "warehouse.duckdb")
    return publish(home)


@pytest.fixture
def first(home: Path, small_publication: Publication) -> Publication:
    """The home's first publication, made once for all: its files are links, for reading alone."""
    shelf = small_publication.path.parent
    shutil.copytree(shelf, home / "published", symlinks=True, copy_function=os.link, ignore=UNSHARED)
    return replace(small_publication, path=home / "published" / small_publication.version)
