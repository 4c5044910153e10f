"""Hostile inputs by the thousand: what a portal may send is read, refused in words, or names nothing.

`python -m tests.reliability.hostile --examples 5000 --seed 7` runs it. Every input is read under a bound of
memory (of the process) and of processor time (of the input); anything that is raised but a refusal, and any
bound that is crossed, ends it with the input that did it, made as small as hypothesis can.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from scrapy.robotstxt import ProtegoRobotParser

from scraper.archive.reader import MAX_DECODED, decode_body
from scraper.article import read_article
from scraper.crawl import discovery, visits
from scraper.crawl.challenge import cookie_asked_for
from scraper.crawl.frontier_records import Visit
from scraper.errors import PageRefused
from scraper.html import decode
from scraper.identity import article_id, is_allowed, is_article, normalise_url, url_key
from scraper.portal_catalogue import load_portals
from tests.reliability.hostile_inputs import (
    ANSWERS,
    ARTICLES,
    HTML_PIECES,
    JSON_PIECES,
    ROBOTS_PIECES,
    TYPES,
    XML_PIECES,
    any_of,
    urls,
)

MEMORY = 2 * 1024**3
"""Bytes of address space that the whole process may have, libraries and all."""
SECONDS = 10
"""Of processor time that one input may take."""

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PORTALS = load_portals()
URL = "https://thanhphohaiphong.gov.vn/bai-viet.html"
LISTING = "https://thanhphohaiphong.gov.vn/tin-tuc"


class TookTooLong(BaseException):
    """An input has used its processor time."""


@dataclass(frozen=True)
class Target:
    """A reader, what it is fed, and what must hold of what it gives."""

    name: str
    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    weight: float = 1.0
    """Share of the examples asked for: a page costs more than an address."""


# what must hold


def check_article(given_page: tuple[bytes, str | None, str | None]) -> None:
    """An article of plain text that can be stored, or a refusal in words."""
    page, content_type, slug = given_page
    try:
        article = read_article(page, URL, PORTALS[slug] if slug else None, NOW, content_type)
    except PageRefused:
        return
    json.dumps(asdict(article), ensure_ascii=False).encode("utf-8")
    assert article.canonical_url.startswith("https://")
    assert all(link.startswith(("http://", "https://")) for link in article.attachments)


def check_links(read: Callable[[bytes, str], list[discovery.Link]]) -> Callable[[bytes], None]:
    """Links of the web and no other, as many as one page may name."""

    def check(body: bytes) -> None:
        links = read(body, LISTING)
        assert len(links) <= discovery.MAX_LINKS
        for link in links:
            assert link.url.encode().startswith((b"http://", b"https://"))
            is_article(link.url, PORTALS["haiphong"])
            assert all(moment is None or isinstance(moment, int) for moment in (link.lastmod, link.published))

    return check


def check_listing(body: bytes) -> None:
    """As for links; and a next page of the web, or none."""
    check_links(lambda page, url: discovery.read_listing(page, url, None))(body)
    following = discovery.next_listing(body, LISTING, LISTING, 1, PORTALS["haiphong"].discovery)
    assert following is None or following.startswith(("http://", "https://"))


def check_robots(body: bytes) -> None:
    """Rules that answer yes or no."""
    rules = ProtegoRobotParser(body, None)
    assert rules.allowed(URL, "CityLedger") in (True, False)
    rules.allowed("https://thanhphohaiphong.gov.vn/" + "a" * 1900, "CityLedger")
    rules.crawl_delay("CityLedger")


def check_url(url: str) -> None:
    """What is allowed is on the portal's hosts, has its keys, and can be stored."""
    portal = PORTALS["haiphong"]
    normalise_url(url)
    if is_allowed(url, portal):
        url.encode()
        assert url_key(url, portal)
        assert article_id(url, portal).startswith("a-")
        assert any(host in url.lower() for host in portal.hosts)


def check_answer(answer: tuple[int, dict[str, str], bytes, str]) -> None:
    """Any status with any headers has an outcome, and leaves its page in some state."""
    status, headers, body, kind = answer
    portal = PORTALS["haiphong"]
    visit = Visit(
        f"{kind} {LISTING}" if kind != "article" else url_key(URL, portal), URL, kind, root_url=LISTING
    )
    came = visits.Answer(URL, status, headers, body, int(NOW.timestamp()), "sha256:0")
    outcome = visits.judge(portal, visit, came)
    settled = visits.settle(portal, visit, came, outcome, None)
    assert settled is None or settled.state in ("done", "failed", "gone", "moved", "refused")
    assert 0 <= visits.retry_after(headers, int(NOW.timestamp())) <= 86_400
    if (cookie := cookie_asked_for(body)) is not None:
        assert not set(cookie) & set('\r\n;, "\\')


def check_bytes(given_body: tuple[bytes, str | None]) -> None:
    """Bytes decode to text that can be written; packed ones stay within their bound."""
    body, told = given_body
    decode(body, told)
    for encoding in ("gzip", "deflate", told):
        assert len(decode_body(body, encoding)[0]) <= max(MAX_DECODED, len(body))


TARGETS = (
    Target("articles", ARTICLES, check_article),
    Target("sitemaps", any_of("sitemap", XML_PIECES), check_links(discovery.read_sitemap)),
    Target("feeds", any_of("feed", XML_PIECES), check_links(discovery.read_feed)),
    Target("wp-json", any_of("api", JSON_PIECES), check_links(discovery.read_api)),
    Target("listings", any_of("listing", HTML_PIECES), check_listing),
    Target("robots.txt", any_of("robots", ROBOTS_PIECES), check_robots),
    Target("addresses", urls, check_url, 2.0),
    Target("answers", ANSWERS, check_answer),
    Target("bytes", st.tuples(any_of("article", HTML_PIECES), st.sampled_from(TYPES)), check_bytes),
)


# how it is run


@contextmanager
def bounded() -> Iterator[None]:
    """Raise TookTooLong within the block once it has used its processor time."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def fuzz(target: Target, examples: int, seed: int | None) -> int:
    """Feed a reader so many inputs and return how many it was fed; `seed` None: the same ones every time."""
    count = 0

    def check(value: Any) -> None:
        nonlocal count
        count += 1
        with bounded():
            target.check(value)

    phases = [Phase.generate, Phase.shrink]
    chosen = settings(
        max_examples=examples, deadline=None, database=None, derandomize=seed is None, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    tested = chosen(given(target.inputs)(check))
    (tested if seed is None else seeded(seed)(tested))()
    return count


def limit(examples: int) -> None:
    """Bound the process: its memory, and the time of a library that never comes back to hear a signal."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    seconds = 60 + int(examples * len(TARGETS) * 0.5)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1000, help="inputs for each reader")
    parser.add_argument("--seed", type=int, help="other inputs than those of every `make test`")
    parser.add_argument("--only", help="this reader alone")
    asked = parser.parse_args()
    limit(asked.examples)
    counts: dict[str, int] = {}
    for target in TARGETS:
        if asked.only in (None, target.name):
            counts[target.name] = fuzz(target, max(1, int(asked.examples * target.weight)), asked.seed)
            print(f"{target.name}: {counts[target.name]:,} inputs", file=sys.stderr, flush=True)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"inputs": counts, "all": sum(counts.values()), "peak_mb": used.ru_maxrss // 1024}))


if __name__ == "__main__":
    main()
