"""What a number says of its indicator: level, plan_ratio, change, share or multiple; base and sign."""

from __future__ import annotations

import re

from scraper.facts.bases import plan_base, read_plan
from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.comparisons import (
    Frame,
    Reading,
    Said,
    base_after_list,
    change_base,
    comparison,
    from_year,
)
from scraper.facts.wording import residue
from scraper.vietnamese.gates import gated

_CUE = gated(
    r"(?<!\w)(?:(?P<over>vượt(?! mốc| ngưỡng| con số))"
    r"|(?P<up>tăng(?! cường| ca| cân| thu nhập| vốn|-| dân số| tự nhiên)|cao hơn|nhiều hơn|lớn hơn)"
    r"|(?P<down>kéo giảm|giảm(?! nghèo bền| trừ| lỗ| nhẹ thiên)|thấp hơn|ít hơn|thiếu|hụt|hạ(?! tầng|"
    r" long| lý)|chậm hơn)"
    r"|(?P<times>gấp)"
    r"|(?P<level>đạt(?! chuẩn)|là|còn|xuống|lên|(?<!mặt )bằng(?! sông| bắc bộ| nam bộ| trung bộ)|ước|"
    r"chiếm|có|xảy ra|được|thực hiện|ở mức|tới "
    r"mức|đón|thu hút|làm|bị|gồm|phát hiện|hoàn thành|duy trì|giữ)"
    r"|(?P<sign>=|:))(?!\w)"
)
_PAUSE = re.compile(r"[,;](?!\d)")
_IS_LEVEL = re.compile(r"tăng (?:mới|lên)(?!\w)")
_RATE_NAME = gated(r"(?<!\w)(?:tỷ lệ|tỷ suất|tỷ trọng|độ bao phủ|bao phủ|tỷ lệ hộ)(?!\w)")
_GROWTH_NAME = gated(r"(?<!\w)(?:tốc độ|tăng trưởng|mức tăng|tốc độ tăng)(?!\w)")
_EQUALS = re.compile(
    r"(?:đạt|bằng|=|được|mới|hoàn thành|thực hiện|giải ngân)(?: (?:trên|hơn|khoảng|gần|xấp xỉ|tương "
    r"đương|từ|chỉ|tỷ lệ|bình quân|chung|tới))*\s*$"
)
_PLAN_SAID = re.compile(r"(?<!\w)so (?:với )?([^,;.]*?)(?: (?:ước|mới|chỉ))* (?:đạt|bằng)(?: \w+)?\s*$")
_PART_OF = re.compile(
    r"\s*(?:tổng )?(?:số|tổng số|tổng|trong|diện tích|dân số|cơ cấu|toàn|trên tổng|grdp|gdp)(?!\w)"
)
_LIST_OF_MOVES = gated(
    r"(?<!\w)(?:sản phẩm|mặt hàng|ngành|nhóm|chỉ tiêu|lĩnh vực|loại|khoản thu|thị trường)"
    r"(?: [\wà-ỹđ]+){0,12} (?:tăng|giảm)(?: [\wà-ỹđ/]+){0,8}(?: là| như| gồm)?:(?= \D*\w $)"
)
"""What heads a list of things that rise or fall, and tells of none of them by how much."""
_SHARE_VERB = gated(
    r"(?:chiếm|tỷ lệ|tỷ trọng|chiếm tỷ lệ)(?: (?:trên|hơn|khoảng|gần|tới|là|tỷ lệ|tỷ trọng|đạt|còn))*\s*$"
)
_PLANNED_SHARES = frozenset({"public_investment_disbursement", "party_members_admitted", "conscription"})
"""Indicators whose bare percent is one of a plan."""
_LISTED_CHANGE = re.compile(
    r"(?:ngành|lĩnh vực|nhóm|sản phẩm|mặt hàng|địa "
    r"phương)[^;.]{0,30}(?<!\w)(tăng|giảm)(?!\w)[^;.]{0,60}$"
)
_COMPLETES = gated(r"(?<!\w)hoàn thành [^,;]{0,60}(?<!\w)đạt(?: \w+)?\s*$")
_PAST_BEHIND = re.compile(
    r"\s*(?:so với |so |của )?(?:mức )?(?:thực hiện )?cùng (?:kỳ|thời điểm|tháng|"
    r"quý)(?!\w)"
)
_AGAINST = re.compile(r"\s*so với (?!tổng|toàn|dân số|số |cả )")
"""What is compared with something that no base names: "bằng 71% so với thời điểm trước dịch"."""
_OF_OTHERS = re.compile(
    r"(?:thấp|cao) hơn[^,;()]*(?:cùng kỳ|bình quân|trung bình|cả nước|toàn tỉnh|chung)[^,;()]*\($"
)
"""What stands in brackets beside a plan's percent is the same percent of others or of last year."""
_STATE_NAME = re.compile(r"(?:công suất|mức độ|độ|hiệu suất|tỷ lệ|tỷ trọng|tỷ suất)(?!\w)")
"""What is told as it stands, not as it moves."""
_ABOUT = re.compile(r"\s(?:về|số|tổng số)(?!\w)")
_LAST_TIME = gated(
    r"\(\s?cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?,? (?:chỉ |mới |là )?(tăng|giảm|đạt)(?: \w+)? $"
)
"""What a bracket says of last year with a verb of its own."""
_AMOUNTS_TO = gated(r"(?<!\w)(?:tương ứng|tương đương)(?: với)?(?: (?:hơn|trên|gần|khoảng))? $")
"""What a difference in numbers is in percent: "tăng 14 vụ, tương ứng 23,33%"."""
_THAN_MEAN = gated(r"(?:thấp|cao) hơn(?: so với)?(?: mức)? (?:bình quân|trung bình)(?: chung)?(?: là)? $")
_OF_ALL = re.compile(r"\s?(?:của |\(|toàn |cả )")
"""Whose the percent is that a number is above or below of: "thấp hơn mức bình quân 38,7% của toàn tỉnh"."""
_NUMBER_ITEM = re.compile(
    r"\s(?:về )?(?:tổng )?số (?:vụ|ca|người|hộ|lượt|dự án|doanh nghiệp|đối tượng)(?!\w)"
)
_LACKS = gated(r"(?<!\w)thiếu (?:khoảng |trên |hơn |gần )?$")
_GRANTED = gated(r"(?:giảm (?:\w+ ){0,4}cho|(?:tăng|giảm) với) (?:trên |hơn |gần |khoảng )?$")
"""What is cut for some counts them: "giảm lãi cho 386 khách hàng"."""
_MOST = gated(
    r"(?<!\w)(tăng|giảm) (?:\w+ )?(?:nhiều|mạnh|cao|sâu|thấp|ít) nhất(?: là| thuộc| ở)[^,;.%\d]{0,60}$"
)
_FROM = gated(r"(?:tăng|giảm)(?: \w+)? từ (?:hơn |trên |gần )?$")
_ONWARD = re.compile(r"[^,;.]{0,30}?(?<!\w)(?<!trở )(?:xuống|lên|còn)(?!\w)")
_TAKES_TIMES = re.compile(r"(?<!\w)(?:gấp|tăng|bằng|vượt|giảm|cao hơn|hơn)(?!\w)[^,;.]{0,40}$")


