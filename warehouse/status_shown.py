"""How a home fares, shown to a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from scraper.console import out, print_table, say
from scraper.items import VIETNAM
from scraper.vietnamese.format import format_date
from warehouse.portal_health import PortalHealth
from warehouse.runs import Run
from warehouse.status import DiskUse, PortalStatus, WarehouseStatus


def show_status(found: WarehouseStatus, published: Path | None) -> None:
    """Print portals, their last judgement, the last runs, the disk, and each trouble with what to do."""
    if found.running is not None:
        say(f"going on now: {found.running}")
    if found.is_busy:
        said = "it is writing the warehouse: portals and runs are told once it lets go of the file"
        out.print(said, highlight=False)
    else:
        _show_portals(found)
        _show_health(found)
        _show_requests(found)
        _show_runs(found)
    if found.lake is not None:
        out.print(f"shared with other homes: {found.lake}; the runs are this home's", highlight=False)
    _show_disk(found.disk)
    say(f"published: {published or 'nothing yet'}")
    for advice in found.advice:
        where = f"{advice.portal}: " if advice.portal else ""
        say(f"trouble: {where}{advice.trouble}")
        say(f"   → {advice.todo}")
    if not found.advice and not found.is_busy:
        out.print("trouble: none", highlight=False)


def _show_portals(found: WarehouseStatus) -> None:
    columns = ["portal", "articles", "texts", "gone", "meetings", "figures", "newest article", "last fetch"]
    print_table(
        [*columns, "fetches", "problems"],
        [_portal_row(portal) for portal in found.portals],
        title="Portals",
        styles=dict.fromkeys(("articles", "texts", "gone", "meetings", "figures"), "right"),
    )


def _portal_row(portal: PortalStatus) -> tuple[object, ...]:
    return (
        f"{portal.portal} ({portal.rests})" if portal.rests else portal.portal,
        portal.articles,
        portal.revisions,
        portal.gone,
        portal.meetings,
        portal.observations,
        format_date(portal.newest_published) if portal.newest_published else None,
        _moment(portal.last_fetch_at),
        _counts(portal.fetches),
        _counts(portal.problems),
    )


def _show_health(found: WarehouseStatus) -> None:
    if not found.health:
        return
    numbers = ("requests", "saved", "found", "fetched", "unchanged", "new", "edited", "gone", "failed")
    print_table(
        ["portal", "state", *numbers, "days silent", "fields found"],
        [_health_row(portal) for portal in found.health],
        title="Last refresh of each portal",
        styles=dict.fromkeys(numbers, "right"),
    )


def _health_row(portal: PortalHealth) -> tuple[object, ...]:
    state = "held" if portal.held_at else "failed" if portal.failure else "told" if portal.troubles else "ok"
    usual = f" (usually {portal.usual_gap_days:g})" if portal.usual_gap_days is not None else ""
    silent = f"{portal.silent_days}{usual}" if portal.silent_days is not None else None
    saved = portal.crawl.get("saved") or {}
    fill = (
        f"{part} {(share['filled'] or 0) / share['of']:.0%}"
        for part, share in portal.fill.items()
        if share["of"] and (share["filled"] or share["usual"])
    )
    return (
        portal.portal,
        state if portal.was_held or state != "told" else "told, not held",
        portal.requests,
        sum(saved.values()),
        portal.found,
        portal.fetched,
        portal.unchanged,
        portal.new,
        portal.edited,
        portal.gone,
        portal.failed,
        silent,
        ", ".join(fill),
    )


_SAVED = {
    "lastmod": "told unchanged by lastmod",
    "not_due": "not due yet",
    "listing_stop": "pages of listings behind known ones",
    "sitemap": "parts of sitemaps told unchanged",
    "covered": "feeds and listings that the sitemap covers",
}


def _show_requests(found: WarehouseStatus) -> None:
    """Say what each portal was asked for and what not, why each, and what of it is not believed."""
    for portal in found.health:
        asked, why, saved, distrust = (
            portal.crawl.get(part) or {} for part in ("asked", "why", "saved", "distrust")
        )
        if not asked:
            continue
        said = [f"{portal.portal} was asked for {_counts(asked)}; why: {_counts(why) or 'robots.txt alone'}"]
        if saved:
            reasons = ", ".join(f"{number} {_SAVED.get(name, name)}" for name, number in saved.items())
            said.append(f"saved: {reasons}")
        if unchanged := portal.crawl.get("not_modified"):
            said.append(f"{unchanged} answers without a body (304)")
        say("; ".join(said))
        for name, reason in distrust.items():
            say(f"   its {name} is not believed: {reason}")


def _show_runs(found: WarehouseStatus) -> None:
    print_table(
        ["started", "command", "ended", "stage", "took", "of it", "what"],
        [_run_row(run) for run in found.runs],
        title="Last runs",
        styles={"took": "right"},
    )


def _run_row(run: Run) -> tuple[object, ...]:
    took = f"{(run.finished_at - run.started_at).total_seconds():.0f} s" if run.finished_at else None
    stages = ", ".join(f"{stage} {seconds:.0f} s" for stage, seconds in run.seconds.items())
    return (_moment(run.started_at), run.command, run.status, run.stage, took, stages, run.message)


def _show_disk(disk: DiskUse) -> None:
    parts = {
        "archive": sum(disk.archive.values()),
        "warehouse": disk.warehouse,
        "publications": disk.published,
    }
    said = ", ".join(f"{part} {size / 1e6:.1f} MB" for part, size in parts.items())
    out.print(f"on disk: {said}", highlight=False)


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if value else None


def _counts(counts: Mapping[str, int]) -> str | None:
    return ", ".join(f"{number} {kind}" for kind, number in counts.items()) or None
