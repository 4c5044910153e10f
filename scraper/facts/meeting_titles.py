"""Where a text names a meeting: the noun, its extent, its ordinal and its class (facts.md §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.vietnamese.gates import gated
from scraper.vietnamese.numbers import parse_ordinal
from scraper.vietnamese.organisations import PARTY_BODY

_NOUNS = {
    "congress": r"đại hội(?! (?:đồng|xiii|xiv|xii|thể|đảng toàn quốc|toàn quốc|đảng các|các cấp"
    r"|đảng bộ các cấp|công đoàn các))",
    "session": r"kỳ họp",
    "voters": r"(?:hội nghị |buổi |cuộc |đợt )?(?:tiếp xúc|gặp gỡ|gặp mặt)(?: với)?(?: các| hơn| gần| khoảng"
    r"| trên)?(?: \d[\d.]*)? cử tri",
    "working": r"(?:có )?(?:buổi |cuộc |lịch )?làm việc (?:với|cùng)|(?:buổi|cuộc) làm việc",
    "dialogue": r"(?:hội nghị |buổi |cuộc |diễn đàn )?(?:gặp gỡ,? |tiếp xúc,? |gặp mặt,? )?đối thoại",
    "seminar": r"(?:buổi |cuộc )?(?:hội thảo|tọa đàm)(?: khoa học)?",
    "training": r"(?:hội nghị |lớp |khóa |đợt )(?:trực tuyến )?(?:tập huấn|bồi dưỡng|đào tạo|quán triệt"
    r"|học tập)"
    r"|lớp (?:thứ (?:nhất|hai|ba|tư|\d+)|tiếp theo)|tập huấn",
    "conference": r"hội nghị",
    "briefing": r"(?:cuộc |buổi |phiên )?(?:họp )?giao ban",
    "sitting": r"(?:cuộc |buổi )họp(?: khẩn(?: cấp)?)?|phiên họp|họp (?:phiên|khẩn|trực tuyến|thường kỳ"
    r"|đánh giá|bàn|thống nhất"
    r"|xem xét|cho ý kiến|phân công|kiểm điểm|rà soát|triển khai|nghe|thông qua|lần thứ|kiểm tra|ban"
    r"|bất thường|chuyên đề|với)|họp(?= (?!báo|mặt|chợ|lớp|nhóm)|[.,;])"
    r"|phiên (?:thường kỳ|giải trình|thứ \w+|toàn thể)",
    "review": r"sơ kết|tổng kết",
}
_NOUN = gated(
    r"(?<![\w])(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _NOUNS.items()) + r")(?!\w)"
)
_NOT_BEFORE = gated(
    r"(?:nghị quyết|trung tâm|hội trường|nhà|văn kiện|đại biểu dự|khu|(?<!hải )phòng|ban tổ chức|tiểu ban"
    r"|chỉ thị|thư ký|giấy mời|chủ tọa"
    r"|đoàn chủ tịch|toàn thể|văn phòng|kết luận tại|sau khi|bên lề|hạn chế tối đa|quy chế"
    r"|chỉ tiêu nghị quyết|kế hoạch sơ kết giữa nhiệm kỳ)\s+$"
)
_GATHERING = gated(r"(?<!chấp hành )(?<!thường vụ )(?<!\w)hội $")
_END = re.compile(
    r"[.;:\n|]|(?<! kỳ)\s(?:nhằm|để|đánh giá|xem xét|thảo luận|cho ý kiến|bàn|kiểm điểm|tại|do|vào|sẽ|đã|vừa"
    r"|diễn ra|dự kiến|theo kế hoạch|theo lịch"
    r"|theo chương trình|khai mạc|bế mạc|họp|được|bầu|thông qua|với sự|dưới sự|lẽ ra|tạm hoãn|hoãn"
    r"|phải|chính thức|tổ chức|mở|trong \d|trong hai"
    r"|trong ba|thống nhất|quyết định|lựa chọn|nghe|tiến hành|hồi|gồm|có|dành cho|giải quyết|chất vấn"
    r"|sang|lùi|cho biết|nêu|ấn định|diễn|biểu quyết|tiếp tục|miễn nhiệm|thực sự|còn|cũng"
    r"|lần lượt)(?!\w)"
    r"|,(?!\s*(?:triển khai|phương hướng|nhiệm vụ|quán triệt|bồi dưỡng|đối thoại|bàn giải pháp|khóa"
    r"|hđnd|ký kết|biểu dương|phát động|giải pháp|đề ra|kỹ năng))"
    r"|\(|\s(?:từ )?(?:sáng|chiều|tối|trưa|ngày|từ ngày)\s+(?:ngày\s+)?\d"
)
_ORDINAL = re.compile(
    r"(?:lần|kỳ|kỳ họp|phiên|phiên họp|họp|lớp|hội nghị)\s+thứ\s+((?:[\w]+)(?: [\w]+){0,3})"
)
_FOREIGN_ORDINAL = re.compile(
    r"nghị quyết|thực hiện|chỉ thị|kết luận|chuẩn bị|trước|chào mừng|đề án|giải pháp|hướng tới|quán triệt"
)


@dataclass(frozen=True, slots=True)
class Title:
    """One naming of a meeting: `text[start:end]` is its noun with what belongs to it."""

    start: int
    end: int
    kind: str
    """The key of its noun in this module's table: congress, session, voters, working …"""
    noun_end: int
    ordinal: int | None
    name_start: int | None = None
    """Where the noun stands that this naming leaves out and shares with the one before."""


