"""Which CMS a site's pages betray, and what no site may do to the recognition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.family_recognition import UNKNOWN, Page, read_signs, recognise, shipped_signs
from scraper.portal_catalogue import PORTALS_DIR, load_portals

PAGES = Path(__file__).parents[1] / "pages"
PORTALS = load_portals()
CASES = sorted(path.parent for path in PAGES.glob("*/*/page.html") if path.parent.parent.name in PORTALS)


def test_every_family_but_the_generic_one_has_signs() -> None:
    families = {path.stem for path in (PORTALS_DIR / "families").glob("*.toml")}
    assert set(shipped_signs()) == families - {UNKNOWN}


@pytest.mark.parametrize("slug", sorted({case.parent.name for case in CASES}))
def test_a_portal_is_recognised_by_its_recorded_pages(slug: str) -> None:
    pages = []
    for case in CASES:
        if case.parent.name == slug:
            meta = json.loads((case / "meta.json").read_text("utf-8"))
            pages.append((meta["url"], {"Content-Type": "text/html"}, (case / "page.html").read_bytes()))
    family, confidence, signs = recognise(pages)[0]
    assert family == PORTALS[slug].family
    # A newspaper with a system of its own bears nothing but the form of its addresses.
    assert confidence >= 0.3
    assert signs


@pytest.mark.parametrize(
    ("family", "page"),
    {
        "wordpress": ("/", {"Link": '<https://x.vn/wp-json/>; rel="https://api.w.org/"'}, ""),
        "drupal": ("/node/12510", {}, "<meta name='Generator' content='Drupal 7 (http://drupal.org)'>"),
        "sharepoint": (
            "/Trang/ChiTietTinTuc.aspx?nid=113139",
            {"MicrosoftSharePointTeamServices": "15.0.0.4420", "X-AspNet-Version": "4.0.30319"},
            '<input name="__VIEWSTATE"><a class="ms-SkiptoNavigation">Skip Ribbon Commands</a>',
        ),
        "aspx": ("/News.aspx?item=3038&cat=59", {"X-Powered-By": "ASP.NET"}, '<input name="__VIEWSTATE">'),
        "liferay": ("/web/guest/home", {"Liferay-Portal": "Liferay Portal Community Edition 6.2"}, ""),
        "nukeviet": (
            "/",
            {},
            '<meta content="NukeViet v4.5" name="generator"><script>nv_base_siteurl</script>',
        ),
        "vnpt": ("/", {}, '<img src="https://storage-vnportal.vnpt.vn/hpg/1/QuanTriTinTuc/a.jpg">'),
        "press": ("/huyen-thuy-nguyen-so-ket-d36993.html", {}, ""),
    }.items(),
)
def test_each_family_has_its_marks(family: str, page: tuple[str, dict[str, str], str]) -> None:
    path, headers, html = page
    assert recognise([(f"https://x.vn{path}", headers, html.encode())])[0][0] == family


def test_signs_add_up_over_pages_and_count_once() -> None:
    page: Page = ("https://x.vn/", {}, b"<link href='/wp-content/a.css'>")
    other: Page = ("https://x.vn/a.html", {}, b"<script src='/wp-includes/a.js'></script>")
    one, same, more = recognise([page])[0], recognise([page, page])[0], recognise([page, other])[0]
    assert one == same
    assert more[1] > one[1]
    assert more[2] == ("markup: /wp-content/", "markup: /wp-includes/")


def test_a_site_without_signs_is_generic_and_hostile_ones_do_no_harm(tmp_path: Path) -> None:
    assert recognise([]) == [(UNKNOWN, 0.0, ())]
    assert recognise([("https://[x", {}, b"\xff\x00<meta " * 50_000)]) == [(UNKNOWN, 0.0, ())]
    (tmp_path / "own.toml").write_text('[recognise]\nmarkup = ["own-cms"]\n', "utf-8")
    found = recognise([("https://x.vn/", {}, b"<i class='OWN-CMS'>")], read_signs(tmp_path))
    assert found == [("own", 0.45, ("markup: own-cms",))]
