"""Ctrl-C while the processes that read the archive start: one end, no traceback of any of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.crawl.site import ROOT
from tests.warehouse.archives import Archive, address, article_html

READING = """
import signal
import sys
from pathlib import Path
from scraper.harvest.harvest import harvest_all, tasks_of
from tests.warehouse.archives import LE_CHAN

if __name__ == "__main__":
    # A shell that starts things in the background has them ignore Ctrl-C, and so would this.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    tasks = tasks_of([LE_CHAN], Path(sys.argv[1]), {})
    try:
        print("begun", flush=True)
        while True:
            for _ in harvest_all(tasks, 2, 1):
                pass
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("interrupted", flush=True)
        sys.exit(130)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("reading")
    archive = Archive(home)
    for number in range(6):
        archive.add(address(number), datetime(2026, 1, 1, tzinfo=UTC), article_html(number))
    (home / "reading.py").write_text(READING, encoding="utf-8")
    return home


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("wait", [0.0, 0.03, 0.1, 0.3, 0.8, 2.0])
def test_an_interrupt_while_readers_start_leaves_no_traceback(home: Path, wait: float, times: int) -> None:
    parent = subprocess.Popen(
        [sys.executable, str(home / "reading.py"), str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "begun\n"
    time.sleep(wait)
    for _ in range(times):
        os.killpg(parent.pid, signal.SIGINT)  # As a terminal does: to all of them.
        time.sleep(0.15)
    out, err = parent.communicate(timeout=60)
    assert (out, err, parent.returncode) == ("interrupted\n", "", 130)


LOCKED = """
import os
import time
from scraper.harvest.workers import Readers

if __name__ == "__main__":
    try:
        with Readers(1, []) as readers:
            future = readers.submit(time.sleep, 60)
            # A Ctrl-C that breaks into the taking of this lock leaves it taken.
            future._condition.acquire()
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        os._exit(130)  # As the command line does where a thread is stuck.
"""


def test_a_lock_that_an_interrupt_left_taken_holds_nobody(tmp_path: Path) -> None:
    script = tmp_path / "locked.py"
    script.write_text(LOCKED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("interrupted\n", 130)
    assert "Traceback" not in done.stderr
