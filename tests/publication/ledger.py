"""A warehouse with marts as dbt promises them, filled by hand: what publication tests are made from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from scraper.items import ARTICLE_READER, FACT_READER
from warehouse.connect import Connection, open_warehouse
from warehouse.passed_build import forget_build, record_build

DDL = Path(__file__).with_name("marts.sql")
NOTICE = "Dữ liệu tổng hợp để trình diễn, không phải số liệu của bất kỳ cơ quan nào."
SEEN = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
AREAS = {
    "303": "Hồng Bàng",
    "304": "Ngô Quyền",
    "305": "Lê Chân",
    "306": "Hải An",
    "307": "Kiến An",
    "308": "Đồ Sơn",
    "309": "Dương Kinh",
    "311": "Thủy Nguyên",
    "312": "An Dương",
    "313": "An Lão",
    "315": "Tiên Lãng",
    "316": "Vĩnh Bảo",
}
ENDS = {"Q1": (3, 31), "S1": (6, 30), "P9M": (9, 30), "": (12, 31)}
KINDS = ("party_committee", "council_session", "committee_meeting", "review_conference", "dialogue")

_DEFAULTS: dict[str, Any] = {
    "VARCHAR": "x",
    "VARCHAR[]": [],
    "BIGINT": 0,
    "INTEGER": 0,
    "BOOLEAN": False,
    "DOUBLE": 1.0,
    "DATE": date(2023, 1, 1),
    "TIMESTAMP WITH TIME ZONE": SEEN,
}


class Ledger:
    """A warehouse being written; every column that is not given takes a harmless value or null."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        self.connection: Connection = open_warehouse(path)
        if is_new:
            self.connection.execute(DDL.read_text(encoding="utf-8"))
        self.connection.execute("begin")
        self._columns: dict[str, list[tuple[str, str, bool]]] = {}
        rows = self.connection.execute(
            "select table_name, column_name, data_type, is_nullable from duckdb_columns() "
            "where schema_name = 'marts' order by table_name, column_index"
        ).fetchall()
        for table, name, kind, nullable in rows:
            self._columns.setdefault(table, []).append((name, kind, nullable))
        self._count = 0 if is_new else 100_000

    def put(self, table: str, **values: Any) -> None:
        """Add one row."""
        columns = self._columns[table]
        unknown = values.keys() - {name for name, _, _ in columns}
        assert not unknown, f"{table} has no {unknown}"
        row = [
            values.get(name, None if nullable else _DEFAULTS.get(kind, Decimal(0)))
            for name, kind, nullable in columns
        ]
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"insert into marts.{table} values ({marks})", row)

    def article(
        self,
        portal: str,
        day: date,
        headline: str,
        url: str | None = None,
        text: str | None = None,
        **more: Any,
    ) -> str:
        """Add an article with one text; gives its id."""
        self._count += 1
        article_id = f"a-{self._count:06d}"
        address = url or f"https://{portal}.test/bai-{self._count}.html"
        self.put(
            "articles",
            **{
                "article_id": article_id,
                "revision_id": f"r-{self._count:06d}",
                "portal": portal,
                "article_url": address,
                "fetched_url": address,
                "headline": headline,
                "published_date": day,
                "reported_at": at(day),
                "content_kind": "text",
                "kind": "news",
                "article_reader": ARTICLE_READER,
                "fact_reader": FACT_READER,
                **more,
            },
        )
        self.put(
            "article_revisions",
            revision_id=f"r-{self._count:06d}",
            article_id=article_id,
            portal=portal,
            headline=headline,
            body_text=text or f"{headline}\n\nNội dung của bài.",
            description=more.get("description"),
            revision_number=more.get("revision_count", 1),
            is_current=True,
            reported_at=at(day),
        )
        return article_id

    def report(self, article_id: str, *, area: str, indicator: str, value: str, **more: Any) -> str:
        """Add a standing report of an article and make it the value of its point; gives its id."""
        self._count += 1
        row = self.connection.execute(
            "select headline, article_url, published_date, reported_at, portal, revision_id "
            "from marts.articles where article_id = ?",
            [article_id],
        ).fetchone()
        assert row is not None
        headline, url, day, reported_at, portal, revision_id = row
        number = Decimal(value)
        said: dict[str, Any] = {
            "report_id": f"o-{self._count:06d}",
            "point_id": f"p-{self._count:06d}",
            "series_id": f"i-{area}-{indicator}",
            "article_id": article_id,
            "ref_area": area,
            "unit_id": f"{area}@1900-01-01",
            "area_name": f"quận {AREAS.get(area, area)}",
            "indicator": indicator,
            "indicator_name": indicator,
            "measure": "level",
            "base_unit": more.get("unit_measure", "percent"),
            "unit_measure": "percent",
            "bound": "exact",
            "obs_status": "A",
            "quote": f"đạt {value}",
            "value": number * Decimal(10) ** more.get("unit_mult", 0),
            "article_url": url,
            "reported_at": reported_at,
            **more,
        }
        shared = {name for name, _, _ in self._columns["indicator_series"]}
        self.put(
            "indicator_reports",
            **{
                **said,
                "portal": portal,
                "revision_id": revision_id,
                "headline": headline,
                "field": "body_text",
                "obs_value": number,
                "published_date": day,
                "is_current": True,
                "is_standing": True,
            },
        )
        self.put(
            "indicator_series",
            **{key: said[key] for key in said.keys() & shared},
            first_reported_at=reported_at,
            last_reported_at=reported_at,
            report_count=1,
        )
        return str(said["report_id"])

    def meeting(self, article_id: str, *, name: str, day: date, kind: str = "other", **more: Any) -> str:
        """Add a meeting that one article reports; gives its id."""
        self._count += 1
        row = self.connection.execute(
            "select headline, article_url, portal, reported_at from marts.articles where article_id = ?",
            [article_id],
        ).fetchone()
        assert row is not None
        headline, url, portal, reported_at = row
        self.put(
            "meetings",
            **{
                "meeting_id": f"m-{self._count:06d}",
                "meeting_name": name,
                "classification": kind,
                "start_date": day,
                "status": "confirmed",
                **more,
            },
        )
        self.put(
            "meeting_articles",
            mention_id=f"n-{self._count:06d}",
            meeting_id=f"m-{self._count:06d}",
            article_id=article_id,
            portal=portal,
            meeting_name=name,
            headline=headline,
            article_url=url,
            quote=name,
            field="body_text",
            reported_at=reported_at,
        )
        return f"m-{self._count:06d}"

    def portal(self, slug: str, name: str, notice: str | None = NOTICE, **more: Any) -> None:
        """Add a portal."""
        self.put(
            "portals",
            **{
                "portal": slug,
                "portal_name": name,
                "base_url": f"https://{slug}.test/",
                "family": "wordpress",
                "notice": notice,
                "last_fetched_at": SEEN,
                **more,
            },
        )

    def close(self) -> None:
        """Close the warehouse as a build that passed leaves it, so that it can be published."""
        self.connection.execute("commit")
        record_build(self.connection, forget_build(self.connection))
        self.connection.close()


