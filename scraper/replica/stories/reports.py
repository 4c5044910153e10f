"""Reports of results: conferences of party committees and monthly meetings of people's committees."""

from __future__ import annotations

import re
from datetime import date

from scraper.replica import gatherings
from scraper.replica.desk import Desk
from scraper.replica.economy import SERIES
from scraper.replica.figures import ROMAN, Period
from scraper.replica.gatherings import Gathering
from scraper.replica.people import Person
from scraper.replica.prose import pick
from scraper.replica.records import Block, Story, Text

_TOPICS: dict[str, tuple[str, ...]] = {
    "economy": ("production_value", "industrial_production_value", "trade_services_value", "retail_sales",
                "exports", "port_cargo", "new_enterprises", "registered_capital"),
    "budget": ("budget_revenue", "budget_expenditure", "public_investment_disbursement"),
    "agriculture": ("agriculture_value", "fishery_output", "clean_water_rate"),
    "tourism": ("tourist_arrivals", "tourism_revenue"),
    "party": ("party_members_admitted", "party_cells_established"),
    "urban": ("construction_permits", "construction_order_violations", "waste_collection_rate"),
    "culture": ("jobs_created", "poverty_rate", "health_insurance_coverage", "trained_workers_rate"),
    "administration": ("admin_files_processed", "on_time_file_rate", "online_public_services"),
    "security": ("crime_cases", "crime_clearance_rate", "traffic_accidents"),
}  # fmt: skip
_PLACE = re.compile(r"phường|xã|thôn|tổ dân phố|khu dân cư|khu trung tâm")
_PARTS = {
    "budget_revenue": ("non_state_tax_revenue", "land_use_revenue"),
    "tourist_arrivals": ("international_tourists",),
}
_LEADS = {
    "economy": ("Về kinh tế,", "Theo báo cáo,", "", "Cụ thể,", "Nổi bật,"),
    "budget": ("Kết quả,", "", "Về tài chính - ngân sách,", "Tính chung,"),
    "agriculture": ("", "Trong nông nghiệp,"),
    "tourism": ("", "Về du lịch,"),
    "party": ("Về xây dựng Đảng,", "", "Công tác phát triển đảng được chú trọng:"),
    "urban": ("", "Trong quản lý đô thị,"),
    "culture": ("Về xã hội,", "", "Công tác an sinh được quan tâm:"),
    "administration": ("", "Về cải cách hành chính,"),
    "security": ("", "Toàn địa bàn,"),
}


def topic_paragraph(desk: Desk, topic: str, limit: int, status: str, lead: str | None = None) -> Text | None:
    """Return a paragraph on a topic: prose and figures; None where the area reports nothing of it."""
    rng, reporter = desk.rng, desk.reporter
    keys = [k for k in _TOPICS[topic] if reporter.has(k) and not reporter.is_told(k)]
    if not keys:
        return None
    if topic == "budget":
        keys = [keys[0], *pick(keys[1:], rng.randint(0, 1), rng)]
    keys = pick(keys, limit, rng) if topic != "budget" else keys
    parts: list[Text] = []
    lead = rng.choice(_LEADS[topic]) if lead is None else lead
    rows = list(keys)
    if topic == "economy" and len(rows) > 2 and rng.random() < 0.3:
        parts.append(desk.sentence(reporter.growth_list(rows[:3], "A"), lead=""))
        rows = rows[3:]
        lead = ""
    while rows:
        key = rows.pop(0)
        kind = _status(key, status)
        clauses = [reporter.say(key, status=kind)]
        if key in _PARTS and rng.random() < 0.75:
            part = rng.choice([p for p in _PARTS[key] if reporter.has(p)] or [""])
            if part:
                clauses.append(reporter.say_within(part, kind))
        if rows and rng.random() < 0.45 and _status(rows[0], status) == kind:
            clauses.append(reporter.say(rows.pop(0), status=kind))
        parts.append(desk.sentence(*clauses, lead=lead if not parts else ""))
    fillers = [desk.filler(topic) for _ in range(rng.choice((1, 1, 2)))]
    order = fillers + parts if rng.random() < 0.55 else parts[:1] + fillers + parts[1:]
    if any(_PLACE.search(filler.text) for filler in fillers):
        # A figure after a ward's name could be taken for the ward's.
        order = parts + fillers
    paragraph = Text()
    for piece in order:
        paragraph.join(piece)
    return paragraph


