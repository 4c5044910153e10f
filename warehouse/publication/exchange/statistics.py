"""The series as SDMX: data as SDMX-CSV 2.0, structure and codelists as SDMX-ML 3.0."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pysdmx.io.xml.sdmx30.writer.structure import write as write_structure
from pysdmx.model import (
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Role,
)
from pysdmx.model.message import Header

from warehouse.connect import Connection
from warehouse.publication.exchange.asking import answers, question
from warehouse.publication.exports import harmless
from warehouse.publication.snapshot import literal, quoted

AGENCY, FLOW, VERSION = "CITYLEDGER", "REPORTED_INDICATORS", "1.0"

_WORDS = {
    "MEASURE": {
        "LEVEL": "Amount or count",
        "PLAN_RATIO": "Percent of a plan",
        "CHANGE_RATE": "Change in percent",
        "CHANGE_ABS": "Change in units",
        "SHARE": "Share in percent",
        "RANK": "Place in a ranking",
        "MULTIPLE": "Times the base",
    },
    "REPORT_STATUS": {"A": "Reported as it was", "E": "Estimate of the source", "T": "Target"},
    "OBS_STATUS": {"A": "Normal value", "E": "Estimated value", "D": "Definition differs: reports differ"},
    "CUMULATIVE": {"Y": "From the year's beginning", "N": "Of the period alone"},
    "UNIT_MULT": {"0": "Units"},
}
_DIMENSIONS = (
    "REF_AREA",
    "INDICATOR",
    "PRINTED_NAME",
    "BREAKDOWN",
    "MEASURE",
    "BASE",
    "UNIT_MEASURE",
    "REPORT_STATUS",
    "CUMULATIVE",
    "TIME_PERIOD",
)
_FREE_TEXTS = ("PRINTED_NAME", "BREAKDOWN", "INDICATOR_NAME", "AREA_NAME", "UNIT_NAME", "QUOTE", "SOURCE")
_CODED = (
    "REF_AREA",
    "INDICATOR",
    "MEASURE",
    "BASE",
    "UNIT_MEASURE",
    "REPORT_STATUS",
    "CUMULATIVE",
    "OBS_STATUS",
    "UNIT_MULT",
    "BOUND",
)
_NAMES_OF_CODES = """
    select 'REF_AREA' as list, "REF_AREA" as code, min("AREA_NAME") as name from observations group by all
    union all
    select 'UNIT_MEASURE', "UNIT_MEASURE", min("UNIT_NAME") from observations group by all
    union all
    select 'INDICATOR', upper(indicator), label_en from published.marts.indicators
"""
_VIETNAMESE_LISTS = re.compile(
    r'(?<=<str:Codelist id="CL_)(?:REF_AREA|UNIT_MEASURE)".*?</str:Codelist>', re.DOTALL
)
_STRUCTURAL = {"STRUCTURE", "STRUCTURE_ID", "ACTION"}


def write_statistics(connection: Connection, notice: str, folder: Path) -> None:
    """Write `sdmx/series.csv` (SDMX-CSV 2.0) and `sdmx/structure.xml` (data structure, dataflow, codelists).

    Values are in base units. A figure that reports contradict bears the observation status D.

    Args:
        connection: With the new file attached as `published`.
        notice: What every publication of these portals' data must say; it becomes the dataflow's description.
        folder: The publication's.
    """
    (folder / "sdmx").mkdir()
    connection.execute(f"create or replace temp table observations as {question('series')}")
    columns = [str(row["column_name"]) for row in answers(connection, "describe observations")]
    cells = ", ".join(map(_cell, columns))
    connection.execute(
        f"copy (select {cells} from observations) "  # noqa: S608 - columns are our own
        f"to {literal(str(folder / 'sdmx' / 'series.csv'))} (format csv, header true)"
    )
    structures = _structures(
        [name for name in columns if name not in _STRUCTURAL], _codes(connection), notice
    )
    xml = write_structure(structures, header=_header(connection))
    (folder / "sdmx" / "structure.xml").write_text(_in_vietnamese(xml or ""), encoding="utf-8")


def _in_vietnamese(xml: str) -> str:
    """Mark the names of areas and of counted nouns as Vietnamese: the writer knows English alone."""
    return _VIETNAMESE_LISTS.sub(lambda found: found[0].replace('xml:lang="en"', 'xml:lang="vi"'), xml)


def _cell(column: str) -> str:
    name = quoted(column)
    return f"{harmless(name)} as {name}" if column in _FREE_TEXTS else name


def _codes(connection: Connection) -> dict[str, dict[str, str]]:
    """Return the codes in use with their names, by component."""
    used: dict[str, dict[str, str]] = {}
    for name in _CODED:
        found = answers(connection, f'select distinct "{name}" as code from observations')  # noqa: S608
        codes = sorted(str(row["code"]) for row in found if row["code"] is not None)
        used[name] = {code: _WORDS.get(name, {}).get(code, _spoken(code)) for code in codes}
    for row in answers(connection, _NAMES_OF_CODES):
        used[row["list"]][row["code"]] = row["name"] or row["code"]
    return used


def _spoken(code: str) -> str:
    return code.strip("_").replace("_", " ").capitalize() or code


def _header(connection: Connection) -> Header:
    """Give the message an identity of its content's, so that the same figures give the same file."""
    found = answers(connection, 'select max("LAST_REPORTED") as last from observations')
    last = found[0]["last"]
    header: dict[str, Any] = {"id": FLOW, "test": False, "sender": AGENCY}
    moment = datetime.combine(last or date(1970, 1, 1), time(), UTC)
    return Header(**header, prepared=moment)


def _structures(columns: list[str], used: dict[str, dict[str, str]], notice: str) -> list[Any]:
    lists = {
        name: Codelist(
            id=f"CL_{name}",
            name=_spoken(name),
            agency=AGENCY,
            version=VERSION,
            items=[Code(id=code, name=label) for code, label in sorted(codes.items())],
        )
        for name, codes in used.items()
    }
    concepts = ConceptScheme(
        id="CS_REPORTED_INDICATORS",
        name="Concepts of reported indicators",
        agency=AGENCY,
        version=VERSION,
        items=[Concept(id=column, name=_spoken(column)) for column in columns],
    )
    structure = DataStructureDefinition(
        id="DSD_REPORTED_INDICATORS",
        name="Reported indicators",
        agency=AGENCY,
        version=VERSION,
        components=Components([_component(column, lists.get(column)) for column in columns]),
    )
    flow = Dataflow(
        id=FLOW,
        name="Indicators that city portals report",
        description=notice or None,
        agency=AGENCY,
        version=VERSION,
        structure=structure,
    )
    return [*lists.values(), concepts, structure, flow]


def _component(column: str, codes: Codelist | None) -> Component:
    role = Role.DIMENSION if column in _DIMENSIONS else Role.ATTRIBUTE
    if column == "OBS_VALUE":
        role = Role.MEASURE
    return Component(
        id=column,
        required=role is Role.DIMENSION,
        role=role,
        concept=ItemReference("Concept", AGENCY, "CS_REPORTED_INDICATORS", VERSION, column),
        local_dtype=_type(column),
        local_codes=codes,
        attachment_level="O" if role is Role.ATTRIBUTE else None,
    )


def _type(column: str) -> DataType | None:
    if column in _CODED:
        return None
    if column.startswith("OBS_VALUE"):
        return DataType.DOUBLE
    return DataType.PERIOD if column == "TIME_PERIOD" else DataType.STRING
