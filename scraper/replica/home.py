"""The home of a demo: where its portal files lie, and how one demo makes room for another."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

DEMO_PORTALS = "demo-portals"
"""The folder of a demo's home that its portal files lie in; a home that has it holds invented figures."""


def clear_other_demo(home: Path, content: str) -> bool:
    """Remove what a demo of other content left in its home: its articles would count as gone or invented.

    Args:
        home: The demo's.
        content: A mark of what this demo's portals hold.

    Returns:
        Whether this is the first demo of that content in the home.
    """
    stamp = home / DEMO_PORTALS / "content"
    was = stamp.read_text(encoding="ascii") if stamp.is_file() else None
    if stamp.parent.is_dir() and was != content:
        for path in (*home.glob("demo-*"), home / "published", home / "build"):
            rmtree(path, ignore_errors=True)
        for path in home.glob("warehouse.duckdb*"):
            path.unlink()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(content, encoding="ascii")
    return was != content