def find_titles(plain: str, start: int, end: int) -> list[Title]:
    """Find the namings of meetings in `plain[start:end]` (levelled), in order.

    A naming inside another ("Hội nghị sơ kết", "họp giao ban") is part of it.
    """
    titles: list[Title] = []
    position = start
    while match := _NOUN.search(plain, position, end):
        position = match.end()
        if _NOT_BEFORE.search(plain, max(start, match.start() - 44), match.start()):
            continue
        kind = match.lastgroup or ""
        if kind == "session" and plain.endswith(" là ", start, match.start()):
            continue  # "kỳ họp thứ 7 là kỳ họp thường lệ giữa năm"
        if match.group().startswith("họp") and _GATHERING.search(plain, start, match.start()):
            continue  # "giảm hội họp"
        if match.group() == "họp" or match.group().startswith("họp "):
            position = match.start() + 3
            if plain.startswith("họp lại", match.start()) or _NOUN.match(plain, match.start() + 4, end):
                continue
            if titles and _is_predicate(plain, titles[-1], match.start()):
                continue
            position = match.end()
        if (
            titles
            and plain[titles[-1].noun_end : match.start()].endswith("(")
            and ")" not in plain[titles[-1].noun_end : match.start()]
        ):
            continue
        if (
            titles
            and match.start() < titles[-1].end
            and _is_inner(titles[-1].kind, kind, plain[titles[-1].start : match.start()])
        ):
            continue
        stop = _title_end(plain, match.end(), end)
        if kind in ("conference", "working"):
            stop = _partner_end(plain, stop, match.end(), " với " if kind == "conference" else " về ")
        titles.append(Title(match.start(), stop, kind, match.end(), _ordinal(plain, match, stop, end)))
        titles += _elided(plain, titles[-1], end)
    return titles


def _elided(plain: str, title: Title, end: int) -> list[Title]:
    """Find what shares a title's noun: "hội nghị hiệp thương lần thứ nhất (9-12) và lần thứ hai (3-2)"."""
    match = re.match(
        r"\s*\([^()]{3,20}\)(?:,| và|, và) (lần thứ ((?:\w+ ?){1,3}))(?=\s*\(\d)", plain[title.end : end]
    )
    if not match or title.ordinal is None:
        return []
    at = title.end + match.start(1)
    return [
        Title(at, title.end + match.end(1), title.kind, at + 3, parse_ordinal(match[2].strip()), title.start)
    ]


def _is_predicate(plain: str, title: Title, position: int) -> bool:
    """Tell whether "họp" is what the meeting named just before does: "Đại hội … họp ngày 27/6"."""
    between = plain[title.noun_end : position]
    return len(between) < 110 and ";" not in between and ", " not in between[-40:].replace(", nhiệm kỳ", "")


def _is_inner(outer: str, inner: str, between: str) -> bool:
    if inner == "session" and between.endswith(("trước ", "sau ")):
        return False
    if inner in ("review", "training", "dialogue", "briefing", "sitting"):
        return True
    return (
        outer in ("conference", "voters", "review", "training", "working", "dialogue") and inner != "voters"
    ) or not between


