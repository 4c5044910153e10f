"""Quantities that the words around them show to be no figures, where no fixed pattern would do."""

from __future__ import annotations

import re

from scraper.facts.quantities import Quantity
from scraper.vietnamese.gates import gated
from scraper.vietnamese.sentences import Sentence

_ATTENDANCE = gated(
    r"(?<!\w)(?:tham dự|đến dự|về dự|tới dự|cùng dự|dự hội nghị|dự họp|dự có|dự tọa đàm|dự đại hội|"
    r"dự lễ|dự buổi|dự kỳ họp|tham gia lớp|dành cho|đại biểu dự)(?!\w)"
)
_REPRESENTS = gated(
    r"(?:đại diện|thay mặt)(?: cho)?\s+(?:trên |hơn |gần )?$|(?:đảng viên|hội viên|đoàn viên) (?:thuộc|ở|"
    r"tại) $|"
    r"(?:đảng viên|hội viên|đoàn viên) của (?:trên |hơn |gần )?$"
)
_FIRST_PERSON = re.compile(r"(?<!\w)(?:tôi|chúng tôi|em|mình|bà con|con tôi|nhà tôi|cháu)(?!\w)")
_EACH = gated(r"(?<!bình quân )(?<!\w)mỗi (?!năm|ngày|tháng|quý)[^,;.]{0,40}$")
_PERSONAL = gated(
    r"(?<!\w)(?:của (?:anh|chị|ông|bà|bác|tôi|em)|gia đình (?:anh|chị|ông|bà|bác|em)|cá nhân (?:ông|"
    r"bà|anh|chị)|nhà (?:anh|chị|ông|bà)|vợ chồng (?:anh|ông))(?!\w)[^.;]{0,80}$"
)
_PLACES = frozenset(
    {"commune", "quận", "huyện", "tỉnh", "tổ", "điểm", "thành phố", "quốc gia", "khu", "đơn vị"}
)
_AT_PLACES = gated(
    r"(?<!\w)(?<!xảy ra )(?:tại|ở|với|tới|từ|qua|của|thuộc|đến|cho|các|cùng|giữa|trong|hợp nhất|"
    r"sáp nhập|gồm|địa bàn|cử tri|sở, ngành,|sở ngành,|hđnd|ubnd|đảng bộ|lãnh đạo|nhân dân|"
    r"người dân)(?: (?:trên|hơn|gần|cả|toàn bộ|tất cả))? $"
)
_UNITED = gated(
    r"(?:sáp nhập|hợp nhất|cơ sở|(?<![\d/] )(?:thị trấn|phường|xã|quận|"
    r"huyện))[^.;]{0,60}(?:và|,) $"
)
_GROUP = re.compile(r" (?:tiết kiệm|vay vốn|công nghệ|hợp tác|tự quản|liên gia|đoàn kết|an ninh)(?!\w)")
"""Groups of people, which are no places: "ở 218 tổ tiết kiệm và vay vốn"."""
_OF_PROGRAMME = re.compile(
    r"[^,;.]{0,30}(?<!\w)(?:đạt|công nhận|nông thôn|ntm|nâng cao|kiểu mẫu|hoàn thành|về đích|có|giữ)(?!\w)"
)
_OF_OFFICE = gated(
    r"(?<!\w)(?:chủ tịch|bí thư|(?<!tăng )trưởng|lãnh đạo|phòng chuyên môn,|công an phường "
    r"có trên) $"
)
_PRESENTED = gated(r"(?<!\w)ra mắt(?: với| gồm| có| gồm có)? $")
"""A body that was elected presents its members."""
_FIRM = gated(
    r"(?<!\w)công ty (?:(?!cảng)[^,;.]){0,60}?(?:nợ|cam kết|thuê|vay|đề "
    r"nghị)(?!\w)[^,;.]{0,40}$"
)
_LONG = gated(r"(?<!\w)(?:dài|đoạn|dọc|cách)(?: (?:hơn|gần|khoảng|trên|tới|tổng cộng))? $")
_WAYS = re.compile(
    r"(?<!\w)(?:đường|tuyến|lộ|hẻm|ngõ|kênh|mương|cống|đê|kè|cáp|hè|rãnh|ống|nhựa hóa|bê tông|gtnt|dây|"
    r"điện|bờ)(?!\w)"
)
_ASKED = gated(r"(?<!\w)(?:kiến nghị|đề nghị|đề xuất|xin)(?: \w+){0,4} (?:ứng|ứng trước|cấp|bổ sung|"
r"hỗ trợ|bố trí)"
    r"(?: (?:trước|thêm|khoảng|hơn|trên|gần))* $")  # fmt: skip
"""What is asked for is no figure yet."""
_NAMES_NUMBER = re.compile(
    r"(?:(?<!tổng )số|thứ|lần|khóa|khoá|mục|điểm|khoản|điều|tháng|năm|ngày|quý|phần|bài|trang|giai đoạn|"
    r"type|cấp|loại|"
    r"mức độ|mũi|lớp|khối|đội|tổ|khu|tuyến|đường|ql|km|f|i|vtv|thp|top|-|/|\")\s?$"
)
_COUNTED_NOUN = re.compile(
    r"\s(?!và |hoặc |đến |tới |của |tại |trên |trong |với |so |theo |do |là |được |đã |để |từ |ở |cho |"
    r"khi |cùng |này |nên |"
    r"cũng |sẽ |năm |ngày |giờ |tháng |tuần |lần |tuổi |phút |đêm )[^\W\d_]{2,}"
)
_MEASURED = re.compile(
    r"(?<!\w)(?:đạt|ước|tăng|giảm|còn|lên|xuống|vượt|bằng)(?: (?:trên|hơn|khoảng|gần|"
    r"thêm|còn))* $"
)
_SINGLE_CASE = re.compile(
    r"(?:điển hình|đơn cử|cụ thể)(?: là)?,? (?:vào )?(?:ngày|đêm|lúc|hồi|khoảng|"
    r"vụ)(?!\w)"
)
"""A sentence that tells one case, whose amounts are no totals."""
_OF_PROJECT = gated(
    r"(?<!các )(?<!\w)(?:đề án|khu tái định cư|khu đô thị|cụm công nghiệp|khu công nghiệp|công trình|"
    r"nhà máy|dự án)(?!\w)"
    r"[^,;.()\d]{0,50} (?:có )?(?:tổng kinh phí|kinh phí|rộng|quy mô|diện tích)(?: (?:hơn|gần|trên|khoảng|"
    r"xấp xỉ))* $"
)
_ROADS = re.compile(r"\d+ (?:tuyến|đoạn|đường|con đường|công trình|trục)[^;.]*$")
_MET = re.compile(r"[^;.]{0,50}?(?:đạt|hoàn thành|vượt|nguy cơ|chưa|không)(?!\w)")
_WORTH = gated(r"(?<!\w)(?:trị giá|tổng giá trị|giá trị)(?: (?:trên|hơn|gần|khoảng))? $")


def is_figure(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a quantity can be a figure: no attendance, place, private person or worth of a gift."""
    if not quantity.is_figure:
        return False
    if quantity.unit == "VND" and quantity.mult == 0 and quantity.value < 1000000:
        return False
    near, here = max(sentence.start, quantity.start - 90), quantity.start
    before = plain[near:here]
    if _EACH.search(plain, near, here) or _PERSONAL.search(plain, near, here):
        return False
    is_group = quantity.unit == "tổ" and _GROUP.match(plain, quantity.end)
    if quantity.unit in _PLACES and not is_group and _AT_PLACES.search(plain, near, here):
        return False
    united = (
        quantity.unit == "commune" and before.endswith(("và ", ", ")) and _UNITED.search(plain, near, here)
    )
    if united and not _OF_PROGRAMME.match(plain, quantity.end):
        return False
    if quantity.unit == "person" and _PRESENTED.search(plain, near, here):
        return False
    if _OF_OFFICE.search(plain, near, here) or _FIRM.search(plain, near, here):
        return False
    if quantity.unit == "km" and not _is_road(plain, sentence, quantity, before):
        return False
    if quantity.unit == "VND" and _ASKED.search(plain, near, here):
        return False
    if _SINGLE_CASE.match(plain, sentence.start) or _OF_PROJECT.search(plain, near, here):
        return False
    if quantity.unit == "chỉ tiêu" and quantity.whole is None:
        return bool(_MET.match(plain, quantity.end))
    if quantity.unit == "VND" and _WORTH.search(plain, near, here) and not re.search(r"\d", before[:-12]):
        return False
    if _is_spoken(plain, sentence, quantity):
        return False
    if quantity.is_noun:
        opening = _ATTENDANCE.search(plain, sentence.start, min(sentence.end, sentence.start + 40))
        left = 0 if opening else plain.rfind(";", sentence.start, quantity.start) + 1
        left = left or sentence.start
        right = plain.find(";", quantity.end, sentence.end)
        if _ATTENDANCE.search(plain, left, right if right >= 0 else sentence.end):
            return bool(_REPRESENTS.search(plain, near, here))
    return True


def is_unknown_unit(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a number without a unit seems to count a noun that no table lists: "12 homestay"."""
    value = quantity.value
    if quantity.whole is not None or quantity.upper is not None or value <= 1 or 1900 <= value < 2100:
        return False
    before = plain[max(sentence.start, quantity.start - 24) : quantity.start]
    if not before.strip() or _NAMES_NUMBER.search(before):
        return False
    return _COUNTED_NOUN.match(plain, quantity.end) is not None


def is_measured(plain: str, start: int, end: int) -> bool:
    """Tell whether words of measure lead to a number: "đạt", "tăng", "còn"."""
    return bool(_MEASURED.search(plain, start, end))


def _is_road(plain: str, sentence: Sentence, quantity: Quantity, before: str) -> bool:
    """Tell whether kilometres are of roads, canals, cables built, and not a distance or one road's length."""
    if _LONG.search(before) and not _ROADS.search(before):
        return False
    return bool(
        _WAYS.search(plain, max(sentence.start, quantity.start - 90), min(sentence.end, quantity.end + 60))
    )


def _is_spoken(plain: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether a private person says the number of himself, in quotation marks."""
    opened = plain.rfind('"', sentence.start, quantity.start)
    if opened < 0 or plain.count('"', sentence.start, quantity.start) % 2 == 0:
        return False
    closed = plain.find('"', quantity.end)
    return bool(_FIRST_PERSON.search(plain, opened, closed if closed >= 0 else sentence.end))
