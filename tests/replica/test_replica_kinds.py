"""The city of every kind of portal: crawled and loaded end to end; all forms of an article are one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.article import read_article
from scraper.identity import article_id, is_article
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from scraper.replica import EVERY_KIND, Entry, Replica, serve, write_portals
from scraper.replica.exchange import Request
from scraper.replica.pages import liferay
from scraper.replica.routes import Router
from tests.cli.conftest import run
from warehouse.connect import connect, warehouse_path

FAMILIES = {"wordpress", "vnpt", "liferay", "nukeviet", "sharepoint", "drupal", "aspx", "press"}
OF_KIND = {"news", "press_digest", "roundup", "attachment_only", "image_only"}


@pytest.fixture(scope="module")
def city() -> Replica:
    return Replica(articles=64, sites=EVERY_KIND)


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Portal]:
    folder = tmp_path_factory.mktemp("kinds")
    write_portals(folder, "127.0.0.1:1", EVERY_KIND)
    return load_portals(folder)


def forms(entry: Entry) -> list[str]:
    """Return the further addresses under which the portal shows the article."""
    number = entry.native_id
    return {
        "wordpress": [f"{entry.path.rstrip('/')}/amp", f"{entry.path}?amp=1"],
        "liferay": [liferay.raw_path(entry), f"{liferay.raw_path(entry)}&viewMode=print&p_p_state=pop_up"],
        "nukeviet": [f"/news/print{entry.path}"],
        "drupal": [f"/print/{number}"],
        "aspx": [f"/Modules/Article/ArticlePrint.aspx?ArticleID={number}"],
    }.get(entry.site.family, [])


def test_every_kind_of_portal_and_of_page_is_there(city: Replica) -> None:
    assert {site.family for site in EVERY_KIND} == FAMILIES
    assert {entry.site.slug for entry in city.entries} == {site.slug for site in EVERY_KIND}
    assert {document["kind"] for document in city.truth()} == OF_KIND
    vnpt = [entry.path for entry in city.entries if entry.site.family == "vnpt"]
    assert {path.endswith(".html") for path in vnpt} == {True, False}


@pytest.mark.slow
def test_the_city_is_crawled_and_loaded_and_every_article_is_right(city: Replica, tmp_path: Path) -> None:
    with serve(city) as served:
        write_portals(tmp_path / "portals", served.connect, EVERY_KIND)
        for stage in ("crawl", "load"):
            done = run(stage, "--home", tmp_path / "home", "--portals-dir", tmp_path / "portals")
            assert done.returncode == 0, done.stdout + done.stderr
    with closing(connect(warehouse_path(tmp_path / "home"), read_only=True)) as connection:
        columns = ("portal", "headline", "body_text", "date_published", "captions", "authors", "kind")
        rows = connection.execute(f"select url, {', '.join(columns)} from raw.article").fetchall()
    read = {(row[1], row[2]): dict(zip(("url", *columns), row, strict=True)) for row in rows}
    written: dict[tuple[str, str], dict[str, Any]] = {}
    for document in city.truth():
        written[document["portal"], document["article"]["headline"]] = document
    assert len(rows) == len(city.entries)
    assert read.keys() == written.keys()
    for key, document in written.items():
        for name in ("body_text", "date_published", "captions", "authors"):
            assert read[key][name] == document["article"][name], (read[key]["url"], name)
        # A line or two beside a file may be called either.
        if len(document["article"]["body_text"]) >= 200 or not document["article"]["body_text"]:
            assert read[key]["kind"] == document["kind"], read[key]["url"]


@pytest.mark.parametrize("slug", [site.slug for site in EVERY_KIND])
def test_all_forms_of_an_article_are_one_article(
    city: Replica, portals: dict[str, Portal], slug: str
) -> None:
    portal, router = portals[slug], Router(city)
    entry = next(entry for entry in city.entries if entry.site.slug == slug)
    right = city.facts(entry)
    for path in [entry.path, *forms(entry)]:
        url = entry.site.base_url + path
        assert is_article(url, portal), url
        assert article_id(url, portal) == article_id(entry.url, portal), url
        answer = router.answer(Request("GET", entry.site.host, path, {}))
        article = read_article(answer.body, url, portal, None, answer.content_type)
        assert article.headline == right["article"]["headline"], url
        assert article.body_text == right["article"]["body_text"], url


@pytest.mark.parametrize("site", EVERY_KIND, ids=lambda site: site.slug)
def test_listings_are_no_articles(site: Any, portals: dict[str, Portal]) -> None:
    for category, _ in site.categories:
        assert not is_article(site.base_url + site.listing_path(category), portals[site.slug])
