"""Hostile texts: the work grows with their length, not with its square, and every reading ends."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.facts import read_facts
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
    "people": "đồng chí Nguyễn Văn An, Bí thư Quận ủy chủ trì, phát biểu ",
    "meetings": "sáng 11/4, tổ chức hội nghị, kỳ họp lần thứ XIII ",
    "places": "quận Lê Chân, phường An Biên, Hải Phòng và huyện ",
    "names": "Lê Chân Nguyễn An Dương Hồng Bàng ",
    "endings": "a.b!c?d…;e) ",
    "spaces": "\u00a0 \u202f\t ",
    "digits": "0123456789",
}
MIXTURES = tuple(f"mixture {number}" for number in range(8))
"""Each a piece drawn by a seed of its own from words and signs of all of the pieces."""


def piece_of(name: str) -> str:
    if name in PIECES:
        return PIECES[name]
    draw = random.Random(name)
    parts = [part for piece in PIECES.values() for part in piece.split(" ")] + ["\n\n", " | ", "(", '"', " "]
    return draw.choice(["", " ", ", "]).join(draw.choices(parts, k=40))


def article(name: str, size: int) -> Article:
    piece = piece_of(name)
    body = piece * (size // len(piece))
    return Article("https://x.test/1", "https://x.test/1", "Quận họp", body, date_published="2023-08-01")


def calls(name: str, size: int) -> int:
    """Count the calls that reading a text makes, of Python and of C functions."""
    text = article(name, size)
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read_facts(text, "305")
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", [*sorted(PIECES), *MIXTURES])
def test_calls_grow_with_the_length(name: str) -> None:
    calls(name, 500)  # what is loaded once is loaded now
    assert calls(name, 12_000) <= 6 * calls(name, 3_000) + 5_000


def test_long_texts_end() -> None:
    """The limits are many times what they take: they stop a pattern that would not end at all.

    What a pattern does inside `re` is no call; of CPU time the system itself takes no more than is given.
    """
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (200, 200)); "
        "sys.path[:0] = [sys.argv[1], sys.argv[2]]; from test_hostile import MIXTURES, PIECES, article; "
        "from scraper.facts import read_facts; "
        "[print(name, len(read_facts(article(name, 30_000)).problems), flush=True)"
        " for name in (*PIECES, *MIXTURES)]"
    )
    arguments = [sys.executable, "-c", program, str(ROOT), str(Path(__file__).parent)]
    done = subprocess.run(arguments, check=True, timeout=600, capture_output=True, text=True)
    assert [line.rsplit(" ", 1)[0] for line in done.stdout.splitlines()] == [*PIECES, *MIXTURES]
