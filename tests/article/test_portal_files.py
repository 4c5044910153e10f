"""Portals as data: what ships, what a user's folder changes, and one clear line for every mistake."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scraper.article import layouts_on
from scraper.errors import PortalError
from scraper.portal import portal_for_url
from scraper.portal_catalogue import PORTALS_DIR, load_portals
from scraper.vietnamese.gazetteer import gazetteer

GOOD = """name = "Xã Thử"
base_url = "https://xathu.example.vn"
family = "vnpt"
"""


def load(tmp_path: Path, text: str, name: str = "xathu.toml") -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    load_portals(tmp_path)


def test_the_shipped_portals_are_honest() -> None:
    portals = load_portals()
    assert len(portals) >= 40
    assert not any(portal.is_verified for portal in portals.values())
    assert portals["ngoquyen"].retired_on == date(2025, 7, 1)
    known = gazetteer()
    provinces = set()
    for portal in portals.values():
        code = portal.ref_area
        if code is None:
            assert portal.kind == "central", portal.slug
            continue
        assert code in known.by_code, f"{portal.slug}: no unit has the code {code}"
        provinces.add(known.province_of(known.by_code[code][0]))
        expected = {"province": 2, "district": 3, "commune": 5}.get(portal.kind or "", len(code))
        assert len(code) == expected, portal.slug
        ended = [unit for unit in known.by_code[code] if unit.valid_to]
        assert portal.retired_on is None or ended, f"{portal.slug} is retired, and its unit goes on"
    assert "31" in provinces
    assert len(provinces) > 10
    kinds = {portal.kind for portal in portals.values() if "31" in (portal.ref_area or "")[:2]}
    assert kinds >= {"province", "department", "district", "press"}


def test_a_crawl_of_a_shipped_portal_has_where_to_begin() -> None:
    found = {slug: portal.discovery for slug, portal in load_portals().items() if not portal.retired_on}
    starts = {slug: (*one.sitemaps, *one.feeds, *one.listings) for slug, one in found.items()}
    assert [slug for slug, paths in starts.items() if not paths] == []


@pytest.mark.parametrize("path", sorted(PORTALS_DIR.glob("*.toml")), ids=lambda path: path.stem)
def test_a_portal_of_a_known_family_costs_ten_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 10


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://thanhphohaiphong.gov.vn/a.html", "haiphong"),
        ("http://www.lechan.haiphong.gov.vn:80/", "lechan"),
        ("https://haiphong.gov.vn/", "haiphong-portal"),
        ("https://khong.haiphong.gov.vn/", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_portal_for_url(url: str, slug: str | None) -> None:
    portal = portal_for_url(url, load_portals())
    assert (portal.slug if portal else None) == slug


def test_a_users_portal_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    portals = load_portals(tmp_path)
    assert len(portals) == len(load_portals()) + 1
    assert portals["xathu"].hosts == ("xathu.example.vn",)
    assert portals["xathu"].layouts == portals["lechan"].layouts


def test_a_users_portal_may_replace_a_shipped_one(tmp_path: Path) -> None:
    load(tmp_path, GOOD + 'connect = "127.0.0.1:8080"\nrate = 50\nmax_pages = 9\n', "lechan.toml")
    portal = load_portals(tmp_path)["lechan"]
    assert (portal.name, portal.connect, portal.rate, portal.max_pages) == (
        "Xã Thử",
        "127.0.0.1:8080",
        50.0,
        9,
    )
    assert len(load_portals(tmp_path)) == len(load_portals())


def test_a_user_may_bring_a_family(tmp_path: Path) -> None:
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "own.toml").write_text(
        'article = [\'/bai/(?P<id>\\d+)\']\n[[layouts]]\nname = "own"\nheadline = "h1"\nbody = ".b"\n',
        "utf-8",
    )
    load(tmp_path, GOOD.replace("vnpt", "own"))
    assert load_portals(tmp_path)["xathu"].layouts[0].name == "own"


def test_a_layout_follows_the_day_of_the_fetch(tmp_path: Path) -> None:
    load(
        tmp_path,
        GOOD
        + '[[layouts]]\nname = "new"\nlike = "vnpt"\nbody = ".moi"\nvalid_from = 2024-05-01\n'
        + '[[layouts]]\nname = "old"\nlike = "vnpt"\nbody = ".cu"\nvalid_to = 2024-05-01\n',
    )
    portal = load_portals(tmp_path)["xathu"]

    def names(when: datetime | None) -> list[str]:
        return [layout.name for layout in layouts_on(portal, when)]

    assert names(datetime(2024, 4, 30, tzinfo=UTC)) == ["old", "vnpt"]
    assert names(datetime(2024, 5, 1, tzinfo=UTC)) == ["new", "vnpt"]
    assert names(None) == ["new", "old", "vnpt"]
    assert portal.layouts[0].headline == portal.layouts[2].headline


def test_a_portal_rests_while_a_person_wants_it(tmp_path: Path) -> None:
    text = 'name = "x"\nbase_url = "https://baomoi.example.vn"\nfamily = "wordpress"\n'
    days = [date(2026, 12, 31), date(2027, 1, 15)]
    for said, rests in (
        ("", [None, None]),
        ("paused = true", ["paused", "paused"]),
        ("paused_until = 2027-01-15", ["paused until 2027-01-15", None]),
        ("paused = true\npaused_until = 2027-01-15", ["paused until 2027-01-15", None]),
        ("retired_on = 2027-01-01", [None, "retired on 2027-01-01"]),
    ):
        (tmp_path / "moi.toml").write_text(f"{text}{said}\n", encoding="utf-8")
        portal = load_portals(tmp_path)["moi"]
        assert [portal.rests_on(day) for day in days] == rests
        assert portal.precedence == 2, "no state organ's host"
    assert load_portals()["haiphong"].precedence == 1


def test_what_a_file_names_itself_is_told_from_what_its_family_has(tmp_path: Path) -> None:
    load(tmp_path, GOOD.replace("vnpt", "wordpress") + "[discovery]\nlistings = ['/tin']\nsitemaps = []\n")
    found = load_portals(tmp_path)["xathu"].discovery
    assert (found.sitemaps, found.feeds, found.listings) == ((), ("/feed/",), ("/tin",))
    assert found.named == {"listing", "sitemap"}
    assert load_portals()["haiphong"].discovery.named == frozenset()


def test_what_is_expected_of_a_portal_stands_in_its_file(tmp_path: Path) -> None:
    load(tmp_path, GOOD + "[expect]\nsilent_days = 14\nmax_gone = 0\nfill.date = 0.95\nlearned = false\n")
    expected = load_portals(tmp_path)["xathu"].expectations()
    assert (expected.silent_days, expected.max_gone, expected.max_failed) == (14, 0.0, None)
    assert (expected.fill, expected.is_learning) == ({"date": 0.95}, False)
    layout = load_portals(tmp_path)["xathu"].layouts[0]
    assert expected.selectors[layout.name]["date"] == layout.date
    assert load_portals()["lechan"].expectations().is_learning


LAYOUT = '[[layouts]]\nname = "x"\nheadline = "h1"\nbody = ".b"\n'
MISTAKES = {
    "unknown key": (GOOD + 'titel = "x"\n', "xathu.toml: titel: unknown key"),
    "key that is misspelt": (
        GOOD.replace("family", "famly"),
        "xathu.toml: famly: unknown key; did you mean family?",
    ),
    "key that is like none": (
        GOOD + "zzz = 1\n",
        "xathu.toml: zzz: unknown key; known are article, ",
    ),
    "unknown key in discovery": (
        GOOD + "[discovery]\nsitemap = []\n",
        "xathu.toml: discovery.sitemap: unknown",
    ),
    "unknown key in a layout": (GOOD + LAYOUT + 'bodi = "p"\n', "xathu.toml: layouts[0].bodi: unknown key"),
    "missing name": (GOOD.replace("name =", "# name ="), "xathu.toml: name: is missing"),
    "empty name": (GOOD.replace("Xã Thử", " "), "xathu.toml: name: must not be empty"),
    "number for a string": (GOOD.replace('"Xã Thử"', "7"), "xathu.toml: name: must be a string, not 7"),
    "string for a flag": (GOOD + 'verified = "no"\n', "xathu.toml: verified: must be true or false"),
    "flag for a number": (GOOD + "rate = true\n", "xathu.toml: rate: must be a number"),
    "no rate": (GOOD + "rate = 0\n", "xathu.toml: rate: must be requests a second"),
    "pages below one": (GOOD + "max_pages = 0\n", "xathu.toml: max_pages: must be 1 or more"),
    "unknown bound": (
        GOOD + "[expect]\nnew_per_wek = 3\n",
        "xathu.toml: expect.new_per_wek: unknown key; did",
    ),
    "bound of no field": (GOOD + "[expect]\nfill.dates = 1\n", "xathu.toml: expect.fill.dates: unknown key"),
    "share in percent": (
        GOOD + "[expect]\nfill.date = 95\n",
        "xathu.toml: expect.fill.date: must be a share",
    ),
    "no days": (GOOD + "[expect]\nsilent_days = 0\n", "xathu.toml: expect.silent_days: must be 1 or more"),
    "quoted date": (GOOD + 'retired_on = "2025-07-01"\n', "xathu.toml: retired_on: must be a date"),
    "date with time": (GOOD + "retired_on = 2025-07-01T00:00:00\n", "xathu.toml: retired_on: must be a date"),
    "unknown family": (
        GOOD.replace("vnpt", "joomla"),
        "xathu.toml: family: 'joomla' is not known; known are",
    ),
    "address without scheme": (
        GOOD.replace("https://", ""),
        "xathu.toml: base_url: must start with https://",
    ),
    "bad host": (GOOD + 'hosts = ["a b"]\n', "xathu.toml: hosts: 'a b' is no host name"),
    "bad connect": (GOOD + 'connect = "8080"\n', "xathu.toml: connect: must be host:port"),
    "bad area": (GOOD + 'ref_area = "Lê Chân"\n', "xathu.toml: ref_area: must be a GSO code"),
    "bad slug": (GOOD + 'slug = "Xã"\n', "xathu.toml: slug: "),
    "unknown kind": (GOOD + 'kind = "ward"\n', "xathu.toml: kind: 'ward' is not known; known are province"),
    "slug of another": (GOOD + 'slug = "lechan"\n', "xathu.toml: slug: 'lechan' is another file's slug"),
    "host of another": (
        GOOD + 'hosts = ["www.lechan.haiphong.gov.vn"]\n',
        "xathu.toml: hosts: 'lechan.haiphong.gov.vn' belongs to 'lechan' already",
    ),
    "bad pattern": (GOOD + "article = ['(']\n", "xathu.toml: article: no regular expression: '('"),
    "pattern that is no string": (
        GOOD + "article = [1]\n",
        "xathu.toml: article: must hold non-empty strings",
    ),
    "bad selector": (
        GOOD + LAYOUT.replace('"h1"', '"h1["'),
        "xathu.toml: layouts[0].headline: no CSS selector: 'h1['",
    ),
    "bad selector to remove": (
        GOOD + LAYOUT + 'remove = ["p", ">>"]\n',
        "xathu.toml: layouts[0].remove: no CSS selector: '>>'",
    ),
    "bad selector of links": (
        GOOD + '[discovery]\nlisting_links = "a["\n',
        "xathu.toml: discovery.listing_links: no CSS selector",
    ),
    "bad date format": (
        GOOD + LAYOUT + 'date_formats = ["%d/%m/%Q"]\n',
        "xathu.toml: layouts[0].date_formats: no date format: '%d/%m/%Q': %Q is not known",
    ),
    "date format without a year": (
        GOOD + LAYOUT + 'date_formats = ["%d/%m"]\n',
        "xathu.toml: layouts[0].date_formats: no date format: '%d/%m': %Y is missing",
    ),
    "layout without a body": (
        GOOD + LAYOUT.replace("body", "# body"),
        "xathu.toml: layouts[0].body: is missing",
    ),
    "two layouts of one name": (
        GOOD + LAYOUT + LAYOUT,
        "xathu.toml: layouts[1].name: 'x' names another layout",
    ),
    "layout like none": (GOOD + LAYOUT + 'like = "y"\n', "xathu.toml: layouts[0].like: 'y' is no layout"),
    "layout that ends before it begins": (
        GOOD + LAYOUT + "valid_from = 2024-01-01\nvalid_to = 2024-01-01\n",
        "xathu.toml: layouts[0].valid_to: must lie after valid_from",
    ),
    "layouts that are no tables": (GOOD + "layouts = [1]\n", "xathu.toml: layouts: must be tables"),
    "path without a slash": (
        GOOD + '[discovery]\nlistings = ["tin"]\n',
        "xathu.toml: discovery.listings: must be paths that start with '/'",
    ),
    "template without a page": (
        GOOD + '[discovery]\nlisting_next = "{url}/2"\n',
        "xathu.toml: discovery.listing_next: must hold {page}",
    ),
    "template with another field": (
        GOOD + '[discovery]\nlisting_next = "{url}/{seite}"\n',
        "xathu.toml: discovery.listing_next: no template",
    ),
    "no TOML": (GOOD + "name\n", "xathu.toml: no valid TOML: "),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_line_that_names_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PortalError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"name = \xff\xfe")
    with pytest.raises(PortalError, match=r"x\.toml: no valid TOML"):
        load_portals(tmp_path)


def test_a_mistake_in_a_family_names_the_familys_file(tmp_path: Path) -> None:
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "own.toml").write_text('articles = ["x"]\n', "utf-8")
    with pytest.raises(PortalError, match=r"own\.toml: articles: unknown key"):
        load_portals(tmp_path)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="no such folder"):
        load_portals(tmp_path / "none")


def test_faulty_files_are_collected_and_the_rest_is_returned(tmp_path: Path) -> None:
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "own.toml").write_text('articles = ["x"]\n', "utf-8")
    for name, text in {
        "xathu": GOOD,
        "khac": GOOD,
        "lechan": GOOD.replace("family", "famly"),
        "ho": GOOD.replace("vnpt", "own").replace("xathu", "ho"),
        "hong": "name",
        "trung": GOOD.replace("xathu", "trung") + 'slug = "haiphong"\n',
    }.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    faults: list[PortalError] = []
    portals = load_portals(tmp_path, faults)
    # The shipped portal of a faulty file's name is not what was asked for: it is left out too.
    assert set(portals) == (set(load_portals()) | {"khac"}) - {"lechan"}
    said = sorted(str(fault) for fault in faults)
    assert [line.split(":")[0] for line in said] == [
        "ho.toml", "hong.toml", "lechan.toml", "own.toml", "trung.toml", "xathu.toml"
    ]  # fmt: skip
    assert said[0] == "ho.toml: family: the file of 'own' is wrong: mend families/own.toml"
    assert "belongs to 'khac' already" in said[-1]
    with pytest.raises(PortalError):
        load_portals(tmp_path)


def test_nothing_is_collected_where_all_is_well(tmp_path: Path) -> None:
    faults: list[PortalError] = []
    assert load_portals(None, faults) == load_portals()
    assert faults == []
    with pytest.raises(PortalError, match="no such folder"):
        load_portals(tmp_path / "none", faults)