_COUNTED = {
    "crime_cases", "traffic_accidents", "construction_order_violations", "construction_permits",
    "admin_files_processed", "party_members_admitted", "party_cells_established", "new_enterprises",
}  # fmt: skip
_ESTIMATED = {series.key for series in SERIES if series.kind == "flow"} - _COUNTED
_MONTHLY = (
    "budget_revenue", "tourist_arrivals", "non_state_tax_revenue", "new_enterprises", "retail_sales",
    "public_investment_disbursement", "fishery_output",
)  # fmt: skip


def _status(key: str, status: str) -> str:
    return status if key in _ESTIMATED else "A"


def body_topics(desk: Desk) -> list[str]:
    """Return the topics of a report in one of the usual orders."""
    rng = desk.rng
    rest = ["agriculture", "tourism", "urban", "culture", "administration", "security"]
    rng.shuffle(rest)
    first = ["economy", "budget"] if rng.random() < 0.6 else ["budget", "economy"]
    party = ["party"]
    return (party + first + rest) if rng.random() < 0.35 else (first + rest[:3] + party + rest[3:])


def report_body(desk: Desk, status: str, size: int) -> list[Block]:
    """Return the paragraphs of results, with prose-only paragraphs among them."""
    rng = desk.rng
    blocks: list[Block] = []
    for topic in body_topics(desk):
        if len(blocks) >= size:
            break
        paragraph = topic_paragraph(desk, topic, rng.choice((1, 2, 2, 3)), status)
        if paragraph:
            blocks.append(paragraph)
    if rng.random() < 0.5:
        blocks.append(prose(desk, "limits"))
    return blocks


def prose(desk: Desk, *topics: str) -> Text:
    """Return connecting prose on the topics, a sentence each."""
    out = Text()
    for topic in topics:
        out.join(desk.filler(topic))
    return out


def outlook(desk: Desk, coming: Period) -> Text:
    """Return the tasks ahead, sometimes with an aim in figures."""
    out = prose(desk, "tasks")
    if desk.rng.random() < 0.55 and desk.reporter.has("budget_revenue"):
        keys = [
            k
            for k in ("budget_revenue", "tourist_arrivals", "party_members_admitted", "jobs_created")
            if desk.reporter.has(k)
        ]
        aims = [desk.reporter.say_target(k, coming) for k in pick(keys, desk.rng.choice((1, 1, 2)), desk.rng)]
        out.join(desk.sentence(*aims))
    return out


