"""A gate gives what its pattern gives, and knows from the pattern which letters it can wait for."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import scraper.facts
import scraper.vietnamese
from scraper.vietnamese.gates import Gated, gated, needles_of
from scraper.vietnamese.sentences import level, split_sentences

DEV = Path(__file__).parents[1] / "annotated" / "dev"


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        (r"(?<!\w)(?:đã|thực tế|đến nay)(?!\w)", {"đã", "thực tế", "đến nay"}),
        (r"của (?:anh|chị)[^.]{0,80}$", {"của "}),
        (r"(?:tháng )?này", {"này"}),
        (r"(?:kế hoạch|kế hoạch vốn)", {"kế hoạch"}),
        (r"\d+(?:%|,\d)?", set()),
        (r"(?:a|\d)b?", set()),
        (r"(?!không)được", {"được"}),
        (r"(?:vụ ){2,}", {"vụ "}),
        (r"(?:vụ )*lúa", {"lúa"}),
        (r"(?i:Sở)", set()),
        (r"(?i)Sở", set()),
    ],
)
def test_letters_without_which_a_pattern_cannot_match(pattern: str, needles: set[str]) -> None:
    assert needles_of(pattern) == needles


def gates() -> Iterator[tuple[str, Gated]]:
    for package in (scraper.facts, scraper.vietnamese):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, value in vars(module).items():
                if isinstance(value, Gated):
                    yield f"{found.name}.{name}", value


def test_every_gate_of_the_readers_gives_what_its_pattern_gives() -> None:
    sentences, bodies = [], []
    for path in sorted(DEV.glob("*.json"))[::6]:
        body = json.loads(path.read_text(encoding="utf-8"))["article"]["body_text"]
        plain = level(body)
        bodies.append((plain, [(s.start, s.end) for s in split_sentences(body)]))
        sentences += [plain[s.start : s.end] for s in split_sentences(body)]
    known = dict(gates())
    assert len(known) > 50
    for name, gate in known.items():
        regex = re.compile(gate.pattern, gate.flags)
        for sentence in sentences:
            assert [m.span() for m in gate.finditer(sentence)] == [
                m.span() for m in regex.finditer(sentence)
            ], name
            found, expected = gate.search(sentence, 3, 90), regex.search(sentence, 3, 90)
            assert (found and found.span()) == (expected and expected.span()), name
        for plain, spans in bodies:
            for start, end in spans:
                found, expected = gate.search(plain, start, end), regex.search(plain, start, end)
                assert (found and found.span()) == (expected and expected.span()), name


def test_what_lies_before_the_stretch_still_counts() -> None:
    """`(?<!\\w)` looks behind the first offset, as it does in `re`."""
    assert gated(r"(?<!\w)hội").search("đại-xhội", 5) is None
    assert gated(r"(?<!\w)hội").search("đại hội", 4) is not None


def test_case_makes_no_difference_where_it_makes_none_to_the_pattern() -> None:
    gate = gated(r"(?:giáp|từ|huyện ích|sở)\s*$", re.IGNORECASE)
    for text in ("GIÁP", "xa Từ ", "HUYỆN ıCH", "HUYỆN İCH", "ſở", "không"):
        padded = "một hai ba bốn năm sáu " + text
        expected = re.search(gate.pattern, padded, re.IGNORECASE)
        assert bool(gate.search(padded)) == bool(expected), text
