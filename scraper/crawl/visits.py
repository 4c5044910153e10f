"""What an answer means: its outcome, what becomes of its page, and which links it names. Pure.

The same functions serve the crawl as it goes and the records that an interrupted crawl left in the archive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from scraper.archive.reader import decode_body
from scraper.archive.writer import Location
from scraper.crawl import discovery
from scraper.crawl.frontier_records import Found, Settled, Visit
from scraper.crawl.recheck import (
    DAY,
    GONE_RECHECK,
    REFUSED_RECHECK,
    parse_day,
    seconds_to_gone_recheck,
    seconds_to_recheck,
    seconds_to_retry,
)
from scraper.identity import is_allowed, is_article, normalise_url, url_key
from scraper.portal import Portal

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_HOPS = 5
"""Redirects of one page that are followed."""

MAX_LISTING_PAGES = 5_000
"""Pages of one listing that are followed: a calendar or a trap has no end."""

CHALLENGE_BYTES = 4_096
"""No challenge seen is longer; what is longer is a page."""

ATTACHMENT_RECHECK = 120 * DAY
"""A document at one address hardly ever changes."""

# A page of nothing but a script that sets a cookie and loads itself again (domain notes: portals.md §5.2).
_CHALLENGE = re.compile(rb"document\.cookie\s*=.*?location(?:\.(?:reload|replace|assign|href)|\s*=)", re.S)
_TEXT = re.compile(rb"<script.*?</script\s*>|<[^>]*>|\s+", re.S | re.I)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, as far as the crawl judges it."""

    url: str
    """As requested, which after a redirect is not the page's own address."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """Content-Encoding undone."""
    fetched_at: int
    digest: str
    """Of the payload as it came."""
    cut: str | None = None
    """Why the payload is not taken: length (over the limit), disconnect, or encoding (not asked for)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a redirect leads: `follow` it, take it as a page `moved`, as `gone`, or as going `astray`."""

    way: str
    url: str


def roots(portal: Portal) -> list[Found]:
    """Return the pages where every run of a portal begins."""
    named = portal.discovery
    found = []
    for kind, paths in (("sitemap", named.sitemaps), ("feed", named.feeds), ("listing", named.listings)):
        for path in paths:
            url = urljoin(portal.base_url, path)
            found.append(Found(_key(kind, url), url, kind, root_url=url))
    if named.api:
        url = urljoin(portal.base_url, named.api)
        first = discovery.api_page(url, 1)
        found.append(Found(_key("api", first), first, "api", root_url=url))
    return found


def judge(portal: Portal, visit: Visit, answer: Answer) -> str:
    """Return the outcome of an answer (`items.Fetch.outcome`), from status, length, redirect and challenge
    alone."""
    status = answer.status
    if answer.cut is not None:
        return {"length": "too_large", "encoding": "error"}.get(answer.cut, "truncated")
    if status == 304:
        return "not_modified"
    if status in REDIRECTS and answer.headers.get("location"):
        return "gone" if turn(portal, visit, answer).way == "gone" else "redirect"
    if status in (404, 410) or (status == 400 and visit.kind == "api" and visit.page_no > 1):
        return "gone"  # WordPress says 400 to a page of posts behind the last one.
    if not 200 <= status < 300:
        return "error"
    if is_challenge(answer.body):
        return "challenge"
    return "not_modified" if answer.digest == visit.body_hash else "ok"


def is_challenge(body: bytes) -> bool:
    """Tell whether a page is nothing but a script that sets a cookie and asks to come again."""
    if len(body) > CHALLENGE_BYTES or _CHALLENGE.search(body) is None:
        return False
    return len(_TEXT.sub(b"", body)) < 200


def turn(portal: Portal, visit: Visit, answer: Answer) -> Turn:
    """Tell where a redirect leads. An article that is sent to the front page is gone."""
    try:
        target = urljoin(answer.url, answer.headers.get("location", "").strip()).partition("#")[0]
    except ValueError:
        return Turn("astray", "")
    if not is_allowed(target, portal):
        return Turn("astray", target)
    if visit.kind != "article" or url_key(target, portal) == visit.key:
        return Turn("follow", target)
    if is_article(target, portal):
        return Turn("moved", target)
    if normalise_url(target) == normalise_url(portal.base_url) or urlsplit(target).path.rstrip("/") == "":
        return Turn("gone", target)
    return Turn("astray", target)


def settle(
    portal: Portal, visit: Visit, answer: Answer, outcome: str, location: Location | None
) -> Settled | None:
    """Return what becomes of the page, or None where the answer only says to ask elsewhere for it.

    Args:
        portal: The portal.
        visit: The page that was asked for.
        answer: What came.
        outcome: What `judge` said of it.
        location: Where it is archived.
    """
    way = turn(portal, visit, answer) if outcome == "redirect" else None
    if way is not None and way.way == "follow":
        return None
    if outcome in ("ok", "not_modified"):
        return _settle_good(portal, visit, answer, outcome, location)
    state, due_at, why, tries = (
        "failed",
        answer.fetched_at + seconds_to_retry(visit.tries + 1),
        "failed",
        visit.tries + 1,
    )
    links: tuple[Found, ...] = ()
    if outcome == "gone":
        tries = visit.tries + 1 if visit.state == "gone" else 1
        wait = seconds_to_gone_recheck(tries) if visit.kind == "article" else GONE_RECHECK
        state, due_at, why = "gone", answer.fetched_at + wait, "gone"
    elif outcome == "too_large":
        due_at = answer.fetched_at + GONE_RECHECK
    elif way is not None and way.way == "moved":
        state, due_at, why, tries = "moved", answer.fetched_at + GONE_RECHECK, "moved", 0
        links = (Found(url_key(way.url, portal), way.url, "article"),)
    due_at = max(due_at, answer.fetched_at + retry_after(answer.headers, answer.fetched_at))
    return Settled(
        key=visit.key,
        state=state,
        outcome=outcome,
        status=answer.status,
        fetched_at=answer.fetched_at,
        due_at=due_at,
        why=why,
        tries=tries,
        location=location,
        links=links,
    )


def settle_unanswered(visit: Visit, outcome: str, now: int, refused: bool = False) -> Settled:
    """Return what becomes of a page that got no answer, or that robots.txt or we ourselves refused to ask
    for."""
    due_at = now + (REFUSED_RECHECK if refused else seconds_to_retry(visit.tries + 1))
    state = "refused" if refused else "failed"
    return Settled(
        visit.key,
        state,
        outcome,
        None,
        visit.fetched_at or now,
        due_at,
        "failed",
        0 if refused else visit.tries + 1,
    )


def retry_after(headers: Mapping[str, str], now: int) -> int:
    """Return the seconds that a server asks us to wait, at most a day; 0 where it does not."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), DAY)
    moment = parse_day(value) if "," in value else None
    return min(max(moment - now, 0), DAY) if moment else 0


