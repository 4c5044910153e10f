"""Areas: which units a text names, how, and what only looks like one; the gazetteer's own truth."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from scraper.vietnamese.areas import find_mentions, gazetteer

HAI_PHONG = frozenset({"31"})
DATA = Path(__file__).parents[2] / "scraper" / "vietnamese" / "data"


def _codes(text: str) -> list[str]:
    return [
        m.units[0].code if m.units else m.name for m in find_mentions(text, HAI_PHONG) if m.how != "deixis"
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Quận ủy Lê Chân triệu tập", ["305"]),
        ("UBND quận Hải An họp", ["306"]),
        ("các quận Hồng Bàng, Ngô Quyền, Kiến An và huyện An Lão", ["303", "304", "307", "313"]),
        ("quận Hồng Bàng, Lê Chân và huyện Thuỷ Nguyên", ["303", "305", "311"]),
        ("huyện đảo Bạch Long Vĩ và huyện đảo Cát Hải", ["318", "317"]),
        ("Huyện Bạch Long Vỹ", ["318"]),
        ("QUẬN ĐỒ SƠN", ["308"]),
        ("Q. Lê Chân, H. Kiến Thuỵ", ["305", "314"]),
        ("TP.Biên Hòa, TP HCM", ["731", "79"]),
        ("Chủ tịch UBND quận Ngô Quyền Nguyễn Thị Ngà", ["304"]),
        ("Bí thư Huyện ủy Krông Bông Lê Văn Long Hồ", ["653"]),
        ("Riêng Đồ Sơn đón 500 nghìn lượt", ["308"]),
        ("từ điểm cầu Kiến An", ["307"]),
        ("tại Phan Rang - Tháp Chàm", []),
        ("thành phố Phan Rang-Tháp Chàm", ["582"]),
        ("huyện Cư M’gar", ["648"]),
        ("đặc khu Cát Hải", ["11914"]),
    ],
)
def test_units_are_named(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "Lễ hội truyền thống Nữ tướng Lê Chân năm 2023",
        "Hội thi “Lê Chân trong trái tim tôi”",
        "tượng đài Lê Chân, đền Lê Chân",
        "đường Ngô Quyền và phố Hồng Bàng",
        "cầu An Dương, chợ An Dương",
        "vua An Dương Vương",
        "Trường THPT Ngô Quyền, THPT Lê Chân",
        "khu du lịch Đồ Sơn, KCN An Dương",
        "thuốc lào Vĩnh Bảo, nước mắm Cát Hải",
        "trung sĩ quê Tiên Lãng",
        "bà Lê Chân Phương, ông Nguyễn Văn Hải An",
        "Giải bóng đá Cúp Lê Chân",
        "toàn thành phố 9 tháng, quận 6 tháng đầu năm",
        "cảng Nam Đồ Sơn",
        "thành phố Hoa phượng đỏ",
    ],
)
def test_what_only_looks_like_a_unit(text: str) -> None:
    assert _codes(text) == []


def test_a_kind_word_alone_stands_for_the_document_s_own_unit() -> None:
    found = [
        (m.kind, m.how)
        for m in find_mentions("Chủ tịch UBND quận Lê Trung Kiên; toàn thành phố; Thành ủy giao")
    ]
    assert found == [("quận", "deixis"), ("thành phố", "deixis"), ("thành phố", "deixis")]


def test_a_unit_that_the_gazetteer_lacks_keeps_its_name() -> None:
    (mention,) = find_mentions("xã Núi Sập Lớn đạt chuẩn")
    assert (mention.name, mention.units) == ("Núi Sập Lớn", ())


def test_a_bare_district_needs_its_province() -> None:
    assert [m.name for m in find_mentions("Đồ Sơn đón khách", frozenset({"79"}))] == []
    assert find_mentions("Đồ Sơn đón khách") == []


@pytest.mark.parametrize(
    ("code", "day", "printed"),
    [
        ("311", "2024-12-31", "huyện Thủy Nguyên"),
        ("311", "2025-01-01", "thành phố Thủy Nguyên"),
        ("312", "2025-01-01", "quận An Dương"),
        ("308", "2007-09-26", "thị xã Đồ Sơn"),
        ("308", "2007-09-27", "quận Đồ Sơn"),
        ("31", "2026-01-01", "thành phố Hải Phòng"),
        ("24", "2024-01-01", "tỉnh Bắc Giang"),
        ("24", "2025-07-01", "tỉnh Bắc Ninh"),
        ("46", "2024-12-31", "tỉnh Thừa Thiên Huế"),
        ("46", "2025-01-01", "thành phố Huế"),
    ],
)
def test_a_code_bears_the_name_of_its_day(code: str, day: str, printed: str) -> None:
    unit = gazetteer().unit(code, day)
    assert unit is not None
    assert unit.printed == printed


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        ("2019-12-31", 63, 713, 0),
        ("2024-01-01", 63, 705, 0),
        ("2025-03-15", 63, 696, 0),
        ("2025-07-01", 34, 0, 3321),
    ],
)
def test_the_country_is_whole_on_a_day(day: str, provinces: int, districts: int, communes: int) -> None:
    alive = [
        r["level"] for r in _table("areas.csv") if (r["valid_from"] or "0") <= day < (r["valid_to"] or "9")
    ]
    counts = (alive.count("province"), alive.count("district"), alive.count("commune"))
    assert counts == (provinces, districts, communes)


def test_units_do_not_overlap_in_time() -> None:
    rows = sorted(_table("areas.csv"), key=lambda r: (r["code"], r["valid_from"]))
    assert len({r["unit_id"] for r in rows}) == len(rows)
    for one, other in itertools.pairwise(rows):
        if one["code"] == other["code"]:
            assert one["valid_to"] <= other["valid_from"]


def test_every_ended_district_has_a_successor_that_exists() -> None:
    areas = _table("areas.csv")
    codes = {r["code"] for r in areas}
    successions = _table("area_successions.csv")
    assert {s["to_code"] for s in successions} | {s["from_code"] for s in successions} <= codes
    heirs = {s["from_code"] for s in successions}
    assert {r["code"] for r in areas if r["level"] == "district"} <= heirs
    assert {s["extent"] for s in successions} == {"whole", "part"}


@pytest.mark.parametrize(
    ("district", "heirs"),
    [
        ("305", {"11383", "11407"}),
        ("303", {"11311", "11602", "11581", "11593"}),
        ("316", {"11824", "11911", "11887", "11875", "11848", "11836", "11842"}),
        ("317", {"11914"}),
    ],
)
def test_heirs_of_hai_phong_s_districts(district: str, heirs: set[str]) -> None:
    rows = [
        r for r in _table("area_successions.csv") if r["from_code"] == district and r["date"] == "2025-07-01"
    ]
    assert {r["to_code"] for r in rows} == heirs
    assert {r["extent"] for r in rows} == ({"whole"} if len(heirs) == 1 else {"part"})


@pytest.mark.parametrize("text", ["quận " * 5000, "các quận Hồng Bàng, " * 2000, "Hải " * 5000])
def test_hostile_text_ends(text: str) -> None:
    assert len(find_mentions(text, HAI_PHONG)) <= 5000
