"""A city's portals: hosts, categories, the shape of their addresses and what each prints of an article."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime

from scraper.replica.prose import DATA
from scraper.replica.records import Story

VNPT_NEW_YEAR = 2021
"""The VNPT portal changed its addresses then: five-digit ids with .html before, six digits since."""

NOTICE = (
    "Dữ liệu mô phỏng: mọi nhân vật, sự kiện và số liệu đều do máy sinh ra, không phải tin của cơ quan nào. "
    "Synthetic data: every person, event and figure is invented."
)

_SECTION = {
    **dict.fromkeys(("month", "working", "sector", "review", "bulletin", "table", "digest"), 1),
    **dict.fromkeys(("seminar", "dialogue", "festival", "sports", "charity"), 2),
    **dict.fromkeys(("notice", "decision", "scan", "press_digest"), 3),
}
"""Which of a portal's categories a genre appears in; the others in the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One portal of the replica."""

    slug: str
    family: str
    host: str
    name: str
    home_area: str
    later_area: str | None
    """The commune that the portal belongs to since July 2025."""
    categories: tuple[tuple[str, str], ...]
    first_id: int
    id_step: int
    id_span: int
    """How far the ids may run."""
    share: float
    """Part of all articles that it prints."""
    genres: dict[str, float]
    """Genre → weight in its mix."""
    per_page: int = 10
    style: str = ""
    """What sets it apart in its family: `dated` permalinks, `vi-news` addresses, `legacy` print pages."""

    @property
    def base_url(self) -> str:
        """Scheme and host, without a slash."""
        return f"http://{self.host}"

    def listing_path(self, section: str) -> str:
        """Return the path of a category's first page as this CMS makes it."""
        number = [slug for slug, _ in self.categories].index(section) + 1
        forms = {
            "wordpress": f"/category/{section}",
            "sharepoint": f"/Trang/{section}.aspx",
            "drupal": f"/taxonomy/term/{number}",
            "aspx": f"/Portal/Default.aspx?MenuID={number}"
            if self.style == "legacy"
            else f"/NewsList.aspx?cat={50 + number}",
        }
        return forms.get(self.family, f"/{section}")

    @property
    def has_native_id(self) -> bool:
        """Whether the address of an article bears its id."""
        return self.family != "wordpress"

    def category(self, genre: str) -> tuple[str, str]:
        """Return slug and name of the category that a genre appears in."""
        return self.categories[min(_SECTION.get(genre, 0), len(self.categories) - 1)]

    def article_path(self, section: str, name: str, native_id: int, published: datetime) -> str:
        """Return the path of an article of a category and day as this CMS makes it."""
        if self.family == "wordpress":
            return f"/{published:%Y/%m/%d}/{name}/" if self.style == "dated" else f"/{name}.html"
        if self.family == "vnpt":
            if published.year < VNPT_NEW_YEAR:
                return f"/{_mixed(section)}/{_mixed(name)}-{native_id}.html"
            return f"/{section}/{name}-{native_id}"
        if self.family == "liferay":
            return f"/{section}/-/view_content/{native_id}-{name}.html"
        if self.family == "sharepoint":
            return f"/Trang/ChiTietTinTuc.aspx?nid={native_id}"
        if self.family == "drupal":
            return f"/node/{native_id}"
        if self.family == "aspx":
            if self.style == "legacy":
                return f"/Portal/PrintItem.aspx?ContentID={native_id}"
            return f"/News.aspx?item={native_id}&cat={self.listing_path(section).rpartition('=')[2]}"
        if self.family == "press":
            return f"/{name}-d{native_id}.html"
        vi = "/vi/news" if self.style == "vi-news" else ""
        return f"{vi}/{section}/{name}-{native_id}.html"

    def description(self, story: Story) -> str | None:
        """Return the lead as this CMS marks it: VNPT prints the first paragraph twice; others none."""
        return story.lead() or None if self.family == "vnpt" else story.description

    def printed_date(self, published: datetime) -> str | None:
        """Return the date as the page gives it: VNPT prints no hour, a legacy print page only its own day."""
        if self.style == "legacy":
            return None
        return published.date().isoformat() if self.family == "vnpt" else published.isoformat()


def _mixed(text: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-"))


def _read_sites(file: str) -> tuple[Site, ...]:
    table = tomllib.loads((DATA / file).read_text(encoding="utf-8"))
    sites = []
    for row in table["site"]:
        categories = tuple((slug, name) for slug, name in row.pop("categories"))
        sites.append(Site(**{"later_area": None, **row}, categories=categories))
    return tuple(sites)


SITES = _read_sites("sites.toml")
"""The four portals of the demo's city."""
EVERY_KIND = _read_sites("kinds.toml")
"""Portals of every kind of system that portals were seen to run on: a second, small city."""
BY_SLUG = {site.slug: site for site in SITES}
