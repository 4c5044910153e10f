"""Sentences with offsets, and the searchable form that keeps every offset."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.vietnamese.sentences import level, split_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Thu 2.848 tỷ đồng. Chi 11.4 tỷ.", ["Thu 2.848 tỷ đồng.", "Chi 11.4 tỷ."]),
        ("Ở Q. Lê Chân và TP. Hải Phòng.", ["Ở Q. Lê Chân và TP. Hải Phòng."]),
        ("Ngụ P.Tân Phong, TX. Tân Châu.", ["Ngụ P.Tân Phong, TX. Tân Châu."]),
        ("Đến các phường.Cử tri hỏi.", ["Đến các phường.", "Cử tri hỏi."]),
        ("TS. Võ Hữu Thoại nói. Bà đáp!", ["TS. Võ Hữu Thoại nói.", "Bà đáp!"]),
        ("Một.\n\nHai", ["Một.", "Hai"]),
        ("Ngày 3.7 họp; ngày 15.7 trả lời.", ["Ngày 3.7 họp; ngày 15.7 trả lời."]),
        ("Gạo, ngô… đều tăng.", ["Gạo, ngô… đều tăng."]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_paragraphs_are_counted() -> None:
    assert [s.paragraph for s in split_sentences("A b. C d.\n\nE f.")] == [1, 1, 2]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hoà, Thuỷ, uỷ ban", "hòa, thủy, ủy ban"),
        ("tỉ lệ, kỉ luật", "tỷ lệ, kỷ luật"),
        ("quý, quỷ, Huỳnh, hoàn", "quý, quỷ, huỳnh, hoàn"),
        ("“A” – m²", '"a" - m2'),
    ],
)
def test_level(text: str, plain: str) -> None:
    assert level(text) == plain


@given(st.text())
def test_level_keeps_every_offset(text: str) -> None:
    assert len(level(text)) == len(text)


@given(st.text(alphabet="aĂB. 12,\n?“”Q", max_size=60))
def test_sentences_cover_all_that_is_printed(text: str) -> None:
    found = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split())
