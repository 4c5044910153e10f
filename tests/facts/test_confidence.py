"""Confidence: what only weak evidence gave stays below 0.9, and more doubt never makes surer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scraper.facts.confidence import Grounds, confidence

PLAIN = Grounds(
    subject="named",
    origin="",
    is_slice=False,
    period="clause",
    is_own_period=True,
    rivals=1,
    status="actual",
    area="own",
    is_own_area=True,
    own_area="titled",
    own_share=0.9,
    measure="level",
    sure=0.96,
)


def test_what_is_plainly_said_is_sure() -> None:
    assert 0.9 <= confidence(PLAIN) < 1.0


@pytest.mark.parametrize(
    "doubt",
    [
        {"subject": "other"},
        {"subject": "carried", "origin": "topic"},
        {"period": "weak", "rivals": 3},
        {"period": "open"},
        {"period": "next"},
        {"period": "carried", "is_own_period": False},
        {"area": "carried", "is_own_area": False},
        {"own_area": "home"},
        {"own_area": "none"},
        {"own_area": "lead", "own_share": 0.4},
        {"status": "to_come"},
        {"sure": 0.7},
    ],
)
def test_what_weak_evidence_gave_is_not(doubt: dict[str, Any]) -> None:
    assert confidence(replace(PLAIN, **doubt)) < 0.9


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ({}, {"is_slice": True}),
        ({"period": "sentence"}, {"period": "sentence", "is_own_period": False}),
        ({"period": "default"}, {"period": "default", "rivals": 4}),
        ({"area": "named"}, {"area": "named", "is_own_area": False}),
        ({}, {"own_share": 0.2}),
        ({"subject": "carried", "origin": "named"}, {"subject": "carried", "origin": "slice"}),
        ({}, {"subject": "a rule that no table knows"}),
    ],
)
def test_more_doubt_is_less_sure(surer: dict[str, Any], less: dict[str, Any]) -> None:
    assert confidence(replace(PLAIN, **less)) < confidence(replace(PLAIN, **surer))
