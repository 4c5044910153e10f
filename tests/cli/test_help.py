"""Every command explains itself, and the README's words about the command line hold."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer.main

import orchestrate
from scraper.version import VERSION
from tests.cli.conftest import ROOT, run, run_cold


def commands(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found = []
    for name, command in group.commands.items():
        inner = hasattr(command, "commands")
        found += commands(command, (*path, name)) if inner else [((*path, name), command)]
    return found


COMMANDS = dict(commands(typer.main.get_command(orchestrate.app)))


def test_the_commands_are_those_that_are_promised() -> None:
    promised = (
        "demo refresh crawl load build publish status schedule gc query review forget rebuild read inspect "
        "replay serve site"
    )
    expected: set[tuple[str, ...]] = {(name,) for name in promised.split()}
    expected |= {("archive", name) for name in ("verify", "compact", "import", "export")}
    expected |= {("portals", name) for name in ("list", "new", "check", "record", "release")}
    expected |= {("replica", "serve"), ("replica", "write")}
    assert set(COMMANDS) == expected


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_each_command_teaches(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert len(command.help or "") > 40
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{parameter.name} has no help"


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_placeholder_is_lost_on_the_way_to_the_terminal(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    for told in (command.help, *(getattr(parameter, "help", "") for parameter in command.params)):
        # Markdown takes <word> for a tag and shows nothing; within backticks it stays.
        assert not re.findall(r"<[A-Za-z][\w-]*>", re.sub(r"`[^`]*`", "", told or ""))


@pytest.mark.parametrize("path", [("refresh",), ("portals", "check"), ("replica", "serve")], ids=" ".join)
def test_help_is_printed_with_exit_code_0(path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_the_version_is_told() -> None:
    done = run_cold("--version")
    assert (done.returncode, done.stdout) == (0, f"cityledger {VERSION}\n")


def test_an_unknown_option_is_wrong_usage() -> None:
    assert run("status", "--nonsense").returncode == 2


def test_the_readme_names_only_commands_that_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:cityledger|orchestrate\.py) ([a-z]+(?: [a-z]+)?)", readme)
    known = {path[0] for path in COMMANDS}
    assert named
    assert {name.split()[0] for name in named} <= known


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_each_command_takes_the_home_and_the_portals(path: tuple[str, ...]) -> None:
    taken = {option for parameter in COMMANDS[path].params for option in parameter.opts}
    assert {"--home", "--portals-dir"} <= taken


@pytest.mark.parametrize("name", ["build", "query", "demo"])
def test_what_comes_to_nothing_is_taken_and_not_offered(name: str) -> None:
    done = run(name, "--help")
    assert "--home" in done.stdout
    assert "--portals-dir" not in done.stdout
