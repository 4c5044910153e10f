"""The lake that homes may share in place of a warehouse file each: what `lake.toml` says of it, as SQL.

A lake is DuckLake: Parquet files on a path or store that every machine sees, and a catalog of them in
PostgreSQL, where commits of several writers meet. A home without the file has nothing of all this.
"""

from __future__ import annotations

import os
import re
import socket
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError

FILE = "lake.toml"

NAME = "warehouse"
"""What a lake is attached as, everywhere: the marts' SQL names it so."""

KEEP_DAYS = 14

_KEYS = {"catalog": str, "files": str, "schema": str, "worker": str, "keep_days": int, "s3": dict}
_S3_KEYS = {"endpoint": str, "region": str, "url_style": str, "use_ssl": bool}
_PASSWORD = re.compile(r"password\s*=|^postgres(?:ql)?://[^/@]*:[^/@]*@", re.IGNORECASE)
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]*")

_SETTINGS = (
    ("parquet_compression", "zstd"),
    # A nightly load of one portal is some dozens of rows a table: they wait in PostgreSQL until `gc` or
    # `refresh` writes them out together, and are no file each.
    ("data_inlining_row_limit", "200"),
)
"""Of a new lake; kept in its catalog, so that all its writers do the same."""


@dataclass(frozen=True, slots=True)
class S3:
    """Where an object store is, as far as it is not Amazon's; its keys come from the environment alone."""

    endpoint: str | None = None
    region: str | None = None
    url_style: str | None = None
    use_ssl: bool = True

    def secret(self) -> str:
        """Return the SQL that makes the store's keys known, from AWS_ACCESS_KEY_ID and its like."""
        said = {
            "key_id": os.environ.get("AWS_ACCESS_KEY_ID"),
            "secret": os.environ.get("AWS_SECRET_ACCESS_KEY"),
            "session_token": os.environ.get("AWS_SESSION_TOKEN"),
            "region": self.region or os.environ.get("AWS_REGION"),
            "endpoint": self.endpoint,
            "url_style": self.url_style,
        }
        options = [f"{name} {_literal(value)}" for name, value in said.items() if value]
        return f"create or replace secret lake (type s3, {', '.join([*options, f'use_ssl {self.use_ssl}'])})"


@dataclass(frozen=True, slots=True)
class Lake:
    """What a home says of its lake."""

    catalog: str
    """How libpq finds the database, without a password."""
    files: str
    """Folder, or s3:// address, of the Parquet files; all machines see it under this very name."""
    schema: str = "public"
    """Of the catalog's tables in PostgreSQL, so that one database can hold several lakes."""
    worker: str = ""
    """What the run log calls this home."""
    keep_days: int = KEEP_DAYS
    """How far back one can look; what only older snapshots need is removed."""
    s3: S3 = field(default_factory=S3)

    @property
    def extensions(self) -> tuple[str, ...]:
        """Return the extensions of DuckDB that it needs."""
        store = ("httpfs",) if self.is_in_store else ()
        return (*store, "postgres_scanner", "ducklake")

    @property
    def is_in_store(self) -> bool:
        """Whether its files lie in an object store."""
        return self.files.startswith("s3://")

    def attach_sql(
        self, name: str, *, read_only: bool = False, snapshot: int | None = None, create: bool = False
    ) -> str:
        """Return the SQL that attaches it.

        Args:
            name: As what.
            read_only: It cannot be written then.
            snapshot: As it was then, which cannot be written either; None: as it is.
            create: Make its catalog where there is none.
        """
        options = [f"metadata_schema {_literal(self.schema)}", f"create_if_not_exists {create}"]
        if snapshot is not None:
            options.append(f"snapshot_version {snapshot}")
        elif read_only:
            options.append("read_only")
        if create:
            options.append(f"data_path {_literal(self.files.rstrip('/') + '/')}")
        return f"attach {_literal(f'ducklake:postgres:{self.catalog}')} as {name} ({', '.join(options)})"

    def settings_sql(self, name: str) -> str:
        """Return the SQL that sets a new lake up."""
        return ";".join(f"call {name}.set_option('{option}', '{value}')" for option, value in _SETTINGS)

    def __str__(self) -> str:
        """Name it for a person."""
        return f"the lake ({self.catalog}, {self.files})"


def lake_of(home: Path) -> Lake | None:
    """Return the lake of a home, None where it has a warehouse file of its own.

    Raises ConfigError where the file of the lake is wrong.
    """
    file = home / FILE
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    _check(file, said, _KEYS, "")
    store = said.pop("s3", {})
    _check(file, store, _S3_KEYS, "s3.")
    for key in ("catalog", "files"):
        if not said.get(key):
            raise ConfigError(f"{file}: {key} is missing: see docs/lake.md")
    if _PASSWORD.search(said["catalog"]):
        raise ConfigError(
            f"{file}: catalog holds a password: give it as PGPASSWORD, or in PostgreSQL's own passfile"
        )
    if not _SCHEMA.fullmatch(said.get("schema", "public")):
        raise ConfigError(f"{file}: schema is no plain name of PostgreSQL: small letters, digits and _")
    if said.get("keep_days", 1) < 1:
        raise ConfigError(f"{file}: keep_days is at least 1")
    if "://" not in said["files"] and not Path(said["files"]).is_absolute():
        raise ConfigError(f"{file}: files is neither an absolute path nor an s3:// address")
    said.setdefault("worker", f"{socket.gethostname()}:{home.absolute()}")
    return Lake(**said, s3=S3(**store))


def _check(file: Path, said: dict[str, Any], keys: dict[str, type], place: str) -> None:
    for key, value in said.items():
        if key not in keys:
            raise ConfigError(f"{file}: {place}{key} is not known; known are {', '.join(keys)}")
        if type(value) is not keys[key]:
            raise ConfigError(f"{file}: {place}{key} is no {keys[key].__name__}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
