"""What holds for every test: Python keeps the modules that it compiled, and a file goes to one worker.

Tests start hundreds of processes, and compiling what each of them imports takes seconds of CPU where the
environment forbids to keep it (PYTHONDONTWRITEBYTECODE, as container images set it).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

SHARED = "CITYLEDGER_TESTS_SHARED"
"""The variable that names the folder in which all processes of one run of the tests share what they made."""

LONGEST = (
    "city",
    "tests/publication/test_publish.py",
    "tests/warehouse/test_build.py",
    "marts",
    "another city",
    "tests/warehouse/test_load_sightings.py",
    "tests/warehouse/test_load.py",
    "tests/cli/test_rebuild.py",
    "tests/warehouse/test_harvest.py",
)
"""The groups of tests that take longest. They begin first: at the end, the other workers would wait."""

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_configure(config: pytest.Config) -> None:
    """Give all workers, and what they start, one folder."""
    if SHARED not in os.environ:
        shared = tempfile.TemporaryDirectory(prefix="cityledger-tests-")
        os.environ[SHARED] = shared.name
        config.add_cleanup(shared.cleanup)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """What is made once for all workers."""
    return Path(os.environ[SHARED])


@pytest.fixture(scope="session")
def parsed_once() -> None:
    """Have builds of this process use what another process of this run parsed of the shipped project."""
    from tests.reliability.parsed import share_parsed

    share_parsed()


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one worker do a file, so that no fixture of it is made twice, unless a larger group is named."""
    ranks = {}
    for item in items:
        marker = item.get_closest_marker("xdist_group")
        group = marker.args[0] if marker else item.nodeid.partition("::")[0]
        if marker is None:
            item.add_marker(pytest.mark.xdist_group(group))
        ranks[item] = LONGEST.index(group) if group in LONGEST else len(LONGEST)
    items.sort(key=ranks.__getitem__)
