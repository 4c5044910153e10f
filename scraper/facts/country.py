"""Where a text speaks of the whole country or a region of it: "cả nước", "các tỉnh Tây Nguyên".

"Đứng thứ ba cả nước", "so với cả nước" and "Mặt trận Tổ quốc Việt Nam" do not: they compare, or are names.
"""

from __future__ import annotations

from collections.abc import Iterator

from scraper.vietnamese.gates import gated
from scraper.vietnamese.scanning import Led
from scraper.vietnamese.sentences import level

_OPENS = r"(?:(?<=[.;:,] )|(?<=\n)|^)(?:(?:[Tt]ính chung|[Rr]iêng|[Tt]rong tháng|[Hh]iện nay),? )?"
_SAYS = (
    r"(?= (?:đạt|có|đã|ước|thu hút|xuất khẩu|xuất siêu|nhập khẩu|nhập siêu|đón|tăng|giảm|hiện|còn|ghi nhận"
    r"|phát hiện|xảy ra|giải ngân|thu|chi|gieo|trồng|thực hiện|sản xuất|tiêu thụ|mới|chỉ"
    r"|(?:tính |trong |lũy kế )?(?:tháng|quý|năm|\d+ tháng|đến))(?!\w))"
)
_HOLDS = (
    r"(?= (?:(?:\(\w+\) )?(?:ước|đạt|là|tăng|giảm|có|xảy ra|đã|còn|tháng|quý|năm|lũy kế|trong tháng|trong quý"
    r"|trong \d|\d+ tháng)(?!\w)|ước|trên \d))"
)
_WHOLE = Led(
    rf"{_OPENS}(?P<subject>[Cc]ả nước|[Tt]oàn quốc|Việt Nam|[Nn]ước ta){_SAYS}"
    r"|[Tt]ính chung (?:trên |trong )?(?P<summed>cả nước|toàn quốc)(?!\w)"
    rf"|(?:của|trên phạm vi|trên|vào|trong|tại)(?: ngành [\w-]+)? "
    rf"(?P<place>cả nước|toàn quốc|Việt Nam|nước ta){_HOLDS}",
    leads="tính riêng trong hiện cả toàn việt nước của trên vào tại",
)
_SOURCE = Led(
    r"(?:(?<=[.;:–] )|(?<=\n)|(?<=\)- )|(?<=\) - )|^)[Tt]heo "
    r"(?:(?:báo cáo|số liệu|thống kê|công bố|thông tin|ước tính)(?: mới nhất)?(?: của| từ)? )?"
    r"(?P<office>Tổng cục [A-ZĐ]\w+|Cục Thống kê(?= \(|,)(?! tỉnh)|Bộ (?!Chỉ huy|Tư lệnh)[A-ZĐ]\w+"
    r"|Ngân hàng Nhà nước(?! chi nhánh| tỉnh)|Bảo hiểm xã hội Việt Nam"
    r"|(?:Văn phòng [Tt]hường trực )?Ban [Cc]hỉ đạo (?:[Qq]uốc gia|[Tt]rung ương))"
    r"|(?P<voice>(?:Tổng cục|Bộ (?!Chỉ huy|Tư lệnh)) ?[A-ZĐ]\w+(?: [\w-]+){0,4}?),?(?: -)? (?:vừa |đã )?"
    r"(?:cho biết|công bố|cho hay)",
    leads="theo tổng bộ",
)
_REGION = gated(
    r"(?<!thuộc )(?<!nhất )(?<!của )(?<!đầu )"
    r"(?:[Cc]ác (?:tỉnh|địa phương)|\d+ tỉnh|[Kk]hu vực|[Tt]oàn vùng|[Vv]ùng|[Ởở]|[Tt]ại)(?: khu vực| vùng)? "
    r"(?P<region>[Đđ]ồng bằng sông Hồng|[Đđ]ồng bằng sông Cửu Long|ĐBSCL|ĐBSH|Tây Nguyên|Đông Nam [Bb]ộ"
    r"|Tây Nam [Bb]ộ|Bắc Trung [Bb]ộ|(?:[Dd]uyên hải )?Nam Trung [Bb]ộ|Tây Bắc|Đông Bắc|miền Trung"
    r"|[Tt]rung du (?:và )?miền núi phía Bắc|miền núi phía Bắc)(?!\w)"
)


_SHORT = {"ĐBSCL": "Đồng bằng sông Cửu Long", "ĐBSH": "Đồng bằng sông Hồng"}


def find_regions(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the spans of the regions that a text speaks of as a whole, each with its name written out."""
    for match in _REGION.finditer(text):
        name = _SHORT.get(match["region"], match["region"])
        yield *match.span("region"), name.replace("đồng bằng", "Đồng bằng")


def find_country(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans at which a text says that the figures about are of the whole country."""
    plain = level(text)
    for match in _WHOLE.finditer(text, plain=plain):
        yield match.span(match.lastgroup or 0)
    for match in _SOURCE.finditer(text, plain=plain):
        yield match.span("office" if match["office"] else "voice")
