"""Sums so far of what was counted last: "trong tháng kết nạp 12 đảng viên, nâng tổng số lên 4.310"."""

from __future__ import annotations

from dataclasses import replace

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.vietnamese.gates import gated

_RAISED = gated(
    r"(?<!\w)(?:nâng|đưa) (?:tổng số|tổng)((?: lũy kế| cộng dồn| \d{1,2} tháng|"
    r" (?:kể |tính )?từ đầu (?:năm|nhiệm kỳ)(?: (?:đến|tới) nay)?)+)?"
    r" lên (?:trên |hơn |gần |khoảng |thành )?$"
)
_STANDING = frozenset({
    "new_rural_communes", "ocop_products", "covid_cases", "national_standard_schools", "cultural_families",
    "land_use_certificates", "eid_cards", "health_insurance_coverage", "social_insurance_coverage",
})  # fmt: skip
"""What is counted as it stands, so that a sum of it is of the same kind."""
_CAME_IN = {"new_enterprises": "other", "party_members_admitted": "party_members"}
"""What comes in, with what the sum of it all is."""


def sum_so_far(plain: str, text: str, clause: Clause, last: Subject | None) -> Subject | None:
    """Give what a sum so far is of: "nâng tổng số từ đầu năm lên" of what the sentence counted last.

    Without the time since when, it is the sum of what stands, not of what came in.

    Args:
        plain: The levelled text.
        text: The same as printed.
        clause: Of the sum.
        last: What was spoken of last, None where nothing was.
    """
    if last is None or last.key == "other":
        return None
    quantity = clause.quantity
    raised = _RAISED.search(plain, clause.gap_start, quantity.start)
    if raised is None:
        return None
    if raised[1] is None and last.key in _CAME_IN and last.unit == quantity.unit:
        name = f"tổng số {text[quantity.unit_start : quantity.end]}"
        return Subject(_CAME_IN[last.key], name, None, raised.start(), "other", False, True, sure=0.7)
    if last.start < clause.sentence.start or (raised[1] is None and last.key not in _STANDING):
        return None
    return replace(last, own_key=False, own_name=False, rule="carried")
