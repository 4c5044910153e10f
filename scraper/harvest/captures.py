"""One archived answer into a record: page → article → facts, and whatever goes wrong into a problem.

Whatever a page does to its reader (raise, loop) costs that page alone. What the machine lacks (memory, open
files, a library) would cost page after page: it ends the reading, and no page counts as read for it.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import blake2b
from types import FrameType
from urllib.parse import urlsplit

from scraper.archive.reader import Captured
from scraper.article import read_article
from scraper.documents.reader import KINDS, read_document
from scraper.errors import MachineError, PageRefused
from scraper.facts import read_facts
from scraper.harvest.sketch import sketch
from scraper.identity import article_id, normalise_url
from scraper.items import Article, AttachedText, AttachmentFacts, Facts, Harvest, Problem
from scraper.portal import Portal
from scraper.vietnamese.text import squeeze

SECONDS_A_PAGE = 30
"""A page that takes longer is given up: thousands of times what a common one takes."""

_UNREAD = {
    "challenge": "a cookie challenge or block page came instead of the article",
    "error": "the portal answered with an error",
    "too_large": "the page is larger than is read",
    "truncated": "the page came cut off",
}
_OF_THE_MACHINE = (OSError, MemoryError, ImportError)
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class _TookTooLong(BaseException):
    """Raised within a page's reading when its time is up; no `except Exception` on the way swallows it."""


def read_captured(captured: Captured, portal: Portal) -> Harvest:
    """Return what one archived answer gives: the article and its facts, or why there is none.

    An error page of status 200 becomes outcome gone, a challenge that the crawl did not see outcome
    challenge, and an answer whose payload was archived before outcome not_modified. Raises MachineError where
    it is not for the page's sake that it cannot be read.
    """
    fetch = captured.fetch
    if captured.is_revisit and fetch.outcome == "ok":
        fetch = replace(fetch, outcome="not_modified")
    number = article_id_of(captured, portal)
    if number is None:
        return Harvest(fetch, None, None, None)
    if fetch.outcome != "ok":
        reason = _UNREAD.get(fetch.outcome)
        problem = Problem("crawl", fetch.outcome, f"{reason} (HTTP {fetch.http_status})")
        return Harvest(fetch, number, None, None, (problem,) if reason else ())
    try:
        with _time_limit():
            article = read_article(captured.body, fetch.url, portal, fetch.fetched_at, fetch.content_type)
    except PageRefused as refusal:
        outcome = {"error_page": "gone", "challenge": "challenge"}.get(refusal.kind, fetch.outcome)
        problem = Problem("article", refusal.kind, str(refusal))
        return Harvest(replace(fetch, outcome=outcome), number, None, None, (problem,))
    except _OF_THE_MACHINE as error:
        raise _machine_error(error, fetch.url) from error
    except (Exception, _TookTooLong) as error:
        return Harvest(fetch, number, None, None, (_problem_of(error, "article"),))
    facts, problems = facts_of(article, portal)
    problems += unread_attachments(article)
    return Harvest(fetch, number, article, facts, problems, text_hash(article), sketch(article.body_text))


def unread_attachments(article: Article) -> tuple[Problem, ...]:
    """Return a problem that names the attached files of kinds that no reader knows (.doc, .xls, .zip)."""
    endings = {url: urlsplit(url).path.rpartition(".")[2].lower() for url in article.attachments}
    unread = [url for url, ending in endings.items() if ending not in KINDS and len(ending) <= 5]
    if not unread:
        return ()
    kinds = ", ".join(sorted({f".{endings[url]}" for url in unread}))
    detail = f"{len(unread)} attached files are of kinds that are not read ({kinds}): {', '.join(unread)}"
    return (Problem("article", "attachment_of_unread_kind", detail[:1_000]),)


def read_attached(captured: Captured) -> Harvest:
    """Return the text of an archived document that articles link to, or why there is none.

    Which articles those are, and what the document tells of them, is found where the texts are stored
    (`warehouse.attachments`). Raises MachineError where no process could be started to read it.
    """
    fetch = captured.fetch
    if fetch.outcome != "ok":
        reason = _UNREAD.get(fetch.outcome)
        problem = Problem("crawl", fetch.outcome, f"{fetch.url}: {reason} (HTTP {fetch.http_status})")
        return Harvest(fetch, None, None, None, (problem,) if reason else ())
    url = (captured.key or "").removeprefix("attachment ") or normalise_url(fetch.url)
    try:
        document, problems = read_document(captured.body, url)
    except _OF_THE_MACHINE as error:
        raise _machine_error(error, fetch.url) from error
    return Harvest(fetch, None, None, None, problems, document=document)


def attachment_facts(attached: AttachedText, portal: Portal) -> AttachmentFacts:
    """Return the figures that a document attached to an article reports, each with `field: attachment:<n>`.

    It is read as the article's own text would be, with the article's headline, day and area. Its meetings
    are left: an attachment is a plan, a list or a table, and the article tells of the meeting.
    """
    document, field = attached.document, f"attachment:{attached.position}"
    article = replace(attached.text.article, body_text=document.text, description=None, captions=())
    facts, problems = facts_of(article, portal)
    if facts is None:
        return AttachmentFacts(attached, None, problems)
    figures = tuple(
        replace(figure, evidence=replace(figure.evidence, field=field))
        for figure in facts.indicators
        if figure.evidence.field == "body_text"
    )
    areas = {
        figure.ref_area: facts.areas[figure.ref_area] for figure in figures if figure.ref_area in facts.areas
    }
    kept = Facts(indicators=figures, areas=areas, problems=facts.problems)
    return AttachmentFacts(attached, kept, problems)


def text_hash(article: Article) -> str:
    """Return 32 hex digits over headline, description, body and captions, white space evened out.

    What they leave out (dates, view counters, links) can change without making a new revision.
    """
    parts = (article.headline, article.description or "", article.body_text, *article.captions)
    text = "\x00".join(squeeze(part) for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def facts_of(article: Article, portal: Portal) -> tuple[Facts | None, tuple[Problem, ...]]:
    """Return the facts of an article of this portal, or None and the problem that kept them from being read.

    Raises MachineError as `read_captured` does.
    """
    try:
        with _time_limit():
            return read_facts(article, portal.ref_area), ()
    except _OF_THE_MACHINE as error:
        raise _machine_error(error, article.url) from error
    except (Exception, _TookTooLong) as error:
        return None, (_problem_of(error, "facts"),)


def article_id_of(captured: Captured, portal: Portal) -> str | None:
    """Return the id of the article that was asked for, None where something else was."""
    return article_id(captured.fetch.url, portal) if captured.fetch.kind == "article" else None


def _machine_error(error: Exception, url: str) -> MachineError:
    reason = " ".join(str(error).split())[:300]
    said = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    return MachineError(
        f"{url}: not to be read on this machine ({said}): mend that and run the same command again,"
        " nothing counts as read that was not"
    )


def _problem_of(error: BaseException, stage: str) -> Problem:
    if isinstance(error, _TookTooLong):
        return Problem(stage, "took_too_long", f"reading the page took more than {SECONDS_A_PAGE} seconds")
    kind = _WORD_START.sub("_", type(error).__name__).lower()
    return Problem(stage, kind, " ".join(str(error).split())[:300] or type(error).__name__)


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise _TookTooLong within the block when a page's time is up; only a main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_PAGE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise _TookTooLong
