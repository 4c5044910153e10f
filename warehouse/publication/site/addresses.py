"""Where each page of the site stands, from the site's root on: the one place that says so."""

from __future__ import annotations

import hashlib
import re

from scraper.vietnamese.text import fold

HOME = "index.html"
AREAS = "areas/index.html"
INDICATORS = "indicators/index.html"
MEETINGS = "meetings/index.html"
ARTICLES = "articles/index.html"
CONTRADICTIONS = "contradictions.html"
AUDITS = "audits.html"
COVERAGE = "coverage.html"
ABOUT = "about.html"
SQL = "sql.html"
SEARCH = "search.html"

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_LONGEST_SLUG = 48


def area(code: str) -> str:
    """Give the page of an administrative unit: `areas/305.html`."""
    return f"areas/{_name(code)}.html"


def indicator(key: str, name: str | None = None) -> str:
    """Give the page of an indicator: `indicators/exports.html`.

    Args:
        key: As in the vocabulary.
        name: As it is compared (`name_key`), where the key is `other`; each such name has its own page.
    """
    if key == "other" and name:
        return f"indicators/other-{_slug(name)}-{_digest(name)}.html"
    return f"indicators/{_name(key)}.html"


def series(code: str, key: str) -> str:
    """Give the place of an indicator's figures on the page of a unit: `areas/305.html#i-exports`."""
    return f"{area(code)}#{anchor(key)}"


def anchor(key: str) -> str:
    """Give what an indicator of the vocabulary is named by on the page of a unit: `i-exports`."""
    return f"i-{_name(key)}"


def meeting(meeting_id: str) -> str:
    """Give the page of a meeting."""
    return f"meetings/{_name(meeting_id)}.html"


def article(article_id: str) -> str:
    """Give the page of an article, in one of 256 folders."""
    return f"articles/{shard(article_id)}/{_name(article_id)}.html"


def meeting_month(month: str) -> str:
    """Give the list of a month's meetings: `meetings/2023-04.html`."""
    return f"meetings/{month}.html"


def article_month(month: str) -> str:
    """Give the list of a month's articles: `articles/2023-04.html`."""
    return f"articles/{month}.html"


def contradiction_month(month: str) -> str:
    """Give the list of what reports of a month contradict: `contradictions/2023-04.html`."""
    return f"contradictions/{month}.html"


def audit_month(month: str) -> str:
    """Give the list of a month's checks that failed: `audits/2023-04.html`."""
    return f"audits/{month}.html"


def shard(key: str) -> str:
    """Give the folder of an article, and the part of any key: what DuckDB gives as `md5(key)[:2]`."""
    return hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:2]


def data(address: str) -> str:
    """Give the script that holds what a page's charts draw: `data/areas/305.js`."""
    return f"data/{address.removesuffix('.html')}.js"


def table(address: str, figure: str) -> str:
    """Give the CSV file of one of a page's charts: `data/areas/305-figures.csv`."""
    return f"data/{address.removesuffix('.html')}-{figure}.csv"


def root(address: str) -> str:
    """Give the way from a page to the site's root: "" or "../", once for each folder."""
    return "../" * address.count("/")


def _name(key: str) -> str:
    """Give a file name that no key can lead out of its folder with, and no two keys share."""
    return key if _PLAIN.fullmatch(key) else f"{_slug(key)}-{_digest(key)}"


def _slug(text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text).lower()).strip("-")
    return slug[:_LONGEST_SLUG].rstrip("-") or "x"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
