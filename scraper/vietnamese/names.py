"""Names of persons in Vietnamese prose with their posts: where a name begins, and whose post is whose.

A name is known by a title before it ("đồng chí", "Đ/c", "ông", "Thượng tá", "TS."), by a post beside it, or
by a telling surname among other persons. A post stands before the name ("Bí thư Huyện ủy Nguyễn Văn A") or
after it ("Nguyễn Văn A, Thành ủy viên, Bí thư Huyện ủy chủ trì"). Surnames are data: `surnames.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.vietnamese.gates import gated
from scraper.vietnamese.posts import (
    POST,
    POST_AHEAD,
    POST_ANY,
    TITLE,
    VERB_PATTERN,
    VERBS,
    find_verbs,
    is_part_of_post,
    post_before,
    posts_end,
    rows,
    split_posts,
)
from scraper.vietnamese.sentences import level

UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper())
"""Every capital letter up to Latin Extended Additional: the letters that a Vietnamese name may begin with."""
UPPER_CLASS = re.escape(UPPER)
TOKEN = rf"[{UPPER_CLASS}][\w'’]*"
"""One word of a name."""
_SURNAME_ROWS = rows("surnames.csv")
SURNAMES = frozenset(row["surname"] for row in _SURNAME_ROWS)
"""Lower-case surnames of the Kinh and of the peoples whose names the papers print; a hint, never proof."""
SAFE_SURNAMES = frozenset(row["surname"] for row in _SURNAME_ROWS if row["is_telling"] == "1")
"""Surnames common enough to tell a person's name from a place's."""
_TITLE_BEFORE = gated(rf"(?<!\w)(?:{TITLE}\s*)+$")
_SHORT_TITLES = ("ông", "bà", "anh", "chị", "cô", "chú", "cụ", "đồng chí", "đ/c")
"""Titles before a given name alone."""
_REST = r"[\w'’&]*(?:-[a-zđà-ỹ]\w*)*"
# What may not stand before a run stands behind its first letter, by which `re` finds its way to it quickly.
_RUN = re.compile(rf"[{UPPER_CLASS}](?<![\w'’&.\-/].){_REST}(?: [{UPPER_CLASS}]{_REST})*")
_WORD = re.compile(r"[^ ]+")
_ACADEMIC = frozenset(("ts", "pgs", "gs", "ths", "bs", "ks", "ls", "nsưt", "nsnd", "đ"))
_HONORIFIC = frozenset(("ông", "bà", "anh", "chị", "cô", "chú", "cụ", "bác", "em"))
_OPENER = frozenset(("theo", "do", "cùng", "với", "còn", "và", "khi", "như", "ngoài"))
_NO_NAME = _ACADEMIC | _HONORIFIC | _OPENER
"""Capitalised words before a name that are no part of it."""
_PLACE_WORDS = (
    r"đường|(?<!thành )phố|đại lộ|ngõ|tuyến|cầu|chợ|(?<!môi )trường|thpt|thcs|tiểu học|chuyên"
    r"|trung học|mầm non|đại học|giải|cúp|cụm|dự án|công ty|tnhh|cp|cổ phần|(?<!đặc )khu|kcn"
    r"|quảng trường|công viên|giải thưởng|quỹ|phong trào|sông|núi|đền|chùa|đình|tượng|nữ tướng|vua"
    r"|làng|thôn|ấp|bản|buôn|xóm|tổ dân phố|tdp|khóm|bệnh viện|ảnh:|lễ hội|tên|biên phòng|cửa khẩu"
)
_PLACE_ENDS = tuple(re.sub(r"\(\?<![^)]*\)", "", _PLACE_WORDS).split("|"))
_PLACE_BEFORE = re.compile(rf"(?<!\w)(?:{_PLACE_WORDS})\s*$")
_KIND_BEFORE = re.compile(
    r"(?:phường|xã|thị trấn|quận|huyện|tỉnh|thành phố|tp\.?|thị xã|đặc khu|điểm cầu)\s*$"
)
_CUT_OFF = re.compile(r"chủ (?:tịch|tọa|trì|nhiệm)(?!\w)")
"""A run that ends inside a word of two syllables: "Đoàn Chủ tịch" is no person."""
_GAP = re.compile(r"(?:,|;|\bvà)\s+(?:(?:cùng )?(?:các )?" + TITLE + r"\s*)*$")


_TITLE_OF_POST = re.compile(r"nghệ nhân|già làng|nhà nghiên cứu|giảng viên")
_BEFORE_A_LIST = re.compile(r"(?:[:;,]|\bvà|\bcó|\bgồm)\s*$")
_OPENS_LIST = re.compile(r"(?:\bcó|\bgồm|\bcó các đồng chí|[^\d]:)\s*$")
_LIST_GAP = re.compile(r"(?:,|\s+và|,\s+và)\s+")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a text: `text[start:end]` is the name alone."""

    start: int
    end: int
    name: str
    posts: tuple[str, ...]
    span_start: int
    """Where titles and posts before the name begin."""
    span_end: int
    """Where the posts after the name end."""
    is_short: bool = False
    """True for "ông Thắng": one who was named in full before."""


