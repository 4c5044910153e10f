"""Picture captions told from paragraphs: by their place after an image, their setting and their words."""

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
_CREDIT_LINE = re.compile(r"\(?(?:anh|nguon anh|photo)\s*:")
_VIEW = re.compile(r"(?:quang|toan|mot goc|khung) canh\b")
# Words that captions begin with, and what is seen to be done in them: folded, as whole words.
_SUBJECT_WORDS = (
    "d/c", "(?:cac )?(?:dong chi|dai bieu|vi dai bieu|dai dien|lanh dao|ong|ba)", "thuong truc", "doan",
    "cu tri",
    "can bo", "nguoi dan", "nong dan", "hoc sinh", "doan vien", "nhan dan", "chien si", "(?:pho )?bi thu",
    "(?:pho )?chu tich", "(?:pho )?giam doc", "truong ban", "khach", "ban chap hanh", "trung tam", "tuyen",
    "canh",
    "man", "le", "trao", "tang", "hinh anh", "phong canh", "nha may", "cong trinh", "khu", "cau", "cang",
    "duong",
)  # fmt: skip
_SCENE_WORDS = (
    "phat bieu", "bao cao", "trinh bay", "ket luan", "chu tri", "dieu hanh", "trao", "tang", "tham luan",
    "khai mac",
    "be mac", "bieu quyet", "chup anh", "luu niem",
    "tai (?:hoi nghi|ky hop|buoi|dai hoi|phien|toa dam|le|hoi thao)",
    "thao luan", "tra loi", "neu (?:y kien|kien nghi|cau hoi)", "du (?:hop|hoi nghi|le)", "ra mat",
    "tham quan",
    "kiem tra", "thu hoach", "gioi thieu", "trao doi",
)  # fmt: skip
_SUBJECT = re.compile(rf"(?:{'|'.join(_SUBJECT_WORDS)})\b")
_SCENE = re.compile(rf"\b(?:{'|'.join(_SCENE_WORDS)})\b")
_HEADING = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]\s|[*+•-]\s")
_STOP = re.compile(r"[.!?…]\s+(?=\w)")
_NO_LETTERS = re.compile(r"[\W_]+")
_FULL_STOP = re.compile(r"(?<=\w)\.(?=\w)")
_ABBREVIATION = re.compile(r"\b(?:TP|ThS|TS|PGS|GS|Tp|tp)\.")


def split_captions(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Part blocks into the text and the captions, both in page order, each caption once.

    A caption is what the page marks so, or a line after an image that is set or worded as one; a line that
    repeats an image's alternative text or a caption is one too.
    """
    kept: list[Block] = []
    captions: list[str] = []
    seen: set[str] = set()

    def add(caption: str, *, in_a_row: bool) -> None:
        key = _key(caption)
        if key and caption not in captions and not (in_a_row and key == _key(captions[-1])):
            seen.add(key)
            captions.append(caption)

    known = {_key(block.text) for block in blocks if block.kind == "caption"}
    texts = [n for n, block in enumerate(blocks) if block.kind == "text"]
    last_text = texts[-1] if texts else -1
    alternative: str | None = None
    after_caption = False
    for position, block in enumerate(blocks):
        if block.kind == "image":
            alternative, after_caption = block.text, False
            continue
        head, tail = (
            _unglue(block) if block.kind == "caption" or alternative is not None else (block.text, None)
        )
        is_caption = block.kind == "caption"
        if block.kind == "text" and tail is not None:
            is_caption = _reads_as_caption(head)
        elif block.kind == "text":
            is_caption = _is_caption(block, alternative, known | seen, is_last=position == last_text)
            is_caption = is_caption or (after_caption and bool(_CREDIT_LINE.match(fold(block.text[:40]))))
        alternative = None
        in_a_row, after_caption = after_caption, is_caption
        if not is_caption:
            kept.append(block)
            continue
        add(head, in_a_row=in_a_row)
        if tail is not None:
            kept.append(tail)
    return kept, tuple(captions)


def _is_caption(block: Block, alternative: str | None, known: set[str], *, is_last: bool) -> bool:
    """Judge a text block; `alternative` is the text of the image before it, None where there is none."""
    line = block.text
    if len(line) > (_LONGEST_PLAIN if alternative is None else _LONGEST):
        return False
    if known and _key(line) in known:
        return len(line) <= _LONGEST_PLAIN
    if alternative is None:
        return len(line) <= 120 and bool(_VIEW.match(fold(line))) and not any(map(str.isdigit, line))
    if _key(alternative) == _key(line):
        return True
    if _HEADING.match(line) or line.endswith((":", ";")) or block.aside:
        return False
    if block.italic or (block.centred and len(line) <= _LONGEST_PLAIN) or _PHOTO_CREDIT.search(fold(line)):
        return True
    if len(line) > _LONGEST_PLAIN or _sentences(line) > 1:
        return False
    if _reads_as_caption(line):
        return True
    # A short line without a full stop under a picture is its caption, unless it closes the text: a byline.
    return line[-1] not in '.!?…”"' and not is_last and 3 <= len(line.split()) <= 35


def _reads_as_caption(line: str) -> bool:
    folded = fold(line)
    if _VIEW.match(folded) or _PHOTO_CREDIT.search(folded):
        return True
    return len(line) <= _LONGEST_PLAIN and bool(_SUBJECT.match(folded) and _SCENE.search(folded))


def _unglue(block: Block) -> tuple[str, Block | None]:
    """Part a caption from the paragraph glued to it ("… tại Hội nghị.Tháng 4/2025 …"), as VNPT has it."""
    line = block.text
    for match in _FULL_STOP.finditer(line, 12, 220):
        end = match.end()
        if line[end - 2].islower() and line[end].isupper() and len(line) - end >= 40:
            return line[:end], Block("text", line[end:], centred=block.centred, linked=block.linked)
    return line, None


def _sentences(line: str) -> int:
    line = _ABBREVIATION.sub("", line)
    return 1 + sum(1 for match in _STOP.finditer(line) if line[match.end()].isupper())


def _key(line: str | None) -> str:
    return _NO_LETTERS.sub(" ", fold(line or "")).strip()