def at(day: date) -> datetime:
    """Give nine in the morning of that day in Viet Nam."""
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


def write_vocabulary(ledger: Ledger) -> None:
    """Add the units and indicators that every ledger knows."""
    ledger.put(
        "districts",
        unit_id="31@1900-01-01",
        code="31",
        name="Hải Phòng",
        full_name="thành phố Hải Phòng",
        level="province",
    )
    for code, name in AREAS.items():
        ledger.put(
            "districts",
            unit_id=f"{code}@1900-01-01",
            code=code,
            name=name,
            full_name=f"quận {name}",
            kind="quận",
            level="district",
            valid_to=date(2025, 7, 1),
        )
        ledger.put(
            "district_successions",
            succession_id=f"s-{code}",
            from_code=code,
            to_code=f"11{code}",
            to_name=f"phường {name}",
            extent="part",
            date=date(2025, 7, 1),
        )
    for key, vi, en in (
        ("budget_revenue", "Tổng thu ngân sách nhà nước trên địa bàn", "State budget revenue in the area"),
        ("poverty_rate", "Tỷ lệ hộ nghèo", "Poverty rate"),
        ("party_members_admitted", "Kết nạp đảng viên", "Party members admitted"),
        ("exports", "Kim ngạch xuất khẩu", "Export turnover"),
        ("other", "Chỉ tiêu khác", "Any other indicator"),
    ):
        ledger.put("indicators", indicator=key, label_vi=vi, label_en=en)


def write_small(path: Path, articles: int = 12) -> None:
    """Write a small warehouse: one portal, some articles, a figure and a meeting each."""
    ledger = Ledger(path)
    write_vocabulary(ledger)
    ledger.portal("thu", "Cổng thử nghiệm", article_count=articles)
    for number in range(articles):
        day = date(2023, 1, 5) + timedelta(days=20 * number)
        article = ledger.article("thu", day, f"Lê Chân: tin số {number}")
        ledger.report(
            article,
            area="305",
            indicator="budget_revenue",
            value=f"{20 + number}",
            measure="plan_ratio",
            base="assigned_plan",
            quote=f"tổng thu đạt {20 + number}% kế hoạch thành phố giao",
            time_period=f"2023-{number % 12 + 1:02d}",
            period_kind="year_to_date",
            is_year_to_date=True,
            period_start=date(2023, 1, 1),
            period_end=day,
        )
        ledger.meeting(article, name=f"Hội nghị lần thứ {number}", day=day, kind="party_committee")
    ledger.close()