def read_measure(
    plain: str, clause: Clause, subject: Subject, frame: Frame, beside: bool = False
) -> Reading | None:
    """Decide the measure of a clause's number; None where it is no figure ("ba lần" without a change).

    `beside`: the number is a plan's or last year's value printed beside the one before, and of its measure.
    """
    quantity = clause.quantity
    if beside and frame.said is not None and quantity.unit == "percent":
        said = frame.said
        if (own := _LAST_TIME.search(plain, max(clause.opened - 1, 0), quantity.start)) is not None:
            return _of_last_time(own[1], frame, quantity.end)
        if said.measure in ("change_rate", "multiple") and said.unit == "percent" and said.base != "plan":
            return Reading(said.measure, said.base, said.sign, "percent", "beside", quantity.end)
        in_points = said.measure == "change_abs" and said.unit == "percentage_point" and frame.plans
        if (said.measure == "plan_ratio" or in_points) and re.search(
            r"cùng kỳ[^;,]*$", plain[clause.opened : quantity.start]
        ):
            base = frame.plans[-1] if in_points and frame.plans else said.base
            return Reading("plan_ratio", base, 1, "percent", "beside", quantity.end)
        return Reading("share", None, 1, "percent", "beside", quantity.end)
    in_bracket = clause.depth > 0 and clause.opened == quantity.start
    if in_bracket and quantity.whole is not None and frame.said and frame.said.measure == "change_abs":
        return None  # this year's count and last year's behind their difference: "tăng 93 vụ (206/113 vụ)"
    if quantity.unit == "times":
        return _multiple(plain, clause, frame)
    if quantity.unit in ("percent", "percentage_point"):
        return _percent(plain, clause, subject, frame)
    if quantity.unit == "‰" and direction(plain, clause) not in ("up", "down"):
        return Reading("share", None, 1, quantity.unit, "share", quantity.end)
    return _amount(plain, clause, frame)


