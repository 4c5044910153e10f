"""Closing lines and picture captions, told from text by tables of cases."""

from __future__ import annotations

import pytest

from scraper.html import Block, blocks
from scraper.page.boilerplate import cut, is_furniture, is_stop
from scraper.page.bylines import Byline, read_byline, split_byline
from scraper.page.captions import split_captions

BYLINES = [
    ("Hoàng Tùng", Byline(("Hoàng Tùng",))),
    ("TRUNG KIÊN", Byline(("TRUNG KIÊN",))),
    ("LMT", Byline(("LMT",))),
    ("D.M", Byline(("D.M",))),
    ("T. HUY", Byline(("T. HUY",))),
    ("R'Ô Hok", Byline(("R'Ô Hok",))),
    ("Đức Cường, Minh Trí", Byline(("Đức Cường", "Minh Trí"))),
    ("Tin, ảnh: Hoàng Tùng - Lan Anh", Byline(("Hoàng Tùng", "Lan Anh"))),
    ("Ban Biên tập", Byline(("Ban Biên tập",))),
    ("Nguồn. haiphong.gov.vn", Byline(source="haiphong.gov.vn")),
    ("Nguồn tin: ANHP", Byline(source="ANHP")),
    ("(Theo TTXVN)", Byline(source="TTXVN")),
    ("Báo Hải Phòng 12/1/2018", Byline(source="Báo Hải Phòng", date="2018-01-12")),
    ("Nguyễn Thái, Duy Lê - Báo Hải Phòng", Byline(("Nguyễn Thái", "Duy Lê"), "Báo Hải Phòng")),
    ("Kim Oanh (Báo Hải Phòng)", Byline(("Kim Oanh",), "Báo Hải Phòng")),
    ("Cục Thống kê tỉnh Sóc Trăng", Byline(source="Cục Thống kê tỉnh Sóc Trăng")),
    # text
    ("Hội nghị có 11 ý kiến phát biểu", None),
    ("Hội nghị Thành ủy bế mạc", None),
    ("Theo đó, tổng thu đạt 27%", None),
    ("Theo kế hoạch, kỳ họp diễn ra trong 3 ngày.", None),
    ("Ông Nguyễn Văn An", None),
    ("Kết luận", None),
    ("1. Kinh tế", None),
    ("Công an quận bắt giữ 3 đối tượng", None),
    ("Quận ủy Lê Chân họp phiên cuối năm", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "byline"), BYLINES)
def test_read_byline(line: str, byline: Byline | None) -> None:
    assert read_byline(line) == byline


def test_author_and_source_on_lines_of_their_own_leave_the_text() -> None:
    lines = ["Hội nghị bế mạc chiều cùng ngày.", "Hoàng Tùng", "Nguồn tin: ANHP"]
    kept, byline = split_byline([Block("text", line) for line in lines])
    assert [block.text for block in kept] == lines[:1]
    assert byline == Byline(("Hoàng Tùng",), "ANHP")


def test_a_text_of_one_line_keeps_it() -> None:
    kept, byline = split_byline([Block("text", "Hoàng Tùng")])
    assert [block.text for block in kept] == ["Hoàng Tùng"]
    assert byline == Byline()


