"""Districts: what an article is about, whose unit a bare kind word is, and which area a clause speaks of."""

from __future__ import annotations

import pytest

from scraper.facts.districts import AreaReading, read_areas
from scraper.items import Article


def _read(
    body: str,
    headline: str = "Tin hoạt động",
    day: str = "2023-04-11",
    home: str | None = "31",
    url: str = "https://x.test/",
) -> AreaReading:
    return read_areas(
        Article(url=url, canonical_url=url, headline=headline, body_text=body, date_published=day), home
    )


@pytest.mark.parametrize(
    ("body", "districts"),
    [
        ("UBND quận Lê Chân họp. Toàn quận thu 10 tỷ đồng.", ("305",)),
        ("Lễ hội ở Đồ Sơn mở màn bên dòng sông.", ("308",)),
        ("Các quận Hồng Bàng, Ngô Quyền và huyện An Lão giải ngân tốt.", ("303", "304", "313")),
        ("Đảng bộ quận Đồ Sơn tổ chức đại hội; huyện Vĩnh Bảo sẽ tổ chức sau.", ("308", "316")),
        ("UBND huyện Cai Lậy phối hợp tỉnh Tiền Giang; sầu riêng ở Cái Bè bị ảnh hưởng.", ("820", "819")),
    ],
)
def test_districts_of_an_article(body: str, districts: tuple[str, ...]) -> None:
    assert _read(body).districts == districts


@pytest.mark.parametrize(
    "body",
    [
        "Lễ hội Nữ tướng Lê Chân diễn ra sôi nổi trên phố Ngô Quyền.",
        "Lễ hội chọi trâu Đồ Sơn mở màn bên dòng sông.",
        "Học sinh Trường Tiểu học Lê Hồng Phong (quận Ngô Quyền) gửi thư.",
        "Chú trung sĩ quê Tiên Lãng đòi dạy hát.",
        "Dự có ông Nguyễn Văn A, nguyên Bí thư Quận ủy Lê Chân.",
        "Tuyến đường nối từ quận Hồng Bàng sang không vướng.",
        "Hội nghị được tổ chức tại thành phố Hạ Long.",
        "Ngô Quyền đóng cọc trên sông Bạch Đằng.",
        "Chi cục Hải quan Kiến An thu 4.120 tỷ đồng.",
    ],
)
def test_districts_that_an_article_is_not_about(body: str) -> None:
    assert _read(body).districts == ()


def test_after_the_reform_there_are_no_districts() -> None:
    reading = _read("HĐND phường Lê Chân họp, nơi từng là quận Lê Chân cũ.", day="2025-08-01")
    assert reading.districts == ()
    assert reading.ref_area == "11383"
    assert reading.name_of("11383") == "phường Lê Chân"


def test_one_name_is_a_district_before_and_a_ward_after() -> None:
    assert _read("UBND quận Lê Chân họp.").ref_area == "305"
    assert _read("UBND phường Lê Chân họp.", day="2026-01-20").ref_area == "11383"


def test_a_bare_kind_word_is_the_article_s_own_unit() -> None:
    reading = _read(
        "Quận ủy Lê Chân họp. Toàn quận đạt 36%, thành phố giao 30%.", "Quận Lê Chân thu ngân sách khá"
    )
    assert (reading.own["quận"], reading.own["thành phố"], reading.own["province"]) == ("305", "31", "31")


def test_a_namesake_is_told_by_the_province() -> None:
    body = "UBND huyện An Lão họp đánh giá 6 tháng."
    assert _read(body, home="31").districts == ("313",)
    assert _read(body, home="52").districts == ("542",)
    assert _read(body, home=None).districts == ("huyện An Lão",)


@pytest.mark.parametrize(
    ("url", "day", "home"),
    [
        ("https://baonghean.vn/x", "2021-01-01", "40"),
        ("https://kimthanh.haiduong.gov.vn/x", "2021-06-08", "293"),
        ("https://baotayninh.vn/x", "2024-05-28", "72"),
        ("https://baotayninh.vn/x", "2025-09-01", "80"),
        ("https://example.org/x", "2024-05-28", "Việt Nam"),
    ],
)
def test_an_address_tells_the_home(url: str, day: str, home: str) -> None:
    assert _read("Hội nghị diễn ra.", day=day, home=None, url=url).ref_area == home


def test_the_area_of_a_clause() -> None:
    body = (
        "UBND quận Lê Chân họp. Tổng thu đạt 27,1% kế hoạch thành phố giao. Riêng "
        "phường Dư Hàng Kênh thu 4 tỷ đồng; "
        "toàn thành phố đạt 30%."
    )
    reading = _read(body, "Quận Lê Chân thu ngân sách khá")
    own = body.index("Tổng thu")
    assert reading.area_at(own, body.index("giao.")) == "305"
    ward = body.index("Riêng")
    assert reading.name_of(reading.area_at(ward, body.index(";"))) == "phường Dư Hàng Kênh"
    assert reading.area_at(body.index("toàn thành phố"), len(body)) == "31"


def test_mentions_keep_their_place_in_the_text() -> None:
    body = "Ngày 8/4, huyện An Lão và quận Kiến An."
    reading = _read(body)
    assert [body[m.start : m.end] for m in reading.mentions if m.field == "body_text"] == [
        "huyện An Lão",
        "quận Kiến An",
    ]


@pytest.mark.parametrize("body", ["", "\n\n", "…", "quận", "Huyện ủy", "🙂 " * 50])
def test_poor_text_is_no_error(body: str) -> None:
    assert _read(body).districts == ()
