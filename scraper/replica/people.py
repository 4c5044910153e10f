"""Invented officeholders, the same person in the same post for as long as a term lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from scraper.replica.places import Area
from scraper.replica.prose import chance

_FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Ngô",
    "Dương",
    "Đoàn",
    "Lương",
    "Mai",
    "Đào",
    "Cao",
    "Lưu",
    "Tạ",
    "Khúc",
    "Phùng",
]
_MIDDLE_M = [
    "Văn",
    "Đức",
    "Hữu",
    "Quang",
    "Minh",
    "Thế",
    "Xuân",
    "Trọng",
    "Công",
    "Bá",
    "Đình",
    "Duy",
    "Tuấn",
    "Ngọc",
    "Thành",
    "Khắc",
    "Viết",
    "Gia",
]
_MIDDLE_F = ["Thị", "Thu", "Thanh", "Minh", "Hồng", "Ngọc", "Phương", "Kim", "Thúy", "Bích", "Diệu"]
_GIVEN_M = [
    "Khải",
    "Thuận",
    "Trác",
    "Nghị",
    "Đạo",
    "Vượng",
    "Bằng",
    "Hách",
    "Phác",
    "Toản",
    "Lượng",
    "Khoa",
    "Tường",
    "Đường",
    "Thiệp",
    "Hoạch",
    "Điều",
    "Soạn",
    "Chính",
    "Luyện",
    "Hiển",
    "Quyết",
    "Thắng",
    "Kiên",
    "Dũng",
    "Phong",
    "Vinh",
    "Sáng",
    "Tiến",
    "Hùng",
    "Lâm",
    "Bình",
]
_GIVEN_F = [
    "Huệ",
    "Nhàn",
    "Thư",
    "Nga",
    "Hạnh",
    "Diệp",
    "Yến",
    "Lụa",
    "Vân",
    "Oanh",
    "Quyên",
    "Hòa",
    "Thoa",
    "Ngân",
    "Liên",
    "Hằng",
    "Dung",
    "Mến",
    "Trâm",
    "Chinh",
]
_MIDDLE_2 = ("", "", "", "Anh ", "Hải ", "Trung ", "Bảo ")


@dataclass(frozen=True, slots=True)
class Person:
    """A named person with the posts as printed."""

    name: str
    roles: tuple[str, ...]
    woman: bool = False

    @property
    def posts(self) -> str:
        """The posts with commas."""
        return ", ".join(self.roles)


def invented_name(rng: Random) -> tuple[str, bool]:
    """Return a Vietnamese name that nobody is meant by, and whether it is a woman's."""
    woman = rng.random() < 0.34
    if woman:
        return f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE_F)} {rng.choice(_GIVEN_F)}", True
    return (
        f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE_M)} {rng.choice(_MIDDLE_2)}{rng.choice(_GIVEN_M)}",
        False,
    )


def _posts(area: Area) -> dict[str, tuple[str, ...]]:
    unit, committee = area.kind, area.committee
    if area.code == "31":
        return {
            "secretary": ("Bí thư Thành ủy",),
            "deputy": ("Phó Bí thư Thường trực Thành ủy", "Chủ tịch HĐND thành phố"),
            "mayor": ("Phó Bí thư Thành ủy", "Chủ tịch UBND thành phố"),
            "vice": ("Phó Chủ tịch UBND thành phố",),
            "vice2": ("Ủy viên Ban Thường vụ Thành ủy", "Phó Chủ tịch UBND thành phố"),
            "council_vice": ("Phó Chủ tịch HĐND thành phố",),
            "front": ("Chủ tịch Ủy ban MTTQ Việt Nam thành phố",),
            "organiser": ("Ủy viên Ban Thường vụ Thành ủy", "Trưởng Ban Tổ chức Thành ủy"),
            "statistician": ("Cục trưởng Cục Thống kê thành phố",),
            "finance": ("Giám đốc Sở Tài chính",),
        }
    first = ("Thành ủy viên",) if area.is_district else ()
    return {
        "secretary": (*first, f"Bí thư {committee}" if area.is_district else f"Bí thư {committee} {unit}"),
        "deputy": (f"Phó Bí thư Thường trực {committee}", f"Chủ tịch HĐND {unit}"),
        "mayor": (f"Phó Bí thư {committee}", f"Chủ tịch UBND {unit}"),
        "vice": (f"Phó Chủ tịch UBND {unit}",),
        "vice2": (f"Ủy viên Ban Thường vụ {committee}", f"Phó Chủ tịch UBND {unit}"),
        "council_vice": (f"Phó Chủ tịch HĐND {unit}",),
        "front": (f"Chủ tịch Ủy ban MTTQ Việt Nam {unit}",),
        "organiser": (f"Ủy viên Ban Thường vụ {committee}", f"Trưởng Ban Tổ chức {committee}"),
        "inspector": (f"Ủy viên Ban Thường vụ {committee}", f"Chủ nhiệm Ủy ban Kiểm tra {committee}"),
        "finance": (
            f"Trưởng phòng Tài chính - Kế hoạch {unit}"
            if area.is_district
            else f"Trưởng phòng Kinh tế, Hạ tầng và Đô thị {unit}",
        ),
        "women": (f"Chủ tịch Hội Liên hiệp Phụ nữ {unit}",),
        "youth": (f"Bí thư {'Quận' if unit == 'quận' else 'Huyện' if unit == 'huyện' else 'Thành'} đoàn",)
        if area.is_district
        else (f"Bí thư Đoàn Thanh niên {unit}",),
    }


def _term(seed: int, code: str, post: str, day: date) -> int:
    """Number of changes in the post up to a day: at the congress of 2020 and perhaps once later."""
    rng = chance(seed, "term", code, post)
    middle = date(rng.choice((2022, 2023, 2024)), rng.randint(1, 12), 1)
    changes = [date(2020, 8, 15), middle] if rng.random() < 0.6 else [date(2020, 8, 15)]
    return sum(day >= change for change in changes)


def holder(seed: int, area: Area, post: str, day: date) -> Person:
    """Return who holds a post of the area on a day: secretary, deputy, mayor, vice, front …"""
    term = _term(seed, area.code, post, day)
    name, woman = invented_name(chance(seed, "person", area.code, post, term))
    return Person(name, _posts(area)[post], woman)


def citizen(rng: Random) -> Person:
    """Return a citizen without a post."""
    name, woman = invented_name(rng)
    return Person(name, (), woman)
