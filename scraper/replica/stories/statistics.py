"""The statistics office's bulletins: the city's month in prose and in a table, a district's indicators in a table."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from scraper.replica import economy
from scraper.replica.desk import Desk
from scraper.replica.economy import BY_KEY
from scraper.replica.figures import Period, plain, printed, rounded
from scraper.replica.prose import pick
from scraper.replica.records import Block, Fact, Story, Table, Text


def _growth_fact(
    desk: Desk, name: str, key: str, value: Decimal, period: Period, base: str, status: str
) -> Fact:
    return {
        "indicator_name": name, "indicator": key, "breakdown": None, "measure": "change_rate", "base": base,
        "obs_value": plain(value), "obs_value_upper": None, "unit_measure": "percent", "unit_mult": 0, "bound": "exact",
        "obs_status": status, "time_period": period.code, "ref_area": desk.area.code,
    }  # fmt: skip


def city_growth(seed: int, key: str, period: Period) -> Decimal:
    """Return the city's growth of GRDP or industry, or the month's price change, in percent."""
    rng = Random(f"{seed}:growth:{key}:{period.code}")
    if key == "cpi":
        return rounded(rng.uniform(-0.4, 0.75), 2) or Decimal("0.05")
    low, high = (9.1, 12.9) if key == "grdp_growth" else (10.2, 18.4)
    return rounded(rng.uniform(low, high) - (3.5 if period.year in (2020,) else 0), 2)


def _headline_figures(desk: Desk) -> list[Text]:
    rng, period = desk.rng, desk.period
    month = Period(period.year, period.months, single=True)
    texts: list[Text] = []
    if period.months in (3, 6, 9, 12):
        value = city_growth(desk.seed, "grdp_growth", period)
        name = rng.choice(("tổng sản phẩm trên địa bàn (GRDP)", "GRDP"))
        text = Text(rng.choice(("Theo ước tính, ", "", "Kinh tế thành phố tăng khá: ")))
        start = len(text)
        text.add(
            f"{name} {rng.choice(period.names())} ước tăng {printed(value)}% {rng.choice(('so với cùng kỳ năm trước', 'so với cùng kỳ'))}"
        )
        text.mark(
            "indicator", start, _growth_fact(desk, name, "grdp_growth", value, period, "same_period", "E")
        )
        text.add(".")
        texts.append(text.capitalised())
    value, total = city_growth(desk.seed, "iip", month), city_growth(desk.seed, "iip", period)
    name = rng.choice(("chỉ số sản xuất công nghiệp (IIP)", "chỉ số sản xuất công nghiệp", "chỉ số IIP"))
    text = Text(name)
    text.add(f" tháng {month.months} tăng {printed(value)}% so với cùng kỳ năm trước")
    text.mark("indicator", 0, _growth_fact(desk, name, "iip", value, month, "same_period", "A"))
    if period.months > 1:
        text.add(f"; tính chung {rng.choice(period.names())} tăng {printed(total)}%")
        text.mark("indicator", 0, _growth_fact(desk, name, "iip", total, period, "same_period", "A"))
    text.add(".")
    texts.append(text.capitalised())
    change = city_growth(desk.seed, "cpi", month)
    name = rng.choice(("chỉ số giá tiêu dùng (CPI)", "chỉ số giá tiêu dùng"))
    text = Text(name)
    text.add(
        f" tháng {month.months} {'tăng' if change > 0 else 'giảm'} {printed(change)}% so với tháng trước"
    )
    text.mark("indicator", 0, _growth_fact(desk, name, "cpi", change, month, "previous_period", "A"))
    text.add(rng.choice((".", ", chủ yếu do giá lương thực, thực phẩm.", " do giá xăng dầu điều chỉnh.")))
    texts.append(text.capitalised())
    return texts


def bulletin(desk: Desk) -> Story:
    """The city's monthly or quarterly social and economic situation."""
    rng, period = desk.rng, desk.period
    month = Period(period.year, period.months, single=True)
    opening = Text(f"{rng.choice(('Tình hình', 'Bức tranh'))} kinh tế - xã hội thành phố Hải Phòng {period.title()} "
                   f"{rng.choice(('tiếp tục chuyển biến tích cực', 'diễn ra trong bối cảnh khó khăn, thuận lợi đan xen', 'giữ được đà phục hồi'))}, "
                   f"{rng.choice(('các ngành chủ lực duy trì nhịp sản xuất', 'sức mua trên thị trường khá', 'hoạt động cảng biển nhộn nhịp'))}.")  # fmt: skip
    blocks: list[Block] = [opening, *_headline_figures(desk)]
    keys = [k for k in ("budget_revenue", "retail_sales", "exports", "port_cargo", "fdi_attracted", "tourist_arrivals", "tourism_revenue",
                        "public_investment_disbursement", "new_enterprises", "crime_cases", "traffic_accidents") if desk.reporter.has(k)]  # fmt: skip
    desk.reporter.said = None
    in_table = rng.random() < 0.4
    chosen = pick(keys, rng.randint(3, 6), rng)
    for key in chosen:
        clause = (
            desk.reporter.say_month(key, month)
            if rng.random() < 0.3
            and period.months > 1
            and BY_KEY[key].kind == "flow"
            and key not in ("crime_cases", "traffic_accidents")
            else desk.reporter.say(key)
        )
        text = desk.sentence(clause)
        topic = BY_KEY[key].topic
        if rng.random() < 0.6:
            text.join(desk.filler(topic if topic in ("budget", "tourism", "security") else "economy"))
        blocks.append(text)
    if in_table:
        rest = [
            k for k in keys if k not in chosen and not k.endswith("cases") and not k.endswith("accidents")
        ]
        if rest:
            blocks.append(figures_table(desk, rest))
    story = desk.story(
        f"Tình hình kinh tế - xã hội thành phố Hải Phòng {period.title()}", blocks, districts=()
    )
    if rng.random() < 0.5:
        story.attachments = (f"/uploads/news/{desk.day:%Y_%m}/bao-cao-kt-xh-thang-{period.months}.pdf",)
    return story


