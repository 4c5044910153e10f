"""Districts over time: what a code means on a day, across the reforms of 2025."""

from __future__ import annotations

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


HAI_PHONG = """
    303 quận Hồng Bàng       | 1961-07-05 | 2025-01-01 | -              | 1232/NQ-UBTVQH15
    303 quận Hồng Bàng       | 2025-01-01 | 2025-07-01 | 1232/NQ-UBTVQH15 | 72/2025/QH15; 203/2025/QH15
    304 quận Ngô Quyền       | -          | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    305 quận Lê Chân         | 1981-01-03 | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    306 quận Hải An          | 2003-05-10 | 2025-07-01 | 106/2002/NĐ-CP | 72/2025/QH15; 203/2025/QH15
    307 quận Kiến An         | -          | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    308 thị xã Đồ Sơn        | -          | 2007-09-27 | -              | 145/2007/NĐ-CP
    308 quận Đồ Sơn          | 2007-09-27 | 2025-07-01 | 145/2007/NĐ-CP | 72/2025/QH15; 203/2025/QH15
    309 quận Dương Kinh      | 2007-09-27 | 2025-07-01 | 145/2007/NĐ-CP | 72/2025/QH15; 203/2025/QH15
    311 huyện Thủy Nguyên    | -          | 2025-01-01 | -              | 1232/NQ-UBTVQH15
    311 thành phố Thủy Nguyên| 2025-01-01 | 2025-07-01 | 1232/NQ-UBTVQH15 | 72/2025/QH15; 203/2025/QH15
    312 huyện An Dương       | 2003-05-10 | 2025-01-01 | 106/2002/NĐ-CP | 1232/NQ-UBTVQH15
    312 quận An Dương        | 2025-01-01 | 2025-07-01 | 1232/NQ-UBTVQH15 | 72/2025/QH15; 203/2025/QH15
    313 huyện An Lão         | -          | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    314 huyện Kiến Thụy      | -          | 2007-09-27 | -              | 145/2007/NĐ-CP
    314 huyện Kiến Thụy      | 2007-09-27 | 2025-07-01 | 145/2007/NĐ-CP | 72/2025/QH15; 203/2025/QH15
    315 huyện Tiên Lãng      | -          | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    316 huyện Vĩnh Bảo       | -          | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    317 huyện Cát Hải        | -          | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
    318 huyện Bạch Long Vĩ   | 1992-12-09 | 2025-07-01 | -              | 72/2025/QH15; 203/2025/QH15
"""
"""Every state of every district of Hải Phòng: code, name, first day, end, what began it, what ended it."""

HEIRS = {
    "303": "11311 11602 11581 11593",
    "304": "11329 11359 11311 11383",
    "305": "11383 11407",
    "306": "11413 11411",
    "307": "11443 11446",
    "308": "11455 11737",
    "309": "11692 11689 11455",
    "311": "11560 11557 11533 11542 11473 11488 11506 11503",
    "312": "11581 11617 11593 11602",
    "313": "11629 11674 11668 11647 11635 11446",
    "314": "11680 11725 11749 11728 11713",
    "315": "11755 11761 11779 11791 11806 11809",
    "316": "11824 11911 11887 11875 11848 11836 11842",
    "317": "11914",
    "318": "11948",
}
"""The communes that took up each district on 2025-07-01."""


def test_every_state_of_hai_phongs_districts_is_known(built: Any) -> None:
    written = {tuple(part.strip() for part in line.split("|")) for line in HAI_PHONG.strip().splitlines()}
    found = built.query(
        "select code || ' ' || full_name, coalesce(valid_from::varchar, '-'), valid_to::varchar,"
        " coalesce(began_by, '-'), ended_by from marts.districts"
        " where level = 'district' and province_code = '31'"
    )
    assert set(found) == written
    assert len(found) == len(written)


def test_hai_phong_was_changed_and_merged_by_the_decrees(built: Any) -> None:
    changes = built.query(
        "select date::varchar, legal_ref, from_code, to_code, extent, is_same_territory"
        " from marts.district_successions where date < date '2025-07-01'"
        " and from_code between '303' and '318' and length(from_code) = 3"
    )
    in_2007, in_2025 = ("2007-09-27", "145/2007/NĐ-CP"), ("2025-01-01", "1232/NQ-UBTVQH15")
    assert set(changes) == {
        (*in_2007, "308", "308", "whole", True),
        (*in_2007, "314", "314", "part", False),
        (*in_2007, "314", "309", "part", False),
        (*in_2025, "303", "303", "whole", False),
        (*in_2025, "306", "306", "part", False),
        (*in_2025, "306", "311", "part", False),
        (*in_2025, "311", "311", "whole", False),
        (*in_2025, "312", "312", "part", False),
        (*in_2025, "312", "303", "part", False),
    }
    assert set(
        built.query(
            "select from_name, to_name, legal_ref, extent from marts.district_successions"
            " where to_code = '31' and date = date '2025-07-01'"
        )
    ) == {
        ("thành phố Hải Phòng", "thành phố Hải Phòng", "202/2025/QH15", "whole"),
        ("tỉnh Hải Dương", "thành phố Hải Phòng", "202/2025/QH15", "whole"),
    }


def test_the_communes_of_hai_phong_take_up_its_districts(built: Any) -> None:
    found = built.query(
        "select from_code, string_agg(to_code, ' ' order by to_code), bool_or(is_same_territory),"
        " any_value(legal_ref) from marts.district_successions"
        " where date = date '2025-07-01' and from_code between '303' and '318' and length(from_code) = 3"
        " group by from_code"
    )
    assert {code: heirs for code, heirs, _, _ in found} == {
        code: " ".join(sorted(heirs.split())) for code, heirs in HEIRS.items()
    }
    # An island alone went over whole; of the others parts were mixed, and no line of figures goes on.
    assert {code for code, _, is_same, _ in found if is_same} == {"317", "318"}
    assert {legal for _, _, _, legal in found} == {"1669/NQ-UBTVQH15"}


def test_the_merged_city_is_made_of_both(built: Any) -> None:
    """67 xã, 45 phường and 2 đặc khu; of the old city 24, 24 and 2, of Hải Dương 43 and 21."""
    found = built.query(
        "with heirs as (select distinct u.code, u.kind,"
        "   coalesce(s.from_code, '') between '303' and '318' as of_the_city from marts.districts u"
        "   left join marts.district_successions s on s.to_code = u.code and s.date = u.valid_from"
        "   where u.level = 'commune' and u.province_code = '31' and u.began_by = '1669/NQ-UBTVQH15')"
        " select of_the_city, kind, count(*) from heirs group by all"
    )
    assert set(found) == {
        (True, "xã", 24), (True, "phường", 24), (True, "đặc khu", 2), (False, "xã", 43), (False, "phường", 21)
    }  # fmt: skip


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
