"""The description is true: whatever it allows is answered as it says, whatever it forbids is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.service.asking import Client

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
LISTS = ("areas", "meetings", "indicators", "series", "reports", "articles", "contradictions", "search")
THINGS = ("areas/{code}", "meetings/{meeting_id}", "series/{point_id}", "articles/{article_id}")
PATHS = [f"/v1/{name}" for name in ("", *LISTS, *THINGS)]


@pytest.fixture(scope="session")
def described(api: Client) -> Any:
    return schemathesis.openapi.from_url(f"{api.address}/openapi.json")


def test_every_route_is_tried(described: Any) -> None:
    # A client's own SQL starts a process each time: its bounds have tests of their own.
    assert set(described.raw_schema["paths"]) == {*PATHS, "/v1/sql"}


def test_every_route_is_in_the_documentation(described: Any) -> None:
    said = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    assert [path for path in described.raw_schema["paths"] if f"`{path}`" not in said] == []


@pytest.mark.parametrize("path", PATHS)
def test_every_route_keeps_its_description(described: Any, path: str) -> None:
    operation = described[path]["GET"]
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(modes))
    def try_it(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    try_it()
