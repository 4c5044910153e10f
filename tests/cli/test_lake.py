"""A shared lake through the command line: two homes load at once, one refreshes, and analysts read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper.portal_choice import chosen_portals
from tests.cli.conftest import ROOT, City
from tests.postgres import PASSWORD, Postgres, served_postgres
from tests.reliability.commands import Commands
from warehouse.connect import DatabaseError, connect, load_extension
from warehouse.publication.query import query
from warehouse.publication.shelf import published_folder


@dataclass(frozen=True)
class Shared:
    """Two homes with half of the city's portals each, loaded into one lake at once; one was refreshed."""

    postgres: Postgres
    one: Path
    other: Path
    refreshed: str
    """What the refresh said."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, city: City) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("lake")
    portals = [portal.slug for portal in chosen_portals([], city.home, city.portals_dir, [])]
    places = ("--portals-dir", city.portals_dir)
    with served_postgres() as postgres, Commands() as commands:
        postgres.execute(f"create role analyst login password '{PASSWORD}'")
        postgres.execute(*documented("create schema"), user="loader")
        homes = {}
        for name, slugs in (("one", portals[:2]), ("other", portals[2:])):
            home = homes[name] = postgres.new_home(folder / name, "cityledger")
            for slug in slugs:
                shutil.copytree(city.home / slug, home / slug)
        env = {"PGPASSWORD": PASSWORD}
        loads = [
            commands.start("load", *slugs, "--home", homes[name], "--workers", "1", *places, env=env)
            for name, slugs in (("one", portals[:2]), ("other", portals[2:]))
        ]
        for load in loads:
            ended = load.wait()
            assert ended.code == 0, ended.out + ended.err
        ended = commands.run(
            "refresh", *portals[:2], "--home", homes["one"], "--workers", "2", *places, env=env
        )
        assert ended.code == 0, ended.out + ended.err
        yield Shared(postgres, homes["one"], homes["other"], ended.out)


def documented(word: str) -> list[str]:
    """Return the statements of the block of SQL in docs/lake.md that has this word in it."""
    text = (ROOT / "docs" / "lake.md").read_text(encoding="utf-8")
    (block,) = [block for block in re.findall(r"```sql\n(.*?)```", text, re.DOTALL) if word in block]
    return [statement for part in block.split(";") if (statement := part.strip())]


def tables_of(home: Path) -> dict[str, str]:
    """The digest of each published table; the problems are compared without when they were told."""
    said = json.loads((home / "published" / "current" / "manifest.json").read_text(encoding="utf-8"))
    digests = {table["name"]: table["digest"] for table in said["tables"]}
    problems = query(published_folder(home), "select * exclude (occurred_at) from problems order by all")
    return {**digests, "problems": repr(problems.rows)}


def test_the_marts_are_those_of_a_home_of_its_own(city: City, shared: Shared) -> None:
    assert tables_of(shared.one) == tables_of(city.home)
    assert not (shared.one / "warehouse.duckdb").exists()
    assert "upkeep: " in shared.refreshed


def test_analysts_read_it_as_the_page_says_and_cannot_write(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    found = shared.postgres.catalog("analyst")
    attach, read = (
        statement.replace("host=db.example.org dbname=ledger user=analyst", found)
        for statement in documented("read_only")
    )
    for statement in (attach, attach.replace(", read_only", "")):
        with closing(connect(None)) as reader:
            for extension in ("postgres_scanner", "ducklake"):
                load_extension(reader, extension)
            reader.execute(statement)
            assert len(reader.execute(read).fetchall()) == 5
            with pytest.raises(DatabaseError, match=r"read-only|permission denied"):
                reader.execute("insert into warehouse.raw.build values (now(), '1', '')")
            if "read_only" in statement:
                ((version, _),) = reader.execute(documented("a build passed")[0]).fetchall()
                then = f"select count(*) > 0 from warehouse.marts.articles at (version => {version})"
                assert reader.execute(then).fetchall() == [(True,)]


def test_readers_are_tried_and_facts_judged_on_it(shared: Shared, city: City) -> None:
    env = {"PGPASSWORD": PASSWORD}
    found = query(published_folder(shared.one), "select min(report_id) from indicator_reports")
    report = str(found.rows[0][0])
    with Commands("--home", shared.one) as commands:
        tried = commands.run("load", "--diff", "--portals-dir", city.portals_dir, env=env)
        assert (tried.code, tried.out.splitlines()[-1]) == (0, "nothing would appear, vanish or change")
        judged = commands.run("review", "--correct", report, "--no-fact", "--reason", "a try", env=env)
        assert judged.code == 0, judged.err
        assert report in (shared.one / "corrections.csv").read_text(encoding="utf-8")
        unknown = commands.run(
            "review", "--correct", "o-0000000000000000", "--no-fact", "--reason", "-", env=env
        )
        assert unknown.code == 2, unknown.err
