"""Numbers in digits, words, Roman and ordinals; the forms are those of language.md F and A."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scraper.vietnamese.numbers import (
    find_number_words,
    find_numbers,
    parse_number,
    parse_ordinal,
    parse_roman,
    parse_words,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("27,1", "27.1"),
        ("2.848", "2848"),
        ("14.088.480", "14088480"),
        ("69,466", "69.466"),
        ("1.005,6", "1005.6"),
        ("12.961,5", "12961.5"),
        ("4.3", "4.3"),
        ("02", "2"),
        ("1,234,567", "1234567"),
        ("346 000", "346000"),
        ("1 234 567", "1234567"),
        ("0", "0"),
    ],
)
def test_digits(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "1.2.3", "12a", "1,2,3", ".5", "hai", "1.23.456,7"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("ba", 3), ("mười", 10), ("mười lăm", 15), ("hai mươi mốt", 21), ("sáu mươi", 60), ("bảy mươi tư", 74)],
)
def test_words(text: str, value: int) -> None:
    assert parse_words(text) == value


@pytest.mark.parametrize("text", ["nhiều", "mươi", "hai con", "mười mấy", "vạn"])
def test_words_that_are_none(text: str) -> None:
    assert parse_words(text) is None


@pytest.mark.parametrize(("text", "value"), [("XXIV", 24), ("xviii", 18), ("IX", 9), ("iv", 4), ("XL", 40)])
def test_roman(text: str, value: int) -> None:
    assert parse_roman(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "ABC", "IC"])
def test_what_is_not_roman(text: str) -> None:
    assert parse_roman(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13", 13),
        ("XX", 20),
        ("nhất", 1),
        ("tư", 4),
        ("bảy", 7),
        ("mười bốn", 14),
        ("Mười chín", 19),
        ("hai mươi mốt", 21),
    ],
)
def test_ordinals(text: str, value: int) -> None:
    assert parse_ordinal(text) == value


@pytest.mark.parametrize("text", ["bất thường", "cuối năm", ""])
def test_what_is_no_ordinal(text: str) -> None:
    assert parse_ordinal(text) is None


def test_finds_ranges_and_fractions_as_one() -> None:
    found = find_numbers("đạt 02/4, tăng 1,5-2%, 15.872/19.870 tỷ, 62 - 65 triệu")
    assert [(n.value, n.upper, n.whole) for n in found] == [
        (Decimal(2), None, Decimal(4)),
        (Decimal("1.5"), Decimal(2), None),
        (Decimal(15872), None, Decimal(19870)),
        (Decimal(62), Decimal(65), None),
    ]


def test_a_falling_pair_is_no_range() -> None:
    assert [n.value for n in find_numbers("tỷ số 2-1")] == [Decimal(2)]


@pytest.mark.parametrize("text", ["F0", "A3", "H1N1", "covid"])
def test_digits_inside_a_word_are_no_number(text: str) -> None:
    assert find_numbers(text) == []


def test_number_words_leave_out_the_common_ones() -> None:
    assert [n.value for n in find_number_words("một số năm qua, ba vụ, mười hai xã")] == [
        Decimal(3),
        Decimal(12),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("gieo 346 000 ha và 12 ha", [346000, 12]),
        ("khu phố 4 120 hộ", [4, 120]),
        ("tổ 12 000 đồng", [12000]),
        ("năm 2020 150 người", [2020, 150]),
        ("10 000 000 đồng", [10000000]),
    ],
)
def test_spaces_between_thousands(text: str, values: list[int]) -> None:
    assert [int(number.value) for number in find_numbers(text)] == values
