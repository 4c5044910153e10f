"""What the columns of a printed table hold, by their heads: names, units, amounts, plans, comparisons.

A head is read by the first of `_ROLES` that fits it; a new kind of column is one more row there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scraper.facts.bases import plan_base
from scraper.facts.period_roles import compares
from scraper.vietnamese.periods import find_periods, shift_years
from scraper.vietnamese.units import Unit, read_mult, read_unit
from scraper.vietnamese.vocabulary import find_indicators

_NUMBERING = re.compile(r"(?:stt|tt|số tt|số thứ tự|#|no\.?)$")
_UNIT_HEAD = re.compile(r"(?:đơn vị(?: tính)?|đvt|đv tính|đv)(?: ?\(.*\))?$")
NAME_HEAD = re.compile(
    r"(?:các |tên |một số )?(?:chỉ tiêu|nội dung|danh mục|tiêu chí|ngành|lĩnh vực|sản phẩm|mặt hàng|"
    r"khoản|nguồn|địa phương|đơn vị|huyện|quận|xã|phường|hạng mục|nhóm|loại)(?!\w)"
)
_PLAN = r"(?<!\w)(?:kế hoạch|kh|dự toán|dt|chỉ tiêu|mục tiêu|nghị quyết|nq|được giao|giao)(?!\w)"
_AGAINST = r"(?:(?<!\w)so(?!\w)|%|tỷ lệ|(?<!\w)đạt(?!\w)|bằng|mức độ|(?<!\w)th\s?/)"
_LAST_TIME = r"(?:cùng kỳ|cùng thời điểm|cùng tháng|ck(?!\w)|năm trước|năm ngoái)"
_CHANGE = r"(?:tăng|giảm|tốc độ|\+\s?/?\s?-|chênh lệch)"
_ROLES = (
    ("plan_ratio", re.compile(rf"{_AGAINST}.*{_PLAN}|{_PLAN}.*%|hoàn thành")),
    ("change", re.compile(rf"{_CHANGE}.*(?:so|{_LAST_TIME}|%|trước)|(?:so|{_LAST_TIME}).*{_CHANGE}")),
    ("multiple", re.compile(rf"(?<!\w)so(?!\w)|{_LAST_TIME}.*%|%.*{_LAST_TIME}|/\s?{_LAST_TIME}")),
    ("share", re.compile(r"tỷ trọng|cơ cấu|tỷ lệ|^\(?%\)?$")),
    ("past", re.compile(_LAST_TIME)),
    ("plan", re.compile(_PLAN)),
    ("level", re.compile(
        r"thực hiện|(?<!\w)th(?!\w)|ước|kết quả|số lượng|giá trị|tổng số|số tiền|lũy kế|cộng dồn|"
        r"(?<!\w)số (?!tt)|sơ bộ|chính thức|hiện có|đạt được"
    )),
)  # fmt: skip
_ESTIMATE = re.compile(r"(?<!\w)(?:ước|dự kiến|dự ước|ut)(?!\w)")
_BASES = (
    ("same_period", re.compile(r"cùng|(?<!\w)ck(?!\w)")),
    ("start_of_period", re.compile(r"cuối năm|đầu năm|31/12|tháng 12|đầu kỳ")),
    ("previous_period", re.compile(r"(?:tháng|quý|kỳ|vụ|nhiệm kỳ) trước")),
    ("previous_year", re.compile(r"năm (?:trước|ngoái|\d{4})")),
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BARE_RATE = re.compile(r"(?:tỷ lệ|tỉ lệ|đạt tỷ lệ|tỷ lệ đạt)? ?%?")
_YEAR_ALONE = re.compile(r"(?:19|20)\d{2}")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d{2}(?!\d)")
_PRICES = re.compile(r"(?:giá|gốc) (?:(?:so sánh|cố định|gốc) )?(?:năm )?\d{4}")
_ABSOLUTE = re.compile(r"(?:số|mức|giá trị) (?:tuyệt đối|tăng|giảm)|chênh lệch|tuyệt đối")


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column are."""

    role: str
    """name, unit, numbering, level, past, plan, plan_ratio, change, multiple, share; "" not understood."""
    base: str | None = None
    status: str = "A"
    period: str | None = None
    unit: Unit | None = None
    """The unit in the head's brackets, where it prints one."""
    indicator: str | None = None
    """The key of the indicator that the head names, in tables whose rows are areas or parts."""
    label: str = ""
    """The head as printed, without its brackets."""


