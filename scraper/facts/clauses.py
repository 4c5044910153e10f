"""Clauses around quantities: which words before and after a number belong to it.

The words between two numbers are parted at the first comma, semicolon, bracket or joining word: what is
before belongs to the number on the left (its tail), what is behind to the one on the right (its head).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.facts.quantities import Quantity
from scraper.vietnamese.gates import gated
from scraper.vietnamese.sentences import Sentence

_JOINED_BY_COMMA = (
    r"chế tạo|buôn(?! bán)|bản|tổ dân phố|khu phố|khóm|thị trấn|kho bãi|nhà dột nát|dột nát|hải sản|"
    r"lâm nghiệp|"
    r"lâm thủy sản|lâm,|thủy sản(?= (?:tăng|giảm|đạt|chiếm|ước))|nhập khẩu|tố cáo|kiến nghị, phản ánh|"
    r"phản ánh của|chứng chỉ|lệ phí|ăn uống|chữa bệnh"
)
"""Second members of names that a comma joins: "chế biến, chế tạo", "thôn, buôn"."""
_PART = re.compile(
    rf"[;:()\n]|(?<=[a-zà-ỹđ])/$|,(?! (?:{_JOINED_BY_COMMA})(?!\w))|(?<=\s)-(?=\s)"
    r"|(?<!\w)(?:và|cùng(?! kỳ| thời| tháng| quý| vụ| năm)|trong đó|trong khi|(?<!sầu )riêng(?! lẻ)|nhưng|"
    r"song|còn lại|còn|"
    r"đồng thời|so với (?:cùng kỳ|(?:tháng|quý|kỳ) trước)(?: năm (?:trước|ngoái|\d{4}))?(?= (?:tăng|giảm))"
    r"|gồm|bao gồm|chia ra|cụ thể|thì|nâng(?! cao| cấp)|đưa|qua đó|(?<!so )với)(?!\w)"
)
_BRACKET = re.compile(r"[()]")
_CLOSES = re.compile(r"\)")
_VERB = gated(
    r"(?<!\w)(?:=|đạt(?! chuẩn)|ước|(?<!mặt )bằng(?! sông| bắc bộ| nam bộ| trung bộ)|"
    r"tăng(?! vốn)|giảm(?! nghèo)|vượt|chiếm|gấp|thấp hơn|"
    r"cao hơn|ít hơn|nhiều hơn|thiếu|hụt|tương đương|lên|xuống|mới đạt|chỉ đạt|(?:tổng )?trị giá)(?!\w)"
)


@dataclass(slots=True, unsafe_hash=True)
class Clause:
    """A quantity and the words that belong to it, as offsets into the levelled text."""

    quantity: Quantity
    sentence: Sentence
    head_start: int
    tail_end: int
    gap_start: int
    """Where the number before ends, or the sentence begins."""
    next_start: int
    """Where the next number begins, or the sentence ends."""
    depth: int
    """How many brackets are open around the number."""
    opened: int
    """Offset behind the innermost open bracket, or -1."""
    is_after_bracket: bool
    """True where a bracket closed between the number before and this one."""
    joint: str
    """The sign or word that parts it from the number before; empty for the first."""


def find_clauses(plain: str, sentence: Sentence, quantities: Sequence[Quantity]) -> list[Clause]:
    """Give the clause of every quantity of a sentence, in order."""
    clauses: list[Clause] = []
    gap_start = head_start = sentence.start
    joint = ""
    for index, quantity in enumerate(quantities):
        is_last = index + 1 == len(quantities)
        next_start = sentence.end if is_last else quantities[index + 1].start
        # The words between two numbers are parted once, for the tail of the one and the head of the other.
        parting = _PART.search(plain, quantity.end, next_start)
        verb = _VERB.search(plain, quantity.end, next_start) if parting is None else None
        first = parting or verb
        depth, opened = _brackets(plain, sentence.start, quantity.start)
        clauses.append(
            Clause(
                quantity, sentence, head_start, first.start() if first else next_start, gap_start, next_start,
                depth, opened, ")" in plain[gap_start : quantity.start] and index > 0, joint,
            )
        )  # fmt: skip
        gap_start = quantity.end
        if parting is None:
            head_start, joint = (verb.start() if verb else gap_start), ""
        elif not is_last:
            head_start, joint = _head(plain, parting, next_start)
    return clauses


def _head(plain: str, match: re.Match[str], end: int) -> tuple[int, str]:
    """Give where the words before a number begin, behind all that parts them, and what parts them."""
    last, closed = match, -1
    if match[0] == "(":
        closed = plain.find(")", match.end(), end)
    if closed >= 0:
        # what is closed again before the number is no part of its words: "(giá so sánh 2010), tăng 8,9%"
        last = _CLOSES.match(plain, closed) or match
    while (after := _PART.match(plain, last.end(), end)) or (
        plain[last.end() : last.end() + 1] == " " and (after := _PART.match(plain, last.end() + 1, end))
    ):
        last = after
    return last.end(), plain[max(match.start(), closed) : last.end()].strip(" )")


def _brackets(plain: str, start: int, end: int) -> tuple[int, int]:
    opened: list[int] = []
    if plain.find("(", start, end) < 0:
        return 0, -1
    for match in _BRACKET.finditer(plain, start, end):
        if match[0] == "(":
            opened.append(match.end())
        elif opened:
            opened.pop()
    return len(opened), opened[-1] if opened else -1
