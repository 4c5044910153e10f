"""What the articles of the tests say: one warehouse of many small scenarios."""

from __future__ import annotations

from decimal import Decimal

from tests.marts.decisions import write_what_is_decided
from tests.marts.raw_ledger import Ledger
from tests.marts.story_copies import write_copies


def write_story(ledger: Ledger) -> None:
    """Write every scenario that the tests ask about; each has an indicator or a body of its own."""
    ledger.portal("city", "31")
    ledger.portal("lechan", "305")
    ledger.portal("old", "304", retired_on="2025-07-01")
    _write_figures(ledger)
    _write_arithmetic(ledger)
    _write_copies_and_retractions(ledger)
    write_copies(ledger)
    _write_areas(ledger)
    _write_readers(ledger)
    _write_meetings(ledger)
    write_what_is_decided(ledger)


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

    # A rounded figure, a lower bound and an exact one that agree; and one under another name that does not.
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


def _write_arithmetic(ledger: Ledger) -> None:
    # 1.240 is 107,8 % of the plan, as the text says, and 21,6 % above the year before, which it misprints.
    past = ledger.article("past", "2018-01-10", seen="2018-01-10")
    ledger.says(past, "1020", "2017", unit_mult=9, indicator="imports")
    sums = ledger.article("sums", "2019-01-10", seen="2019-01-10")
    ledger.says(sums, "1240", "2018", unit_mult=9, indicator="imports")
    ledger.says(sums, "1150", "2018", unit_mult=9, indicator="imports", obs_status="T")
    percent = {"indicator": "imports", "unit_measure": "percent"}
    ledger.says(sums, "107.8", "2018", measure="plan_ratio", base="annual_plan", **percent)
    ledger.says(sums, "12.6", "2018", measure="change_rate", base="same_period", **percent)


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
    ledger.says(
        after, "41", "2023-S1", indicator="other", indicator_name="cuộc giám sát", unit_measure="cuộc"
    )
    ledger.says(before, "42", "2022", indicator="other", indicator_name="cuộc giám sát", unit_measure="cuộc")
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
