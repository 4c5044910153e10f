"""What a number is about: an indicator of the vocabulary, a slice of one, or another thing by its printed name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.facts.clauses import Clause
from scraper.vietnamese.periods import Period
from scraper.vietnamese.vocabulary import Mention, indicators

_FUNCTION = (
    "đạt|ước|được|là|có|còn|bằng|vượt|tăng|giảm|kéo giảm|chiếm|khoảng|gần|trên|hơn|dưới|với|và|trong đó|trong|riêng|gồm|bao gồm|cả|đã|mới|chỉ|hiện|nay"
    "|đến nay|toàn|thành phố|quận|huyện|tỉnh|xã|phường|thị xã|tx|tp|cùng kỳ|so với|so|từ|lên|xuống|tới|đến|ở|mức|bình quân|tổng|tổng số|số|cộng dồn"
    "|lũy kế|tính chung|chung|nhẹ|mạnh|cao|thấp|nhiều|ít|tương đương|thì|đều|cũng|vẫn|tiếp tục|đồng thời|đưa|nâng|xấp xỉ|ít nhất|tối thiểu|không|quá|năm"
    "|thực hiện|tỷ lệ|tương ứng|này|đó|các|những|một|tại|trên địa bàn|địa bàn|khi|do|để|sẽ|phải|phấn đấu|mục tiêu|cho|vào|của|theo|nếu|cụ thể|trước|sau"
    "|cuối|đầu|tháng|quý|hết|tính|đây|gấp|hoàn thành|xảy ra|=|thêm|khá|sâu|nhất|hoặc|như|giữ|duy trì|ngay|cùng|kỳ|lần lượt|nhưng|song|việc|trung bình"
    "|chưa|cao nhất|thấp nhất|thấp hơn|cao hơn|nhiều hơn|hiện có|hiện nay|qua|rồi|mỗi|ngày|luôn|xuống còn|ước tính|dự kiến|vỏn vẹn|đáng kể|kế hoạch|kh|nq"
    "|chỉ tiêu|dự toán|đề ra|toàn bộ|thực tế|bị|làm|phát hiện|ghi nhận|huy động|thu|chi|đầu tư"
)
_FUNCTION_WORDS = re.compile(rf"(?<!\w)(?:{_FUNCTION})(?!\w)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CLOSED = re.compile(r"\([^()]*\)")
_NOT_SUBJECT = re.compile(r"(?<!\w)(?:so với|nhờ|do|vì|sau khi|để|nhằm|bởi|nguyên nhân)(?!\w)[^,;]*$")
_NEW_THING = re.compile(
    r"(?<!\w)(?:thiệt hại|tổng kinh phí|kinh phí|với số tiền|số tiền|trị giá|bị thương|tài sản|thu giữ|phạt tiền|xử phạt|trọng lượng|sản lượng|đối tượng|doanh thu"
    r"|diện tích|năng suất|tổng vốn|số vốn|vốn đầu tư|giá trị|lãi|nợ|đóng góp|hiến|chi trả|cho vay|hỗ trợ|tiêu hủy|truy thu|giảm lỗ|hoàn thuế|tổng tiền|số hộ|số người)(?!\w)"
)
_SLICE_JOINT = re.compile(r"trong đó|riêng|gồm|bao gồm|chia ra|cụ thể|:|\(|,|và|;")
_MONEY = frozenset({"VND", "USD", "EUR"})
_RATIO = frozenset({"percent", "percentage_point", "times", ""})
_GROWTH = frozenset({"grdp_growth", "economic_growth", "iip", "cpi"})
_CASES = frozenset(
    {"crime_cases", "traffic_accidents", "drug_cases", "fires", "covid_cases", "crime_clearance_rate"}
)
_AREAS = frozenset({"ha", "m2", "km2"})
_FITS = {
    "crop_area": _AREAS, "traffic_deaths": frozenset({"person"}), "crop_yield": frozenset({"tạ/ha", "tấn/ha", "kg"}),
    "food_output": frozenset({"tonne", "kg", "tạ"}), "fishery_output": frozenset({"tonne", "kg", "con"}),
    "livestock_output": frozenset({"con", "tonne", "quả", "lít", "kg"}), "port_cargo": frozenset({"tonne", "teu", "ttq", "container", "m3"}),
    "new_enterprises": frozenset({"enterprise"}), "party_members_admitted": frozenset({"party_member", "person"}),
    "party_members": frozenset({"party_member", "person"}), "tourist_arrivals": frozenset({"visit", "person", "lượt"}),
    "international_tourists": frozenset({"visit", "person", "lượt"}), "population": frozenset({"person"}),
    "road_built": frozenset({"km", "m2"}), "investment_projects": frozenset({"project"}),
    "household_businesses": frozenset({"household", "giấy", "case", "giấy phép"}), "new_rural_communes": frozenset({"commune"}),
    "conscription": frozenset({"person", "party_member"}), "jobs_created": frozenset({"person", "job"}),
    "labour_export": frozenset({"person"}), "forest_cover": frozenset(), "ocop_products": frozenset({"sản phẩm"}),
    "party_cells_established": frozenset({"party_cell", "tổ chức đảng", "đảng bộ", "chi bộ, đảng bộ"}),
    "national_standard_schools": frozenset({"school"}), "near_poor_rate": frozenset({"household", "person"}),
    "poverty_rate": frozenset({"household", "person"}), "cultural_families": frozenset({"household", "thôn", "tổ dân phố", "khu phố", "khu dân cư", "làng", "ấp", "khóm"}),
    "graduation_rate": frozenset({"person"}), "school_enrolment": frozenset({"person"}), "on_time_file_rate": frozenset({"hồ sơ"}),
    "health_insurance_coverage": frozenset({"person", "thẻ"}), "social_insurance_coverage": frozenset({"person", "case"}),
    "unemployment_rate": frozenset({"person"}), "trained_workers_rate": frozenset({"person"}),
    "clean_water_rate": frozenset({"household", "person"}), "urbanization_rate": frozenset(),
}  # fmt: skip
_FITS_CASE = frozenset({"case"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing that a number measures."""

    key: str
    name: str
    breakdown: str | None
    start: int
    """Where its words begin, for the evidence."""
    rule: str
    own_key: bool = False
    """True where the clause itself names the indicator."""
    own_name: bool = False
    """True where the clause names a thing of its own, in the vocabulary or not."""
    is_rate: bool = False
    is_flow: bool = False
    is_growth: bool = False
    sure: float = 0.9


