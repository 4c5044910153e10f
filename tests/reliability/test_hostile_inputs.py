"""What portals may send, by the hundred: nothing is raised but refusals, memory and time stay bounded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
INPUTS = 120
READERS = {
    "articles", "sitemaps", "feeds", "wp-json", "listings", "robots.txt", "addresses", "answers", "bytes",
}  # fmt: skip


def test_no_reader_is_brought_down() -> None:
    """The same inputs every time; `make soak` feeds others, and many more."""
    command = [sys.executable, "-m", "tests.reliability.hostile", "--examples", str(INPUTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    fed = json.loads(done.stdout)["inputs"]
    assert set(fed) == READERS
    assert all(count >= INPUTS for count in fed.values())


PROGRAM = """
import json, tests.reliability.hostile as hostile
from hypothesis import strategies as st
def raises(value): raise KeyError(value)
def hangs(value):
    while True: pass
def eats(value): bytearray(3 * 1024**3)
hostile.SECONDS = 0.2
hostile.limit(3)
seen = []
for check in (raises, hangs, eats):
    try: hostile.fuzz(hostile.Target("one", st.just(7), check), 3, None)
    except BaseException as error: seen.append(type(error).__name__)
print(json.dumps(seen))
"""


def test_a_reader_that_is_brought_down_is_noticed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["KeyError", "TookTooLong", "MemoryError"]