def _of_last_time(verb: str, frame: Frame, end: int) -> Reading:
    """Read "(cùng kỳ tăng 7,63%)", "(cùng kỳ đạt 69,4%)": the bracket's own verb tells the measure."""
    if verb in ("tăng", "giảm"):
        return Reading("change_rate", "same_period", -1 if verb == "giảm" else 1, "percent", "beside", end)
    if frame.plans:
        return Reading("plan_ratio", frame.plans[-1], 1, "percent", "beside", end)
    return Reading("share", None, 1, "percent", "beside", end)


def direction(plain: str, clause: Clause) -> str:
    """Give the kind of the last verb before the number: up, down, over, times, level or sign; "" for none.

    Only the last part of the words counts where it names a thing of its own: "giảm một nửa, thiệt hại 18 tỷ".
    """
    start, here = clause.head_start, clause.quantity.start
    if clause.quantity.unit not in ("percent", "percentage_point") and (
        listed := _LIST_OF_MOVES.search(plain, start, here)
    ):
        start = listed.end()  # "một số sản phẩm tăng so cùng kỳ: xi măng 610 nghìn tấn, tăng 6,4%"
    stretch = plain[start:here]
    for match in _PAUSE.finditer(stretch) if "," in stretch or ";" in stretch else ():
        if residue(plain, start + match.end(), here, (), ()):
            start += match.end()
            return _last_cue(plain, _last_part(plain, start, here), here)
    return _last_cue(plain, start, here)


def _last_part(plain: str, start: int, here: int) -> int:
    for match in reversed(list(_PAUSE.finditer(plain[start:here]))):
        if residue(plain, start + match.end(), here, (), ()):
            return start + match.end()
    return start


def _last_cue(plain: str, start: int, here: int) -> str:
    last = ""
    for match in _CUE.finditer(plain, start, here):
        kind = match.lastgroup or ""
        before = plain[max(start, match.start() - 9) : match.start()]
        if kind == "up" and (before.endswith("giá trị ") or plain.startswith("tăng thêm của", match.start())):
            continue
        if kind == "up" and _IS_LEVEL.match(plain, match.start(), match.start() + 9):
            kind = "level"
        last = kind
    return last


def _multiple(plain: str, clause: Clause, frame: Frame) -> Reading | None:
    head = plain[clause.head_start : clause.quantity.start]
    if not _TAKES_TIMES.search(head) and not plain[: clause.quantity.start].endswith("gấp "):
        return None
    if re.search(r"vượt (?:quy hoạch|kế hoạch|chỉ tiêu|dự toán)", head):
        return Reading("multiple", "plan", 1, "times", "times_plan", clause.quantity.end)
    base, end, printed = comparison(plain, clause, frame)
    if not printed:
        plan = read_plan(plain, clause.quantity.end, clause.next_start, frame.is_city, frame.is_commune)
        if plan is not None:
            return Reading("multiple", "plan", 1, "times", "times_plan", plan.end)
        if re.match(r"\s*(?:so với |mức )?(?:bình quân|trung bình)", plain[clause.quantity.end :]):
            return Reading("multiple", None, 1, "times", "times_average", clause.quantity.end)
        month = re.match(r"\s*(?:so với )?(?:cả )?tháng \d", plain[clause.quantity.end :])
        if (risen := from_year(plain, clause, frame)) is not None:
            return Reading("multiple", risen, 1, "times", "times_from", end)
        year = re.match(
            r"[^,;.()\d]{0,20}(?:tháng \d{1,2}[/-])?((?:19|20)\d{2})(?!\d)", plain[clause.quantity.end :]
        )
        if year and frame.period and year[1] < frame.period[:4]:
            return Reading("multiple", "previous_year", 1, "times", "times", end)
        base = "previous_period" if month else frame.list_base or frame.change_base or "same_period"
    return Reading("multiple", base, 1, "times", "times", end)


