"""Files that other programs run: what they name is there, and what they say can be read."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml  # type: ignore[import-untyped]

import orchestrate

ROOT = Path(__file__).parents[1]
ORCHESTRATORS = (ROOT / "docs" / "orchestrators.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", ORCHESTRATORS, re.DOTALL)


def options(group: Any) -> set[str]:
    found = {option for parameter in group.params for option in parameter.opts}
    for command in getattr(group, "commands", {}).values():
        found |= options(command)
    return found


def test_what_the_containerfile_copies_is_there_and_let_in() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)]
    let_in = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    names = [name for names in copied for name in names]
    assert len(names) > 8
    for name in names:
        assert (ROOT / name).exists()
        assert f"!{name}" in let_in


def test_the_workflow_runs_what_ci_runs() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    run = [step["run"] for step in job["steps"] if "run" in step]
    assert run == [".ci/run"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("text", blocks("yaml"), ids=lambda text: yaml.safe_load(text)["metadata"]["name"])
def test_kubernetes_resources_give_the_run_its_home_and_time_to_end(text: str) -> None:
    resource = yaml.safe_load(text)
    spec = resource["spec"].get("jobTemplate", resource)["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    (mount,) = container["volumeMounts"]
    assert mount["mountPath"] == "/data"
    assert mount["name"] in {volume["name"] for volume in spec["volumes"]}
    if resource["kind"] != "Deployment":
        assert spec["restartPolicy"] == "Never"
        assert spec["terminationGracePeriodSeconds"] >= 120


def test_the_snippets_are_python_and_name_options_that_there_are() -> None:
    assert len(blocks("python")) == 2
    for text in blocks("python"):
        ast.parse(text)
    known = options(typer.main.get_command(orchestrate.app))
    named = {
        option
        for line in ORCHESTRATORS.splitlines()
        for called in re.findall(r"cityledger ((?:[a-z]+|--)[^`\"]*)", line)
        for option in re.findall(r"--[a-z-]+", called)
    }
    assert named
    assert named <= known
