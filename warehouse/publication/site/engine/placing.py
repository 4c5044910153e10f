"""The engine's files put into a publication."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

FOLDER = Path(__file__).parent
PLACE = "assets/duckdb"
"""In the site."""
FILES = ("duckdb.js", "duckdb-worker.js", "duckdb.wasm.gz", "LICENSES.txt")


def place_engine(site: Path, last: Path | None) -> None:
    """Put the engine into a site that is being made.

    Args:
        site: Its folder.
        last: The site of the last publication, whose files are linked where they are the same; None for none.
    """
    target = site / PLACE
    target.mkdir(parents=True)
    for name in FILES:
        source, old = FOLDER / name, last / PLACE / name if last else None
        if old and old.is_file() and filecmp.cmp(source, old, shallow=False):
            try:
                os.link(old, target / name)
                continue
            except OSError:  # A file system without links.
                pass
        shutil.copyfile(source, target / name)
