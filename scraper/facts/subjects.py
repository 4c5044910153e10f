"""What a number is about: an indicator of the vocabulary, a slice of one, or a thing by its printed name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.fitting import fits, traits
from scraper.facts.kindred import Kindred
from scraper.facts.naming import BY_LAW, counted_name
from scraper.facts.turns import PARTS
from scraper.facts.unnamed import TAKES_UP
from scraper.facts.wording import CLOSED, NEW_THING, residue, slice_name, tidy
from scraper.vietnamese.gates import gated
from scraper.vietnamese.vocabulary import Mention, find_indicators

_NOT_SUBJECT = gated(r"(?<!\w)(?:so với|nhờ|do|vì|sau khi|để|nhằm|bởi|nguyên nhân)(?!\w)[^,;:]*$")
_CAUSES = re.compile(r"(?:nhờ|do|vì|bởi|nguyên nhân)(?!\w)")
_CAUSE_BEHIND = re.compile(r"\s(?:nhờ|do|vì|bởi)(?!\w)")
_ATTACHES = re.compile(r"(?<!\w)(?:cho|của|đối với|dành cho)(?: \w+){0,2}\s*$")
_JOINED = re.compile(r"(?:;|(?<!\w)(?:và|cùng)) (?:có |còn |trên |gần |hơn |khoảng )*$")
_MARKED = re.compile(
    r"\s(?:bị )?(?:bỏng|thương|tử vong|chết|mất tích|nhập viện|thiệt mạng|đạt giải|đoạt|giành|bỏ học|vi phạm|"
    r"có hoàn cảnh|được (?:khen|tuyên dương|tặng|nhận|vinh danh))(?!\w)"
)
"""What marks some people out of all that an indicator counts."""
_PAUSE = re.compile(r"[,;]")
_BADGE = gated(r"(?<!\w)(?:huy hiệu|khen thưởng|giấy khen|bằng khen|tuyên dương)(?!\w)[^;.]*$")
"""What is awarded to members counts those who got it: "trao Huy hiệu Đảng cho 112 đảng viên"."""
_NO_RATES = frozenset(
    {"admin_files_processed", "road_built", "party_members", "union_members", "school_enrolment",
     "new_enterprises", "investment_projects", "citizen_complaints", "party_cells_established"}
)  # fmt: skip
"""Indicators that count, so that a percent of what they count tells a quality of it."""
_LIVING = frozenset({"crop_area", "livestock_output", "fishery_output"})
_DAMAGED = re.compile(
    r"[^;.()\d]{0,60}?(?<!\w)(?:bị (?:ngập|ảnh hưởng|thiệt hại|hư hại|đổ|nhiễm|bệnh|chết|tiêu hủy|mất|"
    r"gãy|hạn|"
    r"cuốn|úng|vùi)|mất trắng|thiệt hại|dập nát|đổ ngã|đổ gãy|ngập (?:trắng|sâu|úng)|nhiễm (?:bệnh|rầy|mặn)|"
    r"hư hỏng|chết rét|tiêu hủy)(?!\w)"
)
"""What harvests and herds lose is no part of them (facts.md §6: damage is `other`)."""
_SAID_RATE = gated(r"(?<!\w)tỷ lệ (?:số |người |các )?$")
_AGAIN = re.compile(r"(?<!\w)số (?:vụ|ca|người|hộ) (?:\w+ ){0,3}$")
_BARE_MEMBERS = frozenset({"counted", "named", "named_far", "behind"})
_OF_UNION = re.compile(
    r"(?<!\w)(?:kết nạp|phát triển|tổng số|nâng|tập hợp|thu hút|thành lập|công đoàn cơ sở|hiện có|"
    r"toàn \w+ có|quản lý|"
    r"sinh hoạt|(?:đoàn|hội) viên mới)(?!\w)"
)
"""What speaks of how many members a union has; members who do or get something are other things."""
_PEOPLE = frozenset({"tourist_arrivals", "union_members", "school_enrolment", "party_members"})
_LEFT_OUT = gated(
    r"(?<!\w)(?:trừ|không kể|không tính|chưa kể|loại trừ|không bao gồm|chưa tính)\s*(?:cả |thu )?$"
)
_BARE_OUTPUT = re.compile(r"sản lượng|tổng sản lượng")
"""What another noun behind it makes the output of something else: "sản lượng muối"."""
_FISHERY = re.compile(r"(?<!\w)(?:thủy sản|thuỷ sản|tôm|cá|nuôi trồng|hải sản|ngao)(?!\w)")
_WHOLE_OF = re.compile(
    r"\s*(?:tổng |trong |trên )*(?:số|tổng số|tổng|diện tích|dân số|cơ cấu|toàn|grdp|gdp)(?!\w)"
)
_OF_VERB = re.compile(r"(?:đạt|chiếm|bằng|=|tỷ lệ|là)(?: (?:trên|hơn|khoảng|gần|tới|tỷ lệ|xấp xỉ))*\s*$")
_STOP_OF_NAME = re.compile(
    r"(?<!\w)(?:đạt(?! chuẩn)|ước|tăng|giảm|bằng|vượt|chiếm|còn|là|được|có(?! công(?!\w))|đã|"
    r"mới|chỉ|gấp|tính|lũy kế|trên địa bàn|xảy ra|thực hiện|do|toàn|lên|xuống"
    r"|cả năm|hiện|bình quân \d)(?!\w)|[,;:(=]|\d"
)
_CROPS = re.compile(
    r"\s*(?:cây )?(?:lúa|ngô|rau|màu|cà phê|hồ tiêu|tiêu|cao su|sầu riêng|cây ăn quả|cây ăn trái|ăn "
    r"quả|mía|điều|chè|dừa|hành|tỏi|khoai|lạc|đậu|hoa|thuốc lào"
    r"|ớt|cà chua|cam|bưởi|vải|na|xoài|thanh long|sắn|mì|chuối|dưa|mắc ca|cây vụ đông|vụ đông|cây "
    r"trồng|vườn|nhãn|quýt|bắp|thanh trà|nho|táo)(?!\w)"
)
_SEVERAL = gated(
    r"(?<!\w)(?:một số|các|nhiều|những|\d+)(?: \w+)? "
    r"(?:mặt hàng|sản phẩm|nhóm|thị trường|ngành|khoản|loại|lĩnh vực|hàng hóa)(?!\w)"
)
_COUNT_OF = re.compile(r"\s*(?:về )?(?:tổng )?(?:số )?(?:vụ )?")
_BY_UNIT = {"teu": "port_cargo", "ttq": "port_cargo", "tạ/ha": "crop_yield"}
"""Units that tell by themselves what is counted."""


class Subjects(Kindred):
    """Finds the subject of each number of an article, carrying it where it is not said again."""

    def subject_of(self, clause: Clause, areas: Sequence[tuple[int, int]]) -> Subject | None:
        """Give the subject of a clause's number; None where nothing is named and nothing can be carried."""
        while len(self._stack) > clause.depth:
            self.last = self._stack.pop()
        while len(self._stack) < clause.depth:
            self._stack.append(self.last)
        self._leave_parts(clause)
        found = self._in_turn(clause) or self._find(clause, areas) or self._around_bracket(clause)
        if found is None:
            return None
        plain_members = found.key == "union_members" and found.rule in _BARE_MEMBERS
        if plain_members and not _OF_UNION.search(
            self.plain, clause.sentence.start, clause.quantity.end + 30
        ):
            found = replace(found, key="other", breakdown=None, rule="unfit", sure=0.7)
        if (
            found.key in _PEOPLE
            and found.rule == "counted"
            and _MARKED.match(self.plain, clause.quantity.end)
        ):
            found = replace(found, key="other", rule="unfit", sure=0.7)
        badge = found.key == "party_members" and _BADGE.search(
            self.plain, clause.gap_start, clause.quantity.start
        )
        if badge:
            found = replace(found, key="other", breakdown=None, rule="unfit", sure=0.7)
        found = self._kindred(found, clause)
        if found.key in _LIVING and (lost := _DAMAGED.match(self.plain, clause.quantity.end)):
            lost_name = self.text[clause.quantity.unit_start : lost.end()]
            if not clause.quantity.is_noun:
                lost_name = self.text[clause.quantity.end : lost.end()]
            found = replace(found, key="other", name=tidy(lost_name), breakdown=None, rule="damage", sure=0.8)
        if not fits(found.key, clause.quantity.unit):
            again = _AGAIN.search(self.plain, clause.head_start, clause.quantity.start)
            counted = self._counted_before(clause.quantity.unit) if again else None
            found = replace(counted, rule="carried") if counted else self._refit(found, clause)
        found = self._on_topic(found, clause)
        if found.key == "other" and clause.quantity.unit in _BY_UNIT:
            found = replace(found, key=_BY_UNIT[clause.quantity.unit], breakdown=found.name)
        said_rate = found.own_key and _SAID_RATE.search(self.plain, clause.sentence.start, found.start)
        is_rate, is_flow, is_growth = traits(found.key, f"tỷ lệ {found.name}" if said_rate else found.name)
        if found.rule == "topic" and found.key == "conscription" and found.breakdown:
            is_rate = True  # "tốt nghiệp THPT đạt 78%" is told of the recruits, not of a plan
        found = found.copy()
        found.is_rate, found.is_flow, found.is_growth = is_rate, is_flow, is_growth
        if clause.quantity.unit not in ("percent", "percentage_point", "times"):
            found.unit = clause.quantity.unit
        found.origin = found.origin or found.rule
        if clause.joint == "/" and self.last is not None:
            return found  # "1.806 triệu đồng/71.330 hộ, tăng 88 triệu đồng" goes on about the sum
        if PARTS.search(self.plain, clause.gap_start, clause.quantity.start) and self._main is None:
            self._main = self._said[-1] if self._said else None
        if clause.quantity.whole is not None:
            self._fraction = found
        self.last = found
        self._said.append(found)
        return found

    def _around_bracket(self, clause: Clause) -> Subject | None:
        """Give what is named right before a bracket that closed again: "thu (gồm 3 xã) 96 tỷ đồng"."""
        if not clause.is_after_bracket:
            return None
        opened = self.plain.rfind("(", clause.sentence.start, clause.quantity.start)
        named = [m for m in self._here if m.end <= opened and self._words(m.end, opened, ()) == 0]
        if not named or self._words(self.plain.find(")", opened), clause.quantity.start, ()):
            return None
        return self._from_head(named[-1], clause, named[-1].start, "named_far")

    def _head_start(self, clause: Clause) -> int:
        """Give where the words before a number begin: in brackets with nothing said, before the bracket."""
        if not clause.depth or clause.opened < clause.head_start:
            return clause.head_start
        inside = residue(self.plain, clause.opened, clause.quantity.start, self.periods, ())
        return clause.gap_start if not inside else clause.opened

    def _find(self, clause: Clause, areas: Sequence[tuple[int, int]]) -> Subject | None:
        quantity = clause.quantity
        start = self._head_start(clause)
        if not clause.joint and _CAUSE_BEHIND.match(self.plain, clause.gap_start):
            start = clause.gap_start  # "giảm 1,68% do diện tích gieo trồng giảm 5,5%"
        if (contribution := self._contribution(clause)) is not None:
            return contribution
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
        takes_up = TAKES_UP.search(self.plain, clause.head_start, quantity.start)
        if (is_share and _OF_VERB.search(self.plain, clause.head_start, quantity.start)) or takes_up:
            tail = []
        while len(head) > 1 and self._is_attached(head[-1], head[-2]):
            head.pop()
        if not head and any(m.start < start < m.end for m in self._here):
            head = [
                m for m in find_indicators(self.plain, start, quantity.start) if fits(m.key, quantity.unit)
            ]
        if head and self._begins_anew(head[-1], clause):
            head = []
        nearest = head[-1] if head else None
        parted = quantity.is_noun or quantity.unit in ("ha", "m2", "tonne", "percent", "km")
        if parted and (joined := self._across(clause, start)) is not None:
            return joined
        if nearest and self._touches(nearest, quantity.start, areas) and fits(nearest.key, quantity.unit):
            return self._from_head(nearest, clause, start, "named")
        whole = [
            m
            for m in tail
            if m.start <= quantity.unit_start + 1 and m.end >= quantity.end and fits(m.key, quantity.unit)
        ]
        joins = [m for m in tail if m.key == "party_members_admitted" and fits(m.key, quantity.unit)]
        if whole and whole[0].key == "union_members" and joins:
            return self._from_tail(joins[0], clause, "behind")  # "41 đoàn viên được kết nạp Đảng"
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
            if (
                quantity.unit != "percent"
                or not self.naming.is_verbal(clause)
                or (direct and nearest is None)
            ):
                return self._from_tail(close[0], clause, "behind")
        if quantity.unit == "con" and nearest is None and (herd := self._herd(clause, start)) is not None:
            return herd
        first = self.naming.phrase_start(start, quantity.start)
        if quantity.unit == "ha" and nearest is None and (crop := _CROPS.match(self.plain, first)):
            name = self.text[first : crop.end()].strip(" ,.")
            return Subject("crop_area", f"diện tích {name}", name, first, "crop", True, True, sure=0.75)
        if quantity.unit == "ha" and _CROPS.match(self.plain, quantity.end):
            name = self.text[quantity.end : self.naming.tail_end(clause)].strip(" ,.")
            return Subject(
                "crop_area", f"diện tích {name}", name, quantity.start, "crop", True, True, sure=0.8
            )
        if (
            quantity.unit == "ha"
            and nearest is None
            and (planted := self._planted(clause, start)) is not None
        ):
            return planted
        owns_words = quantity.is_noun and self._words(quantity.end, clause.tail_end, ()) > 1
        if nearest and not owns_words and self._words(nearest.end, quantity.start, areas) <= 12:
            new = NEW_THING.search(self.plain, nearest.end, quantity.start)
            if new is None:
                return self._from_head(nearest, clause, start, "named_far")
        if clause.depth and quantity.is_noun and not owns_words and (outside := self._before_bracket(clause)):
            return self._from_head(outside, clause, outside.start, "named")
        counted = self.last is not None and self.last.key != "other"
        of_whole = takes_up or (is_share and _OF_VERB.search(self.plain, clause.head_start, quantity.start))
        distant = None if is_share and of_whole and counted else self._predicate(clause)
        if distant is not None and nearest is None:
            return self._from_tail(distant, clause, "predicate")
        shared = self._shared_with_next(clause)
        if shared is not None:
            return shared
        if quantity.unit == "lượt" and self._receives(clause):
            return Subject("tourist_arrivals", "lượt khách", None, start, "behind", True, True, sure=0.8)
        return self._unnamed(clause, start, areas)

    def _begins_anew(self, mention: Mention, clause: Clause) -> bool:
        """Tell whether a count with words of its own is joined to another thing: "rác thải và 11 điểm"."""
        quantity = clause.quantity
        if not quantity.is_noun or not self._words(quantity.end, clause.tail_end, ()):
            return False
        return bool(_JOINED.search(self.plain, mention.end, quantity.start))

    def _is_attached(self, mention: Mention, before: Mention) -> bool:
        """Tell whether a mention only defines the one before it: "tiêm vắc xin cho học sinh"."""
        if mention.start < before.end or mention.end - mention.start > 60:
            return False
        between = self.plain[before.end : mention.start]
        return not re.search(r"[,;:()]", between) and bool(_ATTACHES.search(between))

    def _may_head(self, mention: Mention, start: int, here: int) -> bool:
        aside = _NOT_SUBJECT.search(self.plain, start, mention.start)
        if aside and _CAUSES.match(aside[0]) and not self._words(mention.end, here, ()):
            aside = None  # "do diện tích gieo trồng giảm 5,5%"
        if aside or _LEFT_OUT.search(self.plain, start, mention.start):
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

    def _parted(self, start: int, end: int) -> bool:
        between = self.plain[start:end]
        if "," not in between and ";" not in between:
            return False
        return bool(_PAUSE.search(CLOSED.sub("", between)))

    def _touches(self, mention: Mention, here: int, areas: Sequence[tuple[int, int]]) -> bool:
        return self._words(mention.end, here, areas) == 0 and not self._parted(mention.end, here)

    def _is_near(self, mention: Mention, here: int, areas: Sequence[tuple[int, int]]) -> bool:
        words = self._words(mention.end, here, areas)
        parted = self._parted(mention.end, here)
        return words <= (1 if parted else 8) and not NEW_THING.search(self.plain, mention.end, here)

    def _from_head(self, mention: Mention, clause: Clause, start: int, rule: str) -> Subject:
        end = mention.end
        stop = _STOP_OF_NAME.search(self.plain, mention.end, clause.quantity.start)
        extra_end = stop.start() if stop else clause.quantity.start
        extra = residue(self.plain, mention.end, extra_end, self.periods, ())
        breakdown = None
        if extra and len(extra.split()) <= 9:
            end = extra_end
            breakdown = slice_name(self.text[mention.end : extra_end])
        begin = mention.start
        for earlier in self._here:
            if (
                start <= earlier.start < begin
                and earlier.key == mention.key
                and breakdown is None
                and rule == "named"
                and begin - earlier.end <= 40
                and "," not in self.plain[earlier.end : begin]
            ):
                begin, end = earlier.start, earlier.end
                break
        name = self.text[begin:end].strip(" ,-")
        if (member := self._listed_member(mention, clause)) is not None:
            name, breakdown = f"{self.text[begin : mention.end]} {member}", member
        told_weights = self._is_structure(mention, clause)
        whole = None if told_weights else self._whole_of_sector(mention, clause)
        whole = whole or self._of_expenditure(mention, clause, start)
        if whole is not None:
            return whole
        if mention.is_slice:
            breakdown = name
        if mention.key == "crop_yield" and "lúa" not in name.lower():
            crop = self._crop_before(clause, mention.start)
            if crop is not None:
                name, breakdown = f"{name} {crop}", crop
        bare = mention.key == "food_output" and _BARE_OUTPUT.fullmatch(self.plain, mention.start, mention.end)
        if bare and not extra and self._speaks_of_fishery(clause):
            return Subject("fishery_output", name, None, begin, rule, True, True, sure=0.85)
        if extra and bare and not _CROPS.match(self.plain, mention.end):
            other = self.text[begin : max(end, mention.end)].strip(" ,-")
            return Subject("other", other, None, begin, "other_output", True, True, sure=0.75)
        if told_weights:
            return Subject("other", f"cơ cấu kinh tế: {name}", None, begin, "structure", False, True)
        return Subject(mention.key, name, breakdown, begin, rule, True, True)

    def _listed_member(self, mention: Mention, clause: Clause) -> str | None:
        """Give the first of several parts that a colon lists: "một số mặt hàng tăng: điện thoại"."""
        here = clause.quantity.start
        colon = self.plain.rfind(":", mention.end, here)
        if colon < 0 or not _SEVERAL.search(self.plain, clause.sentence.start, colon):
            return None
        stop = _STOP_OF_NAME.search(self.plain, colon + 1, here)
        return slice_name(self.text[colon + 1 : stop.start() if stop else here].strip(" ,-"))

    def _speaks_of_fishery(self, clause: Clause) -> bool:
        """Tell whether what the sentence spoke of last is bred or caught in water."""
        last = next((s for s in reversed(self._said) if s.start >= clause.sentence.start), None)
        return last is not None and _FISHERY.search(last.name.lower()) is not None

    def _from_tail(self, mention: Mention, clause: Clause, rule: str) -> Subject:
        quantity = clause.quantity
        begin = quantity.unit_start if quantity.is_noun else quantity.end
        end = max(mention.end, self.naming.tail_end(clause))
        stop = BY_LAW.search(self.plain, mention.end, end)
        end = stop.start() if stop else end
        name = counted_name(self.text[begin:end].partition("(")[0].strip(" ,-."))
        first = self.naming.phrase_start(clause.head_start, quantity.start)
        verb = self.naming.verb(first, quantity.start) if quantity.is_noun else ""
        breakdown = None
        if residue(self.plain, mention.end, end, self.periods, ()):
            breakdown = slice_name(self.text[mention.end : end])
            if breakdown is None and quantity.unit == "percent" and mention.key in _NO_RATES:
                breakdown = name  # so many of them do or have something: no share that a series is kept of
        if mention.is_slice:
            breakdown = name
        start = first if quantity.start - first <= 60 else quantity.start
        return Subject(mention.key, f"{verb} {name}".strip(), breakdown, start, rule, True, True)
