"""How a unit is spoken of: itself, as an office, as the giver of a plan, or in passing."""

from __future__ import annotations

import re

from scraper.vietnamese.areas import Mention
from scraper.vietnamese.gates import gated
from scraper.vietnamese.sentences import level

_WEAK_BEFORE = gated(
    r"(?:\bquê(?: ở)?|\bngụ(?: tại)?|\btừ|\bgốc|\bsinh (?:ra )?(?:ở|tại)|giáp ranh(?: với)?|\bgiáp"
    r"|nối (?:với|từ)|\bthường trú(?: tại)?"
    r"|thuộc (?:địa bàn )?|cách|vành đai|so với|hơn hẳn)\s*$",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(
    r"(?:trường|thpt|thcs|tiểu học|mầm non|công ty|nhà máy|viện|làng|đền|chùa)[^().;\n]{0,60}\((?:thuộc )?$",
    re.I,
)
_FORMER = gated(r"\bnguyên (?:là )?[^,;.()\n]{0,40}$")
_OFFICE_BEFORE = gated(
    r"(?:ubnd|hđnd|ubmttq\w*|mttq\w*(?: việt nam)?|chủ tịch|bí thư|công an|đảng bộ|đảng ủy"
    r"|phòng|ban|sở|hội|đoàn|tòa án|quân sự|văn phòng"
    r"|chi cục[^,.;]{0,20}|bhxh|nhân dân|mặt trận tổ quốc|kế hoạch|dự toán|nghị quyết|chỉ tiêu|nq|kh)\s*$"
)
_GIVER_AFTER = re.compile(
    r"\s*(?:và \w+ )?(?:đã )?(?:giao|quyết định|đề ra|phấn đấu|xây dựng|thông qua|phê duyệt|ủy|uỷ)\b"
)
_STRETCH = re.compile(r"(?:[Kk]hu vực|[Đđ]ịa bàn|[Vv]ùng) $")
_NO_MORE = re.compile(r" \(?cũ(?!\w)| trước đây| \(trước sáp nhập\)")
_ALONE = re.compile(r"(?<!\w)[Rr]iêng $")
_OPENS = re.compile(r"(?:^|[.;\n] ?)$")
_BRANCH = re.compile(r"(?:[Cc]hi cục|[Cc]ục|[Ll]iên đoàn|[Cc]hi nhánh|[Tt]rạm|[Đđ]ội)(?: [\w-]+){1,4} $")
BEFORE = 90
"""Characters before a mention that can tell how it is meant."""


def role_of(text: str, mention: Mention) -> str:
    """Give the role of a mention in its text: subject, office, giver or aside (`AreaMention.role`)."""
    before = text[max(0, mention.start - BEFORE) : mention.start]
    if is_aside(before):
        return "aside"
    if _GIVER_AFTER.match(text, mention.end, mention.end + 24) and not _is_doer(before, text, mention):
        return "giver"
    if mention.how == "body":
        return "office"
    near = level(text)[max(0, mention.start - 50) : mention.start]
    return "office" if _OFFICE_BEFORE.search(near) else "subject"


def _is_doer(before: str, text: str, mention: Mention) -> bool:
    """Tell whether a unit sets itself what follows, or is given it: "Tỉnh Bình Định phấn đấu đón …"."""
    if mention.how == "deixis":
        return False
    if _ALONE.search(before):
        return True
    return text.startswith(" phấn đấu", mention.end) and _OPENS.search(before) is not None


def is_former(text: str, mention: Mention) -> bool:
    """Tell whether a bare name means the stretch of a unit that is no more: "khu vực Hải Dương cũ"."""
    stretch = _STRETCH.search(text, max(0, mention.start - 12), mention.start)
    return stretch is not None or _NO_MORE.match(text, mention.end) is not None


def is_branch(text: str, start: int) -> bool:
    """Tell whether the name that begins at an offset is a branch's: "Chi cục Hải quan Biên Hòa"."""
    return _BRANCH.search(text, max(0, start - 40), start) is not None


def is_aside(before: str) -> bool:
    """Tell by the words before a mention whether it is but an origin, an address or a former post."""
    return (
        _WEAK_BEFORE.search(before[-26:]) is not None
        or ("(" in before and _IN_ADDRESS.search(before) is not None)
        or ("nguyên" in before and _FORMER.search(before) is not None)
    )