def _percent(plain: str, clause: Clause, subject: Subject, frame: Frame) -> Reading:
    quantity = clause.quantity
    head = plain[clause.head_start : quantity.start]
    cue = direction(plain, clause)
    is_point = quantity.unit == "percentage_point"
    if cue == "level" and (most := _MOST.search(plain, clause.head_start, quantity.start)):
        cue = "up" if most[1] == "tăng" else "down"
    alone = clause.depth > 0 and clause.opened == quantity.start
    if (
        cue in ("up", "down")
        and quantity.upper is None
        and _FROM.search(head)
        and _ONWARD.match(plain, quantity.end)
    ):
        cue = "level"
    if is_point:
        base, end = change_base(plain, clause, frame)
        return Reading("change_abs", base, -1 if cue == "down" else 1, quantity.unit, "points", end)
    if "structure" in (subject.rule, subject.origin) and cue not in ("up", "down"):
        return Reading("share", None, 1, "percent", "structure", quantity.end)
    if alone and cue not in ("up", "down") and not subject.is_rate:
        listed = _LISTED_CHANGE.search(plain, clause.gap_start, clause.opened)
        cue = {"tăng": "up", "giảm": "down"}.get(listed[1], cue) if listed else cue
    of_others = alone and frame.plans and not subject.is_rate
    if of_others and frame.plans and _OF_OTHERS.search(plain, clause.gap_start, clause.opened):
        return Reading("plan_ratio", frame.plans[-1], 1, "percent", "plan_of_others", quantity.end, 0.8)
    if alone and cue in ("up", "down") and not subject.is_rate:
        return Reading(
            "change_rate",
            "same_period",
            -1 if cue == "down" else 1,
            "percent",
            "bracket_change",
            quantity.end,
            0.85,
        )
    if alone and _PART_OF.match(plain, quantity.end):
        return Reading("share", None, 1, "percent", "share_of", quantity.end)
    if alone and frame.said is not None:
        return _in_bracket(frame.said, subject, quantity.unit, clause)
    if quantity.sign:
        sign = -1 if quantity.sign == "-" else 1
        moved = frame.said is not None and frame.said.measure == "change_abs"
        base, end, printed = comparison(plain, clause, frame)
        if not printed:
            base = frame.said.base if moved and frame.said is not None else "same_period"
        return Reading("change_rate", base, sign, "percent", "signed_percent", end)
    before = frame.said
    if before is not None and before.measure == "change_abs" and _AMOUNTS_TO.search(head):
        return Reading("change_rate", before.base, before.sign, "percent", "change_list", quantity.end, 0.9)
    if cue == "over":
        return Reading("change_rate", "plan", 1, "percent", "over_plan", change_base(plain, clause, frame)[1])
    plan = read_plan(plain, quantity.end, clause.next_start, frame.is_city, frame.is_commune)
    if frame.said is not None and _THAN_MEAN.search(head) and _OF_ALL.match(plain, quantity.end):
        others = frame.said
        return Reading(others.measure, others.base, 1, "percent", "plan_of_others", quantity.end, 0.8)
    if cue in ("up", "down"):
        base, end = change_base(plain, clause, frame)
        sign = -1 if cue == "down" else 1
        of_share = (
            frame.said is not None
            and frame.said.measure == "share"
            and not subject.own_name
            and not subject.is_growth
        )
        if (subject.is_rate and not _is_counted(subject, frame)) or of_share or _RATE_NAME.search(head):
            return Reading("change_abs", base, sign, "percentage_point", "rate_change", end)
        return Reading("change_rate", base, sign, "percent", "change", end)
    if plan is not None and not _SHARE_VERB.search(head):
        return Reading("plan_ratio", plan.name, 1, "percent", "plan", plan.end)
    said = frame.said
    is_item = not head.strip() and clause.joint in (",", "và") and _NUMBER_ITEM.match(plain, quantity.end)
    if is_item and said is not None and said.measure == "change_rate":
        return Reading("change_rate", said.base, said.sign, "percent", "change_list", quantity.end, 0.85)
    if not head.strip() and clause.joint == "và" and said is not None and said.measure == "change_rate":
        base, end = change_base(plain, clause, frame)
        return Reading("change_rate", base, said.sign, "percent", "change_list", end, 0.85)
    beside_plan = clause.joint == "và" and not head.strip() and said is not None
    if _PAST_BEHIND.match(plain, quantity.end) and (_EQUALS.search(head) or beside_plan):
        base, end, _ = comparison(plain, clause, frame)
        return Reading("multiple", base, 1, "percent", "percent_of_past", end)
    if subject.is_growth or _GROWTH_NAME.search(head):
        base, end = change_base(plain, clause, frame)
        return Reading("change_rate", base, 1, "percent", "growth", end)
    if subject.key == "public_investment_disbursement" and cue not in ("up", "down") and "chiếm" not in head:
        return Reading("plan_ratio", frame.plan_unnamed(), 1, "percent", "plan_by_nature", quantity.end, 0.85)
    if _SHARE_VERB.search(head) or _PART_OF.match(plain, quantity.end):
        return Reading("share", None, 1, "percent", "share_of", quantity.end)
    base, end, printed = comparison(plain, clause, frame)
    if printed and base == "plan" and _EQUALS.search(head) and (said_before := _PLAN_SAID.search(head)):
        name = plan_base(said_before[1], frame.is_city, frame.is_commune)
        return Reading("plan_ratio", name, 1, "percent", "plan_before", end, 0.9)
    if printed and _EQUALS.search(head):
        return Reading("multiple", base, 1, "percent", "percent_of_past", end)
    if _ABOUT.match(plain, quantity.end) and (both := _about_both(plain, clause, frame, head)) is not None:
        return both
    if re.search(r"(?<!\w)(?:hoàn thành|thực hiện)(?: được| đạt)?[^,;]{0,12}$", head) and not subject.is_rate:
        return Reading("plan_ratio", "annual_plan", 1, "percent", "completed", quantity.end, 0.8)
    if _COMPLETES.search(head) and not subject.is_rate:
        return Reading("plan_ratio", "annual_plan", 1, "percent", "completed", quantity.end, 0.8)
    owns_tail = bool(residue(plain, quantity.end, min(clause.tail_end, quantity.end + 60), (), ()))
    if frame.past_base is not None and head.rstrip().endswith("bằng") and not subject.is_rate:
        return Reading("multiple", frame.past_base, 1, "percent", "percent_of_past", quantity.end, 0.85)
    if head.rstrip().endswith("bằng") and _AGAINST.match(plain, quantity.end) and not subject.is_rate:
        return Reading("multiple", None, 1, "percent", "percent_of_past", quantity.end, 0.75)
    if _EQUALS.search(head) or (not head.strip() and clause.joint in ("và", ",", "") and not owns_tail):
        return _bare_equals(clause, subject, frame, bool(head.strip()))
    is_list = clause.joint in ("và", ",", ";", "cùng") and not subject.is_rate and not subject.own_key
    if (
        said is not None
        and said.measure == "change_rate"
        and cue in ("", "sign")
        and not owns_tail
        and is_list
        and not _STATE_NAME.match(subject.name.lower())
    ):
        return Reading("change_rate", said.base, said.sign, "percent", "change_list", quantity.end, 0.8)
    if (
        not owns_tail
        and cue in ("", "level", "sign")
        and "trong đó" not in clause.joint
        and not subject.is_rate
    ):
        if said is not None and said.measure == "plan_ratio":
            return Reading("plan_ratio", said.base, 1, "percent", "plan_list", quantity.end, 0.7)
        if subject.key in _PLANNED_SHARES and not _RATE_NAME.search(head):
            return Reading(
                "plan_ratio", frame.plan_unnamed(), 1, "percent", "plan_by_nature", quantity.end, 0.75
            )
    return Reading("share", None, 1, "percent", "share", quantity.end, 0.9)


