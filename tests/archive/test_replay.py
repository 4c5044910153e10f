"""Archived copies are shown with their date and source, and can do nothing: not to us, not to anybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from selenium import webdriver

from scraper.archive.compaction import compact
from scraper.archive.reader import ArchiveWriter
from scraper.replay.server import Replay
from tests.archive.conftest import BEGAN, SLUG, captures
from tests.publication import conftest as publication

browser = publication.browser
HOSTILE = b"""<html><head><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/a.css"></head>
<body onload="fetch('https://evil.example/')">
<script>document.title = "owned"; top.location = "https://evil.example/"</script><h1 id="here">Tin cu</h1>
<img src="https://evil.example/a.png"><form action="https://evil.example/"><input></form></body></html>"""
URL = 'http://thanhpho.haicang.test/tin-c\xe1.html?a=1&b="><script>x</script>'
WHEN = BEGAN + timedelta(days=3)


@pytest.fixture(scope="module")
def folder(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(written, tmp_path_factory.mktemp("home") / SLUG / "archive"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with ArchiveWriter(folder) as writer:
        for number, (mime, body) in enumerate(
            [("text/html; charset=utf-8", HOSTILE), ("application/pdf", b"%PDF-1.4")]
        ):
            writer.append(
                URL if number == 0 else "http://thanhpho.haicang.test/a.pdf",
                fetched_at=WHEN,
                request_headers={"Host": "thanhpho.haicang.test"},
                status=200,
                headers={"Content-Type": mime},
                body=body,
                kind="article",
                outcome="ok",
            )
    compact(folder)
    with Replay(folder.parents[1], 0).beside() as served:
        yield served


def get(address: str, path: str, host: str | None = None) -> tuple[HTTPResponse, str]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port or 0, timeout=20)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or parts.netloc)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer, body


def test_every_article_is_found_by_its_time_and_shown_as_it_was(folder: Path, address: str) -> None:
    for one in [one for one in captures(folder) if one.fetch.kind == "article"][:5]:
        path = f"{one.fetch.fetched_at:%Y%m%d%H%M%S}/{one.fetch.url}"
        page, text = get(address, f"/{SLUG}/{path}")
        assert (page.status, "Archived copy" in text, "01/11/2026 08:0" in text) == (200, True, True)
        assert f'href="{one.fetch.url}"' in text
        copy, text = get(address, f"/{SLUG}/{path.replace('/', 'mp_/', 1)}")
        assert (copy.status, text) == (200, one.body.decode())


def test_another_time_gives_the_capture_before_it_and_a_revisit_its_payload(
    folder: Path, address: str
) -> None:
    revisit = next(one for one in captures(folder) if one.is_revisit)
    later = revisit.fetch.fetched_at + timedelta(days=200)
    moved, _ = get(address, f"/{SLUG}/{later:%Y%m%d}/{revisit.fetch.url}")
    when = f"{revisit.fetch.fetched_at:%Y%m%d%H%M%S}"
    assert (moved.status, moved.getheader("Location")) == (302, f"/{SLUG}/{when}/{revisit.fetch.url}")
    _, text = get(address, f"/{SLUG}/{when}/{revisit.fetch.url}")
    assert "was unchanged" in text
    copy, text = get(address, f"/{SLUG}/{when}mp_/{revisit.fetch.url}")
    assert (copy.status, "<html" in text) == (200, True)
    listed, text = get(address, f"/{SLUG}/*/{revisit.fetch.url}")
    assert (listed.status, text.count("<li>")) == (200, 2)
    for path in (f"/{SLUG}/2026/http://elsewhere.test/", "/nobody/2026/http://a.test/", "/../etc/passwd"):
        assert get(address, path)[0].status == 404


def test_nothing_of_the_archive_gets_out_of_its_frame(address: str) -> None:
    front, text = get(address, f"/{SLUG}/{WHEN:%Y%m%d%H%M%S}/{escaped(URL)}")
    assert (front.status, "<script" in text, 'src="https' in text) == (200, False, False)
    policy = front.getheader("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    assert "frame-src 'self'" in policy
    copy, text = get(address, f"/{SLUG}/{WHEN:%Y%m%d%H%M%S}mp_/{escaped(URL)}")
    assert text == HOSTILE.decode()
    policy = copy.getheader("Content-Security-Policy") or ""
    for rule in ("sandbox;", "default-src 'none'", "form-action 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "allow" not in policy
    pdf, _ = get(address, f"/{SLUG}/2027mp_/http://thanhpho.haicang.test/a.pdf")
    assert (pdf.getheader("Content-Type"), pdf.getheader("Content-Disposition")) == (
        "application/octet-stream",
        "attachment",
    )
    assert get(address, "/", host="rebound.example:80")[0].status == 403


def escaped(url: str) -> str:
    return quote(url, safe="/:?&=%")


@pytest.mark.browser
def test_a_browser_shows_the_copy_and_runs_nothing_of_it(address: str, browser: webdriver.Chrome) -> None:
    browser.get(f"{address}/{SLUG}/{WHEN:%Y%m%d%H%M%S}/{escaped(URL)}")
    assert browser.title.startswith("Archived copy of")
    browser.switch_to.frame(0)
    assert browser.find_element("id", "here").text == "Tin cu"
    browser.switch_to.default_content()
    assert browser.current_url.startswith(address)
    assert "owned" not in browser.title
