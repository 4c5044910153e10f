"""`review` draws facts for a person, takes their answers from a sheet or a terminal, and counts precision."""

from __future__ import annotations

import csv
import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, City, run
from warehouse.review.precision import wilson


def sheet(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_sheet_is_drawn_filled_in_and_counted(city: City, tmp_path: Path) -> None:
    file = tmp_path / "judged.csv"
    done = run("review", "--home", city.home, "--sample", "12", "--seed", "3", "--answers", file)
    assert done.returncode == 0, done.stderr
    rows = sheet(file)
    assert len({row["fact_id"] for row in rows}) == 12
    assert all(row["quote"] and row["right"] == "" for row in rows)
    for row, said in zip(rows, [*"yyyyyyyyn", "skip", "", ""], strict=True):
        row["right"] = said
        row["reason"] = "kỳ báo cáo sai" if said == "n" else ""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            [*rows, dict.fromkeys(rows[0], "") | {"fact_id": "o-of-an-older-reader", "right": "n"}]
        )
    counted: dict[str, Any] = json.loads(
        run("review", "--home", city.home, "--answers", file, "--json").stdout
    )
    everything = counted["precision"][0]
    assert (everything["judged"], everything["right"], everything["skipped"]) == (9, 8, 1)
    assert (round(everything["low"], 3), round(everything["high"], 3)) == (0.565, 0.980)
    shown = run("review", "--home", city.home, "--answers", file).stdout
    assert "kỳ báo cáo sai" in shown
    assert "2 facts have no answer yet" in shown
    assert "1 facts are no longer read" in shown
    again = run("review", "--home", city.home, "--sample", "12", "--seed", "3", "--answers", file)
    assert again.returncode == 0
    assert [row["right"] for row in sheet(file)] == [*"yyyyyyyyn", "skip", "", "", "n"]


def test_the_same_seed_draws_the_same_and_another_seed_others(city: City) -> None:
    drawn = [
        [
            fact["fact_id"]
            for fact in json.loads(
                run("review", "--home", city.home, "--sample", "20", "--seed", seed, "--json").stdout
            )["sample"]
        ]
        for seed in ("1", "1", "2")
    ]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0]) & set(drawn[2])) < 10


def test_a_person_at_a_terminal_is_asked_and_what_they_said_stays(city: City, tmp_path: Path) -> None:
    file = tmp_path / "judged.csv"
    typed = b"y\nwhat\nn\nbase is wrong\nq\n"
    master, slave = pty.openpty()
    command = [sys.executable, str(ROOT / "orchestrate.py"), "review", "--home", str(city.home)]
    command += ["--sample", "5", "--answers", str(file)]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env={**os.environ}) as process:
        os.close(slave)
        os.write(master, typed)
        shown = b""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            ready, _, _ = select.select([master], [], [], 1.0)
            try:
                shown += os.read(master, 65_536) if ready else b""
            except OSError:  # The other end has gone.
                break
        assert process.wait(10) == 0, shown.decode()
    os.close(master)
    assert "1 of 5" in shown.decode()
    assert [(row["right"], row["reason"]) for row in sheet(file)] == [
        ("y", ""), ("n", "base is wrong"), ("", ""), ("", ""), ("", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "fact_id and right are missing"),
        ("fact_id,right\no-1,perhaps\n", "'perhaps' is none of y, n, skip"),
    ],
)
def test_a_sheet_that_is_none_is_refused(city: City, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "sheet.csv").write_text(content, encoding="utf-8")
    done = run("review", "--home", city.home, "--answers", tmp_path / "sheet.csv")
    assert done.returncode == 2
    assert said in done.stderr


def test_the_interval_is_wilsons() -> None:
    """Published values: 81 of 263 is 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    low, high = wilson(81, 263)
    assert low is not None
    assert high is not None
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (None, None)
