"""What stands at a moment and is no sum over a period: debts, members, what a term leaves behind."""

from __future__ import annotations

import re
from datetime import date

from scraper.facts.clauses import Clause
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period
from scraper.vietnamese.sentences import Sentence

_STANDS = gated(
    r"(?<!\w)(?:đại diện(?: cho)?|thay mặt(?: cho)?|đến nay|tới nay|hiện(?: nay| có)?|"
    r"(?:xuống |chỉ |giảm )?còn|dân số|(?:có )?diện tích tự nhiên|có diện tích|đảng bộ cấp trên trực tiếp|"
    r"nâng (?:tổng )?số|nâng \w+ lên|sinh hoạt tại|trực thuộc)(?!\w)[^;]*$"
)
_OF_IT = re.compile(r"\s*(?:của|ở|với|gồm|thuộc|tại|trong|và|sinh hoạt)(?!\w)")
_FLOWS = gated(r"(?<!\w)(?:xây|làm|hoàn thành|kết nạp|giải quyết|xử lý|tổ chức|thực hiện)(?!\w)")
_MONTH_END = re.compile(r"(?:tính )?(?:đến|tới) (?:hết |cuối )tháng")
_STOCK = re.compile(
    r"(?<!\w)(?:dư nợ|nợ (?:thuế|bhxh|bảo hiểm|đọng|xấu)|số tiền nợ|nguồn vốn|người (?:đang )?tham gia|"
    r"(?:hiện )?(?:có|còn) [\d.]+|số hộ|tỷ lệ|tổng số|đang hoạt động|đang quản lý)(?!\w)"
)


def standing_year(plain: str, period: str, clause: Clause, published: date, rule_before: str) -> str | None:
    """Give the year in which a count or rate stands that an article on a term tells: how the term ends.

    "Đại diện cho 3.412 đảng viên", "hộ nghèo còn 0,98%", "20/20 xã đạt chuẩn" are no sums over the years.
    `rule_before`: the rule that gave the period of the number before this one in its sentence.
    """
    if len(period) != 9 or period[4] != "/" or int(period[5:]) - int(period[:4]) < 3:
        return None
    if not int(period[:4]) <= published.year <= int(period[5:]) + 1:
        return None
    quantity = clause.quantity
    head = plain[clause.gap_start : quantity.start]
    goes_on = rule_before == "standing" and _OF_IT.match(head)
    if goes_on or _STANDS.search(head) or (quantity.whole is not None and not _FLOWS.search(head)):
        return str(min(int(period[5:]), published.year))
    return None


def is_stock(plain: str, period: Period, sentence: Sentence) -> bool:
    """Tell whether a month's end is when something was counted, not how far it was summed up."""
    if not _MONTH_END.match(plain, period.start, period.end):
        return False
    return _STOCK.search(plain, sentence.start, sentence.end) is not None