def write_large(path: Path) -> None:
    """Write a warehouse as a demo has it: 12 districts over seven years, told by four portals."""
    ledger = Ledger(path)
    write_vocabulary(ledger)
    slugs = ("hai-phong", "le-chan", "ngo-quyen", "thong-ke")
    for slug, name in zip(
        slugs, ("Thành phố Hải Phòng", "Quận Lê Chân", "Quận Ngô Quyền", "Cục Thống kê"), strict=True
    ):
        ledger.portal(slug, name, article_count=100)
    for place, (code, name) in enumerate(AREAS.items()):
        for year in range(2019, 2026):
            for step, (period, end) in enumerate(ENDS.items(), start=1):
                if (place * 7 + year * 3 + step) % 5 == 0 or (year == 2025 and step > 2):
                    continue
                _write_report(
                    ledger, slugs[(place + year) % 4], code, name, year, period, date(year, *end), step
                )
    ledger.close()


def _write_report(
    ledger: Ledger, portal: str, code: str, name: str, year: int, period: str, end: date, step: int
) -> None:
    wobble = (int(code) * 31 + year * 17 + step * 7) % 13
    ratio = f"{step * 24.1 + wobble - 3:.1f}"
    day = end + timedelta(days=3 + wobble)
    printed = ratio.replace(".", ",")
    time_period = {"Q1": f"{year}-Q1", "S1": f"{year}-S1", "P9M": f"{year}-01-01/P9M", "": f"{year}"}[period]
    kind = {"Q1": "quarter", "S1": "half_year", "P9M": "year_to_date", "": "year"}[period]
    when = {"Q1": "quý I", "S1": "6 tháng đầu năm", "P9M": "9 tháng", "": "cả năm"}[period]
    article = ledger.article(
        portal, day, f"{name} đánh giá kết quả thực hiện nhiệm vụ {when} năm {year}", indicator_count=2
    )
    ledger.put(
        "article_districts",
        article_district_id=f"{article}-{code}",
        article_id=article,
        ref_area=code,
        is_about=True,
    )
    span: dict[str, Any] = {
        "time_period": time_period,
        "period_kind": kind,
        "is_year_to_date": True,
        "period_start": date(year, 1, 1),
        "period_end": end,
    }
    ledger.report(
        article,
        area=code,
        indicator="budget_revenue",
        value=ratio,
        measure="plan_ratio",
        base="assigned_plan",
        obs_status="E" if wobble % 4 == 0 else "A",
        quote=f"Công tác thu ngân sách đạt kết quả khả quan; {when} tổng thu đạt {printed}% kế hoạch "
        f"thành phố giao, tăng {wobble}% so với cùng kỳ",
        **span,
    )
    if period == "":
        rate = f"{max(0.2, 3.4 - (year - 2019) * 0.42 + wobble / 12):.2f}"
        ledger.report(
            article,
            area=code,
            indicator="poverty_rate",
            value=rate,
            measure="share",
            quote=f"tỷ lệ hộ nghèo toàn quận còn {rate.replace('.', ',')}%",
            **span,
        )
        ledger.report(
            article,
            area=code,
            indicator="party_members_admitted",
            value=str(90 + wobble * 9),
            unit_measure="party_member",
            quote=f"kết nạp {90 + wobble * 9} đảng viên",
            **span,
        )
        if code == "303":
            ledger.report(
                article,
                area="31",
                indicator="exports",
                value=f"{15 + (year - 2019) * 2.75:.2f}",
                unit_measure="USD",
                unit_mult=9,
                area_name="thành phố Hải Phòng",
                unit_id="31@1900-01-01",
                quote=f"kim ngạch xuất khẩu đạt {15 + (year - 2019) * 2.75:.2f}".replace(".", ",")
                + " tỷ USD",
                **span,
            )
    ledger.meeting(
        article,
        name=f"Hội nghị Quận ủy {name} lần thứ {(year - 2019) * 4 + step}",
        day=day - timedelta(days=2),
        kind=KINDS[wobble % 5],
        organization=f"Quận ủy {name}",
        ref_area=code,
    )
