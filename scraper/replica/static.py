"""The replica as a folder of files, for a real web server and for benchmarks of thousands of pages.

`DIR/<host>/<path>`: a folder's page is its `index.html`; an article without an ending is a file of that name,
to be served as text/html. `DIR/nginx.conf` holds a server block a host. Addresses that need a query (VNPT's
`?page=N`, Liferay's parameters, all of ASP.NET) cannot be files: crawl those from the served replica, or by
`sitemap.xml`, which is written for every host beside what its CMS has.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scraper.items import Progress
from scraper.replica.content import Content
from scraper.replica.exchange import Request
from scraper.replica.pages.feeds import sitemap
from scraper.replica.routes import Router
from scraper.replica.sites import Site


def write_static(
    replica: Content, directory: Path, pages: int | None = None, progress: Progress | None = None
) -> int:
    """Write up to `pages` article pages with listings, sitemaps and feeds; return the number of files."""
    router = Router(replica, heavy=True)
    entries = replica.entries if pages is None else replica.entries[:pages]
    written = 0
    for done, entry in enumerate(entries, 1):
        if "?" in entry.path:
            continue
        path = entry.path.rstrip("/")
        is_folder = path != entry.path
        written += _save(
            router, directory, entry.site, entry.path, f"{path}/index.html" if is_folder else path
        )
        if entry.site.family == "wordpress":
            twin = f"{path}/amp/index.html" if is_folder else f"{path}.amp"
            written += _save(router, directory, entry.site, f"{path}/amp", twin)
        if progress is not None and (done % 100 == 0 or done == len(entries)):
            progress("pages", done, len(entries))
    for site in replica.sites:
        written += _save(router, directory, site, "/robots.txt")
        written += _save(router, directory, site, "/", "/index.html")
        for path, target in _lists(replica, site):
            written += _save(router, directory, site, path, target)
        _put(directory, site, "/sitemap.xml", sitemap(replica.of_site(site)).encode())
        written += 1
    (directory / "nginx.conf").write_text(nginx_conf(directory, replica.sites), encoding="utf-8")
    return written + 1


def _lists(replica: Content, site: Site) -> list[tuple[str, str]]:
    """Return listings, sitemaps and feeds as (address, file)."""
    rows = replica.of_site(site)
    out: list[tuple[str, str]] = []
    if site.family == "wordpress":
        out += [(p, p) for p in ("/wp-sitemap.xml", "/wp-sitemap-taxonomies-category-1.xml")] + [
            ("/feed/", "/feed/index.xml")
        ]
        out += [(f"/wp-sitemap-posts-post-{n}.xml",) * 2 for n in range(1, max(1, -(-len(rows) // 2000)) + 1)]
    if site.family == "nukeviet":
        out += [("/news/sitemap.xml", "/news/sitemap.xml"), ("/news/rss/", "/news/rss/index.xml")]
    for slug, _ in site.categories:
        pages = max(1, -(-sum(r.category[0] == slug for r in rows) // site.per_page))
        base = site.listing_path(slug)
        if "?" in base:
            continue
        form = {"wordpress": "{}/page/{}", "nukeviet": "{}/page-{}/"}.get(site.family)
        out.append((base, f"{base}/index.html"))
        if form:
            out += [
                (form.format(base, n), form.format(base, n).rstrip("/") + "/index.html")
                for n in range(2, pages + 1)
            ]
    return out


def _save(router: Router, directory: Path, site: Site, path: str, target: str | None = None) -> int:
    answer = router.answer(Request("GET", site.host, path, {}))
    if answer.status != 200:
        return 0
    _put(directory, site, target or path, answer.body)
    return 1


def _put(directory: Path, site: Site, path: str, body: bytes) -> None:
    target = directory / site.host / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)


def nginx_conf(directory: Path, sites: Sequence[Site], port: int = 8080) -> str:
    """Return nginx server blocks for the written folder."""
    blocks = []
    for site in sites:
        amp = (
            "  location ~ ^(/.*\\.html)/amp/?$ { default_type text/html; try_files $1.amp =404; }\n"
            if site.family == "wordpress"
            else ""
        )
        blocks.append(
            f"server {{\n  listen 127.0.0.1:{port};\n  server_name {site.host};\n"
            f"  root {directory.resolve()}/{site.host};\n"
            f"  charset utf-8;\n  default_type text/html;\n  index index.html index.xml;\n{amp}"
            "  location / { try_files $uri $uri/index.html $uri/index.xml =404; }\n}\n"
        )
    return "\n".join(blocks)
