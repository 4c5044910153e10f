"""The lines that close an article: who wrote it, whose text it is, and when that was printed first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.html import Block
from scraper.page.dates import printed_date
from scraper.vietnamese.text import fold

_LONGEST = 90
_LABELLED = re.compile(
    r"(?i:(?:tin|bài(?:\s+viết)?|ảnh|video|clip|thực\s+hiện|tác\s+giả|biên\s+tập|người\s+viết|tổng\s+hợp"
    r"|pv|by)"
    r"(?:\s*(?:,|và|&|/|-|–|\+)\s*(?:ảnh|bài|tin|clip|video))*)\s*:\s*(?P<names>\S.*)"
)
_SOURCE = re.compile(r"\(?\s*(?i:nguồn(?:\s+tin)?|theo)\s*[.:]?\s*(?P<source>\S.*?)\s*\)?")
_SOURCE_LABEL = re.compile(r"\(?\s*(?:nguồn|theo)\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:Báo|Đài|Tạp chí|Cổng|Trang|TTXVN|VOV|VTV|TTX|THP|Văn phòng|Sở|Cục|Ban|Ủy ban|UBND|HĐND|UBMTTQ"
    r"|MTTQ|Công an|Trung tâm"
    r"|Phòng|Đảng ủy|Quận ủy|Huyện ủy|Thành ủy|Chi cục|Liên đoàn|Hội(?! (?:nghị|thảo|trường|thi))"
    r"|Bộ)\b.*|(?:https?://)?[\w.-]+\.(?:vn|com|net|org)\S*"
)
_VERBS = re.compile(
    r"\b(?:to chuc|phat bieu|khai mac|be mac|hop|da|duoc|dat|tang|giam|va chuc|chuc mung|ket luan"
    r"|thong qua|ra mat|se|co)\b"
)
_AUTHOR_BODIES = re.compile(r"Ban [Bb]iên tập|Nhóm PV.*|PV.*|Nhóm phóng viên")
_DATE = re.compile(r"[\s,(-]*(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\)?\s*$")
_PLACE = re.compile(r"\s*\((?P<inside>[^()]{3,60})\)$")
_PRESS = re.compile(r"(?:Báo|Đài|TTXVN|Tạp chí|Cổng|Trang|[Tt]heo)\b|[\w.-]+\.(?:vn|com)\b")
_NAME_OF = re.compile(r"(?P<name>[^-–,]{3,40}?)\s[-–]\s(?P<body>\S.{5,80})")
"""A name and the office that it writes for, which may hold commas of its own."""
_NAME_PARTS = re.compile(r"\s*(?:,|;|&|\+|/|\s[-–]\s|\bvà\b)\s*")
_INITIALS = re.compile(r"(?:[A-ZĐ]{2,5}|(?:[A-ZĐ][a-z]?\.\s?){1,3}[A-ZĐ]?[\w']*\.?|[A-ZĐ]\.[A-ZĐ]\.?)")
_WORD = re.compile(r"\w[\w'’]*\.?")
# Words that begin headings and captions with a capital, and no name.
_NO_NAME = re.compile(
    r"(?:kinh te|van hoa|xa hoi|chinh tri|hoi nghi|ket luan|quang canh|toan canh|anh minh hoa|bieu"
    r"|phu luc|het|ghi chu|noi nhan"
    r"|tai ve|luu y|viet nam|hai phong|ha noi|tin anh|xem tiep|video|phan|muc|bai|chuong|dieu|so)\b"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What the closing lines of an article say of its origin."""

    authors: tuple[str, ...] = ()
    source: str | None = None
    date: str | None = None
    """ISO day that is printed with the source: that of the first publication."""


