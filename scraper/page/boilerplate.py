"""Lines that a portal prints around every article: tools, counters, links to other news; no text of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.html import Block
from scraper.vietnamese.text import fold

_LONGEST = 90
"""Characters; a longer line is text of the article whatever words it begins with."""

# Folded, whole lines. After a stop line nothing of the article follows; a dropped line is passed over.
_OTHER = (
    "khac|lien quan|cung chuyen muc|cung chu de|moi hon|cu hon|moi nhat|moi|cu"
    "|noi bat|doc nhieu|xem nhieu|da dang|da dua"
)
_STOPS = (
    rf"(?:cac |nhung )?(?:tin|bai|bai viet|tin bai|tin tuc|van ban|thong tin"
    rf"|noi dung) (?:{_OTHER})(?: cung chuyen muc)?",
    r"cung chuyen muc|xem them tin|(?:co the ban|ban co the) quan tam|related (?:posts|articles|news)",
    r"tien ich thong tin|chung toi tren mang xa hoi|qr ?code(?: fanpage)?",
    r"binh luan(?: \(\d+\))?|y kien ban doc|gui (?:binh luan|y kien)(?: cua ban)?|ban can dang nhap de .*",
    r"ban thay bai viet(?: nay)? (?:co )?huu ich.*",
    r"danh gia bai viet|tong so diem cua bai viet.*|click de danh gia bai viet|xep hang trung binh.*",
)
_NETWORKS = (
    "facebook|twitter|zalo|email|linkedin|pinterest|google|telegram|print"
    "|copy link|sao chep (?:link|lien ket)|gui email|in bai viet"
)
_DROPPED = (
    r"print(?: .*)?|in (?:bai|trang|noi dung)(?: viet| nay)?|in|ban (?:de )?in|goc|nguon tin|authors?",
    r"(?:tac gia|nguoi viet|nguon(?: tin)?|bien tap)\s*:",
    r"gui (?:email|mail|bai viet).*|chia se(?: bai viet| (?:bai viet|len|qua|tren) .*)?:?|share this:?",
    r"(?:luot xem|so lan xem|so luot xem|da xem|luot doc|views?)\s*:?\s*[\d.,]+(?: lan| luot)?",
    r"[\d.,]+ (?:luot xem|views?|xem)",
    r"qr ?code ?:.*|ma qr ?code .*|image banner|anh[ -]tin[ -]bai",
    r"(?:co|kich) chu(?: ?:.*)?(?: [a+-]+)*|a- a a\+|a[+-](?: a[+-]?)*",
    rf"(?:chia se(?: bai viet)?\s*:?\s*)?(?:{_NETWORKS})(?:[\s,|/]+(?:{_NETWORKS}))*",
    r"like|tweet|thich|luu bai viet|\d{1,2}[:h]\d{2}(?: ?(?:am|pm|sa|ch|sang|trua|chieu|toi))?",
    r"\d{1,3} (?:giay|phut|gio|ngay|tuan|thang|nam) truoc|source url\s*:.*|danh gia bai viet\s*:?\s*\d.*",
    r"nghe (?:bai viet|noi dung|doc bai)|doc bai viet|theo doi .* tren (?:google|zalo|facebook).*",
    r"(?:tags?|tu khoa)(?:\s*:.*)?",
    r"(?:file|tai lieu|tep|van ban|tap tin) (?:dinh )?kem(?: theo)?\s*:?|dinh kem\s*:?",
    r"tai (?:file|tep|ve)(?: (?:dinh )?kem)?\s*:?|download",
    r"quet ma(?: qr)?.*|muc luc(?: bai viet)?",
    r"quay lai|tro lai|(?:ve|len) dau trang|back to top|xem them\s*:?|tim kiem",
    r"skip to (?:main )?content|skip ribbon commands",
)
_STOP = re.compile("|".join(_STOPS))
_DROP = re.compile("|".join(_DROPPED))
_LETTER = re.compile(r"\w")
_QR_LINE = re.compile(r"qr\s?code\s?:", re.IGNORECASE)


def is_stop(line: str, stops: Sequence[str] = ()) -> bool:
    """Tell whether nothing of the article follows this line ("Tin khác", "Tiện ích thông tin").

    `stops` are a layout's own, as folded starts of lines.
    """
    return len(line) <= _LONGEST and _is_stop(fold(line), stops)


def _is_stop(folded: str, stops: Sequence[str]) -> bool:
    return folded.startswith(tuple(stops)) or bool(_STOP.fullmatch(folded.rstrip(" :.>»-").lstrip(" -»>*")))


def is_furniture(line: str) -> bool:
    """Tell whether a line is a tool, a counter or a label of the portal, and no text of the article."""
    if len(line) > _LONGEST:
        return bool(_QR_LINE.match(line))
    return _is_tool(fold(line))


def _is_tool(folded: str) -> bool:
    return bool(_DROP.fullmatch(folded.strip(" .*"))) or not _LETTER.search(folded)


def cut(blocks: Sequence[Block], stops: Sequence[str] = ()) -> list[Block]:
    """Return the article's own blocks: nothing from a stop line on, no furniture, no list of links.

    A stop line counts only after text: a portal's label above the article stops nothing.
    """
    kept: list[Block] = []
    has_text = False
    for block in blocks:
        if block.kind == "image":
            kept.append(block)
            continue
        line = block.text
        # A line is folded once for both questions.
        folded = fold(line) if len(line) <= _LONGEST else None
        if folded is not None and _is_stop(folded, stops):
            if has_text:
                break
            continue
        if is_furniture(line) if folded is None else _is_tool(folded):
            continue
        has_text = has_text or block.kind == "text"
        kept.append(block)
    return _without_link_lists(kept)


def _without_link_lists(blocks: list[Block]) -> list[Block]:
    """Drop lines that are one link whole: they lead to other articles, or are an attachment's name."""
    return [block for block in blocks if block.kind != "text" or block.linked < 0.9 or len(block.text) > 300]
