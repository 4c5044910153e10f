"""Posts in Vietnamese prose: the words they begin with, and the verbs at which they end.

Post words and verbs are data: `post_words.csv`, `meeting_verbs.csv`. All patterns are for levelled text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from scraper.vietnamese.gates import gated
from scraper.vietnamese.scanning import Led
from scraper.vietnamese.sentences import level

_DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of the data folder."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(set(phrases), key=len, reverse=True))


_VERB_ROWS = rows("meeting_verbs.csv")
VERBS = {level(row["phrase"]): row["note"] for row in _VERB_ROWS}
"""Verbs after which a post has ended, with the participant's note that they give (empty: none)."""
POST = (
    r"(?<!thủy )(?<!thái )(?<!tây )(?<!ngô )(?<!chính )"
    rf"(?:{_alternatives(level(row['word']) for row in rows('post_words.csv'))})(?!\w)"
)
"""A word that a post begins with, in levelled text."""


def _verb_alternatives() -> str:
    """Join the verbs, the longest first, each with the words about it that make it a part of another word.

    They are grouped by their first letters, so that a letter is looked at once and not for each verb.
    """
    parts: dict[str, list[str]] = {}
    for row in sorted(_VERB_ROWS, key=lambda r: len(r["phrase"]), reverse=True):
        after, before = level(row["unless_followed_by"]), level(row["unless_preceded_by"])
        behind = "".join(rf"(?<!{word} )" for word in before.split("|") if word)
        phrase = level(row["phrase"])
        verb = behind + re.escape(phrase) + (rf"(?! (?:{after})(?!\w))" if after else "")
        parts.setdefault(phrase[0], []).append(verb)
    return "|".join(f"(?={re.escape(first)})(?:{'|'.join(verbs)})" for first, verbs in parts.items())


_VERB = rf"(?<!\w)(?:{_verb_alternatives()})(?!\w)"
VERB_PATTERN = re.compile(_VERB)
"""Any verb of `VERBS` in levelled text."""
find_verbs = Led(_VERB).finditer
"""Find the verbs of `VERBS` in a levelled text, or between two offsets of it."""
_OFFICES = ("ban", "ủy ban", "tiểu ban", "tổ", "đoàn", "phòng", "cơ quan", "sở", "bộ", "viện", "hội đồng")
"""Words of an office's name, before which a verb is a part of it."""
RANK = (
    r"(?:thiếu|trung|thượng|đại) (?:tướng|tá|úy)|đại đức|hòa thượng|thượng tọa|ni sư|ni trưởng|sư bà"
    r"|sư cô|sư thầy|linh mục|mục sư|giám mục"
    r"|bác sĩ|bs|tiến sĩ|thạc sĩ|kỹ sư|luật sư|nhà giáo|nsưt|nsnd|(?:pgs|gs)[., ]*ts|pgs|gs|tskh|ts|ths|ks|ls"
    r"|(?:mẹ việt nam |anh hùng lực lượng vũ trang|mẹ )?anh hùng(?: lực lượng vũ trang nhân dân)?"
    r"|cựu chiến binh|tư lệnh"
)
TITLE = (
    rf"(?:(?:các |những )?(?:đồng chí|đ/c|ông, bà|bà, ông|ông|bà|anh|chị|cô|chú|cụ|bác|em|{RANK}"
    r"|cử tri|đại biểu|đoàn viên|hội viên|nghệ nhân|già làng|nhà nghiên cứu|giảng viên|nông dân))[.:]?"
)
POST_AHEAD = re.compile(rf"\s*(?:,\s*|\s[-–—]\s*|[-–—]\s+|\()(?:hiện là |là )?{POST}")
POST_ANY = re.compile(rf"(?<!\w){POST}")
_find_post = Led(rf"(?<!\w){POST}").search
_LOOKED_BACK = 6
"""Letters before a post that `POST` looks at."""
_ABBREVIATED = re.compile(r"(?:^|\W)(?:tp|q|p|h|tx|ts|pgs|gs|ths|đ)$")
_NOT_THE_POST = re.compile(r"\s(?:là|của các|gồm)\s")
"""Between a post and a name, words that make the post another's."""
_ASIDE = re.compile(r"\([^(),.;:]{1,24}\)(?= [a-zđà-ỹ0-9])")
"""A short bracket inside a post: "Nghị quyết (NQ) 32"."""
_STOP = re.compile(r"[;:.!?…\n]")
_CUT_WORD = gated(r"\s(?:do|trong đó có|đối với|thay|gồm|gồm các đồng chí|có)(?=\s)")
_NO_POST = re.compile(
    r",\s*(?:hội nghị|đại hội|kỳ họp|phiên họp|cuộc họp|buổi|toàn thể|cùng|các|lãnh đạo"
    r"|đại diện (?:các|một số|lãnh đạo)"
    r"|đại biểu (?:các|đại diện)|\d|gần|hơn|trên)(?!\w)"
)
_SPLIT = re.compile(rf"(?:,\s*|\s+[-–—]\s*|[-–—]\s+|\bkiêm\s+|;\s*|\s+và\s+)(?:kiêm\s+)?(?={POST})")
_EDGES = re.compile(
    rf"^(?:[\s,;(\-–—:]|(?:đồng chí|đ/c|ông|bà)\s)+|(?:[\s,;)(\-–—:.]|\s(?:các )?(?:đồng chí|đ/c|ông"
    rf"|bà|{RANK}|là|và|cùng|do))+$"
)