def fits(key: str, unit: str) -> bool:
    """Tell whether an indicator can be counted in a unit: traffic deaths in persons, not in đồng."""
    if key == "other" or unit in _RATIO:
        return True
    if key in _GROWTH:
        return False
    if key in _CASES:
        return unit in _FITS_CASE
    if key in _FITS:
        return unit in _FITS[key]
    default = indicators()[key].default_unit
    if default in _MONEY:
        return unit in _MONEY
    return unit not in _MONEY


def traits(key: str, name: str) -> tuple[bool, bool, bool]:
    """Tell of an indicator whether it is a rate, an amount that plans are made for, and a growth."""
    if key in _GROWTH:
        return False, False, True
    is_named_rate = bool(re.search(r"(?<!\w)(?:tỷ lệ|tỉ lệ|bao phủ|tỷ trọng|tỷ suất)(?!\w)", name.lower()))
    if key == "other":
        return is_named_rate, False, False
    default = indicators()[key].default_unit
    is_rate = is_named_rate or default == "percent"
    is_flow = not is_rate and (
        default
        in (
            "VND",
            "USD",
            "ha",
            "tonne",
            "party_member",
            "person",
            "tấn/ha",
            "tạ/ha",
            "visit",
            "job",
            "enterprise",
            "commune",
            "party_cell",
        )
        and key not in ("national_standard_schools", "traffic_deaths", "population", "school_enrolment")
    )
    return is_rate, is_flow, False


def residue(
    plain: str, start: int, end: int, periods: Sequence[Period], taken: Sequence[tuple[int, int]]
) -> str:
    """Give the words of a stretch that are neither function words, periods nor the taken stretches."""
    text = list(plain[start:end])
    for first, last in [(p.start, p.end) for p in periods] + list(taken):
        for position in range(max(first, start), min(last, end)):
            text[position - start] = " "
    joined = _CLOSED.sub(" ", "".join(text))
    return " ".join(_WORD.findall(_FUNCTION_WORDS.sub(" ", joined)))


