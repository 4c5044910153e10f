"""Articles that were edited, contradicted, taken down or are hostile: what pages are tried on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.publication.ledger import SEEN, Ledger, at

EVIL = "=1+1 <script>window.stolen=1</script><img src=x onerror=window.stolen=2>\"'<!--{{ 7*7 }}</textarea>"
LEAD = "Sáng 11/4, Quận ủy Lê Chân tổ chức hội nghị đánh giá kết quả quý I/2023."
TEXT = (
    f"{LEAD}\n\nThu ngân sách đạt 27,1% kế hoạch thành phố giao; kết nạp 45 đảng viên.\n\n"
    "Đồng chí Phạm Văn Đà chủ trì hội nghị."
)
OLDER = TEXT.replace("27,1%", "26,4%").replace("Đồng chí Phạm", "Đồng chí Bí thư Phạm")
_SPAN: dict[str, Any] = {
    "time_period": "2023-Q1",
    "period_kind": "quarter",
    "period_start": date(2023, 1, 1),
    "period_end": date(2023, 3, 31),
}
_RATIO: dict[str, Any] = {"measure": "plan_ratio", "base": "assigned_plan", "base_unit": "percent"}


def write_records(path: Path) -> None:
    """Add the story to a warehouse that `write_large` made."""
    ledger = Ledger(path)
    told = _edited(ledger)
    _doubted(ledger, told)
    ledger.article("ngo-quyen", date(2023, 5, 2), "Bài đã bị gỡ", is_retracted=True, gone_at=SEEN)
    _judged(ledger)
    _hostile(ledger)
    ledger.close()


def _edited(ledger: Ledger) -> str:
    headline = "Lê Chân: hội nghị đánh giá quý I năm 2023"
    article = ledger.article(
        "le-chan", date(2023, 4, 11), headline, text=TEXT, description=LEAD, is_edited=True, revision_count=2,
        archived_copy="/le-chan/20261123120000/https://le-chan.test/bai.html",
        meeting_count=1, indicator_count=2,
    )  # fmt: skip
    ledger.put(
        "article_revisions", revision_id="r-older", article_id=article, portal="le-chan", headline=headline,
        description=LEAD, body_text=OLDER, revision_number=1, first_seen=SEEN - timedelta(days=30),
    )  # fmt: skip
    ledger.connection.execute(
        "update marts.article_revisions set warc_file = 'le-chan-000.warc.gz', warc_offset = 43404, "
        "text_hash = 'ab12', archived_copy = '/le-chan/20261123120000/https://le-chan.test/bai.html' "
        "where article_id = ?",
        [article],
    )
    ledger.put(
        "article_districts", article_district_id=f"{article}-305", article_id=article, ref_area="305",
        area_name="quận Lê Chân", is_about=True,
    )  # fmt: skip
    revenue = ledger.report(
        article, area="305", indicator="budget_revenue", value="27.1", quote_start=len(LEAD) + 2,
        quote="Thu ngân sách đạt 27,1% kế hoạch thành phố giao",
        **_RATIO, **_SPAN,
    )  # fmt: skip
    ledger.connection.execute(
        "update marts.indicator_series set is_revised = true, is_contradicted = true where report_id = ?",
        [revenue],
    )
    ledger.report(
        article, area="305", indicator="party_members_admitted", value="45", unit_measure="party_member",
        quote="kết nạp 45 đảng viên", quote_start=TEXT.index("kết nạp"), **_SPAN,
    )  # fmt: skip
    meeting = ledger.meeting(
        article, name="Hội nghị Quận ủy Lê Chân đánh giá quý I/2023", day=date(2023, 4, 11), ref_area="305",
        kind="party_committee", organization="Quận ủy Lê Chân", location="Trụ sở Quận ủy",
        part_of_day="morning", periods_reviewed=["2023-Q1"], area_name="quận Lê Chân",
    )  # fmt: skip
    for person, roles, note in (
        ("Phạm Văn Đà", ["Bí thư Quận ủy"], "chair"),
        ("Trần Thị Ước", ["Phó Chủ tịch UBND quận"], "report"),
    ):
        ledger.put(
            "meeting_participants", meeting_participant_id=f"mp-{note}", meeting_id=meeting, roles=roles,
            person_name=person, note=note, article_count=1,
        )  # fmt: skip
    ledger.put(
        "meeting_figures", meeting_figure_id="mf-1", meeting_id=meeting, report_id=revenue,
        article_id=article, is_sole_meeting=True,
    )  # fmt: skip
    return revenue


def _doubted(ledger: Ledger, earlier: str) -> None:
    day = date(2023, 7, 3)
    article = ledger.article("thong-ke", day, "Số liệu chính thức quý I/2023 của quận Lê Chân")
    quote = "thu ngân sách quận Lê Chân đạt 28,4% kế hoạch"
    later = ledger.report(
        article, area="305", indicator="budget_revenue", value="28.4", quote=quote, **_RATIO, **_SPAN
    )
    ledger.put(
        "indicator_contradictions", contradiction_id="c-1", earlier_report_id=earlier, later_report_id=later,
        ref_area="305", area_name="quận Lê Chân", indicator="budget_revenue", measure="plan_ratio",
        obs_status="A", time_period="2023-Q1", earlier_value=Decimal("27.1"), later_value=Decimal("28.4"),
        difference=Decimal("1.3"), later_reported_at=at(day),
    )  # fmt: skip
    ledger.put(
        "indicator_audits", audit_id="u-1", report_id=later, article_id=article, ref_area="305",
        area_name="quận Lê Chân", audit="plan_ratio", finding="differs", likely_misprint="stated",
        misprint_reason="slip_of_the_pen", indicator="budget_revenue", base_unit="percent",
        time_period="2023-Q1", quote=quote, stated_value=Decimal("28.4"), expected_value=Decimal("27.12"),
        expected_low=Decimal("27.08"), expected_high=Decimal("27.16"), reported_at=at(day),
    )  # fmt: skip


def _judged(ledger: Ledger) -> None:
    ledger.put(
        "portal_coverage", portal_week_id="w-1", portal="le-chan", found_count=40, fetched_count=38,
        failed_count=3, read_count=38, date_filled_pct=Decimal(100), body_filled_pct=Decimal("97.4"),
        week_start=date(2026, 11, 23),
    )  # fmt: skip
    ledger.put(
        "problems", problem_id="b-1", portal="le-chan", stage="article", kind="date", quote=EVIL,
        detail=f"the date is not understood: {EVIL}", url="javascript:window.stolen=3", occurred_at=SEEN,
    )  # fmt: skip


def _hostile(ledger: Ledger) -> None:
    url = "javascript:window.stolen=4"
    body = f"{EVIL}\n\n{EVIL} thu ngân sách đạt 12,5% kế hoạch"
    article = ledger.article(
        "thong-ke", date(2024, 2, 29), f"Bài độc {EVIL}", url=url, text=body, description=EVIL,
        authors=[EVIL], section=[EVIL], captions=[EVIL], attachments=[url], source_name=EVIL, is_edited=True,
        archived_copy=f"/{EVIL}", meeting_count=1,
    )  # fmt: skip
    ledger.put(
        "article_revisions", revision_id="r-evil", article_id=article, portal="thong-ke", headline=EVIL,
        body_text=f"{body} {EVIL}", revision_number=0, archived_copy=url,
    )  # fmt: skip
    report = ledger.report(
        article, area="305", indicator="budget_revenue", value="12.5", area_name=EVIL, breakdown=EVIL,
        quote=f"{EVIL} thu ngân sách đạt 12,5% kế hoạch", quote_start=len(EVIL) + 2, **_RATIO, **_SPAN,
    )  # fmt: skip
    meeting = ledger.meeting(
        article,
        name=f"Hội nghị độc {EVIL}",
        day=date(2024, 2, 28),
        organization=EVIL,
        location=EVIL,
        area_name=EVIL,
    )
    ledger.put(
        "meeting_participants", meeting_participant_id="mp-evil", meeting_id=meeting, roles=[EVIL],
        person_name=f"Người độc {EVIL}", note="chair", article_count=1,
    )  # fmt: skip
    ledger.put(
        "meeting_figures", meeting_figure_id="mf-evil", meeting_id=meeting, report_id=report,
        article_id=article,
    )  # fmt: skip
    ledger.put(
        "indicator_contradictions", contradiction_id="c-evil", earlier_report_id=report,
        later_report_id=report, ref_area="305", area_name=EVIL, indicator="budget_revenue",
        breakdown=EVIL, time_period=EVIL, earlier_value=Decimal(1), later_value=Decimal(2),
        difference=Decimal(1),
    )  # fmt: skip
    ledger.put(
        "indicator_audits", audit_id="u-evil", report_id=report, article_id=article, ref_area="305",
        area_name=EVIL, audit="growth", finding="opposite_direction", indicator="budget_revenue",
        breakdown=EVIL, quote=EVIL, time_period=EVIL, stated_value=Decimal("12.5"), article_url=url,
    )  # fmt: skip
