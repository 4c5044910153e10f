"""Answers as pandas frames, for notebooks and scripts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scraper.errors import PublicationError, UsageError
from warehouse.connect import DatabaseError
from warehouse.publication.manifest import DATABASE
from warehouse.publication.query import one_line, opened, the_statement
from warehouse.publication.shelf import published_folder


def frame(sql: str, *, home: Path | str = "data", publication: Path | str | None = None) -> pd.DataFrame:
    """Ask a publication one question in SQL and get a pandas frame; it reads and can do nothing else.

    Args:
        sql: One statement; tables are named with or without `marts.`.
        home: The home whose current publication is asked.
        publication: A publication's folder or its `cityledger.duckdb`, instead of a home's current one.

    Returns:
        Decimals as float64, times in UTC, lists as objects.

    Raises:
        UsageError: The SQL is wrong, in DuckDB's words.
        PublicationError: Nothing is published there.
    """
    place = Path(publication) if publication is not None else published_folder(Path(home))
    file = place / DATABASE if place.is_dir() else place
    if not file.is_file():
        raise PublicationError(f"{file}: nothing is published there; run `publish` first")
    with opened(file) as connection:
        try:
            return connection.execute(the_statement(connection, sql)).df()
        except DatabaseError as error:
            raise UsageError(one_line(error)) from error
