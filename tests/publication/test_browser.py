"""The page in Debian's Chromium: it opens from a folder, draws, asks for nothing, and shows its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.publication.browsing import BUILD, logged, requests_of, resize, wait_for
from tests.publication.ledger import write_large
from tests.publication.test_site import evil_home
from warehouse.publication.publish import publish

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = (390, 1440)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    write_large(home / "warehouse.duckdb")
    return publish(home).path / "site"


def visit(browser: webdriver.Chrome, site: Path, width: int = 1440) -> None:
    logged(browser, "browser")
    logged(browser, "performance")
    resize(browser, width)
    browser.get((site / "index.html").as_uri())
    wait_for(lambda: browser.find_element(By.TAG_NAME, "html").get_attribute("data-drawn") == "yes")


def evidence(browser: webdriver.Chrome, figure: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f"#{figure} .evidence")


def points(browser: webdriver.Chrome, panel: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, f"#{panel} path[role=button]")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_from_a_folder_draws_and_asks_for_nothing(
    browser: webdriver.Chrome, site: Path, width: int
) -> None:
    visit(browser, site, width)

    assert logged(browser, "browser") == []
    asked = requests_of(browser)
    assert asked
    assert not [url for url in asked if not url.startswith((site.as_uri(), "data:"))]
    plots = browser.find_elements(By.CLASS_NAME, "plot")
    assert len(plots) == 20
    for plot in plots:
        assert plot.find_elements(By.CSS_SELECTOR, "svg path[role=button]"), plot.get_attribute("id")
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    BUILD.mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(BUILD / f"overview-{width}.png"))


def test_pointing_at_a_point_shows_its_sentence_and_a_click_holds_it(
    browser: webdriver.Chrome, site: Path
) -> None:
    visit(browser, site)
    assert "Rê, chạm" in evidence(browser, "progress").text
    first, *_, last = points(browser, "progress-7")

    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", first)
    webdriver.ActionChains(browser).move_to_element(first).perform()
    shown = evidence(browser, "progress").text
    assert "Lê Chân" in shown
    assert "tổng thu đạt" in shown
    assert evidence(browser, "progress").find_element(By.TAG_NAME, "mark").text in shown.splitlines()[0]
    article, live, *_ = evidence(browser, "progress").find_elements(By.CSS_SELECTOR, ".cite a")
    assert str(article.get_attribute("href")).startswith((site / "articles").as_uri())
    assert str(live.get_attribute("href")).startswith("https://")
    assert article.find_element(By.XPATH, "../span").text[2:3] == "/"

    webdriver.ActionChains(browser).move_to_element(last).click().perform()
    held = evidence(browser, "progress").text
    assert held != shown
    webdriver.ActionChains(browser).move_to_element(first).perform()
    assert evidence(browser, "progress").text == held
    webdriver.ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert "Rê, chạm" in evidence(browser, "progress").text
    assert logged(browser, "browser") == []


def test_the_keyboard_reaches_every_point_and_its_article(browser: webdriver.Chrome, site: Path) -> None:
    visit(browser, site)
    first = points(browser, "series-0")[0]
    assert first.get_attribute("tabindex") == "0"
    browser.execute_script("arguments[0].focus()", first)
    before = evidence(browser, "series").text
    assert "hộ nghèo" in before

    browser.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    after = evidence(browser, "series").text
    assert after != before
    assert "hộ nghèo" in str(browser.switch_to.active_element.get_attribute("aria-label"))
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.tag_name == "a"


def test_bars_name_their_meetings_and_the_table_holds_the_numbers(
    browser: webdriver.Chrome, site: Path
) -> None:
    visit(browser, site)
    bar = points(browser, "months-0")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", bar)
    webdriver.ActionChains(browser).move_to_element(bar).perform()
    assert "Hội nghị Quận ủy" in evidence(browser, "months").text

    browser.find_element(By.CSS_SELECTOR, "#series details.numbers summary").click()
    rows = browser.find_elements(By.CSS_SELECTOR, "#series details.numbers tbody tr")
    assert len(rows) == sum(len(points(browser, f"series-{number}")) for number in range(3))
    assert "hộ nghèo" in rows[0].text


def test_the_language_is_switched_and_remembered(browser: webdriver.Chrome, site: Path) -> None:
    visit(browser, site)
    heading = browser.find_element(By.ID, "h-figures")
    assert heading.text == "Số liệu mới nhất"
    browser.find_element(By.CSS_SELECTOR, "[data-say=en]").click()
    assert heading.text == "Latest figures"
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"

    visit(browser, site)
    assert browser.find_element(By.ID, "h-figures").text == "Latest figures"
    browser.find_element(By.CSS_SELECTOR, "[data-say=vi]").click()
    assert browser.find_element(By.ID, "h-figures").text == "Số liệu mới nhất"


def test_it_turns_dark_with_the_reader(browser: webdriver.Chrome, site: Path) -> None:
    visit(browser, site)

    def colors() -> list[str]:
        script = """
            const point = document.querySelector('#progress-0 path[role=button]');
            return [getComputedStyle(document.body).backgroundColor, getComputedStyle(point).stroke];
        """
        return [str(color) for color in browser.execute_script(script)]

    light = colors()
    scheme = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    dark = colors()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_hostile_text_stays_text(browser: webdriver.Chrome, tmp_path: Path) -> None:
    site = publish(evil_home(tmp_path)).path / "site"
    visit(browser, site)
    point = points(browser, "progress-0")[0]
    browser.execute_script("arguments[0].focus()", point)

    shown = evidence(browser, "progress")
    assert "<script>alert(1)</script>" in shown.text
    links = shown.find_elements(By.TAG_NAME, "a")
    assert all(str(link.get_attribute("href")).startswith(site.as_uri()) for link in links)
    browser.find_element(By.CSS_SELECTOR, "#progress details.numbers summary").click()
    foreign = "#progress img, #progress script, #progress a[href*=':']"
    assert browser.find_elements(By.CSS_SELECTOR, foreign) == []
    assert not [url for url in requests_of(browser) if not url.startswith((site.as_uri(), "data:"))]
    assert logged(browser, "browser") == []
