"""A process that has imported what the commands need and forks one that runs a command, as often as asked.

A kill that falls into a second of imports tests nothing; forked from here, a command is at work at once. What
runs is the command line itself, in a process of its own. Requests and answers are lines of JSON.
"""

from __future__ import annotations

import gc
import importlib
import json
import logging
import os
import sys
from typing import Any

_PRELOADED = (
    *("scraper.cli", "scraper.spiders.run", "scraper.harvest.harvest", "dbt.cli.main"),
    *("trafilatura", "altair"),
)
"""Nothing that starts threads (duckdb, pyarrow): a fork would take their locks and not them."""


def main() -> None:
    for module in _PRELOADED:
        importlib.import_module(module)
    # It imports dbt, which gives the log a handler: a process that a command starts must not do so.
    importlib.import_module("tests.reliability.parsed").share_parsed()
    gc.freeze()  # A command on its way out would walk all of it once more.
    logging.getLogger().handlers.clear()  # dbt's import adds one; no command has it when its crawl begins.
    print(json.dumps("ready"), flush=True)
    while line := sys.stdin.readline():
        asked = json.loads(line)
        if "arguments" in asked:
            answer: int | None = os.fork()
            if answer == 0:
                _run(asked)
                return
        else:
            pid, status = os.waitpid(asked["pid"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        print(json.dumps(answer), flush=True)


def _run(asked: dict[str, Any]) -> None:
    """Be the command: its arguments, its streams, and whatever way it ends."""
    os.setsid()
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    for name, descriptor in ((os.devnull, 0), (asked["out"], 1), (asked["err"], 2)):
        opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.argv = ["orchestrate.py", *asked["arguments"]]
    import orchestrate

    orchestrate.main()


if __name__ == "__main__":
    main()
