"""A load that is killed again and again ends with the rows of one that was not."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.items import Harvest
from tests.warehouse.harvests import PORTALS, bare, batches_of, day, page, unmodified
from tests.warehouse.tables import contents, doubled
from warehouse.load import load, progress_marks

RECORDS = 240

LOAD = """
import sys, time
from pathlib import Path
from tests.warehouse.harvests import PORTALS, batches_of
from tests.warehouse.test_load_killed import captures
from warehouse.load import load, progress_marks

home = Path(sys.argv[1])
mark = progress_marks(home).get(("lechan", "a.warc.gz"), 0)
print("begun", flush=True)
load(home, PORTALS, batches_of(captures()[mark // 1000:], 7, mark), records_a_transaction=14)
"""

SUICIDE = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.harvests import PORTALS, batches_of
from tests.warehouse.test_load_killed import captures
from warehouse import load as module, merge
from warehouse.load import load

home, statement = Path(sys.argv[1]), int(sys.argv[2])
seen = 0
run = merge.Merger._run

def die(self, sql):
    global seen
    seen += 1
    if seen == statement:
        os.kill(os.getpid(), signal.SIGKILL)
    return run(self, sql)

merge.Merger._run = die
load(home, PORTALS, batches_of(captures(), 7), records_a_transaction=14)
"""


def captures() -> list[Harvest]:
    """The same 240 captures of 100 articles in every process: new, unmodified, edited and gone ones."""
    chosen = random.Random(7)
    found: list[Harvest] = []
    shown: dict[int, Harvest] = {}
    for place in range(RECORDS):
        number, when = chosen.randrange(100), day(1 + place // 24)
        kind = chosen.random()
        if kind < 0.7:
            text = f"Quận Lê Chân, hội nghị {number}, bản {chosen.randrange(3)}: thu ngân sách đạt {number}%."
            shown[number] = page(place, number, when, text)
            found.append(shown[number])
        elif kind < 0.8 or number not in shown:
            found.append(bare(place, number, when, "gone"))
        else:
            found.append(unmodified(place, number, when, shown[number]))
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    home = tmp_path_factory.mktemp("undisturbed")
    load(home, PORTALS, batches_of(captures(), 7))
    return contents(home)


def finished(home: Path) -> dict[str, list[str]]:
    mark = progress_marks(home).get(("lechan", "a.warc.gz"), 0)
    load(home, PORTALS, batches_of(captures()[mark // 1000 :], 7, mark))
    return contents(home)


def test_killed_at_random_moments(tmp_path: Path, undisturbed: dict[str, list[str]]) -> None:
    moments = random.Random(11)
    killed = 0
    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", LOAD, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        try:
            process.wait(timeout=moments.uniform(0.05, 1.2))
        except subprocess.TimeoutExpired:
            process.kill()
        killed += process.wait() == -signal.SIGKILL
    assert killed
    assert finished(tmp_path) == undisturbed
    assert doubled(tmp_path) == {}


@pytest.mark.parametrize("statement", [1, 3, 9, 15, 40, 100])
def test_killed_in_the_middle_of_a_transaction(
    tmp_path: Path, undisturbed: dict[str, list[str]], statement: int
) -> None:
    died = subprocess.run([sys.executable, "-c", SUICIDE, str(tmp_path), str(statement)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert finished(tmp_path) == undisturbed
    assert doubled(tmp_path) == {}


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from scraper.errors import HomeError
from tests.warehouse.harvests import PORTALS, batches_of
from tests.warehouse.test_load_killed import captures
from warehouse.connect import open_warehouse, warehouse_path
from warehouse.load import load

home = Path(sys.argv[1])
open_warehouse(warehouse_path(home)).close()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    load(home, PORTALS, batches_of(captures(), 7), records_a_transaction=14)
except HomeError as error:
    print(error)
    sys.exit(9)
"""


@pytest.mark.parametrize("room", [20_000, 100_000])
def test_a_disk_that_is_full_stops_the_load_and_loses_nothing(
    tmp_path: Path, undisturbed: dict[str, list[str]], room: int
) -> None:
    stopped = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(room)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert stopped.returncode == 9, stopped.stderr
    assert stopped.stdout.startswith(str(tmp_path / "warehouse.duckdb"))
    assert stopped.stdout.count("\n") == 1
    assert stopped.stderr == ""
    assert finished(tmp_path) == undisturbed
