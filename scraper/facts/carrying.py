"""Subjects that the vocabulary does not name: carried from before, or named by their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.facts.clauses import Clause
from scraper.facts.naming import Naming
from scraper.facts.topics import is_revenue, takes
from scraper.facts.wording import slice_name
from scraper.vietnamese.gates import gated
from scraper.vietnamese.periods import Period
from scraper.vietnamese.vocabulary import Mention, indicators

_BY_SUM = re.compile(r" (?:với )?(?:tổng )?(?:số tiền|kinh phí|trị giá)(?: là)?$")
SUM = re.compile(r"(?:với )?(?:tổng )?(?:số tiền|kinh phí|trị giá|số vốn|vốn|tổng số tiền|giá trị)")
"""Words that say only that a sum of money comes, and not what for."""
GOES_ON = gated(r"\W*(?:trong đó|riêng|cụ thể|bao gồm|trong số này|trong số đó)(?!\w)")


@dataclass(slots=True, unsafe_hash=True)
class Subject:
    """The thing that a number measures."""

    key: str
    name: str
    breakdown: str | None
    start: int
    """Where its words begin, for the evidence."""
    rule: str
    own_key: bool = False
    """True where the clause itself names the indicator."""
    own_name: bool = False
    """True where the clause names a thing of its own, in the vocabulary or not."""
    is_rate: bool = False
    is_flow: bool = False
    is_growth: bool = False
    sure: float = 0.9
    unit: str = ""
    """The unit that it was last counted in."""
    origin: str = ""
    """The rule that named it first, wherever it was carried from."""

    def copy(self) -> Subject:
        """Give another one that is the same: `dataclasses.replace` takes five times as long."""
        return Subject(
            self.key, self.name, self.breakdown, self.start, self.rule, self.own_key, self.own_name,
            self.is_rate, self.is_flow, self.is_growth, self.sure, self.unit, self.origin,
        )  # fmt: skip


_RECRUITS = frozenset({"person", "party_member", "percent"})
_QUALITIES = frozenset({"other", "graduation_rate", "party_members", "union_members"})
_QUALITY = re.compile(
    r"trình độ|tốt nghiệp|đại học|cao đẳng|trung cấp|thpt|thcs|văn hóa 12|sức khỏe|sức khoẻ|đảng viên|"
    r"tình nguyện|"
    r"công dân|thanh niên|tân binh|dân tộc|tôn giáo|đoàn viên"
)
"""What is told of recruits: parts of their number, not of graduates or members."""


_INVESTED = frozenset({"investment_projects", "fdi_attracted", "domestic_investment_attracted"})


class Carrying:
    """What was said so far in an article, and what a number without a name goes on with."""

    def __init__(
        self,
        plain: str,
        text: str,
        mentions: Sequence[Mention],
        periods: Sequence[Period],
        topic: str | None = None,
    ) -> None:
        """`text`: the article's text as printed; `plain`: its levelled form; `topic`: its one topic."""
        self.plain, self.text, self.topic = plain, text, topic
        self.mentions, self.periods = mentions, periods
        self.naming = Naming(plain, text, periods)
        self.last: Subject | None = None
        self._main: Subject | None = None
        """What was spoken of before its parts ("trong đó")."""
        self._resumed = False
        """True where the number at hand goes back to that."""
        self._fraction: Subject | None = None
        """What the sentence counted last as so many of so many."""
        self._zip: list[Subject] = []
        """Whose numbers follow in turn ("lần lượt")."""
        self._stack: list[Subject | None] = []
        self._said: list[Subject] = []
        self._before: list[Subject] = []
        """What the paragraph before spoke of."""
        self._here: Sequence[Mention] = ()
        self._sentence_start = 0

    def start_paragraph(self) -> None:
        """Put aside what the paragraph before was about."""
        if self._said:
            self._before = self._said
        self.last = self._main = None
        self._said = []

    def start_sentence(self, start: int, end: int) -> None:
        """Forget what brackets were open, and take the mentions of the sentence at hand."""
        self._stack = []
        self._fraction, self._zip = None, []
        self._sentence_start = start
        if not self._said and self._before and GOES_ON.match(self.plain, start):
            self._said, self.last = list(self._before), self._before[-1]
        self._here = [m for m in self.mentions if start <= m.start < end]

    def names_one(self, start: int, end: int) -> bool:
        """Tell whether an indicator of the vocabulary is named between two offsets of the sentence."""
        for mention in self._here:  # noqa: SIM110 - a generator costs more than the comparisons
            if start <= mention.start and mention.end <= end:
                return True
        return False

    def _on_topic(self, found: Subject, clause: Clause) -> Subject:
        """Give a thing without a key the key of the article's topic, as its slice."""
        unit = clause.quantity.unit
        if found.key == "budget_revenue" and self.topic in ("customs_revenue", "domestic_revenue"):
            return replace(found, key=self.topic)
        is_quality = (
            unit in _RECRUITS and found.key in _QUALITIES and _QUALITY.search(found.name.lower()) is not None
        )
        if is_quality and (self.topic == "conscription" or self._speaks_of("conscription", clause)):
            marked = slice_name(found.name) or found.name
            return replace(found, key="conscription", breakdown=marked, rule="topic", sure=0.75)
        if found.key != "other":
            return found
        topic = self.topic if takes(self.topic, unit) else self._nearby_topic(clause)
        if topic is None or (topic.endswith("revenue") and not is_revenue(found.name)):
            return found
        breakdown = None if SUM.match(found.name.lower()) else slice_name(_BY_SUM.sub("", found.name))
        name = _BY_SUM.sub("", found.name)
        if name == "không rõ":
            name, breakdown = indicators()[topic].label_vi, None
        return replace(found, key=topic, name=name, breakdown=breakdown, rule="topic", sure=0.7)

    def _speaks_of(self, key: str, clause: Clause) -> bool:
        """Tell whether the paragraph names an indicator before a number."""
        here = clause.quantity.start
        paragraph = self.plain.rfind("\n", 0, here)
        return any(m.key == key for m in self.mentions if paragraph < m.start < here)

    def _nearby_topic(self, clause: Clause) -> str | None:
        """Give what a thing without a key belongs to by what its paragraph or sentence speaks of."""
        unit, here = clause.quantity.unit, clause.quantity.start
        if unit in ("household", "ha", "m2", "lượt hộ", "tổ chức"):
            paragraph = self.plain.rfind("\n", 0, here)
            near = [m.key for m in self.mentions if paragraph < m.start < here][-2:]
            near += [s.key for s in self._said if s.start >= clause.sentence.start][-1:]
            return "site_clearance" if "site_clearance" in near else None
        if unit == "project":
            paragraph = self.plain.rfind("\n", 0, here)
            keys = {m.key for m in self.mentions if paragraph < m.start < here}
            return "investment_projects" if keys & _INVESTED else None
        if unit == "VND":
            said = [s.key for s in self._said if s.start >= clause.sentence.start]
            named = [m.key for m in self._here if clause.sentence.start <= m.start and m.end <= here]
            welfare = ("households_supported", "social_welfare_spending")
            last = said[-1] if said and said[-1] != "other" else named[-1] if named else ""
            return welfare[1] if last in welfare else None
        return None

    def _counted_before(self, unit: str) -> Subject | None:
        """Give what of the vocabulary was counted in a unit last, in this paragraph or the one before."""
        for said in reversed([*self._before, *self._said]):
            if said.unit == unit and said.key != "other":
                return replace(said, start=max(said.start, self._sentence_start))
        return None
