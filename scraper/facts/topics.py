"""What an article as a whole is about, so that its unnamed numbers can be kept as slices of that."""

from __future__ import annotations

import re

from scraper.vietnamese.vocabulary import find_indicators

_TOPICS = (
    "public_investment_disbursement", "site_clearance", "conscription", "vaccination", "port_cargo",
    "drug_cases", "traffic_accidents", "fires", "construction_order_violations",
)  # fmt: skip
"""Indicators that an article can be all about, so that its unnamed numbers are their slices."""
_TOPIC_UNITS = {
    "site_clearance": frozenset({"household", "ha", "m2", "project"}),
    "conscription": frozenset({"person", "party_member"}),
    "vaccination": frozenset({"mũi", "liều", "person"}),
    "port_cargo": frozenset({"tonne", "teu"}),
    "drug_cases": frozenset({"case"}),
    "traffic_accidents": frozenset({"case"}),
    "fires": frozenset({"case"}),
    "construction_order_violations": frozenset({"case", "công trình"}),
    "public_investment_disbursement": frozenset({"VND", "percent"}),
    "customs_revenue": frozenset({"VND", "percent"}),
    "domestic_revenue": frozenset({"VND", "percent"}),
}
_REVENUE = re.compile(
    r"(?<!\w)(?:thu|nộp|thuế|chi cục|hải quan|khoản thu|lệ phí|khu vực)(?!\w)", re.IGNORECASE
)
_TAKEN_BACK = re.compile(r"(?:đã )?(?:thu hồi|truy thu|thu giữ|tịch thu)(?!\w)", re.IGNORECASE)
_DRUGS = re.compile(r"(?<!\w)ma túy(?!\w)")
_CUSTOMS = re.compile(r"(?<!\w)hải quan(?!\w)")
_ON_REVENUE = re.compile(r"(?<!\w)(?:thu (?:ngân sách|nsnn|thuế|nội địa)|số thu)(?!\w)")
_SOURCE = re.compile(
    r"(?<!\w)(?:theo|tin từ|thông tin từ|báo cáo của)"
    r"(?: (?:báo cáo|số liệu|thông tin|thống kê))?(?: của| từ)? (?:chi |tổng )?cục (thuế|hải quan)(?!\w)"
)
_TAX_OFFICE = re.compile(r"(?:cục|ngành) thuế|thu nội địa")


def find_topic(headline: str) -> str | None:
    """Give the indicator that an article is all about, by its levelled headline; None for a mixed report.

    What a customs office reports of revenue is customs_revenue, a tax office domestic_revenue (facts.md §6).
    """
    if _CUSTOMS.search(headline):
        return "customs_revenue"
    if _TAX_OFFICE.search(headline):
        return "domestic_revenue"
    keys = {mention.key for mention in find_indicators(headline)}
    if _DRUGS.search(headline):
        keys.add("drug_cases")
    return next((key for key in _TOPICS if key in keys), None)


def topic_of_office(headline: str, lead: str) -> str | None:
    """Give what an office collects that the levelled lead names as the source of a headline on revenue."""
    if not _ON_REVENUE.search(headline):
        return None
    source = _SOURCE.search(lead)
    if source is None:
        return None
    return "customs_revenue" if source[1] == "hải quan" else "domestic_revenue"


def takes(topic: str | None, unit: str) -> bool:
    """Tell whether a number in a unit can be a slice of a topic."""
    return unit in _TOPIC_UNITS.get(topic or "", ())


def is_revenue(name: str) -> bool:
    """Tell whether a printed name speaks of revenue."""
    return bool(_REVENUE.search(name)) and not _TAKEN_BACK.match(name)
