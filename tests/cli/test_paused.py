"""A portal that a person paused: not asked for anything, and said so."""

from __future__ import annotations

import json
from pathlib import Path

from scraper.replica import Replica, serve, write_portals
from tests.cli.conftest import run


def test_a_paused_portal_is_not_asked_for_anything(tmp_path: Path) -> None:
    with serve(Replica(seed=11, articles=8)) as served:
        for path in write_portals(tmp_path / "portals", connect=served.connect):
            path.write_text(f"paused_until = 2999-01-31\n{path.read_text('utf-8')}", encoding="utf-8")
        done = run("crawl", "demo-lechan", "--home", tmp_path / "home", "--portals-dir", tmp_path / "portals")
        assert served.requests == []
    assert (done.returncode, done.stderr) == (0, "")
    assert "crawl: demo-lechan: paused until 2999-01-31, not asked; its archive stays" in done.stdout


def test_the_list_says_who_rests(tmp_path: Path) -> None:
    paths = write_portals(tmp_path, connect="127.0.0.1:1")
    for path, said in zip(
        paths, ("paused = true", "paused_until = 2999-01-31", "paused_until = 2020-01-31"), strict=False
    ):
        path.write_text(f"{said}\n{path.read_text('utf-8')}", encoding="utf-8")
    listed = json.loads(run("portals", "list", "--portals-dir", tmp_path, "--json").stdout)
    told = {row["portal"]: (row["paused"], row["paused_until"]) for row in listed}
    assert [told[path.stem] for path in paths] == [
        (True, None), (True, "2999-01-31"), (False, "2020-01-31"), (False, None)
    ]  # fmt: skip
    assert "2999-01-31" in run("portals", "list", "--portals-dir", tmp_path).stdout