def read_unit_words(plain: str) -> Unit | None:
    """Read the unit that a cell or a bracket holds as a whole: "Nghìn lít" → (lít, 3); None for no words.

    A unit that no table of ours lists is kept as printed, in lower case: its column says that it is one.
    """
    words = plain.strip(" :.()")
    if not words or re.search(r"\d(?!$)", words) or len(words) > 40:
        return None
    unit = read_unit(f" {words}", 0)
    if unit is not None and unit.end >= len(words) + 1:
        return unit
    mult, after = read_mult(f" {words}", 0)
    rest = f" {words}"[after:].strip() if mult else words
    return Unit(rest, mult, len(words), is_noun=True) if rest else None


def paired_heads(
    first: Sequence[str], second: Sequence[str], first_length: int, second_length: int
) -> list[tuple[int, int | None]] | None:
    """Say of each column of a head of two rows which cell of either names it; None where that is not sure.

    Args:
        first: The upper row, padded to the table's width; a cell that spans columns stands in the first of
            them and leaves the others empty.
        second: The lower row, padded in the same way, empty below cells that span both rows; or, in texts
            that do not keep empty cells, only the cells below those that span columns.
        first_length: Cells of the upper row as printed.
        second_length: Cells of the lower row as printed.

    A pair is (place in the upper row, place in the lower row or None).
    """
    if "" in first[:first_length] or "" in second[:second_length]:
        return _paired_in_place(first, second)
    return _paired_by_count(first[:first_length], second[:second_length], len(first))


def joined_head(first: Sequence[str], second: Sequence[str], upper: int, lower: int | None = None) -> str:
    """Return a column's head as one phrase, the lower row's words first: "Thực hiện" under "Năm 2023"."""
    if lower is None or not second[lower].strip():
        return first[upper]
    words = second[lower].strip()
    if _YEAR_ALONE.fullmatch(words):
        words = f"năm {words}"
    above = first[upper].strip()
    if words.lower().endswith("năm") and above.lower().startswith("năm "):
        above = above[4:]  # "Cả năm" under "Năm 2023"
    return f"{words} {above}".strip()


def _paired_in_place(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int | None]] | None:
    pairs: list[tuple[int, int | None]] = []
    group = 0
    for place, (upper, lower) in enumerate(zip(first, second, strict=True)):
        if upper.strip():
            group = place
        elif not lower.strip():
            return None  # a column that neither row names
        names_itself = not upper.strip() and not first[group].strip()
        pairs.append((place if names_itself else group, place if lower.strip() else None))
    named = next((i for i, upper in enumerate(first) if not _NUMBERING.match(upper.strip())), 0)
    # Words below the head of the names are the first row of names, not a second row of heads.
    return None if first[named].strip() and second[named].strip() else pairs


