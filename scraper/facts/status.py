"""Whether a number is an actual, an estimate or a target, by the words that open such a stretch."""

from __future__ import annotations

import re

from scraper.facts.clauses import Clause
from scraper.vietnamese.gates import Gated, gated

_TARGET = gated(
    r"(?<!\w)(?:phấn đấu|quyết tâm|đặt mục tiêu|mục tiêu|đặt chỉ tiêu|giao chỉ tiêu|đề ra|chỉ tiêu "
    r"chủ yếu (?:năm|đến)|một số chỉ tiêu(?! \w+ đạt)"
    r"|các chỉ tiêu(?: chủ yếu| cơ bản| kinh tế[^,;:]{0,20})?(?: năm| đến năm|:)|yêu cầu|"
    r"đề nghị(?! truy tố| xét xử| công nhận| kỷ luật| tặng)|chỉ "
    r"đạo các|lưu ý|đặt kế hoạch|kế hoạch đặt ra|quyết nghị|biểu quyết \d+ chỉ tiêu|(?:thông qua|"
    r"thống nhất|xác định|"
    r"đặt ra|đưa ra|nhất trí)(?: với)? (?:\d+ |các |nhóm |những )*(?:chỉ tiêu|mục tiêu)|"
    r"chỉ tiêu nhiệm kỳ (?:mới|tới)|"
    r"(?:trong )?nhiệm kỳ (?:mới|tới)(?=[, ])|theo kế hoạch(?: \w+){1,8},"
    r"|hứa|cam kết (?:đến|hoàn thành|đạt|giải ngân)|tập trung hoàn thành|hẹn|nhiệm vụ trọng tâm|"
    r"phương hướng|được giao dự toán|dự toán được giao|được giao (?=\d)|tổng "
    r"dự toán chi|sẽ|dự kiến(?! đạt| thu| thực hiện| cả năm| hoàn thành| đón| có \d+/\d|"
    r" cuối năm| hết năm| đến hết năm)|hướng tới"
    r"|trong thời gian tới|từ nay đến|chỉ tiêu (?:năm|đến năm|cụ thể)|chỉ tiêu phấn đấu|kỳ vọng|định "
    r"hướng đến|tầm nhìn|với các chỉ tiêu|theo kế hoạch,|giao (?:quận|huyện|xã|phường|các|ban|phòng|"
    r"công an|ngành)"
    r"|dự toán (?:thu|chi)(?: ngân sách)?[^,;.]{0,40}(?:năm|6 tháng cuối)|đến năm 20\d\d(?=[, "
    r"].{0,60}(?:đạt|còn|có|giảm|tăng|trở thành|hoàn thành)))(?!\w)"
)
_NO_TARGET = gated(
    r"(?:đạt|hoàn thành|vượt|đạt và vượt|so với|so|thực hiện|bằng|theo|đúng|\d\s?%|trong|của|cao hơn|"
    r"thấp hơn|trên|chương trình|kế hoạch (?:quận|huyện|thành phố|xã|phường))"
    r"(?: (?:các|những|toàn bộ|được|\d+/?\d*|cơ bản))?(?: so với)?\s*$"
)
_ESTIMATE = gated(
    r"(?<!\w)(?<!quy )(?<! hương )(?<!mơ )(?:ước(?! mơ| nguyện| vọng| muốn)|dự kiến (?:đạt|thu|thực "
    r"hiện|cả năm|hoàn thành|đón|có \d+/\d+|cuối năm|"
    r"hết năm|đến hết năm)|dự báo|dự ước|dự tính|ước tính)(?!\w)"
)
_FACT = gated(
    r"(?<!\w)(?:đã(?! qua đào tạo| giải quyết đúng)|thực tế|đến nay|"
    r"(?<!thực )(?<!phát )(?<!thể )(?<!xuất )(?<!biểu )(?<!tái )hiện(?! hành| đại| vật| trạng)|"
    r"(?<!ước )tính đến|"
    r"mới được|mới đạt(?! chuẩn)|năm qua|chỉ còn)(?!\w)"
)
_BY_NOW = re.compile(r"(?<!\w)(?:đến nay|tới nay|tính đến nay),? [^;]{0,40}?(?:đã|có|được|đạt)(?!\w)")
_APPRAISED = re.compile(r"ước tính (?:thiệt hại )?(?:khoảng |hơn |trên |gần )?\d")
"""One appraisal, whose number alone is an estimate: "ước tính 216 tỷ đồng; khởi tố 3 vụ án"."""
_DONE = re.compile(
    r"(?<!\w)(?:(?:mới|chỉ) (?:đạt|được|giải ngân)|được)(?: (?:hơn|trên|gần|khoảng|xấp xỉ))? $"
)
"""A verb that states a fact of another indicator than the one that "ước" was said of."""
_STANDS = gated(r"(?:xử lý|giải quyết|tháo gỡ) (?:dứt điểm|triệt để) (?:đối với )?$")
"""What is to be dealt with stands already, whatever is demanded of it."""
_STANDS_BEHIND = re.compile(r"\s?(?:còn|đang) bị(?!\w)|[^,;.()\d]{0,24} tồn đọng(?!\w)")
_FLOOR = re.compile(r"[^;.()\d]{0,40}?(?<!\w)trở lên(?!\w)")
"""What is to be reached, and no more said of it: "kết nạp từ 130 đảng viên trở lên"."""
_BOUNDS = ("trên", "dưới", "khoảng", "gần", "hơn", "từ", "tối thiểu", "ít nhất", "không dưới")
_BOUND = re.compile(rf"(?:{'|'.join(_BOUNDS)})\s$")
_PLAN_IS = gated(
    r"(?:kế hoạch|dự toán)(?: [^\s,;]+){0,14} là (?:trên |hơn |gần |khoảng )?$"
    r"|(?<!đạt )(?<!với )(?<!vượt )(?<!bằng )(?<!so )(?<!thành )(?<!% )dự toán (?:tổng )?(?:thu|chi)"
    r"(?: (?:ngân|sách|nhà|nước|trên|địa|bàn|cân|đối|nội|nsnn|phương|năm|thường|xuyên|\d{4}))* (?:trên |"
    r"hơn |gần )?$"
)
_SPENT = re.compile(r"(?<!\w)(?:giải ngân|thanh toán)(?!\w)[^,;]*(?:nguồn|vốn)[^,;]*$")
"""What was paid out of a plan is no plan: "giải ngân nguồn vốn kế hoạch năm 2023 là 284 tỷ đồng"."""
_GIVEN = gated(
    r"(?<!\w)(?:được giao|được phân bổ|giao chỉ tiêu)(?: (?:dự toán|chỉ tiêu|kế hoạch)(?: thu| "
    r"chi)?)?(?: (?:trên|hơn|gần|khoảng))?\s*$"
    r"|(?<!\w)giao (?:cho )?(?:tỉnh|thành phố|tp|huyện|quận|xã|phường|đặc khu|đơn vị|thị xã|"
    r"ngành)(?: \w+){0,4}"
    r"(?: (?:thu|chi|giải ngân))?(?: (?:trên|hơn|gần|khoảng))?\s*$"
)
_PRINTED_PLAN = re.compile(r"(?:chỉ tiêu|yêu cầu|kế hoạch|mục tiêu|nghị quyết|nq)(?: \S+){0,4}\s*$")
_COMPARES = re.compile(r"(?:đạt|bằng|hoàn thành|vượt|so với|so|theo|cao hơn|thấp hơn)(?: \S+){0,2} ?$")
_PLAN_BEFORE = gated(
    r"(?:^|[\s(,;/])(?:kh|kế hoạch|nq|nghị quyết|chỉ tiêu|mục tiêu|dự toán)(?: năm| cả năm| đề ra| "
    r"giao| là| đặt ra| được giao| tỉnh giao| thành phố giao"
    r"|:| \d{4}|\s)*(?:tăng |giảm |đạt |từ |trên |dưới |khoảng |thu hút |là |đón )*$"
)
_PLAN_BEFORE_BRACKET = gated(
    r"(?:kh|kế hoạch|nq|nghị quyết|chỉ tiêu|mục tiêu|dự toán)(?: [\wà-ỹđ]+){1,8} ?\($"
)
_LIST_OF_TARGETS = re.compile(
    r"(?<!\w)(?:mục tiêu|phấn đấu|chỉ tiêu (?:chủ yếu|cơ bản|cụ thể|năm|đến năm|phát triển)|"
    r"nhiệm vụ trọng tâm|"
    r"phương hướng|các chỉ tiêu)(?!\w)"
)
_BULLET = re.compile(r"[-+*•–]|o |\(?\d{1,2}[.)] |[a-z]\) |(?:i{1,3}|i?v|vi{1,3}|i?x)[.)/] ?(?!\d)")
_ANNOUNCES = gated(
    r"(?<!\w)(?:đề ra|đặt ra|đưa ra|thông qua|xác định|thống nhất|nhất trí|quyết nghị|quyết định|xây dựng|"
    r"biểu quyết)(?: với)?(?: (?:\d+|các|một số|những|nhiều|hệ thống|nhóm|cụ thể|hai|ba|bốn|năm))* "
    r"(?:chỉ tiêu|mục tiêu)(?!\w)"
)
"""A statement of how many targets are set, and not yet of what they are."""
_TAKES_UP = re.compile(
    r"\W*(?:trọng tâm|cụ thể|theo đó|trong đó|bao gồm|gồm|nổi bật|đáng chú ý|một số (?:chỉ tiêu|mục tiêu)|"
    r"các chỉ tiêu)(?!\w)"
)
_LOOKS_BACK = gated(r"(?<!\w)(?:kết quả|thực hiện|đánh giá|tình hình|đạt|hoàn thành|vượt|so với)(?!\w)")
_PRINTED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|^[(]?\d{1,2}[.)]")
_LONGEST_HEAD = 110
"""Characters of the longest line that heads a list without a colon."""
_PARTS = re.compile(r"\W*(?:trong đó|trong số đó|trong số này)(?!\w)")
_NEXT_TASKS = re.compile(
    r"(?:\W*(?:về|trong|\d\)|[a-z]\)))?\W*(?:nhiệm vụ|phương hướng|mục tiêu|giải pháp)(?: trọng "
    r"tâm)?[^.]{0,60}?(?:quý|tháng|năm|thời gian tới|cuối năm)"
)