def _about_both(plain: str, clause: Clause, frame: Frame, head: str) -> Reading | None:
    """Read "bằng 91,6% về số doanh nghiệp và 48,9% về vốn so cùng kỳ": what the last names holds for both."""
    said, end = frame.said, clause.quantity.end
    if not head.strip() and clause.joint == "và" and said is not None and said.measure == "multiple":
        return Reading("multiple", said.base, 1, "percent", "percent_of_past", end, 0.85)
    equals = _EQUALS.search(head) or head.rstrip().endswith("tương đương")
    if equals and (base := base_after_list(plain, clause, frame)) is not None:
        return Reading("multiple", base, 1, "percent", "percent_of_past", end, 0.85)
    return None


def _is_counted(subject: Subject, frame: Frame) -> bool:
    """Tell whether what moves is a count of what a rate is of: "790.802 người, tăng (…) 0,8%"."""
    counts = subject.rule == "carried" and subject.unit not in ("percent", "percentage_point", "times", "")
    return counts and frame.said is not None and frame.said.measure in ("level", "change_abs")


def _bare_equals(clause: Clause, subject: Subject, frame: Frame, has_verb: bool) -> Reading:
    """Read "đạt 106,6%", nothing said of what: a plan's percent of an amount, else a share."""
    end, said = clause.quantity.end, frame.said
    if frame.plans and not subject.is_rate and (subject.is_flow or not has_verb):
        base = frame.plans[min(frame.plan_count, len(frame.plans) - 1)]
        return Reading("plan_ratio", base, 1, "percent", "plan_list", end, 0.85)
    goes_on = said is not None and said.measure == "level" and not subject.own_name
    if goes_on and subject.is_flow and not subject.is_rate:
        return Reading("plan_ratio", frame.plan_unnamed(), 1, "percent", "plan_unnamed", end, 0.85)
    if subject.is_flow and subject.own_key and not subject.is_rate:
        return Reading("plan_ratio", frame.plan_unnamed(), 1, "percent", "plan_unnamed", end, 0.8)
    return Reading("share", None, 1, "percent", "share", end, 0.9)


