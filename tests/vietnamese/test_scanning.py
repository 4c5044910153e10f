"""Patterns that are tried at words alone give what `finditer` gives of them."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import scraper.facts
import scraper.vietnamese
from scraper.vietnamese.posts import VERB_PATTERN, find_verbs
from scraper.vietnamese.scanning import DIGIT, Led, Scanner
from scraper.vietnamese.sentences import level, split_sentences
from scraper.vietnamese.words import Part

DEV = Path(__file__).parents[1] / "annotated" / "dev"
PATTERNS = [
    (re.compile(r"(?<!\w)(?:quý|tháng) (?P<number>\d{1,2}|iv)(?!\w)"), "quý tháng"),
    (re.compile(r"\d[\d.,]{0,9}\s?%"), DIGIT),
    (re.compile(r"(?:từ )?(?:ngày )?(?P<number>\d{1,2})/\d{1,2}"), f"từ ngày {DIGIT}"),
]
WORDS = [
    "quý",
    "tháng",
    "iv",
    "7",
    "12,5",
    "%",
    "từ",
    "ngày",
    "1/7",
    "kết nạp",
    ",",
    "(",
    "2.023",
    "m2",
    "_",
    "3quý",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.integers(0, 40), st.integers(0, 90))
def test_as_finditer(plain: str, start: int, end: int) -> None:
    end = min(end, len(plain))
    expected = [
        (index, match.span())
        for index, (regex, _) in enumerate(PATTERNS)
        for match in regex.finditer(plain, start, end)
    ]
    assert [(i, match.span()) for i, match in Scanner(PATTERNS).matches(plain, start, end)] == expected
    for index, (regex, leads) in enumerate(PATTERNS):
        alone = [match.span() for match in Led(regex.pattern, leads).finditer(plain, start, end)]
        assert alone == [span for number, span in expected if number == index]
        first = Led(regex.pattern).search(plain, start, end)
        assert (first and first.span()) == (alone[0] if alone else None)


def patterns_of_the_readers() -> Iterator[tuple[str, Led]]:
    for package in (scraper.facts, scraper.vietnamese):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, value in vars(module).items():
                if isinstance(value, Led):
                    yield f"{found.name}.{name}", value


def test_the_readers_lose_nothing() -> None:
    known = dict(patterns_of_the_readers())
    assert len(known) > 5
    for path in sorted(DEV.glob("*.json"))[::4]:
        body = json.loads(path.read_text(encoding="utf-8"))["article"]["body_text"]
        plain = level(body)
        for name, led in known.items():
            for text in (body, plain):
                spans = [match.span() for match in led.finditer(text, plain=plain)]
                assert spans == [match.span() for match in led.regex.finditer(text)], name
            for sentence in split_sentences(body):
                part = Part.of(plain, sentence.start, sentence.end)
                assert [m.span() for m in led.finditer(part)] == [
                    m.span() for m in led.finditer(str(part))
                ], name
        assert [m.span() for m in find_verbs(plain)] == [m.span() for m in VERB_PATTERN.finditer(plain)]
