"""Turns at a lake: what one worker at a time may do, held in the lake's PostgreSQL.

A turn is an advisory lock of a session: it ends with the worker, its machine or its network, and nobody has
to clear it away. The door to PostgreSQL itself; rows go through DuckDB.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import LockedError, WarehouseError
from warehouse.lake import Lake, lake_of

if TYPE_CHECKING:
    import psycopg

_BETWEEN_TRIES = 0.3
"""Seconds."""

_WHOLE_BUILD = 6 * 3600.0
_A_MOMENT = 5.0
"""Seconds that a turn is waited for: a build for a night, else what a restart takes."""


@contextmanager
def turns(lake: Lake, at: Sequence[str], wait_seconds: float) -> Iterator[None]:
    """Hold the turn at each of some things of a lake; one that another worker has is waited for.

    Raises LockedError where another worker keeps one for longer, WarehouseError without PostgreSQL, or where
    the session ended before the work did: another worker may have been at it too.
    """
    # Only a lake needs it, and it takes a tenth of a second.
    try:
        import psycopg
    except ImportError as error:
        raise WarehouseError("the package psycopg is missing: pip install 'cityledger[lake]'") from error

    until = time.monotonic() + wait_seconds
    try:
        with psycopg.connect(lake.catalog, autocommit=True, application_name="cityledger") as session:
            # In one order for all, so that no two wait for each other.
            for what in sorted(at):
                said = f"cityledger/{lake.schema}/{what}".encode()
                key = int.from_bytes(sha256(said).digest()[:8], "big", signed=True)
                while session.execute("select pg_try_advisory_lock(%s)", [key]).fetchone() != (True,):
                    if time.monotonic() >= until:
                        raise LockedError(f"{lake}: another worker has its turn at {what}: wait for it")
                    time.sleep(_BETWEEN_TRIES)
            yield
            _refuse_lost(lake, session, at)
    except psycopg.Error as error:
        raise WarehouseError(f"{lake}: {' '.join(str(error).split())}") from error


def _refuse_lost(lake: Lake, session: psycopg.Connection, at: Sequence[str]) -> None:
    import psycopg

    try:
        session.execute("select 1")
    except psycopg.Error as error:
        raise WarehouseError(
            f"{lake}: PostgreSQL ended the session that held the turn at {', '.join(at)}, another worker may"
            " have been at it too: run the same command again"
        ) from error


@contextmanager
def build_turn(home: Path) -> Iterator[None]:
    """Hold the turn at building where the home has a lake: of two builds the second waits for the first."""
    lake = lake_of(home)
    if lake is None:
        yield
        return
    with turns(lake, ["build"], _WHOLE_BUILD):
        yield


@contextmanager
def portal_turns(home: Path, portals: Sequence[str]) -> Iterator[None]:
    """Hold the turn at each portal where the home has a lake: no other home loads these at the same time.

    Raises LockedError naming a portal that another worker is loading.
    """
    lake = lake_of(home)
    if lake is None or not portals:
        yield
        return
    with turns(lake, [f"portal {portal}" for portal in portals], _A_MOMENT):
        yield