def status_of_list(plain: str, start: int, end: int) -> str:
    """Give the status of the list that a sentence ending in a colon opens: T, E, or "" for none said.

    "Mục tiêu năm 2024:" and "Ước thực hiện cả năm:" hold for the bulleted paragraphs below them.
    """
    if plain[end - 1] != ":":
        return "T" if _heads_targets(plain, start, end) else ""
    if _LIST_OF_TARGETS.search(plain, start, end) and not _FACT.search(plain, start, end):
        return "T"
    return "E" if _last(_ESTIMATE, plain, start, end) is not None else ""


def _heads_targets(plain: str, start: int, end: int) -> bool:
    """Tell whether a line of its own, without a figure, heads targets: "Các chỉ tiêu đến năm 2025"."""
    line = plain[start:end]
    if len(line) > _LONGEST_HEAD or line[-1] in ".;!?…," or not _LIST_OF_TARGETS.search(line):
        return False
    if (start and plain[start - 1] != "\n") or not plain.startswith("\n", end):
        return False
    return not _LOOKS_BACK.search(line) and not re.search(r"\d", _PRINTED_YEAR.sub("", line))


def announces_targets(plain: str, start: int, end: int) -> bool:
    """Tell whether a sentence says that targets are set, for the next to list: "đề ra 14 chỉ tiêu"."""
    return _ANNOUNCES.search(plain, start, end) is not None


