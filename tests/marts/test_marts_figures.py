"""Indicators over time: which report gives the value, what is revised, contradicted, the same period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest


def series(built: Any, columns: str, **key: str) -> list[tuple[Any, ...]]:
    conditions = " and ".join(f"{column} = ?" for column in key)
    return list(
        built.query(
            f"select {columns} from marts.indicator_series where {conditions} order by time_period, point_id",
            *key.values(),
        )
    )


def test_every_data_test_and_unit_test_of_the_project_passes(built: Any) -> None:
    assert built.report.by_type["test"] > 50
    assert built.report.by_type["unit_test"] > 10
    assert built.report.skipped == 0
    assert built.report.warned == 1


def test_a_number_that_fits_nowhere_is_kept_without_a_value_and_warned_of(built: Any) -> None:
    assert built.query(
        "select value, obs_value, unit_mult from marts.indicator_reports where indicator = 'grdp'"
    ) == [(None, Decimal("9999999999999999999999.000000"), 12)]
    assert "assert_no_value_is_too_large_to_convert" in built.report.warnings[0]
    assert series(built, "value", indicator="grdp") == []


def test_an_edited_article_supersedes_its_figure_without_erasing_it(built: Any) -> None:
    assert series(
        built,
        "value, previous_value, report_count, is_revised, is_contradicted",
        indicator="budget_revenue",
        time_period="2023-Q1",
    ) == [(Decimal("110500000000.000000"), Decimal("100000000000.000000"), 1, True, False)]
    assert built.query(
        "select value, is_current, superseded_at is not null from marts.indicator_reports"
        " where article_id = 'edited' order by first_seen"
    ) == [
        (Decimal("100000000000.000000"), False, True),
        (Decimal("110500000000.000000"), True, False),
    ]


def test_an_old_page_that_is_crawled_late_does_not_win(built: Any) -> None:
    assert series(
        built,
        "value, previous_value, article_id, report_count, is_revised, is_contradicted,"
        " cast(timezone('Asia/Ho_Chi_Minh', first_reported_at) as varchar)",
        indicator="budget_revenue",
        time_period="2024-04",
    ) == [
        (
            Decimal("1240000000000.000000"),
            Decimal("1200000000000.000000"),
            "newer",
            2,
            True,
            True,
            "2024-05-02 00:00:00",
        )
    ]


def test_two_standing_reports_that_differ_are_shown_side_by_side(built: Any) -> None:
    assert built.query(
        "select earlier_article_id, later_article_id, earlier_value, later_value, difference, is_same_article"
        " from marts.indicator_contradictions where time_period = '2024-04'"
    ) == [
        (
            "older",
            "newer",
            Decimal("1200000000000.000000"),
            Decimal("1240000000000.000000"),
            Decimal("40000000000.000000"),
            False,
        )
    ]


def test_rounded_figures_and_bounds_that_agree_and_other_names_contradict_nothing(built: Any) -> None:
    assert built.query("select count(*) from marts.indicator_contradictions where indicator = 'exports'") == [
        (0,)
    ]
    assert series(built, "is_revised, is_contradicted, report_count", indicator="exports") == [
        (False, False, 3)
    ]


def test_a_copy_counts_as_no_second_report(built: Any) -> None:
    assert series(built, "article_id, report_count", indicator="budget_revenue", time_period="2019") == [
        ("original", 1)
    ]
    assert built.query(
        "select article_id, copy_of, is_copy from marts.articles where article_id in ('original', 'copied')"
        " order by article_id desc"
    ) == [("original", None, False), ("copied", "original", True)]


def test_a_withdrawn_article_gives_way_to_one_that_stands(built: Any) -> None:
    assert series(built, "value, article_id, report_count, is_retracted", indicator="tax_arrears") == [
        (Decimal("30.000000"), "kept", 1, False)
    ]


def test_pages_that_went_with_their_portal_are_not_retracted(built: Any) -> None:
    assert series(built, "value, is_retracted", indicator="customs_revenue") == [
        (Decimal("44.000000"), False)
    ]


def test_evidence_leads_from_a_point_a_report_and_a_meeting_to_their_sentences(built: Any) -> None:
    ((point_id, reports),) = built.query(
        "select point_id, list(report_id order by report_id) from marts.indicator_reports"
        " group by point_id order by count(*) desc, point_id limit 1"
    )
    found = built.query("select fact_id from marts.evidence(?) order by fact_id", point_id)
    assert len(reports) > 1
    assert [fact_id for (fact_id,) in found] == reports
    kinds = {
        "figure": ("indicator_reports", "report_id"),
        "meeting": ("meeting_articles", "mention_id"),
    }
    for kind, (table, key) in kinds.items():
        ((fact_id, *place),) = built.query(
            f"select {key}, quote, quote_start, quote_end, field, article_url, revision_id, first_seen,"
            f" portal || '/archive/' || warc_file, warc_offset from marts.{table} order by {key} limit 1"
        )
        assert built.query(
            "select fact, quote, quote_start, quote_end, field, article_url, revision_id, captured_at,"
            " archive_file, archive_offset from marts.evidence(?)",
            fact_id,
        ) == [(kind, *place)]


def test_cumulative_as_of_and_single_periods_are_lines_of_their_own(built: Any) -> None:
    rows = series(
        built,
        "time_period, period_kind, is_year_to_date, cast(period_start as varchar), series_id",
        indicator="jobs_created",
    )
    assert [row[:4] for row in rows] == [
        ("2021-01-01/P9M", "year_to_date", True, "2021-01-01"),
        ("2021-09", "month", False, "2021-09-01"),
        ("2021-09-30", "day", False, "2021-09-30"),
        ("2021-Q1", "quarter", True, "2021-01-01"),
        ("soon", "unknown", False, None),
    ]
    assert len({row[4] for row in rows}) == 5


@pytest.mark.parametrize(
    ("indicator", "measure", "value", "unit"),
    [
        ("food_output", "level", "1550.000000", "tonne"),
        ("fdi_attracted", "level", "98640000000.000000", "VND"),
        ("poverty_rate", "share", "0.100000", "percent"),
        ("poverty_rate", "change_abs", "-1.150000", "percentage_point"),
    ],
)
def test_values_are_exact_decimals_in_base_units(
    built: Any, indicator: str, measure: str, value: str, unit: str
) -> None:
    rows = series(built, "value, base_unit", indicator=indicator, measure=measure)
    assert rows == [(Decimal(value), unit)]


def test_a_range_keeps_its_upper_end(built: Any) -> None:
    assert series(built, "value, value_upper, bound", indicator="near_poor_rate") == [
        (Decimal("1.500000"), Decimal("2.000000"), "range")
    ]


def test_a_target_is_compared_with_what_came(built: Any) -> None:
    assert built.query(
        "select target_value, actual_value, difference, actual_status from marts.indicator_targets_vs_actuals"
        " where indicator = 'party_members_admitted'"
    ) == [(Decimal("500.000000"), Decimal("512.000000"), Decimal("12.000000"), "A")]


def test_only_facts_of_the_newest_reading_are_kept(built: Any) -> None:
    assert built.query(
        "select value, article_reader, fact_reader from marts.indicator_reports where indicator = 'fires'"
    ) == [(Decimal("3.000000"), 2, 3)]
    assert built.query("select revision_count from marts.articles where article_id = 'reread'") == [(1,)]


def test_every_figure_leads_back_to_the_archived_bytes(built: Any) -> None:
    assert (
        built.query(
            "select count(*), count(quote), count(article_url), count(warc_file), count(warc_offset)"
            " from marts.indicator_reports"
            " group by all having count(*) != count(warc_offset) or count(*) != count(quote)"
        )
        == []
    )


def test_the_arithmetic_of_a_text_is_checked_within_its_printed_precision(built: Any) -> None:
    assert built.query(
        "select audit, stated_value, round(expected_value, 1), is_consistent from marts.indicator_audits"
        " where indicator = 'imports' order by audit desc"
    ) == [
        ("plan_ratio", Decimal("107.800000"), Decimal("107.8"), True),
        ("growth", Decimal("12.600000"), Decimal("21.6"), False),
    ]


def test_what_was_known_on_a_day_is_asked_by_one_function(built: Any) -> None:
    # One article said 30; a later one 33, which was taken down.
    for day, known in (
        ("2020-03-05", []),
        ("2020-03-07", [Decimal(30)]),
        ("2020-03-10", [Decimal(33)]),
        ("2020-03-25", [Decimal(30)]),
    ):
        assert [
            value
            for (value,) in built.query(
                "select value from marts.series_as_of(cast(? as date)) where indicator = 'tax_arrears'", day
            )
        ] == known
    assert built.query("select count(*) from marts.articles_as_of(date '2017-01-01')") < built.query(
        "select count(*) from marts.articles_as_of(date '2030-01-01')"
    )


def test_what_was_known_at_a_moment_of_a_day_is_asked_by_the_same_function(built: Any) -> None:
    turns = built.query(
        "select point_id, known_from, value from marts.indicator_series_history where value is not null"
        " qualify count(*) over (partition by point_id) > 1 order by point_id, known_from limit 2"
    )
    assert len(turns) == 2
    for point_id, known_from, value in turns:
        assert built.query(
            "select value from marts.series_as_of(cast(? as timestamptz)) where point_id = ?",
            known_from,
            point_id,
        ) == [(value,)]
        assert (
            built.query(
                "select value from marts.series_as_of(cast(? as timestamptz) - interval 1 microsecond)"
                " where point_id = ? and known_from = ?",
                known_from,
                point_id,
                known_from,
            )
            == []
        )


def test_a_level_and_its_growth_imply_the_year_before_without_entering_the_series(built: Any) -> None:
    assert built.query(
        "select round(value / 1e9, 1), reported_value / 1e9, is_derived from marts.indicator_backcasts"
        " where indicator = 'imports'"
    ) == [(1101.2, 1020.0, True)]


def test_the_percent_that_is_one_slip_away_is_the_likely_misprint(built: Any) -> None:
    assert built.query(
        "select audit, finding, likely_misprint from marts.indicator_audits where indicator = 'imports'"
        " order by audit"
    ) == [("growth", "differs", "stated"), ("plan_ratio", "agrees", None)]
