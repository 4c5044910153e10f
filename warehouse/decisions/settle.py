"""The decisions of a home's files, checked against what was read and brought into the raw tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scraper.vietnamese.text import squeeze
from warehouse.connect import Connection, committed
from warehouse.decisions.corrections import FIELDS, Correction, read_corrections
from warehouse.decisions.removals import Removal, read_removals

_CORRECTION = (
    "correction_id", "fact", "fact_id", "article_id", "quote", "obs_value", "field", "wrong_value",
    "right_value", "decision", "reason", "decided_on", "decided_by", "place",
)  # fmt: skip
_REMOVAL = (
    "removal_id", "kind", "article_id", "salt", "words", "name_hash", "slug_hash", "reason", "decided_on",
    "decided_by",
)  # fmt: skip

_ARTICLE = """
select any_value(article_id) from raw.article where article_id = $article or $article in (url, canonical_url)
"""
_FACT_ID = {"observation": "observation_id", "meeting": "meeting_id"}


def settle_decisions(connection: Connection, home: Path) -> bool:
    """Bring raw.correction and raw.removal up to the home's files; return whether that changed them.

    Raises ConfigError naming the line of a file that is not understood, names an article or fact that was
    never read, or says of a fact what was not read so. Then nothing was changed.
    """
    corrections = [_row(_found(connection, correction), correction) for correction in read_corrections(home)]
    removals = [_removal_row(removal) for removal in read_removals(home)]

    def settle() -> bool:
        changed = _replace(connection, "correction", _CORRECTION, corrections)
        return _replace(connection, "removal", _REMOVAL, removals) or changed

    return committed(connection, settle)


def unsettled(connection: Connection, database: str, home: Path) -> bool:
    """Say whether the home's files decide other things than what the attached warehouse was built with.

    Raises ConfigError where a file is not understood.
    """
    corrections, removals = read_corrections(home), read_removals(home)
    for table, key, ids in (
        ("correction", "correction_id", {correction.correction_id for correction in corrections}),
        ("removal", "removal_id", {removal.removal_id for removal in removals}),
    ):
        rows = connection.execute(f'select {key} from "{database}".raw.{table}').fetchall()  # noqa: S608
        if {row[0] for row in rows} != ids:
            return True
    said = {
        (c.correction_id, c.wrong_value, c.right_value, c.decision, c.reason, c.decided_on)
        for c in corrections
    }
    rows = connection.execute(
        "select correction_id, wrong_value, right_value, decision, reason, decided_on"  # noqa: S608
        f' from "{database}".raw.correction'
    ).fetchall()
    return said != set(rows)


def article_id_of(connection: Connection, article: str) -> str | None:
    """Return the id of the article of this id or address, None where none was read."""
    ((found,),) = connection.execute(_ARTICLE, {"article": article}).fetchall()
    return None if found is None else str(found)


def _found(connection: Connection, correction: Correction) -> Correction:
    """Return the correction with the id of its article, and with what its fact says where that is read."""
    line = correction.line
    article = None
    if correction.article is not None:
        article = article_id_of(connection, correction.article)
        if article is None:
            raise line.wrong(
                f"no article {correction.article!r} was ever read: give its id or its address as"
                " `query` shows them, or remove the line"
            )
    fact = _fact(connection, correction)
    if fact is None and article is None:
        raise line.wrong(
            f"no {correction.fact} {correction.fact_id!r} is read, and no article says where to look for it:"
            " give article and quote too, or remove the line"
        )
    if fact is None:
        return replace(correction, article=article)
    if article is not None and article != fact["article_id"]:
        raise line.wrong(f"{correction.fact_id} stands in article {fact['article_id']}, not in {article}")
    if correction.field and fact["read"] != correction.wrong_value:
        raise line.wrong(
            f"{correction.field} of {correction.fact_id} was read as {fact['read']!r}, not as"
            f" {correction.wrong_value!r}: mend wrong"
        )
    return replace(
        correction,
        article=fact["article_id"],
        quote=correction.quote or squeeze(fact["quote"]),
        obs_value=correction.obs_value or fact["obs_value"],
    )


def _fact(connection: Connection, correction: Correction) -> dict[str, Any] | None:
    if correction.fact_id is None:
        return None
    # A field of the fact as text; both names are of our own tables.
    read = f"cast({correction.field} as varchar)" if correction.field in FIELDS[correction.fact] else "null"
    value = "cast(obs_value as varchar)" if correction.fact == "observation" else "null"
    rows = connection.execute(
        f"select article_id, quote, {value} as obs_value, {read} as read"  # noqa: S608
        f" from raw.{correction.fact} where {_FACT_ID[correction.fact]} = ?"
        " order by fact_reader desc limit 1",
        [correction.fact_id],
    ).fetchall()
    if not rows:
        return None
    article, quote, obs_value, said = rows[0]
    return {
        "article_id": article,
        "quote": quote,
        "obs_value": obs_value,
        "read": said if said is None else squeeze(said),
    }


def _row(correction: Correction, written: Correction) -> tuple[object, ...]:
    return (
        # Of the line as it is written: what is found beside it changes from reading to reading.
        written.correction_id,
        correction.fact,
        correction.fact_id,
        correction.article,
        correction.quote,
        correction.obs_value,
        correction.field,
        correction.wrong_value,
        correction.right_value,
        correction.decision,
        correction.reason,
        correction.decided_on,
        correction.decided_by,
        f"{correction.line.file.name}, line {correction.line.number}",
    )


def _removal_row(removal: Removal) -> tuple[object, ...]:
    return tuple(getattr(removal, column) for column in _REMOVAL)


def _replace(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> bool:
    listed = ", ".join(columns)
    before = connection.execute(f"select {listed} from raw.{table}").fetchall()  # noqa: S608
    if set(before) == set(rows):
        return False
    connection.execute(f"delete from raw.{table}")  # noqa: S608
    places = ", ".join("?" * len(columns))
    for row in rows:
        connection.execute(f"insert into raw.{table} ({listed}) values ({places})", list(row))  # noqa: S608
    return True
