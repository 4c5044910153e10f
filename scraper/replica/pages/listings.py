"""A page of a listing, as the router hands it to a family's renderer."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.replica.content import Content, Entry
from scraper.replica.sites import Site


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a category, or of the front page where `base` is empty."""

    replica: Content
    site: Site
    rows: list[Entry]
    page: int
    pages: int
    base: str
    title: str
    heavy: bool
