"""What dbt costs beside the SQL that it runs: a nightly build against its own models and tests, plain.

Takes a home that was built before (nothing has changed in it), copies its warehouse, and times in turns, each
in a process of its own: the build as `refresh` does it; dbt's start alone (`dbt list` in process); and the
compiled models, seeds and tests as plain DuckDB statements in dbt's order. Prints medians of wall seconds and
their ratio (target 8 of the performance targets: build ≤ 1.3 × (start + plain SQL)).

    python orchestrate.py demo --articles 20000 --home HOME    # once
    python -m benchmarks.build --home HOME [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"
_KINDS = {"table": "table", "view": "view"}
_DOCUMENT = "from pathlib import Path; from warehouse.documentation import document; document(Path({home!r}))"
_BUILD = "from pathlib import Path; from warehouse.build import build; build(Path({home!r}))"
_START = """
import os
from dbt.cli.main import dbtRunner
os.environ["CITYLEDGER_WAREHOUSE"] = "{home}/warehouse.duckdb"
dbtRunner().invoke([
    "--quiet", "--no-version-check", "--log-path", "{home}/build/dbt/logs", "--log-level-file", "none",
    "--no-write-json", "list", "--output", "name",
    "--project-dir", "{project}", "--profiles-dir", "{project}", "--target-path", "{home}/build/dbt/target",
])
"""


def seconds(code: str) -> float:
    """Run Python code in a process of its own and return its wall seconds."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT.parent, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def in_order(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give seeds, models and data tests after everything that they read."""
    nodes = {
        name: node
        for name, node in manifest["nodes"].items()
        if node["resource_type"] in ("seed", "model", "test")
    }
    done: set[str] = set()

    def visit(name: str) -> Iterator[dict[str, Any]]:
        if name in done or name not in nodes:
            return
        done.add(name)
        for parent in nodes[name]["depends_on"].get("nodes", []):
            yield from visit(parent)
        yield nodes[name]

    for name in nodes:
        yield from visit(name)


def statements(manifest: dict[str, Any]) -> list[str]:
    """Return the SQL of a whole build: seeds from their files, models as they are kept, tests as counts."""
    found = []
    for node in in_order(manifest):
        relation = f'"{node["schema"]}"."{node["alias"]}"'
        if node["resource_type"] == "seed":
            path = PROJECT / node["original_file_path"]
            types = json.dumps(node["config"]["column_types"]).replace('"', "'")
            found.append(
                f"create or replace table {relation} as"
                f" from read_csv('{path}', header = true, quote = '\"', types = {types})"
            )
        elif node["resource_type"] == "model":
            kind = _KINDS[node["config"]["materialized"]]
            found.append(f"create or replace {kind} {relation} as {node['compiled_code']}")
        elif node.get("compiled_code"):
            found.append(f"select count(*) from ({node['compiled_code']})")  # noqa: S608 - dbt's own
    return found


def run_plain(warehouse: Path, sql: list[str]) -> float:
    """Run the statements on a warehouse and return their wall seconds, opening and closing included."""
    started = time.perf_counter()
    with duckdb.connect(str(warehouse), config={"memory_limit": "512MB", "threads": 2}) as connection:
        connection.execute("set TimeZone = 'UTC'; set preserve_insertion_order = false")
        for statement in sql:
            connection.execute(statement).fetchall()
    return time.perf_counter() - started


@dataclass(frozen=True, slots=True)
class Built:
    """Median wall seconds of each way."""

    articles: int
    figures: int
    statements: int
    build: float
    start: float
    plain: float

    @property
    def ratio(self) -> float:
        """What the build takes for each second of dbt's start and the plain SQL."""
        return self.build / (self.start + self.plain)


def measure(given: Path, rounds: int) -> Built:
    """Time a copy of a home's warehouse, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        shutil.copy(given / "warehouse.duckdb", home)
        seconds(_BUILD.format(home=str(home)))  # Parsed, compiled and warm for all that follows.
        manifest = json.loads((home / "build" / "dbt" / "target" / "manifest.json").read_text("utf-8"))
        sql = statements(manifest)
        seconds(_DOCUMENT.format(home=str(home)))  # As the first publication does.
        # The compiled SQL names its catalog, which is the file's name.
        plain_copy = Path(folder) / "plain" / "warehouse.duckdb"
        plain_copy.parent.mkdir()
        shutil.copy(home / "warehouse.duckdb", plain_copy)
        times: dict[str, list[float]] = {"build": [], "start": [], "plain": []}
        for _ in range(rounds):
            times["build"].append(seconds(_BUILD.format(home=str(home))))
            times["start"].append(seconds(_START.format(home=home, project=PROJECT)))
            times["plain"].append(run_plain(plain_copy, sql))
        with duckdb.connect(str(plain_copy), read_only=True) as connection:
            counted = connection.execute(
                "select (select count(*) from marts.articles), (select count(*) from marts.indicator_reports)"
            ).fetchone()
    assert counted is not None
    build, start, plain = (statistics.median(taken) for taken in times.values())
    return Built(counted[0], counted[1], len(sql), build, start, plain)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = measure(options.home, options.rounds)
    print(
        f"{found.articles:,} articles, {found.figures:,} figures, {found.statements} statements;"
        f" medians of {options.rounds}"
    )
    print(f"{'build, as refresh does it':34}{found.build:8.1f} s")
    print(f"{'dbt start in process':34}{found.start:8.1f} s")
    print(f"{'the same SQL plain':34}{found.plain:8.1f} s")
    print(f"{'build / (start + plain)':34}{found.ratio:8.2f}")


if __name__ == "__main__":
    main()
