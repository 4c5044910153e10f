"""Which body meets: its short usual form with its place, and its area."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scraper.facts.districts import AreaReading
from scraper.facts.meeting_titles import Title
from scraper.facts.meeting_words import PASSIVE
from scraper.vietnamese.areas import COUNTRY
from scraper.vietnamese.dates import DayMention
from scraper.vietnamese.names import SAFE_SURNAMES, TOKEN, find_people
from scraper.vietnamese.organisations import PARTY_BODY, begins_body, body_before, short_form, trim_body
from scraper.vietnamese.sentences import Sentence, level

_SUBJECT_VERB = re.compile(
    r"(?:(?<!\w)(?:đã|vừa|sẽ|cũng|tiếp tục|long trọng|chính thức|trọng thể|đồng loạt|họp|tổ chức"
    r"|triệu tập|tiến hành|khai mạc|bế mạc|khai giảng"
    r"|mở|có|chủ trì|đăng cai|hoãn|tạm hoãn|dự kiến|ra thông báo số [^ ]+|lại|buổi|cuộc|lễ|các|một"
    r"|phiên|hai|đợt|đã có|cho)(?!\w)[\s,]*)+$"
)
_STANDING = re.compile(r"thường trực (?:hđnd|hội đồng nhân dân)(?!\w)")
_OF_STANDING = ("conference", "sitting", "briefing")
"""Kinds of meeting that the standing members of a council hold by themselves."""
_HAPPENS_HERE = re.compile(r"(?<!\w)diễn ra\s+(?:trọng thể |lễ |buổi |các |một |khai mạc |bế mạc |phiên )*$")
_COUNTRY_BODIES = re.compile(
    r"^(?:thủ tướng )?chính phủ|^quốc hội|^thủ tướng|^bộ (?!chỉ huy|đội|máy)|^trung ương"
    r"|^ban chấp hành trung ương|^ủy ban trung ương|^ban chỉ đạo trung ương"
    r"|^ủy ban thường vụ quốc hội|^bộ chính trị"
)
_IN_TITLE = re.compile(
    r"(?:của |do |(?<=\s))(?P<body>(?:ban thường vụ|ban chấp hành|bch|btv|thường trực|quận ủy"
    r"|huyện ủy|thị ủy|thành ủy|tỉnh ủy|đảng ủy|đảng bộ"
    r"|hđnd|hội đồng nhân dân|ubnd|ủy ban nhân dân|quốc hội|chính phủ|ban chỉ đạo|ban chỉ huy"
    r"|ban đại diện|hội đồng|ủy ban|thường vụ)(?!\w)[^,.;:()]*)"
)
_DEPUTIES = re.compile(
    r"(?<!\w)(?:tổ (?=đại|đbqh)|đoàn (?=đại|đbqh))?(?:đại biểu|đbqh)(?: (?:hđnd|hội đồng nhân dân|quốc hội))?"
    r"(?: (?P<kind>thành phố|tp\.?|tỉnh|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)(?!\w))?"
)
_TAIL_VERB = re.compile(
    r"\s(?:đã|vừa|sẽ|cũng|do|quyết định|ra thông báo|ban hành|tổ chức|chủ trì|cho biết|thông báo"
    r"|có buổi|cùng đoàn|cùng các|cùng lãnh đạo|dẫn đầu)(?!\w)"
)
_OF_CONGRESS = re.compile(
    r"(?:\s+(?:đại biểu|điểm))?\s+(?P<body>(?:đảng bộ|chi bộ|đoàn|hội|công đoàn|liên đoàn|mttq"
    r"|liên minh|hiệp hội)(?!\w)[^,.;:()]*)"
)
_DELEGATION = re.compile(
    r"(?:các )?(?:vị )?(?:tổ |đoàn )?(?:đại biểu|đbqh)(?: (?P<of>hđnd|hội đồng nhân dân|quốc hội))?"
    r"(?P<rest>.*)$"
)
_DELEGATION_END = re.compile(r" (?:số|đơn vị|thuộc|khóa|khoá|gồm|cùng)(?!\w)")
_TOGETHER = re.compile(r"[\s,]+(?:chủ trì,? )?(?:đã |vừa )?(?:phối hợp|liên kết|kết hợp)(?!\w)")
_MEMBERS = re.compile(r"\s(?:bao )?gồm(?: các)?:")
_OWN_PARTY = ("ban chấp hành", "ban thường vụ", "bch", "btv", "ban chấp hành đảng bộ", "ban thường trực")
_AREA_ALONE = re.compile(
    r"(?:xã|phường|quận|huyện|thị xã|thành phố|tp\.?|tỉnh|đặc khu|thị trấn)(?! ủy)(?: \w+){0,4}$"
)
_OF_BODY = re.compile(r"\scủa\s+(?P<body>[^,.;:()]{3,70})")
_BETWEEN = re.compile(r"\s+giữa\s+(?P<body>[^,.;]{3,60}?)\s+(?:với|và)\s")
_AT_LEVEL = re.compile(r"(?<!\w)cấp (thành phố|tỉnh|huyện|quận|thị xã|xã|phường)(?!\w)")
_AFTER_COMMA = re.compile(
    r"\)?(?:\s(?:vừa qua|mới đây))?,\s*(?P<body>[^,.;:]{3,70}?)\s+(?:đã|sẽ|cam kết|quyết nghị"
    r"|thống nhất|bầu|thông qua|biểu quyết|khóa mới|cho biết|công bố)(?!\w)"
)
_DO = re.compile(
    r"(?<!\w)do\s+(?:chính )?(?P<body>[^,.;:]{3,80}?(?:,? nhiệm kỳ \d{4}\s?-\s?\d{4})?)"
    r"\s+(?:phối hợp|tổ chức|đăng cai|triệu tập|mở)(?!\w)"
)
_KIND_TAIL = re.compile(r"(?<!\w)(quận|huyện|thị xã|thành phố|tp\.?|tỉnh|phường|xã|thị trấn|đặc khu)$")
_PARTY_WORD = {
    "quận ủy": "quận",
    "huyện ủy": "huyện",
    "thị ủy": "thị xã",
    "thành ủy": "thành phố",
    "tỉnh ủy": "tỉnh",
}
_PROVINCIAL = re.compile(
    r"^(?:sở|cục|ban|ủy ban|ubmttq|mttq|hội|liên đoàn|đoàn|bộ chỉ huy|trường|viện|báo|đài|văn phòng"
    r"|thanh tra|kho bạc|ngành|cảng vụ|bhxh|bảo hiểm)(?!\w)"
)
_STOP_IN_BODY = re.compile(
    r"\s(?:là|tổ chức|triệu tập|tiến hành|họp|sẽ|đã|vừa|khai mạc|bế mạc|diễn ra|lần thứ|lần|khóa"
    r"|nhiệm kỳ|thứ|năm \d|tháng|quý|để|nhằm|về|đánh giá|xem xét|với|kiểm điểm|sơ kết|tổng kết"
    r"|mở rộng|sáng|chiều|tối|ngày|tại|trong|vào|bàn|thảo luận|cho ý kiến|giữa|tiếp xúc|làm việc"
    r"|thống nhất|cam kết|nghe|bầu|dự kiến|theo|gồm|khẩn|thông qua|cuối năm|giữa năm|do"
    r"|trực tuyến)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The body that meets, as read from one place of the text."""

    printed: str
    short: str | None
    ref_area: str | None
    start: int | None = None


