"""Bodies of Party, State and associations in Vietnamese prose: where one begins, and its short usual form.

"Ban Chấp hành Đảng bộ quận Lê Chân" and "Ban Thường vụ Quận ủy Lê Chân" are the Quận ủy Lê Chân; "Thường
trực HĐND huyện" is the HĐND huyện. The term of office behind a name ("khóa XVIII, nhiệm kỳ 2016-2021") is no
part of it. The words that a body's name begins with are data: `body_words.csv`.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from scraper.vietnamese.sentences import level

with (Path(__file__).parent / "data" / "body_words.csv").open(encoding="utf-8", newline="") as _file:
    _STARTS = [row["word"] for row in csv.DictReader(_file)]
_START = re.compile(
    rf"(?<![\w/])(?:{'|'.join(sorted(map(re.escape, _STARTS), key=len, reverse=True))})(?!\w)"
)
_TERM = re.compile(
    r"(?:[\s,;]*(?:\([^()]*\)|(?:khóa|k\.)\s*(?:[ivxlc]+|\d+)|nhiệm kỳ\s*(?:\d{4}\s*-\s*\d{4}|\d+)"
    r"|lần thứ \w+))+[\s,]*$"
)
_TOGETHER = re.compile(
    r"[\s,]+(?:chủ trì,? )?(?:đã |vừa )?(?:phối hợp|cùng với|cùng các|liên kết|kết hợp)(?!\w)"
)
_PARTY = re.compile(
    r"^(?:hội nghị )?(?:(?:ban thường vụ|thường trực|btv|tập thể|thường vụ|ban thường trực)\s+)*"
    r"(?:(?:ban chấp hành|bch)\s+)?(?:đảng bộ\s+)(?P<kind>tỉnh|thành phố|tp\.?|quận|huyện đảo|huyện"
    r"|thị xã|phường|xã|thị trấn|đặc khu)(?P<rest>.*)$"
)
_BOARD = re.compile(
    r"^(?:(?:ban thường vụ|thường trực|btv|thường vụ|tập thể|ban thường trực|lãnh đạo|ban chấp hành"
    r"|bch|tập thể lãnh đạo)\s+)+(?P<rest>\w.*)$"
)
_PARTY_NAMES = {
    "tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "tp": "Thành ủy", "tp.": "Thành ủy", "quận": "Quận ủy",
    "huyện": "Huyện ủy", "huyện đảo": "Huyện ủy", "thị xã": "Thị ủy", "phường": "Đảng ủy phường",
    "xã": "Đảng ủy xã", "thị trấn": "Đảng ủy thị trấn", "đặc khu": "Đảng ủy đặc khu",
}  # fmt: skip
PARTY_BODY = re.compile(
    r"^(?:ban thường vụ|ban chấp hành|bch|btv|thường trực|thường vụ|đảng bộ|quận ủy|huyện ủy|thị ủy"
    r"|thành ủy|tỉnh ủy|đảng ủy"
    r"|ban cán sự đảng)(?!\w)(?! (?:hđnd|ubnd|hội|ủy ban|mttq|công đoàn|đoàn))"
)
"""A levelled name that begins as a party committee's does."""


_KIND_PIECE = re.compile(r"(?:xã|phường|quận|huyện|thị xã|thành phố|tỉnh)(?!\w)")


def begins_body(plain: str) -> bool:
    """Tell whether levelled text begins with a body's name."""
    return _START.match(plain) is not None


def trim_body(text: str) -> str:
    """Cut off what is said of a body but is not its name: its term, brackets, and whom it works with."""
    plain = level(text)
    together = _TOGETHER.search(plain)
    if together:
        text, plain = text[: together.start()], plain[: together.start()]
    while (term := _TERM.search(plain)) and term.start() > 0:
        text, plain = text[: term.start()], plain[: term.start()]
    return text.strip(" ,;-–")


def body_before(text: str, end: int, start: int = 0) -> tuple[int, int] | None:
    """Find the body whose name ends at `end`: the subject of the verb that stands there.

    Looks back no further than `start`. Returns the span of its name with its term, or None.
    """
    plain = level(text)
    segment_start, best = end, None
    while segment_start > start:
        comma = max(plain.rfind(mark, start, segment_start - 1) for mark in (",", ";", ":"))
        piece_start = comma + 1 if comma >= start else start
        while piece_start < end and not plain[piece_start].isalnum():
            piece_start += 1
        found = _START.match(plain, piece_start)
        if not found:
            inner = re.match(
                r"(?:do|riêng|sau đó|nhân dịp|vừa qua|mới đây|và|còn|tại đây|cũng trong|theo) ",
                plain[piece_start:end],
            )
            found = _START.match(plain, piece_start + inner.end()) if inner else None
        if found and best is not None and found.start() >= best[0]:
            break
        if found:
            if best is not None and not _KIND_PIECE.match(plain, found.start()):
                best = (found.start(), best[0])
                while best[1] > best[0] and not plain[best[1] - 1].isalnum():
                    best = (best[0], best[1] - 1)
                break
            if best is None:
                best = (found.start(), end)
            elif found.start() != piece_start or re.match(
                r"(?:xã|phường|quận|huyện|thị xã|thành phố|tỉnh)", plain[piece_start:]
            ):
                break
            if comma >= start and segment_start == end and found.start() == piece_start:
                segment_start = comma
                continue
            break
        if best is not None:
            break
        piece = plain[piece_start:end]
        if not re.match(r"(?:khóa|nhiệm kỳ|chống|phòng|tìm kiếm|k\.|kỳ|\(|cứu nạn)", piece):
            inside = list(_START.finditer(plain, piece_start, end))
            if inside and not re.search(r"(?:^|\s)tại\s", plain[piece_start : inside[0].start()]):
                best = (inside[0].start(), end)
            break
        segment_start = comma if comma >= start else start
    return best


def short_form(printed: str) -> str:
    """Put a body's printed name in its short usual form, without its term."""
    name = trim_body(" ".join(printed.split()))
    plain = level(name)
    party = _PARTY.match(plain)
    if party and not plain.startswith("đảng bộ"):
        rest = name[party.start("rest") :]
        place = rest if not rest or rest[0].isspace() else f" {name[party.start('kind') :]}"  # "TPHCM"
        return (_PARTY_NAMES[party["kind"]] + place).strip()
    board = _BOARD.match(plain)
    if board:
        return short_form(name[board.start("rest") :])
    head = re.match(
        r"(?:phó )?(?:chủ tịch|bí thư|giám đốc)\s+(?=ubnd|ủy ban nhân dân|quận ủy|huyện ủy|thành ủy"
        r"|tỉnh ủy|hđnd)",
        plain,
    )
    if head:
        name = name[head.end() :]
    plain = level(name)
    for long, short in (("hội đồng nhân dân", "HĐND"), ("ủy ban nhân dân", "UBND")):
        if plain.startswith(long):
            name = short + name[len(long) :]
    return re.sub(r"\b(Quận|Huyện|Thị|Thành|Tỉnh|Đảng) uỷ\b", r"\1 ủy", name)
