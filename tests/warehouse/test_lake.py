"""The warehouse on a lake: the same rows as in a file, several writers, upkeep, time travel, readers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.errors import ConfigError, LockedError, UsageError, WarehouseError
from scraper.items import Harvest
from tests.object_store import BUCKET, served_store
from tests.postgres import PASSWORD, Postgres, served_postgres
from tests.warehouse.harvests import LE_CHAN, batches_of, day, page
from tests.warehouse.tables import contents, keys, rows
from warehouse import turns
from warehouse.build import build
from warehouse.connect import committed, open_warehouse, warehouse_path
from warehouse.lake import lake_of
from warehouse.lake_upkeep import keep_up
from warehouse.load import load
from warehouse.rebuild import rebuilding
from warehouse.runs import last_runs, run_logged
from warehouse.status import warehouse_status
from warehouse.turns import portal_turns


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with pytest.MonkeyPatch.context() as patched, served_postgres() as served:
        patched.setenv("PGPASSWORD", PASSWORD)
        yield served


def pages_of(portal: str) -> Iterator[Harvest]:
    """Six captures of three articles of a portal, each edited once."""
    for place in range(6):
        shown = page(place, place % 3, day(1 + place), f"bản {place}")
        fetch = replace(shown.fetch, portal=portal)
        yield replace(shown, fetch=fetch, article_id=f"{portal}-{shown.article_id}")


def load_portal(home: Path, portal: str) -> None:
    records = {portal: replace(LE_CHAN, portal=portal)}
    load(home, records, batches_of(list(pages_of(portal))), records_a_transaction=3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('catalog = "dbname=x password=secret"\nfiles = "/f"', "PGPASSWORD"),
        ('catalog = "dbname=x sslpassword=secret"\nfiles = "/f"', "PGPASSWORD"),
        ('catalog = "postgresql://me:secret@db/x"\nfiles = "/f"', "PGPASSWORD"),
        ('catalog = "dbname=x"', "files is missing"),
        ('catalog = "dbname=x"\nfiles = "relative/path"', "absolute path"),
        ('catalog = "dbname=x"\nfiles = "/f"\nkeep_day = 3', "keep_day is not known"),
        ('catalog = "dbname=x"\nfiles = "/f"\nkeep_days = "3"', "keep_days is no int"),
        ('catalog = "dbname=x"\nfiles = "/f"\nschema = "x; drop"', "schema"),
        ('catalog = "dbname=x"\nfiles = "s3://b/x"\n[s3]\nsecret = "k"', "s3.secret is not known"),
        ("catalog = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "lake.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        lake_of(tmp_path)
    assert str(tmp_path / "lake.toml") in str(told.value)
    assert said in str(told.value)
    assert "=secret" not in str(told.value)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> tuple[Path, Path]:
    """Two homes with one lake, into which both loaded at once, each a portal of its own."""
    folder = tmp_path_factory.mktemp("shared")
    one, other = (postgres.new_home(folder / name, "shared") for name in ("one", "other"))
    with closing(open_warehouse(warehouse_path(one))) as connection:
        # Every commit makes files of its own, as loads of thousands of pages do.
        connection.execute("call warehouse.set_option('data_inlining_row_limit', '0')")
    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(load_portal, home, home.name) for home in (one, other)]:
            done.result()
    return one, other


def test_two_writers_at_once_leave_what_a_file_holds(homes: tuple[Path, Path], tmp_path: Path) -> None:
    for portal in ("one", "other"):
        load_portal(tmp_path, portal)
    load_portal(homes[0], "one")
    assert contents(homes[0]) == contents(tmp_path)
    assert not (homes[0] / "warehouse.duckdb").exists()
    with closing(open_warehouse(warehouse_path(homes[1]), read_only=True)) as connection:
        for table, key in keys().items():
            doubled = f"select {', '.join(key)} from raw.{table} group by all having count(*) > 1"
            assert connection.execute(doubled).fetchall() == []


def test_what_meets_another_commit_is_done_again(homes: tuple[Path, Path]) -> None:
    tries = []
    more = "update raw.portal set precedence = precedence + 1 where portal = 'one'"
    with (
        closing(open_warehouse(warehouse_path(homes[0]))) as ours,
        closing(open_warehouse(warehouse_path(homes[1]))) as another,
    ):

        def meeting(meets: int) -> None:
            tries.append(meets)
            ours.execute(more)
            if len(tries) <= meets:
                another.execute(more)

        committed(ours, lambda: meeting(2))
        assert len(tries) == 3
        assert ours.execute("select precedence from raw.portal where portal = 'one'").fetchall() == [(4,)]
        with pytest.raises(Exception, match="conflict"):
            committed(ours, lambda: meeting(1000))
    assert 3 < len(tries) < 20


def test_a_portal_is_loaded_by_one_home_at_a_time(
    tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = (postgres.new_home(tmp_path / name, "turns") for name in ("here", "there"))
    monkeypatch.setattr(turns, "_BETWEEN_TRIES", 0.01)
    monkeypatch.setattr(turns, "_A_MOMENT", 0.05)
    with portal_turns(here, ["a", "b"]):
        with portal_turns(there, ["c"]):
            pass
        with pytest.raises(LockedError, match="its turn at portal b"), portal_turns(there, ["b"]):
            raise AssertionError
    with portal_turns(there, ["b"]):
        pass


def test_a_turn_that_ended_before_the_work_is_told(tmp_path: Path, postgres: Postgres) -> None:
    home = postgres.new_home(tmp_path / "home", "lost")
    end = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cityledger'"
    with pytest.raises(WarehouseError, match=r"turn at portal a, .* again"), portal_turns(home, ["a"]):
        postgres.execute(end)


def test_each_home_has_its_own_runs_in_one_log(homes: tuple[Path, Path]) -> None:
    here, there = homes
    with run_logged(here, "load", "1"):
        # A run of another home begins meanwhile, and takes this one for no dead run of its own.
        with run_logged(there, "load", "1"):
            pass
        assert rows(here, "select status from raw.run order by all") == [("done",), ("running",)]
    assert [run.status for run in last_runs(here)] == ["done"]
    found = warehouse_status(here)
    assert found.lake is not None
    assert [portal.portal for portal in found.portals] == ["one", "other"]
    assert len(found.runs) == 1
    assert found.disk.warehouse > 10_000


def test_upkeep_makes_small_files_one_and_forgets_what_is_old(homes: tuple[Path, Path]) -> None:
    home = homes[0]
    with closing(open_warehouse(warehouse_path(home))) as connection:
        ((past,),) = connection.execute("select id from ducklake_current_snapshot('warehouse')").fetchall()
        connection.execute("delete from raw.article where portal = 'one'")
    before = contents(home)
    then = f"select count(*) from raw.article at (version => {past}) where portal = 'one'"

    done = keep_up(home)
    assert done is not None
    assert done.files_after < done.files_before / 2
    assert done.snapshots_expired == 0
    assert contents(home) == before
    assert rows(home, then) == [(6,)]

    later = keep_up(home, datetime.now(UTC) + timedelta(days=30))
    assert later is not None
    assert later.snapshots_expired > 5
    assert later.files_removed > 10
    assert contents(home) == before
    with pytest.raises(Exception, match="snapshot"):
        rows(home, then)


def test_what_makes_no_sense_on_a_lake_says_so(tmp_path: Path, postgres: Postgres) -> None:
    home = postgres.new_home(tmp_path / "home", "senseless")
    with pytest.raises(UsageError, match="load PORTAL --again"), rebuilding(home):
        raise AssertionError
    with pytest.raises(UsageError, match="built whole"):
        build(home, select="articles")
    with pytest.raises(WarehouseError, match="holds nothing yet"):
        rows(home, "from raw.run")


def test_its_files_may_lie_in_an_object_store(tmp_path: Path, postgres: Postgres) -> None:
    load_portal(tmp_path, "one")
    expected = contents(tmp_path)
    with served_store() as store:
        place, more = f"s3://{BUCKET}/lake", store.settings()
        home, other = (postgres.new_home(tmp_path / n, "stored", files=place, more=more) for n in "ab")
        with closing(open_warehouse(warehouse_path(home))) as connection:
            connection.execute("call warehouse.set_option('data_inlining_row_limit', '0')")
        load_portal(home, "one")
        assert contents(other) == expected
        assert "<Key>lake/raw/article/" in store.listing()
        upkeep = keep_up(other, datetime.now(UTC) + timedelta(days=30))
        assert upkeep is not None
        assert upkeep.files_removed > 5
        assert contents(home) == expected
        assert "khoa-kho-4713" not in repr(rows(home, "from duckdb_secrets()"))


def test_the_password_is_nowhere(
    homes: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"*:*:*:*:{PASSWORD}\n", encoding="ascii")
    passfile.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    assert PASSWORD not in repr(rows(homes[0], "from duckdb_databases()"))
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.setenv("PGPASSWORD", "wrong-4712")
    with pytest.raises(WarehouseError, match="password authentication failed") as told:
        open_warehouse(warehouse_path(homes[0]))
    assert "wrong-4712" not in str(told.value)
    assert "4711" not in caplog.text
    assert "4712" not in caplog.text
