"""The commands that look after a home: how it fares, and letting a held portal go."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from scraper.console import DEFAULT_HOME, AsJson, CommandGroup, ExistingHome, PortalsDir, out, print_json
from scraper.errors import UsageError
from scraper.version import VERSION
from warehouse.lock import run_lock
from warehouse.runs import run_logged

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")


@app.command()
def status(
    home: ExistingHome = DEFAULT_HOME, as_json: AsJson = False, portals_dir: PortalsDir = None
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
    portals_dir: PortalsDir = None,
) -> None:
    """Let in what a portal was held for: you have looked at it, and the portal is right.

    What was learned of the portal's past starts anew; the bounds of its file stay. The next `refresh`, or
    `build` and `publish`, puts its pages into the tables.

    Example: cityledger portals release lechan
    """
    from warehouse.health import release as let_go

    with run_lock(home, "portals release"), run_logged(home, "portals release", VERSION):
        if not let_go(home, portal):
            raise UsageError(f"{portal} is not held: `status` shows who is")
    out.print(f"{portal}: released; `refresh`, or `build` and `publish`, lets its pages in", highlight=False)