def takes_up(plain: str, start: int) -> bool:
    """Tell whether a sentence lists what the one before announces: "Trọng tâm là …", "Cụ thể, …"."""
    return _TAKES_UP.match(plain, start) is not None


def is_bullet(plain: str, start: int) -> bool:
    """Tell whether a paragraph is an item of a list: "- Thu ngân sách …", "(2) …", "a) …"."""
    return _BULLET.match(plain, start) is not None


def goes_on(plain: str, start: int) -> bool:
    """Tell whether a sentence only takes apart what the one before says: "Trong đó, thu nội địa đạt …"."""
    return _PARTS.match(plain, start) is not None


def read_status(
    plain: str, clause: Clause, paragraph_start: int, year: int, names_own: bool = False
) -> tuple[str, str]:
    """Give the status (A, E or T) of a clause's number and the name of the rule that gave it.

    A target's or an estimate's scope runs from its word to the end of the sentence, unless the clause states
    a fact of its own ("đã đạt"); a plan printed beside a value ("KH 41%") is a target. `year`: of
    publication; `names_own`: the clause names an indicator of its own.
    """
    start, here = clause.sentence.start, clause.quantity.start
    head = plain[clause.head_start : here]
    bound = _BOUND.sub("", head) if head.rstrip().endswith(_BOUNDS) else head
    is_plan = _PLAN_IS.search(plain, clause.head_start, here) or (
        _PLAN_BEFORE.search(bound) and not _COMPARES.search(bound)
    )
    if _GIVEN.search(plain, clause.head_start, here) or (is_plan and not _SPENT.search(head)):
        return "T", "plan_printed"
    if clause.depth and clause.opened == here and _PLAN_BEFORE_BRACKET.search(plain, start, here):
        return "T", "plan_in_bracket"
    opens = min(clause.head_start, clause.opened) if clause.depth else clause.head_start
    has_fact = _FACT.search(plain, opens, here) is not None
    in_parts = plain.rfind("trong đó", start, here) > plain.rfind(";", start, here)
    estimate = _last(_ESTIMATE, plain, start, here)
    target = _first_target(plain, start, here, year)
    if (target is not None and _STANDS.search(head)) or _STANDS_BEHIND.match(plain, clause.quantity.end):
        return "A", "standing"
    if target is not None and not has_fact:
        part = plain.rfind(";", target, here)
        has_fact = part >= 0 and _BY_NOW.search(plain, part, here) is not None
    if target is not None and not has_fact and not (estimate is not None and estimate > target):
        return "T", "expected" if plain.startswith("dự kiến", target) else "target_word"
    if _NEXT_TASKS.match(plain, paragraph_start) and not has_fact:
        return "T", "next_tasks"
    if (
        estimate is not None
        and not _FACT.search(plain, estimate, here)
        and not _is_over(plain, estimate, here)
        and not (estimate < clause.head_start and names_own and _DONE.search(head) and not in_parts)
    ):
        return "E", "estimate_word"
    if clause.quantity.bound == "at_least" and _FLOOR.match(plain, clause.quantity.number_end):
        return "T", "floor"
    return "A", "actual"


def _is_over(plain: str, estimate: int, here: int) -> bool:
    """Tell whether what was said of an estimate has ended: its bracket closed, or it was one appraisal."""
    behind = plain[estimate:here]
    if plain.rfind("(", 0, estimate) > plain.rfind(")", 0, estimate) and ")" in behind:
        return True
    return ";" in behind and _APPRAISED.match(behind) is not None


def _last(regex: Gated, plain: str, start: int, end: int) -> int | None:
    found = None
    for match in regex.finditer(plain, start, end):
        found = match.start()
    return found


def _first_target(plain: str, start: int, end: int, year: int) -> int | None:
    for match in _TARGET.finditer(plain, start, end):
        before = plain[max(start, match.start() - 40) : match.start()]
        if match[0].startswith("đến năm ") and int(match[0][8:12]) < year:
            continue  # a year that is over
        if match[0] == "đề ra" and _PRINTED_PLAN.search(before):
            continue
        if not _NO_TARGET.search(before):
            return match.start()
    return None
