"""What holds for every test: Python keeps the modules that it compiled, and a file goes to one worker.

Tests start hundreds of processes, and compiling what each of them imports takes seconds of CPU where the
environment forbids to keep it (PYTHONDONTWRITEBYTECODE, as container images set it).
"""

from __future__ import annotations

import os
import sys
import tempfile

import pytest

PARSED = "CITYLEDGER_TESTS_PARSED"
"""See tests/reliability/parsed.py; named here again, for importing that takes seconds."""

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_configure(config: pytest.Config) -> None:
    """Give all workers, and what they start, one folder for the parsed dbt project."""
    if PARSED not in os.environ:
        shared = tempfile.TemporaryDirectory(prefix="cityledger-parsed-")
        os.environ[PARSED] = shared.name
        config.add_cleanup(shared.cleanup)


@pytest.fixture(scope="session")
def parsed_once() -> None:
    """Have builds of this process use what another process of this run parsed of the shipped project."""
    from tests.reliability.parsed import share_parsed

    share_parsed()


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one worker do a file, so that no fixture of it is made twice, unless a larger group is named."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