@dataclass(slots=True)
class _Candidate:
    start: int
    end: int
    titled: int | None
    """Where the title before the name begins."""
    strong: bool
    short: bool = False


def find_people(text: str, plain: str | None = None, areas: Sequence[tuple[int, int]] = ()) -> list[Person]:
    """Find the persons that a sentence or caption names, in order, with their posts as printed.

    `plain`: the levelled text where the caller has it; `areas`: spans of area names, where no name begins.
    """
    plain = level(text) if plain is None else plain
    candidates = _candidates(text, plain, areas)
    _admit_neighbours(plain, candidates)
    accepted = [c for c in candidates if c.strong]
    return _with_posts(text, plain, accepted)


def _candidates(text: str, plain: str, areas: Sequence[tuple[int, int]]) -> list[_Candidate]:
    found: list[_Candidate] = []
    refused: tuple[int, int, bool] | None = None
    """The last run that is no person: where it begins and ends, and whether it stands in a list of places."""
    for match in _RUN.finditer(text):
        in_places = False
        if refused is not None and _LIST_GAP.fullmatch(text, refused[1], match.start()):
            before = plain[max(0, refused[0] - 24) : refused[0]]
            in_places = refused[2] or _is_place_before(before)
        candidate = _candidate(text, plain, match, areas)
        if candidate is None or (in_places and not candidate.strong):
            refused = match.start(), match.end(), in_places
            continue
        found.append(candidate)
    return found


def _is_place_before(before: str) -> bool:
    """Tell whether the words before a name make it a place's: "đường", "trường", "làng"."""
    return before.rstrip().endswith(_PLACE_ENDS) and _PLACE_BEFORE.search(before) is not None


def _candidate(
    text: str, plain: str, match: re.Match[str], areas: Sequence[tuple[int, int]]
) -> _Candidate | None:
    run, start = match[0], match.start()
    if " " not in run and not plain[max(0, start - 12) : start].rstrip().endswith(_SHORT_TITLES):
        return None
    words = [(start + w.start(), start + w.end(), w[0]) for w in _WORD.finditer(run)]
    for area_start, area_end in areas:
        if area_start <= words[0][0] < area_end:
            words = [w for w in words if w[0] >= area_end]
            break
    while len(words) > 1 and words[0][2].lower().strip(".") in _NO_NAME:
        words = words[1:]
    if not words or POST_ANY.match(plain, words[0][0]) or _CUT_OFF.match(plain, words[-1][1] - 3):
        return None
    before = plain[max(0, words[0][0] - 60) : words[0][0]]
    title = _TITLE_BEFORE.search(before)
    if title:
        titled = words[0][0] - len(before) + title.start()
        if len(words) == 1:
            is_plain_title = before.rstrip().endswith(_SHORT_TITLES)
            return (
                _Candidate(words[0][0], words[0][1], titled, is_plain_title, True) if is_plain_title else None
            )
        first = _skip_post_words(words)
        if _has_acronym(words[first:]):
            return None
        if first == 0 and len(words) <= 7:
            return _Candidate(words[0][0], words[-1][1], titled, True)
        words = words[first:]
        return _Candidate(words[0][0], words[-1][1], titled, True) if 2 <= len(words) <= 6 else None
    return _untitled(text, plain, words)


