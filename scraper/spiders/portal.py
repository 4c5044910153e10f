"""The one spider: it asks for a portal's discovery pages, then for the articles that are due, and keeps what
comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from time import monotonic, time
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.archive.reader import decode_body
from scraper.archive.writer import payload_digest
from scraper.crawl import visits
from scraper.crawl.frontier_records import DISCOVERY, Settled, Visit
from scraper.crawl.recheck import at, sample_size
from scraper.crawl.recorder import Exchange, Recorder
from scraper.crawl.report import MAX_PAGES, CrawlEvent, CrawlOptions, PortalReport, Progress
from scraper.errors import CityLedgerError
from scraper.spiders.keeper import Keeper
from scraper.spiders.polite import Headers, PoliteSpider, headers_of, lower_headers
from scraper.spiders.refusals import AddressRefused, Forbidden, said, said_status
from scraper.spiders.settings import WINDOW

_log = logging.getLogger(__name__)

_TAKEN = 128
"""Pages read from the frontier at a time."""
_MAX_FAILURES = 10
"""Failures running after which a portal counts as down."""
_FAILURES = ("error", "truncated", "challenge")
"""Outcomes of answers that are failures."""
_CUTS = {"too_large": "length", "truncated": "disconnect", "error": "encoding"}
"""Why a payload is not taken, by what is wrong with its Content-Encoding."""
_EVENT_EVERY = 0.25


class PortalSpider(PoliteSpider):
    """Crawls one portal; made by `scraper.spiders.run`.

    Every page is in one of three places: due in the frontier, in hand (asked for), or pending (come, and not
    yet on the disk). It leaves the last only when the recorder has committed it.
    """

    def __init__(
        self,
        recorder: Recorder,
        options: CrawlOptions,
        progress: Progress,
        on_fault: Callable[[CityLedgerError], None],
    ) -> None:
        super().__init__(recorder.portal, options)
        self.recorder = recorder
        self._progress = progress
        self._on_fault = on_fault
        self._began = monotonic()
        self._epoch = (options.now or at(0)).timestamp()
        self._in_hand: set[str] = set()
        self._held: set[str] = set()
        self._asking: set[asyncio.Task[None]] = set()
        self.keeper = Keeper(recorder, self.now, self._kept, self._fail)
        self._changed = asyncio.Event()
        self._failures = self._document_failures = 0
        self._asked = self._looked = self._documents = 0
        self._is_flooded = False
        self._settled = 0
        self._last_event = 0.0

    @property
    def report(self) -> PortalReport:
        """What was done so far."""
        return self.recorder.report

    def now(self) -> int:
        """Return the time in seconds since 1970; it runs from `options.now` where that is given."""
        elapsed = monotonic() - self._began
        return int(self._epoch + elapsed) if self.options.now else int(time())

    async def start(self) -> AsyncIterator[Request]:
        """Ask for pages as there is room for them, until nothing is due and everything is kept.

        They are put to the downloader at once: Scrapy's queue of requests and its queue of answers, which
        this spider has no use for, took a third of its time.
        """
        self.keeper.start()
        try:
            now = self.now()
            frontier, options = self.recorder.frontier, self.options
            frontier.begin_run(visits.roots(self.portal), now, options.full, self._sample_size())
            self._tell("started")
            self.report.is_unverified = not self.portal.verifies_tls
            if self.report.is_unverified:
                detail = f"{self.portal.slug}: certificates are not verified (verify_tls = false in its file)"
                self.report.add_problem("tls_unverified", f"{detail}: what is read can be changed on its way")
            while not self.is_stopping:
                taken = self._take()
                for visit in taken:
                    if not await self._has_room():
                        break
                    self._in_hand.add(visit.key)
                    self._held.add(visit.key)
                    self._asked += visit.kind == "article"
                    self._documents += visit.kind == "attachment"
                    self._looked += visit.kind in DISCOVERY
                    self._begin(visit)
                if not taken:
                    if not self._held:
                        break
                    await self._wait()
            while self._held or self._in_hand:
                await self._wait()
        except CityLedgerError as error:
            self._fail(error)
        except Exception as error:  # Scrapy would log it and call the crawl finished
            _log.exception("crawling %s", self.portal.slug)
            self._fail(CityLedgerError(f"a mistake in the crawl of {self.portal.slug}: {error!r}"))
        finally:
            await self._end_keeping()
        return
        yield  # makes a generator of it, as Scrapy wants

    def _begin(self, visit: Visit) -> None:
        asking = asyncio.get_running_loop().create_task(self._ask(visit))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)

    async def _ask(self, visit: Visit) -> None:
        """Ask for a page and take what comes, redirects of the same page followed."""
        request: Request | None = self._page_request(visit)
        while request is not None:
            try:
                response = await self.crawler.engine.download_async(request)
            except Exception as error:
                self._failed(visit, error)
                return
            request = self._take_answer(request, response, visit)

    def _take_answer(self, request: Request, response: Response, visit: Visit) -> Request | None:
        """Judge an answer, hand it to the recorder, and return what a redirect of the same page asks for."""
        try:
            return self._arrived(request, response, visit)
        except Exception as error:  # one page's mistake must neither stop nor hang the portal
            _log.exception("taking %s", response.url)
            self.report.add_problem("mistake", f"the answer of {visit.url} could not be taken: {error!r}")
            self._submit(Exchange(visit, None, "error", settled=self._unanswered(visit)), ended=True)
            return None

    def _failed(self, visit: Visit, error: Exception) -> None:
        """Take the lack of an answer."""
        if isinstance(error, Forbidden | AddressRefused):
            settled = visits.settle_unanswered(visit, "error", self.now(), refused=True)
        elif isinstance(error, IgnoreRequest):
            self._release(visit)  # The crawl is stopping: the page stays due.
            return
        else:
            settled = self._unanswered(visit)
            _log.warning("%s got no answer: %s", visit.url, said(error))
            self._submit(Exchange(visit, None, said(error), settled=settled), ended=True)
            self._count_failure(visit, f"{visit.url}: {said(error)}")
            return
        self._submit(Exchange(visit, None, said(error), settled=settled), ended=True)

    def stop(self, reason: str, problem: str | None = None) -> None:
        """Ask for no more; what is in hand is finished and kept. The first reason stands."""
        super().stop(reason, problem)
        self._changed.set()

    def archive_robots(self, response: Response) -> None:
        """Keep a robots.txt as it came."""
        headers = headers_of(response)
        answer = self._answer(response, headers, "robots")
        visit = Visit("robots", response.url, "robots")
        outcome = visits.judge(self.portal, visit, answer)
        self._submit(self._exchange(response, headers, answer, outcome, None), ended=False)

    def archive_challenge(self, response: Response) -> None:
        """Keep a challenge that is answered at once: the page that was asked for is still to come."""
        visit: Visit | None = _asked_for(response).meta.get("visit")
        headers = headers_of(response)
        answer = self._answer(response, headers, visit.kind if visit else "robots")
        exchange = self._exchange(response, headers, answer, "challenge", visit)
        exchange.is_passing = True
        self._submit(exchange, ended=False)

    def _arrived(self, request: Request, response: Response, visit: Visit) -> Request | None:
        headers = headers_of(response)
        answer = self._answer(response, headers, visit.kind)
        outcome = visits.judge(self.portal, visit, answer)
        is_failure = outcome in _FAILURES
        following: Request | None = None
        if outcome == "redirect":
            following, outcome = self._follow(request, visit, answer)
        self._submit(self._exchange(response, headers, answer, outcome, visit), ended=following is None)
        if is_failure:
            last = (
                "a cookie challenge" if outcome == "challenge" else f"status {said_status(response.status)}"
            )
            self._count_failure(visit, f"({visit.url}) with {last}")
        elif visit.kind == "attachment":
            self._document_failures = 0
        else:
            self._failures = 0
        return following

    def _count_failure(self, visit: Visit, last: str) -> None:
        """So many pages running that fail mean that the portal is down; so many documents, that they are."""
        if visit.kind == "attachment":
            self._document_failures += 1
            if self._document_failures == _MAX_FAILURES:
                told = f"{_MAX_FAILURES} documents running failed, the last {last}"
                self.report.add_problem("documents_down", f"{told}: the others are left for another run")
            return
        self._failures += 1
        if self._failures >= _MAX_FAILURES:
            self.stop("down", f"{_MAX_FAILURES} pages running failed, the last {last}")

    def _unanswered(self, visit: Visit) -> Settled:
        return visits.settle_unanswered(visit, "error", self.now())

    def _bound(self) -> int:
        bounds = (self.options.max_pages, self.portal.max_pages, MAX_PAGES)
        return min(bound for bound in bounds if bound is not None)

    def _sample_size(self) -> int:
        options = self.options
        if options.sample is not None:
            return options.sample
        if options.full or options.since or options.until:
            return 0
        known = self.recorder.frontier.counts().get("done", 0)
        return sample_size(known, self._bound())

    def _take(self) -> list[Visit]:
        frontier, now, options = self.recorder.frontier, self.now(), self.options
        left = self._bound() - self._asked
        since = int(options.since.timestamp()) if options.since else None
        until = int(options.until.timestamp()) if options.until else None
        found = self._take_discovery(now)
        if found and frontier.count_due(("article",), now, since, until) >= left:
            found = [visit for visit in found if visit.why == "root"]
        if found or self._is_discovering():
            return found
        if left > 0:
            articles = frontier.take(("article",), now, min(_TAKEN, left), self._held, since, until)
            if articles:
                return articles
        elif self.report.stopped is None and frontier.count_due(("article",), now, since, until):
            self.report.stopped = "pages"
        return self._take_attachments(now)

    def _take_discovery(self, now: int) -> list[Visit]:
        room = self.options.max_discovery - self._looked
        is_flooded = room <= 0 or self.report.found >= self.options.max_found
        found = self.recorder.frontier.take(
            DISCOVERY, now, 1 if is_flooded else min(_TAKEN, room), self._held
        )
        if found and is_flooded and not self._is_flooded:
            self._is_flooded = True
            told = f"{self._looked:,} discovery pages asked for, {self.report.found:,} addresses found"
            self.report.add_problem("flooded", f"{told}: the rest is left for another run")
        return [] if is_flooded else found

    def _take_attachments(self, now: int) -> list[Visit]:
        """Return documents to ask for, once the articles that may name them are settled."""
        options = self.portal.attachments
        if options is None or any(not key.startswith("attachment ") for key in self._held):
            return []
        left = options.max_per_run - self._documents
        if left <= 0 or self._document_failures >= _MAX_FAILURES:
            return []
        return self.recorder.frontier.take(("attachment",), now, min(_TAKEN, left), self._held)

    def _is_discovering(self) -> bool:
        return any(key.partition(" ")[0] in DISCOVERY for key in self._held)

    async def _has_room(self) -> bool:
        while not self.is_stopping and (len(self._in_hand) >= WINDOW or self.keeper.is_full):
            await self._wait()
        if self.options.max_seconds and monotonic() - self._began > self.options.max_seconds:
            self.stop("time")
        return not self.is_stopping

    async def _wait(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _page_request(self, visit: Visit, url: str | None = None, hops: int = 0) -> Request:
        sent = list(self._sent)
        is_told = not self.options.full and visit.why not in ("full", "sample")
        is_told = is_told and self.recorder.frontier.validators.is_trusted
        if is_told and visit.body_hash is not None and url is None:
            if visit.etag:
                sent.append(("If-None-Match", visit.etag))
            if visit.last_modified:
                sent.append(("If-Modified-Since", visit.last_modified))
        meta: dict[str, object] = {"visit": visit, "sent": sent, "hops": hops}
        if visit.kind == "attachment" and self.portal.attachments is not None:
            meta["max_bytes"] = self.portal.attachments.max_bytes
        return self.request(url or visit.url, meta=meta)

    def _follow(self, request: Request, visit: Visit, answer: visits.Answer) -> tuple[Request | None, str]:
        turn = visits.turn(self.portal, visit, answer)
        hops = request.meta["hops"] + 1
        if turn.way == "astray":
            self.report.add_problem("astray", f"{answer.url} is redirected to {turn.url[:200]}: not followed")
        if turn.way != "follow":
            return None, "redirect"
        if hops > visits.MAX_HOPS or self.is_stopping:
            return None, "error"
        return self._page_request(visit, turn.url, hops), "redirect"

    def _answer(self, response: Response, named: Headers, kind: str) -> visits.Answer:
        headers = lower_headers(named)
        payload = response.body
        cut = None
        if "download_stopped" in response.flags:
            cut = "length"
        elif "dataloss" in response.flags:
            cut = "disconnect"
        # An article's body is read when it is loaded; here only a page small enough to be a challenge is
        # looked at.
        is_read = kind in DISCOVERY or len(payload) < 8192
        body, fault = decode_body(payload if is_read else b"", headers.get("content-encoding"))
        if not is_read:
            body = payload
        if cut is None and (fault == "error" or (is_read and fault is not None)):
            cut = _CUTS[fault]
        self.report.bytes += len(payload)
        return visits.Answer(
            response.url, response.status, headers, body, self.now(), payload_digest(payload), cut
        )

    def _exchange(
        self, response: Response, headers: Headers, answer: visits.Answer, outcome: str, visit: Visit | None
    ) -> Exchange:
        sent = [*_asked_for(response).meta["sent"], ("Host", urlsplit(response.url).netloc)]
        protocol = response.protocol or "HTTP/1.1"
        return Exchange(visit, answer, outcome, response.body, headers, sent, protocol)

    def _submit(self, exchange: Exchange, ended: bool) -> None:
        if ended and exchange.visit is not None:
            self._in_hand.discard(exchange.visit.key)
        # Discovery pages are not kept waiting for more to come: what they name is what comes next.
        self.keeper.take(exchange, is_last=not self._in_hand or self._is_discovering())
        self._changed.set()

    def _kept(self, keys: Sequence[str]) -> None:
        self._settled += len(keys)
        self._held.difference_update(keys)
        self._changed.set()
        self._tell("pages")

    def _release(self, visit: Visit) -> None:
        self._in_hand.discard(visit.key)
        self._held.discard(visit.key)
        self._changed.set()

    async def _end_keeping(self) -> None:
        await self.keeper.finish()
        self.report.seconds = round(monotonic() - self._began, 3)
        if self.report.stopped != "home":
            self._tell("finished")

    def _fail(self, error: CityLedgerError) -> None:
        """The home cannot be used: nothing more can be kept, so nothing more is asked for."""
        self._held.clear()
        self._in_hand.clear()
        self.stop("home", str(error))
        self._on_fault(error)

    def _tell(self, what: str) -> None:
        moment = monotonic()
        if what == "pages" and moment - self._last_event < _EVENT_EVERY:
            return
        self._last_event = moment
        due = self.recorder.frontier.count_due((*DISCOVERY, "article"), self.now())
        self._progress(CrawlEvent(self.portal.slug, what, self._settled, due, self.report))


def _asked_for(response: Response) -> Request:
    assert response.request is not None
    return response.request
