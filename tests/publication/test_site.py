from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import extruct
import pytest
from lxml import html

from scraper.errors import ConfigError, PublicationError
from tests.publication.ledger import NOTICE, Ledger, write_large, write_small, write_vocabulary
from warehouse.publication.publish import Publication, publish
from warehouse.publication.site import addresses, doubt_pages, writing
from warehouse.publication.site.area import area_pages
from warehouse.publication.site.finding import KINDS as FOUND
from warehouse.publication.site.page import Edition, Kind, Page, Reading, Share
from warehouse.publication.site.pages import KINDS
from warehouse.publication.site.rendering import is_web_address, what_a_row_is
from warehouse.publication.site.wording import measured, period, quantity, shortened, with_number_marked
from warehouse.publication.site.writing import write_pages
from warehouse.publication.veil import REMOVED

SCRIPTS = [
    "assets/early.js",
    "data/publication.js",
    "assets/site.js",
    "data/index.js",
    "assets/vega.js",
    "assets/charts.js",
    "assets/drawing.js",
]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</script><!--{{ 7*7 }}"


def site_of(home: Path) -> Path:
    return publish(home).path / "site"


def page_at(site: Path, address: str = "index.html") -> html.HtmlElement:
    return html.document_fromstring((site / address).read_text(encoding="utf-8"))


def data_at(site: Path, address: str = "index.html") -> dict[str, Any]:
    """What the page's charts draw, as its script gives it."""
    text = (site / addresses.data(address)).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("cityledger.page=").rstrip(";\n"))
    return found


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    write_large(home / "warehouse.duckdb")
    return publish(home).path / "site"


@pytest.fixture(scope="module")
def page(demo: Path) -> html.HtmlElement:
    return page_at(demo)


