"""Cookie challenges answered once, as a browser would, for the portals whose files allow it."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.crawl.challenge import cookie_asked_for
from scraper.crawl.visits import CHALLENGE_BYTES, is_challenge
from scraper.spiders.middlewares import Part

_log = logging.getLogger(__name__)


class ChallengeMiddleware(Part):
    """Sends the cookie that a host's challenge asked for, from then on to the end of the run.

    It is set once: a host that asks again although it was sent is taken at its word, and what it answers is
    a challenge like any other. Other portals never have a cookie.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._cookies: dict[str, str] = {}

    async def process_request(self, request: Request) -> None:
        """Put the host's cookie to a request, and to what the archive keeps of it."""
        cookie = self._cookies.get(urlsplit(request.url).netloc)
        if cookie is not None:
            sent = [pair for pair in request.meta["sent"] if pair[0] != "Cookie"]
            request.meta["sent"] = [*sent, ("Cookie", cookie)]

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass an answer on, or the request again with the cookie that it asks for."""
        spider = self.spider
        if not spider.portal.sets_cookie or response.status != 200 or len(response.body) > CHALLENGE_BYTES:
            return response
        body = spider.body(response)
        if not is_challenge(body) or spider.is_stopping:
            return response
        host = urlsplit(request.url).netloc
        was_sent = any(name == "Cookie" for name, _ in request.meta["sent"])
        if host not in self._cookies:
            cookie = cookie_asked_for(body)
            if cookie is None:
                spider.report.add_problem(
                    "challenge", f"{request.url} asks for a cookie that only its script knows"
                )
                return response
            self._cookies[host] = cookie
            spider.report.cookies_set += 1
            name = cookie.partition("=")[0]
            spider.report.add_problem(
                "cookie_set", f"{host} asked for the cookie {name} by script: set once, as its file says"
            )
            _log.warning("%s: cookie %s set", host, name)
        elif was_sent:
            return response
        response.request = request  # Scrapy notes it behind the middlewares.
        spider.archive_challenge(response)
        return request.copy()
