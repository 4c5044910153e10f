"""What the page says in words and tables, read from the published marts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.connect import Connection
from warehouse.publication.site import addresses
from warehouse.publication.site.area import read_units
from warehouse.publication.site.figures import draw_figures
from warehouse.publication.site.linked_data import described_dataset
from warehouse.publication.site.links import Links
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.rendering import is_web_address
from warehouse.publication.site.schematic import district_tiles, groups
from warehouse.publication.site.wording import (
    MEETING_STATUS,
    STATUS,
    Both,
    clock,
    counted,
    day_of,
    measured,
    period,
    quantity,
    shortened,
    with_number_marked,
)

LATEST = 8
_MOST_AREAS = 18
_LONGEST_QUOTE = 420


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One reported figure with its sentence."""

    value: Both
    label_vi: str
    label_en: str
    area: str
    period_vi: str
    period_en: str
    status_vi: str
    status_en: str
    quote: list[str]
    headline: str
    url: str
    copy: str | None
    """Path of the archived copy, as `replay` serves it."""
    day: Both | None
    article: str
    indicator: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting with the article that reports it."""

    day: Both | None
    name: str
    status_vi: str
    status_en: str
    organization: str | None
    location: str | None
    headline: str
    url: str
    copy: str | None
    meeting: str
    article: str


@dataclass(frozen=True, slots=True)
class PortalLine:
    """One portal and how it fares."""

    name: str
    base_url: str
    notice: str | None
    articles: int
    first: Both | None
    last: Both | None
    meetings: int
    figures: int
    problems: int
    seen: Both | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All words and tables of the overview page."""

    lead: Both
    tally: list[tuple[int, str, str]]
    fresh: Both | None
    figures: list[FigureLine]
    meetings: list[MeetingLine]
    portals: list[PortalLine]


def overview_page(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the overview: what is in here, how fresh, the latest meetings and figures, the portals' health."""
    edition = reading.edition
    sources = [portal.base_url for portal in edition.portals if is_web_address(portal.base_url)]
    units = read_units(reading)
    new_units = sorted(
        (tile for group in groups(units, {}) for tile in group.tiles if tile.figures),
        key=lambda tile: (-tile.figures, tile.code),
    )
    yield Page(
        addresses.HOME,
        "overview.html.j2",
        {
            "page": read_overview(reading),
            "tiles": district_tiles(units.values()),
            "new_units": new_units[:_MOST_AREAS],
            "dataset": described_dataset(sources, edition.version, edition.published),
        },
        draw_figures(reading),
    )


def read_overview(reading: Reading) -> Overview:
    """Read the page's words and tables; an empty publication gives an empty page, not an error."""
    connection = reading.connection
    row = connection.execute(sql("tally")).fetchone()
    assert row is not None
    articles, portals, figures, meetings, areas, first, last, fresh = row
    return Overview(
        lead=_lead(articles, portals, figures, first, last),
        tally=[
            (articles, "bài viết", "articles"),
            (figures, "số liệu được báo cáo", "reported figures"),
            (meetings, "cuộc họp", "meetings"),
            (areas, "địa bàn có số liệu", "areas with figures"),
            (portals, "cổng thông tin", "portals"),
        ],
        fresh=clock(fresh),
        figures=_latest_figures(reading),
        meetings=_latest_meetings(connection),
        portals=_portals(connection),
    )


def _lead(articles: int, portals: int, figures: int, first: date | None, last: date | None) -> Both:
    if not articles:
        return "Sổ còn trống: chưa có bài viết nào.", "The ledger is empty: there is no article yet."
    since_vi = since_en = ""
    if first and last:
        years = f"{first.year}–{last.year}" if first.year < last.year else f"{last.year}"
        since_vi, since_en = f" đăng trong {years}", f" published in {years}"
    (articles_vi, articles_en), (figures_vi, figures_en) = counted(articles), counted(figures)
    return (
        f"{articles_vi} bài viết của {portals} cổng thông tin{since_vi} nói ra "
        f"{figures_vi} con số. Mỗi con số dẫn về câu văn của nó.",
        f"{articles_en} articles of {portals} portals{since_en} state "
        f"{figures_en} figures. Every figure leads back to its sentence.",
    )


def _latest_figures(reading: Reading) -> list[FigureLine]:
    rows = reading.rows(sql("latest_figures"), {"most": LATEST})
    return [_figure(reading.links, *row) for row in rows]


def _figure(
    links: Links,
    article_id: str,
    indicator: str,
    ref_area: str,
    value: Decimal,
    unit: str,
    mult: int,
    bound: str,
    upper: Decimal | None,
    label_vi: str,
    label_en: str,
    measure: str,
    base: str | None,
    breakdown: str | None,
    area: str,
    time_period: str,
    status: str,
    quote: str,
    headline: str,
    url: str,
    copy: str | None,
    day: date | None,
) -> FigureLine:
    slice_ = f" ({breakdown})" if breakdown else ""
    label = measured((label_vi + slice_, label_en + slice_), measure, base)
    status_vi, status_en = STATUS.get(status, ("", ""))
    period_vi, period_en = period(time_period)
    return FigureLine(
        quantity(value, unit, mult, bound, upper),
        *label,
        area,
        period_vi,
        period_en,
        status_vi,
        status_en,
        with_number_marked(shortened(quote, _LONGEST_QUOTE), value),
        headline,
        url,
        copy,
        day_of(day),
        addresses.article(article_id),
        links.indicator(indicator),
        links.area(ref_area),
    )


def _latest_meetings(connection: Connection) -> list[MeetingLine]:
    rows = connection.execute(sql("latest_meetings"), {"most": LATEST + 2}).fetchall()
    lines = []
    for meeting_id, start, name, status, organization, location, article_id, headline, url, copy in rows:
        # A name often ends in the body that meets; said twice it only takes room.
        said = organization if organization and organization not in name else None
        worded = MEETING_STATUS.get(status, ("", ""))
        pages = addresses.meeting(meeting_id), addresses.article(article_id)
        lines.append(MeetingLine(day_of(start), name, *worded, said, location, headline, url, copy, *pages))
    return lines


def _portals(connection: Connection) -> list[PortalLine]:
    rows = connection.execute(sql("portals")).fetchall()
    return [
        PortalLine(
            name,
            url,
            notice,
            articles,
            day_of(first),
            day_of(last),
            meetings,
            figures,
            problems,
            clock(seen),
        )
        for name, url, notice, articles, first, last, meetings, figures, problems, seen in rows
    ]