def _in_bracket(said: Said, subject: Subject, unit: str, clause: Clause) -> Reading:
    """Read a percent alone in brackets by what stands before them."""
    end = clause.quantity.end
    if said.measure in ("change_abs", "change_rate"):
        return Reading("change_rate", said.base, said.sign, unit, "bracket_change", end, 0.9)
    if said.measure == "plan_ratio" and not subject.is_rate:
        return Reading("plan_ratio", said.base, 1, unit, "bracket_plan", end, 0.8)
    planned = said.whole or subject.key in _PLANNED_SHARES or said.unit in ("VND", "USD")
    if said.measure == "level" and subject.is_flow and planned and not subject.is_rate:
        return Reading("plan_ratio", "annual_plan", 1, unit, "bracket_plan", end, 0.9)
    return Reading("share", None, 1, unit, "bracket_share", end, 0.9)


def _amount(plain: str, clause: Clause, frame: Frame) -> Reading:
    quantity = clause.quantity
    cue = direction(plain, clause)
    if quantity.sign:
        sign = -1 if quantity.sign == "-" else 1
        return Reading("change_abs", "same_period", sign, quantity.unit, "signed", quantity.end)
    if cue in ("up", "down") and _MOST.search(plain, clause.head_start, quantity.start):
        return Reading("level", None, 1, quantity.unit, "level", quantity.end)
    said = frame.said
    listed = clause.depth and quantity.is_noun and clause.joint in (",", "và") and not cue
    if (
        listed
        and said is not None
        and said.measure == "change_abs"
        and "(" not in plain[clause.gap_start : quantity.start]
    ):
        return Reading("change_abs", said.base, said.sign, quantity.unit, "change_amount", quantity.end, 0.85)
    if _GRANTED.search(plain, max(clause.head_start, quantity.start - 60), quantity.start):
        return Reading("level", None, 1, quantity.unit, "level", quantity.end)
    head = plain[clause.head_start : quantity.start]
    if cue in ("up", "down") and _FROM.search(head) and _ONWARD.match(plain, quantity.end):
        return Reading("level", None, 1, quantity.unit, "level", quantity.end)
    lacks = quantity.is_noun and _LACKS.search(plain, clause.head_start, quantity.start)
    if cue in ("up", "down", "over") and not lacks:
        base, end, printed = comparison(plain, clause, frame)
        plan = read_plan(plain, quantity.end, clause.next_start, frame.is_city, frame.is_commune)
        if cue == "over" and not printed and plan is None:
            return Reading("level", None, 1, quantity.unit, "level_over", quantity.end, 0.8)
        risen = from_year(plain, clause, frame) if not printed else None
        if risen is not None:
            base = risen
        elif not printed:
            inherited = frame.list_base or frame.open_base or frame.change_base or "same_period"
            base = "plan" if plan or cue == "over" else inherited
        sign = -1 if cue == "down" else 1
        return Reading("change_abs", base, sign, quantity.unit, "change_amount", end)
    return Reading("level", None, 1, quantity.unit, "level", quantity.end)
