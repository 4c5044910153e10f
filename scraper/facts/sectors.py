"""Sectors of an economy, herds and spendings: parts that keep the key of what they are parts of."""

from __future__ import annotations

import re

from scraper.facts.carrying import Subject
from scraper.facts.clauses import Clause
from scraper.facts.parted import Parted
from scraper.facts.wording import slice_name
from scraper.vietnamese.gates import gated
from scraper.vietnamese.vocabulary import Mention

_GIVES = gated(r"(?<!\w)(?:đóng )?góp(?: \w+){0,2} $")
_TO_GROWTH = re.compile(r"\s*(?:vào|cho) (?:mức |tốc độ )*(?:tăng|tăng trưởng)(?!\w)")
_SPENDS = gated(r"(?<!\w)chi (?:cho |về |bảo đảm |đảm bảo |thực hiện |sự nghiệp )*$")
_SECTORS = frozenset(
    {
        "agriculture_value",
        "industrial_production_value",
        "trade_services_value",
        "construction_value",
        "production_value",
    }
)
_GROWTHS = frozenset({"grdp_growth", "economic_growth", "grdp"})
_WEIGHT = gated(r"(?<!\w)(?:tỷ trọng|cơ cấu)(?!\w)")
_MOVES = gated(r"(?<!\w)(?:tăng|giảm|vượt|hoàn thành|đạt)(?!\w)")
_GROWS = re.compile(r"[^,;.]{0,20}(?:tăng|giảm)(?: trưởng)?(?: \w+)? $")
_HERDS = re.compile(r"con (?:trâu|bò|lợn|heo|gia cầm|gia súc|gà|vịt|dê|trâu, bò|trâu bò)(?!\w)")
_LOST = re.compile(r"(?<!\w)(?:tiêu h(?:ủy|uỷ)|chết|mắc bệnh|bị bệnh|dịch tả|cuốn trôi|thiệt hại|trộm)(?!\w)")
_ANIMAL = re.compile(r"(?:^|(?<=\s))(?:đàn )?(?:trâu|bò|lợn|heo|gia cầm|gia súc|gà|vịt|dê)(?!\w)")


_PLANTS = re.compile(
    r"(?<!\w)(?:trồng|gieo|cấy|canh tác|xuống giống|vụ (?:đông|xuân|mùa|hè|thu)|lúa|cây|rau|ngô|màu|hoa màu|"
    r"cà phê|chè|mía|sắn|lạc|khoai)(?!\w)"
)
_NO_CROP = re.compile(
    r"(?<!\w)(?:thủy sản|tôm|cá|nuôi|muối|đất|rừng|thu hồi|mặt bằng|quy hoạch|bị|thiệt hại|ngập|cháy|"
    r"tưới|tích tụ|"
    r"dồn điền|công nghiệp|đô thị|cụm|bỏ|bỏ hoang|chuyển đổi|giải phóng)(?!\w)"
)
_CROP = re.compile(
    r"(?<!\w)(?:lúa|ngô|lạc|khoai(?: \w+)?|sắn|mía|hành(?: tím)?|tỏi|rau(?: \w+)?|đậu(?: \w+)?|cà phê|"
    r"hồ tiêu|"
    r"cao su|chè|thuốc lào|dưa(?: \w+)?|vải|nhãn|cam|bưởi|sầu riêng|thanh long|tôm|muối)(?!\w)"
)


