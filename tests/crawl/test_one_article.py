"""An article is one, whichever of its addresses a portal names: crawled and loaded over two nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

import orchestrate
from scraper.identity import article_id
from scraper.portal import Portal
from scraper.portal_catalogue import load_portals
from tests.crawl.site import XML, Page, Site, run_crawl
from tests.warehouse.tables import rows

CITY = "https://thanhphohaiphong.gov.vn"
DISTRICT = "https://ngoquyen.gov.vn"
OFFICE = "https://thongkehaiphong.gov.vn"
NFC = "/h%E1%BB%99i-ngh%E1%BB%8B"
NFD = "/ho%CC%A3%CC%82i-nghi%CC%A3"

FORMS = {
    "haiphong": {
        f"{CITY}/hop-giao-ban-{number}.html": form
        for number, form in enumerate(
            (
                f"{CITY}/hop-giao-ban-0.html/amp",
                f"{CITY}/hop-giao-ban-1.html/amp/",
                f"{CITY}/hop-giao-ban-2.html?amp=1",
                "http://thanhphohaiphong.gov.vn/hop-giao-ban-3.html",
                "https://www.thanhphohaiphong.gov.vn/hop-giao-ban-4.html",
                f"{CITY}/hop-giao-ban-5.html?print=print",
                f"{CITY}/hop-giao-ban-6.html?utm_source=zalo&fbclid=x#binh-luan",
                f"{CITY}/hop%2Dgiao%2Dban-7.html",
            )
        )
    }
    | {
        f"{CITY}{NFC}-8.html": f"{CITY}{NFD}-8.html",
        f"{CITY}{NFC.lower()}-9.html": f"{CITY}/hội-nghị-9.html",
    },
    "ngoquyen": {
        f"{DISTRICT}/kinh-te/-/view_content/{number}-gap-mat.html": f"{DISTRICT}/kinh-te{query}"
        for number, query in (
            (6401, "?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view"
                   "&_101_struts_action=%2Fasset_publisher%2Fview_content&_101_assetEntryId=6401"
                   "&_101_type=content&_101_urlTitle=gap-mat"),
            (6402, "?_101_urlTitle=x&_101_assetEntryId=6402&p_p_id=101&viewMode=print&p_p_state=pop_up"),
            (6403, "/-/view_content/6403-tieu-de-cu.html?inheritRedirect=true&redirect=%2Fhome"),
        )
    },
    "thongke-haiphong": {
        f"{OFFICE}/tin-hoat-dong/tong-ket-45.html": f"{OFFICE}/news/print/tin-hoat-dong/tong-ket-45.html",
        f"{OFFICE}/tin-hoat-dong/tong-ket-46.html": f"{OFFICE}/vi/news/tin-hoat-dong/tong-ket-46.html",
    },
}  # fmt: skip


def portals(site: Site) -> list[Portal]:
    known = load_portals()
    return [
        replace(
            known[slug],
            connect=f"127.0.0.1:{site.port}",
            rate=500.0,
            discovery=replace(
                known[slug].discovery, sitemaps=(f"/{slug}.xml",), feeds=(), listings=(), api=None
            ),
        )
        for slug in FORMS
    ]


def publish(site: Site, slug: str, urls: list[str]) -> None:
    places = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in urls)
    site.pages[f"/{slug}.xml"] = Page(f"<urlset>{places}</urlset>".encode(), XML)
    for url in urls:
        parts = urlsplit(url)
        path = quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")
        site.pages[path] = Page(
            """<html><body><h1>Hội nghị giao ban</h1><p>Ngày đăng: 11/04/2023 08:30</p>
            <p>Sáng 11/4, quận tổ chức hội nghị giao ban quý I.</p></body></html>""".encode()
        )


def test_every_form_of_an_address_is_one_article(site: Site, home: Path) -> None:
    crawled = portals(site)
    for slug, forms in FORMS.items():
        publish(site, slug, list(forms.values()))
    report = run_crawl(crawled, home, now=datetime(2026, 3, 1, tzinfo=UTC).isoformat())
    assert [one["fetched"] for one in report["portals"].values()] == [len(forms) for forms in FORMS.values()]
    site.forget()
    for slug, forms in FORMS.items():
        publish(site, slug, [*forms, *forms.values()])
    again = run_crawl(crawled, home, now=datetime(2026, 3, 1, 1, tzinfo=UTC).isoformat())
    assert [(one["found"], one["fetched"]) for one in again["portals"].values()] == [(0, 0)] * len(FORMS)

    orchestrate._load(home, crawled, 0, lambda *_: None)
    wanted = [(article_id(url, portal), portal.slug) for portal in crawled for url in FORMS[portal.slug]]
    assert sorted(rows(home, "select article_id, portal from raw.article_state")) == sorted(wanted)
    assert rows(home, "select count(sketch), count(distinct article_id) from raw.article") == [
        (len(wanted), len(wanted))
    ]
