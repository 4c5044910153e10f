"""The hook of a night with trouble: what it is told, how long it may take, and that it hides nothing."""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path

import pytest

from scraper.errors import FellShort, InterruptedRun, UsageError
from scraper.on_trouble import run_hook, trouble_told

WRITE = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.stdin.read())"


def told(tmp_path: Path, error: BaseException, command: list[str]) -> list[str]:
    """Run a block that ends with an error under a hook; return the warnings about the hook."""
    warnings: list[str] = []

    def night() -> None:
        with trouble_told(shlex.join(command), "refresh", tmp_path, warnings.append) as known:
            known.run_id = "r1"
            known.portals = [{"portal": "lechan", "held": True}]
            raise error

    with pytest.raises(type(error)) as caught:
        night()
    assert caught.value is error
    return warnings


def test_it_is_told_of_an_error_as_json(tmp_path: Path) -> None:
    heard = tmp_path / "heard it; $(rm -rf .) `x`.json"
    assert told(tmp_path, FellShort("lechan:\nheld"), [sys.executable, "-c", WRITE, str(heard)]) == []
    said = json.loads(heard.read_text("utf-8"))
    assert (said["schema"], said["error"], said["exit_code"]) == ("cityledger.trouble/1", "FellShort", 1)
    assert (said["message"], said["run_id"], said["home"]) == ("lechan: held", "r1", str(tmp_path))
    assert said["portals"] == [{"portal": "lechan", "held": True}]


@pytest.mark.parametrize("error", [InterruptedRun(15), KeyboardInterrupt()])
def test_a_signal_is_no_trouble(tmp_path: Path, error: BaseException) -> None:
    told(tmp_path, error, [sys.executable, "-c", WRITE, str(tmp_path / "heard")])
    assert not (tmp_path / "heard").exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["/nowhere/hook"], "cannot be run: No such file"),
        ([sys.executable, "-c", "import sys; sys.exit('no server')"], "ended with 1: no server"),
        (["false"], "ended with 1: it said nothing"),
    ],
)
def test_a_hook_that_fails_is_one_warning(tmp_path: Path, command: list[str], said: str) -> None:
    (warning,) = told(tmp_path, FellShort("held"), command)
    assert said in warning
    assert "\n" not in warning


def test_a_hook_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    script = f"(while true; do date >> '{mark}'; sleep 0.1; done) & wait"
    warning = run_hook(["sh", "-c", script], {}, timeout=1.5)
    assert warning is not None
    assert "longer than 1.5 seconds" in warning
    size = mark.stat().st_size
    time.sleep(0.5)
    assert mark.stat().st_size == size


def test_a_hook_that_reads_nothing_of_a_long_story_does_no_harm() -> None:
    assert run_hook(["true"], {"message": "x" * 5_000_000}) is None


@pytest.mark.parametrize("line", ["mail 'root", "", "   "])
def test_a_command_that_cannot_be_split_is_wrong_usage_before_anything_is_done(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(UsageError, match="--on-trouble"), trouble_told(line, "refresh", tmp_path, print):
        pytest.fail("nothing may be done")
