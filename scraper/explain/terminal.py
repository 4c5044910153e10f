"""The marked article as styled text for a terminal; without a terminal the styles fall away."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.explain.notes import Note, notes_of
from scraper.explain.passages import Passage, passages_of
from scraper.items import Article, Facts

_STYLES = {"figure": "green", "meeting": "blue", "person": "magenta", "problem": "yellow"}
"""Of a stretch under several notes the first of these that holds it is shown."""

Styled = tuple[str, str]
"""Text, and the name of a Rich style or nothing."""


def styled_article(article: Article, facts: Facts) -> Iterator[Styled]:
    """Yield the article paragraph by paragraph, ‹what was read›[label], below each what its labels mean."""
    notes = notes_of(article, facts)
    passages, elsewhere = passages_of(article, notes)
    for passage in passages:
        yield from _passage(passage)
        for note in passage.told:
            yield from _note(note)
        yield "\n", ""
    if elsewhere:
        yield "of the article as a whole\n", "bold"
    for note in elsewhere:
        yield from _note(note)


def _passage(passage: Passage) -> Iterator[Styled]:
    if passage.field != "body_text":
        yield f"{passage.field}: ", "dim"
    base = "bold" if passage.field == "headline" else ""
    for piece in passage.pieces:
        kinds = {note.kind for note in piece.notes}
        shown = next((style for kind, style in _STYLES.items() if kind in kinds), "")
        yield "‹" * len(piece.begins), shown
        yield piece.text, f"{base} {shown} underline".strip() if shown else base
        yield "".join(f"›[{note.label}]" for note in piece.ends), shown
    yield "\n", ""


def _note(note: Note) -> Iterator[Styled]:
    yield f"  [{note.label}] {note.title}\n", _STYLES[note.kind]
    fields = " · ".join(f"{name} {value}" for name, value in note.fields)
    yield f"      {fields}\n", ""
    if note.rule:
        reasons = "; ".join(f"{what}: {why}" for what, why in note.reasons)
        told = f"read by {note.rule} ({reasons})" if len(note.reasons) > 1 else reasons
        yield f"      sure {note.confidence:.2f}, {told}\n", "dim"
