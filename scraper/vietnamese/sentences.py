"""Sentences of Vietnamese prose with their offsets, and a text form that keeps every offset.

`level` gives the text that all readers search: lower case, tone marks in one place ("hoá" → "hóa"),
"tỉ lệ" as "tỷ lệ", typographic dashes, quotes and spaces as the plain ones. It is exactly as long as
the text it was made of, so a match in it is a match at the same offsets of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_MOVED = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_OLD = {new: old for old, new in _MOVED.items()}
# What is looked back at stands behind the first letter, by which `re` finds its way to it quickly.
_NEW_TONE = re.compile(r"u[ỳýỷỹỵ](?<!q..)(?!\w)|o[àáảãạèéẻẽẹ](?!\w)")
_SHORT_I = re.compile(r"(?:tỉ|kỉ|mĩ|lí|kĩ)(?<!\w..)(?!\w)|(?:quí|qúy)(?<!\w...)(?!\w)")
_SHORT_Y = {"tỉ": "tỷ", "kỉ": "kỷ", "mĩ": "mỹ", "quí": "quý", "lí": "lý", "kĩ": "kỹ", "qúy": "quý"}
_PLAIN = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "²": "2", "³": "3", "÷": "-", "ð": "đ",
}  # fmt: skip


@lru_cache(maxsize=256)
def level(text: str) -> str:
    """Give the searchable form of a text, of the same length: lower case, one tone placement, plain signs."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose lower case is longer (İ) keeps its place
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    for sign, plain in _PLAIN.items():  # most stand in no text: to look for each is a tenth of str.translate
        if sign in lowered:
            lowered = lowered.replace(sign, plain)
    if _holds_any(lowered, _OLD):
        lowered = _NEW_TONE.sub(lambda match: _OLD[match[0]], lowered)
    if _holds_any(lowered, _SHORT_Y):
        lowered = _SHORT_I.sub(lambda match: _SHORT_Y[match[0]], lowered)
    return lowered


def _holds_any(text: str, pieces: Iterable[str]) -> bool:
    for piece in pieces:  # noqa: SIM110 - a generator costs as much as the search
        if piece in text:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text[start:end]`, with the number of its paragraph."""

    start: int
    end: int
    paragraph: int


_ABBREVIATIONS = frozenset(
    [
        "q",
        "p",
        "h",
        "tp",
        "tx",
        "tt",
        "đ",
        "ts",
        "ths",
        "gs",
        "pgs",
        "bs",
        "ks",
        "cn",
        "ls",
        "nsnd",
        "nsưt",
        "lm",
        "hv",
        "đc",
        "no",
        "vd",
        "tr",
        "st",
        "tk",
        "bt",
        "ct",
        "pct",
        "tphcm",
    ]
)
_END = re.compile(r"[.!?…;][.!?…;]*[\"”’')\]]*(?=\s|$)|[.!?…](?=[\"“]?[^\W\d_])")
_WORD_BEFORE = re.compile(r"[\w/]+$")


def split_sentences(text: str) -> list[Sentence]:
    """Split a text into sentences: paragraphs end at line breaks, sentences at . ! ? … before a capital.

    Survives "Q. Lê Chân", "TP. Hải Phòng", "2.848 tỷ", "11.4", "P.Tân Phong", initials and "v.v.";
    parts where the space after the full stop was lost ("các phường.Cử tri").
    """
    return list(_sentences(text))


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    start, paragraph = 0, 0
    for line in re.finditer(r"[^\n]+", text):
        paragraph += 1
        start = line.start()
        for match in _END.finditer(text, line.start(), line.end()):
            if match[0][0] == ";" or not _ends(text, match, line.end()):
                continue
            _append(sentences, text, start, match.end(), paragraph)
            start = match.end()
        _append(sentences, text, start, line.end(), paragraph)
    return tuple(sentences)


def _append(sentences: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append(Sentence(start, end, paragraph))


def _ends(text: str, match: re.Match[str], line_end: int) -> bool:
    after = match.end()
    while after < line_end and text[after] in " \u00a0\"“‘'(*-–":
        after += 1
    if after >= line_end:
        return True
    opener = text[after]
    word = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    before = word[0] if word else ""
    if match[0][0] in "!?":
        return opener.isupper() or opener.isdigit()
    if not (opener.isupper() or opener.isdigit()):
        return False
    if before.lower() in _ABBREVIATIONS or before.lower().endswith("/c"):
        return False
    if len(before) == 1 and before.isupper():
        return False
    if match.end() == after and match[0][0] == ".":
        # no space after the stop: a sentence only between a small letter and a capital ("phường.Cử")
        return len(before) > 2 and before[-1].islower() and opener.isupper() and before != "www"
    return True
