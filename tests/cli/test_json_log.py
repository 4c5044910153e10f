"""`--log-format json`: every line on standard error is an event, knows its run, and holds no secret."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from scraper.events import STRUCK, struck_out
from tests.cli.conftest import City, run
from warehouse.lock import run_lock

HOOK = "import os, sys; sys.exit('cannot reach https://an:' + os.environ['HOOK_TOKEN'] + '@hooks.test')"


def events(stderr: str) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in stderr.splitlines()]
    for event in told:
        assert {"ts", "level", "event", "command"} <= event.keys()
    return told


def test_a_run_tells_its_stages_under_its_id(city: City, tmp_path: Path) -> None:
    shutil.copytree(city.home, tmp_path / "home", symlinks=True)
    where = ("--home", tmp_path / "home", "--portals-dir", city.portals_dir)
    done = run("--log-format", "json", "load", *where)
    assert (done.returncode, done.stdout) == (0, "")
    told = events(done.stderr)
    assert [told[0]["event"], told[-1]["event"]] == ["run_began", "run_ended"]
    assert {event["command"] for event in told} == {"load"}
    assert len({event["run_id"] for event in told}) == 1
    assert (told[-1]["status"], told[-1]["exit_code"]) == ("done", 0)
    (said,) = [event for event in told if event["event"] == "said"]
    assert said["stage"] == "load"
    assert "0 archived pages" in said["message"]


def test_an_unattended_refresh_tells_its_end_and_no_secret(tmp_path: Path) -> None:
    token = "s3cr3t-t0k3n"
    environment = {
        "CITYLEDGER_LOG": "json",
        "CITYLEDGER_ON_TROUBLE": f'{sys.executable} -c "{HOOK}"',
        "HOOK_TOKEN": token,
    }
    with run_lock(tmp_path, "load"):
        done = run("refresh", "lechan", "--home", tmp_path, env=environment)
    assert done.returncode == 3
    warning, error = events(done.stderr)
    assert (warning["level"], error["level"]) == ("warning", "error")
    assert f"cannot reach https://an:{STRUCK}@hooks.test" in warning["message"]
    assert (error["error"], error["exit_code"]) == ("LockedError", 3)
    assert token not in done.stdout + done.stderr


def test_secrets_are_struck_out_of_texts_at_any_depth() -> None:
    environment = {
        "PGPASSWORD": "hai-phong-2026",
        "AWS_SECRET_ACCESS_KEY": "abcdef123",
        "HOME": "/srv/ledger",
        "PWD": "/srv/ledger",
        "OLDPWD": "/srv/ledger",
    }
    said = {
        "message": "cannot connect: postgres:dbname=lake host=db password=hai-phong-2026 user=an",
        "other": ["postgresql://an:matkhau@db/lake", "Authorization: Bearer eyJhbGci", {"deep": "abcdef123"}],
        "path": "/srv/ledger/data",
        "words": 'PGPASSWORD=abc sslpassword=def {"access_key": "ghi"}',
        "count": 3,
    }
    assert struck_out(said, environment) == {
        "message": f"cannot connect: postgres:dbname=lake host=db password={STRUCK} user=an",
        "other": [f"postgresql://an:{STRUCK}@db/lake", f"Authorization: Bearer {STRUCK}", {"deep": STRUCK}],
        "path": "/srv/ledger/data",
        "words": f'PGPASSWORD={STRUCK} sslpassword={STRUCK} {{"access_key": {STRUCK}}}',
        "count": 3,
    }