def find_body(
    text: str, plain: str, title: Title, sentence: Sentence, reading: AreaReading, day: DayMention | None,
    is_reference: bool,
) -> Body | None:  # fmt: skip
    """Find the body that a title's sentence names: the subject of its verb, else the one in the title.

    The one in the title goes first where the subject merely convenes it. Where the standing members of a
    council meet by themselves, the body is theirs.
    """
    body = _named_body(text, plain, title, sentence, reading, day, is_reference)
    if body and body.short and title.kind in _OF_STANDING and _STANDING.match(level(body.printed)):
        return replace(body, short=f"Thường trực {body.short}")
    return body


def _named_body(
    text: str, plain: str, title: Title, sentence: Sentence, reading: AreaReading, day: DayMention | None,
    is_reference: bool,
) -> Body | None:  # fmt: skip
    in_title = title_body(text, plain, title, sentence, reading)
    if title.kind == "voters":
        for start, end in ((sentence.start, title.start), (title.end, sentence.end)):
            deputies = _deputies(text, plain, start, end, reading)
            if deputies:
                return deputies
        return in_title
    if is_reference:
        return in_title or _following_body(text, plain, title, sentence, reading, day)
    between = _BETWEEN.match(plain, title.noun_end, sentence.end)
    if between:
        return make_body(text[between.start("body") : between.end("body")], between.start("body"), reading)
    level_of = _AT_LEVEL.search(plain, title.start, title.end)
    if level_of:
        kind = level_of[1]
        ref = reading.own.get("province" if kind == "tỉnh" else kind)
        if ref:
            return Body("", None, ref)
    if "toàn quốc" in plain[title.start : title.end]:
        by = _DO.search(plain, title.end, sentence.end)
        printed = text[by.start("body") : by.end("body")] if by else None
        return Body(printed or "", printed, COUNTRY)
    subject = _subject(text, plain, title, sentence, reading, day)
    if subject is None and day and day.start > title.end:
        subject = _passive(text, plain, title, day, reading)
    if in_title and (
        subject is None
        or (title.kind in ("conference", "session", "congress") and _outranks(in_title, subject, title))
    ):
        return in_title
    if subject:
        return subject
    by = _DO.search(plain, title.end, sentence.end)
    if by and begins_body(by["body"]):
        return make_body(text[by.start("body") : by.end("body")], by.start("body"), reading)
    return in_title


