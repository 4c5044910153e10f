"""Whether a portal could be crawled as it should: what became of the pages that its crawl begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http.client import responses

from scraper.crawl import visits
from scraper.crawl.frontier_records import Settled, Visit
from scraper.portal import Portal

_ENOUGH_ARTICLES = 3
"""So many asked for the first time and none had: the portal is to blame, not the page."""
_MEND = "mend [discovery] in the portal's file"
_WORDS = {
    "challenge": "answers with a cookie challenge or a block page",
    "redirect": "is redirected to where the portal's hosts end",
    "too_large": "is larger than is read",
    "truncated": "came cut off",
}


class Health:
    """Notes what becomes of pages in one run and says whether the portal counts as failed.

    It has failed where a page is broken (missing, forbidden, challenged, or without an answer) that its own
    file names or that was there before; where a listing names nothing any more; where none of the pages that
    its crawl begins with names anything; where no article's address was ever found; and where articles were
    asked for and none was had. What only the CMS's family names may be missing: not every portal has what its
    family usually has.
    """

    def __init__(self, portal: Portal) -> None:
        self._named = portal.discovery.named
        self._roots = list(dict.fromkeys(root.key for root in visits.roots(portal)))
        self._unanswered = set(self._roots)
        self._culprits: dict[str, str] = {}
        self._lacking: dict[str, str] = {}
        self._articles_had = 0
        self._articles_failed: list[str] = []
        self._failed_first = 0

    def note(self, visit: Visit, settled: Settled, said: str) -> bool:
        """Note what became of a page, which `said` tells where it is broken (see `in_words`).

        Returns whether `remarks` will tell it: it is one of those that the crawl begins with.
        """
        if visit.kind == "article":
            if settled.state in ("failed", "refused"):
                self._articles_failed.append(said)
                self._failed_first += visit.tries == 0
            else:
                self._articles_had += 1
            return False
        if visit.key not in self._unanswered:
            return False
        self._unanswered.remove(visit.key)
        was_there = visit.body_at is not None
        if settled.state in ("failed", "refused", "gone"):
            hint = f": {_MEND}" if settled.state == "gone" else ""
            is_culprit = was_there or visit.kind in self._named
            (self._culprits if is_culprit else self._lacking)[visit.key] = said + hint
        elif settled.names_nothing:
            is_culprit = (
                was_there and visit.kind == "listing"
            )  # A feed or news sitemap may be empty for days.
            detail = f"the {visit.kind} {visit.url} names no article: {_MEND}"
            (self._culprits if is_culprit else self._lacking)[visit.key] = detail
        return True

    def failure(self, counts: Mapping[str, int]) -> str | None:
        """Return why the portal counts as failed, in one sentence that names the page, or None.

        `counts` are the articles that are known, from this run or an earlier one, by state.
        """
        if self._culprits:
            return self._with_more(self._in_order(self._culprits))
        if self._articles_failed and not self._articles_had:
            # A few that failed before have their growing wait, and may fail for ever.
            is_new = self._failed_first >= _ENOUGH_ARTICLES
            if is_new or not any(counts.get(state) for state in ("done", "gone", "moved")):
                asked = len(self._articles_failed)
                return f"none of {asked} articles asked for could be had: {self._articles_failed[0]}"
        if self._unanswered:
            return None  # The run ended before it could be known.
        if not self._roots:
            return None if counts else f"nothing says where its articles are found: {_MEND}"
        if len(self._lacking) == len(self._roots):
            return self._with_more(self._in_order(self._lacking))
        if not counts:
            number = len(self._roots)
            return f"no article was found from its {number} discovery pages: {_MEND}, or its `article`"
        return None

    def remarks(self) -> list[str]:
        """Return what is broken or empty among the pages that the crawl begins with."""
        return [*self._in_order(self._culprits), *self._in_order(self._lacking)]

    def _in_order(self, broken: Mapping[str, str]) -> list[str]:
        return [broken[key] for key in self._roots if key in broken]

    def _with_more(self, broken: Sequence[str]) -> str:
        if len(broken) == 1:
            return broken[0]
        number = len(self._roots)
        return f"{broken[0]} (and {len(broken) - 1} more of the {number} pages where its crawl begins)"


def in_words(visit: Visit, settled: Settled, reason: str | None) -> str:
    """Return what became of a page that is broken, as a sentence that names it.

    `reason` is why there was no answer, None where there was one.
    """
    page = f"the {visit.kind} {visit.url}"
    if settled.state == "refused":
        return f"{page} may not be asked for: {reason}"
    if reason is not None:
        return f"{page} got no answer: {reason}"
    status = f"{settled.status} {responses.get(settled.status or 0, '')}".strip()
    if settled.state == "gone":
        return f"{page} is not there (HTTP {status})"
    return f"{page} {_WORDS.get(settled.outcome, f'answers HTTP {status}')}"
