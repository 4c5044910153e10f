"""What stands in every page's head: one line for each part of the site."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.publication.site import addresses


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its page, its name in both languages, and the folder whose pages belong to it."""

    address: str
    vi: str
    en: str
    folder: str = ""

    def leads_to(self, address: str) -> bool:
        """Say whether a page is the entry's own or below it."""
        return address == self.address or bool(self.folder and address.startswith(self.folder))


NAVIGATION = (
    Entry(addresses.HOME, "Tổng quan", "Overview"),
    Entry(addresses.AREAS, "Địa bàn", "Areas", "areas/"),
    Entry(addresses.INDICATORS, "Chỉ tiêu", "Indicators", "indicators/"),
    Entry(addresses.MEETINGS, "Cuộc họp", "Meetings", "meetings/"),
    Entry(addresses.ARTICLES, "Bài viết", "Articles", "articles/"),
    Entry(addresses.CONTRADICTIONS, "Mâu thuẫn", "Contradictions", "contradictions/"),
    Entry(addresses.AUDITS, "Kiểm tra", "Checks", "audits/"),
    Entry(addresses.COVERAGE, "Độ phủ", "Coverage"),
    Entry(addresses.SQL, "SQL", "SQL"),
    Entry(addresses.ABOUT, "Về sổ này", "About"),
)
