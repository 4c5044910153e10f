"""Persons: where a name begins, whose posts are whose, where a post ends, and what is no person."""

from __future__ import annotations

import pytest

from scraper.vietnamese.areas import find_mentions
from scraper.vietnamese.names import find_people
from scraper.vietnamese.posts import split_posts

CASES: list[tuple[str, list[tuple[str, tuple[str, ...]]]]] = [
    (
        "Đồng chí Trần Thu Hương, Ủy viên Thành ủy, Bí thư Quận ủy chủ trì Hội nghị.",
        [("Trần Thu Hương", ("Ủy viên Thành ủy", "Bí thư Quận ủy"))],
    ),
    ("Bí thư Huyện ủy Nguyễn Cao Lân chủ trì Hội nghị.", [("Nguyễn Cao Lân", ("Bí thư Huyện ủy",))]),
    ("Đ/c Lê Văn Minh - UVTV, PCT HĐND quận dự.", [("Lê Văn Minh", ("UVTV", "PCT HĐND quận"))]),
    (
        "Các bà, ông: Trần Thị Kim Oanh, Bí thư Đảng ủy, Chủ tịch HĐND phường; Đoàn "
        "Hữu Cường, Phó Chủ tịch HĐND "
        "phường điều hành kỳ họp.",
        [
            ("Trần Thị Kim Oanh", ("Bí thư Đảng ủy", "Chủ tịch HĐND phường")),
            ("Đoàn Hữu Cường", ("Phó Chủ tịch HĐND phường",)),
        ],
    ),
    (
        "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Võ Thị Ánh Hồng; Hòa thượng Thích Tôn Quang đến dự.",
        [("Võ Thị Ánh Hồng", ("Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy")), ("Thích Tôn Quang", ())],
    ),
    (
        "PCT UBND tỉnh Nguyễn Thiên Văn Hóa, Trưởng ban Dân tộc Nguyễn Kính Ơn, Bí thư Huyện ủy Krông Bông "
        "Lê Văn Long Hồ điều hành.",
        [
            ("Nguyễn Thiên Văn Hóa", ("PCT UBND tỉnh",)),
            ("Nguyễn Kính Ơn", ("Trưởng ban Dân tộc",)),
            ("Lê Văn Long Hồ", ("Bí thư Huyện ủy Krông Bông",)),
        ],
    ),
    (
        "Chủ tịch UBND quận Ngô Quyền Nguyễn Thị Ngà hứa",
        [("Nguyễn Thị Ngà", ("Chủ tịch UBND quận Ngô Quyền",))],
    ),
    ("Chủ tịch UBND quận Lê Trung Kiên Quyết chủ trì", [("Lê Trung Kiên Quyết", ("Chủ tịch UBND quận",))]),
    ("Giám đốc Sở TN&MT, TS. Trần Yên Trung cho rằng", [("Trần Yên Trung", ("Giám đốc Sở TN&MT",))]),
    (
        "Đồng chí Lò Văn Tưởng, Phó Trưởng phòng Phổ biến, giáo dục pháp luật, Sở Tư pháp truyền đạt",
        [("Lò Văn Tưởng", ("Phó Trưởng phòng Phổ biến, giáo dục pháp luật, Sở Tư pháp",))],
    ),
    (
        "Bà Trần Thị Hoàng Mai, Giám đốc Sở Văn hóa và Thể thao; PGS.TS Trần Đức "
        "Cường, Chủ tịch Hội Khoa học "
        "Lịch sử Việt Nam chủ trì",
        [
            ("Trần Thị Hoàng Mai", ("Giám đốc Sở Văn hóa và Thể thao",)),
            ("Trần Đức Cường", ("Chủ tịch Hội Khoa học Lịch sử Việt Nam",)),
        ],
    ),
    (
        "Thượng tá Phạm Viết Dũng - UVBTV Quận ủy, Trưởng Công an quận.",
        [("Phạm Viết Dũng", ("UVBTV Quận ủy", "Trưởng Công an quận"))],
    ),
    ("Trung tướng Y Biêr Niê Siêng phát biểu", [("Y Biêr Niê Siêng", ())]),
    (
        "Ông Park Sung-min, Chủ tịch Hiệp hội doanh nghiệp nêu ý kiến",
        [("Park Sung-min", ("Chủ tịch Hiệp hội doanh nghiệp",))],
    ),
    (
        "các Mẹ Việt Nam anh hùng Bùi Thị Ruộng, Đào Thị Thẻo dự",
        [("Bùi Thị Ruộng", ()), ("Đào Thị Thẻo", ())],
    ),
    ("Trưởng Ban Chỉ đạo 138 Võ Tấn Đức kết luận", [("Võ Tấn Đức", ("Trưởng Ban Chỉ đạo 138",))]),
    (
        "Phó Tổng cục trưởng Tổng cục Thuế Phi Vân Tuấn dự",
        [("Phi Vân Tuấn", ("Phó Tổng cục trưởng Tổng cục Thuế",))],
    ),
]


def _people(text: str) -> list[tuple[str, tuple[str, ...]]]:
    areas = [(m.start, m.end) for m in find_mentions(text, frozenset({"31"})) if m.how != "deixis"]
    return [(p.name, p.posts) for p in find_people(text, None, areas)]


@pytest.mark.parametrize(("text", "people"), CASES)
def test_persons_and_their_posts(text: str, people: list[tuple[str, tuple[str, ...]]]) -> None:
    assert _people(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "tại trụ sở UBND quận (số 2 đường Nguyễn Văn Hới)",
        "các đường Nguyễn Thị Minh Khai, Tuệ Tĩnh, Trần Quang Khải",
        "Phó Hiệu trưởng Trường Tiểu học Nguyễn Thị Minh Khai",
        "Lễ hội truyền thống Nữ tướng Lê Chân được tổ chức thành công",
        "các quận Hồng Bàng, Ngô Quyền và huyện An Lão",
        "Trường THPT Ngô Quyền đạt chuẩn",
        "Phó Chủ tịch UBND huyện yêu cầu",
        "Đoàn ĐBQH thành phố tiếp xúc cử tri",
        "Bí thư Đảng ủy phường An Biên",
        "Ủy ban Mặt trận Tổ quốc Việt Nam quận",
        "Giải bóng đá Cúp Lê Chân",
        "dự án cầu Nguyễn Trãi",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert _people(text) == []


@pytest.mark.parametrize(
    ("printed", "posts"),
    [
        (", Ủy viên Thành ủy, Bí thư Quận ủy ", ["Ủy viên Thành ủy", "Bí thư Quận ủy"]),
        (
            " - Thành ủy viên, Bí thư Quận ủy, Chủ tịch HĐND quận",
            ["Thành ủy viên", "Bí thư Quận ủy", "Chủ tịch HĐND quận"],
        ),
        ("Phó Bí thư Quận ủy, kiêm Giám đốc Trung tâm", ["Phó Bí thư Quận ủy", "Giám đốc Trung tâm"]),
        ("Trưởng phòng Kinh tế, Hạ tầng và Đô thị", ["Trưởng phòng Kinh tế, Hạ tầng và Đô thị"]),
        (" (thôn Nam Yên)", []),
    ],
)
def test_posts_are_split(printed: str, posts: list[str]) -> None:
    assert split_posts(printed) == posts


@pytest.mark.parametrize("text", ["Nguyễn " * 4000, "Bí thư, " * 4000, "đồng chí " * 4000, "A, B; " * 4000])
def test_hostile_text_ends(text: str) -> None:
    assert all(len(p.name) < 200 for p in find_people(text))
