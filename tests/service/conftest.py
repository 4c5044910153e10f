from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

from tests.publication.ledger import SEEN, Ledger, at, write_small
from tests.service.asking import Client
from warehouse.publication.publish import publish
from warehouse.service.limits import Limits
from warehouse.service.server import Serving

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "as_of.sql"
EXACT = Decimal("1234567890123456789.012345")
FORMULA = '=HYPERLINK("https://evil.test")'


def write_more(path: Path) -> None:
    """Add what the small ledger lacks: people, a figure with two reports that differ, its past, as_of."""
    ledger = Ledger(path)
    context = {
        "adapter": SimpleNamespace(get_relation=lambda **_: object()),
        "target": SimpleNamespace(database="warehouse"),
        "flags": SimpleNamespace(WHICH="build"),
        "execute": True,
    }
    # The project's own macros, as dbt renders them at the end of a build.
    source = MACROS.read_text(encoding="utf-8") + "{{ create_as_of() }}"
    ledger.connection.execute(jinja2.Template(source).render(context))
    article = ledger.article("thu", date(2024, 1, 9), FORMULA)
    ledger.report(
        article, area="306", indicator="exports", value="15.5", unit_measure="USD", time_period="2023"
    )
    connection = ledger.connection
    row = connection.execute("select max(point_id), max(report_id) from marts.indicator_series").fetchone()
    assert row is not None
    point, report = row
    connection.execute(
        "update marts.indicator_series set value = $1, report_count = 2 where point_id = $2", [EXACT, point]
    )
    for name, value, known_from, known_to in (
        ("h-1", "15.5", at(date(2024, 1, 9)), at(date(2024, 3, 1))),
        ("h-2", "16", at(date(2024, 3, 1)), None),
    ):
        ledger.put(
            "indicator_series_history",
            history_id=name,
            point_id=point,
            report_id=report,
            article_id=article,
            value=Decimal(value),
            known_from=known_from,
            known_to=known_to,
        )
    ledger.put(
        "indicator_contradictions",
        contradiction_id="c-1",
        point_id=point,
        ref_area="306",
        indicator="exports",
        earlier_value=Decimal("15.5"),
        later_value=Decimal("16"),
        later_reported_at=SEEN,
    )
    first = connection.execute("select min(meeting_id) from marts.meetings").fetchone()
    assert first is not None
    ledger.put(
        "meeting_participants",
        meeting_participant_id="mp-1",
        meeting_id=first[0],
        person_name="Phạm Thị Thử",
        roles=["chair"],
        note="Bí thư",
        article_count=1,
    )
    ledger.put(
        "meeting_figures",
        meeting_figure_id="mf-1",
        meeting_id=first[0],
        report_id=report,
        point_id=point,
        article_id=article,
        value=Decimal("15.5"),
    )
    ledger.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published home that nobody serves: in one process DuckDB has one set of settings for a file."""
    home = tmp_path_factory.mktemp("published")
    write_small(home / "warehouse.duckdb", articles=12)
    write_more(home / "warehouse.duckdb")
    publish(home)
    return home


@pytest.fixture
def another_home(home: Path, tmp_path: Path) -> Path:
    """The same, to be served by one test."""
    return Path(shutil.copytree(home, tmp_path / "home", symlinks=True))


@pytest.fixture(scope="session")
def api(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    served = Path(shutil.copytree(home, tmp_path_factory.mktemp("served") / "home", symlinks=True))
    limits = Limits(rate=1_000_000, memory=200)
    with Serving(served, port=0, limits=limits, takes_sql=True).beside() as address:
        yield Client(address)
