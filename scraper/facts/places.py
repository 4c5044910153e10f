"""Which area a number is about: named in its clause, carried in its sentence, or the article's own."""

from __future__ import annotations

import re

from scraper.facts.clauses import Clause
from scraper.facts.districts import AreaMention, AreaReading
from scraper.facts.wording import residue

_NAMED_AFTER = re.compile(
    r"(?:chuẩn|chủ đề|kế hoạch|dự toán|nghị quyết|cấp|chỉ tiêu|so với|bình quân chung của|gửi|trình|lên) $"
)
_WHOLE_AREA = re.compile(r"(?:toàn|cả|trên địa bàn|khắp|riêng|trong) $")
_PLURAL = re.compile(r"(?:\d|các|những|mỗi|từng|số|nhiều|một số|%|ba|hai|bốn|mấy) $")
_ABBREVIATED = re.compile(r" [A-ZĐ]{2,}$")
_PLACED = re.compile(r"(?:ở|tại|thuộc|trên địa bàn|của|toàn|khu vực) $")


def area_of(areas: AreaReading, field: str, plain: str, clause: Clause) -> str:
    """Give the area that a number is about: named before it, behind it with a preposition, or carried."""
    quantity = clause.quantity
    start = max(clause.head_start, clause.opened) if clause.depth else clause.head_start
    for mention in reversed(areas.mentions_in(start, quantity.start, field)):
        if _is_spoken_of(areas, plain, mention, start, quantity.start):
            return mention.ref
    for mention in areas.mentions_in(quantity.end, clause.tail_end, field):
        if (
            mention.is_subject
            and mention.how != "deixis"
            and _PLACED.search(plain, quantity.end, mention.start)
        ):
            return mention.ref
    for mention in reversed(areas.mentions_in(clause.sentence.start, clause.head_start, field)):
        if _is_spoken_of(areas, plain, mention, clause.sentence.start, quantity.start):
            words = residue(plain, clause.sentence.start, mention.start, (), ())
            opens = mention.start - clause.sentence.start <= 60 or len(words.split()) <= 4
            if opens or _WHOLE_AREA.search(plain, max(0, mention.start - 20), mention.start):
                return mention.ref
    return areas.ref_area


def _is_spoken_of(areas: AreaReading, plain: str, mention: AreaMention, start: int, here: int) -> bool:
    """Tell whether a mention can be what a number after it is about."""
    if not mention.is_subject or _ABBREVIATED.search(mention.ref):
        return False
    before = plain[max(start, mention.start - 18) : mention.start]
    if _NAMED_AFTER.search(before):
        return False
    opened = plain.rfind("(", start, mention.start)
    if opened >= 0 and mention.start < plain.find(")", opened, here):
        return False
    if mention.how == "deixis" and not _WHOLE_AREA.search(before):
        if plain.startswith(" hội", mention.end) or _PLURAL.search(before):
            return False
        own = areas.ref_area
        tier = "province" if len(own) == 2 else "district" if re.fullmatch(r"\d{3}", own) else "commune"
        if re.match(r"tỉnh|thành phố|quận|huyện|thị xã", own):
            tier = "province" if own.startswith("tỉnh") else "district"
        return mention.level == tier
    return True
