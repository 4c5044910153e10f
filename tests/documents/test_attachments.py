"""Documents that articles link to: fetched once, archived, and read into figures that lead to their bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.compaction import compact
from scraper.archive.reader import archive_folder, read_record
from scraper.documents.reader import read_document
from scraper.portal_catalogue import load_portals
from scraper.replica import Replica, Served, serve, write_portals
from scraper.replica.attachments import document, figures_of
from scraper.replica.content import Content, Entry
from scraper.replica.economy import BY_KEY
from tests.cli.conftest import run
from tests.crawl.site import run_crawl
from warehouse.connect import open_warehouse

OFFICE = "demo-thongke"


@dataclass
class City:
    home: Path
    portals: Path
    served: Served

    @property
    def host(self) -> str:
        return "http://thongke.haicang.test"

    def did(self, command: str, *more: str) -> str:
        given = ("--home", str(self.home), "--portals-dir", str(self.portals))
        done = run(command, OFFICE, *given, *more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(open_warehouse(self.home / "warehouse.duckdb")) as connection:
            return connection.execute(sql).fetchall()


def linking(replica: Content, *paths: str) -> Entry:
    """Publish an article that links to documents."""
    entry = replica.add(
        OFFICE, "Tình hình kinh tế - xã hội thành phố tháng 3 năm 2024", ["Xem biểu kèm theo."]
    )
    assert entry.own is not None
    entry.own.attachments = paths
    return entry


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    home = tmp_path_factory.mktemp("city")
    replica = Replica(articles=8)
    with serve(replica) as served:
        write_portals(home / "portals", connect=served.connect)
        linking(replica, *(f"/uploads/news/2024_03/bieu.{ending}" for ending in ("pdf", "docx", "xlsx")))
        linking(
            replica,
            "/uploads/news/2024_03/scan.pdf",
            "/uploads/news/2024_03/khac.rar",
            "/uploads/news/2024_03/phu-luc.doc",
        )
        served.router.made["/uploads/news/2024_03/scan.pdf"] = document("/scan.pdf", is_scan=True)
        made = City(home / "home", home / "portals", served)
        made.did("crawl")
        made.did("load", "--workers", "1")
        yield made


def test_the_documents_figures_are_read_as_they_were_written(city: City) -> None:
    found = city.rows(
        "select r.url, o.indicator_name, o.unit_measure, o.unit_mult, o.obs_value, o.time_period, o.ref_area"
        " from raw.observation o join raw.document_reading d on d.revision_id = o.revision_id"
        " and o.field = 'attachment:' || d.position join raw.document r using (document_id)"
    )
    written = [
        (
            f"{city.host.replace('http', 'https')}{path}",
            one.name,
            BY_KEY[one.key].unit,
            BY_KEY[one.key].mult,
            one.value,
            one.period,
            "31",
        )
        for path in (f"/uploads/news/2024_03/bieu.{ending}" for ending in ("pdf", "docx", "xlsx"))
        for one in figures_of(path)
    ]
    assert sorted(found) == sorted(written)


def test_evidence_leads_to_the_sentence_and_the_bytes_also_when_compacted(city: City) -> None:
    folder = archive_folder(city.home, OFFICE)
    compact(folder, newest_too=True)
    rows = city.rows(
        "select d.text, o.quote, o.quote_start, o.quote_end, d.warc_file, d.warc_offset, d.url"
        " from raw.observation o join raw.document_reading r on r.revision_id = o.revision_id"
        " and o.field = 'attachment:' || r.position join raw.document d using (document_id)"
    )
    assert len(rows) == 9
    for text, quote, start, end, file, offset, url in rows:
        assert text[start:end] == quote
        captured = read_record(folder, OFFICE, file, offset)
        assert captured.fetch.kind == "attachment"
        again, problems = read_document(captured.body, url)
        assert again is not None
        assert (again.text, problems) == (text, ())


def test_what_cannot_be_read_is_a_problem_of_its_own(city: City) -> None:
    told = city.rows("select kind, url from raw.problem where kind = 'attachment_without_text'")
    assert told == [("attachment_without_text", f"{city.host}/uploads/news/2024_03/scan.pdf")]
    (detail,) = city.rows("select detail from raw.problem where kind = 'attachment_of_unread_kind'")
    assert all(word in detail[0] for word in ("2 attached files", ".doc, .rar", "khac.rar", "phu-luc.doc"))
    asked = [
        one.path for one in city.served.requests if one.path.endswith((".pdf", ".docx", ".xlsx", ".rar"))
    ]
    assert len(asked) == len(set(asked))
    assert not [path for path in asked if path.endswith(".rar")]


def test_a_second_night_asks_for_no_document_and_changes_nothing(city: City) -> None:
    before = {
        table: city.rows(f"select * from raw.{table} order by all")
        for table in ("observation", "area_mention", "document", "document_reading", "problem")
    }
    asked = len(city.served.requests)
    report = json.loads(city.did("crawl", "--json"))[0]
    assert (report["attachments"], "attachment" in report["asked"]) == (0, False)
    assert not [one for one in city.served.requests[asked:] if one.path.endswith((".pdf", ".docx", ".xlsx"))]
    city.did("load", "--again", "--workers", "1")
    for table, rows in before.items():
        assert city.rows(f"select * from raw.{table} order by all") == rows, table


def test_documents_that_fail_are_left_and_the_portal_counts_as_well(tmp_path: Path) -> None:
    with serve(Replica(articles=8)) as served:
        write_portals(tmp_path / "portals", connect=served.connect)
        for month in ("01", "02"):
            linking(served.replica, *(f"/uploads/news/2024_{month}/bieu-{n}.pdf" for n in range(8)))
        served.faults.add("unavailable", path=r"2024_0[12]/.*\.pdf$", status=500, retry_after=0)
        portal = load_portals(tmp_path / "portals")[OFFICE]
        report = run_crawl(portal, tmp_path / "home", retries=0)["portals"][OFFICE]
        articles = [entry for entry in served.replica.entries if entry.site.slug == OFFICE]
    assert (report["failure"], report["stopped"], report["failed"]) == (None, None, 0)
    assert report["fetched"] == len(articles)
    assert "documents_down" in [problem["kind"] for problem in report["problems"]]