def _has_acronym(words: list[tuple[int, int, str]]) -> bool:
    acronyms = [len(w) > 1 and w.isupper() for _, _, w in words]
    return any(acronyms) and not all(acronyms)


def _skip_post_words(words: list[tuple[int, int, str]]) -> int:
    """How many words of a run belong to a post's organisation ("UBND", "HĐND") and not to the name."""
    count = 0
    while count < len(words) - 2 and len(words[count][2]) > 1 and words[count][2].isupper():
        count += 1
    return count


def _untitled(text: str, plain: str, words: list[tuple[int, int, str]]) -> _Candidate | None:
    shout = all(w.isupper() for _, _, w in words)
    index = next(
        (
            i
            for i, (_, _, w) in enumerate(words)
            if w.lower() in SAFE_SURNAMES
            and len(words) - i >= 2
            and (shout or not (w.isupper() and len(w) > 1))
        ),
        None,
    )
    if index is None and len(words) < 2:
        return None
    post_near = post_before(plain, words[0][0]) is not None
    end = words[-1][1]
    ahead = POST_AHEAD.match(plain, end) is not None
    if index is None:
        skip = _skip_post_words(words)
        rest = words[skip:]
        known = post_near and len(rest) >= 3 and rest[0][2].lower() in ("thuế", "đảng", "đoàn", "thi")
        if known:
            rest = rest[1:]
        if _is_place_before(plain[max(0, words[0][0] - 24) : words[0][0]]):
            return None
        opener = _BEFORE_A_LIST.search(plain[max(0, words[0][0] - 8) : words[0][0]])
        if 2 <= len(rest) <= 6 and (known or (ahead and opener and rest[0][2].lower() in SURNAMES)):
            return _Candidate(rest[0][0], end, None, True)
        if post_near and 3 <= len(rest) <= 5 and rest[0][2].lower() in SURNAMES and not rest[0][2].isupper():
            return _Candidate(rest[0][0], end, None, True)
        return _unknown(plain, rest, post_near)
    start = words[index][0]
    if _has_acronym(words[index:]):
        return None
    nearby = plain[max(0, start - 24) : start]
    if _is_place_before(nearby) or (_KIND_BEFORE.search(nearby) and not post_near):
        return None
    if len(words) - index > 6:
        return None
    if index > 0 and not post_near and not POST_ANY.search(plain, max(0, words[0][0] - 70), start):
        return None
    adjacent = post_near if index == 0 else post_before(plain, start) is not None
    listed = len(words) - index > 2 and _OPENS_LIST.search(nearby) is not None
    return _Candidate(start, end, None, adjacent or ahead or index > 0 or listed)


def _unknown(plain: str, words: list[tuple[int, int, str]], post_near: bool) -> _Candidate | None:
    """Take a name without a known surname ("Zơrâm Thị Đượm"): behind a body, or weakly, in a list."""
    if not 2 <= len(words) <= 4 or any(w.isupper() and len(w) > 1 for _, _, w in words):
        return None
    start, end = words[0][0], words[-1][1]
    before = plain[max(0, start - 24) : start]
    tail = VERB_PATTERN.match(plain, end + 1) is not None or re.match(
        r"\s*(?:[,;.)(]|và |$)", plain[end : end + 5]
    )
    if not tail:
        return None
    behind = re.search(
        r"(?:(?:quận|huyện|thị|thành|tỉnh|đảng) ủy|ubnd \w+|hđnd \w+|mttq \w+|(?:phường|xã|huyện|quận"
        r"|tỉnh))\s+$",
        before,
    )
    if post_near and behind and (len(words) > 2 or "y " in behind.group()):
        return _Candidate(start, end, None, True)
    return _Candidate(start, end, None, False) if re.search(r"(?:,|\bvà)\s+$", before) else None


