"""The hidden economy: every figure that the stories report comes from here, so that reports agree over time.

An indicator of an area has a yearly size, a growth that differs by year, a plan set beforehand and a course
through the months; what is printed is rounded here, and ratios and growths are computed from rounded values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from scraper.replica.figures import Period, rounded

FIRST_YEAR = 2017


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator that areas report."""

    key: str
    names: tuple[str, ...]
    """How it is named in running text, lower case."""
    unit: str
    mult: int
    printed: str
    """The unit's printed form."""
    decimals: int
    size: dict[str, float]
    """Yearly amount in 2018 by profile; only these profiles report it."""
    growth: float
    topic: str
    kind: str = "flow"
    """flow: adds up over the year; rate: a percentage that moves by `growth` points a year."""
    swing: float = 0.05


def _money(
    key: str, names: str, topic: str, growth: float, swing: float = 0.05, decimals: int = 1, **size: float
) -> Series:
    return Series(
        key, tuple(names.split("|")), "VND", 9, "tỷ đồng", decimals, size, growth, topic, swing=swing
    )


def _count(
    key: str,
    names: str,
    topic: str,
    unit: str,
    printed: str,
    growth: float,
    swing: float = 0.08,
    **size: float,
) -> Series:
    return Series(key, tuple(names.split("|")), unit, 0, printed, 0, size, growth, topic, swing=swing)


def _rate(key: str, names: str, topic: str, step: float, decimals: int = 1, **size: float) -> Series:
    return Series(key, tuple(names.split("|")), "percent", 0, "%", decimals, size, step, topic, "rate", 0.2)


_U = {"urban": 1.0, "port": 1.2, "coast": 0.45, "rural": 0.6, "island": 0.5, "islet": 0.012, "ward": 0.45, "village": 0.12}  # fmt: skip


def _all(amount: float, **other: float) -> dict[str, float]:
    return {profile: amount * share for profile, share in _U.items()} | other