def figures_table(desk: Desk, keys: list[str]) -> Table:
    """Return a table: indicator, unit, value, percent of plan and of the same period."""
    period = desk.period
    heads = (
        "Chỉ tiêu",
        "Đơn vị",
        f"Thực hiện {period.title()}",
        "So với kế hoạch năm (%)",
        "So với cùng kỳ (%)",
    )
    rows = [(heads, Text(" | ".join(heads)))]
    for key in keys:
        series = BY_KEY[key]
        value, before = desk.reporter.value(key, period), desk.reporter.value(key, period.last_year())
        share = economy.ratio(value, desk.reporter.plan(key, period.year))
        growth = economy.ratio(value, before) if before else None
        name = series.names[0][0].upper() + series.names[0][1:]
        cells = (name, series.printed, printed(value), printed(share), printed(growth) if growth else "-")
        base: Fact = {
            "indicator_name": name, "indicator": key, "breakdown": None, "obs_value_upper": None, "bound": "exact",
            "obs_status": "A", "time_period": period.code, "ref_area": desk.area.code,
        }  # fmt: skip
        text = Text(" | ".join(cells[:3]))
        text.mark("indicator", 0, {**base, "measure": "level", "base": None, "obs_value": plain(value),
                                   "unit_measure": series.unit, "unit_mult": series.mult})  # fmt: skip
        text.add(f" | {cells[3]}")
        percent = {"unit_measure": "percent", "unit_mult": 0}
        text.mark(
            "indicator",
            0,
            {**base, **percent, "measure": "plan_ratio", "base": "annual_plan", "obs_value": plain(share)},
        )
        text.add(f" | {cells[4]}")
        if growth:
            text.mark(
                "indicator",
                0,
                {**base, **percent, "measure": "multiple", "base": "same_period", "obs_value": plain(growth)},
            )
        rows.append((cells, text))
    return Table(rows)


def district_table(desk: Desk) -> Story:
    """A unit's main indicators of a period, in a table with a few lines of prose."""
    rng, area, period = desk.rng, desk.area, desk.period
    keys = [k for k in ("budget_revenue", "non_state_tax_revenue", "budget_expenditure", "production_value", "industrial_production_value", "trade_services_value",
                        "retail_sales", "agriculture_value", "fishery_output", "tourist_arrivals", "tourism_revenue", "new_enterprises") if desk.reporter.has(k)]  # fmt: skip
    chosen = pick(keys, rng.randint(3, 6), rng)
    opening = Text(
        f"{rng.choice(('Cơ quan thống kê', 'Chi cục Thống kê', 'Ngành thống kê'))} {rng.choice(('công bố', 'tổng hợp', 'cung cấp'))} một số chỉ tiêu chủ yếu của {area.full} {period.title()}."
    )
    blocks: list[Block] = [opening, desk.filler(rng.choice(("economy", "context")))]
    blocks.insert(rng.randint(1, 2), figures_table(desk, chosen))
    rest = [k for k in keys if k not in chosen]
    if rest and rng.random() < 0.6:
        blocks.append(desk.sentence(desk.reporter.say(rng.choice(rest))))
    blocks.append(desk.filler(rng.choice(("budget", "economy", "administration"))))
    headline = rng.choice(
        (
            f"Một số chỉ tiêu kinh tế - xã hội {area.full} {period.title()}",
            f"Thống kê {area.full}: Các chỉ tiêu chủ yếu {period.title()}",
        )
    )
    return desk.story(headline, blocks)
