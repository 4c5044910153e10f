"""Numbers whose indicator is kindred to the one beside them: capital, cases of what, passengers, loans."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.sectors import Sectors
from scraper.facts.wording import slice_name
from scraper.vietnamese.gates import gated

_DISEASES = re.compile(
    r"(?<!\w)(?:(?:bị |mắc |nhiễm |bệnh )*(?:sốt xuất huyết|tay[ ,-]+chân[ ,-]+miệng|tcm|sxh|sốt rét|sởi|"
    r"bạch hầu|ho gà|thủy đậu|quai bị|cúm(?: \w)?|dại|tiêu chảy|viêm não|viêm gan|liên cầu lợn|"
    r"đậu mùa khỉ|hiv|lao|dịch tả lợn[\w ]{0,12}?|uốn ván|đau mắt đỏ|ngộ độc)"
    r"|(?P<covid>covid|sars|ncov|corona))(?!\w)"
)
"""Diseases whose cases are counted; those of Covid-19 alone have a key."""
_CARRIES = gated(r"(?<!\w)(?:vận chuyển|luân chuyển|vận tải|chuyên chở)(?!\w)")
"""What says that passengers are carried, who are no tourists."""
_RISES = gated(r"(?<!\w)(?:tăng|giảm|tăng trưởng)(?: trưởng)?(?: (?:đạt|khoảng|gần|trên|hơn|thêm))* $")
_CRIMES = re.compile(r"(?<!\w)(?:hình sự|trộm|cướp|trật tự xã hội|kinh tế|môi trường|lừa đảo|đánh bạc)(?!\w)")
_FOREIGN = re.compile(r"fdi|nước ngoài|ngoại")
_BANK = gated(
    r"(?<!\w)(?:ngân hàng(?! nhà nước)|nhcsxh|agribank|tín dụng|cho vay|vay vốn|hộ vay|vốn vay)(?!\w)"
)
_KIN = {
    ("fdi_attracted", "project"): "investment_projects",
    ("domestic_investment_attracted", "project"): "investment_projects",
    ("new_enterprises", "VND"): "registered_capital",
    ("domestic_investment_attracted", "USD"): "fdi_attracted",
    ("grdp_growth", "VND"): "grdp",
    ("grdp_growth", "USD"): "grdp",
    ("tourist_arrivals", "VND"): "tourism_revenue",
    ("registered_capital", "USD"): "fdi_attracted",
    ("investment_projects", "USD"): "fdi_attracted",
    ("households_supported", "VND"): "social_welfare_spending",
    ("social_welfare_spending", "household"): "households_supported",
    ("social_welfare_spending", "lượt hộ"): "households_supported",
    ("social_welfare_spending", "nhà"): "households_supported",
    ("social_welfare_spending", "căn"): "households_supported",
}
"""What a number is of where the indicator beside it cannot be counted in its unit, but a kindred one can."""


class Kindred(Sectors):
    """Tells what a number is of where the words beside it name something kindred."""

    def _kindred(self, found: Subject, clause: Clause) -> Subject:
        """Give the subject with the key that the unit and the words around the number call for."""
        if found.key == "covid_cases" and (other := self._other_disease(clause)) is not None:
            found = replace(found, key="other", name=other, breakdown=None, rule="unfit", sure=0.8)
        carried = found.key == "tourist_arrivals" and found.rule == "counted"
        if carried and _CARRIES.search(self.plain, clause.head_start, clause.quantity.start):
            found = replace(found, key="other", breakdown=None, rule="unfit", sure=0.8)
        kin = _KIN.get((found.key, clause.quantity.unit))
        if (
            found.key == "grdp"
            and clause.quantity.unit == "percent"
            and _RISES.search(self.plain, clause.gap_start, clause.quantity.start)
        ):
            kin = "grdp_growth"
        if found.key == "fdi_attracted" and clause.quantity.unit == "VND":
            kin = self._investor(found)
        if found.key == "public_investment_disbursement" and self._lends(clause, found):
            kin, found = "credit_outstanding", replace(found, breakdown=found.name)
        if found.key == "crime_clearance_rate" and self._is_of_drugs(clause):
            kin, found = "drug_cases", replace(found, breakdown=found.breakdown or slice_name(found.name))
        if kin is not None:
            found = replace(found, key=kin, sure=0.8)
        return found

    def _other_disease(self, clause: Clause) -> str | None:
        """Give whose cases the sentence counts where it names another disease last: "sốt xuất huyết"."""
        before = list(_DISEASES.finditer(self.plain, clause.sentence.start, clause.quantity.start))
        behind = _DISEASES.match(self.plain, clause.quantity.end + 1)
        named = behind or (before[-1] if before else None)
        if named is None or named["covid"] is not None:
            return None
        counted = self.text[clause.quantity.unit_start : clause.quantity.end]
        return f"{counted} mắc {self.text[named.start() : named.end()]}"

    def _is_of_drugs(self, clause: Clause) -> bool:
        """Tell whether cleared cases are of drugs, in an article on drugs: no other crime is named behind."""
        if clause.quantity.unit != "case" or self.topic != "drug_cases":
            return False
        behind = self.plain[clause.quantity.end : self.naming.tail_end(clause)]
        return not _CRIMES.search(behind)

    def _investor(self, found: Subject) -> str | None:
        """Give whose capital đồng are that no foreign investor is named for: a project's, or a new firm's."""
        if _FOREIGN.search(found.name.lower()) or found.rule == "carried":
            return None
        counted = {s.key for s in self._said if s.start >= self._sentence_start}
        if "new_enterprises" in counted:
            return "registered_capital"
        return "domestic_investment_attracted" if "investment_projects" in counted else None

    def _lends(self, clause: Clause, found: Subject) -> bool:
        """Tell whether it is a bank that pays out: "Ngân hàng Chính sách xã hội giải ngân 45 tỷ đồng"."""
        if "đầu tư" in found.name.lower() or "kế hoạch" in found.name.lower():
            return False
        return _BANK.search(self.plain, clause.sentence.start, clause.sentence.end) is not None
