"""The commands that look after an archive: verify, compact, import, export."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    ExistingHome,
    Home,
    PortalsDir,
    UnusedPortalsDir,
    print_json,
    progress_shown,
    say,
    serving,
)
from scraper.errors import FellShort, UsageError
from scraper.items import ARCHIVE_LACKS

if TYPE_CHECKING:
    from scraper.archive.compaction import Compaction

T = TypeVar("T")

app = typer.Typer(
    cls=CommandGroup,
    no_args_is_help=True,
    help="Look after the archive: verify it, make it small, take in and give away WARC files.",
)

_Names = Annotated[
    list[str] | None, typer.Argument(metavar="[PORTAL]…", help="Portals; all that the home holds, else.")
]


@app.command()
def verify(
    names: _Names = None,
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: UnusedPortalsDir = None,
    as_json: AsJson = False,
) -> None:
    """Look at every archived record: its checksum, its digests, and that what a revisit stands for is there.

    Nothing is changed and nothing fetched. Exit code 1 where something is wrong; the message says where.
    """
    from dataclasses import asdict

    from scraper.archive.verify import verify as verify_folder

    wrong: list[str] = []
    told = []
    with progress_shown(quiet=as_json) as progress:
        for slug, folder in _archives(names, home).items():
            for one in verify_folder(folder, progress):
                told.append({"portal": slug, **asdict(one)})
                wrong += [f"{slug}/{one.warc_file}: {problem}" for problem in one.problems]
    if as_json:
        print_json(told)
    else:
        for line in wrong:
            say(line)
        records, payloads = sum(row["records"] for row in told), sum(row["payloads"] for row in told)
        say(f"{len(told)} files, {records:,} records, {payloads:,} payloads with their right digests")
    if wrong:
        raise FellShort(f"{len(wrong)} things are wrong with the archive; the first is {wrong[0]}")


@app.command()
def compact(
    names: _Names = None,
    home: ExistingHome = DEFAULT_HOME,
    undo: Annotated[bool, typer.Option("--undo", help="Bring compacted files back to .warc.gz.")] = False,
    newest_too: Annotated[
        bool, typer.Option("--newest-too", help="Close the newest file too: the next crawl begins another.")
    ] = False,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Make closed archive files a third as large or less: .warc.zst with a dictionary of the portal's pages.

    Every record is still found by the name and offset that it was written under, so nothing else changes, and
    `--undo` gives the same files back. Each file is compared record by record before its first form goes.
    """
    from scraper.archive.compaction import compact as compact_folder
    from scraper.archive.compaction import undo as undo_folder

    def compacted(folder: Path) -> list[Compaction]:
        with progress_shown() as progress:
            if undo:
                return undo_folder(folder, progress)
            return compact_folder(folder, newest_too=newest_too, progress=progress)

    left: list[str] = []
    for slug, folder in _archives(names, home).items():
        done = _held(home, slug, partial(compacted, folder))
        left += [f"{slug}/{one.warc_file}: {one.problem}" for one in done if one.problem]
        before, after = sum(one.before for one in done), sum(one.after for one in done)
        share = f" ({after / before:.2f} of it)" if before else ""
        say(f"{slug}: {len(done)} files, {before:,} bytes, now {after:,}{share}")
    if left:
        raise FellShort(f"{len(left)} files were left as they were: {'; '.join(left)}")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help=".warc, .warc.gz, .warc.zst, .wacz.")],
    portal_name: Annotated[str, typer.Option("--portal", metavar="SLUG", help="Whose archive they go into.")],
    home: Home = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
) -> None:
    """Take in WARC and WACZ files of other tools (wget, Browsertrix) and homes: the portal's hosts alone.

    Captures keep the date that they were made on; one dated in the future, or before 1990, is left out.
    Taking the same files in again gives nothing new. `load` then reads them as if they had been crawled.

    Example: cityledger archive import old-site.warc.gz --portal haiphong
    """
    from scraper.archive.importing import import_files
    from scraper.archive.reader import archive_folder
    from scraper.portal_choice import held_portal

    portal = held_portal(portal_name, home, portals_dir)
    with progress_shown() as progress:
        told = _held(
            home,
            portal.slug,
            lambda: import_files(files, portal, archive_folder(home, portal.slug), progress),
        )
    say(f"{portal.slug}: {told.line}")
    if told.lost:
        again = "pages lost with it are due again; a copy of the file, put back, has all"
        raise FellShort(f"{portal.slug}: {', '.join(told.lost)} {ARCHIVE_LACKS}: {again}")


@app.command()
def export(
    portal_name: Annotated[str, typer.Argument(metavar="PORTAL", help="Whose archive.")],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Else PORTAL.wacz here.", dir_okay=False)
    ] = None,
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
) -> None:
    """Write a portal's archive as one WACZ file, for ReplayWeb.page and every other tool that reads it."""
    from scraper.archive.reader import archive_folder
    from scraper.archive.wacz import export_wacz
    from scraper.portal_choice import held_portal

    portal = held_portal(portal_name, home, portals_dir)
    target = output or Path(f"{portal.slug}.wacz")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {target.parent} to write {target.name} into")
    with progress_shown() as progress:
        told = export_wacz(portal, archive_folder(home, portal.slug), target, progress)
    say(
        f"{told.path}: {told.files} WARC files, {told.captures:,} captures, {told.pages:,} pages, "
        f"{told.bytes:,} bytes"
    )


def replay(
    home: ExistingHome = DEFAULT_HOME,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="On 127.0.0.1; 0 takes a free one.")
    ] = 8765,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Show archived copies in a browser, on loopback: `/PORTAL/YYYYMMDDhhmmss/ADDRESS`.

    That is the form of every `archived_copy` in the marts and of the links "archived" on the overview. A copy
    comes without its scripts and loads nothing; Ctrl-C ends the serving.
    """
    from scraper.replay.server import Replay

    replayed = Replay(home, port)
    say(f"replay: {replayed.address}/ (Ctrl-C ends it)")
    with serving():
        replayed.serve()


def _archives(names: list[str] | None, home: Path) -> dict[str, Path]:
    held = {path.parent.name: path for path in sorted(home.glob("*/archive")) if path.is_dir()}
    unknown = [name for name in names or () if name not in held]
    if unknown:
        there = ", ".join(held) or "none"
        raise UsageError(f"{home} holds no archive of {', '.join(unknown)}; it has {there}")
    return {name: held[name] for name in names} if names else held


def _held(home: Path, slug: str, work: Callable[[], T]) -> T:
    """Do something while no crawl of the portal runs."""
    from scraper.crawl.ground import take_portal

    with take_portal(home / slug, "archive"):
        return work()