def _title_end(plain: str, noun_end: int, limit: int) -> int:
    quoted = re.match(r"(?: khoa học| chuyên đề)?(?: với chủ đề)?:?\s*[\"“]", plain[noun_end : noun_end + 30])
    if quoted:
        close = re.search(r"[\"”]", plain[noun_end + quoted.end() : limit])
        if close:
            return noun_end + quoted.end() + close.end()
    position = noun_end
    while stop := _END.search(plain, position, limit):
        if stop.group() == "(":
            bracket = re.match(
                r"\((?:mở rộng|kỳ họp [^)]*|chuyên đề|bất thường|dtts|thường lệ[^)]*|lần \d"
                r"|\d{4}\s*-\s*\d{4})\)",
                plain[stop.start() :],
            )
            if bracket:
                position = stop.start() + bracket.end()
                continue
        break
    else:
        return _rstrip(plain, position, limit)
    return _rstrip(plain, position, stop.start())


def _partner_end(plain: str, title_end: int, noun_end: int, word: str) -> int:
    """End a conference before its partners ("với UBND"), a working session before its matter ("về …")."""
    partner = plain.find(word, noun_end, title_end)
    return partner if partner > noun_end + 6 else title_end


def _rstrip(plain: str, start: int, end: int) -> int:
    while end > start and plain[end - 1] in " ,;-(":
        end -= 1
    return end


def _ordinal(plain: str, match: re.Match[str], stop: int, limit: int) -> int | None:
    window = plain[match.start() : min(limit, max(stop, match.end() + 60))]
    for found in _ORDINAL.finditer(window):
        between = window[match.end() - match.start() : found.start()]
        if _FOREIGN_ORDINAL.search(between) or _NOUN.search(between):
            break
        if found.group().startswith("kỳ họp") and match.lastgroup != "session":
            break
        if ";" in between or ". " in between:
            break
        words = found[1].split()
        for count in range(min(4, len(words)), 0, -1):
            value = parse_ordinal(" ".join(words[:count]))
            if value is not None and value < 200:
                return value
    return None


def classify(kind: str, title: str, body: str | None) -> str:
    """Give the class of a meeting from its naming and the body that meets, both levelled.

    The body goes first: a party committee's conference is `party_committee` under any name but a dialogue, a
    congress, a seminar, a training, a working session or a voter contact.
    """
    fixed = {
        "congress": "congress", "voters": "voter_contact", "seminar": "seminar", "dialogue": "dialogue",
        "session": "council_session",
    }  # fmt: skip
    if kind in fixed:
        return fixed[kind]
    if title.startswith("họp kỳ ") and body and re.search(r"hđnd|hội đồng nhân dân", body):
        return "council_session"
    if re.search(r"tiếp xúc cử tri|cử tri (?:nơi|phường|xã|huyện|quận)", title):
        return "voter_contact"
    if "đối thoại" in title:
        return "dialogue"
    if kind == "working":
        return "working_session"
    if (
        re.search(r"tập huấn|bồi dưỡng|quán triệt|học tập", title)
        and not re.search(r"sơ kết|tổng kết", title)
    ) or kind == "training":
        return "training"
    if re.search(r"hội thảo|tọa đàm", title):
        return "seminar"
    party = re.compile(
        r"(?:quận|huyện|thị|thành|tỉnh|đảng) ủy(?! viên)|ban chấp hành đảng bộ|bch đảng bộ"
        r"|ban chấp hành trung ương"
    )
    if (
        body and PARTY_BODY.match(body) and not re.search(r"hđnd|hội đồng nhân dân|ubnd|mttq", body)
    ) or party.search(title[:60]):
        return "party_committee"
    if re.search(r"sơ kết|tổng kết", title) or (
        "giao ban" not in title
        and kind == "conference"
        and re.search(
            r"triển khai (?:nhiệm vụ|công tác|phương hướng|kế hoạch|chương trình)"
            r"|đánh giá (?:kết quả|công tác|tình hình)",
            title,
        )
    ):
        return "review_conference"
    if kind in ("briefing", "sitting") or re.search(r"giao ban|phiên họp|liên tịch", title):
        return "committee_meeting"
    return "other"
