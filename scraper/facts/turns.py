"""Whose number it is where several things are told together: parts of a whole, and names in turn."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.comparisons import TWO_BASES
from scraper.facts.fitting import fits
from scraper.facts.unnamed import Unnamed
from scraper.facts.wording import tidy
from scraper.vietnamese.gates import gated

PARTS = gated(r"(?<!\w)(?:trong đó|(?<!sầu )riêng(?! lẻ))(?!\w)")
_SUMS = gated(r"(?<!\w)(?:lũy kế|tính chung|cộng dồn|nâng tổng)(?!\w)")
_TURN = re.compile(r"(?:,| và|, và) [\d.,]+\s?%")


class Turns(Unnamed):
    """Goes back from parts to their whole, and hands numbers out in turn."""

    def _leave_parts(self, clause: Clause) -> None:
        """Go back from the parts of a thing to the thing where a semicolon or a sum ends them."""
        self._resumed = False
        if self._main is None:
            return
        ends = ";" in self.plain[clause.gap_start : clause.head_start]
        sums = _SUMS.search(self.plain, clause.head_start, clause.quantity.start)
        if ends or sums or clause.gap_start == clause.sentence.start:
            if sums and fits(self._main.key, clause.quantity.unit):
                self.last, self._resumed = self._main, True
            self._main = None

    def _in_turn(self, clause: Clause) -> Subject | None:
        """Give whose turn it is in "A đạt …, B đạt …, tăng lần lượt 6,4% và 2,9%"."""
        turn = self.plain.rfind("lần lượt", clause.gap_start, clause.quantity.start)
        if turn >= 0 and TWO_BASES.search(self.plain, clause.sentence.start, turn + 8):
            self._zip = []
        elif turn >= 0:
            count = 1 + len(_TURN.findall(self.plain, clause.quantity.end, clause.sentence.end))
            levels = [s for s in self._said if s.start >= clause.sentence.start and s.rule != "carried"]
            self._zip = (
                levels[-count:] if len(levels) >= count > 1 else self._names_in_turn(clause, turn, count)
            )
        elif clause.joint not in ("và", ",") or clause.quantity.unit not in ("percent", "times"):
            self._zip = []
        if not self._zip:
            return None
        return replace(self._zip.pop(0), own_key=False, own_name=False, rule="carried")

    def _names_in_turn(self, clause: Clause, turn: int, count: int) -> list[Subject]:
        """Read "dịch vụ, công nghiệp, nông nghiệp lần lượt là 74,1%, 23,8%, 2,1%": as many names as "
        "numbers."""
        first = max(clause.sentence.start, turn - 160)
        first = max(first, self.plain.rfind(";", first, turn) + 1, self.plain.rfind(": ", first, turn) + 1)
        cuts = (
            [m.span() for m in re.finditer(r", | và ", self.plain[first:turn])][-(count - 1) :]
            if count > 1
            else []
        )
        if count < 2 or len(cuts) < count - 1:
            return []
        starts = [first + (cuts[0][0] - self._lead(first, first + cuts[0][0]))] + [first + c[1] for c in cuts]
        ends = [first + c[0] for c in cuts] + [turn]
        names = [tidy(self.text[a:b]) for a, b in zip(starts, ends, strict=True)]
        if not all(0 < len(name.split()) <= 8 for name in names):
            return []
        return [
            Subject("other", name, None, begin, "turn", False, True, sure=0.8)
            for name, begin in zip(names, starts, strict=True)
        ]

    def _lead(self, start: int, end: int) -> int:
        """Give how long the last words before a list's first comma are that can be its first name."""
        words = list(re.finditer(r"\S+", self.plain[start:end]))[-6:]
        comma = self.plain.rfind(",", start, end)
        begin = max(words[0].start() if words else 0, comma + 1 - start)
        return end - start - begin
