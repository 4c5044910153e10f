"""Who takes part and how: persons with their posts, and the strongest note that a verb gives them.

A sentence is read from left to right. A verb after persons is theirs ("X và Y đồng chủ trì"); a verb before
them, with "có", "gồm", ":" or "của", holds for those that follow ("Dự hội nghị có đồng chí X"). Persons whom
a verb of electing, praising or replacing takes as its object are no participants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scraper.vietnamese.names import Person, find_people
from scraper.vietnamese.posts import VERBS, find_verbs, is_part_of_post
from scraper.vietnamese.scanning import Led
from scraper.vietnamese.sentences import level

RANKS = ("chair", "direct", "report", "speak", "attend")
"""Notes, the strongest first (facts.md §6)."""
_OBJECT = Led(
    r"(?<!\w)(?:bầu(?: bổ sung)?|bầu cử|chỉ định|miễn nhiệm|bãi nhiệm|cử bổ sung|kết nạp|thay(?! mặt"
    r"| đổi)|thay thế|biểu dương|tuyên dương|khen thưởng"
    r"|được tặng|tặng|trao (?:bằng khen|giấy khen|quyết định|quà|nhà|huy hiệu)|khởi tố|bắt|thăm"
    r"|trao chìa khóa|đối với|trong số đó có"
    r"|trong đó có (?:chị|anh|bà|ông)|cầm đầu|được (?:bầu|tặng|biểu dương|khen)|xin rút|điều động"
    r"|bổ nhiệm|luân chuyển|ứng cử|giới thiệu (?:đồng chí|ông|bà))(?!\w)"
)
_LEADING = re.compile(
    r"^\s*(?:hội nghị|đại hội|kỳ họp|phiên họp|cuộc họp|buổi \w+(?: \w+)?|lễ \w+|\w+ \w+)?\s*(?:là|có"
    r"|gồm|gồm có|:|của|về phía)?[\s:]"
)
_PREPOSED = Led(
    r"(?<!\w)(?:(?P<chair>(?:(?:tham )?dự(?: và|,) )?(?:đồng )?chủ trì(?: [^,.;:]{0,50})?\s*(?:là|có|gồm|:)"
    r"|chủ tọa(?: [^,.;:]{0,30})?\s*(?:là|có|gồm|:)|sự (?:đồng )?chủ trì của|sự điều hành của"
    r"|sự chủ tọa của"
    r"|đoàn chủ tịch(?: [^,.;:]{0,60})?\s*(?:gồm|do|có|là|, trong đó có|:)"
    r"|đoàn chủ tịch[^.;]{0,50}trong đó có|cùng chủ tọa có|cùng chủ trì(?: [^,.;:]{0,30})? có"
    r"|điều hành(?: [^,.;:]{0,40})?\s*(?:là|có|gồm|:)|do(?=[^.;]{3,160}(?:chủ trì|điều hành"
    r"|làm chủ tọa))|(?:chủ trì|điều hành|chủ tọa) [^,.;:]{3,40},)"
    r"|(?P<direct>(?:tới |đến |tham )?dự(?:,| và| ,)? (?:phát biểu )?chỉ đạo[^.;:,]{0,60}?(?:,"
    r"|(?<= )(?:có|gồm|là)(?= )"
    r"|:)|sự chỉ đạo của)"
    r"|(?P<report>báo cáo (?:của|do)|(?:nghe|theo) (?:đồng chí|ông|bà) (?=[^.;]{0,100}(?:báo cáo"
    r"|trình bày))|đã nghe(?=[^.;]{0,120}(?:báo cáo|trình bày|truyền đạt|thông qua))"
    r"|tham luận[^.;]{0,60}do(?=[^.;]{0,100}trình bày)|do(?=[^.;]{3,140}(?:trình bày|báo cáo"
    r"|truyền đạt))|trình bày báo cáo[^.;:]{0,80},|báo cáo (?:tại|với)[^.;:]{0,60},"
    r"|trình bày[^.;:]{0,60},)"
    r"|(?P<speak>phát biểu[^.;:]{0,80}?[,:]|tham luận của|ý kiến (?:thảo luận )?của"
    r"|ý kiến(?: \w+){0,3},? của|kết luận[^.;:]{0,60}?,|giải trình[^.;:]{0,60},|bế mạc[^.;:]{0,40},"
    r"|thông tin tới[^.;:]{0,40},|trả lời[^.;:]{0,80},|giải đáp[^.;]{0,40} của"
    r"|chỉ đạo (?:hội nghị|đại hội)[^.;:]{0,20},|trao đổi tại[^.;:]{0,40},|theo(?= (?:đồng chí|ông|bà"
    r"|anh|chị|ts|chủ tịch|phó|trưởng|giám đốc|bí thư|chánh|thông báo của|lời|cục trưởng|đại diện))"
    r"|đề dẫn[^.;:]{0,40},)"
    r"|(?P<attend>(?:khách mời|thành phần(?: \w+){0,3}|cùng đi|(?:về )?phía [^,.;:]{2,40}"
    r"|tại (?:hội nghị|buổi|cuộc|kỳ họp|đại hội)[^,.;:]{0,30})\s+(?:có|gồm)(?= )|(?:tới |đến |tham "
    r"|cùng |về )?dự(?: [^.;:]{0,60}?)?(?:có|gồm|còn có|:)|tham gia(?: [^.;:]{0,40}?)?(?:có|gồm)"
    r"|về phía [^.;:]{0,40}có|gồm các (?:đồng chí|ông|bà)|gồm(?= )|cùng (?:đi|dự) có|cùng(?= (?:bà"
    r"|ông|đồng chí))))"
)
_CHAIR_ASKS = re.compile(
    r"chủ tọa (?:yêu cầu|đề nghị|kết luận|giao|cho biết|nhắc|kỳ họp (?:yêu cầu|đề nghị))"
)
"""Where "chủ tọa" is the one who chairs, and no verb of who spoke before."""
_STOP = re.compile(r";|\.\s")
_NOUN_USE = re.compile(r"(?:các|những|bản|dự thảo|nghe|một số|xây dựng|hoàn thiện|số liệu)\s+$")
"""Words before a verb that make it a noun: "các báo cáo", "nghe ý kiến"."""


@dataclass(slots=True)
class Attendee:
    """A person gathered over an article's sentences."""

    name: str
    roles: list[str] = field(default_factory=list)
    note: str | None = None
    seen_at: int = 0

    def add(self, note: str | None, roles: tuple[str, ...]) -> None:
        """Take in one more sentence about the person: new posts, and the note if it is stronger."""
        for role in roles:
            if level(role) not in [level(r) for r in self.roles]:
                self.roles.append(role)
        if note and (self.note is None or RANKS.index(note) < RANKS.index(self.note)):
            self.note = note