def _paired_by_count(
    first: Sequence[str], second: Sequence[str], width: int
) -> list[tuple[int, int | None]] | None:
    groups = len(first) + len(second) - width
    if not 0 < groups < len(first) or len(second) % groups or len(second) // groups < 2:
        return None
    own, each = len(first) - groups, len(second) // groups
    # Which cells span columns is not said: it is sure where all before them are names and units.
    if not all(_NUMBERING.match(c) or _UNIT_HEAD.match(c) or NAME_HEAD.match(c) for c in first[:own]):
        return None
    if any(_UNIT_HEAD.match(c) for c in first[own:]):
        return None
    pairs: list[tuple[int, int | None]] = [(place, None) for place in range(own)]
    return pairs + [(own + place // each, place) for place in range(len(second))]


def read_head(cells: Sequence[str], printed: Sequence[str], published: date, is_city: bool) -> list[Column]:
    """Read the head row of a table.

    `cells`: levelled; `printed`: the same as printed; `published`: for periods without a year;
    `is_city`: the article is about a province. A column that is not understood has an empty role.
    """
    columns: list[Column] = []
    named = False
    for cell, shown in zip(cells, printed, strict=True):
        column = _column(cell, shown, published, is_city, named)
        named = named or column.role == "name"
        columns.append(column)
    return _with_periods(columns)


def _column(cell: str, shown: str, published: date, is_city: bool, named: bool) -> Column:
    cell = cell.strip()
    if _NUMBERING.match(cell):
        return Column("numbering")
    if not named:
        return Column("name", label=shown.strip()) if not cell or not _is_measured(cell) else Column("")
    if _UNIT_HEAD.match(cell):
        return Column("unit")
    brackets = _BRACKET.findall(cell)
    unit = next((u for b in brackets if (u := read_unit_words(b)) and (u.code or u.mult)), None)
    bare = _BRACKET.sub(" ", cell).strip(" ,:")
    role = next((name for name, regex in _ROLES if regex.search(cell)), "")
    if _ABSOLUTE.search(cell) and role in ("plan_ratio", "change", "multiple"):
        return Column("")  # a difference in the row's unit, which is not always said
    period = _period(bare, published)
    if role in ("level", "past", "plan", "share"):
        years = set(_YEAR.findall(_PRICES.sub("", bare)))
        if period is None and role == "plan" and len(years) == 1:
            period = years.pop()
        elif len(years) > 1 or (years and (period is None or period[:4] not in years)):
            return Column("")  # a year that goes into no period: of what time the cells are, is not sure
    found = find_indicators(bare)
    key = found[0].key if found else None
    if not role and (period or key or (unit is not None and read_unit(f" {brackets[0]}", 0))):
        role = "level"
    if role == "plan" and unit is not None and unit.code == "percent":
        role = "plan_ratio"
    if role == "level" and unit is not None and unit.code == "percent" and key is None:
        role = "share"
    status = "T" if role == "plan" else "E" if _ESTIMATE.search(bare) else "A"
    base = None
    if role == "plan_ratio":
        base = plan_base(re.sub(r".*?(?=" + _PLAN + ")", "", bare, count=1) or bare, is_city, False)
    elif role in ("change", "multiple"):
        base = next((name for name, regex in _BASES if regex.search(bare)), "same_period")
    return Column(role, base, status, period, unit, key, _BRACKET.sub(" ", shown).strip(" ,:"))


def _is_measured(cell: str) -> bool:
    """Tell whether a head can be no column of names: "Thực hiện", "So với kế hoạch (%)"."""
    return "%" in cell or (
        not NAME_HEAD.match(cell) and any(regex.search(cell) for name, regex in _ROLES if name != "plan")
    )


def _period(cell: str, published: date) -> str | None:
    if match := _YEAR_ALONE.fullmatch(cell):
        return match[0]
    found = [p for p in find_periods(cell, published) if not compares(cell, p)]
    return found[0].time_period if found else None


def _with_periods(columns: Sequence[Column]) -> list[Column]:
    """Give plans, comparisons and last year's amounts the period and status of the amount beside them."""
    levels = [c for c in columns if c.role == "level"]
    here = levels[-1] if levels else None
    columns = [_of_plan(c, columns[:index]) for index, c in enumerate(columns)]
    if here is not None and here.indicator:
        columns = [
            replace(c, indicator=c.indicator or here.indicator) if c.role in ("plan", "plan_ratio") else c
            for c in columns
        ]
    result = []
    for index, column in enumerate(columns):
        before = [c for c in columns[:index] if c.role == "level"]
        beside = before[-1] if before else here
        if beside is not None and column.role in ("plan_ratio", "change", "multiple"):
            column = replace(column, period=column.period or beside.period, status=beside.status)
        elif here is not None and here.period and column.period is None:
            if column.role == "past":
                column = replace(column, period=shift_years(here.period, -1))
            elif column.role == "plan":
                column = replace(column, period=here.period[:4])
        result.append(column)
    return result


def _of_plan(column: Column, before: Sequence[Column]) -> Column:
    """Read a bare "Tỷ lệ (%)" behind a plan and what was done of it as the percent of that plan."""
    roles = [c.role for c in before]
    if column.role != "share" or column.indicator or not _BARE_RATE.fullmatch(column.label.lower()):
        return column
    if "plan" not in roles or "level" not in roles[roles.index("plan") :]:
        return column
    plan = before[roles.index("plan")]
    return replace(column, role="plan_ratio", base=plan.base or "annual_plan")
