"""The site over real HTTP: whose files, under which policy, and how it follows the publications."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from scraper.errors import PublicationError, UsageError
from tests.publication.ledger import write_small
from warehouse.publication.publish import publish
from warehouse.service.server import SiteServing


class Client:
    """Asks the served site, one connection a question."""

    def __init__(self, address: str, home: Path) -> None:
        self.home = home
        self._place = address.removeprefix("http://")

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(self._place, timeout=30)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    home = tmp_path_factory.mktemp("served")
    write_small(home / "warehouse.duckdb", 3)
    publish(home)
    with SiteServing(home, port=0).beside() as address:
        yield Client(address, home)


def test_a_page_may_run_the_sites_own_scripts_alone(client: Client) -> None:
    answer, body = client.ask("/site/")
    assert (answer.status, body[:15]) == (200, b"<!doctype html>")
    policy = dict(rule.split(" ", 1) for rule in str(answer.headers["content-security-policy"]).split("; "))
    assert (policy["default-src"], policy["script-src"]) == ("'none'", "'self'")
    assert "unsafe" not in str(policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_webassembly_is_for_the_sql_page_and_nothing_else_is_of_the_sites_origin(client: Client) -> None:
    policy = {
        path: str(client.ask(path)[0].headers["content-security-policy"])
        for path in ("/site/sql.html", "/site/search.html", "/csv/articles.csv", "/manifest.json", "/nothing")
    }
    assert "script-src 'self' 'wasm-unsafe-eval'; " in policy["/site/sql.html"]
    assert "wasm" not in policy["/site/search.html"]
    assert all("sandbox" in policy[path] for path in ("/csv/articles.csv", "/manifest.json", "/nothing"))


def test_the_database_is_read_in_pieces_of_one_publication(client: Client) -> None:
    version = (client.home / "published" / "current").readlink().name
    answer, piece = client.ask(f"/cityledger.duckdb?version={version}", Range="bytes=8-11")
    assert (answer.status, piece) == (206, b"DUCK")
    assert client.ask("/cityledger.duckdb?version=20200101T000000Z")[0].status == 503
    assert client.ask("/cityledger.duckdb?version=..")[0].status == 503


def test_nothing_but_the_publication_can_be_read(client: Client) -> None:
    for path in ("/", "/index.html"):
        assert client.ask(path)[0].headers["location"] == "/site/"
    for path in ("/../run.lock", "/%2e%2e/%2e%2e/warehouse.duckdb", "//etc/passwd", "/site"):
        assert client.ask(path)[0].status in {307, 404}
    assert client.ask("/docs/..%2fsite/index.html")[0].status == 404
    assert client.ask("/site/", "POST")[0].status == 405
    assert client.ask("/site/", Host="evil.test")[0].status == 403


def test_a_new_publication_is_served_at_once(client: Client) -> None:
    before = client.ask("/manifest.json")[1]
    publish(client.home, force=True)
    assert client.ask("/manifest.json")[1] != before


def test_a_taken_port_and_an_empty_home_are_told(client: Client, tmp_path: Path) -> None:
    with SiteServing(client.home, port=0).beside() as address:
        taken = int(address.rpartition(":")[2])
        with pytest.raises(UsageError, match="give another --host or --port"):
            SiteServing(client.home, port=taken)
    with pytest.raises(PublicationError, match="nothing is published there yet"):
        SiteServing(tmp_path, port=0)
