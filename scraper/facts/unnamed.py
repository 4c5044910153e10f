"""Numbers without an indicator beside them: what was spoken of goes on, or their own words name a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.facts.carrying import GOES_ON, SUM, Carrying, Subject
from scraper.facts.clauses import Clause
from scraper.facts.fitting import fits
from scraper.facts.naming import is_plan
from scraper.facts.sums import sum_so_far
from scraper.facts.wording import NEW_THING, residue, slice_name, tidy
from scraper.vietnamese.gates import gated
from scraper.vietnamese.sentences import level
from scraper.vietnamese.units import read_unit
from scraper.vietnamese.vocabulary import find_indicators, function_words

_SLICE_JOINT = re.compile(r"trong đó|riêng|gồm|chia ra|cụ thể|:|\(|,|và|;|cùng|với")
_CHANGE_WORDS = gated(
    r"(?<!\w)(?:tăng|giảm|hơn|thấp hơn|nhiều hơn|ít hơn)\s*(?:so )?(?:với )?(?:thêm |được )?"
    r"(?:cùng kỳ(?: năm (?:trước|ngoái|\d{4}))? |\w+ )?$"
)
_BARE_COUNTS = frozenset({"vụ", "ca", "người", "hộ", "trường hợp", "dự án"})
_NUMBER_OF = re.compile(r"\s(?:về )?số(?= )")
_OF_NUMBER = re.compile(r"\svề số lượng(?!\w)")
_OF_CAPITAL = re.compile(r"\s(?:về )?(?:tổng )?(?:số )?vốn(?: đăng ký)?(?!\w)(?! đầu tư công)")
_NUMBER_BEFORE = gated(
    r"(?<!\w)(?<!tổng )số(?= (?:vụ|ca|người|hộ|lượt) "
    r"(?:(?:giảm|tăng|được|kéo|cũng|đã|tới|đến|lên|xuống|thêm|hơn|gần|trên|khoảng) ){0,5}$)"
)
_RATE_OF = gated(r"(?<!\w)tỷ lệ (?:đạt |là |chiếm |trên |gần )*$")
_ANAPHOR = gated(r"(?<!\w)(?:con số|tỷ lệ|mức|số|kết quả) (?:tương ứng|này|đó)(?!\w)")
_GIVEN_REVENUE = re.compile(r"(?<!\w)giao (?:\w+ ){1,6}thu$")
_BARE_REVENUE = re.compile(r"(?:^|\s)(?:đã )?(?:tổng )?thu(?: được| đạt| nộp)?$")
_BARE_SPENDING = re.compile(r"(?:^|[\s,])(?:tổng )?chi$")
"""What follows revenue: "thu 812 tỷ đồng; chi 613 tỷ đồng"."""
_BARE_TURNOVER = re.compile(r"(?:^|[\s,])(?:tổng )?kim ngạch$")
_TRADE = ("exports", "trade_turnover", "imports")
_CAUGHT = frozenset({"đối tượng", "person", "bị can", "nghi phạm"})
_GUEST_KEYS = frozenset({"tourist_arrivals", "international_tourists"})
_COUNTED_PEOPLE = frozenset({"conscription", "party_members_admitted", "party_members", "union_members"})
_OF_LAST = re.compile(
    r"\s(?:là|đạt|dưới|trên|có|thuộc|nữ|nam|tốt nghiệp|ở độ tuổi|trong độ tuổi|"
    r"trình độ)(?!\w)(?! (?:kế hoạch|chỉ tiêu))"
)
"""What is said of some of the people counted before: "68% dưới 30 tuổi", "100% đạt sức khỏe loại 1"."""
_OWN_HEAD = re.compile(
    r"(?:tỷ lệ|tỷ trọng|tỷ suất|giá trị|khối lượng|số (?!thu|vốn|nộp)|tổng số|mức|sản lượng|diện tích|"
    r"năng suất|kinh phí|doanh thu|"
    r"thu nhập|cơ cấu|chỉ số|độ|tốc độ|quy mô|công suất|dung tích|bình quân|lợi nhuận|hạ |nâng |"
    r"xuất siêu|nhập siêu|thặng dư|thâm hụt|cán cân)(?!\w)"
)
"""Words that begin the name of a measure of its own."""
_OWN_DEED = re.compile(
    r"(?:tuyển sinh|đào tạo|bồi dưỡng|tập huấn|xóa mù|kiên cố hóa|nạo vét|sửa chữa|khám|điều trị|tiếp nhận|"
    r"huấn luyện|tư vấn|vận động|tặng|trao|hiến|ủng hộ|thu giữ|tiêu hủy|cấp phát|tổ chức|mở )(?!\w)"
)
"""Verbs of a deed of its own, which is no part of what was counted before it."""
TAKES_UP = gated(r"(?<!\w)chiếm(?: (?:tỷ lệ|trên|hơn|gần|khoảng|tới|xấp xỉ))* $")
"""A verb behind whose percent stands the whole, which is no name of the part."""
_RANKED = gated(
    r"(?<!\w)(?:(?:phức tạp|nhiều|cao|thấp|lớn|ít|đông) nhất|đứng đầu|dẫn đầu|tiếp (?:đến|theo)|kế đến|"
    r"các (?:xã|phường|huyện|quận|địa phương|đơn vị) (?:khác|còn lại))"
    r"(?: (?:vẫn|là|thuộc về|ở|tại|có|với|gồm))*(?!\w)"
)
"""Words that lead from one place to the next of the same count."""
_OF_PLAN = gated(
    r"(?<!\w)(?:vượt|(?:thấp|cao) hơn|so với|đạt|bằng|hoàn thành)(?: so với)? (?:chỉ tiêu|kế hoạch|mục tiêu|"
    r"nghị quyết|dự toán|kịch bản|bình quân|trung bình|cùng kỳ|cả nước)(?!\w)[^,;:]*$"
)
_PLAN_SAYS = gated(r"(?:^|[\s(,;])(?:nghị quyết|nq|kế hoạch|kh)(?: (?:đề ra|đặt ra|giao|là|năm|cả năm))+ $")
_STRUCTURE = re.compile(r"(?<!\w)cơ cấu (?:kinh tế|nền kinh tế|các ngành|ngành)(?!\w)")
_CAPITAL = re.compile(r"(?:với )?(?:tổng )?(?:số )?(?:vốn|mức đầu tư)(?: đầu tư| đăng ký| điều lệ)*$")
_CAPITAL_OF = {
    ("investment_projects", "VND"): "domestic_investment_attracted",
    ("investment_projects", "USD"): "fdi_attracted",
    ("new_enterprises", "VND"): "registered_capital",
}
"""Whose capital is told behind the projects and the enterprises that were counted."""
_ENFORCES = re.compile(
    r"(?:đã |và |tổ chức |kịp thời |phát hiện,? )*(?:xử lý|cưỡng chế|xử phạt|lập biên bản|đình chỉ|"
    r"tháo dỡ|khắc phục|"
    r"yêu cầu tháo dỡ|xử lý dứt điểm|phát hiện)(?: hành chính| vi phạm| đối với)*"
)
_BRANCHES = re.compile(r"[:;] |, (?=sản xuất|ngành|chế biến|khai|dệt|may)")
_INDUSTRY = re.compile(
    r"(?:ngành |nhóm ngành |lĩnh vực |công nghiệp )*(?:khai khoáng|khai thác|chế biến|sản xuất|cung cấp nước|"
    r"phân phối điện|dệt|may mặc|da giày|điện tử|đóng tàu|hoạt động quản lý|xử lý rác)(?!\w)"
)
"""Branches of industry, whose changes are told as parts of its index."""
_OPENS_WITH_SUM = re.compile(
    r"\W*(?:lũy kế|cộng dồn|tính chung|tổng cộng|đến nay|tính đến|"
    r"(?:toàn|cả) (?:tỉnh|huyện|quận|thành phố|thị xã|xã|phường|vùng|ngành|nước))(?!\w)"
)
_SHARES_OF = gated(r"(?<!\w)chiếm [\d,]+\s?% (?:tổng )?số (?:vụ|ca|người|hộ|lượt|doanh nghiệp)(?!\w)[^.]*$")
"""A list of shares of one count: "ở thành thị chiếm 57,1% số vụ; khu vực nông thôn 42,9%"."""
_RECOGNISED = re.compile(
    r" (?:được công nhận|đạt chuẩn|về đích|hoàn thành)(?! (?:văn hóa|quốc gia|văn minh|đô thị))(?!\w)"
)
_HAPPENINGS = frozenset({"traffic_accidents", "fires"})
_VU = re.compile(r"vụ(?!\w)")
"""What happens again and again is counted by the bare word: "Lũy kế 10 tháng xảy ra 512 vụ"."""
_REACHES = re.compile(r"(?<!\w)(?:đạt|bằng|hoàn thành|thực hiện|giải ngân|vượt)(?: \w+){0,2} $|= $")
_OF_PEOPLE = re.compile(r"\s(?:tổng )?(?:dân số|lực lượng lao động|số (?:phải thu|hộ dân|dân))(?!\w)")
"""A whole that a percent is reached of, and no thing of its own: "đạt tỷ lệ 91,2% dân số"."""
_SECTOR = re.compile(
    r"(?:(?:khu vực|ngành|lĩnh vực|giá trị|sản xuất) )*(nông|thủy sản|công nghiệp|dịch vụ|thương mại|"
    r"xây dựng)(?!\w)"
)
_SECTOR_KEYS = {
    "nông": "agriculture_value",
    "thủy sản": "agriculture_value",
    "công nghiệp": "industrial_production_value",
    "dịch vụ": "trade_services_value",
    "thương mại": "trade_services_value",
    "xây dựng": "construction_value",
}
_STUFF = frozenset({"tonne", "m3", "lít", "kg", "tạ", "con"})
"""Units of stuff that is named behind them: "1.120 tấn đá lạnh"."""
_COUNTS_BOTH = frozenset({"party_inspections", "party_discipline"})
"""What is said of bodies and of their members alike: "kiểm tra 34 tổ chức đảng, 41 đảng viên"."""
_ALL_REVENUE = frozenset({"budget_revenue", "domestic_revenue"})
_REVENUES = frozenset({"non_state_tax_revenue", "land_use_revenue", "fees_and_charges_revenue"})


def _sector(whole: str, printed: str) -> str:
    """Give the key of a sector that is told as a part of all production, else the whole's own."""
    if whole != "production_value" and whole not in _SECTOR_KEYS.values():
        return whole
    match = _SECTOR.match(level(printed))
    return _SECTOR_KEYS[match[1]] if match else whole


