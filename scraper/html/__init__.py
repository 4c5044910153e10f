"""The one door to the HTML libraries.

selectolax reads whole pages (`pages`), lxml an article's body and BeautifulSoup one with tables
(`fragments`), trafilatura is asked where neither selectors nor text density find an article
(`second_opinion`).
"""

from typing import TYPE_CHECKING, Any

from scraper.html.encoding import decode, mangled
from scraper.html.pages import (
    MAX_BYTES,
    MAX_DEPTH,
    Node,
    absolute,
    attribute,
    base_of,
    is_selector,
    links,
    many,
    next_page,
    one,
    one_of,
    parse,
    text,
)
from scraper.html.second_opinion import main_paragraphs

if TYPE_CHECKING:
    from scraper.html.fragments import CAPTION_CLASS, CAPTION_MARK, Block, blocks

__all__ = [
    "CAPTION_CLASS",
    "CAPTION_MARK",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Block",
    "Node",
    "absolute",
    "attribute",
    "base_of",
    "blocks",
    "decode",
    "is_selector",
    "links",
    "main_paragraphs",
    "mangled",
    "many",
    "next_page",
    "one",
    "one_of",
    "parse",
    "text",
]

_OF_FRAGMENTS = frozenset({"CAPTION_CLASS", "CAPTION_MARK", "Block", "blocks"})


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import what reads a body, BeautifulSoup with it, where it is first used: a crawl reads none."""
    if name not in _OF_FRAGMENTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from scraper.html import fragments

    return getattr(fragments, name)
