"""What a number is compared with: printed behind it, before it, once for a list, or inherited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.facts.bases import read_comparison, read_plan
from scraper.facts.clauses import Clause
from scraper.vietnamese.gates import gated

TWO_BASES = gated(
    r"so với ((?:tháng|quý|năm|kỳ) trước|cùng kỳ(?: năm trước)?) và (?:so )?(?:với )?"
    r"((?:tháng|quý|năm|kỳ) trước|cùng kỳ(?: năm trước)?)(?=[^,;.]{0,30} lần lượt)"
)
"""Two bases that the numbers behind them take in turn."""


_THAN_OTHERS = gated(
    r"(?:cao|thấp|nhanh|chậm) hơn(?: so với)?(?: mức)? (?:bình quân|trung bình|mặt bằng)[^,;.()\d]*$"
)
_BESIDE = re.compile(r"\s?\((?:tăng |giảm )?[+-]?[\d.,]+\s?%\)(?= so)")
"""The same change in percent, in brackets before the base of both: "tăng 88 tỷ đồng (+5,1%) so với …"."""
_NEXT_CHANGE = re.compile(r" (?:tăng|giảm|bằng|đạt)(?: \w+)? \d")
_AVERAGED = re.compile(
    r"(?<!\w)(?:bình quân|tính chung|lũy kế)(?: cả| trong)? "
    r"(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|quý|cả năm)(?!\w)"
)
_OWN_BASE = re.compile(r"so với [^;]*$")
"""A base behind a number belongs to the next one where the number has its own before it."""
_ROSE = gated(
    r"(?<!\w)từ (?:hơn |trên |gần )?\d[^;]{0,50}?năm ((?:19|20)\d{2})\)?[^;]{0,12} (?:lên|xuống|còn)(?!\w)"
    r"[^;]{0,60}, (?:(?:tăng|giảm|gấp)(?: \w+)? )*$"
)


@dataclass(slots=True, unsafe_hash=True)
class Said:
    """What was said last of a subject, for what follows to lean on."""

    measure: str
    base: str | None
    sign: int
    unit: str
    mult: int
    whole: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Reading:
    """Measure, base, sign and unit of one number, and where the words that decided it end."""

    measure: str
    base: str | None
    sign: int
    unit: str
    rule: str
    end: int
    sure: float = 0.95


@dataclass(slots=True)
class Frame:
    """What of the article and the sentence so far a measure depends on."""

    is_city: bool
    is_commune: bool
    period: str | None
    term_start: str | None
    said: Said | None = None
    level: Said | None = None
    """The last amount or count, whatever was said of it since."""
    plans: list[str] | None = None
    """The plan bases of the values before, in order, for "đạt 57,9% và 55,1%"."""
    slice_base: str | None = None
    """The base of the last change, which "trong đó" hands on to the parts."""
    list_base: str | None = None
    """A base said before a list: "so với cùng kỳ tăng 18 vụ, giảm 22 người"."""
    open_base: str | None = None
    """A base that opens the sentence and holds for all of it: "So với đầu năm, …: A tăng 3%; B giảm 2%"."""
    change_base: str | None = None
    """The base of the last change in the sentence."""
    slice_plan: str | None = None
    """The plan that the sentence before was measured against, which "Trong đó" takes on."""
    past_base: str | None = None
    """The base of "bằng 105,8% cùng kỳ", which "trong đó … bằng 108%" takes on."""
    plan_count: int = 0
    estimate_area: str | None = None
    """The area of the number that "ước" was said of last."""
    in_parts: bool = False
    """True behind "trong đó", up to a semicolon."""

    def plan_unnamed(self) -> str:
        """Give the base of a percent of a plan that is not named: the plan said before, else the year's."""
        return (self.plans[-1] if self.plans else self.slice_plan) or "annual_plan"

    def remember(self, reading: Reading, clause: Clause) -> None:
        """Note what was read of a clause, for those behind it."""
        quantity = clause.quantity
        if reading.measure == "plan_ratio":
            if reading.rule == "plan":
                if self.said is not None and self.said.measure == "plan_ratio" and self.plans:
                    self.plans.append(reading.base or "annual_plan")
                else:
                    self.plans = [reading.base or "annual_plan"]
                self.plan_count = 0
            else:
                self.plan_count += 1
        elif reading.measure == "level":
            self.plan_count = 0
        if reading.measure in ("change_rate", "change_abs", "multiple") and reading.base not in (
            "plan",
            None,
        ):
            self.change_base = reading.base if reading.base != "previous_period" else None
        if reading.measure == "change_rate" and reading.base != "plan" and not self.in_parts:
            self.slice_base = reading.base
        if reading.measure == "multiple" and reading.rule == "percent_of_past":
            self.past_base = reading.base
        elif reading.rule == "plan":
            self.past_base = None
        if clause.joint.endswith(";"):
            self.list_base = None
        whole = quantity.whole is not None
        self.said = Said(reading.measure, reading.base, reading.sign, reading.unit, quantity.mult, whole)
        if reading.measure == "level":
            self.level = self.said


_STOP = re.compile(r"[;.]|, (?!so)|\((?!so)")
_LEADS_TO_BASE = gated(
    r"(?<!\w)(?:so với|so|cùng kỳ|cùng thời điểm|của năm|năm|với|lần năm|(?:kể )?từ đầu)(?!\w)"
)
_COMPARED_WITH = gated(r"(?<!\w)(?:so với|so)(?!\w)")


