"""A served replica whose portals nobody described, and a server of sites that go wrong in all ways."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from scraper.replica import EVERY_KIND, SITES, Replica, Served, serve, write_portals

ROOT = Path(__file__).parents[2]
TEXT = (
    "Sáng 12/3, Ủy ban nhân dân phường tổ chức hội nghị giao ban công tác tháng 3 năm 2026. "
    "Thu ngân sách quý I ước đạt 125 tỷ đồng, bằng 27% kế hoạch năm. "
)


@dataclass
class WrongSites:
    """One server, its sites told apart by host; `asked` lists host and path of every request."""

    connect: str
    asked: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Surveyed:
    """What looking at all sites gave, by slug: what was found, or the one sentence that refuses."""

    surveys: dict[str, dict[str, Any]]
    faults: dict[str, str]


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    with serve(Replica(seed=11, articles=60)) as running:
        yield running


@pytest.fixture(scope="session")
def kinds() -> Iterator[Served]:
    with serve(Replica(articles=64, sites=EVERY_KIND)) as running:
        yield running


@pytest.fixture(scope="session")
def shipped(served: Served, kinds: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal files that the replica's own writer makes."""
    folder = tmp_path_factory.mktemp("shipped")
    write_portals(folder, connect=served.connect)
    write_portals(folder, kinds.connect, EVERY_KIND)
    return folder


def _html(body: str, title: str = "Cổng thông tin phường Lạ") -> Response:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return Response(page, content_type="text/html; charset=utf-8")


def _links(numbers: range) -> str:
    return "".join(
        f'<div><a href="/tin/giao-ban-thang-{n}-nam-2026-{n}.html">Giao ban {n}</a></div>' for n in numbers
    )


def _unknown_cms(path: str) -> Response:
    """A site of no known system: a menu, two listings, bodies of nameless divs and line breaks."""
    menu = '<div class="top-menu"><a href="/tin">Tin tức</a> <a href="/lien-he">Liên hệ</a></div>'
    if path == "/":
        return _html(menu + _links(range(101, 106)))
    if path in ("/tin", "/tin?page=2"):
        pages = '<a href="/tin?page=2">2</a>'
        return _html(menu + _links(range(101, 109) if path == "/tin" else range(109, 112)) + pages)
    if number := re.fullmatch(r"/tin/giao-ban-thang-\d+-nam-2026-(\d+)\.html", path):
        head = f"<h1>Giao ban tháng {number[1]} năm 2026</h1><div>12/03/2026 08:30</div>"
        return _html(
            f"{menu}{head}<div><div>{TEXT * 3}<br><br>{TEXT * 2}</div></div>",
            f"Giao ban tháng {number[1]} năm 2026",
        )
    return Response("", 404)


def _wrong(host: str, path: str) -> Response:
    if path == "/robots.txt":
        if host == "cam.test":
            return Response("User-agent: *\nDisallow: /\n", content_type="text/plain")
        return Response("", 503 if host == "hong.test" else 404)
    if host == "thach.test":
        script = 'document.cookie="D1N=0a1b"+"; path=/";window.location.reload(true);'
        return _html(f"<script>{script}</script>", "")
    if host == "tep.test":
        return Response(b"%PDF-1.4 ...", content_type="application/pdf")
    if host == "nhiphan.test":
        return Response(b"%PDF-1.4 ...", content_type="text/html")
    if host == "di.test":
        return Response("", 302, {"Location": "http://noi-khac.test/"})
    if host == "la.test":
        return _unknown_cms(path)
    if host == "rong.test":
        return _html('<p>Trang đang xây dựng</p><a href="/lien-he">Liên hệ</a>')
    return Response("", 404)


@pytest.fixture(scope="session")
def wrong_sites() -> Iterator[WrongSites]:
    with HTTPServer(host="127.0.0.1") as server:
        sites = WrongSites(f"127.0.0.1:{server.port}")

        def answer(request: Request) -> Response:
            path = request.full_path.rstrip("?")
            sites.asked.append((request.host, path))
            return _wrong(request.host, path)

        server.expect_request(re.compile(".*")).respond_with_handler(answer)
        yield sites


WRONG = ("cam", "thach", "tep", "nhiphan", "di", "rong", "hong", "la", "het")


@pytest.fixture(scope="session")
def surveyed(served: Served, kinds: Served, wrong_sites: WrongSites) -> Surveyed:
    """All sites looked at, in one process."""
    wanted: list[dict[str, Any]] = [{"url": site.base_url, "connect": served.connect} for site in SITES]
    wanted += [{"url": site.base_url, "connect": kinds.connect} for site in EVERY_KIND]
    wanted += [{"url": f"http://{name}.test", "connect": wrong_sites.connect, "slug": name} for name in WRONG]
    wanted += [{"url": f"http://{wrong_sites.connect}/", "connect": None, "slug": "rieng"}]
    wanted += [{"url": f"{SITES[-1].base_url}/tin-tuc", "connect": served.connect, "slug": "tu-danh-sach"}]
    wanted += [{"url": "https://khong-co.invalid", "connect": None, "slug": "khong-co"}]
    done = subprocess.run(
        [sys.executable, "-m", "tests.onboarding.survey_sites"],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CITYLEDGER_CONTACT": "tests@example.test"},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    return Surveyed(told["surveys"], told["faults"])
