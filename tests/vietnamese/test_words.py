"""Words are cut once, with their places, and letters and digits of one word are found apart."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scraper.vietnamese.words import DIGIT, index_of, words_of

TEXTS = st.text(st.sampled_from("aăđ ,.19_²m-\n"), max_size=40)


@given(TEXTS)
def test_words(plain: str) -> None:
    words = words_of(plain)
    expected = [(match[0], *match.span()) for match in re.finditer(r"[^\W_]+", plain)]
    assert list(zip(words.texts, words.starts, words.ends, strict=True)) == expected


@given(TEXTS)
def test_index(plain: str) -> None:
    expected: dict[str, list[int]] = {}
    for match in re.finditer(r"\d+|[^\W\d_]+", plain):
        expected.setdefault(DIGIT if match[0].isdecimal() else match[0], []).append(match.start())
    assert index_of(plain) == expected
