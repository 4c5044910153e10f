"""The reporter: says figures of the hidden economy in phrases, and knows what it said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from scraper.replica import economy
from scraper.replica.amounts import print_level
from scraper.replica.economy import BY_KEY, Series
from scraper.replica.figures import Period, plain, printed, rounded
from scraper.replica.places import Area
from scraper.replica.prose import Slot, fill, phrases
from scraper.replica.records import Fact, Text

_OWN_PHRASES = {
    "party_members_admitted": ("party_actual", "kết nạp đảng viên"),
    "jobs_created": ("jobs_actual", "giải quyết việc làm"),
    "admin_files_processed": ("files_actual", "tiếp nhận hồ sơ thủ tục hành chính"),
    "construction_permits": ("permits_actual", "cấp giấy phép xây dựng"),
    "new_enterprises": ("enterprises_actual", "doanh nghiệp thành lập mới"),
    "tourist_arrivals": ("visits_actual", "lượt khách"),
}
_ASSIGNED = {
    "budget_revenue", "non_state_tax_revenue", "land_use_revenue", "party_members_admitted", "jobs_created",
    "public_investment_disbursement", "party_cells_established", "fdi_attracted",
}  # fmt: skip
_FEW = {"crime_cases", "traffic_accidents", "construction_order_violations", "party_cells_established"}
_NO_PLAN = _FEW | {"admin_files_processed", "construction_permits", "registered_capital"}


@dataclass(slots=True)
class _Clause:
    """What the clause in hand is about."""

    series: Series
    period: Period
    status: str
    name: str
    start: int
    quoted: bool = True


class Reporter:
    """Says statements about one area, each with its fact, and minds which period was said last.

    `restated` replaces values of earlier reports, for deliberate corrections: (key, period code) → value.
    """

    def __init__(
        self,
        seed: int,
        area: Area,
        period: Period,
        rng: Random,
        restated: Mapping[tuple[str, str], Decimal] | None = None,
    ) -> None:
        self.seed, self.area, self.period, self.rng = seed, area, period, rng
        self.said: Period | None = None
        """The period that was printed last; None: none yet, so that the next clause must print its own."""
        self.restated = dict(restated or {})
        self._told: set[tuple[str, str]] = set()

    # values

    def value(self, key: str, period: Period) -> Decimal:
        """Return the rounded value of the indicator in the period."""
        restated = self.restated.get((key, period.code))
        return restated or economy.value(self.seed, self.area.code, self.area.profile, key, period)

    def plan(self, key: str, year: int, own: bool = False) -> Decimal:
        """Return the year's plan."""
        return economy.plan(self.seed, self.area.code, self.area.profile, key, year, own)

    def has(self, key: str) -> bool:
        """Whether this area reports the indicator at all, with a number worth saying."""
        series = BY_KEY[key]
        if self.area.profile not in series.size:
            return False
        return series.kind == "rate" or self.value(key, self.period) >= (3 if series.decimals == 0 else 1)

    def is_told(self, key: str) -> bool:
        """Whether the indicator was already told of the reporting period."""
        return (key, self.period.code) in self._told

    # sentences

    def say(self, key: str, period: Period | None = None, status: str = "A") -> Text:
        """Return one clause on the indicator: level, plan, growth, in one of many shapes; no full stop."""
        series = BY_KEY[key]
        period = period or self.period
        text = Text()
        clause = _Clause(series, period, status, self._name(series), 0)
        if series.kind == "rate":
            shape = "poverty" if key == "poverty_rate" else "rate"
        elif status == "E":
            shape = "visits_estimate" if key == "tourist_arrivals" else "estimate"
        elif key in _OWN_PHRASES and self.rng.random() < 0.75:
            shape, clause.name = _OWN_PHRASES[key]
        elif key in _FEW:
            shape = "few"
        else:
            shape = "count_actual" if series.decimals == 0 else "actual"
        if shape.startswith("visits"):
            clause.name = "lượt khách"
        self._write(text, shape, clause)
        self._told.add((key, period.code))
        return text

    def say_within(self, key: str, status: str = "A") -> Text:
        """Return a part of what was said before: "trong đó, thuế ngoài quốc doanh …"."""
        text = Text()
        clause = _Clause(BY_KEY[key], self.said or self.period, status, self._name(BY_KEY[key]), 0)
        self._write(text, "within", clause)
        self._told.add((key, (self.said or self.period).code))
        return text

    def say_month(self, key: str, month: Period) -> Text:
        """Return a month's figure and the running total in one clause; in January they are one figure."""
        running = Period(month.year, month.months)
        if month.months == 1:
            return self.say(key, running)
        text = Text()
        self._write(text, "month", _Clause(BY_KEY[key], running, "A", self._name(BY_KEY[key]), 0))
        self._told.add((key, running.code))
        return text

    def say_official(self, key: str, name: str) -> Text:
        """Return the settled level of the reporting period in full, under a name that was printed before."""
        text = Text()
        self._write(text, "official", _Clause(BY_KEY[key], self.period, "A", name, 0))
        return text

    def say_target(self, key: str, period: Period) -> Text:
        """Return an aim for a coming period."""
        text = Text()
        self._write(text, "target", _Clause(BY_KEY[key], period, "T", self._name(BY_KEY[key]), 0))
        return text

    def growth_list(self, keys: Sequence[str], status: str = "A") -> Text:
        """Return growths in a row under one base: "So với cùng kỳ năm trước, X tăng 9%; Y tăng 12%"."""
        text = Text()
        self._mention(text, self.period, always=True)
        head = self.rng.choice(
            ("so với cùng kỳ năm trước", "so với cùng kỳ", f"so với cùng kỳ năm {self.period.year - 1}")
        )
        text.add(f", {head}")
        glue = self.rng.choice((", ", ": "))
        for key in keys:
            text.add(glue)
            glue = "; "
            series = BY_KEY[key]
            clause = _Clause(series, self.period, status, self._name(series), len(text))
            text.add(clause.name + (" ước " if status == "E" else " "))
            if not self._change(text, clause, base=""):
                text.add("giữ ổn định")
        return text

    # parts

    def _name(self, series: Series) -> str:
        name = self.rng.choice(series.names)
        unit = self.area.kind
        if series.key == "budget_revenue" and "địa bàn" not in name and self.rng.random() < 0.4:
            name += self.rng.choice((" trên địa bàn", f" trên địa bàn {unit}"))
        return name

    def _write(self, text: Text, shape: str, clause: _Clause) -> None:
        clause.start = len(text)
        lines = phrases("statements")[shape]
        key = clause.series.key
        if key in _NO_PLAN:
            lines = tuple(
                line for line in lines if not any(slot in line for slot in ("{P}", "{Q}", "{O}", "{V}"))
            )
        month = Period(clause.period.year, clause.period.months, single=True)
        monthly = _Clause(clause.series, month, clause.status, clause.name, clause.start)
        slots: dict[str, Slot] = {
            "N": clause.name,
            "u": self.area.kind,
            "T": lambda t: self._mention(t, clause.period, always=shape in ("month", "target")),
            "TM": lambda t: self._mention(t, month, always=True),
            "L": lambda t: self._level(t, clause),
            "E": lambda t: self._exact_level(t, clause),
            "LF": lambda t: self._level(t, clause, " thủ tục hành chính"),
            "LX": lambda t: self._level(t, clause, " xây dựng"),
            "LD": lambda t: self._level(t, clause, " đăng ký thành lập mới"),
            "LN": lambda t: self._level(t, clause, " thành lập mới"),
            "LM": lambda t: self._level(t, monthly),
            "U": lambda t: self._floor(t, clause),
            "P": lambda t: self._of_plan(t, clause, verb=True),
            "Q": lambda t: self._of_plan(t, clause, verb=False),
            "O": lambda t: self._of_own_plan(t, clause),
            "V": lambda t: self._plan_value(t, clause),
            "G": lambda t: self._growth(t, clause),
            "GM": lambda t: self._change_on_month(t, monthly),
            "X": lambda t: self._of_last_year(t, clause),
            "A": lambda t: self._difference(t, clause),
            "D": lambda t: self._points(t, clause),
        }
        line = self.rng.choice(lines)
        if shape != "within" and "{T}" not in line and clause.period != self.said:
            self._mention(text, clause.period, always=True)
            text.add(", ")
        fill(text, line, slots, self.rng)
        text.text = text.text.rstrip(" ,")

    def _mention(self, text: Text, period: Period, always: bool = False) -> None:
        if always or period != self.said or self.rng.random() < 0.3:
            names = period.names()
            text.add(self.rng.choice(names))
            self.said = period

    def _fact(self, text: Text, clause: _Clause, measure: str, value: Decimal, **more: object) -> None:
        fact: Fact = {
            "indicator_name": clause.name,
            "indicator": clause.series.key,
            "breakdown": None,
            "measure": measure,
            "base": None,
            "obs_value": plain(value),
            "obs_value_upper": None,
            "unit_measure": "percent",
            "unit_mult": 0,
            "bound": "exact",
            "obs_status": clause.status,
            "time_period": clause.period.code,
            "ref_area": self.area.code,
        }
        fact.update(more)
        text.mark("indicator", clause.start, fact)

    def _level(self, text: Text, clause: _Clause, tail: str = "") -> None:
        series = clause.series
        value = self.value(series.key, clause.period)
        if clause.status == "T":
            value = rounded(
                self.plan(series.key, clause.period.year) * clause.period.months / 12, min(series.decimals, 0)
            )
        if series.kind == "rate":
            text.add(f"{printed(value)}%")
            self._fact(text, clause, "share", value)
            return
        words, number, mult, bound = print_level(series, value, clause.name, self.rng)
        text.add(words + tail)
        self._fact(text, clause, "level", number, unit_measure=series.unit, unit_mult=mult, bound=bound)

    def _exact_level(self, text: Text, clause: _Clause) -> None:
        series, value = clause.series, self.value(clause.series.key, clause.period)
        text.add(f"{printed(value)} {series.printed}")
        self._fact(text, clause, "level", value, unit_measure=series.unit, unit_mult=series.mult)

    def _floor(self, text: Text, clause: _Clause) -> None:
        series = clause.series
        value = rounded(self.plan(series.key, clause.period.year) * clause.period.months / 12, 0)
        unit = "lượt" if "khách" in clause.name and series.unit == "visit" else series.printed
        text.add(self.rng.choice((f"trên {printed(value)} {unit}", f"từ {printed(value)} {unit} trở lên")))
        self._fact(
            text, clause, "level", value, unit_measure=series.unit, unit_mult=series.mult, bound="at_least"
        )

    def _plan_words(self, clause: _Clause) -> tuple[str, str]:
        key = clause.series.key
        if key not in _ASSIGNED or self.rng.random() < 0.35:
            words = ["kế hoạch năm", "kế hoạch", "kế hoạch cả năm"]
            if clause.series.topic == "budget":
                words += ["dự toán năm", "dự toán"]
            return self.rng.choice(words), "annual_plan"
        giver = "Trung ương" if self.area.code == "31" else "thành phố"
        if key.startswith("party"):
            return (
                ("chỉ tiêu Thành ủy giao", "assigned_plan")
                if self.area.code != "31"
                else ("kế hoạch năm", "annual_plan")
            )
        if clause.series.topic == "budget":
            return self.rng.choice(
                (f"dự toán {giver} giao", f"kế hoạch {giver} giao", f"chỉ tiêu {giver} giao")
            ), "assigned_plan"
        return f"kế hoạch {giver} giao", "assigned_plan"

    def _of_plan(self, text: Text, clause: _Clause, verb: bool) -> None:
        key = clause.series.key
        share = economy.ratio(
            self.value(key, clause.period), self.plan(key, clause.period.year), self.rng.choice((1, 1, 1, 2))
        )
        words, base = self._plan_words(clause)
        over = share - 100
        if verb and over > 0 and self.rng.random() < 0.5:
            text.add(f"vượt {printed(over)}% {words}")
            self._fact(text, clause, "change_rate", over, base="plan")
            return
        text.add(f"{self.rng.choice(('bằng ', 'đạt ', 'bằng ')) if verb else ''}{printed(share)}% {words}")
        self._fact(text, clause, "plan_ratio", share, base=base)

    def _of_own_plan(self, text: Text, clause: _Clause) -> None:
        key = clause.series.key
        share = economy.ratio(self.value(key, clause.period), self.plan(key, clause.period.year, own=True))
        unit = "thành phố" if self.area.code == "31" else self.area.kind
        noun = "dự toán" if clause.series.topic == "budget" else "kế hoạch"
        text.add(f"bằng {printed(share)}% {noun} HĐND {unit} giao")
        self._fact(text, clause, "plan_ratio", share, base="own_plan")

    def _plan_value(self, text: Text, clause: _Clause) -> None:
        series = clause.series
        value = self.plan(series.key, clause.period.year)
        text.add(f"{printed(value)} {series.printed}")
        self._fact(text, clause, "level", value, unit_measure=series.unit, unit_mult=series.mult,
                   obs_status="T", time_period=str(clause.period.year))  # fmt: skip

    def _base_words(self, clause: _Clause) -> tuple[str, str]:
        before = clause.period.year - 1
        words = [
            ("so với cùng kỳ", "same_period"),
            ("so cùng kỳ", "same_period"),
            ("so với cùng kỳ năm trước", "same_period"),
            (f"so với cùng kỳ năm {before}", "same_period"),
            ("so với cùng kỳ", "same_period"),
            (f"so với cùng kỳ {before}", "same_period"),
        ]
        if clause.period.months == 12 and not clause.period.single:
            words = [
                (f"so với năm {before}", "previous_year"),
                ("so với năm trước", "previous_year"),
                ("so với cùng kỳ", "same_period"),
            ]
        return self.rng.choice(words)

    def _change(self, text: Text, clause: _Clause, base: str | None = None) -> bool:
        before = self.value(clause.series.key, clause.period.last_year())
        if before == 0:
            return False
        now = self.value(clause.series.key, clause.period)
        words, key = self._base_words(clause) if base is None else (base, "same_period")
        tail = f" {words}" if words else ""
        if now >= before * 2 + before / 10:
            times = rounded(now / before, 2)
            text.add(f"gấp {printed(times)} lần{tail}")
            self._fact(text, clause, "multiple", times, base=key, unit_measure="times")
            return True
        change = rounded((now / before - 1) * 100, self.rng.choice((1, 1, 2)))
        if change == 0:
            return False
        text.add(f"{'tăng' if change > 0 else 'giảm'} {printed(change)}%{tail}")
        self._fact(text, clause, "change_rate", change, base=key)
        return True

    def _growth(self, text: Text, clause: _Clause) -> None:
        if not self._change(text, clause):
            text.add("tương đương cùng kỳ")

    def _change_on_month(self, text: Text, clause: _Clause) -> None:
        month = clause.period
        if month.months == 1:
            text.add("đúng tiến độ")
            return
        before = self.value(clause.series.key, Period(month.year, month.months - 1, single=True))
        change = (
            rounded((self.value(clause.series.key, month) / before - 1) * 100, 1)
            if before > 0
            else Decimal(0)
        )
        if change == 0:
            text.add("tương đương tháng trước")
            return
        text.add(f"{'tăng' if change > 0 else 'giảm'} {printed(change)}% so với tháng trước")
        self._fact(text, clause, "change_rate", change, base="previous_period")

    def _of_last_year(self, text: Text, clause: _Clause) -> None:
        before = self.value(clause.series.key, clause.period.last_year())
        share = economy.ratio(self.value(clause.series.key, clause.period), before)
        text.add(
            f"bằng {printed(share)}% {self.rng.choice(('cùng kỳ', 'so với cùng kỳ', 'cùng kỳ năm trước'))}"
        )
        self._fact(text, clause, "multiple", share, base="same_period")

    def _difference(self, text: Text, clause: _Clause) -> None:
        series = clause.series
        change = self.value(series.key, clause.period) - self.value(series.key, clause.period.last_year())
        if change == 0:
            text.add("bằng cùng kỳ")
            return
        text.add(f"{'tăng' if change > 0 else 'giảm'} {printed(change)} {series.printed} so với cùng kỳ"
                 f"{self.rng.choice(('', ' năm trước'))}")  # fmt: skip
        self._fact(text, clause, "change_abs", change, base="same_period", unit_measure=series.unit)

    def _points(self, text: Text, clause: _Clause) -> None:
        period = clause.period
        year_end = self.rng.random() < 0.6
        before = Period(period.year - 1, 12) if year_end else period.last_year()
        change = self.value(clause.series.key, period) - self.value(clause.series.key, before)
        if change == 0:
            text.add("giữ ổn định")
            return
        words = self.rng.choice(("so với đầu năm", "so với cuối năm trước")) if year_end else "so với cùng kỳ"
        unit = self.rng.choice(("%", " điểm %", "%"))
        text.add(f"{'tăng' if change > 0 else 'giảm'} {printed(change)}{unit} {words}")
        self._fact(text, clause, "change_abs", change, base="start_of_period" if year_end else "same_period",
                   unit_measure="percentage_point")  # fmt: skip
