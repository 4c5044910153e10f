"""Which period a number describes: its clause's own, else the last one said, else what the article reports on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from scraper.facts.clauses import Clause
from scraper.vietnamese.periods import Period, find_periods
from scraper.vietnamese.sentences import Sentence, level

_COMPARED = re.compile(
    r"(?:so với|so|cùng kỳ|cùng thời điểm|dự toán|kế hoạch|kh|lần|thực hiện so|với|cao hơn|thấp hơn|chủ đề|festival|lễ hội|kỳ họp|bằng|%"
    r"|nghị quyết|của|sinh|giá so sánh|giá|cùng|nq|chuẩn|khóa|trước|quyết định|luật|từ|hơn|nhiệm vụ)"
    r"(?: (?:thực hiện|mức|cả|của|thời điểm|với|kỳ|giao|thường lệ))?[\s(]*$"
)
_STRONG_COMPARED = re.compile(
    r"(?:so với|so|cùng kỳ|cùng thời điểm|cùng|lần|kế hoạch|dự toán|kh|bằng|hơn)(?: (?:thực hiện|mức|cả|thời điểm))?[\s(]*$"
)
_REPORTING = ("months", "half", "quarter")
_PLANNING = re.compile(r"(?:triển khai|phương hướng|nhiệm vụ|kế hoạch|giải pháp|chương trình)[^.;]{0,60}$")
_REVIEWED = re.compile(
    r"(?:kết quả|tổng kết|sơ kết|đánh giá|kiểm điểm|tình hình|công tác|báo cáo)[^.;]{0,80}$"
)
_WHOLE_TERM = re.compile(r"(?<!\w)(?:toàn|cả|trong|suốt|qua|hết) nhiệm kỳ(?! \d)")
_NOW = re.compile(r"(?<!\w)(?:hôm nay|sáng nay|chiều nay|tối nay)(?!\w)")


class Timeline:
    """The periods of one article in reading order."""

    def __init__(self, plain: str, headline: str, published: date, sentences: Sequence[Sentence]) -> None:
        """Find the periods of a levelled text; `headline` is the headline as printed."""
        self.plain = plain
        self.published = published
        self.periods = self._all(plain, published)
        self.sentences = sentences
        lead_end = next((s.end for s in sentences if s.paragraph > 1), len(plain))
        self.term = next((p.time_period for p in self.periods if p.kind == "term"), None)
        self.default, self.default_kind = self._choose(headline, lead_end)
        self._carried: dict[bool, Period | None] = {False: None, True: None}
        self._crop = None

    def _all(self, plain: str, published: date) -> list[Period]:
        found = find_periods(plain, published)
        term = next((p.time_period for p in found if p.kind == "term"), None)
        extra = [
            Period(m.start(), m.end(), published.isoformat(), "as_of")
            for m in _NOW.finditer(plain)
            if not any(p.start <= m.start() < p.end for p in found)
        ]
        if term:
            extra += [Period(m.start(), m.end(), term, "term") for m in _WHOLE_TERM.finditer(plain)]
        return sorted(found + extra, key=lambda p: p.start)

    @property
    def term_start(self) -> str | None:
        """First year of the term that the article speaks of."""
        return self.term[:4] if self.term else None

    def _choose(self, headline: str, lead_end: int) -> tuple[str, str]:
        plain_headline = level(headline)
        titled = find_periods(plain_headline, self.published)
        for period in titled:
            if period.kind in _REPORTING and not _PLANNING.search(plain_headline[: period.start]):
                return period.time_period, period.kind
        lead = [p for p in self.periods if p.end <= lead_end and p.kind in (*_REPORTING, "year", "month")]
        for period in lead:
            before = self.plain[max(0, period.start - 90) : period.start]
            if period.kind in _REPORTING and self._is_past(period) and not self._compares(period):
                return period.time_period, period.kind
            if period.kind in ("year", "month") and _REVIEWED.search(before) and self._is_past(period):
                if not re.search(r"nhiệm vụ[^,;]*$", before) or "thực hiện nhiệm vụ" in before:
                    return period.time_period, period.kind
        for period in titled:
            if period.kind in ("year", "month") and self._is_past(period):
                return period.time_period, period.kind
        for period in self.periods:
            if period.kind in (*_REPORTING, "span") and self._is_past(period) and not self._compares(period):
                return period.time_period, period.kind
        for period in self.periods:
            if period.kind in ("year", "term") and self._is_past(period) and not self._compares(period):
                if self._opens_sentence(period):
                    return period.time_period, period.kind
        for period in self.periods:
            if (
                period.kind == "year"
                and period.time_period == str(self.published.year)
                and period.end <= lead_end
            ):
                return period.time_period, period.kind
        return str(self.published.year), "year"

    def _is_past(self, period: Period) -> bool:
        first = period.time_period[:4]
        if period.kind in ("year", "term"):
            return int(first) <= self.published.year
        if "-Q" in period.time_period:
            return (int(first), int(period.time_period[6]) * 3 - 3) < (
                self.published.year,
                self.published.month,
            )
        if "-S2" in period.time_period:
            return (int(first), 10) < (self.published.year, self.published.month)
        return first <= str(self.published.year) and period.time_period[:10] <= self.published.isoformat()

    def _compares(self, period: Period) -> bool:
        before = self.plain[max(0, period.start - 26) : period.start]
        if period.kind in ("months", "half", "quarter", "as_of", "span", "month"):
            return bool(_STRONG_COMPARED.search(before))
        return bool(_COMPARED.search(before))

    def _opens_sentence(self, period: Period) -> bool:
        sentence = next((s for s in self.sentences if s.start <= period.start < s.end), None)
        return sentence is not None and period.start - sentence.start <= 30

    def start_sentence(self, sentence: Sentence) -> None:
        """Note that the reading goes on with a sentence; the one before leaves its period behind."""
        self._sentence = sentence
        self._inside = [
            p
            for p in self.periods
            if sentence.start <= p.start < sentence.end and p.kind != "day" and not self._compares(p)
        ]

    def end_sentence(self, is_target: bool) -> None:
        """Carry the period of the sentence to the next ones, where it is of a kind that is carried."""
        for period in self._inside:
            if self._is_bracketed(period):
                continue
            opens = self._opens_sentence(period)
            if period.kind in _REPORTING or (period.kind in ("year", "term", "span") and opens) or (
                period.kind == "term" and "nhiệm kỳ" in self.plain[period.start : period.end] and " " in
                self.plain[period.start : period.end]
            ):  # fmt: skip
                if is_target or self._is_past(period):
                    self._carried[is_target] = period

    def _is_bracketed(self, period: Period) -> bool:
        opened = self.plain.rfind("(", self._sentence.start, period.start + 2)
        return opened >= 0 and self.plain.find(")", opened, period.start) < 0 and (
            self.plain.find(")", period.start) >= 0
        )  # fmt: skip

    def period_of(self, clause: Clause, status: str, is_crop: bool = False) -> tuple[str, str]:
        """Give the SDMX period of a clause's number and the name of the rule that gave it."""
        here = clause.quantity.start
        own = [p for p in self._inside if clause.head_start <= p.start < here]
        if clause.depth:
            bracketed = [p for p in self._inside if clause.opened <= p.start < here]
            if bracketed:
                return bracketed[-1].time_period, "bracket"
        own = [p for p in own if not self._is_closed(p, here)]
        if own:
            return own[-1].time_period, "clause"
        behind = [p for p in self._inside if clause.quantity.end <= p.start <= clause.tail_end]
        behind = [p for p in behind if p.end <= clause.next_start]
        if behind:
            return behind[0].time_period, "behind"
        before = [p for p in self._inside if p.start < here and not self._is_closed(p, here)]
        if before:
            return before[-1].time_period, "sentence"
        if is_crop:
            return (self.default[:4], "crop")
        carried = self._carried[status == "T"]
        if carried is not None:
            return carried.time_period, "carried"
        if status == "T":
            return self._next_period(), "next"
        return self.default, "default"

    def _is_closed(self, period: Period, here: int) -> bool:
        return self._is_bracketed(period) and ")" in self.plain[period.end : here]

    def _next_period(self) -> str:
        year = int(self.default[:4])
        if len(self.default) == 4 and self.default < str(self.published.year + (self.published.month > 10)):
            return str(year + 1)
        return str(year)
