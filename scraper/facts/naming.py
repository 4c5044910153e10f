"""The printed names of things that numbers count, without the number and its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.facts.clauses import Clause
from scraper.facts.wording import residue, tidy
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period
from scraper.vietnamese.vocabulary import function_words

BY_LAW = gated(r"(?<!\w)(?:theo|nhằm|để|do|nhờ|tại|ở|trên địa bàn|được giao)(?!\w)")
"""Words that lead from a name to its circumstances."""
_PLAN_WORDS = re.compile(r"(?:kế hoạch|dự toán|chỉ tiêu|nghị quyết|kh|nq|so với|mục tiêu)(?!\w)")


_WHOLE_PLACE = re.compile(
    r"(?<!\w)(?:toàn|cả nước|thành phố|tỉnh|quận|huyện|xã|phường|các|địa bàn|"
    r"trong)(?!\w)"
)
_COMPARED = re.compile(r" so với .*$", re.IGNORECASE)
"""What a name is compared with is no part of it."""
_OPENERS = frozenset(
    [
        "tỷ",
        "tỉ",
        "tổng",
        "số",
        "mức",
        "bình",
        "các",
        "chỉ",
        "cao",
        "tiêu",
        "nhân",
        "kế",
        "phát",
        "tiếp",
        "nhận",
        "bị",
        "dự",
        "giao",
        "thể",
        "thị",
        "chung",
        "trung",
        "đồng",
        "nâng",
        "xã",
        "phường",
        "ứng",
        "giữ",
        "thực",
        "đưa",
        "chiến",
        "tương",
        "đầu",
        "ghi",
    ]
)
"""Function words that can begin a name: "cao su", "tiêu hủy", "tiếp nhận"."""
_CLOSERS = frozenset(
    [
        "nhận",
        "triển",
        "đưa",
        "nhân",
        "tế",
        "số",
        "toán",
        "tiêu",
        "thị",
        "phố",
        "thể",
        "cao",
        "thấp",
        "chung",
        "toàn",
        "tính",
        "mới",
        "phường",
        "xã",
        "tỉnh",
        "huyện",
        "quận",
        "đồng",
        "ứng",
        "nhất",
    ]
)
"""Function words that can end one: "tiếp nhận", "công nhân"."""


_PLURAL = re.compile(r"^(?:tất cả |toàn bộ )?(?:các|những) ", re.IGNORECASE)
_LOCAL = re.compile(
    r" trên địa bàn(?: (?:toàn )?(?:quận|huyện|thành phố|tỉnh|xã|phường|thị xã|đặc khu))?(?= |$)"
)
_PAUSE = re.compile(r"[,;:]")
_MEASURING = re.compile(r"(?:tăng|giảm|đạt|bằng|vượt|=)(?: \w+)?\s*$")
_ALL = re.compile(r" (?:đều|đã|cũng)(?= )")


def counted_name(words: str) -> str:
    """Give the name of things counted: "các hộ trên địa bàn quận đều có tết" → "hộ có tết"."""
    return _ALL.sub("", _LOCAL.sub("", _PLURAL.sub("", words)))


def is_plan(words: str) -> bool:
    """Tell whether words behind a percent only say of what plan it is: "dự toán HĐND quận"."""
    return bool(_PLAN_WORDS.match(words.lower()))


class Naming:
    """Names things of one article by its own words."""

    def __init__(self, plain: str, text: str, periods: Sequence[Period]) -> None:
        """`text`: the article's text as printed; `plain`: its levelled form."""
        self.plain, self.text, self.periods = plain, text, periods

    def counted(self, clause: Clause) -> str:
        """Give the printed noun that a number counts, with the words that define it."""
        quantity = clause.quantity
        stop = BY_LAW.search(self.plain, quantity.end, self.tail_end(clause))
        end = stop.start() if stop else self.tail_end(clause)
        return self.text[quantity.unit_start : max(end, quantity.end)].strip(" ,-.")

    def tail_end(self, clause: Clause) -> int:
        """Give where the words end that stand behind a number and define what it counts."""
        return min(clause.tail_end, clause.quantity.end + 90)

    def name(self, clause: Clause, start: int, tail: str) -> str:
        """Give the printed name of what a number is about, without the number."""
        quantity = clause.quantity
        first = self.phrase_start(max(start, quantity.start - 140), quantity.start)
        words = _COMPARED.sub("", tidy(self._undated(first, quantity.start)))
        head = self._trim(words)
        counted = self.text[quantity.unit_start : quantity.end].strip() if quantity.is_noun else ""
        counted = "" if counted == "điểm" and head else counted
        if (
            head
            and quantity.unit == "percent"
            and (self.is_verbal(clause) or _PLAN_WORDS.match(tail.lower()))
        ):
            tail = ""
        if counted and tail and len(head.split()) > 3:
            head = self.verb(first, quantity.start)
        if not head and not counted and (not tail or is_plan(tail)):
            head, tail = words, ""
        return " ".join(part for part in (head, counted, tail) if part) or "không rõ"

    def verb(self, start: int, end: int) -> str:
        """Give the short verb that leads to a count ("kết nạp", "cấp mới"); "" for a whole statement."""
        words = tidy(self._undated(start, end)).split()
        is_verb = bool(words) and len(words) <= 3 and words[0].islower()
        return " ".join(words) if is_verb and not _WHOLE_PLACE.search(" ".join(words)) else ""

    def _undated(self, start: int, end: int) -> str:
        """Give the words of a stretch without the periods that they name."""
        text = self.text[start:end]
        for period in reversed([p for p in self.periods if start <= p.start and p.end <= end]):
            text = f"{text[: period.start - start]} {text[period.end - start :]}"
        return text

    def _trim(self, name: str) -> str:
        """Take function words off both ends, but for those that begin a rate or a sum: "tỷ lệ", "tổng số"."""
        words = name.split()
        while words and words[-1].lower() in function_words() and words[-1].lower() not in _CLOSERS:
            words.pop()
        while words and words[0].lower() in function_words() and words[0].lower() not in _OPENERS:
            words.pop(0)
        return " ".join(words)

    def phrase_start(self, start: int, end: int) -> int:
        """Give where the last words begin that name something, so that a name is no sentence."""
        stretch = self.plain[start:end]
        if "," not in stretch and ";" not in stretch and ":" not in stretch:
            return start
        for match in reversed(list(_PAUSE.finditer(stretch))):
            after = start + match.end()
            if match[0] == "," and self.text[after + 1 : after + 2].isupper():
                continue  # a list of names goes on
            if len(self.plain[after:end].split()) > 4 or residue(self.plain, after, end, self.periods, ()):
                return after
        return start

    def is_verbal(self, clause: Clause) -> bool:
        """Tell whether a verb of measure leads to the number: "đạt", "tăng", "bằng"."""
        return bool(_MEASURING.search(self.plain[clause.head_start : clause.quantity.start]))