TEXT = "Hội nghị đánh giá kết quả thực hiện nhiệm vụ quý I/2023, triển khai nhiệm vụ quý II/2023."
IMAGE = '<img src="a.jpg" alt="Anh-tin-bai">'
CAPTIONS = {
    "figcaption": (f"<p>{TEXT}</p><figure>{IMAGE}<figcaption>Ảnh một</figcaption></figure>", ["Ảnh một"]),
    "class of WordPress": (f'<p>{TEXT}</p><div>{IMAGE}<p class="wp-caption-text">A b</p></div>', ["A b"]),
    "slanted": (f"<p>{IMAGE}</p><p><em>Niềm vui ngày hội</em></p><p>{TEXT}</p>", ["Niềm vui ngày hội"]),
    "centred": (f"<p>{IMAGE}</p><p align=center>Niềm vui.</p><p>{TEXT}</p>", ["Niềm vui."]),
    "bare, without a full stop": (
        f"<p>{IMAGE}</p><p>Các tân binh lên đường</p><p>{TEXT}</p>",
        ["Các tân binh lên đường"],
    ),
    "bare, worded as one": (
        f"<p>{IMAGE}</p><p>Đồng chí A phát biểu tại Hội nghị.</p><p>{TEXT}</p>",
        ["Đồng chí A phát biểu tại Hội nghị."],
    ),
    "two pictures, one caption": (f"{IMAGE}{IMAGE}<p><i>Hai góc phố</i></p><p>{TEXT}</p>", ["Hai góc phố"]),
    "the alternative text again": (
        f'<img alt="Lớp học số 3."><p>Lớp học số 3.</p><p>{TEXT}</p>',
        ["Lớp học số 3."],
    ),
    "printed three times": (
        f"{IMAGE}<p><i>Ảnh A</i></p><p><i>Ảnh A</i></p><p>Ảnh A</p><p>{TEXT}</p>",
        ["Ảnh A"],
    ),
    "without its picture": (f"<p>Quang cảnh hội nghị.</p><p>{TEXT}</p>", ["Quang cảnh hội nghị."]),
    "credit below": (
        f"{IMAGE}<p><i>Ngày hội</i></p><p>Ảnh: Lan Anh</p><p>{TEXT}</p>",
        ["Ngày hội", "Ảnh: Lan Anh"],
    ),
    "none: a heading": (f"{IMAGE}<p>1. Kinh tế</p><p>{TEXT}</p>", []),
    "none: a paragraph": (f"{IMAGE}<p>{TEXT}</p>", []),
    "none: a line that opens a list": (f"{IMAGE}<p>Cụ thể như sau:</p><p>{TEXT}</p>", []),
}


@pytest.mark.parametrize(("html", "captions"), CAPTIONS.values(), ids=CAPTIONS.keys())
def test_captions_are_told_from_text(html: str, captions: list[str]) -> None:
    kept, found = split_captions(blocks(html))
    assert list(found) == captions
    assert TEXT in [block.text for block in kept]
    assert not set(found) & {block.text for block in kept}


def test_a_glued_caption_is_parted_from_its_paragraph() -> None:
    kept, captions = split_captions(blocks(f"<p>{IMAGE}Ông Lê Văn An báo cáo tại Hội nghị.{TEXT}</p>"))
    assert captions == ("Ông Lê Văn An báo cáo tại Hội nghị.",)
    assert [block.text for block in kept] == [TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "Tin khác",
        "TIN KHÁC:",
        "Các tin liên quan",
        "Tin cùng chuyên mục",
        "Tiện ích thông tin",
        "QR Code",
        "Bình luận (3)",
    ],
)
def test_stop_lines(line: str) -> None:
    assert is_stop(line)


@pytest.mark.parametrize(
    "line",
    [
        "Print Thứ ba, 11/04/2023 10:55 Gốc",
        "QR CODE: Quận Lê Chân tập trung thực hiện hiệu quả các nhiệm vụ Chủ đề năm 2023 của thành phố",
        "Lượt xem: 1.234",
        "1.203 Lượt xem",
        "Chia sẻ bài viết:",
        "Facebook Twitter Zalo",
        "Tags: Lê Chân, HĐND",
        "File đính kèm:",
        "A- A A+",
        "***",
    ],
)
def test_furniture_lines(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Chia sẻ tại hội nghị, các đại biểu nêu 12 ý kiến.",
        "Đánh giá kết quả thực hiện nhiệm vụ quý I",
        "Tin vui đến với bà con xã đảo",
        "Thông tin tại hội nghị cho biết",
        "Từ khóa của năm là chuyển đổi số",
        "In 500 tờ rơi tuyên truyền",
        "Nguồn tin cho biết thêm, dự án hoàn thành 70%",
    ],
)
def test_text_that_begins_like_furniture_stays(line: str) -> None:
    assert not is_stop(line)
    assert not is_furniture(line)
    assert [block.text for block in cut([Block("text", TEXT), Block("text", line)])] == [TEXT, line]


def test_nothing_follows_a_stop_line_but_a_label_above_stops_nothing() -> None:
    lines = ["Tin mới", TEXT, "Tin khác", "Khai mạc hội chợ, 20/03/2026"]
    assert [block.text for block in cut([Block("text", line) for line in lines])] == [TEXT]


def test_a_layouts_own_stop_line_counts() -> None:
    lines = [TEXT, "Mời bạn đọc theo dõi thêm", "x y z"]
    assert [block.text for block in cut([Block("text", line) for line in lines], ("moi ban doc",))] == [TEXT]
