"""The stretches of text that are quoted as evidence of a figure, or as a problem."""

from __future__ import annotations

import re

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.comparisons import Reading
from scraper.facts.quantities import Quantity
from scraper.vietnamese.gates import gated
from scraper.vietnamese.sentences import Sentence

_ESTIMATED = gated(r"(?<!\w)(?:dự )?ước(?: (?:tính|đạt|thực hiện|cả năm))? $")


_PAUSE = re.compile(r"[,;.)](?!\d)")


def evidence_span(
    plain: str, text: str, clause: Clause, subject: Subject, reading: Reading
) -> tuple[int, int]:
    """Give the shortest clause that holds the indicator and the number, with the word of an estimate."""
    start = min(subject.start, clause.quantity.start)
    if start < clause.sentence.start:
        start = clause.head_start
    if clause.quantity.start - start > 300:
        start = clause.head_start
    if estimated := _ESTIMATED.search(plain, max(clause.sentence.start, start - 18), start):
        start = estimated.start()
    end = max(clause.quantity.end, min(reading.end, clause.next_start))
    names_behind = ("counted", "behind", "other", "across", "shared", "predicate")
    if subject.rule.startswith(names_behind) and reading.end <= clause.quantity.end:
        end = max(end, clause.tail_end)
    while start < end and not (text[start].isalnum() or text[start] in '"“-+'):
        start += 1
    while end > start and text[end - 1] in " ,;:.(":
        end -= 1
    return start, end


def around(plain: str, text: str, sentence: Sentence, quantity: Quantity) -> str:
    """Give the words about a number up to the next commas."""
    start = max(plain.rfind(sign, sentence.start, quantity.start) for sign in (", ", "; ", ": ", "("))
    start = sentence.start if start < 0 else start + 1
    stop = _PAUSE.search(plain, quantity.end, sentence.end)
    return text[start : stop.start() if stop else sentence.end].strip()[:300]
