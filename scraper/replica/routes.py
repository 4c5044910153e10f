"""Which page of which portal a request asks for."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import count
from urllib.parse import parse_qs, unquote, urlsplit

from scraper.replica import parameter_routes
from scraper.replica.answers import article_answer, listing_answer, not_found, number, xml_answer
from scraper.replica.attachments import document
from scraper.replica.content import Content, Entry
from scraper.replica.exchange import Answer, Request
from scraper.replica.pages import liferay, nukeviet, vnpt, wordpress
from scraper.replica.pages.feeds import feed, sitemap
from scraper.replica.pages.listings import Listing
from scraper.replica.sites import Site

_PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
_DOCUMENTS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FILES = {
    ".jpg": ("image/gif", _PIXEL),
    ".png": ("image/gif", _PIXEL),
}
_NO_SUCH_PAGE = {
    "code": "rest_post_invalid_page_number",
    "message": "The page number requested is larger than the number of pages available.",
    "data": {"status": 400},
}


class Router:
    """Answers requests to the hosts of a city from the replica's present state."""

    def __init__(self, replica: Content, heavy: bool = False) -> None:
        self.replica, self.heavy = replica, heavy
        self._hosts = {site.host: site for site in replica.sites}
        self._views = count(1204)
        self.made: dict[str, bytes | None] = {}
        """Documents by their paths: what is put here is served."""
        self._families: dict[str, Callable[[Site, str, dict[str, list[str]]], Answer | None]] = {
            "wordpress": self._wordpress,
            "vnpt": self._vnpt,
            "liferay": self._liferay,
            "nukeviet": self._nukeviet,
        }

    def answer(self, request: Request) -> Answer:
        """Return the answer to a request, 304 where its validators still hold."""
        site = self._hosts.get(request.host.removeprefix("www."))
        if site is None:
            return Answer(404, b"<html><body>No such portal</body></html>")
        parts = urlsplit(request.path)
        path, query = unquote(parts.path) or "/", parse_qs(parts.query)
        answer = self._common(site, path) or self._of_family(site, path, query) or not_found(site)
        return _not_modified(request, answer) or answer

    def _of_family(self, site: Site, path: str, query: dict[str, list[str]]) -> Answer | None:
        if route := self._families.get(site.family):
            return route(site, path, query)
        asked = parameter_routes.Asked(self.replica, site, path, query, self.heavy)
        return parameter_routes.answer(asked, next(self._views))

    def _common(self, site: Site, path: str) -> Answer | None:
        if path == "/robots.txt":
            maps = {"wordpress": "/wp-sitemap.xml", "nukeviet": "/news/sitemap.xml"}
            lines = [
                "User-agent: *",
                "Disallow: /wp-admin/",
                "Disallow: /quan-tri/",
                "Allow: /wp-admin/admin-ajax.php",
            ]
            if site.family in maps:
                lines.append(f"Sitemap: {site.base_url}{maps[site.family]}")
            return Answer(200, ("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8")
        for ending, (kind, body) in _FILES.items():
            if path.endswith(ending):
                return Answer(200, body, kind)
        for ending, kind in _DOCUMENTS.items():
            if path.endswith(ending):
                return self._document(path, kind)
        return None

    def _document(self, path: str, kind: str) -> Answer | None:
        if path not in self.made:
            self.made[path] = document(path, seed=self.replica.seed)
        body = self.made[path]
        return Answer(200, body, kind, {"ETag": f'"{zlib.crc32(body):x}"'}) if body else None

    # the families of the demo

    def _wordpress(self, site: Site, path: str, query: dict[str, list[str]]) -> Answer | None:
        replica = self.replica
        if "p" in query and path == "/":
            entry = replica.find(site, number(query["p"][0]))
            return Answer(301, headers={"Location": entry.url}) if entry and not entry.is_gone else None
        bare = path.removesuffix("/").removesuffix("/amp")
        entry = replica.at_path(site, bare) or replica.at_path(site, f"{bare}/")
        if entry is not None and not entry.is_gone:
            if path.rstrip("/").endswith("/amp") or query.get("amp"):
                return article_answer(wordpress.amp(replica, entry), entry, "both")
            return article_answer(wordpress.article(replica, entry, self.heavy), entry, "both")
        rows = replica.of_site(site)
        if path == "/wp-sitemap.xml":
            return xml_answer(wordpress.sitemap_index(replica, site))
        if path == "/wp-sitemap-taxonomies-category-1.xml":
            return xml_answer(wordpress.category_sitemap(site))
        if match := re.fullmatch(r"/wp-sitemap-posts-post-(\d+)\.xml", path):
            text = wordpress.posts_sitemap(replica, site, int(match.group(1)))
            return xml_answer(text) if text else None
        if match := re.fullmatch(r"(?:/category/([\w-]+))?/feed/?", path):
            chosen = [r for r in rows if match.group(1) in (None, r.category[0])]
            return xml_answer(feed(replica, site, chosen, path), "application/rss+xml; charset=utf-8")
        if path.rstrip("/") == "/wp-json/wp/v2/posts":
            return self._posts(site, rows, query)
        if match := re.fullmatch(r"(?:/category/([\w-]+))?(?:/page/(\d+))?/?", path):
            return self._listing(site, match.group(1), int(match.group(2) or 1), wordpress.listing)
        return None

    def _posts(self, site: Site, rows: list[Entry], query: dict[str, list[str]]) -> Answer:
        size = max(1, min(100, number(query.get("per_page", ["10"])[0])))
        page = max(1, number(query.get("page", ["1"])[0]))
        if after := query.get("after", [""])[0]:
            rows = [r for r in rows if f"{r.published:%Y-%m-%dT%H:%M:%S}" > after]
        if modified := query.get("modified_after", [""])[0]:
            rows = [r for r in rows if f"{r.modified:%Y-%m-%dT%H:%M:%S}" > modified]
        pages = max(1, -(-len(rows) // size))
        if page > pages:
            body = json.dumps(_NO_SUCH_PAGE).encode()
            return Answer(400, body, "application/json; charset=utf-8")
        text = wordpress.posts_json(self.replica, site, rows[(page - 1) * size : page * size])
        totals = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(pages)}
        return Answer(200, text.encode(), "application/json; charset=utf-8", totals)

    def _vnpt(self, site: Site, path: str, query: dict[str, list[str]]) -> Answer | None:
        if match := re.fullmatch(r"/[\w-]+/[^/]*-(\d{5,6})(?:\.html)?", path):
            entry = self.replica.find(site, int(match.group(1)))
            if entry is None or entry.is_gone:
                return None
            return article_answer(
                vnpt.article(self.replica, entry, next(self._views), self.heavy), entry, "none"
            )
        if match := re.fullmatch(r"/([\w-]*)", path):
            return self._listing(
                site, match.group(1) or None, number(query.get("page", ["1"])[0]), vnpt.listing
            )
        return None

    def _liferay(self, site: Site, path: str, query: dict[str, list[str]]) -> Answer | None:
        replica = self.replica
        friendly = re.fullmatch(r"/[\w-]+/-/view_content/(\d+)(?:-[^/]*)?", path)
        raw = query.get("_101_assetEntryId")
        if friendly or raw:
            entry = replica.find(site, number(friendly.group(1) if friendly else raw[0] if raw else ""))
            if entry is None or entry.is_gone:
                return None
            printing = query.get("p_p_state") == ["pop_up"] or "print" in query.get("viewMode", [])
            return article_answer(
                liferay.article(replica, entry, 300 + entry.number, printing, self.heavy), entry, "etag"
            )
        if match := re.fullmatch(rf"/([\w-]+)/-/asset_publisher/{liferay.INSTANCE}/rss", path):
            rows = [r for r in replica.of_site(site) if r.category[0] == match.group(1)]
            return xml_answer(feed(replica, site, rows, path), "application/rss+xml; charset=utf-8")
        if match := re.fullmatch(r"/([\w-]*)", path):
            page = query.get(f"_101_INSTANCE_{liferay.INSTANCE}_cur", ["1"])[0]
            return self._listing(site, match.group(1) or None, number(page), liferay.listing)
        return None

    def _nukeviet(self, site: Site, path: str, query: dict[str, list[str]]) -> Answer | None:
        replica = self.replica
        if path == "/news/sitemap.xml":
            return xml_answer(sitemap(replica.of_site(site)[: nukeviet.SITEMAP_SIZE]))
        if path.rstrip("/") == "/news/rss":
            return xml_answer(
                feed(replica, site, replica.of_site(site), path),
                "application/rss+xml; charset=utf-8",
            )
        if match := re.fullmatch(r"(/news/(?:print|savefile))?(?:/vi/news)?/[\w-]+/[^/]*-(\d+)\.html", path):
            entry = replica.find(site, int(match.group(2)))
            if entry is None or entry.is_gone:
                return None
            text = (
                nukeviet.print_page(replica, entry)
                if match.group(1)
                else nukeviet.article(replica, entry, self.heavy)
            )
            return article_answer(text, entry, "date")
        if match := re.fullmatch(r"(?:/([\w-]+))?(?:/page-(\d+))?/?", path):
            return self._listing(site, match.group(1), int(match.group(2) or 1), nukeviet.listing)
        return None

    def _listing(
        self, site: Site, category: str | None, page: int, render: Callable[[Listing], str]
    ) -> Answer | None:
        return listing_answer(self.replica, site, category, page, render, heavy=self.heavy)


def _not_modified(request: Request, answer: Answer) -> Answer | None:
    if answer.status != 200:
        return None
    asked, etag = request.headers.get("if-none-match"), answer.headers.get("ETag")
    if asked:
        wanted = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        if etag and etag.removeprefix("W/") in wanted:
            return Answer(304, headers=answer.headers)
        return None
    since, modified = request.headers.get("if-modified-since"), answer.headers.get("Last-Modified")
    if since and modified:
        try:
            if _time(modified) <= _time(since):
                return Answer(304, headers=answer.headers)
        except ValueError:
            return None
    return None


def _time(header: str) -> datetime:
    return parsedate_to_datetime(header)