def _deputies(text: str, plain: str, start: int, end: int, reading: AreaReading) -> Body | None:
    """Find the council whose deputies meet voters: "Tổ đại biểu HĐND quận Lê Chân"."""
    match = _DEPUTIES.search(plain, start, end)
    if not match or not (match["kind"] or re.search(r"hđnd|hội đồng|quốc hội|đbqh", match.group())):
        return None
    close = match.end()
    if match["kind"]:
        close = max((m.end for m in reading.mentions_at(match.start("kind"))), default=close)
    return make_body(text[match.start() : close], match.start(), reading)


def _outranks(in_title: Body, subject: Body, title: Title) -> bool:
    party_subject = PARTY_BODY.match(level(subject.printed)) is not None
    if title.kind == "session":
        return not re.search(r"hđnd|hội đồng nhân dân|quốc hội", level(subject.printed))
    if title.kind == "congress":
        return not party_subject
    return party_subject and PARTY_BODY.match(level(in_title.printed)) is not None and not _has_place(subject)


def _passive(text: str, plain: str, title: Title, day: DayMention, reading: AreaReading) -> Body | None:
    """Find by whom a meeting was held: "… được Quận ủy Lê Chân tổ chức sáng 11/4"."""
    by = PASSIVE.search(plain, title.end, day.start)
    if not by or not by["body"] or not begins_body(by["body"]):
        return None
    return make_body(text[by.start("body") : by.end("body")], by.start("body"), reading)


def _has_place(body: Body) -> bool:
    return re.search(r"[^\W\d_]+ [A-ZĐÀ-Ỹ]", body.printed) is not None


def _following_body(
    text: str, plain: str, title: Title, sentence: Sentence, reading: AreaReading, day: DayMention | None
) -> Body | None:
    """Find the body behind a recalled meeting: "Tại hội nghị khách hàng ngày 22/12, Công ty X cam kết"."""
    position = max(title.end, day.end if day else 0)
    match = _AFTER_COMMA.match(plain, position, sentence.end)
    if not match or not begins_body(match["body"]):
        return None
    return make_body(text[match.start("body") : match.end("body")], match.start("body"), reading)


def title_body(text: str, plain: str, title: Title, sentence: Sentence, reading: AreaReading) -> Body | None:
    reach = min(sentence.end, title.noun_end + 110)
    match = _OF_CONGRESS.match(plain, title.noun_end, reach) if title.kind == "congress" else None
    match = match or _IN_TITLE.search(plain, title.noun_end, reach)
    of = _OF_BODY.search(plain, title.noun_end, max(title.end, title.noun_end))
    if of and begins_body(of["body"]) and (not match or of.start() <= match.start()):
        match = of
    if not match or match.start() - title.noun_end > 70:
        return None
    between = plain[title.noun_end : match.start()]
    if re.search(
        r"nghị quyết|thực hiện|kết luận|chỉ thị|[.;]|tại|triển khai|tham mưu|giữa|với|cho biết|nghe"
        r"|trụ sở|hội trường",
        between + match.group()[:0],
    ):
        return None
    start, end = match.start("body"), match.end("body")
    stop = _STOP_IN_BODY.search(plain, start + 3, end)
    end = stop.start() if stop else end
    if (
        title.kind in ("conference", "review", "sitting", "briefing", "dialogue")
        and match.start() > title.end + 4
        and "của" not in match.group()[:4]
    ):
        return None
    return make_body(text[start:end], start, reading)


