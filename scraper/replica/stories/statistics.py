"""The statistics office's bulletins: the city's month, and a unit's indicators in a table."""

from __future__ import annotations

from decimal import Decimal

from scraper.replica import economy
from scraper.replica.desk import Desk
from scraper.replica.economy import BY_KEY
from scraper.replica.figures import Period, plain, printed, rounded
from scraper.replica.prose import chance, pick
from scraper.replica.records import Block, Fact, Story, Table, Text

_CITY = (
    "budget_revenue", "retail_sales", "exports", "port_cargo", "fdi_attracted", "tourist_arrivals",
    "tourism_revenue", "public_investment_disbursement", "new_enterprises", "crime_cases",
    "traffic_accidents",
)  # fmt: skip
_COUNTS = ("crime_cases", "traffic_accidents")
_UNIT = (
    "budget_revenue", "non_state_tax_revenue", "budget_expenditure", "production_value",
    "industrial_production_value", "trade_services_value", "retail_sales", "agriculture_value",
    "fishery_output", "tourist_arrivals", "tourism_revenue", "new_enterprises",
)  # fmt: skip


def city_growth(seed: int, key: str, period: Period) -> Decimal:
    """Return the city's growth of GRDP or of industry, or the month's price change, in percent."""
    rng = chance(seed, "growth", key, period.code)
    if key == "cpi":
        return rounded(rng.uniform(-0.4, 0.75), 2) or Decimal("0.05")
    low, high = (9.1, 12.9) if key == "grdp_growth" else (10.2, 18.4)
    return rounded(rng.uniform(low, high) - (3.5 if period.year == 2020 else 0), 2)


def _mark_growth(desk: Desk, text: Text, key: str, name: str, period: Period, start: int) -> None:
    value = city_growth(desk.seed, key, period)
    fact: Fact = {
        "indicator_name": name,
        "indicator": key,
        "breakdown": None,
        "measure": "change_rate",
        "base": "previous_period" if key == "cpi" else "same_period",
        "obs_value": plain(value),
        "obs_value_upper": None,
        "unit_measure": "percent",
        "unit_mult": 0,
        "bound": "exact",
        "obs_status": "E" if key == "grdp_growth" else "A",
        "time_period": period.code,
        "ref_area": desk.area.code,
    }
    text.mark("indicator", start, fact)


def _grdp(desk: Desk) -> Text:
    rng, period = desk.rng, desk.period
    name = rng.choice(("tổng sản phẩm trên địa bàn (GRDP)", "GRDP"))
    text = Text(rng.choice(("Theo ước tính, ", "", "Kinh tế thành phố tăng khá: ")))
    start = len(text)
    value = city_growth(desk.seed, "grdp_growth", period)
    base = rng.choice(("so với cùng kỳ năm trước", "so với cùng kỳ"))
    text.add(f"{name} {rng.choice(period.names())} ước tăng {printed(value)}% {base}")
    _mark_growth(desk, text, "grdp_growth", name, period, start)
    text.add(".")
    return text.capitalised()


def _industry(desk: Desk, month: Period) -> Text:
    rng, period = desk.rng, desk.period
    name = rng.choice(("chỉ số sản xuất công nghiệp (IIP)", "chỉ số sản xuất công nghiệp", "chỉ số IIP"))
    text = Text(name)
    value = city_growth(desk.seed, "iip", month)
    text.add(f" tháng {month.months} tăng {printed(value)}% so với cùng kỳ năm trước")
    _mark_growth(desk, text, "iip", name, month, 0)
    if period.months > 1:
        total = city_growth(desk.seed, "iip", period)
        text.add(f"; tính chung {rng.choice(period.names())} tăng {printed(total)}%")
        _mark_growth(desk, text, "iip", name, period, 0)
    text.add(".")
    return text.capitalised()


def _prices(desk: Desk, month: Period) -> Text:
    change = city_growth(desk.seed, "cpi", month)
    name = desk.rng.choice(("chỉ số giá tiêu dùng (CPI)", "chỉ số giá tiêu dùng"))
    text = Text(name)
    text.add(
        f" tháng {month.months} {'tăng' if change > 0 else 'giảm'} {printed(change)}% so với tháng trước"
    )
    _mark_growth(desk, text, "cpi", name, month, 0)
    text.add(
        desk.rng.choice((".", ", chủ yếu do giá lương thực, thực phẩm.", " do giá xăng dầu điều chỉnh."))
    )
    return text.capitalised()


