"""A warehouse filled by hand through the raw tables and built by dbt once for all tests of the marts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from warehouse.connect import Connection, connect, open_warehouse

PROJECT = Path(__file__).parents[2] / "dbt_project"


def at(text: str) -> datetime:
    """Return a moment in UTC from `2023-04-11` or `2023-04-11T10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Ledger:
    """Writes raw rows with everything that a scenario does not care about filled in."""

    connection: Connection
    counts: dict[str, int] = field(default_factory=dict)

    def insert(self, table: str, **values: Any) -> None:
        columns = ", ".join(values)
        places = ", ".join("?" for _ in values)
        self.connection.execute(
            f"insert into raw.{table} ({columns}) values ({places})", list(values.values())
        )

    def next(self, prefix: str) -> str:
        self.counts[prefix] = self.counts.get(prefix, 0) + 1
        return f"{prefix}{self.counts[prefix]}"

    def portal(self, portal: str, ref_area: str, retired_on: str | None = None) -> None:
        self.insert(
            "portal",
            portal=portal,
            name=portal.title(),
            base_url=f"https://{portal}.test/",
            family="wordpress",
            ref_area=ref_area,
            retired_on=retired_on,
            is_verified=False,
            notice="Synthetic.",
        )

    def article(
        self,
        article_id: str,
        published: str | None,
        *,
        seen: str,
        last_seen: str | None = None,
        portal: str = "city",
        revision: str = "1",
        body: str | None = None,
        gone: str | None = None,
        article_reader: int = 1,
        fact_reader: int = 1,
        districts: tuple[str, ...] = (),
        is_first: bool = True,
    ) -> str:
        """Write one revision of an article with its capture; the first also writes the article's state."""
        revision_id = f"r-{article_id}-{revision}"
        fetch_id = self.next("f-")
        url = f"https://{portal}.test/{article_id}.html"
        self.insert(
            "fetch",
            fetch_id=fetch_id,
            portal=portal,
            url=url,
            kind="article",
            article_id=article_id,
            fetched_at=at(seen),
            http_status=200,
            outcome="ok",
            payload_digest=f"sha256:{fetch_id}",
            payload_bytes=1000,
            warc_file="archive-1.warc.gz",
            warc_offset=1000 * self.counts["f-"],
            warc_length=900,
        )
        self.insert(
            "article",
            article_id=article_id,
            revision_id=revision_id,
            article_reader=article_reader,
            fact_reader=fact_reader,
            portal=portal,
            url=url,
            canonical_url=url,
            headline=f"Tin {article_id}",
            body_text=body or f"{article_id} {revision}",
            captions=[],
            authors=[],
            section=[],
            attachments=[],
            date_published=published,
            content_kind="text",
            layout="wordpress",
            districts=list(districts),
            text_hash=f"{article_id}-{revision}",
            fetch_id=fetch_id,
            first_seen=at(seen),
            last_seen=at(last_seen or seen),
        )
        if is_first:
            self.insert(
                "article_state",
                article_id=article_id,
                portal=portal,
                url=url,
                first_seen=at(seen),
                last_seen=at(last_seen or seen),
                gone_at=at(gone) if gone else None,
            )
        return revision_id

    def says(self, revision_id: str, value: str, period: str, **values: Any) -> str:
        """Write one observation of a revision: a level of budget revenue of Lê Chân in đồng where not said otherwise."""
        observation_id = self.next("o-")
        row: dict[str, Any] = {
            "observation_id": observation_id,
            "article_id": revision_id.split("-", 1)[1].rsplit("-", 1)[0],
            "revision_id": revision_id,
            "fact_reader": 1,
            "position": self.counts["o-"],
            "indicator_name": "thu ngân sách",
            "indicator": "budget_revenue",
            "measure": "level",
            "obs_value": Decimal(value),
            "unit_measure": "VND",
            "unit_mult": 0,
            "bound": "exact",
            "obs_status": "A",
            "time_period": period,
            "ref_area": "305",
            "field": "body_text",
            "quote": f"thu ngân sách {value}",
            "quote_start": 0,
            "quote_end": 10,
            "confidence": 1.0,
            "rule": "level",
        }
        self.insert("observation", **(row | values))
        return observation_id

    def meets(self, revision_id: str, day: str | None, **values: Any) -> str:
        """Write one meeting of a revision: a confirmed session of the council of Lê Chân where not said otherwise."""
        meeting_id = self.next("mm-")
        row: dict[str, Any] = {
            "meeting_id": meeting_id,
            "article_id": revision_id.split("-", 1)[1].rsplit("-", 1)[0],
            "revision_id": revision_id,
            "fact_reader": 1,
            "name": "Kỳ họp HĐND quận",
            "classification": "council_session",
            "organization": "HĐND quận Lê Chân",
            "start_date": day,
            "end_date": day,
            "ref_area": "305",
            "status": "confirmed",
            "field": "body_text",
            "quote": "kỳ họp",
            "quote_start": 0,
            "quote_end": 6,
            "confidence": 1.0,
            "rule": "session",
        }
        self.insert("meeting", **(row | values))
        return meeting_id

    def attends(self, meeting_id: str, person: str, note: str, *roles: str) -> None:
        self.insert(
            "meeting_participant",
            meeting_id=meeting_id,
            fact_reader=1,
            position=0,
            person_name=person,
            roles=list(roles),
            note=note,
        )


def build(warehouse: Path, target: Path, *arguments: str) -> list[tuple[str, str]]:
    """Run dbt over a warehouse as a dbt user would, and return (node, status) of everything that ran."""
    before = os.environ.get("CITYLEDGER_WAREHOUSE")
    os.environ["CITYLEDGER_WAREHOUSE"] = str(warehouse)
    try:
        result = dbtRunner().invoke(
            [
                *(arguments or ("build",)),
                *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
                *("--target-path", str(target), "--log-path", str(target / "logs"), "--quiet"),
            ]
        )
    finally:
        DuckDBConnectionManager.close_all_connections()
        if before is None:
            del os.environ["CITYLEDGER_WAREHOUSE"]
        else:
            os.environ["CITYLEDGER_WAREHOUSE"] = before
    if result.exception is not None:
        raise result.exception
    return [(node.node.name, str(node.status)) for node in result.result]


@dataclass(frozen=True)
class Built:
    """A built warehouse: its file, dbt's target folder and what dbt said of each node."""

    warehouse: Path
    target: Path
    statuses: list[tuple[str, str]]

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        connection = connect(self.warehouse, read_only=True)
        try:
            return connection.execute(sql, list(parameters)).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="session")
def fill() -> Callable[[Path, Callable[[Ledger], None]], None]:
    """Give a function that makes a warehouse file and lets a scenario write its raw rows."""

    def filled(path: Path, scenario: Callable[[Ledger], None]) -> None:
        connection = open_warehouse(path)
        try:
            connection.execute("begin")
            scenario(Ledger(connection))
            connection.execute("commit")
        finally:
            connection.close()

    return filled


@pytest.fixture(scope="session")
def rebuild() -> Callable[..., list[tuple[str, str]]]:
    """Give the function that runs dbt."""
    return build


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, fill: Callable[[Path, Callable[[Ledger], None]], None]
) -> Iterator[Built]:
    """Build the story of `write_story` once, with every data test and unit test of the project."""
    home = tmp_path_factory.mktemp("marts")
    warehouse = home / "warehouse.duckdb"
    fill(warehouse, write_story)
    yield Built(warehouse, home / "target", build(warehouse, home / "target"))


def write_story(ledger: Ledger) -> None:
    """Write every scenario that the tests ask about; each has an indicator or a body of its own."""
    ledger.portal("city", "31")
    ledger.portal("lechan", "305")
    ledger.portal("old", "304", retired_on="2025-07-01")
    _write_figures(ledger)
    _write_copies_and_retractions(ledger)
    _write_areas(ledger)
    _write_readers(ledger)
    _write_meetings(ledger)


def _write_figures(ledger: Ledger) -> None:
    # An article that corrects itself.
    first = ledger.article("edited", "2023-04-11T10:55:00+07:00", seen="2023-04-11", last_seen="2023-04-11")
    second = ledger.article(
        "edited", "2023-04-11T10:55:00+07:00", seen="2023-04-12", revision="2", is_first=False
    )
    ledger.says(first, "100", "2023-Q1", unit_mult=9)
    ledger.says(second, "110.5", "2023-01-01/P3M", unit_mult=9)

    # The old page is crawled a month after the newer one was.
    newer = ledger.article("newer", "2024-05-20", seen="2024-05-21")
    older = ledger.article("older", "2024-05-02", seen="2024-06-30")
    ledger.says(newer, "1240", "2024-04", unit_mult=9)
    ledger.says(older, "1200", "2024-04", unit_mult=9)

    # A rounded figure, a lower bound and an exact one that agree; and a figure under another name that does not.
    exact = ledger.article("exact", "2022-07-01", seen="2022-07-01")
    rounded = ledger.article("rounded", "2022-07-02", seen="2022-07-02")
    bounded = ledger.article("bounded", "2022-07-03", seen="2022-07-03")
    ledger.says(exact, "2418", "2022-S1", unit_mult=9, indicator="exports", indicator_name="xuất khẩu")
    ledger.says(rounded, "2.4", "2022-S1", unit_mult=12, indicator="exports", indicator_name="Xuất khẩu")
    ledger.says(
        bounded, "2400", "2022-S1", unit_mult=9, bound="at_least", indicator="exports",
        indicator_name="xuất khẩu",
    )  # fmt: skip
    ledger.says(
        bounded, "900", "2022-S1", unit_mult=9, indicator="exports", indicator_name="xuất khẩu dệt may"
    )

    # Periods of three kinds that begin on one day, and what they are not: one series.
    periods = ledger.article("periods", "2021-10-05", seen="2021-10-05")
    for period, value in (
        ("2021-01-01/P9M", "9"),
        ("2021-09", "1"),
        ("2021-09-30", "5"),
        ("2021-Q1", "3"),
        ("soon", "7"),
    ):
        ledger.says(periods, value, period, indicator="jobs_created", unit_measure="job")

    # Units, exact decimals and a number that fits nowhere.
    units = ledger.article("units", "2020-12-31", seen="2020-12-31")
    ledger.says(units, "15.5", "2020", indicator="food_output", unit_measure="tạ", unit_mult=3)
    ledger.says(units, "98.64", "2020", indicator="fdi_attracted", unit_mult=9)
    ledger.says(units, "0.1", "2020", indicator="poverty_rate", measure="share", unit_measure="percent")
    ledger.says(
        units, "-1.15", "2020", indicator="poverty_rate", measure="change_abs", base="previous_year",
        unit_measure="percentage_point",
    )  # fmt: skip
    ledger.says(
        units, "1.5", "2020", indicator="near_poor_rate", measure="share", unit_measure="percent",
        obs_value_upper=Decimal("2"), bound="range",
    )  # fmt: skip
    ledger.says(units, "9999999999999999999999", "2020", indicator="grdp", unit_mult=12)

    # A target, and what came.
    planned = ledger.article("planned", "2022-01-05", seen="2022-01-05")
    came = ledger.article("came", "2023-01-05", seen="2023-01-05")
    ledger.says(
        planned, "500", "2022", unit_measure="person", indicator="party_members_admitted", obs_status="T"
    )
    ledger.says(came, "512", "2022", unit_measure="person", indicator="party_members_admitted")


def _write_copies_and_retractions(ledger: Ledger) -> None:
    body = "Thu ngân sách quận năm 2019 đạt 77 tỷ đồng. " * 10
    original = ledger.article("original", "2020-01-02T08:00:00+07:00", seen="2020-02-01", body=body)
    copied = ledger.article(
        "copied", "2020-01-02T15:00:00+07:00", seen="2020-01-03", body=body, portal="lechan"
    )
    for revision in (original, copied):
        ledger.says(revision, "77", "2019", unit_mult=9)

    withdrawn = ledger.article("withdrawn", "2020-03-09", seen="2020-03-09", gone="2020-03-20")
    kept = ledger.article("kept", "2020-03-05", seen="2020-03-06")
    closed = ledger.article("closed", "2020-03-09", seen="2020-03-09", gone="2025-07-02", portal="old")
    ledger.says(withdrawn, "33", "2020-02", indicator="tax_arrears")
    ledger.says(kept, "30", "2020-02", indicator="tax_arrears")
    ledger.says(closed, "44", "2020-02", indicator="customs_revenue")


def _write_areas(ledger: Ledger) -> None:
    for year in ("2024", "2025"):
        revision = ledger.article(
            f"spring-{year}", f"{year}-04-10", seen=f"{year}-04-10", districts=("311", "305")
        )
        for area in ("305", "306", "311", "317"):
            ledger.says(
                revision,
                "10",
                f"{year}-Q1",
                ref_area=area,
                indicator="traffic_accidents",
                unit_measure="case",
            )
        ledger.insert(
            "area_mention",
            article_id=f"spring-{year}",
            revision_id=revision,
            fact_reader=1,
            ref_area="311",
            printed_name="Thủy Nguyên",
        )
    autumn = ledger.article("autumn", "2025-10-10", seen="2025-10-10")
    for area in ("31", "311", "11914", "huyện Văn Lãng"):
        ledger.says(
            autumn, "10", "2025-Q3", ref_area=area, indicator="traffic_accidents", unit_measure="case"
        )


def _write_readers(ledger: Ledger) -> None:
    read_before = ledger.article("reread", "2019-05-01", seen="2019-05-02", revision="1")
    read_anew = ledger.article(
        "reread",
        "2019-05-01",
        seen="2019-05-02",
        revision="2",
        article_reader=2,
        fact_reader=3,
        is_first=False,
    )
    ledger.says(read_before, "1", "2019-04", indicator="fires", unit_measure="case")
    ledger.says(read_anew, "2", "2019-04", indicator="fires", unit_measure="case", fact_reader=2)
    ledger.says(read_anew, "3", "2019-04", indicator="fires", unit_measure="case", fact_reader=3)


def _write_meetings(ledger: Ledger) -> None:
    # Announced, then reported by two articles.
    before = ledger.article("announcing", "2023-07-01", seen="2023-07-01")
    after = ledger.article("reporting", "2023-07-11", seen="2023-07-11")
    city = ledger.article("reporting-too", "2023-07-12", seen="2023-07-12", portal="lechan")
    ledger.meets(before, "2023-07-10", status="tentative", name="Kỳ họp thứ 9 HĐND quận", ordinal=9)
    reported = ledger.meets(after, "2023-07-10", part_of_day="morning")
    ledger.attends(reported, "Nguyễn Thị Thuỷ", "attend", "Chủ tịch HĐND quận")
    again = ledger.meets(city, "2023-07-10", ordinal=9, location="Trung tâm hội nghị")
    ledger.attends(again, "Nguyễn Thị Thủy", "chair", "Thành ủy viên", "Chủ tịch HĐND quận")
    ledger.attends(again, "Nguyễn Thị Thúy", "attend")

    # Moved to another day: two meetings.
    council = {"organization": "HĐND quận Ngô Quyền", "ref_area": "304", "ordinal": 5}
    planned = ledger.article("planning", "2022-06-20", seen="2022-06-20")
    moving = ledger.article("moving", "2022-07-01", seen="2022-07-01")
    held = ledger.article("held", "2022-07-21", seen="2022-07-21")
    ledger.meets(planned, "2022-07-05", status="tentative", **council)
    ledger.meets(moving, "2022-07-05", status="cancelled", **council)
    ledger.meets(moving, "2022-07-20", status="tentative", **council)
    ledger.meets(held, "2022-07-20", **council)

    # One body, one day, a morning and an afternoon; and a report that says neither.
    committee = {"organization": "UBND thành phố", "ref_area": "31", "classification": "committee_meeting"}
    for name, part in (("early", "morning"), ("late", "afternoon"), ("vague", None)):
        revision = ledger.article(name, "2021-03-03", seen="2021-03-03")
        ledger.meets(revision, "2021-03-02", name="Phiên họp UBND", part_of_day=part, **committee)

    # Working sessions of one day with two units share most of their names.
    for unit in ("Lê Chân", "Hồng Bàng"):
        revision = ledger.article(f"visit {unit}", "2021-05-06", seen="2021-05-06")
        ledger.meets(
            revision,
            "2021-05-05",
            name=f"Buổi làm việc với quận {unit}",
            classification="working_session",
            organization="Thành ủy Hải Phòng",
            ref_area="31",
        )