def comparison(plain: str, clause: Clause, frame: Frame) -> tuple[str | None, int, bool]:
    """Give the base printed behind the number or before it, where it ends, and whether one is printed."""
    position, limit = clause.quantity.end, min(clause.next_start, clause.quantity.end + 110)
    if beside := _BESIDE.match(plain, position):
        position, limit = beside.end(), min(clause.sentence.end, beside.end() + 60)
    stop = _STOP.search(plain, position, limit)
    limit = stop.start() if stop else limit
    for match in _LEADS_TO_BASE.finditer(plain[position:limit]):
        if match[0] == "năm" and match.start() > 2:
            continue
        base = read_comparison(plain, position + match.start(), limit, frame.period, frame.term_start)
        if base is not None and not (
            _NEXT_CHANGE.match(plain, base.end)
            and _OWN_BASE.search(plain, clause.head_start, clause.quantity.start)
        ):
            return base.name, base.end, True
    head = plain[max(clause.sentence.start, clause.head_start - 70) : clause.quantity.start]
    tail = plain[clause.head_start : clause.quantity.start]
    first = tail.rfind("; ") + 1
    for match in reversed(list(_COMPARED_WITH.finditer(tail[first:]))):
        base = read_comparison(
            plain,
            clause.head_start + first + match.start(),
            clause.quantity.start,
            frame.period,
            frame.term_start,
        )
        if base is not None:
            frame.list_base = base.name
            return base.name, clause.quantity.end, True
    if "so với" in clause.joint:
        offset = plain.rfind("so với", clause.sentence.start, clause.head_start)
        base = read_comparison(plain, offset, clause.head_start, frame.period, frame.term_start)
        if base is not None:
            frame.list_base = base.name
            return base.name, clause.quantity.end, True
    if "so với" in head[: len(head) - len(tail)] and clause.joint in (",", ""):
        match2 = re.search(r"so với[^;.,]{0,40},?\s*$", head[: len(head) - len(tail)])
        if match2:
            offset = max(clause.sentence.start, clause.head_start - 70) + match2.start()
            base = read_comparison(plain, offset, clause.head_start, frame.period, frame.term_start)
            if base is not None:
                frame.list_base = base.name
                return base.name, clause.quantity.end, True
    return None, clause.quantity.end, False


def opening_base(plain: str, start: int, end: int, term_start: str | None) -> str | None:
    """Give the base that opens a sentence and holds for all of it; None where it opens with none."""
    first = start + (plain[start : start + 2] in ("- ", "+ ")) * 2
    if not plain.startswith("so với", first):
        return None
    base = read_comparison(plain, first, end, None, term_start)
    return base.name if base else None


def change_base(plain: str, clause: Clause, frame: Frame) -> tuple[str | None, int]:
    """Give the base of a change, printed or inherited, and where the words end that name it."""
    if (turn := _base_in_turn(plain, clause, frame)) is not None:
        return turn, clause.quantity.end
    if _THAN_OTHERS.search(plain, clause.head_start, clause.quantity.start):
        return None, clause.quantity.end
    base, end, printed = comparison(plain, clause, frame)
    if printed:
        return base, end
    plan = read_plan(plain, clause.quantity.end, clause.next_start, frame.is_city, frame.is_commune)
    if plan is not None:
        return "plan", plan.end
    if re.search(
        r"(?:chỉ tiêu|kế hoạch|kh|dự toán|tiến độ) ?$|(?:thấp|cao) hơn (?:chỉ tiêu|kế hoạch|"
        r"dự toán)[^,;]{0,30}$",
        plain[clause.head_start : clause.quantity.start],
    ):
        return "plan", clause.quantity.end
    if (risen := from_year(plain, clause, frame)) is not None:
        return risen, clause.quantity.end
    later = base_after_list(plain, clause, frame)
    inherited = frame.slice_base if frame.in_parts else None
    base = later or inherited or frame.list_base or frame.open_base or frame.change_base or "same_period"
    if (
        base == "previous_period"
        and not later
        and _AVERAGED.search(plain, clause.head_start, clause.quantity.start)
    ):
        base = "same_period"  # a mean of several months is not told against one month
    return base, clause.quantity.end


def from_year(plain: str, clause: Clause, frame: Frame) -> str | None:
    """Give the base of "từ 148 tỷ đồng năm 2015 lên 392 tỷ đồng năm 2020, gấp 2,65 lần": the first year."""
    start = max(clause.sentence.start, plain.rfind(";", clause.sentence.start, clause.quantity.start))
    match = _ROSE.search(plain, start, clause.quantity.start)
    if match is None:
        return None
    return "start_of_period" if match[1] == frame.term_start else "previous_year"


def _base_in_turn(plain: str, clause: Clause, frame: Frame) -> str | None:
    """Give whose turn it is in "so với tháng trước và cùng kỳ tăng lần lượt 5,4% và 17,2%"."""
    two = TWO_BASES.search(plain, clause.sentence.start, clause.quantity.start)
    if two is None:
        return None
    count = len(re.findall(r"\d\s?%", plain[two.end() : clause.quantity.start]))
    if count > 1:
        return None
    base = read_comparison(
        plain.replace(two[0], f"so với {two[1 + count]}"),
        two.start(),
        len(plain),
        frame.period,
        frame.term_start,
    )
    return base.name if base else None


def base_after_list(plain: str, clause: Clause, frame: Frame) -> str | None:
    """Find a base said once after a list: "tăng 12,4% số vụ và 18,9% số đối tượng so với cùng kỳ"."""
    stop = re.compile(r"[;.(]").search(plain, clause.quantity.end, clause.sentence.end)
    limit = min(stop.start() if stop else clause.sentence.end, clause.quantity.end + 90)
    text = plain[clause.quantity.end : limit]
    if not re.match(r"[^,]{0,30} và ", text):
        return None
    match = re.search(r"(?<!\w)so (?:với|cùng)(?!\w)", text)
    if match is None:
        return None
    base = read_comparison(
        plain, clause.quantity.end + match.start(), limit + 40, frame.period, frame.term_start
    )
    return base.name if base else None
