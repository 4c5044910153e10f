"""dbt parses the shipped project once for a whole run of the tests, and not once for each home.

Parsing costs three seconds of CPU and gives the same wherever a warehouse lies, but dbt keeps what it parsed
by home and by the warehouse's path. Processes that called `share_parsed` leave theirs where the others find
it. What a user's first build does is tried where a command begins with a new interpreter: it shares nothing.
"""

from __future__ import annotations

import os
import pprint
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from dbt.parser.manifest import ManifestLoader

PROJECT = Path(__file__).parents[2] / "dbt_project"
SHARED = "CITYLEDGER_TESTS_SHARED"
"""The variable that names the folder in which all processes of one run of the tests share."""


def share_parsed() -> None:
    """Have dbt in this process take the parsed project of another home, where this one has none."""
    dbt: Any = ManifestLoader
    read, write = dbt.read_manifest_for_partial_parse, dbt.write_manifest_for_partial_parse
    check = dbt.build_manifest_state_check
    if check.__module__ == __name__:
        return

    def read_shared(loader: Any) -> Any:
        own, shared = _files(loader)
        if shared is not None and shared.exists() and not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shared, own)
        return read(loader)

    def write_shared(loader: Any) -> None:
        write(loader)
        own, shared = _files(loader)
        if shared is not None and not shared.exists():
            with NamedTemporaryFile(dir=shared.parent, delete=False) as part:
                part.write(own.read_bytes())
            Path(part.name).replace(shared)

    def check_wherever_it_lies(loader: Any) -> Any:
        found = check(loader)
        connection = loader.root_project.credentials.connection_info()
        but_path = sorted(pair for pair in connection if pair[0] != "path")
        found.profile_hash = type(found.profile_hash).from_contents(pprint.pformat(but_path))
        return found

    dbt.read_manifest_for_partial_parse = read_shared
    dbt.write_manifest_for_partial_parse = write_shared
    dbt.build_manifest_state_check = check_wherever_it_lies


def _files(loader: Any) -> tuple[Path, Path | None]:
    """Return where dbt keeps the parsed project, and where it is shared: of the shipped project alone."""
    project, place = loader.root_project, os.environ.get(SHARED)
    own = Path(project.project_target_path, "partial_parse.msgpack")
    if place is None or Path(project.project_root) != PROJECT:
        return own, None
    return own, Path(place, f"parsed for {project.args.target}")
