"""Onboarding's face: a site surveyed, portals checked, a page fetched, each through the crawl's own doors."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scraper.crawl.report import CrawlOptions
from scraper.errors import FellShort, InterruptedRun
from scraper.items import Progress
from scraper.onboarding import health, survey
from scraper.onboarding.asked import Asking, Reply
from scraper.onboarding.health import Health
from scraper.onboarding.survey import Survey
from scraper.portal import Portal

_OPTIONS = CrawlOptions(retries=1, timeout=30.0)
"""A person waits: what does not answer twice is said to be so."""


Plan = Callable[[Asking], Awaitable[None]]


def _silent(what: str, done: int, total: int | None) -> None:
    """Tell nobody how far it is."""


def survey_site(wanted: Survey, progress: Progress = _silent) -> Survey:
    """Look at a site and draft its file; the survey that is given is filled and returned.

    Raises FellShort where there is nothing to draft from.
    """
    _follow([(wanted.portal, wanted.follow)], survey.MAX_PAGES, progress)
    return wanted


def check_portals(portals: Sequence[Portal], progress: Progress = _silent) -> list[Health]:
    """Check portals live, all at once, each at its own rate."""
    checks = [Health(portal) for portal in portals]
    _follow([(check.portal, check.follow) for check in checks], health.MAX_PAGES, progress)
    return checks


def fetch_article(url: str, portal: Portal) -> Reply:
    """Fetch one page of a portal. Raises FellShort where none came: it says why."""
    replies: list[Reply] = []

    async def plan(asking: Asking) -> None:
        replies.append(await asking.ask(url, "article"))

    _follow([(portal, plan)], 1, _silent)
    reply = replies[0]
    if not reply.is_ok:
        raise FellShort(f"{url} gave no page: {reply.said}")
    return reply


def _follow(plans: Sequence[tuple[Portal, Plan]], pages: int, progress: Progress) -> None:
    from scraper.spiders.run import follow  # Importing Scrapy takes half a second: only who asks pays for it.

    count = itertools.count(1)

    def told(plan: Plan) -> Plan:
        async def telling(asking: Asking) -> None:
            ask = asking.ask

            async def counted(url: str, kind: str) -> Reply:
                reply = await ask(url, kind)
                progress("pages asked for", next(count), None)
                return reply

            asking.ask = counted
            await plan(asking)

        return telling

    with TemporaryDirectory() as folder:
        options = replace(_OPTIONS, max_discovery=pages)
        signalled = follow(
            [(portal, told(plan)) for portal, plan in plans], options, Path(folder) / "asking.log"
        )
    if signalled is not None:
        raise InterruptedRun(signalled, is_kept=False)
