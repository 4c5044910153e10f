"""dbt's way into a lake: the plugin of the target `lake` in dbt_project/profiles.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from warehouse.connect import Connection, attach_for_build
from warehouse.lake import NAME

RAW = "raw_then"
"""What the project's sources call the lake as it was when the build began."""


class Plugin(BasePlugin):
    """Attaches the lake of the home that the profile names."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Take the profile's `config`: `warehouse`, the path that stands for the home's warehouse."""
        self._home = Path(plugin_config["warehouse"]).parent

    def configure_connection(self, conn: Connection) -> None:
        """Attach the lake before dbt asks for anything."""
        attach_for_build(conn, self._home, RAW)

    def configure_cursor(self, cursor: Connection) -> None:
        """Have names without a database be the lake's, as they are the file's elsewhere."""
        cursor.execute(f"use {NAME}")
