"""What a survey's own process does: sites to look at as JSON in, what each gave as JSON printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scraper.crawl.report import CrawlOptions
from scraper.errors import CityLedgerError
from scraper.onboarding.asked import Asking
from scraper.onboarding.draft import Draft, address_of, slug_of
from scraper.onboarding.shown import survey_json
from scraper.onboarding.survey import MAX_PAGES, Survey
from scraper.spiders.run import follow


def guarded(survey: Survey, faults: dict[str, str]) -> Callable[[Asking], Awaitable[None]]:
    async def plan(asking: Asking) -> None:
        try:
            await survey.follow(asking)
        except CityLedgerError as error:
            faults[survey.draft.slug] = str(error)

    return plan


def main(sites: list[dict[str, Any]]) -> None:
    surveys, faults = [], dict[str, str]()
    for site in sites:
        address = address_of(site["url"])
        origin = "/".join(address.split("/")[:3])
        draft = Draft(
            site.get("slug") or slug_of(address),
            origin,
            "generic",
            date(2026, 11, 23),
            connect=site["connect"],
            rate=500,
        )
        surveys.append(Survey(address, draft, None))
    options = CrawlOptions(retries=0, retry_wait=0.01, max_discovery=MAX_PAGES)
    with TemporaryDirectory() as folder:
        plans = [(survey.portal, guarded(survey, faults)) for survey in surveys]
        follow(plans, options, Path(folder) / "log")
    told = {survey.draft.slug: survey_json(survey, None, []) for survey in surveys}
    print(json.dumps({"surveys": told, "faults": faults}, ensure_ascii=False))


if __name__ == "__main__":
    main(json.load(sys.stdin))
