"""What a number is about: an indicator of the vocabulary, a slice of one, or a thing by its printed name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.facts.clauses import Clause
from scraper.facts.fitting import fits, traits
from scraper.facts.wording import CLOSED, NEW_THING, residue, tidy
from scraper.vietnamese.periods import Period
from scraper.vietnamese.vocabulary import Mention, begins_phrase, find_indicators

_NOT_SUBJECT = re.compile(r"(?<!\w)(?:so với|nhờ|do|vì|sau khi|để|nhằm|bởi|nguyên nhân)(?!\w)[^,;]*$")
_LEFT_OUT = re.compile(
    r"(?<!\w)(?:trừ|không kể|không tính|chưa kể|loại trừ|không bao gồm|chưa tính)\s*(?:cả |thu )?$"
)
_SLICE_JOINT = re.compile(r"trong đó|riêng|gồm|chia ra|cụ thể|:|\(|,|và|;|cùng|với")
_SECTORS = frozenset(
    {
        "agriculture_value",
        "industrial_production_value",
        "trade_services_value",
        "construction_value",
        "production_value",
    }
)
_WHOLES = frozenset({"grdp_growth", "economic_growth", "iip", "cpi", "exports", "imports"})
_WHOLE_OF = re.compile(r"\s*(?:tổng |trong )?(?:số|tổng số|tổng|diện tích|dân số|cơ cấu|toàn)(?!\w)")
_OF_VERB = re.compile(r"(?:đạt|chiếm|bằng|=|tỷ lệ|là)(?: (?:trên|hơn|khoảng|gần|tới|tỷ lệ|xấp xỉ))*\s*$")
_CHANGE_WORDS = re.compile(r"(?<!\w)(?:tăng|giảm|hơn|thấp hơn|nhiều hơn|ít hơn)\s*(?:thêm |được )?(?:\w+ )?$")
_STOP_OF_NAME = re.compile(
    r"(?<!\w)(?:đạt(?! chuẩn)|ước|tăng|giảm|bằng|vượt|chiếm|còn|là|được|có|đã|mới|chỉ|gấp|tính|lũy "
    r"kế|trên địa bàn|xảy ra|thực hiện|do|toàn|lên|xuống"
    r"|cả năm|hiện|bình quân \d)(?!\w)|[,;:(=]|\d"
)
_CROPS = re.compile(
    r"\s*(?:cây )?(?:lúa|ngô|rau|màu|cà phê|hồ tiêu|tiêu|cao su|sầu riêng|cây ăn quả|cây ăn trái|ăn "
    r"quả|mía|điều|chè|dừa|hành|tỏi|khoai|lạc|đậu|hoa|thuốc lào"
    r"|ớt|cà chua|cam|bưởi|vải|na|xoài|thanh long|sắn|mì|chuối|dưa|mắc ca|cây vụ đông|vụ đông|cây "
    r"trồng|vườn|nhãn|quýt|bắp|thanh trà|nho|táo)(?!\w)"
)
_COUNT_OF = re.compile(r"\s*(?:về )?(?:tổng )?(?:số )?(?:vụ )?")
_FILLERS = frozenset(
    {
        "được",
        "mới",
        "thêm",
        "cho",
        "trên",
        "hơn",
        "gần",
        "khoảng",
        "ít",
        "nhất",
        "tối",
        "thiểu",
        "tổng",
        "số",
        "đã",
    }
)
_BARE_COUNTS = frozenset({"vụ", "ca", "người", "hộ", "trường hợp", "dự án"})
_TOPIC_UNITS = {
    "site_clearance": frozenset({"household", "ha", "m2", "project"}),
    "conscription": frozenset({"person", "party_member"}),
    "vaccination": frozenset({"mũi", "liều", "person"}),
    "customs_revenue": frozenset({"VND", "percent"}),
    "domestic_revenue": frozenset({"VND", "percent"}),
}
_PLAN_WORDS = re.compile(r"(?:kế hoạch|dự toán|chỉ tiêu|nghị quyết|kh|nq|so với|mục tiêu)(?!\w)")
_BY_LAW = re.compile(r"(?<!\w)(?:theo|nhằm|để|do|nhờ|tại|ở|trên địa bàn|được giao)(?!\w)")
_GOES_ON = re.compile(r"\W*(?:trong đó|riêng|cụ thể|bao gồm|trong số này|trong số đó)(?!\w)")
_REVENUE = re.compile(
    r"(?<!\w)(?:thu|nộp|thuế|chi cục|hải quan|khoản thu|lệ phí|khu vực)(?!\w)", re.IGNORECASE
)
_BY_UNIT = {"teu": "port_cargo", "ttq": "port_cargo"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing that a number measures."""

    key: str
    name: str
    breakdown: str | None
    start: int
    """Where its words begin, for the evidence."""
    rule: str
    own_key: bool = False
    """True where the clause itself names the indicator."""
    own_name: bool = False
    """True where the clause names a thing of its own, in the vocabulary or not."""
    is_rate: bool = False
    is_flow: bool = False
    is_growth: bool = False
    sure: float = 0.9
    unit: str = ""
    """The unit that it was last counted in."""