def _settle_good(
    portal: Portal, visit: Visit, answer: Answer, outcome: str, location: Location | None
) -> Settled:
    is_new_body = outcome == "ok"
    names_nothing = False
    links: tuple[Found, ...] = ()
    following: Found | None = None
    due_at: int | None = None
    if visit.kind == "attachment":
        due_at = answer.fetched_at + ATTACHMENT_RECHECK
    elif visit.kind == "article":
        if is_new_body and portal.attachments is not None:
            links = _attachments(portal, visit, answer)
        said = max(visit.newest, visit.edited_at or 0)
        said = said or parse_day(answer.headers.get("last-modified")) or visit.discovered_at
        seen = visit.looks + (visit.body_hash is not None and not is_new_body)
        wait = seconds_to_recheck(answer.fetched_at - said, visit.key, seen, visit.edits)
        due_at = answer.fetched_at + wait
    elif is_new_body:
        links, following = _links(portal, visit, answer)
        names_nothing = visit.depth == 0 and visit.page_no == 1 and not links and following is None
    return Settled(
        key=visit.key,
        state="done",
        outcome=outcome,
        status=answer.status,
        fetched_at=answer.fetched_at,
        due_at=due_at,
        why="age",
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        body_hash=answer.digest if is_new_body and not names_nothing else None,
        location=location if is_new_body else None,
        links=links,
        following=following,
        is_first_look=visit.body_hash is None,
        names_nothing=names_nothing,
    )


def _links(portal: Portal, visit: Visit, answer: Answer) -> tuple[tuple[Found, ...], Found | None]:
    named, body, url = portal.discovery, answer.body, answer.url
    root = visit.root_url or visit.url
    following: str | None = None
    if visit.kind == "sitemap":
        links = discovery.read_sitemap(body, url)
    elif visit.kind == "feed":
        links = discovery.read_feed(body, url)
    elif visit.kind == "api":
        links = discovery.read_api(body, url)
        following = discovery.api_page(root, visit.page_no + 1) if len(links) >= 10 else None
    else:
        links = discovery.read_listing(body, url, named.listing_links)
        following = discovery.next_listing(body, url, root, visit.page_no, named)
    latest = (
        answer.fetched_at + 2 * DAY
    )  # A date of the future says nothing, but would make a page young for ever.
    found: dict[str, Found] = {}
    for link in links:
        lastmod = link.lastmod if link.lastmod is not None and 0 < link.lastmod < latest else None
        published = link.published if link.published is not None and 0 < link.published < latest else None
        if link.is_sitemap:
            if visit.depth < discovery.MAX_SITEMAP_DEPTH and is_allowed(link.url, portal):
                key = _key("sitemap", link.url)
                found[key] = Found(key, link.url, "sitemap", lastmod, depth=visit.depth + 1, root_url=root)
        elif is_article(link.url, portal):
            key = url_key(link.url, portal)
            found.setdefault(key, Found(key, link.url, "article", lastmod, published))
    following_page = None
    if following and following != url and visit.page_no < MAX_LISTING_PAGES and is_allowed(following, portal):
        key = _key(visit.kind, following)
        following_page = Found(key, following, visit.kind, page_no=visit.page_no + 1, root_url=root)
    return tuple(found.values()), following_page


def _attachments(portal: Portal, visit: Visit, answer: Answer) -> tuple[Found, ...]:
    """Return the documents that an article links to, as far as the portal's file has them fetched."""
    from scraper.article import (
        attachment_links,  # All of the readers come with it: BeautifulSoup, the gazetteer.
    )

    options = portal.attachments
    assert options is not None
    body, fault = decode_body(answer.body, answer.headers.get("content-encoding"))
    if fault is not None:
        return ()
    moment = datetime.fromtimestamp(answer.fetched_at, UTC)
    links = attachment_links(body, answer.url, portal, moment, answer.headers.get("content-type"))
    found: dict[str, Found] = {}
    for link in links:
        if portal.is_document(urlsplit(link).path) and is_allowed(link, portal):
            key = attachment_key(link)
            found.setdefault(key, Found(key, link, "attachment"))
    return tuple(found.values())[: options.max_per_article]


def attachment_key(url: str) -> str:
    """Return the key of an attached document in the frontier."""
    return _key("attachment", normalise_url(url))


def _key(kind: str, url: str) -> str:
    """Pages that name articles are told apart by their whole address; no article's key begins with a kind."""
    return f"{kind} {url}"
