"""The served portals as a crawler meets them, over real HTTP."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections.abc import Callable
from html import unescape
from unicodedata import normalize
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from scraper.replica import SITES, Replica, Served, Site, serve
from scraper.replica.faults import read_fault
from scraper.replica.pages import liferay
from scraper.replica.sites import BY_SLUG


class Client:
    """A keep-alive connection to a served replica."""

    def __init__(self, served: Served) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)

    def get(self, url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, target or "/", headers={"Host": parts.netloc, **named})
        answer = self._connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()

    def text(self, url: str) -> str:
        status, _, body = self.get(url)
        assert status == 200, (status, url)
        return body.decode()


@pytest.fixture
def client(served: Served) -> Client:
    return Client(served)


def hrefs(html: str, site: Site) -> list[str]:
    links = [unescape(link) for link in re.findall(r'<a [^>]*href="([^"#]+)"', html)]
    return [site.base_url + link if link.startswith("/") else link for link in links]


def locs(xml: str) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(xml).iter() if element.tag.endswith("loc")
    ]


def test_everything_that_sitemaps_list_answers_and_lists_every_article(
    served: Served, client: Client
) -> None:
    city, office = BY_SLUG["demo-thanhpho"], BY_SLUG["demo-thongke"]
    found: set[str] = set()
    for part in locs(client.text(f"{city.base_url}/wp-sitemap.xml")):
        urls = locs(client.text(part))
        for url in urls:
            assert client.get(url)[0] == 200, url
        found.update(url for url in urls if url.endswith(".html"))
    assert found == {entry.url for entry in served.replica.of_site(city)}
    listed = locs(client.text(f"{office.base_url}/news/sitemap.xml"))
    assert set(listed) == {entry.url for entry in served.replica.of_site(office)}
    assert all(client.get(url)[0] == 200 for url in listed)


@pytest.mark.parametrize("slug", [site.slug for site in SITES])
def test_listings_lead_to_every_article_and_end(served: Served, client: Client, slug: str) -> None:
    site = BY_SLUG[slug]
    form = {
        "wordpress": "{base}/category/{slug}/page/{page}",
        "vnpt": "{base}/{slug}?page={page}",
        "liferay": liferay.page_path("{base}/{slug}", "{page}"),
        "nukeviet": "{base}/{slug}/page-{page}/",
    }[site.family]
    found: set[int] = set()
    numbers = {entry.path: entry.native_id for entry in served.replica.of_site(site)}
    for category, _ in site.categories:
        page = 1
        while (answer := client.get(form.format(base=site.base_url, slug=category, page=page)))[0] == 200:
            for link in hrefs(answer[2].decode(), site):
                assert client.get(link)[0] in (200, 404), link
                raw = re.search(r"assetEntryId=(\d+)", link)
                path = urlsplit(link).path
                if raw or path in numbers:
                    found.add(int(raw.group(1)) if raw else numbers[path])
                    assert client.get(link)[0] == 200, link
            page += 1
        assert page > 1
        assert answer[0] == 404
    assert found == set(numbers.values())


def test_feeds_bear_the_newest_articles(served: Served, client: Client) -> None:
    paths = {
        "demo-thanhpho": ["/feed/", "/category/kinh-te/feed/"],
        "demo-ngoquyen": [f"/xay-dung-dang/-/asset_publisher/{liferay.INSTANCE}/rss"],
        "demo-thongke": ["/news/rss/"],
    }
    for slug, feeds in paths.items():
        site = BY_SLUG[slug]
        for path in feeds:
            items = ElementTree.fromstring(client.text(site.base_url + path)).findall("./channel/item")
            assert items
            for item in items:
                link = item.findtext("link") or ""
                assert client.get(link)[0] == 200, link
                assert item.findtext("pubDate", "").endswith("+0700")


def test_wp_json_pages_through_all_posts(served: Served, client: Client) -> None:
    import json

    site = BY_SLUG["demo-thanhpho"]
    status, headers, body = client.get(f"{site.base_url}/wp-json/wp/v2/posts?per_page=20&page=1")
    posts = json.loads(body)
    for page in range(2, int(headers["x-wp-totalpages"]) + 1):
        posts += json.loads(client.text(f"{site.base_url}/wp-json/wp/v2/posts?per_page=20&page={page}"))
    assert status == 200
    assert {post["link"] for post in posts} == {entry.url for entry in served.replica.of_site(site)}
    assert client.get(f"{site.base_url}/wp-json/wp/v2/posts?per_page=20&page=99")[0] == 400
    assert client.get(posts[0]["guid"]["rendered"])[0] == 301


def test_an_amp_twin_names_its_article(served: Served, client: Client) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-thanhpho"])[3]
    for form in ("/amp", "/amp/", "?amp=1"):
        html = client.text(entry.url + form)
        assert f'<link rel="canonical" href="{entry.url}">' in html
        assert "amp-wp-article-content" in html
        assert " trước</time>" in html


def test_every_article_page_bears_headline_paragraphs_and_captions(served: Served, client: Client) -> None:
    for entry in served.replica.entries:
        html = unescape(client.text(entry.url))
        facts = served.replica.facts(entry)["article"]
        for piece in (facts["headline"], *facts["captions"], *facts["authors"]):
            assert piece in html, entry.url
        for paragraph in facts["body_text"].split("\n\n"):
            assert paragraph in html or " | " in paragraph, (entry.url, paragraph)


def test_vnpt_prints_its_lead_twice_and_counts_views(served: Served, client: Client) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-lechan"])[0]
    first, second = client.text(entry.url), client.text(entry.url)
    lead = served.replica.facts(entry)["article"]["description"]
    assert unescape(first.split("</head>")[1]).count(lead) == 2
    assert first != second
    assert re.sub(r"Lượt xem: \d+", "", first) == re.sub(r"Lượt xem: \d+", "", second)
    years = {e.path.endswith(".html"): e.published.year for e in served.replica.of_site(entry.site)}
    assert years[True] < 2021 <= years[False]


def test_liferay_has_one_article_under_three_addresses(served: Served, client: Client) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-ngoquyen"])[0]
    raw = entry.site.base_url + liferay.raw_path(entry)
    pages = [client.text(url) for url in (entry.url, raw, raw + "&p_p_state=pop_up&viewMode=print")]
    assert all(f'<link rel="canonical" href="{entry.url}">' in page for page in pages)
    assert "portal-popup" not in pages[1]
    friendly = f"{entry.site.base_url}/tin-khac/-/view_content/{entry.native_id}-mot-ten-khac.html"
    assert client.get(friendly)[0] == 200


def test_unchanged_pages_answer_304(served: Served, client: Client) -> None:
    for slug, header, conditional in (
        ("demo-thanhpho", "etag", "If_None_Match"),
        ("demo-thanhpho", "last-modified", "If_Modified_Since"),
        ("demo-ngoquyen", "etag", "If_None_Match"),
        ("demo-thongke", "last-modified", "If_Modified_Since"),
    ):
        entry = served.replica.of_site(BY_SLUG[slug])[0]
        _, headers, _ = client.get(entry.url)
        status, _, body = client.get(entry.url, **{conditional: headers[header]})
        assert (status, body) == (304, b""), slug
        served.replica.edit(entry)
        status, changed, body = client.get(entry.url, **{conditional: headers[header]})
        assert status == 200
        assert changed[header] != headers[header]
    vnpt = served.replica.of_site(BY_SLUG["demo-lechan"])[0]
    assert not {"etag", "last-modified"} & set(client.get(vnpt.url)[1])


def test_an_edit_shows_with_a_new_lastmod(served: Served, client: Client) -> None:
    site = BY_SLUG["demo-thanhpho"]
    entry = served.replica.of_site(site)[4]
    index, sitemap = f"{site.base_url}/wp-sitemap.xml", f"{site.base_url}/wp-sitemap-posts-post-1.xml"
    before, tag = client.text(sitemap), client.get(index)[1]["etag"]
    served.replica.edit(entry.id, "Tòa soạn đính chính một chi tiết.")
    after = client.text(sitemap)
    row = re.search(rf"<loc>{re.escape(entry.url)}</loc><lastmod>([^<]+)", after)
    assert row
    assert row.group(1) not in before
    assert row.group(1).startswith("2026-10-20T23:07")
    assert client.get(index)[1]["etag"] != tag
    assert "Tòa soạn đính chính một chi tiết." in client.text(entry.url)
    assert served.replica.facts(entry)["article"]["body_text"].endswith("một chi tiết.")


def test_a_deleted_article_is_gone_until_restored(served: Served, client: Client) -> None:
    for site in SITES:
        entry = served.replica.of_site(site)[0]
        served.replica.delete(entry)
        assert client.get(entry.url)[0] == 404
        assert entry.path not in client.text(f"{site.base_url}/")
        assert entry.url not in {document["url"] for document in served.replica.truth()}
        served.replica.restore(entry)
        assert client.get(entry.url)[0] == 200


def test_second_thoughts_amend_a_figure_and_withdraw_an_article_that_sitemaps_still_name() -> None:
    replica = Replica(articles=200)
    texts = {entry.id: replica.story(entry).body_text() for entry in replica.entries}
    newest = max(entry.modified for entry in replica.entries)
    replica.second_thoughts()
    amended = [entry for entry in replica.entries if entry.revision]
    assert len(amended) == 2
    for entry in amended:
        before, after = texts[entry.id].split("\n\n"), replica.story(entry).body_text().split("\n\n")
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
        assert entry.modified > newest
    (withdrawn,) = (entry for entry in replica.entries if entry.is_withdrawn)
    assert withdrawn.url not in {facts["url"] for facts in replica.truth()}
    with serve(replica) as served:
        client = Client(served)
        assert client.get(withdrawn.url)[0] == 404
        assert withdrawn.url in client.text(f"{withdrawn.site.base_url}/wp-sitemap-posts-post-1.xml")


def test_an_added_article_is_the_newest(served: Served, client: Client) -> None:
    for site in SITES:
        entry = served.replica.add(
            site.slug, "Tin mới đăng trong lúc thử", ["Đoạn thứ nhất.", "Đoạn thứ hai."]
        )
        assert served.replica.of_site(site)[0] is entry
        assert "Đoạn thứ hai." in client.text(entry.url)
        assert entry.path in client.text(f"{site.base_url}/")


def test_hosts_robots_heads_and_strangers(served: Served, client: Client) -> None:
    for site in SITES:
        robots = client.text(f"{site.base_url}/robots.txt")
        assert "Disallow: /wp-admin/" in robots
        assert client.get(f"http://www.{site.host}/")[0] == 200
        status, headers, body = client.get(site.base_url + "/", method="HEAD")
        assert (status, body) == (200, b"")
        assert int(headers["content-length"]) > 1000
    assert client.get("http://khac.test/")[0] == 404
    assert served.requests[-1] == ("GET", "khac.test", "/", 404)


def test_every_page_says_that_all_is_invented(served: Served, client: Client) -> None:
    for site in SITES:
        assert "Synthetic data" in client.text(served.replica.of_site(site)[0].url)


def test_faults_come_on_order_and_end(served: Served, client: Client) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-thongke"])[0]
    pattern = re.escape(entry.path)
    served.faults.add("unavailable", path=pattern, times=2, retry_after=7)
    answers = [client.get(entry.url) for _ in range(3)]
    assert [status for status, _, _ in answers] == [503, 503, 200]
    assert answers[0][1]["retry-after"] == "7"
    served.faults.add("challenge", host=entry.site.host, path=pattern)
    status, _, body = client.get(entry.url)
    cookie = re.search(rb'cookie="([^"]+)"', body)
    assert status == 200
    assert cookie
    assert client.get(entry.url, Cookie=cookie.group(1).decode())[2] == answers[2][2]
    served.faults.clear()
    served.faults.add("error_page", path=pattern, times=1)
    status, _, body = client.get(entry.url)
    assert status == 200
    assert "Không tìm thấy" in body.decode()
    served.faults.add("redirect", path=pattern, times=1, to="/")
    assert client.get(entry.url)[1]["location"] == "/"
    served.faults.add("slow", path=pattern, times=1, seconds=0.2)
    began = time.monotonic()
    assert client.get(entry.url)[0] == 200
    assert time.monotonic() - began >= 0.2
    assert client.get(entry.url)[2] == answers[2][2]
    with pytest.raises(KeyError):
        served.faults.add("earthquake")


# Of each fault that changes what comes: what the answer is then.
ANSWERS: dict[str, Callable[[int, dict[str, str], bytes, str], bool]] = {
    "trickle:bytes=5000,seconds=0.01": lambda status, headers, body, text: body.decode() == text,
    "many_headers:count=90": lambda status, headers, body, text: headers["x-89"] == "x" * 40,
    "redirect_loop": lambda status, headers, body, text: status == 302,
    "huge:megabytes=3": lambda status, headers, body, text: len(body) > 3_000_000,
    "bomb:megabytes=5": lambda status, headers, body, text: len(gzip.decompress(body)) == 5_000_000,
    "entity_bomb": lambda status, headers, body, text: b"<!ENTITY a11" in body,
    "gone": lambda status, headers, body, text: status == 410,
    "redesign": lambda status, headers, body, text: b'class="moi-' in body and b'class="title' not in body,
    "nfd": lambda status, headers, body, text: normalize("NFC", body.decode()) == normalize("NFC", text),
    "mojibake": lambda status, headers, body, text: "Ã" in body.decode() and "ả" not in body.decode(),
    "charset:name=utf-7": lambda status, headers, body, text: headers["content-type"].endswith("utf-7"),
    "encoding": lambda status, headers, body, text: "Hải" in normalize("NFC", body.decode("cp1258")),
    "encoding:name=utf-16,says=": lambda status, headers, body, text: "Hải" in body.decode("utf-16"),
    "hostile": lambda status, headers, body, text: b"onerror=" in body,
}


@pytest.mark.parametrize("words", ANSWERS)
def test_each_fault_can_be_ordered_in_words(served: Served, client: Client, words: str) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-thongke"])[0]
    text = client.text(entry.url)
    kind, options = read_fault(words)
    served.faults.add(kind, times=1, path=re.escape(entry.path), **options)
    assert ANSWERS[words](*client.get(entry.url), text)
    assert client.text(entry.url) == text


@pytest.mark.parametrize(
    "words", ["truncated", "chunked_cut", "reset", "reset:share=0.5", "stalled:seconds=0.1"]
)
def test_a_broken_answer_is_not_whole(served: Served, client: Client, words: str) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-thanhpho"])[0]
    kind, options = read_fault(words)
    served.faults.add(kind, times=1, path=re.escape(entry.path), **options)
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        client.get(entry.url)


def test_robots_can_be_told_to_change(served: Served, client: Client) -> None:
    base = BY_SLUG["demo-thanhpho"].base_url
    for kind, said in (
        ("forbidden_robots", "Disallow: /\n"),
        ("html_robots", "<html>"),
        ("huge_robots", "xxx"),
    ):
        served.faults.add(kind, times=1)
        assert said in client.text(f"{base}/robots.txt")
    assert "Disallow: /wp-admin/" in client.text(f"{base}/robots.txt")


def test_a_fault_meets_only_every_so_many_th_page(served: Served, client: Client) -> None:
    entry = served.replica.of_site(BY_SLUG["demo-thongke"])[0]
    served.faults.add("gone", path=re.escape(entry.path), every=3)
    assert [client.get(entry.url)[0] for _ in range(7)] == [410, 200, 200, 410, 200, 200, 410]


@pytest.mark.parametrize(
    "words", ["earthquake", "slow:seconds=long", "slow:minutes=1", "gone:path=(", "gone:x"]
)
def test_a_fault_that_there_is_not_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=words.partition(":")[0]):
        read_fault(words)


def test_two_servers_do_not_meet() -> None:
    replica = Replica(articles=20)
    with serve(replica) as one, serve(replica) as two:
        assert one.port != two.port
        Client(one).get(replica.entries[0].url)
        assert len(one.requests) == 1
        assert two.requests == []
