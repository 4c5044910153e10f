"""Coverage and data quality: how each portal fares, how sure the figures are, what was not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from warehouse.publication.site import addresses
from warehouse.publication.site.page import Page, Reading, Share
from warehouse.publication.site.queries import sql
from warehouse.publication.site.wording import Both, clock, day_of

FIELDS: tuple[Both, ...] = (
    ("Ngày đăng", "Date"),
    ("Sa-pô", "Lead"),
    ("Thân bài", "Body"),
    ("Tác giả", "Byline"),
    ("Địa bàn", "District"),
    ("Cuộc họp", "Meeting"),
    ("Số liệu", "Figure"),
)
"""The last columns of `coverage_portals.sql`."""

STAGES: dict[str, Both] = {
    "crawl": ("thu thập", "crawl"),
    "archive": ("lưu trữ", "archive"),
    "article": ("đọc bài", "reading articles"),
    "facts": ("đọc số liệu", "reading facts"),
}
_MOST = 60


class _Portal(NamedTuple):
    """The columns of `coverage_portals.sql` up to the shares of filled fields."""

    portal: str
    name: str
    base_url: str
    notice: str | None
    is_verified: bool
    retired_on: date | None
    articles: int
    first: date | None
    last: date | None
    fetched_at: datetime | None
    found: int
    fetched: int
    failed: int
    gone: int
    edited: int
    problems: int


@dataclass(frozen=True, slots=True)
class PortalLine:
    """A portal, how much there is of it and how it fares."""

    name: str
    url: str
    notice: bool
    is_verified: bool
    retired: Both | None
    articles: int
    first: Both | None
    last: Both | None
    seen: Both | None
    found: int
    fetched: int
    failed: int
    gone: int
    edited: int
    problems: int
    health: str
    """good, fair or poor: the share of requests for article pages that failed."""
    filled: list[int | None]
    """Percent of its texts that have each of `FIELDS`."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """What was not understood, with an example."""

    stage: Both
    kind: str
    portal: str
    number: int
    latest: Both | None
    detail: str
    quote: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A share with its words."""

    label: Both
    part: int
    whole: int

    @property
    def percent(self) -> Decimal:
        """The share to a tenth, rounded down, so that nothing is all that is not."""
        return Decimal(self.part * 1000 // self.whole) / 10 if self.whole else Decimal(0)


def coverage_pages(reading: Reading, share: Share) -> Iterator[Page]:
    """Give the page of coverage and data quality."""
    connection = reading.connection
    portals = [_portal(row) for row in connection.execute(sql("coverage_portals")).fetchall()]
    problems = connection.execute(sql("coverage_problems"), {"most": _MOST}).fetchall()
    quality = connection.execute(sql("coverage_quality")).fetchone()
    assert quality is not None
    context = {
        "portals": portals,
        "fields": FIELDS,
        "measures": _measures(quality),
        "problems": [_problem(row) for row in problems],
        "all_problems": sum(row[3] for row in problems),
    }
    yield Page(addresses.COVERAGE, "coverage.html.j2", context)


def _portal(columns: tuple[object, ...]) -> PortalLine:
    ours = len(_Portal._fields)
    row = _Portal(*columns[:ours])  # type: ignore[arg-type]
    filled = [int(share) if isinstance(share, Decimal | float) else None for share in columns[ours:]]
    return PortalLine(
        row.name,
        row.base_url,
        bool(row.notice),
        row.is_verified,
        day_of(row.retired_on),
        row.articles,
        day_of(row.first),
        day_of(row.last),
        clock(row.fetched_at),
        int(row.found),
        int(row.fetched),
        int(row.failed),
        int(row.gone),
        int(row.edited),
        row.problems,
        _health(int(row.failed), int(row.failed) + int(row.fetched)),
        filled,
    )


def _health(failed: int, asked: int) -> str:
    if failed * 20 >= asked:
        return "poor" if failed * 4 >= asked and failed else "fair" if failed else "good"
    return "good"


def _measures(quality: tuple[int, ...]) -> list[Measure]:
    (
        figures, sure, named, placed, corrected, revised, contradicted, points,
        articles, dated, copies, edited, retracted,
    ) = quality  # fmt: skip
    return [
        Measure(("Bài có ngày đăng", "Articles with a date"), dated, articles),
        Measure(("Bài chép lại bài khác", "Articles that copy another"), copies, articles),
        Measure(("Bài được sửa sau khi đăng", "Articles edited after publication"), edited, articles),
        Measure(("Bài bị gỡ", "Articles taken down"), retracted, articles),
        Measure(("Số liệu đọc chắc chắn (từ 0,9)", "Figures read with certainty (0.9 on)"), sure, figures),
        Measure(("Số liệu thuộc chỉ tiêu trong danh mục", "Figures of a known indicator"), named, figures),
        Measure(("Số liệu có địa bàn khớp mã", "Figures whose area has a valid code"), placed, figures),
        Measure(("Số liệu do người sửa", "Figures corrected by a person"), corrected, figures),
        Measure(("Điểm dữ liệu được báo cáo lại khác đi", "Points that were revised"), revised, points),
        Measure(("Điểm dữ liệu mâu thuẫn", "Points that are contradicted"), contradicted, points),
    ]


def _problem(
    row: tuple[str, str, str | None, int, datetime | None, str, str | None, str | None],
) -> ProblemLine:
    stage, kind, portal, number, latest, detail, quote, url = row
    return ProblemLine(
        STAGES.get(stage, (stage, stage)), kind, portal or "", number, clock(latest), detail, quote, url
    )
