"""The commands that need no warehouse: crawl, read, inspect, portals and replica."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TextIO
from urllib.parse import urlsplit

import typer

from scraper.console import (
    DEFAULT_HOME,
    AsJson,
    CommandGroup,
    PortalsDir,
    UnusedHome,
    UnusedPortalsDir,
    out,
    print_json,
    print_styled,
    print_table,
    progress_shown,
)
from scraper.errors import FellShort, PortalError, UsageError
from scraper.portal import Portal, portal_for_url
from scraper.portal_catalogue import PORTALS_DIR, load_portals
from scraper.replica.home import DEMO_PORTALS

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")
portals_app = typer.Typer(
    cls=CommandGroup, no_args_is_help=True, help="Look at the portal files and check them."
)
app.add_typer(portals_app, name="portals")


def wanted_portals(
    names: Sequence[str], portals: Mapping[str, Portal], faults: Sequence[PortalError] = ()
) -> list[Portal]:
    """Return the portals of these slugs, in this order.

    Raises the fault of a file that is named, and UsageError for names that there are not.
    """
    for name in names:
        for fault in faults:
            if str(fault).startswith(f"{name}.toml:"):
                raise fault
    unknown = [name for name in names if name not in portals]
    if unknown:
        near = get_close_matches(unknown[0], portals, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; `portals list` shows them"
        raise UsageError(f"there is no portal {', '.join(unknown)}{hint}")
    return [portals[name] for name in dict.fromkeys(names)]


def chosen_portals(
    names: Sequence[str], home: Path, portals_dir: Path | None, faults: list[PortalError]
) -> list[Portal]:
    """Return the portals named, or else those of the user's own folder and those that the home holds.

    Files that cannot be read go to `faults`, and the rest goes on. Raises UsageError where nothing is left (a
    shipped portal is crawled only when it is asked for), where the home holds a portal that has no file, and
    where it holds the demo's invented figures and other portals are asked for.
    """
    demo_portals = home / DEMO_PORTALS
    if demo_portals.is_dir() and portals_dir != demo_portals:
        raise UsageError(
            f"{home} holds the demo's invented figures: give another --home; `demo` renews this one"
        )
    portals = load_portals(portals_dir, faults)
    if names:
        return wanted_portals(names, portals, faults)
    faulty = {str(fault).partition(".toml:")[0] for fault in faults}
    is_own = portals_dir is not None and portals_dir.resolve() != PORTALS_DIR.resolve()
    own = {path.stem for path in portals_dir.glob("*.toml")} if portals_dir and is_own else set()
    held = {path.parent.name for path in home.glob("*/archive")}
    if strange := sorted(held - faulty - set(portals)):
        missing = ", ".join(strange)
        raise UsageError(
            f"{home} holds {missing}, whose file is missing: give --portals-dir, or name portals"
        )
    chosen = [portal for portal in portals.values() if portal.slug in own | held]
    if not chosen and faults:
        raise faults[0]
    if not chosen:
        raise UsageError(
            "no portal was named, and this home holds none yet: name some (`portals list` shows them)"
        )
    return chosen


@app.command()
def read(
    input_file: Annotated[
        str,
        typer.Option(
            "--input", metavar="FILE", help='Lines of {"id": …, "article": {…}}; - is standard input.'
        ),
    ] = "-",
    output_file: Annotated[
        str,
        typer.Option(
            "--output", metavar="FILE", help="Lines of facts in the same order; - is standard output."
        ),
    ] = "-",
    home: UnusedHome = DEFAULT_HOME,
    portals_dir: UnusedPortalsDir = None,
) -> None:
    """Read facts from articles given as JSON lines, without any warehouse.

    Each line gives one line: the object of docs/standard/facts.md §5 with the same id. A line that is no
    article is named and left out, the rest goes on, and the exit code is 1.

    Example: docs/standard/score.py texts tests/annotated/dev | cityledger read > facts.jsonl
    """
    from scraper.facts import read_facts
    from scraper.facts.as_json import article_from_json, to_json

    refused: list[str] = []
    number = 0
    with _lines_in(input_file) as lines, _lines_out(output_file) as written, progress_shown() as progress:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
                key = str(given["id"])
                article = article_from_json(given["article"])
            except (ValueError, KeyError, TypeError) as error:
                refused.append(f"line {number}: {error.__class__.__name__}: {error}")
                continue
            facts = read_facts(article)
            written.write(json.dumps(to_json(key, article, facts), ensure_ascii=False) + "\n")
            progress("articles read", number, None)
        progress("articles read", number, number)
    if refused:
        raise FellShort(f"{len(refused)} lines hold no article and were left out; the first is {refused[0]}")


@contextmanager
def _lines_in(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8") as lines:
            yield lines
    except FileNotFoundError:
        raise UsageError(f"there is no file {name}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text: give JSON lines") from None


@contextmanager
def _lines_out(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdout
        return
    path = Path(name)
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent} to write {path.name} into")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as written:
            yield written
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@portals_app.command("list")
def portals_list(
    portals_dir: PortalsDir = None, as_json: AsJson = False, home: UnusedHome = DEFAULT_HOME
) -> None:
    """List every portal that can be crawled: the shipped ones and your own.

    None is crawled unless it is named, or lies in your own --portals-dir. "verified" says whether a person
    has checked the file against the live site; "state" whether it is active, paused or retired.

    Example: cityledger portals list --json
    """
    portals, today = load_portals(portals_dir), datetime.now(UTC).date()
    rows = [
        {
            "portal": portal.slug,
            "kind": portal.kind,
            "name": portal.name,
            "base_url": portal.base_url,
            "family": portal.family,
            "ref_area": portal.ref_area,
            "verified": portal.is_verified,
            "state": portal.rests_on(today) or "active",
            "retired_on": portal.retired_on,
            "paused": portal.paused_on(today),
            "paused_until": portal.paused_until,
        }
        for portal in portals.values()
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ["portal", "kind", "name", "address", "family", "area", "verified", "state"],
        [
            (
                *(row[key] for key in ("portal", "kind", "name", "base_url", "family", "ref_area")),
                "yes" if row["verified"] else "no",
                row["state"],
            )
            for row in rows
        ],
    )


@portals_app.command("check")
def portals_check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PORTAL]…", help="Portals; all where none is named.")
    ] = None,
    portals_dir: PortalsDir = None,
    as_json: AsJson = False,
    home: UnusedHome = DEFAULT_HOME,
) -> None:
    """Check portal files: keys, selectors, patterns, date formats, and the pages recorded beside them.

    The first fault is one line that names file and key, with exit code 1, and so is a portal that a crawl
    could not start anywhere. Nothing is fetched.
    """
    portals = load_portals(portals_dir)
    chosen = wanted_portals(names or list(portals), portals)
    checked = [
        {
            "portal": portal.slug,
            "family": portal.family,
            "layouts": [layout.name for layout in portal.layouts],
            "article_patterns": [pattern.pattern for pattern in portal.article],
            "discovery": _starts(portal),
        }
        for portal in chosen
    ]
    if as_json:
        print_json(checked)
        return
    for row in checked:
        out.print(
            f"[green]ok[/] {row['portal']} ({row['family']}): layouts {', '.join(row['layouts'])}; "
            f"starts at {', '.join(row['discovery'])}",
            highlight=False,
        )
    lost = [portal.slug for portal in chosen if not portal.retired_on and not _starts(portal)]
    if lost:
        raise FellShort(
            f"{', '.join(lost)}: no address to start from: give [discovery] listings, sitemaps or feeds"
        )


def _starts(portal: Portal) -> list[str]:
    found = portal.discovery
    return [*found.sitemaps, *found.feeds, *found.listings, *([found.api] if found.api else [])]


@app.command()
def inspect(
    page: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help="A saved page, or the address of one.")],
    portal_name: Annotated[
        str | None, typer.Option("--portal", metavar="SLUG", help="Read it with this portal's layouts.")
    ] = None,
    url: Annotated[
        str | None,
        typer.Option("--url", help="The address that a saved page came from; it can name the portal."),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show the text with its facts marked in place, and why each was read."
        ),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write what --explain shows as one HTML page.", dir_okay=False
        ),
    ] = None,
    portals_dir: PortalsDir = None,
    as_json: AsJson = False,
    home: UnusedHome = DEFAULT_HOME,
) -> None:
    """Show what is read from one page: the article, its districts, meetings and figures with their sentences.

    A file is read as it is; an address is fetched once, with robots.txt obeyed. Text without markup (a page
    saved as text) is read too. With --explain each figure, meeting, person and problem is marked where it
    stands, with all its fields, the rules that read it and how sure they are.

    Example: cityledger inspect page.html --portal haiphong --explain
    """
    from scraper.article import read_article
    from scraper.explain.page import explained_page
    from scraper.explain.summary import show_summary
    from scraper.explain.terminal import styled_article
    from scraper.facts import read_facts
    from scraper.facts.as_json import to_json
    from scraper.page.saved_text import is_saved_text, page_of_text

    faults: list[PortalError] = []
    portals = load_portals(portals_dir, faults)
    if portal_name is not None:
        wanted_portals([portal_name], portals, faults)
    if urlsplit(page).scheme in {"http", "https"}:
        from scraper.crawl.crawl import fetch_page

        portal = portals[portal_name] if portal_name else portal_for_url(page, portals)
        fetched = fetch_page(page, portal)
        body, address, content_type = fetched.body, fetched.url, fetched.content_type
    else:
        body, address, content_type = _page_bytes(page), url or "", None
        if is_saved_text(body):
            body = page_of_text(body)
        portal = portals[portal_name] if portal_name else portal_for_url(address, portals)
    article = read_article(body, address, portal, datetime.now(UTC), content_type)
    facts = read_facts(article, portal.ref_area if portal else None)
    if html is not None:
        with _lines_out(str(html)) as written:
            written.write(explained_page(article, facts))
    if as_json:
        print_json(to_json(page, article, facts))
    elif explain:
        print_styled(styled_article(article, facts))
    elif html is None:
        show_summary(article, facts)


def _page_bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except FileNotFoundError:
        raise UsageError(f"there is no file {name}; an address starts with https://") from None
    except IsADirectoryError:
        raise UsageError(f"{name} is a folder: name one page") from None
