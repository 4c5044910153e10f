"""What kind of page an article is: news, or what only looks like it: digests, roundups, a file, a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.vietnamese.text import fold

NEWS, PRESS_DIGEST, ROUNDUP = "news", "press_digest", "roundup"

_DIGEST_TITLE = re.compile(
    r"(?:ban tin )?diem (?:bao|tin bao)\b|(?:tong hop )?(?:thong tin|tin) bao chi\b|bao chi (?:viet|noi) ve\b"
    r"|doc bao (?:giup ban|ngay|hom nay)"
)
_PRESS_ITEM = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*)?(?:tren )?(?:bao|tap chi)\b.{2,40}?\b"
    r"(?:co (?:bai|tin)|dang(?: tai)?(?: bai| tin)?|dua tin|phan anh|viet|thong tin)\b"
)
_PRESS_START = re.compile(r"\W*(?:\d{1,2}[.)]\s*)?[tb]", re.IGNORECASE)
"""How such an item begins before it is folded."""
_UNIT_ITEM = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*)?(?:(?:[Tt]ại|Ở)\s+)?(?:(?:UBND|HĐND|Đảng bộ|Công an)\s+)?"
    r"(?i:quận|huyện|thị xã|thành phố|phường|xã|thị trấn|đặc khu)\s+"
    r"(?P<name>\w+(?: \w+)?)"
)
_ITEMS = 3
"""Items from which a page is a digest or a roundup: two areas may be told of in one report."""


def kind_of(headline: str, section: Sequence[str], paragraphs: Sequence[str], content_kind: str) -> str:
    """Return what kind of page an article is.

    Args:
        headline: As printed.
        section: Its categories.
        paragraphs: Of its text; rows of tables hold " | ".
        content_kind: As `scraper.page.body.content_kind` gives it.

    Returns:
        `press_digest`: what newspapers wrote ("điểm báo"), nothing that the portal itself reports; `roundup`:
        at least three areas, told of one after the other, each in a paragraph that names it first; else
        `news` where there is text, and the content kind (attachment_only, image_only, empty) where not.
    """
    if any(_DIGEST_TITLE.match(fold(line)) for line in (headline, *section)):
        return PRESS_DIGEST
    prose = [line for line in paragraphs if " | " not in line]
    if sum(map(_is_press_item, prose)) >= max(_ITEMS, len(prose) / 2):
        return PRESS_DIGEST
    opened = [match["name"] for line in prose if (match := _UNIT_ITEM.match(line))]
    named = [name for name in opened if name[0].isupper()]
    if len(set(named)) >= _ITEMS and len(named) >= len(prose) / 2:
        return ROUNDUP
    return NEWS if content_kind == "text" else content_kind


def _is_press_item(line: str) -> bool:
    return _PRESS_START.match(line) is not None and _PRESS_ITEM.match(fold(line[:90])) is not None
