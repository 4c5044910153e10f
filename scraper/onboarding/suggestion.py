"""Selectors that several pages of one site share for what was read of them without any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from scraper.html import Node, many, parse, text
from scraper.onboarding.asked import Reply
from scraper.onboarding.examine import Look, grams
from scraper.vietnamese.text import fold

_STABLE = re.compile(r"(?!.*\d{3})[A-Za-z_][\w-]{1,39}")
"""Names of classes and ids that a template gives; longer numbers are an article's or a portlet's own."""
_HOLDS = 0.6
"""Share of the text's runs of words that an element must hold: it prints no space between paragraphs."""
_SPARE = 1.5
"""So many times longer than the text, and it holds more than the text."""

Fits = Callable[[Node], bool]


def suggest(replies: Sequence[Reply], looks: Sequence[Look]) -> dict[str, str]:
    """Return selectors of headline and body that find just what was read on every page, where there are any.

    They are for a person who describes a layout; what stands around headline and text is not looked for.
    """
    pages = [parse(reply.body, reply.content_type) for reply in replies]
    if len(pages) < 2:
        return {}
    articles = [look.article for look in looks]
    wanted: dict[str, list[Fits]] = {
        "headline": [_prints(article.headline) for article in articles],
        "body": [_holds(article.body_text) for article in articles],
    }
    return {part: css for part, fits in wanted.items() if (css := _shared(pages, fits)) is not None}


def _shared(pages: Sequence[Node], fits: Sequence[Fits]) -> str | None:
    """Return a selector that finds one element on every page, and one that fits, the tightest first."""
    first = [node for node in many(pages[0], "h1, h2, [id], [class]") if fits[0](node)]
    for node in sorted(first, key=lambda each: len(each.text(deep=True))):
        for css in _selectors(node):
            found = [many(page, css) for page in pages]
            if all(len(one) == 1 and fit(one[0]) for one, fit in zip(found, fits, strict=True)):
                return css
    return None


def _selectors(node: Node) -> Iterator[str]:
    tag = node.tag or ""
    own, classes = node.attributes.get("id") or "", (node.attributes.get("class") or "").split()
    if _STABLE.fullmatch(own):
        yield f"#{own}"
    for name in classes:
        if _STABLE.fullmatch(name):
            yield f".{name}"
            yield f"{tag}.{name}"
    if tag in ("h1", "h2"):
        yield tag


def _prints(headline: str) -> Fits:
    wanted = fold(headline)
    return lambda node: bool(wanted) and fold(text(node)) == wanted


def _holds(body: str) -> Fits:
    wanted, longest = grams(body), len(body) * _SPARE + 200

    def fits(node: Node) -> bool:
        length = len(node.text(deep=True))
        if not wanted or not len(body) * 0.8 <= length <= longest * 2:
            return False
        plain = text(node)
        return len(plain) <= longest and len(wanted & grams(plain)) >= _HOLDS * len(wanted)

    return fits
