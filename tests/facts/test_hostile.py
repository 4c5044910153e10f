"""Hostile texts: the work grows with their length, not with its square, and every reading ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scraper.facts.districts import read_areas
from scraper.facts.indicators import read_indicators
from scraper.items import Article

ROOT = Path(__file__).parent.parent.parent

PIECES = {
    "numbers": "1.234,5 ",
    "percents": "đạt 12,5% và ",
    "brackets": "(tăng (giảm ( ",
    "dates": "từ ngày 1/7 đến ngày 28/7/2023, ",
    "ranges": "2020-2025 - 2021-2026, ",
    "sentences": "Thu ngân sách tháng 7 đạt 5 tỷ đồng, tăng 3% so với cùng kỳ. ",
    "paragraphs": "Lũy kế 7 tháng kết nạp 12 đảng viên (đạt 50% KH).\n\n",
    "rows": "Thu nội địa | tỷ đồng | 379,7 | 25,8\n\n",
    "separators": "; , : ( ) | ",
    "functions": "được của các và với trong trên ",
    "labels": "tổ 1, 2, 3 và 4 phường số 5, ",
    "plans": "bằng kế hoạch dự toán chỉ tiêu giao so với cùng kỳ ",
    "masks": "mức hỗ trợ 5 triệu 7 nghìn 9 ",
    "quotes": '"con số hơn 3 ',
}


def article(name: str, size: int) -> Article:
    piece = PIECES[name]
    body = piece * (size // len(piece))
    return Article("https://x.test/1", "https://x.test/1", "Quận họp", body, date_published="2023-08-01")


def calls(name: str, size: int) -> int:
    """Count the calls that reading a text makes, of Python and of C functions."""
    text = article(name, size)
    reading = read_areas(text, "305")
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read_indicators(text, reading)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", sorted(PIECES))
def test_calls_grow_with_the_length(name: str) -> None:
    calls(name, 500)  # what is loaded once is loaded now
    assert calls(name, 12_000) <= 6 * calls(name, 3_000) + 5_000


def test_long_texts_end() -> None:
    """The timeout is many times what they take: it stops a pattern that would not end at all."""
    program = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]]; from test_hostile import PIECES, article; "
        "from scraper.facts import read_facts; "
        "[print(name, len(read_facts(article(name, 30_000)).problems), flush=True) for name in PIECES]"
    )
    arguments = [sys.executable, "-c", program, str(ROOT), str(Path(__file__).parent)]
    done = subprocess.run(arguments, check=True, timeout=300, capture_output=True, text=True)
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(PIECES)
