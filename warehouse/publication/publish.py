"""Publishing: build aside, pass the gates, swap in one step."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import HomeError, UsageError
from scraper.items import ARTICLE_READER, FACT_READER, Progress
from scraper.version import VERSION
from warehouse.connect import has_warehouse, warehouse_path
from warehouse.decisions.privacy import masks_private_citizens
from warehouse.decisions.removals import read_removals
from warehouse.documentation import documentation
from warehouse.publication import gates
from warehouse.publication.dictionary.dictionary import write_dictionary
from warehouse.publication.exchange.data_package import write_data_package
from warehouse.publication.exchange.workbooks import workbooks_beside
from warehouse.publication.exchange.writing import write_exchange
from warehouse.publication.exports import write_exports
from warehouse.publication.manifest import (
    DATABASE,
    Manifest,
    Source,
    Table,
    fingerprint,
    is_whole,
    list_files,
    write_manifest,
)
from warehouse.publication.search.index import write_search
from warehouse.publication.shelf import Shelf, home_error
from warehouse.publication.site.page import Edition
from warehouse.publication.site.pages import FOLDER as SITE_SOURCE
from warehouse.publication.site.pages import write_site
from warehouse.publication.site.settings import replay_address
from warehouse.publication.snapshot import attached, copy_marts, read_sources
from warehouse.publication.veil import Veil


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication as it stands on the shelf."""

    version: str
    path: Path
    """Its own folder, not the link."""
    rows: dict[str, int]
    changed: bool
    """False where the last one holds the same already and nothing new was made."""


def current_publication(home: Path) -> Path | None:
    """Give the folder of the current publication; None where nothing was published yet."""
    return Shelf.of(home).current()


def publish(
    home: Path,
    keep: int = 5,
    max_drop: float = 0.2,
    progress: Progress = lambda what, done, total: None,
    force: bool = False,
) -> Publication:
    """Publish marts whose build passed as DuckDB, Parquet, CSV and site, behind a link swapped in one step.

    Readers of an older publication are neither blocked nor broken; a kill at any moment leaves `current`
    whole.

    Args:
        home: Holds `warehouse.duckdb`; `published/` is made in it.
        keep: Publications to keep, the new one among them; at least 1.
        max_drop: The share of its rows that a table may lose against the last good publication, 0 to 1.
        progress: Told what is going on.
        force: Take over a drop of rows, and publish even where nothing changed.

    Raises:
        PublicationError: A gate refused; the message names it and the numbers.
        HomeError: The home cannot be written, or the disk is full.
        LockedError: Another publication is being made, or a program holds the warehouse.
        UsageError: `keep` or `max_drop` is out of range.
    """
    if keep < 1 or not 0 <= max_drop <= 1:
        raise UsageError(f"keep is at least 1 and max_drop between 0 and 1, not {keep} and {max_drop}")
    source = warehouse_path(home)
    if not has_warehouse(home):
        raise HomeError(
            f"{source}: there is no warehouse to publish; run `refresh`, or `load` and `build`, first"
        )
    shelf = Shelf.of(home)
    try:
        with shelf.held(), shelf.bench() as bench:
            return _publish(home, source, shelf, bench, keep, max_drop, progress, force)
    except OSError as error:
        raise home_error(shelf.folder, error) from error


def _publish(
    home: Path,
    source: Path,
    shelf: Shelf,
    bench: Path,
    keep: int,
    max_drop: float,
    progress: Progress,
    force: bool,
) -> Publication:
    last, current = shelf.last_good(), shelf.current()
    replay = replay_address(home)
    is_last_whole = current and last and current.name == last.version and is_whole(current, last)
    with attached(source, bench / DATABASE) as connection:
        gates.check_build(connection)
        gates.check_decisions(connection, home)
        veil = Veil(connection, read_removals(home), masks_private_citizens(home))
        tables = copy_marts(connection, veil, progress)
        gates.check_contracts(connection, tables, last)
        portals = read_sources(connection)
        if not force:
            gates.check_drop(tables, last, max_drop, gates.archive_damage(connection))
        docs = documentation(home)
        mark = fingerprint(tables, portals, SITE_SOURCE, docs.name if docs else None, replay)
        if current and last and is_last_whole and last.fingerprint == mark and not force:
            return Publication(last.version, current, last.rows(), changed=False)
        with workbooks_beside(connection, tables, bench):
            write_exports(connection, bench, tables, progress)
            gates.check_exports(connection, bench, tables)
            write_exchange(connection, bench, portals, progress)
            write_dictionary(connection, tables, bench)
            progress("indexing for search", 0, 1)
            write_search(connection)
    gates.check_opens(bench, tables)
    progress("indexing for search", 1, 1)
    version = shelf.next_version()
    write_data_package(tables, portals, version, bench)
    write_site(
        Edition(bench / DATABASE, version, tables, portals, replay),
        bench / "site",
        current / "site" if current and is_last_whole else None,
        lambda done, total: progress("drawing the site", done, total),
    )
    if docs is not None:
        (bench / "docs").mkdir()
        shutil.copyfile(docs, bench / "docs" / "index.html")
    manifest = _manifest(bench, version, mark, tables, portals)
    write_manifest(bench, manifest)
    for path in bench.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o444)
    progress("shelving", 0, 1)
    place = shelf.put(bench, version)
    shelf.prune(keep)
    progress("shelving", 1, 1)
    return Publication(version, place, manifest.rows(), changed=True)


def _manifest(
    bench: Path, version: str, mark: str, tables: tuple[Table, ...], portals: tuple[Source, ...]
) -> Manifest:
    return Manifest(
        version=version,
        cityledger=VERSION,
        article_reader=ARTICLE_READER,
        fact_reader=FACT_READER,
        fingerprint=mark,
        portals=portals,
        tables=tables,
        files=list_files(bench),
    )
