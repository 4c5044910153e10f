"""A client's own SQL: off unless it is switched on, and then it reads the tables and can do nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.asking import Client
from warehouse.service.limits import Limits
from warehouse.service.server import Serving


def test_it_is_off_unless_it_is_switched_on(another_home: Path) -> None:
    with Serving(another_home, port=0).beside() as address:
        got = Client(address).sql("select 1")
        assert got.status == 403
        assert "--sql" in got.json()["detail"]
        assert "/v1/sql" not in Client(address).get("/openapi.json").json()["paths"]


def test_rows_come_with_their_columns_and_no_more_than_asked_for(api: Client) -> None:
    said = api.sql("select indicator, value from indicator_series order by value desc", limit=2).json()
    assert said["columns"] == [
        {"name": "indicator", "type": "VARCHAR"},
        {"name": "value", "type": "DECIMAL(38,6)"},
    ]
    assert (len(said["rows"]), said["is_cut"]) == (2, True)
    lines = api.sql("select '=1+1' as cell", "csv").csv()
    assert lines == [{"cell": "'=1+1"}]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select * from read_text('/etc/passwd')", "disabled by configuration"),
        ("copy (select 1) to '/tmp/stolen.csv'", "only statements that read"),
        ("create temp table t as select 1", "only statements that read"),
        ("select 1; select 2", "one SQL statement"),
        ("selekt 1", "syntax error"),
    ],
)
def test_what_does_not_only_read_is_refused(api: Client, sql: str, said: str) -> None:
    got = api.sql(sql)
    assert got.status == 400
    assert said in got.json()["detail"]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        # DuckDB's own limit does not hold this one: one call, gigabytes.
        ("select length(repeat('x', 1500000000))", "memory"),
        ("select repeat('x', 100000) from range(1000)", "longer than 16 MB"),
    ],
)
def test_a_statement_that_costs_too_much_is_ended_and_the_service_goes_on(
    api: Client, sql: str, said: str
) -> None:
    got = api.sql(sql)
    assert got.status == 400
    assert said in got.json()["detail"]
    assert api.get("/v1/areas/305").status == 200


def test_a_statement_that_takes_too_long_is_interrupted(another_home: Path) -> None:
    limits = Limits(seconds=0.5)
    with Serving(another_home, port=0, limits=limits, takes_sql=True).beside() as address:
        got = Client(address).sql("select count(*) from range(1000000) as a, range(1000000) as b")
    assert got.status == 400
    assert "longer than 0.5 seconds" in got.json()["detail"]
