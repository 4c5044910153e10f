"""The city of every kind of portal: crawled and loaded end to end; all forms of an article are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scraper.article import read_article
from scraper.identity import article_id, is_article
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from scraper.replica import EVERY_KIND, Entry, Replica, Served, serve, write_portals
from scraper.replica.cases import CASES, put_cases
from scraper.replica.exchange import Request
from scraper.replica.pages import liferay
from scraper.replica.routes import Router
from tests.cli.conftest import run
from tests.crawl.site import run_crawl
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


@dataclass
class Night:
    """What one night's crawl and load of the city made of it."""

    served: Served
    entries: dict[tuple[str, str], Entry]
    """The articles of the cases, by portal and case."""
    articles: dict[str, dict[str, Any]]
    """Rows of raw.article, by id."""
    outcomes: dict[str, set[str]]
    """Of all answers about an article, by its id."""
    meetings: dict[str, dict[str, Any]]
    """Rows of raw.meeting, by article."""
    documents: set[str]
    """Addresses of the documents that were read."""
    asked: Counter[str]
    """Requests about each article, by its id."""


@pytest.fixture(scope="module")
def night(
    city: Replica, portals: dict[str, Portal], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Night]:
    home = tmp_path_factory.mktemp("night")
    with serve(city) as served:
        entries = put_cases(served, slow=0.4)
        write_portals(home / "portals", served.connect, EVERY_KIND)
        report = run_crawl(list(load_own(home / "portals").values()), home / "home", retries=1, timeout=20)
        assert {one["failure"] for one in report["portals"].values()} == {None}
        done = run("load", "--home", home / "home", "--portals-dir", home / "portals")
        assert done.returncode == 0, done.stdout + done.stderr
    with closing(connect(warehouse_path(home / "home"), read_only=True)) as connection:

        def rows(sql: str) -> list[dict[str, Any]]:
            found = connection.execute(sql)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        outcomes: dict[str, set[str]] = {}
        for row in rows("select * from raw.fetch where kind = 'article'"):
            outcomes.setdefault(row["article_id"], set()).add(row["outcome"])
        by_host = {portal.hosts[0]: portal for portal in portals.values()}
        asked = Counter(
            article_id(f"http://{one.host}{one.path}", by_host[one.host])
            for one in served.requests
            if is_article(f"http://{one.host}{one.path}", by_host[one.host])
        )
        yield Night(
            served,
            entries,
            {row["article_id"]: row for row in rows("select * from raw.article")},
            outcomes,
            {row["article_id"]: row for row in rows("select * from raw.meeting")},
            {row["url"] for row in rows("select * from raw.document")},
            asked,
        )


def load_own(folder: Path) -> dict[str, Portal]:
    own = {path.stem for path in folder.glob("*.toml")}
    return {slug: portal for slug, portal in load_portals(folder).items() if slug in own}


def test_the_city_is_crawled_and_loaded_and_every_article_is_right(
    city: Replica, portals: dict[str, Portal], night: Night
) -> None:
    """Those of no case, and those whose case is only that they are told so."""
    spoilt = {id(entry) for (_, case), entry in night.entries.items() if case not in AS_WRITTEN}
    whole = [entry for entry in city.entries if id(entry) not in spoilt]
    assert len(whole) > 100
    for entry in whole:
        document = city.facts(entry)
        read = night.articles[article_id(entry.url, portals[entry.site.slug])]
        for name in ("headline", "body_text", "date_published", "captions", "authors"):
            assert read[name] == document["article"][name], (read["url"], name)
        # A line or two beside a file may be called either; not every template prints the file.
        text, files = document["article"]["body_text"], document["article"]["attachments"]
        if len(text) >= 200 or (not text and bool(files) == bool(read["attachments"])):
            assert read["kind"] == document["kind"], read["url"]


AS_WRITTEN = {
    "clock", "migrated", "stamped", "copied", "conflict", "busy", "slow", "moved", "nfd", "attachment",
    "roundup", "press_digest",
}  # fmt: skip
"""Cases whose article is read as it was written, day and all."""
NOT_HAD = {"challenge": "challenge", "error_page": "gone", "truncated": "truncated"}
"""Cases that give no article, and what the answer counts as."""
MORE_REQUESTS = {"busy": 2, "moved": 3, "truncated": 2}
"""One article is asked for once, however many names it has, but for these."""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("slug", [site.slug for site in EVERY_KIND])
def test_each_case_on_each_kind_of_portal_has_its_outcome(
    night: Night, portals: dict[str, Portal], city: Replica, slug: str, case: str
) -> None:
    entry = night.entries[slug, case]
    number = article_id(entry.url, portals[slug])
    read, outcomes = night.articles.get(number), night.outcomes[number]
    assert night.asked[number] == MORE_REQUESTS.get(case, 1)
    if case in NOT_HAD:
        assert (read, outcomes) == (None, {NOT_HAD[case]})
        return
    assert read is not None
    assert outcomes - {"error", "redirect"} == {"ok"}
    written = city.facts(entry)["article"]
    assert (read["headline"], read["body_text"]) == (written["headline"], written["body_text"])
    if case == "undated":
        # The address of one portal bears the day of publication.
        day = "2023-07-18" if portals[slug].base_url.startswith("http://khdt.") else None
        assert (read["date_published"] or "")[:10] == (day or "")
    elif case in ("migrated", "conflict"):
        meeting, is_dated = night.meetings[number], entry.site.style != "legacy"
        august = date(2018, 8, 22) if is_dated else None  # of which year, a page without a day does not say
        assert meeting["start_date"] == (date(2023, 7, 18) if case == "conflict" else august)
        assert case == "migrated" or "kỳ họp thứ 6" in meeting["name"].lower()
    elif case == "copied":
        origin = night.articles[article_id(night.entries["loai-bao", case].url, portals["loai-bao"])]
        assert (read["sketch"], read["body_text"]) == (origin["sketch"], origin["body_text"])
    elif case == "attachment":
        is_printed = entry.site.style != "legacy" and entry.site.family != "press"
        assert read["kind"] == ("attachment_only" if is_printed else "empty")
        urls = {url.replace("http://", "https://") for url in read["attachments"]}
        assert bool(urls) == is_printed
        assert urls <= night.documents


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
