"""What a publication says of itself: `manifest.json`, the list of all that is in it."""

from __future__ import annotations

import hashlib
import inspect
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from scraper.items import ARTICLE_READER, FACT_READER
from scraper.version import VERSION
from scraper.vietnamese import format, text

NAME = "manifest.json"
DATABASE = "cityledger.duckdb"
FORMATS = tuple(Path(inspect.getfile(module)) for module in (format, text))
"""Code beside the site's own that its pages are written with: numbers, dates, units, letters."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table, as dbt documents it."""

    name: str
    type: str
    nullable: bool
    description: str | None

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values."""
        return self.type.endswith("]")

    @property
    def is_nested(self) -> bool:
        """Whether a cell holds more than one value, so that flat files have it as JSON."""
        return self.is_list or self.type.startswith(("STRUCT", "MAP"))


@dataclass(frozen=True, slots=True)
class Table:
    """A published table."""

    name: str
    description: str | None
    rows: int
    digest: str
    """sha256 over the rows in a stable order: equal content, equal digest."""
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A portal whose reports are in the publication."""

    portal: str
    name: str
    base_url: str
    ref_area: str | None
    notice: str | None
    """What every publication of this portal's data must say."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the publication, by its path within it."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is in a publication."""

    version: str
    cityledger: str
    article_reader: int
    fact_reader: int
    fingerprint: str
    """Equal for publications that would hold the same."""
    portals: tuple[Source, ...]
    tables: tuple[Table, ...]
    files: tuple[File, ...]

    def rows(self) -> dict[str, int]:
        """Give the number of rows of each table."""
        return {table.name: table.rows for table in self.tables}


def fingerprint(
    tables: tuple[Table, ...], portals: tuple[Source, ...], site: Path, docs: str | None, replay: str | None
) -> str:
    """Give one hash over content, documentation, sources, readers and the program that draws the site.

    Args:
        tables: As copied.
        portals: As copied.
        site: Folder of the site's code, templates and styles; a new design is worth a new publication.
        docs: What the page of the dbt project's documentation is known by.
        replay: The address at which readers reach archived copies.
    """
    said = {
        "tables": [asdict(table) for table in tables],
        "portals": [asdict(portal) for portal in portals],
        "readers": [ARTICLE_READER, FACT_READER],
        "cityledger": VERSION,
        "docs": docs,
        "replay": replay,
        "site": [
            digest_of(path)
            for path in (*sorted(site.rglob("*")), *FORMATS)
            if path.is_file() and path.suffix != ".pyc"
        ],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def digest_of(path: Path) -> str:
    """Give the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_files(folder: Path) -> tuple[File, ...]:
    """List every file below a folder, the manifest itself left out."""
    return tuple(
        File(path.relative_to(folder).as_posix(), path.stat().st_size, digest_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `manifest.json` into the folder."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Read a publication's manifest; None where it is missing or damaged."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Manifest(
            **{
                **said,
                "portals": tuple(Source(**portal) for portal in said["portals"]),
                "tables": tuple(
                    Table(**{**table, "columns": tuple(Column(**column) for column in table["columns"])})
                    for table in said["tables"]
                ),
                "files": tuple(File(**file) for file in said["files"]),
            }
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Say whether every file that the manifest names is there with its size (contents are not read)."""
    try:
        return all((folder / file.path).stat().st_size == file.bytes for file in manifest.files)
    except OSError:
        return False


def damage(folder: Path) -> list[str]:
    """Name every file of a publication that is missing or not what its manifest says; reads all of it."""
    manifest = read_manifest(folder)
    if manifest is None:
        return [NAME]
    return [
        file.path
        for file in manifest.files
        if not (folder / file.path).is_file() or digest_of(folder / file.path) != file.sha256
    ]