def _admit_neighbours(plain: str, candidates: list[_Candidate]) -> None:
    """Take a telling name without title or post where it stands in a list with persons, or before a verb."""
    changed = True
    while changed:
        changed = False
        for index, candidate in enumerate(candidates):
            if candidate.strong:
                continue
            near_before = (
                index
                and candidates[index - 1].strong
                and _is_list_gap(plain, candidates[index - 1].end, candidate.start)
            )
            following = candidates[index + 1] if index + 1 < len(candidates) else None
            near_after = (
                following and following.strong and _is_list_gap(plain, candidate.end, following.start)
            )
            verb = VERB_PATTERN.match(plain, candidate.end + 1)
            first_word = plain[candidate.start : candidate.end].split()[0]
            speaks = verb is not None and VERBS[verb.group()] != "" and first_word in SAFE_SURNAMES
            if (near_before or near_after or speaks) and not candidate.short:
                candidate.strong = True
                changed = True


def _is_list_gap(plain: str, start: int, end: int) -> bool:
    """Tell whether two names stand in one list: posts and commas between them, no verb and no full stop."""
    gap = plain[start:end]
    if not _GAP.search(gap) or "." in gap or len(gap) > 200:
        return False
    return not any(not is_part_of_post(plain, v) for v in find_verbs(plain, start, end))


def _with_posts(text: str, plain: str, people: list[_Candidate]) -> list[Person]:
    result: list[Person] = []
    floor = 0
    for index, person in enumerate(people):
        span_start = person.titled if person.titled is not None else person.start
        posts = _title_posts(plain, person)
        before = post_before(plain, span_start)
        if (
            before is not None
            and max(before, floor) < span_start
            and POST_ANY.search(plain, max(before, floor), span_start)
        ):
            before = POST_ANY.search(plain, max(before, floor), span_start).start()  # type: ignore[union-attr]
            posts += split_posts(text[before:span_start])
            span_start = before
        limit = _boundary(plain, people, index, bool(posts))
        span_end = posts_end(plain, person.end, limit)
        if span_end > person.end and not person.short:
            posts += split_posts(text[person.end : span_end])
        name = " ".join(text[person.start : person.end].split())
        found = tuple(dict.fromkeys(posts))
        result.append(
            Person(person.start, person.end, name, found, span_start, max(span_end, person.end), person.short)
        )
        floor = max(limit if limit < len(plain) else 0, result[-1].span_end)
    return result


def _title_posts(plain: str, person: _Candidate) -> list[str]:
    """Return a title that is also what a person is: "nhà nghiên cứu", "già làng"."""
    return [] if person.titled is None else _TITLE_OF_POST.findall(plain, person.titled, person.start)


def _boundary(plain: str, people: list[_Candidate], index: int, has_posts: bool) -> int:
    """Where between two persons the first one's posts end and the second one's may begin."""
    if index + 1 >= len(people):
        return len(plain)
    following = people[index + 1]
    start, stop = people[index].end, following.titled if following.titled is not None else following.start
    gap = plain[start:stop]
    semicolon = gap.rfind(";")
    if semicolon >= 0:
        return start + semicolon
    if not re.search(r"[^\W\d_)&]\s*$", gap) or re.search(r"\s(?:và|cùng|với|là|của|do|có|gồm|các)\s*$", gap):
        return stop
    pieces = [m.start() for m in re.finditer(rf"(?:,|\)|\s[-–—]\s|\svà\s|\scùng\s)\s*(?={POST})", gap)]
    if not pieces:
        return start if has_posts or not POST_AHEAD.match(plain, start) else stop
    return start + (pieces[0] if has_posts else pieces[-1])
