"""A text with the facts that were read from it marked, cut into pieces that a template can write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from warehouse.publication.site.wording import with_number_marked

Piece = tuple[str, str, list[str]]
"""A stretch of text, its mark ("", "said", "counted" or "met"), and the facts whose place ends here."""

_BREAK = "\n\n"
_STRENGTH = {"": 0, "met": 1, "said": 2, "counted": 3}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, counted in code points, that a fact was read from."""

    start: int
    end: int
    mark: str
    fact: str = ""
    """What is noted where the stretch ends; nothing for a stretch that only shows more of a fact's place."""


def spans_of(
    text: str, quote: str, start: int, fact: str, value: Decimal | None = None, mark: str = "said"
) -> list[Span]:
    """Find where a fact stands in its text: its clause, and in it the number that was read.

    Args:
        text: The whole text.
        quote: The clause.
        start: The code point at which it was read; a text in which a name is masked may have moved it.
        fact: What is noted at its end.
        value: The number as printed; None where the fact has none.
        mark: How the clause is marked.

    Returns:
        Nothing where the clause is not in the text.
    """
    if text[start : start + len(quote)] != quote:
        start = text.find(quote)
        if start < 0 or not quote:
            return []
    parts = with_number_marked(quote, value) if value is not None else [quote]
    if len(parts) == 1:
        return [Span(start, start + len(quote), mark, fact)]
    first = start + len(parts[0])
    number = Span(first, first + len(parts[1]), "counted", fact)
    return [Span(start, start + len(quote), mark), number]


def marked_paragraphs(text: str, spans: Sequence[Span]) -> list[list[Piece]]:
    """Cut a text into paragraphs, and each of these where a mark begins or ends; nothing of it is lost."""
    paragraphs = []
    start = 0
    for paragraph in text.split(_BREAK):
        end = start + len(paragraph)
        inside = [span for span in spans if span.start < end and span.end > start]
        paragraphs.append(_pieces(text, start, end, inside))
        start = end + len(_BREAK)
    return [pieces for pieces in paragraphs if pieces]


def _pieces(text: str, start: int, end: int, spans: Iterable[Span]) -> list[Piece]:
    cuts = {start, end}
    for span in spans:
        cuts.update(place for place in (span.start, span.end) if start < place < end)
    places = sorted(cuts)
    pieces: list[Piece] = []
    for first, after in pairwise(places):
        marks = [span.mark for span in spans if span.start <= first and span.end >= after]
        facts = [span.fact for span in spans if span.fact and min(span.end, end) == after]
        mark = max(marks, key=_STRENGTH.__getitem__, default="")
        pieces.append((text[first:after], mark, facts))
    return pieces