class Subjects:
    """Finds the subject of each number of an article, carrying it where it is not said again."""

    def __init__(
        self,
        plain: str,
        text: str,
        mentions: Sequence[Mention],
        periods: Sequence[Period],
        topic: str | None = None,
    ) -> None:
        """`text`: the article's text as printed; `plain`: its levelled form; `topic`: its one topic."""
        self.plain, self.text, self.topic = plain, text, topic
        self.mentions, self.periods = mentions, periods
        self.last: Subject | None = None
        self._stack: list[Subject | None] = []
        self._said: list[Subject] = []
        self._here: Sequence[Mention] = ()
        self._sentence_start = 0

    def start_paragraph(self) -> None:
        """Forget what the paragraph before was about."""
        self.last = None
        self._said = []

    def start_sentence(self, start: int, end: int) -> None:
        """Forget what brackets were open, and take the mentions of the sentence at hand."""
        self._stack = []
        self._sentence_start = start
        self._here = [m for m in self.mentions if start <= m.start < end]

    def subject_of(self, clause: Clause, areas: Sequence[tuple[int, int]]) -> Subject | None:
        """Give the subject of a clause's number; None where nothing is named and nothing can be carried."""
        while len(self._stack) > clause.depth:
            self.last = self._stack.pop()
        while len(self._stack) < clause.depth:
            self._stack.append(self.last)
        found = self._find(clause, areas)
        if found is None:
            return None
        if not fits(found.key, clause.quantity.unit):
            found = self._refit(found, clause)
        found = self._on_topic(found, clause)
        if found.key == "other" and clause.quantity.unit in _BY_UNIT:
            found = replace(found, key=_BY_UNIT[clause.quantity.unit], breakdown=found.name)
        is_rate, is_flow, is_growth = traits(found.key, found.name)
        unit = (
            clause.quantity.unit
            if clause.quantity.unit not in ("percent", "percentage_point", "times")
            else found.unit
        )
        found = replace(found, is_rate=is_rate, is_flow=is_flow, is_growth=is_growth, unit=unit)
        self.last = found
        self._said.append(found)
        return found

    def _on_topic(self, found: Subject, clause: Clause) -> Subject:
        """Give a thing without a key the key of the article's topic, as its slice."""
        unit = clause.quantity.unit
        if found.key == "budget_revenue" and self.topic in ("customs_revenue", "domestic_revenue"):
            return replace(found, key=self.topic)
        if found.key != "other":
            return found
        topic = self.topic if unit in _TOPIC_UNITS.get(self.topic or "", ()) else self._nearby_topic(clause)
        if topic is None or (topic.endswith("revenue") and not _REVENUE.search(found.name)):
            return found
        return replace(found, key=topic, breakdown=found.name, rule="topic", sure=0.7)

    def _nearby_topic(self, clause: Clause) -> str | None:
        """Give what a thing without a key belongs to by what its paragraph or sentence speaks of."""
        unit, here = clause.quantity.unit, clause.quantity.start
        if unit in ("household", "ha"):
            paragraph = self.plain.rfind("\n", 0, here)
            near = [m for m in self.mentions if paragraph < m.start < here]
            return near[-1].key if near and near[-1].key == "site_clearance" else None
        if unit == "VND":
            said = [s.key for s in self._said if s.start >= clause.sentence.start]
            welfare = ("households_supported", "social_welfare_spending")
            return welfare[1] if said and said[-1] in welfare else None
        return None

    def _head_start(self, clause: Clause) -> int:
        """Give where the words before a number begin: in brackets with nothing said, before the bracket."""
        if not clause.depth or clause.opened < clause.head_start:
            return clause.head_start
        inside = residue(self.plain, clause.opened, clause.quantity.start, self.periods, ())
        return clause.gap_start if not inside else clause.opened

    def _own_start(self, clause: Clause, start: int) -> int:
        """Give where the number's own words begin: a bracket's are behind the last comma before it."""
        if not clause.depth or start != clause.gap_start:
            return start
        commas = [m.end() for m in re.finditer(r"[,;]", self.plain[start : clause.opened - 1])]
        return start + commas[-1] if commas else clause.opened

    def _find(self, clause: Clause, areas: Sequence[tuple[int, int]]) -> Subject | None:
        quantity = clause.quantity
        start = self._head_start(clause)
        head = [
            m
            for m in self._here
            if start <= m.start and m.end <= quantity.start and self._may_head(m, start, quantity.start)
        ]
        if quantity.unit:
            head = [m for m in head if fits(m.key, quantity.unit)] or head[-1:]
        tail = [
            m
            for m in self._here
            if quantity.number_end <= m.start and m.end <= max(clause.tail_end, quantity.end)
        ]
        is_share = quantity.unit == "percent" and _WHOLE_OF.match(self.plain, quantity.end)
        if is_share and _OF_VERB.search(self.plain, clause.head_start, quantity.start):
            tail = []
        nearest = head[-1] if head else None
        if quantity.is_noun and (joined := self._across(clause, start)) is not None:
            return joined
        if nearest and self._touches(nearest, quantity.start, areas) and fits(nearest.key, quantity.unit):
            return self._from_head(nearest, clause, start, "named")
        whole = [
            m
            for m in tail
            if m.start <= quantity.unit_start + 1 and m.end >= quantity.end and fits(m.key, quantity.unit)
        ]
        if quantity.is_noun and whole and not self._is_weak(whole[0], clause):
            return self._from_tail(whole[0], clause, "counted")
        if nearest and self._is_near(nearest, quantity.start, areas):
            return self._from_head(nearest, clause, start, "named")
        close = [m for m in tail if not self._is_weak(m, clause) and fits(m.key, quantity.unit)]
        if close and (
            quantity.is_noun
            or quantity.unit == "percent"
            or not self._words(quantity.end, close[0].start, ())
        ):
            direct = _COUNT_OF.fullmatch(self.plain, quantity.end, close[0].start)
            if quantity.unit != "percent" or not self._is_verbal(clause) or (direct and nearest is None):
                return self._from_tail(close[0], clause, "behind")
        if quantity.unit == "ha" and _CROPS.match(self.plain, quantity.end):
            name = self.text[quantity.end : self._tail_end(clause)].strip(" ,.")
            return Subject(
                "crop_area", f"diện tích {name}", name, quantity.start, "crop", True, True, sure=0.8
            )
        owns_words = quantity.is_noun and self._words(quantity.end, clause.tail_end, ()) > 1
        if nearest and not owns_words and self._words(nearest.end, quantity.start, areas) <= 12:
            new = NEW_THING.search(self.plain, nearest.end, quantity.start)
            if new is None:
                return self._from_head(nearest, clause, start, "named_far")
        shared = self._shared_with_next(clause)
        if shared is not None:
            return shared
        return self._unnamed(clause, start, areas)

    def _across(self, clause: Clause, start: int) -> Subject | None:
        """Find a phrase that the number parts: "thành lập 15 chi bộ", "cấp 412 giấy phép xây dựng"."""
        quantity = clause.quantity
        words = re.findall(r"[^\W\d_]+", self.plain[max(start, quantity.start - 40) : quantity.start])
        while words and words[-1] in _FILLERS:
            words.pop()
        behind = self.plain[quantity.unit_start : max(quantity.end, self._tail_end(clause))]
        for count in range(min(3, len(words)), 0, -1):
            front = " ".join(words[-count:])
            if not begins_phrase(front):
                continue
            for mention in find_indicators(f"{front} {behind}"):
                if mention.start == 0 and mention.end > len(front) + 1 and fits(mention.key, quantity.unit):
                    name = f"{front} {self._counted(clause)}"
                    begin = max(start, self.plain.rfind(front, start, quantity.start))
                    return Subject(mention.key, name, None, begin, "across", True, True, sure=0.9)
                if mention.start > 0:
                    break
        return None

    def _counted(self, clause: Clause) -> str:
        """Give the printed noun that a number counts, with the words that define it."""
        quantity = clause.quantity
        stop = _BY_LAW.search(self.plain, quantity.end, self._tail_end(clause))
        end = stop.start() if stop else self._tail_end(clause)
        return self.text[quantity.unit_start : max(end, quantity.end)].strip(" ,-.")

    def _may_head(self, mention: Mention, start: int, here: int) -> bool:
        if _NOT_SUBJECT.search(self.plain, start, mention.start) or _LEFT_OUT.search(
            self.plain, start, mention.start
        ):
            return False
        opened = self.plain.rfind("(", start, mention.start)
        closed = self.plain.find(")", mention.end, here)
        return not (opened >= 0 and closed >= 0 and self.plain.find(")", opened, mention.start) < 0)

    def _is_weak(self, mention: Mention, clause: Clause) -> bool:
        """Tell whether a mention is no more than the unit of another count: "29 đảng viên"."""
        quantity = clause.quantity
        if mention.end > quantity.end or mention.key not in (
            "party_members",
            "union_members",
            "poverty_rate",
        ):
            return False
        last = self.last
        same = (
            last is not None
            and last.start >= clause.sentence.start
            and last.key not in ("other", mention.key)
        )
        return (
            same and fits(last.key, quantity.unit) and last.key.startswith(("party", "conscription"))
            if last
            else False
        )

    def _words(self, start: int, end: int, areas: Sequence[tuple[int, int]]) -> int:
        return len(residue(self.plain, start, end, self.periods, areas).split())

    def _parted(self, start: int, end: int) -> bool:
        return bool(re.search(r"[,;]", CLOSED.sub("", self.plain[start:end])))

    def _touches(self, mention: Mention, here: int, areas: Sequence[tuple[int, int]]) -> bool:
        return self._words(mention.end, here, areas) == 0 and not self._parted(mention.end, here)

    def _is_near(self, mention: Mention, here: int, areas: Sequence[tuple[int, int]]) -> bool:
        words = self._words(mention.end, here, areas)
        parted = self._parted(mention.end, here)
        return words <= (1 if parted else 8) and not NEW_THING.search(self.plain, mention.end, here)

    def _is_verbal(self, clause: Clause) -> bool:
        return bool(
            re.search(
                r"(?:tăng|giảm|đạt|bằng|vượt|=)(?: \w+)?\s*$",
                self.plain[clause.head_start : clause.quantity.start],
            )
        )

    def _from_head(self, mention: Mention, clause: Clause, start: int, rule: str) -> Subject:
        end = mention.end
        stop = _STOP_OF_NAME.search(self.plain, mention.end, clause.quantity.start)
        extra_end = stop.start() if stop else clause.quantity.start
        extra = residue(self.plain, mention.end, extra_end, self.periods, ())
        breakdown = None
        if extra and len(extra.split()) <= 9:
            end = extra_end
            breakdown = self.text[mention.end : extra_end].strip(" ,-") or None
        begin = mention.start
        for earlier in self._here:
            if (
                start <= earlier.start < begin
                and earlier.key == mention.key
                and breakdown is None
                and rule == "named"
            ):
                begin, end = earlier.start, earlier.end
                break
        name = self.text[begin:end].strip(" ,-")
        whole = self._whole_of_sector(mention, clause)
        if whole is not None:
            return whole
        return Subject(mention.key, name, breakdown, begin, rule, True, True)

    def _whole_of_sector(self, mention: Mention, clause: Clause) -> Subject | None:
        """Read a sector among a growth's parts as its slice: "khu vực dịch vụ tăng 5,13%"."""
        if mention.key not in _SECTORS or clause.quantity.unit != "percent":
            return None
        for said in reversed(self._said):
            if said.start < clause.sentence.start:
                break
            if said.key in ("grdp_growth", "economic_growth") and not self.plain.startswith(
                "giá trị", mention.start
            ):
                name = self.text[mention.start : mention.end]
                return Subject(
                    said.key, f"{said.name} {name}", name, mention.start, "sector", False, True, sure=0.8
                )
        return None

    def _from_tail(self, mention: Mention, clause: Clause, rule: str) -> Subject:
        quantity = clause.quantity
        begin = quantity.unit_start if quantity.is_noun else quantity.end
        end = max(mention.end, self._tail_end(clause))
        stop = _BY_LAW.search(self.plain, mention.end, end)
        end = stop.start() if stop else end
        name = self.text[begin:end].strip(" ,-.")
        first = self._phrase_start(clause.head_start, quantity.start)
        verb = (
            tidy(self.text[first : quantity.start])
            if quantity.is_noun and quantity.start - first <= 40
            else ""
        )
        breakdown = None
        if residue(self.plain, mention.end, end, self.periods, ()):
            breakdown = self.text[mention.end : end].strip(" ,-.") or None
        start = first if quantity.start - first <= 60 else quantity.start
        return Subject(mention.key, f"{verb} {name}".strip(), breakdown, start, rule, True, True)

    def _tail_end(self, clause: Clause) -> int:
        return min(clause.tail_end, clause.quantity.end + 90)

    def _shared_with_next(self, clause: Clause) -> Subject | None:
        """Read what is named once, behind the second count: "bắt 103 vụ, 121 đối tượng về ma túy"."""
        quantity = clause.quantity
        if not quantity.is_noun or self._words(quantity.end, clause.tail_end, ()) or quantity.unit != "case":
            return None
        if not re.fullmatch(
            r"(?:,| với| và|, với| cùng) (?:trên |hơn |gần )?", self.plain[quantity.end : clause.next_start]
        ):
            return None
        limit = re.compile(r"[,;.]").search(self.plain, clause.next_start, clause.sentence.end)
        end = limit.start() if limit else clause.sentence.end
        for mention in self._here:
            if clause.next_start < mention.start < end and fits(mention.key, quantity.unit):
                counted = self.text[quantity.unit_start : quantity.end]
                name = f"{counted} {self.text[mention.start : mention.end]}"
                return Subject(mention.key, name, None, quantity.start, "shared", True, True, sure=0.85)
        return None

    def _unnamed(self, clause: Clause, start: int, areas: Sequence[tuple[int, int]]) -> Subject | None:
        """Name a thing that the vocabulary lacks, or carry the subject that was named before."""
        quantity = clause.quantity
        rest = residue(self.plain, self._own_start(clause, start), quantity.start, self.periods, areas)
        rest = "" if rest in _BARE_COUNTS else rest
        behind = residue(self.plain, quantity.end, self._tail_end(clause), self.periods, ())
        tail = self.text[quantity.end : self._tail_end(clause)].strip(" ,-.")
        last = self._fitting(clause, behind)
        is_list = bool(_SLICE_JOINT.search(clause.joint))
        same_sentence = last is not None and last.start >= clause.sentence.start
        changes = bool(_CHANGE_WORDS.search(self.plain, clause.head_start, quantity.start) or quantity.sign)
        owns_tail = bool(behind) and quantity.unit == "percent" and not rest and not self._is_verbal(clause)
        if last is not None and same_sentence and not owns_tail and not rest:
            alike = not behind and last.key != "other" and fits(last.key, quantity.unit)
            if not quantity.is_noun or changes or alike:
                return replace(last, own_key=False, own_name=False, rule="carried")
        name = self._name(clause, start, tail)
        if last is None or (not rest and not quantity.is_noun and not owns_tail and not same_sentence):
            opens = clause.gap_start == clause.sentence.start
            if last is not None and re.match(
                r"\W*(?:tăng|giảm|bằng|đạt|so với)", self.plain[start : start + 12]
            ):
                return replace(last, own_key=False, own_name=False, rule="carried_over", sure=0.7)
            if last is not None and areas and not rest and not quantity.is_noun:
                return replace(last, own_key=False, own_name=False, rule="carried_area", sure=0.7)
            if not rest and not behind and (not opens or not quantity.is_noun):
                return None
            first = self._phrase_start(max(start, quantity.start - 140), quantity.start)
            return Subject("other", name, None, first, "other", False, True, sure=0.7)
        whole = self._whole(clause)
        is_new = bool(NEW_THING.search(self.plain, start, quantity.start))
        if whole is not None and is_list and not is_new and fits(whole.key, quantity.unit):
            counted_alike = not quantity.is_noun or (not behind and quantity.unit == whole.unit)
            explicit = re.search(r"trong đó|riêng|gồm|chia ra|:|\(", clause.joint)
            if counted_alike or (explicit and quantity.unit == whole.unit):
                printed = tidy(self.text[start : quantity.start]) or name
                if not quantity.is_noun and behind:
                    printed = f"{printed} {tail}".strip() if quantity.unit == "percent" else printed
                return Subject(
                    whole.key, f"{whole.name} {printed}", printed, start, "slice", False, True, sure=0.75
                )
        first = self._phrase_start(max(start, quantity.start - 140), quantity.start)
        return Subject("other", name, None, first, "other", False, True, sure=0.75)

    def _fitting(self, clause: Clause, behind: str) -> Subject | None:
        """Give what a number without a name goes on with: the last subject, or the last of its unit."""
        quantity, last = clause.quantity, self.last
        if last is None or not quantity.is_noun or last.unit == quantity.unit:
            if last is not None and quantity.is_noun and behind:
                alike = [
                    s
                    for s in self._said
                    if s.unit == quantity.unit and set(behind.split()) & set(s.name.lower().split())
                ]
                return alike[-1] if alike else last
            return last
        for said in reversed(self._said):
            if said.unit == quantity.unit and said.start >= self._sentence_start - 300:
                return said
        return last

    def _whole(self, clause: Clause) -> Subject | None:
        """Give the subject of the vocabulary that the sentence is taking apart."""
        goes_on = _GOES_ON.match(self.plain, clause.sentence.start)
        for said in reversed(self._said):
            if said.start < clause.sentence.start and not goes_on:
                return None
            if said.key != "other":
                return said
        return None

    def _name(self, clause: Clause, start: int, tail: str) -> str:
        quantity = clause.quantity
        head = tidy(
            self.text[self._phrase_start(max(start, quantity.start - 140), quantity.start) : quantity.start]
        )
        counted = self.text[quantity.unit_start : quantity.end].strip() if quantity.is_noun else ""
        if (
            head
            and quantity.unit == "percent"
            and (self._is_verbal(clause) or _PLAN_WORDS.match(tail.lower()))
        ):
            tail = ""
        return " ".join(part for part in (head, counted, tail) if part) or "không rõ"

    def _phrase_start(self, start: int, end: int) -> int:
        """Give where the last words begin that name something, so that a name is no sentence."""
        for match in reversed(list(re.finditer(r"[,;:]", self.plain[start:end]))):
            after = start + match.end()
            if len(self.plain[after:end].split()) > 4 or residue(self.plain, after, end, self.periods, ()):
                return after
        return start

    def _refit(self, found: Subject, clause: Clause) -> Subject:
        """Find another name for a number that its indicator cannot be counted in."""
        tail = self.text[clause.quantity.end : self._tail_end(clause)].strip(" ,-.")
        name = self._name(clause, clause.head_start, tail)
        return Subject("other", name, None, found.start, "unfit", False, True, sure=0.7)
