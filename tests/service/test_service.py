"""What is published is given over HTTP: whole, exact, page by page, and never more than is asked for."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import UsageError
from tests.publication.ledger import Ledger
from tests.service.asking import Client
from tests.service.conftest import EXACT, FORMULA
from warehouse.publication.publish import publish
from warehouse.publication.query import query
from warehouse.publication.shelf import published_folder
from warehouse.service.current import Published
from warehouse.service.limits import Buckets, Limits
from warehouse.service.problems import Refused
from warehouse.service.server import Serving

LISTS = {
    "areas": "districts",
    "meetings": "meetings",
    "indicators": "indicators",
    "series": "indicator_series",
    "reports": "indicator_reports",
    "articles": "articles",
    "contradictions": "indicator_contradictions",
}


def count(home: Path, sql: str) -> Any:
    return query(published_folder(home), sql).rows[0][0]


def test_the_overview_tells_what_is_published_and_what_must_be_said(api: Client, home: Path) -> None:
    said = api.get("/v1/").json()
    assert said["publication"] == published_folder(home).name
    assert said["notices"] == [portal["notice"] for portal in said["portals"]]
    rows = {table["table"]: table["rows"] for table in said["tables"]}
    assert rows["indicator_series"] == count(home, "select count(*) from indicator_series")
    assert said["newest_article_at"] == "2024-01-09T02:00:00+00:00"


@pytest.mark.parametrize("name", LISTS)
def test_pages_hold_every_row_once(api: Client, home: Path, name: str) -> None:
    rows, path = [], f"/v1/{name}?limit=7"
    while path:
        said = api.get(path).json()
        rows += said["data"]
        path = said["next"]
    assert len(rows) == said["total"] == count(home, f"select count(*) from {LISTS[name]}")
    assert len({str(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", LISTS)
def test_csv_says_what_json_says(api: Client, name: str) -> None:
    rows = api.get(f"/v1/{name}", limit=1000).json()["data"]
    cells = api.get(f"/v1/{name}", limit=1000, headers={"Accept": "text/csv"}).csv()
    assert len(cells) == len(rows)
    for row, line in zip(rows, cells, strict=True):
        assert list(line) == list(row)
        for column, value in row.items():
            if isinstance(value, list):
                assert json.loads(line[column]) == value
            elif value is None or isinstance(value, bool):
                assert line[column] == ("" if value is None else str(value).lower())
            else:
                assert line[column].removeprefix("'") == str(value)


def test_a_value_keeps_all_of_its_digits_and_no_cell_starts_a_formula(api: Client) -> None:
    point = api.get("/v1/series", indicator="exports").json()["data"][0]
    assert point["value"] == EXACT
    assert api.get("/v1/series", indicator="exports", format="csv").csv()[0]["value"] == str(EXACT)
    assert api.get("/v1/articles", limit=1, from_="2024-01-09", to="2024-01-09").json()["data"][0][
        "headline"
    ] == (FORMULA)
    cells = api.get("/v1/articles", from_="2024-01-09", to="2024-01-09", format="csv").csv()
    assert [row["headline"] for row in cells if "HYPERLINK" in row["headline"]] == ["'" + FORMULA]


@pytest.mark.parametrize(
    ("name", "asked", "condition"),
    [
        ("areas", {"q": "le chan", "level": "district"}, "full_name = 'quận Lê Chân'"),
        ("areas", {"on": "2025-07-01"}, "coalesce(valid_to > date '2025-07-01', true)"),
        ("meetings", {"from_": "2023-03-01"}, "start_date >= '2023-03-01'"),
        ("meetings", {"to": "2023-06-01"}, "start_date <= '2023-06-01'"),
        ("meetings", {"person": "pham thi thu"}, "meeting_id = (select min(meeting_id) from meetings)"),
        ("meetings", {"q": "lần thứ 7"}, "meeting_name = 'Hội nghị lần thứ 7'"),
        ("indicators", {"q": "ho ngheo"}, "indicator = 'poverty_rate'"),
        ("series", {"area": "305", "base": "assigned_plan"}, "ref_area = '305' and base = 'assigned_plan'"),
        ("series", {"to": "2022-12-31"}, "period_start <= date '2022-12-31'"),
        ("reports", {"portal": "thu", "standing": "true", "indicator": "exports"}, "indicator = 'exports'"),
        ("articles", {"from_": "2024-01-01"}, "published_date >= date '2024-01-01'"),
        ("contradictions", {"area": "306"}, "ref_area = '306'"),
    ],
)  # fmt: skip
def test_filters_choose(api: Client, home: Path, name: str, asked: dict[str, Any], condition: str) -> None:
    said = api.get(f"/v1/{name}", limit=1000, **asked).json()
    assert (
        said["total"]
        == len(said["data"])
        == count(home, f"select count(*) from {LISTS[name]} where {condition}")
    )


def test_a_figure_leads_to_its_reports_quotes_and_addresses(api: Client) -> None:
    point = api.get("/v1/series", indicator="exports").json()["data"][0]
    said = api.get(f"/v1/series/{point['point_id']}").json()
    assert said["point"]["value"] == EXACT
    report = said["reports"][0]
    assert (report["quote"], report["article_url"]) == ("đạt 15.5", point["article_url"])
    assert [row["value"] for row in said["history"]] == [15.5, 16]
    assert [row["contradiction_id"] for row in said["contradictions"]] == ["c-1"]


def test_an_article_a_meeting_and_an_area_come_with_what_belongs_to_them(api: Client) -> None:
    meeting = api.get("/v1/meetings", person="phạm").json()["data"][0]
    said = api.get(f"/v1/meetings/{meeting['meeting_id']}").json()
    assert [row["person_name"] for row in said["participants"]] == ["Phạm Thị Thử"]
    assert said["sources"][0]["quote"] == meeting["meeting_name"]
    assert [row["value"] for row in said["figures"]] == [15.5]
    article = api.get(f"/v1/articles/{said['sources'][0]['article_id']}").json()
    assert article["revisions"][0]["body_text"].startswith("Lê Chân: tin số 0")
    assert [row["indicator"] for row in article["figures"]] == ["budget_revenue"]
    assert [row["to_code"] for row in api.get("/v1/areas/305").json()["successors"]] == ["11305"]


def test_the_series_are_given_as_they_were_known_on_a_day(api: Client) -> None:
    before = api.get("/v1/series", as_of="2024-01-08").json()
    after = api.get("/v1/series", as_of="2024-02-01", area="306").json()
    assert before["data"] == []
    assert [row["known_to"] for row in after["data"]] == ["2024-03-01T02:00:00+00:00"]
    assert "report_count" not in after["data"][0]


def test_a_search_finds_without_diacritics(api: Client) -> None:
    said = api.get("/v1/search", q="hoi nghi lan thu 7", kind="meeting").json()
    assert said["data"][0]["title"] == "Hội nghị lần thứ 7"
    assert {row["kind"] for row in said["data"]} == {"meeting"}


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/series?area=305&colour=red", 422, "colour"),
        ("/v1/series?area=305&area=306", 422, "more than once"),
        ("/v1/series?limit=1001", 422, "limit"),
        ("/v1/meetings?from=yesterday", 422, "from"),
        ("/v1/series?area=305'%20or%201=1", 422, "area"),
        ("/v1/series/p-none", 404, "nothing of that id"),
        ("/v2/", 404, "openapi.json"),
        ("/v1/series?publication=20200101T000000Z", 409, "start again"),
        ("/v1/search?q=" + "x" * 5000, 414, "4,000"),
    ],
)
def test_a_refusal_says_why(api: Client, path: str, status: int, said: str) -> None:
    got = api.get(path)
    assert (got.status, got.headers["Content-Type"]) == (status, "application/problem+json")
    assert got.json()["status"] == status
    assert said in got.json()["detail"]


def test_a_value_is_never_taken_for_sql(api: Client) -> None:
    assert api.get("/v1/articles", q="' or 1=1 --").json()["total"] == 0
    assert api.get("/v1/series/" + "x'%20or%20'1'='1").status == 404


def test_answers_can_be_kept_packed_and_read_from_anywhere(api: Client) -> None:
    got = api.get("/v1/series", headers={"Accept-Encoding": "gzip", "Origin": "https://site.test"})
    assert got.headers["Content-Encoding"] == "gzip"
    assert b'"publication"' in gzip.decompress(got.body)
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    again = api.get("/v1/series", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    head = api.get("/v1/series", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert api.get("/v1/series", method="DELETE").headers["Allow"] == "GET"
    assert api.send("POST", "/v1/sql", b"x" * 70_000).status == 413


def test_the_page_for_people_loads_nothing(api: Client) -> None:
    got = api.get("/")
    assert "/v1/series" in got.body.decode()
    assert b"<script" not in got.body
    assert b"https://" not in got.body
    assert got.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_a_new_publication_is_seen_at_once_and_the_old_pages_are_refused(another_home: Path) -> None:
    home = another_home
    with Serving(home, port=0).beside() as address:
        api = Client(address)
        first = api.get("/v1/articles", limit=5)
        ledger = Ledger(home / "warehouse.duckdb")
        ledger.portal("new", "Cổng mới")
        ledger.close()
        version = publish(home, keep=1).version
        assert [portal["portal"] for portal in api.get("/v1/").json()["portals"]] == ["new", "thu"]
        assert api.get(first.json()["next"]).status == 409
        answer = api.get("/v1/articles", headers={"If-None-Match": first.headers["ETag"]})
        assert (answer.status, answer.json()["publication"]) == (200, version)
        handles = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
        assert not [path for path in handles if str(home) in path and first.json()["publication"] in path]


def test_a_client_that_asks_too_often_is_told_when_to_come_back(another_home: Path) -> None:
    with Serving(another_home, port=0, limits=Limits(rate=1)).beside() as address:
        first, second = (Client(address).get("/v1/areas/305") for _ in range(2))
    assert first.status == 200
    assert (second.status, second.headers["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(second.headers["Retry-After"]) <= 60


def test_each_client_has_a_bucket_that_fills_again() -> None:
    now = 0.0
    buckets = Buckets(60, lambda: now)
    assert [buckets.wait("a") for _ in range(10)] == [0.0] * 10
    assert buckets.wait("a") == pytest.approx(1.0)
    assert buckets.wait("b") == 0.0
    now = 1.0
    assert buckets.wait("a") == 0.0
    assert buckets.wait("a") > 0


def test_a_statement_that_takes_too_long_is_given_up(another_home: Path) -> None:
    published = Published(published_folder(another_home))
    with pytest.raises(Refused, match=r"0\.2 seconds") as refused:
        published.ask("select count(*) from range(1000000) as a, range(1000000) as b", {}, seconds=0.2)
    assert refused.value.status == 503
    assert published.ask("select 1 as one", {}, seconds=60).records() == [{"one": 1}]
    published.close()


def test_a_taken_port_is_told(another_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        Serving(another_home, port=taken.getsockname()[1])


def test_many_clients_at_the_same_time_get_the_same(api: Client) -> None:
    expected = api.get("/v1/series", limit=1000).body
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(api.get("/v1/series", limit=1000).body))
        for _ in range(Limits().statements)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * Limits().statements
