"""Every format that is exported is read back by a tool of somebody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import feedparser
import frictionless
import openpyxl
import pytest
import vobject
from jsonschema import Draft3Validator, FormatChecker
from pupa.scrape.schemas.event import schema as ocd_event
from pysdmx.io import read_sdmx
from pysdmx.model import Codelist

from tests.publication.ledger import NOTICE, Ledger, write_vocabulary
from warehouse.connect import connect
from warehouse.publication.exchange.sayings import said
from warehouse.publication.exchange.workbooks import write_workbooks
from warehouse.publication.manifest import Column, Table
from warehouse.publication.publish import publish
from warehouse.publication.query import query

FORMULA = '=HYPERLINK("http://evil.test","bấm")'
LONG_NAME = "Hội nghị Ban Chấp hành Đảng bộ quận Lê Chân lần thứ 22; khóa XXI, nhiệm kỳ 2020-2025 (mở rộng)"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    ledger = Ledger(home / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử")
    for number in range(3):
        day = date(2024, 1, 10) + timedelta(days=30 * number)
        article = ledger.article("thu", day, f"Lê Chân: tin số {number}" if number else FORMULA)
        ledger.report(
            article,
            area="305",
            indicator="budget_revenue" if number else "other",
            indicator_name="tổng thu ngân sách" if number else "=SUM(A1)",
            value=f"{20 + number}.5",
            measure="plan_ratio",
            base="assigned_plan",
            quote=f"tổng thu đạt {20 + number},5% kế hoạch" if number else FORMULA,
            time_period=f"2024-{number + 1:02d}",
            period_kind="month",
        )
        ledger.meeting(
            article,
            name=LONG_NAME if number else "Họp",
            day=day,
            status="tentative" if number == 2 else "confirmed",
        )
    ledger.close()
    return home


@pytest.fixture(scope="module")
def published(home: Path) -> Path:
    return publish(home).path


def test_workbooks_hold_the_tables_and_no_formula(published: Path) -> None:
    book = openpyxl.load_workbook(published / "xlsx" / "articles.xlsx")
    sheet = book["articles"]
    heading, *rows = sheet.iter_rows()
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    names = [cell.value for cell in heading]
    headlines = [row[names.index("headline")] for row in rows]
    assert {cell.value for cell in headlines} == {FORMULA, "Lê Chân: tin số 1", "Lê Chân: tin số 2"}
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "d", "inlineStr"}
    series = openpyxl.load_workbook(published / "xlsx" / "indicator_series.xlsx").active
    assert series is not None
    names = [cell.value for cell in next(series.iter_rows())]
    values = sorted(row[names.index("value")].value for row in series.iter_rows(min_row=2))
    assert values == [20.5, 21.5, 22.5]


def test_a_workbook_holds_what_xml_cannot_say(tmp_path: Path) -> None:
    """Markup stays text, what no XML may hold is left out, an empty cell stays empty, a long one ends."""
    hostile = "<b>&amp; \"'\x01\x0b\ufffe\uffff\t\n=1+1"
    columns = (
        Column("text", "VARCHAR", True, None),
        Column("list", "VARCHAR[]", True, None),
        Column("amount", "DECIMAL(38,6)", True, None),
        Column("held", "DATE", True, None),
        Column("seen", "TIMESTAMP WITH TIME ZONE", True, None),
        Column("sure", "BOOLEAN", True, None),
    )
    with closing(connect(None)) as connection:
        connection.execute("attach ':memory:' as published; create schema published.marts")
        connection.execute(
            "create table published.marts.hostile as select * from (values"
            " (?, ['<', 'a'], 1.5::decimal(9, 6), date '2024-02-03', '2024-02-04 03:30:00+07'::timestamptz,"
            " true), (repeat('đ', 40000), null, null, null, null, false)"
            ") as hostile(text, list, amount, held, seen, sure)",
            [hostile],
        )
        write_workbooks(connection, (Table("hostile", None, 2, "", columns),), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "xlsx" / "hostile.xlsx").active
    day, time = datetime.fromisoformat("2024-02-03"), datetime.fromisoformat("2024-02-04T03:30")
    assert sheet is not None
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        ("<b>&amp; \"'\t\n=1+1", '["<","a"]', 1.5, day, time, True),
        ("đ" * 32_767, None, None, None, None, False),
    ]


def test_meetings_are_events_of_open_civic_data(published: Path) -> None:
    events = json.loads((published / "ocd" / "events.json").read_text(encoding="utf-8"))
    validator = Draft3Validator(ocd_event, format_checker=FormatChecker())
    assert [list(validator.iter_errors(event)) for event in events] == [[], [], []]
    assert [event["status"] for event in events] == ["confirmed", "confirmed", "tentative"]
    assert events[1]["name"] == LONG_NAME
    assert events[1]["sources"] == [{"url": "https://thu.test/bai-4.html", "note": "Lê Chân: tin số 1"}]


def test_calendars_are_read_by_another_tool(published: Path) -> None:
    calendar = vobject.readOne((published / "calendar" / "all.ics").read_text(encoding="utf-8"))
    events = {event.uid.value: event for event in calendar.vevent_list}
    assert len(events) == 3
    event = next(event for event in events.values() if event.dtstart.value == date(2024, 2, 9))
    assert (event.summary.value, event.status.value) == (LONG_NAME, "CONFIRMED")
    assert event.dtend.value == date(2024, 2, 10)
    assert "https://thu.test/bai-4.html" in event.description.value


def test_series_are_sdmx_whose_codes_are_in_the_codelists(published: Path) -> None:
    structure = read_sdmx(published / "sdmx" / "structure.xml", validate=True)
    lists = {
        found.id.removeprefix("CL_"): {code.id for code in found.items}
        for found in structure.structures or ()
        if isinstance(found, Codelist)
    }
    data = read_sdmx(published / "sdmx" / "series.csv", validate=True).get_datasets()[0].data
    assert data["OBS_VALUE"].astype(float).sum() == pytest.approx(64.5)
    for name, codes in lists.items():
        assert set(data[name].astype(str)) <= codes, name
    dimensions = list(data.columns)[: list(data.columns).index("OBS_VALUE")]
    assert dimensions[-1] == "TIME_PERIOD"
    assert not data.duplicated(subset=dimensions).any()
    assert {"'" + FORMULA, "'=SUM(A1)"} <= {*data["QUOTE"], *data["INDICATOR_NAME"]}


def test_the_data_package_describes_every_file(published: Path) -> None:
    report = frictionless.validate(str(published / "datapackage.json"))
    assert report.valid, [task.errors for task in report.tasks if not task.valid][:3]
    tables = {
        str(row[0])
        for row in query(published, "select table_name from duckdb_tables() where schema_name = 'marts'").rows
    }
    assert {task.name for task in report.tasks} == tables


def entries(published: Path, name: str) -> Iterator[tuple[str, str, str]]:
    feed = feedparser.parse((published / "feeds" / f"{name}.atom").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    as_json = json.loads((published / "feeds" / f"{name}.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in as_json["items"]] == [entry.id for entry in feed.entries]
    for entry in feed.entries:
        yield entry.id, entry.title, entry.link


def test_feeds_tell_the_newest_first_overall_and_by_area(published: Path) -> None:
    figures = list(entries(published, "figures"))
    assert [title for _, title, _ in figures] == [
        "tổng thu ngân sách, quận Lê Chân, Tháng 3/2024: đạt 22,5% kế hoạch giao",
        "tổng thu ngân sách, quận Lê Chân, Tháng 2/2024: đạt 21,5% kế hoạch giao",
        "=SUM(A1), quận Lê Chân, Tháng 1/2024: đạt 20,5% kế hoạch giao",
    ]
    assert len(list(entries(published, "meetings"))) == 3
    assert list(entries(published, "contradictions")) == []
    assert {entry[0] for entry in entries(published, "area/305")} >= {entry[0] for entry in figures}


def test_what_must_be_said_of_a_portals_data_goes_with_every_form_of_it(published: Path) -> None:
    forms = (
        "calendar/all.ics",
        "feeds/all.atom",
        "feeds/all.json",
        "ocd/events.json",
        "sdmx/structure.xml",
        "datapackage.json",
    )
    for form in forms:
        text = (published / form).read_text(encoding="utf-8").replace("\n ", "").replace("\\", "")
        assert NOTICE in text, form


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (("12.6", "percent", "change_rate", "same_period", "A"), "tăng 12,6% so với cùng kỳ"),
        (("-0.6", "percent", "change_rate", "previous_year", "E"), "ước giảm 0,6% so với năm trước"),
        (("75.4", "percent", "plan_ratio", "annual_plan", "E"), "ước đạt 75,4% kế hoạch năm"),
        (("632200000000", "VND", "level", None, "A"), "632,2 tỷ đồng"),
        (("12100000000000", "VND", "level", None, "T"), "mục tiêu 12.100 tỷ đồng"),
        (("2021", "person", "level", None, "A"), "2.021 người"),
        (("1.5", "times", "multiple", "same_period", "A"), "gấp 1,5 lần so với cùng kỳ"),
    ],
)
def test_a_figure_is_told_with_what_it_is_measured_against(
    figure: tuple[str, str, str, str | None, str], words: str
) -> None:
    value, *others = figure
    assert said(Decimal(value), *others) == words  # type: ignore[arg-type]


def test_ids_and_addresses_stay_from_one_publication_to_the_next(home: Path, published: Path) -> None:
    again = publish(home, force=True).path
    assert again != published
    folders = ("calendar", "feeds", "ocd", "sdmx")
    before = {
        path.relative_to(published): path.read_bytes()
        for folder in folders
        for path in (published / folder).rglob("*.*")
    }
    after = {
        path.relative_to(again): path.read_bytes()
        for folder in folders
        for path in (again / folder).rglob("*.*")
    }
    assert before == after
