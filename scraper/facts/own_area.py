"""Which unit an article is about as a whole: the area of a number whose clause names none.

Every mention gives its unit points, by where it stands and how it is meant. The headline weighs most, then
the lead; a unit that only gives a plan or ends an address ("xã Phú Bình, huyện Phú Tân") weighs
nothing or little; a kind word that stands for the whole ("toàn huyện") weighs more than one in passing.
Where many units of one kind share the points and the headline names none, they are parts of what lies above.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.facts.area_reading import AreaMention
from scraper.vietnamese.areas import COUNTRY
from scraper.vietnamese.gates import gated

TIERS = {"commune": 0, "district": 1, "province": 2, "region": 3, "country": 4}
_TITLED, _LEAD, _BODY = 6.0, 2.0, 1.0
_TITLED_DEIXIS = 4.0
_ACTS = 3.0
"""What it weighs that an office of the province acts in the lead where the headline names no unit."""
_HOME = 1.5
"""What the portal's own unit weighs beside what the article names."""
_SMALL = 0.5
"""What a commune of a district's time, or the venue of a gathering, weighs."""
_VENUE = gated(
    r"(?:(?:tổ chức|diễn ra|khai mạc|bế mạc)[^.\n]{0,60}"
    r"|(?:[Nn]gày|[Ss]áng|[Cc]hiều|[Tt]ối)[^.\n]{0,22}, ?)tại $"
)
_VISITED = gated(r"[Ll]àm việc (?:với|tại|cùng) (?:lãnh đạo )?$")
"""Before a unit that those above it come to work with: its figures are reported."""
_PROVINCIAL = gated(
    r"(?:^|[\n,.–-] ?|\) ?|[Tt]heo |do |của |tin từ |báo cáo )(?:Ban Giám đốc )?"
    r"(?:Sở (?=[A-ZĐ])|Cục (?:Thuế|Hải quan|Thống kê|Quản lý)|Tỉnh (?:ủy|uỷ|đoàn)|Thành (?:ủy|uỷ)"
    r"|(?:HĐND|UBND|[Cc]ông an|BHXH|LĐLĐ|Ủy ban MTTQ\w*(?: Việt Nam)?|Bộ (?:CHQS|Chỉ huy Quân sự)) tỉnh)"
)
"""An office of a province that speaks or acts."""
_WHOLE = gated(r"(?:toàn|cả|khắp|trên địa bàn|của|kinh tế) $", re.IGNORECASE)
_PLURAL = re.compile(r"(?<!\w)(?:các|những|nhiều|một số|mỗi|từng|\d+) $", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:,| -|,? thuộc)? ?\(?(?:thuộc )?")
_NATIONAL = gated(
    r"(?<!\w)(?:[Tt]ổng cục|Cục Thống kê(?! tỉnh| TP| thành)|Bộ (?!Chỉ huy|CHQS|Tư lệnh|đội)[A-ZĐ]\w+"
    r"|Chính phủ"
    r"|Ngân hàng Nhà nước(?! chi nhánh| tỉnh)|Quốc hội|[Cc]ả nước|[Tt]oàn quốc|Bảo hiểm xã hội Việt Nam"
    r"|Cục [A-ZĐ]\w+(?: [\w-]+){0,3}? Việt Nam|Hiệp hội [^.,\n]{0,60} Việt Nam"
    r"|Tổng Liên đoàn|Ban [Cc]hỉ đạo (?:[Qq]uốc gia|[Tt]rung ương))(?!\w)"
)
_SEVERAL = gated(
    r"(?<!\w)(?:các|[2-9]|1\d|hai|ba|bốn|năm|sáu|bảy|tám) (?:quận|huyện|địa phương)"
    r"(?! uỷ| ủy| ngành|,? (?:xã|phường|cơ sở))(?!\w)"
)
"""Several units that an article goes through: "công an 6 huyện miền núi"."""
_SPEAKS_FIRST = 120
"""How far into the body the office may stand that opens it."""
_SHARED = 0.5
"""A unit that gathers less than this of the points does not rule the article alone."""
_RULES = 0.8
"""A unit below a province that gathers more than this rules an article that speaks of the province too."""
_MANY = 3
_OPENING = 60
"""How far into a paragraph the unit may stand that it is about."""
_ALL_OVER = 6
"""So many provinces, none of them in the headline, are the country."""


@dataclass(frozen=True, slots=True)
class OwnArea:
    """The area of an article, and on what it stands."""

    ref: str
    rule: str
    """titled, lead, body (votes alone), parts, home, country or none."""
    share: float
    """The part of all points of the units of its tier or below that it gathered, 0 to 1."""
    goes_through: str = ""
    """The level of many units that the article goes through one by one, none of them its own."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of an article beside its mentions."""

    headline: str
    body: str
    home: str | None
    """Code of the unit that the portal belongs to."""
    province: str | None
    """Code of the province that the article is at home in, else None."""
    has_districts: bool


def own_area(mentions: Sequence[AreaMention], around: Surroundings, parents: dict[str, str]) -> OwnArea:
    """Choose the article's own area.

    `mentions`: decided, deixis bound; `parents`: code of the unit above each code that they name.
    """
    return _Chooser(mentions, around, parents).choose()


class _Chooser:
    def __init__(
        self, mentions: Sequence[AreaMention], around: Surroundings, parents: dict[str, str]
    ) -> None:
        self.around, self.parents = around, parents
        self.texts = {"headline": around.headline, "body_text": around.body}
        end = around.body.find("\n\n")
        self.lead_end = len(around.body) if end < 0 else end
        self.mentions = [m for m in mentions if m.level != "district" or around.has_districts]
        self.level = {m.ref: m.level for m in self.mentions}
        self.points: defaultdict[str, float] = defaultdict(float)
        self.spoken: Counter[str] = Counter()
        """How often a bare kind word stands ("toàn tỉnh", "UBND huyện"), by level."""
        self.titled = {m.ref for m in self.mentions if m.field == "headline" and m.how != "deixis"}
        before: AreaMention | None = None
        for mention in self.mentions:
            self.points[mention.ref] += self._weight(mention, before)
            before = mention
        province = around.province
        if province and not self.titled and _PROVINCIAL.search(around.body, 0, self.lead_end):
            self.points[province] += _ACTS
        if around.home and self.points:
            self.points[around.home] += _HOME

    def choose(self) -> OwnArea:
        """Give the article's own area, and whether the article goes through many."""
        own = self._chosen()
        return replace(own, goes_through="province") if self._goes_through(own) else own

    def _goes_through(self, own: OwnArea) -> bool:
        """Tell whether paragraphs open with one province after another, and none rules the article."""
        if self.titled or self.level.get(own.ref, "country") not in ("province", "country"):
            return False
        named = [m for m in self.mentions if m.level == "province" and m.how != "deixis"]
        named = [m for m in named if m.field == "body_text" and m.role in ("subject", "office")]
        often = Counter(m.ref for m in named)
        opened = {m.ref for m in named if self._opens(m)}
        return len(opened) >= _MANY and max(often.values()) < _SHARED * len(named)

    def _opens(self, mention: AreaMention) -> bool:
        return mention.start - (self.around.body.rfind("\n", 0, mention.start) + 1) <= _OPENING

    def _chosen(self) -> OwnArea:
        named = {ref: points for ref, points in self.points.items() if points > 0}
        if not named:
            return self._unnamed()
        if self._is_national():
            return OwnArea(COUNTRY, "country", 1.0)
        best = max(named, key=lambda ref: named[ref])
        total = sum(named.values())
        share = named[best] / total
        if (several := self._of_several(best, share)) is not None:
            return OwnArea(several, "parts", share)
        above = self._above(best, share)
        if above is not None:
            return OwnArea(above, "country" if above == COUNTRY else "parts", share)
        rule = "titled" if best in self.titled else "lead" if self._is_in_lead(best) else "body"
        return OwnArea(best, rule, share)

    def _of_several(self, best: str, share: float) -> str | None:
        """Give the unit above one that is but among those which the headline or the lead counts."""
        if self.titled or share >= _RULES or self.level.get(best) != "district" or self.around.home == best:
            return None
        counted = _SEVERAL.search(self.around.headline) or _SEVERAL.search(self.around.body, 0, self.lead_end)
        return self.parents.get(best) if counted else None

    def _is_national(self) -> bool:
        """Tell whether a national office opens an article that names no unit in headline or lead."""
        if self.around.home or self.titled:
            return False
        end = min(self.lead_end, _SPEAKS_FIRST)
        if not _NATIONAL.search(self.around.body, 0, end) or _PROVINCIAL.search(self.around.body, 0, end):
            return False
        return not any(m.field == "headline" or m.start < self.lead_end for m in self._units())

    def _units(self) -> list[AreaMention]:
        return [m for m in self.mentions if m.level not in ("country", "region")]

    def _unnamed(self) -> OwnArea:
        if self.around.home:
            return OwnArea(self.around.home, "home", 0.0)
        if self.around.province:
            return OwnArea(self.around.province, "home", 0.0)
        return OwnArea(COUNTRY, "none", 0.0)

    def _weight(self, mention: AreaMention, before: AreaMention | None) -> float:
        if mention.role in ("giver", "aside") or self._ends_address(mention, before):
            return 0.0
        text = self.texts[mention.field]
        is_in_lead = mention.start < self.lead_end
        if mention.field == "headline":
            if mention.how == "deixis":
                several = _PLURAL.search(text, max(0, mention.start - 12), mention.start)
                return 0.0 if several else _TITLED_DEIXIS
            is_visited = _VISITED.search(text, max(0, mention.start - 30), mention.start)
            return _TITLED + (_ACTS if is_visited else 0)
        if mention.how == "deixis":
            self.spoken[mention.level] += 1
            if mention.role == "office":
                return _BODY
            is_whole = _WHOLE.search(text, max(0, mention.start - 14), mention.start)
            return _LEAD if is_in_lead or is_whole else _BODY
        if _VENUE.search(text, max(0, mention.start - 90), mention.start):
            return _SMALL
        if mention.level == "commune" and self.around.has_districts and mention.ref not in self.titled:
            return _SMALL
        return _LEAD if is_in_lead else _BODY

    def _ends_address(self, mention: AreaMention, before: AreaMention | None) -> bool:
        """Tell whether a mention only says where the one right before it lies."""
        if before is None or before.field != mention.field or mention.how == "deixis":
            return False
        if TIERS.get(before.level, 9) >= TIERS.get(mention.level, 0):
            return False
        return bool(_ADDRESS.fullmatch(self.texts[mention.field], before.end, mention.start))

    def _is_in_lead(self, ref: str) -> bool:
        return any(m.ref == ref and m.field == "body_text" and m.start < self.lead_end for m in self.mentions)

    def _above(self, best: str, share: float) -> str | None:
        """Give what lies above the best unit where it is but one of several that the article goes through."""
        if best in self.titled or self.titled:
            return None
        level = self.level.get(best, "")
        province = self.around.province
        if level in ("district", "commune") and province and self.points[province] > 0:
            is_its_own = province == self.parents.get(best, province)
            if self.spoken["province"] and not self.spoken[level] and is_its_own and share < _RULES:
                return province
        if share >= _SHARED:
            return None
        peers = {ref for ref, lev in self.level.items() if lev == level and self.points[ref] > 0}
        if level == "province":
            if best == self.around.home:
                return None
            national = _NATIONAL.search(self.around.body, 0, self.lead_end)
            many = len(peers) >= (_MANY if national else _ALL_OVER)
            return COUNTRY if many and not self.around.home else None
        by_parent: dict[str, set[str]] = defaultdict(set)
        for ref in peers:
            by_parent[self.parents.get(ref, "")].add(ref)
        parent = self.parents.get(best, "")
        if len(by_parent[parent]) < _MANY or not parent:
            return None
        return parent if self.points[parent] > 0 or parent == self.around.province else None
