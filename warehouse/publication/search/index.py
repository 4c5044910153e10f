"""The index over what is published, and the table macro that asks it."""

from __future__ import annotations

from importlib.resources import files

from warehouse.connect import Connection, load_extension

SCHEMA = "search"
MACRO = "marts.search"
_WORDS = r"(\.|[^a-z0-9])+"
"""What parts words, once they are lower case and without diacritics."""


def write_search(connection: Connection) -> None:
    """Index areas, articles, meetings and points of series of a file that is being published.

    It then holds `marts.search(words, kind_asked := null)`, which gives what holds all of the words, or else
    most of them, best first. Whoever opens the file can call it: DuckDB's fts extension makes the index and
    is not needed to ask it (its own macro would stem the words, which takes the extension).

    Args:
        connection: With the file attached as `published`, its marts written.

    Raises:
        WarehouseError: The extension's package is not installed, or is of another DuckDB.
    """
    load_extension(connection, "fts")
    connection.execute(f"create schema published.{SCHEMA}")
    connection.execute(f"create table published.{SCHEMA}.documents as {_sql('documents')}")
    connection.execute("use published")
    try:
        connection.execute(
            f"pragma create_fts_index('{SCHEMA}.documents', 'document_id', 'folded', stemmer = 'none', "
            f"stopwords = 'none', strip_accents = 0, lower = 0, ignore = '{_WORDS}')"
        )
        for macro in ("match_bm25", "tokenize"):
            connection.execute(f"drop macro fts_{SCHEMA}_documents.{macro}")
        connection.execute(f"alter table {SCHEMA}.documents drop column folded")
        connection.execute(f"create macro {MACRO}(words, kind_asked := null) as table {_sql('search')}")
    finally:
        connection.execute("use memory")


def _sql(name: str) -> str:
    return files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
