"""Districts over time: what a code means on a day, across the reforms of 2025."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("ref_area", "time_period", "area_name", "area_match", "territory_changed"),
    [
        ("311", "2024-Q1", "huyện Thủy Nguyên", "valid", False),
        ("311", "2025-Q1", "thành phố Thủy Nguyên", "valid", True),
        ("311", "2025-Q3", "thành phố Thủy Nguyên", "outside_validity", True),
        ("305", "2024-Q1", "quận Lê Chân", "valid", False),
        ("305", "2025-Q1", "quận Lê Chân", "valid", False),
        ("306", "2025-Q1", "quận Hải An", "valid", True),
        ("317", "2025-Q1", "huyện Cát Hải", "valid", False),
        ("11914", "2025-Q3", "đặc khu Cát Hải", "valid", False),
        ("31", "2025-Q3", "thành phố Hải Phòng", "valid", True),
        ("huyện Văn Lãng", "2025-Q3", "huyện Văn Lãng", "printed_name", False),
    ],
)
def test_a_code_means_the_unit_that_was_valid_on_the_day(
    built: Any, ref_area: str, time_period: str, area_name: str, area_match: str, territory_changed: bool
) -> None:
    assert built.query(
        "select area_name, area_match, territory_changed from marts.indicator_series"
        " where indicator = 'traffic_accidents' and ref_area = ? and time_period = ?",
        ref_area,
        time_period,
    ) == [(area_name, area_match, territory_changed)]


def test_a_territory_that_went_over_whole_continues_under_its_new_code(built: Any) -> None:
    assert (
        len(
            built.query(
                "select distinct territory_id, continued_series_id from marts.indicator_series"
                " where indicator = 'traffic_accidents' and ref_area in ('317', '11914')"
            )
        )
        == 1
    )


def test_a_code_has_one_row_for_each_of_its_validities(built: Any) -> None:
    assert built.query(
        "select kind, valid_from, valid_to, province_code from marts.districts where code = '312'"
        " order by valid_from"
    ) == [
        ("huyện", date(2003, 5, 10), date(2025, 1, 1), "31"),
        ("quận", date(2025, 1, 1), date(2025, 7, 1), "31"),
    ]


def test_no_district_is_valid_after_the_district_level_ended(built: Any) -> None:
    assert built.query("select count(*) from marts.districts where level = 'district' and is_current") == [
        (0,)
    ]
    assert built.query(
        "select count(*) from marts.districts where level = 'commune' and is_current and province_code = '31'"
    ) == [(114,)]


def test_every_succession_names_both_units(built: Any) -> None:
    assert (
        built.query(
            "select from_code, to_code, date from marts.district_successions"
            " where from_unit_id is null or to_unit_id is null"
        )
        == []
    )


def test_an_article_is_about_districts_as_they_were_when_it_was_published(built: Any) -> None:
    assert built.query(
        "select article_id, ref_area, area_name, printed_name, is_about from marts.article_districts"
        " where article_id like 'spring-%' order by article_id, ref_area"
    ) == [
        ("spring-2024", "305", "quận Lê Chân", None, True),
        ("spring-2024", "311", "huyện Thủy Nguyên", "Thủy Nguyên", True),
        ("spring-2025", "305", "quận Lê Chân", None, True),
        ("spring-2025", "311", "thành phố Thủy Nguyên", "Thủy Nguyên", True),
    ]