SERIES: tuple[Series, ...] = (
    _money("budget_revenue", "thu ngân sách nhà nước|tổng thu ngân sách nhà nước trên địa bàn|thu ngân sách|tổng thu ngân sách", "budget", 0.09, **_all(1150, city=72000)),
    _money("non_state_tax_revenue", "thuế ngoài quốc doanh|thu thuế công thương nghiệp ngoài quốc doanh|thu ngoài quốc doanh", "budget", 0.11, **_all(260, islet=0.9, city=5400)),
    _money("land_use_revenue", "thu tiền sử dụng đất|thu từ đấu giá quyền sử dụng đất", "budget", 0.04, 0.18, urban=160, port=320, coast=90, rural=240, city=4200),
    _money("budget_expenditure", "tổng chi ngân sách|chi ngân sách địa phương", "budget", 0.07, **_all(620, islet=48, city=21000)),
    _money("public_investment_disbursement", "giải ngân vốn đầu tư công", "investment", 0.08, 0.12, **_all(210, islet=22, city=9800)),
    _money("production_value", "tổng giá trị sản xuất các ngành kinh tế|tổng giá trị sản xuất", "economy", 0.12, **_all(9800, islet=420)),
    _money("industrial_production_value", "giá trị sản xuất công nghiệp - xây dựng|giá trị sản xuất công nghiệp", "economy", 0.13, urban=4200, port=5600, coast=900, rural=5200, village=800, ward=1600),
    _money("agriculture_value", "giá trị sản xuất nông, lâm, thủy sản|giá trị sản xuất nông nghiệp", "agriculture", 0.018, 0.02, rural=1850, island=690, islet=96, village=340),
    _money("trade_services_value", "giá trị thương mại, dịch vụ|doanh thu thương mại, dịch vụ", "economy", 0.14, urban=5100, port=3900, coast=1700, rural=2600, island=1900, ward=1900),
    _money("retail_sales", "tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng|tổng mức bán lẻ hàng hóa", "trade", 0.12, urban=9800, port=6100, city=131000, ward=3100),
    Series("exports", ("kim ngạch xuất khẩu", "giá trị hàng xuất khẩu"), "USD", 6, "triệu USD", 1, {"urban": 210, "port": 640, "rural": 380, "city": 9800}, 0.15, "trade"),
    Series("port_cargo", ("sản lượng hàng hóa qua cảng", "hàng hóa thông qua cảng"), "tonne", 6, "triệu tấn", 2, {"port": 31, "city": 109}, 0.09, "transport"),
    Series("fdi_attracted", ("thu hút vốn đầu tư trực tiếp nước ngoài", "thu hút FDI"), "USD", 6, "triệu USD", 1, {"city": 1450}, 0.12, "investment", swing=0.15),
    _money("tourism_revenue", "doanh thu du lịch|tổng thu từ khách du lịch", "tourism", 0.12, 0.06, coast=760, island=1350, city=6900),
    _count("tourist_arrivals", "lượng khách du lịch|khách du lịch", "tourism", "visit", "lượt khách", 0.10, coast=2150000, island=2480000, city=7790000),
    _count("international_tourists", "khách quốc tế", "tourism", "visit", "lượt khách", 0.12, coast=68000, island=395000, city=870000),
    _count("new_enterprises", "số doanh nghiệp thành lập mới|doanh nghiệp đăng ký thành lập mới", "business", "enterprise", "doanh nghiệp", 0.06, urban=640, port=520, coast=96, rural=260, city=3150, ward=280, village=46),
    _money("registered_capital", "tổng vốn đăng ký của doanh nghiệp mới", "business", 0.05, 0.2, urban=5100, port=6900, city=27000),
    _count("jobs_created", "số lao động được giải quyết việc làm", "social", "person", "lao động", 0.02, urban=6900, port=4200, coast=2100, rural=5100, island=980, city=54000, ward=2400, village=900),
    _count("party_members_admitted", "số đảng viên mới kết nạp", "party", "party_member", "đảng viên", 0.01, **_all(230, rural=190, islet=8, village=42, ward=96, city=2900)),
    _count("party_cells_established", "số chi bộ thành lập mới trong doanh nghiệp", "party", "party_cell", "chi bộ", 0.0, 0.3, urban=6, port=5, rural=5),
    _count("construction_permits", "số giấy phép xây dựng được cấp", "urban", "giấy phép", "giấy phép", 0.03, urban=820, port=760, coast=260, ward=310),
    _count("construction_order_violations", "số vụ vi phạm trật tự xây dựng", "urban", "case", "vụ", -0.09, 0.2, urban=64, port=88, rural=71, ward=19),
    _count("crime_cases", "số vụ phạm pháp hình sự", "security", "case", "vụ", -0.05, 0.1, urban=92, port=76, coast=34, rural=68, city=980, ward=28),
    _count("traffic_accidents", "số vụ tai nạn giao thông", "security", "case", "vụ", -0.06, 0.2, urban=14, port=22, rural=25, city=112),
    _count("admin_files_processed", "số hồ sơ thủ tục hành chính tiếp nhận", "administration", "hồ sơ", "hồ sơ", 0.07, urban=31000, port=27000, coast=12000, rural=24000, ward=19500, village=7200, island=5200),
    Series("fishery_output", ("sản lượng thủy sản",), "tonne", 0, "tấn", 0, {"rural": 13800, "island": 10600, "coast": 5100, "islet": 3900}, 0.025, "agriculture", swing=0.04),
    _rate("poverty_rate", "tỷ lệ hộ nghèo", "social", -0.19, 2, urban=0.9, port=0.8, coast=1.3, rural=2.3, island=1.5, ward=0.5, village=1.3, city=1.6),
    _rate("health_insurance_coverage", "tỷ lệ bao phủ bảo hiểm y tế|tỷ lệ người dân tham gia bảo hiểm y tế", "social", 1.1, 1, **dict.fromkeys((*_U, "city"), 86.5)),
    _rate("on_time_file_rate", "tỷ lệ hồ sơ giải quyết đúng và trước hạn|tỷ lệ giải quyết hồ sơ đúng hạn", "administration", 0.35, 1, **dict.fromkeys(_U, 96.4)),
    _rate("online_public_services", "tỷ lệ hồ sơ nộp trực tuyến", "administration", 7.6, 1, **dict.fromkeys(_U, 31.0)),
    _rate("crime_clearance_rate", "tỷ lệ điều tra khám phá án", "security", 0.8, 1, urban=84, port=82, rural=83, coast=86, city=83, ward=88),
    _rate("trained_workers_rate", "tỷ lệ lao động qua đào tạo", "social", 1.0, 1, urban=79, port=77, rural=71, coast=75, city=76, island=68),
    _rate("clean_water_rate", "tỷ lệ hộ dân sử dụng nước sạch", "environment", 0.6, 1, rural=92.5, village=95, island=88),
    _rate("waste_collection_rate", "tỷ lệ thu gom rác thải sinh hoạt", "environment", 0.5, 1, urban=95, port=94, coast=94, rural=90, ward=96, village=92, island=92),
)  # fmt: skip

