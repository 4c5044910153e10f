"""Which words of a clause carry meaning of their own, and which only join, measure or date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period
from scraper.vietnamese.vocabulary import function_words
from scraper.vietnamese.words import index_of

_LETTERS = re.compile(r"[^\W\d_]{2,}")
CLOSED = re.compile(r"\([^()]*\)")
"""A bracket that is closed again."""

NEW_THING = gated(
    r"(?<!\w)(?:thiệt hại|tổng kinh phí|kinh phí|với số tiền|số tiền|trị giá|bị thương|tài sản|thu "
    r"giữ|phạt tiền|xử phạt|trọng lượng|đối tượng"
    r"|tổng vốn|số vốn|lãi(?! suất)|đóng góp|hiến|chi trả|cho vay|hỗ trợ|tiêu hủy|truy thu|giảm lỗ|hoàn thuế|"
    r"tổng tiền|số người|phạt|thu hồi|kiểm tra|thanh tra|huy hiệu|khen thưởng|biểu dương|tuyên dương)(?!\w)"
)
"""Words that begin a thing of their own, whatever was spoken of before."""


def residue(
    plain: str, start: int, end: int, periods: Sequence[Period], taken: Sequence[tuple[int, int]]
) -> str:
    """Give the words of a stretch that say something: no function words, periods, nothing closed or taken."""
    if end - start < 2:
        return ""
    text, empty = plain[start:end], function_words()
    cuts = [(p.start, p.end) for p in periods if p.start < end and p.end > start]
    cuts += [span for span in taken if span[0] < end and span[1] > start]
    if not _parts_word(plain, start) and not _parts_word(plain, end):
        places, words = _content_of(plain)
        first, last = bisect_left(places, start), bisect_left(places, end)
        if first == last:
            return ""
        if not cuts and "(" not in text:
            return " ".join(words[first:last])
    if cuts:
        letters = list(text)
        for first, last in cuts:
            for position in range(max(first, start), min(last, end)):
                letters[position - start] = " "
        text = "".join(letters)
    if "(" in text:
        text = CLOSED.sub(" ", text)
    return " ".join([word for word in _LETTERS.findall(text) if word not in empty])


def _parts_word(plain: str, position: int) -> bool:
    return position > 0 and plain[position - 1 : position + 1].isalnum() and position < len(plain)


@lru_cache(maxsize=8)
def _content_of(plain: str) -> tuple[list[int], list[str]]:
    """Give where the words of a text begin that are no function words, in order, and the words."""
    empty = function_words()
    found = [
        (place, word)
        for word, here in index_of(plain).items()
        if len(word) > 1 and word not in empty
        for place in here
    ]
    found.sort()
    return [place for place, _ in found], [word for _, word in found]


_EDGES = frozenset(
    ["đạt", "ước", "được", "là", "có", "còn", "bằng", "tăng", "giảm", "chiếm", "khoảng", "gần", "trên", "hơn",
     "dưới", "với", "đã", "mới", "chỉ", "lên", "tới", "đến", "từ", "đều", "theo", "="]
)  # fmt: skip
_EDGE_PAIRS = frozenset({"xảy ra", "ở mức", "tổng số", "hoàn thành"})
_SIGNS = re.compile(r"(?:[\s,;:()\"“”]|/(?=\s|$))+")
_SIGN = re.compile(r"[^\S ]|[,;:()\"“”/]|  ")
"""What `_SIGNS` changes anything of."""
_FRONT = re.compile(
    r"^(?:phấn đấu|dự kiến|dự ước|ước|trong đó|riêng|đồng thời|tuy nhiên|theo đó|cụ thể|và|còn|"
    r"trong số này)(?!\w)\s*",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Give the words of a name without signs around them and without the verbs that lead to or from it."""
    if _SIGN.search(text):
        text = _SIGNS.sub(" ", text)
    words = _FRONT.sub("", text.strip(" -–=/")).split(" ")
    while words:
        last = words[-1].lower()
        if last in _EDGES or not last:
            del words[-1]
        elif len(words) > 1 and f"{words[-2].lower()} {last}" in _EDGE_PAIRS:
            del words[-2:]
        else:
            break
    return " ".join(words)


_CIRCUMSTANCE = re.compile(
    r"(?:theo|tại|ở|trên|qua|so|vào|từ|đến|do|được|sau|bằng|nhằm|để|trong|cùng|với|này|đó|cao(?! su)|thấp|"
    r"trực thuộc|thu hút|đăng ký|toàn|đầu tư$|hiện|đã|sẽ|bị|có|không|thực hiện|hoàn thành|là|vượt|đứng|"
    r"xếp|lớn|chung|cụ thể|như|khi|mà|hàng (?=năm|tháng|quý|ngày|tuần)|hằng)"
    r"(?!\w)",
    re.IGNORECASE,
)
_WHOLE_AREA = re.compile(
    r"(?:của |cho |các )*(?:(?:tỉnh|thành phố|TP\.?|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu) ?[A-ZĐ]\S*"
    r"(?: [A-ZĐ]\S*)*$|toàn |cả |đặc khu|doanh nghiệp$|địa phương|đơn vị|tỉnh$|thành phố$|quận$|"
    r"huyện$|xã$|phường$|thị xã$|nước$|vùng$|người dân$|ngành$|[A-ZĐ]\S+ [A-ZĐ]\S+(?: [A-ZĐ]\S+)*$)",
)
_VERBS_OF_NAME = re.compile(
    r"(?<!\w)(?:chiếm|đạt|tăng|giảm|cao hơn|thấp hơn|bằng|vượt|còn|là|ước|so với|theo|nhằm|quý|tháng|"
    r"năm|tiếp tục|cơ bản|ước tính)(?!\w)",
    re.IGNORECASE,
)
_LEADS_TO_NAME = re.compile(r"^(?:của|đối với|về|thuộc|cho)(?: các)? ", re.IGNORECASE)
_PARTING = re.compile(r"[\s,]+")


def slice_name(words: str) -> str | None:
    """Give the slice that the words behind an indicator's name print; None where they name none.

    "khu vực dịch vụ" is a slice; "theo kết quả rà soát", "của doanh nghiệp", "toàn tỉnh" tell how, whose and
    where, and name no part of the indicator.
    """
    name = tidy(words)
    if verb := _VERBS_OF_NAME.search(name):
        name = tidy(name[: verb.start()])
    if not name or _CIRCUMSTANCE.match(name) or _WHOLE_AREA.match(name):
        return None
    name = _LEADS_TO_NAME.sub("", name)
    return _as_printed(name, words) or name or None


def _as_printed(name: str, words: str) -> str | None:
    """Give a name as it stands in some words, whatever commas and spaces part its own; None for no such."""
    level_words = _PARTING.sub(" ", words)
    sought = " ".join(name.split())
    start = level_words.find(sought)
    if start < 0 or level_words == words:
        return sought if sought and start >= 0 else None
    lost = [len(gap) - 1 for gap in _PARTING.findall(words)]
    before = level_words.count(" ", 0, start)
    within = sought.count(" ")
    start += sum(lost[:before])
    return words[start : start + len(sought) + sum(lost[before : before + within])] or None
