"""`cityledger serve` says where it serves, and ends when it is told to."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.service.asking import Client

ROOT = Path(__file__).parents[2]


def test_it_tells_its_address_and_ends_cleanly_on_a_signal(another_home: Path) -> None:
    words = [
        sys.executable,
        str(ROOT / "orchestrate.py"),
        "serve",
        "--home",
        str(another_home),
        "--port",
        "0",
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = re.fullmatch(
            r"serve: (http://127\.0\.0\.1:\d+)/ \(Ctrl-C ends it\)\n", process.stdout.readline()
        )
        assert told
        # The line comes when the socket listens already.
        assert Client(told[1]).get("/v1/areas/305").status == 200
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 143
    assert said == "terminated\n"
    assert "Traceback" not in said
