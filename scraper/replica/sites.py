"""The four portals: hosts, categories, the shape of their addresses and what each prints of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.replica.records import Story

if TYPE_CHECKING:
    from scraper.replica.content import Entry

VNPT_NEW_YEAR = 2021
"""The VNPT portal changed its addresses then: five-digit ids with .html before, six digits since."""

NOTICE = (
    "Dữ liệu mô phỏng: mọi nhân vật, sự kiện và số liệu đều do máy sinh ra, không phải tin của cơ quan nào. "
    "Synthetic data: every person, event and figure is invented."
)

_GENRE_CATEGORY = {
    "party": 0, "party_year": 0, "council": 0, "city_council": 0, "congress": 0, "union_congress": 0, "announced": 0, "training": 0,
    "voters": 0, "month": 1, "working": 1, "sector": 1, "review": 1, "bulletin": 1, "table": 1, "digest": 1, "seminar": 2, "dialogue": 2,
    "festival": 2, "sports": 2, "charity": 2, "notice": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
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
    per_page: int = 10

    @property
    def base_url(self) -> str:
        """Scheme and host, without a slash."""
        return f"http://{self.host}"

    @property
    def has_native_id(self) -> bool:
        """Whether the address of an article bears its id."""
        return self.family != "wordpress"

    def category(self, genre: str) -> tuple[str, str]:
        """Return slug and name of the category that a genre appears in."""
        return self.categories[min(_GENRE_CATEGORY.get(genre, 0), len(self.categories) - 1)]

    def article_path(self, entry: Entry) -> str:
        """Return the path of an article as this CMS makes it."""
        section = entry.category[0]
        if self.family == "wordpress":
            return f"/{entry.slug}.html"
        if self.family == "vnpt":
            if entry.published.year < VNPT_NEW_YEAR:
                return f"/{_mixed(section)}/{_mixed(entry.slug)}-{entry.native_id}.html"
            return f"/{section}/{entry.slug}-{entry.native_id}"
        if self.family == "liferay":
            return f"/{section}/-/view_content/{entry.native_id}-{entry.slug}.html"
        return f"/{section}/{entry.slug}-{entry.native_id}.html"

    def description(self, story: Story) -> str | None:
        """Return the lead as this CMS marks it: VNPT prints the first paragraph apart, twice; the others none."""
        return next(story.paragraphs()).text if self.family == "vnpt" else story.description

    def printed_date(self, entry: Entry) -> str:
        """Return the date as the page gives it: VNPT prints no hour."""
        if self.family == "vnpt":
            return entry.published.date().isoformat()
        return entry.published.replace(second=0).isoformat()


def _mixed(text: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-"))


SITES: tuple[Site, ...] = (
    Site("demo-thanhpho", "wordpress", "thanhpho.haicang.test", "Cổng tin tức thành phố (mô phỏng)", "31", None,
         (("chinh-tri", "Chính trị"), ("kinh-te", "Kinh tế"), ("van-hoa-xa-hoi", "Văn hóa - Xã hội"), ("thong-bao", "Thông báo")), 41000, 9, 10**9),
    Site("demo-lechan", "vnpt", "lechan.haicang.test", "Cổng thông tin điện tử Lê Chân (mô phỏng)", "305", "11383",
         (("xay-dung-dang-chinh-quyen", "Xây dựng Đảng, chính quyền"), ("tin-tuc-su-kien", "Tin tức - Sự kiện"), ("van-hoa-xa-hoi", "Văn hóa - Xã hội"),
          ("thong-bao", "Thông báo")), 340000, 1900, 620000),
    Site("demo-ngoquyen", "liferay", "ngoquyen.haicang.test", "Cổng thông tin điện tử Ngô Quyền (mô phỏng)", "304", "11329",
         (("xay-dung-dang", "Xây dựng Đảng"), ("tin-kinh-te", "Tin kinh tế"), ("tin-van-hoa", "Văn hóa - Xã hội"), ("thong-bao", "Thông báo")), 1200000, 21000, 10**9),
    Site("demo-thongke", "nukeviet", "thongke.haicang.test", "Cơ quan Thống kê (mô phỏng)", "31", None,
         (("tin-tuc", "Tin tức"), ("tinh-hinh-kinh-te-xa-hoi", "Tình hình kinh tế - xã hội")), 100, 4, 10**9),
)  # fmt: skip
BY_HOST = {site.host: site for site in SITES}
