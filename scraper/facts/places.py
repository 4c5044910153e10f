"""Which area a number is about: named in its clause, carried in its sentence, or the article's own."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.facts.clauses import Clause
from scraper.facts.districts import AreaMention, AreaReading
from scraper.facts.wording import residue
from scraper.vietnamese.areas import COUNTRY
from scraper.vietnamese.gates import gated

_NAMED_AFTER = gated(
    r"(?:chuẩn|chủ đề|kế hoạch|dự toán|nghị quyết|cấp|chỉ tiêu|so với|bình quân chung của|gửi|trình|lên|"
    r"trở thành|thành lập) $"
)
_WHOLE_AREA = gated(r"(?:toàn|cả|trên địa bàn|khắp|riêng|trong) $")
_PLURAL = re.compile(r"(?:\d|các|những|mỗi|từng|số|nhiều|một số|%|ba|hai|bốn|mấy) $")
_ABBREVIATED = re.compile(r" [A-ZĐ]{2,}$")
_PLACED = re.compile(r"(?:ở|tại|thuộc|trên địa bàn|của|toàn|khu vực) $")
_BORDERS = gated(
    r"giáp(?: ranh)?(?: với)? [^;.]{0,40}$|(?:sáp nhập|hợp nhất|trên cơ sở|nhập toàn bộ|nhập từ)[^;.]{0,100}$"
)
_OTHERS = gated(
    r"(?<!\w)(?:các|những) (?:xã|phường|huyện|quận|địa phương|"
    r"đơn vị)(?:, \w+)* (?:còn lại|khác)(?!\w)"
)
_LISTED = re.compile(r"(?:,| và|, và) ")
_COUNTRYWIDE = gated(
    r"(?:bình quân|mức|trung bình)(?: chung)?(?: của)? (?:cả nước|toàn quốc)(?: là| đạt)?[\s(]*$"
)
"""What stands right before a number that others are compared with."""
_THAN_ALL = gated(
    r"(?:cao|thấp|nhanh|chậm|lớn|nhiều|ít) hơn(?: so với)?(?: mức)? (?:bình quân|trung bình)[^,;.(]*$"
)
_CHAIN = 2
"""So many names beside one make it a part of a list."""
_COUNTED = re.compile(r"\d (?:\w+ )?$")
_INSIDE = re.compile(r", (?:thuộc )?")
_TIERS = {"commune": 0, "district": 1, "province": 2, "region": 3, "country": 4}
_SPEAKS = gated(r"(?<!\w)(?:cho biết|hứa|cam kết|đề nghị|báo cáo|kiến nghị|tham luận|chia sẻ|nêu)(?!\w)")
_MEETS = re.compile(
    r" (?:đã )?(?:tổ chức|tiến hành|khai mạc) (?:thành công )?(?:đại hội|hội nghị|kỳ họp)(?!\w)"
)
_SOURCE = gated(
    r"(?:^|\W)(?:theo|tại)(?: (?:báo cáo|số liệu|thông tin|thống kê|đánh giá|nguồn tin|từ|của|mới nhất))*"
    r"[^,;.]{0,24}$"
)
"""What names an office, in the head of a paragraph, as the one that its figures come from."""
_GOES_ON = re.compile(r"trong đó")
_OPENS = 12
"""How far into a sentence an area may stand that the sentences after it go on about."""
_OPENING = 60
"""How far into a sentence an area may stand that the whole sentence is about."""


def area_of(areas: AreaReading, field: str, plain: str, clause: Clause) -> tuple[str, str]:
    """Give the area that a number is about, and by which rule.

    It is `named` before the number or behind it, or `carried` in the sentence, or a `speaker`'s, or the
    article's `own`.
    """
    return _Places(areas, field, plain, clause).find()


class _Places:
    def __init__(self, areas: AreaReading, field: str, plain: str, clause: Clause) -> None:
        self.areas, self.field, self.plain, self.clause = areas, field, plain, clause
        self.here = clause.quantity.start
        self.first = clause.sentence.start

    def find(self) -> tuple[str, str]:
        clause = self.clause
        near, far = max(self.first, self.here - 60), max(self.first, self.here - 80)
        is_of_all = _COUNTRYWIDE.search(self.plain, near, self.here) is not None
        if is_of_all and not _THAN_ALL.search(self.plain, far, self.here):
            return COUNTRY, "named"
        start = max(clause.head_start, clause.opened) if clause.depth else clause.head_start
        for mention in reversed(self._mentions(start, self.here)):
            if self._is_spoken_of(mention, start):
                return self._resolved(self._smallest(mention, self.first)), "named"
            if self._is_counted_office(mention):
                return mention.ref, "named"
        for mention in self._mentions(clause.quantity.end, clause.tail_end):
            if mention.is_subject and _PLACED.search(self.plain, clause.quantity.end, mention.start):
                if mention.how != "deixis":
                    return mention.ref, "named"
                named = self._named_before(mention)
                if named is not None:
                    return named, "named"
        if _OTHERS.search(self.plain, start, self.here):
            return self.areas.ref_area, "own"
        for mention in reversed(self._mentions(self.first, start)):
            if self._is_spoken_of(mention, self.first) and self._rules(mention):
                return self._resolved(self._smallest(mention, self.first)), "carried"
        speaker = self._speaker()
        if speaker:
            return speaker, "speaker"
        before = self._paragraph_area()
        if before:
            return before, "carried"
        if (peer := self._last_peer()) is not None:
            return peer, "carried"
        heading = self.areas.heading_of(self.first) if self.field == "body_text" else None
        return (heading, "heading") if heading else (self.areas.ref_area, "own")

    def _paragraph_area(self) -> str | None:
        """Give the area that the sentence before one that goes on with "Trong đó" opens with, or the first
        of the paragraph where it is of the article's own tier: one of several that are gone through."""
        if self.field != "body_text":
            return None
        paragraph = self.plain.rfind("\n", 0, self.first) + 1
        if (turn := self._in_turn(paragraph)) is not None:
            return turn
        if paragraph >= self.first:
            return None
        goes_on = _GOES_ON.match(self.plain, self.first) is not None
        own = _TIERS.get(self._own_tier(), 0)
        for mention in reversed(self._mentions(paragraph, self.first)):
            start = max(paragraph, self.areas.sentence_start(mention.start))
            opens = mention.start - start <= _OPENS and mention.how != "deixis"
            is_office = start == paragraph and mention.role == "office" and mention.how != "deixis"
            if is_office and self._is_source(mention):
                return mention.ref
            meets = is_office and self._meets(mention)
            if not (meets or (opens and mention.is_subject)) or self._is_listed(mention):
                continue
            peer = _TIERS.get(mention.level, 0) >= own and mention.ref != self.areas.ref_area
            return mention.ref if goes_on or peer else None
        return None

    def _in_turn(self, paragraph: int) -> str | None:
        """Give the area that a paragraph opens with, by its name or its office, where the article goes
        through many of its tier and none of them rules it."""
        if not self.areas.goes_through:
            return None
        for mention in self._mentions(paragraph, self.here):
            named = mention.how != "deixis" and mention.role in ("subject", "office")
            if named and mention.level == self.areas.goes_through and not self._is_listed(mention):
                return mention.ref if mention.start - paragraph <= _OPENING else None
        return None

    def _last_peer(self) -> str | None:
        """Give the unit named last of several that the headline is about: what follows goes on about it."""
        if not self.areas.titled_peers or self.field != "body_text":
            return None
        for mention in reversed(self._mentions(0, self.here)):
            if mention.how != "deixis" and mention.ref in self.areas.titled_peers and mention.role != "aside":
                return mention.ref if not self._is_listed(mention) else None
        return None

    def _is_source(self, mention: AreaMention) -> bool:
        """Tell whether figures come from an office below the article's own unit: "Theo UBND huyện …"."""
        if _TIERS.get(mention.level, 9) >= _TIERS.get(self._own_tier(), 0):
            return False
        start = self.areas.sentence_start(mention.start)
        return mention.start - start <= _OPENING and bool(_SOURCE.search(self.plain, start, mention.start))

    def _meets(self, mention: AreaMention) -> bool:
        """Tell whether an office that opens a paragraph gathers: what is told after it is of its unit."""
        before = self.plain[self.areas.sentence_start(mention.start) : mention.start]
        return len(before) <= _OPENING and _MEETS.match(self.plain, mention.end) is not None

    def _mentions(self, start: int, end: int) -> list[AreaMention]:
        return self.areas.mentions_in(start, end, self.field)

    def _rules(self, mention: AreaMention) -> bool:
        """Tell whether what follows a mention in its sentence is said of it: it opens the sentence or a "
        "part."""
        before = self.plain[self.first : mention.start]
        part = max(before.rfind(";"), before.rfind(", "), before.rfind(": "))
        opens_part = part >= 0 and not residue(self.plain, self.first + part, mention.start, (), ())
        words = residue(self.plain, self.first, mention.start, (), ())
        if len(before) <= _OPENING or len(words.split()) <= 4 or opens_part:
            return True
        return bool(_WHOLE_AREA.search(self.plain, max(0, mention.start - 20), mention.start))

    def _is_spoken_of(self, mention: AreaMention, start: int) -> bool:
        """Tell whether a mention can be what a number after it is about."""
        if not mention.is_subject or (mention.ref[-1:].isupper() and _ABBREVIATED.search(mention.ref)):
            return False
        before = self.plain[max(start, mention.start - 18) : mention.start]
        if _NAMED_AFTER.search(before) or _BORDERS.search(
            self.plain, max(self.first, mention.start - 120), mention.start
        ):
            return False
        opened = self.plain.rfind("(", start, mention.start)
        if opened >= 0 and mention.start < self.plain.find(")", opened, self.here):
            return False
        if mention.how == "deixis" and self.plain.startswith(" hội", mention.end):
            return False
        if self.clause.quantity.unit == "commune" and mention.level == "commune":
            return False
        if mention.how == "deixis" and not _WHOLE_AREA.search(before):
            if _PLURAL.search(before):
                return False
            return mention.level in (self._own_tier(), self.areas.goes_through) or self._opens_on(mention)
        return mention.how == "deixis" or not self._is_listed(mention)

    def _is_listed(self, mention: AreaMention) -> bool:
        """Tell whether a mention is one of several of its kind: "ở 2 xã Hòa Bình, Vĩnh Long"."""
        if self._neighbours(mention) >= _CHAIN:
            return True
        for other in self._mentions(max(self.first, mention.start - 40), mention.end + 40):
            one, two = (other, mention) if other.start < mention.start else (mention, other)
            joint = _LISTED.fullmatch(self.plain, one.end, two.start)
            if joint is None or one.level != two.level or one.ref == two.ref:
                continue
            if "và" in joint[0] or _COUNTED.search(self.plain, max(self.first, one.start - 8), one.start):
                return True
        return False

    def _neighbours(self, mention: AreaMention) -> int:
        """Count the names of its kind that stand in one list with a mention."""
        names = [m for m in self._mentions(self.first, self.here) if m.level == mention.level]
        if mention not in names:
            return 0
        index = names.index(mention)
        count, last = 0, mention
        for other in reversed(names[:index]):
            if not _LISTED.fullmatch(self.plain, other.end, last.start):
                break
            count, last = count + 1, other
        last = mention
        for other in names[index + 1 :]:
            if not _LISTED.fullmatch(self.plain, last.end, other.start):
                break
            count, last = count + 1, other
        return count

    def _smallest(self, mention: AreaMention, start: int) -> AreaMention:
        """Give the unit inside which a printed address begins: "xã Thạnh Quới, huyện Mỹ Xuyên"."""
        for other in reversed(self._mentions(start, mention.start)):
            below = _TIERS.get(other.level, 9) < _TIERS.get(mention.level, 0)
            if below and other.is_subject and _INSIDE.fullmatch(self.plain, other.end, mention.start):
                return self._smallest(other, start)
        return mention

    def _resolved(self, mention: AreaMention) -> str:
        """Give the area of a mention; a bare kind word means the unit named last, else the article's own."""
        if mention.how != "deixis":
            return mention.ref
        named = self._named_before(mention) or self._of_turn(mention)
        named = named or (self._last_peer() if mention.level == self._own_tier() else None)
        if named is not None:
            return named
        return self.areas.ref_area if mention.level == self._own_tier() else mention.ref

    def _of_turn(self, deixis: AreaMention) -> str | None:
        """Give the unit that a bare kind word means in a paragraph on one of many: its own."""
        if self.field != "body_text" or deixis.level != self.areas.goes_through:
            return None
        return self._in_turn(self.plain.rfind("\n", 0, self.first) + 1)

    def _named_before(self, deixis: AreaMention) -> str | None:
        """Give the unit of the kind of a bare kind word that its sentence names before, an office's too."""
        for mention in reversed(self._mentions(self.first, deixis.start)):
            if mention.how != "deixis" and mention.level == deixis.level:
                return mention.ref
        return self._only_of_paragraph(deixis)

    def _only_of_paragraph(self, deixis: AreaMention) -> str | None:
        """Give the one unit of the kind of a bare kind word that its paragraph named before, not listed."""
        if self.field != "body_text" or deixis.level == self._own_tier():
            return None
        paragraph = self.plain.rfind("\n", 0, self.first) + 1
        before = [m for m in self._mentions(paragraph, self.first) if m.how != "deixis"]
        named = {m.ref for m in before if m.level == deixis.level and m.role in ("subject", "office")}
        return named.pop() if len(named) == 1 else None

    def _opens_on(self, deixis: AreaMention) -> bool:
        """Tell whether a sentence opens with a kind word whose unit its paragraph names: "Huyện còn …"."""
        return deixis.start == self.first and self._only_of_paragraph(deixis) is not None

    def _is_counted_office(self, mention: AreaMention) -> bool:
        """Tell whether an office stands right before its number: "Chi cục Hải quan Thái Bình 842"."""
        if mention.is_subject or mention.how == "deixis" or self.clause.joint not in (",", ";"):
            return False
        return not residue(self.plain, mention.end, self.here, (), ())

    def _speaker(self) -> str | None:
        """Give the area of the office whose head speaks in the sentence, where it lies below the "
        "article's."""
        for mention in self._mentions(self.first, min(self.here, self.first + _OPENING)):
            below = _TIERS.get(mention.level, 9) < _TIERS.get(self._own_tier(), 0)
            named = mention.how != "deixis" and not mention.is_subject
            if below and named and _SPEAKS.search(self.plain, mention.end, self.here):
                return mention.ref
            if named and self._is_source(mention):
                return mention.ref
        return None

    def _own_tier(self) -> str:
        return _tier_of(self.areas.ref_area)


@lru_cache(maxsize=64)
def _tier_of(ref: str) -> str:
    if ref == COUNTRY:
        return "country"
    if re.match(r"tỉnh|thành phố|quận|huyện|thị xã", ref):
        return "province" if ref.startswith("tỉnh") else "district"
    if ref.isdigit():
        return {2: "province", 3: "district"}.get(len(ref), "commune")
    return "commune" if re.match(r"phường|xã|thị trấn|đặc khu", ref) else "region"
