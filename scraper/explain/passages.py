"""An article's texts in passages of a paragraph, each cut where a note's stretch begins or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scraper.explain.notes import Note, Place, texts_of
from scraper.items import Article


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text within which the same notes hold."""

    text: str
    notes: tuple[Note, ...]
    """That hold here."""
    ends: tuple[Note, ...]
    """Of them, those that end here."""
    begins: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, and the notes that are told of below it: each note where it first stands."""

    field: str
    pieces: tuple[Piece, ...]
    told: tuple[Note, ...]


def passages_of(article: Article, notes: Sequence[Note]) -> tuple[list[Passage], list[Note]]:
    """Give the article's paragraphs with their notes, and the notes that stand nowhere in them."""
    told: set[str] = set()
    passages = []
    for field, text in texts_of(article).items():
        here = [(note, place) for note in notes for place in note.places if place.field == field]
        here.sort(key=lambda pair: (pair[1].start, -pair[1].end))
        for start, end in _paragraphs(text):
            inside = [(n, p) for n, p in here if p.start < end and p.end > start]
            labels = {note.label for note, _ in inside} - told
            news = tuple(note for note in notes if note.label in labels)
            told |= labels
            passages.append(Passage(field, tuple(_pieces(text, start, end, inside)), news))
    return passages, [note for note in notes if note.label not in told]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            yield start, start + len(paragraph)
        start += len(paragraph) + 2


def _pieces(text: str, start: int, end: int, inside: Sequence[tuple[Note, Place]]) -> Iterator[Piece]:
    cuts = {start, end}
    for _, place in inside:
        cuts |= {max(start, place.start), min(end, place.end)}
    bounds = sorted(cuts)
    for first, last in pairwise(bounds):
        holding = [(n, p) for n, p in inside if p.start <= first and p.end >= last]
        yield Piece(
            text[first:last],
            tuple(dict.fromkeys(note for note, _ in holding)),
            tuple(dict.fromkeys(note for note, place in holding if min(end, place.end) == last)),
            tuple(dict.fromkeys(note for note, place in holding if max(start, place.start) == first)),
        )