def evil_home(home: Path) -> Path:
    ledger = Ledger(home / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("evil", EVIL, notice=EVIL, base_url="javascript:alert(3)", article_count=2)
    for place, address in enumerate(("javascript:alert(4)", "data:text/html,<script>alert(5)</script>")):
        article = ledger.article("evil", date(2024, 3, place + 1), EVIL, url=address)
        for year in (2021, 2022, 2023):
            for indicator, measure, base in (
                ("budget_revenue", "plan_ratio", "assigned_plan"),
                ("poverty_rate", "share", None),
            ):
                ledger.report(
                    article,
                    area="305",
                    indicator=indicator,
                    value="27.1",
                    measure=measure,
                    base=base,
                    area_name=EVIL,
                    unit_id=None,
                    quote=f"{EVIL} đạt 27,1% kế hoạch",
                    time_period=str(year),
                    period_kind="year",
                    is_year_to_date=True,
                    period_start=date(year, 1, 1),
                    period_end=date(year, 12, 31),
                )
        ledger.meeting(article, name=EVIL, day=date(2024, 3, 1), organization=f"{EVIL} 2", location=EVIL)
    ledger.close()
    return home


def test_search_engines_are_told_what_data_there_is(tmp_path: Path) -> None:
    write_small(tmp_path / "warehouse.duckdb")
    file = site_of(tmp_path) / "index.html"
    (said,) = extruct.extract(file.read_text(encoding="utf-8"), syntaxes=["json-ld"])["json-ld"]
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Dataset")
    assert said["isBasedOn"] == ["https://thu.test/"]
    assert all((file.parent / part["contentUrl"]).is_file() for part in said["distribution"])


def test_search_engines_are_told_what_each_page_is_about(demo: Path) -> None:
    kinds = {
        "areas/305.html": "Dataset",
        "indicators/poverty_rate.html": "Dataset",
        "articles/*/*.html": "NewsArticle",
        "meetings/m-*.html": "Event",
    }
    for pattern, kind in kinds.items():
        page = next(demo.glob(pattern))
        (said,) = extruct.extract(page.read_text(encoding="utf-8"), syntaxes=["json-ld"])["json-ld"]
        assert said["@type"] == kind
        assert said.get("name") or said["headline"]
        assert all((page.parent / part["contentUrl"]).is_file() for part in said.get("distribution", ()))


def test_copies_are_opened_where_the_publisher_says_and_else_on_no_other_machine(tmp_path: Path) -> None:
    write_small(tmp_path / "warehouse.duckdb")
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    ledger.connection.execute("update marts.indicator_reports set archived_copy = '/thu/2026/x'")
    ledger.close()
    cited = "//ol[@class='figures']//p[@class='cite']/a/@href"
    copies = page_at(site_of(tmp_path)).xpath(cited)[2::3]
    assert copies
    assert all(re.fullmatch(r"articles/../.+\.html#archived", link) for link in copies)

    (tmp_path / "site.toml").write_text('replay = "https://kho.example.org/"\n')
    copies = page_at(site_of(tmp_path)).xpath(cited)[2::3]
    assert set(copies) == {"https://kho.example.org/thu/2026/x"}

    (tmp_path / "site.toml").write_text('replay = "javascript:alert(1)"\n')
    with pytest.raises(ConfigError, match="where readers reach your `replay`"):
        publish(tmp_path)


def test_nothing_that_a_page_says_becomes_code(tmp_path: Path) -> None:
    site = site_of(evil_home(tmp_path))
    page = page_at(site)

    scripts = [script.get("src") or script.get("type") for script in page.iter("script")]
    assert scripts == ["application/ld+json", *SCRIPTS]
    assert not list(page.iter("img"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    links = [link.get("href") or "" for link in page.iter("a")]
    assert not [link for link in links if re.match(r"(?i)\s*(javascript|data|vbscript):", link)]
    assert EVIL in text_of(page)
    data = data_at(site)
    assert data["articles"][0]["h"] == EVIL
    assert {
        panel["area"] or panel["rows"][-1]["a"]
        for figure in data["figures"][:2]
        for panel in figure["panels"]
    } == {EVIL}


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://haiphong.gov.vn/bai-1", True),
        ("http://haiphong.gov.vn/bai-1", True),
        ("HTTPS://haiphong.gov.vn/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//haiphong.gov.vn/", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(address: str | None, is_link: bool) -> None:
    assert is_web_address(address) is is_link


def test_the_page_asks_for_nothing_from_elsewhere(demo: Path, page: html.HtmlElement) -> None:
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    asked = page.xpath("//script/@src | //link/@href | //img/@src")
    assert sorted(asked) == sorted(["assets/site.css", "data:,", *SCRIPTS])
    for name in ("site.css", "site.js", "early.js", "drawing.js"):
        assert "//cdn" not in (demo / "assets" / name).read_text(encoding="utf-8")
        assert "url(" not in (demo / "assets" / name).read_text(encoding="utf-8")
    assert not page.xpath("//*[@style]")


def test_the_page_is_light(demo: Path, page: html.HtmlElement) -> None:
    own = ["index.html", *(place for place in page.xpath("//script/@src") if not place.startswith("assets/"))]
    assert len(own) == 3
    assert sum((demo / place).stat().st_size for place in own) < 300_000


def test_it_says_what_is_in_here_and_where_from(page: html.HtmlElement) -> None:
    text = text_of(page)
    assert "250 bài viết của 4 cổng thông tin đăng trong 2019–2025" in text
    assert "250 articles of 4 portals published in 2019–2025" in text
    notice = text_of(page.find_class("notice")[0])
    assert NOTICE in notice
    assert "Quận Ngô Quyền" in notice
    assert "Lần thu thập gần nhất" in text
    assert "23/11/2026 12:00" in text


def test_figures_are_written_as_vietnamese_readers_do_with_sentence_and_link(page: html.HtmlElement) -> None:
    first = page.xpath("//ol[@class='figures']/li")[0]
    assert text_of(first.xpath(".//p[@class='value']/*[@class='vi']")[0]) == "56,2%"
    assert first.xpath(".//mark/text()") == ["56,2%"]
    assert "6 tháng đầu năm tổng thu đạt 56,2% kế hoạch thành phố giao" in text_of(
        first.find_class("quote")[0]
    )
    article, live = first.xpath(".//p[@class='cite']/a/@href")[:2]
    assert article.startswith("articles/")
    assert live.startswith("https://")
    assert "14/07/2025" in text_of(first)
    english = [text_of(said) for said in first.xpath(".//*[@class='en']")]
    assert "56.2%" in english
    assert "14 Jul 2025" in english


def test_meetings_districts_and_tables_are_listed(demo: Path, page: html.HtmlElement) -> None:
    meeting = page.xpath("//ol[@class='meetings']/li")[0]
    assert text_of(meeting.find_class("when")[0]) == "12/07/202512 Jul 2025"
    assert "Hội nghị Quận ủy Hải An lần thứ 26" in text_of(meeting)
    tiles = page.xpath("//ul[@class='schematic']//a/@href")
    assert "areas/305.html" in tiles
    links = page_at(demo, "about.html").xpath("//section[@aria-labelledby='h-files']//a/@href")
    assert "../csv/indicator_series.csv" in links
    assert "../parquet/indicator_series.parquet" in links


def test_every_link_leads_somewhere(demo: Path) -> None:
    broken = set()
    for path in demo.rglob("*.html"):
        page = html.document_fromstring(path.read_text(encoding="utf-8"))
        places = set(page.xpath("//@id"))
        for link in page.xpath("//@href | //script/@src"):
            if link.startswith("#") and link[1:] not in places:
                broken.add((path.relative_to(demo).parts[0], link))
            target = link.split("#")[0].split("?")[0]
            if target and not link.startswith(("http", "data:")) and not (path.parent / target).is_file():
                broken.add((path.relative_to(demo).parts[0], link))
    assert not broken


def test_every_table_has_a_caption_and_every_control_a_name(page: html.HtmlElement) -> None:
    assert not page.xpath("//table[not(caption)]")
    assert not page.xpath("//*[@role='group'][not(@aria-label)]")
    assert not page.xpath("//th[not(@scope)]")


def test_each_point_carries_its_sentence_article_and_period(demo: Path, page: html.HtmlElement) -> None:
    data = data_at(demo)
    assert [figure["id"] for figure in data["figures"]] == ["progress", "series", "months", "coverage"]
    progress = data["figures"][0]["panels"]
    assert len(progress) == 12
    for row in (row for panel in progress for row in panel["rows"] if not row.get("anchor")):
        assert "".join(row["q"]).startswith("Công tác thu ngân sách")
        assert row["q"][1] == row["v"][0]
        assert data["articles"][row["r"]]["u"].startswith("https://")
        assert row["p"][0]
    exports = data["figures"][1]["panels"][2]
    assert exports["rows"][-1]["v"] == ["28,75 tỷ USD", "28.75 billion USD"]
    assert exports["rows"][-1]["y"] == 28.75
    drawn = {panel["id"] for figure in data["figures"] for panel in figure["panels"]}
    assert drawn == set(page.xpath("//div[contains(@class, 'plot')]/@id"))


def test_a_series_compares_periods_of_one_length_alone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử")
    for year in (2021, 2022, 2023):
        article = ledger.article("thu", date(year, 12, 31), f"Năm {year}")
        for time_period, kind, end in (
            (f"{year}-Q1", "quarter", date(year, 3, 31)),
            (f"{year}", "year", date(year, 12, 31)),
            (f"{year}-10", "month", date(year, 10, 31)),
        ):
            if kind == "year" or year > 2021:
                start = date(year, end.month if kind == "month" else 1, 1)
                ledger.report(
                    article,
                    area="305",
                    indicator="party_members_admitted",
                    value="50",
                    unit_measure="party_member",
                    time_period=time_period,
                    period_kind=kind,
                    period_start=start,
                    period_end=end,
                )
    ledger.close()
    panel = data_at(site_of(tmp_path))["figures"][0]["panels"][0]

    assert [row["p"][1] for row in panel["rows"]] == ["2021", "2022", "2023"]
    assert [row["x"] for row in panel["rows"]] == [2021.5, 2022.5, 2023.5]


def test_a_fact_of_an_attached_file_shows_its_sentence_beside_the_text(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử")
    article = ledger.article("thu", date(2023, 12, 31), "Năm 2023")
    ledger.report(
        article,
        area="305",
        indicator="poverty_rate",
        measure="share",
        value="1.5",
        time_period="2023",
        period_kind="year",
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        quote="Tỷ lệ hộ nghèo | % | 1,5",
    )
    ledger.connection.execute("update marts.indicator_reports set field = 'attachment:0'")
    ledger.close()
    (path,) = site_of(tmp_path).glob("articles/*/*.html")
    (fact,) = html.document_fromstring(path.read_text(encoding="utf-8")).xpath("//li[@id='f-1']")

    assert fact.xpath(".//q//text()") == ["Tỷ lệ hộ nghèo | % | ", "1,5"]
    assert "trong tệp đính kèm" in text_of(fact)
    assert not fact.xpath(".//a[starts-with(@href, '#')]")


def test_an_empty_ledger_gives_a_page_that_says_so(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử", notice=None)
    ledger.article("thu", date(2024, 1, 1), "Một bài không có số liệu", published_date=None, reported_at=None)
    ledger.close()
    site = site_of(tmp_path)
    page = page_at(site)

    assert data_at(site)["figures"] == []
    assert not page.find_class("notice")
    assert "Chưa đọc được số liệu nào." in text_of(page)


@pytest.mark.parametrize(
    ("quote", "value", "parts"),
    [
        ("tổng thu đạt 27,1% kế hoạch", "27.1", ["tổng thu đạt ", "27,1%", " kế hoạch"]),
        ("thu 2.418 tỷ đồng", "2418", ["thu ", "2.418", " tỷ đồng"]),
        ("giảm 1,15% so với cùng kỳ", "-1.15", ["giảm ", "1,15%", " so với cùng kỳ"]),
        ("đạt 02/4 = 50% chỉ tiêu", "2", ["đạt ", "02", "/4 = 50% chỉ tiêu"]),
        ("phát hiện ba vụ", "3", ["phát hiện ba vụ"]),
        ("năm 2023, 12.5% hộ", "12.5", ["năm 2023, ", "12.5%", " hộ"]),
    ],
)
def test_the_number_is_marked_in_its_sentence(quote: str, value: str, parts: list[str]) -> None:
    assert with_number_marked(quote, Decimal(value)) == parts


def test_figures_say_how_sure_they_are() -> None:
    assert quantity(Decimal("27.100000"), "percent", 0) == ("27,1%", "27.1%")
    assert quantity(Decimal(2418), "VND", 9, "about") == ("≈ 2.418 tỷ đồng", "≈ 2,418 billion VND")
    assert quantity(Decimal("-1.15"), "percentage_point", 0) == ("−1,15 điểm %", "−1.15 percentage points")
    assert quantity(Decimal("1.5"), "percent", 0, "range", Decimal(2)) == ("1,5-2%", "1.5–2%")
    assert quantity(Decimal(1200), "quyết định", 3) == ("1.200 nghìn quyết định", "1,200 thousand quyết định")


@pytest.mark.parametrize(
    ("measure", "base", "vi", "en"),
    [
        ("level", None, "Việc làm", "Jobs"),
        ("plan_ratio", "annual_plan", "Việc làm, so với kế hoạch", "Jobs, of the plan"),
        ("change_rate", "plan", "Việc làm, tăng, giảm so với kế hoạch", "Jobs, change against the plan"),
        ("change_rate", None, "Việc làm, tăng, giảm", "Jobs, change"),
        ("multiple", "same_period", "Việc làm, so với cùng kỳ", "Jobs, of the year-earlier period"),
    ],
)
def test_a_change_says_against_what(measure: str, base: str | None, vi: str, en: str) -> None:
    assert measured(("Việc làm", "Jobs"), measure, base) == (vi, en)


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("2023", "2023"),
        ("2023-Q1", "Q1 2023"),
        ("2026-S2", "second half of 2026"),
        ("2026-08", "August 2026"),
        ("2026-01-01/P9M", "first 9 months of 2026"),
        ("2021/2025", "2021–2025"),
        ("2026-13", "2026-13"),
        ("2026-08-05", "5 Aug 2026"),
        ("2026-08-05/P1W", "1 week from 5 Aug 2026"),
    ],
)
def test_a_period_is_written_in_words_in_english_too(code: str, english: str) -> None:
    assert period(code)[1] == english


def test_long_sentences_are_cut_at_a_word() -> None:
    assert shortened("thu ngân sách đạt kết quả", 14) == "thu ngân sách …"
    assert shortened("thu ngân sách", 13) == "thu ngân sách"


@pytest.mark.parametrize(
    ("description", "row"),
    [
        ("One row per article, as it stands; the text is in `x`. More.", "One row per article, as it stands"),
        ("One row per number: nothing is lost.", "One row per number"),
        (
            "One row per area, indicator (for `other`: its name) and period.",
            "One row per area, indicator and period",
        ),
        (None, ""),
    ],
)
def test_a_description_is_cut_to_what_a_row_is(description: str | None, row: str) -> None:
    assert what_a_row_is(description) == row


def test_an_area_has_its_figures_meetings_and_heirs(demo: Path) -> None:
    page, data = page_at(demo, "areas/305.html"), data_at(demo, "areas/305.html")

    assert text_of(page.xpath("//h1")[0]) == "Quận Lê Chân"
    assert "01/07/2025" in text_of(page.find_class("opening")[0])
    figures, meetings = data["figures"]
    rates = next(panel for panel in figures["panels"] if panel["name"][1] == "Poverty rate")
    assert all(said.endswith("%") for said in rates["rows"][-1]["v"])
    assert rates["datasets"]["breaks"] == [{"x": pytest.approx(2025.49, abs=0.01)}]
    sums = next(panel for panel in figures["panels"] if "of the plan" in panel["name"][1])
    starts = [row for row in sums["rows"] if row.get("anchor")]
    assert {row["y"] for row in starts} == {0}
    assert len(starts) == len({row["g"] for row in sums["rows"] if row.get("w")})
    told = [row for panel in meetings["panels"] for row in panel["rows"]]
    assert all((demo / event["i"]).is_file() for row in told for event in row["e"])
    table = (demo / "data" / "areas" / "305-figures.csv").read_text(encoding="utf-8-sig")
    assert table.count("\n") == 1 + sum("v" in row for panel in figures["panels"] for row in panel["rows"])


def test_an_indicator_compares_areas_and_ranks_them(demo: Path) -> None:
    page, data = page_at(demo, "indicators/poverty_rate.html"), data_at(demo, "indicators/poverty_rate.html")

    compared, areas = data["figures"]
    assert len({row["c"] for row in compared["panels"][0]["rows"]}) > 1
    assert len(areas["panels"]) > 5
    league = page.xpath("//details[@open]//tbody/tr")
    said = [text_of(row.xpath(".//td[contains(@class, 'value')]")[0]) for row in league]
    values = [float(re.split("%", text)[0].replace(",", ".")) for text in said]
    assert values == sorted(values, reverse=True)
    assert len(values) > 2
    assert said[0].startswith(league[0].xpath(".//mark/text()")[0].replace("0%", "%"))
    assert league[0].xpath(".//rect/@width") == ["100.0"]


def test_doubtful_points_look_different_and_name_the_other_report(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử")
    span = {"indicator": "poverty_rate", "measure": "share", "area": "305", "period_kind": "year"}
    for year, status in ((2021, "A"), (2022, "A"), (2023, "E"), (2024, "T")):
        article = ledger.article("thu", date(year, 12, 31), f"Năm {year}")
        start, end = date(year, 1, 1), date(year, 12, 31)
        ledger.report(
            article,
            value="1.5",
            obs_status=status,
            time_period=str(year),
            period_start=start,
            period_end=end,
            value_low=Decimal("1.45"),
            value_high=Decimal("1.55"),
            point_id=f"p-{year}",
            **span,
        )
    ledger.connection.execute(
        "update marts.indicator_series set is_revised = true, is_contradicted = time_period = '2021' "
        "where time_period in ('2021', '2022')"
    )
    ledger.put(
        "indicator_reports",
        report_id="o-other",
        point_id="p-2021",
        article_id=article,
        headline="Bài khác",
        article_url="https://thu.test/khac.html",
        quote="tỷ lệ hộ nghèo 1,9%",
        obs_value=Decimal("1.9"),
        value=Decimal("1.9"),
        value_low=Decimal("1.85"),
        value_high=Decimal("1.95"),
        unit_measure="percent",
        bound="exact",
        is_current=True,
    )
    ledger.close()
    site = site_of(tmp_path)
    rows = data_at(site, "areas/305.html")["figures"][0]["panels"][0]["rows"]

    assert [(row.get("m"), row["s"], row.get("k")) for row in rows] == [
        ("contradicted", "A", ["contradicted", "revised"]),
        ("revised", "A", ["revised"]),
        (None, "E", ["E"]),
        ("target", "T", ["T"]),
    ]
    assert [row.get("w") for row in rows] == [True, True, True, None]
    (other,) = rows[0]["o"]
    assert (other["v"], other["k"], other["q"][1]) == (["1,9%", "1.9%"], ["differs"], "1,9%")
    key = text_of(page_at(site, "areas/305.html").xpath("//figure[@id='figures']/ul[@class='key']")[0])
    assert all(word in key for word in ("Ước tính", "Mục tiêu", "Đã được sửa", "Các bài nói khác nhau"))


def test_what_did_not_change_is_linked_and_not_drawn_again(tmp_path: Path) -> None:
    write_small(tmp_path / "warehouse.duckdb")
    first = site_of(tmp_path)
    before = {path.relative_to(first): path.stat() for path in first.rglob("*.html")}
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    ledger.article("thu", date(2024, 5, 2), "Một bài mới về Ngô Quyền")
    ledger.close()
    second = site_of(tmp_path)
    after = {path.relative_to(second): path.stat() for path in second.rglob("*.html")}

    drawn = {
        place.as_posix()
        for place in after
        if place not in before or after[place].st_ino != before[place].st_ino
    }
    assert "index.html" in drawn
    assert len([place for place in drawn if place.startswith("articles/")]) >= 1
    for kept in ("areas/305.html", "indicators/budget_revenue.html"):
        assert kept not in drawn
    assert len([place for place in drawn if place.startswith("meetings/m-")]) == 0


def test_pages_whose_rows_changed_are_made_and_come_out_as_if_all_were(
    small_publication: Publication, tmp_path: Path
) -> None:
    kinds = [kind for kind in KINDS if kind.inputs]
    database = tmp_path / "cityledger.duckdb"
    shutil.copyfile(small_publication.path / "cityledger.duckdb", database)
    database.chmod(0o644)
    edition = Edition(database, small_publication.version, (), ())
    for name in ("before", "after", "whole"):
        (tmp_path / name).mkdir()
    write_pages(kinds, edition, tmp_path / "before", None)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update marts.indicator_series set is_contradicted = true "
            "where point_id = (select min(point_id) from marts.indicator_series)"
        )
    drawn = write_pages(kinds, edition, tmp_path / "after", tmp_path / "before")
    write_pages(kinds, edition, tmp_path / "whole", None)

    def files(name: str) -> dict[str, bytes]:
        folder = tmp_path / name
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}

    assert files("after") == files("whole") != files("before")
    assert 0 < drawn < len(files("whole")) / 2


def test_a_page_of_which_a_heading_alone_changed_is_drawn_again(tmp_path: Path) -> None:
    write_small(tmp_path / "warehouse.duckdb")
    publication = publish(tmp_path).path
    edition = Edition(publication / "cityledger.duckdb", publication.name, (), ())

    def renamed(reading: Reading, share: Share) -> Iterator[Page]:
        for page in area_pages(reading, share):
            if page.drawing:
                for figure in page.drawing.figures:
                    figure.panels[:] = [replace(panel, title=("Tên mới",) * 2) for panel in figure.panels]
            yield page

    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    write_pages([Kind("areas", area_pages)], edition, tmp_path / "first", None)
    write_pages([Kind("areas", renamed)], edition, tmp_path / "second", tmp_path / "first")
    assert "Tên mới" in (tmp_path / "second" / "areas" / "305.html").read_text(encoding="utf-8")
    assert "Tên mới" not in (tmp_path / "first" / "areas" / "305.html").read_text(encoding="utf-8")


def test_what_does_not_agree_stands_by_month_where_there_is_much_of_it(
    looked_at: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt_pages, "_LATEST", 0)
    publication = (looked_at / "published" / "current").resolve()
    kinds = [Kind("pairs", doubt_pages.contradiction_pages), Kind("checks", doubt_pages.audit_pages)]
    write_pages(kinds, Edition(publication / "cityledger.duckdb", publication.name, (), ()), tmp_path, None)
    for part in ("contradictions", "audits"):
        months = page_at(tmp_path, f"{part}.html").xpath("//table[@class='calendar']//a/@href")
        assert months
        listed = [
            li for month in months for li in page_at(tmp_path, month).xpath("//ol[@class='doubts']/li/@id")
        ]
        whole = page_at(publication / "site", f"{part}.html").xpath("//ol[@class='doubts']/li/@id")
        assert sorted(listed) == sorted(whole)


def test_search_finds_persons_and_nobody_who_is_masked_or_removed(tmp_path: Path) -> None:
    write_small(tmp_path / "warehouse.duckdb")
    ledger = Ledger(tmp_path / "warehouse.duckdb")
    day = date(2024, 5, 2)
    article = ledger.article("thu", day, "Tiếp xúc cử tri quận Lê Chân")
    meeting = ledger.meeting(article, name="Hội nghị tiếp xúc cử tri", day=day)
    for number, person in enumerate(("Phạm Văn Đà", "một cử tri (B.T.S.)", "một đại biểu (L.A.)", REMOVED)):
        ledger.put(
            "meeting_participants", meeting_participant_id=f"mp-{number}", meeting_id=meeting, roles=[],
            person_name=person, article_count=1,
        )  # fmt: skip
    ledger.close()
    (documents,) = (site_of(tmp_path) / "data" / "search").glob("d-*.js")
    _, _, found = documents.read_text(encoding="utf-8").split(",", 2)
    assert [name for kind, name, *_ in json.loads(found[:-3]) if kind == list(FOUND).index("person")] == [
        "Phạm Văn Đà"
    ]


def test_a_process_that_is_killed_while_it_draws_is_told_in_one_line(
    tmp_path: Path, small_publication: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_WORTH_PROCESSES", 0)
    database = small_publication.path / "cityledger.duckdb"
    edition = Edition(database, small_publication.version, (), ())
    with pytest.raises(PublicationError, match="was killed"):
        write_pages([Kind("killed", killed_pages)], edition, tmp_path, None)


def killed_pages(reading: Reading, share: Share) -> Iterator[Page]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()
