"""Cases that real portals were seen to have: one article of each on every portal of a city.

Some are told by the story (a title that says another session than its text), some by how its page is
delivered (a cookie challenge, an answer cut off). What has to come of each is what the tests of the kinds of
portals ask (`tests/replica`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scraper.replica.content import Content, Entry
from scraper.replica.desk import ZONE
from scraper.replica.places import area_on
from scraper.replica.records import Block, Story, Text
from scraper.replica.server import Served
from scraper.replica.sites import Site

_FOREIGN_STAMP = "20241130143800"
"""A time that an address bears and the article does not."""
_DAY = datetime(2023, 7, 18, 10, 5, tzinfo=ZONE)
Options = Mapping[str, Any]
"""Of a fault; what is told apart by article or by city is filled in."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what it is, the story that an article of it tells, and the faults of its page, in turn."""

    says: str
    story: Callable[[Site], Story]
    faults: tuple[tuple[str, Options], ...] = ()
    stamp: str = ""
    """What its address ends in beside its name."""
    is_copied: bool = False
    """Told first by the city's newspaper, then by every other portal, word for word."""


def put_cases(served: Served, slow: float = 7.0) -> dict[tuple[str, str], Entry]:
    """Publish an article of each case on each portal of a served city, and have their pages behave so.

    Args:
        served: The city.
        slow: Seconds that the slow page takes.

    Returns:
        The articles by portal and case. Listings and sitemaps name every article three times from then on:
        as it is, under http://www. with a tracking part, and under https://.
    """
    replica = served.replica
    made: dict[tuple[str, str], Entry] = {}
    for name, case in CASES.items():
        origin: Entry | None = None
        # The newspaper prints first what the others copy.
        for site in sorted(replica.sites, key=lambda site: site.family != "press"):
            entry = _publish(replica, site, case, origin)
            if case.is_copied and origin is None:
                origin = entry
            made[site.slug, name] = entry
            for kind, options in case.faults:
                given = {key: _filled(value, entry, slow) for key, value in options.items()}
                times = given.pop("times", None)
                # One article has further addresses, by its id, on some systems.
                here = f"^{re.escape(entry.path)}$|EntryId={entry.native_id}(?:&|$)"
                served.faults.add(kind, host=site.host, path=here, times=times, **given)
    for site in replica.sites:
        listings = "|".join(re.escape(site.listing_path(section)) for section, _ in site.categories)
        served.faults.add("thrice_named", host=site.host, path=f"^(?:{listings}|.*sitemap.*)")
    return made


def _publish(replica: Content, site: Site, case: Case, origin: Entry | None) -> Entry:
    if origin is None:
        return replica.publish(site, case.story(site), stamp=case.stamp)
    told = replica.story(origin)
    copy = Story(
        told.headline,
        told.blocks,
        told.published + timedelta(minutes=3),
        source=origin.site.name,
        districts=told.districts,
    )
    return replica.publish(site, copy, copy_of=origin)


def _filled(value: Any, entry: Entry, slow: float) -> Any:  # noqa: ANN401 - each fault's own options
    if value == "SLOW":
        return slow
    return value.format(host=entry.site.host, path=entry.path) if isinstance(value, str) else value


# stories


def _area(site: Site) -> str:
    """Return the area as its own portal calls it: the city's says "thành phố" alone."""
    area = area_on(site.home_area, _DAY.date())
    return area.full if area.is_district else area.kind


def _told(site: Site, headline: str, *paragraphs: str, published: datetime = _DAY) -> Story:
    return Story(headline, [Text(paragraph) for paragraph in paragraphs], published)


def _plain(topic: str, hour: int) -> Callable[[Site], Story]:
    """Return a story of its own day, whose text has letters with every sort of mark."""

    def told(site: Site) -> Story:
        return _told(
            site,
            f"{_capital(_area(site))} {topic}",
            f"Những ngày này, các cơ quan của {_area(site)} {topic}; nhiều người dân đến theo dõi, góp ý và "
            "hưởng ứng từ sáng sớm.",
            "Ban tổ chức cho biết mọi việc được chuẩn bị kỹ lưỡng, đường sá quang đãng, cờ hoa rực rỡ; ai "
            "nấy đều phấn khởi, mong phong trào được giữ gìn lâu dài.",
            published=_DAY + timedelta(hours=hour),
        )

    return told


def _migrated(site: Site) -> Story:
    return _told(
        site,
        f"UBND {_area(site)} họp phiên thường kỳ tháng 8",
        f"Ngày 22-8, UBND {_area(site)} họp phiên thường kỳ tháng 8, đánh giá tình hình thực hiện nhiệm vụ "
        "và bàn công việc những tháng cuối năm.",
        "Các phòng chuyên môn tập trung giải phóng mặt bằng, chỉnh trang vỉa hè và chăm lo cho các gia đình "
        "chính sách trước ngày lễ lớn của đất nước.",
        published=datetime(2019, 1, 26, 10, 41, tzinfo=ZONE),
    )


