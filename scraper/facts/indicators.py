"""Reads the reported figures of an article: quantities, their clauses, observations with evidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause, find_clauses
from scraper.facts.comparisons import Frame, opening_base
from scraper.facts.completing import complete_unit
from scraper.facts.confidence import Grounds, confidence
from scraper.facts.districts import AreaReading
from scraper.facts.masks import Mask, find_masks
from scraper.facts.measures import read_measure
from scraper.facts.places import area_of
from scraper.facts.quantities import Quantity, find_quantities
from scraper.facts.quoting import around, evidence_span
from scraper.facts.screening import is_figure, is_measured, is_unknown_unit
from scraper.facts.status import (
    announces_targets,
    goes_on,
    is_bullet,
    read_status,
    status_of_list,
    takes_up,
)
from scraper.facts.subjects import Subjects
from scraper.facts.table_rows import Table, find_tables
from scraper.facts.tables import TableReader
from scraper.facts.timeline import Timeline
from scraper.facts.topics import find_topic, topic_of_office
from scraper.items import Article, Evidence, Meeting, Observation, Problem
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import period_bounds
from scraper.vietnamese.sentences import Sentence, level, split_sentences
from scraper.vietnamese.vocabulary import find_indicators

_GUESTS = re.compile(r"khách", re.IGNORECASE)
_INDEX = re.compile(r"(?<!\w)(?:chỉ số|pci|par index|papi|sipas|ddci|dti)(?!\w)", re.IGNORECASE)
_COMRADES = re.compile(r"đồng chí|đ/c")
_CROPS = gated(r"(?<!\w)(?:lúa (?:mùa|xuân|hè thu|đông xuân|chiêm)|vụ (?:xuân|mùa|đông|hè))(?!\w)")


_HARVESTED = frozenset({"crop_yield", "food_output"})
"""What a season yields, told behind what was sown in it."""
_NEW_LEVEL = gated(r"(?<!\w)(?:còn|xuống|lên)(?!\w)[^,;]*$")
_DIGIT = re.compile(r"\d")
_COMMUNE = re.compile(r"\d{5}$|phường|xã|thị trấn|đặc khu")
_LONGEST_MASK = 1000
_SAID_PERIODS = frozenset({"clause", "sentence", "behind", "carried", "bracket"})
_AHEAD = 0.85
"""What part of a period is to come where what is said of it is a task."""
_DENSE = 120
"""More numbers than this in one sentence are no prose, and the rest of them is not read."""


@dataclass(slots=True)
class _Text:
    """One field of the article, made ready."""

    field: str
    text: str
    plain: str


def read_indicators(
    article: Article, reading: AreaReading, meetings: Sequence[Meeting] = ()
) -> tuple[list[Observation], list[Problem]]:
    """Read the observations of an article (facts.md §4), and what looked like one and was not understood.

    `reading`: the article's areas; `meetings`: its meetings.
    """
    day = reading.reference_day
    if day is not None:
        return _Reader(article, reading, meetings, day).read()
    return _read_undated(article, reading, meetings)


def _read_undated(
    article: Article, reading: AreaReading, meetings: Sequence[Meeting]
) -> tuple[list[Observation], list[Problem]]:
    """Read an article without a day: what would be of another year were it a year younger stays unread."""
    anchor = reading.reference.anchor
    found, problems = _Reader(article, reading, meetings, anchor).read()
    later, _ = _Reader(article, reading, meetings, anchor + timedelta(days=365)).read()
    settled = {(o.evidence, o.obs_value, o.time_period, o.obs_status) for o in later}
    kept = [o for o in found if (o.evidence, o.obs_value, o.time_period, o.obs_status) in settled]
    open_ones = [o for o in found if o not in kept]
    detail = "a figure whose year neither the text nor a date of publication settles"
    return kept, problems + [Problem("facts", "period_open", detail, o.evidence.quote) for o in open_ones]


_LEAD = 160
"""Characters of the body in which an article names the office that it has its figures from."""
_ROUNDED = Decimal("1.15")
"""How much more than the headline's "hơn" a number of the body may be to be the same."""


