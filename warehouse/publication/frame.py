"""Answers as pandas frames, for notebooks and scripts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from warehouse.publication.query import asked
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
    with asked(place, sql) as result:
        return result.df()
