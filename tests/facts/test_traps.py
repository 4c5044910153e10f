"""Each row of traps.toml holds to its two sentences, and a row that is written wrongly is refused by name."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

import pytest

from scraper.facts import read_facts, screening
from scraper.facts.masks import find_masks
from scraper.facts.traps import TABLE, Trap, read_table, traps
from scraper.items import Article
from scraper.vietnamese.numbers import parse_number
from scraper.vietnamese.sentences import level

ROWS = [pytest.param(trap, id=trap.name) for trap in traps()]


def unmarked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """Give a sentence without its «», and where what they marked stands in it."""
    text, spans = "", []
    for piece in re.split("(«[^»]*»)", sentence):
        word = piece.strip("«»")
        if word != piece:
            spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def values(sentence: str) -> set[Decimal]:
    article = Article(
        "https://x.test/1", "https://x.test/1", "Quận Lê Chân", sentence, date_published="2023-08-02"
    )
    return {abs(o.obs_value) for o in read_facts(article, "305").indicators}


def numbers(text: str, spans: list[tuple[int, int]]) -> list[Decimal]:
    """Give the marked numbers; a phone number that is none has no value."""
    found = []
    for start, end in spans:
        with suppress(ValueError):
            found.append(parse_number(text[start:end]))
    return found


@pytest.mark.parametrize("trap", ROWS)
def test_takes_out(trap: Trap) -> None:
    text, spans = unmarked(trap.not_read)
    assert spans
    assert values(text).isdisjoint(numbers(text, spans))
    if trap.where == "over":
        masks = [mask for mask in find_masks(level(text)) if mask.kind == trap.name]
        uncovered = [
            text[start:end] for start, end in spans if not any(m.start <= start < m.end for m in masks)
        ]
        assert uncovered == []


@pytest.mark.parametrize(
    "trap", [trap for trap in traps() if trap.where != "over"], ids=lambda trap: trap.name
)
def test_nothing_else_takes_it_out(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    others = tuple(words for words in screening.TRAPS if words.name != trap.name)
    monkeypatch.setattr(screening, "TRAPS", others)
    text, spans = unmarked(trap.not_read)
    assert set(numbers(text, spans)) <= values(text)


@pytest.mark.parametrize("trap", ROWS)
def test_leaves_in(trap: Trap) -> None:
    text, spans = unmarked(trap.read)
    assert spans
    assert set(numbers(text, spans)) <= values(text)


@pytest.mark.parametrize(
    "text",
    [
        "đạt 02/4 = 50% chỉ tiêu",
        "tăng 2,6% (NQ 2,5%)",
        "118/165 đồng chí",
        "năng suất 70,3 tạ/ha",
        "kế hoạch 41%",
        "chỉ tiêu 31%",
        "mức thu nhập bình quân đầu người đạt 60 triệu đồng",
        "giao thông nông thôn 35 km",
        "đội 250 người",
    ],
)
def test_figures_stay(text: str) -> None:
    assert find_masks(level(text)) == []


ROW = """
[[trap]]
name = "age"
masks = "how old people are"
pattern = '\\d{1,3} tuổi'
not_read = 'Cụ «80» tuổi.'
read = 'Quận tặng quà «80» người.'
"""


def test_a_row_more_is_a_trap_more() -> None:
    table = TABLE.read_text(encoding="utf-8") + ROW.replace('"age"', '"years"')
    assert [trap.name for trap in read_table(table)][-1] == "years"


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("masks =", "mask =", "'age': unknown key .'mask'."),
        ("read = 'Quận", "# 'Quận", "'age': .*'read'"),
        (r"\d{1,3} tuổi", r"\d{1,3 (tuổi", "'age': missing"),
        ("name", 'where = "behind"\nname', "'age': it wants a pattern, and a place of"),
        ("pattern", "patterns = []\n#", "'age': it wants a pattern"),
        (ROW, ROW + ROW, "same name: .'age'."),
    ],
)
def test_a_row_that_is_written_wrongly(written: str, instead: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_table(ROW.replace(written, instead, 1))
