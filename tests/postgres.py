"""A PostgreSQL of one's own on loopback, for tests: made, served and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

PASSWORD = "kho-chung-4711"
"""Of every role; what no log and no message may show."""


@dataclass(frozen=True)
class Postgres:
    """A server with an empty database `ledger`, in which roles log in by password alone."""

    port: int

    def catalog(self, user: str = "loader") -> str:
        return f"host=127.0.0.1 port={self.port} dbname=ledger user={user}"

    def execute(self, *statements: str, user: str = "postgres") -> None:
        with psycopg.connect(f"{self.catalog(user)} password={PASSWORD}", autocommit=True) as session:
            for statement in statements:
                session.execute(statement.encode())

    def new_home(
        self, folder: Path, schema: str, user: str = "loader", files: str = "", more: str = ""
    ) -> Path:
        """Make a home whose lake has that schema, its files beside the home if no other place is said."""
        folder.mkdir(parents=True)
        place = files or str(folder.parent / schema)
        (folder / "lake.toml").write_text(
            f'catalog = "{self.catalog(user)}"\nfiles = "{place}"\nschema = "{schema}"\n{more}',
            encoding="utf-8",
        )
        return folder


@contextmanager
def served_postgres() -> Iterator[Postgres]:
    """Serve one; skip the test where Debian's postgresql is missing, unless CI says that it must be there."""
    programs = _programs()
    if programs is None:
        assert "CITYLEDGER_REQUIRE_POSTGRES" not in os.environ, "there is no PostgreSQL"
        pytest.skip("PostgreSQL is missing: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="cityledger-pg-") as place:
        folder = Path(place)
        # It refuses to be served by root.
        user = pwd.getpwnam("nobody").pw_name if os.getuid() == 0 else None
        if user:
            shutil.chown(folder, user)
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="ascii")
        secret.chmod(0o644)
        data = str(folder / "data")
        words = ["-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(secret), "--no-sync"]
        made = subprocess.run(
            [programs / "initdb", *words, "--encoding=UTF8", "--locale=C"],
            user=user, cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off")
        command = [str(programs / "postgres"), "-D", data, "-p", str(port)]
        for setting in settings:
            command += ["-c", setting]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log)
            try:
                _wait_for(port, server, folder / "log")
                served = Postgres(port)
                served_as = f"host=127.0.0.1 port={port} user=postgres dbname=postgres password={PASSWORD}"
                with psycopg.connect(served_as, autocommit=True) as session:
                    session.execute(f"create role loader login password '{PASSWORD}'".encode())
                    session.execute("create database ledger owner loader")
                yield served
            finally:
                server.send_signal(signal.SIGQUIT)
                server.wait()


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(
                f"host=127.0.0.1 port={port} user=postgres dbname=postgres password={PASSWORD}"
            ).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"PostgreSQL does not start: {log.read_text(encoding='utf-8', errors='replace')}")
