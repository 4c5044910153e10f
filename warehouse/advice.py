"""What is wrong with a home, and what to do about each of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scraper.items import ARCHIVE_LACKS
from warehouse.lock import Holder
from warehouse.portal_health import PortalHealth
from warehouse.runs import Run

_LATE = timedelta(hours=36)
_LITTLE_ROOM = 2 * 1024**3
"""Bytes: a publication is built beside the ones that are kept."""

_PASSES = re.compile(r"\b(?:HTTP|says) 5\d\d\b|\bcame cut off\b")
"""What is said of a server's own trouble by a crawl."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One trouble."""

    portal: str | None
    """None: it concerns the home."""
    trouble: str
    """What is wrong, in one clause."""
    todo: str
    """What to do about it, in one clause."""


def advice_on(
    runs: Sequence[Run],
    health: Sequence[PortalHealth],
    going_on: Holder | None,
    free_bytes: int | None,
    now: datetime | None = None,
) -> tuple[Advice, ...]:
    """Return every trouble that there is, the home's before the portals'.

    Args:
        runs: Newest first.
        health: The last judgement of each portal.
        going_on: The run that goes on now.
        free_bytes: Of the home's disk, where known.
        now: In place of the clock's (aware).
    """
    found = [*_runs(runs, going_on, now or datetime.now(UTC))]
    if free_bytes is not None and free_bytes < _LITTLE_ROOM:
        said = f"{free_bytes / 1e9:.1f} GB are left on the disk"
        found.append(Advice(None, said, "run `gc`, or move the home to a larger disk"))
    for portal in health:
        found += _portal(portal)
    return tuple(found)


def _runs(runs: Sequence[Run], going_on: Holder | None, now: datetime) -> list[Advice]:
    found = []
    ended = [run for run in runs if run.status != "running" or going_on is None]
    if ended and ended[0].status != "done":
        last = ended[0]
        where = f" in its stage {last.stage}" if last.stage else ""
        if last.status in ("interrupted", "running"):
            said = f"the last `{last.command}` was stopped{where}"
            found.append(Advice(None, said, f"run `{last.command}` again: it goes on from there"))
        elif last.stage != "tell":  # Else it went through, and the portals below say what it told.
            said = f"the last `{last.command}` ended with {last.exit_code}{where}: {last.message}"
            found.append(Advice(None, said, f"mend what it names and run `{last.command}` again"))
    refreshed = [run for run in runs if run.command == "refresh" and run.finished_at is not None]
    if refreshed and refreshed[0].finished_at and going_on is None:
        age = now - refreshed[0].finished_at
        if age > _LATE:
            said = f"the last refresh ended {age.days * 24 + age.seconds // 3600} hours ago"
            todo = (
                "look whether the nightly job still runs (`schedule --print systemd` shows what it should be)"
            )
            found.append(Advice(None, said, todo))
    return found


def _portal(portal: PortalHealth) -> list[Advice]:
    found = []
    if portal.failure is not None:
        todo = "open the address in a browser; where it moved, mend the portal's file and `portals check` it"
        if _PASSES.search(portal.failure):
            todo = "wait for the next run, which asks again; where it lasts, open the address in a browser"
        elif ARCHIVE_LACKS in portal.failure:
            todo = "put a copy of the file back where you have one; the pages were asked for again"
        found.append(Advice(portal.portal, portal.failure, todo))
    if portal.crawl.get("is_unverified"):
        said = "its certificates are not verified (verify_tls = false): anyone on the way can change it"
        todo = "put what its chain lacks into a `ca_bundle` and take `verify_tls` out of its file"
        found.append(Advice(portal.portal, said, todo))
    for trouble in portal.troubles if portal.held_at is not None or not _is_released(portal) else ():
        held = "held, its last good data stays published: " if portal.held_at is not None else ""
        other = f"; {trouble['second_reading']}" if trouble.get("second_reading") else ""
        found.append(Advice(portal.portal, f"{held}{trouble['said']}{other}", str(trouble["advice"])))
    return found


def _is_released(portal: PortalHealth) -> bool:
    """Tell whether a person has let go what the last judgement held."""
    return portal.was_held and portal.held_at is None