class _Reader:
    def __init__(
        self, article: Article, reading: AreaReading, meetings: Sequence[Meeting], published: date
    ) -> None:
        self.article = article
        self.areas = reading
        self.problems: list[Problem] = []
        self.found: list[Observation] = []
        headline = level(article.headline)
        self.topic = find_topic(headline) or topic_of_office(headline, level(article.body_text[:_LEAD]))
        self._was_estimate = False
        """True where the sentence before ended with an estimate."""
        self._slice_base: str | None = None
        """The base of the last change of the sentence before, which "Trong đó" takes on."""
        self._slice_plan: str | None = None
        """The plan that the sentence before was measured against last."""
        self._past_base: str | None = None
        """The base of the last percent of an earlier period there."""
        self._to_come = (-1, "")
        """The sentence that told last what is still to come, and when."""
        self._list_status = ""
        """The status that the head of a bulleted list gives to its items."""
        self.published = published
        self.is_city = len(reading.ref_area) == 2 or reading.ref_area.startswith("tỉnh")
        self.is_commune = _COMMUNE.match(reading.ref_area) is not None

    def read(self) -> tuple[list[Observation], list[Problem]]:
        body = _Text("body_text", self.article.body_text, level(self.article.body_text))
        self._read_text(body)
        here = len(self.found)
        if _DIGIT.search(self.article.headline):
            self._read_text(_Text("headline", self.article.headline, level(self.article.headline)))
        if len(self.found) == here:
            return _distinct(self.found), self.problems
        seen = {(o.obs_value, o.unit_measure, o.unit_mult) for o in self.found[:here]}
        titles = [o for o in self.found[here:] if (o.obs_value, o.unit_measure, o.unit_mult) not in seen]
        titles = [o for o in titles if o.indicator != "other" and not _is_rounded(o, self.found[:here])]
        return _distinct(self.found[:here] + titles), self.problems

    def _read_text(self, source: _Text) -> None:
        plain = source.plain
        sentences = split_sentences(source.text)
        timeline = Timeline(plain, level(self.article.headline), self.published, sentences)
        masks = find_masks(plain)
        mentions = find_indicators(plain, headline=level(self.article.headline))
        subjects = Subjects(plain, source.text, mentions, timeline.periods, self.topic)
        tables = find_tables(plain)
        self._read_tables(source, tables, timeline)
        paragraph_start, announced = 0, False
        self._list_status = ""
        for index, sentence in enumerate(sentences):
            if any(table.start <= sentence.start < table.end for table in tables):
                continue
            if index == 0 or sentences[index - 1].paragraph != sentence.paragraph:
                paragraph_start = sentence.start
                subjects.start_paragraph()
                if not is_bullet(plain, sentence.start):
                    self._list_status = ""
            in_list, here = self._list_status, len(self.found)
            if announced and sentence.start != paragraph_start and takes_up(plain, sentence.start):
                self._list_status = "T"
            self._read_sentence(source, sentence, paragraph_start, timeline, masks, subjects)
            headed = status_of_list(plain, sentence.start, sentence.end)
            announced = len(self.found) == here and announces_targets(plain, sentence.start, sentence.end)
            if headed == "T" or announced:
                timeline.announce()
            self._list_status = headed or in_list

    def _read_tables(self, source: _Text, tables: Sequence[Table], timeline: Timeline) -> None:
        if not tables:
            return
        reader = TableReader(source.text, source.plain, self.areas, self.published, timeline.period_of_table)
        for table in tables:
            reader.read(table)
        self.found += reader.found
        self.problems += reader.problems

    def _read_sentence(
        self,
        source: _Text,
        sentence: Sentence,
        paragraph_start: int,
        timeline: Timeline,
        masks: list[Mask],
        subjects: Subjects,
    ) -> None:
        plain = source.plain
        timeline.start_sentence(sentence)
        subjects.start_sentence(sentence.start, sentence.end)
        periods = timeline.periods_in(sentence.start, sentence.end)
        first = bisect_left(masks, sentence.start - _LONGEST_MASK, key=lambda mask: mask.start)
        last = bisect_left(masks, sentence.end, key=lambda mask: mask.start)
        quantities = find_quantities(plain, sentence.start, sentence.end, masks[first:last], periods)
        if len(quantities) > _DENSE:
            quote = source.text[sentence.start : sentence.start + 200]
            self.problems.append(
                Problem("facts", "too_dense", "a sentence with more numbers than prose has", quote)
            )
            quantities = quantities[:_DENSE]
        quantities = [q for q in quantities if self._is_counted(source, sentence, q)]
        frame = Frame(self.is_city, self.is_commune, None, timeline.term_start)
        frame.open_base = opening_base(plain, sentence.start, sentence.end, timeline.term_start)
        if goes_on(plain, sentence.start):
            frame.slice_base, frame.past_base = self._slice_base, self._past_base
            frame.slice_plan = self._slice_plan
        is_target = False
        is_part = self._was_estimate and goes_on(plain, sentence.start)
        self._was_estimate = False
        for clause in find_clauses(plain, sentence, quantities):
            names_own = subjects.names_one(clause.head_start, clause.quantity.start)
            status, status_rule = read_status(plain, clause, paragraph_start, self.published.year, names_own)
            if is_part and status_rule == "actual":
                status, status_rule = "E", "estimate_parts"
            if self._list_status and status_rule == "actual":
                status, status_rule = self._list_status, "list_head"
            self._was_estimate = status == "E"
            is_target = is_target or status == "T"
            self._read_clause(source, clause, status, status_rule, timeline, subjects, frame)
        self._slice_base, self._past_base = frame.slice_base, frame.past_base
        self._slice_plan = frame.plans[-1] if frame.plans else frame.slice_plan
        timeline.end_sentence(is_target, quantities[0].start if quantities else None)

    def _is_counted(self, source: _Text, sentence: Sentence, quantity: Quantity) -> bool:
        """Tell whether a quantity can be a figure; note one whose unit no table lists."""
        follows = source.plain[quantity.end : quantity.end + 2].strip()
        if not quantity.unit and not quantity.mult and follows and follows[0] not in ",;.)(=/":
            if is_unknown_unit(source.plain, sentence, quantity):
                quote = around(source.plain, source.text, sentence, quantity)
                detail = "a number whose unit or noun no table lists"
                self.problems.append(Problem("facts", "unit_not_understood", detail, quote))
            return False
        return is_figure(source.plain, sentence, quantity)

    def _read_clause(
        self,
        source: _Text,
        clause: Clause,
        status: str,
        status_rule: str,
        timeline: Timeline,
        subjects: Subjects,
        frame: Frame,
    ) -> None:
        plain, quantity = source.plain, clause.quantity
        if not quantity.unit:
            completed = complete_unit(plain, clause, frame)
            if completed is None:
                if is_measured(plain, clause.head_start, quantity.start):
                    self._problem("unit_missing", "a number that is measured but has no unit", source, clause)
                return
            quantity = completed
            clause = replace(clause, quantity=quantity)
        spans = [
            (m.start, m.end) for m in self.areas.mentions_in(clause.head_start, quantity.start, source.field)
        ]
        subject = subjects.subject_of(clause, spans)
        if subject is None:
            self._problem("no_subject", "a number with a unit, but nothing that it is about", source, clause)
            return
        is_crop = _CROPS.search(plain, clause.head_start, clause.tail_end) is not None
        is_crop = is_crop or (subject.key in _HARVESTED and timeline.season is not None)
        told_as = "A" if status_rule.startswith("plan_") else status
        goes_on = subject.rule == "carried" and not _NEW_LEVEL.search(plain, clause.gap_start, quantity.start)
        period, period_rule = timeline.period_of(clause, told_as, is_crop, goes_on)
        if status_rule.startswith("plan_"):
            period = timeline.plan_period(period)
        if period_rule == "last_year" and status == "E":
            status, status_rule = "A", "actual"
        area, area_rule = area_of(self.areas, source.field, plain, clause)
        if "ước" in plain[clause.head_start : quantity.start]:
            frame.estimate_area = area
        elsewhere = frame.estimate_area not in (None, area)
        if (
            status_rule == "estimate_word"
            and elsewhere
            and ";" in plain[clause.sentence.start : quantity.start]
        ):
            status, status_rule = "A", "elsewhere"
        status, status_rule = self._settled(plain, clause, status, status_rule, period, period_rule)
        frame.period = period
        if (
            quantity.unit == "party_member"
            and subject.key == "other"
            and _COMRADES.search(plain, quantity.number_end, quantity.end)
        ):
            return
        beside = status_rule.startswith("plan_") or period_rule == "last_year"
        if ";" in plain[clause.gap_start : clause.head_start] and not subject.rule.startswith("slice"):
            frame.in_parts = False
        if "trong đó" in plain[clause.gap_start : quantity.start]:
            frame.in_parts = True
        reading = read_measure(plain, clause, subject, frame, beside)
        if reading is None:
            return
        frame.remember(reading, clause)
        if subject.key == "cpi" and reading.base == "previous_period":
            frame.change_base = reading.base
        bound = quantity.bound
        if bound == "from":
            bound = "at_least" if status == "T" else "exact"
        start, end = evidence_span(plain, source.text, clause, subject, reading)
        sign = Decimal(reading.sign)
        upper = quantity.upper * sign if quantity.upper is not None else None
        self.found.append(
            Observation(
                indicator_name=subject.name[:200],
                indicator=subject.key,
                breakdown=subject.breakdown,
                measure=reading.measure,
                base=reading.base,
                obs_value=quantity.value * sign,
                obs_value_upper=upper,
                unit_measure=_unit_of(reading.unit, subject),
                unit_mult=quantity.mult,
                bound=bound,
                obs_status=status,
                time_period=period,
                ref_area=area,
                evidence=Evidence(source.text[start:end], start, end, source.field),
                confidence=confidence(
                    Grounds(
                        subject=subject.rule,
                        origin=subject.origin,
                        is_slice=subject.breakdown is not None,
                        period=period_rule,
                        is_own_period=period == timeline.default,
                        rivals=timeline.rivals,
                        status=status_rule,
                        area=area_rule,
                        is_own_area=area == self.areas.ref_area,
                        own_area=self.areas.own_rule,
                        own_share=self.areas.own_share,
                        measure=reading.rule,
                        sure=reading.sure,
                    )
                ),
                rule=f"{_traced(subject)}/{reading.rule}/{period_rule}/{status_rule}/{area_rule}",
            )
        )

    def _settled(
        self, plain: str, clause: Clause, status: str, rule: str, period: str, period_rule: str
    ) -> tuple[str, str]:
        """Let the period correct the status: what is still to come is a target, what is long over is a "
        "fact."""
        if period_rule not in _SAID_PERIODS:
            return status, rule
        first, last = period_bounds(period)
        lies_ahead = first > self.published or (
            period_rule == "clause"
            and len(period) > 4
            and (last - self.published).days > _AHEAD * (last - first).days > 0
        )
        goes_on = period_rule == "sentence" and self._to_come == (clause.sentence.start, period)
        if status == "A" and (lies_ahead or goes_on):
            self._to_come = (clause.sentence.start, period)
            return "T", "to_come"
        if rule == "expected" and first <= self.published:
            return "E", "estimate_word"
        own_word = "ước" in plain[clause.head_start : clause.quantity.start]
        if status == "E" and rule == "estimate_word" and not own_word and (self.published - last).days > 150:
            return "A", "long_over"
        return status, rule

    def _problem(self, kind: str, detail: str, source: _Text, clause: Clause) -> None:
        quote = source.text[clause.head_start : clause.tail_end].strip()
        self.problems.append(Problem("facts", kind, detail, quote))


