"""Where a sentence names the body that meets: as subject, in the title, behind "của", "do" or "được"."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.facts.districts import AreaReading
from scraper.facts.meeting_bodies import Body, make_body
from scraper.facts.meeting_days import LONGEST_PASSIVE
from scraper.facts.meeting_titles import Title
from scraper.facts.meeting_words import PASSIVE
from scraper.vietnamese.areas import COUNTRY
from scraper.vietnamese.dates import DayMention
from scraper.vietnamese.gates import gated
from scraper.vietnamese.names import find_people
from scraper.vietnamese.organisations import PARTY_BODY, begins_body, body_before
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
_HAPPENS_HERE = gated(r"(?<!\w)diễn ra\s+(?:trọng thể |lễ |buổi |các |một |khai mạc |bế mạc |phiên )*$")
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
_TOGETHER = re.compile(r"[\s,]+(?:chủ trì,? )?(?:đã |vừa )?(?:phối hợp|liên kết|kết hợp)(?!\w)")
_MEMBERS = gated(r"\s(?:bao )?gồm(?: các)?:")
_OF_BODY = re.compile(r"\scủa\s+(?P<body>[^,.;:()]{3,70})")
_BETWEEN = re.compile(r"\s+giữa\s+(?P<body>[^,.;]{3,60}?)\s+(?:với|và)\s")
_AT_LEVEL = gated(r"(?<!\w)cấp (thành phố|tỉnh|huyện|quận|thị xã|xã|phường)(?!\w)")
_AFTER_COMMA = re.compile(
    r"\)?(?:\s(?:vừa qua|mới đây))?,\s*(?P<body>[^,.;:]{3,70}?)\s+(?:đã|sẽ|cam kết|quyết nghị"
    r"|thống nhất|bầu|thông qua|biểu quyết|khóa mới|cho biết|công bố)(?!\w)"
)
_DO = re.compile(
    r"(?<!\w)do\s+(?:chính )?(?P<body>[^,.;:]{3,80}?(?:,? nhiệm kỳ \d{4}\s?-\s?\d{4})?)"
    r"\s+(?:phối hợp|tổ chức|đăng cai|triệu tập|mở)(?!\w)"
)
_STOP_IN_BODY = re.compile(
    r"\s(?:là|tổ chức|triệu tập|tiến hành|họp|sẽ|đã|vừa|khai mạc|bế mạc|diễn ra|lần thứ|lần|khóa"
    r"|nhiệm kỳ|thứ|năm \d|tháng|quý|để|nhằm|về|đánh giá|xem xét|với|kiểm điểm|sơ kết|tổng kết"
    r"|mở rộng|sáng|chiều|tối|ngày|tại|trong|vào|bàn|thảo luận|cho ý kiến|giữa|tiếp xúc|làm việc"
    r"|thống nhất|cam kết|nghe|bầu|dự kiến|theo|gồm|khẩn|thông qua|cuối năm|giữa năm|do"
    r"|trực tuyến)(?!\w)"
)


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
    by = PASSIVE.search(plain, max(title.end, day.start - LONGEST_PASSIVE), day.start)
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
    """Find the body that a title names itself: "Hội nghị Quận ủy lần thứ 13", "kỳ họp của HĐND quận"."""
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
