"""One pass over the words of a text gives what `finditer` gives pattern by pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.vietnamese.scanning import DIGIT, Scanner

PATTERNS = [
    (re.compile(r"(?<!\w)(?:quý|tháng) (\d{1,2}|iv)(?!\w)"), "quý tháng"),
    (re.compile(r"\d[\d.,]{0,9}\s?%"), DIGIT),
    (re.compile(r"(?:từ )?(?:ngày )?\d{1,2}/\d{1,2}"), f"từ ngày {DIGIT}"),
]
WORDS = ["quý", "tháng", "iv", "7", "12,5", "%", "từ", "ngày", "1/7", "kết nạp", ",", "(", "2.023"]


def found(plain: str, needs: list[tuple[str, ...]]) -> list[tuple[int, int, int]]:
    matches = Scanner(PATTERNS).matches(plain, 0, len(plain))
    return [(index, match.start(), match.end()) for index, match in matches]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_as_finditer(plain: str) -> None:
    expected = [
        (index, match.start(), match.end())
        for index, (regex, _) in enumerate(PATTERNS)
        for match in regex.finditer(plain)
    ]
    assert found(plain, [(), (), ()]) == expected


@pytest.mark.parametrize(("needs", "count"), [(("%",), 1), (("phiếu",), 0)])
def test_a_pattern_is_left_out_where_the_text_lacks_what_it_needs(needs: tuple[str, ...], count: int) -> None:
    assert len(found("đạt 12,5% kế hoạch", [(), needs, ()])) == count


def test_only_between_the_offsets() -> None:
    plain = "quý 1, quý 2, quý 3"
    matches = Scanner(PATTERNS[:1]).matches(plain, 5, len(plain) - 1)
    assert [match[1] for _, match in matches] == ["2"]
