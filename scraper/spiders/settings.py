"""Scrapy's settings: polite, lean and quiet."""

from __future__ import annotations

from typing import Any

import scrapy
from scrapy import Request
from scrapy.http import Response
from scrapy.logformatter import LogFormatter

from scraper.crawl.report import CrawlOptions
from scraper.portal import Portal

CONCURRENCY = 2
"""Requests that one portal is asked at a time."""

WINDOW = 16
"""Pages of one portal that are in Scrapy's hands at a time: memory stays flat however many are due."""

_OWN_SERVER_RATE = 50
"""Whoever allows so many requests a second runs the server: throttling by its answers would only slow it."""


class QuietFormatter(LogFormatter):
    """Scrapy's messages without one line a page."""

    def crawled(  # type: ignore[override]  # Scrapy takes None for "say nothing"
        self, request: Request, response: Response, spider: scrapy.Spider
    ) -> None:
        """Say nothing of a page that came."""


def process_settings() -> dict[str, Any]:
    """Return the settings of the process that all portals share.

    Robots, retries, redirects and conditional requests are done by our own parts (`middlewares`, `portal`),
    because each of them must be archived and judged. Scrapy's own parts are taken out of its base lists, not
    switched off: it would import them all, and what they need, to find that they are off.
    """
    handler = "scraper.spiders.exchange.PortalDownloadHandler"
    return {
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "CONCURRENT_ITEMS": 1,
        "CONCURRENT_REQUESTS": WINDOW,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
        "DOWNLOADER_MIDDLEWARES": {
            "scraper.spiders.middlewares.RobotsMiddleware": 100,
            "scraper.spiders.challenges.ChallengeMiddleware": 300,
            "scraper.spiders.middlewares.PatienceMiddleware": 500,
        },
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "DOWNLOAD_HANDLERS_BASE": {},
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": 0},
        "EXTENSIONS_BASE": {},
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOG_FORMATTER": "scraper.spiders.settings.QuietFormatter",
        "SPIDER_MIDDLEWARES_BASE": {},
        "STATS_DUMP": False,
        "TWISTED_REACTOR_ENABLED": False,
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }


def portal_settings(portal: Portal, options: CrawlOptions) -> dict[str, Any]:
    """Return the settings of one portal: its rate and the bounds of the run."""
    delay = 1 / portal.rate
    return {
        "AUTOTHROTTLE_ENABLED": portal.rate < _OWN_SERVER_RATE,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, delay),
        "DOWNLOAD_DELAY": delay if portal.rate < 1000 else 0,
    }
