"""The data dictionary of a publication, as Markdown and as a page."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from scraper.vietnamese.text import squeeze
from warehouse.connect import Connection
from warehouse.publication.manifest import Column, Table
from warehouse.publication.snapshot import MARTS, quoted

_LONGEST_EXAMPLE = 60
"""Characters."""
_UNITS = {
    "": "",
    "%": "%",
    "0–1": "0–1",
    "byte": "bytes",
    "bài": "articles",
    "báo cáo": "reports",
    "bản": "texts",
    "chữ số": "digits",
    "cuộc": "meetings",
    "dữ kiện": "facts",
    "ký tự": "code points",
    "lũy thừa của 10": "power of ten",
    "lượt": "requests",
    "ngày": "date",
    "người": "persons",
    "số": "numbers",
    "theo base_unit": "see base_unit",
    "theo unit_measure": "see unit_measure",
    "thời điểm UTC": "time, UTC",
    "trang": "pages",
    "vấn đề": "problems",
}
"""Units of columns, Vietnamese to English."""
_SOURCES = {
    "": ("", ""),
    "crawl": ("máy thu thập", "the crawl"),
    "model": ("mô hình dbt", "a dbt model"),
    "page": ("trang gốc", "the page"),
    "person": ("người xem lại", "a person"),
    "portal file": ("tệp khai báo cổng", "the portal's file"),
    "reader": ("bộ đọc", "the reader"),
    "seed": ("danh mục hành chính", "a seed"),
    "vocabulary": ("danh mục chỉ tiêu", "the vocabulary"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A column as the dictionary tells of it; pairs are Vietnamese and English."""

    name: str
    type: str
    words: tuple[str, str]
    unit: tuple[str, str]
    source: tuple[str, str]
    example: str


@dataclass(frozen=True, slots=True)
class Section:
    """A table as the dictionary tells of it."""

    name: str
    words: tuple[str, str]
    rows: int
    entries: tuple[Entry, ...]


def write_dictionary(connection: Connection, tables: tuple[Table, ...], folder: Path) -> None:
    """Write `dictionary/index.html` and `dictionary/dictionary.md`.

    English comes from the tables' dbt documentation, Vietnamese from `words.csv` beside this module, an
    example from the first row that has a value: what is masked in the tables is masked here.

    Args:
        connection: With the new file attached as `published`.
        tables: The published ones.
        folder: The publication's.
    """
    words = vietnamese()
    sections = [_section(connection, table, words) for table in tables]
    environment = Environment(
        loader=PackageLoader(__package__, "."),
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = lambda text: (
        text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    )
    (folder / "dictionary").mkdir()
    for name in ("index.html", "dictionary.md"):
        text = environment.get_template(f"{name}.j2").render(sections=sections)
        (folder / "dictionary" / name).write_text(text, encoding="utf-8")


def vietnamese() -> dict[tuple[str, str], dict[str, str]]:
    """Return the Vietnamese words by column and table; the table is empty where they hold for all."""
    text = files(__package__).joinpath("words.csv").read_text(encoding="utf-8")
    return {(row["column"], row["table"]): row for row in csv.DictReader(text.splitlines())}


def _section(connection: Connection, table: Table, words: dict[tuple[str, str], dict[str, str]]) -> Section:
    examples = _examples(connection, table)
    return Section(
        table.name,
        (words.get(("", table.name), {}).get("vi", ""), squeeze(table.description or "")),
        table.rows,
        tuple(
            _entry(
                column, words.get((column.name, table.name)) or words.get((column.name, "")) or {}, example
            )
            for column, example in zip(table.columns, examples, strict=True)
        ),
    )


def _entry(column: Column, words: dict[str, str], example: str) -> Entry:
    unit = words.get("unit", "")
    return Entry(
        column.name,
        column.type.lower(),
        (words.get("vi", ""), squeeze(column.description or "")),
        (unit, _UNITS[unit]),
        _SOURCES[words.get("source", "")],
        example,
    )


def _examples(connection: Connection, table: Table) -> list[str]:
    values = (f"any_value({quoted(column.name)})::varchar" for column in table.columns)
    columns = ", ".join(f"left(regexp_replace({v}, '\\s+', ' ', 'g'), {_LONGEST_EXAMPLE})" for v in values)
    row = connection.execute(f"select {columns} from published.{MARTS}.{quoted(table.name)}").fetchone()  # noqa: S608
    assert row is not None
    return ["" if value is None else str(value) for value in row]