def read_byline(line: str) -> Byline | None:
    """Read one closing line; None where it is text of the article."""
    line = line.strip().rstrip(";,").strip()
    if not line or len(line) > _LONGEST:
        return None
    date = None
    if dated := _DATE.search(line):
        date = (printed_date(dated.group()) or "")[:10] or None
        line = line[: dated.start()].strip() or line
    if labelled := _LABELLED.fullmatch(line):
        return _from_names(labelled.group("names"), date)
    source = _SOURCE.fullmatch(line)
    if source and _is_source(found := source.group("source").strip(" .()")):
        return Byline(source=found, date=date)
    inner = line[1:-1].strip() if line.startswith("(") and line.endswith(")") else line
    if _AUTHOR_BODIES.fullmatch(inner):
        return Byline((inner,), None, date)
    if _ORGANISATION.fullmatch(inner) and _is_source(inner):
        return Byline(source=inner, date=date)
    found_names = _from_names(inner, date)
    return found_names if found_names and found_names.authors else None


def split_byline(blocks: Sequence[Block]) -> tuple[list[Block], Byline]:
    """Take the byline lines off the end of an article's text blocks; at most the last three are looked at."""
    kept = list(blocks)
    authors: tuple[str, ...] = ()
    source: str | None = None
    date: str | None = None
    for _ in range(3):
        if len(kept) < 2 or kept[-1].kind != "text":
            break
        byline = read_byline(kept[-1].text)
        if byline is None or (byline.authors and authors):
            break
        kept.pop()
        authors = byline.authors or authors
        source = source or byline.source
        date = date or byline.date
    return kept, Byline(authors, source, date)


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a byline that a page marks as one ("Tác giả: Lê Hoa - Minh Trí")."""
    labelled = _LABELLED.fullmatch(text.strip())
    found = _from_names(labelled.group("names") if labelled else text.strip(), None)
    return found.authors if found else ()


def signature(lines: Iterable[str]) -> Byline:
    """Read the lines that a page sets apart from the text to sign it ("Tác giả: …", "Nguồn tin: …")."""
    authors: tuple[str, ...] = ()
    source: str | None = None
    for line in lines:
        if _SOURCE_LABEL.match(line):
            source = source or source_of(line)
        else:
            authors = authors or names_of(line)
    return Byline(authors, source)


def source_of(text: str) -> str | None:
    """Return the source in a line that a page marks as one ("Nguồn tin: ANHP")."""
    match = _SOURCE.fullmatch(text.strip())
    found = (match.group("source") if match else text).strip(" .()")
    return found or None


def _from_names(text: str, date: str | None) -> Byline | None:
    source: str | None = None
    if (place := _PLACE.search(text)) and _PRESS.match(place.group("inside")):
        source = place.group("inside").strip().removeprefix("Theo ").removeprefix("theo ")
        text = text[: place.start()]
    elif place and _is_name(text[: place.start()].strip()):
        return Byline((text.strip(),), None, date)
    signed = _NAME_OF.fullmatch(text.strip())
    if signed and _is_name(signed["name"]) and _is_office(signed["body"]):
        return Byline((signed["name"],), source or signed["body"], date)
    parts = [
        part.strip(" .") if not _INITIALS.fullmatch(part) else part
        for part in _NAME_PARTS.split(text.strip())
    ]
    names = []
    for part in parts:
        if not part:
            continue
        if _ORGANISATION.fullmatch(part) and not _AUTHOR_BODIES.fullmatch(part) and len(parts) > 1:
            source = source or part
        elif _is_name(part):
            names.append(part)
        else:
            return None
    return Byline(tuple(dict.fromkeys(names)), source, date)


def _is_name(text: str) -> bool:
    if _INITIALS.fullmatch(text):
        return True
    words = text.split()
    if not 1 <= len(words) <= 5 or len(text) > 40 or words[0] in ("Ông", "Bà") or _NO_NAME.match(fold(text)):
        return False
    return all(_WORD.fullmatch(word) and word[0].isupper() for word in words) and (
        len(words) > 1 or len(text) >= 2
    )


def _is_office(text: str) -> bool:
    """Tell whether a text is the name of an office, with commas where it lists what that is for."""
    return bool(_ORGANISATION.fullmatch(text)) and _is_source(text.replace(",", " "))


def _is_source(text: str) -> bool:
    """Tell whether a text is an organisation's name or address, and no clause that begins like one."""
    if not text or len(text) > 60 or len(text.split()) > 10 or not (text[0].isupper() or "." in text):
        return False
    return text[-1] not in ".,:!?" and not re.search(r"[\d%;:,]", text) and not _VERBS.search(fold(text))
