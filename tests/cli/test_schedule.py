"""The printed units run this installation's refresh: systemd takes the one, a shell runs the other's line."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.errors import UsageError
from tests.cli.conftest import run
from warehouse.schedule import Nightly, check, parse_at

NASTY = "50 % of 'Lê \"Chân\"' $HOME"


def test_systemd_accepts_the_units_and_reads_the_options_as_given(tmp_path: Path) -> None:
    home = tmp_path / NASTY
    done = run(
        "--log-format", "json",
        "schedule", "--print", "systemd", "lechan", "--home", home, "--at", "1:05", "--jitter", "45",
        "--contact", "ban@example.org 100%", "--on-trouble", "mail -s 'trouble' root", "--to", tmp_path,
        "--cluster", "tcp://ledger-0:8786", "--shard", "2/4",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    timer = (tmp_path / "cityledger.timer").read_text("utf-8")
    assert "OnCalendar=*-*-* 01:05:00" in timer
    assert "RandomizedDelaySec=45min" in timer
    service = tmp_path / "cityledger.service"
    text = service.read_text("utf-8")
    assert 'Environment="CITYLEDGER_CONTACT=ban@example.org 100%%"' in text
    assert r"""/50 %% of 'Lê \"Chân\"' $$HOME""" in text
    assert '"--log-format" "json" "refresh" "lechan"' in text
    assert '"--cluster" "tcp://ledger-0:8786" "--shard" "2/4"' in text
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(service), str(tmp_path / "cityledger.timer")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "cityledger" not in checked.stderr, checked.stderr


def test_the_line_for_cron_runs_as_cron_runs_it(tmp_path: Path) -> None:
    home = tmp_path / NASTY
    done = run(
        "schedule", "--print", "cron", "--home", home, "--at", "23:50", "--jitter", "0", "no-such-portal",
        "--contact", "ban@example.org",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"its home is {home}\n" in done.stderr
    *said, line = done.stdout.splitlines()
    assert said[-1] == "CITYLEDGER_CONTACT='ban@example.org'"
    *when, command = line.split(" ", 5)
    assert when == ["50", "23", "*", "*", "*"]
    assert "%" not in command.replace(r"\%", "")
    ran = subprocess.run(
        ["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=False
    )
    assert "there is no portal no-such-portal" in ran.stdout
    assert "there is no portal no-such-portal" in (home / "logs" / "nightly.log").read_text("utf-8")


def test_what_no_unit_can_say_is_wrong_usage() -> None:
    for at in ("25:00", "2", "02:60", ""):
        with pytest.raises(UsageError, match="--at"):
            parse_at(at)
    here = Path("/srv")
    good = Nightly(("/bin/cityledger", "refresh"), here, here, 2, 30, 0, "ledger", None)
    check(good)
    for wrong in (replace(good, name="a b"), replace(good, contact="a\nb"), replace(good, words=("a\x00",))):
        with pytest.raises(UsageError):
            check(wrong)
