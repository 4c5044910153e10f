from __future__ import annotations

from collections.abc import Iterator

import pytest

from scraper.replica import Replica, Served, serve


@pytest.fixture(scope="module")
def replica() -> Replica:
    return Replica()


@pytest.fixture
def served() -> Iterator[Served]:
    """A small replica of its own, free to be changed."""
    with serve(Replica(articles=60)) as running:
        yield running
