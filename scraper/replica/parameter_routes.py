"""Which page a request asks for: SharePoint, Drupal, ASP.NET, where parameters tell, and the newspaper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scraper.replica.answers import article_answer, listing_answer, number
from scraper.replica.content import Content, Entry
from scraper.replica.exchange import Answer
from scraper.replica.pages import aspx, drupal, press, sharepoint
from scraper.replica.pages.listings import Listing
from scraper.replica.sites import Site


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to one portal, taken apart."""

    replica: Content
    site: Site
    path: str
    query: dict[str, list[str]]
    heavy: bool

    def value(self, name: str) -> str:
        """Return a parameter's first value, "" where it is absent."""
        return self.query.get(name, [""])[0]

    def entry(self, native_id: str) -> Entry | None:
        """Return the portal's article of that id, unless it is gone."""
        found = self.replica.find(self.site, number(native_id))
        return None if found is None or found.is_gone else found

    def category(self, listing_path: str) -> str | None:
        """Return the category whose listing has that path."""
        paths = {self.site.listing_path(slug): slug for slug, _ in self.site.categories}
        return paths.get(listing_path)

    def listing(self, category: str | None, page: int, render: Callable[[Listing], str]) -> Answer | None:
        """Return a page of a category; of all articles on the front page."""
        if category is None and self.path != "/":
            return None
        return listing_answer(self.replica, self.site, category, page, render, heavy=self.heavy)


def answer(asked: Asked, views: int) -> Answer | None:
    """Return the answer to a request, None where the portal has no such page.

    Args:
        asked: The request.
        views: What the page's counter of readers shows.
    """
    routes = {"sharepoint": _sharepoint, "drupal": _drupal, "aspx": _aspx, "press": _press}
    return routes[asked.site.family](asked, views)


def _sharepoint(asked: Asked, views: int) -> Answer | None:
    if asked.path == "/Trang/ChiTietTinTuc.aspx":
        entry = asked.entry(asked.value("nid"))
        page = entry and sharepoint.article(asked.replica, entry, views, asked.heavy)
        return article_answer(page, entry, "none") if page and entry else None
    return asked.listing(asked.category(asked.path), number(asked.value("page") or "1"), sharepoint.listing)


def _drupal(asked: Asked, views: int) -> Answer | None:
    if match := re.fullmatch(r"/(node|print)/(\d+)", asked.path):
        entry = asked.entry(match.group(2))
        if entry is None:
            return None
        if match.group(1) == "print":
            return article_answer(drupal.print_page(asked.replica, entry), entry, "date")
        return article_answer(drupal.article(asked.replica, entry, asked.heavy), entry, "both")
    return asked.listing(asked.category(asked.path), number(asked.value("page") or "0") + 1, drupal.listing)


def _aspx(asked: Asked, views: int) -> Answer | None:
    charset = aspx.claimed_charset(asked.site)
    printed = re.fullmatch(r"/(?:Portal/PrintItem|Modules/Article/ArticlePrint)\.aspx", asked.path)
    entry = asked.entry(asked.value("ContentID") or asked.value("ArticleID") or asked.value("item"))
    if printed and entry:
        found = article_answer(aspx.print_page(asked.replica, entry, charset), entry, "none")
        return Answer(found.status, found.body, "text/html" if charset != "utf-8" else found.content_type)
    if asked.path == "/News.aspx" and entry:
        return article_answer(aspx.article(asked.replica, entry, asked.heavy), entry, "none")
    query = "&".join(f"{name}={values[0]}" for name, values in asked.query.items())
    return asked.listing(asked.category(f"{asked.path}?{query}"), 1, aspx.listing)


def _press(asked: Asked, views: int) -> Answer | None:
    if match := re.fullmatch(r"/[^/]+-d(\d+)\.html", asked.path):
        entry = asked.entry(match.group(1))
        page = entry and press.article(asked.replica, entry, asked.heavy)
        return article_answer(page, entry, "date") if page and entry else None
    match = re.fullmatch(r"(/[\w-]*?)(?:/p(\d+))?", asked.path)
    return asked.listing(asked.category(match[1]), int(match[2] or 1), press.listing) if match else None