def is_part_of_post(window: str, verb: re.Match[str]) -> bool:
    """Tell whether a verb is a word of an office's name: "Ban Chỉ đạo", "Sở Thông tin và Truyền thông"."""
    before = window[max(0, verb.start() - 16) : verb.start()]
    if before[-1:].isspace() and before.rstrip().endswith(_OFFICES):
        return True
    after = window[verb.end() : verb.end() + 14]
    return verb.group() in ("thông tin", "hướng dẫn", "kiểm tra", "đại diện") and bool(
        re.search(r"(?:ủy ban|ban|sở|phòng|trung tâm|văn hóa|văn hóa -|,|-|và|đội|viện)\s+$", before)
        or re.match(r" (?:và truyền thông|truyền thông|khoa học)", after)
    )


@lru_cache(maxsize=64)
def post_before(plain: str, name_start: int) -> int | None:
    """Return where the posts that run up to a name begin; None where no post adjoins the name."""
    floor = max(0, name_start - 160)
    window = plain[floor:name_start]
    cut = 0
    for stop in _STOP.finditer(window):
        at = stop.start()
        if window[at] == "." and _ABBREVIATED.search(window[max(0, at - 6) : at]):
            continue
        cut = stop.end()
    for verb in find_verbs(plain, floor + cut, name_start):
        if not is_part_of_post(plain, verb):
            cut = max(cut, verb.end() - floor)
    for word in _CUT_WORD.finditer(window, cut):
        cut = word.end()
    bracket = window.rfind("(", cut)
    if bracket > window.rfind(")", cut):
        cut = max(cut, bracket + 1)
    if floor and cut < _LOOKED_BACK:
        # What a post may not stand behind is out of sight where the window cuts a word.
        found = POST_ANY.search(window, cut)
        start = floor + found.start() if found else None
    else:
        found = _find_post(plain, floor + cut, name_start)
        start = found.start() if found else None
    if start is None:
        return None
    between = plain[start:name_start]
    return None if between.rstrip().endswith(")") or _NOT_THE_POST.search(between) else start


def posts_end(plain: str, name_end: int, limit: int) -> int:
    """Where the posts that follow a name end: at a verb, a stop, a bracket's end or the next person."""
    ahead = POST_AHEAD.match(plain, name_end)
    if not ahead or ahead.end() > limit:
        return name_end
    in_bracket = "(" in plain[name_end : ahead.end()]
    position = name_end
    while position < limit:
        char = plain[position]
        aside = _ASIDE.match(plain, position, limit) if char == "(" and not in_bracket else None
        if aside:
            position = aside.end()
            continue
        if char in ";:!?…\n" or (char == ")" and in_bracket) or (char == "(" and not in_bracket):
            break
        if char == "." and not re.search(
            r"(?:tp|q|p|h|tx|ts|pgs|gs|ths)$", plain[max(0, position - 4) : position]
        ):
            break
        if char == "," and _NO_POST.match(plain, position):
            break
        verb = VERB_PATTERN.match(plain, position) if position and not plain[position - 1].isalnum() else None
        if verb and position > ahead.start() and not is_part_of_post(plain, verb):
            break
        position += 1
    if in_bracket and position < limit and plain[position] == ")":
        return position + 1
    tail = plain[name_end:position]
    trimmed = re.sub(
        r"(?:\s|,|-|–|—|\(|\b(?:và|cùng|với|các|là|của|từ|đồng chí|đ/c|ông|bà)(?!\w))+$", "", tail
    )
    return name_end + len(trimmed)


def split_posts(printed: str) -> list[str]:
    """Split printed posts: ", Ủy viên Thành ủy, Bí thư Quận ủy " → ["Ủy viên Thành ủy", "Bí thư Quận ủy"].

    A comma before a word that begins no post belongs to the post ("giáo dục pháp luật, Sở Tư pháp").
    """
    plain = level(printed)
    cuts = [0]
    ends = []
    for match in _SPLIT.finditer(plain):
        ends.append(match.start())
        cuts.append(match.end())
    ends.append(len(plain))
    posts = []
    for start, end in zip(cuts, ends, strict=True):
        while match_edge := _EDGES.search(plain[start:end]):
            if match_edge.start() == 0:
                start += match_edge.end()
            else:
                end = start + match_edge.start()
            if start >= end:
                break
        piece = " ".join(printed[start:end].split())
        if piece and POST_ANY.match(level(piece)):
            posts.append(piece)
    return posts
