"""What holds for every test: Python keeps the modules that it compiled, and a file goes to one worker.

Tests start hundreds of processes, and compiling what each of them imports takes seconds of CPU where the
environment forbids to keep it (PYTHONDONTWRITEBYTECODE, as container images set it).
"""

from __future__ import annotations

import os
import sys

import pytest

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in a hook of its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one worker do a file, so that no fixture of it is made twice, unless a larger group is named."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
