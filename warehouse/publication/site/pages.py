"""The site: its assets, its kinds of pages, and the one small file that says which edition it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

from scraper.items import ARTICLE_READER, FACT_READER
from scraper.version import VERSION
from warehouse.publication.site.about import about_page
from warehouse.publication.site.area import area_pages
from warehouse.publication.site.area_index import area_index
from warehouse.publication.site.article_lists import article_lists
from warehouse.publication.site.article_pages import ARTICLE_INPUTS, article_pages
from warehouse.publication.site.charts import write_scripts
from warehouse.publication.site.coverage_page import coverage_pages
from warehouse.publication.site.doubt_pages import audit_pages, contradiction_pages
from warehouse.publication.site.engine.placing import place_engine
from warehouse.publication.site.finding import search_pages
from warehouse.publication.site.indicator import indicator_pages
from warehouse.publication.site.meeting_lists import meeting_lists
from warehouse.publication.site.meeting_pages import MEETING_INPUTS, meeting_pages
from warehouse.publication.site.overview import overview_page
from warehouse.publication.site.page import Edition, Kind
from warehouse.publication.site.sql_page import sql_pages
from warehouse.publication.site.writing import write_pages

FOLDER = Path(__file__).parent

KINDS: tuple[Kind, ...] = (
    Kind("overview", overview_page),
    Kind("list of areas", area_index),
    Kind("areas", area_pages, shares=4),
    Kind("indicators", indicator_pages, shares=4),
    Kind("about", about_page),
    Kind("articles", article_pages, shares=8, inputs=ARTICLE_INPUTS),
    Kind("article lists", article_lists),
    Kind("meetings", meeting_pages, shares=4, inputs=MEETING_INPUTS),
    Kind("meeting lists", meeting_lists),
    Kind("contradictions", contradiction_pages),
    Kind("audits", audit_pages),
    Kind("coverage", coverage_pages),
    Kind("search", search_pages),
    Kind("sql", sql_pages),
)
"""Every kind of page; see docs/site.md on how to add one."""


def write_site(
    edition: Edition,
    folder: Path,
    last: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write the site; it opens from a folder or any static host, without a network.

    Args:
        edition: The publication; its database file is written and closed.
        folder: Where the site goes; made here.
        last: The site of the last publication: what did not change is linked, not drawn.
        progress: Told how many parts are done, of how many.

    Returns:
        How many pages were drawn and not linked.
    """
    assets = folder / "assets"
    assets.mkdir(parents=True)
    for asset in sorted((FOLDER / "assets").iterdir()):
        copyfile(asset, assets / asset.name)
    write_scripts(assets)
    place_engine(folder, last)
    _write_edition(edition, folder / "data")
    return write_pages(KINDS, edition, folder, last, progress)


def _write_edition(edition: Edition, data: Path) -> None:
    """Write what every page's head says of the publication, apart, so that pages need not change with it."""
    said = {
        "version": edition.version,
        "published": edition.published.strftime("%d/%m/%Y %H:%M"),
        "replay": edition.replay,
        "program": VERSION,
        "readers": [ARTICLE_READER, FACT_READER],
    }
    data.mkdir()
    text = f"cityledger.publication={json.dumps(said, ensure_ascii=False)};\n"
    (data / "publication.js").write_text(text, encoding="utf-8")
