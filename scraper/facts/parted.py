"""Indicators whose words a number parts, or that stand behind it: "thành lập 15 chi bộ"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.fitting import fits
from scraper.facts.turns import Turns
from scraper.facts.wording import residue
from scraper.vietnamese.units import read_unit
from scraper.vietnamese.vocabulary import Mention, begins_phrase, opening_indicator

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    {
        "được",
        "mới",
        "thêm",
        "cho",
        "trên",
        "hơn",
        "gần",
        "khoảng",
        "ít",
        "nhất",
        "tối",
        "thiểu",
        "tổng",
        "số",
        "đã",
    }
)
"""Words between a phrase and its number that are no part of the phrase."""


_CLASSIFIER = re.compile(r"^(?:ngôi|căn) (?=nhà)")
"""Words that only count houses: "sửa 14 ngôi nhà"."""


_STOPS = re.compile(r"[;.:]|(?<!\w)(?:gồm|nhất là|như|trong đó)(?!\w)")
_SHARE_BETWEEN = re.compile(r" \((?:chiếm |đạt |tỷ lệ |bằng )*[\d.,]+\s?%\)[^;.:,()\d]*")
"""A share in brackets between a count and what is counted: "24/96 xã (chiếm 25%) đạt chuẩn"."""
_STOPS_OF_PERCENT = re.compile(r"[;.:,]|(?<!\w)(?:gồm|nhất là|như|trong đó)(?!\w)")


class Parted(Turns):
    """Finds the indicators that are not named before their number in one piece."""

    def _across(self, clause: Clause, start: int) -> Subject | None:
        """Find a phrase that the number parts: "thành lập 15 chi bộ", "cấp 412 giấy phép xây dựng"."""
        quantity = clause.quantity
        behind = self._behind(clause)
        following = _WORD.search(counted := _CLASSIFIER.sub("", behind))
        if following is None:
            return None
        words = _LETTERS.findall(self.plain, max(start, quantity.start - 40), quantity.start)
        for last in range(len(words), 0, -1):
            for first in range(max(0, last - 4), last):
                front = words[first:last]
                if begins_phrase(front, following[0]):
                    found = self._parted_by(clause, start, " ".join(front), behind, counted)
                    if found is not None:
                        return found
            if words[last - 1] not in _FILLERS:
                break
        return None

    def _parted_by(self, clause: Clause, start: int, front: str, behind: str, counted: str) -> Subject | None:
        """Find the phrase that some words before the number begin, and what it counts goes on with."""
        quantity = clause.quantity
        around = self.plain[max(0, quantity.start - 400) : quantity.end + 130]
        mention = opening_indicator(f"{front} {counted}", around)
        if mention is None or mention.end <= len(front) + 1 or not fits(mention.key, quantity.unit):
            return None
        name = f"{front} {self.naming.counted(clause) if quantity.is_noun else behind}"
        begin = max(start, self.plain.rfind(front, start, quantity.start))
        part = name if mention.is_slice else None
        return Subject(mention.key, name, part, begin, "across", True, True, sure=0.9)

    def _behind(self, clause: Clause) -> str:
        """Give the words that a number counts and those that define them, else those behind its unit."""
        quantity = clause.quantity
        start = quantity.unit_start if quantity.is_noun else quantity.end
        return self.plain[start : max(quantity.end, self.naming.tail_end(clause))].strip()

    def _predicate(self, clause: Clause) -> Mention | None:
        """Find what is said of a count behind a bracket: "3 xã (A, B) được công nhận đạt chuẩn NTM"."""
        quantity = clause.quantity
        counted = quantity.is_noun or (
            quantity.unit == "percent"
            and not self.naming.is_verbal(clause)
            and self._counts_behind(quantity.end)
        )
        if not counted or quantity.unit in ("person", "case"):
            return None
        stops = _STOPS if quantity.is_noun else _STOPS_OF_PERCENT
        stop = stops.search(self.plain, quantity.end, clause.next_start)
        limit = stop.start() if stop else clause.next_start
        if quantity.is_noun and (beyond := _SHARE_BETWEEN.match(self.plain, quantity.end)):
            limit = beyond.end()
        elif clause.next_start < clause.sentence.end and not stop:
            comma = self.plain.rfind(",", quantity.end, clause.next_start)
            limit = comma if comma > 0 else quantity.end
        found = [
            m
            for m in self._here
            if quantity.unit_start <= m.start and quantity.end < m.end <= limit and fits(m.key, quantity.unit)
        ]
        return found[0] if found else None

    def _counts_behind(self, position: int) -> bool:
        """Tell whether a percent is one of things that are counted: "92% hộ gia đình được công nhận"."""
        unit = read_unit(self.plain, position)
        return unit is not None and unit.is_noun

    def _shared_with_next(self, clause: Clause) -> Subject | None:
        """Read what is named once, behind the second count: "bắt 103 vụ, 121 đối tượng về ma túy"."""
        quantity = clause.quantity
        if not quantity.is_noun or self._words(quantity.end, clause.tail_end, ()):
            return None
        if quantity.unit not in ("case", "commune"):
            return None
        if not re.fullmatch(
            r"(?:,| với| và|, với| cùng) (?:trên |hơn |gần )?", self.plain[quantity.end : clause.next_start]
        ):
            return None
        digits = re.compile(r"[\d.,/]+").match(self.plain, clause.next_start)
        behind = digits.end() if digits else clause.next_start
        limit = re.compile(r"[;.]|, so với|(?<=[\s(])\d").search(self.plain, behind, clause.sentence.end)
        end = limit.start() if limit else clause.sentence.end
        for mention in self._here:
            if clause.next_start < mention.start < end and fits(mention.key, quantity.unit):
                counted = self.text[quantity.unit_start : quantity.end]
                name = f"{counted} {self.text[mention.start : mention.end]}"
                return Subject(mention.key, name, None, quantity.start, "shared", True, True, sure=0.85)
        return None

    def _before_bracket(self, clause: Clause) -> Mention | None:
        """Give the indicator that a bracket with bare counts follows: "trường đạt chuẩn (mới 1 trường)"."""
        before = [m for m in self._here if 0 <= clause.opened - 1 - m.end <= 2]
        return before[-1] if before and fits(before[-1].key, clause.quantity.unit) else None

    def _receives(self, clause: Clause) -> bool:
        """Tell whether "lượt" alone are visits: "7 tháng đón 1,72 triệu lượt"."""
        head = re.search(
            r"(?<!\w)(?:đón|phục vụ)(?: \w+){0,2} $", self.plain[clause.head_start : clause.quantity.start]
        )
        return bool(head) and not self._words(clause.quantity.end, clause.tail_end, ())

    def _words(self, start: int, end: int, areas: Sequence[tuple[int, int]]) -> int:
        return len(residue(self.plain, start, end, self.periods, areas).split())