def _subject(
    text: str, plain: str, title: Title, sentence: Sentence, reading: AreaReading, day: DayMention | None
) -> Body | None:
    end = title.start
    start = sentence.start
    if _HAPPENS_HERE.search(plain, start, end):
        return None
    semicolon = plain.rfind("; ", start, end)
    if semicolon >= start:
        start = semicolon + 2
    verb = _SUBJECT_VERB.search(plain, start, end)
    end = verb.start() if verb else end
    if day and start < day.end <= end and len(plain[day.end : end].strip(" ,)")) == 0:
        end = day.start
    end = _before_brackets(plain, start, end)
    if end - start < 3:
        return None
    if day and day.end < end:
        start = max(start, day.end)
    members = _MEMBERS.search(plain, start, end)
    if members:
        end = members.start()
    together = _TOGETHER.search(plain, start, end)
    if together and body_before(text[start : together.start()], together.start() - start):
        end = together.start()
    span = body_before(text[start:end], end - start)
    if span is None:
        return _unlisted(text, start, end, reading) if verb and day and start == day.end else None
    first, last = start + span[0], start + span[1]
    printed = text[first:last]
    tail = _TAIL_VERB.search(level(printed), 4)
    printed = printed[: tail.start()] if tail else printed
    if len(printed) > 130 or re.search(r"[.;]\s", printed):
        return None
    return make_body(printed, first, reading)


def _unlisted(text: str, start: int, end: int, reading: AreaReading) -> Body | None:
    """Take what stands between day and verb for the body, though its name begins with no listed word."""
    piece = re.search(r"[^\s,.;:)][^,.;:]*$", text[start:end])
    printed = piece.group().strip() if piece else ""
    if not printed[:1].isupper() or not 1 < len(printed.split()) <= 14 or find_people(printed):
        return None
    assert piece
    return make_body(printed, start + piece.start(), reading)


def _before_brackets(plain: str, start: int, end: int) -> int:
    while True:
        piece = plain[start:end].rstrip(" ,-")
        if not piece.endswith(")"):
            return start + len(piece)
        opened = piece.rfind("(")
        if opened <= 0:
            return start + len(piece)
        end = start + opened


def make_body(printed: str, start: int | None, reading: AreaReading) -> Body:
    """Make a body of its printed name: its short form with its place, and the code of its area."""
    printed = _without_person(_without_name(printed), start, reading)
    short = short_form(printed)
    deputies = _delegation(short)
    if deputies is not None:
        short = deputies
        if short.startswith("Đoàn ĐBQH") and reading.own.get("province"):
            province = reading.own["province"]
            return Body(printed, f"Đoàn ĐBQH {reading.name_of(province)}", province, start)
    plain = level(short)
    if _COUNTRY_BODIES.match(plain):
        return Body(printed, short, COUNTRY, start)
    if plain in _OWN_PARTY:
        return Body(printed, party_of(reading.ref_area, reading), reading.ref_area, start)
    ref = _area_of(printed, start, plain, reading)
    if _AREA_ALONE.match(plain):
        return Body(printed, f"UBND {reading.name_of(ref)}", ref, start)
    return Body(printed, _with_place(short, plain, ref, reading), ref, start)


def _without_person(printed: str, start: int | None, reading: AreaReading) -> str:
    """Cut off from where a person is named: "Thường trực Thành ủy do đồng chí X …"."""
    spots = [] if start is None else reading.mentions_in(start, start + len(printed))
    people = find_people(printed, None, [(m.start - (start or 0), m.end - (start or 0)) for m in spots])
    if not people or people[0].start <= 8:
        return printed
    return re.sub(r"\s+(?:đồng chí|ông|bà|đ/c)$", "", printed[: people[0].start].rstrip(" ,"))


def _delegation(short: str) -> str | None:
    """Name the council whose deputies are meant: "tổ đại biểu HĐND tỉnh" is the HĐND tỉnh."""
    plain = level(short)
    match = _DELEGATION.match(plain)
    if not match or not (match["of"] or "đbqh" in plain):
        return None
    rest = _DELEGATION_END.split(short[match.start("rest") :])[0]
    national = match["of"] == "quốc hội" or "đbqh" in plain
    return ("Đoàn ĐBQH" if national else "HĐND") + rest


