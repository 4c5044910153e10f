"""The commands that need no warehouse: read, inspect and those of portal files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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
    print_json,
    print_styled,
    progress_shown,
)
from scraper.errors import FellShort, PortalError, UsageError
from scraper.portal import portal_for_url
from scraper.portal_catalogue import load_portals
from scraper.portal_choice import wanted_portals
from scraper.portals_cli import portals_app

app = typer.Typer(cls=CommandGroup, rich_markup_mode="markdown")
app.add_typer(portals_app, name="portals")


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
