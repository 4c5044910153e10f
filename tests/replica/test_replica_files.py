"""The replica's files: portal TOML as the crawler loads it, and static pages for a web server."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from scraper.portal_catalogue import load_portals
from scraper.replica import NOTICE, SITES, Replica, write_portals
from scraper.replica.pages import liferay


def test_portal_files_load_and_are_short(tmp_path: Path) -> None:
    paths = write_portals(tmp_path / "portals", "127.0.0.1:8123")
    assert all(len(path.read_text("utf-8").splitlines()) <= 12 for path in paths)
    portals = load_portals(tmp_path / "portals")
    for site in SITES:
        portal = portals[site.slug]
        assert (portal.family, portal.connect, portal.notice) == (site.family, "127.0.0.1:8123", NOTICE)
        assert portal.hosts == (site.host,)
        assert portal.ref_area == site.home_area
        assert portal.retired_on is None
        assert not portal.expect.is_learning


def test_the_family_knows_every_article_address_and_its_id(replica: Replica, tmp_path: Path) -> None:
    write_portals(tmp_path, "127.0.0.1:1")
    portals = load_portals(tmp_path)
    for entry in replica.entries:
        paths = [entry.path, *([liferay.raw_path(entry)] if entry.site.family == "liferay" else [])]
        for path in paths:
            found = [match for rule in portals[entry.site.slug].article if (match := rule.fullmatch(path))]
            assert found, path
            if entry.site.has_native_id:
                assert found[0].groupdict().get("id") == str(entry.native_id), path


def test_static_pages_stand_for_every_address_of_the_sitemaps(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    replica = Replica(articles=120)
    written = replica.write(tmp_path, progress=lambda *event: told.append(event))
    assert told[-1] == ("pages", 120, 120)
    assert written == sum(path.is_file() for path in tmp_path.rglob("*"))
    for site in SITES:
        tree = ElementTree.parse(tmp_path / site.host / "sitemap.xml")
        urls = [element.text or "" for element in tree.iter() if element.tag.endswith("loc")]
        assert len(urls) == len(replica.of_site(site))
        for url in urls:
            page = tmp_path / site.host / url.removeprefix(site.base_url).lstrip("/")
            assert 25_000 < page.stat().st_size < 70_000
            if site.family == "wordpress":
                assert page.with_name(page.name + ".amp").is_file()
    listing = (tmp_path / "thanhpho.haicang.test/category/chinh-tri/page/2/index.html").read_text("utf-8")
    assert re.search(r'rel="next"', listing)
    assert (tmp_path / "nginx.conf").read_text("utf-8").count("server {") == 4


def test_fewer_pages_can_be_written(tmp_path: Path) -> None:
    replica = Replica(articles=40)
    replica.write(tmp_path, pages=5)
    pages = [
        entry for entry in replica.entries if (tmp_path / entry.site.host / entry.path.lstrip("/")).exists()
    ]
    assert pages == replica.entries[:5]
