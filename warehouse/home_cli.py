"""The commands that look after a home: how it fares, its nightly run, and letting a held portal go."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    ExistingHome,
    Home,
    PortalsDir,
    UnusedPortalsDir,
    err,
    out,
    print_json,
    say,
)
from scraper.errors import UsageError
from scraper.events import log as events
from scraper.on_trouble import hook_words
from scraper.options import Cluster, MaxPages, Names, OnTrouble, Shard, Workers
from scraper.version import VERSION
from warehouse.cli import Keep, MaxDrop
from warehouse.lock import run_lock

if TYPE_CHECKING:
    from warehouse.gc import ThinArchive

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")

_KEEP = 5
_MAX_DROP = 0.2


class Form(StrEnum):
    """What a schedule is printed for."""

    cron = "cron"
    systemd = "systemd"


@app.command()
def status(
    home: ExistingHome = DEFAULT_HOME, as_json: AsJson = False, portals_dir: UnusedPortalsDir = None
) -> None:
    """Show how a home fares: portals and their health, the last runs, disk use, and what to do about trouble.

    It tells which run is going on and disturbs none.
    """
    from warehouse.publication.shelf import Shelf
    from warehouse.status import warehouse_status
    from warehouse.status_shown import show_status

    found = warehouse_status(home)
    published = Shelf.of(home).current()
    if as_json:
        print_json({**asdict(found), "published": published})
    else:
        show_status(found, published)


def release(
    portal: Annotated[str, typer.Argument(metavar="PORTAL", help="The portal to let go.")],
    home: ExistingHome = DEFAULT_HOME,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Let in what a portal was held for: you have looked at it, and the portal is right.

    What was learned of the portal's past starts anew; the bounds of its file stay. The next `refresh`, or
    `build` and `publish`, puts its pages into the tables.

    Example: cityledger portals release lechan
    """
    from warehouse.health import release as let_go

    with run_lock(home, "portals release"):
        if not let_go(home, portal):
            raise UsageError(f"{portal} is not held: `status` shows who is")
    out.print(f"{portal}: released; `refresh`, or `build` and `publish`, lets its pages in", highlight=False)


@app.command()
def schedule(
    form: Annotated[Form, typer.Option("--print", help="For cron, or for systemd: a service and a timer.")],
    names: Names = None,
    home: Home = DEFAULT_HOME,
    portals_dir: PortalsDir = None,
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When it may start.")] = "02:30",
    jitter: Annotated[
        int, typer.Option("--jitter", min=0, max=720, help="Minutes by which it may start later, at random.")
    ] = 30,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact", envvar="CITYLEDGER_CONTACT", help="Whom portals can write to, for the user agent."
        ),
    ] = None,
    max_pages: MaxPages = None,
    workers: Workers = None,
    cluster: Cluster = None,
    shard: Shard = None,
    keep: Keep = _KEEP,
    max_drop: MaxDrop = _MAX_DROP,
    on_trouble: OnTrouble = None,
    name: Annotated[str, typer.Option("--name", help="Name of the units, where there are several.")] = (
        "cityledger"
    ),
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="DIR", file_okay=False, exists=True, help="systemd: write the two files there."
        ),
    ] = None,
) -> None:
    """Print a ready unit for the nightly refresh, with this installation's paths and the options given.

    With `--log-format json` before the command the run logs so too.

    Example: cityledger schedule --print systemd haiphong lechan --at 01:15 --contact you@example.org
    """
    from warehouse import schedule as units

    if on_trouble is not None:
        hook_words(on_trouble)
    hour, minute = units.parse_at(at)
    options = units.option_words(
        [
            ("--home", home.absolute()),
            ("--portals-dir", portals_dir.absolute() if portals_dir else None),
            ("--max-pages", max_pages),
            ("--workers", workers),
            ("--cluster", cluster),
            ("--shard", shard),
            ("--keep", keep if keep != _KEEP else None),
            ("--max-drop", max_drop if max_drop != _MAX_DROP else None),
            ("--on-trouble", on_trouble),
        ]
    )
    before = ("--log-format", "json") if events.is_json else ()
    nightly = units.Nightly(
        words=(*units.program_words(sys.argv[0]), *before, "refresh", *(names or []), *options),
        folder=Path.cwd(),
        home=home.absolute(),
        hour=hour,
        minute=minute,
        jitter=jitter,
        user=getuser(),
        contact=contact,
        name=name,
    )
    units.check(nightly)
    err.print(f"its home is {nightly.home}", highlight=False, markup=False, soft_wrap=True)
    if form is Form.cron:
        sys.stdout.write(units.crontab(nightly))
        return
    files = units.systemd_units(nightly)
    for file, text in files.items():
        if to is not None:
            (to / file).write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(f"# /etc/systemd/system/{file}\n{text}\n")
    err.print(f"then: systemctl daemon-reload && systemctl enable --now {name}.timer", highlight=False)


def gc_command(thin: ThinArchive) -> Callable[..., None]:
    """Return the command `gc`.

    Args:
        thin: Makes room in a portal's archive, which the warehouse does not know.
    """

    def gc(
        home: ExistingHome = DEFAULT_HOME,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Remove nothing; say what would be removed.")
        ] = False,
        keep_publications: Annotated[
            int, typer.Option("--keep-publications", metavar="N", min=1, help="Newest publications to keep.")
        ] = 5,
        keep_archive_days: Annotated[
            int | None,
            typer.Option(
                "--keep-archive-days",
                metavar="D",
                min=1,
                help="Drop listings, sitemaps and feeds archived longer ago; articles stay for ever.",
            ),
        ] = None,
        as_json: AsJson = False,
        portals_dir: UnusedPortalsDir = None,
    ) -> None:
        """Make room: old and unfinished publications, old builds, free room in the warehouse.

        Nothing is removed that the evidence of a fact needs: every capture of an article stays, and so does
        the current publication. The archive is touched only where --keep-archive-days says so.

        Example: cityledger gc --dry-run --keep-publications 3 --keep-archive-days 365
        """
        from warehouse.gc import collect, freed_by_kind
        from warehouse.publication.readers import readers_of
        from warehouse.runs import run_logged

        if dry_run:
            with run_lock(home, "gc"):
                freed = collect(home, keep_publications, keep_archive_days, True, thin)
        else:
            with run_lock(home, "gc"), run_logged(home, "gc", VERSION) as log:
                freed = collect(home, keep_publications, keep_archive_days, False, thin)
                log.stage("gc", {"freed": freed_by_kind(freed)})
        if as_json:
            plain = {
                "freed": [asdict(one) for one in freed],
                "open": [asdict(one) for one in readers_of(home)],
            }
            print_json({"dry_run": dry_run, **plain})
            return
        for one in freed:
            size = f"{one.bytes / 1e6:.1f} MB"
            say(f"{one.kind}: {one.what}, {size}")
        kinds = ", ".join(f"{kind} {size / 1e6:.1f} MB" for kind, size in freed_by_kind(freed).items())
        said = "would be freed" if dry_run else "freed"
        total = sum(one.bytes for one in freed) / 1e6
        out.print(f"{total:.1f} MB {said}" + (f": {kinds}" if kinds else ""), highlight=False)
        for reader in readers_of(home):
            after = "its room is free when that closes it" if reader.is_removed else "it may be read on"
            held = f"{reader.file} is open in process {reader.pid} ({reader.bytes / 1e6:.1f} MB): {after}"
            say(held)

    return gc