def _conflict(site: Site) -> Story:
    return _told(
        site,
        f"Khai mạc kỳ họp thứ ba HĐND {_area(site)}",
        f"Sáng 18/7, HĐND {_area(site)} khai mạc kỳ họp thứ 6, kỳ họp thường lệ giữa năm 2023, xem xét "
        "các báo cáo và thông qua nghị quyết về phát triển kinh tế - xã hội.",
        "Kỳ họp diễn ra trong hai ngày; cử tri có thể theo dõi trực tiếp qua loa truyền thanh và gửi ý kiến "
        "tới tổ thư ký bằng văn bản.",
    )


def _copied_story(site: Site) -> Story:
    return _told(
        site,
        "Thành phố trồng thêm cây xanh trên các tuyến đường ven sông",
        "Từ đầu mùa mưa, công nhân các hạt cây xanh trồng lại hàng cây đổ sau bão trên những tuyến đường ven "
        "sông, chọn giống rễ sâu, tán rộng, ít gãy cành.",
        "Người dân được mời nhận chăm sóc cây trước cửa nhà mình; trường học, chi đoàn nhận các đoạn đường "
        "dài hơn và giữ cho gốc cây không rác.",
        published=datetime(2023, 10, 25, 16, 59, tzinfo=ZONE),
    )


def _attachment(site: Site) -> Story:
    story = _told(site, f"Quyết định số 4127/QĐ-UBND của {_area(site)} về việc ban hành quy chế làm việc")
    story.attachments = ("/vanban/2023/07/quyet-dinh-4127.pdf",)
    story.kind = "attachment_only"
    return story


def _roundup(site: Site) -> Story:
    areas = [area_on(code, _DAY.date()).full for code in ("303", "307", "313")]
    blocks: list[Block] = [
        Text("Nhịp sống các địa phương trong tuần qua có nhiều nét mới, do cộng tác viên gửi về tòa soạn."),
        Text(
            f"Tại {areas[0]}, các tổ dân phố ra quân làm sạch ngõ xóm, thu gom rác và trồng hoa dọc lối đi."
        ),
        Text(
            f"{_capital(areas[1])} mở lớp dạy bơi miễn phí cho trẻ em ở hai nhà văn hóa, kéo dài hết mùa hè."
        ),
        Text(f"Tại {areas[2]}, nông dân xuống đồng cấy lúa mùa, giữ nước đều khắp các xứ đồng trũng."),
    ]
    story = Story("Tin cơ sở: chuyện trong tuần ở các địa phương", blocks, _DAY)
    story.districts, story.kind = ("303", "307", "313"), "roundup"
    return story


def _press_digest(site: Site) -> Story:
    story = _told(
        site,
        "Điểm báo ngày 18/7/2023",
        "- Báo Nhân Dân có bài về giữ gìn nghề làm muối ở vùng ven biển và nỗi lo của diêm dân khi mưa dài.",
        "- Báo Lao Động phản ánh việc đi lại của công nhân qua phà vào giờ cao điểm, đề nghị tăng chuyến.",
        "- Báo Tiền Phong đăng phóng sự ảnh về những người gác đèn biển.",
    )
    story.kind = "press_digest"
    return story


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_MOVES: tuple[tuple[str, Options], ...] = (
    ("redirect", {"to": "https://{host}{path}", "status": 301, "times": 1}),
    ("redirect", {"to": "https://www.{host}{path}", "status": 301, "times": 1}),
)

CASES: Mapping[str, Case] = {
    "clock": Case(
        "T1: the day of reading stands above the headline", _plain("mở hội sách", 1), (("clock", {}),)
    ),
    "migrated": Case("T2: printed on the day of an import; the lead names a day without a year", _migrated),
    "stamped": Case(
        "T3: the address bears another day", _plain("thi hát dân ca", 2), stamp=f"-{_FOREIGN_STAMP}"
    ),
    "copied": Case("T4: the newspaper's text, three minutes later", _copied_story, is_copied=True),
    "conflict": Case("T5: the title counts the third session, the text the sixth", _conflict),
    "undated": Case("no day on the page", _plain("mở lớp dạy vẽ", 3), (("undated", {}),)),
    "challenge": Case("a cookie challenge", _plain("thi nấu cỗ", 4), (("challenge", {}),)),
    "error_page": Case("an error page of status 200", _plain("thi kéo co", 5), (("error_page", {}),)),
    "busy": Case("503, then the page", _plain("thi bơi chải", 6), (("unavailable", {"times": 1}),)),
    "slow": Case("a slow page", _plain("thi cờ tướng", 7), (("slow", {"seconds": "SLOW"}),)),
    "truncated": Case("cut off", _plain("thi đi cà kheo", 8), (("truncated", {}),)),
    "moved": Case("http to https to www", _plain("thi thả diều", 9), _MOVES),
    "nfd": Case("accents as marks of their own", _plain("thi gói bánh chưng", 10), (("nfd", {}),)),
    "attachment": Case("a file and no text", _attachment),
    "roundup": Case("several areas one after the other", _roundup),
    "press_digest": Case("what newspapers wrote", _press_digest),
}  # fmt: skip
"""By name."""
