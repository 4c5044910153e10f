"""A few of a portal's articles, asked for and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.errors import PageRefused
from scraper.onboarding.asked import Asking, Reply
from scraper.onboarding.examine import Look, look_at
from scraper.portal import Portal

WANTED = 3
"""Articles that are read of a portal."""
_MOST_TRIED = 6
_ENOUGH_TEXT = 120
"""Characters of body from which a page counts as an article with text."""
_FROM_FIRST = 12
"""Articles among which the three are chosen: the newest of what was found."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The articles that were read, with the replies they were read from, and what came of the others."""

    looks: tuple[Look, ...]
    replies: tuple[Reply, ...]
    """In the order of `looks`."""
    refused: tuple[str, ...]
    """In words, each with its address."""


async def read_some(
    asking: Asking, portal: Portal, addresses: Sequence[str], known: Sequence[Reply] = ()
) -> Readings:
    """Ask for articles until three were read that have a text, or enough were tried.

    Args:
        asking: How to ask.
        portal: Whose they are, and how they are read.
        addresses: The articles found, the newest first; some are taken from over the first dozen.
        known: Articles that were asked for already, read first.
    """
    looks: list[tuple[Look, Reply]] = []
    thin: list[tuple[Look, Reply]] = []
    refused: list[str] = []
    replies = list(known)
    left = [url for url in _spread(addresses) if url not in {reply.asked for reply in known}]
    while len(looks) < WANTED and (replies or (left and len(looks) + len(thin) + len(refused) < _MOST_TRIED)):
        reply = replies.pop(0) if replies else await asking.ask(left.pop(0), "article")
        if not reply.is_ok:
            refused.append(f"{reply.asked}: {reply.said}")
            continue
        try:
            look = look_at(reply, portal)
        except PageRefused as error:
            refused.append(f"{reply.asked}: {error}")
            continue
        (looks if len(look.article.body_text) >= _ENOUGH_TEXT else thin).append((look, reply))
    kept = (looks + thin)[:WANTED]
    return Readings(tuple(look for look, _ in kept), tuple(reply for _, reply in kept), tuple(refused))


def _spread(addresses: Sequence[str]) -> list[str]:
    """Return the first, the middle and the last of the newest, then the others."""
    newest = list(dict.fromkeys(addresses))[:_FROM_FIRST]
    places = sorted({0, len(newest) // 2, len(newest) - 1}) if newest else []
    return [newest[place] for place in places] + [url for n, url in enumerate(newest) if n not in places]