def bulletin(desk: Desk) -> Story:
    """The city's monthly or quarterly social and economic situation."""
    rng, period, reporter = desk.rng, desk.period, desk.reporter
    month = Period(period.year, period.months, single=True)
    blocks: list[Block] = [desk.line("scenes", "bulletin_open", period=period.title())]
    if period.months in (3, 6, 9, 12):
        blocks.append(_grdp(desk))
    blocks += [_industry(desk, month), _prices(desk, month)]
    keys = [key for key in _CITY if reporter.has(key)]
    chosen = pick(keys, rng.randint(3, 6), rng)
    for key in chosen:
        monthly = rng.random() < 0.3 and period.months > 1 and key not in _COUNTS
        text = desk.sentence(reporter.say_month(key, month) if monthly else reporter.say(key))
        topic = BY_KEY[key].topic
        if rng.random() < 0.6:
            text.join(desk.filler(topic if topic in ("budget", "tourism", "security") else "economy"))
        blocks.append(text)
    rest = [key for key in keys if key not in chosen and key not in _COUNTS]
    if rest and rng.random() < 0.4:
        blocks.append(figures_table(desk, rest))
    story = desk.story(
        f"Tình hình kinh tế - xã hội thành phố Hải Phòng {period.title()}", blocks, districts=()
    )
    if rng.random() < 0.5:
        story.attachments = (f"/uploads/news/{desk.day:%Y_%m}/bao-cao-kt-xh-thang-{period.months}.pdf",)
    return story


def figures_table(desk: Desk, keys: list[str]) -> Table:
    """Return a table: indicator, unit, value, percent of plan and of the same period."""
    title = desk.period.title()
    heads = ("Chỉ tiêu", "Đơn vị", f"Thực hiện {title}", "So với kế hoạch năm (%)", "So với cùng kỳ (%)")
    rows: list[tuple[tuple[str, ...], Text]] = [(heads, Text(" | ".join(heads)))]
    rows += [_row(desk, key) for key in keys]
    return Table(rows)


def _row(desk: Desk, key: str) -> tuple[tuple[str, ...], Text]:
    series, period, reporter = BY_KEY[key], desk.period, desk.reporter
    value, before = reporter.value(key, period), reporter.value(key, period.last_year())
    share = economy.ratio(value, reporter.plan(key, period.year))
    growth = economy.ratio(value, before) if before else None
    name = series.names[0][0].upper() + series.names[0][1:]
    cells = (name, series.printed, printed(value), printed(share), printed(growth) if growth else "-")
    base: Fact = {
        "indicator_name": name,
        "indicator": key,
        "breakdown": None,
        "obs_value_upper": None,
        "bound": "exact",
        "obs_status": "A",
        "time_period": period.code,
        "ref_area": desk.area.code,
    }
    percent: Fact = {**base, "unit_measure": "percent", "unit_mult": 0}
    amount: Fact = {**base, "unit_measure": series.unit, "unit_mult": series.mult}
    text = Text(" | ".join(cells[:3]))
    text.mark("indicator", 0, {**amount, "measure": "level", "base": None, "obs_value": plain(value)})
    text.add(f" | {cells[3]}")
    text.mark(
        "indicator", 0, {**percent, "measure": "plan_ratio", "base": "annual_plan", "obs_value": plain(share)}
    )
    text.add(f" | {cells[4]}")
    if growth:
        multiple: Fact = {**percent, "measure": "multiple", "base": "same_period", "obs_value": plain(growth)}
        text.mark("indicator", 0, multiple)
    return cells, text


def district_table(desk: Desk) -> Story:
    """A unit's main indicators of a period, in a table with a few lines of prose."""
    rng, period = desk.rng, desk.period
    keys = [key for key in _UNIT if desk.reporter.has(key)]
    chosen = pick(keys, rng.randint(3, 6), rng)
    blocks: list[Block] = [desk.line("scenes", "table_open", period=period.title())]
    blocks.append(desk.filler(rng.choice(("economy", "context"))))
    blocks.insert(rng.randint(1, 2), figures_table(desk, chosen))
    rest = [key for key in keys if key not in chosen]
    if rest and rng.random() < 0.6:
        blocks.append(desk.sentence(desk.reporter.say(rng.choice(rest))))
    blocks.append(desk.filler(rng.choice(("budget", "economy", "administration"))))
    return desk.story(desk.words_of("scenes", "table_headline", period=period.title()), blocks)