BY_KEY = {series.key: series for series in SERIES}
_SHOCK = {
    "tourist_arrivals": {2020: -0.46, 2021: -0.31, 2022: 1.05, 2023: 0.24},
    "international_tourists": {2020: -0.81, 2021: -0.72, 2022: 2.4, 2023: 2.1, 2024: 0.38},
    "tourism_revenue": {2020: -0.41, 2021: -0.28, 2022: 0.92, 2023: 0.22},
    "retail_sales": {2020: 0.03, 2021: 0.02},
    "budget_revenue": {2020: -0.02, 2021: 0.13},
    "fdi_attracted": {2021: 1.1, 2022: -0.31, 2023: 0.42},
}


@cache
def _annual(seed: int, code: str, profile: str, key: str, year: int) -> float:
    series = BY_KEY[key]
    base = series.size[profile]
    if series.kind == "rate":
        rng = Random(f"{seed}:rate:{code}:{key}")
        start = base + rng.uniform(-1.2, 1.2) * (0.25 if key == "poverty_rate" else 1.0)
        if key == "poverty_rate":
            return max(0.06, start * math.exp(series.growth * (year - 2018) * rng.uniform(0.85, 1.15)))
        ceiling = 99.6
        return ceiling - (ceiling - start) * math.exp(
            -series.growth * (year - 2018) / (ceiling - start) * rng.uniform(0.8, 1.2)
        )
    if year <= FIRST_YEAR:
        return base * math.exp(Random(f"{seed}:size:{code}:{key}").uniform(-0.45, 0.4))
    rng = Random(f"{seed}:year:{code}:{key}:{year}")
    step = _SHOCK.get(key, {}).get(year)
    growth = (
        series.growth + rng.uniform(-series.swing, series.swing)
        if step is None
        else step + rng.uniform(-0.04, 0.04)
    )
    return _annual(seed, code, profile, key, year - 1) * (1 + growth)


def _share(seed: int, code: str, key: str, year: int, months: int) -> float:
    rng = Random(f"{seed}:course:{code}:{key}")
    drift = rng.uniform(-0.03, 0.03) + Random(f"{seed}:course:{code}:{key}:{year}").uniform(-0.015, 0.015)
    return months / 12 + drift * math.sin(math.pi * months / 12)


def value(seed: int, code: str, profile: str, key: str, period: Period) -> Decimal:
    """Return the rounded value of an indicator in a period; a month is the difference of what was reported."""
    series = BY_KEY[key]
    if series.kind == "rate":
        here = _annual(seed, code, profile, key, period.year)
        before = _annual(seed, code, profile, key, period.year - 1)
        return rounded(before + (here - before) * period.months / 12, series.decimals)
    if period.single:
        up_to = value(seed, code, profile, key, Period(period.year, period.months))
        if period.months == 1:
            return up_to
        return up_to - value(seed, code, profile, key, Period(period.year, period.months - 1))
    annual = _annual(seed, code, profile, key, period.year)
    if series.unit == "visit":
        return rounded(annual * _share(seed, code, key, period.year, period.months) / 100, 0) * 100
    return rounded(annual * _share(seed, code, key, period.year, period.months), series.decimals)


@cache
def plan(seed: int, code: str, profile: str, key: str, year: int, own: bool = False) -> Decimal:
    """Return the year's plan: what the level above assigned, or (`own`) the higher one of the unit's council."""
    rng = Random(f"{seed}:plan:{code}:{key}:{year}:{own}")
    wanted = _annual(seed, code, profile, key, year) * rng.uniform(0.9, 1.07)
    if own:
        wanted = float(plan(seed, code, profile, key, year)) * rng.uniform(1.03, 1.09)
    step = 10 ** max(0, math.floor(math.log10(max(wanted, 1))) - 2)
    return max(Decimal(round(wanted / step) * step), Decimal(1))


def ratio(part: Decimal, whole: Decimal, decimals: int = 1) -> Decimal:
    """Return part of whole in percent, rounded."""
    return rounded(part / whole * 100, decimals)
