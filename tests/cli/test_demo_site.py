"""The site of what the embedded portals gave, as its reader meets it: no test wrote these marts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.cli.conftest import City
from tests.publication.browsing import chromium, logged, requests_of, resize, wait_for
from warehouse.publication.query import query
from warehouse.service.server import SiteServing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = (
    "*.html",
    "*/index.html",
    "areas/*.html",
    "indicators/*.html",
    "meetings/m-*.html",
    "articles/*/*.html",
)


def folder_of(city: City) -> Path:
    return (city.home / "published" / "current").resolve() / "site"


@pytest.fixture(scope="module")
def address(city: City) -> Iterator[str]:
    with SiteServing(city.home, port=0).beside() as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


def visit(browser: webdriver.Chrome, address: str) -> None:
    requests_of(browser)  # what its own first page asked for
    browser.get(address)
    plots = (
        "return [...document.querySelectorAll('.plot:not([hidden])')].every((p) => p.querySelector('svg'))"
    )
    wait_for(lambda: browser.execute_script(plots))


def test_every_link_of_the_site_leads_somewhere(city: City) -> None:
    site = folder_of(city)
    linked: dict[Path, str] = {}
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        for element in page.xpath("//*[@href or @src]"):
            target = urldefrag(element.get("href") or element.get("src")).url
            if target and not urlsplit(target).scheme:
                linked[(path.parent / unquote(urlsplit(target).path)).resolve()] = path.name
    assert len(linked) > 200
    assert {str(target): page for target, page in linked.items() if not target.exists()} == {}


def test_every_kind_of_page_opens_quietly(city: City, address: str, browser: webdriver.Chrome) -> None:
    site = folder_of(city)
    resize(browser, 1440)
    opened = 0
    for pattern in KINDS:
        pages = sorted(site.glob(pattern), key=lambda path: (-path.stat().st_size, path.name))
        for path in pages if pattern == "*.html" else pages[:1]:
            visit(browser, f"{address}/site/{path.relative_to(site).as_posix()}")
            assert [entry["message"] for entry in logged(browser, "browser")] == [], path
            assert [url for url in requests_of(browser) if not url.startswith((address, "data:"))] == []
            opened += 1
    assert opened >= 12


def test_a_point_shows_its_sentence(city: City, address: str, browser: webdriver.Chrome) -> None:
    quotes = {
        row[0]
        for row in query(
            city.home / "published" / "current", "select quote from indicator_reports", limit=None
        ).rows
    }
    visit(browser, f"{address}/site/index.html")
    figure = browser.find_element(By.ID, "progress")
    point = figure.find_elements(By.CSS_SELECTOR, ".mark-symbol path")[-1]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", point)
    webdriver.ActionChains(browser).move_to_element(point).click().perform()
    shown = figure.find_element(By.CSS_SELECTOR, ".evidence .quote").text.strip("“”… ")
    assert any(shown in " ".join(str(quote).split()) for quote in quotes), shown
    assert figure.find_elements(By.CSS_SELECTOR, ".evidence .cite a[href^='http']")


def test_search_and_sql_are_answered(city: City, address: str, browser: webdriver.Chrome) -> None:
    visit(browser, f"{address}/site/search.html?q=hai+phong")
    wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, "#found a"))
    assert any("Hải Phòng" in link.text for link in browser.find_elements(By.CSS_SELECTOR, "#found a"))
    visit(browser, f"{address}/site/sql.html")
    statement = browser.find_element(By.ID, "statement")
    statement.clear()
    statement.send_keys("select count(*) as n from articles", Keys.CONTROL, Keys.ENTER)
    wait_for(lambda: browser.find_elements(By.CSS_SELECTOR, "#answer tbody td"))
    assert browser.find_element(By.CSS_SELECTOR, "#answer tbody td").text == "60"
