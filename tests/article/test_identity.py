"""All forms of a page's address are one key, and different pages are not."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.identity import article_id, is_allowed, is_article, native_id, normalise_url, url_key
from scraper.portal_catalogue import load_portals

PORTALS = load_portals()
WP = "https://thanhphohaiphong.gov.vn"

NORMAL_FORMS = [
    ("HTTP://WWW.ThanhPhoHaiPhong.gov.vn/a-b.html", f"{WP}/a-b.html"),
    ("https://thanhphohaiphong.gov.vn:443/a-b.html", f"{WP}/a-b.html"),
    ("http://thanhphohaiphong.gov.vn:8888/a-b.html", "https://thanhphohaiphong.gov.vn:8888/a-b.html"),
    (f"{WP}/a-b.html/amp", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html/amp/", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html?amp=1", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html?amp", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html#respond", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html?utm_source=zalo&utm_medium=x&fbclid=I", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html?print=1", f"{WP}/a-b.html"),
    (f"{WP}/a-b.html?share=facebook&nb=1", f"{WP}/a-b.html"),
    (f"{WP}/a-b/print/", f"{WP}/a-b/"),
    (f"{WP}//tin//a-b.html", f"{WP}/tin/a-b.html"),
    (f"{WP}/x/../a-b.html", f"{WP}/a-b.html"),
    (f"{WP}/qua%CC%A3n.html", f"{WP}/qu%E1%BA%A1n.html"),
    (f"{WP}/qu%e1%ba%a1n.html", f"{WP}/qu%E1%BA%A1n.html"),
    (f"{WP}/quạn.html", f"{WP}/qu%E1%BA%A1n.html"),
    (f"{WP}/a%2Db.html", f"{WP}/a-b.html"),
    (f"{WP}/tim?q=b%20c&a=1", f"{WP}/tim?a=1&q=b%20c"),
    (f"{WP}/tim?q=b+c&a=1", f"{WP}/tim?a=1&q=b%20c"),
    (f"{WP}", f"{WP}/"),
    (f"{WP}/?p=12", f"{WP}/?p=12"),
    (f"{WP}/amp", f"{WP}/amp"),
    (f"{WP}/%ff%fe.html", f"{WP}/%FF%FE.html"),
    (" https://thanhphohaiphong.gov.vn/a.html\n", f"{WP}/a.html"),
    ("mailto:a@b.vn", "mailto:a@b.vn"),
    ("https://[broken/", "https://[broken/"),
    ("/relative.html", "/relative.html"),
]


@pytest.mark.parametrize(("url", "normal"), NORMAL_FORMS)
def test_normalise_url(url: str, normal: str) -> None:
    assert normalise_url(url) == normal


LIFERAY = "https://ngoquyen.gov.vn"
SAME_ARTICLE = {
    "haiphong": [
        [
            f"{WP}/hop-giao-ban-thang-5.html",
            "http://www.thanhphohaiphong.gov.vn/hop-giao-ban-thang-5.html",
            f"{WP}/hop-giao-ban-thang-5.html/amp",
            f"{WP}/hop-giao-ban-thang-5.html?amp=1",
            f"{WP}/hop-giao-ban-thang-5.html?print=print&utm_campaign=x#top",
        ],
        [f"{WP}/2023/04/hop-giao-ban/", f"{WP}/2023/04/hop-giao-ban", f"{WP}/2023/04/hop-giao-ban/amp/"],
    ],
    "lechan": [
        [
            "https://lechan.haiphong.gov.vn/tin-tuc-su-kien-66734/quan-le-chan-giao-ban-426352",
            "https://lechan.haiphong.gov.vn/tin-tuc-su-kien-66734/tieu-de-da-sua-426352?page=2",
            "http://lechan.haiphong.gov.vn/Tin-Tuc-Su-Kien/Quan-Le-Chan-Giao-Ban-426352.html",
        ],
    ],
    "ngoquyen": [
        [
            f"{LIFERAY}/kinh-te/-/view_content/6432-gap-mat.html",
            f"{LIFERAY}/web/guest/home/-/view_content/6432-ten-khac.html?redirect=%2Fhome",
            f"{LIFERAY}/kinh-te?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view"
            "&_101_struts_action=%2Fasset_publisher%2Fview_content&_101_assetEntryId=6432&_101_type=content"
            "&_101_urlTitle=gap-mat",
            f"{LIFERAY}/kinh-te?_101_urlTitle=gap-mat&_101_assetEntryId=6432&p_p_id=101&p_p_state=pop_up&viewMode=print",
            f"{LIFERAY}/x?p_p_id=101_INSTANCE_ab12&_101_INSTANCE_ab12_assetEntryId=6432&inheritRedirect=true",
        ],
    ],
    "thongke-haiphong": [
        [
            "https://thongkehaiphong.gov.vn/tin-hoat-dong/h-i-nghi-tong-ket-45.html",
            "https://thongkehaiphong.gov.vn/vi/news/tin-hoat-dong/h-i-nghi-tong-ket-45.html",
            "https://thongkehaiphong.gov.vn/news/print/tin-hoat-dong/h-i-nghi-tong-ket-45.html",
            "https://thongkehaiphong.gov.vn/news/savefile/tin-hoat-dong/h-i-nghi-tong-ket-45.html",
        ],
    ],
}
GROUPS = [(slug, group) for slug, groups in SAME_ARTICLE.items() for group in groups]


@pytest.mark.parametrize(("slug", "urls"), GROUPS)
def test_all_forms_of_an_article_are_one(slug: str, urls: list[str]) -> None:
    portal = PORTALS[slug]
    assert [url for url in urls if not is_article(url, portal)] == []
    assert len({url_key(url, portal) for url in urls}) == 1
    assert len({article_id(url, portal) for url in urls}) == 1
    assert len({native_id(url, portal) for url in urls}) == 1


def test_different_articles_differ() -> None:
    firsts = [(slug, group[0]) for slug, group in GROUPS]
    ids = [article_id(url, PORTALS[slug]) for slug, url in firsts]
    assert len(set(ids)) == len(firsts)
    assert all(len(own) == 18 and own.startswith("a-") for own in ids)


def test_an_id_is_stable_between_versions() -> None:
    # Ids are kept in warehouses: this value may never change.
    assert article_id(f"{WP}/hop-giao-ban-thang-5.html", PORTALS["haiphong"]) == "a-4416288da2da4b88"


NO_ARTICLES = [
    ("haiphong", f"{WP}/"),
    ("haiphong", f"{WP}/category/chinh-tri"),
    ("haiphong", f"{WP}/category/chinh-tri/page/2"),
    ("haiphong", f"{WP}/tag/quan-le-chan-thanh-pho"),
    ("haiphong", f"{WP}/wp-content/uploads/2023/04/bao-cao-thang-tu-nam-2023.pdf"),
    ("haiphong", f"{WP}/wp-json/wp/v2/posts"),
    ("haiphong", f"{WP}/wp-sitemap.xml"),
    ("haiphong", "https://haiphong.gov.vn/bai-viet.html"),
    ("lechan", "https://lechan.haiphong.gov.vn/tin-tuc-su-kien-66734"),
    ("lechan", "https://lechan.haiphong.gov.vn/tin-tuc-su-kien-66734?page=2"),
    ("lechan", "https://lechan.haiphong.gov.vn/anh/hop-giao-ban-426352.jpg"),
    ("ngoquyen", f"{LIFERAY}/web/guest/kinh-te?_101_INSTANCE_x_cur=2&_101_INSTANCE_x_delta=10"),
    ("thongke-haiphong", "https://thongkehaiphong.gov.vn/tin-hoat-dong/page-2/"),
]


@pytest.mark.parametrize(("slug", "url"), NO_ARTICLES)
def test_other_pages_are_no_articles(slug: str, url: str) -> None:
    assert not is_article(url, PORTALS[slug])


def test_pages_of_a_listing_keep_keys_of_their_own() -> None:
    portal = PORTALS["lechan"]
    pages = [f"https://lechan.haiphong.gov.vn/tin-tuc-su-kien-66734?page={n}" for n in range(3)]
    assert len({url_key(url, portal) for url in pages}) == 3
    assert url_key(pages[0], portal) == url_key(pages[0].replace("https://", "http://www."), portal)


ALLOWED = [
    (f"{WP}/a.html", True),
    ("http://www.thanhphohaiphong.gov.vn/a.html", True),
    ("ftp://thanhphohaiphong.gov.vn/a.html", False),
    ("https://thanhphohaiphong.gov.vn.evil.example/a.html", False),
    ("https://user@thanhphohaiphong.gov.vn/a.html", False),
    ("https://thanhphohaiphong.gov.vn:8443/a.html", False),
    ("https://sub.thanhphohaiphong.gov.vn/a.html", False),
    (f"{WP}/" + "a" * 3_000, False),
    ("javascript:alert(1)", False),
    ("https://[broken", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "allowed"), ALLOWED)
def test_is_allowed(url: str, allowed: bool) -> None:
    assert is_allowed(url, PORTALS["haiphong"]) is allowed


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=4))
@settings(max_examples=300, deadline=None)
def test_the_normal_form_of_a_normal_form_is_itself(path: str, parameters: list[tuple[str, str]]) -> None:
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in parameters)
    normal = normalise_url(f"http://www.a.vn/{quote(path)}?{query}")
    assert normalise_url(normal) == normal


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_has_a_key(text: str) -> None:
    for portal in PORTALS.values():
        assert isinstance(url_key(text, portal), str)
        assert article_id(text, portal).startswith("a-")
        is_allowed(text, portal)


def test_on_a_host_of_files_documents_alone_may_be_fetched() -> None:
    portal = PORTALS["bachlongvy"]
    files = "https://storage-vnportal.vnpt.vn/hpg-bachlongvy/1/quantritintuc"
    assert is_allowed(f"{files}/bao-cao.pdf", portal)
    assert is_allowed("https://storage-vnportal.vnpt.vn/robots.txt", portal)
    assert not is_allowed(f"{files}/trang.html", portal)
    assert not is_allowed(f"{files}/bao-cao.pdf", PORTALS["anlao"])
    assert not is_article(f"{files}/tin-tuc/bai-viet-768120", portal)
