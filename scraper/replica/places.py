"""The areas that stories are told of: districts until 30 June 2025, communes from 1 July 2025, and the city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REFORM = date(2025, 7, 1)
"""The district level ended and communes began (Resolution 1669/NQ-UBTVQH15)."""
UPGRADE = date(2025, 1, 1)
"""Thủy Nguyên became a city and An Dương an urban district (Resolution 1232/NQ-UBTVQH15)."""


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative unit with the kind that it has on the story's day."""

    code: str
    name: str
    kind: str
    """quận, huyện, thành phố, phường, xã, đặc khu."""
    profile: str
    wards: tuple[str, ...] = ()
    party_term: int = 0
    """Number of the committee elected in 2020 (districts)."""
    council_term: int = 0
    """Number of the council elected in 2021."""

    @property
    def full(self) -> str:
        """The kind and name: quận Lê Chân."""
        return f"{self.kind} {self.name}"

    @property
    def is_district(self) -> bool:
        """Whether the unit was of the district level."""
        return len(self.code) == 3

    @property
    def committee(self) -> str:
        """The party committee without its place: Quận ủy, Huyện ủy, Thành ủy, Đảng ủy."""
        return {"quận": "Quận ủy", "huyện": "Huyện ủy", "thành phố": "Thành ủy"}.get(self.kind, "Đảng ủy")

    @property
    def committee_full(self) -> str:
        """The party committee with its place: Quận ủy Lê Chân, Đảng ủy phường Lê Chân."""
        return f"{self.committee} {self.name if self.is_district or self.code == '31' else self.full}"

    @property
    def council(self) -> str:
        """The people's council: HĐND quận Lê Chân."""
        return f"HĐND {self.full}"

    @property
    def government(self) -> str:
        """The people's committee: UBND quận Lê Chân."""
        return f"UBND {self.full}"


CITY = Area("31", "Hải Phòng", "thành phố", "city", (), 16, 16)

_DISTRICTS: tuple[tuple[str, str, str, str, int, int, str], ...] = (
    ("303", "Hồng Bàng", "quận", "urban", 23, 18, "Hoàng Văn Thụ|Minh Khai|Sở Dầu|Thượng Lý|Hùng Vương|Quán Toan"),
    ("304", "Ngô Quyền", "quận", "urban", 21, 8, "Máy Tơ|Vạn Mỹ|Cầu Tre|Lạch Tray|Đằng Giang|Gia Viên|Đông Khê"),
    ("305", "Lê Chân", "quận", "urban", 24, 19, "Cát Dài|Dư Hàng Kênh|Hàng Kênh|Nghĩa Xá|Niệm Nghĩa|Vĩnh Niệm|Kênh Dương"),
    ("306", "Hải An", "quận", "port", 4, 5, "Đằng Lâm|Đằng Hải|Cát Bi|Tràng Cát|Nam Hải|Thành Tô"),
    ("307", "Kiến An", "quận", "urban", 20, 19, "Bắc Sơn|Trần Thành Ngọ|Lãm Hà|Đồng Hòa|Nam Sơn|Văn Đẩu|Tràng Minh"),
    ("308", "Đồ Sơn", "quận", "coast", 25, 7, "Ngọc Xuyên|Vạn Hương|Hợp Đức|Minh Đức|Bàng La|Hải Sơn"),
    ("309", "Dương Kinh", "quận", "port", 4, 4, "Anh Dũng|Hải Thành|Hòa Nghĩa|Tân Thành|Đa Phúc"),
    ("311", "Thủy Nguyên", "huyện", "rural", 26, 20, "Tân Dương|Lập Lễ|Phả Lễ|Ngũ Lão|Kiền Bái|Lưu Kỳ"),
    ("312", "An Dương", "huyện", "rural", 22, 20, "Đặng Cương|Hồng Thái|Lê Lợi|Bắc Sơn|Nam Sơn|Đồng Thái"),
    ("313", "An Lão", "huyện", "rural", 25, 19, "Trường Thọ|Mỹ Đức|Chiến Thắng|Tân Viên|An Tiến|Quang Trung"),
    ("314", "Kiến Thụy", "huyện", "rural", 25, 20, "Tú Sơn|Đoàn Xá|Đại Hợp|Ngũ Phúc|Thuận Thiên|Tân Trào"),
    ("315", "Tiên Lãng", "huyện", "rural", 26, 20, "Vinh Quang|Tây Hưng|Đoàn Lập|Khởi Nghĩa|Toàn Thắng|Cấp Tiến"),
    ("316", "Vĩnh Bảo", "huyện", "rural", 25, 20, "Trấn Dương|Tam Cường|Cổ Am|Hòa Bình|Dũng Tiến|Lý Học"),
    ("317", "Cát Hải", "huyện", "island", 13, 19, "Phù Long|Gia Luận|Xuân Đám|Trân Châu|Việt Hải|Nghĩa Lộ"),
    ("318", "Bạch Long Vĩ", "huyện", "islet", 8, 7, ""),
)  # fmt: skip

_COMMUNES: tuple[tuple[str, str, str, str], ...] = (
    ("11383", "Lê Chân", "phường", "ward"), ("11407", "An Biên", "phường", "ward"),
    ("11329", "Ngô Quyền", "phường", "ward"), ("11359", "Gia Viên", "phường", "ward"),
    ("11311", "Hồng Bàng", "phường", "ward"), ("11413", "Hải An", "phường", "ward"),
    ("11443", "Kiến An", "phường", "ward"), ("11455", "Đồ Sơn", "phường", "ward"),
    ("11560", "Thủy Nguyên", "phường", "ward"), ("11581", "An Dương", "phường", "ward"),
    ("11629", "An Lão", "xã", "village"), ("11680", "Kiến Thụy", "xã", "village"),
    ("11755", "Tiên Lãng", "xã", "village"), ("11824", "Vĩnh Bảo", "xã", "village"),
    ("11911", "Nguyễn Bỉnh Khiêm", "xã", "village"), ("11914", "Cát Hải", "đặc khu", "island"),
    ("11948", "Bạch Long Vĩ", "đặc khu", "islet"),
)  # fmt: skip

DISTRICT_CODES = tuple(row[0] for row in _DISTRICTS)
COMMUNE_CODES = tuple(row[0] for row in _COMMUNES)


def area_on(code: str, day: date) -> Area:
    """Return the unit as it stood on a day.

    Raises:
        KeyError: there was no such unit on that day.
    """
    if code == CITY.code:
        return CITY
    if day >= REFORM:
        for c, name, kind, profile in _COMMUNES:
            if c == code:
                return Area(c, name, kind, profile)
    else:
        for c, name, kind, profile, party, council, wards in _DISTRICTS:
            if c == code:
                if day >= UPGRADE:
                    kind = {"311": "thành phố", "312": "quận"}.get(code, kind)
                return Area(c, name, kind, profile, tuple(filter(None, wards.split("|"))), party, council)
    raise KeyError(f"{code} on {day}")


def areas_on(day: date) -> list[Area]:
    """Return the units below the city on a day."""
    return [area_on(code, day) for code in (COMMUNE_CODES if day >= REFORM else DISTRICT_CODES)]
