"""The data's way is one way: import directions, one door per third-party library, no circles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("scraper", "warehouse", "orchestrate", "cityledger")
SHARED = (
    "scraper.items",
    "scraper.errors",
    "scraper.events",
    "scraper.expectations",
    "scraper.holder",
    "scraper.console",
    "scraper.durable",
    "scraper.options",
    "scraper.on_trouble",
    "scraper.version",
    "scraper.vietnamese.text",
    "scraper.vietnamese.format",
)

# What a part may import of ours; the longest matching prefix rules. Prefixes end at dots.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "scraper.errors": (),
    "scraper.events": (),
    "scraper.items": (),
    "scraper.durable": (),
    "scraper.expectations": (),
    "scraper.holder": (),
    "scraper.console": ("scraper.errors", "scraper.events", "scraper.items"),
    "scraper.vietnamese": ("scraper.vietnamese",),
    "scraper.facts": ("scraper.facts", "scraper.vietnamese", "scraper.items", "scraper.errors"),
    "scraper.replica": ("scraper.replica", "scraper.items", "scraper.errors", "scraper.console"),
    "scraper": ("scraper",),
    "warehouse": ("warehouse", *SHARED),
    "orchestrate": ("scraper", "warehouse"),
    "cityledger": ("warehouse.publication.frame",),
}

# The modules that may import a library: one door each, or one folder where a framework demands more files.
DOORS: dict[str, tuple[str, ...]] = {
    "duckdb": ("warehouse.connect",),
    "numpy": ("warehouse.connect",),
    "sqlite3": ("scraper.crawl.frontier", "scraper.vietnamese.data.make_areas"),
    "selectolax": ("scraper.html",),
    "lxml": ("scraper.html",),
    "bs4": ("scraper.html",),
    "trafilatura": ("scraper.html",),
    "fastwarc": ("scraper.archive",),
    "backports": ("scraper.archive.compacted",),
    "compression": ("scraper.archive.compacted",),
    "docx": ("scraper.documents.docx", "scraper.replica.attachments"),
    "openpyxl": ("scraper.documents.xlsx", "scraper.replica.attachments"),
    "pdfplumber": ("scraper.documents.pdf",),
    "dask": ("scraper.harvest.cluster",),
    "distributed": ("scraper.harvest.cluster",),
    "dbt": ("warehouse.build", "warehouse.lake_in_dbt"),
    "psycopg": ("warehouse.turns",),
    "scrapy": ("scraper.spiders",),
    "twisted": (),
    "altair": ("warehouse.publication.site.charts",),
    "vl_convert": ("warehouse.publication.site.charts",),
    "jinja2": ("warehouse.publication.site.rendering", "warehouse.publication.dictionary.dictionary"),
    "markupsafe": ("warehouse.publication.site.rendering",),
    "icalendar": ("warehouse.publication.exchange.calendars",),
    "feedgen": ("warehouse.publication.exchange.feeds",),
    "pysdmx": ("warehouse.publication.exchange.statistics",),
    "fastapi": ("warehouse.service",),
    "pydantic": ("warehouse.service",),
    "uvicorn": ("warehouse.service.server",),
    "starlette": ("warehouse.service.site",),
    "pyarrow": ("warehouse",),
    "pandas": ("warehouse",),
    "typer": (
        "scraper.console",
        "scraper.options",
        "scraper.cli",
        "scraper.portals_cli",
        "scraper.archive.cli",
        "scraper.replica.cli",
        "warehouse.cli",
        "warehouse.home_cli",
        "warehouse.curation_cli",
        "warehouse.service.cli",
        "orchestrate",
    ),
    "rich": ("scraper.console", "scraper.cli", "warehouse.cli", "orchestrate"),
}


def product_files() -> list[Path]:
    return [
        ROOT / "orchestrate.py",
        ROOT / "cityledger.py",
        *sorted((ROOT / "scraper").rglob("*.py")),
        *sorted((ROOT / "warehouse").rglob("*.py")),
    ]


def module_name(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


MODULES = {module_name(path): path for path in product_files()}


def imports_of(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively: write the full name"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    rule = max((prefix for prefix in MAY_IMPORT if within(module, prefix)), key=len)
    ours = {name for name in imports_of(module) if name.split(".")[0] in OURS}
    wrong = {name for name in ours if not any(within(name, allowed) for allowed in MAY_IMPORT[rule])}
    assert not wrong, f"{module} may import {MAY_IMPORT[rule]} of ours"


@pytest.mark.parametrize("module", MODULES)
def test_each_library_has_its_door(module: str) -> None:
    for name in imports_of(module):
        doors = DOORS.get(name.split(".")[0])
        if doors is not None:
            assert any(within(module, door) for door in doors), f"{name} is reached through {doors}"


def test_every_library_that_is_installed_for_us_has_a_door() -> None:
    standard = set(__import__("sys").stdlib_module_names)
    strangers = {
        (module, name)
        for module in MODULES
        for name in imports_of(module)
        if name.split(".")[0] not in standard and name.split(".")[0] not in (*OURS, *DOORS)
    }
    assert not strangers


def test_there_are_no_circles() -> None:
    edges = {
        module: {name for name in imports_of(module) if name in MODULES and name != module}
        for module in MODULES
    }
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"circle: {' → '.join((*path[path.index(module) :], module))}"
        if module in done:
            return
        for name in edges[module]:
            walk(name, (*path, module))
        done.add(module)

    for module in MODULES:
        walk(module, ())


def test_the_replica_knows_no_reader() -> None:
    for module in MODULES:
        if within(module, "scraper.replica"):
            assert not [
                name
                for name in imports_of(module)
                if name.startswith(("scraper.vietnamese", "scraper.facts"))
            ]


def test_no_module_is_a_drawer() -> None:
    assert not [
        name
        for name in MODULES
        if name.rsplit(".", 1)[-1] in {"utils", "util", "common", "base", "helpers", "misc"}
    ]