class Subjects:
    """Finds the subject of each number of an article, carrying it where it is not said again."""

    def __init__(self, plain: str, text: str, mentions: Sequence[Mention], periods: Sequence[Period]) -> None:
        """`text` is the article's text as printed, `plain` its levelled form."""
        self.plain, self.text = plain, text
        self.mentions, self.periods = mentions, periods
        self.last: Subject | None = None
        self._stack: list[tuple[int, Subject | None]] = []
        self._main: Subject | None = None

    def start_sentence(self) -> None:
        """Forget what brackets were open."""
        self._stack = []
        self._main = None

    def subject_of(self, clause: Clause, areas: Sequence[tuple[int, int]]) -> Subject | None:
        """Give the subject of a clause's number; None where nothing is named and nothing can be carried."""
        self._brackets(clause)
        found = self._find(clause, areas)
        if found is None:
            return None
        if not fits(found.key, clause.quantity.unit):
            found = self._refit(found, clause)
        is_rate, is_flow, is_growth = traits(found.key, found.name)
        found = replace(found, is_rate=is_rate, is_flow=is_flow, is_growth=is_growth)
        self.last = found
        return found

    def _brackets(self, clause: Clause) -> None:
        while self._stack and self._stack[-1][0] > clause.depth - 1:
            _, self.last = self._stack.pop()
        while clause.depth > len(self._stack):
            self._stack.append((len(self._stack), self.last))

    def _find(self, clause: Clause, areas: Sequence[tuple[int, int]]) -> Subject | None:
        quantity = clause.quantity
        start = max(clause.head_start, clause.opened) if clause.depth else clause.head_start
        head = [m for m in self.mentions if start <= m.start and m.end <= quantity.start]
        head = [
            m
            for m in head
            if not _NOT_SUBJECT.search(self.plain, start, m.start) and not self._closed(m, quantity.start)
        ]
        if quantity.unit:
            head = [m for m in head if fits(m.key, quantity.unit)] or head[-1:]
        tail = [
            m
            for m in self.mentions
            if quantity.number_end <= m.start and m.end <= max(clause.tail_end, quantity.end)
        ]
        rest = residue(self.plain, start, quantity.start, self.periods, areas)
        whole_tail = [m for m in tail if m.start <= quantity.unit_start + 1 and m.end > quantity.end]
        if quantity.is_noun and whole_tail and fits(whole_tail[0].key, quantity.unit):
            if not (
                head
                and self._is_near(head[-1], quantity.start, areas)
                and head[-1].key == "party_members_admitted"
            ):
                return self._from_tail(whole_tail[0], clause, "counted")
        if head and self._is_near(head[-1], quantity.start, areas):
            return self._from_head(head[-1], clause, "named")
        close = [m for m in tail if not self._words_between(quantity.end, m.start)]
        if close and fits(close[0].key, quantity.unit):
            return self._from_tail(close[0], clause, "behind")
        if head and (not _NEW_THING.search(self.plain, head[-1].end, quantity.start)):
            return self._from_head(head[-1], clause, "named_far")
        if tail and fits(tail[0].key, quantity.unit) and quantity.is_noun:
            return self._from_tail(tail[0], clause, "counted_far")
        return self._unnamed(clause, rest, start)

    def _closed(self, mention: Mention, here: int) -> bool:
        opened = self.plain.count("(", mention.end, here)
        return self.plain.count(")", mention.end, here) > opened

    def _is_near(self, mention: Mention, here: int, areas: Sequence[tuple[int, int]]) -> bool:
        words = residue(self.plain, mention.end, here, self.periods, areas)
        parted = re.search(r"[,;]", _CLOSED.sub("", self.plain[mention.end : here]))
        return len(words.split()) <= (2 if parted else 7) and not _NEW_THING.search(
            self.plain, mention.end, here
        )

    def _words_between(self, start: int, end: int) -> str:
        return residue(self.plain, start, end, (), ())

    def _from_head(self, mention: Mention, clause: Clause, rule: str) -> Subject:
        end = mention.end
        stop = re.compile(
            r"(?<!\w)(?:đạt|ước|tăng|giảm|bằng|vượt|chiếm|còn|là|được|có|đã|mới|chỉ|gấp|tính|lũy kế|trên địa bàn|xảy ra|thực hiện|do|toàn|lên|xuống|cả năm|hiện)(?!\w)|[,;:(=]|\d"
        ).search(self.plain, mention.end, clause.quantity.start)
        extra_end = stop.start() if stop else clause.quantity.start
        extra = residue(self.plain, mention.end, extra_end, self.periods, ())
        breakdown = None
        if extra and 1 <= len(extra.split()) <= 9:
            end = extra_end
            breakdown = self.text[mention.end : extra_end].strip(" ,-") or None
        name = self.text[mention.start : end].strip(" ,-")
        return Subject(mention.key, name, breakdown, mention.start, rule, True, True)

    def _from_tail(self, mention: Mention, clause: Clause, rule: str) -> Subject:
        quantity = clause.quantity
        begin = quantity.unit_start if quantity.is_noun else mention.start
        end = max(mention.end, self._tail_end(clause))
        name = self.text[begin:end].strip(" ,-.")
        verb = residue(
            self.plain, max(clause.head_start, quantity.start - 24), quantity.start, self.periods, ()
        )
        breakdown = self.text[mention.end : end].strip(" ,-.") or None
        if breakdown and not residue(self.plain, mention.end, end, self.periods, ()):
            breakdown = None
        start = clause.head_start if verb else quantity.start
        return Subject(mention.key, f"{verb} {name}".strip(), breakdown, start, rule, True, True)

    def _tail_end(self, clause: Clause) -> int:
        return min(clause.tail_end, clause.quantity.end + 90)

    def _unnamed(self, clause: Clause, rest: str, start: int) -> Subject | None:
        """Name a thing that the vocabulary lacks, or carry the subject that was named before."""
        quantity, last = clause.quantity, self.last
        is_list = bool(clause.joint) and bool(_SLICE_JOINT.search(clause.joint))
        tail = self.text[quantity.end : self._tail_end(clause)].strip(" ,-.")
        counted = quantity.is_noun and (last is None or not self._same_count(clause))
        if not rest and not counted:
            if last is None:
                if not tail:
                    return None
                return Subject(
                    "other",
                    self._name(clause, start, tail),
                    None,
                    start,
                    "behind_other",
                    False,
                    True,
                    sure=0.6,
                )
            if clause.gap_start == clause.sentence.start and not re.match(
                r"\W*(?:tăng|giảm|bằng|đạt)", self.plain[start : start + 12]
            ):
                return Subject(
                    "other", self._name(clause, start, tail), None, start, "other", False, True, sure=0.6
                )
            return replace(last, own_key=False, own_name=False, rule="carried")
        name = self._name(clause, start, tail)
        is_new = bool(_NEW_THING.search(self.plain, start, quantity.start)) or counted
        same_sentence = last is not None and last.start >= clause.sentence.start
        if last is not None and same_sentence and is_list and not is_new and fits(last.key, quantity.unit):
            if last.key != "other":
                slice_name = self.text[start : quantity.start]
                printed = _tidy(slice_name) or name
                return Subject(
                    last.key, f"{last.name} {printed}", printed, start, "slice", False, True, sure=0.75
                )
        return Subject("other", name, None, start, "other", False, True, sure=0.75)

    def _same_count(self, clause: Clause) -> bool:
        """Tell whether a count goes on with the thing counted before: "tăng 11 vụ", "(-8 vụ)"."""
        head = self.plain[clause.head_start : clause.quantity.start]
        return bool(
            re.search(r"(?<!\w)(?:tăng|giảm|hơn|thấp hơn|nhiều hơn|ít hơn)\s*(?:thêm |được )?(?:\w+ )?$", head)
            or clause.quantity.sign
        ) and self.last is not None and (fits(self.last.key, clause.quantity.unit))  # fmt: skip

    def _name(self, clause: Clause, start: int, tail: str) -> str:
        quantity = clause.quantity
        head = _tidy(self.text[max(start, quantity.start - 110) : quantity.start])
        counted = self.text[quantity.unit_start : quantity.end].strip() if quantity.is_noun else ""
        return " ".join(part for part in (head, counted, tail) if part) or "không rõ"

    def _refit(self, found: Subject, clause: Clause) -> Subject:
        """Find another name for a number that its indicator cannot be counted in."""
        tail = self.text[clause.quantity.end : self._tail_end(clause)].strip(" ,-.")
        name = self._name(clause, clause.head_start, tail)
        return Subject("other", name, None, found.start, "unfit", False, True, sure=0.7)


def _tidy(text: str) -> str:
    words = re.sub(r"[\s,;:()\"“”]+", " ", text).strip(" -–=")
    words = re.sub(
        r"(?:\s|^)(?:đạt|ước|được|là|có|còn|bằng|tăng|giảm|chiếm|khoảng|gần|trên|hơn|dưới|với|đã|mới|chỉ|ước đạt|xảy ra|lên|tới|đến|từ|ở mức|tổng số|=)$",
        "", words, flags=re.IGNORECASE,
    )  # fmt: skip
    return words.strip()
