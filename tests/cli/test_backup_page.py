"""The commands of docs/backup.md, run as they stand there: what is restored is what was saved."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, City
from tests.warehouse.tables import READ, contents
from warehouse.lock import run_lock

pytestmark = pytest.mark.slow


def commands() -> dict[str, str]:
    """The page's commands by the heading that they stand under."""
    page = (ROOT / "docs" / "backup.md").read_text(encoding="utf-8")
    return {
        heading: "\n".join(blocks)
        for heading, text in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        if (blocks := re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    }


@dataclass(frozen=True)
class Saved:
    """A home, its backup, and the shell that the page's commands are run in."""

    home: Path
    backup: Path
    environment: dict[str, str]

    def sh(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", script], env=self.environment, capture_output=True, text=True, timeout=200
        )


@pytest.fixture(scope="module")
def saved(city: City, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A home that was backed up, changed, and backed up once more."""
    folder = tmp_path_factory.mktemp("backup of Lê Chân")
    program = folder / "bin" / "cityledger"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "orchestrate.py"}" "$@"\n')
    program.chmod(0o755)
    shutil.copytree(city.home, folder / "home", symlinks=True)
    environment = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "CITYLEDGER_HOME": str(folder / "home"),
        "CITYLEDGER_PORTALS": str(city.portals_dir),
        "BACKUP": str(folder / "backup"),
        "RESTORED": str(folder / "restored"),
        "FROM_ARCHIVE": str(folder / "from the archive"),
    }
    found = Saved(folder / "home", folder / "backup", environment)
    first = found.sh(commands()["Back up"])
    assert first.returncode == 0, first.stderr
    (found.home / "corrections.csv").write_text("fact,fact_id\n")
    # As if a run had been killed before the first backup, and its log had gone with the next run.
    frontier = next(found.backup.glob("*/frontier.sqlite"))
    for stale in (found.backup / "warehouse.duckdb.wal", frontier.with_name("frontier.sqlite-wal")):
        stale.write_bytes(b"of another day")
    again = found.sh(commands()["Back up"])
    assert again.returncode == 0, again.stderr
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_restored_home_holds_what_was_saved_and_goes_on_from_there(saved: Saved) -> None:
    done = saved.sh(commands()["Restore"])
    assert done.returncode == 0, done.stderr
    assert "load: 0 archived pages, 0 new articles" in done.stdout
    restored = Path(saved.environment["RESTORED"])
    assert contents(restored) == contents(saved.home)
    before, after = files_of(saved.home), files_of(restored)
    kept = {name for name in before if "/archive/" in name or name.startswith("published/")}
    kept |= {"corrections.csv"}
    assert not [name for name in after if name.endswith("wal")]
    assert len(kept) > 10
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    current = Path("published", "current")
    assert (restored / current).readlink() == (saved.home / current).readlink()


def test_the_archive_alone_gives_every_row_that_was_read(saved: Saved) -> None:
    done = saved.sh(commands()["Where only the archive is left"])
    assert done.returncode == 0, done.stderr
    found, expected = contents(Path(saved.environment["FROM_ARCHIVE"])), contents(saved.home)
    assert {table: found[table] for table in READ} == {table: expected[table] for table in READ}


def test_a_backup_waits_for_a_run(saved: Saved) -> None:
    impatient = commands()["Back up"].replace("--wait 14400", "--nonblock")
    with run_lock(saved.home, "refresh"):
        assert saved.sh(impatient).returncode != 0
