"""What periods an article speaks of, which one is carried from sentence to sentence, and where that ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from scraper.facts.period_deixis import WHOLE_TERM, name_periods, resolve_deixis
from scraper.facts.period_roles import REPORTING
from scraper.facts.reporting import ReportingPeriod
from scraper.facts.standing import is_stock
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period, find_periods, period_bounds, shift_years
from scraper.vietnamese.sentences import Sentence

_PLANNED = gated(r"(?:triển khai|phương hướng|nhiệm vụ|kế hoạch|giải pháp|chương trình)[^.;]{0,60}$")
_TASKS = gated(r"(?:nhiệm vụ|nghị quyết|nq|kế hoạch|chỉ tiêu|mục tiêu)(?: (?:\w+ ){0,3})?$")
_QUARTER = re.compile(r"(?<=hết )quý .*")
_TELLS = re.compile(
    r"[^.;:%\n]{0,90}?(?<!\w)(?:cho biết|công bố|thông tin|thông báo|báo cáo|phát biểu|kiểm tra|trao đổi|"
    r"tin từ|theo|ban hành|nêu|đánh giá)(?!\w)"
)
_GATHERING = gated(
    r"(?<!\w)(?:tổ chức|họp|khai mạc|hội nghị|đại hội|diễn ra|bế mạc|đối thoại|làm việc|dự|khởi công)(?!\w)"
)
_ASIDE = gated(r"(?<![^\W_] )(?:trong (?:số )?đó|(?:tính |chỉ )?riêng)(?!\w)[^;.]*$")
"""Words of a part, at the head of a sentence or behind a sign."""
_FIGURES_OF = gated(r"\((?:số liệu|tính|kết quả|thống kê)(?: (?:của|trong|theo|đến|là))* ?$")
_CLOSED_AT_END = re.compile(r"\)[\s.;]*")
_SUM_HEAD = re.compile(r"\W*(?:lũy kế|cộng dồn|bình quân)(?!\w)")
_WHOLE_YEAR = re.compile(r"(?:ước )?cả năm$|hết năm$|trong năm$|cuối năm$")


class PeriodCarrying:
    """The periods of one article in reading order, and the one that holds where none is said."""

    def __init__(self, plain: str, headline: str, published: date, sentences: Sequence[Sentence]) -> None:
        """Find the periods of a levelled text; `headline` is the levelled headline."""
        self.plain = plain
        self.published = published
        self.sentences = sentences
        named = name_periods(plain, published)
        self.past_term, self.next_term = named.past_term, named.next_term
        self.periods = named.periods
        self.reporting = ReportingPeriod(plain, headline, published, sentences, self.periods)
        self.default, self.default_kind = self.reporting.time_period, self.reporting.kind
        self.default_rule = self._default_rule()
        self.rivals = self.reporting.rivals()
        self.periods = resolve_deixis(plain, self.periods, self.reporting)
        self._starts = [period.start for period in self.periods]
        self._carried: Period | None = None
        self._in_season: Period | None = None
        """The period that was carried before a season was: it holds for what no season yields."""
        self._planned: Period | None = None
        self._paragraph = 0
        self._opens_paragraph = False
        self._inside: list[Period] = []
        self._of_all: Period | None = None
        self._deadlines: list[Period] = []
        self._last = ("", "")
        self._outside = ("", "")
        """What the last number of the sentence outside of brackets was given."""
        self._told = ""
        """The period of the last number outside of brackets."""
        self._whole = ""
        """The same, of a number that is no aside: what "Trong đó" parts."""
        self._tails: set[int] = set()
        self.season: str | None = None
        """The crop season that the paragraph spoke of last."""
        self.stock_day = ""
        """The day up to which the paragraph told something last: "đến ngày 30/9/2021"."""

    def _default_rule(self) -> str:
        if self.reporting.is_strong:
            return "default"
        return "day" if self.default_kind == "day" else "open" if self.reporting.is_open else "weak"

    def periods_in(self, start: int, end: int) -> list[Period]:
        """Give the periods that begin between two offsets."""
        return self.periods[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @property
    def term_start(self) -> str | None:
        """First year of the term that the article reports on."""
        if self.past_term is None:
            return None
        first, last = self.past_term.split("/")
        return first if int(last) - int(first) in (4, 5) else None

    def start_sentence(self, sentence: Sentence) -> None:
        """Note that the reading goes on with a sentence; the one before leaves its period behind."""
        self._sentence = sentence
        self._opens_paragraph = sentence.paragraph != self._paragraph
        if self._opens_paragraph:
            self._paragraph = sentence.paragraph
            self._carried = self._in_season = self.season = None
            self.stock_day = ""
        if self._whole and self.plain.startswith("trong đó", sentence.start):
            self._carried = Period(sentence.start, sentence.start, self._whole, "parts")
        gathers = bool(_GATHERING.search(self.plain, sentence.start, sentence.end))
        here = self.periods_in(sentence.start, sentence.end)
        here = [p for p in here if p.kind != "day" or not (gathers or self._is_of_telling(p))]
        self._deadlines = [p for p in here if p.kind == "deadline"]
        here = [p for p in here if p.kind != "deadline"]
        self._inside = self._whole_years([p for p in here if not self.reporting.compares(p)])
        days = [p.time_period for p in self._inside if p.kind == "as_of"]
        self.stock_day = days[-1] if days else self.stock_day
        self.season = next((p.time_period for p in self._inside if p.kind == "season"), self.season)
        self._of_all = next((p for p in self._inside if self._is_of_all(p)), None)
        self._tasks = [
            p for p in here
            if p.kind in ("year", *REPORTING) and _TASKS.search(self.plain, max(0, p.start - 40), p.start)
        ]  # fmt: skip
        self._tails = set()
        self._last = self._outside = ("", "")

    def _whole_years(self, here: list[Period]) -> list[Period]:
        """Give "cả năm" the year that its sentence named before it: "Năm 2023, …, cả năm đón 7,4 triệu"."""
        if len(here) < 2:
            return here
        named: Period | None = None
        for index, period in enumerate(here):
            if period.kind != "year":
                continue
            if self.plain[period.end - 1].isdigit():
                named = period
            elif named is not None and self.says_whole_year(period):
                here[index] = replace(period, time_period=named.time_period)
        return here

    def says_whole_year(self, period: Period) -> bool:
        """Tell whether a period's words are those of a whole year that they do not name: "cả năm"."""
        return bool(_WHOLE_YEAR.search(self.plain[period.start : period.end]))

    def _is_of_all(self, period: Period) -> bool:
        """Tell whether a bracket at the end says what a sentence is of: "(số liệu 3 tháng)"."""
        return bool(
            _FIGURES_OF.search(self.plain, self._sentence.start, period.start)
            and _CLOSED_AT_END.fullmatch(self.plain, period.end, self._sentence.end)
        )

    def _is_of_telling(self, day: Period) -> bool:
        """Tell whether a day is the one that figures were made known on, not the one they are of."""
        return _TELLS.match(self.plain, day.end, self._sentence.end) is not None

    def end_sentence(self, is_target: bool, first_figure: int | None) -> None:
        """Carry the period of the sentence to the next ones of the paragraph, where its kind is carried.

        `first_figure`: offset of the sentence's first quantity, None where it has none.
        """
        in_turn = self._told_in_turn()
        for named in self._inside + self._tasks:
            if named in in_turn:
                continue
            is_day = named.kind == "months" and is_stock(self.plain, named, self._sentence)
            period = replace(named, time_period=self._said(named, "A")) if is_day else named
            opens = self._opens_sentence(period)
            leads = first_figure is not None and period.start < first_figure
            if period.kind in ("span", "term"):
                if leads:
                    self._carried = period
                continue
            if self._is_bracketed(period) or period.start in self._tails or self._is_aside(period, leads):
                continue
            if period.kind in (*REPORTING, "year") and _PLANNED.search(
                self.plain, max(0, period.start - 60), period.start
            ):
                if self._sentence.paragraph > 1 and (is_target or opens):
                    self._planned = period
            elif is_target:
                if opens and leads and period.kind in (*REPORTING, "year"):
                    self._planned = replace(period, time_period=self._said(period, "T"))
            elif period.kind == "season" and any(p.kind == "as_of" for p in self._inside):
                continue
            elif period.kind in ("as_of", "season", "month"):
                is_dated = opens and leads and period.kind == "as_of" and self._tells_credit()
                weakly = (
                    leads
                    and not self.reporting.is_strong
                    and (period.kind != "season" or self._heads_sentence(period))
                )
                if (opens and period.kind == "month") or is_dated or weakly:
                    if period.kind == "season" and (self._carried is None or self._carried.kind != "season"):
                        self._in_season = self._carried
                    self._carried = period
            elif self._is_carried(period, opens, first_figure is not None):
                self._carried = period
        whole = [p for p in self._inside if self.says_whole_year(p)]
        if whole and self.default_kind == "year" and whole[-1].time_period == self.default:
            self._carried = None  # "11 tháng đạt 41.200 tấn, ước cả năm 45.000 tấn"

    def _told_in_turn(self) -> list[Period]:
        """Give the parts of the period at hand that a sentence tells one by one: "Quý I …, quý II …"."""
        whole = self._carried.time_period if self._carried is not None else self.default
        first, last = period_bounds(whole)
        parts: list[Period] = []
        for period in self._inside:
            if period.kind not in ("quarter", "month") or period.time_period == whole:
                continue
            begin, end = period_bounds(period.time_period)
            if first <= begin and end <= last:
                parts.append(period)
        return parts if len({p.time_period for p in parts}) > 1 else []

    def announce(self) -> None:
        """Let targets that follow be of the period that the sentence at hand sets them for."""
        named = [p for p in self._inside + self._tasks if p.kind in ("year", "term", *REPORTING)]
        named = [p for p in named if period_bounds(p.time_period)[1] > self.published]
        if named:
            self._planned = max(named, key=lambda p: p.start)

    def _is_aside(self, period: Period, leads: bool) -> bool:
        """Tell whether a period is only that of a part: "trong đó quý III kết nạp 9", "riêng tháng 3"."""
        summed = self.plain.startswith(("từ đầu năm", "lũy kế từ đầu năm"), period.start)
        if summed and not (leads and self._heads_sentence(period)):
            return True
        if not self._opens_paragraph and self.default_kind == "month" and self._tops_up(period):
            return True
        if self._opens_paragraph and self._opens_sentence(period):
            return False  # "Riêng quý III, …" heads what follows in its paragraph
        return _ASIDE.search(self.plain, self._sentence.start, period.start) is not None

    def _tops_up(self, period: Period) -> bool:
        """Tell whether a sentence only adds the sum since January to a month: "Lũy kế 8 tháng …"."""
        return period.kind == "months" and _SUM_HEAD.match(self.plain, self._sentence.start) is not None

    def _tells_credit(self) -> bool:
        """Tell whether the sentence at hand is about what is owed to banks, which is told as of a day."""
        return self.plain.find("dư nợ", self._sentence.start, self._sentence.end) >= 0

    def _is_carried(self, period: Period, opens: bool, has_figures: bool) -> bool:
        """Tell whether a period of a report or a year holds for the sentences after it.

        A year before the one that is reported on is but looked back at, and so is one within a term.
        """
        if period.kind in REPORTING:
            return self.reporting.is_past(period) and (has_figures or opens)
        if period.kind != "year" or not (opens and has_figures and self.reporting.is_past(period)):
            return False
        if self.default_kind == "year":
            return True
        return self.default_kind != "term" and period.time_period > self.default[:4]

    def _heads_sentence(self, period: Period) -> bool:
        return period.start - self._sentence.start <= 10

    def _opens_sentence(self, period: Period) -> bool:
        return period.start - self._sentence.start <= 30

    def _is_bracketed(self, period: Period) -> bool:
        opened = self.plain.rfind("(", self._sentence.start, period.start + 2)
        if opened < 0 or self.plain.find(")", opened, period.start) >= 0:
            return False
        return self.plain.find(")", period.start) >= 0

    def _said(self, period: Period, status: str) -> str:
        if status == "T" and period.kind == "year" and self.says_whole_year(period):
            return max(period.time_period, str(self.published.year))
        if status == "T" and period.kind in (*REPORTING, "month"):
            if quarter := _QUARTER.search(self.plain, period.start, period.end):
                named = find_periods(quarter[0], self.published)
                return named[0].time_period if named else period.time_period
            return self._in_named_year(period)
        if status == "T" and period.kind == "term" and WHOLE_TERM.match(self.plain, period.start):
            return self.next_term or period.time_period
        if period.kind == "months" and status != "T" and is_stock(self.plain, period, self._sentence):
            return period_bounds(period.time_period)[1].isoformat()
        return period.time_period

    def _in_named_year(self, period: Period) -> str:
        """Put a quarter or month without a year into the coming year that the sentence plans for."""
        if re.search(r"\d{4}", self.plain[period.start : period.end]):
            return period.time_period
        years = [
            p.time_period for p in self._inside + self._tasks if p.kind == "year" and p.start < period.start
        ]
        if not years and period_bounds(period.time_period)[1] < self.published.replace(month=1, day=1):
            return shift_years(period.time_period, 1)  # "phấn đấu 6 tháng đầu năm", said in May
        ahead = int(years[-1]) - int(period.time_period[:4]) if years else 0
        return shift_years(period.time_period, ahead) if 0 < ahead <= 1 else period.time_period