class Unnamed(Carrying):
    """Finds what numbers are about that the vocabulary does not name: carried, or by their own words."""

    def _own_start(self, clause: Clause, start: int) -> int:
        """Give where the number's own words begin: a bracket's are behind the last comma before it."""
        if not clause.depth or start != clause.gap_start:
            return start
        commas = [m.end() for m in re.finditer(r"[,;]", self.plain[start : clause.opened - 1])]
        return start + commas[-1] if commas else start

    def _unnamed(self, clause: Clause, start: int, areas: Sequence[tuple[int, int]]) -> Subject | None:
        """Name a thing that the vocabulary lacks, or carry the subject that was named before."""
        quantity = clause.quantity
        own_start = self._own_start(clause, start)
        own_end = self._own_end(own_start, quantity.start)
        ranked = _RANKED.search(self.plain, own_start, own_end)
        rest = residue(self.plain, ranked.end() if ranked else own_start, own_end, self.periods, areas)
        if rest in _BARE_COUNTS or (ranked and self._is_name(ranked.end(), own_end)):
            rest = ""
        takes_up = quantity.unit == "percent" and (
            TAKES_UP.search(self.plain, clause.head_start, quantity.start)
            or (
                _OF_PEOPLE.match(self.plain, quantity.end)
                and _REACHES.search(self.plain[clause.head_start : quantity.start])
            )
        )
        tail_end = quantity.end if takes_up else self.naming.tail_end(clause)
        behind = residue(self.plain, quantity.end, tail_end, self.periods, ())
        tail = self.text[quantity.end : tail_end].strip(" ,-.")
        summed = sum_so_far(self.plain, self.text, clause, self.last)
        if summed is not None:
            return summed
        counted = self._counted_alike(clause)
        if counted is not None:
            return replace(counted, own_key=False, own_name=False, rule="carried")
        last = self._cleared(clause, behind, rest) or self._fitting(clause, behind)
        is_bare = quantity.is_noun and not rest and not behind and not self._resumed
        is_bare = is_bare or (bool(ranked) and not rest and quantity.unit in ("VND", "USD"))
        placed = clause.joint == "với" and self._leads_places(clause)
        if is_bare and quantity.is_noun and (placed or (ranked and areas)):
            counted = self._counted_before(quantity.unit)
            if counted is not None:
                return replace(counted, own_key=False, own_name=False, rule="carried")
        joined = last is not None and last.key in _COUNTS_BOTH and clause.joint in (",", "và", "cùng")
        if is_bare and not joined and (last is None or last.unit != quantity.unit):
            last = self._counted_before(quantity.unit) or last
        if is_bare and areas and quantity.is_noun and (last is None or last.key == "other"):
            first = self._first_counted(clause)
            if first is not None:
                return replace(first, own_key=False, own_name=False, rule="carried")
        opens = clause.gap_start == clause.sentence.start
        is_list = bool(_SLICE_JOINT.search(clause.joint)) or (
            opens and bool(GOES_ON.match(self.plain, clause.sentence.start))
        )
        same_sentence = last is not None and last.start >= clause.sentence.start
        changes = bool(_CHANGE_WORDS.search(self.plain, clause.head_start, quantity.start) or quantity.sign)
        owns_tail = (
            bool(behind)
            and quantity.unit == "percent"
            and not rest
            and not self.naming.is_verbal(clause)
            and not is_plan(tail)
        )
        bare_percent = quantity.unit == "percent" and not rest and not owns_tail
        fraction = self._fraction if bare_percent else None
        if fraction is not None and _RATE_OF.search(self.plain, clause.head_start, quantity.start):
            return replace(fraction, own_key=False, own_name=False, rule="carried")
        if last is not None and _ANAPHOR.search(self.plain, clause.head_start, quantity.start):
            return replace(last, own_key=False, own_name=False, rule="carried")
        is_new_stuff = bool(behind) and quantity.unit in _STUFF and last is not None and last.key == "other"
        if last is not None and same_sentence and not owns_tail and not rest and not is_new_stuff:
            elsewhere = bool(areas) or bool(ranked)
            alike = not behind and (last.key != "other" or elsewhere) and fits(last.key, quantity.unit)
            if not quantity.is_noun or changes or alike:
                return replace(last, own_key=False, own_name=False, rule="carried")
        own = tidy(self.plain[own_start:own_end])
        if quantity.unit == "VND" and own in ("thu", "thu về", "doanh thu", "tổng thu"):
            guests = next((s for s in reversed(self._said) if s.key in _GUEST_KEYS), None)
            if guests is not None:
                return Subject("tourism_revenue", own, None, own_start, "named", True, True, sure=0.8)
        if _BARE_TURNOVER.search(own) and quantity.unit in ("USD", "VND"):
            traded = next(
                (s for s in (*self._before, *self._said) if s.key in _TRADE and not s.breakdown), None
            )
            if traded is not None:
                return replace(traded, own_key=False, own_name=False, rule="carried_over", sure=0.75)
        revenue = last is not None and last.key in _ALL_REVENUE
        if revenue and quantity.unit == "VND" and _BARE_SPENDING.search(own):
            return Subject("budget_expenditure", own, None, own_start, "given", True, True, sure=0.75)
        if quantity.unit == "VND" and _BARE_REVENUE.search(own) and self._tells_revenue():
            return Subject("budget_revenue", "thu ngân sách", None, own_start, "given", True, True, sure=0.8)
        if quantity.unit == "VND" and _GIVEN_REVENUE.search(own):
            return Subject("budget_revenue", "thu", None, own_start, "given", True, True, sure=0.75)
        capital = _CAPITAL_OF.get((last.key, quantity.unit)) if last is not None and same_sentence else None
        if capital is not None and _CAPITAL.match(own):
            return Subject(capital, own, None, own_start, "given", True, True, sure=0.8)
        enforced = self._counted_before(quantity.unit) if _ENFORCES.fullmatch(own) and not behind else None
        if enforced is not None and enforced.key == "construction_order_violations":
            return Subject(
                enforced.key,
                own if enforced.breakdown else f"{own} {enforced.name}",
                own,
                own_start,
                "slice",
                False,
                True,
                sure=0.75,
            )
        kept = last if last is not None and last.key == "new_rural_communes" else None
        if kept is not None and kept.unit == quantity.unit and _RECOGNISED.match(self.plain, quantity.end):
            return replace(kept, own_key=False, own_name=False, rule="carried")
        if (
            is_bare
            and last is not None
            and last.key in _HAPPENINGS
            and _VU.match(self.text, quantity.unit_start)
        ):
            start = max(last.start, self._sentence_start)
            return replace(last, own_key=False, own_name=False, rule="carried", start=start)
        moved = is_bare and changes and last is not None and last.key != "other"
        if moved and last is not None and last.unit == quantity.unit:
            start = max(last.start, self._sentence_start)
            return replace(last, own_key=False, own_name=False, rule="carried", start=start)
        of_last = quantity.unit == "percent" and not rest and _OF_LAST.match(self.plain, quantity.end)
        if of_last and last is not None and last.key in _COUNTED_PEOPLE:
            marked = tidy(tail)
            return Subject(
                last.key, f"{last.name} {marked}", slice_name(marked) or marked, quantity.start, "slice",
                False, True, sure=0.7,
            )  # fmt: skip
        name = self.naming.name(clause, start, tail)
        paid = same_sentence and last is not None and SUM.fullmatch(name.lower())
        if paid and last is not None and last.key == "site_clearance":
            return replace(last, own_key=False, own_name=False, rule="carried")
        if same_sentence and last is not None and SUM.fullmatch(name.lower()):
            name = f"{name} {last.name}"[:120]
        if quantity.unit == "percent" and rest and not changes and self._in_structure(clause):
            part = _STRUCTURE.sub("", tidy(self.plain[own_start:own_end])).strip(" :,")
            name = f"cơ cấu kinh tế: {part}"
            return Subject("other", name, None, own_start, "structure", False, True)
        index = self._index(clause, own_start, own_end, changes)
        bare = not rest and not quantity.is_noun and not owns_tail and not same_sentence
        if index is None and (last is None or bare):
            if last is not None and re.match(
                r"\W*(?:tăng|giảm|bằng|đạt|so với)", self.plain[start : start + 12]
            ):
                return replace(last, own_key=False, own_name=False, rule="carried_over", sure=0.7)
            first = self._of_sentence_before(quantity.unit) if opens and not rest and not behind else None
            if first is not None and self._goes_on(start, quantity.start):
                first = replace(first, start=max(first.start, self._sentence_start))
                return replace(first, own_key=False, own_name=False, rule="carried_over", sure=0.8)
            if last is not None and areas and not rest and not quantity.is_noun:
                last = self._whole_of_part(last)
                return replace(last, own_key=False, own_name=False, rule="carried_area", sure=0.7)
            if not rest and not behind and (carried := self._from_before(clause, changes)) is not None:
                return carried
            if not rest and not behind and (not opens or not quantity.is_noun):
                return None
            named = self.naming.phrase_start(max(start, quantity.start - 140), quantity.start)
            return Subject("other", name, None, named, "other", False, True, sure=0.7)
        whole = self._whole(clause)
        if index is not None:
            whole, is_list = index, True
        is_new = bool(NEW_THING.search(self.plain, start, quantity.start))
        if (
            whole is not None
            and is_list
            and not is_new
            and fits(whole.key, quantity.unit)
            and not owns_tail
            and self._may_be_slice(clause, start, whole, changes)
        ):
            counted_alike = not quantity.is_noun or (not behind and quantity.unit == whole.unit)
            explicit = re.search(r"trong đó|riêng|gồm|chia ra|:|\(", clause.joint)
            if counted_alike or (explicit and quantity.unit == whole.unit):
                own = tidy(self.text[own_start:own_end])
                printed = own or name
                if own and behind and quantity.unit == "percent" and not is_plan(tail):
                    printed = f"{own} {tail}".strip()
                return Subject(
                    _sector(whole.key, printed), printed if whole.breakdown else f"{whole.name} {printed}",
                    slice_name(self.text[own_start:own_end]) if own else slice_name(printed), start,
                    "slice" if explicit else "slice_list", False, True, sure=0.75,
                )  # fmt: skip
        named = self.naming.phrase_start(max(start, quantity.start - 140), quantity.start)
        return Subject("other", name, None, named, "other", False, True, sure=0.75)

    def _tells_revenue(self) -> bool:
        """Tell whether the article's headline, or what was said last, is about all revenue."""
        if self.topic == "budget_revenue":
            return True
        return any(s.key == "budget_revenue" and not s.breakdown for s in (*self._before, *self._said))

    def _whole_of_part(self, last: Subject) -> Subject:
        """Give the whole of the part told last, where places follow the parts: "Huyện A đạt 71%"."""
        if last.breakdown is None:
            return last
        wholes = (s for s in reversed(self._said) if s.key == last.key and s.breakdown is None)
        return next(wholes, last)

    def _index(self, clause: Clause, start: int, end: int, changes: bool) -> Subject | None:
        """Give the index of industry that a branch is told as a part of: "phân phối điện tăng 22%"."""
        if clause.quantity.unit not in ("percent", "times"):
            return None
        if not _INDUSTRY.match(_BRANCHES.split(self.plain[start:end])[-1].strip()):
            return None
        told = reversed([*self._before, *self._said] if changes else self._said)
        return next((s for s in told if s.key == "iip" and not s.breakdown), None)

    def _first_counted(self, clause: Clause) -> Subject | None:
        """Give what the sentence, else the one before, counted first in a unit, whose parts places tell."""
        unit = clause.quantity.unit
        here = [s for s in self._said if s.unit == unit and s.start >= clause.sentence.start]
        return here[0] if here else self._of_sentence_before(unit)

    def _cleared(self, clause: Clause, behind: str, rest: str) -> Subject | None:
        """Give the cases that were cleared, where who was caught stands between them and their rate."""
        last = self.last
        caught = last is not None and last.key == "other" and last.unit in _CAUGHT and not (behind or rest)
        if not caught or clause.quantity.unit != "percent":
            return None
        told = [s for s in self._said if s.start >= clause.sentence.start and s.key == "crime_clearance_rate"]
        return told[-1] if told else None

    def _leads_places(self, clause: Clause) -> bool:
        """Tell whether a sentence names who has most of what is counted: "Dẫn đầu là huyện Lạc Sơn với …"."""
        return _RANKED.search(self.plain, clause.sentence.start, clause.quantity.start) is not None

    def _of_sentence_before(self, unit: str) -> Subject | None:
        """Give what the sentence before told first in a unit: it goes on by "Lũy kế 10 tháng đạt …"."""
        bare = "" if unit == "percent" else unit  # what was told in percent alone was counted in no unit
        told = [s for s in self._said if s.unit == bare and s.start < self._sentence_start]
        if not told:
            return None
        end = max(self.plain.rfind(sign, 0, told[-1].start) for sign in (". ", "\n"))
        return next((s for s in told if s.start > end), None)

    def _goes_on(self, start: int, here: int) -> bool:
        """Tell whether nothing but another period, or a word of a sum, leads to a number."""
        dated = any(start <= period.start < here for period in self.periods)
        return dated or _OPENS_WITH_SUM.match(self.plain, start) is not None

    def _own_end(self, start: int, end: int) -> int:
        """Give where a number's own words end: "vượt chỉ tiêu Nghị quyết 1,5%" names a plan, and no thing."""
        plan = _OF_PLAN.search(self.plain, start, end) or _PLAN_SAYS.search(self.plain, start, end)
        return plan.start() if plan else end

    def _in_structure(self, clause: Clause) -> bool:
        """Tell whether the sentence tells the weights of the sectors in an economy."""
        return bool(_STRUCTURE.search(self.plain, clause.sentence.start, clause.quantity.start))

    def _from_before(self, clause: Clause, changes: bool) -> Subject | None:
        """Give what a bare number at the head of a paragraph goes on with: the last of its unit before it."""
        quantity = clause.quantity
        if self._said or not (quantity.is_noun or changes):
            return None
        for said in reversed(self._before):
            if said.key != "other" and (said.unit == quantity.unit or not quantity.is_noun):
                return replace(said, own_key=False, own_name=False, rule="carried_over", sure=0.65)
        return None

    def _is_name(self, start: int, end: int) -> bool:
        """Tell whether there is nothing but a proper name between two offsets: "tiếp đến là Trung Quốc"."""
        words = re.findall(r"[^\W\d_]+", self.text[start:end])
        return bool(words) and all(word[0].isupper() or word.lower() in function_words() for word in words)

    def _may_be_slice(self, clause: Clause, start: int, whole: Subject, changes: bool) -> bool:
        """Tell whether the words before a number can name a part of a whole, not a thing of their own.

        "tỷ lệ …", "giá trị …", "số …" name things of their own; a bare percent is a part's only where it
        moves, where the whole is a rate or planned, or where it is what the part takes up ("chiếm").
        """
        own = tidy(self.plain[start : clause.quantity.start])
        if _OWN_HEAD.match(own) or (clause.quantity.unit != "percent" and _OWN_DEED.match(own)):
            return False
        if clause.quantity.unit != "percent" or changes or whole.is_rate or whole.is_growth or clause.depth:
            return True
        head = self.plain[clause.head_start : clause.quantity.start]
        if _SHARES_OF.search(self.plain, clause.sentence.start, clause.head_start):
            return True
        of_percents = not whole.unit and whole.start >= clause.sentence.start
        return "chiếm" in head or ((whole.is_flow or of_percents) and bool(_REACHES.search(head)))

    def _counted_alike(self, clause: Clause) -> Subject | None:
        """Give the count that a percent is said of: "tăng 12,4% số vụ và 18,9% số đối tượng"."""
        match = _NUMBER_OF.match(self.plain, clause.quantity.end) or _NUMBER_BEFORE.search(
            self.plain, clause.head_start, clause.quantity.start
        )
        is_ratio = clause.quantity.unit in ("percent", "times")
        if is_ratio and _OF_NUMBER.match(self.plain, clause.quantity.end):
            counts = ("VND", "USD", "EUR", "")
            return next((said for said in reversed(self._said) if said.unit not in counts), None)
        if is_ratio and _OF_CAPITAL.match(self.plain, clause.quantity.end):
            capital = ("registered_capital", "fdi_attracted", "domestic_investment_attracted")
            return next((said for said in reversed(self._said) if said.key in capital), None)
        unit = read_unit(self.plain, match.end()) if match and is_ratio else None
        if unit is None or not unit.is_noun:
            return None
        return next((said for said in reversed(self._said) if said.unit == unit.code), None)

    def _fitting(self, clause: Clause, behind: str) -> Subject | None:
        """Give what a number without a name goes on with: the last subject, or the last of its unit."""
        quantity, last = clause.quantity, self.last
        if self._resumed:
            return last
        moved = _CHANGE_WORDS.search(self.plain, clause.head_start, quantity.start)
        if (
            moved
            and last is not None
            and last.key != "other"
            and self.plain.startswith("trường hợp", quantity.unit_start)
        ):
            return last
        if last is None or not quantity.is_noun or last.unit == quantity.unit:
            if last is not None and quantity.is_noun and behind:
                alike = [
                    s
                    for s in self._said
                    if s.unit == quantity.unit and set(behind.split()) & set(s.name.lower().split())
                ]
                return alike[-1] if alike else last
            return last
        joined = clause.joint in (",", "và", "cùng") and last.key in _COUNTS_BOTH
        for said in reversed(self._said):
            if said.unit == quantity.unit and said.start >= self._sentence_start - 300:
                return last if joined and said.start < last.start else said
        return last

    def _whole(self, clause: Clause) -> Subject | None:
        """Give the subject of the vocabulary that the sentence is taking apart."""
        main = self._main
        if main is not None and main.key != "other" and not main.rule.startswith(("slice", "sector")):
            return main
        goes_on = GOES_ON.match(self.plain, clause.sentence.start)
        for said in reversed(self._said):
            if said.start < clause.sentence.start and not goes_on:
                break
            if said.key != "other" and not said.rule.startswith(("slice", "sector")):
                if said.key in _REVENUES and any(s.key in _ALL_REVENUE for s in self._said):
                    continue  # one source of revenue is no part of another
                return said
        return self._whole_of_siblings(clause)

    def _whole_of_siblings(self, clause: Clause) -> Subject | None:
        """Give the growth whose other sectors the sentence told before "khu vực …"."""
        first = self.plain.startswith("khu vực ", clause.head_start + 1) or self.plain.startswith(
            "khu vực ", clause.head_start
        )
        told = [s for s in self._said if s.start >= clause.sentence.start and s.rule == "sector"]
        if not first or not told or not told[-1].breakdown:
            return None
        whole = told[-1].name.removesuffix(told[-1].breakdown).strip()
        return replace(told[-1], name=whole, breakdown=None)

    def _refit(self, found: Subject, clause: Clause) -> Subject:
        """Find another name for a number that its indicator cannot be counted in."""
        tail = self.text[clause.quantity.end : self.naming.tail_end(clause)].strip(" ,-.")
        unit = clause.quantity.unit
        for mention in reversed(self._here):
            if mention.end > clause.quantity.start or mention.start < clause.head_start:
                continue
            for word in re.finditer(r"\s", self.plain[mention.start : mention.end]):
                for part in find_indicators(self.plain, mention.start + word.end(), mention.end):
                    if part.key == "unemployment_rate":
                        continue  # "trợ cấp thất nghiệp" is no rate
                    if part.end == mention.end and fits(part.key, unit):
                        name = self.text[part.start : part.end]
                        return Subject(part.key, name, None, part.start, "part", True, True, sure=0.8)
        name = self.naming.name(clause, clause.head_start, tail)
        return Subject("other", name, None, found.start, "unfit", False, True, sure=0.7)