@dataclass(frozen=True, slots=True)
class Appearance:
    """One person in one sentence, with the note that the sentence gives, or None."""

    person: Person
    note: str | None
    is_object: bool


@dataclass(slots=True, unsafe_hash=True)
class _Event:
    start: int
    end: int
    kind: str
    """person, verb, before, object, stop."""
    note: str | None
    person: Person | None = None


def read_sentence(text: str, areas: list[tuple[int, int]], plain: str | None = None) -> list[Appearance]:
    """Read the persons of one sentence and the notes that its verbs give them.

    `areas`: spans of area names in the sentence; `plain`: the levelled text where the caller has it.
    """
    plain = level(text) if plain is None else plain
    people = find_people(text, plain, areas)
    if not people:
        return []
    events = _events(plain, people)
    notes: dict[int, str] = {}
    objects: set[int] = set()
    subjects: list[Person] = []
    closed = False
    standing: str | None = None
    is_object = False
    for event in events:
        if event.kind == "person" and event.person:
            if closed:
                subjects, closed = [], False
            subjects.append(event.person)
            if is_object:
                objects.add(event.person.start)
            elif standing:
                _strengthen(notes, event.person.start, standing)
        elif event.kind == "before":
            standing, is_object = event.note, False
            subjects = []
        elif event.kind == "object":
            is_object, standing = True, None
            if (
                not closed
                and subjects
                and plain[event.start : event.end].startswith(("được", "xin rút", "cầm đầu"))
            ):
                objects.update(p.start for p in subjects)
        elif event.kind == "stop":
            if closed:
                standing = None
            is_object = False
        elif event.kind == "verb":
            live = [p for p in subjects if p.start not in objects]
            for person in live:
                if event.note:
                    _strengthen(notes, person.start, event.note)
            if live and event.note:
                closed = True
                standing = None
            is_object = False
    return [Appearance(p, notes.get(p.start), p.start in objects and p.start not in notes) for p in people]


def _strengthen(notes: dict[int, str], key: int, note: str) -> None:
    if key not in notes or RANKS.index(note) < RANKS.index(notes[key]):
        notes[key] = note


def _events(plain: str, people: list[Person]) -> list[_Event]:
    spans = [(p.span_start, p.span_end) for p in people]

    def inside(start: int) -> bool:
        return any(s <= start < e for s, e in spans)

    events = [_Event(p.span_start, p.span_end, "person", None, p) for p in people]
    covered: list[tuple[int, int]] = []
    for match in _PREPOSED.finditer(plain):
        if inside(match.start()):
            continue
        note = match.lastgroup or ""
        if match.group().endswith((",", "gồm")) and not _person_follows(people, match.end()):
            continue
        if match.start() == 0 or plain[match.start() - 1] in " .;,:":
            end = min([match.end(), *(s for s, _ in spans if match.start() < s)])
            if _persons_between(people, match.start(), match.end()) == 0:
                events.append(_Event(match.start(), end, "before", note))
                covered.append((match.start(), match.end()))
    for match in _OBJECT.finditer(plain):
        if not inside(match.start()):
            events.append(_Event(match.start(), match.end(), "object", None))
            covered.append((match.start(), match.end()))
    for match in find_verbs(plain):
        if inside(match.start()) or any(s <= match.start() < e for s, e in covered):
            continue
        if is_part_of_post(plain, match) or _CHAIR_ASKS.match(plain, match.start()):
            continue
        if _NOUN_USE.search(plain[max(0, match.start() - 14) : match.start()]):
            continue
        cares = match.group() == "quan tâm" and _is_voter_before(plain, people, match.start())
        note = "speak" if cares else VERBS[match.group()]
        events.append(_Event(match.start(), match.end(), "verb", note or None))
    for match in _STOP.finditer(plain):
        if not inside(match.start()):
            events.append(_Event(match.start(), match.end(), "stop", None))
    return sorted(events, key=lambda e: e.start)


def _is_voter_before(plain: str, people: list[Person], position: int) -> bool:
    """Tell whether a voter's name stands right before: what "cử tri X quan tâm" is what X speaks of."""
    return any(p.end + 1 == position and plain.startswith("cử tri", p.span_start) for p in people)


def _person_follows(people: list[Person], position: int) -> bool:
    return any(position - 1 <= p.span_start <= position + 12 for p in people)


def _persons_between(people: list[Person], start: int, end: int) -> int:
    return sum(start < p.start < end - 1 for p in people)