class Sectors(Parted):
    """Finds what is told of sectors, herds and spendings as parts of a whole."""

    def _planted(self, clause: Clause, start: int) -> Subject | None:
        """Read hectares that the words around them say to be planted: "trồng được 120 ha ngô sinh khối"."""
        quantity = clause.quantity
        head = self.plain[start : quantity.start]
        tail = self.plain[quantity.end : self.naming.tail_end(clause)]
        if _NO_CROP.search(head) or _NO_CROP.search(tail):
            return None
        if not (_PLANTS.search(head) or (_PLANTS.match(tail.strip()) and tail.strip())):
            return None
        tail_text = self.text[quantity.end : self.naming.tail_end(clause)].strip(" ,-.")
        name = self.naming.name(clause, start, tail_text)
        first = self.naming.phrase_start(start, quantity.start)
        return Subject("crop_area", name, slice_name(tail_text), first, "crop", True, True, sure=0.7)

    def _crop_before(self, clause: Clause, here: int) -> str | None:
        """Give the crop, rice aside, that the sentence named last before a place; None for rice or none."""
        crops = list(_CROP.finditer(self.plain, clause.sentence.start, here))
        if not crops or crops[-1][0] == "lúa":
            return None
        return self.text[crops[-1].start() : crops[-1].end()]

    def _herd(self, clause: Clause, start: int) -> Subject | None:
        """Read counts of farm animals as parts of the herds: "116.763 con bò", "gà 8.743 nghìn con"."""
        quantity = clause.quantity
        named = _HERDS.match(self.plain, quantity.unit_start)
        first = self.naming.phrase_start(start, quantity.start)
        before = _ANIMAL.match(self.plain, first + (self.plain.startswith(" ", first)))
        match = named or before
        loss = _LOST.search(self.plain, clause.gap_start, min(clause.tail_end + 30, clause.sentence.end))
        if match is None or loss is not None:
            return None
        name = self.text[match.start() : match.end()]
        return Subject(
            "livestock_output", f"đàn {name}", name, min(match.start(), quantity.start), "herd", True, True,
            sure=0.8,
        )  # fmt: skip

    def _is_structure(self, mention: Mention, clause: Clause) -> bool:
        """Tell whether a sector's percent is its weight in the economy: "tỷ trọng công nghiệp chiếm 31%"."""
        if mention.key not in _SECTORS or clause.quantity.unit != "percent":
            return False
        if _MOVES.search(self.plain, mention.end, clause.quantity.start):
            return False
        return bool(
            _WEIGHT.search(self.plain, clause.sentence.start, clause.quantity.start)
            or re.search(r"(?<!\w)chiếm(?!\w)", self.plain[mention.end : clause.quantity.start])
        )

    def _contribution(self, clause: Clause) -> Subject | None:
        """Read what a part gives to a growth, which is no growth itself: "đóng góp 1,22 điểm phần trăm"."""
        quantity = clause.quantity
        if quantity.unit not in ("percentage_point", "percent"):
            return None
        if not _GIVES.search(self.plain, clause.head_start, quantity.start):
            return None
        if quantity.unit == "percent" and not _TO_GROWTH.match(self.plain, quantity.end):
            return None
        part = (self.last.breakdown or self.last.name) if self.last is not None else ""
        name = f"đóng góp của {part} vào tăng trưởng" if part else "đóng góp vào tăng trưởng"
        return Subject("other", name, None, clause.head_start, "contribution", False, True, sure=0.85)

    def _of_expenditure(self, mention: Mention, clause: Clause, start: int) -> Subject | None:
        """Read what is spent on something as a part of expenditure: "chi an sinh xã hội đạt 26,6%"."""
        spends = _SPENDS.search(self.plain, start, mention.start)
        whole = next((s for s in reversed(self._said) if s.key == "budget_expenditure"), None)
        if spends is None or whole is None or mention.key == whole.key:
            return None
        name = self.text[spends.start() : mention.end]
        return Subject(whole.key, name, name, spends.start(), "slice", True, True, sure=0.8)

    def _whole_of_sector(self, mention: Mention, clause: Clause) -> Subject | None:
        """Read a sector among a growth's parts as its slice: "khu vực dịch vụ tăng 5,13%"."""
        if mention.key not in _SECTORS or clause.quantity.unit != "percent":
            return None
        sentence = clause.sentence
        goes_on = (
            self.plain.endswith("khu vực ", 0, mention.start)
            or self.plain.find("điểm phần trăm", sentence.start, sentence.end) >= 0
            or self.plain.find("điểm %", sentence.start, sentence.end) >= 0
        )
        goes_on = goes_on or bool(_GROWS.match(self.plain, mention.end, clause.quantity.start))
        for said in reversed(self._said):
            if said.start < sentence.start and not goes_on:
                break
            if said.rule.startswith(("sector", "slice")):
                continue
            if said.key in ("grdp_growth", "economic_growth") and not self.plain.startswith(
                "giá trị", mention.start
            ):
                name = self.text[mention.start : mention.end]
                return Subject(
                    said.key, f"{said.name} {name}", name, mention.start, "sector", False, True, sure=0.8
                )
        return self._of_growth_spoken_of(mention) if goes_on else None

    def _of_growth_spoken_of(self, mention: Mention) -> Subject | None:
        """Read a sector as a part of the growth that its paragraph speaks of without a number.

        A value of production that was spoken of since takes it.
        """
        paragraph = self.plain.rfind("\n", 0, mention.start)
        before = [m for m in self.mentions if paragraph < m.start < mention.start]
        spoken = [m for m in before if m.key in _GROWTHS or self.plain.startswith("giá trị", m.start)]
        if not spoken or spoken[-1].key not in _GROWTHS or self.plain.startswith("giá trị", mention.start):
            return None
        name = self.text[mention.start : mention.end]
        whole = self.text[spoken[-1].start : spoken[-1].end]
        key = "grdp_growth" if spoken[-1].key == "grdp" else spoken[-1].key
        return Subject(key, f"{whole} {name}", name, mention.start, "sector", False, True, sure=0.75)
