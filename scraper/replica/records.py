"""What the replica's generator makes: a story, its blocks, and the marks of what each clause states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

_SPACES, _LOOSE = re.compile(r" {2,}"), re.compile(r" ([,.;:)])")

Fact = dict[str, object]
"""A meeting or an observation in the field names of `docs/standard/facts.md`, still without its quote."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact and the clause that states it: `[start, end)` in its paragraph."""

    kind: str
    """meeting or indicator."""
    start: int
    end: int
    fact: Fact


class Text:
    """A paragraph under construction, which knows where its facts stand."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.marks: list[Mark] = []

    def __len__(self) -> int:
        return len(self.text)

    def add(self, more: str) -> None:
        """Append words; a slot that came out empty leaves neither a doubled space nor one before a comma."""
        more = _LOOSE.sub(r"\1", _SPACES.sub(" ", more))
        if not self.text:
            more = more.lstrip(" ,;")
        if more.startswith(" ") and (not self.text or self.text.endswith((" ", "("))):
            more = more.lstrip(" ")
        if more[:1] in (",", ".", ";", ":", ")") and self.text.endswith(" "):
            self.text = self.text.rstrip(" ")
        self.text += more

    def mark(self, kind: str, start: int, fact: Fact) -> None:
        """Record that the words from `start` to here state the fact."""
        while start < len(self.text) and self.text[start] in " ,;":
            start += 1
        end = len(self.text)
        while end > start and self.text[end - 1] in " ,;":
            end -= 1
        self.marks.append(Mark(kind, start, end, fact))

    def join(self, other: Text, glue: str = " ") -> None:
        """Append another text with its marks, after the glue where there is something before."""
        if self.text:
            self.add(glue)
        shift = len(self.text)
        self.text += other.text
        self.marks += [Mark(m.kind, m.start + shift, m.end + shift, m.fact) for m in other.marks]

    def capitalised(self) -> Text:
        """Return the same text with a capital at its head."""
        out = Text(self.text[:1].upper() + self.text[1:])
        out.marks = self.marks
        return out


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture and the line under it."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures; each row's cells with the marks that a row's joined text bears."""

    rows: list[tuple[tuple[str, ...], Text]]


Block = Text | Caption | Table


@dataclass(slots=True)
class Story:
    """One article as its author wrote it, before any portal prints it."""

    headline: str
    blocks: list[Block]
    published: datetime
    description: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    attachments: tuple[str, ...] = ()
    """Paths on the portal's host."""
    districts: tuple[str, ...] = ()
    kind: str = "news"
    """news, press_digest, roundup, attachment_only or image_only."""
    areas: dict[str, str] = field(default_factory=dict)

    def paragraphs(self) -> Iterator[Text]:
        """Yield the paragraphs of `body_text` in order, a table's rows one by one."""
        for block in self.blocks:
            if isinstance(block, Text):
                yield block
            elif isinstance(block, Table):
                for _, row in block.rows:
                    yield row

    def lead(self) -> str:
        """Return the first paragraph; nothing where the story has no text."""
        return next((paragraph.text for paragraph in self.paragraphs()), "")

    def captions(self) -> list[str]:
        """Return the picture captions in order."""
        return [block.text for block in self.blocks if isinstance(block, Caption)]

    def body_text(self) -> str:
        """Return the paragraphs joined by a blank line."""
        return "\n\n".join(p.text for p in self.paragraphs())

    def facts(self, kind: str) -> list[Fact]:
        """Return the meetings or indicators with `quote`, `start` and `end` in `body_text`."""
        out: list[Fact] = []
        offset = 0
        for paragraph in self.paragraphs():
            for mark in paragraph.marks:
                if mark.kind == kind:
                    start, end = offset + mark.start, offset + mark.end
                    quote = paragraph.text[mark.start : mark.end]
                    out.append({**mark.fact, "quote": quote, "start": start, "end": end})
            offset += len(paragraph.text) + 2
        return out
