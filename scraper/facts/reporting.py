"""The period that an article as a whole reports on, where a clause names none of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from scraper.facts.period_roles import (
    PLANNING,
    REPORTING,
    compares,
    congress_term,
    is_planned,
    period_before,
)
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period, find_periods, months_from_january, period_bounds
from scraper.vietnamese.sentences import Sentence

_REVIEWED = gated(
    r"(?:kết quả|tổng kết|sơ kết|đánh giá|kiểm điểm|tình hình|công tác|báo cáo|thực hiện)[^.;]{0,80}$"
)
_SCHOOL_YEAR = gated(
    r"(?<!\w)(?:tổng kết|sơ kết|kết quả|kết thúc|bế giảng)[^.;\d]{0,40}năm học(?! (?:mới|\d))"
)
_SINGLE = ("year", "month", "school_year", "season", "term")
_EMERGENCY = gated(
    r"(?<!\w)(?:bão|lũ|lụt|lốc|sạt lở|cháy|khẩn cấp|khẩn|dịch|covid|ca mắc|cách ly|xét nghiệm|cứu hộ|cứu nạn|"
    r"động đất|mưa lớn|ứng phó)(?!\w)"
)
"""What happens within days: its numbers are of the day, where others are of the year."""
_REGULAR = re.compile(r"thường lệ,? (?:vào )?(giữa|cuối) năm(?: ((?:19|20)\d{2}))?")
_UNFINISHED = 40
"""Days that a year may have to go when it is summed up."""
_RUNNING = 300
"""Days that a term may have to go when it is summed up."""
_ANNIVERSARY = 1200
_EVENT = 24
_BEGUN = 9
"""Days of a month that are too few to report on."""
_NEAR = 20
"""Characters between two periods of one list."""
_LONG_OVER = 130
"""Days after which a year that is over is told of as the past, not reported on."""
_GATHERS = gated(
    r"(?<!\w)(?:thường kỳ|phiên họp|họp|giao ban|hội nghị|tổ chức|khai mạc|diễn ra|lễ|hội|kỳ họp)(?!\w)"
)


class ReportingPeriod:
    """Chooses the period that an article reports on: headline, lead, then body; else its day."""

    def __init__(
        self,
        plain: str,
        headline: str,
        published: date,
        sentences: Sequence[Sentence],
        periods: Sequence[Period],
    ) -> None:
        """`plain` and `headline` are levelled; `periods` are those of the text."""
        self.plain, self.headline, self.published = plain, headline, published
        self.sentences, self.periods = sentences, periods
        self._starts = [sentence.start for sentence in sentences]
        self._titled = find_periods(headline, published)
        self._comparing: dict[tuple[int, int, str], bool] = {}
        self.is_strong = False
        """True where headline or lead say that the period is reviewed."""
        self.is_open = False
        """True where nothing names a period, and it is but the year of publication."""
        self.event_day = ""
        self.closing_day = ""
        """The day at the end of the period that what is owed is told of, beside sums over the period."""
        self.time_period, self.kind = self._choose()
        self.month = self._month()
        """The month that is reported on, alone or as the last of several."""
        self.spans = self._spans()

    def rivals(self) -> int:
        """Count the different periods that the text reports on: with many, one alone is less sure."""
        return len({
            p.time_period for p in self.periods
            if p.kind in ("year", "month", *REPORTING) and self.is_past(p) and not self.compares(p)
        })  # fmt: skip

    def _spans(self) -> dict[str, str]:
        """Give the days that a nominal period stands for, where only they are said with figures.

        The reporting months of police and army run from the 15th: "6 tháng" is 15/12 to 14/6; and what a
        headline calls a month can be counted up to a day: "từ đầu năm đến ngày 20/1".
        """
        if self.kind not in (*REPORTING, "month"):
            return {}
        lead_end = max((s.end for s in self.sentences if s.paragraph == 1), default=0)
        if any(p.time_period == self.time_period and p.start > lead_end for p in self.periods):
            return {}
        first, last = period_bounds(self.time_period)
        for period in self.periods:
            if not self.is_past(period):
                continue
            begin, end = period_bounds(period.time_period)
            if period.kind == "span":
                if abs((end - begin).days - (last - first).days) <= 4 and abs((begin - first).days) <= 31:
                    return {self.time_period: period.time_period}
            elif period.kind == "as_of" and self._is_up_to(period):
                short = 20 if self.kind == "month" else 3
                if not -3 <= (last - end).days <= short:
                    continue
                if self._is_told_before(period):
                    self.closing_day = period.time_period
                    continue
                return {self.time_period: period.time_period}
        return {}

    def _is_told_before(self, day: Period) -> bool:
        """Tell whether figures of the period itself are told before those up to a day."""
        return any(
            p.time_period == self.time_period and p.end < day.start and self._has_figures(p)
            for p in self.periods
            if self._sentence_of(p) is not self._sentence_of(day)
        )

    def _is_up_to(self, period: Period) -> bool:
        """Tell whether a day is the only period that the body's first statement and all after it name."""
        sentence = self._sentence_of(period)
        if sentence is None or sentence.paragraph > 2 or not self._has_figures(period):
            return False
        others = (p for p in self.periods if p.start > period.end and p.kind in (*REPORTING, "month"))
        return not any(self.is_past(p) and not self.compares(p) for p in others)

    def _choose(self) -> tuple[str, str]:
        """Try what says most of an article first: each stage gives a period or leaves it to the next."""
        first_end = max((s.end for s in self.sentences if s.paragraph == 1), default=len(self.plain))
        lead_end = max((s.end for s in self.sentences if s.paragraph <= 2), default=len(self.plain))
        every = self._titled
        titled = [p for p in every if self.is_past(p) and not compares(self.headline, p)]
        body = [p for p in self.periods if self.is_past(p) and not self.compares(p)]
        lead = [p for p in body if p.end <= first_end]
        reviewed = self._titled_month(titled) or self._reviewed(self.headline, titled)
        reviewed = reviewed or self._of_titled_year(titled, self._reviewed(self.plain, lead))
        if reviewed is not None and not self._is_unfinished(reviewed):
            self.is_strong = bool(titled) or bool(_REVIEWED.search(self.plain, 0, reviewed.start))
            return reviewed.time_period, reviewed.kind
        if (school_year := self._school_year(body)) is not None:
            self.is_strong = True
            return school_year, "school_year"
        congress = congress_term(self.plain[:first_end], self.headline, self.periods, self.published)
        if congress is not None:
            return congress, "term"
        for period in titled:
            is_closed = period.kind in ("year", "month", "school_year") and not self._is_unfinished(period)
            if is_closed and not is_planned(self.headline, period):
                return period.time_period, period.kind
        if (session := self._session(first_end)) is not None:
            self.is_strong = True
            return session
        before_plan = self._before_plan(every, first_end)
        return before_plan or self._summed(body, *self._of_body(titled, lead, body, lead_end, reviewed))

    def _school_year(self, body: Sequence[Period]) -> str | None:
        """Give the school year of the text that a headline without a year sums up: "tổng kết năm học"."""
        if not _SCHOOL_YEAR.search(self.headline):
            return None
        named = [p.time_period for p in body if p.kind == "school_year"]
        return named[0] if named and len(set(named)) == 1 else None

    def _summed(self, body: Sequence[Period], time_period: str, kind: str) -> tuple[str, str]:
        """Give the months up to a month instead of it where the text sums them up: a session of August
        hears of eight months."""
        if kind != "month":
            return time_period, kind
        months = months_from_january(int(time_period[:4]), int(time_period[5:]))
        found = next((p for p in body if p.time_period == months and p.kind in REPORTING), None)
        return (months, "months") if found else (time_period, kind)

    def _of_body(
        self,
        titled: Sequence[Period],
        lead: Sequence[Period],
        body: Sequence[Period],
        lead_end: int,
        reviewed: Period | None,
    ) -> tuple[str, str]:
        """Choose by what opens the statements of the text; the day where nothing does."""
        named = {p.time_period for p in (*titled, *lead) if p.kind == "year"}
        closing = any(p.kind == "year" and self._closes(p) for p in (*titled, *lead))
        own_year = str(self.published.year)
        body = [p for p in body if p.kind != "year" or own_year not in named or p.time_period == own_year]
        for period in body:
            is_now = period.kind == "as_of" and period_bounds(period.time_period)[1] == self.published
            a_day_of_it = period.kind == "as_of" and closing
            if self._reports(period, lead_end) and not is_now and not a_day_of_it:
                return period.time_period, period.kind
        for period in body:
            if period.kind in REPORTING:
                return period.time_period, period.kind
        if reviewed is not None:
            return reviewed.time_period, reviewed.kind
        for period in body:
            if period.kind == "year" and self._closes(period) and self._has_figure_near(period):
                return period.time_period, "year"
        for period in titled:
            if period.kind == "year" and period.time_period == str(self.published.year):
                return period.time_period, "year"
        if _EMERGENCY.search(f"{self.headline}\n{self.plain[:lead_end]}"):
            return self._day(lead), "day"
        self.is_open = True
        self.event_day = self._day(lead)
        return own_year, "year"

    def _of_titled_year(self, titled: Sequence[Period], told: Period | None) -> Period | None:
        """Give the year that the headline alone names in place of its last quarter in the text."""
        if told is None or len(titled) != 1 or titled[0].kind != "year":
            return told
        is_last = told.time_period == f"{titled[0].time_period}-Q4"
        return titled[0] if is_last and not is_planned(self.headline, titled[0]) else told

    def _titled_month(self, titled: Sequence[Period]) -> Period | None:
        """Find the month that the headline alone reports on: "Thu ngân sách tháng 10 đạt 108 tỷ đồng"."""
        if len(titled) != 1 or titled[0].kind != "month":
            return None
        before = self.headline[max(0, titled[0].start - 60) : titled[0].start]
        named_after = _GATHERS.search(before) or is_planned(self.headline, titled[0])
        return None if named_after else titled[0]

    def _before_plan(self, titled: Sequence[Period], first_end: int) -> tuple[str, str] | None:
        """Give the period before the one that headline or lead say is planned for, where it is just over.

        Who gathers in January to plan the year reports on the year before, and in July on the first half.
        """
        lead = [p for p in self.periods if p.end <= first_end]
        for text, found in ((self.headline, titled), (self.plain, lead)):
            for period in found:
                if period.kind not in ("year", "month", *REPORTING) or not is_planned(text, period):
                    continue
                first, last = period_bounds(period.time_period)
                begins = (first - self.published).days
                ahead = (last - first).days // 3
                if -min(75, ahead) <= begins <= 45 and (before := period_before(period)):
                    return before, period.kind
        return None

    def _is_unfinished(self, period: Period) -> bool:
        """Tell whether a year has so far to go that what it reports must be of a part of it."""
        return (
            period.kind == "year"
            and (period_bounds(period.time_period)[1] - self.published).days > _UNFINISHED
        )

    def _session(self, first_end: int) -> tuple[str, str] | None:
        """Give the half or the year that a regular council session looks back on."""
        match = _REGULAR.search(self.plain, 0, first_end)
        if match is None:
            return None
        year = int(match[2] or self.published.year)
        if match[1] == "giữa":
            return f"{year}-S1", "half"
        return str(year - (self.published.month <= 2 and not match[2])), "year"

    def _month(self) -> str:
        for text, found in ((self.headline, self._titled), (self.plain, self.periods)):
            for period in found:
                if (
                    period.kind == "month"
                    and self.is_past(period)
                    and not is_planned(text, period)
                    and not compares(text, period)
                    and not self._has_begun(period)
                ):
                    return period.time_period
        last = period_bounds(self.time_period)[1]
        last = min(last, self.published) if self.kind in REPORTING or self.kind == "year" else self.published
        if last == self.published and last.day <= _BEGUN:
            last -= timedelta(days=last.day)  # "trong tháng", said on the first days of the next
        return last.isoformat()[:7]

    def _has_begun(self, month: Period) -> bool:
        """Tell whether a month has only begun: who meets in it hears of the one before."""
        return 0 <= (self.published - period_bounds(month.time_period)[0]).days <= _BEGUN

    def _reviewed(self, text: str, found: Sequence[Period]) -> Period | None:
        """Find the period that headline or lead says is reviewed: "sơ kết quý I", "tổng kết năm 2019"."""
        for period in found:
            if period.kind in REPORTING and not is_planned(text, period):
                return self._longest_to(period, found)
        for period in found:
            if period.kind not in _SINGLE:
                continue
            before = text[max(0, period.start - 90) : period.start]
            is_body_term = period.kind == "term" and text is not self.headline and "đại hội" in before
            if not is_body_term and _REVIEWED.search(before) and not PLANNING.search(before):
                return period
        return None

    def _longest_to(self, period: Period, found: Sequence[Period]) -> Period:
        """Give the longest period that is named beside one and ends with it: "quý III và 9 tháng"."""
        first, last = period_bounds(period.time_period)
        for other in found:
            begin, end = period_bounds(other.time_period)
            if (
                other.kind in REPORTING
                and end == last
                and begin < first
                and other.start - period.end <= _NEAR
            ):
                return other
        return period

    def _day(self, lead: Sequence[Period]) -> str:
        for period in lead:
            if (
                period.kind == "day"
                and 0 <= (self.published - period_bounds(period.time_period)[0]).days <= 12
            ):
                return period.time_period
        return self.published.isoformat()

    def _is_long(self, period: Period) -> bool:
        first, last = period_bounds(period.time_period)
        return _EVENT < (last - first).days < _ANNIVERSARY

    def _reports(self, period: Period, lead_end: int) -> bool:
        """Tell whether a period of the body opens a statement with figures."""
        opens = self._opens(period)
        if period.kind in REPORTING:
            return period.start - self._sentence_start(period) <= 80
        if period.kind == "span":
            return self._is_long(period) or (period.end <= lead_end and opens and self._is_no_event(period))
        if period.kind == "as_of":
            return period.start - self._sentence_start(period) <= 80 and period.end <= lead_end
        last = period_bounds(period.time_period)[1]
        if period.kind == "year" and (self.published - last).days > _LONG_OVER:
            return False
        running = (last - self.published).days > _RUNNING
        if period.kind == "term" and running:
            return False
        if period.kind in ("year", "term", "month") and re.search(
            r"\d", self.plain[period.start : period.end]
        ):
            words = self.plain[self._sentence_start(period) : period.start]
            return (
                opens or bool(re.search(r"[,:](?: ước| đến| riêng| hết| cả| trong)* $", words))
            ) and self._has_figures(period)
        return False

    def _is_no_event(self, period: Period) -> bool:
        """Tell whether a stretch of days is what figures are of, not when something was held."""
        sentence = self._sentence_of(period)
        if sentence is None or not self._has_figures(period):
            return False
        return not _GATHERS.search(self.plain, sentence.start, sentence.end)

    def _closes(self, period: Period) -> bool:
        """Tell whether a year ends, or has ended, about the day of publication."""
        return -75 <= (period_bounds(period.time_period)[1] - self.published).days <= 75

    def _sentence_of(self, period: Period) -> Sentence | None:
        index = bisect_right(self._starts, period.start) - 1
        return self.sentences[index] if index >= 0 and period.start < self.sentences[index].end else None

    def _has_figure_near(self, period: Period) -> bool:
        sentence = self._sentence_of(period)
        return sentence is not None and bool(
            re.search(r"\d[\d.,]*\s?(?:%|tỷ|triệu|nghìn|[a-zđ])", self.plain[sentence.start : period.start])
            or self._has_figures(period)
        )

    def _has_figures(self, period: Period) -> bool:
        sentence = self._sentence_of(period)
        end = sentence.end if sentence else len(self.plain)
        return bool(re.search(r"\d[\d.,]*\s?(?:%|tỷ|triệu|nghìn|[a-zđ])", self.plain[period.end : end]))

    def _sentence_start(self, period: Period) -> int:
        sentence = self._sentence_of(period)
        return sentence.start if sentence else 0

    def _opens(self, period: Period) -> bool:
        return period.start - self._sentence_start(period) <= 30

    def compares(self, period: Period) -> bool:
        """Tell whether a period of the text is only what something is compared with; judged once for each."""
        key = period.start, period.end, period.kind
        known = self._comparing.get(key)
        if known is None:
            known = self._comparing[key] = compares(self.plain, period)
        return known

    def is_past(self, period: Period) -> bool:
        """Tell whether a period lies before the publication, or is near its end by then."""
        first, last = period_bounds(period.time_period)
        if period.kind in REPORTING and last > self.published:
            return (last - self.published).days <= 25 and first < self.published
        return first <= self.published
