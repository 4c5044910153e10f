"""Persons kept out of a publication: private citizens masked, whoever was removed covered everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.errors import PublicationError
from scraper.vietnamese.text import fold_tone
from warehouse.connect import Connection
from warehouse.decisions.removals import Removal
from warehouse.publication.manifest import Column
from warehouse.publication.names import cover_names, forgetter, initials

REMOVED = "[đã gỡ theo yêu cầu]"
"""Stands for a removed person among the participants of a meeting."""

_NO_PROSE = frozenset({"area_name", "printed_name", "ref_area", "warc_file", "text_hash", "layout"})
NO_PERSONS = frozenset({"districts", "district_successions", "indicators", "portals", "portal_coverage"})
"""Tables of seeds and counts: no text of an article stands in them."""

_PRIVATE = """
create or replace temp table veiled_article as
select article_id, list(person_name order by person_name) as names, list(label order by person_name) as labels
from warehouse.intermediate.int_private_persons_found
group by article_id
"""
_PRIVATE_AT_MEETINGS = """
create or replace temp table veiled_meeting as
with persons as (
    select distinct linked.meeting_id, private.person_name, private.label
    from warehouse.marts.meeting_articles as linked
    inner join warehouse.intermediate.int_private_persons_found as private using (article_id)
)
select meeting_id, list(person_name order by all) as names, list(label order by all) as labels
from persons group by meeting_id
"""
_NOBODY = """
create or replace temp table veiled_article (article_id varchar, names varchar[], labels varchar[]);
create or replace temp table veiled_meeting (meeting_id varchar, names varchar[], labels varchar[]);
"""


_KEY_WITHOUT_NAME = (
    "'mp-' || left(md5(concat_ws('#', meeting_id, row_number() over"
    " (partition by meeting_id order by position, meeting_participant_id))), 16)"
)


class Veil:
    """Gives the SQL that reads a mart as it may be published."""

    def __init__(self, connection: Connection, removals: Sequence[Removal], masks_private: bool) -> None:
        """Prepare a connection that has the warehouse attached as `warehouse`.

        Raises PublicationError where the build did not say who is private.
        """
        self._forgets = any(removal.kind == "person" for removal in removals)
        if masks_private:
            _refuse_unbuilt(connection)
            connection.execute(_PRIVATE)
            connection.execute(_PRIVATE_AT_MEETINGS)
        else:
            connection.execute(_NOBODY)
        forget = forgetter(removals)
        connection.create_function("veil_names", cover_names, ["VARCHAR", "VARCHAR[]"], "VARCHAR")
        connection.create_function(
            "veil_list",
            lambda texts, names: [text and cover_names(text, names) for text in texts],
            ["VARCHAR[]", "VARCHAR[]"],
            "VARCHAR[]",
        )
        connection.create_function(
            "veil_person", _masked_person, ["VARCHAR", "VARCHAR[]", "VARCHAR[]"], "VARCHAR"
        )
        connection.create_function("forget_text", forget, ["VARCHAR"], "VARCHAR")
        connection.create_function(
            "forget_list",
            lambda texts: [text and forget(text) for text in texts],
            ["VARCHAR[]"],
            "VARCHAR[]",
        )

    def selection(self, table: str, columns: Sequence[Column]) -> str:
        """Return a select of a mart's columns in their order, its persons kept out of it."""
        held = f'warehouse.marts."{table}"'
        if table in NO_PERSONS:
            return f"select * from {held}"  # noqa: S608 - names of our own
        if table == "meeting_participants":
            return self._participants(held, columns)
        links, joins = _links(columns)
        lists = ", ".join(f"coalesce({link}.names, [])" for link in links)
        names = f"list_distinct(flatten([{lists}]))" if links else "[]::varchar[]"
        inner = f"select held.*, {names} as veiled_names from {held} as held {joins}"  # noqa: S608
        cells = ", ".join(self._cell(column) for column in columns)
        is_office = self._forgets and table == "officeholders"
        of_whom = "where forget_text(person_name) = person_name" if is_office else ""
        return f"select {cells} from ({inner}) {of_whom}"  # noqa: S608 - names of our own

    def _cell(self, column: Column) -> str:
        name = f'"{column.name}"'
        if column.type not in ("VARCHAR", "VARCHAR[]") or column.name.endswith(("_id", "_of")):
            return name
        is_list = column.type == "VARCHAR[]"
        cell = name
        # An address is where the report can be found: only who was removed is taken out of it.
        if column.name not in _NO_PROSE and not column.name.endswith("url"):
            cover = "veil_list" if is_list else "veil_names"
            cell = f"case when len(veiled_names) > 0 then {cover}({cell}, veiled_names) else {cell} end"
        if self._forgets and column.name not in _NO_PROSE:
            cell = f"{'forget_list' if is_list else 'forget_text'}({cell})"
        return f"{cell} as {name}"

    def _participants(self, held: str, columns: Sequence[Column]) -> str:
        """Rows stay, so that a meeting's participants can be counted; the key would tell the name."""
        person = "case when names is null then person_name else veil_person(person_name, names, labels) end"
        if self._forgets:
            person = f"if(forget_text(person_name) = person_name, {person}, '{REMOVED}')"
        cells = {
            "meeting_participant_id": f"if(is_veiled, {_KEY_WITHOUT_NAME}, meeting_participant_id)",
            "person_name": "shown_name",
            "roles": "if(is_veiled, []::varchar[], roles)",
        }
        listed = ", ".join(f'{cells.get(column.name, column.name)} as "{column.name}"' for column in columns)
        return f"""
            select {listed} from (
                select *, shown_name is distinct from person_name as is_veiled from (
                    select held.*, {person} as shown_name
                    from {held} as held
                    left join veiled_meeting on veiled_meeting.meeting_id = held.meeting_id
                )
            )
        """  # noqa: S608 - names of our own


def _links(columns: Sequence[Column]) -> tuple[list[str], str]:
    """Return the names and the joins of the tables that say who is private in a row's articles."""
    by_article = [column.name for column in columns if column.name.endswith("article_id")]
    by_meeting = [] if by_article else [column.name for column in columns if column.name == "meeting_id"]
    links, joins = [], []
    for table, found in (("article", by_article), ("meeting", by_meeting)):
        for number, name in enumerate(found):
            link = f"of_{table}_{number}"
            links.append(link)
            joins.append(f'left join veiled_{table} as {link} on {link}.{table}_id = held."{name}"')
    return links, " ".join(joins)


def _masked_person(name: str, names: Sequence[str], labels: Sequence[str]) -> str:
    """Return a participant's name, or of a private citizen who they are and the initials."""
    known = {fold_tone(private): label for private, label in zip(names, labels, strict=True)}
    label = known.get(fold_tone(name))
    return name if label is None else f"{label} ({initials(name)})"


def _refuse_unbuilt(connection: Connection) -> None:
    found = connection.execute(
        "select count(*) from duckdb_tables() where database_name = 'warehouse'"
        " and schema_name = 'intermediate' and table_name = 'int_private_persons_found'"
    ).fetchall()
    if found == [(0,)]:
        raise PublicationError(
            "gate privacy: the build did not say who is a private citizen: run `build` first."
            " What is published stays as it is."
        )
