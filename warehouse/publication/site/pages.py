"""The overview page, written from templates; everything that comes from a portal is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scraper.items import ARTICLE_READER, FACT_READER, VIETNAM
from scraper.version import VERSION
from scraper.vietnamese.format import format_number
from warehouse.publication.manifest import Source, Table
from warehouse.publication.query import opened
from warehouse.publication.site.charts import write_script
from warehouse.publication.site.figures import draw_figures
from warehouse.publication.site.linked_data import described_dataset
from warehouse.publication.site.overview import read_overview

FOLDER = Path(__file__).parent


def write_site(
    database: Path, folder: Path, version: str, tables: Sequence[Table], portals: Sequence[Source]
) -> None:
    """Write `index.html` and its assets; they open from a folder or any static host, without a network.

    Args:
        database: The new published file.
        folder: Where the site goes; made here.
        version: The publication's version, a UTC time such as 20261123T054000Z.
        tables: The published tables, for the list of downloads.
        portals: Where the reports come from; a notice among them stands loud at the top.
    """
    assets = folder / "assets"
    assets.mkdir(parents=True)
    for name in ("site.css", "site.js"):
        copyfile(FOLDER / "assets" / name, assets / name)
    write_script(assets / "vega.js")
    with opened(database) as connection:
        page = read_overview(connection)
        drawn = draw_figures(connection)
    published = datetime.strptime(version, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(VIETNAM)
    addresses = [portal.base_url for portal in portals]
    html = (
        _environment()
        .get_template("index.html.j2")
        .render(
            page=page,
            figures=drawn.figures,
            chart_data=drawn.data(),
            tables=[asdict(table) for table in tables],
            dataset=described_dataset(filter(is_web_address, addresses), version, published),
            notices=_notices(portals),
            version=version,
            published=published.strftime("%d/%m/%Y %H:%M"),
            program=VERSION,
            readers=(ARTICLE_READER, FACT_READER),
        )
    )
    (folder / "index.html").write_text(html, encoding="utf-8")


def is_web_address(address: object) -> bool:
    """Say whether a text is an http(s) address with a host: the only kind that becomes a link."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def what_a_row_is(text: str | None) -> str:
    """Give the opening of a table's description, by rule what one row is, without its details."""
    plain = re.sub(r" \([^)]*\)|`", "", (text or "").strip())
    return re.split(r"[.:;](?:\s|$)", plain, maxsplit=1)[0]


def _notices(portals: Sequence[Source]) -> list[tuple[str, list[str]]]:
    """Give each notice once, with the names of the portals that it holds for."""
    found: dict[str, list[str]] = {}
    for portal in portals:
        if portal.notice:
            found.setdefault(portal.notice, []).append(portal.name)
    return list(found.items())


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=format_number, what_a_row_is=what_a_row_is)
    environment.tests["web_address"] = is_web_address
    # `tojson` escapes <, >, & and '; Vietnamese letters stay letters, so that the page stays light.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment
