"""Stretches of a text whose numbers are no figures: document numbers, ages, ordinals, addresses, votes …

Each trap is one named pattern over the levelled text, with the words that it can begin with (`scanning`);
facts.md §4 "No observation" and language.md K say why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.vietnamese.scanning import Scanner

_NO_UNIT = r"(?!\d|[.,]\d|\s?%|\s?-\s?\d+(?:,\d+)?\s?%)"
_NO_COUNT = (
    r"(?! ?(?:tỷ|triệu|nghìn|ngàn|đồng|vụ|ca|người|hộ|ha|tấn|km|trường|dự án|doanh nghiệp|đảng viên|"
    r"chi bộ|lao động|"
    r"học sinh|lượt|công trình|hồ sơ|giấy|mô hình|đối tượng|thanh niên|công dân|hội viên|đoàn viên|sản phẩm|"
    r"xã|suất|căn|nhà|con|cháu|trẻ|trường hợp|đơn|tổ chức|cơ sở|m2|chỉ tiêu)(?!\w))"
)
"""What a number counts is no number of a place or document: "toàn quận 45 vụ", "đề án 30 tỷ"."""
_PLACES = (
    "quốc lộ|ql|đường tỉnh|tỉnh lộ|ngõ|ngách|hẻm|kiệt|tổ|tổ dân phố|tdp|khu|khu phố|(?<!nông )thôn|xóm|ấp|"
    "đội|"
    "khóm|phường|quận"
    "|quân khu|lô|phòng|lớp|loại|mức độ|cấp độ|bến số|tầng|vùng|tuyến số|tiểu khu|khóa|thứ|mùng|tuần|"
    "chi bộ|hòm thư"
)
"""Words that a number behind them names, even where a noun follows: "tổ 14 phường Trại Cau"."""
_LABELS = (
    "đường|phố|cấp|mức|nhóm|kênh|chặng|bảng|cụm|khối|kỳ|đợt|vòng|hạng|cửa|chốt|công đoạn|chương|bài|"
    "tập|phần|thế hệ|lần|bến|mũi"
)
"""Words that a number behind them names, unless it counts a noun: "cấp 3", but "cấp 412 giấy phép"."""


def _first_words(alternatives: str) -> str:
    return " ".join(re.sub(r"\(.*\)", "", words).split()[0] for words in alternatives.split("|"))


_PATTERNS = (
    ("document", "#", r"\d{1,9}[a-z]?(?:/\d{4})?\s?[-/]\s?(?:nq|qđ|kl|ct|ctr|tb|kh|đa|nđ|ttr|bc|tt|cv|hd|qh|"
        r"pl|nghị|n)[\w/-]*"),
    ("document", "#", r"\d{1,9}[a-z]?/(?:\d{4}/)?[a-zđ]{2,}(?:-[a-zđ0-9]+)+"),
    ("document", "nghị nq kết chỉ quyết thông luật điều khoản hướng công quy đề chuyên mẫu pháp văn",
        r"(?<!\w)(?:nghị quyết|nq|kết luận|chỉ thị|quyết định|nghị định|thông tư|(?<!kỷ "
        r")luật|điều|khoản|hướng dẫn|công văn|công điện"
     rf"|quy định|đề án|chuyên án|mẫu|pháp lệnh|văn bản|thông báo)(?: số)? "
     rf"\d{{1,9}}[a-z]?{_NO_UNIT}{_NO_COUNT}(?:(?:, | và )(?:số )?\d{{1,9}}{_NO_UNIT}(?! (?:vụ|ca|người|"
     rf"hộ|xã|"
     rf"trường|dự án|"
     rf"đảng viên|chi bộ|tỷ|triệu)))*(?: năm \d{{4}})?"),
    ("label", "số", rf"(?<!\w)(?<!tổng )(?<!một )(?<!chỉ )(?<!hệ )số (?:nhà "
        rf")?\d{{1,9}}[a-z]?{_NO_UNIT}(?:\s?[+,-]\s?\d{{1,9}}(?![\d%]))*"),
    ("label", _first_words(_PLACES), rf"(?<!\w)(?:{_PLACES}) \d{{1,9}}[a-z]?{_NO_UNIT}{_NO_COUNT}(?:(?:, ?|"
    r" và |"
    rf" đến |-)\d{{1,9}}{_NO_UNIT}(?! "
        rf"(?:vụ|ca|người|hộ|xã|trường)))*(?!\w)(?!/\d)"),
    ("label", _first_words(_LABELS), rf"(?<!\w)(?:{_LABELS}) \d{{1,9}}[a-z]?{_NO_UNIT}(?=\s*(?:[,;.:)(]|"
    rf"và |của |đến |năm |tại |ở "
        rf"|là |$))"),
    ("date", "# so", r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}(?!\d)|"
    r"so với (?:ngày )?\d{1,2}[/-]\d{1,2}(?![\d%/])"),
    ("covid", "covid", r"covid[\s-]*19"),
    ("clock", "#", r"\d{1,2}\s?(?:giờ|h)(?:\s?(?:\d{1,2}(?!\s?%)(?:\s?phút)?|kém \d{1,9}))?(?!\w)|"
        r"\d{1,2}/\d{1,2} giờ"),
    ("age", "#", r"\d{1,3}(?:\s?(?:-|đến|và)\s?\d{1,3})?\s?tuổi(?: trở lên)?|"
        r"\d{1,3} năm tuổi đảng"),
    ("phone", "#", r"(?<!\d)0\d{2,4}[.\s-]\d{3,4}[.\s-][\dx]{3,4}|(?<!\d)0\d{8,10}(?!\d)|"
        r"(?<!\w)1[89]00[.\s]?\d{4}"),
    ("vote", "#", r"\d{1,9}/\d{1,9}\s?(?:=\s?[\d,]{1,9}%\s?)?(?:số )?(?:phiếu|đại biểu|ủy viên|ý kiến|"
        r"đồng chí (?:ủy "
        r"viên|có mặt))[^.;]{0,40}"),
    ("vote", "#", r"\d[\d,]{0,9}\s?% (?:số )?(?:tổng số )?(?:các )?(?:đại biểu|ủy viên|phiếu|cử tri|"
    r"thành viên "
        r"(?:ubnd|ủy ban|dự họp))[^.;,]{0,40}"),
    ("vote", "tán thống nhất biểu thông", r"(?:(?:tán thành|nhất trí|biểu quyết)[^.;,]{0,50}?(?:tỷ lệ|"
    r"đạt|với)|"
        r"(?:thống nhất|thông qua)[^.;,]{0,50}?(?:tỷ lệ|với)) (?:tỷ lệ )?(?:đạt )?[\d,]{1,9}\s?%"),
    ("vote", "số phiếu tỷ", r"(?:số phiếu|phiếu bầu|phiếu tín nhiệm|tỷ lệ phiếu)[^.;]{0,60}"),
    ("anniversary", "#", r"\d[\d.]{0,12}\s?năm (?:ngày|thành lập|ngày thành lập|giải phóng|truyền thống|sinh|"
        r"mất|tuổi|liên tiếp|liền|xây dựng và)"),
    ("price", "#", r"\d[\d.,]{0,18}\s?(?:-\s?[\d.,]{1,18}\s?)?(?:nghìn |ngàn |triệu )?(?:đồng|đ|"
    r"usd)\s?/\s?(?:kg|"
        r"lượt|vé|chuyến|container|suất|lít|m2|m3|con|giờ|"
     r"sào|cái|chiếc|bộ|ca|số|kwh|cuốn|xe|thẻ|phần|gói|cây|tháng(?! năm)|kwh|công|buổi|trẻ|học sinh)(?!\w)"),
    ("rule", "#", r"[\d.,]{1,18} (?:nghìn |triệu )?đồng/\w+ theo (?:nghị quyết|nghị định|quyết định|"
    r"quy định)"),
    ("rule", "đơn mức giá hỗ mỗi định trị", r"(?:đơn giá|mức hỗ trợ|mức đóng|mức phạt|"
    r"mức thu(?! nhập| ngân sách| hút| nộp)|mức chi(?! ngân sách)|"
    r"giá vé|giá giữ xe|hỗ trợ từ(?= \d)|mức quà|"
        r"mỗi suất|mỗi phần quà|định mức|trị giá mỗi)"
     r"(?:[^.;]|\.(?=\d)){0,90}?(?:đồng|%)(?:/\w+)*(?:[^.;,]{0,20}?(?:đến|-|"
     r",)\s?[\d.,]{1,18} ?(?:nghìn |triệu "
     r")?(?:đồng|%)(?:/\w+)*)?"),
    ("views", "#", r"\d[\d.,]{0,18}\s?(?:nghìn |triệu )?lượt (?:xem|truy cập|thích|chia sẻ|theo dõi|tải|"
        r"like|view)"),
    ("score", "thắng hòa thua tỷ", r"(?<!\w)(?:thắng(?! lợi)|hòa(?= \d)|thua|tỷ số)"
        r"[^.;,\d]{0,30}\d{1,2}\s?-\s?\d{1,2}(?!\s?[%\d,]| (?:tỷ|triệu|nghìn))"),
    ("threshold", "đơn địa nơi xã phường hộ cơ dự ai huyện", r"(?:đơn vị|địa phương|nơi|xã|phường|hộ|"
    r"cơ sở|dự án|ai|huyện) "
        r"nào[^.;]{0,60}?\d[\d.,]{0,18}\s?%?"),
    ("threshold", "dưới trên từ quá", r"(?:dưới|trên|từ|quá) [\d.,]{1,18} ?(?:%|lần|tháng|năm|"
    r"triệu đồng)?(?: trở lên)? "
        r"(?:thì|sẽ bị|phải chịu)"),
    ("threshold", "từ", r"từ \d{1,3}(?:,\d{1,3})? (?:tiêu chí|năm|ngày|tháng|sao|tầng|lớp|bậc|người|"
    r"điểm)(?: \w+)? "
     r"trở (?:lên|xuống)"),
    ("figure_of_speech", "hai một cả #", r"(?:hai|một|2) con số|cả (?:\d|hai|ba|bốn) (?:tiêu chí|mặt|"
    r"khu vực|nhóm)"),
    ("criteria", "giảm tăng", r"(?:giảm|tăng)(?: cả)? \d{1,2}(?:/\d)? tiêu chí"),
    ("disowned", "in ghi nói báo không", r"(?:in|ghi|nói|báo cáo) (?:nhầm|sai)(?: là| thành)? [\d.,]{1,18}|"
    r"không phải(?: là)? [\d.,]{1,18}"),
    ("disowned", "con thông", r"(?:con số|thông tin)(?:[^.;]|\.(?=\d)){0,90}?"
        r"(?:không đúng|không chính xác|sai sự thật|bịa đặt|thất thiệt)"),
    ("policy", "giảm miễn tăng", r"(?:giảm|miễn|tăng) (?:\d{1,2},)?\d{1,2}\s?% (?:thuế(?= suất| vat|"
    r" gtgt)|lãi suất|tiền thuê|"
    r"phí|mức (?:phạt|đóng|thu phí)|giá(?! trị))(?!\w)"),
    ("board", "ban bcđ đội tổ đề chuyên", r"(?:ban chỉ đạo|bcđ|đội|tổ công tác|đề án|chuyên án|"
    rf"ban) \d{{2,4}}(?!\s?%|[.,]\d){_NO_COUNT}(?= )"),
    ("property", "trọng công dung tổng mức giá vốn mệnh độ chiều khẩu bán", r"(?:trọng tải|công suất|"
    r"dung tích|tổng mức đầu tư|mức đầu tư|giá trị hợp đồng|vốn "
        r"điều lệ|mệnh giá|độ sâu|độ cao|chiều dài|chiều rộng|khẩu độ|bán kính)"
     r"(?: (?:thiết kế|dự kiến|là|đạt|trên|hơn|gần|khoảng|từ|xấp xỉ|lên tới|tới|của \w+))* "
     r"[\d.,]{1,18}(?:\s?-\s?[\d.,]{1,18})?"),
    ("per_unit", "trên mỗi một tính cho", r"(?:trên|mỗi|một|tính trên|cho) 1 (?:ha|người|vạn|km|hộ|sào|"
    r"công)(?!\w)"),
    ("dose", "đủ tiêm mũi #", r"(?:đủ|tiêm|mũi thứ) \d mũi(?!\w)|[1-4] mũi(?! vắc)"),
    ("rank", "xếp đứng vị hạng", r"(?:xếp|đứng|vị trí|hạng)(?: hạng| thứ| vị trí)* \d{1,3}(?:/\d{1,3})?"
     r"(?:(?: trên (?:tổng số )?(?:\d{1,3} )?)?(?: ?(?:tỉnh|quận|huyện|xã|phường|địa phương|đơn vị|thành phố)"
     r"[^.;]{0,60}(?:; ?\d{1,3}/\d{1,3} (?:tỉnh|quận|huyện|xã|phường|địa phương)[^.;]{0,60}){0,3}))"),
    ("criteria", "#", r"19/19 tiêu chí"),
    ("coordinate", "km lý", r"(?:km|lý trình) ?\d{1,9}\s?\+\s?\d{1,9}"),
)  # fmt: skip
_NEEDS = {
    "clock": ("giờ", "h"),
    "age": ("tuổi",),
    "phone": (" 0", "(0", ":0", "1800", "1900"),
    "vote": (
        "phiếu",
        "biểu",
        "ủy viên",
        "đồng chí",
        "cử tri",
        "thành viên",
        "nhất",
        "thông qua",
        "tán thành",
    ),
    "anniversary": (" năm ",),
    "price": ("/",),
    "views": ("lượt",),
    "dose": ("mũi",),
    "threshold": (" nào", " thì", "sẽ bị", "phải chịu", "trở lên", "trở xuống"),
    "coordinate": ("+",),
}
"""What a text must hold for a kind of trap to be there, so that most need not be tried."""
_SCANNER = Scanner(
    [(re.compile(pattern), leads) for _, leads, pattern in _PATTERNS],
    [_NEEDS.get(name, ()) for name, _, _ in _PATTERNS],
)


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch whose numbers are no figures, and why."""

    start: int
    end: int
    kind: str


def find_masks(plain: str) -> list[Mask]:
    """Find the traps of a levelled text, in order; they may overlap."""
    found = [
        Mask(match.start(), match.end(), _PATTERNS[index][0])
        for index, match in _SCANNER.matches(plain, 0, len(plain))
    ]
    return sorted(found, key=lambda mask: mask.start)
