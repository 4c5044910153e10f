"""Vietnamese text as characters: one Unicode form, white space, and folding for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Characters of no width, controls (a terminal would obey them) and marks that turn the reading direction.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_IN_VOWELS = re.compile(
    rf"([aeiouy\u0306\u0302\u031b]*?)([{_TONES}])([aeiouy\u0306\u0302\u031b]*)", re.IGNORECASE
)
_MARKS = re.compile(r"[\u0300-\u036f]")
_LONGEST_KEPT = 1_000
"""Characters: the words of a longer text are not kept, since a hostile one may be a single word."""


def nfc(text: str) -> str:
    """Put text into NFC without invisible characters and controls; Eth (Ð, U+00D0) becomes Đ."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\u00d0", "Đ")


def squeeze(text: str) -> str:
    """Put text into NFC and every run of white space into one space, none at the ends."""
    return " ".join(nfc(text).split())


def fold_tone(text: str) -> str:
    """Lower case, with each tone mark at the end of its vowel group, so that hoà equals hòa.

    The result may differ in length from the text: compare with it, never take offsets from it.
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", _TONE_IN_VOWELS.sub(r"\1\3\2", decomposed))


def fold(text: str) -> str:
    """Lower case without any diacritic, đ as d: what a reader types without a Vietnamese keyboard."""
    if text.isascii():
        return " ".join(text.lower().split())
    if len(text) > _LONGEST_KEPT:
        return " ".join(_bare(text).split())
    return " ".join(filter(None, map(_folded_word, text.split())))


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")


_folded_word = lru_cache(maxsize=1 << 14)(_bare)
"""One word: a language has few of them, and a page says most of its own again."""
