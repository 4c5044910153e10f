"""Picture captions told from paragraphs: by their place after an image, how they are set, and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.html import Block
from scraper.vietnamese.text import fold

_LONGEST = 320
_LONGEST_PLAIN = 200
"""Characters of a caption that no setting marks as one."""

_PHOTO_CREDIT = re.compile(
    r"(?:^|[\s(.,;])\(?(?:anh|nguon anh|photo)\s*:\s*\S|^anh minh hoa|\(anh [^)]{2,60}\)\W*$|anh tu lieu"
)
_VIEW = re.compile(r"(?:quang|toan|mot goc|khung) canh\b")
_SUBJECT = re.compile(
    r"(?:d/c|(?:cac )?(?:dong chi|dai bieu|vi dai bieu|dai dien|lanh dao|ong|ba)|thuong truc|doan|cu tri|can bo|nguoi dan|nong dan"
    r"|hoc sinh|doan vien|nhan dan|chien si|bi thu|pho bi thu|chu tich|pho chu tich|giam doc|truong ban|khach|ban chap hanh"
    r"|trung tam|tuyen|canh|man|le|trao|tang|hinh anh|phong canh|nha may|cong trinh|khu|cau|cang|duong)\b"
)
_SCENE = re.compile(
    r"\b(?:phat bieu|bao cao|trinh bay|ket luan|chu tri|dieu hanh|trao|tang|tham luan|khai mac|be mac|bieu quyet|chup anh"
    r"|luu niem|tai (?:hoi nghi|ky hop|buoi|dai hoi|phien|toa dam|le|hoi thao)|thao luan|tra loi|neu (?:y kien|kien nghi|cau hoi)"
    r"|du (?:hop|hoi nghi|le)|ra mat|tham quan|kiem tra|thu hoach|gioi thieu|trao doi)\b"
)
_HEADING = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]\s|[*+•-]\s")
_GLUED = re.compile(r"(?P<caption>.{12,200}?[^\W\d_A-ZĐÀ-Ỹ])\.(?=[A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠ-Ỹ])")


def split_captions(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Part blocks into the text and the captions, both in page order, each caption once.

    A caption is what the page marks so, or a line after an image that is set or worded as one; a line that
    repeats an image's alternative text or a caption is one too.
    """
    kept: list[Block] = []
    captions: list[str] = []
    seen: set[str] = set()

    def add(caption: str) -> None:
        key = _key(caption)
        if key and key not in seen:
            seen.add(key)
            captions.append(caption)

    known = {_key(block.text) for block in blocks if block.kind == "caption"}
    alternative: str | None = None
    for position, block in enumerate(blocks):
        if block.kind == "image":
            alternative = block.text
            continue
        if block.kind == "caption":
            head, tail = _unglue(block)
            add(head)
            if tail is not None:
                kept.append(tail)
            continue
        if block.kind == "text":
            head, tail = _unglue(block) if alternative is not None else (block.text, None)
            if tail is not None and _reads_as_caption(head):
                add(head)
                kept.append(tail)
                alternative = None
                continue
            is_last = not any(later.kind == "text" for later in blocks[position + 1 :])
            if _is_caption(block, alternative, known, seen, is_last=is_last):
                add(block.text)
                continue
        alternative = None
        kept.append(block)
    return kept, tuple(captions)


def _is_caption(
    block: Block, alternative: str | None, known: set[str], seen: set[str], *, is_last: bool
) -> bool:
    """Judge a text block; `alternative` is the text of the image before it, None where there is none."""
    line = block.text
    key = _key(line)
    if len(line) > _LONGEST:
        return False
    if key in known or key in seen:
        return len(line) <= _LONGEST_PLAIN
    if alternative is None:
        return len(line) <= 120 and bool(_VIEW.match(fold(line))) and not any(char.isdigit() for char in line)
    if _key(alternative) == key:
        return True
    if _HEADING.match(line) or line.endswith((":", ";")) or block.aside:
        return False
    if block.italic or (block.centred and len(line) <= _LONGEST_PLAIN) or _PHOTO_CREDIT.search(fold(line)):
        return True
    if len(line) > _LONGEST_PLAIN or _sentences(line) > 1:
        return False
    if _reads_as_caption(line):
        return True
    # A short line without a full stop under a picture is its caption, unless it closes the text as a byline does.
    return line[-1] not in '.!?…”"' and not is_last and 3 <= len(line.split()) <= 35


def _reads_as_caption(line: str) -> bool:
    folded = fold(line)
    if _VIEW.match(folded) or _PHOTO_CREDIT.search(folded):
        return True
    return len(line) <= _LONGEST_PLAIN and bool(_SUBJECT.match(folded) and _SCENE.search(folded))


def _unglue(block: Block) -> tuple[str, Block | None]:
    """Part a caption from the paragraph that VNPT's editor glued to it ("… tại Hội nghị.Tháng 4/2025, công tác …")."""
    match = _GLUED.match(block.text)
    if match is None or len(block.text) - match.end() < 40:
        return block.text, None
    rest = Block("text", block.text[match.end() :], centred=block.centred, linked=block.linked)
    return block.text[: match.end()], rest


def _sentences(line: str) -> int:
    return (
        len(re.findall(r"[.!?…](?=\s+[A-ZĐÀ-Ỹ]|$)", re.sub(r"\b(?:TP|ThS|TS|PGS|GS|Tp|tp)\.", "", line))) or 1
    )


def _key(line: str | None) -> str:
    return re.sub(r"[\W_]+", " ", fold(line or "")).strip()