def _unit_of(unit: str, subject: Subject) -> str:
    """Give the unit's code where only what is counted tells it: "lượt" of guests, "điểm" of an index."""
    if unit == "lượt" and (
        _GUESTS.search(subject.name) or subject.key in ("tourist_arrivals", "international_tourists")
    ):
        return "visit"
    if unit == "điểm" and _INDEX.search(subject.name):
        return "index_point"
    return unit


def _traced(subject: Subject) -> str:
    """Name the rule of a subject, with the rule that named it first where it was carried."""
    return subject.rule if subject.origin in ("", subject.rule) else f"{subject.rule}<{subject.origin}"


def _is_rounded(title: Observation, found: Sequence[Observation]) -> bool:
    """Tell whether a headline's "hơn 71 ngàn hộ" is but a round form of a number that the body has."""
    if title.bound != "at_least":
        return False
    sign = -1 if title.obs_value < 0 else 1
    lower = sign * title.obs_value.scaleb(title.unit_mult)
    for o in found:
        value = sign * o.obs_value.scaleb(o.unit_mult)
        is_alike = o.measure == title.measure and o.unit_measure == title.unit_measure
        if is_alike and o.indicator in (title.indicator, "other") and lower <= value <= lower * _ROUNDED:
            return True
    return False


def _distinct(found: Sequence[Observation]) -> list[Observation]:
    """Leave out what says the same as an observation before it (facts.md §6)."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for o in found:
        name = o.indicator if o.indicator != "other" else o.indicator_name
        key = (name, o.measure, o.base, o.obs_value, o.obs_value_upper,
               o.unit_measure, o.unit_mult, o.obs_status, o.time_period, o.ref_area)  # fmt: skip
        if key not in seen:
            seen.add(key)
            kept.append(o)
    return kept
