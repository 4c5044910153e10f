"""What a run's judgements are to a machine: the portals with trouble, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from warehouse.health import Judgement


def trouble_of(judged: Sequence[Judgement], failures: Mapping[str, str | None]) -> list[Mapping[str, Any]]:
    """Return the portals that failed or crossed a bound, as docs/operations.md documents them.

    Args:
        judged: Of the run.
        failures: Why each portal's crawl failed, None where it did not.
    """
    by_portal = {found.portal: found for found in judged}
    rows: list[Mapping[str, Any]] = []
    for portal in dict.fromkeys([*failures, *by_portal]):
        found, failure = by_portal.get(portal), failures.get(portal)
        if failure is None and (found is None or not found.troubles):
            continue
        rows.append(
            {
                "portal": portal,
                "failure": failure,
                "held": found is not None and found.is_held,
                "second_reading": found.second_reading if found else None,
                "troubles": [asdict(trouble) for trouble in found.troubles] if found else [],
            }
        )
    return rows
