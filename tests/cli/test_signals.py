"""A signal is heard in the end, also where a library swallows what it raises."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

SWALLOWED = """
import os, signal, sys, time
from scraper import console

console._INSIST_SECONDS = 0.05
console.on_sigterm()
try:
    os.kill(os.getpid(), getattr(signal, sys.argv[1]))
    time.sleep(30)
except BaseException:
    pass
try:
    time.sleep(30)
except BaseException as error:
    print(type(error).__name__)
    console._finish_in_peace(7)
    time.sleep(0.3)
"""


@pytest.mark.parametrize(("name", "raised"), [("SIGTERM", "Terminated"), ("SIGINT", "KeyboardInterrupt")])
def test_a_signal_that_a_library_swallowed_comes_again(name: str, raised: str) -> None:
    command = [sys.executable, "-c", SWALLOWED, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == (f"{raised}\n", "")


SERVING = """
import os, signal, sys
import typer
from scraper import console

app = typer.Typer(cls=console.CommandGroup)
inner = typer.Typer(cls=console.CommandGroup)
app.add_typer(inner, name="inner")

@inner.callback()
def every(): ...

@inner.command()
def serve():
    with console.serving():
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))

console.on_sigterm()
app(["inner", "serve"])
"""


@pytest.mark.parametrize(("name", "said"), [("SIGTERM", "terminated\n"), ("SIGINT", "stopped\n")])
def test_what_serves_says_once_that_it_stopped_and_promises_nothing(name: str, said: str) -> None:
    command = [sys.executable, "-c", SERVING, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == said


EARLY = """
import os, signal, sys
import typer
from scraper import console

class Signalled(console.CommandGroup):
    def make_context(self, *args, **kwargs):
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))
        return super().make_context(*args, **kwargs)

app = typer.Typer(cls=Signalled)

@app.command()
def one():
    print("begun")

@app.command()
def other(): ...

console.on_sigterm()
app(["one"])
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_a_signal_before_the_command_begins_has_its_own_exit_code(name: str, code: int) -> None:
    command = [sys.executable, "-c", EARLY, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


STUCK = """
import os, signal, threading, sys
from concurrent.futures import ThreadPoolExecutor
import typer
from scraper import console

console._WAY_OUT_SECONDS = 0.2
app = typer.Typer(cls=console.CommandGroup)

@app.callback()
def every(): ...

@app.command()
def wait():
    ThreadPoolExecutor().submit(threading.Event().wait)
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait()

console.on_sigterm()
app(["wait"])
"""


TURNED = """
import os, signal
import typer
from scraper import console

app = typer.Typer(cls=console.CommandGroup)

@app.callback()
def every(): ...

@app.command()
def ask():
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted")

console.on_sigterm()
app(["ask"])
"""


def test_an_error_that_a_library_makes_of_a_signal_is_the_signal() -> None:
    command = [sys.executable, "-c", TURNED]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 143, done.stderr
    assert done.stderr.startswith("terminated; what was done is kept")


def test_a_thread_that_is_stuck_does_not_hold_a_terminated_command() -> None:
    command = [sys.executable, "-c", STUCK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 143, done.stderr
    assert done.stderr.startswith("terminated; what was done is kept")


DEAF = """
import os, signal, threading
from scraper import console

console._LAST_RESORT_SECONDS = 0.5
console.on_sigterm()
try:
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait()
except KeyboardInterrupt:
    threading.Event().wait()  # As for a lock that is never given back.
"""


def test_a_command_that_never_comes_back_is_ended_at_last() -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEAF], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 130
    assert "could not stop by itself" in done.stderr


IMPORTED = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # As in a terminal, whatever started the tests.
sys.path.insert(0, sys.argv.pop())
runpy.run_path("orchestrate.py", run_name="__main__")
"""
INTERRUPTED = """
import os, signal, time
os.kill(os.getpid(), signal.SIGINT)
time.sleep(5)
"""


def test_an_interrupt_while_the_command_line_is_imported_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(INTERRUPTED, encoding="utf-8")
    command = [sys.executable, "-c", IMPORTED, "status", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
