"""The words that a pattern can begin with, and the patterns that begin with anything."""

from __future__ import annotations

import pytest

from scraper.vietnamese.leads import beginnings_of, leads_of, whole_leads_of


@pytest.mark.parametrize(
    ("pattern", "leads"),
    [
        (r"(?<!\w)(?:quý|tháng) (\d{1,2}|iv)(?!\w)", "quý tháng"),
        (r"(?:từ )?(?:ngày )?\d{1,2}/\d{1,2}", "# ngày từ"),
        (r"(?:km|lý trình) ?\d+", "km lý"),
        (r"covid[\s-]*19", "covid"),
        (r"(?<!tổng )số (?=\d)|khóa|khoá", "khoá khóa số"),
        (r"(?:nghị )+quyết", "nghị"),
        (r"[ab]i\b|(?>tổ)", "ai bi tổ"),
    ],
)
def test_leads(pattern: str, leads: str) -> None:
    assert leads_of(pattern) == leads


@pytest.mark.parametrize("pattern", [r"\w+ tuổi", r".{3}%", r"[^,] đồng", r"đạt\w* \d", r",? \d", "[a-đ]ha"])
def test_anything(pattern: str) -> None:
    with pytest.raises(ValueError, match="begin"):
        leads_of(pattern)


def test_signs() -> None:
    assert beginnings_of(r"(?:\(|: ?|từ )\d+") == (frozenset({"từ"}), frozenset("(:"))


@pytest.mark.parametrize(
    ("pattern", "words", "signs"),
    [
        (r"(?<!\w)(?:đã|thực tế|đến nay)(?!\w)", {"đã", "thực", "đến"}, set()),
        (r"(?<!hội )(?<!\w)(?:=|đạt)(?!\w)[^,]*$", {"đạt"}, {"="}),
        (r"(?<!\w)(?:toàn|cả) (?:xã|vùng)", {"toàn", "cả"}, set()),
        (r"(?<!\w)tăng", set(), set()),
        (r"(?<!\w)(?:giảm(?!\w)|tăng)", set(), set()),
        (r"(?:tăng|giảm)(?!\w)", set(), set()),
        (r"(?<!\w)\w+ tuổi(?!\w)", set(), set()),
    ],
)
def test_whole_words_by_the_pattern_s_own_signs(pattern: str, words: set[str], signs: set[str]) -> None:
    assert whole_leads_of(pattern) == (frozenset(words), frozenset(signs))