def _without_name(printed: str) -> str:
    """Cut a leader's name off a body: "UBND quận Hoàng Thị Vấn" is the UBND quận."""
    match = re.search(
        rf"(?:quận|huyện|thị xã|thành phố|tỉnh|phường|xã|[ủỷ]y|[ủỷ]) ({TOKEN}(?: {TOKEN}){{2,3}})$", printed
    )
    if match and match[1].split()[0].lower() in SAFE_SURNAMES:
        return printed[: match.start(1)].rstrip()
    return printed


def _area_of(printed: str, start: int | None, plain: str, reading: AreaReading) -> str:
    if start is not None:
        inside = reading.mentions_in(start, start + len(printed))
        named = [m for m in inside if m.how != "deixis"]
        if named:
            return named[0].ref
        if inside:
            return inside[-1].ref
    for word, kind in _PARTY_WORD.items():
        if plain.startswith(word):
            return reading.own.get(kind, reading.ref_area)
    tail = _KIND_TAIL.search(plain)
    if tail:
        word = "thành phố" if tail[1].startswith("tp") else tail[1]
        return reading.own.get(word, reading.ref_area)
    if _PROVINCIAL.match(plain) and reading.own.get("province"):
        return reading.own["province"]
    return reading.ref_area


def _with_place(short: str, plain: str, ref: str, reading: AreaReading) -> str:
    """Add the place's name to a body whose printed name ends in its kind word, or has none."""
    if ref == COUNTRY:
        return short
    name = reading.bare_name(ref)
    if level(name) in plain:
        return short
    kind = _KIND_TAIL.search(plain)
    if kind and not level(reading.name_of(ref)).startswith(
        kind[1].replace("tp.", "thành phố").replace("tp", "thành phố")
    ):
        return short
    if plain in _PARTY_WORD:
        same = level(reading.name_of(ref)).startswith(_PARTY_WORD[plain])
        return f"{short} {name}" if same else short
    if kind:
        return f"{short} {name}"
    if _PROVINCIAL.match(plain) or PARTY_BODY.match(plain) or plain in ("hđnd", "ubnd"):
        if plain in ("hđnd", "ubnd", "đảng ủy", "đảng bộ"):
            return f"{short} {reading.name_of(ref)}"
        return f"{short} {name}"
    return short


def party_of(ref: str, reading: AreaReading) -> str:
    """Name the party committee of an area: "Huyện ủy An Dương", "Đảng ủy phường An Biên"."""
    return short_form(f"Ban Chấp hành Đảng bộ {reading.name_of(ref)}")


def default_body(
    title: Title, reading: AreaReading, last: Body | None, named: tuple[int | None, Body] | None
) -> Body:
    """Choose the body of a title that names none: of its kind before, the main meeting's, or the area's."""
    if named is not None:
        return replace(named[1], printed="")
    if title.kind == "voters" and (
        last is None or not re.search(r"hđnd|đbqh|quốc hội", level(last.short or ""))
    ):
        ref = last.ref_area if last and last.ref_area else reading.ref_area
        return Body("", f"HĐND {reading.name_of(ref)}", ref)
    if last is not None:
        place = next(
            (m for m in reading.mentions_in(title.start, title.end) if m.level in ("district", "commune")),
            None,
        )
        if place and place.ref != last.ref_area and place.how == "kind" and title.kind != "voters":
            kind = (last.short or "UBND").split(" ")[0]
            return Body("", f"{kind} {reading.name_of(place.ref)}", place.ref)
        if title.kind == "conference" and level(last.short or "").startswith("đảng bộ"):
            ref = last.ref_area or reading.ref_area
            return Body("", party_of(ref, reading), ref)
        if title.kind == "session" and not re.search(r"hđnd|quốc hội", level(last.short or "")):
            name = reading.name_of(last.ref_area or reading.ref_area)
            return Body("", f"HĐND {name}", last.ref_area)
        short = (
            (last.short or "").removeprefix("Thường trực ")
            if title.kind in ("session", "voters")
            else last.short
        )
        return Body("", short, last.ref_area)
    name = reading.name_of(reading.ref_area)
    if title.kind in ("session", "voters"):
        return Body("", f"HĐND {name}", reading.ref_area)
    if title.kind == "congress":
        return Body("", f"Đảng bộ {name}", reading.ref_area)
    return Body("", f"UBND {name}", reading.ref_area)


__all__ = ["Body", "begins_body", "default_body", "find_body", "make_body", "trim_body"]
