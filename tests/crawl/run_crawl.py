"""What a crawl's own process does: portals and options as plain values in, the report as JSON printed."""

from __future__ import annotations

import json
import re
import resource
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import scraper.holder
from scraper.crawl import frontier, lease
from scraper.crawl.crawl import CrawlOptions, crawl, fetch_page
from scraper.errors import CityLedgerError
from tests.crawl.site import portal_for

DOUBT_SECONDS = 1.0
"""After so long without a sign of life a worker of another machine doubts its lease."""


def be_another_machine(name: str) -> None:
    """Look to leases as a worker on a machine of this name does, on a share that no lock of the system
    crosses, and doubt a lease sooner than in earnest."""
    scraper.holder._host = lambda: name
    scraper.holder._boot = lambda: f"boot of {name}"
    lease.fcntl.flock = lambda file, how: None  # type: ignore[attr-defined]
    lease.BEAT_SECONDS, lease.FENCE_SECONDS = 0.05, DOUBT_SECONDS
    frontier.is_shared = lambda path: True  # type: ignore[attr-defined]


def main(spec: dict[str, Any]) -> None:
    portals = []
    for record in spec["portals"]:
        record["article"] = tuple(re.compile(pattern) for pattern in record["article"])
        for name in ("hosts", "sitemaps", "feeds", "listings"):
            record[name] = tuple(record[name])
        portals.append(portal_for(record.pop("connect"), record.pop("slug"), **record))
    given = {"retry_wait": 0.05, "sample": 0, **spec["options"]}
    if limit := given.pop("file_bytes", None):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    if limit := given.pop("memory", None):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    if machine := given.pop("machine", None):
        be_another_machine(machine)
    if given.pop("trusts_loopback", False):
        from scraper.spiders import connect

        connect.is_public = lambda host: True  # type: ignore[attr-defined]
    for name in ("now", "since", "until"):
        if given.get(name):
            given[name] = datetime.fromisoformat(given[name])
    try:
        if page := given.pop("page", None):
            fetched = fetch_page(page, portals[0], CrawlOptions(**given))
            print(
                json.dumps({"url": fetched.url, "body": fetched.body.decode(), "type": fetched.content_type})
            )
            return
        report = crawl(portals, Path(spec["home"]), CrawlOptions(**given))
    except CityLedgerError as error:
        print(
            json.dumps({"error": type(error).__name__, "message": str(error), "exit_code": error.exit_code})
        )
        return
    print(
        json.dumps(
            {
                "portals": {one.portal: asdict(one) for one in report.portals},
                "signal": report.signal,
                "held": report.held,
                "exit_code": report.exit_code,
            }
        )
    )