def party_conference(desk: Desk) -> Story:
    """A committee's quarterly, half-year, nine-month or annual conference."""
    rng, area, period = desk.rng, desk.area, desk.period
    number = gatherings.party_ordinal(area, period.year, max(1, period.months // 3))
    words = {"period": period.title(), "next": _next_words(period)}
    words["review"] = "tổng kết" if period.months == 12 else "sơ kết"
    bodies = (
        area.committee_full,
        f"Ban Thường vụ {area.committee_full}",
        f"Ban Chấp hành Đảng bộ {area.full}",
    )
    chairs = (desk.person("secretary"), desk.person("mayor"))
    hall = f"hội trường {area.committee}" if area.is_district else f"hội trường Đảng ủy {area.kind}"
    meeting = Gathering(
        rng.choice((area.committee_full, *bodies)),
        area.committee_full,
        _conference_name(desk, number),
        "party_committee",
        desk.words_of("scenes", "conference_agenda", **words),
        number,
        venue=rng.choice((None, None, hall, f"Trung tâm hội nghị {area.kind}")),
        chairs=chairs,
    )
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    if rng.random() < 0.35:
        first.join(gatherings.direct_line(desk, gatherings.superiors(desk)))
    elif rng.random() < 0.4:
        first.join(gatherings.attend_line(desk, (desk.person("front"), desk.person("council_vice"))))
    blocks: list[Block] = [first]
    if rng.random() < 0.45:
        blocks.append(gatherings.report_line(desk, desk.person("deputy")))
    if rng.random() < 0.6:
        blocks.append(prose(desk, "context"))
    estimated = desk.day.month == 12 or rng.random() < 0.33
    blocks += report_body(desk, "E" if estimated else "A", rng.randint(3, 6))
    blocks.append(outlook(desk, _coming(period)))
    if rng.random() < 0.7:
        blocks.append(gatherings.closing(desk, chairs[0]))
    return desk.story(_report_headline(desk), with_pictures(desk, blocks, chairs[0]))


def _conference_name(desk: Desk, number: int) -> str:
    area = desk.area
    printed = gatherings.ordinal_words(desk, number)
    forms = [
        f"Hội nghị Ban Chấp hành Đảng bộ {area.kind} lần thứ {printed}",
        f"Hội nghị {area.committee} lần thứ {printed}",
        f"hội nghị lần thứ {printed} Ban Chấp hành Đảng bộ {area.kind}",
        f"Hội nghị {area.committee} lần thứ {printed} (mở rộng)",
    ]
    if area.party_term > 1:
        term = area.party_term - (desk.day < date(2020, 8, 15))
        forms.append(f"Hội nghị lần thứ {number} Ban Chấp hành Đảng bộ {area.kind} khóa {ROMAN[term]}")
    return desk.rng.choice(forms)


def with_pictures(desk: Desk, blocks: list[Block], chair: Person) -> list[Block]:
    """Put up to three captions between the paragraphs."""
    out = list(blocks)
    for _ in range(desk.rng.choice((0, 1, 1, 2, 3))):
        picture = gatherings.photo(desk, chair) if desk.rng.random() < 0.7 else desk.captions(1)[0]
        out.insert(desk.rng.randint(1, len(out)), picture)
    return out


def _report_headline(desk: Desk) -> str:
    title = desk.period.title()
    theme = desk.words_of("scenes", "themes")
    return desk.words_of(
        "scenes", "report_headline", period=title, Period=title[0].upper() + title[1:], theme=theme,
        CF=desk.area.committee_full,
    )  # fmt: skip


def _next_words(period: Period) -> str:
    if period.months == 12:
        return f"năm {period.year + 1}"
    quarters = {3: f"quý II/{period.year}", 6: f"6 tháng cuối năm {period.year}", 9: f"quý IV/{period.year}"}
    return quarters.get(period.months, f"tháng {period.months + 1}/{period.year}")


def _coming(period: Period) -> Period:
    return Period(period.year + 1, 12) if period.months == 12 else Period(period.year, 12)


def committee_month(desk: Desk) -> Story:
    """A people's committee's monthly meeting, with the month's figures and the running totals."""
    rng, area, period, reporter = desk.rng, desk.area, desk.period, desk.reporter
    month = Period(period.year, period.months, single=True)
    words = {
        "m": str(period.months),
        "m2": str(period.months % 12 + 1),
        "my": f"{period.months}/{period.year}",
        "kind": rng.choice(("phiên họp thường kỳ", "họp giao ban", "hội nghị giao ban")),
    }
    name = desk.words_of("scenes", "month_name", **words)
    agenda = desk.words_of("scenes", "month_agenda", **words)
    chairs = (desk.person("mayor"), desk.person("vice"))
    meeting = Gathering(area.government, area.government, name, "committee_meeting", agenda, chairs=chairs)
    first, _ = gatherings.opening(desk, meeting)
    first.join(gatherings.chair_line(desk, meeting))
    blocks: list[Block] = [first]
    keys = [key for key in _MONTHLY if reporter.has(key)]
    for key in pick(keys, rng.choice((1, 2, 2, 3)), rng):
        text = desk.sentence(reporter.say_month(key, month))
        if rng.random() < 0.6:
            text.join(desk.filler("budget" if "revenue" in key else "economy"))
        blocks.append(text)
    for topic in rng.sample(["culture", "administration", "security", "urban"], 2):
        reporter.said = None
        paragraph = topic_paragraph(desk, topic, 1, "A")
        blocks.append(paragraph if paragraph and rng.random() < 0.5 else desk.filler(topic))
    blocks.append(prose(desk, "tasks"))
    blocks.append(gatherings.closing(desk, chairs[0]))
    return desk.story(
        desk.words_of("scenes", "month_headline", **words), with_pictures(desk, blocks, chairs[0])
    )
