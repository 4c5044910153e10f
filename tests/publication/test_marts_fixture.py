from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from tests.publication.ledger import DDL
from warehouse.publication.contracts import CONTRACTS

MARTS = Path(__file__).parents[2] / "dbt_project" / "models" / "marts"
ALIASES = {"timestamp with time zone": "timestamptz", "text": "varchar", "int": "integer"}


def promised() -> dict[str, dict[str, str]]:
    models: list[dict[str, Any]] = []
    for path in MARTS.glob("*.yml"):
        models += yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
    return {
        model["name"]: {column["name"]: _type(column["data_type"]) for column in model["columns"]}
        for model in models
    }


def _type(text: str) -> str:
    text = text.lower().replace(", ", ",")
    return ALIASES.get(text, text)


def written() -> dict[str, dict[str, str]]:
    tables = re.findall(r"create table marts\.(\w+) \((.*?)\n\);", DDL.read_text(encoding="utf-8"), re.DOTALL)
    return {
        table: {
            name: _type(kind)
            for name, kind in re.findall(r"^ +(\w+) (.+?)(?: not null)?,?$", columns, re.MULTILINE)
        }
        for table, columns in tables
    }


def test_the_hand_written_marts_are_those_that_dbt_promises() -> None:
    contracts = promised()
    for table, columns in written().items():
        assert columns.items() <= contracts[table].items(), table


def exposed() -> set[str]:
    (exposure,) = yaml.safe_load((MARTS / "_exposures.yml").read_text(encoding="utf-8"))["exposures"]
    return {table for mart in exposure["depends_on"] for table in re.findall(r"ref\('(\w+)'\)", mart)}


def test_every_mart_is_named_with_its_key_and_nothing_else_is() -> None:
    contracts = promised()
    assert CONTRACTS.keys() == contracts.keys() == exposed() == written().keys()
    for table, contract in CONTRACTS.items():
        assert contract.key, table
        assert set(contract.key) <= set(contracts[table]), table
