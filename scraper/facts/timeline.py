"""Which period a number describes: its clause's own, else the last one said, else the article's."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.facts.clauses import Clause
from scraper.facts.period_carrying import PeriodCarrying
from scraper.facts.period_roles import REPORTING, compares
from scraper.facts.standing import standing_year
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period, period_bounds, shift_years

_WEEK = gated(r"(?<!\w)tuần(?: thứ)?(?: \d{1,2}| qua| vừa qua| này| đầu| cuối)? \($")
"""A week, whose days a bracket gives: "trong tuần 32 (từ ngày 7 đến 13/8), toàn tỉnh …"."""
_TURNS = gated(r"(?<!\w)(?:song|nhưng|tuy nhiên)(?!\w)")
_OWN_RULES = frozenset({"clause", "bracket", "behind", "last_year", "yearly"})
_OF_CONTEXT = frozenset({"sentence", "carried", "default", "weak", "open"})
_RECENT = 130
"""Days since the end of a period that "hiện" can still mean."""
_PAUSE = re.compile(r"[;,.()]")
_YEAR_IN_BRACKETS = re.compile(r"\s?\((?:(?:cuối |đầu )?năm )?\d{4}\)")
_EACH_YEAR = gated(r"(?<!\w)(?:hằng|hàng|mỗi) năm(?!\w)")
_ONE_YEAR = gated(r"(?<!\w)riêng (?:trong )?năm (?:20\d\d|nay)(?!\w)")
_NOW = gated(r"(?<!\w)(?:(?<!thực )(?<!phát )(?<!thể )(?<!xuất )(?<!biểu )hiện|đến nay|tới nay)(?!\w)")
_YEAR_BEFORE = gated(
    r"(?:(?<![^\W_] )(?<!% )|(?<=còn )|(?<=trong khi ))cùng kỳ(?: năm)?(?: (?:trước|ngoái|(20\d\d)))?,? "
    r"(?:(?!tăng|giảm|bằng)[^,;%])*$"
)
_RATE_BEFORE = gated(
    r"(?:[,;] ?|trong khi |còn )(?:mức )?cùng kỳ(?: năm)?(?: (?:trước|ngoái|(20\d\d)))?"
    r"(?: (?:chỉ|là|đạt|mới|ở mức|khoảng|gần|trên|hơn))+ $"
)
"""The rate of a year before: "đạt 7,3% kế hoạch, cùng kỳ chỉ 2,1%"."""
_YEARLY = re.compile(r"\s?/\s?(?:hàng |mỗi )?năm(?!\w)|\s?/hàng năm")
_LAST_YEAR = gated(
    r"\(\s?(?:cùng kỳ)(?:(?: năm)? (?:trước|ngoái|\d{4}))?(?: là| đạt| chỉ| tăng| giảm| có|:)*[^,;)\d]{0,20}$"
    r"|so với cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?,? \((?:so với )?(?:chỉ |là |đạt |khoảng |hơn |gần )*$"
    r"|\(so với (?:mức )?(?:chỉ |khoảng |hơn |gần )*$"
)
_OF_NO_SEASON = frozenset({
    "con", "VND", "USD", "person", "household", "party_member", "party_cell", "case", "enterprise", "project",
    "commune", "visit", "km", "job", "school", "hồ sơ", "sản phẩm", "tiêu chí",
})  # fmt: skip
_NO_CROP = gated(
    r"(?<!\w)(?:rừng|chăn nuôi|đàn|gia súc|gia cầm|thủy sản|thịt|trứng|sữa|cây ăn quả|cây lâu năm|"
    r"cây công nghiệp|công nghiệp|đầu tư|ngân sách|nông thôn mới)(?!\w)"
)
_ALONE = gated(r"(?<![^\W_] )(?:tính |chỉ )?riêng(?!\w)[^;.]*$")
_OWED = gated(r"(?<!\w)(?:dư nợ|nợ xấu|nợ quá hạn|nguồn vốn|vốn huy động)(?!\w)")


class Timeline(PeriodCarrying):
    """Gives each number of an article its period."""

    def _is_closed(self, period: Period, here: int) -> bool:
        """Tell whether a period stands in a bracket that closed again; one that a colon follows heads a "
        "list."""
        if not self._is_bracketed(period) or ")" not in self.plain[period.end : here]:
            return False
        if self.plain.startswith("):", self.plain.find(")", period.end)):
            return False
        if period.kind == "span" and _WEEK.search(self.plain, self._sentence.start, period.start):
            return False
        opens = period.start - self._sentence.start <= 45 and period.kind == "span"
        return not opens or bool(re.search(r"\d{3}|%", self.plain[self._sentence.start : period.start]))

    def period_of(
        self, clause: Clause, status: str, is_crop: bool = False, goes_on: bool = False
    ) -> tuple[str, str]:
        """Give the SDMX period of a clause's number and the name of the rule that gave it.

        `goes_on`: the number says more of what the one before it counts: a percent of it, a change.
        """
        period, rule = self._period_of(clause, status, is_crop)
        before = self._last if clause.depth else self._outside
        if goes_on and before[0] and rule not in _OWN_RULES:
            return before
        if self._of_all is not None and rule in _OF_CONTEXT and not clause.depth:
            period, rule = self._of_all.time_period, "sentence"
        elif rule in _OF_CONTEXT and (
            year := standing_year(self.plain, period, clause, self.published, self._last[1])
        ):
            period, rule = year, "standing"
        days = self.reporting.spans.get(period, period)
        if rule in ("clause", "sentence") and len(days) == 10 and days == str(period_bounds(period)[1]):
            days = period  # a sum over the period that the sentence names, not a count on its last day
        if rule in _OF_CONTEXT and (day := self._day_of_stock(clause, days)):
            days = day
        self._last = days, rule
        if not clause.depth or rule == "clause":
            self._told = days
            if rule != "clause" or not self._whole or not self._is_beside(clause):
                self._whole = days
        if not clause.depth:
            self._outside = self._last
        return self._last

    def _is_beside(self, clause: Clause) -> bool:
        """Tell whether a number stands in an aside at its sentence's end: "…; riêng quý III tăng 6,15%"."""
        return _ALONE.search(self.plain, self._sentence.start + 3, clause.quantity.start) is not None

    def _day_of_stock(self, clause: Clause, period: str) -> str | None:
        """Give the day that what is owed stands on, where a sum up to that day was told before it."""
        day = self._carried.time_period if self._carried else self.default
        if len(day) != 10:
            day = self.stock_day or self.reporting.closing_day or day
        if (
            len(day) != 10
            or len(period) == 10
            or not _OWED.search(self.plain, clause.head_start, clause.quantity.start)
        ):
            return None
        return day if period_bounds(period)[1].isoformat() == day else None

    def _period_of(self, clause: Clause, status: str, is_crop: bool) -> tuple[str, str]:
        here = clause.quantity.start
        is_amount = clause.quantity.unit not in ("percent", "percentage_point", "times")
        looks_back = clause.depth and (is_amount or self.plain.startswith("cùng kỳ", clause.opened))
        if looks_back and _LAST_YEAR.search(self.plain, max(0, clause.opened - 40), here):
            return shift_years(self._period(replace(clause, depth=0), status, is_crop)[0], -1), "last_year"
        if not clause.depth and self._told:
            before = (_YEAR_BEFORE if is_amount else _RATE_BEFORE).search(self.plain, clause.gap_start, here)
            if before is not None:
                back = int(before[1]) - int(self._told[:4]) if before[1] else -1
                return shift_years(self._told, back), "last_year"
        yearly = _YEARLY.match(self.plain, clause.quantity.end) and clause.quantity.unit == "percent"
        if yearly or _EACH_YEAR.search(self.plain, clause.head_start, here):
            term = self._term_of(clause, status)
            if term is not None and not self._is_of_one_year(clause):
                return term, "yearly"
        return self._period(clause, status, is_crop)

    def _is_of_one_year(self, clause: Clause) -> bool:
        """Tell whether "riêng năm 2024" takes one year out of those that are averaged."""
        return _ONE_YEAR.search(self.plain, clause.head_start, clause.quantity.start) is not None

    def _term_of(self, clause: Clause, status: str) -> str | None:
        """Give the years that an average or yearly number covers: those named before it, else the term."""
        here = clause.quantity.start
        if status == "T":
            return self.next_term
        terms = [p for p in self._inside if p.kind == "term" and p.start < here]
        years = [p.time_period for p in self._inside if p.kind == "year" and p.start < here]
        if not terms and len(years) > 1 and years[0] < years[-1]:
            return f"{years[0]}/{years[-1]}"
        return terms[-1].time_period if terms else self.past_term

    def _period(self, clause: Clause, status: str, is_crop: bool) -> tuple[str, str]:
        here = clause.quantity.start
        inside = self._inside
        if status == "T":
            inside = sorted({*inside, *self._tasks, *self._deadlines}, key=lambda p: p.start)
        bracketed = [p for p in inside if clause.depth and clause.opened <= p.start < here]
        if bracketed:
            return self._said(bracketed[-1], status), "bracket"
        open_ones = [p for p in inside if not self._is_closed(p, here)]
        own = [p for p in open_ones if clause.head_start <= p.start < here]
        ahead = own and own[-1].kind in REPORTING and status == "A" and not self.reporting.is_past(own[-1])
        is_wide = own and own[-1].kind in ("year", "term")
        if (is_wide or ahead) and _NOW.search(self.plain, own[-1].end, here):
            own = []
        if own and own[-1].kind == "season" and (dated := [p for p in own if p.kind == "as_of"]):
            own = dated  # "đến ngày 15/10, đã xuống giống vụ mùa được …"
        behind = self._behind(clause, inside)
        if own and not (own[-1].kind == "year" and behind is not None):
            return self._said(own[-1], status), "clause"
        if behind is not None:
            if not self.plain.startswith("đến", behind.start):
                self._tails.add(behind.start)
            return self._said(behind, status), "behind"
        if status == "A" and self._is_now(clause, open_ones):
            last = [p for p in open_ones if p.start < here and p.kind in ("as_of", *REPORTING)]
            last = [p for p in last if self.reporting.is_past(p)]
            if last:
                return last[-1].time_period, "sentence"
            if self._carried and self._carried.kind != "season" and self._is_recent(self._carried):
                return self._carried.time_period, "carried"
            if self.default_rule == "open" and self.reporting.event_day:
                return self.reporting.event_day, "day"
            return self.default, self.default_rule
        before = [p for p in open_ones if p.start < here and p.start not in self._tails]
        if len(before) > 1 and _TURNS.search(self.plain, before[-1].end, here):
            before = before[:1]
        if len(before) > 1 and self.says_whole_year(before[-1]) and self._opens_sentence(before[0]):
            before = before[:-1]
        if before:
            return self._said(before[-1], status), "sentence"
        if is_crop and self.default_kind in (*REPORTING, "year", "month"):
            return self.season or self.default[:4], "crop"
        if status == "T":
            return (self._planned.time_period, "planned") if self._planned else (self._next_period(), "next")
        carried = self._carried
        if carried is not None and carried.kind == "season" and self._is_of_no_season(clause):
            carried = self._in_season
        if carried is not None:
            return carried.time_period, "carried"
        return self.default, self.default_rule

    def _is_of_no_season(self, clause: Clause) -> bool:
        """Tell whether a number is of herds, woods, fish, people or money, which no crop season parts."""
        if clause.quantity.unit in _OF_NO_SEASON:
            return True
        return _NO_CROP.search(self.plain, clause.head_start, clause.tail_end) is not None

    def _is_recent(self, period: Period) -> bool:
        return (self.published - period_bounds(period.time_period)[1]).days <= _RECENT

    def _is_now(self, clause: Clause, open_ones: list[Period]) -> bool:
        """Tell whether "hiện" or "đến nay" was said since the last period before a number in its sentence."""
        here = clause.quantity.start
        if _NOW.search(self.plain, clause.head_start, here):
            return True
        before = [p.end for p in open_ones if p.start < here]
        return _NOW.search(self.plain, max([self._sentence.start, *before]), here) is not None

    def _behind(self, clause: Clause, inside: list[Period]) -> Period | None:
        if clause.quantity.unit == "times":
            return None
        if clause.quantity.end < len(self.plain) and (year := self._in_bracket(clause, inside)):
            return year
        stop = _PAUSE.search(self.plain, clause.quantity.end, clause.next_start)
        limit = stop.start() if stop else clause.next_start
        for period in inside:
            if clause.quantity.end <= period.start and period.end <= limit:
                near = period.start - clause.quantity.end <= 70
                return (
                    period
                    if near and (period.end <= clause.tail_end or stop or limit == clause.sentence.end)
                    else None
                )
        return None

    def _in_bracket(self, clause: Clause, inside: list[Period]) -> Period | None:
        """Give the year that stands alone in brackets behind a number: "từ 4,96% (2015)"."""
        end = clause.quantity.end
        if not _YEAR_IN_BRACKETS.match(self.plain, end):
            return None
        return next((p for p in inside if end < p.start <= end + 2), None)

    def period_of_table(self, start: int) -> tuple[str, str]:
        """Give the period of a table that names none: what the words above it name, else the article's."""
        above = self.plain.rfind("\n", 0, max(0, start - 2)) + 1
        named = [
            p for p in self.periods
            if above <= p.start < start and p.kind in (*REPORTING, "year", "month", "span", "term")
            and not compares(self.plain, p)
        ]  # fmt: skip
        return (named[-1].time_period, "caption") if named else (self.default, self.default_rule)

    def plan_period(self, period: str) -> str:
        """Give the period of a plan printed beside a value of a period: its year, or its quarter."""
        if period_bounds(period)[1] > self.published:
            return period
        words = self.plain[self._sentence.start : self._sentence.end]
        if len(period) == 9 and "/" in period:
            return period
        return period if "-Q" in period and "kế hoạch quý" in words else period[:4]

    def _next_period(self) -> str:
        year = int(self.default[:4])
        if (
            period_bounds(self.default)[1] <= self.published
            and self.default_kind == "year"
            and len(self.default) == 4
        ):
            return str(year + 1)
        if len(self.default) == 4 and self.published.month >= 11 and year == self.published.year:
            return str(year + 1)
        if self.default_kind == "term" or ("/" in self.default and len(self.default) == 9):
            return self.next_term or str(self.published.year)
        return str(year)
